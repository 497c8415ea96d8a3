// A client of registry-rpc/1 (proto/PROTOCOL.md) that drives the floor and the registry's own
// server alike, and with `--door h2` one of gRPC over HTTP/2 that drives the registry's second door and
// gRPC's own server alike, so that what differs is the server's alone; pipelined it costs less than a
// server does. Every answer is checked: status OK and one whole message of 300 bytes, else exit 1.
//
//   pipelined   one connection, --outstanding calls at a time
//   one         one connection, one call at a time
//   many        --connections, one call at a time on each
//   handshakes  connect, full handshake, one call, close; one after another
//   upload      one client-streaming call of --count records of 300 bytes
//   idle        --connections held, each has done one call; memory of the server for each
//   overload    --rate calls a second, begun whether or not others are answered, spread over
//               --connections, each with --deadline milliseconds of time; for --hold seconds
//
// Prints: mode count seconds server_cpu_us_per_call p50_us p99_us, after a warm-up of a tenth; for
// idle: mode count seconds KiB_per_connection - -; for overload: mode offered_per_s good_per_s
// refused_per_s late_per_s p99_us, where good is OK within its time, late OK after it, refused any other
// status; what found no room at the client is among the offered alone.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <netdb.h>
#include <nghttp2/nghttp2.h>
#include <netinet/tcp.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <signal.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "bench.pb-c.h"
#include "measure.h"
#include "wire.h"

enum {
  MAX_OUTSTANDING = 128, SLOTS = 512, INPUT = 2 * (HEADER + FRAME_BYTES), EVENTS = 64,
  REQUEST_BYTES = 18, RECORD_BYTES = 300, OUTPUT = 65536, MAX_IDENTITIES = 256,
  LAST_ID = 2147483647, ANSWER_BYTES = 300,
};

// A call under way, in the slot of its id.
typedef struct {
  uint32_t id;
  uint32_t bytes;
  uint8_t prefix[PREFIX];
  // Of the second door: the bytes of the request that have left, and the status as it is written.
  uint8_t sent, status;
  uint64_t started;
} Slot;

typedef struct {
  int fd;
  bool hello, wants_out;
  SSL *ssl;
  uint32_t next_id, outstanding;
  Slot *slots;
  uint64_t sent, limit;
  // What the server's HELLO permits.
  uint64_t call_credit, frame_bytes, concurrent;
  // The upload's own.
  uint32_t upload_id;
  uint64_t upload_sent, upload_limit, upload_left;
  // Of the second door; NULL at the first.
  nghttp2_session *http;
  Buffer out;
  size_t out_sent;
  uint8_t *in;
  size_t in_size;
} Connection;

static struct {
  const char *mode, *ca, *method;
  const char *certs[MAX_IDENTITIES], *keys[MAX_IDENTITIES];
  size_t identities, key_count, count, connections, outstanding;
  double hold, rate;
  size_t deadline;
  pid_t pid;
  bool http;
  struct sockaddr_storage address;
  socklen_t address_size;
} options = {.mode = "pipelined", .count = 100000, .outstanding = 100};

static SSL_CTX *contexts[MAX_IDENTITIES];
static Latencies latencies;
// Calls, or uploads: to be made, begun, and done.
static size_t wanted, begun, done;
// Under overload: answers that are not OK, or OK too late.
static size_t refused, late;
static uint8_t record_bytes[PREFIX + RECORD_BYTES];
// OPEN and DATA with END of a unary call, the id to be set.
static uint8_t call_frames[HEADER + 1100 + HEADER + PREFIX + REQUEST_BYTES];
static size_t open_size, call_size;
static const unsigned char *alpn = ALPN;
static unsigned alpn_size = ALPN_SIZE;
static int events;

// MARK: TLS

static void tls_die(const char *what) {
  ERR_print_errors_fp(stderr);
  die(what);
}

static SSL_CTX *make_context(const char *cert, const char *key) {
  SSL_CTX *context = SSL_CTX_new(TLS_client_method());
  if (context == NULL || SSL_CTX_set_min_proto_version(context, TLS1_3_VERSION) != 1) {
    tls_die("no TLS 1.3");
  }
  if (SSL_CTX_load_verify_locations(context, options.ca, NULL) != 1) tls_die("--ca");
  if (SSL_CTX_use_certificate_chain_file(context, cert) != 1) tls_die("--cert");
  if (SSL_CTX_use_PrivateKey_file(context, key, SSL_FILETYPE_PEM) != 1) tls_die("--key");
  // 0 is success here.
  if (SSL_CTX_set_alpn_protos(context, alpn, alpn_size) != 0) tls_die("ALPN");
  SSL_CTX_set_verify(context, SSL_VERIFY_PEER, NULL);
  SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
  SSL_CTX_set_read_ahead(context, 1);
  // The server has the root: else OpenSSL sends it along, and the server decodes it.
  SSL_CTX_set_mode(context, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER |
                                SSL_MODE_NO_AUTO_CHAIN);
  return context;
}

