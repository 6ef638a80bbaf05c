/* plan.h — what is asked, in the terms of this index?
 *
 * A tree of words becomes leaves bound to each segment's postings, with weight
 * and role.  The plan knows nothing of how docs are found: that is rank/.
 *
 * A leaf is a sequence of one or more words of a words field that stand at given
 * distances (one word: a plain term; several: a phrase), or one value of a value
 * field (a filter).
 *
 *   written            leaves
 *   missiles           [missil]
 *   =missiles          [missil, form "missiles" only]
 *   "chemical attack"  [chemic, attack at +1]
 *   de-escalation      [deescal] or [de, escal at +1]: an optional group of both
 *   @nasa              [@nasa] or [nasa]
 *   section:World      filter [world]
 *
 * In a phrase the parts of a compound stand for it.  A word written twice in one
 * group with one role is one leaf of boost 2.  A word that no segment has is a
 * leaf that matches nothing.  A word that cuts into nothing ("((", "+") is no
 * leaf at all.
 *
 * A group matches where all that is required or filtered matches, nothing that is
 * excluded does, and, unless something is required, at least one optional child:
 * filters narrow, they do not stand for a word.  Optional values are filters;
 * several of one field in one group are alternatives (section:World
 * section:Sport).  An optional group in which nothing scores is a filter too.
 *
 * Words are looked up among the words of the index first, so that the stem is
 * the one that the index was built with; unknown ones are stemmed here.
 */
#ifndef NS_QUERY_PLAN_H
#define NS_QUERY_PLAN_H

#include "index/snapshot.h"
#include "query/grammar.h"
#include "text/analyzer.h"

struct leaf_word {
	struct slice form, term; /* owned by the plan's arena */
	uint32_t offset;         /* positions behind the first word */
	bool exact;
	uint64_t df;             /* docs with it, in all segments */
	uint64_t fine;           /* weight of this word alone, in units of 2^-20 */
	uint32_t weight;         /* the same in units of the plan */
};

/* A word of a leaf in one segment. */
struct leaf_binding {
	bool found;                /* there are postings (and the form, if exact) */
	struct lexicon_term term;
	uint32_t form;             /* of an exact word */
	bool all_forms;            /* every occurrence counts */
};

struct leaf {
	uint8_t field;
	bool filter;             /* value field: adds 0 to the score */
	uint32_t boost;          /* how often it was written */
	struct leaf_word *words;
	size_t n_words;
	struct leaf_binding *bindings; /* [segment · n_words + word] */
	/* global statistics of its field */
	uint64_t n_docs, sum_length;
	uint64_t df;             /* of the only word; 0 for phrases */
	uint32_t weight;         /* in units of the plan; 0 for filters */
};

enum { PHRASE_WORDS_MAX = 64 };

enum plan_role { PLAN_OPTIONAL, PLAN_REQUIRED, PLAN_EXCLUDED, PLAN_FILTER };

struct plan_node {
	struct leaf *leaf;       /* or NULL: a group */
	struct plan_node **children;
	size_t n_children;
	enum plan_role role;     /* in its parent; the root: PLAN_REQUIRED */
};

struct plan {
	struct arena arena;
	const struct snapshot *snapshot;
	struct plan_node *root;  /* NULL: no word in the query */
	struct leaf *leaves;
	size_t n_leaves;
	bool scored;             /* false: filters and exclusions alone */
	unsigned shift;          /* weights are in units of 2^(shift − 20) */
	uint64_t overlong;       /* query words over 255 bytes, left out */
	struct buffer folded;    /* private: a value while it is folded */
};

/* out is zeroed before its first use.  Used again, it is made anew in the memory
 * that it has, and what the last plan gave is gone: a plan like the last allocates
 * nothing.  out borrows snapshot, nothing of query; analyzer is used while planning
 * only.  After an error out is empty and holds nothing.
 * NS_E_LIMIT: a phrase of over PHRASE_WORDS_MAX words. */
int plan_make(struct plan *out, const struct query *query,
              const struct snapshot *snapshot, struct analyzer *analyzer,
              struct ns_error *err);
void plan_release(struct plan *plan);

#endif
