#include <criterion/criterion.h>

#include "format/list.h"
#include "random_list.h"

/* Aligned as the engine has it. */
static struct list list;

static bool has_words(const struct sample *s)
{
	return field_has_words(s->term.field);
}

static void write_list(struct random *r, struct sample *s, uint32_t df)
{
	sample_write(r, s, df, random_below(r, 3) ? FIELD_TEXT : FIELD_SECTION,
	             300);
}

static void open_list(const struct sample *s)
{
	struct ns_error err;
	cr_assert_eq(list_open(&list, &s->source, &s->term, &err), NS_OK, "%s",
	             err.message);
	list.err = NULL;
	cr_assert_eq(list.unit, LIST_NONE);
	cr_assert_eq(list.df, s->df);
	cr_assert_eq(list.n_units, (s->df + BLOCK_DOCS - 1) / BLOCK_DOCS);
}

static uint32_t below(const struct sample *s, uint64_t target)
{
	uint32_t low = 0, high = s->df;
	while (low < high) {
		uint32_t middle = low + (high - low) / 2;
		if (s->docs[middle] < target)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* Many short lists, then a few long ones, of up to 20,000 docs. */
static uint32_t some_df(struct random *r, unsigned round)
{
	return round % 16 ? random_df(r)
	                  : random_below(r, 4) ? 5000 + random_below(r, 15001)
	                                       : 20000;
}

/* ---- units ------------------------------------------------------------- */

/* list_below against the numbers of docs, around each and beside the unit. */
static void check_below(const struct sample *s, uint32_t unit, struct random *r)
{
	uint32_t first = unit * BLOCK_DOCS, n = list.n;
	const uint32_t *docs = s->docs + first;
	cr_assert_eq(list_below(&list, 0), 0u);
	cr_assert_eq(list_below(&list, UINT32_MAX), n);
	for (unsigned i = 0; i < 40; i++) {
		uint32_t target = docs[random_below(r, n)] + random_below(r, 3);
		target -= target > 0;
		if (i > 30)
			target = random_below(r, s->doc_count);
		uint32_t want = below(s, target);
		want = want < first ? 0 : min_u32(want - first, n);
		cr_assert_eq(list_below(&list, target), want,
		             "seed %lu, unit %u, target %u", r->seed, unit,
		             target);
	}
}

/* Docs, frequencies and searches in any order: each decodes what it needs. */
static void check_unit(const struct sample *s, uint32_t unit, struct random *r)
{
	uint32_t first = unit * BLOCK_DOCS;
	uint32_t n = min_u32(s->df - first, BLOCK_DOCS);
	unsigned order = random_below(r, 4);
	cr_assert(list_load(&list, unit));
	cr_assert_eq(list.n, n);
	cr_assert_leq(list.before, s->docs[first]);
	cr_assert_eq(list.last, s->docs[first + n - 1]);
	cr_assert_geq(list_unit_last(&list, unit), list.last);
	if (order & 1)
		check_below(s, unit, r);
	if (has_words(s) && order & 2)
		list_tfs(&list);
	const uint32_t *docs = list_docs(&list);
	cr_assert(!memcmp(docs, s->docs + first, n * sizeof *docs),
	          "seed %lu, unit %u", r->seed, unit);
	for (uint32_t i = n; i < BLOCK_DOCS; i++)
		cr_assert_eq(docs[i], UINT32_MAX);
	if (has_words(s))
		cr_assert(!memcmp(list_tfs(&list), s->tfs + first,
		                  n * sizeof *docs),
		          "seed %lu, unit %u", r->seed, unit);
	check_below(s, unit, r);
}

Test(list, units_are_those_of_the_plain_arrays)
{
	struct random r = random_start(1);
	unsigned kinds[3] = {0};
	for (unsigned round = 0; round < 200; round++) {
		struct sample s;
		write_list(&r, &s, some_df(&r, round));
		open_list(&s);
		for (uint32_t unit = 0; unit < list.n_units; unit++) {
			check_unit(&s, unit, &r);
			kinds[list.kind]++;
		}
		/* and back to any */
		for (unsigned i = 0; i < 5; i++)
			check_unit(&s, random_below(&r, list.n_units), &r);
		cr_assert_eq(list.status, NS_OK);
		sample_release(&s);
	}
	cr_assert(kinds[LIST_DOCS] > 100 && kinds[LIST_RUN] > 100 &&
	          kinds[LIST_BITSET] > 100, "%u, %u, %u", kinds[0], kinds[1],
	          kinds[2]);
}

Test(list, the_unit_of_a_doc_is_found_from_any_earlier_one)
{
	struct random r = random_start(2);
	for (unsigned round = 0; round < 150; round++) {
		struct sample s;
		write_list(&r, &s, some_df(&r, round));
		open_list(&s);
		for (unsigned i = 0; i < 200; i++) {
			uint32_t target = random_below(&r, 2)
				? s.docs[random_below(&r, s.df)]
				: random_below(&r, s.doc_count);
			uint32_t from = random_below(&r, list.n_units + 1);
			uint32_t want = from, n = list.n_blocks;
			while (want < n && s.docs[want * BLOCK_DOCS +
			                          BLOCK_DOCS - 1] < target)
				want++;
			cr_assert_eq(list_unit_of(&list, from, target), want,
			             "seed %lu, from %u, target %u", r.seed,
			             from, target);
		}
		sample_release(&s);
	}
}

/* ---- probes ------------------------------------------------------------ */

enum { MOST = 700 };

/* Rising docs from `from` on; some are in the list, some beside it. */
static size_t make_docs(struct random *r, const struct sample *s, uint32_t from,
                        uint32_t docs[MOST])
{
	size_t n = random_width(r, 9) + random_below(r, MOST - 512), i = 0;
	unsigned spread = random_below(r, 12), near = random_below(r, 6);
	uint32_t next = below(s, from);
	for (; i < n; i++) {
		uint64_t doc = from + (uint64_t)random_width(r, spread);
		if (next < s->df && random_below(r, near + 1)) {
			next += random_below(r, 4) ? 0 : random_width(r, 3);
			if (next < s->df)
				doc = s->docs[next];
		}
		if (doc >= s->doc_count)
			break;
		docs[i] = (uint32_t)doc;
		from = docs[i] + 1;
		while (next < s->df && s->docs[next] < from)
			next++;
	}
	return i;
}

static void probe_once(struct random *r, const struct sample *s,
                       const uint32_t *docs, size_t n)
{
	size_t room = (n + 1) * sizeof(uint32_t);
	uint32_t *which = malloc(room), *tfs = malloc(room);
	struct list_place *places = malloc((n + 1) * sizeof *places);
	bool want_tfs = has_words(s) && random_below(r, 3);
	bool want_places = random_below(r, 2);
	which[n] = tfs[n] = places[n].unit = 0xDEADBEEF;
	size_t found = list_probe(&list, docs, n, which, want_tfs ? tfs : NULL,
	                          want_places ? places : NULL), k = 0;
	for (uint32_t j = 0; j < n; j++) {
		uint32_t at = below(s, docs[j]);
		if (at == s->df || s->docs[at] != docs[j])
			continue;
		cr_assert_lt(k, found, "seed %lu, doc %u", r->seed, docs[j]);
		cr_assert_eq(which[k], j, "seed %lu, doc %u", r->seed, docs[j]);
		cr_assert(!want_tfs || tfs[k] == s->tfs[at],
		          "seed %lu, doc %u", r->seed, docs[j]);
		cr_assert(!want_places ||
		          (places[k].unit == at / BLOCK_DOCS &&
		           places[k].i == at % BLOCK_DOCS),
		          "seed %lu, doc %u", r->seed, docs[j]);
		k++;
	}
	cr_assert_eq(found, k, "seed %lu", r->seed);
	cr_assert(which[n] == 0xDEADBEEF && tfs[n] == which[n] &&
	          places[n].unit == which[n]);
	free(which);
	free(tfs);
	free(places);
}

/* Rising docs over several calls, the last doc of one call asked for again by
 * the next now and then; then from the start again. */
static void probe_twice(struct random *r, const struct sample *s)
{
	uint32_t docs[MOST];
	for (unsigned pass = 0; pass < 2; pass++) {
		uint32_t from = random_below(r, 2)
			? 0 : random_below(r, s->doc_count);
		for (unsigned call = 0; call < 20; call++) {
			size_t n = make_docs(r, s, from, docs);
			probe_once(r, s, docs, n);
			if (n)
				from = docs[n - 1] + random_below(r, 2);
			if (!random_below(r, 6))
				from += random_width(r, 14);
			if (from >= s->doc_count)
				break;
		}
		list_rewind(&list);
	}
}

Test(list, probes_find_what_the_plain_arrays_hold)
{
	struct random r = random_start(3);
	for (unsigned round = 0; round < 150; round++) {
		struct sample s;
		write_list(&r, &s, some_df(&r, round));
		open_list(&s);
		probe_twice(&r, &s);
		cr_assert_eq(list.status, NS_OK);
		sample_release(&s);
	}
}

/* Every doc of the list at once, and all docs that there are. */
Test(list, probes_for_everything)
{
	struct random r = random_start(4);
	for (unsigned round = 0; round < 60; round++) {
		struct sample s;
		write_list(&r, &s, random_df(&r));
		open_list(&s);
		probe_once(&r, &s, s.docs, s.df);
		list_rewind(&list);
		uint32_t n = min_u32(s.doc_count, 30000);
		uint32_t *all = malloc(n * sizeof *all);
		for (uint32_t i = 0; i < n; i++)
			all[i] = i;
		probe_once(&r, &s, all, n);
		free(all);
		sample_release(&s);
	}
}

/* ---- bitmaps ----------------------------------------------------------- */

/* A window, over bits that are set already. */
static void fill_once(struct random *r, const struct sample *s, uint32_t first,
                      uint32_t words)
{
	uint64_t *bitmap = malloc((words + 1) * sizeof *bitmap);
	uint8_t *want = malloc((words + 1) * sizeof *bitmap);
	for (uint32_t w = 0; w <= words; w++)
		bitmap[w] = random_u64(r) & random_u64(r) & random_u64(r);
	memcpy(want, bitmap, (words + 1) * sizeof *bitmap);
	uint32_t end = first + 64 * words;
	for (uint32_t i = below(s, first); i < s->df && s->docs[i] < end; i++)
		want[(s->docs[i] - first) / 8] |=
			(uint8_t)(1u << (s->docs[i] - first) % 8);
	list_fill(&list, first, end, bitmap);
	cr_assert(!memcmp(bitmap, want, (words + 1) * sizeof *bitmap),
	          "seed %lu, %u words from %u on", r->seed, words, first);
	free(bitmap);
	free(want);
}

Test(list, bitmaps_hold_the_docs_of_a_range)
{
	struct random r = random_start(5);
	for (unsigned round = 0; round < 150; round++) {
		struct sample s;
		write_list(&r, &s, some_df(&r, round));
		open_list(&s);
		for (unsigned pass = 0; pass < 2; pass++) {
			uint32_t first = random_width(&r, 10), calls = 0;
			unsigned width = random_below(&r, 9);
			while (first < s.doc_count + 200 && calls++ < 60) {
				uint32_t words = random_width(&r, width);
				fill_once(&r, &s, first, words);
				first += 64 * words + random_width(&r, 8);
			}
			list_rewind(&list);
		}
		cr_assert_eq(list.status, NS_OK);
		sample_release(&s);
	}
}

/* Windows that end, and windows that start, around the end of each unit. */
Test(list, bitmaps_that_end_where_units_do)
{
	struct random r = random_start(9);
	for (unsigned round = 0; round < 60; round++) {
		struct sample s;
		write_list(&r, &s, random_df(&r));
		open_list(&s);
		for (uint32_t i = 0; i < s.df; i += BLOCK_DOCS)
			for (uint32_t by = 0; by < 10; by++) {
				uint32_t words = 1 + random_below(&r, 3);
				uint32_t edge = s.docs[i] + by / 2;
				edge -= min_u32(edge, 2);
				if (by % 2)
					edge -= min_u32(edge, 64 * words);
				list_rewind(&list);
				fill_once(&r, &s, edge, words);
			}
		sample_release(&s);
	}
}

/* Probes and bitmaps by turns, as long as they rise. */
Test(list, probes_and_bitmaps_by_turns)
{
	struct random r = random_start(6);
	for (unsigned round = 0; round < 150; round++) {
		uint32_t docs[MOST], from = 0;
		struct sample s;
		write_list(&r, &s, some_df(&r, round));
		open_list(&s);
		for (unsigned call = 0; call < 30 && from < s.doc_count;
		     call++) {
			if (random_below(&r, 2)) {
				uint32_t words = random_width(&r, 6);
				fill_once(&r, &s, from, words);
				from += 64 * words;
				continue;
			}
			size_t n = make_docs(&r, &s, from, docs);
			probe_once(&r, &s, docs, n);
			from = n ? docs[n - 1] + 1 : from;
		}
		sample_release(&s);
	}
}

/* ---- damage ------------------------------------------------------------ */

Test(list, what_cannot_be_a_list_is_not_opened)
{
	struct random r = random_start(7);
	struct sample s;
	sample_write(&r, &s, 600, FIELD_TEXT, 300);
	const struct lexicon_term good = s.term;
	s.term.df = 0;
	cr_assert_eq(list_open(&list, &s.source, &s.term, NULL), NS_E_CORRUPT);
	s.term.df = s.doc_count + 1;
	cr_assert_eq(list_open(&list, &s.source, &s.term, NULL), NS_E_CORRUPT);
	s.term = good;
	s.term.cf = 599;
	cr_assert_eq(list_open(&list, &s.source, &s.term, NULL), NS_E_CORRUPT);
	s.term = good;
	s.term.post = s.source.post.len + 1;
	cr_assert_eq(list_open(&list, &s.source, &s.term, NULL), NS_E_CORRUPT);
	sample_release(&s);
}

/* A unit that cannot be is empty, and the others are read. */
Test(list, a_damaged_unit_is_empty_and_told)
{
	struct random r = random_start(8);
	struct sample s;
	struct ns_error err;
	uint32_t which[1500];
	sample_write(&r, &s, 1500, FIELD_TEXT, 300);
	cr_assert_eq(list_open(&list, &s.source, &s.term, &err), NS_OK);
	/* the encoding of the docs of block 1 becomes none */
	s.post[list.directory.data - s.post +
	       load_u32(list.directory.data_ends)] = 0x40;
	cr_assert_eq(list_probe(&list, s.docs, 1500, which, NULL, NULL),
	             1500u - BLOCK_DOCS);
	for (uint32_t k = 0; k < 1500 - BLOCK_DOCS; k++)
		cr_assert_eq(which[k], k < BLOCK_DOCS ? k : k + BLOCK_DOCS);
	cr_assert_eq(list.status, NS_E_CORRUPT);
	cr_assert(strstr(err.message, "unit 1 of a list of 1500 docs"), "%s",
	          err.message);
	cr_assert_not(list_load(&list, 1));
	cr_assert_eq(list.n, 0u);
	sample_release(&s);
}