static void start_http(Connection *connection);
static void pull_http(Connection *connection);
static void submit_http(Connection *connection, Slot *slot);

// Connects and is through the handshake; HELLO waits in `out`, or the preface to be pulled.
static Connection *connect_server(SSL_CTX *context) {
  Connection *connection = resize(NULL, sizeof *connection);
  *connection = (Connection){
      .fd = socket(options.address.ss_family, SOCK_STREAM | SOCK_CLOEXEC, 0),
      .ssl = SSL_new(context),
      .next_id = 1,
      .limit = 131072, .call_credit = 65536, .frame_bytes = FRAME_BYTES, .concurrent = 8,
      .slots = resize(NULL, SLOTS * sizeof(Slot)),
      .in = resize(NULL, INPUT),
  };
  memset(connection->slots, 0, SLOTS * sizeof(Slot));
  int on = 1;
  if (connection->fd < 0 || connection->ssl == NULL ||
      setsockopt(connection->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on) != 0 ||
      connect(connection->fd, (struct sockaddr *)&options.address, options.address_size) != 0) {
    perror("connect");
    exit(1);
  }
  const unsigned char *name;
  unsigned int size;
  if (SSL_set_fd(connection->ssl, connection->fd) != 1 || SSL_connect(connection->ssl) != 1) {
    tls_die("handshake");
  }
  SSL_get0_alpn_selected(connection->ssl, &name, &size);
  if (size != alpn_size - 1 || SSL_session_reused(connection->ssl)) die("not as agreed");
  if (options.http) {
    start_http(connection);
  } else {
    // So much credit that none need be given later.
    add_hello(&connection->out, 4 << 20, 1 << 30, 1ull << 50);
  }
  return connection;
}

static void watch(Connection *connection, bool out) {
  if (connection->wants_out == out) return;
  connection->wants_out = out;
  struct epoll_event event = {.events = EPOLLIN | (out ? EPOLLOUT : 0), .data.ptr = connection};
  if (epoll_ctl(events, EPOLL_CTL_MOD, connection->fd, &event) != 0) die("epoll_ctl");
}

static void disconnect(Connection *connection) {
  if (SSL_shutdown(connection->ssl) < 0) die("close_notify");
  SSL_free(connection->ssl);
  nghttp2_session_del(connection->http);
  close(connection->fd);
  free(connection->out.bytes);
  free(connection->slots);
  free(connection->in);
  free(connection);
}

static void flush(Connection *connection) {
  Buffer *out = &connection->out;
  if (connection->http != NULL) pull_http(connection);
  while (connection->out_sent < out->size) {
    size_t left = out->size - connection->out_sent;
    int sent = SSL_write(connection->ssl, out->bytes + connection->out_sent, (int)left);
    if (sent <= 0) {
      if (SSL_get_error(connection->ssl, sent) != SSL_ERROR_WANT_WRITE) tls_die("write");
      watch(connection, true);
      return;
    }
    connection->out_sent += (size_t)sent;
  }
  out->size = connection->out_sent = 0;
  watch(connection, false);
}

// MARK: Calls

static Slot *slot_of(Connection *connection, uint32_t id) {
  return &connection->slots[id / 2 % SLOTS];
}

static Slot *begin_call(Connection *connection) {
  // An old call may hold the slot: ids may be left out.
  while (slot_of(connection, connection->next_id)->id != 0) connection->next_id += 2;
  if (connection->next_id > LAST_ID) die("no ids are left");
  Slot *slot = slot_of(connection, connection->next_id);
  *slot = (Slot){.id = connection->next_id, .started = now_ns()};
  connection->next_id += 2;
  connection->outstanding++;
  begun++;
  return slot;
}

static Slot *begin_unary(Connection *connection) {
  Slot *slot = begin_call(connection);
  if (connection->http != NULL) {
    submit_http(connection, slot);
    return slot;
  }
  uint8_t *p = extend(&connection->out, call_size);
  memcpy(p, call_frames, call_size);
  put32(p + 8, slot->id);
  put32(p + open_size + 8, slot->id);
  connection->sent += PREFIX + REQUEST_BYTES;
  return slot;
}

// Begins calls until enough are under way.
static void fill_calls(Connection *connection, size_t outstanding) {
  if (outstanding > connection->concurrent) outstanding = connection->concurrent;
  while (begun < wanted && connection->outstanding < outstanding &&
         connection->sent + PREFIX + REQUEST_BYTES <= connection->limit) {
    begin_unary(connection);
  }
}

