#include <criterion/criterion.h>

#include "base/bits.h"
#include "base/cpu.h"
#include "format/lexicon.h"
#include "format/lexicon_cost.h"
#include "random.h"

enum { ENTRIES = 3000, DOCS = 100000 };

struct made {
	struct lexicon_entry entries[ENTRIES];
	unsigned n;
	struct lexicon_writer writer;
	struct lexicon lexicon;
};

static int order(const void *a, const void *b)
{
	const struct lexicon_entry *x = a, *y = b;
	if (x->field != y->field)
		return x->field < y->field ? -1 : 1;
	return slice_compare(slice_of(x->key, x->key_len),
	                     slice_of(y->key, y->key_len));
}

static void make_key(struct random *r, struct lexicon_entry *entry)
{
	unsigned len = random_below(r, 30) ? 1 + random_below(r, 12)
	                                   : 1 + random_below(r, 255);
	unsigned letters = 2 + random_below(r, 3);
	entry->key_len = (uint8_t)len;
	/* addresses begin alike: blocks of one separator */
	static const char start[] = "http://news.example/";
	if (!random_below(r, 3)) {
		entry->key_len = (uint8_t)(sizeof start - 1 + len % 8);
		memcpy(entry->key, start, sizeof start - 1);
		for (unsigned i = sizeof start - 1; i < entry->key_len; i++)
			entry->key[i] = (uint8_t)('0' + random_below(r, 10));
		entry->field = random_below(r, 5) ? FIELD_URL : FIELD_TEXT;
		return;
	}
	for (unsigned i = 0; i < len; i++)
		entry->key[i] = random_below(r, 50)
			? (uint8_t)('a' + random_below(r, letters))
			: (uint8_t)random_u64(r);
	entry->field = (uint8_t)(1 + random_width(r, 8) % (FIELD_END - 1));
}

static void make_numbers(struct random *r, struct lexicon_entry *e,
                         bool first_of_field)
{
	bool words = field_has_words(e->field);
	e->term = (struct lexicon_term){0};
	e->is_term = !words || first_of_field || random_below(r, 3);
	e->is_word = words && (!e->is_term || random_below(r, 4));
	if (e->is_term) {
		e->term.entry = e->entry;
		e->term.field = e->field;
		e->term.df = random_below(r, 2) ? 1 : 2 + random_width(r, 15);
		e->term.cf = e->term.df + (words ? random_width(r, 10) : 0);
		e->term.n_forms = words
			? 1 + random_below(r, (uint32_t)min_u64(e->term.cf, 9))
			: 1;
		if (e->term.df > 1)
			e->term.post = random_u64(r) >> 26;
		else
			e->term.doc = random_below(r, DOCS);
		if (e->term.df == 1 && e->term.cf == 1 && words)
			e->term.position = random_width(r, 20);
		else if (words)
			e->term.posn = random_u64(r) >> 26;
	}
}

/* n entries or fewer, sorted, unique, numbered, and words pointed at terms. */
static void make(struct random *r, struct made *made, unsigned n)
{
	made->n = 0;
	for (unsigned i = 0; i < n; i++)
		make_key(r, &made->entries[i]);
	qsort(made->entries, n, sizeof *made->entries, order);
	for (unsigned i = 0; i < n; i++)
		if (!made->n || order(&made->entries[made->n - 1],
		                      &made->entries[i]))
			made->entries[made->n++] = made->entries[i];
	uint32_t number = 0;
	for (unsigned i = 0; i < made->n; i++) {
		struct lexicon_entry *e = &made->entries[i];
		if (i && e->field != e[-1].field)
			number = (number + 31) / 32 * 32;
		e->entry = number++;
		make_numbers(r, e, !i || e->field != e[-1].field);
	}
	for (unsigned i = 0; i < made->n; i++) {
		struct lexicon_entry *e = &made->entries[i];
		if (!e->is_word)
			continue;
		const struct lexicon_entry *t = e;
		while (!t->is_term || t->field != e->field || random_below(r, 2))
			t = &made->entries[random_below(r, made->n)];
		e->word_term = t->entry;
		e->word_sole = random_below(r, 2);
		e->word_form = e->word_sole ? 0 : random_width(r, 6);
		e->word_df = e->word_sole ? t->term.df : 1 + random_width(r, 9);
	}
}

