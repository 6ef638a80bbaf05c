#include <criterion/criterion.h>

#include "build/batch.h"
#include "build/order.h"
#include "run.h"

Test(pool, lists_grow_side_by_side)
{
	enum { LISTS = 50, NUMBERS = 3000 };
	struct random r = random_start(1);
	struct arena arena = {0};
	struct pool_list lists[LISTS] = {{0}};
	static uint64_t numbers[LISTS][NUMBERS];
	unsigned n[LISTS] = {0};
	struct buffer bytes;
	buffer_init(&bytes, SIZE_MAX);
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
		buffer_clear(&bytes);
		pool_copy(&lists[list], &bytes);
		struct reader reader = reader_of(slice_of(bytes.data,
		                                          bytes.len));
		for (unsigned i = 0; i < n[list]; i++)
			cr_assert_eq(reader_varint(&reader), numbers[list][i],
			             "seed %lu", r.seed);
		cr_assert_eq(reader_left(&reader), 0u);
	}
	buffer_release(&bytes);
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
	add_place(&inverter, FIELD_TEXT, rain, rain, 0, 3);
	add_place(&inverter, FIELD_TEXT, rain, rain, 0, 7);
	add_place(&inverter, FIELD_TEXT, rain, rain, 2, 0);
	static const uint8_t expected[] = {13, 1, 12, 1, 2};
	struct buffer bytes;
	buffer_init(&bytes, SIZE_MAX);
	pool_copy(&inverter.terms[0].list, &bytes);
	cr_assert_eq(bytes.len, sizeof expected);
	cr_assert(!memcmp(bytes.data, expected, sizeof expected));
	buffer_release(&bytes);
	inverter_release(&inverter);
}

Test(inverter, gives_back_what_was_added)
{
	struct random r = random_start(2);
	enum { WORDS = 200, DOCS = 300 };
	static struct walk_occurrence kept[WORDS][DOCS * 6];
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
			add_place(&inverter, FIELD_TITLE, text(forms[w][f]),
			          text(terms[w]), doc, position);
			kept[w][n[w]++] = (struct walk_occurrence){
				doc, position, f};
		}
	}
	struct tale tale;
	tale_start(&tale, &inverter);
	while (!tale.reader.ended) {
		unsigned w = (unsigned)atoi((const char *)tale.reader.stored + 1);
		struct walk walk;
		struct walk_occurrence at;
		unsigned i = 0;
		tale_list(&tale, &walk);
		for (; walk_next(&walk, &at); i++) {
			cr_assert_eq(at.doc, kept[w][i].doc, "seed %lu", r.seed);
			cr_assert_eq(at.position, kept[w][i].position);
			cr_assert_str_eq(tale.forms[at.form],
			                 forms[w][kept[w][i].form]);
		}
		cr_assert_eq(i, n[w]);
		run_reader_next(&tale.reader);
	}
	tale_end(&tale);
	inverter_release(&inverter);
}

/* Words of few letters, some of many: they repeat, differ late, end in zeros. */
static struct slice random_key(struct random *r, uint8_t out[WORD_MAX])
{
	size_t n = 1 + random_below(r, random_below(r, 8) ? 12 : WORD_MAX);
	for (size_t i = 0; i < n; i++)
		out[i] = (uint8_t)(i + 4 < n ? 'a' : random_below(r, 3) * 'b');
	return slice_of(out, n);
}

Test(order, is_that_of_fields_and_bytes)
{
	for (uint64_t seed = 1; seed <= 20; seed++) {
		struct random r = random_start(seed);
		struct inverter inverter = {0};
		uint8_t form[WORD_MAX], term[WORD_MAX];
		unsigned adds = random_below(&r, 3000);
		for (unsigned i = 0; i < adds; i++) {
			uint8_t field = random_below(&r, 2) ? FIELD_TEXT
			                                    : FIELD_TITLE;
			struct slice word = random_key(&r, form);
			struct slice of = random_below(&r, 2)
				? word : random_key(&r, term);
			word_of(&inverter, field, word, of);
		}
		uint32_t *order;
		cr_assert_eq(order_terms(&inverter, &order, NULL), NS_OK);
		for (size_t i = 1; i < inverter.n_terms; i++) {
			const struct inverter_key *a =
				&inverter.terms[order[i - 1]].key;
			const struct inverter_key *b =
				&inverter.terms[order[i]].key;
			cr_assert(a->field != b->field ? a->field < b->field
				: slice_compare(slice_of(a->bytes, a->len),
				                slice_of(b->bytes, b->len)) < 0,
			          "seed %lu, term %zu", seed, i);
		}
		mem_free(order);
		inverter_release(&inverter);
	}
}

/* The runs of two inverters: the same bytes. */
static void compare_runs(const struct inverter *a, const struct inverter *b)
{
	struct tale x, y;
	tale_start(&x, a);
	tale_start(&y, b);
	const struct buffer *p = &x.runs.items[0]->spool.memory;
	const struct buffer *q = &y.runs.items[0]->spool.memory;
	cr_assert_eq(p->len, q->len);
	cr_assert(!p->len || !memcmp(p->data, q->data, p->len));
	tale_end(&x);
	tale_end(&y);
}

Test(batch, adds_what_the_inverter_would)
{
	struct random r = random_start(3);
	struct inverter one = {0}, many = {0};
	struct analyzer *analyzer;
	static struct batch batch;
	uint8_t form[WORD_MAX];
	cr_assert_eq(analyzer_open(&analyzer, "english", NULL), NS_OK);
	for (uint32_t doc = 0; doc < 200; doc++) {
		unsigned n = random_below(&r, 200);
		batch_start(&batch, &many, analyzer, doc);
		for (uint32_t i = 0; i < n; i++) {
			struct slice word = random_key(&r, form);
			struct slice term = analyzer_stem(analyzer, word);
			add_place(&one, FIELD_TEXT, word, term, doc, i);
			cr_assert_eq(batch_add(&batch, FIELD_TEXT, word, i,
			                       NULL), NS_OK);
		}
		cr_assert_eq(batch_end(&batch, NULL), NS_OK);
	}
	compare_runs(&one, &many);
	analyzer_free(analyzer);
	inverter_release(&one);
	inverter_release(&many);
}
