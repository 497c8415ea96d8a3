// The unary call of bench.proto, as Thrift serves it.
namespace cpp bench

struct Request {
  1: binary id
}

struct Answer {
  1: string text
}

service Bench {
  Answer Get(1: Request request)
}
