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

struct pool_reader pool_read(const struct pool_list *list)
{
	/* an empty list has no slice to point behind */
	uint8_t *end = list->first ? list->first + FIRST : NULL;
	return (struct pool_reader){list->first, end, FIRST};
}

uint64_t pool_get_slowly(struct pool_reader *reader)
{
	uint64_t value = 0;
	for (unsigned shift = 0;; shift += 7) {
		if (reader->next == reader->end) {
			reader->next = next_slice(reader->end);
			reader->size = min_u32(reader->size * 2, LARGEST);
			reader->end = reader->next + reader->size;
		}
		uint8_t byte = *reader->next++;
		value |= (uint64_t)(byte & 0x7f) << shift;
		if (byte < 0x80)
			return value;
	}
}
