#include <criterion/criterion.h>

#include "build/inverter.h"
#include "build/pool.h"
#include "random.h"

Test(pool, lists_grow_side_by_side)
{
	enum { LISTS = 50, NUMBERS = 3000 };
	struct random r = random_start(1);
	struct arena arena = {0};
	struct pool_list lists[LISTS] = {{0}};
	static uint64_t numbers[LISTS][NUMBERS];
	unsigned n[LISTS] = {0};
	for (int i = 0; i < 100000; i++) {
		unsigned list = random_below(&r, LISTS);
		list = random_below(&r, list + 1);
		if (n[list] == NUMBERS)
			continue;
		uint64_t value = random_u64(&r) >> random_below(&r, 64);
		numbers[list][n[list]++] = value;
		cr_assert(pool_put(&arena, &lists[list], value));
	}
	for (unsigned list = 0; list < LISTS; list++) {
		struct pool_reader reader = pool_read(&lists[list]);
		for (unsigned i = 0; i < n[list]; i++)
			cr_assert_eq(pool_get(&reader), numbers[list][i],
			             "seed %lu", r.seed);
	}
	arena_release(&arena);
}

static struct slice text(const char *string)
{
	return slice_of(string, strlen(string));
}

Test(inverter, the_example_of_its_header)
{
	struct inverter inverter = {0};
	struct slice rain = text("rain");
	cr_assert_eq(inverter_add(&inverter, FIELD_TEXT, rain, rain, 0, 3, NULL), NS_OK);
	cr_assert_eq(inverter_add(&inverter, FIELD_TEXT, rain, rain, 0, 7, NULL), NS_OK);
	cr_assert_eq(inverter_add(&inverter, FIELD_TEXT, rain, rain, 2, 0, NULL), NS_OK);
	static const uint64_t expected[] = {13, 1, 12, 1, 2};
	struct pool_reader reader = pool_read(&inverter.terms[0].list);
	for (unsigned i = 0; i < 5; i++)
		cr_assert_eq(pool_get(&reader), expected[i], "number %u", i);
	inverter_release(&inverter);
}

Test(inverter, gives_back_what_was_added)
{
	struct random r = random_start(2);
	enum { WORDS = 200, DOCS = 300 };
	static struct inverter_occurrence kept[WORDS][DOCS * 6];
	static unsigned n[WORDS];
	struct inverter inverter = {0};
	char forms[WORDS][3][12], terms[WORDS][12];
	for (unsigned w = 0; w < WORDS; w++) {
		snprintf(terms[w], sizeof terms[w], "w%u", w);
		for (unsigned f = 0; f < 3; f++)
			snprintf(forms[w][f], sizeof forms[w][f], "w%u%.*s", w,
			         (int)f, "sx");
	}
	for (uint32_t doc = 0; doc < DOCS; doc++) {
		uint32_t position = 0;
		for (unsigned i = 0; i < 40; i++) {
			unsigned w = random_below(&r, random_below(&r, WORDS) + 1);
			unsigned f = random_below(&r, 3);
			position += 1 + random_width(&r, 8);
			if (n[w] == DOCS * 6)
				continue;
			cr_assert_eq(inverter_add(
				&inverter, FIELD_TITLE, text(forms[w][f]),
				text(terms[w]), doc, position, NULL), NS_OK);
			kept[w][n[w]++] = (struct inverter_occurrence){
				doc, position, f};
		}
	}
	for (size_t t = 0; t < inverter.n_terms; t++) {
		const struct inverter_term *term = &inverter.terms[t];
		unsigned w = (unsigned)atoi((const char *)term->key.bytes + 1), i = 0;
		struct inverter_walk walk;
		struct inverter_occurrence at;
		inverter_walk_start(&walk, term);
		while (inverter_walk_next(&walk, &at)) {
			cr_assert_eq(at.doc, kept[w][i].doc, "seed %lu", r.seed);
			cr_assert_eq(at.position, kept[w][i].position);
			uint32_t word = term->last_word;
			while (inverter.words[word].form != at.form)
				word = inverter.words[word].next;
			cr_assert(slice_equal(
				text(forms[w][kept[w][i].form]),
				slice_of(inverter.words[word].key.bytes,
				         inverter.words[word].key.len)));
			i++;
		}
		cr_assert_eq(i, n[w]);
	}
	inverter_release(&inverter);
}

Test(inverter, values_tell_who_had_them_before)
{
	struct inverter inverter = {0};
	uint32_t before;
	cr_assert_eq(inverter_add_value(&inverter, FIELD_ID, text("a"), 0,
	                                &before, NULL), NS_OK);
	cr_assert_eq(before, 0u);
	cr_assert_eq(inverter_add_value(&inverter, FIELD_URL, text("a"), 1,
	                                &before, NULL), NS_OK);
	cr_assert_eq(before, 0u, "another field is another value");
	cr_assert_eq(inverter_add_value(&inverter, FIELD_ID, text("a"), 4,
	                                &before, NULL), NS_OK);
	cr_assert_eq(before, 1u);
	inverter_release(&inverter);
}
