#include "date/date_words.h"

#include "date/date_iso.h"
#include "date/date_parts.h"
#include "base/white.h"

/* ---- pieces ------------------------------------------------------------ */

static bool take_number(struct date_parts *w)
{
	struct date_numbers three;
	if (date_is_eastern(w->rest))
		return date_take_eastern(w);
	if (date_take_three(w, &three))
		return date_put_three(w, &three);
	size_t n = date_count_digits(w->rest);
	enum date_hour hour = DATE_HOUR_NONE;
	if (n <= 2)
		hour = date_hour_mark(w, date_behind(w->rest, n));
	if (hour == DATE_HOUR_NONE)
		return date_take_number(w, n);
	return date_take_digits(&w->rest, n, &w->f.hour) &&
	       date_take_clock(w, hour);
}

/* "Home Edition" and the like, behind a whole date: the end of it. */
static bool skip_edition(struct date_parts *w)
{
	struct date_word word = {0};
	struct slice rest = w->rest;
	if (!w->day || !w->month || !w->year)
		return false;
	while (rest.len) {
		struct date_word next = date_word_at(rest);
		if (next.len)
			word = next;
		size_t n = next.len ? next.len : 1;
		rest = date_behind(rest, n);
	}
	if (!date_is_edition(&word))
		return false;
	date_skip(w, w->rest.len);
	return true;
}

/* The month that begins here, of one word or two: word is made as long. */
static int month_of(const struct date_parts *w, struct date_word *word)
{
	size_t len;
	int month = date_month_named(word, w->language);
	if (month)
		return month;
	month = date_month_of_two(w->rest, &len);
	if (month)
		word->len = len;
	return month;
}

/* 10:30 π.μ. */
static bool take_half(struct date_parts *w, const struct date_word *word)
{
	bool morning = date_is_morning(word);
	if (w->last != DATE_LAST_CLOCK || w->half != DATE_HALF_NONE ||
	    (!morning && !date_is_evening(word)))
		return false;
	w->half = morning ? DATE_HALF_AM : DATE_HALF_PM;
	date_skip(w, word->len);
	return true;
}

static bool take_word(struct date_parts *w)
{
	struct date_word word = date_word_at(w->rest);
	int month = month_of(w, &word);
	w->thai |= date_is_thai(&word);
	/* "mar" is March, and Tuesday in three languages */
	bool tuesday = strcmp(word.folded, " mar ") == 0 && !w->day;
	if (month && (!w->month || (w->tuesday && w->day))) {
		w->tuesday = tuesday && !w->month;
		w->month = true;
		w->f.month = month;
		w->last = DATE_LAST_MONTH;
		date_skip(w, word.len);
		return true;
	}
	if (month && month == w->f.month) { /* "نيسان/أبريل": both its names */
		date_skip(w, word.len);
		return true;
	}
	if (take_half(w, &word) || date_take_zone(w, &word)) {
		w->last = DATE_LAST_NOTHING;
		return true;
	}
	bool weekday = date_is_weekday(&word);
	if (!weekday && !date_is_filler(&word))
		return skip_edition(w);
	w->weekday = w->weekday || weekday;
	w->last = DATE_LAST_FILLER;
	date_skip(w, word.len);
	if (!weekday && date_byte(w->rest, 0) == ':')
		date_skip(w, 1);
	return true;
}

/* What may stand between parts: its bytes. */
static size_t mark_at(struct slice text)
{
	static const char *const marks[] = {",", ";", "|", "@", ".", "/", "•", "·"};
	for (size_t i = 0; i < ARRAY_LEN(marks); i++) {
		size_t n = strlen(marks[i]);
		if (n <= text.len && memcmp(text.data, marks[i], n) == 0)
			return n;
	}
	return 0;
}

static size_t dash_at(struct slice text)
{
	if (date_byte(text, 0) == '-')
		return 1;
	if (date_byte(text, 0) == 0xE2 && date_byte(text, 1) == 0x80 &&
	    (date_byte(text, 2) == 0x93 || date_byte(text, 2) == 0x94))
		return 3;
	return 0;
}

