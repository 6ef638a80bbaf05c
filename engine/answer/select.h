/* select.h — which docs match a query, all of them? */
#ifndef NS_ANSWER_SELECT_H
#define NS_ANSWER_SELECT_H

#include "rank/rank.h"
#include "text/analyzer.h"

/* out->hits: every doc that matches and lives, in no order that matters.  Errors
 * as ns_search. */
int select_docs(const struct snapshot *snapshot, struct analyzer *analyzer,
                ns_text query, struct rank_result *out, struct ns_error *err);

#endif
