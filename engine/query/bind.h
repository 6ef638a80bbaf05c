/* bind.h — what does this index know of the words asked for?
 *
 * Terms, postings and statistics for the leaves of a plan.
 */
#ifndef NS_QUERY_BIND_H
#define NS_QUERY_BIND_H

#include "query/plan.h"

/* Sets the term of each word: that of the first segment which knows the word,
 * else the analyzer's stem. */
int bind_terms(struct plan *plan, struct analyzer *analyzer, struct leaf *leaf,
               struct ns_error *err);

/* Finds each word of each leaf in each segment, and adds the statistics up. */
int bind_leaves(struct plan *plan, struct ns_error *err);

/* Weights by the statistics, and their unit. */
void bind_weights(struct plan *plan);

#endif
