/* hits.h — a doc was found: what is shown of it? */
#ifndef NS_ANSWER_HITS_H
#define NS_ANSWER_HITS_H

#include "answer/answer.h"

/* Makes results->hits of ranked hits [offset, n_hits). */
int hits_make(struct ns_results *results, const struct plan *plan,
              struct analyzer *analyzer, const struct rank_request *request,
              const struct rank_result *ranked,
              const struct ns_search_options *options, struct ns_error *err);

#endif
