/* Sixteen at a time; what is kept is compressed in a register and stored whole:
 * a compressing store takes far longer on some processors. */
#include "rank/score.h"

#if defined(__x86_64__)

#include <immintrin.h>

#include "base/varint.h"

#define AVX512                                                                 \
	__attribute__((target("avx512f,avx512bw,avx512vl,bmi,popcnt" CPU_WIDE)))
#define INLINE static inline __attribute__((always_inline))

AVX512 INLINE __m512i contribute_sixteen(const struct bm25 *bm25, __m512i tfs,
                                         __m512i length)
{
	__m512 t = _mm512_cvtepi32_ps(tfs), l = _mm512_cvtepi32_ps(length);
	__m512 norm = _mm512_add_ps(_mm512_set1_ps(bm25->c0),
	                            _mm512_mul_ps(_mm512_set1_ps(bm25->c1), l));
	__m512 gain = _mm512_div_ps(
		_mm512_mul_ps(_mm512_set1_ps(bm25->weight), t),
		_mm512_add_ps(norm, t));
	return _mm512_cvtps_epi32(_mm512_max_ps(gain, _mm512_set1_ps(1)));
}

AVX512 static void contribute_avx512(const struct bm25 *bm25,
                                     const uint32_t *tfs, const uint32_t *docs,
                                     const uint8_t *lengths, size_t n,
                                     uint32_t *out)
{
	uint32_t length[16];
	size_t i = 0;
	for (; i + 16 <= n; i += 16) {
		for (unsigned j = 0; j < 16; j++)
			length[j] = load_u16(lengths + 2 * (size_t)docs[i + j]);
		_mm512_storeu_si512(out + i, contribute_sixteen(
			bm25, _mm512_loadu_si512(tfs + i),
			_mm512_loadu_si512(length)));
	}
	if (i == n)
		return;
	__mmask16 mask = (__mmask16)((1u << (n - i)) - 1);
	for (unsigned j = 0; j < n - i; j++)
		length[j] = load_u16(lengths + 2 * (size_t)docs[i + j]);
	_mm512_mask_storeu_epi32(out + i, mask, contribute_sixteen(
		bm25, _mm512_maskz_loadu_epi32(mask, tfs + i),
		_mm512_maskz_loadu_epi32(mask, length)));
}

AVX512 static size_t keep_avx512(const uint32_t *docs, const uint32_t *scores,
                                 size_t n, uint32_t least, uint32_t *docs_out,
                                 uint32_t *scores_out)
{
	const __m512i limit = _mm512_set1_epi32((int)least);
	size_t kept = 0;
	for (size_t i = 0; i < n; i += 16) {
		__mmask16 there = (__mmask16)(n - i < 16 ? (1u << (n - i)) - 1
		                                         : 0xFFFFu);
		__m512i score = _mm512_maskz_loadu_epi32(there, scores + i);
		__m512i doc = _mm512_maskz_loadu_epi32(there, docs + i);
		__mmask16 good = _mm512_mask_cmpge_epu32_mask(there, score,
		                                              limit);
		_mm512_storeu_si512(docs_out + kept,
		                    _mm512_maskz_compress_epi32(good, doc));
		_mm512_storeu_si512(scores_out + kept,
		                    _mm512_maskz_compress_epi32(good, score));
		kept += (size_t)__builtin_popcount(good);
	}
	return kept;
}

AVX512 static size_t sweep_avx512(uint32_t *sums, uint8_t *marks, size_t n,
                                  uint32_t first, uint32_t least,
                                  uint32_t *docs, uint32_t *scores)
{
	const __m512i limit = _mm512_set1_epi32((int)least);
	const __m512i zero = _mm512_setzero_si512();
	const __m512i lanes = _mm512_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7, 8, 9,
	                                        10, 11, 12, 13, 14, 15);
	size_t kept = 0;
	for (size_t at = 0; at < n / SCORE_GROUP; at += 64) {
		__m512i mark = _mm512_loadu_si512(marks + at);
		uint64_t marked = _mm512_test_epi8_mask(mark, mark);
		if (!marked)
			continue;
		_mm512_storeu_si512(marks + at, zero);
		for (; marked; marked &= marked - 1) {
			size_t group = at + (size_t)__builtin_ctzll(marked);
			uint32_t *sum = sums + group * SCORE_GROUP;
			__m512i v = _mm512_loadu_si512(sum);
			__mmask16 good = _mm512_cmpge_epu32_mask(v, limit);
			__m512i doc = _mm512_add_epi32(lanes, _mm512_set1_epi32(
				(int)(first + group * SCORE_GROUP)));
			_mm512_storeu_si512(sum, zero);
			_mm512_storeu_si512(docs + kept,
				_mm512_maskz_compress_epi32(good, doc));
			_mm512_storeu_si512(scores + kept,
				_mm512_maskz_compress_epi32(good, v));
			kept += (size_t)__builtin_popcount(good);
		}
	}
	return kept;
}

const struct score_kernels score_avx512 = {contribute_avx512, keep_avx512,
                                           sweep_avx512};

#endif
