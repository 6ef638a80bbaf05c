#include <criterion/criterion.h>

#include "base/bits.h"
#include "format/tail.h"
#include "random.h"

struct postings {
	struct tail_shape shape;
	uint32_t docs[BLOCK_DOCS], tfs[BLOCK_DOCS];
};

/* n rising docs below doc_count, the last of them now and then the last that is
 * possible; gaps of some width up to what fits. */
static void random_postings(struct random *r, struct postings *p)
{
	uint32_t doc_count = random_below(r, 3) ? DOCS_MAX
	                                        : 300 + random_width(r, 20);
	unsigned n = 1 + random_below(r, BLOCK_DOCS - 1);
	unsigned width = random_below(r, 32), wide = random_below(r, 32);
	unsigned rare = 1 + random_width(r, 6), tf = random_below(r, 32);
	bool is_short = n <= SHORT_DF && random_below(r, 4);
	uint32_t next = random_below(r, 2) ? 0
		: random_below(r, doc_count - n);
	p->shape = (struct tail_shape){n, is_short, random_below(r, 3), next,
	                               doc_count};
	for (unsigned i = 0; i < n; i++) {
		uint32_t room = doc_count - next - (n - i);
		uint32_t gap = random_width(r, random_below(r, rare) ? width
		                                                     : wide);
		if (i + 1 == n && !random_below(r, 4))
			gap = room;
		p->docs[i] = next + min_u32(gap, room);
		next = p->docs[i] + 1;
		p->tfs[i] = !p->shape.has_tfs ? 1
			: 1 + min_u32(random_width(r, random_below(r, rare)
			                           ? tf / 4 : tf),
			              INT32_MAX - 1);
	}
}

/* The chunk that a tail stands in: its bytes and the padding, no more. */
static uint8_t *chunk_of(const struct buffer *out)
{
	uint8_t *chunk = malloc(out->len + CHUNK_PADDING);
	memcpy(chunk, out->data, out->len);
	memset(chunk + out->len, 0, CHUNK_PADDING);
	return chunk;
}

static void check_read(const struct postings *p, const uint8_t *chunk,
                       size_t size, uint64_t seed)
{
	uint32_t docs[BLOCK_DOCS + 1], tfs[BLOCK_DOCS + 1];
	struct reader reader = reader_of(slice_of(chunk, size));
	docs[BLOCK_DOCS] = tfs[BLOCK_DOCS] = 0xDEADBEEF;
	cr_assert(tail_read(&reader, &p->shape, docs, tfs), "seed %lu", seed);
	cr_assert_eq(reader_left(&reader), 0u);
	cr_assert(!memcmp(docs, p->docs, p->shape.n * sizeof *docs),
	          "seed %lu", seed);
	cr_assert(!memcmp(tfs, p->tfs, p->shape.n * sizeof *tfs),
	          "seed %lu", seed);
	for (unsigned i = p->shape.n; i < BLOCK_DOCS; i++)
		cr_assert_eq(docs[i], UINT32_MAX);
	cr_assert(docs[BLOCK_DOCS] == 0xDEADBEEF &&
	          tfs[BLOCK_DOCS] == 0xDEADBEEF);
}

/* Docs rise, are below doc_count and not below `before`; tfs have 31 bits. */
static void check_sane(const struct tail_shape *shape, const uint32_t *docs,
                       const uint32_t *tfs, uint64_t seed)
{
	uint64_t next = shape->before;
	for (unsigned i = 0; i < shape->n; i++) {
		cr_assert_geq(docs[i], next, "seed %lu", seed);
		cr_assert_lt(docs[i], shape->doc_count, "seed %lu", seed);
		cr_assert(tfs[i] >= 1 && tfs[i] <= INT32_MAX, "seed %lu", seed);
		next = (uint64_t)docs[i] + 1;
	}
}

