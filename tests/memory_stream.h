/* memory_stream.h — bytes of memory as a stream, and how they are packed. */
#ifndef NS_TESTS_MEMORY_STREAM_H
#define NS_TESTS_MEMORY_STREAM_H

#include "source/stream.h"

#include <zlib.h>

struct memory_stream {
	struct stream stream;
	struct slice left;
};

static inline int memory_stream_read(struct stream *stream, void *data, size_t n,
                                     size_t *got, struct ns_error *err)
{
	struct memory_stream *memory = (struct memory_stream *)stream;
	(void)err;
	*got = min_size(n, memory->left.len);
	if (*got)
		memcpy(data, memory->left.data, *got);
	memory->left.data += *got;
	memory->left.len -= *got;
	return NS_OK;
}

static inline struct memory_stream memory_stream_of(const void *data, size_t n)
{
	return (struct memory_stream){
		{.read = memory_stream_read, .why = SOURCE_UNREADABLE},
		slice_of(data, n)};
}

/* Appends n bytes, packed.  wrapping as for deflateInit2: 31 gzip, 15 zlib, -15
 * neither. */
static inline void memory_pack(struct buffer *out, const void *data, size_t n,
                               int wrapping)
{
	z_stream z = {0};
	if (deflateInit2(&z, 6, Z_DEFLATED, wrapping, 8, Z_DEFAULT_STRATEGY))
		abort();
	size_t room = deflateBound(&z, n) + 64;
	z.next_in = (Bytef *)(uintptr_t)data;
	z.avail_in = (uInt)n;
	z.next_out = buffer_reserve(out, room);
	z.avail_out = (uInt)room;
	if (!z.next_out || deflate(&z, Z_FINISH) != Z_STREAM_END)
		abort();
	out->len += room - z.avail_out;
	deflateEnd(&z);
}

#endif
