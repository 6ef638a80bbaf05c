#include "text/words.h"

#include <utf8proc.h>

enum class {
	NONE, LETTER, DIGIT, CONNECTOR, MID_LETTER, MID_NUMBER, MID_BOTH,
	QUOTE, DOUBLE_QUOTE, EXTENDER, KATAKANA, HEBREW, ALONE
};

#define L LETTER
#define D DIGIT
/* Bytes of no ASCII are NONE. */
static const uint8_t ascii[256] = {
	['0'] = D, D, D, D, D, D, D, D, D, D,
	['A'] = L, L, L, L, L, L, L, L, L, L, L, L, L,
	L, L, L, L, L, L, L, L, L, L, L, L, L,
	['a'] = L, L, L, L, L, L, L, L, L, L, L, L, L,
	L, L, L, L, L, L, L, L, L, L, L, L, L,
	['_'] = CONNECTOR, [':'] = MID_LETTER, [','] = MID_NUMBER,
	[';'] = MID_NUMBER, ['.'] = MID_BOTH, ['\''] = QUOTE,
	['"'] = DOUBLE_QUOTE,
};
#undef L
#undef D

/* The Mid classes of WordBreakProperty.txt, Unicode 14. */
static enum class mid_class(utf8proc_int32_t c)
{
	switch (c) {
	case 0x00B7: case 0x0387: case 0x055F: case 0x05F4: case 0x2027:
	case 0xFE13: case 0xFE55: case 0xFF1A:
		return MID_LETTER;
	case 0x037E: case 0x0589: case 0x060C: case 0x060D: case 0x066C:
	case 0x07F8: case 0x2044: case 0xFE10: case 0xFE14: case 0xFE50:
	case 0xFE54: case 0xFF0C: case 0xFF1B:
		return MID_NUMBER;
	case 0x2018: case 0x2019: case 0x2024: case 0xFE52: case 0xFF07:
	case 0xFF0E:
		return MID_BOTH;
	default:
		return NONE;
	}
}

static bool in(utf8proc_int32_t c, utf8proc_int32_t low, utf8proc_int32_t high)
{
	return c >= low && c <= high;
}

/* Scripts that write without blanks: each character is a word. */
static bool stands_alone(utf8proc_int32_t c)
{
	return in(c, 0x3041, 0x309F) || in(c, 0x3005, 0x3007) ||
	       in(c, 0x3400, 0x4DBF) || in(c, 0x4E00, 0x9FFF) ||
	       in(c, 0xF900, 0xFAFF) || in(c, 0x20000, 0x3FFFF) ||
	       in(c, 0x0E01, 0x0E46) || in(c, 0x0E81, 0x0EDF) ||
	       in(c, 0x1000, 0x109F) || in(c, 0x1780, 0x17D3);
}

static enum class letter_class(utf8proc_int32_t c)
{
	if (in(c, 0x05D0, 0x05F2) || in(c, 0xFB1D, 0xFB4F))
		return HEBREW;
	if (in(c, 0x30A0, 0x30FF) || in(c, 0x31F0, 0x31FF) ||
	    in(c, 0xFF66, 0xFF9F))
		return KATAKANA;
	return stands_alone(c) ? ALONE : LETTER;
}

static enum class classify(utf8proc_int32_t c)
{
	enum class mid = mid_class(c);
	if (mid != NONE)
		return mid;
	switch (utf8proc_category(c)) {
	case UTF8PROC_CATEGORY_LU: case UTF8PROC_CATEGORY_LL:
	case UTF8PROC_CATEGORY_LT: case UTF8PROC_CATEGORY_LM:
	case UTF8PROC_CATEGORY_LO: case UTF8PROC_CATEGORY_NL:
		return letter_class(c);
	case UTF8PROC_CATEGORY_ND:
		return DIGIT;
	case UTF8PROC_CATEGORY_PC:
		return CONNECTOR;
	case UTF8PROC_CATEGORY_MN: case UTF8PROC_CATEGORY_ME:
	case UTF8PROC_CATEGORY_MC: case UTF8PROC_CATEGORY_CF:
		return c == 0x200B ? NONE : EXTENDER;
	default:
		return NONE;
	}
}

