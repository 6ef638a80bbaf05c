#include "date/date_plain.h"

struct sign {
	const char *bytes;
	char plain; /* 0: goes */
};

static const char *const zeros[] = {"٠", "۰", "०", "০", "๐", "０"};

/* U+200E, U+200F, U+202A…U+202E, U+2066…U+2069, U+061C */
static const struct sign signs[] = {
	{"،", ','}, {"，", ','}, {"：", ':'},
	{"\u200E", 0}, {"\u200F", 0}, {"\u202A", 0}, {"\u202B", 0},
	{"\u202C", 0}, {"\u202D", 0}, {"\u202E", 0}, {"\u2066", 0},
	{"\u2067", 0}, {"\u2068", 0}, {"\u2069", 0}, {"\u061C", 0},
};

size_t date_digit_at(struct slice text, char *digit)
{
	uint8_t first = text.len ? text.data[0] : 0;
	*digit = (char)first;
	if (first < 0x80)
		return first >= '0' && first <= '9';
	/* no block of digits ends one of bytes that differ in the last only */
	for (size_t i = 0; i < ARRAY_LEN(zeros); i++) {
		size_t n = strlen(zeros[i]);
		if (text.len < n || memcmp(text.data, zeros[i], n - 1) != 0)
			continue;
		unsigned value = text.data[n - 1] - (uint8_t)zeros[i][n - 1];
		if (value > 9)
			continue;
		*digit = (char)('0' + value);
		return n;
	}
	return 0;
}

static size_t sign_at(struct slice text, char *plain)
{
	for (size_t i = 0; text.data[0] >= 0xD8 && i < ARRAY_LEN(signs); i++) {
		size_t n = strlen(signs[i].bytes);
		*plain = signs[i].plain;
		if (n <= text.len && !memcmp(text.data, signs[i].bytes, n))
			return n;
	}
	return 0;
}

static bool is_ascii(struct slice text)
{
	uint8_t all = 0;
	for (size_t i = 0; i < text.len; i++)
		all |= text.data[i];
	return all < 0x80;
}

struct slice date_plain(struct slice text, char *out)
{
	size_t n = 0;
	if (is_ascii(text))
		return text;
	for (size_t i = 0; i < text.len;) {
		char c;
		struct slice rest = slice_from(text, i);
		size_t taken = date_digit_at(rest, &c);
		if (!taken)
			taken = sign_at(rest, &c);
		if (!taken) {
			taken = 1;
			c = (char)text.data[i];
		}
		if (c)
			out[n++] = c;
		i += taken;
	}
	return slice_of(out, n);
}
