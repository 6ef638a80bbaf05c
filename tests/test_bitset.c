#include <criterion/criterion.h>

#include "format/bitset.h"
#include "levels.h"
#include "random.h"

enum { WORDS_MOST = 128, BITS_MOST = WORDS_MOST * 64 };

/* Words of any density, a style for each; memory ends with them. */
static uint8_t *random_words(struct random *r, size_t n)
{
	uint8_t *words = malloc(n ? 8 * n : 1);
	unsigned style = random_below(r, 5);
	for (size_t w = 0; w < n; w++) {
		uint64_t word = random_u64(r);
		switch (style) {
		case 0: word = 0; break;
		case 1: word = UINT64_MAX; break;
		case 2: word &= random_u64(r) & random_u64(r); break;
		case 3: word |= random_u64(r) | random_u64(r); break;
		case 4: break;
		}
		store_u64(words + 8 * w, word);
	}
	return words;
}

static bool bit_of(const uint8_t *words, size_t i)
{
	return words[i / 8] >> i % 8 & 1;
}

/* The slow answers about two rows. */
struct truth {
	size_t count, both;
	uint32_t ids[BITS_MOST];
	uint16_t before[WORDS_MOST];
};

static void find_truth(struct truth *truth, const uint8_t *a, const uint8_t *b,
                       size_t n, uint32_t base)
{
	truth->count = truth->both = 0;
	for (size_t i = 0; i < 64 * n; i++) {
		if (i % 64 == 0)
			truth->before[i / 64] = (uint16_t)truth->count;
		truth->both += bit_of(a, i) && bit_of(b, i);
		if (bit_of(a, i))
			truth->ids[truth->count++] = base + (uint32_t)i;
	}
}

static void check_ids(const struct bitset_kernels *set,
                      const struct truth *truth, const uint8_t *words, size_t n,
                      uint32_t base, uint64_t seed)
{
	uint32_t *ids = malloc((truth->count + BITSET_SLACK) * sizeof *ids);
	cr_assert_eq(set->ids(words, n, base, ids), truth->count,
	             "seed %lu, %zu words", seed, n);
	cr_assert(!memcmp(ids, truth->ids, truth->count * sizeof *ids),
	          "seed %lu, %zu words", seed, n);
	free(ids);
}

static void check_places(const struct bitset_kernels *set,
                         const struct truth *truth, struct random *r,
                         const uint8_t *words, size_t n)
{
	uint16_t before[WORDS_MOST + 1];
	uint32_t asked[41], got[41];
	uint32_t m = n ? random_below(r, 41) : 0;
	before[n] = 0xBEEF;
	got[m] = 0xBEEF;
	set->ranks(words, n, before);
	cr_assert(!memcmp(before, truth->before, n * sizeof *before),
	          "seed %lu, %zu words", r->seed, n);
	for (uint32_t i = 0; i < m; i++)
		asked[i] = got[i] = random_below(r, (uint32_t)(64 * n));
	set->places(words, before, got, m);
	cr_assert(before[n] == 0xBEEF && got[m] == 0xBEEF);
	for (uint32_t i = 0; i < m; i++) {
		uint32_t rank = 0;
		for (size_t bit = 0; bit < asked[i]; bit++)
			rank += bit_of(words, bit);
		cr_assert_eq(got[i], rank, "seed %lu, bit %u", r->seed,
		             asked[i]);
	}
}

Test(bitset, every_level_counts_as_bit_by_bit)
{
	struct random r = random_start(1);
	enum cpu_level top = levels_top();
	static struct truth truth;
	for (size_t n = 0; n <= WORDS_MOST; n++) {
		uint32_t base = n % 2 ? random_width(&r, 31) : 0;
		uint8_t *a = random_words(&r, n), *b = random_words(&r, n);
		find_truth(&truth, a, b, n, base);
		for (enum cpu_level level = CPU_SCALAR; level <= top; level++) {
			const struct bitset_kernels *set =
				bitset_kernels(level);
			cr_assert_eq(set->count(a, n), truth.count,
			             "seed %lu, %zu words", r.seed, n);
			cr_assert_eq(set->count_both(a, b, n), truth.both,
			             "seed %lu, %zu words", r.seed, n);
			check_ids(set, &truth, a, n, base, r.seed);
			check_places(set, &truth, &r, a, n);
		}
		for (size_t i = 0; i < 64 * n; i++)
			cr_assert_eq(bitset_has(a, i), bit_of(a, i));
		free(a);
		free(b);
	}
}

/* ---- rows into rows ---------------------------------------------------- */

/* What bitset_or says it does. */
static void or_slowly(uint8_t *to, size_t size, int64_t at,
                      const uint8_t *words, size_t n)
{
	for (size_t i = 0; i < 64 * n; i++) {
		int64_t bit = at + (int64_t)i;
		if (bit >= 0 && bit < (int64_t)(64 * size) && bit_of(words, i))
			to[bit / 8] |= (uint8_t)(1u << bit % 8);
	}
}

/* A word before and one behind are not to be touched. */
static void check_or(struct random *r, size_t size, int64_t at, size_t n)
{
	uint8_t *want = random_words(r, size + 2), *words = malloc(8 * n + 1);
	uint64_t *mine = malloc(8 * (size + 2));
	for (size_t i = 0; i < 8 * n; i++)
		words[1 + i] = (uint8_t)random_u64(r);
	memcpy(mine, want, 8 * (size + 2));
	or_slowly(want + 8, size, at, words + 1, n);
	bitset_or(mine + 1, size, at, words + 1, n);
	cr_assert(!memcmp(mine, want, 8 * (size + 2)),
	          "seed %lu: %zu words at %ld into %zu", r->seed, n, at, size);
	free(want);
	free(words);
	free(mine);
}

Test(bitset, rows_are_put_at_every_alignment_and_clipped)
{
	struct random r = random_start(2);
	for (size_t size = 1; size <= 5; size++)
		for (size_t n = 0; n <= 6; n++)
			for (int64_t at = -64 * 7; at <= 64 * 6; at++)
				check_or(&r, size, at, n);
}

Test(bitset, rows_far_away_are_left_out)
{
	struct random r = random_start(3);
	const int64_t far[] = {64 * 127, UINT32_MAX, INT64_MAX / 2};
	for (size_t i = 0; i < ARRAY_LEN(far); i++)
		for (int64_t by = -1; by <= 1; by++)
			for (size_t n = 0; n <= 127; n += 127) {
				check_or(&r, 4, far[i] + by, n);
				check_or(&r, 4, -(far[i] + by), n);
			}
}

Test(bitset, nothing_is_put_where_there_is_no_room)
{
	struct random r = random_start(4);
	for (int64_t at = -130; at <= 130; at++)
		check_or(&r, 0, at, 3);
}

Test(bitset, ranges_are_set_from_every_bit_to_every_bit)
{
	enum { SIZE = 4 };
	for (size_t start = 0; start <= 64 * SIZE; start++)
		for (size_t end = 0; end <= 64 * SIZE; end++) {
			uint64_t row[SIZE + 1] = {0};
			uint8_t want[8 * (SIZE + 1)] = {0};
			row[start % SIZE] = LITTLE64(0x10);
			want[start % SIZE * 8] = 0x10;
			for (size_t bit = start; bit < end; bit++)
				want[bit / 8] |= (uint8_t)(1u << bit % 8);
			bitset_set_range(row, start, end);
			cr_assert(!memcmp(row, want, sizeof row),
			          "[%zu, %zu)", start, end);
		}
}
