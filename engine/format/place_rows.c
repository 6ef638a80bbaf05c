#include "format/place_rows.h"

#define ALWAYS_INLINE static inline __attribute__((always_inline))

enum {
	FEW = PLACES_FEW,
	WHOLE = 57, /* bits that any place has in one word */
};

bool place_rows_open(struct place_rows *out, struct slice bytes,
                     uint64_t low_bits)
{
	size_t skip = (size_t)(low_bits / 8);
	if (low_bits > 8 * (uint64_t)bytes.len)
		return false;
	*out = (struct place_rows){
		.bytes = bytes.data, .size = bytes.len, .low_bits = low_bits,
		.words = bytes.data + skip, .first = UINT64_MAX << low_bits % 8,
	};
	return true;
}

/* ---- what the levels share: one source, compiled for each ---------------- */

/* Numbers in the eight bytes of a word, the first in the lowest. */
#define BYTES(x) ((uint64_t)(x) * 0x0101010101010101)

/* How many of eight rising sums are not above k < 128? */
ALWAYS_INLINE unsigned count_up_to(uint64_t sums, uint64_t k)
{
	uint64_t not_above = (BYTES(k | 0x80) - sums) & BYTES(0x80);
	return (unsigned)(BYTES(not_above >> 7) >> 56);
}

/* The place of one number k of a word that has it: first of its byte. */
ALWAYS_INLINE unsigned find_in_bytes(uint64_t word, uint64_t k)
{
	/* ones of each byte and those below it */
	uint64_t sums = word - (word >> 1 & BYTES(0x55));
	sums = (sums & BYTES(0x33)) + (sums >> 2 & BYTES(0x33));
	sums = BYTES((sums + (sums >> 4)) & BYTES(0x0f));
	unsigned shift = 8 * count_up_to(sums, k);
	k -= sums << 8 >> shift & 0xff;
	/* bit i of that byte to byte i */
	uint64_t bits = BYTES(word >> shift & 0xff) & 0x8040201008040201;
	bits = (bits + BYTES(0x7f)) >> 7 & BYTES(1);
	return shift + count_up_to(BYTES(bits), k);
}

typedef unsigned find_fn(uint64_t word, uint64_t k);

/* The bit of the unit behind the one numbered k; UINT64_MAX: there is none. */
ALWAYS_INLINE uint64_t behind(struct place_rows *rows, uint32_t k,
                              find_fn *find)
{
	const uint8_t *end = rows->bytes + rows->size;
	size_t at = rows->at;
	uint32_t before = rows->before;
	if (k < before)
		at = before = 0;
	for (;; at++) {
		const uint8_t *from = rows->words + 8 * at;
		if (from >= end)
			return UINT64_MAX;
		uint64_t word = load_u64(from);
		word &= at ? UINT64_MAX : rows->first;
		uint32_t ones = (uint32_t)__builtin_popcountll(word);
		if (k - before < ones) {
			rows->at = at;
			rows->before = before;
			return 8 * (uint64_t)(from - rows->bytes) + 1 +
			       find(word, k - before);
		}
		before += ones;
	}
}

/* The ones of a row with long gaps, from bit `high` on: zeros before each. */
static bool find_far(const struct place_rows *rows, uint64_t high, uint32_t n,
                     uint32_t ones[FEW])
{
	uint64_t bit = high;
	for (uint32_t j = 0; j < n;) {
		if (bit / 8 >= rows->size)
			return false;
		uint64_t word = load_u64(rows->bytes + bit / 8) >> bit % 8;
		if (!word) {
			bit += 64 - bit % 8;
			continue;
		}
		bit += (unsigned)__builtin_ctzll(word);
		ones[j++] = (uint32_t)(bit++ - high);
	}
	return true;
}

/* Zeros before each of the next ones, those of the ones counted too. */
static bool find_few(const struct place_rows *rows, uint64_t high, uint32_t n,
                     uint32_t ones[FEW])
{
	if (high / 8 >= rows->size)
		return false;
	uint64_t word = load_u64(rows->bytes + high / 8) >> high % 8;
	for (unsigned j = 0; j < FEW; j++) {
		/* 63 behind the last */
		ones[j] = (uint32_t)__builtin_ctzll(word | (uint64_t)1 << 63);
		word &= word - 1;
	}
	return ones[n - 1] < WHOLE || find_far(rows, high, n, ones);
}

