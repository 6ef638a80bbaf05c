/* How are packed blocks written, and how are they read where there is nothing
 * better?  In vectors of four as compilers have them everywhere: SSE2 and NEON
 * where those are, plain instructions elsewhere.  (Loops over the 16 lanes in
 * plain C became the same instructions, behind a check for overlap of each row:
 * 258 KB of code and 23 s of gcc, against 63 KB and 1 s.)
 *
 * A prefix sum waits for itself, one addition a value; sums of two and four
 * first make the wait shorter: 2.7 against 1.9 G ints/s with gcc, the same with
 * clang (3.65 GHz Zen 4). */
#include "format/pack_parts.h"

#include "base/varint.h"

typedef uint32_t vector __attribute__((vector_size(16)));

typedef uint16_t short_vector __attribute__((vector_size(8)));

/* Words w of the four lanes from `lane`. */
ALWAYS_INLINE vector load_word(const uint8_t *in, unsigned width, unsigned w,
                               unsigned lane)
{
	const uint8_t *at = pack_word(in, w);
	if (pack_word_is_short(width, w)) {
		short_vector v;
		memcpy(&v, at + lane * 2, sizeof v);
#if __BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__
		v = v << 8 | v >> 8;
#endif
		return __builtin_convertvector(v, vector);
	}
	vector v;
	memcpy(&v, at + lane * 4, sizeof v);
#if __BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__
	v = v << 24 | (v & 0xFF00) << 8 | (v >> 8 & 0xFF00) | v >> 24;
#endif
	return v;
}

ALWAYS_INLINE void unpack_four(uint32_t *out, const uint8_t *in, unsigned width,
                               unsigned row, unsigned lane)
{
	unsigned bit = row * width, w = bit / 32, shift = bit % 32;
	vector v = load_word(in, width, w, lane) >> shift;
	if (shift + width > 32)
		v |= load_word(in, width, w + 1, lane) << (32 - shift);
	v &= (1u << width) - 1;
	memcpy(out + row * LANES + lane, &v, sizeof v);
}

ALWAYS_INLINE void unpack_width(uint32_t *out, const uint8_t *in,
                                unsigned width)
{
#define ROW(row)                                                               \
	unpack_four(out, in, width, row, 0);                                   \
	unpack_four(out, in, width, row, 4);                                   \
	unpack_four(out, in, width, row, 8);                                   \
	unpack_four(out, in, width, row, 12);
	EACH_ROW(ROW)
#undef ROW
}

static void unpack_scalar(uint32_t out[BLOCK_DOCS], const uint8_t *in,
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

static void prefix_scalar(uint32_t *docs, const uint32_t *values,
                          unsigned n, uint32_t base)
{
	for (unsigned i = 0; i < n; i += 4) {
		uint32_t first = values[i] + 1, third = values[i + 2] + 1;
		uint32_t two = first + values[i + 1] + 1;
		uint32_t four = two + third + values[i + 3] + 1;
		docs[i] = base + first;
		docs[i + 1] = base + two;
		docs[i + 2] = base + two + third;
		docs[i + 3] = base += four;
	}
}

static void increment_scalar(uint32_t values[BLOCK_DOCS])
{
	for (unsigned i = 0; i < BLOCK_DOCS; i++)
		values[i]++;
}

static unsigned search_scalar(const uint32_t docs[BLOCK_DOCS], uint32_t target)
{
	const uint32_t *row = pack_row_of(docs, target);
	unsigned below = (unsigned)(row - docs);
#define LANE(lane) below += row[lane] < target;
	EACH_ROW(LANE)
#undef LANE
	return below;
}

struct rows { int none; };

ALWAYS_INLINE struct rows rows_of(const uint32_t *docs)
{
	(void)docs;
	return (struct rows){0};
}

ALWAYS_INLINE unsigned place_in(const uint32_t *docs, struct rows rows,
                                uint32_t target, unsigned *there)
{
	(void)rows;
	unsigned place = search_scalar(docs, target) % BLOCK_DOCS;
	*there = docs[place] == target;
	return place;
}

PACK_FIND(scalar, )

const struct pack_kernels pack_scalar = {unpack_scalar, prefix_scalar,
                                         increment_scalar,
                                         search_scalar, find_scalar};

void pack_block(uint8_t *out, const uint32_t values[BLOCK_DOCS],
                unsigned width)
{
	const uint32_t mask = (1u << width) - 1;
	for (unsigned lane = 0; lane < LANES; lane++) {
		uint64_t pending = 0;
		unsigned bits = 0, word = 0;
		for (unsigned row = 0; row < BLOCK_DOCS / LANES; row++) {
			uint64_t value = values[row * LANES + lane] & mask;
			pending |= value << bits;
			bits += width;
			if (bits >= 32) {
				store_u32(out + (word * LANES + lane) * 4,
				          (uint32_t)pending);
				pending >>= 32;
				bits -= 32;
				word++;
			}
		}
		if (bits)
			store_u16(out + (size_t)word * LANES * 4 + lane * 2,
			          (uint16_t)pending);
	}
}