static void begin_upload(Connection *connection, size_t records) {
  Slot *slot = begin_call(connection);
  memcpy(extend(&connection->out, open_size), call_frames, open_size);
  put32(connection->out.bytes + connection->out.size - open_size + 8, slot->id);
  connection->upload_id = slot->id;
  connection->upload_sent = 0;
  connection->upload_limit = connection->call_credit;
  connection->upload_left = records;
}

static uint64_t least(uint64_t a, uint64_t b) { return a < b ? a : b; }

// Adds frames of whole records, as far as credit and the buffer reach; false if none fits.
static bool fill_upload(Connection *connection) {
  while (connection->upload_left > 0 && connection->out.size < OUTPUT) {
    uint64_t room = least(connection->limit - connection->sent,
                          connection->upload_limit - connection->upload_sent);
    // A frame fits into one TLS record with its header.
    room = least(room, least(connection->frame_bytes, FRAME_BYTES - HEADER));
    uint64_t records = least(room / sizeof record_bytes, connection->upload_left);
    if (records == 0) break;
    size_t size = records * sizeof record_bytes;
    connection->upload_left -= records;
    int end = connection->upload_left == 0 ? END : 0;
    uint8_t *p = add_frame(&connection->out, size, DATA, end, connection->upload_id);
    for (uint64_t i = 0; i < records; i++) {
      memcpy(p + i * sizeof record_bytes, record_bytes, sizeof record_bytes);
    }
    connection->sent += size;
    connection->upload_sent += size;
  }
  return connection->out.size > 0;
}

// MARK: Frames

static void bad(const char *what, const uint8_t *p, size_t size) {
  // A text is in field 2 of STATUS and FATAL.
  const uint8_t *end = p + size;
  Field field;
  fprintf(stderr, "%s\n", what);
  while (p < end && read_field(&p, end, &field)) {
    if (field.bytes == NULL) {
      fprintf(stderr, "  field %u: %llu\n", field.number, (unsigned long long)field.value);
    } else {
      fprintf(stderr, "  field %u: %.*s\n", field.number, (int)field.value, field.bytes);
    }
  }
  exit(1);
}

static void on_limits(Connection *connection, const uint8_t *p, const uint8_t *end) {
  while (p < end) {
    Field field;
    if (!read_field(&p, end, &field)) die("limits that cannot be read");
    if (field.number == 1) connection->frame_bytes = field.value;
    if (field.number == 4) connection->concurrent = field.value;
  }
}

static void on_hello(Connection *connection, const uint8_t *p, size_t size) {
  const uint8_t *end = p + size;
  if (connection->hello) die("a second HELLO");
  connection->hello = true;
  while (p < end) {
    Field field;
    if (!read_field(&p, end, &field)) die("a HELLO that cannot be read");
    if (field.number == 3 && field.bytes) on_limits(connection, field.bytes,
                                                    field.bytes + field.value);
    if (field.number == 4) connection->call_credit = field.value;
    if (field.number == 5) connection->limit = field.value;
  }
}

static Slot *live_call(Connection *connection, uint32_t id) {
  Slot *slot = slot_of(connection, id);
  if (id == 0 || slot->id != id) die("an answer to no call");
  return slot;
}

static void on_data(Connection *connection, uint32_t id, const uint8_t *p, size_t size) {
  Slot *slot = live_call(connection, id);
  for (size_t i = slot->bytes, k = 0; i < PREFIX && k < size;) slot->prefix[i++] = p[k++];
  slot->bytes += (uint32_t)size;
}

static void finish_call(Connection *connection, Slot *slot, uint64_t code);

static void on_status(Connection *connection, uint32_t id, const uint8_t *p, size_t size) {
  Slot *slot = live_call(connection, id);
  const uint8_t *all = p, *end = p + size;
  uint64_t code = 0;
  while (p < end) {
    Field field;
    if (!read_field(&p, end, &field)) die("a STATUS that cannot be read");
    if (field.number == 1) code = field.value;
  }
  if (options.rate == 0 && code != 0) bad("STATUS", all, size);
  finish_call(connection, slot, code);
}

// Counts a call that has its answer.
static void finish_call(Connection *connection, Slot *slot, uint64_t code) {
  uint32_t id = slot->id;
  if (options.rate > 0) {
    bool is_late = now_ns() - slot->started > options.deadline * 1000000;
    if (code != 0) refused++;
    else if (is_late) late++;
    else record(&latencies, now_ns() - slot->started);
    slot->id = 0;
    connection->outstanding--;
    done++;
    return;
  }
  if (slot->bytes != PREFIX + ANSWER_BYTES || slot->prefix[0] != 0 ||
      get32(slot->prefix + 1) != ANSWER_BYTES) {
    die("not one whole message of 300 bytes");
  }
  if (id == connection->upload_id && connection->upload_left != 0) die("an answer before the end");
  record(&latencies, now_ns() - slot->started);
  slot->id = 0;
  connection->outstanding--;
  done++;
}

