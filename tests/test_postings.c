#include <criterion/criterion.h>

#include "base/bits.h"
#include "format/block.h"
#include "format/forms.h"
#include "format/impact.h"
#include "format/list_places.h"
#include "format/places.h"
#include "format/postings.h"
#include "format/postings_cost.h"
#include "random_list.h"

Test(impact, codes_of_lengths_round_down)
{
	uint8_t last = 0;
	for (uint32_t length = 0; length <= LENGTH_MAX; length++) {
		uint8_t code = impact_length_code(length);
		uint32_t back = impact_code_length(code);
		cr_assert_leq(back, length);
		cr_assert(back * 9 / 8 + 1 >= length, "%u became %u", length,
		          back);
		cr_assert_geq(code, last);
		cr_assert_eq(impact_length_code(back), code);
		last = code;
	}
}

Test(block, every_encoding_round_trips)
{
	struct random r = random_start(3);
	unsigned seen[4] = {0};
	for (int round = 0; round < 3000; round++) {
		struct buffer out;
		uint32_t docs[256], tfs[256], back[256];
		const uint8_t *end;
		buffer_init(&out, SIZE_MAX);
		random_docs(&r, docs, 256);
		uint8_t enc = block_write_docs(docs, 0, &out);
		size_t size = out.len;
		seen[enc == 0 ? 0 : enc < 0x20 ? 1 : enc < 0x80 ? 2 : 3]++;
		for (unsigned i = 0; i < 256; i++)
			tfs[i] = 1 + (random_below(&r, 20) ? random_below(&r, 3)
			                                   : random_width(&r, 20));
		uint8_t tf_enc = block_write_tfs(tfs, &out);
		size_t all = out.len;
		buffer_zeros(&out, 64);
		cr_assert(block_read_docs(enc, out.data, out.data + size, 0,
		                          docs[255], back, &end),
		          "seed %lu round %d", r.seed, round);
		cr_assert_eq(end, out.data + size);
		cr_assert(!memcmp(docs, back, sizeof back));
		cr_assert(block_read_tfs(tf_enc, out.data + size,
		                         out.data + all, back, &end));
		cr_assert_eq(end, out.data + all);
		cr_assert(!memcmp(tfs, back, sizeof back));
		if (size)
			cr_assert(!block_read_docs(enc, out.data,
			                           out.data + size - 1, 0,
			                           docs[255], back, &end) ||
			          end != out.data + size);
		buffer_release(&out);
	}
	for (unsigned i = 0; i < 4; i++)
		cr_assert(seen[i], "encoding %u never chosen", i);
}

Test(forms, every_mode_round_trips)
{
	struct random r = random_start(4);
	unsigned seen[4] = {0};
	for (int round = 0; round < 4000; round++) {
		uint32_t forms[600], back[600], n_forms = 2 + random_width(&r, 9);
		size_t n = 1 + random_below(&r, 600);
		unsigned style = random_below(&r, 5);
		uint32_t same = random_below(&r, n_forms);
		for (size_t i = 0; i < n; i++)
			forms[i] = style == 0 ? 0 : style == 1 ? same
				: style == 2 ? random_below(&r, n_forms)
				: style == 3 ? (random_below(&r, 40) ? 0
				                : random_below(&r, n_forms))
				: random_below(&r, 3) ? 0
				: random_below(&r, n_forms);
		struct buffer out;
		buffer_init(&out, SIZE_MAX);
		forms_write(forms, n, &out);
		size_t size = out.len;
		seen[out.data[0]]++;
		buffer_zeros(&out, 64);
		struct reader reader = reader_of(slice_of(out.data, size));
		cr_assert(forms_read(&reader, n_forms, n, back),
		          "seed %lu round %d", r.seed, round);
		cr_assert_eq(reader_left(&reader), 0u);
		cr_assert(!memcmp(forms, back, n * sizeof *back));
		reader = reader_of(slice_of(out.data, size - 1));
		cr_assert(!forms_read(&reader, n_forms, n, back));
		buffer_release(&out);
	}
	for (unsigned i = 0; i < 4; i++)
		cr_assert(seen[i], "mode %u never chosen", i);
}

