// What floor.c and load.c share of registry-rpc/1 (proto/PROTOCOL.md): headers, numbers, HELLO.
#ifndef WIRE_H
#define WIRE_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
  HELLO = 1, OPEN, DATA, HEAD, STATUS, RESET, CREDIT, PING, GOAWAY, FATAL,
  END = 1, ACK = 1,
  HEADER = 12, PREFIX = 5, FRAME_BYTES = 16384,
};

static const unsigned char ALPN[] = "\x0eregistry-rpc/1";
enum { ALPN_SIZE = sizeof ALPN - 1 };

#define GET_METHOD "registry.v1.HouseholdService/GetHousehold"
// What the servers of gRPC have.
#define CALL_METHOD "bench.v1.Bench/Get"
#define UPLOAD_METHOD "bench.v1.Bench/Upload"

static inline void die(const char *what) {
  fprintf(stderr, "%s\n", what);
  exit(1);
}

static inline void *resize(void *old, size_t size) {
  void *new = realloc(old, size);
  if (new == NULL && size > 0) die("out of memory");
  return new;
}

// Bytes on their way out.
typedef struct {
  uint8_t *bytes;
  size_t size, capacity;
} Buffer;

// Makes room for `count` more bytes and gives their place; the caller fills all of them.
static inline uint8_t *extend(Buffer *buffer, size_t count) {
  if (buffer->capacity - buffer->size < count) {
    buffer->capacity = 2 * buffer->capacity + count;
    buffer->bytes = resize(buffer->bytes, buffer->capacity);
  }
  uint8_t *place = buffer->bytes + buffer->size;
  buffer->size += count;
  return place;
}

static inline void put32(uint8_t *p, uint32_t v) {
  v = __builtin_bswap32(v);
  memcpy(p, &v, 4);
}

static inline uint32_t get32(const uint8_t *p) {
  uint32_t v;
  memcpy(&v, p, 4);
  return __builtin_bswap32(v);
}

static inline void put64(uint8_t *p, uint64_t v) {
  v = __builtin_bswap64(v);
  memcpy(p, &v, 8);
}

static inline uint64_t get64(const uint8_t *p) {
  uint64_t v;
  memcpy(&v, p, 8);
  return __builtin_bswap64(v);
}

static inline void put_header(uint8_t *p, size_t length, int type, int flags, uint32_t call) {
  put32(p, (uint32_t)length);
  p[4] = (uint8_t)type;
  p[5] = (uint8_t)flags;
  p[6] = p[7] = 0;
  put32(p + 8, call);
}

// Adds a frame and gives the place of its payload, which the caller fills.
static inline uint8_t *add_frame(Buffer *out, size_t length, int type, int flags, uint32_t call) {
  uint8_t *p = extend(out, HEADER + length);
  put_header(p, length, type, flags, call);
  return p + HEADER;
}

static inline void add_credit(Buffer *out, uint32_t call, uint64_t total) {
  put64(add_frame(out, 8, CREDIT, 0, call), total);
}

static inline size_t put_varint(uint8_t *p, uint64_t v) {
  size_t n = 0;
  for (; v >= 0x80; v >>= 7) p[n++] = (uint8_t)v | 0x80;
  p[n++] = (uint8_t)v;
  return n;
}

// A number field of a payload: tag and value.
static inline size_t put_field(uint8_t *p, int number, uint64_t v) {
  p[0] = (uint8_t)(number << 3);
  return 1 + put_varint(p + 1, v);
}

// One field of a protobuf message: a number, or the place of its bytes.
typedef struct {
  uint32_t number;
  uint64_t value;
  const uint8_t *bytes;
} Field;

static inline bool read_varint(const uint8_t **p, const uint8_t *end, uint64_t *v) {
  *v = 0;
  for (int shift = 0; shift < 64 && *p < end; shift += 7) {
    uint8_t byte = *(*p)++;
    *v |= (uint64_t)(byte & 0x7f) << shift;
    if (byte < 0x80) return true;
  }
  return false;
}

// Reads the next field; false if it cannot be read. `value` is the length where `bytes` is set.
static inline bool read_field(const uint8_t **p, const uint8_t *end, Field *field) {
  uint64_t tag;
  if (!read_varint(p, end, &tag)) return false;
  field->number = (uint32_t)(tag >> 3);
  field->bytes = NULL;
  switch (tag & 7) {
    case 0: return read_varint(p, end, &field->value);
    case 2:
      if (!read_varint(p, end, &field->value)) return false;
      if (field->value > (uint64_t)(end - *p)) return false;
      field->bytes = *p;
      *p += field->value;
      return true;
    // Fixed numbers stand in no payload that is read here.
    default: return false;
  }
}

// Adds a HELLO with these limits and credits, and the defaults of PROTOCOL.md for the rest.
static inline void add_hello(Buffer *out, uint32_t message_bytes, uint64_t call_credit,
                             uint64_t connection_credit) {
  uint8_t limits[32], all[96];
  size_t n = put_field(limits, 1, FRAME_BYTES), m = 0;
  n += put_field(limits + n, 2, message_bytes);
  n += put_field(limits + n, 3, 8192);
  n += put_field(limits + n, 4, 128);
  all[m++] = 3 << 3 | 2;
  all[m++] = (uint8_t)n;
  memcpy(all + m, limits, n);
  m += n;
  m += put_field(all + m, 4, call_credit);
  m += put_field(all + m, 5, connection_credit);
  m += put_field(all + m, 6, 10000);
  memcpy(add_frame(out, m, HELLO, 0, 0), all, m);
}

#endif
