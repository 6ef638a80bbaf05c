#include "format/block.h"

#include <stdalign.h>

#include "base/bits.h"
#include "format/pack.h"

/* A way to write 256 values: width, and the exceptions over it. */
struct choice {
	unsigned width, n_exceptions, high_bytes;
	size_t bytes;
};

static struct choice choose_plain(unsigned width)
{
	return (struct choice){.width = width, .bytes = pack_bytes(width)};
}

/* The cheapest patched width, or the plain one where patches save less than an
 * eighth. */
static struct choice choose(const uint32_t values[BLOCK_DOCS])
{
	unsigned count[33] = {0}, widest = 0;
	for (unsigned i = 0; i < BLOCK_DOCS; i++) {
		unsigned width = bits_width32(values[i]);
		count[width]++;
		if (width > widest)
			widest = width;
	}
	struct choice plain = choose_plain(widest), best = plain;
	for (unsigned width = widest, over = 0; width-- > 0;) {
		over += count[width + 1];
		if (over > 31)
			break;
		unsigned high = (widest - width + 7) / 8;
		size_t bytes = pack_bytes(width) + 2 + over + high * over;
		if (bytes < best.bytes)
			best = (struct choice){width, over, high, bytes};
	}
	return best.bytes * 8 <= plain.bytes * 7 ? best : plain;
}

static void write_values(const uint32_t values[BLOCK_DOCS],
                         struct choice choice, struct buffer *out)
{
	uint8_t *room = buffer_reserve(out, pack_bytes(choice.width));
	if (!room)
		return;
	pack_block(room, values, choice.width);
	out->len += pack_bytes(choice.width);
	if (!choice.n_exceptions)
		return;
	buffer_byte(out, (uint8_t)choice.n_exceptions);
	for (unsigned i = 0; i < BLOCK_DOCS; i++)
		if (values[i] >> choice.width)
			buffer_byte(out, (uint8_t)i);
	buffer_byte(out, (uint8_t)choice.high_bytes);
	for (unsigned i = 0; i < BLOCK_DOCS; i++) {
		uint8_t high[4];
		store_u32(high, values[i] >> choice.width);
		if (values[i] >> choice.width)
			buffer_append(out, high, choice.high_bytes);
	}
}

static uint8_t write_bitset(const uint32_t docs[BLOCK_DOCS], uint32_t before,
                            size_t words, struct buffer *out)
{
	uint8_t *room = buffer_reserve(out, words * 8);
	if (room) {
		memset(room, 0, words * 8);
		for (unsigned i = 0; i < BLOCK_DOCS; i++) {
			uint32_t bit = docs[i] - before;
			room[bit / 8] |= (uint8_t)(1u << bit % 8);
		}
		out->len += words * 8;
	}
	return (uint8_t)(DOCS_BITSET + words);
}

uint8_t block_write_docs(const uint32_t docs[BLOCK_DOCS], uint32_t before,
                         struct buffer *out)
{
	uint32_t gaps[BLOCK_DOCS], largest = 0, previous = before;
	for (unsigned i = 0; i < BLOCK_DOCS; i++) {
		ASSERT_REL(docs[i], >=, previous);
		gaps[i] = docs[i] - previous;
		largest = max_u32(largest, gaps[i]);
		previous = docs[i] + 1;
	}
	if (!largest)
		return DOCS_RUN;
	size_t words = ((size_t)docs[BLOCK_DOCS - 1] - before) / 64 + 1;
	if (words <= BITSET_WORDS_MAX &&
	    64 * words <= BLOCK_DOCS * ((size_t)bits_width32(largest) + 1))
		return write_bitset(docs, before, words, out);
	struct choice choice = choose(gaps);
	write_values(gaps, choice, out);
	return (uint8_t)(choice.n_exceptions ? DOCS_PATCHED + choice.width
	                                     : choice.width);
}

uint8_t block_write_tfs(const uint32_t tfs[BLOCK_DOCS], struct buffer *out)
{
	uint32_t values[BLOCK_DOCS];
	for (unsigned i = 0; i < BLOCK_DOCS; i++) {
		ASSERT_REL(tfs[i], >, 0);
		values[i] = tfs[i] - 1;
	}
	struct choice choice = choose(values);
	write_values(values, choice, out);
	return (uint8_t)(choice.width |
	                 (choice.n_exceptions ? TFS_PATCHED : 0));
}

bool block_open_values(struct block_values *out, unsigned width, bool patched,
                       const uint8_t *data, const uint8_t *limit,
                       const uint8_t **end)
{
	struct reader reader = {data, limit, false};
	out->width = (uint8_t)width;
	out->n_exceptions = 0;
	out->packed = reader_bytes(&reader, pack_bytes(width));
	if (patched && out->packed) {
		out->n_exceptions = reader_u8(&reader);
		out->index = reader_bytes(&reader, out->n_exceptions);
		out->high_bytes = reader_u8(&reader);
		if (out->n_exceptions < 1 || out->n_exceptions > 31 ||
		    out->high_bytes < 1 || out->high_bytes > 4)
			return false;
		out->high = reader_bytes(&reader, (size_t)out->n_exceptions *
		                                  out->high_bytes);
	}
	*end = reader.next;
	return !reader.bad;
}

