/* A span is below 2²⁴, exact as a float; a tf that is not is above every span. */
#include "format/place_widths.h"

static inline int32_t float_bits(float value)
{
	int32_t bits;
	memcpy(&bits, &value, sizeof bits);
	return bits;
}

/* Lengths first: the other loop becomes vectors. */
static void widths_plain(const struct places_shape *shape,
                         uint8_t widths[BLOCK_DOCS], uint32_t bits[BLOCK_DOCS])
{
	int32_t spans[BLOCK_DOCS];
	for (unsigned i = 0; i < shape->n; i++)
		spans[i] = (int32_t)places_span(load_u16(
			shape->lengths + 2 * (size_t)shape->docs[i]), shape->gap);
	for (unsigned i = 0; i < shape->n; i++) {
		float tf = (float)(int32_t)shape->tfs[i];
		int32_t width = (float_bits((float)spans[i]) -
		                 float_bits(tf + 1)) >> 23;
		width = width < 0 ? 0 : width;
		widths[i] = (uint8_t)width;
		bits[i] = shape->tfs[i] * (uint32_t)width;
	}
}

#if defined(__x86_64__)

#include <immintrin.h>

#define AVX2 __attribute__((target("avx2")))

AVX2 static inline __m256i load_eight(const uint32_t *from)
{
	return _mm256_loadu_si256((const __m256i *)(const void *)from);
}

AVX2 static void widths_avx2(const struct places_shape *shape,
                             uint8_t widths[BLOCK_DOCS],
                             uint32_t bits[BLOCK_DOCS])
{
	const __m256i zero = _mm256_setzero_si256();
	const __m256i longest = _mm256_set1_epi32(LENGTH_MAX);
	const __m256i gap = _mm256_set1_epi32((int)shape->gap);
	const __m256i number = _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7);
	const int *lengths = (const int *)(const void *)shape->lengths;
	for (unsigned i = 0; i < shape->n; i += 8) {
		__m256i there = _mm256_cmpgt_epi32(
			_mm256_set1_epi32((int)(shape->n - i)), number);
		__m256i length = _mm256_and_si256(longest,
			_mm256_mask_i32gather_epi32(zero, lengths,
				load_eight(shape->docs + i), there, 2));
		__m256i span = _mm256_blendv_epi8(
			_mm256_add_epi32(length, gap),
			_mm256_set1_epi32(LONG_SPAN),
			_mm256_cmpeq_epi32(length, longest));
		__m256i tf = load_eight(shape->tfs + i);
		__m256i width = _mm256_srai_epi32(_mm256_sub_epi32(
			_mm256_castps_si256(_mm256_cvtepi32_ps(span)),
			_mm256_castps_si256(_mm256_add_ps(
				_mm256_cvtepi32_ps(tf), _mm256_set1_ps(1)))), 23);
		width = _mm256_max_epi32(width, zero);
		_mm256_storeu_si256((__m256i *)(void *)(bits + i),
		                    _mm256_mullo_epi32(tf, width));
		__m128i bytes = _mm_packus_epi16(_mm_packus_epi32(
			_mm256_castsi256_si128(width),
			_mm256_extracti128_si256(width, 1)),
			_mm_setzero_si128());
		_mm_storel_epi64((__m128i *)(void *)(widths + i), bytes);
	}
}

#define AVX512 __attribute__((target("avx512f,avx512bw,avx512vl")))

/* without optimisation gcc's gather is a macro that warns */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wsign-conversion"
AVX512 static inline __m512i gather_lengths(const uint8_t *lengths,
                                            __m512i docs, __mmask16 there)
{
	/* into zeros: nothing waits for what the register held */
	return _mm512_and_si512(_mm512_set1_epi32(LENGTH_MAX),
		_mm512_mask_i32gather_epi32(_mm512_setzero_si512(), there, docs,
		                            lengths, 2));
}
#pragma GCC diagnostic pop

AVX512 static void widths_avx512(const struct places_shape *shape,
                                 uint8_t widths[BLOCK_DOCS],
                                 uint32_t bits[BLOCK_DOCS])
{
	const __m512i zero = _mm512_setzero_si512();
	const __m512i longest = _mm512_set1_epi32(LENGTH_MAX);
	const __m512i gap = _mm512_set1_epi32((int)shape->gap);
	for (unsigned i = 0; i < shape->n; i += 16) {
		unsigned n = min_u32(shape->n - i, 16);
		__mmask16 there = (__mmask16)((1u << n) - 1);
		__m512i length = gather_lengths(
			shape->lengths, _mm512_loadu_si512(shape->docs + i),
			there);
		__m512i span = _mm512_mask_mov_epi32(
			_mm512_add_epi32(length, gap),
			_mm512_cmpeq_epi32_mask(length, longest),
			_mm512_set1_epi32(LONG_SPAN));
		__m512i tf = _mm512_loadu_si512(shape->tfs + i);
		__m512i width = _mm512_srai_epi32(_mm512_sub_epi32(
			_mm512_castps_si512(_mm512_cvtepi32_ps(span)),
			_mm512_castps_si512(_mm512_add_ps(
				_mm512_cvtepi32_ps(tf), _mm512_set1_ps(1)))), 23);
		width = _mm512_max_epi32(width, zero);
		_mm512_storeu_si512(bits + i, _mm512_mullo_epi32(tf, width));
		_mm_storeu_si128((__m128i *)(void *)(widths + i),
		                 _mm512_cvtepi32_epi8(width));
	}
}
#endif

place_widths *place_widths_kernel(enum cpu_level level)
{
#if defined(__x86_64__)
	if (level >= CPU_AVX512)
		return widths_avx512;
	if (level >= CPU_AVX2)
		return widths_avx2;
#endif
	(void)level;
	return widths_plain;
}
