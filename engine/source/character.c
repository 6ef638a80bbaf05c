#include "source/character.h"

static const uint16_t of_1252[32] = {
	0x20AC, 0, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
	0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017D, 0,
	0, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
	0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0, 0x017E, 0x0178,
};

uint32_t character_of_1252(uint32_t byte)
{
	ASSERT_REL(byte - 0x80, <, 0x20);
	return of_1252[byte - 0x80];
}

size_t character_put(uint32_t c, uint8_t out[4])
{
	if (c < 0x80) {
		out[0] = (uint8_t)c;
		return 1;
	}
	size_t n = c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
	for (size_t i = n - 1; i > 0; i--, c >>= 6)
		out[i] = (uint8_t)(0x80 | (c & 0x3F));
	out[0] = (uint8_t)(0xF00u >> n | c);
	return n;
}

void character_append(struct buffer *out, uint32_t c)
{
	uint8_t bytes[4];
	buffer_append(out, bytes, character_put(c, bytes));
}