static void write(struct made *made)
{
	cr_assert_eq(lexicon_writer_init(&made->writer, NULL), NS_OK);
	for (unsigned i = 0; i < made->n; i++)
		lexicon_writer_add(&made->writer, &made->entries[i]);
	cr_assert_eq(lexicon_writer_finish(&made->writer, NULL), NS_OK);
	struct buffer *chunk[] = {&made->writer.keys, &made->writer.offsets,
	                          &made->writer.blocks};
	struct slice slice[3];
	for (unsigned i = 0; i < 3; i++) {
		size_t len = chunk[i]->len;
		buffer_zeros(chunk[i], 64);
		slice[i] = slice_of(chunk[i]->data, len);
	}
	cr_assert_eq(lexicon_open(&made->lexicon, slice[0], slice[1], slice[2],
	                          DOCS, "test", NULL), NS_OK);
}

static void release(struct made *made)
{
	lexicon_release(&made->lexicon);
	lexicon_writer_release(&made->writer);
}

static void same(const struct lexicon_entry *a, const struct lexicon_entry *b)
{
	cr_assert_eq(a->entry, b->entry);
	cr_assert_eq(order(a, b), 0);
	cr_assert_eq(a->is_term, b->is_term);
	cr_assert_eq(a->is_word, b->is_word);
	if (a->is_term) {
		cr_assert_eq(a->term.df, b->term.df);
		cr_assert_eq(a->term.cf, b->term.cf);
		cr_assert_eq(a->term.n_forms, b->term.n_forms);
		cr_assert_eq(a->term.post, b->term.post);
		cr_assert_eq(a->term.posn, b->term.posn);
		cr_assert_eq(a->term.doc, b->term.doc);
		cr_assert_eq(a->term.position, b->term.position);
	}
	if (a->is_word) {
		cr_assert_eq(a->word_term, b->word_term);
		cr_assert_eq(a->word_form, b->word_form);
		cr_assert_eq(a->word_df, b->word_df);
		cr_assert_eq(a->word_sole, b->word_sole);
	}
}

Test(lexicon, entries_come_back)
{
	struct random r = random_start(1);
	struct made *made = calloc(1, sizeof *made);
	for (int round = 0; round < 20; round++) {
		struct lexicon_entry got;
		bool found;
		make(&r, made, ENTRIES);
		write(made);
		struct ns_error err;
		cr_assert_eq(lexicon_check(&made->lexicon, &err), NS_OK, "%s",
		             err.message);
		uint32_t at = 0;
		for (unsigned i = 0; i < made->n; i++) {
			const struct lexicon_entry *e = &made->entries[i];
			struct slice key = slice_of(e->key, e->key_len);
			cr_assert_eq(at, e->entry);
			cr_assert_eq(lexicon_get(&made->lexicon, at, &got,
			                         NULL), NS_OK);
			same(e, &got);
			cr_assert_eq(lexicon_find(&made->lexicon, e->field, key,
			                          &got, &found, NULL), NS_OK);
			cr_assert(found, "seed %lu", r.seed);
			same(e, &got);
			at = lexicon_next(&made->lexicon, at);
		}
		cr_assert_eq(at, lexicon_end(&made->lexicon));
		release(made);
	}
	free(made);
}

