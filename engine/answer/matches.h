/* matches.h — where in this text does the query match?
 *
 * The text is cut into tokens as it was when it was indexed, and the tokens are
 * compared with the leaves of the plan: stems with stems, an exact word with the
 * form, a phrase with tokens at its distances.  So what is marked is what
 * matched, never letters that look alike: for "missile", "missiles" is marked and
 * "dismissile" is not, and of "chemical … attack" nothing is, for the phrase.
 *
 *   leaves [missil] [chemic, attack at +1]
 *   "Missiles after the chemical attacks"   0–8 leaf 0, 19–35 leaf 1
 *
 * Not taken: the positions in the index.  They are there for `text` only, count
 * words and not bytes, and the text must be cut anyway to turn one into the other.
 *
 * A phrase is followed by a ring of starts: a token that is its word at offset o
 * and stands at position p speaks for the start p − o; where all words have
 * spoken for one start, it matches.  One step for each word of each token that
 * is in the query: linear in the text.
 */
#ifndef NS_ANSWER_MATCHES_H
#define NS_ANSWER_MATCHES_H

#include "query/plan.h"

enum {
	MATCHES_SCAN = 256 << 10, /* bytes of a text that are looked at */
	MATCHES_MAX = 1 << 16,    /* of a text; then the rest is not looked at */
};

struct match {
	uint32_t start, end; /* bytes of the text */
	uint32_t leaf;       /* index among the matcher's leaves */
};

struct matcher_word;
struct matcher_start;

struct matcher {
	const struct leaf *leaves;    /* borrowed */
	size_t n_leaves;
	struct arena arena;
	struct matcher_word *words;   /* of all leaves */
	size_t n_words;
	uint32_t *heads;              /* hash → word + 1, 0: none */
	uint32_t mask;
	bool any_exact, any_stemmed;
	struct matcher_start **rings; /* of each phrase; NULL for single words */
	uint32_t *ring_masks;
	uint32_t *counts;             /* n_leaves zeros, for the choice of a window */

	/* of the last matches_find, sorted by start, end and leaf */
	struct match *matches;
	size_t n_matches, capacity;
};

/* leaves are borrowed; filters among them match nothing. */
int matcher_init(struct matcher *out, const struct leaf *leaves,
                 size_t n_leaves, struct ns_error *err);
void matcher_release(struct matcher *matcher);

/* Finds the matches of the leaves i with wanted[i].  In a title, leaves of the
 * title count too; elsewhere only those of `text`. */
int matches_find(struct matcher *matcher, struct analyzer *analyzer,
                 struct slice text, const bool *wanted, bool title,
                 struct ns_error *err);

/* The part of a text that is looked at: MATCHES_SCAN bytes at most, ended
 * between two words where there is a blank, never inside a character. */
struct slice matches_part(struct slice text);

/* The matches as ranges of the text in order; those that overlap are one.
 * ranges has room for n_matches; returns how many they are. */
size_t matches_ranges(const struct matcher *matcher, ns_range *ranges);

#endif
