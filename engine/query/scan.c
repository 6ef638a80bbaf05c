#include "query/scan.h"

#include <utf8proc.h>

static const struct { char name[8]; uint8_t len, field; } fields[] = {
	{"text", 4, FIELD_TEXT}, {"title", 5, FIELD_TITLE},
	{"section", 7, FIELD_SECTION}, {"author", 6, FIELD_AUTHOR},
	{"lang", 4, FIELD_LANG}, {"url", 3, FIELD_URL}, {"id", 2, FIELD_ID},
	{"topic", 5, FIELD_TOPIC}, {"place", 5, FIELD_PLACE},
};

#define LETTER(c) (1u << ((c) - 'a'))
enum {
	FIRST_LETTERS = LETTER('t') | LETTER('s') | LETTER('a') | LETTER('l') |
	                LETTER('u') | LETTER('i') | LETTER('p')
};

/* Bytes that are a word's wherever they stand in one; what is not among them is
 * looked at closely. */
#define P true
static const bool plain[256] = {
	['!'] = P, ['#'] = P, P, P, P, P, ['*'] = P, P, P, P, P, P,
	['0'] = P, P, P, P, P, P, P, P, P, P, P, P, P, P, P, P,
	['@'] = P, P, P, P, P, P, P, P, P, P, P, P, P, P, P, P,
	['P'] = P, P, P, P, P, P, P, P, P, P, P, P, P, P, P, P,
	['`'] = P, P, P, P, P, P, P, P, P, P, P, P, P, P, P, P,
	['p'] = P, P, P, P, P, P, P, P, P, P, P, P, P, P, P,
};
#undef P

/* The character at `at`, and its bytes; a bad byte is U+FFFD, one byte long. */
static utf8proc_int32_t point(struct slice text, size_t at, size_t *size)
{
	utf8proc_int32_t c = text.data[at];
	*size = 1;
	if (c < 0x80)
		return c;
	utf8proc_ssize_t n = utf8proc_iterate(
		text.data + at, (utf8proc_ssize_t)(text.len - at), &c);
	*size = n > 0 ? (size_t)n : 1;
	return n > 0 ? c : 0xFFFD;
}

static bool is_blank(utf8proc_int32_t c)
{
	if (c < 0x80)
		return c == ' ' || (c >= '\t' && c <= '\r') || c == 0;
	return utf8proc_category(c) == UTF8PROC_CATEGORY_ZS;
}

static bool is_quote(utf8proc_int32_t c)
{
	return c == '"' || c == 0x201C || c == 0x201D || c == 0x201E ||
	       c == 0xAB || c == 0xBB;
}

/* Is every letter a capital?  Letters without case are none. */
static bool all_capitals(struct slice text)
{
	size_t size;
	for (size_t at = 0; at < text.len; at += size) {
		utf8proc_int32_t c = point(text, at, &size);
		if (c >= 'a' && c <= 'z')
			return false;
		if (c < 0x80)
			continue;
		switch (utf8proc_category(c)) {
		case UTF8PROC_CATEGORY_LL: case UTF8PROC_CATEGORY_LT:
		case UTF8PROC_CATEGORY_LM: case UTF8PROC_CATEGORY_LO:
			return false;
		default:
			break;
		}
	}
	return true;
}

struct scan scan_start(struct slice text)
{
	return (struct scan){.text = text, .capitals = all_capitals(text)};
}

static bool blank_at(const struct scan *scan, size_t at)
{
	size_t size;
	return at >= scan->text.len || is_blank(point(scan->text, at, &size));
}

static void skip_blanks(struct scan *scan)
{
	size_t size;
	while (scan->at < scan->text.len &&
	       is_blank(point(scan->text, scan->at, &size)))
		scan->at += size;
}

static void take_sign(struct scan *scan, struct mark *mark)
{
	while (scan->at < scan->text.len) {
		char byte = (char)scan->text.data[scan->at];
		if ((byte != '+' && byte != '-') || blank_at(scan, scan->at + 1))
			return;
		if (!mark->sign)
			mark->sign = byte;
		scan->at++;
	}
}

static void take_field(struct scan *scan, struct mark *mark)
{
	/* most words begin with no letter of theirs */
	unsigned letter = scan->text.data[scan->at] - (unsigned)'a';
	if (letter >= 26 || !(FIRST_LETTERS >> letter & 1))
		return;
	for (size_t i = 0; i < ARRAY_LEN(fields); i++) {
		size_t n = fields[i].len;
		const uint8_t *here = scan->text.data + scan->at;
		if (*here != (uint8_t)*fields[i].name ||
		    scan->text.len - scan->at <= n || here[n] != ':' ||
		    memcmp(here, fields[i].name, n) ||
		    blank_at(scan, scan->at + n + 1))
			continue;
		mark->field = fields[i].field;
		scan->at += n + 1;
		return;
	}
}

static void take_exact(struct scan *scan, struct mark *mark)
{
	while (scan->at < scan->text.len && scan->text.data[scan->at] == '=' &&
	       !blank_at(scan, scan->at + 1)) {
		mark->exact = true;
		scan->at++;
	}
}

static void take_phrase(struct scan *scan, struct mark *mark, size_t quote)
{
	size_t start = scan->at += quote, size = 0;
	while (scan->at < scan->text.len &&
	       !is_quote(point(scan->text, scan->at, &size)))
		scan->at += size;
	mark->kind = MARK_PHRASE;
	mark->text = slice_of(scan->text.data + start, scan->at - start);
	if (scan->at < scan->text.len)
		scan->at += size;
}

static enum mark_kind operator_of(const struct scan *scan,
                                  const struct mark *mark)
{
	static const struct { const char *name; enum mark_kind kind; } all[] = {
		{"AND", MARK_AND}, {"OR", MARK_OR}, {"NOT", MARK_NOT},
	};
	if (mark->text.len > 3 || scan->capitals || mark->sign ||
	    mark->field || mark->exact)
		return MARK_WORD;
	for (size_t i = 0; i < ARRAY_LEN(all); i++)
		if (slice_equal(mark->text, slice_of(all[i].name,
		                                     strlen(all[i].name))))
			return all[i].kind;
	return MARK_WORD;
}

/* Where the word that starts at `at` ends. */
static size_t word_end(struct slice text, size_t at)
{
	size_t size;
	while (at < text.len) {
		if (plain[text.data[at]]) {
			at++;
			continue;
		}
		utf8proc_int32_t c = point(text, at, &size);
		if (is_blank(c) || is_quote(c) || c == '(' || c == ')')
			break;
		at += size;
	}
	return at;
}

static void take_word(struct scan *scan, struct mark *mark)
{
	size_t start = scan->at;
	scan->at = word_end(scan->text, start);
	mark->text = slice_of(scan->text.data + start, scan->at - start);
	mark->kind = operator_of(scan, mark);
}

void scan_next(struct scan *scan, struct mark *out)
{
	size_t size;
	skip_blanks(scan);
	*out = (struct mark){.kind = MARK_END, .column = (uint32_t)scan->at};
	take_sign(scan, out);
	if (scan->at < scan->text.len)
		take_field(scan, out);
	take_exact(scan, out);
	if (scan->at >= scan->text.len)
		return;
	utf8proc_int32_t c = point(scan->text, scan->at, &size);
	if (c == '(' || c == ')') {
		out->kind = c == '(' ? MARK_OPEN : MARK_CLOSE;
		scan->at++;
	} else if (is_quote(c)) {
		take_phrase(scan, out, size);
	} else {
		take_word(scan, out);
	}
}
