/* pool.h — how does a list grow when nobody knows how long it gets?
 *
 * As a chain of slices, each twice as large as the one before (16 bytes to
 * 2 KiB): half of all terms occur once and keep one small slice, and frequent
 * terms waste little.  Not taken: an array for each term that is moved as it
 * grows (copies, and two thirds of the memory free at the worst time).  Nor: the
 * numbers of an occurrence stored at once, without a branch on which there are (17
 * instructions more, 0.6 of a wrong guess fewer, no time that can be seen).
 *
 *   slice := payload, pointer to the next slice
 */
#ifndef NS_BUILD_POOL_H
#define NS_BUILD_POOL_H

#include "base/mem.h"
#include "base/varint.h"

struct pool_list {
	uint8_t *next, *end;/* free payload of the newest slice */
	uint8_t *first;     /* NULL: empty */
	uint32_t size;      /* of the newest slice's payload */
};

/* Where the slice at hand may not have room for a number, or for all of one. */
bool pool_put_slowly(struct arena *arena, struct pool_list *list,
                     uint64_t value);

/* Appends a number as a varint; false where memory ends. */
static inline bool pool_put(struct arena *arena, struct pool_list *list,
                            uint64_t value)
{
	if (list->end - list->next < VARINT_MAX)
		return pool_put_slowly(arena, list, value);
	list->next += varint_put(list->next, value);
	return true;
}

/* Appends all bytes of a list. */
void pool_copy(const struct pool_list *list, struct buffer *out);

#endif