bool block_open_tfs(struct block_values *out, uint8_t enc, const uint8_t *data,
                    const uint8_t *limit, const uint8_t **end)
{
	return !(enc & 0x60) && block_open_values(out, enc & 31,
		enc & TFS_PATCHED, data, limit, end);
}

/* The high part of exception i. */
static uint64_t high_part(const struct block_values *values, unsigned i)
{
	const uint8_t *bytes = values->high + (size_t)i * values->high_bytes;
	uint64_t value = 0;
	for (unsigned j = values->high_bytes; j-- > 0;)
		value = value << 8 | bytes[j];
	return value;
}

uint32_t block_value(const struct block_values *values, unsigned i)
{
	uint32_t value = pack_value(values->packed, values->width, i);
	for (unsigned j = 0; j < values->n_exceptions; j++)
		if (values->index[j] == i)
			value |= (uint32_t)(high_part(values, j) <<
			                    values->width);
	return value;
}

static bool read_values(unsigned width, bool patched, const uint8_t *data,
                        const uint8_t *limit, uint32_t values[BLOCK_DOCS],
                        unsigned *widest, const uint8_t **end)
{
	struct block_values parts;
	if (!block_open_values(&parts, width, patched, data, limit, end))
		return false;
	pack_kernels(cpu_level())->unpack(values, parts.packed, width);
	/* bits that a value may have now */
	*widest = width + (patched ? 8u * parts.high_bytes : 0);
	for (unsigned i = 0; i < parts.n_exceptions; i++) {
		uint8_t at = parts.index[i];
		if (i && at <= parts.index[i - 1])
			return false;
		uint64_t value = high_part(&parts, i) << width | values[at];
		if (value > UINT32_MAX)
			return false;
		values[at] = (uint32_t)value;
	}
	return true;
}

static bool read_bitset(size_t words, const uint8_t *data, const uint8_t *limit,
                        uint32_t before, uint32_t last,
                        uint32_t docs[BLOCK_DOCS], const uint8_t **end)
{
	if (words < 1 || (size_t)(limit - data) < words * 8)
		return false;
	unsigned n = 0;
	for (size_t w = 0; w < words; w++) {
		uint64_t word = load_u64(data + w * 8);
		if (n + (unsigned)__builtin_popcountll(word) > BLOCK_DOCS)
			return false;
		for (; word; word &= word - 1)
			docs[n++] = before + (uint32_t)(w * 64) +
			            (uint32_t)__builtin_ctzll(word);
	}
	*end = data + words * 8;
	return n == BLOCK_DOCS && docs[BLOCK_DOCS - 1] == last;
}

static bool rises(const uint32_t docs[BLOCK_DOCS], uint32_t before)
{
	unsigned falls = docs[0] < before;
	for (unsigned i = 1; i < BLOCK_DOCS; i++)
		falls |= docs[i] <= docs[i - 1];
	return !falls;
}

/* docs from gaps − 1; false where their sum is not `last`.  Sums are modulo
 * 2³².  256 values below 2²⁴ can pass 2³² once, and then end below `before`; of
 * wider ones none may: each step is 1 to 2³², so one that passes goes down. */
static bool add_gaps(const uint32_t values[BLOCK_DOCS], unsigned widest,
                     uint32_t before, uint32_t last, uint32_t docs[BLOCK_DOCS])
{
	pack_kernels(cpu_level())->prefix(docs, values, before - 1);
	return docs[BLOCK_DOCS - 1] == last &&
	       (widest <= 24 || rises(docs, before));
}

bool block_read_docs(uint8_t enc, const uint8_t *data, const uint8_t *limit,
                     uint32_t before, uint32_t last, uint32_t docs[BLOCK_DOCS],
                     const uint8_t **end)
{
	if (last < before)
		return false;
	if (enc > DOCS_BITSET)
		return read_bitset(enc - DOCS_BITSET, data, limit, before, last,
		                   docs, end);
	if (enc >= 0x40)
		return false;
	/* on lines of their own: a store across two costs twice */
	alignas(64) uint32_t values[BLOCK_DOCS];
	unsigned widest;
	return read_values(enc & 31, enc & DOCS_PATCHED, data, limit, values,
	                   &widest, end) &&
	       add_gaps(values, widest, before, last, docs);
}

bool block_read_tfs(uint8_t enc, const uint8_t *data, const uint8_t *limit,
                    uint32_t tfs[BLOCK_DOCS], const uint8_t **end)
{
	if (enc & 0x60)
		return false;
	unsigned widest, zeros = 0;
	if (!read_values(enc & 31, enc & TFS_PATCHED, data, limit, tfs, &widest,
	                 end))
		return false;
	/* a tf has 31 bits */
	for (unsigned i = 0; i < BLOCK_DOCS; i++)
		zeros |= ++tfs[i] - 1 >= INT32_MAX;
	return !zeros;
}
