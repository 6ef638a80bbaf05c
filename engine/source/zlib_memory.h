/* zlib_memory.h — how does zlib run out of memory?
 *
 * It asks whom it is told to ask, and answers Z_MEM_ERROR where that gives nothing.
 */
#ifndef NS_SOURCE_ZLIB_MEMORY_H
#define NS_SOURCE_ZLIB_MEMORY_H

#include "base/mem.h"

#include <zlib.h>

/* Of gzip (with its header), of zlib, of neither. */
enum zlib_wrapping { ZLIB_GZIP = 15 + 16, ZLIB_ZLIB = 15, ZLIB_RAW = -15 };

/* Begins to inflate, with memory from base/mem.h.  inflateEnd is harmless for a
 * zeroed z_stream. */
int zlib_open(z_stream *out, enum zlib_wrapping wrapping, struct ns_error *err);

/* Inflates the first bytes of a gzip member, at most n, and returns how many there
 * are; none where it is no such member, or is broken before.  No memory is asked
 * for: for those who look before they read. */
size_t zlib_first(struct slice member, void *data, size_t n);

#endif
