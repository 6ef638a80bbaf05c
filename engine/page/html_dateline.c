#include "page/html_dateline.h"

#include "base/ascii.h"
#include "date/date.h"
#include "date/date_plain.h"

enum { RUN_MAX = 7 }; /* words of a date: "Thu, 6 Apr 2017 12:30 pm +0200" */

/* The end of the word at i, signs that people put behind a date left out. */
static size_t word_end(struct slice line, size_t i)
{
	while (i < line.len && line.data[i] != ' ')
		i++;
	return i;
}

static bool has_year(struct slice text)
{
	size_t digits = 0, longest = 0;
	for (size_t i = 0, n; i < text.len; i += n ? n : 1) {
		char ignored;
		n = date_digit_at(slice_from(text, i), &ignored);
		digits = n ? digits + 1 : 0;
		longest = digits > longest ? digits : longest;
	}
	return longest >= 4;
}

static bool is_year(struct slice line, size_t i)
{
	size_t n = 0;
	while (i + n < line.len && ascii_digit(line.data[i + n]))
		n++;
	return n == 4 && (line.data[i] == '1' || line.data[i] == '2') &&
	       word_end(line, i) <= i + 5;
}

/* The longest run of words from `from` on that is a date. */
static struct slice date_at(struct slice line, size_t from,
                            struct slice language)
{
	struct slice best = slice_of(NULL, 0);
	size_t end = from;
	for (int words = 0; words < RUN_MAX && end < line.len; words++) {
		struct date ignored;
		end = word_end(line, end + (words > 0));
		struct slice run = slice_of(line.data + from, end - from);
		while (run.len && strchr(".,;| ", run.data[run.len - 1]))
			run.len--;
		if (has_year(run) && date_parse(run, language, &ignored))
			best = run;
	}
	return best;
}

/* "Mines to close by 2020 May 2, 2019": a year before and one behind, and the
 * date has that behind. */
static bool has_next_year(struct slice line, size_t from, struct slice date)
{
	size_t end = from + date.len;
	while (end < line.len && strchr(".,;| ", line.data[end]))
		end++;
	return is_year(line, from) && end < line.len && is_year(line, end);
}

/* Where the next date may begin: at a word, or at a number right behind the signs of
 * a language that parts no words ("发布时间：2019-05-02"). */
static size_t next_start(struct slice line, size_t i)
{
	for (i++; i < line.len; i++) {
		uint8_t before = line.data[i - 1];
		bool colon = before == ':' && i > 1 && line.data[i - 2] >= 0x80;
		if (before == ' ' || ((before >= 0x80 || colon) &&
		                      ascii_digit(line.data[i])))
			break;
	}
	return i;
}

static struct slice date_in(struct slice line, struct slice language)
{
	for (size_t i = 0; i < line.len; i = next_start(line, i)) {
		struct slice date = date_at(line, i, language);
		if (date.len && !has_next_year(line, i, date))
			return date;
	}
	return slice_of(NULL, 0);
}

struct slice html_dateline_find(const struct html_blocks *blocks,
                                uint32_t headline, struct slice language)
{
	size_t at = 0;
	while (at < blocks->n && blocks->items[at].first < headline)
		at++;
	size_t from = at > DATELINE_BEFORE ? at - DATELINE_BEFORE : 0;
	size_t end = min_size(blocks->n, at + DATELINE_BEHIND + 1);
	for (size_t i = from; i < end; i++) {
		if (blocks->items[i].words > DATELINE_WORDS)
			continue;
		struct slice date = date_in(html_block_text(blocks, i),
		                            language);
		if (date.len)
			return date;
	}
	return slice_of(NULL, 0);
}
