#include <criterion/criterion.h>

#include "base/varint.h"
#include "levels.h"
#include "random.h"
#include "rank/score.h"

enum { DOCS = 500, N_MOST = 40 };

/* ---- contributions ----------------------------------------------------- */

/* A leaf and its k1 and b: any, and those at the edges. */
static struct bm25 random_bm25(struct random *r)
{
	const uint32_t weights[] = {0, 1, INT32_MAX, 1 << 24,
	                            random_width(r, 31)};
	const float k1s[] = {0, 1.2f, 1e-6f, 1e6f,
	                     (float)random_below(r, 1000) / 300};
	const float bs[] = {0, 1, 0.75f, (float)random_below(r, 1000) / 1000};
	struct leaf leaf = {.weight = weights[random_below(r, 5)],
	                    .n_docs = random_width(r, 30),
	                    .sum_length = random_width(r, 32)};
	if (!random_below(r, 4))
		leaf.sum_length = 0;
	return bm25_of(&leaf, k1s[random_below(r, 5)], bs[random_below(r, 4)]);
}

static uint32_t random_tf(struct random *r, unsigned style)
{
	switch (style) {
	case 0: return 1;
	case 1: return 1 + random_below(r, 20);
	case 2: return INT32_MAX - random_width(r, 8);
	default: return 1 + min_u32(random_width(r, 31), INT32_MAX - 1);
	}
}

/* Arrays that end where the postings do. */
static void contribute_exactly(struct random *r, enum cpu_level level, size_t n,
                               const struct bm25 *bm25, const uint8_t *lengths)
{
	size_t room = n ? n * sizeof(uint32_t) : 1;
	uint32_t *tfs = malloc(room), *docs = malloc(room);
	uint32_t *out = malloc((n + SCORE_SLACK) * sizeof *out);
	unsigned style = random_below(r, 4);
	for (size_t i = 0; i < n; i++) {
		tfs[i] = random_tf(r, style);
		docs[i] = random_below(r, 8) ? random_below(r, DOCS) : DOCS - 1;
	}
	score_kernels(level)->contribute(bm25, tfs, docs, lengths, n, out);
	for (size_t i = 0; i < n; i++) {
		uint32_t length = load_u16(lengths + 2 * (size_t)docs[i]);
		cr_assert_eq(out[i], bm25_contribution(bm25, tfs[i], length),
		             "seed %lu, level %d, n %zu: weight %g, c0 %g, "
		             "c1 %g, tf %u, length %u", r->seed, (int)level, n,
		             (double)bm25->weight, (double)bm25->c0,
		             (double)bm25->c1, tfs[i], length);
	}
	free(tfs);
	free(docs);
	free(out);
}

Test(score, every_level_contributes_to_the_bit)
{
	struct random r = random_start(1);
	enum cpu_level top = levels_top();
	uint8_t *lengths = malloc(2 * DOCS);
	for (size_t i = 0; i < DOCS; i++)
		store_u16(lengths + 2 * i, (uint16_t)random_width(&r, 16));
	store_u16(lengths, 0);
	store_u16(lengths + 2, LENGTH_MAX);
	for (unsigned round = 0; round < 300; round++)
		for (size_t n = 0; n <= N_MOST; n++) {
			struct bm25 bm25 = random_bm25(&r);
			for (enum cpu_level level = CPU_SCALAR; level <= top;
			     level++)
				contribute_exactly(&r, level, n, &bm25,
				                   lengths);
		}
	free(lengths);
}

/* Each edge by itself, so that none hides behind chance. */
Test(score, edges_of_the_formula)
{
	struct random r = random_start(2);
	enum cpu_level top = levels_top();
	const float k1s[] = {0, 1.2f}, bs[] = {0, 0.75f, 1};
	const uint32_t weights[] = {0, 1, INT32_MAX};
	const uint64_t sums[] = {0, 1, 100};
	uint8_t *lengths = calloc(DOCS, 2);
	for (size_t i = 0; i < DOCS; i += 2)
		store_u16(lengths + 2 * i, i % 4 ? LENGTH_MAX : 1);
	for (unsigned i = 0; i < 2 * 3 * 3 * 3 * 2; i++) {
		struct leaf leaf = {.weight = weights[i / 6 % 3],
		                    .n_docs = i / 54,
		                    .sum_length = sums[i / 18 % 3]};
		struct bm25 bm25 = bm25_of(&leaf, k1s[i % 2], bs[i / 2 % 3]);
		for (enum cpu_level level = CPU_SCALAR; level <= top; level++)
			for (size_t n = 0; n <= N_MOST; n++)
				contribute_exactly(&r, level, n, &bm25,
				                   lengths);
	}
	free(lengths);
}

/* ---- keeping ----------------------------------------------------------- */

struct scored {
	uint32_t *docs, *scores;
};

static struct scored scored_new(size_t n)
{
	return (struct scored){malloc(n * sizeof(uint32_t)),
	                       malloc(n * sizeof(uint32_t))};
}

