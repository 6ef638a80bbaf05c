#include "format/pack.h"

#include "base/varint.h"

#define ALWAYS_INLINE static inline __attribute__((always_inline))

enum { ROWS = BLOCK_DOCS / LANES };

/* Word w of all lanes; for odd widths the last word is 16 bits wide. */
ALWAYS_INLINE void load_row(uint32_t row[LANES], const uint8_t *in,
                            unsigned width, unsigned w)
{
	const uint8_t *start = in + (size_t)w * LANES * 4;
	if (width % 2 && w == width / 2) {
		for (unsigned lane = 0; lane < LANES; lane++)
			row[lane] = load_u16(start + lane * 2);
	} else {
		for (unsigned lane = 0; lane < LANES; lane++)
			row[lane] = load_u32(start + lane * 4);
	}
}

ALWAYS_INLINE void unpack_width(uint32_t *out, const uint8_t *in,
                                unsigned width)
{
	const uint32_t mask = (1u << width) - 1;
	uint32_t low[LANES], high[LANES] = {0};
	load_row(low, in, width, 0);
	for (unsigned row = 0, word = 0; row < ROWS; row++) {
		unsigned bit = row * width, shift = bit % 32;
		if (bit / 32 != word) {
			word = bit / 32;
			load_row(low, in, width, word);
		}
		if (shift + width > 32) {
			load_row(high, in, width, word + 1);
			for (unsigned lane = 0; lane < LANES; lane++)
				out[row * LANES + lane] =
					(low[lane] >> shift |
					 high[lane] << (32 - shift)) & mask;
		} else {
			for (unsigned lane = 0; lane < LANES; lane++)
				out[row * LANES + lane] =
					low[lane] >> shift & mask;
		}
	}
}

void pack_block(uint8_t *out, const uint32_t values[BLOCK_DOCS], unsigned width)
{
	const uint32_t mask = (1u << width) - 1;
	for (unsigned lane = 0; lane < LANES; lane++) {
		uint64_t pending = 0;
		unsigned bits = 0, word = 0;
		for (unsigned row = 0; row < ROWS; row++) {
			uint64_t value = values[row * LANES + lane] & mask;
			pending |= value << bits;
			bits += width;
			if (bits >= 32) {
				store_u32(out + ((size_t)word * LANES + lane) * 4,
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

void unpack_block(uint32_t out[BLOCK_DOCS], const uint8_t *in, unsigned width)
{
#define CASE(w) case w: unpack_width(out, in, w); break;
	switch (width) {
	case 0:
		memset(out, 0, BLOCK_DOCS * sizeof *out);
		break;
	CASE(1) CASE(2) CASE(3) CASE(4) CASE(5) CASE(6) CASE(7) CASE(8)
	CASE(9) CASE(10) CASE(11) CASE(12) CASE(13) CASE(14) CASE(15) CASE(16)
	CASE(17) CASE(18) CASE(19) CASE(20) CASE(21) CASE(22) CASE(23) CASE(24)
	CASE(25) CASE(26) CASE(27) CASE(28) CASE(29) CASE(30) CASE(31)
	default:
		ASSERT_REL(width, <=, PACK_WIDTH_MAX);
	}
#undef CASE
}
