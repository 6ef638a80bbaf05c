/* run.h — in which of these docs do words stand at these distances, and how often?
 *
 * The fast side of a phrase, as list.h is that of a word: many docs are asked for
 * at once, in two steps, so that who has a threshold can drop docs between them.
 * First which docs hold all words, by lists alone; a run occurs no more often than
 * the rarest of its words in the doc.  Then positions, of these docs alone.
 * phrase.h, doc by doc, is the slow, obvious reader that this one is held against.
 *
 * Where two neighbours of a run are frequent words, the list of the docs in which they
 * stand so (format/pair_table.h) is one more that a doc must be in, mostly the
 * shortest.  A run of two such words alone is no run: it is that list (part.c).
 *
 * 249 phrases over 43,000 news articles, top 10, µs: by cursors 102 (the slowest hundredth 1140),
 * by runs 15 (83).
 */
#ifndef NS_RANK_RUN_H
#define NS_RANK_RUN_H

#include "format/list_places.h"
#include "rank/bounds.h"

enum { RUN_DOCS = BLOCK_DOCS }; /* docs of a step */

/* A word of the run, or a pair of them. */
struct run_word {
	struct list_places *places; /* NULL: a pair */
	struct list *list;
	uint32_t offset;         /* positions behind the first word */
	struct list_place *at;   /* of each doc of the step */
	struct bounds bounds;    /* as if the word had the run's weight */
	uint32_t unit;           /* where the search for bounds stands */
};

struct run {
	struct run_word *words;  /* the one with the fewest docs first */
	size_t n_words;          /* pairs among them */
	uint32_t df;             /* of the first */

	/* private */
	struct arena *arena;
	struct ns_error *err;
	int status;              /* memory ended */
	uint32_t capacity;       /* of each of these: */
	uint32_t *starts, *positions;
	uint32_t docs[RUN_DOCS], which[RUN_DOCS], tfs[RUN_DOCS];
};

enum run_pair { RUN_PAIR_UNKNOWN, RUN_PAIR_NEVER, RUN_PAIR_LIST };

/* What the segment knows of words i and i + 1 of a leaf as neighbours.  LIST: *out is
 * the list of the docs in which the one stands right behind the other. */
enum run_pair run_find_pair(const struct plan *plan, const struct leaf *leaf,
                            uint32_t segment, size_t i,
                            struct lexicon_term *out);

/* *out is NULL where a word is not in the segment, or two are never neighbours there.
 * Memory from arena; there is nothing to release. */
int run_open(struct run **out, struct arena *arena, const struct plan *plan,
             const struct rank_request *request, const struct leaf *leaf,
             uint32_t segment, struct ns_error *err);
/* Damage that was met so far; adds to work what was done. */
int run_status(const struct run *run, struct rank_work *work);

/* Which of n ≤ RUN_DOCS rising docs hold all words?  The k-th that does: which[k]
 * its number among docs, most[k] (where not NULL) what it may have of the run at
 * the most.  Returns how many.  Docs rise from call to call. */
uint32_t run_docs(struct run *run, const uint32_t *docs, uint32_t n,
                  uint32_t *which, uint32_t *most);
/* How often does the run occur in the k-th doc that run_docs found last? */
uint32_t run_count(struct run *run, uint32_t k);

/* The docs of the word with the fewest, unit by unit: copies those of [first, end)
 * from the first unit from *unit on that has any, and moves *unit behind it.
 * Returns how many; 0: there are no more. */
uint32_t run_lead(struct run *run, uint32_t *unit, uint32_t first,
                  uint32_t end, uint32_t docs[RUN_DOCS]);
/* The first unit for run_lead that may hold a doc ≥ first. */
uint32_t run_unit(const struct run *run, uint32_t first);

/* What docs of [first, last] may get at the most; ranges rise. */
uint32_t run_bound(const struct run *run, uint32_t first, uint32_t last);

#endif