Test(lexicon, absent_keys_and_lower_bounds)
{
	struct random r = random_start(2);
	struct made *made = calloc(1, sizeof *made);
	make(&r, made, ENTRIES);
	write(made);
	for (int i = 0; i < 20000; i++) {
		struct lexicon_entry probe, got;
		bool found, there = false;
		uint32_t bound;
		make_key(&r, &probe);
		struct slice key = slice_of(probe.key, probe.key_len);
		unsigned low = 0;
		while (low < made->n && order(&made->entries[low], &probe) < 0)
			low++;
		there = low < made->n && !order(&made->entries[low], &probe);
		cr_assert_eq(lexicon_find(&made->lexicon, probe.field, key,
		                          &got, &found, NULL), NS_OK);
		cr_assert_eq(found, there, "seed %lu", r.seed);
		cr_assert_eq(lexicon_lower_bound(&made->lexicon, probe.field,
		                                 key, &bound, NULL), NS_OK);
		uint32_t wanted = low < made->n ? made->entries[low].entry
		                                : lexicon_end(&made->lexicon);
		cr_assert_eq(bound, wanted, "seed %lu", r.seed);
	}
	release(made);
	free(made);
}

/* The entry with this field and key, by looking at each. */
static const struct lexicon_entry *scan(const struct made *made,
                                        const struct lexicon_entry *probe)
{
	for (unsigned i = 0; i < made->n; i++)
		if (!order(&made->entries[i], probe))
			return &made->entries[i];
	return NULL;
}

static void find_word(const struct made *made, const struct lexicon_entry *probe,
                      const struct lexicon_entry *wanted)
{
	struct slice key = slice_of(probe->key, probe->key_len);
	const struct lexicon_entry *term = NULL;
	struct lexicon_word got;
	bool found;
	cr_assert_eq(lexicon_find_word(&made->lexicon, probe->field, key, &got,
	                               &found, NULL), NS_OK);
	cr_assert_eq(found, wanted && wanted->is_word);
	if (!found)
		return;
	for (unsigned i = 0; i < made->n && !term; i++)
		if (made->entries[i].entry == wanted->word_term)
			term = &made->entries[i];
	cr_assert_eq(got.key_len, term->key_len);
	cr_assert_arr_eq(got.key, term->key, got.key_len);
	cr_assert_eq(got.term.entry, term->entry);
	cr_assert_eq(got.term.df, term->term.df);
	cr_assert_eq(got.form, wanted->word_form);
	cr_assert_eq(got.df, wanted->word_df);
	cr_assert_eq(got.sole, wanted->word_sole);
}

static void find_all(const struct made *made, const struct lexicon_entry *probe)
{
	struct slice key = slice_of(probe->key, probe->key_len);
	const struct lexicon_entry *wanted = scan(made, probe);
	struct lexicon_entry got;
	struct lexicon_term term;
	bool found;
	cr_assert_eq(lexicon_find(&made->lexicon, probe->field, key, &got,
	                          &found, NULL), NS_OK);
	cr_assert_eq(found, wanted != NULL);
	if (found)
		same(wanted, &got);
	cr_assert_eq(lexicon_find_term(&made->lexicon, probe->field, key, &term,
	                               &found, NULL), NS_OK);
	cr_assert_eq(found, wanted && wanted->is_term);
	if (found)
		cr_assert_eq(term.post, wanted->term.post);
	find_word(made, probe, wanted);
}

Test(lexicon, every_kernel_finds_what_a_scan_finds)
{
	struct random r = random_start(4);
	struct made *made = calloc(1, sizeof *made);
	fprintf(stderr, "seed %lu\n", r.seed);
	for (int round = 0; round < 6; round++) {
		/* few: no level above the separators, one, several */
		make(&r, made, round % 3 ? random_below(&r, 900) : ENTRIES);
		write(made);
		for (int level = CPU_SCALAR; level <= (int)cpu_level(); level++) {
			made->lexicon.search =
				lexicon_tree_search((enum cpu_level)level);
			for (int i = 0; i < 400; i++) {
				struct lexicon_entry probe;
				make_key(&r, &probe);
				if (made->n && i % 2)
					probe = made->entries[
						random_below(&r, made->n)];
				find_all(made, &probe);
			}
		}
		release(made);
	}
	free(made);
}