static void walk_all(struct sample *s, uint8_t field, uint64_t seed)
{
	struct postings_cursor cursor;
	struct ns_error err;
	cr_assert_eq(postings_open(&cursor, &s->source, &s->term, &err), NS_OK,
	             "%s, seed %lu", err.message, seed);
	for (size_t i = 0, k = 0; i < s->df; i++) {
		const uint32_t *positions, *forms;
		cr_assert_eq(cursor.doc, s->docs[i], "seed %lu", seed);
		cr_assert_eq(postings_tf(&cursor), s->tfs[i]);
		if (field_has_words(field)) {
			cr_assert_eq(postings_places(&cursor, &positions,
			                             &forms), NS_OK);
			for (uint32_t j = 0; j < s->tfs[i]; j++, k++) {
				cr_assert_eq(positions[j], s->positions[k]);
				if (forms)
					cr_assert_eq(forms[j], s->forms[k]);
			}
		}
		postings_next(&cursor);
	}
	cr_assert_eq(cursor.doc, POSTINGS_END);
	cr_assert_eq(postings_next(&cursor), POSTINGS_END, "absorbing");
	cr_assert_eq(postings_seek(&cursor, 1), POSTINGS_END);
	cr_assert_eq(cursor.status, NS_OK);
	postings_release(&cursor);
}

/* seek against a linear search */
static void seek_around(struct random *r, struct sample *s)
{
	struct postings_cursor cursor;
	cr_assert_eq(postings_open(&cursor, &s->source, &s->term, NULL), NS_OK);
	uint32_t target = 0, i = 0, step = random_width(r, 13);
	while (cursor.doc != POSTINGS_END) {
		if (random_below(r, 4) == 0) {
			postings_next(&cursor);
			i++;
		} else {
			target = cursor.doc + random_below(r, step + 2);
			postings_seek(&cursor, target);
			while (i < s->df && s->docs[i] < target)
				i++;
		}
		cr_assert_eq(cursor.doc, i < s->df ? s->docs[i] : POSTINGS_END,
		             "seek %u, seed %lu", target, r->seed);
		if (i < s->df && random_below(r, 3) == 0)
			cr_assert_eq(postings_tf(&cursor), s->tfs[i]);
	}
	postings_release(&cursor);
}

Test(postings, lists_come_back)
{
	struct random r = random_start(5);
	for (int round = 0; round < 400; round++) {
		struct sample s;
		static const uint8_t fields[] = {FIELD_TEXT, FIELD_TEXT,
			FIELD_SECTION, FIELD_PAIR};
		uint8_t field = fields[random_below(&r, 4)];
		sample_write(&r, &s, random_df(&r), field, 300);
		struct ns_error err;
		cr_assert_eq(postings_check(&s.source, &s.term, s.lengths, 300,
		                            &err), NS_OK, "%s, seed %lu",
		             err.message, r.seed);
		walk_all(&s, field, r.seed);
		seek_around(&r, &s);
		sample_release(&s);
	}
}

/* The parts of a list add up to the bytes that the writer appended. */
Test(postings, parts_of_a_list_add_up)
{
	struct random r = random_start(8);
	struct postings_meter meter = {0};
	for (int round = 0; round < 400; round++) {
		struct sample s;
		struct postings_cost cost = {0};
		uint8_t field = random_below(&r, 3) ? FIELD_TEXT : FIELD_SECTION;
		sample_write(&r, &s, random_df(&r), field, 300);
		cr_assert_eq(postings_measure(&meter, &s.source, &s.term, &cost,
		                              NULL), NS_OK, "seed %lu", r.seed);
		/* a sample is the last of its chunks */
		cr_assert_eq(postings_cost_post(&cost), s.df == 1 ? 0
		             : s.source.post.len - s.term.post);
		cr_assert_eq(postings_cost_posn(&cost),
		             field == FIELD_SECTION || s.term.cf == 1 ? 0
		             : s.source.posn.len - s.term.posn);
		cr_assert_eq(cost.forms > 0, s.term.n_forms > 1);
		cr_assert_eq(cost.docs > 0, s.df >= BLOCK_DOCS);
		cr_assert_eq(cost.tails > 0, s.df > 1 && s.df % BLOCK_DOCS);
		sample_release(&s);
	}
	postings_meter_release(&meter);
}

