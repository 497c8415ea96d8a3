#include <zlib.h>

// Macros, which Swift does not see.

/// Prepares reading a gzip frame; Z_OK unless there is no memory.
static inline int czlib_begin_inflating(z_stream *stream) { return inflateInit2(stream, 15 + 16); }

/// Prepares writing a gzip frame; Z_OK unless there is no memory.
static inline int czlib_begin_deflating(z_stream *stream, int level) {
  return deflateInit2(stream, level, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
}
