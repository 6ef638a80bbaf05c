/* terms.h — the terms of all runs, in the order of their keys.
 *
 * One reader for each run, those that have more in a heap by their terms; who asks
 * gets all readers that stand on the least, and reads there what he wants of it.
 */
#ifndef NS_BUILD_TERMS_H
#define NS_BUILD_TERMS_H

#include "build/run.h"

struct terms {
	const struct runs *runs;
	struct run_reader *readers;  /* by run */
	size_t n_open;
	uint32_t *heap, *which;
	uint32_t n_heap, n_which;
};

int terms_open(struct terms *terms, const struct runs *runs,
               struct ns_error *err);
void terms_release(struct terms *terms);

/* To the first term that is not before `from` (NULL: the first of all). */
int terms_start(struct terms *terms, const struct run_key *from,
                struct ns_error *err);

/* The term that is next; NULL: there are no more. */
static inline const struct run_key *terms_key(const struct terms *terms)
{
	return terms->n_heap ? &terms->readers[terms->heap[0]].key : NULL;
}

/* Takes that term: the readers which[0 … n_which), rising, stand on it. */
void terms_take(struct terms *terms);
/* Once they have read forms and list: to the next. */
int terms_pass(struct terms *terms);

#endif
