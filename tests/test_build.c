#include <criterion/criterion.h>

#include "build/batch.h"
#include "build/inverter.h"
#include "build/lists.h"
#include "build/pairs.h"
#include "build/order.h"
#include "build/pool.h"
#include "format/pair_table.h"
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

/* ---- pairs ---------------------------------------------------------------- */

enum { TERMS = 90, DOCS = 20, LENGTH = 9000 };

/* Which terms stand where: what pairs_write must find. */
struct text {
	struct inverter inverter;
	struct lexicon_term terms[TERMS];
	uint32_t new_doc[DOCS], doc_count;
	uint8_t lengths[2 * DOCS];
	bool stands[DOCS][LENGTH + 1][TERMS];
	uint32_t times[DOCS][TERMS][TERMS]; /* the one right behind the other */
};

/* Of term 0 most.  Where no doc is long, many terms occur equally often. */
static void fill_doc(struct random *r, struct text *text, uint32_t doc,
                     bool is_long)
{
	uint32_t length = random_below(r, is_long ? LENGTH : 60);
	uint32_t sparse = 1 + random_below(r, 3);
	if (is_long && random_below(r, 2)) {
		length = 4096; /* ends where a page does */
		sparse = 1;
	}
	for (uint32_t position = 0; position < length; position++)
		for (unsigned k = 0; k < 2; k++) {
			unsigned t = random_below(r, 1 + random_below(r, TERMS));
			char key[12];
			int n = snprintf(key, sizeof key, "t%02u", t);
			struct slice term = slice_of(key, (size_t)n);
			if (random_below(r, sparse) ||
			    text->stands[doc][position][t])
				continue;
			cr_assert_eq(inverter_add(&text->inverter, FIELD_TEXT,
				term, term, doc, position, NULL), NS_OK);
			text->stands[doc][position][t] = true;
			if (text->new_doc[doc] == NO_DOC)
				continue;
			/* df ≤ cf is all that the choice of words asks for */
			text->terms[t].cf++;
			text->terms[t].df = 1;
		}
}

static void count_times(struct text *text, uint32_t doc)
{
	for (uint32_t i = 0; i < LENGTH; i++)
		for (unsigned a = 0; a < TERMS; a++)
			for (unsigned b = 0; text->stands[doc][i][a] &&
			                     b < TERMS; b++)
				text->times[doc][a][b] +=
					text->stands[doc][i + 1][b];
}

/* Entry numbers are those of a lexicon of all terms, by bytes. */
static void make_text(struct random *r, struct text *text, bool is_long)
{
	memset(text, 0, sizeof *text);
	for (uint32_t doc = 0; doc < DOCS; doc++) {
		bool dead = random_below(r, 5) == 0;
		text->new_doc[doc] = dead ? NO_DOC : text->doc_count++;
		store_u16(text->lengths + 2 * (size_t)doc,
		          (uint16_t)random_below(r, 900));
		fill_doc(r, text, doc, is_long && random_below(r, 2));
		count_times(text, doc);
	}
}

static void compare_pair(const struct text *text, const struct pair_table *table,
                         const struct postings_source *source, unsigned a,
                         unsigned b, uint64_t seed)
{
	struct lexicon_term term;
	struct postings_cursor cursor = {.doc = POSTINGS_END};
	if (pair_table_find(table, a, b, &term)) {
		cr_assert_eq(postings_check(source, &term, text->lengths, 300,
		                            NULL), NS_OK);
		cr_assert_eq(postings_open(&cursor, source, &term, NULL),
		             NS_OK);
	}
	for (uint32_t doc = 0; doc < DOCS; doc++) {
		uint32_t n = text->times[doc][pair_table_entry(table, a)]
		                             [pair_table_entry(table, b)];
		if (!n || text->new_doc[doc] == NO_DOC)
			continue;
		cr_assert_eq(cursor.doc, text->new_doc[doc], "seed %lu", seed);
		cr_assert_eq(postings_tf(&cursor), n, "seed %lu", seed);
		postings_next(&cursor);
	}
	cr_assert_eq(cursor.doc, POSTINGS_END, "seed %lu", seed);
	postings_release(&cursor);
}

/* No term that is left out has more occurrences than one that is not. */
static void compare_words(const struct text *text,
                          const struct pair_table *table, uint64_t seed)
{
	unsigned living = 0;
	for (unsigned t = 0; t < TERMS; t++)
		living += text->terms[t].df > 0;
	cr_assert_eq(table->n, min_u32(living, PAIR_WORDS), "seed %lu", seed);
	for (unsigned out = 0; out < TERMS; out++) {
		if (!text->terms[out].df ||
		    pair_table_word(table, out) < table->n)
			continue;
		for (unsigned i = 0; i < table->n; i++) {
			uint32_t in = pair_table_entry(table, i);
			uint64_t cf = text->terms[in].cf;
			cr_assert(cf > text->terms[out].cf ||
			          (cf == text->terms[out].cf && in < out),
			          "seed %lu", seed);
		}
	}
}

