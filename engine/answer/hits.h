/* hits.h — a doc was found: what is shown of it?
 *
 * What is marked is what counted: rank_explain names the leaves that matched a
 * doc, and only those are looked for in its text.  For `rain (snow AND ice)` and
 * a doc with rain and snow, snow added nothing and is not marked.
 */
#ifndef NS_ANSWER_HITS_H
#define NS_ANSWER_HITS_H

#include "answer/collapse.h"
#include "answer/explain.h"
#include "answer/facts.h"
#include "answer/results.h"
#include "answer/snippet.h"

/* A maker's memory, from hit to hit and from query to query. */
struct hits {
	struct facts facts;
	struct snippet snippet;
	struct buffer explanation;
	struct explain_row *rows; /* leaves that matched, n_leaves at most */
	bool *wanted;             /* by leaf: it matched */
	size_t rows_capacity, wanted_capacity;
};

void hits_init(struct hits *hits);
void hits_release(struct hits *hits);
/* Lets go of what grew large. */
void hits_trim(struct hits *hits);

/* Makes results->hits: one for each of results->matches, which are the last of
 * ranked->hits.  collapse: where options->collapse is set. */
int hits_make(struct hits *hits, struct ns_results *results,
              const struct plan *plan, struct analyzer *analyzer,
              const struct rank_request *request,
              const struct rank_result *ranked,
              const struct ns_search_options *options,
              const struct collapse *collapse, struct ns_error *err);

#endif