/* The class of the character at `at` and its size in bytes; a bad byte is NONE
 * and one byte long. */
static enum class class_at(struct slice text, size_t at, size_t *size)
{
	uint8_t byte = text.data[at];
	*size = 1;
	if (byte < 0x80)
		return (enum class)ascii[byte];
	utf8proc_int32_t c;
	utf8proc_ssize_t n = utf8proc_iterate(
		text.data + at, (utf8proc_ssize_t)(text.len - at), &c);
	if (n < 0)
		return NONE;
	*size = (size_t)n;
	return classify(c);
}

/* Skips extenders behind a character (WB4). */
static size_t skip_extenders(struct slice text, size_t at)
{
	size_t size;
	while (at < text.len && text.data[at] >= 0x80 &&
	       class_at(text, at, &size) == EXTENDER)
		at += size;
	return at;
}

static bool is_letter(enum class c) { return c == LETTER || c == HEBREW; }

/* May `next` follow `last` without a break (WB5, 8, 9, 10, 13, 13a, 13b)? */
static bool joins(enum class last, enum class next)
{
	if (is_letter(last) || last == DIGIT)
		return is_letter(next) || next == DIGIT || next == CONNECTOR;
	if (last == KATAKANA)
		return next == KATAKANA || next == CONNECTOR;
	return last == CONNECTOR && (is_letter(next) || next == DIGIT ||
	                             next == KATAKANA || next == CONNECTOR);
}

/* May `middle` stand between last and next (WB6, 7, 7b, 7c, 11, 12)? */
static bool bridges(enum class last, enum class middle, enum class next)
{
	if (is_letter(last) && is_letter(next))
		return middle == MID_LETTER || middle == MID_BOTH ||
		       middle == QUOTE ||
		       (middle == DOUBLE_QUOTE && last == HEBREW &&
		        next == HEBREW);
	return last == DIGIT && next == DIGIT &&
	       (middle == MID_NUMBER || middle == MID_BOTH ||
	        middle == QUOTE);
}

/* Extends a word that has reached `at`, its last character of class last. */
static size_t extend(struct slice text, size_t at, enum class last,
                     struct word *word, bool *real)
{
	for (;;) {
		size_t size, more;
		at = skip_extenders(text, at);
		if (last == ALONE || at >= text.len)
			return at;
		enum class next = class_at(text, at, &size);
		if (!joins(last, next)) {
			size_t behind = skip_extenders(text, at + size);
			if (next == NONE || behind >= text.len)
				return at;
			enum class third = class_at(text, behind, &more);
			if (!bridges(last, next, third))
				return at;
			at = behind;
			size = more;
			next = third;
		}
		at += size;
		last = next;
		word->digit |= last == DIGIT;
		*real |= last != CONNECTOR;
	}
}

/* Letters and digits of ASCII in a row: all of most words.  Behind them, and
 * *last is the class of the last one. */
static size_t skip_plain(struct slice text, size_t at, enum class *last,
                         bool *digit)
{
	for (; at < text.len; at++) {
		enum class next = (enum class)ascii[text.data[at]];
		if (next != LETTER && next != DIGIT)
			break;
		*digit |= next == DIGIT;
		*last = next;
	}
	return at;
}

static bool is_ascii(struct slice text, size_t at, size_t end)
{
	while (at < end && text.data[at] < 0x80)
		at++;
	return at == end;
}

bool words_next(struct slice text, size_t from, struct word *out)
{
	for (size_t at = from; at < text.len;) {
		size_t size;
		enum class first = class_at(text, at, &size);
		if (!is_letter(first) && first != DIGIT && first != CONNECTOR &&
		    first != KATAKANA && first != ALONE) {
			at += size;
			continue;
		}
		bool real = first != CONNECTOR;
		*out = (struct word){.start = at, .digit = first == DIGIT};
		at += size;
		size_t plain = out->start;
		if (size == 1 && (first == LETTER || first == DIGIT))
			at = plain = skip_plain(text, at, &first, &out->digit);
		out->end = at = extend(text, at, first, out, &real);
		if (!real)
			continue;
		out->ascii = is_ascii(text, plain, at);
		return true;
	}
	return false;
}