static void find_lies(struct random *r, uint8_t field)
{
	struct sample s;
	sample_write(r, &s, 5000, field, 300);
	struct postings_directory dir;
	cr_assert(postings_directory(&dir, &s.source, &s.term));
	const uint8_t *const lies[] = {dir.bounds, dir.max_tfs, dir.min_lens,
	                               dir.kth};
	for (size_t i = 0; i < ARRAY_LEN(lies); i++) {
		uint8_t *byte = s.post + (lies[i] - s.post);
		*byte ^= 1;
		cr_assert_eq(postings_check(&s.source, &s.term, s.lengths, 300,
		                            NULL), NS_E_CORRUPT, "lie %zu", i);
		*byte ^= 1;
	}
	sample_release(&s);
}

Test(postings, a_lie_about_the_best_is_found)
{
	struct random r = random_start(6);
	find_lies(&r, FIELD_TEXT);
	find_lies(&r, FIELD_PAIR);
}

/* Random damage: any answer, but no step outside (run under ASan). */
Test(postings, damaged_bytes_never_crash)
{
	struct random r = random_start(7);
	struct postings_meter meter = {0};
	struct postings_cost cost = {0};
	for (int round = 0; round < 300; round++) {
		struct sample s;
		sample_write(&r, &s, random_df(&r), FIELD_TEXT, 300);
		for (int flips = 0; flips < 30; flips++) {
			struct slice *side = random_below(&r, 2)
				? &s.source.post : &s.source.posn;
			if (!side->len)
				continue;
			uint8_t *byte = (uint8_t *)(uintptr_t)side->data +
				random_below(&r, (uint32_t)side->len);
			uint8_t kept = *byte;
			*byte ^= (uint8_t)(1u << random_below(&r, 8));
			postings_check(&s.source, &s.term, s.lengths, 300, NULL);
			postings_measure(&meter, &s.source, &s.term, &cost, NULL);
			*byte = kept;
		}
		sample_release(&s);
	}
	postings_meter_release(&meter);
}

/* ---- places of chosen docs ------------------------------------------------- */

/* Where the positions of a doc of the sample start. */
static size_t *starts_of(const struct sample *s)
{
	size_t *starts = malloc((s->df + 1) * sizeof *starts);
	starts[0] = 0;
	for (uint32_t i = 0; i < s->df; i++)
		starts[i + 1] = starts[i] + s->tfs[i];
	return starts;
}

static void expect_places(struct random *r, const struct sample *s,
                          struct list_places *places, struct list_place at,
                          size_t start)
{
	uint32_t i = at.unit * BLOCK_DOCS + at.i, n = s->tfs[i];
	uint32_t shift = random_below(r, 2) ? 0 : random_width(r, 12);
	uint32_t *wanted = malloc(n * sizeof *wanted), n_wanted = 0;
	for (size_t k = start; k < start + n; k++)
		if (s->positions[k] >= shift &&
		    (places->form == LIST_ANY_FORM ||
		     places->form == s->forms[k]))
			wanted[n_wanted++] = s->positions[k] - shift;
	cr_assert_eq(list_places_seek(places, at), n, "doc %u of %u, seed %lu",
	             i, s->df, r->seed);
	if (!shift)
		cr_assert_eq(list_places_of_form(places), n_wanted);
	/* no more room than that, and in it whatever was there before */
	uint32_t *out = malloc((n + LIST_PLACES_SLACK) * sizeof *out);
	uint32_t stale = random_below(r, 2) ? -random_below(r, 4)
	                                    : random_width(r, 32);
	for (uint32_t j = 0; j < n + LIST_PLACES_SLACK; j++)
		out[j] = stale;
	cr_assert_eq(list_places_read(places, shift, out), n_wanted,
	             "doc %u of %u, seed %lu", i, s->df, r->seed);
	for (uint32_t j = 0; j < n_wanted; j++)
		cr_assert_eq(out[j], wanted[j],
		             "place %u of doc %u of %u, seed %lu", j, i, s->df,
		             r->seed);
	free(out);
	free(wanted);
}

