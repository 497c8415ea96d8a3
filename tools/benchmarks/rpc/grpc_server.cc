// A gRPC C++ server of bench.proto with mutual TLS, to be compared with the registry's own RPC: one
// thread and one completion queue, which costs the least CPU of gRPC's interfaces.
//
// Prints `ready 127.0.0.1:PORT`, then serves until it is terminated.
#include <getopt.h>
#include <grpcpp/grpcpp.h>

#include <memory>
#include <optional>

#include "bench.grpc.pb.h"
#include "grpc_common.h"

using bench::v1::Answer;
using bench::v1::Bench;
using bench::v1::Record;
using bench::v1::Request;
using grpc::ServerCompletionQueue;

namespace {

struct Options {
  std::string ca, cert, key;
  int port = 0;
};

const Answer answer = make_answer();
Bench::AsyncService service;

// One call, from waiting for it to its end; the tag of all that happens to it.
class Call {
 public:
  virtual ~Call() = default;
  // Goes on after an event; false when the call has ended.
  virtual bool proceed(bool ok) = 0;
};

class GetCall final : public Call {
 public:
  explicit GetCall(ServerCompletionQueue *queue) : queue_(queue) { wait(); }

  bool proceed(bool ok) override {
    if (!ok && !answered_) return false;
    if (answered_) {
      // Context and responder cannot be used twice; the object that holds them can.
      wait();
      return true;
    }
    answered_ = true;
    if (request_.id().size() == 16) {
      state_->responder.Finish(answer, grpc::Status::OK, this);
    } else {
      state_->responder.FinishWithError({grpc::StatusCode::INVALID_ARGUMENT, "id"}, this);
    }
    return true;
  }

 private:
  struct State {
    grpc::ServerContext context;
    grpc::ServerAsyncResponseWriter<Answer> responder{&context};
  };

  void wait() {
    answered_ = false;
    state_.emplace();
    service.RequestGet(&state_->context, &request_, &state_->responder, queue_, queue_, this);
  }

  ServerCompletionQueue *queue_;
  bool answered_ = false;
  Request request_;
  std::optional<State> state_;
};

class UploadCall final : public Call {
 public:
  explicit UploadCall(ServerCompletionQueue *queue) : queue_(queue) {
    service.RequestUpload(&context_, &reader_, queue, queue, this);
  }

  bool proceed(bool ok) override {
    switch (step_) {
      case waiting:
        if (!ok) return false;
        // The next call has an object of its own.
        new UploadCall(queue_);
        step_ = reading;
        reader_.Read(&record_, this);
        return true;
      case reading:
        if (ok) {
          reader_.Read(&record_, this);
        } else {
          step_ = finishing;
          reader_.Finish(answer, grpc::Status::OK, this);
        }
        return true;
      default: return false;
    }
  }

 private:
  enum { waiting, reading, finishing } step_ = waiting;
  ServerCompletionQueue *queue_;
  Record record_;
  grpc::ServerContext context_;
  grpc::ServerAsyncReader<Answer, Record> reader_{&context_};
};

std::shared_ptr<grpc::ServerCredentials> make_credentials(const Options &options) {
  grpc::SslServerCredentialsOptions tls(
      GRPC_SSL_REQUEST_AND_REQUIRE_CLIENT_CERTIFICATE_AND_VERIFY);
  tls.pem_root_certs = read_file(options.ca);
  tls.pem_key_cert_pairs.push_back({read_file(options.key), read_file(options.cert)});
  return grpc::SslServerCredentials(tls);
}

Options read_options(int count, char **words) {
  static const option known[] = {
      {"ca", required_argument, nullptr, 'a'},  {"cert", required_argument, nullptr, 'c'},
      {"key", required_argument, nullptr, 'k'}, {"port", required_argument, nullptr, 'p'},
      {nullptr, 0, nullptr, 0},
  };
  Options options;
  for (int option; (option = getopt_long(count, words, "", known, nullptr)) != -1;) {
    switch (option) {
      case 'a': options.ca = optarg; break;
      case 'c': options.cert = optarg; break;
      case 'k': options.key = optarg; break;
      case 'p': options.port = atoi(optarg); break;
      default: exit(64);
    }
  }
  if (options.ca.empty() || options.cert.empty() || options.key.empty()) {
    std::cerr << "grpc_server --ca FILE --cert FILE --key FILE [--port N]\n";
    exit(64);
  }
  return options;
}

}  // namespace

int main(int count, char **words) {
  Options options = read_options(count, words);
  grpc::ServerBuilder builder;
  int port = 0;
  builder.AddListeningPort("127.0.0.1:" + std::to_string(options.port),
                           make_credentials(options), &port);
  builder.RegisterService(&service);
  // More than were ever outstanding here; gRPC's own default is no limit.
  builder.AddChannelArgument(GRPC_ARG_MAX_CONCURRENT_STREAMS, 256);
  auto queue = builder.AddCompletionQueue();
  auto server = builder.BuildAndStart();
  if (!server || port == 0) die("cannot listen");
  for (int i = 0; i < 256; i++) new GetCall(queue.get());
  new UploadCall(queue.get());
  std::cout << "ready 127.0.0.1:" << port << std::endl;
  void *tag;
  bool ok;
  while (queue->Next(&tag, &ok)) {
    Call *call = static_cast<Call *>(tag);
    if (!call->proceed(ok)) delete call;
  }
  return 0;
}
