/* mem.h — how does the engine get memory, and how does a test take it away?
 *
 * Every allocation of ours goes through one table.  Tests replace it to fail the
 * n-th call, for every n; nothing else in the engine calls malloc.
 *
 * Three ways to hold memory:
 *   mem_*    a block with an owner of its own
 *   arena    many small things that end together (a query, a build)
 *   buffer   bytes that grow, with a stated maximum and a sticky status:
 *            append, append, append, look once
 */
#ifndef NS_BASE_MEM_H
#define NS_BASE_MEM_H

#include "base/err.h"

/* malloc, realloc, free. */
extern const ns_allocator mem_system;

/* The table in force.  Set it while no other thread runs; NULL: mem_system. */
void mem_set_table(const ns_allocator *table);

/* NULL where memory ends; never for size 0. */
void *mem_alloc(size_t size);
void *mem_zero(size_t count, size_t size); /* zeroed; NULL where it overflows */
void *mem_resize(void *block, size_t size);
char *mem_copy(const void *data, size_t len); /* with a NUL byte behind */
void mem_free(void *block);

/* Makes room for at least `needed` items of `size` bytes in the array *items of
 * *capacity items, at least doubling it.  The new part is not zeroed. */
int mem_grow(void **items, size_t *capacity, size_t needed, size_t size,
             struct ns_error *err);

/* ---- arena: [block]→[block]→…, each filled from its start ------------- */

struct arena_block;

struct arena {
	struct arena_block *blocks;
	uint8_t *next, *end; /* free bytes of the newest block */
	size_t total;        /* bytes of all blocks */
	size_t hint;         /* bytes that the first block is to have, or 0 */
};

enum { ARENA_ALIGN = 16, CACHE_LINE = 64 };

/* Of arena_alloc alone: where the newest block has no room, or size is 0. */
void *arena_more(struct arena *arena, size_t size);

/* A zeroed arena is empty.  Aligned to 16; NULL where memory ends.  Blocks are
 * multiples of 16: what fits still does when it is rounded up. */
static inline void *arena_alloc(struct arena *arena, size_t size)
{
	uint8_t *next = arena->next;
	if (size - 1 >= (size_t)(arena->end - next))
		return arena_more(arena, size);
	arena->next = next + ((size + ARENA_ALIGN - 1) &
	                      ~(size_t)(ARENA_ALIGN - 1));
	return next;
}

/* The same, but aligned to a line of the cache. */
void *arena_aligned(struct arena *arena, size_t size);

static inline void *arena_zero(struct arena *arena, size_t count, size_t size)
{
	size_t total;
	if (__builtin_mul_overflow(count, size, &total))
		return NULL;
	void *result = arena_alloc(arena, total);
	if (result)
		memset(result, 0, total);
	return result;
}

/* A copy with a NUL byte behind it. */
char *arena_copy(struct arena *arena, const void *data, size_t len);
void arena_release(struct arena *arena);
/* Ends all that was given, and keeps the memory for the next, up to 1 MiB: filled
 * again in the same way, the arena allocates once more at most, then never. */
void arena_reset(struct arena *arena);

/* ---- buffer ------------------------------------------------------------ */

/* Bytes [0, len) of data; data is NULL only while nothing was ever reserved.
 * After a failure status says so, appends do nothing, and what was there stays. */
struct buffer {
	uint8_t *data;
	size_t len, capacity;
	size_t max; /* passing it is NS_E_LIMIT */
	int status;
};

/* What it holds, until it is written to again. */
static inline struct slice buffer_slice(const struct buffer *buffer)
{
	return slice_of(buffer->data, buffer->len);
}

void buffer_init(struct buffer *buffer, size_t max);
void buffer_release(struct buffer *buffer);
void buffer_clear(struct buffer *buffer); /* keeps the memory; status is reset */

/* Room for n more bytes, zero-length use allowed: a pointer to them, or NULL.
 * buffer->len does not move. */
uint8_t *buffer_reserve(struct buffer *buffer, size_t n);
void buffer_append(struct buffer *buffer, const void *data, size_t n);
void buffer_byte(struct buffer *buffer, uint8_t byte);
void buffer_zeros(struct buffer *buffer, size_t n);
void buffer_u16(struct buffer *buffer, uint16_t value); /* little-endian */
void buffer_u32(struct buffer *buffer, uint32_t value);
void buffer_u64(struct buffer *buffer, uint64_t value);
void buffer_varint(struct buffer *buffer, uint64_t value);
void buffer_text(struct buffer *buffer, const char *string);
void buffer_printf(struct buffer *buffer, const char *format, ...)
	PRINTF_LIKE(2, 3);

/* The sticky status as an error. */
int buffer_check(const struct buffer *buffer, struct ns_error *err);

#endif
