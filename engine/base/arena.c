/* Blocks double from 4 KiB to 1 MiB; what is larger gets a block of its own.
 *
 * Reset, an arena of one block starts it anew.  Several blocks are freed, and the
 * next is as large as they were together: what is asked again in the same way
 * finds one block from then on.  No more than 1 MiB is kept, so that one large
 * query does not stay in memory for ever. */
#include "base/mem.h"

#include "base/varint.h"

enum { FIRST = 4096, LARGEST = 1 << 20 };

struct arena_block {
	struct arena_block *older;
	size_t size;
};

static_assert(sizeof(struct arena_block) % ARENA_ALIGN == 0, "blocks stay aligned");

static size_t next_size(const struct arena *arena)
{
	if (!arena->blocks)
		return arena->hint > FIRST ? arena->hint : FIRST;
	size_t size = arena->blocks->size * 2;
	return size > LARGEST ? LARGEST : size;
}

static bool add_block(struct arena *arena, size_t size)
{
	size_t wanted = next_size(arena);
	if (wanted < size + sizeof(struct arena_block))
		wanted = size + sizeof(struct arena_block);
	struct arena_block *block = mem_alloc(wanted);
	if (!block)
		return false;
	block->older = arena->blocks;
	block->size = wanted;
	arena->blocks = block;
	arena->next = (uint8_t *)(block + 1);
	arena->end = (uint8_t *)block + wanted;
	arena->total += wanted;
	return true;
}

void *arena_more(struct arena *arena, size_t size)
{
	if (size > SIZE_MAX / 2)
		return NULL;
	size = (size + ARENA_ALIGN - 1) & ~(size_t)(ARENA_ALIGN - 1);
	if ((size_t)(arena->end - arena->next) < size && !add_block(arena, size))
		return NULL;
	/* an empty arena has no block: arena_alloc(a, 0) still needs one */
	if (!arena->blocks && !add_block(arena, size))
		return NULL;
	void *result = arena->next;
	arena->next += size;
	return result;
}

void *arena_aligned(struct arena *arena, size_t size)
{
	if (size > SIZE_MAX / 2)
		return NULL;
	uint8_t *room = arena_alloc(arena, size + CACHE_LINE - ARENA_ALIGN);
	return room ? room + -(uintptr_t)room % CACHE_LINE : NULL;
}

char *arena_copy(struct arena *arena, const void *data, size_t len)
{
	if (len >= SIZE_MAX / 2)
		return NULL;
	char *copy = arena_alloc(arena, len + 1);
	if (!copy)
		return NULL;
	/* what is given are multiples of 16 bytes */
	bytes_keep((uint8_t *)copy, data, len);
	copy[len] = '\0';
	return copy;
}

static bool is_single(const struct arena *arena)
{
	return arena->blocks && !arena->blocks->older;
}

void arena_reset(struct arena *arena)
{
	if (is_single(arena) && arena->total <= LARGEST) {
		arena->next = (uint8_t *)(arena->blocks + 1);
		return;
	}
	size_t total = arena->total;
	arena_release(arena);
	arena->hint = total < LARGEST ? total : LARGEST;
}

void arena_release(struct arena *arena)
{
	struct arena_block *block = arena->blocks;
	while (block) {
		struct arena_block *older = block->older;
		mem_free(block);
		block = older;
	}
	*arena = (struct arena){0};
}
