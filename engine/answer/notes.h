/* notes.h — what must the person who asked know besides the hits?
 *
 * What was left out of a query, and doubts about the index, as sentences:
 * silence would be taken for an answer.
 */
#ifndef NS_ANSWER_NOTES_H
#define NS_ANSWER_NOTES_H

#include "answer/answer.h"

int notes_make(struct ns_results *results, const struct query *query,
               const struct plan *plan, const struct analyzer *analyzer,
               struct ns_error *err);

#endif
