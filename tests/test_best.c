#include <criterion/criterion.h>

#include "random.h"
#include "rank/best.h"

enum { K_MOST = 300, MANY = 1500 };

static int falling(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
	return (x < y) - (x > y);
}

/* The k best of all seen so far, falling, by insertion. */
struct sorted {
	size_t n, k, seen;
	uint64_t keys[K_MOST + 1];
};

static void sorted_add(struct sorted *sorted, uint64_t key)
{
	size_t i = sorted->n;
	sorted->seen++;
	for (; i && sorted->keys[i - 1] < key; i--)
		sorted->keys[i] = sorted->keys[i - 1];
	sorted->keys[i] = key;
	sorted->n = min_size(sorted->n + 1, sorted->k);
}

/* What a doc must score to be among the best now: later ones lose ties. */
static uint64_t least_hit(const struct sorted *sorted)
{
	return sorted->n < sorted->k
		? 0 : (uint64_t)best_score(sorted->keys[sorted->k - 1]) + 1;
}

/* Scores of some spread, from small ones up to those next to 2³². */
static uint32_t random_score(struct random *r, unsigned style)
{
	switch (style) {
	case 0: return 7;
	case 1: return random_below(r, 4);
	case 2: return random_below(r, 100);
	case 3: return UINT32_MAX - random_below(r, 3);
	default: return random_width(r, 32);
	}
}

static void check_same(struct best *best, const struct sorted *sorted,
                       uint64_t seed)
{
	best_sort(best);
	cr_assert_eq(best->n, sorted->n, "seed %lu, k %zu", seed, sorted->k);
	for (size_t i = 0; i < best->n; i++)
		cr_assert_eq(best->keys[i], sorted->keys[i],
		             "seed %lu, k %zu, hit %zu", seed, sorted->k, i);
}

/* Docs that come as they were given. */
static void add_next(struct best *best, uint32_t score, uint32_t number)
{
	best->later = 1;
	if (best_wants(best, score))
		best_insert(best, score, number, number);
}

Test(best, keeps_what_sorting_keeps_and_never_needs_more)
{
	struct random r = random_start(1);
	struct arena arena = {0};
	for (size_t k = 0; k <= K_MOST; k++) {
		struct sorted sorted = {.k = k};
		struct best best;
		unsigned style = random_below(&r, 5);
		uint32_t number = random_width(&r, 20);
		size_t n = random_below(&r, MANY);
		cr_assert_eq(best_init(&best, &arena, k, false, NULL), NS_OK);
		for (size_t i = 0; k && i < n; i++) {
			uint32_t score = random_score(&r, style);
			number += 1 + random_width(&r, 10);
			add_next(&best, score, number);
			sorted_add(&sorted, (uint64_t)score << 32 |
			                    (uint32_t)~number);
			if (!random_below(&r, 50))
				best_settle(&best);
			cr_assert_leq(best.need, least_hit(&sorted),
			              "seed %lu, k %zu", r.seed, k);
		}
		check_same(&best, &sorted, r.seed);
		arena_reset(&arena);
	}
	arena_release(&arena);
}

/* A heap knows the k-th at once, a buffer when it was full once. */
Test(best, need_rises)
{
	struct random r = random_start(2);
	struct arena arena = {0};
	for (size_t k = 1; k <= K_MOST; k++) {
		struct sorted sorted = {.k = k};
		struct best best;
		cr_assert_eq(best_init(&best, &arena, k, false, NULL), NS_OK);
		for (uint32_t i = 0; i < 2 * k; i++) {
			uint32_t score = random_below(&r, 1000);
			add_next(&best, score, i);
			sorted_add(&sorted, (uint64_t)score << 32 | ~i);
			if (k <= BEST_HEAP)
				cr_assert_eq(best.need, least_hit(&sorted));
		}
		cr_assert_eq(best.need, least_hit(&sorted),
		             "seed %lu, k %zu", r.seed, k);
		arena_reset(&arena);
	}
	arena_release(&arena);
}

/* As many docs as make a cut worth while, and one less. */
Test(best, settling_cuts_what_is_a_quarter_too_long)
{
	struct arena arena = {0};
	for (size_t k = BEST_HEAP + 1; k <= K_MOST; k++) {
		struct best best;
		uint32_t i = 0;
		cr_assert_eq(best_init(&best, &arena, k, false, NULL), NS_OK);
		for (; i < k + k / 4 - 1; i++)
			add_next(&best, i, i);
		best_settle(&best);
		cr_assert_eq(best.need, 0u);
		add_next(&best, i, i);
		best_settle(&best);
		cr_assert_eq(best.need, k / 4 + 1);
		cr_assert_eq(best.n, k);
		arena_reset(&arena);
	}
	arena_release(&arena);
}

