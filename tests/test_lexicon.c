#include <criterion/criterion.h>

#include "base/bits.h"
#include "format/lexicon.h"
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
	for (unsigned i = 0; i < len; i++)
		entry->key[i] = random_below(r, 50)
			? (uint8_t)('a' + random_below(r, letters))
			: (uint8_t)random_u64(r);
	entry->field = (uint8_t)(1 + random_width(r, 8) % (FIELD_END - 1));
}

static void make_numbers(struct random *r, struct lexicon_entry *e)
{
	bool words = field_has_words(e->field);
	e->term = (struct lexicon_term){0};
	e->is_term = !words || random_below(r, 3);
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

/* Entries sorted, unique, numbered, and words pointed at terms. */
static void make(struct random *r, struct made *made)
{
	made->n = 0;
	for (unsigned i = 0; i < ENTRIES; i++)
		make_key(r, &made->entries[i]);
	qsort(made->entries, ENTRIES, sizeof *made->entries, order);
	for (unsigned i = 0; i < ENTRIES; i++)
		if (!made->n || order(&made->entries[made->n - 1],
		                      &made->entries[i]))
			made->entries[made->n++] = made->entries[i];
	uint32_t number = 0;
	for (unsigned i = 0; i < made->n; i++) {
		struct lexicon_entry *e = &made->entries[i];
		if (i && e->field != e[-1].field)
			number = (number + 31) / 32 * 32;
		e->entry = number++;
		make_numbers(r, e);
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
		make(&r, made);
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
		lexicon_writer_release(&made->writer);
	}
	free(made);
}

Test(lexicon, absent_keys_and_lower_bounds)
{
	struct random r = random_start(2);
	struct made *made = calloc(1, sizeof *made);
	make(&r, made);
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
	lexicon_writer_release(&made->writer);
	free(made);
}

Test(lexicon, damaged_bytes_never_crash)
{
	struct random r = random_start(3);
	struct made *made = calloc(1, sizeof *made);
	make(&r, made);
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
		if (i % 50 == 0)
			lexicon_check(&made->lexicon, NULL);
		*byte = kept;
	}
	lexicon_writer_release(&made->writer);
	free(made);
}
