/* pairs.h — which frequent words stand next to each other, in which docs and how
 * often?
 *
 * The 64 terms of the text with most occurrences are the pair words; where one
 * stands right behind another, the two are a pair and get a list (format/pair_table.h
 * says what for).  Their lists in the runs are walked once more, all 64 side
 * by side.  The positions of a doc become bits, one word of 64 for each position: what
 * stands next to what is then two words that are not zero.  Each pair's docs and
 * counts become a list (pair_lists.h).
 *
 * Positions come in pages of 4,096, so that a doc of any length, and one that is
 * damaged, needs no more memory than any other.
 *
 * 43,000 news articles: 3,486 pairs, 3.9 % of an index without texts (2.7 % of one of
 * longer articles); a build executes 3.4 % more instructions.  Not taken: pairs of a
 * frequent word with any neighbour, which double the postings.
 */
#ifndef NS_BUILD_PAIRS_H
#define NS_BUILD_PAIRS_H

#include "build/heavy.h"
#include "build/lists.h"
#include "build/steps.h"

struct pairs_input {
	const struct lists_input *lists;
	const struct heavies *heavies;
	const uint32_t *entries;  /* of terms by number, in the lexicon */
	struct spool_maker *maker;
	size_t memory;            /* bytes of lists that wait in memory */
	const struct steps *steps;
};

/* Appends the lists to post and the table to out. */
int pairs_write(const struct pairs_input *input, struct spool *post,
                struct buffer *out, struct ns_error *err);

#endif
