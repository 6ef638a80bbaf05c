#include "form/trec_date.h"

#include "base/ascii.h"
#include "base/white.h"

static unsigned two(const uint8_t *digits)
{
	return (unsigned)(digits[0] - '0') * 10 + (unsigned)(digits[1] - '0');
}

/* Days that no month has are found by the reader of dates. */
static bool put(unsigned year, unsigned month, unsigned day, char *out)
{
	if (month < 1 || month > 12 || day < 1 || day > 31)
		return false;
	snprintf(out, TREC_DATE_SIZE, "%04u-%02u-%02u",
	         year + (year < 70 ? 2000 : 1900), month, day);
	return true;
}

static bool are_digits(const uint8_t *s, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (!ascii_digit(s[i]))
			return false;
	return true;
}

/* 03/24/87 or 02-12-88 */
static bool three_pairs(const uint8_t *s, char mark)
{
	return ascii_digit(s[0]) && ascii_digit(s[1]) && s[2] == mark &&
	       ascii_digit(s[3]) && ascii_digit(s[4]) && s[5] == mark &&
	       ascii_digit(s[6]) && ascii_digit(s[7]);
}

bool trec_date_numbers(struct slice text, char *out)
{
	text = white_trim(text);
	if (text.len && text.data[0] == '=')
		text = white_trim(slice_from(text, 1));
	const uint8_t *s = text.data;
	if (text.len == 6 && are_digits(s, 6))
		return put(two(s), two(s + 2), two(s + 4), out);
	if (text.len == 8 && three_pairs(s, '/'))
		return put(two(s + 6), two(s), two(s + 3), out);
	return false;
}

bool trec_date_fileid(struct slice text, char *out)
{
	text = white_trim(text);
	for (size_t i = 0; i + 8 <= text.len; i++)
		if (three_pairs(text.data + i, '-') &&
		    (i + 8 == text.len || !ascii_digit(text.data[i + 8])))
			return put(two(text.data + i + 6), two(text.data + i),
			           two(text.data + i + 3), out);
	return false;
}

/* NYT19980601.0001 of AQUAINT, AFP_ENG_20041001.0001 of Gigaword */
static bool wire_docno(struct slice text, char *out)
{
	size_t n = 0;
	while (n < text.len && (ascii_letter(text.data[n]) || text.data[n] == '_'))
		n++;
	const uint8_t *s = text.data + n;
	if (n < 3 || text.len < n + 10 || !are_digits(s, 8) || s[8] != '.' ||
	    !ascii_digit(s[9]) || (two(s) != 19 && two(s) != 20))
		return false;
	if (!put(0, two(s + 4), two(s + 6), out))
		return false;
	memcpy(out, s, 4);
	return true;
}

bool trec_date_docno(struct slice text, char *out)
{
	static const char *const papers[] = {"AP", "WSJ", "FR"};
	text = white_trim(text);
	for (size_t i = 0; i < ARRAY_LEN(papers); i++) {
		size_t n = strlen(papers[i]);
		if (text.len <= n + 6 || memcmp(text.data, papers[i], n) != 0)
			continue;
		const uint8_t *s = text.data + n;
		if (are_digits(s, 6) && s[6] == '-')
			return put(two(s), two(s + 2), two(s + 4), out);
	}
	return wire_docno(text, out);
}
