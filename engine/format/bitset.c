#include "format/bitset.h"

#define ALWAYS_INLINE static inline __attribute__((always_inline))

/* ---- what the levels share: one source, compiled for each ---------------- */

ALWAYS_INLINE uint64_t count_words(const uint8_t *words, size_t n)
{
	uint64_t sum = 0;
	for (size_t w = 0; w < n; w++)
		sum += (uint64_t)__builtin_popcountll(load_u64(words + 8 * w));
	return sum;
}

ALWAYS_INLINE uint64_t count_common(const uint8_t *a, const uint8_t *b,
                                    size_t n)
{
	uint64_t sum = 0;
	for (size_t w = 0; w < n; w++)
		sum += (uint64_t)__builtin_popcountll(load_u64(a + 8 * w) &
		                                      load_u64(b + 8 * w));
	return sum;
}

ALWAYS_INLINE size_t list_ids(const uint8_t *words, size_t n, uint32_t base,
                              uint32_t *out)
{
	uint32_t *next = out;
	for (size_t w = 0; w < n; w++, base += 64)
		for (uint64_t word = load_u64(words + 8 * w); word;
		     word &= word - 1)
			*next++ = base + (uint32_t)__builtin_ctzll(word);
	return (size_t)(next - out);
}

ALWAYS_INLINE void sum_ranks(const uint8_t *words, size_t n, uint16_t *before)
{
	unsigned sum = 0;
	for (size_t w = 0; w < n; w++) {
		before[w] = (uint16_t)sum;
		sum += (unsigned)__builtin_popcountll(load_u64(words + 8 * w));
	}
}

ALWAYS_INLINE void rank_bits(const uint8_t *words, const uint16_t *before,
                             uint32_t *bits, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		uint64_t word = load_u64(words + bits[i] / 64 * 8);
		word &= ((uint64_t)1 << bits[i] % 64) - 1;
		bits[i] = (uint16_t)(before[bits[i] / 64] +
		                     __builtin_popcountll(word));
	}
}

#define LEVEL(NAME, ATTRIBUTES)                                                \
	ATTRIBUTES static uint64_t count_##NAME(const uint8_t *words, size_t n)\
	{                                                                      \
		return count_words(words, n);                                  \
	}                                                                      \
	ATTRIBUTES static uint64_t count_both_##NAME(                          \
		const uint8_t *a, const uint8_t *b, size_t n)                  \
	{                                                                      \
		return count_common(a, b, n);                                  \
	}                                                                      \
	ATTRIBUTES static void ranks_##NAME(const uint8_t *words, size_t n,    \
	                                    uint16_t *before)                  \
	{                                                                      \
		sum_ranks(words, n, before);                                   \
	}                                                                      \
	ATTRIBUTES static void places_##NAME(                                  \
		const uint8_t *words, const uint16_t *before, uint32_t *bits,  \
		size_t n)                                                      \
	{                                                                      \
		rank_bits(words, before, bits, n);                             \
	}

LEVEL(plain, )

static size_t ids_plain(const uint8_t *words, size_t n, uint32_t base,
                        uint32_t *out)
{
	return list_ids(words, n, base, out);
}

static const struct bitset_kernels plain = {count_plain, count_both_plain,
                                            ids_plain, ranks_plain,
                                            places_plain};

#if defined(__x86_64__)

#include <immintrin.h>

#define POPCNT __attribute__((target("popcnt,bmi,bmi2")))
#define AVX512 __attribute__((target("avx512f,avx512bw,avx512vl,popcnt,bmi")))

LEVEL(popcnt, POPCNT)

POPCNT static size_t ids_popcnt(const uint8_t *words, size_t n, uint32_t base,
                                uint32_t *out)
{
	return list_ids(words, n, base, out);
}

static const struct bitset_kernels popcnt = {count_popcnt, count_both_popcnt,
                                             ids_popcnt, ranks_popcnt,
                                             places_popcnt};

/* 16 bits at a time choose among 16 numbers. */
AVX512 static size_t ids_avx512(const uint8_t *words, size_t n, uint32_t base,
                                uint32_t *out)
{
	const __m512i step = _mm512_set1_epi32(16);
	__m512i numbers = _mm512_add_epi32(
		_mm512_set1_epi32((int)base),
		_mm512_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13,
		                  14, 15));
	uint32_t *next = out;
	for (size_t w = 0; w < n; w++) {
		uint64_t word = load_u64(words + 8 * w);
		for (unsigned part = 0; part < 4; part++, word >>= 16) {
			__mmask16 mask = (__mmask16)word;
			_mm512_storeu_si512(next, _mm512_maskz_compress_epi32(
				mask, numbers));
			next += __builtin_popcount(mask);
			numbers = _mm512_add_epi32(numbers, step);
		}
	}
	return (size_t)(next - out);
}

static const struct bitset_kernels avx512 = {count_popcnt, count_both_popcnt,
                                             ids_avx512, ranks_popcnt,
                                             places_popcnt};
#endif

const struct bitset_kernels *bitset_kernels(enum cpu_level level)
{
#if defined(__x86_64__)
	if (level >= CPU_AVX512)
		return &avx512;
	if (level >= CPU_AVX2)
		return &popcnt;
#endif
	(void)level;
	return &plain;
}

/* ---- rows into rows -------------------------------------------------------- */

void bitset_or(uint64_t *to, size_t size, int64_t at, const uint8_t *words,
               size_t n)
{
	if (at < 0) { /* whole words first */
		size_t skip = min_size((size_t)-at / 64, n);
		words += 8 * skip;
		n -= skip;
		at += 64 * (int64_t)skip;
	}
	if (at < 0 && n && size) {
		to[0] |= LITTLE64(load_u64(words) >> -at);
		words += 8;
		n--;
		at += 64;
	}
	size_t word = (size_t)at / 64;
	unsigned shift = (unsigned)(at % 64);
	if (!n || word >= size)
		return;
	n = min_size(n, size - word);
	if (!shift) {
		for (size_t w = 0; w < n; w++)
			to[word + w] |= LITTLE64(load_u64(words + 8 * w));
		return;
	}
	uint64_t carry = 0;
	for (size_t w = 0; w < n; w++) {
		uint64_t row = load_u64(words + 8 * w);
		to[word + w] |= LITTLE64(row << shift | carry);
		carry = row >> (64 - shift);
	}
	if (word + n < size)
		to[word + n] |= LITTLE64(carry);
}

void bitset_set_range(uint64_t *to, size_t start, size_t end)
{
	if (start >= end)
		return;
	size_t first = start / 64, last = (end - 1) / 64;
	uint64_t low = UINT64_MAX << start % 64;
	uint64_t high = UINT64_MAX >> (63 - (end - 1) % 64);
	if (first == last) {
		to[first] |= LITTLE64(low & high);
		return;
	}
	to[first] |= LITTLE64(low);
	for (size_t w = first + 1; w < last; w++)
		to[w] = UINT64_MAX;
	to[last] |= LITTLE64(high);
}
