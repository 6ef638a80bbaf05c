/* sequence.h — in which of these docs do words stand at these distances, and
 * how often?
 *
 * The fast side of a phrase, as list.h is that of a word: many docs are asked
 * for at once, in two steps, so that who has a threshold can drop docs between
 * them. First which docs hold all words, by lists alone; a sequence occurs no
 * more often than the rarest of its words in the doc.  Then positions, of these
 * docs alone. phrase.h, doc by doc, is the slow, obvious reader that this one
 * is held against.
 *
 * Where two neighbours of a sequence are frequent words, the list of the docs
 * in which they stand so (format/pair_table.h) is one more that a doc must be
 * in, mostly the shortest.  A sequence of two such words alone is no sequence:
 * it is that list (part.c).
 *
 * 249 phrases over 43,000 news articles, top 10, µs: by cursors 102 (the
 * slowest hundredth 1140), by sequences 15 (83).
 */
#ifndef NS_RANK_SEQUENCE_H
#define NS_RANK_SEQUENCE_H

#include "format/list_places.h"
#include "rank/bounds.h"

enum { SEQUENCE_DOCS = BLOCK_DOCS }; /* docs of a step */

/* A word of the sequence, or a pair of them. */
struct sequence_word {
	struct list_places *places; /* NULL: a pair */
	struct list *list;
	uint32_t offset;       /* positions behind the first word */
	struct list_place *at; /* of each doc of the step */
	struct bounds bounds;  /* as if the word had the sequence's weight */
	uint32_t unit;         /* where the search for bounds stands */
};

struct sequence {
	struct sequence_word *words; /* the one with the fewest docs first */
	size_t n_words;              /* pairs among them */
	uint32_t df;                 /* of the first */

	/* private */
	struct arena *arena;
	struct ns_error *err;
	int status;        /* memory ended */
	uint32_t capacity; /* of each of these: */
	uint32_t *starts, *positions;
	uint32_t docs[SEQUENCE_DOCS], which[SEQUENCE_DOCS], tfs[SEQUENCE_DOCS];
};

enum sequence_pair {
	SEQUENCE_PAIR_UNKNOWN,
	SEQUENCE_PAIR_NEVER,
	SEQUENCE_PAIR_LIST
};

/* What the segment knows of words i and i + 1 of a leaf as neighbours.  LIST:
 * *out is the list of the docs in which the one stands right behind the other.
 */
enum sequence_pair sequence_find_pair(const struct plan *plan,
                                      const struct leaf *leaf, uint32_t segment,
                                      size_t i, struct lexicon_term *out);

/* *out is NULL where a word is not in the segment, or two are never neighbours
 * there. Memory from arena; there is nothing to release. */
int sequence_open(struct sequence **out, struct arena *arena,
                  const struct plan *plan, const struct rank_request *request,
                  const struct leaf *leaf, uint32_t segment,
                  struct ns_error *err);
/* Damage that was met so far; adds to work what was done. */
int sequence_status(const struct sequence *sequence, struct rank_work *work);

/* Which of n ≤ SEQUENCE_DOCS rising docs hold all words?  The k-th that does:
 * which[k] its number among docs, most[k] (where not NULL) what it may have of
 * the sequence at the most.  Returns how many.  Docs rise from call to call. */
uint32_t sequence_docs(struct sequence *sequence, const uint32_t *docs,
                       uint32_t n, uint32_t *which, uint32_t *most);
/* How often does the sequence occur in the k-th doc that sequence_docs found
 * last? */
uint32_t sequence_count(struct sequence *sequence, uint32_t k);

/* The docs of the word with the fewest, unit by unit: copies those of [first,
 * end) from the first unit from *unit on that has any, and moves *unit behind
 * it. Returns how many; 0: there are no more. */
uint32_t sequence_lead(struct sequence *sequence, uint32_t *unit,
                       uint32_t first, uint32_t end,
                       uint32_t docs[SEQUENCE_DOCS]);
/* The first unit for sequence_lead that may hold a doc ≥ first. */
uint32_t sequence_unit(const struct sequence *sequence, uint32_t first);

/* What docs of [first, last] may get at the most; ranges rise. */
uint32_t sequence_bound(const struct sequence *sequence, uint32_t first,
                        uint32_t last);

#endif