static bool read_doc(struct place_rows *rows, const struct place_doc *doc,
                     uint32_t shift, uint32_t *out)
{
	uint64_t low = doc->low, high = rows->low_bits;
	unsigned width = doc->width;
	uint64_t mask = ((uint64_t)1 << width) - 1;
	uint32_t next = -shift;
	if (doc->before)
		high = behind(rows, doc->before - 1, find_in_bytes);
	for (uint32_t left = doc->count, n; left; left -= n, out += n) {
		uint32_t ones[FEW];
		n = min_u32(left, FEW);
		if (!find_few(rows, high, n, ones))
			return false;
		uint64_t bit = low;
		for (unsigned j = 0; j < FEW; j++, bit += width) {
			next += (uint32_t)(load_u64(rows->bytes + bit / 8) >>
			                   bit % 8 & mask);
			out[j] = next + ((ones[j] - j) << width) + j;
		}
		next = out[n - 1] + 1;
		low += (uint64_t)n * width;
		high += ones[n - 1] + 1;
	}
	return true;
}

ALWAYS_INLINE size_t size_of(struct place_rows *rows, uint32_t n, find_fn *find)
{
	uint64_t bits = behind(rows, n - 1, find);
	return bits > 8 * (uint64_t)rows->size ? SIZE_MAX
	                                       : (size_t)((bits + 7) / 8);
}

static bool read_plain(struct place_rows *rows, const struct place_doc *doc,
                       uint32_t shift, uint32_t *out)
{
	return read_doc(rows, doc, shift, out);
}

static size_t size_plain(struct place_rows *rows, uint32_t n)
{
	return size_of(rows, n, find_in_bytes);
}

static const struct place_kernels plain = {read_plain, size_plain};

#if defined(__x86_64__)

#include <immintrin.h>

#define AVX2 __attribute__((target("avx2,popcnt,bmi,bmi2")))

AVX2 ALWAYS_INLINE __m256i load_eight(const uint32_t *from)
{
	return _mm256_loadu_si256((const __m256i *)(const void *)from);
}

AVX2 ALWAYS_INLINE __m128i load_sixteen(const uint8_t *from)
{
	return _mm_loadu_si128((const __m128i *)(const void *)from);
}

/* The places of the first eight ones of a word, a byte each; 64 behind the last. */
AVX2 ALWAYS_INLINE uint64_t list_ones(uint64_t word)
{
	uint64_t ones = 0;
	for (unsigned j = 0; j < FEW; j++) {
		ones |= _tzcnt_u64(word) << 8 * j;
		word = _blsr_u64(word);
	}
	return ones;
}

/* Eight numbers of at most 25 bits, four of each half: the four bytes that a number
 * starts in are brought to its lane, and shifted. */
AVX2 ALWAYS_INLINE __m256i spread(const uint8_t *bytes, uint64_t bit,
                                  unsigned width)
{
	const __m256i first = _mm256_setr_epi8(
		0, 0, 0, 0, 4, 4, 4, 4, 8, 8, 8, 8, 12, 12, 12, 12,
		0, 0, 0, 0, 4, 4, 4, 4, 8, 8, 8, 8, 12, 12, 12, 12);
	uint64_t half = bit + 4 * width;
	__m256i bits = _mm256_add_epi32(
		_mm256_mullo_epi32(_mm256_setr_epi32(0, 1, 2, 3, 0, 1, 2, 3),
		                   _mm256_set1_epi32((int)width)),
		_mm256_set_m128i(_mm_set1_epi32(half % 8),
		                 _mm_set1_epi32(bit % 8)));
	__m256i places = _mm256_add_epi8(
		_mm256_shuffle_epi8(_mm256_srli_epi32(bits, 3), first),
		_mm256_set1_epi32(0x03020100));
	__m256i both = _mm256_set_m128i(load_sixteen(bytes + half / 8),
	                                load_sixteen(bytes + bit / 8));
	__m256i values = _mm256_srlv_epi32(
		_mm256_shuffle_epi8(both, places),
		_mm256_and_si256(bits, _mm256_set1_epi32(7)));
	return _mm256_and_si256(values, _mm256_set1_epi32((1 << width) - 1));
}