Test(lexicon, parts_add_up_to_the_chunks)
{
	struct random r = random_start(9);
	struct made *made = calloc(1, sizeof *made);
	for (unsigned n = 1; n <= ENTRIES; n += 1 + n / 2) {
		struct lexicon_cost cost[FIELD_END] = {0};
		uint64_t all = 0, terms = 0, words = 0;
		make(&r, made, n);
		write(made);
		cr_assert_eq(lexicon_measure(&made->lexicon, cost, NULL), NS_OK);
		for (unsigned i = 0; i < FIELD_END; i++)
			all += lexicon_cost_all(&cost[i]);
		cr_assert_eq(all, made->lexicon.keys.len +
		                  made->lexicon.offsets.len +
		                  made->lexicon.blocks.len, "seed %lu", r.seed);
		for (unsigned i = 0; i < made->n; i++) {
			terms += made->entries[i].is_term;
			words += made->entries[i].is_word;
		}
		for (unsigned i = 0; i < FIELD_END; i++) {
			terms -= cost[i].n_terms;
			words -= cost[i].n_words;
		}
		cr_assert(!terms && !words, "seed %lu", r.seed);
		release(made);
	}
	free(made);
}

Test(lexicon, damaged_bytes_never_crash)
{
	struct random r = random_start(3);
	struct made *made = calloc(1, sizeof *made);
	make(&r, made, ENTRIES);
	write(made);
	struct slice *chunks[] = {&made->lexicon.keys, &made->lexicon.offsets,
	                          &made->lexicon.blocks};
	for (int i = 0; i < 3000; i++) {
		struct slice *chunk = chunks[random_below(&r, 3)];
		uint8_t *byte = (uint8_t *)(uintptr_t)chunk->data +
			random_below(&r, (uint32_t)chunk->len);
		uint8_t kept = *byte;
		struct lexicon_entry got;
		bool found;
		*byte ^= (uint8_t)(1 + random_below(&r, 255));
		for (int j = 0; j < 20; j++) {
			const struct lexicon_entry *e =
				&made->entries[random_below(&r, made->n)];
			lexicon_find(&made->lexicon, e->field,
			             slice_of(e->key, e->key_len), &got, &found,
			             NULL);
			lexicon_get(&made->lexicon, e->entry, &got, NULL);
		}
		if (i % 50 == 0) {
			struct lexicon_cost cost[FIELD_END] = {0};
			lexicon_check(&made->lexicon, NULL);
			lexicon_measure(&made->lexicon, cost, NULL);
		}
		*byte = kept;
	}
	release(made);
	free(made);
}

/* ---- bytes that nobody wrote --------------------------------------------- */

static void fill(struct random *r, uint8_t *bytes, size_t len, unsigned kind)
{
	for (size_t i = 0; i < len; i++) /* noise, small numbers, ones */
		bytes[i] = kind == 0 ? (uint8_t)random_u64(r)
		         : kind == 1 ? (uint8_t)random_below(r, 9)
		                     : (uint8_t)(random_u64(r) | 0xE0);
}

/* Offsets that rise slowly, so that blocks are read; every chunk ends where its
 * padding ends. */
static void make_noise(struct random *r, struct lexicon *out, uint8_t *chunk[3])
{
	uint32_t n = random_below(r, 100), at = 0;
	size_t len[3] = {8 * n, 8 + 4 * (n + 1), 4 * random_below(r, 3000)};
	for (unsigned i = 0; i < 3; i++) {
		chunk[i] = calloc(1, len[i] + 64);
		fill(r, chunk[i], len[i], random_below(r, 3));
	}
	store_u32(chunk[1], n);
	store_u32(chunk[1] + 4, random_below(r, 32 * n + 1));
	for (uint32_t i = 0; i <= n && random_below(r, 90); i++) {
		store_u32(chunk[1] + 8 + 4 * i, at);
		if (4 * at < len[2])
			chunk[2][4 * at] = (uint8_t)random_below(r, 34);
		if (4 * at + 3 < len[2])
			chunk[2][4 * at + 3] = (uint8_t)!random_below(r, 20);
		at += random_below(r, 150);
	}
	cr_assert_eq(lexicon_open(out, slice_of(chunk[0], len[0]),
	                          slice_of(chunk[1], len[1]),
	                          slice_of(chunk[2], len[2]), 1000, "noise",
	                          NULL), NS_OK);
}

