/* Eight at a time.  What is kept is moved one by one, those to be kept alone:
 * a table of 256 permutations would take 8 KiB of the cache. */
#include "rank/score.h"

#if defined(__x86_64__)

#include <immintrin.h>

#include "base/varint.h"

#define AVX2 __attribute__((target("avx2,bmi,popcnt")))
#define INLINE static inline __attribute__((always_inline))

AVX2 INLINE __m256i contribute_eight(const struct bm25 *bm25,
                                     const uint32_t *tfs, const uint32_t *docs,
                                     const uint8_t *lengths)
{
	uint32_t length[8];
	for (unsigned i = 0; i < 8; i++)
		length[i] = load_u16(lengths + 2 * (size_t)docs[i]);
	__m256 t = _mm256_cvtepi32_ps(_mm256_loadu_si256(
		(const __m256i *)(const void *)tfs));
	__m256 l = _mm256_cvtepi32_ps(_mm256_loadu_si256(
		(const __m256i *)(const void *)length));
	__m256 norm = _mm256_add_ps(_mm256_set1_ps(bm25->c0),
	                            _mm256_mul_ps(_mm256_set1_ps(bm25->c1), l));
	__m256 gain = _mm256_div_ps(
		_mm256_mul_ps(_mm256_set1_ps(bm25->weight), t),
		_mm256_add_ps(norm, t));
	return _mm256_cvtps_epi32(_mm256_max_ps(gain, _mm256_set1_ps(1)));
}

AVX2 static void contribute_avx2(const struct bm25 *bm25, const uint32_t *tfs,
                                 const uint32_t *docs, const uint8_t *lengths,
                                 size_t n, uint32_t *out)
{
	size_t i = 0;
	for (; i + 8 <= n; i += 8)
		_mm256_storeu_si256((__m256i *)(void *)(out + i),
		                    contribute_eight(bm25, tfs + i, docs + i,
		                                     lengths));
	if (i == n)
		return;
	uint32_t rest[3][8] = {{0}};
	memcpy(rest[0], tfs + i, (n - i) * sizeof *tfs);
	memcpy(rest[1], docs + i, (n - i) * sizeof *docs);
	_mm256_storeu_si256((__m256i *)(void *)rest[2],
	                    contribute_eight(bm25, rest[0], rest[1], lengths));
	memcpy(out + i, rest[2], (n - i) * sizeof *out);
}

/* Which of 8 are at least `least`: the larger of both is the number itself. */
AVX2 INLINE unsigned not_less(const uint32_t *numbers, __m256i least)
{
	__m256i v = _mm256_loadu_si256((const __m256i *)(const void *)numbers);
	return (unsigned)_mm256_movemask_ps(_mm256_castsi256_ps(
		_mm256_cmpeq_epi32(_mm256_max_epu32(v, least), v)));
}

AVX2 static size_t keep_avx2(const uint32_t *docs, const uint32_t *scores,
                             size_t n, uint32_t least, uint32_t *docs_out,
                             uint32_t *scores_out)
{
	const __m256i limit = _mm256_set1_epi32((int)least);
	size_t kept = 0, i = 0;
	for (; i + 8 <= n; i += 8)
		for (unsigned mask = not_less(scores + i, limit); mask;
		     mask &= mask - 1) {
			size_t from = i + (size_t)__builtin_ctz(mask);
			docs_out[kept] = docs[from];
			scores_out[kept++] = scores[from];
		}
	for (; i < n; i++)
		if (scores[i] >= least) {
			docs_out[kept] = docs[i];
			scores_out[kept++] = scores[i];
		}
	return kept;
}

AVX2 static size_t sweep_avx2(uint32_t *sums, uint8_t *marks, size_t n,
                              uint32_t first, uint32_t least, uint32_t *docs,
                              uint32_t *scores)
{
	const __m256i limit = _mm256_set1_epi32((int)least);
	size_t kept = 0;
	for (size_t at = 0; at < n / SCORE_GROUP; at += 32) {
		__m256i *mark = (__m256i *)(void *)(marks + at);
		unsigned marked = (unsigned)_mm256_movemask_epi8(
			_mm256_cmpgt_epi8(_mm256_loadu_si256(mark),
			                  _mm256_setzero_si256()));
		if (!marked)
			continue;
		_mm256_storeu_si256(mark, _mm256_setzero_si256());
		for (; marked; marked &= marked - 1) {
			size_t group = at + (size_t)__builtin_ctz(marked);
			uint32_t *sum = sums + group * SCORE_GROUP;
			unsigned mask = not_less(sum, limit) |
			                not_less(sum + 8, limit) << 8;
			for (; mask; mask &= mask - 1) {
				size_t i = (size_t)__builtin_ctz(mask);
				docs[kept] = first + (uint32_t)(
					group * SCORE_GROUP + i);
				scores[kept++] = sum[i];
			}
			memset(sum, 0, SCORE_GROUP * sizeof *sum);
		}
	}
	return kept;
}

const struct score_kernels score_avx2 = {contribute_avx2, keep_avx2,
                                         sweep_avx2};

#endif
