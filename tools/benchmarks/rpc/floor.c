// The floor: a bare server of registry-rpc/1 (proto/PROTOCOL.md) on OpenSSL and epoll, one thread.
// It answers each GetHousehold with the same 300 bytes, and takes uploads on any other method. It
// has no deadlines, metadata, timeouts, drain, or limits on control frames. Others are measured
// against it.
//
// Prints `ready 127.0.0.1:PORT`, then serves until it is terminated.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <netinet/tcp.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <signal.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "bench.pb-c.h"
#include "wire.h"

enum {
  ANSWER_BYTES = 300, MESSAGE_BYTES = 65536, CONCURRENT_CALLS = 128, EVENTS = 64,
  CALL_WINDOW = 262144, CONNECTION_WINDOW = 1048576, INPUT = 262144,
};

// gRPC's codes, as far as they are used here.
enum { OK = 0, INVALID_ARGUMENT = 3, RESOURCE_EXHAUSTED = 8, INTERNAL = 13 };

typedef struct Call {
  struct Call *next;
  uint32_t id;
  bool unary;
  uint32_t messages;
  uint64_t taken, announced;
  // A message that is not here whole, its prefix included.
  Buffer part;
} Call;

typedef struct {
  int fd;
  bool established, hello, wants_out;
  SSL *ssl;
  uint32_t highest;
  uint32_t open;
  Call *calls;
  uint64_t taken, announced;
  // A frame that is not here whole.
  uint8_t *rest;
  size_t rest_size;
  // What the socket did not take.
  uint8_t *unsent;
  size_t unsent_size;
} Connection;

static struct {
  const char *ca, *cert, *key;
  int port, tickets;
  bool release, protobuf;
} options;

// One thread serves one connection at a time: these hold what is in work, and no connection needs
// its own. `plain` is answers, `wire` is what TLS made of them.
static uint8_t input[INPUT];
static Buffer plain, wire;
static Call *spare_calls;
// DATA and STATUS OK, the call ids to be set.
static uint8_t answer[HEADER + PREFIX + ANSWER_BYTES + HEADER];
static char text[ANSWER_BYTES - 3 + 1];
static volatile sig_atomic_t terminated;
static int events;

// MARK: TLS

// TLS writes into `wire`, so that all records of one turn leave in one call of the kernel.
static int wire_write(BIO *bio, const char *bytes, int count) {
  (void)bio;
  memcpy(extend(&wire, (size_t)count), bytes, (size_t)count);
  return count;
}

static long wire_control(BIO *bio, int command, long number, void *pointer) {
  (void)bio, (void)number, (void)pointer;
  return command == BIO_CTRL_FLUSH;
}

static int wire_create(BIO *bio) {
  BIO_set_init(bio, 1);
  return 1;
}

static BIO_METHOD *make_wire(void) {
  BIO_METHOD *method = BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "wire");
  if (method == NULL || BIO_meth_set_write(method, wire_write) != 1 ||
      BIO_meth_set_ctrl(method, wire_control) != 1 ||
      BIO_meth_set_create(method, wire_create) != 1) {
    die("no BIO method");
  }
  return method;
}

static int select_alpn(SSL *ssl, const unsigned char **out, unsigned char *size,
                       const unsigned char *in, unsigned int in_size, void *nothing) {
  (void)ssl, (void)nothing;
  unsigned char *found;
  int result = SSL_select_next_proto(&found, size, ALPN, ALPN_SIZE, in, in_size);
  *out = found;
  return result == OPENSSL_NPN_NEGOTIATED ? SSL_TLSEXT_ERR_OK : SSL_TLSEXT_ERR_ALERT_FATAL;
}

// A handshake without ALPN does not come by select_alpn.
static bool has_alpn(const SSL *ssl) {
  const unsigned char *name;
  unsigned int size;
  SSL_get0_alpn_selected(ssl, &name, &size);
  return size == ALPN_SIZE - 1;
}

static void tls_die(const char *what) {
  ERR_print_errors_fp(stderr);
  die(what);
}

