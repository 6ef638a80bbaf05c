/* How are packed blocks read with AVX-512?  A row is one vector.
 *
 * Five shuffles and six additions a row are the limit where a vector of 512
 * bits takes two passes: Zen 4 at 3.65 GHz makes 8.1 G sums a second of them,
 * 6.6 with the unpacking.  Of nine ways to order these steps, two and four rows
 * at once among them, none is faster by 3 %.  Slower or no faster, G ints/s:
 * four rows transposed (sums alone) 7.0; a row kept in its register between
 * unpacking and sums 6.4, clang 5.7, and exceptions come between; two rows as
 * 16 bits each, up to 11 bits wide, 6.6; four rows as bytes and vpdpbusd, up to
 * 8 bits wide, 6.4. */
#include "format/pack_parts.h"

#if defined(__x86_64__)

#include <immintrin.h>

#define AVX512                                                                 \
	__attribute__((target("avx512f,avx512bw,avx512vl,popcnt" CPU_WIDE)))

typedef uint32_t vector __attribute__((vector_size(64)));

AVX512 ALWAYS_INLINE vector load(const uint32_t *from)
{
	return (vector)_mm512_loadu_si512(from);
}

AVX512 ALWAYS_INLINE void store(uint32_t *to, vector v)
{
	_mm512_storeu_si512(to, (__m512i)v);
}

/* Words w of all lanes. */
AVX512 ALWAYS_INLINE vector load_word(const uint8_t *in, unsigned width,
                                      unsigned w)
{
	in = pack_word(in, w);
	if (pack_word_is_short(width, w))
		return (vector)_mm512_cvtepu16_epi32(_mm256_loadu_si256(
			(const __m256i *)(const void *)in));
	return (vector)_mm512_loadu_si512(in);
}

AVX512 ALWAYS_INLINE void unpack_row(uint32_t *restrict out,
                                     const uint8_t *restrict in, unsigned width,
                                     unsigned row)
{
	unsigned bit = row * width, w = bit / 32, shift = bit % 32;
	vector v = load_word(in, width, w) >> shift;
	if (shift + width > 32)
		v |= load_word(in, width, w + 1) << (32 - shift);
	store(out + row * LANES, v & ((1u << width) - 1));
}

AVX512 ALWAYS_INLINE void unpack_width(uint32_t *restrict out,
                                       const uint8_t *restrict in,
                                       unsigned width)
{
#define ROW(row) unpack_row(out, in, width, row);
	EACH_ROW(ROW)
#undef ROW
}

AVX512 static void unpack_avx512(uint32_t out[BLOCK_DOCS], const uint8_t *in,
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

/* The sums of 1, 2 … 16 values. */
AVX512 ALWAYS_INLINE vector sums_of(vector values)
{
	const __m512i zero = _mm512_setzero_si512();
	__m512i v = (__m512i)values;
	v = _mm512_add_epi32(v, _mm512_alignr_epi32(v, zero, 15));
	v = _mm512_add_epi32(v, _mm512_alignr_epi32(v, zero, 14));
	v = _mm512_add_epi32(v, _mm512_alignr_epi32(v, zero, 12));
	v = _mm512_add_epi32(v, _mm512_alignr_epi32(v, zero, 8));
	return (vector)v;
}

AVX512 ALWAYS_INLINE vector last_of(vector v)
{
	return (vector)_mm512_permutexvar_epi32(_mm512_set1_epi32(15),
	                                        (__m512i)v);
}

AVX512 static void prefix_avx512(uint32_t *docs, const uint32_t *values,
                                 unsigned n, uint32_t base)
{
	vector before = base + (vector){0};
	for (unsigned i = 0; i < n; i += LANES) {
		vector row = sums_of(load(values + i) + 1) + before;
		store(docs + i, row);
		before = last_of(row);
	}
}

AVX512 static void increment_avx512(uint32_t values[BLOCK_DOCS])
{
	for (unsigned i = 0; i < BLOCK_DOCS; i++)
		values[i]++;
}

AVX512 static unsigned search_avx512(const uint32_t docs[BLOCK_DOCS],
                                     uint32_t target)
{
	const uint32_t *row = pack_row_of(docs, target);
	__mmask16 below = _mm512_cmplt_epu32_mask(
		(__m512i)load(row), _mm512_set1_epi32((int)target));
	return (unsigned)(row - docs) + (unsigned)__builtin_popcount(below);
}

/* The last docs of the 16 rows. */
struct rows { __m512i ends; };

/* without optimisation gcc's gather is a macro that warns */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wsign-conversion"
AVX512 ALWAYS_INLINE struct rows rows_of(const uint32_t *docs)
{
	const __m512i last = _mm512_setr_epi32(15, 31, 47, 63, 79, 95, 111, 127,
	                                       143, 159, 175, 191, 207, 223,
	                                       239, 255);
	return (struct rows){_mm512_i32gather_epi32(last, docs, 4)};
}
#pragma GCC diagnostic pop

/* Rows that end below the target, then where in its row it is. */
AVX512 ALWAYS_INLINE unsigned place_in(const uint32_t *docs, struct rows rows,
                                       uint32_t target, unsigned *there)
{
	__m512i wanted = _mm512_set1_epi32((int)target);
	unsigned row = (unsigned)__builtin_popcount(
		_mm512_cmplt_epu32_mask(rows.ends, wanted)) % LANES;
	unsigned mask = _mm512_cmpeq_epi32_mask(
		(__m512i)load(docs + row * LANES), wanted);
	*there = mask != 0;
	return row * LANES + (unsigned)__builtin_ctz(mask | 1u << LANES);
}

PACK_FIND(avx512, AVX512)

const struct pack_kernels pack_avx512 = {unpack_avx512, prefix_avx512,
                                         increment_avx512,
                                         search_avx512, find_avx512};

#endif