static void scored_free(struct scored scored)
{
	free(scored.docs);
	free(scored.scores);
}

/* Scores on both sides of 2³¹, some of them equal. */
static uint32_t random_score(struct random *r, unsigned style)
{
	switch (style) {
	case 0: return random_below(r, 4);
	case 1: return UINT32_MAX - random_below(r, 4);
	case 2: return INT32_MAX - 2 + random_below(r, 4);
	default: return random_width(r, 32);
	}
}

static void check_kept(struct scored got, size_t n_got, struct scored want,
                       size_t n, uint32_t least, uint64_t seed)
{
	size_t k = 0;
	for (size_t i = 0; i < n; i++) {
		if (want.scores[i] < least)
			continue;
		cr_assert(k < n_got && got.docs[k] == want.docs[i] &&
		          got.scores[k] == want.scores[i],
		          "seed %lu, n %zu, %zu", seed, n, i);
		k++;
	}
	cr_assert_eq(k, n_got, "seed %lu, n %zu", seed, n);
}

static void keep_exactly(struct random *r, enum cpu_level level, size_t n)
{
	struct scored from = scored_new(n + 1);
	struct scored apart = scored_new(n + SCORE_SLACK);
	struct scored here = scored_new(n + SCORE_SLACK);
	unsigned style = random_below(r, 4);
	for (size_t i = 0; i < n; i++) {
		from.docs[i] = random_width(r, 32);
		from.scores[i] = random_score(r, style);
	}
	uint32_t least = random_score(r, style);
	memcpy(here.docs, from.docs, n * sizeof *here.docs);
	memcpy(here.scores, from.scores, n * sizeof *here.scores);
	const struct score_kernels *set = score_kernels(level);
	check_kept(apart, set->keep(from.docs, from.scores, n, least,
	                            apart.docs, apart.scores),
	           from, n, least, r->seed);
	check_kept(here, set->keep(here.docs, here.scores, n, least, here.docs,
	                           here.scores),
	           from, n, least, r->seed);
	scored_free(from);
	scored_free(apart);
	scored_free(here);
}

Test(score, every_level_keeps_apart_and_in_place)
{
	struct random r = random_start(3);
	enum cpu_level top = levels_top();
	for (unsigned round = 0; round < 100; round++)
		for (size_t n = 0; n <= N_MOST; n++)
			for (enum cpu_level level = CPU_SCALAR; level <= top;
			     level++)
				keep_exactly(&r, level, n);
}

/* ---- sweeping ---------------------------------------------------------- */

enum { STEP = 64 * SCORE_GROUP, WINDOW = 4 * STEP };

/* Sums, some of them under no mark: those are not looked at, and stay. */
struct window {
	size_t n;
	uint32_t sums[WINDOW];
	uint8_t marks[WINDOW / SCORE_GROUP];
};

static void random_window(struct random *r, struct window *w)
{
	unsigned style = random_below(r, 4), rare = 1 + random_width(r, 7);
	memset(w, 0, sizeof *w);
	w->n = STEP * (size_t)(1 + random_below(r, WINDOW / STEP));
	for (size_t group = 0; group < w->n / SCORE_GROUP; group++) {
		w->marks[group] = !random_below(r, rare);
		for (size_t i = 0; i < SCORE_GROUP; i++)
			if (random_below(r, 3))
				w->sums[group * SCORE_GROUP + i] =
					random_score(r, style);
	}
}

static void check_swept(const struct window *before, const struct window *after,
                        struct scored got, size_t n_got, uint32_t first,
                        uint32_t least, uint64_t seed)
{
	size_t k = 0;
	for (size_t i = 0; i < before->n; i++) {
		bool marked = before->marks[i / SCORE_GROUP];
		cr_assert_eq(after->sums[i], marked ? 0 : before->sums[i],
		             "seed %lu, sum %zu", seed, i);
		cr_assert_eq(after->marks[i / SCORE_GROUP], 0);
		if (!marked || before->sums[i] < least)
			continue;
		cr_assert(k < n_got && got.docs[k] == first + i &&
		          got.scores[k] == before->sums[i],
		          "seed %lu, sum %zu", seed, i);
		k++;
	}
	cr_assert_eq(k, n_got, "seed %lu", seed);
}

Test(score, every_level_sweeps_marked_groups_alone)
{
	struct random r = random_start(4);
	enum cpu_level top = levels_top();
	static struct window before, after;
	for (unsigned round = 0; round < 300; round++) {
		uint32_t first = random_width(&r, 30);
		uint32_t least = max_u32(1, random_score(&r, round % 4));
		random_window(&r, &before);
		for (enum cpu_level level = CPU_SCALAR; level <= top; level++) {
			struct scored got = scored_new(before.n + SCORE_SLACK);
			after = before;
			size_t n = score_kernels(level)->sweep(
				after.sums, after.marks, before.n, first, least,
				got.docs, got.scores);
			check_swept(&before, &after, got, n, first, least,
			            r.seed);
			scored_free(got);
		}
	}
}
