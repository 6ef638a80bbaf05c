/* How are packed blocks read with AVX2?  A row is two vectors of 8.
 *
 * The sums of a vector are made from its values alone; what runs from vector to
 * vector is one addition of its total.  To take the last doc of one vector as
 * the start of the next saves an addition and waits longer: 6.2 against 7.1 G
 * ints/s for the sums alone (3.65 GHz Zen 4).  Sums across halves by vpermd are
 * as fast with gcc; clang 14 makes an insertion of them that waits for the
 * vector before, 2.7 G ints/s with the unpacking, against 5.4. */
#include "format/pack_parts.h"

#if defined(__x86_64__)

#include <immintrin.h>

#define AVX2 __attribute__((target("avx2,popcnt")))

typedef uint32_t vector __attribute__((vector_size(32)));

AVX2 ALWAYS_INLINE vector load(const uint32_t *from)
{
	return (vector)_mm256_loadu_si256((const __m256i *)from);
}

AVX2 ALWAYS_INLINE void store(uint32_t *to, vector v)
{
	_mm256_storeu_si256((__m256i *)to, (__m256i)v);
}

/* Words w of half of the lanes. */
AVX2 ALWAYS_INLINE vector load_word(const uint8_t *in, unsigned width,
                                    unsigned w, unsigned half)
{
	in = pack_word(in, w);
	if (pack_word_is_short(width, w))
		return (vector)_mm256_cvtepu16_epi32(_mm_loadu_si128(
			(const __m128i *)(const void *)(in + 16 * half)));
	return (vector)_mm256_loadu_si256(
		(const __m256i *)(const void *)(in + 32 * half));
}

AVX2 ALWAYS_INLINE void unpack_half(uint32_t *restrict out,
                                    const uint8_t *restrict in, unsigned width,
                                    unsigned row, unsigned half)
{
	unsigned bit = row * width, w = bit / 32, shift = bit % 32;
	vector v = load_word(in, width, w, half) >> shift;
	if (shift + width > 32)
		v |= load_word(in, width, w + 1, half) << (32 - shift);
	store(out + row * LANES + half * 8, v & ((1u << width) - 1));
}

AVX2 ALWAYS_INLINE void unpack_width(uint32_t *restrict out,
                                     const uint8_t *restrict in, unsigned width)
{
#define ROW(row)                                                               \
	unpack_half(out, in, width, row, 0);                                   \
	unpack_half(out, in, width, row, 1);
	EACH_ROW(ROW)
#undef ROW
}

AVX2 static void unpack_avx2(uint32_t out[BLOCK_DOCS], const uint8_t *in,
                             unsigned width)
{
#define CASE(w) case w: unpack_width(out, in, w); break;
	switch (width) {
	EACH_WIDTH(CASE)
	default:
		ASSERT_REL(width, ==, 0);
		memset(out, 0, BLOCK_DOCS * sizeof *out);
	}
#undef CASE
}

AVX2 static void prefix_avx2(uint32_t *docs, const uint32_t *values,
                             unsigned n, uint32_t base)
{
	vector before = base + (vector){1, 2, 3, 4, 5, 6, 7, 8};
	for (unsigned i = 0; i < n; i += 8) {
		__m256i v = (__m256i)load(values + i);
		v = _mm256_add_epi32(v, _mm256_bslli_epi128(v, 4));
		v = _mm256_add_epi32(v, _mm256_bslli_epi128(v, 8));
		/* each half has its sums; its total in four places */
		__m256i total = _mm256_shuffle_epi32(v, 0xFF);
		__m256i lower = _mm256_permute2x128_si256(total, total, 0x08);
		__m256i other = _mm256_permute2x128_si256(total, total, 0x01);
		store(docs + i, (vector)_mm256_add_epi32(v, lower) + before);
		before += (vector)_mm256_add_epi32(total, other) + 8;
	}
}

AVX2 static void increment_avx2(uint32_t values[BLOCK_DOCS])
{
	for (unsigned i = 0; i < BLOCK_DOCS; i++)
		values[i]++;
}

/* How many of 8 are not below target: the least of both is then target. */
AVX2 ALWAYS_INLINE unsigned not_below(const uint32_t *docs, uint32_t target)
{
	__m256i limit = _mm256_set1_epi32((int)target);
	__m256i least = _mm256_min_epu32((__m256i)load(docs), limit);
	return (unsigned)__builtin_popcount((unsigned)_mm256_movemask_ps(
		_mm256_castsi256_ps(_mm256_cmpeq_epi32(least, limit))));
}

AVX2 static unsigned search_avx2(const uint32_t docs[BLOCK_DOCS],
                                 uint32_t target)
{
	const uint32_t *row = pack_row_of(docs, target);
	return (unsigned)(row - docs) + LANES - not_below(row, target) -
	       not_below(row + 8, target);
}

/* The last docs of the 16 rows. */
struct rows { uint32_t ends[16]; };

AVX2 ALWAYS_INLINE struct rows rows_of(const uint32_t *docs)
{
	struct rows rows;
	for (unsigned row = 0; row < 16; row++)
		rows.ends[row] = docs[row * LANES + LANES - 1];
	return rows;
}

AVX2 ALWAYS_INLINE unsigned equal_to(const uint32_t *docs, __m256i wanted)
{
	return (unsigned)_mm256_movemask_ps(_mm256_castsi256_ps(
		_mm256_cmpeq_epi32((__m256i)load(docs), wanted)));
}

/* Rows that end below the target, then where in its row it is. */
AVX2 ALWAYS_INLINE unsigned place_in(const uint32_t *docs, struct rows rows,
                                     uint32_t target, unsigned *there)
{
	__m256i wanted = _mm256_set1_epi32((int)target);
	unsigned row = (LANES - not_below(rows.ends, target) -
	                not_below(rows.ends + 8, target)) % LANES;
	docs += row * LANES;
	unsigned mask = equal_to(docs, wanted) | equal_to(docs + 8, wanted) << 8;
	*there = mask != 0;
	return row * LANES + (unsigned)__builtin_ctz(mask | 1u << LANES);
}

PACK_FIND(avx2, AVX2)

const struct pack_kernels pack_avx2 = {unpack_avx2, prefix_avx2,
                                       increment_avx2,
                                       search_avx2, find_avx2};

#endif