/* Primed with the k-th of all, the same hits come out. */
Test(best, primed_with_the_truth_it_gives_the_same)
{
	struct random r = random_start(3);
	struct arena arena = {0};
	uint32_t scores[MANY];
	for (size_t k = 1; k <= K_MOST; k++) {
		struct sorted sorted = {.k = k};
		struct best best;
		unsigned style = random_below(&r, 5);
		uint32_t n = (uint32_t)k + random_below(&r, MANY - K_MOST);
		for (uint32_t i = 0; i < n; i++) {
			scores[i] = random_score(&r, style);
			sorted_add(&sorted, (uint64_t)scores[i] << 32 | ~i);
		}
		cr_assert_eq(best_init(&best, &arena, k, false, NULL), NS_OK);
		best_prime(&best, best_score(sorted.keys[k - 1]));
		best_prime(&best, 0);
		for (uint32_t i = 0; i < n; i++)
			add_next(&best, scores[i], i);
		check_same(&best, &sorted, r.seed);
		arena_reset(&arena);
	}
	arena_release(&arena);
}

Test(best, a_key_holds_score_and_rank)
{
	uint64_t key = (uint64_t)5 << 32 | ~(uint32_t)9;
	const struct best best = {.n = 1, .keys = &key};
	cr_assert_eq(best_score(key), 5u);
	cr_assert_eq(best_number(&best, 0), 9u);
}

/* ---- any order --------------------------------------------------------- */

static void shuffle(struct random *r, uint32_t *ranks, uint32_t first, uint32_t n)
{
	for (uint32_t i = 0; i < n; i++) {
		uint32_t j = random_below(r, i + 1);
		ranks[i] = ranks[j];
		ranks[j] = first + i;
	}
}

/* Docs in any order, after some that came as they were given: what is as good as
 * the worst by its score may have been given before it.  Numbers are no ranks. */
Test(best, ranks_in_any_order)
{
	struct random r = random_start(4);
	struct arena arena = {0};
	for (size_t k = 0; k <= K_MOST; k++) {
		struct sorted sorted = {.k = k};
		struct best best;
		uint32_t ranks[MANY], n = random_below(&r, MANY);
		uint32_t first = random_below(&r, MANY);
		unsigned style = random_below(&r, 6); /* 5: ever better */
		cr_assert_eq(best_init(&best, &arena, k, true, NULL), NS_OK);
		shuffle(&r, ranks, first, n);
		for (uint32_t i = 0; i < first + n; i++) {
			uint32_t rank = i < first ? i : ranks[i - first];
			uint32_t score = style < 5 ? random_score(&r, style) : i;
			best.later = i < first;
			if (best_wants(&best, score))
				best_insert(&best, score, rank, ~rank);
			if (k)
				sorted_add(&sorted,
				           (uint64_t)score << 32 | ~rank);
			if (!random_below(&r, 50))
				best_settle(&best);
		}
		check_same(&best, &sorted, r.seed);
		for (size_t i = 0; i < best.n; i++)
			cr_assert_eq(best_number(&best, i),
			             (uint32_t)best.keys[i],
			             "seed %lu, k %zu", r.seed, k);
		arena_reset(&arena);
	}
	arena_release(&arena);
}

/* ---- selection --------------------------------------------------------- */

static uint64_t random_key(struct random *r, unsigned style, size_t i)
{
	switch (style) {
	case 0: return 0;
	case 1: return UINT64_MAX;
	case 2: return random_below(r, 2);
	case 3: return random_below(r, 10) ? 5 : random_below(r, 11);
	case 4: return i;
	case 5: return UINT64_MAX - i;
	case 6: return random_below(r, 2) ? UINT64_MAX : 0;
	default: return random_u64(r);
	}
}

static void check_select(const uint64_t *keys, size_t n, size_t k,
                         uint64_t seed)
{
	uint64_t *sorted = malloc((n + 1) * sizeof *sorted);
	uint64_t *mine = malloc((n + 1) * sizeof *mine);
	memcpy(sorted, keys, n * sizeof *sorted);
	memcpy(mine, keys, n * sizeof *mine);
	mine[n] = 0xDEADBEEF;
	qsort(sorted, n, sizeof *sorted, falling);
	best_select(mine, n, k);
	cr_assert_eq(mine[n], 0xDEADBEEFu);
	k = min_size(n, k);
	qsort(mine, k, sizeof *mine, falling);
	qsort(mine + k, n - k, sizeof *mine, falling);
	/* both parts in order, and all keys still there */
	cr_assert(!memcmp(mine, sorted, n * sizeof *mine),
	          "seed %lu, n %zu, k %zu", seed, n, k);
	free(sorted);
	free(mine);
}

Test(select, brings_the_largest_to_the_front)
{
	struct random r = random_start(4);
	uint64_t keys[600];
	for (unsigned round = 0; round < 1600; round++) {
		size_t n = random_width(&r, 9);
		size_t k = random_below(&r, (uint32_t)n + 3);
		for (size_t i = 0; i < n; i++)
			keys[i] = random_key(&r, round % 8, i);
		check_select(keys, n, k, r.seed);
	}
}

/* Equal, rising and falling keys cost no more than others: were each step to
 * take off one key, this would take minutes. */
Test(select, many_keys_of_every_style, .timeout = 300)
{
	struct random r = random_start(5);
	size_t n = 100000;
	uint64_t *keys = malloc(n * sizeof *keys);
	for (unsigned style = 0; style < 8; style++) {
		for (size_t i = 0; i < n; i++)
			keys[i] = random_key(&r, style, i);
		check_select(keys, n, n / 2, r.seed);
	}
	free(keys);
}
