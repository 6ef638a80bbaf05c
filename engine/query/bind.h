/* bind.h — what does this index know of the words asked for?
 *
 * Terms, postings and statistics for the leaves of a plan.
 */
#ifndef NS_QUERY_BIND_H
#define NS_QUERY_BIND_H

#include "query/plan.h"

/* Finds each word of a leaf in each segment, adds the statistics up, and makes the
 * term of a word that of the first segment which knows the word. */
int bind_leaf(struct plan *plan, struct leaf *leaf, struct ns_error *err);

/* Weights by the statistics, and their unit. */
void bind_weights(struct plan *plan);

#endif
