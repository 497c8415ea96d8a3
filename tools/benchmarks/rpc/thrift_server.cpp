// A Thrift C++ server of bench.thrift with mutual TLS, framed transport and the compact protocol,
// to be compared with the registry's own RPC. By default one event loop (TNonblockingServer), which
// cannot serve several requests of one TLS record: it waits for the socket while TLS holds them.
// With --threaded a thread for each connection (TThreadedServer), cheapest for pipelined calls.
//
// Prints `ready 127.0.0.1:PORT`, then serves until it is terminated.
#include <getopt.h>
#include <signal.h>
#include <thrift/Thrift.h>
#include <thrift/protocol/TCompactProtocol.h>
#include <thrift/server/TNonblockingServer.h>
#include <thrift/server/TThreadedServer.h>
#include <thrift/transport/TBufferTransports.h>
#include <thrift/transport/TNonblockingSSLServerSocket.h>
#include <thrift/transport/TSSLServerSocket.h>

#include <functional>

#include "Bench.h"
#include "thrift_common.h"

using namespace apache::thrift;

namespace {

struct Options {
  std::string ca, cert, key;
  int port = 0;
  bool threaded = false;
};

class Handler final : public bench::BenchIf {
 public:
  void Get(bench::Answer &answer, const bench::Request &request) override {
    if (request.id.size() != 16) throw TApplicationException("id");
    answer.__set_text(text_);
  }

 private:
  const std::string text_ = std::string(297, 'x');
};

// Tells the port once the server listens.
class Ready final : public server::TServerEventHandler {
 public:
  explicit Ready(std::function<int()> port) : port_(std::move(port)) {}
  void preServe() override { std::cout << "ready 127.0.0.1:" << port_() << std::endl; }

 private:
  std::function<int()> port_;
};

void serve_nonblocking(const Options &options, std::shared_ptr<TProcessor> processor,
                       std::shared_ptr<protocol::TProtocolFactory> protocols,
                       std::shared_ptr<Factory> factory) {
  auto socket = std::make_shared<transport::TNonblockingSSLServerSocket>(
      "127.0.0.1", options.port, factory);
  server::TNonblockingServer server(processor, protocols, socket);
  server.setServerEventHandler(
      std::make_shared<Ready>([socket] { return socket->getListenPort(); }));
  server.serve();
}

void serve_threaded(const Options &options, std::shared_ptr<TProcessor> processor,
                    std::shared_ptr<protocol::TProtocolFactory> protocols,
                    std::shared_ptr<Factory> factory) {
  auto socket =
      std::make_shared<transport::TSSLServerSocket>("127.0.0.1", options.port, factory);
  server::TThreadedServer server(
      processor, socket, std::make_shared<transport::TFramedTransportFactory>(), protocols);
  server.setServerEventHandler(std::make_shared<Ready>([socket] { return socket->getPort(); }));
  server.serve();
}

Options read_options(int count, char **words) {
  static const option known[] = {
      {"ca", required_argument, nullptr, 'a'},   {"cert", required_argument, nullptr, 'c'},
      {"key", required_argument, nullptr, 'k'},  {"port", required_argument, nullptr, 'p'},
      {"threaded", no_argument, nullptr, 't'},   {nullptr, 0, nullptr, 0},
  };
  Options options;
  for (int option; (option = getopt_long(count, words, "", known, nullptr)) != -1;) {
    switch (option) {
      case 'a': options.ca = optarg; break;
      case 'c': options.cert = optarg; break;
      case 'k': options.key = optarg; break;
      case 'p': options.port = atoi(optarg); break;
      case 't': options.threaded = true; break;
      default: exit(64);
    }
  }
  if (options.ca.empty() || options.cert.empty() || options.key.empty()) {
    std::cerr << "thrift_server --ca FILE --cert FILE --key FILE [--port N] [--threaded]\n";
    exit(64);
  }
  return options;
}

}  // namespace

int main(int count, char **words) {
  Options options = read_options(count, words);
  signal(SIGPIPE, SIG_IGN);
  // It writes a line for each client that closes, which nobody is to pay for.
  GlobalOutput.setOutputFunction([](const char *) {});
  auto factory = std::make_shared<Factory>(options.ca, options.cert, options.key, true);
  auto processor = std::make_shared<bench::BenchProcessor>(std::make_shared<Handler>());
  auto protocols = std::make_shared<protocol::TCompactProtocolFactory>();
  try {
    if (options.threaded) {
      serve_threaded(options, processor, protocols, factory);
    } else {
      serve_nonblocking(options, processor, protocols, factory);
    }
  } catch (const std::exception &error) {
    std::cerr << error.what() << "\n";
    return 1;
  }
  return 0;
}