Test(lexicon, noise_is_refused_or_harmless)
{
	struct random r = random_start(5);
	fprintf(stderr, "seed %lu\n", r.seed);
	for (int round = 0; round < 3000; round++) {
		struct lexicon lexicon;
		uint8_t *chunk[3];
		make_noise(&r, &lexicon, chunk);
		for (int i = 0; i < 40; i++) {
			struct lexicon_entry probe, entry;
			struct lexicon_word word;
			struct lexicon_term term;
			uint32_t bound;
			bool found;
			make_key(&r, &probe);
			struct slice key = slice_of(probe.key, probe.key_len);
			lexicon.search = lexicon_tree_search((enum cpu_level)
				random_below(&r, (uint32_t)cpu_level() + 1));
			lexicon_find(&lexicon, probe.field, key, &entry,
			             &found, NULL);
			lexicon_find_word(&lexicon, probe.field, key, &word,
			                  &found, NULL);
			lexicon_find_term(&lexicon, probe.field, key, &term,
			                  &found, NULL);
			lexicon_lower_bound(&lexicon, probe.field, key, &bound,
			                    NULL);
			lexicon_get(&lexicon, random_below(&r, 4000), &entry,
			            NULL);
			lexicon_next(&lexicon, random_below(&r, 4000));
		}
		lexicon_check(&lexicon, NULL);
		lexicon_release(&lexicon);
		for (unsigned i = 0; i < 3; i++)
			free(chunk[i]);
	}
}

/* ---- the tree alone ------------------------------------------------------ */

static int order_numbers(const void *a, const void *b)
{
	uint64_t x = load_u64(a), y = load_u64(b);
	return (x > y) - (x < y);
}

Test(lexicon, tree_counts_as_a_scan_does)
{
	enum { MOST = 5000 };
	struct random r = random_start(6);
	fprintf(stderr, "seed %lu\n", r.seed);
	for (int round = 0; round < 300; round++) {
		uint32_t n = random_below(&r, round % 4 ? 90 : MOST);
		unsigned shift = random_below(&r, 64);
		bool sorted = round % 3;
		uint8_t *leaves = calloc(n + 8, 8);
		for (uint32_t i = 0; i < n; i++)
			store_u64(leaves + 8 * i, random_u64(&r) >> shift);
		if (sorted)
			qsort(leaves, n, 8, order_numbers);
		struct lexicon_tree tree;
		cr_assert_eq(lexicon_tree_init(&tree, slice_of(leaves, 8 * n),
		                               NULL), NS_OK);
		for (int i = 0; i < 200; i++) {
			uint64_t target = random_u64(&r) >> shift >> 1;
			if (n && i % 2)
				target = load_u64(leaves + 8 * random_below(
					&r, n)) - random_below(&r, 2);
			target = min_u64(target, UINT64_MAX - 1);
			uint32_t wanted = 0, got = 0;
			for (uint32_t j = 0; j < n; j++)
				wanted += load_u64(leaves + 8 * j) <= target;
			for (int l = CPU_SCALAR; l <= (int)cpu_level(); l++) {
				uint32_t rank = lexicon_tree_search(
					(enum cpu_level)l)(&tree, target);
				cr_assert(!sorted || rank == wanted,
				          "level %d seed %lu", l, r.seed);
				cr_assert(l == CPU_SCALAR || rank == got,
				          "level %d seed %lu", l, r.seed);
				cr_assert_leq(rank, n);
				got = rank;
			}
		}
		lexicon_tree_release(&tree);
		free(leaves);
	}
}
