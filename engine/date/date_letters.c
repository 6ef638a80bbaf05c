#include "date/date_letters.h"

/* U+00C0…U+00FF without marks; 0 is no letter */
static const char marked[] = "aaaaaaaceeeeiiiidnooooo\0ouuuuyts";

/* U+0100…U+017F without marks */
static const char more_marked[] =
	"aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiii\0\0jjkkkllllllllll"
	"nnnnnnnnnoooooo\0\0rrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";
static_assert(sizeof more_marked == 128 + 1, "a letter each");

enum { NO_LETTER = 0, NOTHING = 1 }; /* NOTHING: of a word, but not compared */

static bool within(uint32_t c, uint32_t first, uint32_t last)
{
	return c >= first && c <= last;
}

static uint32_t fold_latin(uint32_t c)
{
	/* where each letter of U+1EA0…U+1EF9 begins */
	static const struct {
		uint32_t first;
		char letter;
	} twice[] = {{0x1EF2, 'y'}, {0x1EE4, 'u'}, {0x1ECC, 'o'},
		{0x1EC8, 'i'}, {0x1EB8, 'e'}, {0x1EA0, 'a'}};
	if (c < 0xC0)
		return NO_LETTER;
	if (c < 0x100)
		return (uint8_t)marked[c & 0x1F];
	if (c < 0x180)
		return (uint8_t)more_marked[c - 0x100];
	if (c == 0x1A0 || c == 0x1A1)
		return 'o';
	if (c == 0x1AF || c == 0x1B0)
		return 'u';
	for (size_t i = 0; c <= 0x1EF9 && i < ARRAY_LEN(twice); i++)
		if (c >= twice[i].first)
			return (uint8_t)twice[i].letter;
	return NO_LETTER;
}

static uint32_t fold_greek(uint32_t c)
{
	/* U+0386…U+0390, U+03AA…U+03B0, U+03CA…U+03CE */
	static const uint16_t first[] = {0x3B1, 0, 0x3B5, 0x3B7, 0x3B9, 0, 0x3BF,
		0, 0x3C5, 0x3C9, 0x3B9};
	static const uint16_t second[] = {0x3B9, 0x3C5, 0x3B1, 0x3B5, 0x3B7,
		0x3B9, 0x3C5};
	static const uint16_t third[] = {0x3B9, 0x3C5, 0x3BF, 0x3C5, 0x3C9};
	if (within(c, 0x386, 0x390))
		return first[c - 0x386];
	if (within(c, 0x391, 0x3A9))
		return c + 0x20;
	if (within(c, 0x3AA, 0x3B0))
		return second[c - 0x3AA];
	if (c == 0x3C2) /* ς */
		return 0x3C3;
	if (within(c, 0x3B1, 0x3C9))
		return c;
	return within(c, 0x3CA, 0x3CE) ? third[c - 0x3CA] : NO_LETTER;
}

static uint32_t fold_cyrillic(uint32_t c)
{
	switch (c) {
	case 0x404: /* Є, І, Ї */
	case 0x406:
	case 0x407:
		return c + 0x50;
	case 0x401: /* Ё, ё */
	case 0x451:
		return 0x435;
	case 0x454:
	case 0x456:
	case 0x457:
		return c;
	default:
		break;
	}
	if (within(c, 0x410, 0x42F))
		return c + 0x20;
	return within(c, 0x430, 0x44F) ? c : NO_LETTER;
}

static uint32_t fold_arabic(uint32_t c)
{
	switch (c) {
	case 0x622: /* the alefs */
	case 0x623:
	case 0x625:
	case 0x671:
		return 0x627;
	case 0x649: /* alef maksura, Persian yeh */
	case 0x6CC:
		return 0x64A;
	case 0x6A9: /* Persian kaf */
		return 0x643;
	case 0x640: /* the line that widens a word */
		return NOTHING;
	default:
		break;
	}
	if (within(c, 0x64B, 0x652)) /* vowels */
		return NOTHING;
	return within(c, 0x620, 0x64A) || within(c, 0x66E, 0x6D3) ? c : NO_LETTER;
}

static uint32_t fold_indic(uint32_t c)
{
	/* U+0958…U+095F: a letter and the point below it */
	static const uint16_t pointed[] = {0x915, 0x916, 0x917, 0x91C, 0x921,
		0x922, 0x92B, 0x92F};
	if (c == 0x93C) /* the point */
		return NOTHING;
	if (within(c, 0x958, 0x95F))
		return pointed[c - 0x958];
	if (within(c, 0x900, 0x963) || within(c, 0x971, 0x97F))
		return c;
	return within(c, 0xE01, 0xE3A) || within(c, 0xE40, 0xE4E) ? c : NO_LETTER;
}

static uint32_t fold(uint32_t c)
{
	if (c < 0x250 || within(c, 0x1E00, 0x1EFF))
		return fold_latin(c);
	if (c < 0x400)
		return fold_greek(c);
	if (c < 0x590)
		return fold_cyrillic(c);
	if (c < 0x600)
		return within(c, 0x5D0, 0x5EA) ? c : NO_LETTER;
	if (c < 0x900)
		return fold_arabic(c);
	if (c == 0x200C || c == 0x200D) /* parts letters of Persian, or joins */
		return NOTHING;
	return fold_indic(c);
}

static uint32_t character_at(struct slice text, size_t n)
{
	uint32_t c = text.data[0] & (n == 2 ? 0x1F : 0x0F);
	for (size_t i = 1; i < n; i++) {
		if (text.len < n || (text.data[i] & 0xC0) != 0x80)
			return 0;
		c = c << 6 | (text.data[i] & 0x3F);
	}
	return c;
}

static size_t encode(uint32_t c, char out[4])
{
	if (c < 0x80) {
		out[0] = (char)c;
		return 1;
	}
	size_t n = c < 0x800 ? 2 : 3;
	for (size_t i = n - 1; i; i--, c >>= 6)
		out[i] = (char)(0x80 | (c & 0x3F));
	out[0] = (char)((n == 2 ? 0xC0 : 0xE0) | c);
	return n;
}

bool date_letter_at(struct slice text, struct date_letter *out)
{
	uint8_t first = text.len ? text.data[0] : 0;
	*out = (struct date_letter){.len = 1, .n = 1};
	if (first < 0x80) {
		out->folded[0] = (char)(first | 0x20);
		return out->folded[0] >= 'a' && out->folded[0] <= 'z';
	}
	if (first < 0xC3 || first >= 0xF0)
		return false;
	out->len = first < 0xE0 ? 2 : 3;
	uint32_t c = fold(character_at(text, out->len));
	out->n = c == NOTHING ? 0 : encode(c, out->folded);
	return c != NO_LETTER;
}

size_t date_points(struct slice text)
{
	struct date_letter behind;
	if (text.len < 2 || text.data[0] != '.' || text.data[1] < 0xCE ||
	    text.data[1] == 0xD0 || text.data[1] == 0xD1)
		return 0;
	return date_letter_at(slice_from(text, 1), &behind) && behind.n;
}
