// A Thrift C++ client with the modes, options and output of load.c, but for uploads, which Thrift
// has not; for thrift_server.cpp.
//
// Prints: mode count seconds server_cpu_us_per_call p50_us p99_us, after a warm-up of a tenth; for
// idle: mode count seconds KiB_per_connection - -
#include <getopt.h>
#include <poll.h>
#include <signal.h>
#include <sys/resource.h>
#include <thrift/protocol/TCompactProtocol.h>
#include <thrift/transport/TBufferTransports.h>

#include <deque>
#include <vector>

#include "Bench.h"
#include "measure.h"
#include "thrift_common.h"

using namespace apache::thrift;

namespace {

struct Options {
  std::string host, ca, mode = "pipelined";
  int port = 0;
  std::vector<std::string> certs, keys;
  size_t count = 100000, connections = 0, outstanding = 100;
  double hold = 0;
  pid_t pid = 0;
  bool single = false;
} options;

std::vector<std::shared_ptr<Factory>> factories;
Latencies latencies;
bench::Request request;

// Keeps what is written until it is pushed, so that many requests leave in one write.
class Held final : public transport::TBufferedTransport {
 public:
  explicit Held(std::shared_ptr<transport::TTransport> under)
      : TBufferedTransport(under, 65536, 65536) {}
  void flush() override {}
  void push() { TBufferedTransport::flush(); }
};

// One connection.
struct Link {
  std::shared_ptr<transport::TSSLSocket> socket;
  std::shared_ptr<Held> held;
  std::unique_ptr<bench::BenchClient> client;
  std::deque<uint64_t> started;

  explicit Link(size_t number) {
    socket = factories[number % factories.size()]->createSocket(options.host, options.port);
    held = std::make_shared<Held>(socket);
    auto framed = std::make_shared<transport::TFramedTransport>(held);
    client = std::make_unique<bench::BenchClient>(
        std::make_shared<protocol::TCompactProtocol>(framed));
    framed->open();
  }
  Link(const Link &) = delete;
  ~Link() { socket->close(); }

  void ask() {
    started.push_back(now_ns());
    client->send_Get(request);
  }

  // Answers come in the order of the requests.
  void take() {
    bench::Answer answer;
    client->recv_Get(answer);
    if (answer.text.size() != 297) throw std::runtime_error("not the answer");
    record(&latencies, now_ns() - started.front());
    started.pop_front();
  }

