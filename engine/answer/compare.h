/* compare.h — how do two articles of the index differ?
 *
 * Their facts are handed over for the caller to compare; their bodies are compared
 * word by word (diff.h).
 */
#ifndef NS_ANSWER_COMPARE_H
#define NS_ANSWER_COMPARE_H

#include "answer/facts.h"
#include "index/snapshot.h"

struct ns_diff {
	struct arena arena; /* the texts */
	ns_article articles[2];
	ns_hunk *hunks;
	size_t n_hunks, capacity;
	uint64_t n_coarse;
};

/* Fills the zeroed *out, which must be released in any case. */
int compare_articles(struct ns_diff *out, const struct snapshot *snapshot,
                     struct slice old_id, struct slice new_id,
                     struct ns_error *err);
void compare_release(struct ns_diff *diff);

/* Puts the changes between two bodies into *out; for tests, too. */
int compare_bodies(struct ns_diff *out, struct slice old_body,
                   struct slice new_body, struct ns_error *err);

#endif