/* A dash joins (26-FEB-1987) or stands alone; 14-25 is no day. */
static bool take_dash(struct date_parts *w, size_t n)
{
	bool joined = date_letter(w->rest, n) ||
	              (w->last == DATE_LAST_MONTH && !w->white);
	if (!joined && !white_at(date_behind(w->rest, n)))
		return false;
	if (!joined)
		w->last = DATE_LAST_NOTHING;
	date_skip(w, n);
	return true;
}

/* A zone is told in brackets, too: "10:30 (GMT+7)". */
static bool take_zone_inside(struct date_parts *w)
{
	struct date_parts inside = *w;
	inside.rest = slice_of(w->rest.data + 1, w->rest.len - 2);
	struct date_word word = date_word_at(inside.rest);
	if (w->zone || !word.len || !date_take_zone(&inside, &word) ||
	    inside.rest.len)
		return false;
	*w = inside;
	return true;
}

/* A comment of RFC 2822, without brackets inside, ends a time. */
static bool take_comment(struct date_parts *w)
{
	if (!w->time || w->rest.data[w->rest.len - 1] != ')' ||
	    memchr(w->rest.data, ')', w->rest.len - 1))
		return false;
	if (!take_zone_inside(w))
		date_skip(w, w->rest.len);
	return true;
}

static bool take_piece(struct date_parts *w)
{
	size_t n = white_at(w->rest);
	bool white = w->white;
	w->white = n > 0;
	if (n) {
		date_skip(w, n);
		return true;
	}
	if (date_digit(w->rest.data[0]))
		return take_number(w);
	if (date_letter(w->rest, 0))
		return take_word(w);
	if (w->time && !w->zone && white && date_is_offset(w->rest))
		return date_take_offset(w);
	if (date_take_eastern_word(w))
		return true;
	if (date_byte(w->rest, 0) == '(')
		return take_comment(w);
	w->white = white;
	n = dash_at(w->rest);
	if (n)
		return take_dash(w, n);
	n = mark_at(w->rest);
	if (n && date_byte(w->rest, 0) != '.' && date_byte(w->rest, 0) != '/')
		w->last = DATE_LAST_NOTHING;
	date_skip(w, n);
	return n > 0;
}

/* ---- the whole --------------------------------------------------------- */

static bool any_relative(struct slice text)
{
	while (text.len) {
		struct date_word word = date_word_at(text);
		if (date_is_relative(&word))
			return true;
		size_t n = word.len ? word.len : 1;
		text = date_behind(text, n);
	}
	return false;
}

static bool nothing_taken(const struct date_parts *w)
{
	return !w->day && !w->month && !w->year && !w->time;
}

static enum date_fault fault_of(const struct date_parts *w, struct slice text)
{
	if (w->ambiguous)
		return DATE_AMBIGUOUS;
	if (any_relative(text))
		return DATE_RELATIVE;
	return !w->day && !w->month && !w->year && (w->weekday || w->time)
		? DATE_RELATIVE : DATE_UNCLEAR;
}

static bool is_buddhist(const struct date_parts *w)
{
	return w->f.year >= 2400 && w->f.year < 2700 && (w->thai ||
	       date_calendar_of(w->language) == DATE_CALENDAR_BUDDHIST);
}

bool date_words(struct slice text, struct slice language, struct date *out)
{
	struct date_parts w = {.rest = text, .language = language, .white = true};
	bool sound = true;
	while (sound && w.rest.len) {
		/* "Published: 2017-04-06T10:30Z" */
		if (nothing_taken(&w) && date_digit(w.rest.data[0]) &&
		    date_iso(w.rest, out))
			return true;
		sound = take_piece(&w);
	}
	int64_t moment;
	if (is_buddhist(&w))
		w.f.year -= DATE_BUDDHA;
	if (!sound || !w.day || !w.month || !w.year || !date_put_half(&w) ||
	    !date_combine(&w.f, &moment)) {
		out->fault = fault_of(&w, text);
		return false;
	}
	out->day = !w.time || w.vague;
	out->seconds = out->day ? 86400 * date_days(w.f.year, w.f.month, w.f.day)
	                        : moment;
	return true;
}
