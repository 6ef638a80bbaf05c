/* part.h — what is one child of a plan's root, over one segment?
 *
 * Most are a word: a list, probed and filled many docs at a time; so is a phrase
 * or an exact form: a sequence of lists (sequence.h).  A group is a tree of
 * cursors (match.h), asked doc by doc.  All answer the same three questions:
 * which of these docs, all docs of a range, and what one may contribute at the
 * most.
 */
#ifndef NS_RANK_PART_H
#define NS_RANK_PART_H

#include "format/list.h"
#include "rank/bounds.h"
#include "rank/match.h"
#include "rank/sequence.h"

struct part {
	enum plan_role role;
	const struct plan_node *node;
	bool scored;
	bool empty;            /* matches nothing here */
	uint32_t df;           /* docs at the most */
	uint32_t most;         /* contribution at the most */
	struct list *list;     /* or NULL: */
	struct sequence *sequence;       /* or NULL: */
	struct match_tree tree;
	/* of a list or a sequence */
	struct bm25 bm25;
	struct bounds bounds;  /* of a list */
	const uint8_t *lengths;
	float avglen0;
};

/* The children of a plan's root: the needed ones, rarest first, but sequences,
 * which cost most, behind the others; then optional, then excluded ones.  Those
 * that are empty and not needed are left out. */
struct parts {
	struct part *all;
	size_t n, n_needed, n_optional, n_excluded;
	bool required;         /* one is required: optional ones only add */
	bool empty;            /* nothing can match */
	struct list *lead;     /* has all docs of the rarest needed part; NULL:
	                        * that is a tree, all[0] */
	const struct segment *segment;
	const uint8_t *dead;
};

/* Opens them for segment number `segment`; memory from arena.  err must outlive
 * them.  parts_release afterwards in any case. */
int parts_open(struct parts *out, struct arena *arena,
               const struct plan *plan, const struct rank_request *request,
               uint32_t segment, struct ns_error *err);
void parts_release(struct parts *parts);

/* A lone optional part is needed where nothing is required. */
void parts_need_lone(struct parts *parts);

/* Damage that was met so far; adds to work what was done. */
int parts_status(const struct parts *parts, struct rank_work *work);

/* Buffers of a caller, each for n numbers and SCORE_SLACK. */
struct part_buffers {
	uint32_t *which, *tfs, *docs, *gains;
};

/* The scores of docs so far, and what they need with a part's contribution. */
struct part_need {
	const uint32_t *scores;
	uint32_t least;
};

/* Which of n rising docs match: which[k] are their numbers.  scored: gains[k] is
 * what each contributes; docs that cannot reach need (NULL: none) with it may be
 * left out.  Returns how many.  Docs rise from call to call. */
size_t part_probe(struct part *part, const uint32_t *docs, size_t n,
                  bool scored, const struct part_need *need,
                  const struct part_buffers *buffers);

/* ORs the docs of [first, end) into a bitmap with bit 0 for first; end − first is
 * a multiple of 64.  Ranges rise from call to call. */
void part_fill(struct part *part, uint32_t first, uint32_t end,
               uint64_t *bitmap);

/* What docs of [first, last] may get at the most.  *unit: where the search for
 * the first may start; kept from call to call, 0 at first. */
uint32_t part_bound(const struct part *part, uint32_t first, uint32_t last,
                    uint32_t *unit);

#endif
