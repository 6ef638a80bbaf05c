/* test_pairs_write.c — are pairs of a text those that stand next to each other? */
#include "build/pairs.h"
#include "run.h"

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
			char key[16];
			int n = snprintf(key, sizeof key, "t%02u", t);
			struct slice term = slice_of(key, (size_t)n);
			if (random_below(r, sparse) ||
			    text->stands[doc][position][t])
				continue;
			add_place(&text->inverter, FIELD_TEXT, term, term, doc, position);
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

/* All terms compete, in the order of their keys. */
static void fill_heavies(struct text *text, struct tale *tale,
                         struct heavies *heavies)
{
	for (; !tale->reader.ended; run_reader_next(&tale->reader)) {
		struct walk walk;
		struct walk_occurrence at;
		unsigned t = (unsigned)atoi((const char *)tale->reader.stored + 1);
		tale_list(tale, &walk);
		while (walk_next(&walk, &at))
			;
		if (text->terms[t].df)
			cr_assert_eq(heavies_add(heavies, text->terms[t].cf, t,
			                         &tale->place, 1, NULL), NS_OK);
	}
}

static void compare_text(struct text *text, uint64_t seed)
{
	static const struct steps steps;
	uint32_t entries[TERMS];
	struct heavies heavies = {0};
	struct tale tale;
	struct spool post;
	struct buffer out;
	struct pair_table table;
	for (uint32_t t = 0; t < TERMS; t++)
		entries[t] = t;
	tale_start(&tale, &text->inverter);
	fill_heavies(text, &tale, &heavies);
	const struct lists_input lists = {.runs = &tale.runs,
		.new_doc = text->new_doc, .n_docs = DOCS,
		.lengths = {text->lengths}, .avglen0 = {300}};
	const struct pairs_input input = {.lists = &lists, .heavies = &heavies,
		.entries = entries, .memory = SIZE_MAX, .steps = &steps};
	spool_init(&post, NULL, SIZE_MAX);
	buffer_init(&out, SIZE_MAX);
	cr_assert_eq(pairs_write(&input, &post, &out, NULL), NS_OK);
	size_t size = post.memory.len, table_size = out.len;
	buffer_zeros(&post.memory, CHUNK_PADDING);
	buffer_zeros(&out, CHUNK_PADDING);
	cr_assert_eq(pair_table_open(&table, slice_of(out.data, table_size),
	                             "", NULL), NS_OK);
	compare_words(text, &table, seed);
	const struct postings_source source = {
		.post = slice_of(post.memory.data, size),
		.doc_count = text->doc_count, .place = "test"};
	for (unsigned a = 0; a < table.n; a++)
		for (unsigned b = 0; b < table.n; b++)
			compare_pair(text, &table, &source, a, b, seed);
	spool_release(&post);
	buffer_release(&out);
	heavies_release(&heavies);
	tale_end(&tale);
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

