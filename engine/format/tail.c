#include "format/tail.h"

#include "base/bits.h"
#include "format/pack.h"
#include "format/patched.h"
#include "format/row.h"

/* ---- short ----------------------------------------------------------------- */

static void write_short(const struct tail_shape *shape, const uint32_t *docs,
                        const uint32_t *tfs, struct buffer *out)
{
	uint64_t next = shape->before;
	for (unsigned i = 0; i < shape->n; i++) {
		uint64_t gap = docs[i] - next;
		next = (uint64_t)docs[i] + 1;
		if (!shape->has_tfs) {
			buffer_varint(out, gap);
			continue;
		}
		buffer_varint(out, gap << 1 | (tfs[i] > 1));
		if (tfs[i] > 1)
			buffer_varint(out, tfs[i] - 2);
	}
}

static bool read_short(struct reader *reader, const struct tail_shape *shape,
                       uint32_t *docs, uint32_t *tfs)
{
	uint64_t next = shape->before;
	for (unsigned i = 0; i < shape->n; i++) {
		uint64_t value = reader_varint(reader);
		tfs[i] = 1;
		if (shape->has_tfs) {
			if (value & 1) {
				uint64_t more = reader_varint(reader);
				if (more > INT32_MAX - 2)
					return false;
				tfs[i] = (uint32_t)more + 2;
			}
			value >>= 1;
		}
		if (value >= shape->doc_count ||
		    (next += value) >= shape->doc_count)
			return false;
		docs[i] = (uint32_t)next++;
	}
	return !reader->bad;
}

/* ---- columns --------------------------------------------------------------- */

enum { PATCHED = 0x80 };

static void write_column(const uint32_t *values, unsigned n,
                         struct buffer *out)
{
	struct patched_choice choice = patched_choose(values, n);
	buffer_byte(out, (uint8_t)(choice.width |
	                           (choice.n_exceptions ? PATCHED : 0)));
	uint8_t *room = buffer_reserve(out, bits_bytes(n, choice.width));
	if (!room)
		return;
	bits_row(room, values, n, choice.width);
	out->len += bits_bytes(n, choice.width);
	patched_write(values, n, choice, out);
}

/* Values of at most *widest bits; room for BLOCK_DOCS + ROW_SLACK. */
static bool read_column(struct reader *reader, unsigned n, uint32_t *values,
                        unsigned *widest)
{
	uint8_t head = reader_u8(reader);
	unsigned width = head & (PATCHED - 1);
	struct patches patches;
	const uint8_t *bits = reader_bytes(reader, bits_bytes(n, width));
	if (!bits || width > 32)
		return false;
	row_read(bits, n, width, values);
	*widest = width;
	if (!(head & PATCHED))
		return true;
	if (!patched_open(&patches, reader))
		return false;
	*widest += 8u * patches.high_bytes;
	return patched_apply(&patches, width, values, n);
}

/* Docs from gaps; they rise and end below doc_count, or false. */
static bool add_gaps(const struct tail_shape *shape, const uint32_t *gaps,
                     unsigned widest, uint32_t *docs)
{
	unsigned n = shape->n;
	uint64_t end = shape->before;
	pack_kernels(cpu_level())->prefix(docs, gaps, n, shape->before - 1);
	/* sums are modulo 2³²; those of 255 values below 2²⁴ do not pass it */
	if (widest <= 24)
		end += docs[n - 1] - (shape->before - 1);
	else
		for (unsigned i = 0; i < n; i++)
			end += (uint64_t)gaps[i] + 1;
	return end <= shape->doc_count;
}

/* tfs from rests; false where one has over 31 bits. */
static bool add_ones(const uint32_t *rests, unsigned n, unsigned widest,
                     uint32_t *tfs)
{
	uint32_t all = 0;
	for (unsigned i = 0; i < n; i++)
		tfs[i] = rests[i] + 1;
	for (unsigned i = 0; widest >= 31 && i < n; i++)
		all |= rests[i] | tfs[i];
	return !(all >> 31);
}

static bool read_columns(struct reader *reader, const struct tail_shape *shape,
                         uint32_t *docs, uint32_t *tfs)
{
	_Alignas(64) uint32_t values[BLOCK_DOCS + ROW_SLACK];
	unsigned n = shape->n, widest;
	if (!read_column(reader, n, values, &widest))
		return false;
	/* prefix goes on to the end of a row */
	memset(values + n, 0, LANES * sizeof *values);
	if (!add_gaps(shape, values, widest, docs))
		return false;
	if (!shape->has_tfs) {
		for (unsigned i = 0; i < n; i++)
			tfs[i] = 1;
		return true;
	}
	return read_column(reader, n, values, &widest) &&
	       add_ones(values, n, widest, tfs);
}

/* ---- both ------------------------------------------------------------------ */

void tail_write(const struct tail_shape *shape, const uint32_t *docs,
                const uint32_t *tfs, struct buffer *out)
{
	uint32_t gaps[BLOCK_DOCS], rest[BLOCK_DOCS], next = shape->before;
	if (shape->is_short) {
		write_short(shape, docs, tfs, out);
		return;
	}
	for (unsigned i = 0; i < shape->n; i++) {
		gaps[i] = docs[i] - next;
		next = docs[i] + 1;
		rest[i] = shape->has_tfs ? tfs[i] - 1 : 0;
	}
	write_column(gaps, shape->n, out);
	if (shape->has_tfs)
		write_column(rest, shape->n, out);
}

bool tail_read(struct reader *reader, const struct tail_shape *shape,
               uint32_t docs[BLOCK_DOCS], uint32_t tfs[BLOCK_DOCS])
{
	ASSERT_REL(shape->n, <, BLOCK_DOCS);
	bool good = shape->is_short ? read_short(reader, shape, docs, tfs)
	                            : read_columns(reader, shape, docs, tfs);
	memset(docs + shape->n, 0xFF, (BLOCK_DOCS - shape->n) * sizeof *docs);
	return good && !reader->bad;
}
