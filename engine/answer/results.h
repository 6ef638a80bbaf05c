/* results.h — what was found, whoever owns it?
 *
 * The results of ns_search own all their texts, so that they outlive the index;
 * those of a searcher are the same thing, filled again by its next query.
 *
 * Numbers and scores stand in an array of their own beside the hits: a thousand
 * are 16 KiB and made in 1.0 µs.  Not taken: hits with empty texts (an ns_hit had
 * 208 bytes; to clear and fill a thousand took 6.7 µs).
 */
#ifndef NS_ANSWER_RESULTS_H
#define NS_ANSWER_RESULTS_H

#include "base/mem.h"

enum { NOTES_MAX = 4 };

struct ns_results {
	struct arena arena;        /* hits, their texts, notes */
	struct ns_match *matches;  /* a block of its own, refilled */
	size_t n_matches, matches_capacity;
	struct ns_hit *hits;
	size_t n_hits;             /* n_matches, or 0 where none were wanted */
	uint64_t count;
	const char *notes[NOTES_MAX];
	size_t n_notes;
};

/* Empty again; the memory is kept. */
void results_clear(struct ns_results *results);
void results_release(struct ns_results *results);

#endif