static void on_credit(Connection *connection, uint32_t id, const uint8_t *p, size_t size) {
  if (size != 8) die("CREDIT");
  uint64_t total = get64(p);
  if (id == 0 && total > connection->limit) connection->limit = total;
  if (id != 0 && id == connection->upload_id && total > connection->upload_limit) {
    connection->upload_limit = total;
  }
}

static void on_frame(Connection *connection, const uint8_t *header) {
  const uint8_t *p = header + HEADER;
  size_t size = get32(header);
  uint32_t id = get32(header + 8);
  if (!connection->hello && header[4] != HELLO && header[4] != FATAL) die("no HELLO first");
  switch (header[4]) {
    case HELLO: on_hello(connection, p, size); break;
    case DATA: on_data(connection, id, p, size); break;
    case HEAD: live_call(connection, id); break;
    case STATUS: on_status(connection, id, p, size); break;
    case CREDIT: on_credit(connection, id, p, size); break;
    case PING:
      if (size != 8) die("PING");
      if ((header[5] & ACK) == 0) memcpy(add_frame(&connection->out, 8, PING, ACK, 0), p, 8);
      break;
    case RESET: bad("RESET", p, size); break;
    case GOAWAY: bad("GOAWAY", p, size); break;
    case FATAL: bad("FATAL", p, size); break;
    default: if (header[4] < 0x80) die("an unknown frame");
  }
}

// Reads once and serves the whole frames; false if there was nothing.
static bool read_frames(Connection *connection) {
  uint8_t *in = connection->in;
  int got = SSL_read(connection->ssl, in + connection->in_size,
                     (int)(INPUT - connection->in_size));
  if (got <= 0) {
    if (SSL_get_error(connection->ssl, got) == SSL_ERROR_WANT_READ) return false;
    tls_die("the server closed the connection");
  }
  if (connection->http != NULL) {
    if (nghttp2_session_mem_recv(connection->http, in, (size_t)got) != got) die("broken HTTP/2");
    return true;
  }
  size_t size = connection->in_size + (size_t)got, used = 0;
  while (size - used >= HEADER) {
    const uint8_t *header = in + used;
    uint32_t length = get32(header);
    if (length > FRAME_BYTES || header[6] != 0 || header[7] != 0) die("a broken header");
    if (size - used - HEADER < length) break;
    on_frame(connection, header);
    used += HEADER + length;
  }
  memmove(in, in + used, size - used);
  connection->in_size = size - used;
  return true;
}

static void read_all(Connection *connection) {
  while (read_frames(connection) && SSL_has_pending(connection->ssl)) {}
}

// MARK: The second door

static nghttp2_session_callbacks *callbacks;

// Whatever the server may send within a call.
enum { WINDOW = 1 << 30 };

static ssize_t give_request(nghttp2_session *session, int32_t id, uint8_t *to, size_t room,
                            uint32_t *flags, nghttp2_data_source *source, void *user) {
  (void)session, (void)source;
  Slot *slot = live_call(user, (uint32_t)id);
  const uint8_t *message = call_frames + open_size + HEADER;
  size_t left = PREFIX + REQUEST_BYTES - slot->sent, size = left < room ? left : room;
  memcpy(to, message + slot->sent, size);
  slot->sent += (uint8_t)size;
  if (size == left) *flags |= NGHTTP2_DATA_FLAG_EOF;
  return (ssize_t)size;
}

static int on_http_frame(nghttp2_session *session, const nghttp2_frame *frame, void *user) {
  Connection *connection = user;
  if (frame->hd.type == NGHTTP2_GOAWAY) die("GOAWAY");
  if (frame->hd.type == NGHTTP2_SETTINGS && (frame->hd.flags & NGHTTP2_FLAG_ACK) == 0) {
    connection->hello = true;
    connection->concurrent =
        nghttp2_session_get_remote_settings(session, NGHTTP2_SETTINGS_MAX_CONCURRENT_STREAMS);
  }
  return 0;
}

static int on_http_header(nghttp2_session *session, const nghttp2_frame *frame, const uint8_t *name,
                          size_t name_size, const uint8_t *value, size_t value_size, uint8_t flags,
                          void *user) {
  (void)session, (void)flags;
  static const char key[] = "grpc-status";
  if (name_size != sizeof key - 1 || memcmp(name, key, name_size) != 0) return 0;
  Slot *slot = live_call(user, (uint32_t)frame->hd.stream_id);
  slot->status = value_size == 1 ? value[0] : 'x';
  return 0;
}

