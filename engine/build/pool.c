#include "build/pool.h"

enum { FIRST = 16, LARGEST = 2048 };

static uint8_t *next_slice(const uint8_t *end)
{
	uint8_t *next;
	memcpy(&next, end, sizeof next);
	return next;
}

static bool add_slice(struct arena *arena, struct pool_list *list)
{
	uint32_t size = list->first ? min_u32(list->size * 2, LARGEST) : FIRST;
	uint8_t *slice = arena_alloc(arena, size + sizeof(uint8_t *));
	if (!slice)
		return false;
	if (list->first)
		memcpy(list->end, &slice, sizeof slice);
	else
		list->first = slice;
	list->next = slice;
	list->end = slice + size;
	list->size = size;
	return true;
}

bool pool_put_slowly(struct arena *arena, struct pool_list *list,
                     uint64_t value)
{
	uint8_t bytes[VARINT_MAX];
	size_t n = varint_put(bytes, value);
	for (size_t i = 0; i < n; i++) {
		if (list->next == list->end && !add_slice(arena, list))
			return false;
		*list->next++ = bytes[i];
	}
	return true;
}

void pool_copy(const struct pool_list *list, struct buffer *out)
{
	const uint8_t *slice = list->first;
	uint32_t size = FIRST;
	if (!slice)
		return;
	while (slice + size != list->end) {
		buffer_append(out, slice, size);
		slice = next_slice(slice + size);
		size = min_u32(size * 2, LARGEST);
	}
	buffer_append(out, slice, (size_t)(list->next - slice));
}
