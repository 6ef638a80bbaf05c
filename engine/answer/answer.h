/* answer.h — what does the person see?
 *
 * The conductor of this floor: a line of text is read (query/), its docs are
 * ranked (rank/), and each hit gets its facts, its snippet, and on demand an
 * account of its score.
 *
 * What is marked is what counted: rank_explain names the leaves that matched a
 * doc, and only those are looked for in its text.  For `rain (snow AND ice)` and
 * a doc with rain and snow, snow added nothing and is not marked.
 *
 * The results own all their texts, so that they outlive the index.
 */
#ifndef NS_ANSWER_ANSWER_H
#define NS_ANSWER_ANSWER_H

#include "rank/rank.h"

struct ns_results {
	struct arena arena;
	struct ns_hit *hits;
	size_t n_hits;
	uint64_t count;
	const char **notes;
	size_t n_notes;
};

/* options may be NULL.  analyzer is used until the call returns. */
int answer_search(struct ns_results **out, const struct snapshot *snapshot,
                  struct analyzer *analyzer, ns_text query,
                  const struct ns_search_options *options,
                  struct ns_error *err);
void answer_free(struct ns_results *results);

#endif
