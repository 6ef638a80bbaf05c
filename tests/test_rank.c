#include <criterion/criterion.h>

#include "random.h"
#include "rank/bm25.h"
#include "rank/topk.h"

static int oracle(const void *a, const void *b)
{
	return topk_better(a, b, false) ? -1 : 1;
}

static int oracle_by_date(const void *a, const void *b)
{
	return topk_better(a, b, true) ? -1 : 1;
}

Test(topk, keeps_what_sorting_everything_keeps)
{
	struct random r = random_start(1);
	for (int round = 0; round < 400; round++) {
		struct rank_hit all[600];
		size_t n = random_below(&r, 600);
		bool by_date = random_below(&r, 2);
		struct topk topk;
		topk_init(&topk, random_below(&r, 700), by_date);
		for (size_t i = 0; i < n; i++) {
			all[i] = (struct rank_hit){
				.score = random_below(&r, 20), .rank = i,
				.doc = (uint32_t)i,
				.date = random_below(&r, 5)
					? (int64_t)random_below(&r, 9) - 4
					: NS_NO_DATE};
			cr_assert_eq(topk_add(&topk, &all[i], NULL), NS_OK);
		}
		topk_sort(&topk);
		qsort(all, n, sizeof *all, by_date ? oracle_by_date : oracle);
		cr_assert_eq(topk.n, n < topk.k ? n : topk.k);
		for (size_t i = 0; i < topk.n; i++)
			cr_assert_eq(topk.hits[i].rank, all[i].rank,
			             "seed %lu round %d", r.seed, round);
		topk_release(&topk);
	}
}

Test(topk, undated_come_last)
{
	struct rank_hit dated = {.date = -5, .rank = 9};
	struct rank_hit undated = {.date = NS_NO_DATE, .rank = 1};
	cr_assert(topk_better(&dated, &undated, true));
	cr_assert(!topk_better(&undated, &dated, true));
}

Test(bm25, is_the_formula_in_single_steps)
{
	struct leaf leaf = {.n_docs = 1000, .sum_length = 250000,
	                    .weight = 5000000};
	struct bm25 bm25 = bm25_of(&leaf, 1.2f, 0.75f);
	for (uint32_t tf = 1; tf < 300; tf++)
		for (uint32_t len = 1; len < 3000; len += 37) {
			double exact = 5e6 * tf /
				(tf + 1.2 * (0.25 + 0.75 * len / 250.0));
			double got = bm25_contribution(&bm25, tf, len);
			cr_assert(fabs(got - exact) <= 2 + exact * 4e-7,
			          "tf %u len %u: %f, %f", tf, len, got, exact);
		}
}

Test(bm25, every_match_shows)
{
	struct leaf leaf = {.n_docs = 5, .sum_length = 10, .weight = 0};
	struct bm25 bm25 = bm25_of(&leaf, 1.2f, 0.75f);
	cr_assert_eq(bm25_contribution(&bm25, 1, 65535), 1u);
	leaf.n_docs = leaf.sum_length = 0;
	bm25 = bm25_of(&leaf, 0, 0);
	cr_assert_eq(bm25_contribution(&bm25, 1, 0), 1u);
}

Test(bm25, more_never_counts_less)
{
	struct leaf leaf = {.n_docs = 77, .sum_length = 12345,
	                    .weight = 1 << 24};
	struct bm25 bm25 = bm25_of(&leaf, 1.2f, 0.75f);
	for (uint32_t len = 1; len < 2000; len += 13)
		for (uint32_t tf = 1; tf < 50; tf++) {
			uint32_t here = bm25_contribution(&bm25, tf, len);
			cr_assert_leq(here, bm25_contribution(&bm25, tf + 1,
			                                      len));
			cr_assert_geq(here, bm25_contribution(&bm25, tf,
			                                      len + 1));
		}
}
