/* lexicon_cost.h — what do the words and the terms of each field cost?
 *
 * Every block of the lexicon belongs to one field.  Its bytes are those of terms
 * (their keys and numbers), those that words alone need, and a frame.  A word that
 * is its own term costs no key: that is counted with the term.
 */
#ifndef NS_FORMAT_LEXICON_COST_H
#define NS_FORMAT_LEXICON_COST_H

#include "format/lexicon.h"

/* Bytes of lxkt, lxof and lxbl. */
struct lexicon_cost {
	uint64_t terms;     /* keys of terms; their numbers, but for places */
	uint64_t places;    /* of terms: positions, or where they lie in posn */
	uint64_t words;     /* keys of words that are no terms; references, form
	                       numbers, their df; how many forms terms have */
	uint64_t frame;     /* block headers, padding, separators, offsets */
	uint64_t n_terms, n_words;
};

/* Adds to cost, by enum field; what belongs to none is the frame of [0]. */
int lexicon_measure(const struct lexicon *lexicon,
                    struct lexicon_cost cost[FIELD_END], struct ns_error *err);

uint64_t lexicon_cost_all(const struct lexicon_cost *cost);

#endif
