/* number_map.h — which small number belongs to this large one?
 *
 * A table of u64 → u32 with open addressing, doubled at three quarters full.  Keys
 * may be chosen by who wants to do harm, who gains slow look-ups at most: they are
 * mixed with numbers that are no secret.
 */
#ifndef NS_BASE_NUMBER_MAP_H
#define NS_BASE_NUMBER_MAP_H

#include "base/mem.h"

struct number_map {
	struct number_pair {
		uint64_t key;
		uint32_t value; /* + 1; 0: free */
	} *slots;
	size_t size, used;      /* size is a power of two */
};

void number_map_release(struct number_map *map);

/* Has room for n keys, and is not doubled until there are more.  Only while it is
 * empty. */
int number_map_reserve(struct number_map *map, size_t n, struct ns_error *err);
/* Bytes that it takes then. */
uint64_t number_map_memory(uint64_t n);

/* UINT32_MAX: the key is not there. */
uint32_t number_map_get(const struct number_map *map, uint64_t key);

/* *out: the value of key, which becomes `value` (below UINT32_MAX) if it is not
 * there yet. */
int number_map_add(struct number_map *map, uint64_t key, uint32_t value,
                   uint32_t *out, struct ns_error *err);

#endif