static void compare_text(struct text *text, uint64_t seed)
{
	struct lexicon_term by_number[TERMS] = {0};
	for (size_t i = 0; i < text->inverter.n_terms; i++) {
		unsigned t = (unsigned)atoi(
			(const char *)text->inverter.terms[i].key.bytes + 1);
		by_number[i] = text->terms[t];
		by_number[i].entry = t;
		by_number[i].field = FIELD_TEXT;
	}
	const struct steps steps = {0};
	const struct pairs_input input = {&text->inverter, by_number,
		text->new_doc, text->doc_count, text->lengths, 300, &steps};
	struct buffer post, out;
	struct pair_table table;
	buffer_init(&post, SIZE_MAX);
	buffer_init(&out, SIZE_MAX);
	cr_assert_eq(pairs_write(&input, &post, &out, NULL), NS_OK);
	size_t size = post.len, table_size = out.len;
	buffer_zeros(&post, CHUNK_PADDING);
	buffer_zeros(&out, CHUNK_PADDING);
	cr_assert_eq(pair_table_open(&table, slice_of(out.data, table_size),
	                             "", NULL), NS_OK);
	compare_words(text, &table, seed);
	const struct postings_source source = {slice_of(post.data, size),
		slice_of(NULL, 0), text->doc_count, "test"};
	for (unsigned a = 0; a < table.n; a++)
		for (unsigned b = 0; b < table.n; b++)
			compare_pair(text, &table, &source, a, b, seed);
	buffer_release(&post);
	buffer_release(&out);
}

Test(pairs, are_what_stands_next_to_each_other)
{
	struct random r = random_start(3);
	struct text *text = malloc(sizeof *text);
	for (int round = 0; round < 16; round++) {
		make_text(&r, text, round % 4 == 0);
		compare_text(text, r.seed);
		inverter_release(&text->inverter);
	}
	free(text);
}

/* Words of few letters, some of many: they repeat, differ late, end in zeros. */
static struct slice random_key(struct random *r, uint8_t out[WORD_MAX])
{
	size_t n = 1 + random_below(r, random_below(r, 8) ? 12 : WORD_MAX);
	for (size_t i = 0; i < n; i++)
		out[i] = (uint8_t)(i + 4 < n ? 'a' : random_below(r, 3) * 'b');
	return slice_of(out, n);
}

static const struct inverter_key *key_at(const struct inverter *inverter,
                                         const struct order_item *item)
{
	return item->is_word ? &inverter->words[item->number].key
	                     : &inverter->terms[item->number].key;
}

Test(order, is_that_of_fields_bytes_and_terms)
{
	for (uint64_t seed = 1; seed <= 20; seed++) {
		struct random r = random_start(seed);
		struct inverter inverter = {0};
		uint8_t form[WORD_MAX], term[WORD_MAX];
		unsigned adds = random_below(&r, 3000);
		uint32_t number;
		for (unsigned i = 0; i < adds; i++) {
			uint8_t field = random_below(&r, 2) ? FIELD_TEXT
			                                    : FIELD_TITLE;
			struct slice word = random_key(&r, form);
			struct slice of = random_below(&r, 2)
				? word : random_key(&r, term);
			cr_assert_eq(inverter_word(&inverter, field, word, of,
			                           &number, NULL), NS_OK);
		}
		struct order_item *items;
		cr_assert_eq(order_items(&inverter, &items, NULL), NS_OK);
		size_t n = inverter.n_terms + inverter.n_words;
		for (size_t i = 1; i < n; i++) {
			const struct inverter_key *a = key_at(&inverter, &items[i - 1]);
			const struct inverter_key *b = key_at(&inverter, &items[i]);
			int order = a->field != b->field
				? a->field - b->field
				: slice_compare(slice_of(a->bytes, a->len),
				                slice_of(b->bytes, b->len));
			cr_assert(order < 0 || (!order && !items[i - 1].is_word &&
			                        items[i].is_word),
			          "seed %lu, item %zu", seed, i);
			cr_assert_eq(items[i].same, !order, "seed %lu", seed);
		}
		mem_free(items);
		inverter_release(&inverter);
	}
}

/* The lists of two inverters, by term: the same terms in the same order. */
static void compare_lists(const struct inverter *a, const struct inverter *b)
{
	cr_assert_eq(a->n_terms, b->n_terms);
	cr_assert_eq(a->n_words, b->n_words);
	cr_assert_eq(a->n_occurrences, b->n_occurrences);
	for (size_t t = 0; t < a->n_terms; t++) {
		struct inverter_walk x, y;
		struct inverter_occurrence p, q;
		cr_assert(key_equal(&a->terms[t].key, &b->terms[t].key));
		inverter_walk_start(&x, &a->terms[t]);
		inverter_walk_start(&y, &b->terms[t]);
		while (inverter_walk_next(&x, &p)) {
			cr_assert(inverter_walk_next(&y, &q));
			cr_assert(p.doc == q.doc && p.position == q.position &&
			          p.form == q.form);
		}
		cr_assert(!inverter_walk_next(&y, &q));
	}
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
			cr_assert_eq(inverter_add(&one, FIELD_TEXT, word, term,
			                          doc, i, NULL), NS_OK);
			cr_assert_eq(batch_add(&batch, FIELD_TEXT, word, i,
			                       NULL), NS_OK);
		}
		cr_assert_eq(batch_end(&batch, NULL), NS_OK);
	}
	compare_lists(&one, &many);
	analyzer_free(analyzer);
	inverter_release(&one);
	inverter_release(&many);
}
