/* seeds_lists.c — lists, blocks and units of positions as postings_write leaves
 * them. */
#include "format/block.h"
#include "format/forms.h"
#include "format/places.h"
#include "format/postings.h"
#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/seeds.h"

enum { DF_MOST = 4500 };

/* Docs in the styles that the encodings are for. */
static void make_docs(struct random *random, unsigned style, uint32_t *docs,
                      size_t n)
{
	uint32_t next = random_width(random, 8);
	for (size_t i = 0; i < n; i++) {
		uint32_t gap = 0;
		switch (style % 5) {
		case 0: break; /* runs */
		case 1: gap = random_below(random, 3); break;
		case 2: gap = random_below(random, 200); break;
		case 3: gap = random_below(random, 30) ? random_below(random, 4)
		                                       : random_width(random, 17);
			break;
		case 4: gap = random_width(random, 12); break;
		}
		docs[i] = next + gap;
		next = docs[i] + 1;
	}
}

static uint32_t make_tf(struct random *random)
{
	return 1 + (random_below(random, 20) ? random_below(random, 3)
	                                     : random_width(random, 5));
}

/* Fills the arrays that the list points to, which has its lengths; returns cf.
 * Positions end where the length of the doc does. */
static uint64_t make_places(struct random *random, struct postings_list *list,
                            uint32_t *tfs, uint32_t *positions, uint32_t *forms)
{
	uint64_t cf = 0;
	for (uint32_t i = 0; i < list->df; i++) {
		uint32_t length = load_u16(list->lengths +
		                           2 * (size_t)list->docs[i]);
		uint32_t position = random_below(random, length);
		uint32_t most = make_tf(random);
		for (tfs[i] = 0; tfs[i] < most && position < length; tfs[i]++) {
			positions[cf] = position;
			position += 1 + random_width(random, 7);
			forms[cf++] = random_below(random, 3)
				? 0 : random_below(random, list->n_forms);
		}
	}
	return cf;
}

static void put_list(const struct postings_list *list, uint32_t doc_count,
                     struct random *random, struct buffer *out)
{
	struct buffer post, posn;
	struct lexicon_term term = {0};
	buffer_init(&post, SIZE_MAX);
	buffer_init(&posn, SIZE_MAX);
	if (postings_write(list, &post, &posn, &term, NULL) != NS_OK)
		abort();
	buffer_u32(out, doc_count);
	buffer_u32(out, term.df);
	buffer_u64(out, term.cf);
	buffer_u32(out, term.n_forms);
	buffer_u32(out, (uint32_t)term.post);
	buffer_u32(out, (uint32_t)term.posn);
	buffer_u32(out, term.doc);
	buffer_byte(out, (uint8_t)(list->field - 1));
	buffer_byte(out, (uint8_t)random_below(random, 256));
	buffer_u32(out, (uint32_t)post.len);
	buffer_append(out, post.data, post.len);
	buffer_append(out, posn.data, posn.len);
	buffer_release(&post);
	buffer_release(&posn);
}

static void seed_list(struct random *random, uint32_t df, unsigned style,
                      uint8_t field, struct buffer *out)
{
	static uint32_t docs[DF_MOST], tfs[DF_MOST], positions[40 * DF_MOST],
		forms[40 * DF_MOST];
	struct postings_list list = {
		.field = field, .df = df, .cf = df,
		.n_forms = field == FIELD_TEXT ? 1 + style % 4 : 1,
		.docs = docs, .avglen0 = 250};
	make_docs(random, style, docs, df);
	uint32_t doc_count = docs[df - 1] + 1 + random_below(random, 100);
	uint8_t *lengths = mem_zero(doc_count, 2);
	if (!lengths)
		abort();
	for (uint32_t i = 0; i < doc_count; i++)
		store_u16(lengths + 2 * (size_t)i, (uint16_t)fuzz_length(i));
	if (field_has_tfs(field)) {
		list.lengths = lengths;
		list.cf = make_places(random, &list, tfs, positions, forms);
		if (list.cf == 1)
			list.n_forms = 1;
		list.tfs = tfs;
		list.positions = positions;
		list.forms = forms;
	}
	put_list(&list, doc_count, random, out);
	mem_free(lengths);
	seed_keep("list", out);
}