Test(tail, any_postings_come_back)
{
	struct random r = random_start(1);
	unsigned n_short = 0, last = 0;
	for (unsigned round = 0; round < 4000; round++) {
		struct postings p;
		struct buffer out;
		random_postings(&r, &p);
		buffer_init(&out, SIZE_MAX);
		tail_write(&p.shape, p.docs, p.tfs, &out);
		uint8_t *chunk = chunk_of(&out);
		check_read(&p, chunk, out.len, r.seed);
		n_short += p.shape.is_short;
		last += p.docs[p.shape.n - 1] == DOCS_MAX - 1;
		free(chunk);
		buffer_release(&out);
	}
	cr_assert(n_short && last > 100, "%u, %u", n_short, last);
}

/* A doc_count that the last doc reaches, and a byte too few, are refused. */
Test(tail, too_few_docs_and_bytes_are_refused)
{
	struct random r = random_start(2);
	for (unsigned round = 0; round < 200; round++) {
		struct postings p;
		struct buffer out;
		uint32_t docs[BLOCK_DOCS], tfs[BLOCK_DOCS];
		random_postings(&r, &p);
		buffer_init(&out, SIZE_MAX);
		tail_write(&p.shape, p.docs, p.tfs, &out);
		uint8_t *chunk = chunk_of(&out);
		p.shape.doc_count = p.docs[p.shape.n - 1];
		struct reader reader = reader_of(slice_of(chunk, out.len));
		cr_assert(!tail_read(&reader, &p.shape, docs, tfs),
		          "seed %lu, round %u", r.seed, round);
		p.shape.doc_count++;
		for (size_t size = 0; size < out.len; size++) {
			reader = reader_of(slice_of(chunk, size));
			cr_assert(!tail_read(&reader, &p.shape, docs, tfs),
			          "seed %lu, %zu of %zu bytes", r.seed, size,
			          out.len);
		}
		free(chunk);
		buffer_release(&out);
	}
}

/* ---- hostile bytes ----------------------------------------------------- */

/* Columns as FORMAT.md has them, in 64 bits and one by one. */
static bool column_slowly(struct reader *reader, unsigned n, uint64_t *values)
{
	uint8_t head = reader_u8(reader);
	unsigned width = head & 0x7F;
	const uint8_t *bits = reader_bytes(reader, (n * width + 7) / 8);
	if (!bits || width > 32)
		return false;
	for (unsigned i = 0; i < n; i++) {
		values[i] = 0;
		for (unsigned b = 0; b < width; b++) {
			unsigned at = i * width + b;
			values[i] |= (uint64_t)(bits[at / 8] >> at % 8 & 1)
			             << b;
		}
	}
	if (!(head & 0x80))
		return true;
	unsigned m = reader_u8(reader), previous = 0;
	const uint8_t *index = reader_bytes(reader, m);
	unsigned h = reader_u8(reader);
	const uint8_t *high = reader_bytes(reader, (size_t)m * h);
	if (reader->bad || m < 1 || m > 31 || h < 1 || h > 4)
		return false;
	for (unsigned i = 0; i < m; i++, high += h) {
		if (index[i] >= n || (i && index[i] <= previous))
			return false;
		previous = index[i];
		for (unsigned j = 0; j < h; j++)
			values[previous] |= (uint64_t)high[j]
			                    << (8 * j + width);
		if (values[previous] > UINT32_MAX)
			return false;
	}
	return true;
}

static bool columns_slowly(struct reader *reader,
                           const struct tail_shape *shape, uint32_t *docs,
                           uint32_t *tfs)
{
	uint64_t values[BLOCK_DOCS], next = shape->before;
	if (!column_slowly(reader, shape->n, values))
		return false;
	for (unsigned i = 0; i < shape->n; i++) {
		next += values[i];
		docs[i] = (uint32_t)next++;
		tfs[i] = 1;
	}
	if (next > shape->doc_count)
		return false;
	if (!shape->has_tfs)
		return true;
	if (!column_slowly(reader, shape->n, values))
		return false;
	for (unsigned i = 0; i < shape->n; i++) {
		if (values[i] + 1 > INT32_MAX)
			return false;
		tfs[i] = (uint32_t)values[i] + 1;
	}
	return true;
}