static int on_http_data(nghttp2_session *session, uint8_t flags, int32_t id, const uint8_t *data,
                        size_t size, void *user) {
  (void)session, (void)flags;
  on_data(user, (uint32_t)id, data, size);
  return 0;
}

static int on_http_close(nghttp2_session *session, int32_t id, uint32_t error, void *user) {
  (void)session;
  Slot *slot = live_call(user, (uint32_t)id);
  bool good = error == NGHTTP2_NO_ERROR && slot->status == '0';
  if (!good && options.rate == 0) die("a call that failed");
  finish_call(user, slot, good ? 0 : 1);
  return 0;
}

static void start_http(Connection *connection) {
  if (callbacks == NULL) {
    if (nghttp2_session_callbacks_new(&callbacks) != 0) die("no memory");
    nghttp2_session_callbacks_set_on_frame_recv_callback(callbacks, on_http_frame);
    nghttp2_session_callbacks_set_on_header_callback(callbacks, on_http_header);
    nghttp2_session_callbacks_set_on_data_chunk_recv_callback(callbacks, on_http_data);
    nghttp2_session_callbacks_set_on_stream_close_callback(callbacks, on_http_close);
  }
  const nghttp2_settings_entry settings[] = {
      {NGHTTP2_SETTINGS_ENABLE_PUSH, 0},
      {NGHTTP2_SETTINGS_INITIAL_WINDOW_SIZE, WINDOW},
  };
  // The connection's credit is nghttp2's to keep: what the HELLO of the first door would say.
  connection->limit = UINT64_MAX;
  if (nghttp2_session_client_new(&connection->http, callbacks, connection) != 0 ||
      nghttp2_submit_settings(connection->http, NGHTTP2_FLAG_NONE, settings, 2) != 0 ||
      nghttp2_session_set_local_window_size(connection->http, NGHTTP2_FLAG_NONE, 0, WINDOW) != 0) {
    die("HTTP/2");
  }
}

static void pull_http(Connection *connection) {
  const uint8_t *bytes;
  for (ssize_t size; (size = nghttp2_session_mem_send(connection->http, &bytes)) != 0;) {
    if (size < 0) die("HTTP/2");
    memcpy(extend(&connection->out, (size_t)size), bytes, (size_t)size);
  }
}

// The headers that gRPC C++ sends.
static void submit_http(Connection *connection, Slot *slot) {
  static char path[1100] = "/", timeout[24];
  if (path[1] == 0) {
    strcpy(path + 1, options.method);
    snprintf(timeout, sizeof timeout, "%zum", options.deadline);
  }
#define HEADER_OF(name, value)                                                       \
  {(uint8_t *)(name), (uint8_t *)(value), sizeof name - 1, strlen(value),            \
   NGHTTP2_NV_FLAG_NO_COPY_NAME | NGHTTP2_NV_FLAG_NO_COPY_VALUE}
  const nghttp2_nv headers[] = {
      HEADER_OF(":scheme", "https"), HEADER_OF(":method", "POST"),
      HEADER_OF(":authority", "localhost"), HEADER_OF(":path", path),
      HEADER_OF("te", "trailers"), HEADER_OF("content-type", "application/grpc"),
      HEADER_OF("user-agent", "grpc-c++/1.51.1 grpc-c/29.0.0 (linux; chttp2)"),
      HEADER_OF("grpc-accept-encoding", "identity, deflate, gzip"),
      // The last, left out where there is none.
      HEADER_OF("grpc-timeout", timeout),
  };
#undef HEADER_OF
  size_t count = sizeof headers / sizeof *headers - (options.deadline == 0);
  nghttp2_data_provider request = {.read_callback = give_request};
  // A slot that was in use has left ids out.
  if (nghttp2_session_set_next_stream_id(connection->http, (int32_t)slot->id) != 0 ||
      nghttp2_submit_request(connection->http, NULL, headers, count, &request, NULL) !=
          (int32_t)slot->id) {
    die("no stream");
  }
}

// MARK: Modes

static void make_nonblocking(Connection *connection) {
  int flags = fcntl(connection->fd, F_GETFL);
  struct epoll_event event = {.events = EPOLLIN, .data.ptr = connection};
  if (flags < 0 || fcntl(connection->fd, F_SETFL, flags | O_NONBLOCK) != 0 ||
      epoll_ctl(events, EPOLL_CTL_ADD, connection->fd, &event) != 0) {
    die("nonblocking");
  }
}

// Opens a connection and waits for the server's HELLO, on which the limits depend.
static Connection *open_connection(size_t number) {
  Connection *connection = connect_server(contexts[number % options.identities]);
  flush(connection);
  while (!connection->hello) read_frames(connection);
  return connection;
}

