#include "answer/unwrap.h"

enum { FEW = 4 }; /* line ends that say nothing about a text */

static bool blank(uint8_t byte)
{
	return byte == ' ' || byte == '\t' || byte == '\r';
}

/* Does the line end at `at` stand before a line with a letter in its first column? */
static bool goes_on(const uint8_t *text, size_t n, size_t at)
{
	return at + 1 < n && text[at + 1] != '\n' && !blank(text[at + 1]);
}

/* Does a sentence end before the line end?  Quotation marks end it, too. */
static bool sentence_before(const uint8_t *text, size_t at)
{
	while (at && blank(text[at - 1]))
		at--;
	if (!at)
		return true;
	if (text[at - 1] < 0x80)
		return memchr("\n.!?:;\"')", text[at - 1], 9) != NULL;
	return (at >= 3 && (!memcmp(text + at - 3, "\xE2\x80\x9D", 3) ||
	                    !memcmp(text + at - 3, "\xE2\x80\x99", 3) ||
	                    !memcmp(text + at - 3, "\xE2\x80\xA6", 3))) ||
	       (at >= 2 && !memcmp(text + at - 2, "\xC2\xBB", 2));
}

static bool is_wrapped(const uint8_t *text, size_t n)
{
	size_t ends = 0, within = 0;
	for (size_t i = 0; i < n; i++) {
		if (text[i] != '\n' || !goes_on(text, n, i))
			continue;
		ends++;
		within += !sentence_before(text, i);
	}
	return ends >= FEW && within > ends / 2;
}

void unwrap(uint8_t *text, size_t n)
{
	if (!is_wrapped(text, n))
		return;
	bool empty = true; /* the line at hand */
	for (size_t i = 0; i < n; i++) {
		if (text[i] == '\n') {
			if (!empty && goes_on(text, n, i))
				text[i] = ' ';
			empty = true;
		} else if (!blank(text[i])) {
			empty = false;
		}
	}
}