/* Compares with the slow reader, and says whether the bytes can be. */
static bool check_bytes(const struct tail_shape *shape, const uint8_t *bytes,
                        size_t size, uint64_t seed)
{
	uint32_t docs[BLOCK_DOCS], tfs[BLOCK_DOCS];
	uint32_t want_docs[BLOCK_DOCS], want_tfs[BLOCK_DOCS];
	struct reader reader = reader_of(slice_of(bytes, size)), slow = reader;
	bool good = tail_read(&reader, shape, docs, tfs);
	if (good)
		check_sane(shape, docs, tfs, seed);
	if (shape->is_short)
		return good;
	bool want = columns_slowly(&slow, shape, want_docs, want_tfs) &&
	            !slow.bad;
	cr_assert_eq(good, want, "seed %lu", seed);
	if (!good)
		return false;
	cr_assert_eq(reader.next, slow.next, "seed %lu", seed);
	cr_assert(!memcmp(docs, want_docs, shape->n * sizeof *docs) &&
	          !memcmp(tfs, want_tfs, shape->n * sizeof *tfs),
	          "seed %lu", seed);
	return true;
}

/* Heads of every width over random bytes. */
Test(tail, garbage_is_read_as_its_bytes_say)
{
	struct random r = random_start(3);
	unsigned good = 0, bad = 0;
	for (unsigned round = 0; round < 20000; round++) {
		uint32_t doc_count = random_below(&r, 4) ? DOCS_MAX
			: 1 + random_width(&r, 30);
		unsigned n = 1 + random_below(&r, round % 2 ? 255 : 8);
		size_t size = random_below(&r, round % 2 ? 2400 : 80);
		const struct tail_shape shape = {
			n, n <= SHORT_DF && random_below(&r, 2),
			random_below(&r, 2), random_below(&r, doc_count),
			doc_count};
		uint8_t *bytes = malloc(size + CHUNK_PADDING);
		unsigned narrow = random_below(&r, 3);
		for (size_t i = 0; i < size + CHUNK_PADDING; i++)
			bytes[i] = (uint8_t)random_u64(&r);
		for (size_t i = 0; narrow == 1 && i < size; i++)
			bytes[i] = bytes[i] > 240 ? bytes[i] & 7 : 0;
		bytes[0] = (uint8_t)(random_below(&r, 34) |
		                     (random_below(&r, 2) ? 0x80 : 0));
		size_t second = 1 + bits_bytes(n, bytes[0]);
		if (bytes[0] <= 32 && second < size)
			bytes[second] = (uint8_t)random_below(&r, 34);
		bool can = check_bytes(&shape, bytes, size, r.seed);
		good += can;
		bad += !can;
		free(bytes);
	}
	cr_assert(good > 1000 && bad > 1000, "%u, %u", good, bad);
}

/* Real tails, wide ones too, with a few bits turned. */
Test(tail, damage_is_read_as_its_bytes_say)
{
	struct random r = random_start(4);
	unsigned good = 0, bad = 0;
	for (unsigned round = 0; round < 2000; round++) {
		struct postings p;
		struct buffer out;
		random_postings(&r, &p);
		buffer_init(&out, SIZE_MAX);
		tail_write(&p.shape, p.docs, p.tfs, &out);
		uint8_t *chunk = chunk_of(&out);
		for (unsigned flips = 0; flips < 6; flips++) {
			chunk[random_below(&r, (uint32_t)out.len)] ^=
				(uint8_t)(1u << random_below(&r, 8));
			bool can = check_bytes(&p.shape, chunk, out.len,
			                       r.seed);
			good += can;
			bad += !can;
		}
		free(chunk);
		buffer_release(&out);
	}
	cr_assert(good > 1000 && bad > 1000, "%u, %u", good, bad);
}

