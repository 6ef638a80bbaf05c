#include "page/html_byline.h"

#include "base/ascii_case.h"
#include "date/date_names.h"

enum { NAMES_MAX = 9 }; /* words of "Ann Bee, Cee van Dee and Eve F. Gee" */

static size_t letters_at(struct slice line, size_t i)
{
	size_t n = 0;
	while (i + n < line.len && line.data[i + n] > ' ' &&
	       !strchr(",;|()/:@", line.data[i + n]) &&
	       !ascii_digit(line.data[i + n]))
		n++;
	return n;
}

/* Stands between names, or inside of one. */
static bool joins(struct slice word)
{
	static const char *const words[] = {"and", "&", "de", "da", "di", "del",
		"van", "von", "der", "den", "la", "le", "al", "bin", "ibn"};
	return ascii_is_any(word, words, ARRAY_LEN(words));
}

static bool has_capital(struct slice word)
{
	uint8_t c = word.data[0];
	return (c >= 'A' && c <= 'Z') || (c >= 0xC3 && c <= 0xD0);
}

/* "Ann Bee April 6, 2017", but "April Bee". */
static bool begins_date(struct slice line, struct slice word)
{
	struct date_word name = date_word_at(word);
	const uint8_t *next = word.data + word.len;
	bool day = next + 1 < line.data + line.len && ascii_digit(next[1]);
	return name.len == word.len && (date_is_weekday(&name) ||
	       (day && date_month_named(&name, slice_of("", 0))));
}

struct slice html_byline_names(struct slice line)
{
	size_t end = 0, names = 0;
	for (size_t i = 0, words = 0; i < line.len && words < NAMES_MAX; words++) {
		struct slice word = slice_of(line.data + i, letters_at(line, i));
		if (!word.len || !(has_capital(word) || joins(word)) ||
		    (names >= 2 && begins_date(line, word)))
			break;
		if (!joins(word)) {
			names++;
			end = i + word.len;
		}
		i += word.len;
		if (i >= line.len || line.data[i] != ' ')
			break;
		i++;
	}
	return slice_of(line.data, names >= 2 ? end : 0);
}

static struct slice byline_in(struct slice line)
{
	if (!ascii_begins(line, "by "))
		return slice_of(NULL, 0);
	return html_byline_names(slice_from(line, 3));
}

struct slice html_byline_find(const struct html_blocks *blocks,
                              uint32_t headline)
{
	size_t at = 0;
	while (at < blocks->n && blocks->items[at].first < headline)
		at++;
	size_t end = headline ? min_size(blocks->n, at + BYLINE_BEHIND + 1) : 0;
	for (size_t i = at; i < end; i++) {
		if (blocks->items[i].words > BYLINE_WORDS)
			continue;
		struct slice names = byline_in(html_block_text(blocks, i));
		if (names.len)
			return names;
	}
	return slice_of(NULL, 0);
}