// Makes unary calls on connections until `count` are done.
static void make_calls(Connection **all, size_t connections, size_t outstanding, size_t count) {
  wanted = count;
  begun = done = latencies.count = 0;
  for (size_t i = 0; i < connections; i++) {
    fill_calls(all[i], outstanding);
    flush(all[i]);
  }
  while (done < wanted) {
    struct epoll_event ready[EVENTS];
    int found = epoll_wait(events, ready, EVENTS, 60000);
    if (found == 0 || (found < 0 && errno != EINTR)) die("no answers in a minute");
    for (int i = 0; i < found; i++) {
      Connection *connection = ready[i].data.ptr;
      read_all(connection);
      fill_calls(connection, outstanding);
      flush(connection);
    }
  }
}

static void run_calls(size_t connections, size_t outstanding) {
  Connection **all = resize(NULL, connections * sizeof(Connection *));
  for (size_t i = 0; i < connections; i++) {
    all[i] = open_connection(i);
    make_nonblocking(all[i]);
  }
  make_calls(all, connections, outstanding, (options.count + 9) / 10);
  Start start = start_measure(options.pid);
  make_calls(all, connections, outstanding, options.count);
  finish_measure(start, options.mode, options.count, &latencies);
  for (size_t i = 0; i < connections; i++) disconnect(all[i]);
  free(all);
}

// HELLO and the call leave in one write, without waiting for the server's HELLO.
static void call_once(Connection *connection) {
  size_t before = done;
  begin_unary(connection);
  flush(connection);
  while (done == before) read_frames(connection);
}

static void shake_hands(size_t count) {
  latencies.count = 0;
  for (size_t i = 0; i < count; i++) {
    uint64_t start = now_ns();
    Connection *connection = connect_server(contexts[i % options.identities]);
    call_once(connection);
    disconnect(connection);
    latencies.ns[latencies.count - 1] = (uint32_t)(now_ns() - start);
  }
}

static void run_handshakes(void) {
  shake_hands((options.count + 9) / 10);
  Start start = start_measure(options.pid);
  shake_hands(options.count);
  finish_measure(start, options.mode, options.count, &latencies);
}

static void upload(Connection *connection, size_t records) {
  size_t before = done;
  begin_upload(connection, records);
  while (done == before) {
    while (!connection->wants_out && fill_upload(connection)) flush(connection);
    struct epoll_event ready;
    int found = epoll_wait(events, &ready, 1, 60000);
    if (found == 0 || (found < 0 && errno != EINTR)) die("no credit in a minute");
    if (found == 1 && (ready.events & ~(uint32_t)EPOLLOUT) != 0) read_all(connection);
    // Also an ACK, if the server asked for one.
    flush(connection);
  }
}

static void run_upload(void) {
  Connection *connection = open_connection(0);
  make_nonblocking(connection);
  upload(connection, (options.count + 9) / 10);
  Start start = start_measure(options.pid);
  upload(connection, options.count);
  finish_measure(start, options.mode, options.count, NULL);
  disconnect(connection);
}

static bool has_room(const Connection *connection) {
  return connection->outstanding < least(connection->concurrent, SLOTS / 2) &&
         connection->sent + PREFIX + REQUEST_BYTES <= connection->limit;
}

// When a call of a rate is due, from the beginning on.
static uint64_t due_ns(size_t number) { return (uint64_t)((double)number / options.rate * 1e9); }

static bool has_output(const Connection *connection) {
  return connection->out.size > 0 ||
         (connection->http != NULL && nghttp2_session_want_write(connection->http));
}

static size_t all_outstanding(Connection **all) {
  size_t sum = 0;
  for (size_t i = 0; i < options.connections; i++) sum += all[i]->outstanding;
  return sum;
}

static void serve_ready(void) {
  struct epoll_event ready[EVENTS];
  int found = epoll_wait(events, ready, EVENTS, 1);
  for (int i = 0; i < found; i++) {
    Connection *connection = ready[i].data.ptr;
    read_all(connection);
    flush(connection);
  }
}

// Begins calls at a rate for some seconds, and waits for the answers; returns how many were due.
static size_t offer_calls(Connection **all, double seconds) {
  wanted = SIZE_MAX;
  begun = done = refused = late = latencies.count = 0;
  uint64_t start = now_ns();
  size_t offered = 0, turn = 0;
  for (double passed; (passed = (double)(now_ns() - start) / 1e9) < seconds;) {
    for (size_t due = (size_t)(passed * options.rate); offered < due; offered++) {
      Connection *connection = all[turn++ % options.connections];
      // Its time has run since it was due.
      if (has_room(connection)) begin_unary(connection)->started = start + due_ns(offered);
    }
    for (size_t i = 0; i < options.connections; i++) {
      if (has_output(all[i]) && !all[i]->wants_out) flush(all[i]);
    }
    serve_ready();
  }
  while (all_outstanding(all) > 0) serve_ready();
  return offered;
}

