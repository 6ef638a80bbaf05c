#include "tests/spec/postings.h"

#include <stdlib.h>
#include <string.h>

#include "tests/spec/bounds.h"

static void packed(struct in *in, unsigned b, uint64_t out[256])
{
	const uint8_t *bytes = take(in, 32 * b);
	for (unsigned i = 0; i < 256; i++) {
		unsigned lane = i % 16;
		out[i] = 0;
		for (unsigned k = 0; k < b; k++) {
			unsigned bit = i / 16 * b + k, w = bit / 32;
			unsigned at = w < b / 2 ? (16 * w + lane) * 4 :
				64 * (b / 2) + 2 * lane;
			uint64_t one = bytes[at + bit % 32 / 8] >> (bit % 8) & 1;
			out[i] |= one << k;
		}
	}
}

/* over `size` values of b bits */
static void exceptions(struct in *in, unsigned b, uint64_t *out, size_t size)
{
	unsigned n = u8(in);
	const uint8_t *index = take(in, n);
	unsigned h = u8(in);
	must(n >= 1 && n <= 31 && h >= 1 && h <= 4, "n and h of exceptions");
	for (unsigned i = 0; i < n; i++) {
		must(!i || index[i] > index[i - 1], "exceptions rise");
		must(index[i] < size, "exceptions are of values");
		out[index[i]] |= take_int(in, h) << b;
	}
}

/* gap − 1 of each doc into docs. */
static void block_docs(struct in *in, unsigned encoding, uint64_t docs[256])
{
	memset(docs, 0, 256 * sizeof *docs);
	if (encoding < 0x80) {
		must(encoding < 0x40, "docs_enc");
		packed(in, encoding & 31, docs);
		if (encoding >= 0x20)
			exceptions(in, encoding & 31, docs, 256);
		return;
	}
	unsigned n = encoding - 0x80, k = 0, last = 0;
	must(n >= 1, "length of a bitset");
	const uint8_t *row = take(in, 8 * n);
	for (unsigned j = 0; j < 64 * n; j++)
		if (row[j / 8] >> (j % 8) & 1) {
			must(k < 256, "a bitset has 256 docs");
			docs[k++] = j - last;
			last = j + 1;
		}
	must(k == 256, "a bitset has 256 docs");
}

static void short_list(struct in *in, struct list list, size_t from)
{
	for (size_t i = from; i < list.df; i++) {
		uint64_t value = varint(in);
		list.docs[i] = list.words ? value >> 1 : value;
		list.tfs[i] = 0;
		if (list.words && value & 1)
			list.tfs[i] = varint(in) + 1;
	}
}

static void column(struct in *in, size_t n, uint64_t *out)
{
	uint8_t head = u8(in);
	must((head & 0x7f) <= 32, "width of a column");
	bits(in, n, head & 0x7f, out);
	if (head & 0x80)
		exceptions(in, head & 0x7f, out, n);
}

static void tail(struct in *in, struct list list, size_t from)
{
	column(in, list.df - from, list.docs + from);
	if (list.words)
		column(in, list.df - from, list.tfs + from);
}

/* From gap − 1 and tf − 1 to docs and tfs, from doc `from` of the list on. */
static void sum_up(const struct segment *seg, struct list list, size_t from,
                   size_t to)
{
	for (size_t i = from; i < to; i++) {
		list.docs[i] += i ? list.docs[i - 1] + 1 : 0;
		list.tfs[i]++;
		must(list.docs[i] < seg->doc_count, "docs are in the segment");
	}
}

struct list list_of(const struct segment *seg, const struct entry *term,
                    bool is_pair)
{
	must(term->df <= seg->doc_count, "df");
	return (struct list){
		.df = (uint32_t)term->df,
		.words = term->field <= TITLE,
		.is_pair = is_pair,
		.docs = room(term->df, 8),
		.tfs = room(term->df, 8),
	};
}

void list_release(struct list *list)
{
	free(list->docs);
	free(list->tfs);
}

/* The blocks of 256 docs, and their bytes' places in the directory. */
static void blocks_read(const struct segment *seg, struct in *in,
                        struct list list, struct in last, struct in ends)
{
	const uint8_t *data = in->at;
	for (size_t k = 0; k < list.df / 256; k++) {
		uint64_t *docs = list.docs + 256 * k, *tfs = list.tfs + 256 * k;
		unsigned encoding = u8(in);
		unsigned tf_enc = list.words ? u8(in) : 0;
		block_docs(in, encoding, docs);
		must(!(tf_enc & 0x60), "bits 5 and 6 of tf_enc");
		packed(in, tf_enc & 31, tfs);
		if (tf_enc & 0x80)
			exceptions(in, tf_enc & 31, tfs, 256);
		sum_up(seg, list, 256 * k, 256 * (k + 1));
		must(docs[255] == u32(&last), "last_doc of a block");
		must((uint64_t)(in->at - data) == u32(&ends), "data_end");
	}
}

/* A directory, blocks, and a tail of fewer than 256. */
static void long_list(const struct segment *seg, const struct entry *term,
                      struct in in, struct list list, uint64_t *unit_end)
{
	must(term->post % 4 == 0, "a directory starts at a multiple of 4");
	size_t nb = list.df / 256;
	struct in last = in;
	take(&in, 4 * nb);
	struct in ends = in;
	take(&in, 4 * nb);
	for (size_t k = 0; k < nb && list.words && !list.is_pair; k++)
		unit_end[k] = u32(&in);
	struct bounds bounds = {0};
	if (list.words)
		bounds = bounds_take(&in, list.df);
	blocks_read(seg, &in, list, last, ends);
	if (list.df % 256) {
		tail(&in, list, 256 * nb);
		sum_up(seg, list, 256 * nb, list.df);
	}
	if (list.words)
		bounds_check(seg, term, list, bounds);
}

void list_read(const struct segment *seg, const struct entry *term,
               struct list list, uint64_t *unit_end)
{
	if (term->single) {
		list.docs[0] = term->doc;
		list.tfs[0] = term->cf;
		must(term->doc < seg->doc_count, "docs are in the segment");
		return;
	}
	struct in in = in_of(seg->chunks[POST], term->post, "post");
	if (list.df >= 256) {
		long_list(seg, term, in, list, unit_end);
		return;
	}
	(list.df <= 4 ? short_list : tail)(&in, list, 0);
	sum_up(seg, list, 0, list.df);
}
