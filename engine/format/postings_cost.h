/* postings_cost.h — what does each part of a list cost?
 *
 * Nothing in the bytes says where positions end and forms begin, or how long the
 * last unit is, so a list is read through once, by the readers of its parts, and
 * what each of them took is added up.
 */
#ifndef NS_FORMAT_POSTINGS_COST_H
#define NS_FORMAT_POSTINGS_COST_H

#include "format/postings.h"

/* Bytes; the sums of many lists too. */
struct postings_cost {
	uint64_t directory;  /* last docs, ends of data, bounds, k-th impacts */
	uint64_t place_ends; /* of the directory: where units in posn end */
	uint64_t docs, tfs;  /* of full blocks, each with its encoding */
	uint64_t tails;      /* tails and short lists: docs and tfs */
	uint64_t positions, forms;
};

/* Bytes in post and in posn. */
uint64_t postings_cost_post(const struct postings_cost *cost);
uint64_t postings_cost_posn(const struct postings_cost *cost);

/* Memory that goes from list to list.  Zeroed: none. */
struct postings_meter {
	uint32_t *places, *forms;
	size_t places_capacity, forms_capacity;
};
void postings_meter_release(struct postings_meter *meter);

/* Adds what the list of term costs to *cost.  NS_E_CORRUPT, NS_E_NOMEM. */
int postings_measure(struct postings_meter *meter,
                     const struct postings_source *source,
                     const struct lexicon_term *term,
                     struct postings_cost *cost, struct ns_error *err);

#endif