static void run_overload(void) {
  if (options.rate <= 0 || options.deadline == 0 || options.hold <= 0) die("--rate, --deadline, --hold");
  Connection **all = resize(NULL, options.connections * sizeof(Connection *));
  for (size_t i = 0; i < options.connections; i++) {
    all[i] = open_connection(i);
    make_nonblocking(all[i]);
  }
  offer_calls(all, options.hold / 5);
  size_t offered = offer_calls(all, options.hold);
  double seconds = options.hold, p99 = 0;
  size_t good = latencies.count;
  if (good > 0) {
    qsort(latencies.ns, good, sizeof *latencies.ns, compare_ns);
    p99 = latencies.ns[good * 99 / 100] / 1e3;
  }
  printf("overload %.0f %.0f %.0f %.0f %.1f\n", (double)offered / seconds, (double)good / seconds,
         (double)refused / seconds, (double)late / seconds, p99);
  for (size_t i = 0; i < options.connections; i++) disconnect(all[i]);
  free(all);
}

static void run_idle(void) {
  size_t warm = (options.connections + 9) / 10, total = warm + options.connections;
  struct rlimit files = {total + 100, total + 100};
  if (setrlimit(RLIMIT_NOFILE, &files) != 0) die("too few files are permitted");
  Connection **all = resize(NULL, total * sizeof(Connection *));
  long before = 0;
  uint64_t start = 0;
  for (size_t i = 0; i < total; i++) {
    if (i == warm) {
      pause_ms(1000);
      before = memory_kib(options.pid);
      start = now_ns();
    }
    all[i] = connect_server(contexts[i % options.identities]);
    call_once(all[i]);
  }
  double seconds = (double)(now_ns() - start) / 1e9;
  pause_ms(1000);
  print_idle(options.connections, seconds, before, memory_kib(options.pid));
  if (fflush(stdout) != 0) die("stdout");
  pause_ms((long)(options.hold * 1000));
  for (size_t i = 0; i < total; i++) disconnect(all[i]);
  free(all);
}

// MARK: The program

static void make_frames(void) {
  size_t size = strlen(options.method);
  if (size == 0 || size > 1024) die("--method");
  uint8_t *p = call_frames + HEADER, *data;
  p[0] = 1 << 3 | 2;
  open_size = HEADER + 1 + put_varint(p + 1, size);
  memcpy(call_frames + open_size, options.method, size);
  open_size += size;
  if (options.deadline > 0) open_size += put_field(call_frames + open_size, 2, options.deadline * 1000);
  put_header(call_frames, open_size - HEADER, OPEN, 0, 0);
  // A registry.v1.GetHouseholdRequest by id.
  data = call_frames + open_size;
  put_header(data, PREFIX + REQUEST_BYTES, DATA, END, 0);
  put32(data + HEADER + 1, REQUEST_BYTES);
  data[HEADER + PREFIX] = 1 << 3 | 2;
  data[HEADER + PREFIX + 1] = 16;
  memset(data + HEADER + PREFIX + 2, 7, 16);
  call_size = open_size + HEADER + PREFIX + REQUEST_BYTES;
}

static void make_record(void) {
  static uint8_t id[16] = {7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7};
  char address[RECORD_BYTES] = "";
  Bench__V1__Contact contact = BENCH__V1__CONTACT__INIT;
  Bench__V1__Account account = BENCH__V1__ACCOUNT__INIT;
  Bench__V1__Record one = BENCH__V1__RECORD__INIT;
  contact.telephone = "13900001000";
  contact.address = address;
  account.bank = "Rural Credit Cooperative";
  account.number = "6217000010001234567";
  one.id = (ProtobufCBinaryData){sizeof id, id};
  one.number = "42122400000017";
  one.version = 1;
  one.status = 1;
  one.contact = &contact;
  one.account = &account;
  one.effective_on = 20101101;
  one.recorded_at = 1288569600000000;
  for (size_t i = 0; bench__v1__record__get_packed_size(&one) < RECORD_BYTES; i++) address[i] = 'x';
  if (bench__v1__record__get_packed_size(&one) != RECORD_BYTES) die("not 300 bytes");
  put32(record_bytes + 1, RECORD_BYTES);
  bench__v1__record__pack(&one, record_bytes + PREFIX);
}