  void call() {
    ask();
    held->push();
    take();
  }
};

using Links = std::vector<std::unique_ptr<Link>>;

// Requests leave by the quarter of those outstanding, as by a client that writes what has gathered.
// With --single each has a TLS record of its own: TNonblockingServer waits for the socket while TLS
// holds requests, and never answers several of one record.
void call_pipelined(Link &link, size_t count) {
  latencies.count = 0;
  size_t begun = 0, gathered = 0;
  const size_t enough = options.single ? 1 : (options.outstanding + 3) / 4;
  for (; begun < count && begun < options.outstanding; begun++) {
    link.ask();
    if (options.single) link.held->push();
  }
  link.held->push();
  for (size_t done = 0; done < count; done++) {
    link.take();
    if (begun == count) continue;
    begun++;
    gathered++;
    link.ask();
    if (gathered >= enough || begun == count) {
      link.held->push();
      gathered = 0;
    }
  }
}

void call_in_turn(Link &link, size_t count) {
  latencies.count = 0;
  for (size_t i = 0; i < count; i++) link.call();
}

// One call at a time on each connection.
void call_on_each(Links &links, size_t count) {
  latencies.count = 0;
  size_t begun = 0, done = 0;
  std::vector<pollfd> waiting;
  for (auto &link : links) {
    waiting.push_back({link->socket->getSocketFD(), POLLIN, 0});
    if (begun++ >= count) continue;
    link->ask();
    link->held->push();
  }
  while (done < count) {
    if (poll(waiting.data(), waiting.size(), 60000) <= 0) {
      throw std::runtime_error("no answers in a minute");
    }
    for (size_t i = 0; i < waiting.size(); i++) {
      if (waiting[i].revents == 0) continue;
      links[i]->take();
      done++;
      if (begun++ >= count) continue;
      links[i]->ask();
      links[i]->held->push();
    }
  }
}

// Warms up with a tenth, then measures.
template <typename Calls>
void run(Calls calls) {
  calls((options.count + 9) / 10);
  Start start = start_measure(options.pid);
  calls(options.count);
  finish_measure(start, options.mode.c_str(), options.count, &latencies);
}

void shake_hands(size_t count) {
  latencies.count = 0;
  for (size_t i = 0; i < count; i++) {
    uint64_t start = now_ns();
    {
      Link link(i);
      link.call();
    }
    latencies.ns[latencies.count - 1] = static_cast<uint32_t>(now_ns() - start);
  }
}

void run_idle() {
  size_t warm = (options.connections + 9) / 10, total = warm + options.connections;
  rlimit files = {total + 100, total + 100};
  if (setrlimit(RLIMIT_NOFILE, &files) != 0) throw std::runtime_error("too few files");
  Links links;
  long before = 0;
  uint64_t start = 0;
  for (size_t i = 0; i < total; i++) {
    if (i == warm) {
      pause_ms(1000);
      before = memory_kib(options.pid);
      start = now_ns();
    }
    links.push_back(std::make_unique<Link>(i));
    links.back()->call();
  }
  double seconds = (now_ns() - start) / 1e9;
  pause_ms(1000);
  print_idle(options.connections, seconds, before, memory_kib(options.pid));
  fflush(stdout);
  pause_ms(static_cast<long>(options.hold * 1000));
}

void usage() {
  std::cerr << "thrift_client --server HOST:PORT --ca FILE --cert FILE --key FILE "
               "[--cert … --key …] --pid PID\n"
               "  [--mode pipelined|one|many|handshakes|idle] [--count N]\n"
               "  [--outstanding N] [--connections N] [--hold SECONDS] [--single]\n";
  exit(64);
}

size_t number(const char *word) {
  char *end;
  size_t value = strtoul(word, &end, 10);
  if (value == 0 || *end != 0) usage();
  return value;
}

void set_server(const std::string &server) {
  size_t colon = server.rfind(':');
  if (colon == std::string::npos) usage();
  options.host = server.substr(0, colon);
  options.port = static_cast<int>(number(server.c_str() + colon + 1));
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
      {"single", no_argument, nullptr, '1'},
      {nullptr, 0, nullptr, 0},
  };
  for (int option; (option = getopt_long(count, words, "", known, nullptr)) != -1;) {
    switch (option) {
      case 'm': options.mode = optarg; break;
      case 's': set_server(optarg); break;
      case 'a': options.ca = optarg; break;
      case 'c': options.certs.push_back(optarg); break;
      case 'k': options.keys.push_back(optarg); break;
      case 'p': options.pid = static_cast<pid_t>(number(optarg)); break;
      case 'n': options.count = number(optarg); break;
      case 'o': options.outstanding = number(optarg); break;
      case 'C': options.connections = number(optarg); break;
      case 'h': options.hold = atof(optarg); break;
      case '1': options.single = true; break;
      default: usage();
    }
  }
  if (options.host.empty() || options.ca.empty() || options.pid == 0 || options.certs.empty() ||
      options.certs.size() != options.keys.size()) {
    usage();
  }
}

void run_mode() {
  const std::string &mode = options.mode;
  if (mode == "pipelined") {
    Link link(0);
    run([&](size_t count) { call_pipelined(link, count); });
  } else if (mode == "one") {
    Link link(0);
    run([&](size_t count) { call_in_turn(link, count); });
  } else if (mode == "many") {
    Links links;
    for (size_t i = 0; i < options.connections; i++) {
      links.push_back(std::make_unique<Link>(i));
      links.back()->call();
    }
    run([&](size_t count) { call_on_each(links, count); });
  } else if (mode == "handshakes") {
    run(shake_hands);
  } else if (mode == "idle") {
    run_idle();
  } else {
    usage();
  }
}

}  // namespace

int main(int count, char **words) {
  read_options(count, words);
  signal(SIGPIPE, SIG_IGN);
  request.__set_id(std::string(16, 7));
  if (options.connections == 0) options.connections = options.mode == "idle" ? 1000 : 64;
  try {
    for (size_t i = 0; i < options.certs.size(); i++) {
      factories.push_back(
          std::make_shared<Factory>(options.ca, options.certs[i], options.keys[i], false));
    }
    run_mode();
  } catch (const std::exception &error) {
    std::cerr << error.what() << "\n";
    return 1;
  }
  free(latencies.ns);
  return 0;
}
