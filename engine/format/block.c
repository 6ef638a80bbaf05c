#include "format/block.h"

#include <stdalign.h>

#include "base/bits.h"
#include "format/bitset.h"
#include "format/pack.h"

static void write_values(const uint32_t values[BLOCK_DOCS],
                         struct patched_choice choice, struct buffer *out)
{
	uint8_t *room = buffer_reserve(out, pack_bytes(choice.width));
	if (!room)
		return;
	pack_block(room, values, choice.width);
	out->len += pack_bytes(choice.width);
	patched_write(values, BLOCK_DOCS, choice, out);
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
	struct patched_choice choice = patched_choose(gaps, BLOCK_DOCS);
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
	struct patched_choice choice = patched_choose(values, BLOCK_DOCS);
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
	out->patches.n = 0;
	out->packed = reader_bytes(&reader, pack_bytes(width));
	if (patched && out->packed)
		patched_open(&out->patches, &reader);
	*end = reader.next;
	return !reader.bad;
}

bool block_open_tfs(struct block_values *out, uint8_t enc, const uint8_t *data,
                    const uint8_t *limit, const uint8_t **end)
{
	return !(enc & 0x60) && block_open_values(out, enc & 31,
		enc & TFS_PATCHED, data, limit, end);
}

/* The place of i among n ≤ 31 indexes, or n: eight at a time.  (Lowest zero byte
 * of a word: Warren, "Hacker's Delight", 6-1.) */
static unsigned find_index(const struct patches *patches, unsigned i)
{
	const uint64_t ones = 0x0101010101010101, tops = ones << 7;
	for (unsigned k = 0; k < patches->n; k += 8) {
		/* up to 7 bytes behind are high parts, or the padding */
		uint64_t word = load_u64(patches->index + k) ^ ones * i;
		uint64_t zero = (word - ones) & ~word & tops;
		if (zero)
			return k + (unsigned)__builtin_ctzll(zero) / 8;
	}
	return patches->n;
}

uint32_t block_value(const struct block_values *values, unsigned i)
{
	const struct patches *patches = &values->patches;
	uint32_t value = pack_value(values->packed, values->width, i);
	unsigned k = find_index(patches, i);
	if (k < patches->n)
		value |= (uint32_t)(patched_high(patches, k) << values->width);
	return value;
}

static bool decode_values(const struct block_values *values,
                          uint32_t out[BLOCK_DOCS])
{
	pack_kernels(cpu_level())->unpack(out, values->packed, values->width);
	return patched_apply(&values->patches, values->width, out, BLOCK_DOCS);
}

static bool read_bitset(size_t words, const uint8_t *data, const uint8_t *limit,
                        uint32_t before, uint32_t last,
                        uint32_t docs[BLOCK_DOCS], const uint8_t **end)
{
	const struct bitset_kernels *kernels = bitset_kernels(cpu_level());
	uint32_t ids[BLOCK_DOCS + BITSET_SLACK];
	if (words < 1 || (size_t)(limit - data) < words * 8 ||
	    kernels->count(data, words) != BLOCK_DOCS)
		return false;
	kernels->ids(data, words, before, ids);
	memcpy(docs, ids, BLOCK_DOCS * sizeof *docs);
	*end = data + words * 8;
	return docs[BLOCK_DOCS - 1] == last;
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
bool block_decode_docs(const struct block_values *gaps, uint32_t before,
                       uint32_t last, uint32_t docs[BLOCK_DOCS])
{
	/* on lines of their own: a store across two costs twice */
	alignas(64) uint32_t values[BLOCK_DOCS];
	unsigned widest = gaps->width;
	if (gaps->patches.n)
		widest += 8u * gaps->patches.high_bytes;
	if (!decode_values(gaps, values))
		return false;
	pack_kernels(cpu_level())->prefix(docs, values, BLOCK_DOCS, before - 1);
	return docs[BLOCK_DOCS - 1] == last &&
	       (widest <= 24 || rises(docs, before));
}

bool block_read_docs(uint8_t enc, const uint8_t *data, const uint8_t *limit,
                     uint32_t before, uint32_t last, uint32_t docs[BLOCK_DOCS],
                     const uint8_t **end)
{
	struct block_values gaps;
	if (last < before)
		return false;
	if (enc > DOCS_BITSET)
		return read_bitset(enc - DOCS_BITSET, data, limit, before, last,
		                   docs, end);
	return enc < 0x40 &&
	       block_open_values(&gaps, enc & 31, enc & DOCS_PATCHED, data,
	                         limit, end) &&
	       block_decode_docs(&gaps, before, last, docs);
}

bool block_decode_tfs(const struct block_values *values,
                      uint32_t tfs[BLOCK_DOCS])
{
	uint32_t all = 0;
	if (!decode_values(values, tfs))
		return false;
	if (values->patches.n && values->width +
	                         8u * values->patches.high_bytes >= 31)
		for (unsigned i = 0; i < BLOCK_DOCS; i++)
			all |= tfs[i] + 1;
	if (values->width == 31 || all >> 31)
		return false; /* a tf has 31 bits */
	pack_kernels(cpu_level())->increment(tfs);
	return true;
}

bool block_read_tfs(uint8_t enc, const uint8_t *data, const uint8_t *limit,
                    uint32_t tfs[BLOCK_DOCS], const uint8_t **end)
{
	struct block_values values;
	return block_open_tfs(&values, enc, data, limit, end) &&
	       block_decode_tfs(&values, tfs);
}
