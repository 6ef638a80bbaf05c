/* postings.h — in which docs does a term stand, and how often?
 */
#ifndef NS_TESTS_SPEC_POSTINGS_H
#define NS_TESTS_SPEC_POSTINGS_H

#include "tests/spec/segment.h"

struct list {
	uint32_t df;
	bool words;   /* with frequencies and bounds: text, titles, pairs */
	bool is_pair; /* of two words: without positions */
	uint64_t *docs, *tfs;
};

/* Room for the list of a term. */
struct list list_of(const struct segment *seg, const struct entry *term,
                    bool is_pair);
void list_release(struct list *list);

/* unit_end[k]: where the unit of block k ends in posn, from the term's. */
void list_read(const struct segment *seg, const struct entry *term,
               struct list list, uint64_t *unit_end);

#endif