static SSL_CTX *make_context(void) {
  static const unsigned char name[] = "floor";
  SSL_CTX *context = SSL_CTX_new(TLS_server_method());
  if (context == NULL || SSL_CTX_set_min_proto_version(context, TLS1_3_VERSION) != 1) {
    tls_die("no TLS 1.3");
  }
  if (SSL_CTX_load_verify_locations(context, options.ca, NULL) != 1) tls_die("--ca");
  if (SSL_CTX_use_certificate_chain_file(context, options.cert) != 1) tls_die("--cert");
  if (SSL_CTX_use_PrivateKey_file(context, options.key, SSL_FILETYPE_PEM) != 1) tls_die("--key");
  if (SSL_CTX_set_num_tickets(context, (size_t)options.tickets) != 1 ||
      SSL_CTX_set_session_id_context(context, name, sizeof name - 1) != 1) {
    tls_die("tickets");
  }
  SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
  SSL_CTX_set_verify(context, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, NULL);
  SSL_CTX_set_alpn_select_cb(context, select_alpn, NULL);
  // One read of the socket for a record, not one for its header and one for the rest.
  SSL_CTX_set_read_ahead(context, 1);
  // Else OpenSSL makes the chain in every handshake.
  SSL_CTX_set_mode(context, SSL_MODE_NO_AUTO_CHAIN);
  if (options.release) SSL_CTX_set_mode(context, SSL_MODE_RELEASE_BUFFERS);
  return context;
}

// MARK: Messages

static void make_answer(void) {
  memset(text, 'x', sizeof text - 1);
  put_header(answer, PREFIX + ANSWER_BYTES, DATA, 0, 0);
  uint8_t *p = answer + HEADER;
  put32(p + 1, ANSWER_BYTES);
  Bench__V1__Answer message = BENCH__V1__ANSWER__INIT;
  message.text = text;
  if (bench__v1__answer__get_packed_size(&message) != ANSWER_BYTES) die("not 300 bytes");
  bench__v1__answer__pack(&message, p + PREFIX);
  put_header(p + PREFIX + ANSWER_BYTES, 0, STATUS, 0, 0);
}

static void add_answer(uint32_t call) {
  uint8_t *p = extend(&plain, sizeof answer);
  if (options.protobuf) {
    Bench__V1__Answer message = BENCH__V1__ANSWER__INIT;
    message.text = text;
    size_t size = bench__v1__answer__get_packed_size(&message);
    put_header(p, PREFIX + size, DATA, 0, call);
    p[HEADER] = 0;
    put32(p + HEADER + 1, (uint32_t)size);
    bench__v1__answer__pack(&message, p + HEADER + PREFIX);
    put_header(p + HEADER + PREFIX + size, 0, STATUS, 0, call);
    return;
  }
  memcpy(p, answer, sizeof answer);
  put32(p + 8, call);
  put32(p + sizeof answer - 4, call);
}

static void add_status(uint32_t call, uint8_t code, bool not_started) {
  uint8_t *p = add_frame(&plain, not_started ? 4 : 2, STATUS, 0, call);
  p[0] = 1 << 3;
  p[1] = code;
  if (not_started) {
    p[2] = 6 << 3;
    p[3] = 1;
  }
}

// Reads one message as the call's method has it.
static bool take_message(Call *call, const uint8_t *bytes, size_t size) {
  call->messages++;
  if (!options.protobuf) return true;
  if (call->unary) {
    Bench__V1__Request *request = bench__v1__request__unpack(NULL, size, bytes);
    if (request == NULL) return false;
    bench__v1__request__free_unpacked(request, NULL);
  } else {
    Bench__V1__Record *one = bench__v1__record__unpack(NULL, size, bytes);
    if (one == NULL) return false;
    bench__v1__record__free_unpacked(one, NULL);
  }
  return true;
}

// The size of a message with its prefix, of which 5 bytes are here; 0 if it is not permitted.
static size_t whole_size(const uint8_t *prefix) {
  uint32_t size = get32(prefix + 1);
  return prefix[0] == 0 && size <= MESSAGE_BYTES ? PREFIX + size : 0;
}

