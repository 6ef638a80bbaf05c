/* pool.h — how does a list grow when nobody knows how long it gets?
 *
 * As a chain of slices, each twice as large as the one before (16 bytes to
 * 2 KiB): half of all terms occur once and keep one small slice, and frequent
 * terms waste little.  Not taken: an array for each term that is moved as it
 * grows (copies, and two thirds of the memory free at the worst time).
 *
 *   slice := payload, pointer to the next slice
 */
#ifndef NS_BUILD_POOL_H
#define NS_BUILD_POOL_H

#include "base/mem.h"
#include "base/varint.h"

struct pool_list {
	uint8_t *first;     /* NULL: empty */
	uint8_t *next, *end;/* free payload of the newest slice */
	uint32_t size;      /* of the newest slice's payload */
};

/* Appends a number as a varint; false where memory ends. */
bool pool_put(struct arena *arena, struct pool_list *list, uint64_t value);

/* Reads a list from its start; numbers come out as they went in. */
struct pool_reader {
	const uint8_t *next, *end;
	uint32_t size;
};
struct pool_reader pool_read(const struct pool_list *list);
uint64_t pool_get(struct pool_reader *reader);

#endif
