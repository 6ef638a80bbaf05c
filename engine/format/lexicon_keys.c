/* Which entry of a block has this key?  Eight bytes at a time in plain registers:
 * of 32 fingerprints and 32 lengths that is four steps each, alike on every
 * machine. */
#include "format/lexicon_block.h"

#include "base/varint.h"

enum { ALL = 8 };

static const uint64_t ones = 0x0101010101010101;

/* Bit i: byte i of word is 0. */
static uint32_t zero_bytes(uint64_t word)
{
	uint64_t low = ones * 0x7F;
	uint64_t zeros = ~(((word & low) + low) | word | low) >> 7;
	return (uint32_t)(zeros * 0x0102040810204080 >> 56);
}

/* Reads 32 bytes, the last of them at most 31 behind the block's part: inside the
 * padding. */
uint32_t lexicon_block_match(const struct lexicon_block *block,
                             uint8_t fingerprint)
{
	const uint8_t *at = block->fingerprint;
	uint32_t found = 0;
	for (unsigned i = 0; i < LEXICON_BLOCK; i += ALL)
		found |= zero_bytes(load_u64(at + i) ^ ones * fingerprint) << i;
	return block->n < 32 ? found & ((1u << block->n) - 1) : found;
}

/* The sum of the bytes of word, at most 8 · 255. */
static size_t sum_bytes(uint64_t word)
{
	const uint64_t even = 0x00FF00FF00FF00FF;
	uint64_t pairs = (word & even) + (word >> 8 & even);
	return pairs * 0x0001000100010001 >> 48;
}

size_t lexicon_block_suffix(const struct lexicon_block *block, unsigned i)
{
	const uint8_t *at = block->suffix_len;
	size_t sum = 0;
	for (; i >= ALL; i -= ALL, at += ALL)
		sum += sum_bytes(load_u64(at));
	return i ? sum + sum_bytes(load_u64(at) << (64 - 8 * i)) : sum;
}

static bool lies_inside(const struct lexicon_block *block, unsigned i,
                        size_t start)
{
	return block->shared[i] <= (i ? block->suffix_len[0] : 0) &&
	       start + block->suffix_len[i] <= block->suffix_bytes;
}

bool lexicon_block_key(const struct lexicon_block *block, unsigned i,
                       uint8_t out[KEY_MAX], uint8_t *out_len)
{
	size_t start = lexicon_block_suffix(block, i);
	unsigned shared = block->shared[i], rest = block->suffix_len[i];
	if (!lies_inside(block, i, start) || shared + rest < 1 ||
	    shared + rest > KEY_MAX)
		return false;
	bytes_copy(out, block->suffix, shared);
	bytes_copy(out + shared, block->suffix + start, rest);
	*out_len = (uint8_t)(shared + rest);
	return true;
}

bool lexicon_block_is(const struct lexicon_block *block, unsigned i,
                      struct slice key)
{
	unsigned shared = block->shared[i], rest = block->suffix_len[i];
	if (key.len != shared + rest)
		return false;
	size_t start = lexicon_block_suffix(block, i);
	return lies_inside(block, i, start) &&
	       bytes_equal(key.data, block->suffix, shared) &&
	       bytes_equal(key.data + shared, block->suffix + start, rest);
}