// Takes bytes of a call's messages; gives the code of the status that they lead to, or OK.
static uint8_t take_bytes(Call *call, const uint8_t *p, size_t count) {
  while (count > 0) {
    size_t held = call->part.size, whole = 0;
    if (held == 0 && count >= PREFIX) {
      whole = whole_size(p);
      if (whole == 0) return RESOURCE_EXHAUSTED;
      if (whole <= count) {
        if (!take_message(call, p + PREFIX, whole - PREFIX)) return INVALID_ARGUMENT;
        p += whole;
        count -= whole;
        continue;
      }
    }
    // The message is split: its bytes are kept, the prefix first.
    whole = held < PREFIX ? PREFIX : whole_size(call->part.bytes);
    size_t step = whole - held < count ? whole - held : count;
    memcpy(extend(&call->part, step), p, step);
    p += step;
    count -= step;
    if (call->part.size < PREFIX) continue;
    whole = whole_size(call->part.bytes);
    if (whole == 0) return RESOURCE_EXHAUSTED;
    if (call->part.size < whole) continue;
    if (!take_message(call, call->part.bytes + PREFIX, whole - PREFIX)) return INVALID_ARGUMENT;
    call->part.size = 0;
  }
  return OK;
}

// MARK: Calls

static Call *new_call(Connection *connection, uint32_t id) {
  Call *call = spare_calls;
  if (call != NULL) {
    spare_calls = call->next;
  } else {
    call = resize(NULL, sizeof *call);
    call->part = (Buffer){0};
  }
  call->id = id;
  call->messages = 0;
  call->taken = 0;
  call->announced = CALL_WINDOW;
  call->part.size = 0;
  call->next = connection->calls;
  connection->calls = call;
  connection->open++;
  return call;
}

// The place of the pointer to a call; what it points at is NULL if there is none.
static Call **find_call(Connection *connection, uint32_t id) {
  Call **place = &connection->calls;
  while (*place != NULL && (*place)->id != id) place = &(*place)->next;
  return place;
}

static void end_call(Connection *connection, Call **place) {
  Call *call = *place;
  *place = call->next;
  connection->open--;
  // A large buffer is not kept for calls to come.
  if (call->part.capacity > FRAME_BYTES) {
    free(call->part.bytes);
    call->part = (Buffer){0};
  }
  call->next = spare_calls;
  spare_calls = call;
}

// MARK: Frames

// Each gives false if the connection is beyond use.

static bool on_open(Connection *connection, uint32_t id, const uint8_t *p, size_t size) {
  const uint8_t *end = p + size, *method = NULL;
  uint64_t method_size = 0;
  if (id % 2 == 0 || id <= connection->highest) return false;
  connection->highest = id;
  while (p < end) {
    Field field;
    if (!read_field(&p, end, &field)) {
      method_size = 0;
      break;
    }
    if (field.number == 1 && field.bytes != NULL) {
      method = field.bytes;
      method_size = field.value;
    }
  }
  if (method_size == 0) {
    add_status(id, INVALID_ARGUMENT, true);
  } else if (connection->open == CONCURRENT_CALLS) {
    add_status(id, RESOURCE_EXHAUSTED, true);
  } else {
    Call *call = new_call(connection, id);
    call->unary = method_size == sizeof GET_METHOD - 1 &&
                  memcmp(method, GET_METHOD, sizeof GET_METHOD - 1) == 0;
  }
  return true;
}

// All bytes are taken as they come, so credit is given back for what came.
static bool count_connection(Connection *connection, size_t size) {
  connection->taken += size;
  if (connection->taken > connection->announced) return false;
  if (connection->announced - connection->taken <= CONNECTION_WINDOW / 2) {
    connection->announced = connection->taken + CONNECTION_WINDOW;
    add_credit(&plain, 0, connection->announced);
  }
  return true;
}

static uint8_t count_call(Call *call, size_t size, bool end) {
  call->taken += size;
  if (call->taken > call->announced) return RESOURCE_EXHAUSTED;
  if (!end && call->announced - call->taken <= CALL_WINDOW / 2) {
    call->announced = call->taken + CALL_WINDOW;
    add_credit(&plain, call->id, call->announced);
  }
  return OK;
}

