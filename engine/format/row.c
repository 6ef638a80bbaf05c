#include "format/row.h"

enum { SHUFFLED = 25 }; /* the widest values of the shuffles */

static void read_each(const uint8_t *bytes, size_t n, unsigned width,
                      uint32_t *out)
{
	for (size_t i = 0; i < n; i++)
		out[i] = (uint32_t)bits_get(bytes, i, width);
}

#if defined(__x86_64__)

#include <immintrin.h>

#define AVX2 __attribute__((target("avx2")))
#define AVX512 __attribute__((target("avx512f,avx512bw,avx512vl,avx512vbmi")))

/* Four bytes from that of each bit on. */
AVX512 static void read_avx512(const uint8_t *bytes, size_t n, unsigned width,
                               uint32_t *out)
{
	const __m512i lanes = _mm512_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7, 8, 9,
	                                        10, 11, 12, 13, 14, 15);
	const __m512i bit = _mm512_mullo_epi32(
		lanes, _mm512_set1_epi32((int)width));
	const __m512i shift = _mm512_and_si512(bit, _mm512_set1_epi32(7));
	const __m512i mask = _mm512_set1_epi32((1 << width) - 1);
	const __m512i places = _mm512_add_epi32(
		_mm512_mullo_epi32(_mm512_srli_epi32(bit, 3),
		                   _mm512_set1_epi32(0x01010101)),
		_mm512_set1_epi32(0x03020100));
	for (size_t i = 0; i < n; i += 16, bytes += 2 * (size_t)width) {
		__m512i v = _mm512_permutexvar_epi8(
			places, _mm512_loadu_si512(bytes));
		v = _mm512_and_si512(_mm512_srlv_epi32(v, shift), mask);
		_mm512_storeu_si512(out + i, v);
	}
}

/* The same in halves of four values, each from the byte of its first. */
AVX2 static void read_avx2(const uint8_t *bytes, size_t n, unsigned width,
                           uint32_t *out)
{
	const int b = (int)width, r = 4 * b % 8;
	const __m256i bit = _mm256_add_epi32(
		_mm256_mullo_epi32(_mm256_setr_epi32(0, 1, 2, 3, 0, 1, 2, 3),
		                   _mm256_set1_epi32(b)),
		_mm256_setr_epi32(0, 0, 0, 0, r, r, r, r));
	const __m256i shift = _mm256_and_si256(bit, _mm256_set1_epi32(7));
	const __m256i mask = _mm256_set1_epi32((1 << b) - 1);
	const __m256i places = _mm256_add_epi32(
		_mm256_mullo_epi32(_mm256_srli_epi32(bit, 3),
		                   _mm256_set1_epi32(0x01010101)),
		_mm256_set1_epi32(0x03020100));
	for (size_t i = 0; i < n; i += 8, bytes += width) {
		__m256i v = _mm256_inserti128_si256(
			_mm256_castsi128_si256(_mm_loadu_si128(
				(const __m128i *)(const void *)bytes)),
			_mm_loadu_si128((const __m128i *)(const void *)(
				bytes + width / 2)), 1);
		v = _mm256_srlv_epi32(_mm256_shuffle_epi8(v, places), shift);
		_mm256_storeu_si256((__m256i *)(void *)(out + i),
		                    _mm256_and_si256(v, mask));
	}
}

#endif

void row_read_at(enum cpu_level level, const uint8_t *bytes, size_t n,
                 unsigned width, uint32_t *out)
{
#if defined(__x86_64__)
	if (width <= SHUFFLED && level >= CPU_AVX512) {
		read_avx512(bytes, n, width, out);
		return;
	}
	if (width <= SHUFFLED && level >= CPU_AVX2) {
		read_avx2(bytes, n, width, out);
		return;
	}
#endif
	(void)level;
	read_each(bytes, n, width, out);
}

void row_read(const uint8_t *bytes, size_t n, unsigned width, uint32_t *out)
{
	row_read_at(cpu_level(), bytes, n, width, out);
}