/* The sums of 1, 2 … 8 values. */
AVX2 ALWAYS_INLINE __m256i sums_of(__m256i v)
{
	v = _mm256_add_epi32(v, _mm256_slli_si256(v, 4));
	v = _mm256_add_epi32(v, _mm256_slli_si256(v, 8));
	__m256i fourth = _mm256_permutevar8x32_epi32(v, _mm256_set1_epi32(3));
	return _mm256_add_epi32(v, _mm256_blend_epi32(
		_mm256_setzero_si256(), fourth, 0xf0));
}

/* Eight at a time, as read_doc. */
AVX2 ALWAYS_INLINE bool read_eights(struct place_rows *rows,
                                    const struct place_doc *doc,
                                    uint32_t shift, uint32_t *out,
                                    find_fn *find)
{
	const __m256i number = _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7);
	const __m128i width = _mm_cvtsi32_si128((int)doc->width);
	uint64_t low = doc->low, high = rows->low_bits;
	uint32_t next = -shift;
	if (doc->before)
		high = behind(rows, doc->before - 1, find);
	for (uint32_t left = doc->count;; left -= FEW, out += FEW) {
		uint32_t n = min_u32(left, FEW), far[FEW] = {0};
		if (high / 8 >= rows->size)
			return false;
		uint64_t near = list_ones(load_u64(rows->bytes + high / 8) >>
		                          high % 8);
		uint32_t last = near >> 8 * (n - 1) & 0xff;
		__m256i ones = _mm256_cvtepu8_epi32(
			_mm_cvtsi64_si128((int64_t)near));
		if (last >= WHOLE) {
			if (!find_far(rows, high, n, far))
				return false;
			last = far[n - 1];
			ones = load_eight(far);
		}
		__m256i sums = sums_of(spread(rows->bytes, low, doc->width));
		sums = _mm256_add_epi32(sums, _mm256_sll_epi32(
			_mm256_sub_epi32(ones, number), width));
		sums = _mm256_add_epi32(sums, _mm256_add_epi32(
			number, _mm256_set1_epi32((int)next)));
		_mm256_storeu_si256((__m256i *)(void *)out, sums);
		if (left <= FEW)
			return true;
		next = out[FEW - 1] + 1;
		low += (uint64_t)FEW * doc->width;
		high += last + 1;
	}
}

#define LEVEL(NAME, FIND)                                                      \
	AVX2 static bool read_##NAME(struct place_rows *rows,                  \
	                             const struct place_doc *doc,              \
	                             uint32_t shift, uint32_t *out)            \
	{                                                                      \
		return read_eights(rows, doc, shift, out, FIND);               \
	}                                                                      \
	AVX2 static size_t size_##NAME(struct place_rows *rows, uint32_t n)    \
	{                                                                      \
		return size_of(rows, n, FIND);                                 \
	}                                                                      \
	static const struct place_kernels NAME = {read_##NAME, size_##NAME};

/* pdep is fast wherever AVX-512 is; some processors with AVX2 take hundreds of
 * cycles for it. */
AVX2 ALWAYS_INLINE unsigned find_by_pdep(uint64_t word, uint64_t k)
{
	return (unsigned)_tzcnt_u64(_pdep_u64((uint64_t)1 << k, word));
}

LEVEL(avx2, find_in_bytes)
LEVEL(avx512, find_by_pdep)

#undef LEVEL
#endif

const struct place_kernels *place_kernels(enum cpu_level level)
{
#if defined(__x86_64__)
	if (level >= CPU_AVX512)
		return &avx512;
	if (level >= CPU_AVX2)
		return &avx2;
#endif
	(void)level;
	return &plain;
}