void seeds_of_lists(struct random *random)
{
	static const uint32_t sizes[] = {1, 2, 4, 5, 60, 255, 256, 300, 1100};
	struct buffer out;
	buffer_init(&out, SIZE_MAX);
	for (unsigned style = 0; style < 5; style++)
		for (size_t i = 0; i < ARRAY_LEN(sizes); i++) {
			seed_list(random, sizes[i], style, FIELD_TEXT, &out);
			seed_list(random, sizes[i], style, FIELD_SECTION, &out);
			seed_list(random, sizes[i], style, FIELD_PAIR, &out);
		}
	seed_list(random, DF_MOST, 1, FIELD_TEXT, &out);
	seed_list(random, DF_MOST, 1, FIELD_PAIR, &out);
	buffer_release(&out);
}

/* Docs and frequencies apart: both would stand at the start of the bytes. */
static void seed_block(struct random *random, unsigned style, bool docs,
                       struct buffer *out)
{
	uint32_t values[BLOCK_DOCS];
	struct buffer bytes;
	buffer_init(&bytes, SIZE_MAX);
	uint8_t enc;
	if (docs) {
		make_docs(random, style, values, BLOCK_DOCS);
		enc = block_write_docs(values, 0, &bytes);
	} else {
		for (unsigned i = 0; i < BLOCK_DOCS; i++)
			values[i] = make_tf(random) + style % 3;
		enc = block_write_tfs(values, &bytes);
	}
	buffer_byte(out, enc & 31);
	/* 0x60: no encoding */
	buffer_byte(out, docs ? enc : 0x60);
	buffer_byte(out, docs ? 0x60 : enc);
	buffer_byte(out, (uint8_t)random_below(random, 256));
	buffer_u32(out, 0);
	buffer_u32(out, docs ? values[BLOCK_DOCS - 1] : 0);
	buffer_append(out, bytes.data, bytes.len);
	buffer_release(&bytes);
	seed_keep("block", out);
}

void seeds_of_blocks(struct random *random)
{
	struct buffer out;
	buffer_init(&out, SIZE_MAX);
	for (unsigned style = 0; style < 10; style++) {
		seed_block(random, style, true, &out);
		seed_block(random, style, false, &out);
	}
	buffer_release(&out);
}

void seeds_of_places(struct random *random)
{
	static const uint32_t sizes[] = {1, 5, 20, 30, 100, 256};
	static uint32_t docs[BLOCK_DOCS], tfs[BLOCK_DOCS],
		positions[40 * BLOCK_DOCS], forms[40 * BLOCK_DOCS];
	static uint8_t lengths[2 * BLOCK_DOCS];
	struct buffer out;
	buffer_init(&out, SIZE_MAX);
	for (unsigned round = 0; round < 24; round++) {
		struct postings_list list = {
			.df = sizes[round % ARRAY_LEN(sizes)],
			.n_forms = 1 + round / 6 * 3,
			.docs = docs, .lengths = lengths};
		for (uint32_t i = 0; i < list.df; i++) {
			docs[i] = i;
			store_u16(lengths + 2 * (size_t)i,
			          (uint16_t)fuzz_length(list.n_forms + i));
		}
		uint64_t cf = make_places(random, &list, tfs, positions, forms);
		buffer_byte(&out, (uint8_t)(list.df - 1));
		buffer_u32(&out, list.n_forms);
		for (uint32_t i = 0; i < list.df; i++)
			buffer_varint(&out, tfs[i] - 1);
		const struct places_shape shape = {docs, tfs, list.df, lengths,
		                                   TITLE_GAP};
		places_write(&shape, positions, &out);
		if (list.n_forms > 1)
			forms_write(forms, cf, &out);
		seed_keep("places", &out);
	}
	buffer_release(&out);
}