static bool on_data(Connection *connection, uint32_t id, bool end, const uint8_t *p, size_t size) {
  if (id == 0 || id > connection->highest) return false;
  if (!count_connection(connection, size)) return false;
  Call **place = find_call(connection, id), *call = *place;
  // It has ended, and the frame crossed its end.
  if (call == NULL) return true;
  uint8_t code = count_call(call, size, end);
  if (code == OK) code = take_bytes(call, p, size);
  if (code == OK && end && (call->part.size != 0 || (call->unary && call->messages != 1))) {
    code = INVALID_ARGUMENT;
  }
  if (code != OK) {
    add_status(id, code, false);
  } else if (end) {
    add_answer(id);
  } else {
    return true;
  }
  end_call(connection, place);
  return true;
}

static bool on_reset(Connection *connection, uint32_t id) {
  if (id == 0 || id > connection->highest) return false;
  Call **place = find_call(connection, id);
  if (*place != NULL) end_call(connection, place);
  return true;
}

static bool on_frame(Connection *connection, const uint8_t *header) {
  const uint8_t *p = header + HEADER;
  size_t size = get32(header);
  uint32_t id = get32(header + 8);
  bool flag = (header[5] & 1) != 0;
  if (!connection->hello) {
    connection->hello = true;
    return header[4] == HELLO && id == 0;
  }
  switch (header[4]) {
    case OPEN: return on_open(connection, id, p, size);
    case DATA: return on_data(connection, id, flag, p, size);
    case RESET: return on_reset(connection, id);
    // The client is taken to have room for the answers that it asked for.
    case CREDIT: return size == 8 && id <= connection->highest;
    case PING:
      if (size != 8 || id != 0) return false;
      if (!flag) memcpy(add_frame(&plain, 8, PING, ACK, 0), p, 8);
      return true;
    case GOAWAY: return id == 0;
    default: return header[4] >= 0x80;
  }
}

// Serves the whole frames of `count` bytes of input; gives the bytes used, or -1.
static ssize_t serve_frames(Connection *connection, size_t count) {
  size_t used = 0;
  while (count - used >= HEADER) {
    const uint8_t *header = input + used;
    uint32_t size = get32(header);
    if (size > FRAME_BYTES || header[6] != 0 || header[7] != 0) return -1;
    if (count - used - HEADER < size) break;
    if (!on_frame(connection, header)) return -1;
    used += HEADER + size;
  }
  return (ssize_t)used;
}

// MARK: Connections

static void watch(Connection *connection, bool out) {
  if (connection->wants_out == out) return;
  connection->wants_out = out;
  struct epoll_event event = {.events = out ? EPOLLOUT : EPOLLIN, .data.ptr = connection};
  if (epoll_ctl(events, EPOLL_CTL_MOD, connection->fd, &event) != 0) die("epoll_ctl");
}

// Gives bytes to the socket; what it gives back was not taken, or -1 on loss of the connection.
static ssize_t send_bytes(Connection *connection, const uint8_t *bytes, size_t size) {
  while (size > 0) {
    ssize_t sent = send(connection->fd, bytes, size, MSG_NOSIGNAL);
    if (sent < 0 && errno == EINTR) continue;
    if (sent < 0) return errno == EAGAIN ? (ssize_t)size : -1;
    bytes += sent;
    size -= (size_t)sent;
  }
  return 0;
}

// Sends what TLS wrote in this turn.
static bool flush_wire(Connection *connection) {
  size_t size = wire.size;
  wire.size = 0;
  ssize_t left = send_bytes(connection, wire.bytes, size);
  if (left <= 0) return left == 0;
  connection->unsent = resize(NULL, (size_t)left);
  connection->unsent_size = (size_t)left;
  memcpy(connection->unsent, wire.bytes + size - (size_t)left, (size_t)left);
  watch(connection, true);
  return true;
}

