#include "source/zlib_memory.h"

#include <stdalign.h>

/* zlib 1.2.13 takes 7 KiB to begin, and a window of 32 KiB when it leaves. */
enum { POOL = 128 << 10 };

struct pool {
	alignas(max_align_t) uint8_t bytes[POOL];
	size_t used;
};

static void *take(void *context, uInt count, uInt size)
{
	(void)context;
	return mem_alloc((size_t)count * size);
}

static void give_back(void *context, void *block)
{
	(void)context;
	mem_free(block);
}

static void *take_pooled(void *context, uInt count, uInt size)
{
	struct pool *pool = context;
	size_t n = (size_t)count * size;
	n += -n % alignof(max_align_t);
	if (n > POOL - pool->used)
		return NULL;
	pool->used += n;
	return pool->bytes + pool->used - n;
}

static void forget(void *context, void *block)
{
	(void)context, (void)block;
}

int zlib_open(z_stream *out, enum zlib_wrapping wrapping, struct ns_error *err)
{
	*out = (z_stream){.zalloc = take, .zfree = give_back};
	int answer = inflateInit2(out, wrapping);
	ASSERT_REL(answer == Z_OK || answer == Z_MEM_ERROR, ==, true);
	return answer == Z_OK ? NS_OK : err_nomem(err);
}

size_t zlib_first(struct slice member, void *data, size_t n)
{
	struct pool pool;
	pool.used = 0;
	z_stream z = {.zalloc = take_pooled, .zfree = forget, .opaque = &pool};
	if (member.len < 3 || memcmp(member.data, "\x1F\x8B\x08", 3) != 0 ||
	    inflateInit2(&z, ZLIB_GZIP) != Z_OK)
		return 0;
	z.next_in = (Bytef *)(uintptr_t)member.data;
	z.avail_in = (uInt)min_size(member.len, 1 << 20);
	z.next_out = data;
	z.avail_out = (uInt)n;
	inflate(&z, Z_SYNC_FLUSH);
	n -= z.avail_out;
	inflateEnd(&z);
	return n;
}
