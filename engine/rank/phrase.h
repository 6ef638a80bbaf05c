/* phrase.h — in which docs do these words stand at these distances, and how often?
 *
 * A sequence of words (one: a plain term) over one segment.  The docs are the
 * intersection of the words' lists, led by the rarest; a doc counts if at least
 * one occurrence of the first word has all others in their places, each in its
 * form where a form is asked for.  Keeps the contract of postings.h's cursor.
 */
#ifndef NS_RANK_PHRASE_H
#define NS_RANK_PHRASE_H

#include "rank/rank.h"

struct phrase_word {
	struct postings_cursor cursor;
	uint32_t offset, form;
	bool all_forms;
};

struct phrase {
	uint32_t doc;
	uint32_t tf;         /* occurrences in doc, while doc is no END */
	int status;

	/* private */
	struct phrase_word *words;
	size_t n_words;
	size_t lead;         /* the word with the fewest docs */
};

/* Opens the sequence of leaf in segment number `segment`; memory from arena. */
int phrase_open(struct phrase *phrase, struct arena *arena,
                const struct plan *plan, const struct leaf *leaf,
                uint32_t segment, struct ns_error *err);
void phrase_release(struct phrase *phrase);

uint32_t phrase_next(struct phrase *phrase);
uint32_t phrase_seek(struct phrase *phrase, uint32_t target);

#endif
