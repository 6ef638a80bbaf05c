/* Any of these words: which docs have the best sum?
 *
 * Windows of 16,384 docs.  The bounds of the lists in the window, smallest first,
 * are added up: as long as the sum is below what a hit needs, a doc that has none
 * of the others is no hit, so these lists are not walked (MaxScore: Turtle and
 * Flood, "Query evaluation: strategies and optimizations", 1995; in windows:
 * Mallia, Siedlaczek, Suel, "Fast disjunctive candidate generation using live block
 * filtering", 2021).  The others, the essential ones, are added up term at a time;
 * docs whose sum can still reach the need are candidates, and before each list that
 * was not walked those that cannot are dropped.
 *
 * The prototype, top 10: exhaustive 28, MaxScore doc at a time 36, windows with
 * bounds of whole lists 12.5, of blocks 12.3, windows of 16,384 instead of 4,096
 * 11.7; without dropping before each list 23.  Here, 182,000 short articles, windows
 * of 4,096, 8,192, 16,384 and 32,768 docs: 17.7, 16.0, 14.4 and 14.8.
 */
#include "rank/ranking.h"

/* An optional part, in the window at hand. */
struct walk {
	struct part *part;
	uint32_t unit;      /* the first that may reach into the window */
	uint32_t bound;
	uint32_t scored;    /* the unit that gains are of, or LIST_NONE */
	uint32_t *gains;
};

struct or {
	struct ranking *ranking;
	struct walk **walks;   /* by bound, smallest first */
	struct addition *additions;
	size_t n;
	size_t n_passed;       /* the first of them that are not walked */
	uint64_t passed, all;  /* the sums of their bounds, and of all */
	uint32_t first, end;   /* of the window */
};

/* ---- bounds ---------------------------------------------------------------- */

/* For docs of [first, last]; *unit as for part_bound. */
static uint32_t bound_in(struct part *part, uint32_t first, uint32_t last,
                         uint32_t *unit)
{
	struct list *list = part->list;
	if (!list || list->n_blocks)
		return part_bound(part, first, last, unit);
	list_load(list, 0);
	return list_below(list, last + 1) > list_below(list, first) ? part->most
	                                                            : 0;
}

static uint32_t bound_of(const struct or *or, struct walk *walk)
{
	struct part *part = walk->part;
	if (!part->list && !part->sequence &&
	    match_seek(&part->tree, or->first) >= or->end)
		return 0;
	return bound_in(part, or->first, or->end - 1, &walk->unit);
}

/* By insertion: few, and the order of the window before is nearly right. */
static void sort(struct or *or)
{
	for (size_t i = 1; i < or->n; i++) {
		struct walk *moved = or->walks[i];
		size_t j = i;
		for (; j && or->walks[j - 1]->bound > moved->bound; j--)
			or->walks[j] = or->walks[j - 1];
		or->walks[j] = moved;
	}
}

/* Which lists are walked; false where no doc of the window can be a hit. */
static bool divide(struct or *or)
{
	uint32_t need = or->ranking->best.need;
	for (size_t i = 0; i < or->n; i++)
		or->walks[i]->bound = bound_of(or, or->walks[i]);
	sort(or);
	or->all = or->passed = 0;
	or->n_passed = 0;
	for (size_t i = 0; i < or->n; i++)
		or->all += or->walks[i]->bound;
	while (or->n_passed < or->n) {
		uint64_t sum = or->passed + or->walks[or->n_passed]->bound;
		if (sum >= need && sum)
			return true;
		or->passed = sum;
		or->n_passed++;
	}
	return false;
}

/* ---- walking --------------------------------------------------------------- */

/* The contributions of the loaded unit. */
static const uint32_t *gains_of(struct walk *walk)
{
	struct part *part = walk->part;
	struct list *list = part->list;
	if (walk->scored != list->unit) {
		const uint32_t *docs = list_docs(list);
		const uint32_t *tfs = list_tfs(list);
		score_kernels(cpu_level())->contribute(
			&part->bm25, tfs, docs, part->lengths, list->n,
			walk->gains);
		walk->scored = list->unit;
	}
	return walk->gains;
}

/* What to do with docs and gains i … end − 1 of a loaded unit. */
typedef void take_fn(struct or *or, const uint32_t *docs,
                     const uint32_t *gains, uint32_t n);

