/* random_list.h — a list of postings of any shape, plain and as its writer
 * wrote it.
 *
 * Each block has a style of its own, so that a long list has blocks of every
 * encoding.  Chunks are blocks of memory that end with their padding: a reader
 * that goes further is seen by ASan.
 */
#ifndef NS_TESTS_RANDOM_LIST_H
#define NS_TESTS_RANDOM_LIST_H

#include <criterion/criterion.h>

#include "format/postings.h"
#include "random.h"

/* Docs in the styles that the encodings are for. */
static inline void random_docs(struct random *r, uint32_t *docs, unsigned n)
{
	unsigned style = random_below(r, 5);
	uint32_t next = random_below(r, 3) ? 0 : random_width(r, 16);
	for (unsigned i = 0; i < n; i++) {
		uint32_t gap = 0;
		switch (style) {
		case 0: break;
		case 1: gap = random_below(r, 3); break;
		case 2: gap = random_below(r, 200); break;
		case 3: gap = random_below(r, 30) ? random_below(r, 4)
		                                  : random_width(r, 17); break;
		case 4: gap = random_width(r, 12); break;
		}
		docs[i] = next + gap;
		next = docs[i] + 1;
	}
}

/* A random list, and the chunks it was written into. */
struct sample {
	uint32_t df, doc_count, n_forms, *docs, *tfs, *positions, *forms;
	uint64_t cf;
	uint8_t *lengths, *post, *posn;
	struct lexicon_term term;
	struct postings_source source;
};

static inline void sample_docs(struct random *r, struct sample *s, bool words)
{
	uint32_t df = s->df;
	s->docs = malloc(df * sizeof *s->docs);
	s->tfs = malloc(df * sizeof *s->tfs);
	for (uint32_t at = 0; at < df; at += BLOCK_DOCS) {
		uint32_t n = min_u32(df - at, BLOCK_DOCS);
		uint32_t base = at ? s->docs[at - 1] + 1 : 0;
		random_docs(r, s->docs + at, n);
		for (uint32_t i = at; i < at + n; i++)
			s->docs[i] += base;
	}
	s->doc_count = s->docs[df - 1] + 1 + random_below(r, 10);
	for (uint32_t i = 0; i < df; i++) {
		s->tfs[i] = 1;
		if (words && !random_below(r, 4))
			s->tfs[i] += random_width(r, random_below(r, 200) ? 6
			                                                  : 10);
		s->cf += s->tfs[i];
	}
	s->lengths = calloc(1, 2 * (size_t)s->doc_count + CHUNK_PADDING);
	for (uint32_t i = 0; i < s->doc_count; i++)
		store_u16(s->lengths + 2 * i, (uint16_t)random_width(r, 16));
}

/* A length that holds `used` positions, many more sometimes. */
static inline uint32_t random_length(struct random *r, uint32_t used)
{
	uint64_t length = (uint64_t)used + random_width(r, random_below(r, 14));
	return (uint32_t)min_u64(length, LENGTH_MAX);
}

static inline void sample_places(struct random *r, struct sample *s, bool words)
{
	s->positions = malloc(s->cf * sizeof *s->positions);
	s->forms = malloc(s->cf * sizeof *s->forms);
	s->n_forms = words && s->cf > 1 && random_below(r, 2)
		? 2 + random_below(r, 6) : 1;
	for (size_t i = 0, k = 0; i < s->df; i++) {
		uint32_t next = 0;
		for (uint32_t j = 0; j < s->tfs[i]; j++, k++) {
			s->positions[k] = next + random_width(r,
				random_below(r, 40) ? 11 : 16);
			next = s->positions[k] + 1;
			s->forms[k] = random_below(r, s->n_forms);
		}
		if (words)
			store_u16(s->lengths + 2 * (size_t)s->docs[i],
			          (uint16_t)random_length(r, next));
	}
}

static inline uint8_t *sample_chunk(const struct buffer *buffer,
                                    struct slice *slice)
{
	uint8_t *chunk = calloc(1, buffer->len + CHUNK_PADDING);
	memcpy(chunk, buffer->data, buffer->len);
	*slice = slice_of(chunk, buffer->len);
	return chunk;
}

static inline void sample_write(struct random *r, struct sample *s,
                                uint32_t df, uint8_t field, double avglen0)
{
	struct buffer post, posn;
	*s = (struct sample){.df = df};
	sample_docs(r, s, field_has_tfs(field));
	sample_places(r, s, field_has_words(field));
	struct postings_list list = {
		.field = field, .df = df, .cf = s->cf, .n_forms = s->n_forms,
		.docs = s->docs, .tfs = s->tfs, .positions = s->positions,
		.forms = s->forms, .lengths = s->lengths, .avglen0 = avglen0,
	};
	buffer_init(&post, SIZE_MAX);
	buffer_init(&posn, SIZE_MAX);
	buffer_zeros(&post, 1 + random_below(r, 8));
	buffer_zeros(&posn, 1 + random_below(r, 8));
	cr_assert_eq(postings_write(&list, &post, &posn, &s->term, NULL), NS_OK,
	             "seed %lu", r->seed);
	s->source.doc_count = s->doc_count;
	s->source.place = "test";
	s->source.lengths[0] = s->source.lengths[1] = s->lengths;
	s->post = sample_chunk(&post, &s->source.post);
	s->posn = sample_chunk(&posn, &s->source.posn);
	buffer_release(&post);
	buffer_release(&posn);
}

static inline void sample_release(struct sample *s)
{
	free(s->docs);
	free(s->tfs);
	free(s->positions);
	free(s->forms);
	free(s->lengths);
	free(s->post);
	free(s->posn);
}

/* Short lists and long ones, and those where the format changes. */
static inline uint32_t random_df(struct random *r)
{
	static const uint32_t edges[] = {1, 2, 4, 5, 255, 256, 257, 511, 512,
	                                 513, 4095, 4096, 4097};
	return random_below(r, 3) ? 1 + random_width(r, 11)
	                          : edges[random_below(r, ARRAY_LEN(edges))];
}

#endif