/* Sums at the edges of 2³² and of doc_count, in columns of 25 to 32 bits. */
Test(tail, wide_columns_do_not_wrap)
{
	unsigned good = 0;
	for (unsigned width = 25; width <= 32; width++)
		for (unsigned n = 1; n < BLOCK_DOCS; n++)
			for (unsigned by = 0; by < 3; by++) {
				uint8_t bytes[1 + 255 * 4 + CHUNK_PADDING];
				uint64_t sum = by ? (1ull << 32) - 2 + by
				                  : DOCS_MAX;
				memset(bytes, 0, sizeof bytes);
				bytes[0] = (uint8_t)width;
				/* n docs that end at sum − 1, or near it */
				for (unsigned i = 0; i < n; i++) {
					uint64_t gap = sum / n - 1;
					if (i + 1 == n)
						gap += sum % n;
					gap = min_u64(gap, (1ull << width) - 1);
					bits_put(bytes + 1, i, width, gap);
				}
				const struct tail_shape shape = {
					n, false, false, 0, DOCS_MAX};
				good += check_bytes(&shape, bytes,
					1 + bits_bytes(n, width), 0);
			}
	cr_assert(good > 1000, "%u", good);
}

/* A column of one value v of a width, with h bytes above it or none. */
static size_t put_column(uint8_t *bytes, unsigned width, unsigned h,
                         uint64_t v)
{
	uint64_t low = v & ((1ull << width) - 1);
	size_t n = 1 + bits_bytes(1, width);
	bytes[0] = (uint8_t)(width | (h ? 0x80 : 0));
	bits_put(bytes + 1, 0, width, low);
	if (!h)
		return n;
	bytes[n++] = 1;
	bytes[n++] = 0;
	bytes[n++] = (uint8_t)h;
	for (unsigned j = 0; j < h; j++)
		bytes[n++] = (uint8_t)((v >> width) >> 8 * j);
	return n;
}

/* A tf − 1 around 2³¹ and 2³², however it is written. */
Test(tail, frequencies_have_31_bits)
{
	const uint64_t edges[] = {INT32_MAX, 1ull << 32};
	const struct tail_shape shape = {1, false, true, 0, 1};
	unsigned good = 0, bad = 0;
	for (unsigned width = 0; width <= 32; width++)
		for (unsigned h = 0; h <= 4; h++)
			for (unsigned i = 0; i < 2 * 5; i++) {
				uint8_t bytes[64 + CHUNK_PADDING] = {0};
				uint64_t v = edges[i / 5] + i % 5 - 2;
				bool fits = width + 8 * h > 32 ||
				            v >> (width + 8 * h) == 0;
				size_t size = 1 + put_column(bytes + 1, width,
				                             h, v);
				bool can = check_bytes(&shape, bytes, size, 0);
				cr_assert(!fits || can == (v < INT32_MAX));
				good += can;
				bad += !can;
			}
	cr_assert(good > 10 && bad > 10, "%u, %u", good, bad);
}

/* The same for short lists, whose tf − 2 is a varint; and gaps around doc_count. */
Test(tail, short_lists_have_their_limits)
{
	const struct tail_shape shape = {1, true, true, 3, DOCS_MAX};
	for (unsigned i = 0; i < 5 * 5; i++) {
		uint64_t more = (uint64_t)INT32_MAX - 4 + i % 5;
		uint64_t gap = (uint64_t)DOCS_MAX - 3 - 3 + i / 5;
		uint8_t bytes[2 * VARINT_MAX + CHUNK_PADDING] = {0};
		size_t size = varint_put(bytes, gap << 1 | 1);
		size += varint_put(bytes + size, more);
		cr_assert_eq(check_bytes(&shape, bytes, size, 0),
		             more + 2 <= INT32_MAX && gap + 3 < DOCS_MAX,
		             "gap %lu, more %lu", gap, more);
	}
}