// Sends what is left of turns before; nothing is read until all has gone.
static bool flush_unsent(Connection *connection) {
  size_t size = connection->unsent_size;
  ssize_t left = send_bytes(connection, connection->unsent, size);
  if (left < 0) return false;
  connection->unsent_size = (size_t)left;
  memmove(connection->unsent, connection->unsent + size - (size_t)left, (size_t)left);
  if (left > 0) return true;
  free(connection->unsent);
  connection->unsent = NULL;
  watch(connection, false);
  return true;
}

static bool write_plain(Connection *connection) {
  size_t size = plain.size;
  plain.size = 0;
  return size == 0 || SSL_write(connection->ssl, plain.bytes, (int)size) == (int)size;
}

static bool give_up(Connection *connection) {
  static const uint8_t payload[] = {1 << 3, INTERNAL};
  memcpy(add_frame(&plain, sizeof payload, FATAL, 0, 0), payload, sizeof payload);
  if (write_plain(connection) && SSL_shutdown(connection->ssl) >= 0) flush_wire(connection);
  return false;
}

// Fills the input; gives the bytes in it, or -1 at the end of the connection.
static ssize_t read_input(Connection *connection) {
  size_t count = connection->rest_size;
  if (count > 0) memcpy(input, connection->rest, count);
  do {
    int got = SSL_read(connection->ssl, input + count, (int)(INPUT - count));
    if (got <= 0) {
      int error = SSL_get_error(connection->ssl, got);
      ERR_clear_error();
      if (error == SSL_ERROR_WANT_READ) break;
      if (error == SSL_ERROR_ZERO_RETURN && SSL_shutdown(connection->ssl) >= 0) {
        flush_wire(connection);
      }
      return -1;
    }
    count += (size_t)got;
  } while (count < INPUT && SSL_has_pending(connection->ssl));
  return (ssize_t)count;
}

static void keep_rest(Connection *connection, const uint8_t *bytes, size_t size) {
  if (size == 0) {
    free(connection->rest);
    connection->rest = NULL;
  } else {
    connection->rest = resize(connection->rest, size);
    memcpy(connection->rest, bytes, size);
  }
  connection->rest_size = size;
}

static bool serve(Connection *connection) {
  ssize_t count;
  // Epoll does not tell of what TLS holds already: all of it is served.
  do {
    count = read_input(connection);
    if (count < 0) return false;
    ssize_t used = serve_frames(connection, (size_t)count);
    if (used < 0) return give_up(connection);
    keep_rest(connection, input + used, (size_t)(count - used));
    if (!write_plain(connection)) return false;
  } while (count == INPUT && SSL_has_pending(connection->ssl));
  return flush_wire(connection);
}

static bool shake_hands(Connection *connection) {
  int result = SSL_accept(connection->ssl);
  if (result == 1) {
    if (!has_alpn(connection->ssl)) return false;
    connection->established = true;
    add_hello(&plain, MESSAGE_BYTES, CALL_WINDOW, CONNECTION_WINDOW);
    if (SSL_has_pending(connection->ssl)) return serve(connection);
    return write_plain(connection) && flush_wire(connection);
  }
  int error = SSL_get_error(connection->ssl, result);
  ERR_clear_error();
  // An alert has to leave, too.
  return flush_wire(connection) && error == SSL_ERROR_WANT_READ;
}

static void close_connection(Connection *connection) {
  plain.size = wire.size = 0;
  ERR_clear_error();
  while (connection->calls != NULL) end_call(connection, &connection->calls);
  SSL_free(connection->ssl);
  close(connection->fd);
  free(connection->rest);
  free(connection->unsent);
  free(connection);
}

static void turn(Connection *connection) {
  bool good = connection->unsent != NULL ? flush_unsent(connection)
              : connection->established  ? serve(connection)
                                         : shake_hands(connection);
  if (!good) close_connection(connection);
}