static void take_sums(struct or *or, const uint32_t *docs,
                      const uint32_t *gains, uint32_t n)
{
	uint32_t *sums = or->ranking->scratch->sums;
	uint8_t *marks = or->ranking->scratch->marks;
	for (uint32_t i = 0; i < n; i++) {
		uint32_t at = docs[i] - or->first;
		sums[at] += gains[i];
		marks[at / SCORE_GROUP] = 1;
	}
}

/* What a doc needs before the lists that are not walked. */
static uint32_t least_of(const struct or *or)
{
	uint64_t need = or->ranking->best.need;
	return need > or->passed ? (uint32_t)(need - or->passed) : 1;
}

static void take_candidates(struct or *or, const uint32_t *docs,
                            const uint32_t *gains, uint32_t n)
{
	struct candidates *these = &or->ranking->scratch->candidates;
	/* units that overlap, which is damage, could bring more */
	n = min_u32(n, (uint32_t)(WINDOW - these->n));
	these->n += score_kernels(cpu_level())->keep(
		docs, gains, n, least_of(or), these->docs + these->n,
		these->scores + these->n);
}

/* Can a doc of this unit be a hit?  Where a rare word makes a frequent one
 * essential, it does so for the few docs that have both.  (No gain on average; the
 * slowest, "the incredibles" among 182,000 docs, top 100, takes half the time.) */
static bool may_reach(const struct or *or, const struct walk *walk,
                      uint32_t unit)
{
	const struct list *list = walk->part->list;
	uint64_t need = or->ranking->best.need;
	uint64_t sum = bounds_of(&walk->part->bounds, unit, unit);
	if (sum >= need || sum + or->all - walk->bound < need)
		return sum >= need;
	uint32_t first = unit ? list_unit_last(list, unit - 1) + 1 : 0;
	uint32_t last = min_u32(list_unit_last(list, unit), or->end - 1);
	first = max_u32(first, or->first);
	for (size_t i = or->n; i-- > 0 && sum < need;) {
		const struct walk *other = or->walks[i];
		uint32_t from = other->unit;
		if (other != walk && other->bound)
			sum += bound_in(other->part, first, last, &from);
	}
	return sum >= need;
}

static void walk_list(struct or *or, struct walk *walk, take_fn *take)
{
	struct list *list = walk->part->list;
	uint32_t unit = list_unit_of(list, walk->unit, or->first);
	for (; unit < list->n_units; unit++) {
		if (may_reach(or, walk, unit) && list_load(list, unit)) {
			const uint32_t *gains = gains_of(walk);
			const uint32_t *docs = list_docs(list);
			uint32_t i = list_below(list, or->first);
			uint32_t end = list_below(list, or->end);
			if (i < end)
				take(or, docs + i, gains + i, end - i);
		}
		if (list_unit_last(list, unit) >= or->end - 1)
			break;
	}
}

static void walk_tree(struct or *or, struct match_tree *tree)
{
	uint32_t *sums = or->ranking->scratch->sums;
	uint8_t *marks = or->ranking->scratch->marks;
	for (uint32_t doc = match_seek(tree, or->first); doc < or->end;
	     doc = match_seek(tree, doc + 1)) {
		sums[doc - or->first] += match_score(tree);
		marks[(doc - or->first) / SCORE_GROUP] = 1;
	}
}

static void walk_sequence(struct or *or, struct part *part)
{
	uint32_t *sums = or->ranking->scratch->sums;
	uint8_t *marks = or->ranking->scratch->marks;
	struct candidates *these = &or->ranking->scratch->candidates;
	const struct part_buffers buffers = {these->which, these->tfs,
	                                     these->probed, these->gains};
	uint32_t n, unit = sequence_unit(part->sequence, or->first);
	while ((n = sequence_lead(part->sequence, &unit, or->first, or->end,
	                     these->docs)) > 0) {
		size_t found = part_probe(part, these->docs, n, true, NULL,
		                          &buffers);
		for (size_t k = 0; k < found; k++) {
			uint32_t at = these->docs[these->which[k]] - or->first;
			sums[at] += these->gains[k];
			marks[at / SCORE_GROUP] = 1;
		}
	}
}

static void find_candidates(struct or *or)
{
	struct rank_scratch *scratch = or->ranking->scratch;
	struct candidates *these = &scratch->candidates;
	struct walk *only = or->walks[or->n - 1];
	these->n = 0;
	if (or->n_passed + 1 == or->n && only->part->list) {
		walk_list(or, only, take_candidates);
		return;
	}
	for (size_t i = or->n_passed; i < or->n; i++) {
		struct walk *walk = or->walks[i];
		if (walk->part->list)
			walk_list(or, walk, take_sums);
		else if (walk->part->sequence)
			walk_sequence(or, walk->part);
		else
			walk_tree(or, &walk->part->tree);
	}
	these->n = score_kernels(cpu_level())->sweep(
		scratch->sums, scratch->marks, WINDOW, or->first, least_of(or),
		these->docs, these->scores);
}

