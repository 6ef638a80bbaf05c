/* answer.h — what does the person see?
 *
 * The conductor of this floor: a line of text is read (query/), its docs are
 * ranked (rank/); each match gets its number and score, and unless that is all
 * that was asked for, each hit its facts, its snippet, and on demand an account
 * of its score.
 */
#ifndef NS_ANSWER_ANSWER_H
#define NS_ANSWER_ANSWER_H

#include "answer/searcher.h"

/* Refills results (zeroed at first; the searcher's own, or others), which are
 * empty after a failure.  options may be NULL. */
int answer_search(struct ns_searcher *searcher, struct ns_results *results,
                  ns_text query, const struct ns_search_options *options,
                  struct ns_error *err);

#endif
