/* heavy.h — which terms of the text have most occurrences, and where are they?
 *
 * Pairs (pairs.h) are made of the 64 that lead; their lists are read once more for
 * that.  Each range of keys has leaders of its own, which then compete.
 */
#ifndef NS_BUILD_HEAVY_H
#define NS_BUILD_HEAVY_H

#include "build/walk.h"
#include "format/pair_table.h"

struct heavy {
	uint64_t cf;
	uint32_t term;             /* its number in the order of keys */
	uint32_t n_places;
	struct walk_place *places; /* of its list: in the order of runs; owned */
};

/* Falling by cf, then rising by term.  A zeroed one is empty. */
struct heavies {
	struct heavy items[PAIR_WORDS];
	unsigned n;
};

/* Would a term with so many occurrences be one of them?  Terms rise. */
static inline bool heavies_want(const struct heavies *heavies, uint64_t cf)
{
	return heavies->n < PAIR_WORDS ||
	       cf > heavies->items[PAIR_WORDS - 1].cf;
}

/* Copies places. */
int heavies_add(struct heavies *heavies, uint64_t cf, uint32_t term,
                const struct walk_place *places, uint32_t n_places,
                struct ns_error *err);

/* Those of a range whose first term has number `first`; empties it. */
void heavies_take(struct heavies *heavies, struct heavies *range,
                  uint32_t first);
void heavies_release(struct heavies *heavies);

#endif
