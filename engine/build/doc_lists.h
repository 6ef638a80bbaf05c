/* doc_lists.h — which docs have each term of the text, and nothing else of its list?
 *
 * The lists of all runs have positions and forms too, and are many times as long; who
 * needs the docs alone, and more than once, keeps them in a spool:
 *
 *   list := varint number of docs, then for each the varint gap to the one before
 *
 * The first gap is doc + 1, so that none is 0.  Docs rise.
 */
#ifndef NS_BUILD_DOC_LISTS_H
#define NS_BUILD_DOC_LISTS_H

#include "build/run.h"
#include "build/steps.h"

/* A list in the making. */
struct doc_list {
	struct buffer gaps;
	uint32_t n, last;        /* last: doc + 1 */
};

void doc_list_init(struct doc_list *list);
void doc_list_release(struct doc_list *list);

static inline void doc_list_put(struct doc_list *list, uint32_t doc)
{
	buffer_varint(&list->gaps, doc + 1 - list->last);
	list->last = doc + 1;
	list->n++;
}

/* Appends the list to spool where it has `least` docs, and starts anew. */
int doc_list_end(struct doc_list *list, uint32_t least, struct spool *spool,
                 struct ns_error *err);

/* Of all runs; to spool, which ends, go lists of at least `least` docs.  Docs are
 * below `end`; those with a place are taken, and n_terms[place] is how many terms
 * the doc has. */
struct doc_lists_input {
	const struct runs *runs;
	uint32_t end, least;
	const uint32_t *places;  /* by doc; NO_PLACE: it is not taken */
	uint32_t *n_terms;
	const struct steps *steps;
};

#define NO_PLACE UINT32_MAX

int doc_lists_collect(const struct doc_lists_input *input, struct spool *spool,
                      struct ns_error *err);

#endif
