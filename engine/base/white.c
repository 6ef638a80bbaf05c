#include "base/white.h"

static bool white_of_three(const uint8_t *s)
{
	uint32_t bytes = (uint32_t)s[0] << 16 | (uint32_t)s[1] << 8 | s[2];
	if (bytes >= 0xE28080 && bytes <= 0xE2808B)
		return true;
	switch (bytes) {
	case 0xE19A80:
	case 0xE280A8:
	case 0xE280A9:
	case 0xE280AF:
	case 0xE2819F:
	case 0xE38080:
	case 0xEFBBBF:
		return true;
	default:
		return false;
	}
}

size_t white_at(struct slice text)
{
	const uint8_t *s = text.data;
	if (text.len >= 1 && (s[0] == ' ' || (s[0] >= 9 && s[0] <= 13)))
		return 1;
	if (text.len >= 2 && s[0] == 0xC2 && (s[1] == 0xA0 || s[1] == 0x85))
		return 2;
	if (text.len >= 3 && s[0] >= 0xE1 && white_of_three(s))
		return 3;
	return 0;
}

struct slice white_trim_start(struct slice text)
{
	size_t n;
	while ((n = white_at(text)) > 0)
		text = slice_from(text, n);
	return text;
}

static size_t white_before_end(struct slice text)
{
	for (size_t n = 1; n <= 3 && n <= text.len; n++)
		if (white_at(slice_of(text.data + text.len - n, n)) == n)
			return n;
	return 0;
}

struct slice white_trim_end(struct slice text)
{
	size_t n;
	while ((n = white_before_end(text)) > 0)
		text.len -= n;
	return text;
}

struct slice white_trim(struct slice text)
{
	return white_trim_end(white_trim_start(text));
}
