// A gRPC C++ client with the modes, options and output of load.c, for grpc_server.cc.
//
// Prints: mode count seconds server_cpu_us_per_call p50_us p99_us, after a warm-up of a tenth; for
// idle: mode count seconds KiB_per_connection - -
#include <getopt.h>
#include <grpcpp/grpcpp.h>
#include <sys/resource.h>

#include <memory>
#include <optional>
#include <vector>

#include "bench.grpc.pb.h"
#include "grpc_common.h"
#include "measure.h"

using bench::v1::Answer;
using bench::v1::Bench;
using bench::v1::Request;

namespace {

struct Options {
  std::string server, ca, mode = "pipelined";
  std::vector<std::string> certs, keys;
  size_t count = 100000, connections = 0, outstanding = 100;
  double hold = 0;
  pid_t pid = 0;
} options;

using Stub = std::unique_ptr<Bench::Stub>;

std::vector<std::shared_ptr<grpc::ChannelCredentials>> credentials;
Latencies latencies;
Request request;

void check(const grpc::Status &status, const Answer &answer) {
  if (!status.ok()) {
    die("status " + std::to_string(status.error_code()) + ": " + status.error_message());
  }
  if (answer.text().size() != 297) die("not the answer");
}

// A connection of its own: without this, channels of the same target share one.
Stub make_stub(size_t number) {
  grpc::ChannelArguments arguments;
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  // Certificates of nodes name localhost beside their URI.
  arguments.SetSslTargetNameOverride("localhost");
  return Bench::NewStub(grpc::CreateCustomChannel(
      options.server, credentials[number % credentials.size()], arguments));
}

void call_once(Bench::Stub *stub) {
  grpc::ClientContext context;
  Answer answer;
  grpc::Status status = stub->Get(&context, request, &answer);
  check(status, answer);
}

// One call under way.
struct Call {
  std::optional<grpc::ClientContext> context;
  Answer answer;
  grpc::Status status;
  uint64_t started;
  std::unique_ptr<grpc::ClientAsyncResponseReader<Answer>> reader;
  Bench::Stub *stub;

