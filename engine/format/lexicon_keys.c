/* Which entry of a block has this key?  Of 32 fingerprints and 32 lengths, eight at
 * a time in plain registers; with SSE2, which x86-64 has everywhere, 16: 12
 * instructions for 61. */
#include "format/lexicon_block.h"

#include "base/varint.h"

#if defined(__SSE2__)
#include <emmintrin.h>

static __m128i load(const uint8_t *bytes)
{
	return _mm_loadu_si128((const __m128i *)(const void *)bytes);
}

/* Bit i: byte i of 32 is `byte`. */
static uint32_t equal_bytes(const uint8_t *at, uint8_t byte)
{
	__m128i wanted = _mm_set1_epi8((char)byte);
	int low = _mm_movemask_epi8(_mm_cmpeq_epi8(load(at), wanted));
	int high = _mm_movemask_epi8(_mm_cmpeq_epi8(load(at + 16), wanted));
	return (uint32_t)low | (uint32_t)high << 16;
}

/* The sum of the first n ≤ 32 of 32 bytes. */
static size_t sum_bytes(const uint8_t *at, unsigned n)
{
	static const uint8_t masks[64] = {
#define EIGHT 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF
		EIGHT, EIGHT, EIGHT, EIGHT
#undef EIGHT
	};
	const uint8_t *mask = masks + 32 - n;
	__m128i low = _mm_and_si128(load(at), load(mask));
	__m128i high = _mm_and_si128(load(at + 16), load(mask + 16));
	__m128i sums = _mm_add_epi32(_mm_sad_epu8(low, _mm_setzero_si128()),
	                             _mm_sad_epu8(high, _mm_setzero_si128()));
	return (unsigned)_mm_cvtsi128_si32(sums) +
	       (unsigned)_mm_extract_epi16(sums, 4);
}

#else

enum { ALL = 8 };

static const uint64_t ones = 0x0101010101010101;

/* Bit i: byte i of word is 0. */
static uint32_t zero_bytes(uint64_t word)
{
	uint64_t low = ones * 0x7F;
	uint64_t zeros = ~(((word & low) + low) | word | low) >> 7;
	return (uint32_t)(zeros * 0x0102040810204080 >> 56);
}

static uint32_t equal_bytes(const uint8_t *at, uint8_t byte)
{
	uint32_t found = 0;
	for (unsigned i = 0; i < LEXICON_BLOCK; i += ALL)
		found |= zero_bytes(load_u64(at + i) ^ ones * byte) << i;
	return found;
}

static size_t sum_eight(uint64_t word)
{
	const uint64_t even = 0x00FF00FF00FF00FF;
	uint64_t pairs = (word & even) + (word >> 8 & even);
	return pairs * 0x0001000100010001 >> 48;
}

static size_t sum_bytes(const uint8_t *at, unsigned n)
{
	size_t sum = 0;
	for (; n >= ALL; n -= ALL, at += ALL)
		sum += sum_eight(load_u64(at));
	return n ? sum + sum_eight(load_u64(at) << (64 - 8 * n)) : sum;
}

#endif

/* Both read 32 bytes, the last of them at most 31 behind the block's part: inside
 * the padding. */
uint32_t lexicon_block_match(const struct lexicon_block *block,
                             uint8_t fingerprint)
{
	uint32_t found = equal_bytes(block->fingerprint, fingerprint);
	return block->n < 32 ? found & ((1u << block->n) - 1) : found;
}

size_t lexicon_block_suffix(const struct lexicon_block *block, unsigned i)
{
	return sum_bytes(block->suffix_len, i);
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