static void find_server(char *server) {
  char *colon = strrchr(server, ':');
  struct addrinfo hints = {.ai_socktype = SOCK_STREAM, .ai_flags = AI_NUMERICSERV}, *found;
  if (colon == NULL) die("--server HOST:PORT");
  *colon = 0;
  if (getaddrinfo(server, colon + 1, &hints, &found) != 0) die("--server cannot be found");
  memcpy(&options.address, found->ai_addr, found->ai_addrlen);
  options.address_size = found->ai_addrlen;
  freeaddrinfo(found);
}

static void usage(void) {
  fprintf(stderr,
          "load --server HOST:PORT --ca FILE --cert FILE --key FILE [--cert … --key …] --pid PID\n"
          "  [--mode pipelined|one|many|handshakes|upload|idle|overload] [--count N]\n"
          "  [--outstanding N] [--connections N] [--method PATH] [--hold SECONDS]\n"
          "  [--rate CALLS_PER_SECOND] [--deadline MILLISECONDS] [--door native|h2]\n");
  exit(64);
}

static size_t number(const char *word) {
  char *end;
  unsigned long value = strtoul(word, &end, 10);
  if (value == 0 || *end != 0) usage();
  return value;
}

static void read_options(int count, char **words) {
  static const struct option known[] = {
      {"mode", required_argument, NULL, 'm'},        {"server", required_argument, NULL, 's'},
      {"ca", required_argument, NULL, 'a'},          {"cert", required_argument, NULL, 'c'},
      {"key", required_argument, NULL, 'k'},         {"pid", required_argument, NULL, 'p'},
      {"method", required_argument, NULL, 'M'},      {"count", required_argument, NULL, 'n'},
      {"outstanding", required_argument, NULL, 'o'}, {"connections", required_argument, NULL, 'C'},
      {"hold", required_argument, NULL, 'h'},        {"rate", required_argument, NULL, 'r'},
      {"deadline", required_argument, NULL, 'd'},    {"door", required_argument, NULL, 'D'},
      {NULL, 0, NULL, 0},
  };
  for (int option; (option = getopt_long(count, words, "", known, NULL)) != -1;) {
    switch (option) {
      case 'm': options.mode = optarg; break;
      case 's': find_server(optarg); break;
      case 'a': options.ca = optarg; break;
      case 'c':
        if (options.identities == MAX_IDENTITIES) usage();
        options.certs[options.identities++] = optarg;
        break;
      case 'k':
        if (options.key_count == MAX_IDENTITIES) usage();
        options.keys[options.key_count++] = optarg;
        break;
      case 'p': options.pid = (pid_t)number(optarg); break;
      case 'M': options.method = optarg; break;
      case 'n': options.count = number(optarg); break;
      case 'o': options.outstanding = number(optarg); break;
      case 'C': options.connections = number(optarg); break;
      case 'h': options.hold = atof(optarg); break;
      case 'r': options.rate = atof(optarg); break;
      case 'd': options.deadline = number(optarg); break;
      case 'D':
        options.http = strcmp(optarg, "h2") == 0;
        if (!options.http && strcmp(optarg, "native") != 0) usage();
        break;
      default: usage();
    }
  }
  if (options.address_size == 0 || options.ca == NULL || options.pid == 0 ||
      options.identities == 0 || options.identities != options.key_count ||
      options.outstanding > MAX_OUTSTANDING) {
    usage();
  }
}

static bool mode_is(const char *name) { return strcmp(options.mode, name) == 0; }

int main(int count, char **words) {
  read_options(count, words);
  signal(SIGPIPE, SIG_IGN);
  if (options.http) {
    if (mode_is("upload")) die("--mode upload is of the native door");
    alpn = (const unsigned char *)"\x02h2";
    alpn_size = 3;
    if (options.method == NULL) options.method = CALL_METHOD;
  }
  if (options.method == NULL) options.method = mode_is("upload") ? UPLOAD_METHOD : GET_METHOD;
  if (options.connections == 0) options.connections = mode_is("idle") ? 1000 : 64;
  make_frames();
  make_record();
  for (size_t i = 0; i < options.identities; i++) {
    contexts[i] = make_context(options.certs[i], options.keys[i]);
  }
  events = epoll_create1(EPOLL_CLOEXEC);
  if (events < 0) die("epoll_create1");
  if (mode_is("pipelined")) {
    run_calls(1, options.outstanding);
  } else if (mode_is("one")) {
    run_calls(1, 1);
  } else if (mode_is("many")) {
    run_calls(options.connections, 1);
  } else if (mode_is("handshakes")) {
    run_handshakes();
  } else if (mode_is("upload")) {
    run_upload();
  } else if (mode_is("idle")) {
    run_idle();
  } else if (mode_is("overload")) {
    run_overload();
  } else {
    usage();
  }
  for (size_t i = 0; i < options.identities; i++) SSL_CTX_free(contexts[i]);
  free(latencies.ns);
  return 0;
}
