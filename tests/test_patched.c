#include <criterion/criterion.h>

#include "base/bits.h"
#include "format/patched.h"
#include "random.h"

enum { N_MOST = 256 };

/* Few of n values wider than the others, at random places. */
static void random_values(struct random *r, uint32_t *values, unsigned n)
{
	unsigned width = random_below(r, 33), wide = random_below(r, 33);
	unsigned rare = 1 + random_width(r, 7);
	for (unsigned i = 0; i < n; i++)
		values[i] = random_width(r, random_below(r, rare) ? width
		                                                  : wide);
}

/* The bytes of a choice, and whether it is one at all. */
static size_t bytes_of(const uint32_t *values, unsigned n,
                       struct patched_choice choice)
{
	unsigned over = 0, widest = 0;
	for (unsigned i = 0; i < n; i++) {
		over += bits_width32(values[i]) > choice.width;
		if (bits_width32(values[i]) > widest)
			widest = bits_width32(values[i]);
	}
	cr_assert_eq(over, choice.n_exceptions);
	cr_assert_leq(over, (unsigned)EXCEPTIONS_MOST);
	cr_assert_eq(choice.high_bytes,
	             over ? (widest - choice.width + 7) / 8 : 0);
	return bits_bytes(n, choice.width) +
	       (over ? 2 + over + over * choice.high_bytes : 0);
}

/* The bytes of the cheapest of all 33 widths, where that saves an eighth. */
static size_t cheapest(const uint32_t *values, unsigned n)
{
	unsigned widest = 0;
	for (unsigned i = 0; i < n; i++)
		if (bits_width32(values[i]) > widest)
			widest = bits_width32(values[i]);
	size_t plain = bits_bytes(n, widest), best = plain;
	for (unsigned width = 0; width < widest; width++) {
		unsigned over = 0;
		for (unsigned i = 0; i < n; i++)
			over += bits_width32(values[i]) > width;
		size_t bytes = bits_bytes(n, width) + 2 + over +
		               over * ((widest - width + 7) / 8);
		if (over <= EXCEPTIONS_MOST && bytes < best)
			best = bytes;
	}
	return best * 8 <= plain * 7 ? best : plain;
}

Test(patched, the_cheapest_is_chosen_and_comes_back)
{
	struct random r = random_start(1);
	unsigned patched = 0, wide = 0;
	for (unsigned round = 0; round < 4000; round++) {
		uint32_t values[N_MOST], got[N_MOST];
		struct patches patches;
		struct buffer out;
		unsigned n = 1 + random_below(&r, N_MOST);
		random_values(&r, values, n);
		struct patched_choice choice = patched_choose(values, n);
		cr_assert_eq(bytes_of(values, n, choice), cheapest(values, n),
		             "seed %lu, round %u", r.seed, round);
		if (!choice.n_exceptions)
			continue;
		buffer_init(&out, SIZE_MAX);
		patched_write(values, n, choice, &out);
		struct reader reader = reader_of(slice_of(out.data, out.len));
		cr_assert(patched_open(&patches, &reader));
		cr_assert_eq(reader_left(&reader), 0u);
		for (unsigned i = 0; i < n; i++)
			got[i] = values[i] & ((1u << choice.width) - 1);
		cr_assert(patched_apply(&patches, choice.width, got, n));
		cr_assert(!memcmp(got, values, n * sizeof *got),
		          "seed %lu, round %u", r.seed, round);
		patched++;
		wide += choice.width + 8 * choice.high_bytes > 32;
		buffer_release(&out);
	}
	cr_assert(patched > 500 && wide > 20, "%u, %u", patched, wide);
}

Test(patched, no_exceptions_are_no_bytes)
{
	uint32_t values[3] = {1, 2, 3};
	struct buffer out;
	buffer_init(&out, SIZE_MAX);
	patched_write(values, 3, (struct patched_choice){2, 0, 0}, &out);
	cr_assert_eq(out.len, 0u);
}

/* ---- hostile bytes ----------------------------------------------------- */

/* What FORMAT.md allows, and what then stands over the values. */
static bool slowly(const uint8_t *bytes, size_t size, unsigned width,
                   uint32_t *values, unsigned n, size_t *used)
{
	if (!size || bytes[0] < 1 || bytes[0] > EXCEPTIONS_MOST)
		return false;
	unsigned m = bytes[0];
	unsigned h = size > 1 + m ? bytes[1 + m] : 0;
	*used = 2 + m + (size_t)m * h;
	if (h < 1 || h > 4 || size < *used)
		return false;
	for (unsigned i = 0; i < m; i++) {
		unsigned index = bytes[1 + i];
		uint64_t high = 0;
		for (unsigned j = 0; j < h; j++)
			high |= (uint64_t)bytes[2 + m + i * h + j] << 8 * j;
		if (index >= n || (i && index <= bytes[i]) ||
		    high << width > UINT32_MAX)
			return false;
		values[index] |= (uint32_t)(high << width);
	}
	return true;
}

/* Garbage with some sense in it, so that most checks are reached. */
static void garble(struct random *r, uint8_t *bytes, size_t size)
{
	unsigned sane = random_below(r, 8), m = random_below(r, 34);
	for (size_t i = 0; i < size; i++)
		bytes[i] = (uint8_t)(sane & 1 ? random_width(r, 8)
		                              : random_u64(r));
	if (sane > 2 && size)
		bytes[0] = (uint8_t)m;
	if (sane > 3 && size > 1 + m)
		bytes[1 + m] = (uint8_t)random_below(r, 6);
	for (unsigned i = 0; sane > 4 && i < m && 1 + i < size; i++)
		bytes[1 + i] = (uint8_t)(i * (1 + random_below(r, 10) / 9));
}

Test(patched, hostile_bytes_give_what_they_say_or_nothing)
{
	struct random r = random_start(2);
	unsigned good = 0, bad = 0;
	for (unsigned round = 0; round < 40000; round++) {
		size_t size = random_below(&r, 170), used = 0;
		unsigned width = random_below(&r, 33);
		unsigned n = 1 + random_below(&r, N_MOST);
		uint8_t *bytes = malloc(size ? size : 1);
		uint32_t want[N_MOST] = {0}, got[N_MOST] = {0};
		struct patches patches;
		garble(&r, bytes, size);
		struct reader reader = reader_of(slice_of(bytes, size));
		bool said = patched_open(&patches, &reader);
		cr_assert_eq(said, !reader.bad);
		said = said && patched_apply(&patches, width, got, n);
		bool is = slowly(bytes, size, width, want, n, &used);
		cr_assert_eq(said, is, "seed %lu, round %u", r.seed, round);
		cr_assert(!is || (!memcmp(want, got, sizeof got) &&
		                  reader.next == bytes + used),
		          "seed %lu, round %u", r.seed, round);
		good += is;
		bad += !is;
		free(bytes);
	}
	cr_assert(good > 1000 && bad > 1000, "%u, %u", good, bad);
}
