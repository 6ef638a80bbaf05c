/* Four at a time with SSE2, which x86-64 has everywhere; one at a time
 * elsewhere.  (rintf is a call without SSE 4.1: the conversion rounds alike.) */
#include "rank/score.h"

#include "base/varint.h"

#if defined(__SSE2__)
#include <emmintrin.h>

static void contribute_four(const struct bm25 *bm25, const uint32_t *tfs,
                            const uint32_t *docs, const uint8_t *lengths,
                            uint32_t *out)
{
	int length[4];
	for (unsigned i = 0; i < 4; i++)
		length[i] = load_u16(lengths + 2 * (size_t)docs[i]);
	__m128 t = _mm_cvtepi32_ps(_mm_loadu_si128(
		(const __m128i *)(const void *)tfs));
	__m128 l = _mm_cvtepi32_ps(_mm_loadu_si128(
		(const __m128i *)(const void *)length));
	__m128 norm = _mm_add_ps(_mm_set1_ps(bm25->c0),
	                         _mm_mul_ps(_mm_set1_ps(bm25->c1), l));
	__m128 gain = _mm_div_ps(_mm_mul_ps(_mm_set1_ps(bm25->weight), t),
	                         _mm_add_ps(norm, t));
	/* the second where the first is no number */
	gain = _mm_max_ps(gain, _mm_set1_ps(1));
	_mm_storeu_si128((__m128i *)(void *)out, _mm_cvtps_epi32(gain));
}
#endif

static void contribute(const struct bm25 *bm25, const uint32_t *tfs,
                       const uint32_t *docs, const uint8_t *lengths, size_t n,
                       uint32_t *out)
{
	size_t i = 0;
#if defined(__SSE2__)
	for (; i + 4 <= n; i += 4)
		contribute_four(bm25, tfs + i, docs + i, lengths, out + i);
#endif
	for (; i < n; i++)
		out[i] = bm25_contribution(bm25, tfs[i], load_u16(
			lengths + 2 * (size_t)docs[i]));
}

static size_t keep(const uint32_t *docs, const uint32_t *scores, size_t n,
                   uint32_t least, uint32_t *docs_out, uint32_t *scores_out)
{
	size_t kept = 0;
	for (size_t i = 0; i < n; i++) {
		uint32_t doc = docs[i], score = scores[i];
		docs_out[kept] = doc;
		scores_out[kept] = score;
		kept += score >= least;
	}
	return kept;
}

static size_t sweep(uint32_t *sums, uint8_t *marks, size_t n, uint32_t first,
                    uint32_t least, uint32_t *docs, uint32_t *scores)
{
	size_t kept = 0;
	for (size_t group = 0; group < n / SCORE_GROUP; group++) {
		uint32_t *sum = sums + group * SCORE_GROUP;
		if (!marks[group])
			continue;
		marks[group] = 0;
		for (uint32_t i = 0; i < SCORE_GROUP; i++) {
			docs[kept] = first + (uint32_t)group * SCORE_GROUP + i;
			scores[kept] = sum[i];
			kept += sum[i] >= least;
			sum[i] = 0;
		}
	}
	return kept;
}

static const struct score_kernels scalar = {contribute, keep, sweep};

const struct score_kernels *score_kernels(enum cpu_level level)
{
#if defined(__x86_64__)
	if (level >= CPU_AVX512)
		return &score_avx512;
	if (level >= CPU_AVX2)
		return &score_avx2;
#endif
	(void)level;
	return &scalar;
}