  void begin(grpc::CompletionQueue *queue) {
    started = now_ns();
    context.emplace();
    reader = stub->AsyncGet(&*context, request, queue);
    reader->Finish(&answer, &status, this);
  }
};

void make_calls(std::vector<Call> &calls, grpc::CompletionQueue &queue, size_t count) {
  latencies.count = 0;
  size_t begun = 0;
  for (Call &call : calls) {
    if (begun++ < count) call.begin(&queue);
  }
  for (size_t done = 0; done < count; done++) {
    void *tag;
    bool ok;
    if (!queue.Next(&tag, &ok) || !ok) die("no answer");
    Call *call = static_cast<Call *>(tag);
    record(&latencies, now_ns() - call->started);
    check(call->status, call->answer);
    if (begun++ < count) call->begin(&queue);
  }
}

void run_calls(size_t connections, size_t outstanding) {
  std::vector<Stub> stubs;
  grpc::CompletionQueue queue;
  std::vector<Call> calls(connections * outstanding);
  for (size_t i = 0; i < connections; i++) {
    stubs.push_back(make_stub(i));
    call_once(stubs[i].get());
    for (size_t k = 0; k < outstanding; k++) calls[i * outstanding + k].stub = stubs[i].get();
  }
  make_calls(calls, queue, (options.count + 9) / 10);
  Start start = start_measure(options.pid);
  make_calls(calls, queue, options.count);
  finish_measure(start, options.mode.c_str(), options.count, &latencies);
}

// Calls one after another, without a queue between.
void call_in_turn(Bench::Stub *stub, size_t count) {
  latencies.count = 0;
  for (size_t i = 0; i < count; i++) {
    uint64_t start = now_ns();
    call_once(stub);
    record(&latencies, now_ns() - start);
  }
}

void run_one() {
  Stub stub = make_stub(0);
  call_in_turn(stub.get(), (options.count + 9) / 10);
  Start start = start_measure(options.pid);
  call_in_turn(stub.get(), options.count);
  finish_measure(start, "one", options.count, &latencies);
}

void shake_hands(size_t count) {
  latencies.count = 0;
  for (size_t i = 0; i < count; i++) {
    uint64_t start = now_ns();
    call_once(make_stub(i).get());
    record(&latencies, now_ns() - start);
  }
}

void run_handshakes() {
  shake_hands((options.count + 9) / 10);
  Start start = start_measure(options.pid);
  shake_hands(options.count);
  finish_measure(start, "handshakes", options.count, &latencies);
}

void upload(Bench::Stub *stub, const bench::v1::Record &one, size_t records) {
  grpc::ClientContext context;
  Answer answer;
  auto writer = stub->Upload(&context, &answer);
  // Records may leave together.
  grpc::WriteOptions hint = grpc::WriteOptions().set_buffer_hint();
  for (size_t i = 0; i < records; i++) {
    if (!writer->Write(one, hint)) die("the upload was cut off");
  }
  if (!writer->WritesDone()) die("the upload was cut off");
  grpc::Status status = writer->Finish();
  check(status, answer);
}

void run_upload() {
  Stub stub = make_stub(0);
  bench::v1::Record one = make_record();
  upload(stub.get(), one, (options.count + 9) / 10);
  Start start = start_measure(options.pid);
  upload(stub.get(), one, options.count);
  finish_measure(start, "upload", options.count, nullptr);
}

void run_idle() {
  size_t warm = (options.connections + 9) / 10, total = warm + options.connections;
  rlimit files = {total + 200, total + 200};
  if (setrlimit(RLIMIT_NOFILE, &files) != 0) die("too few files are permitted");
  std::vector<Stub> stubs;
  long before = 0;
  uint64_t start = 0;
  for (size_t i = 0; i < total; i++) {
    if (i == warm) {
      pause_ms(1000);
      before = memory_kib(options.pid);
      start = now_ns();
    }
    stubs.push_back(make_stub(i));
    call_once(stubs.back().get());
  }
  double seconds = (now_ns() - start) / 1e9;
  pause_ms(1000);
  print_idle(options.connections, seconds, before, memory_kib(options.pid));
  fflush(stdout);
  pause_ms(static_cast<long>(options.hold * 1000));
}

void usage() {
  std::cerr << "grpc_client --server HOST:PORT --ca FILE --cert FILE --key FILE "
               "[--cert … --key …] --pid PID\n"
               "  [--mode pipelined|one|many|handshakes|upload|idle] [--count N]\n"
               "  [--outstanding N] [--connections N] [--hold SECONDS]\n";
  exit(64);
}

size_t number(const char *word) {
  char *end;
  size_t value = strtoul(word, &end, 10);
  if (value == 0 || *end != 0) usage();
  return value;
}

void read_options(int count, char **words) {
  static const option known[] = {
      {"mode", required_argument, nullptr, 'm'},
      {"server", required_argument, nullptr, 's'},
      {"ca", required_argument, nullptr, 'a'},
      {"cert", required_argument, nullptr, 'c'},
      {"key", required_argument, nullptr, 'k'},
      {"pid", required_argument, nullptr, 'p'},
      {"count", required_argument, nullptr, 'n'},
      {"outstanding", required_argument, nullptr, 'o'},
      {"connections", required_argument, nullptr, 'C'},
      {"hold", required_argument, nullptr, 'h'},
      {nullptr, 0, nullptr, 0},
  };
  for (int option; (option = getopt_long(count, words, "", known, nullptr)) != -1;) {
    switch (option) {
      case 'm': options.mode = optarg; break;
      case 's': options.server = optarg; break;
      case 'a': options.ca = optarg; break;
      case 'c': options.certs.push_back(optarg); break;
      case 'k': options.keys.push_back(optarg); break;
      case 'p': options.pid = static_cast<pid_t>(number(optarg)); break;
      case 'n': options.count = number(optarg); break;
      case 'o': options.outstanding = number(optarg); break;
      case 'C': options.connections = number(optarg); break;
      case 'h': options.hold = atof(optarg); break;
      default: usage();
    }
  }
  if (options.server.empty() || options.ca.empty() || options.pid == 0 || options.certs.empty() ||
      options.certs.size() != options.keys.size()) {
    usage();
  }
}

}  // namespace

int main(int count, char **words) {
  read_options(count, words);
  request.set_id(std::string(16, 7));
  for (size_t i = 0; i < options.certs.size(); i++) {
    credentials.push_back(grpc::SslCredentials(
        {read_file(options.ca), read_file(options.keys[i]), read_file(options.certs[i])}));
  }
  const std::string &mode = options.mode;
  if (options.connections == 0) options.connections = mode == "idle" ? 1000 : 64;
  if (mode == "pipelined") {
    run_calls(1, options.outstanding);
  } else if (mode == "one") {
    run_one();
  } else if (mode == "many") {
    run_calls(options.connections, 1);
  } else if (mode == "handshakes") {
    run_handshakes();
  } else if (mode == "upload") {
    run_upload();
  } else if (mode == "idle") {
    run_idle();
  } else {
    usage();
  }
  free(latencies.ns);
  return 0;
}