static void visit(struct or *or)
{
	find_candidates(or);
	/* the largest first */
	for (size_t i = 0; i < or->n_passed; i++) {
		struct walk *walk = or->walks[or->n_passed - 1 - i];
		or->additions[i] = (struct addition){walk->part, walk->bound};
	}
	ranking_finish(or->ranking, or->additions, or->n_passed);
}

/* ---- a segment ------------------------------------------------------------- */

/* Under 256 postings have no bounds, but are soon scored. */
static void score_short(struct walk *walk)
{
	struct part *part = walk->part;
	uint32_t most = 0;
	if (!part->list || part->list->n_blocks || !list_load(part->list, 0))
		return;
	const uint32_t *gains = gains_of(walk);
	for (uint32_t i = 0; i < part->list->n; i++)
		most = max_u32(most, gains[i]);
	part->most = part->bounds.most = most;
}

/* The unit with the largest bound. */
static uint32_t best_unit(const struct list *list)
{
	const uint8_t *bounds = list->directory.bounds;
	uint32_t best = 0;
	for (uint32_t unit = 1; list->n_blocks && unit < list->n_units; unit++)
		if (bounds[unit] > bounds[best])
			best = unit;
	return best;
}

/* The list with the largest contributions of those with k docs. */
static struct walk *likeliest(const struct or *or, size_t k)
{
	struct walk *best = NULL;
	for (size_t i = 0; i < or->n; i++) {
		const struct part *part = or->walks[i]->part;
		if (part->list && part->df >= k &&
		    (!best || part->most > best->part->most))
			best = or->walks[i];
	}
	return best;
}

/* A first threshold: the k-th best contribution in the likeliest unit.  (To
 * complete the scores of its docs first makes a higher one, and top 10 slower by
 * a tenth; more units than one change nothing.) */
static void seed(struct or *or)
{
	struct ranking *ranking = or->ranking;
	uint64_t keys[BLOCK_DOCS], least = UINT64_MAX;
	size_t k = ranking->best.k;
	struct walk *walk = likeliest(or, k);
	if (!walk || !ranking_is_plain(ranking) ||
	    !list_load(walk->part->list, best_unit(walk->part->list)))
		return;
	const uint32_t *gains = gains_of(walk);
	size_t n = walk->part->list->n;
	list_rewind(walk->part->list);
	if (n < k)
		return;
	for (size_t i = 0; i < n; i++)
		keys[i] = gains[i];
	best_select(keys, n, k);
	for (size_t i = 0; i < k; i++)
		least = min_u64(least, keys[i]);
	best_prime(&ranking->best, (uint32_t)least);
}

static int init(struct or *or, struct ranking *ranking)
{
	struct arena *arena = &ranking->scratch->arena;
	struct parts *parts = &ranking->parts;
	*or = (struct or){.ranking = ranking, .n = parts->n_optional};
	struct walk *walks = arena_zero(arena, or->n, sizeof *walks);
	or->walks = arena_alloc(arena, or->n * sizeof *or->walks);
	or->additions = arena_alloc(arena, or->n * sizeof *or->additions);
	uint32_t *gains = arena_alloc(arena, or->n * BLOCK_DOCS *
	                                     sizeof *gains);
	if (!walks || !or->walks || !or->additions || !gains)
		return err_nomem(ranking->err);
	for (size_t i = 0; i < or->n; i++) {
		walks[i] = (struct walk){
			.part = &parts->all[parts->n_needed + i],
			.scored = LIST_NONE, .gains = gains + i * BLOCK_DOCS};
		or->walks[i] = &walks[i];
		score_short(&walks[i]);
		if (walks[i].part->list)
			ranking_prime(ranking, walks[i].part);
	}
	seed(or);
	return NS_OK;
}

static int answer(struct ranking *ranking)
{
	struct or or;
	TRY(init(&or, ranking));
	while (or.end < ranking->doc_count) {
		or.first = or.end;
		or.end += WINDOW;
		if (divide(&or))
			visit(&or);
	}
	return NS_OK;
}

int rank_or(const struct plan *plan, const struct rank_request *request,
            struct rank_result *out, struct ns_error *err)
{
	return ranking_run(plan, request, answer, out, err);
}