static void accept_connection(int listener, SSL_CTX *context, BIO_METHOD *method) {
  int fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC), on = 1;
  if (fd < 0) {
    // The client may have gone again; all else is beyond help.
    if (errno != EAGAIN && errno != ECONNABORTED && errno != EINTR) die("accept");
    return;
  }
  Connection *connection = resize(NULL, sizeof *connection);
  *connection = (Connection){.fd = fd, .ssl = SSL_new(context), .announced = CONNECTION_WINDOW};
  BIO *in = BIO_new_socket(fd, BIO_NOCLOSE), *out = BIO_new(method);
  if (connection->ssl == NULL || in == NULL || out == NULL) die("out of memory");
  SSL_set_bio(connection->ssl, in, out);
  struct epoll_event event = {.events = EPOLLIN, .data.ptr = connection};
  if (setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on) != 0 ||
      epoll_ctl(events, EPOLL_CTL_ADD, fd, &event) != 0) {
    die("a new connection");
  }
}

// MARK: The program

static int start_listening(void) {
  struct sockaddr_in address = {
      .sin_family = AF_INET,
      .sin_port = htons((uint16_t)options.port),
      .sin_addr.s_addr = htonl(INADDR_LOOPBACK),
  };
  socklen_t size = sizeof address;
  int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0), on = 1;
  struct epoll_event event = {.events = EPOLLIN, .data.ptr = NULL};
  if (fd < 0 || setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) != 0 ||
      bind(fd, (struct sockaddr *)&address, size) != 0 || listen(fd, 1024) != 0 ||
      getsockname(fd, (struct sockaddr *)&address, &size) != 0 ||
      epoll_ctl(events, EPOLL_CTL_ADD, fd, &event) != 0) {
    die("cannot listen");
  }
  printf("ready 127.0.0.1:%d\n", ntohs(address.sin_port));
  if (fflush(stdout) != 0) die("stdout");
  return fd;
}

static void on_signal(int number) {
  (void)number;
  terminated = 1;
}

static void read_options(int count, char **words) {
  static const struct option known[] = {
      {"ca", required_argument, NULL, 'a'},      {"cert", required_argument, NULL, 'c'},
      {"key", required_argument, NULL, 'k'},     {"port", required_argument, NULL, 'p'},
      {"tickets", required_argument, NULL, 't'}, {"release-buffers", no_argument, NULL, 'r'},
      {"protobuf", no_argument, NULL, 'b'},      {NULL, 0, NULL, 0},
  };
  for (int option; (option = getopt_long(count, words, "", known, NULL)) != -1;) {
    switch (option) {
      case 'a': options.ca = optarg; break;
      case 'c': options.cert = optarg; break;
      case 'k': options.key = optarg; break;
      case 'p': options.port = atoi(optarg); break;
      case 't': options.tickets = atoi(optarg); break;
      case 'r': options.release = true; break;
      case 'b': options.protobuf = true; break;
      default: exit(64);
    }
  }
  if (options.ca == NULL || options.cert == NULL || options.key == NULL) {
    fprintf(stderr, "floor --ca FILE --cert FILE --key FILE [--port N] [--tickets N] "
                    "[--release-buffers] [--protobuf]\n");
    exit(64);
  }
}

int main(int count, char **words) {
  read_options(count, words);
  make_answer();
  struct sigaction action = {.sa_handler = on_signal};
  if (sigaction(SIGTERM, &action, NULL) != 0 || sigaction(SIGINT, &action, NULL) != 0) {
    die("sigaction");
  }
  SSL_CTX *context = make_context();
  BIO_METHOD *method = make_wire();
  events = epoll_create1(EPOLL_CLOEXEC);
  if (events < 0) die("epoll_create1");
  int listener = start_listening();
  while (!terminated) {
    struct epoll_event ready[EVENTS];
    int found = epoll_wait(events, ready, EVENTS, -1);
    if (found < 0 && errno != EINTR) die("epoll_wait");
    for (int i = 0; i < found; i++) {
      if (ready[i].data.ptr == NULL) {
        accept_connection(listener, context, method);
      } else {
        turn(ready[i].data.ptr);
      }
    }
  }
  close(listener);
  SSL_CTX_free(context);
  BIO_meth_free(method);
  return 0;
}