Test(list_places, chosen_docs_have_the_places_of_all)
{
	struct random r = random_start(8);
	for (int round = 0; round < 1500; round++) {
		struct sample s;
		static struct list list;
		static struct list_places places;
		struct arena arena = {0};
		sample_write(&r, &s, random_df(&r), FIELD_TEXT, 300);
		size_t *starts = starts_of(&s);
		cr_assert_eq(list_open(&list, &s.source, &s.term, NULL), NS_OK);
		list_places_open(&places, &list, random_below(&r, 2)
			? LIST_ANY_FORM : random_below(&r, s.term.n_forms),
			&arena);
		uint32_t few = 1 + random_width(&r, 8);
		for (uint32_t i = 0; i < s.df; i++) {
			uint32_t which;
			struct list_place at;
			if (random_below(&r, few))
				continue;
			cr_assert_eq(list_probe(&list, &s.docs[i], 1, &which,
			                        NULL, &at), 1u);
			if (random_below(&r, 8) == 0) {
				/* one that the list has left */
				uint32_t j = random_below(&r, i + 1);
				at.unit = j / BLOCK_DOCS;
				at.i = j % BLOCK_DOCS;
			}
			expect_places(&r, &s, &places, at,
			              starts[at.unit * BLOCK_DOCS + at.i]);
		}
		cr_assert_eq(list.status, NS_OK);
		arena_release(&arena);
		free(starts);
		sample_release(&s);
	}
}

/* The same bytes with nothing behind their padding. */
static uint8_t *tight_copy(struct slice *bytes)
{
	uint8_t *copy = malloc(bytes->len + CHUNK_PADDING);
	memcpy(copy, bytes->data, bytes->len + CHUNK_PADDING);
	bytes->data = copy;
	return copy;
}

static void read_all(const struct sample *s, uint32_t form)
{
	struct arena arena = {0};
	static struct list list;
	static struct list_places places;
	uint32_t which[BLOCK_DOCS];
	struct list_place at[BLOCK_DOCS];
	if (list_open(&list, &s->source, &s->term, NULL) != NS_OK)
		return;
	list_places_open(&places, &list, form, &arena);
	for (uint32_t first = 0; first < s->df; first += BLOCK_DOCS) {
		uint32_t n = min_u32(BLOCK_DOCS, s->df - first);
		size_t found = list_probe(&list, s->docs + first, n, which,
		                          NULL, at);
		for (size_t k = 0; k < found; k++) {
			uint32_t count = list_places_seek(&places, at[k]);
			uint32_t *out = malloc((count + LIST_PLACES_SLACK) *
			                       sizeof *out);
			cr_assert_leq(list_places_read(&places, 0, out),
			              count);
			free(out);
		}
	}
	arena_release(&arena);
}

Test(list_places, damaged_bytes_never_crash)
{
	struct random r = random_start(9);
	for (int round = 0; round < 150; round++) {
		struct sample s;
		sample_write(&r, &s, random_df(&r), FIELD_TEXT, 300);
		uint8_t *chunks[] = {tight_copy(&s.source.post),
		                     tight_copy(&s.source.posn)};
		for (int flips = 0; flips < 30; flips++) {
			unsigned side = random_below(&r, 3) > 0;
			size_t len = side ? s.source.posn.len
			                  : s.source.post.len;
			if (!len)
				continue;
			uint8_t *byte = chunks[side] +
				random_below(&r, (uint32_t)len);
			uint8_t kept = *byte;
			*byte ^= (uint8_t)(1u << random_below(&r, 8));
			read_all(&s, flips % 2 ? LIST_ANY_FORM : 0);
			*byte = kept;
		}
		free(chunks[0]);
		free(chunks[1]);
		sample_release(&s);
	}
}

/* A frequency that the bytes cannot hold is not told to who makes room for it. */
Test(list_places, no_more_positions_than_bits)
{
	static const uint8_t bytes[64 + CHUNK_PADDING], length[2 + 2] = {10};
	const struct postings_source source = {
		.post = slice_of(bytes, 0), .posn = slice_of(bytes, 64),
		.doc_count = 1, .place = "test", .lengths = {length, length}};
	for (uint32_t cf = 512; cf <= 513; cf++) {
		const struct lexicon_term term = {
			.field = FIELD_TEXT, .df = 1, .cf = cf, .n_forms = 1};
		struct arena arena = {0};
		static struct list list;
		static struct list_places places;
		cr_assert_eq(list_open(&list, &source, &term, NULL), NS_OK);
		list_places_open(&places, &list, LIST_ANY_FORM, &arena);
		uint32_t tf = list_places_seek(&places,
		                               (struct list_place){0, 0});
		cr_assert_eq(tf, cf == 512 ? 512u : 0u);
		cr_assert_eq(list.status, cf == 512 ? NS_OK : NS_E_CORRUPT);
		arena_release(&arena);
	}
}
