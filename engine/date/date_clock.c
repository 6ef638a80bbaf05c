#include "date/date_parts.h"

#include "base/white.h"

/* ---- times ------------------------------------------------------------- */

/* am, a.m., a. m. */
static size_t half_day_at(struct slice text, bool *afternoon)
{
	struct slice at = white_trim_start(text);
	uint8_t first = date_byte(at, 0) | 0x20;
	*afternoon = first == 'p';
	if (first != 'a' && first != 'p')
		return 0;
	at = date_behind(at, 1);
	bool point = date_take_char(&at, '.');
	if (point)
		at = white_trim_start(at);
	if ((date_byte(at, 0) | 0x20) != 'm' || date_letter(at, 1))
		return 0;
	at = date_behind(at, 1);
	if (point)
		date_take_char(&at, '.');
	return text.len - at.len;
}

static bool take_half_day(struct date_parts *w)
{
	bool afternoon;
	size_t n = half_day_at(w->rest, &afternoon);
	date_skip(w, n);
	if (n && afternoon && w->f.hour < 12)
		w->f.hour += 12;
	else if (n && !afternoon && w->f.hour == 12)
		w->f.hour = 0;
	else if (n && !afternoon && w->f.hour > 12)
		return false;
	return true;
}

/* The hour was taken off: mm, or mm:ss and a fraction. */
static bool take_minutes(struct date_parts *w)
{
	if (!date_take_once(&w->time) ||
	    !date_take_digits(&w->rest, 2, &w->f.minute))
		return false;
	if (date_byte(w->rest, 0) == ':') {
		date_skip(w, 1);
		if (!date_take_digits(&w->rest, 2, &w->f.second))
			return false;
		uint8_t point = date_byte(w->rest, 0);
		if ((point == '.' || point == ',') &&
		    date_digit(date_byte(w->rest, 1))) {
			date_skip(w, 1);
			date_skip(w, date_count_digits(w->rest));
		}
	}
	return !date_digit(date_byte(w->rest, 0)) && take_half_day(w);
}

/* What makes a number an hour: what stands behind it. */
enum date_hour date_hour_mark(const struct date_parts *w, struct slice behind)
{
	bool afternoon, whole = w->day && w->month && w->year;
	struct slice next = date_behind(behind, 1);
	struct date_word word = date_word_at(white_trim_start(behind));
	if (date_byte(behind, 0) == ':' && date_count_digits(next))
		return DATE_HOUR_MINUTES;
	if (date_byte(behind, 0) == '.' && date_count_digits(next) == 2 &&
	    (whole || w->last == DATE_LAST_FILLER ||
	     half_day_at(date_behind(next, 2), &afternoon)))
		return DATE_HOUR_MINUTES;
	if (strcmp(word.folded, " h ") == 0)
		return DATE_HOUR_H;
	if (strcmp(word.folded, " uhr ") == 0 || half_day_at(behind, &afternoon))
		return DATE_HOUR_ALONE;
	return DATE_HOUR_NONE;
}

/* The number was taken off. */
bool date_take_clock(struct date_parts *w, enum date_hour mark)
{
	w->last = DATE_LAST_CLOCK;
	if (mark == DATE_HOUR_MINUTES) {
		date_skip(w, 1);
		return take_minutes(w);
	}
	if (mark == DATE_HOUR_ALONE)
		return date_take_once(&w->time) && take_half_day(w);
	/* 10h30; "10 h 30" where 30 is no day */
	w->rest = white_trim_start(w->rest);
	date_skip(w, 1);
	struct slice minutes = w->day ? white_trim_start(w->rest) : w->rest;
	if (date_count_digits(minutes) != 2)
		return date_take_once(&w->time);
	w->rest = minutes;
	return take_minutes(w);
}

/* ---- zones ------------------------------------------------------------- */

/* ±h, ±hh, ±hhmm, ±h:mm, ±hh:mm */
bool date_take_offset(struct date_parts *w)
{
	int hours, rest = 0, sign = date_byte(w->rest, 0) == '-' ? -1 : 1;
	date_skip(w, 1);
	size_t n = date_count_digits(w->rest);
	if ((n != 1 && n != 2 && n != 4) ||
	    !date_take_digits(&w->rest, n == 1 ? 1 : 2, &hours))
		return false;
	if ((n == 4 || date_take_char(&w->rest, ':')) &&
	    !date_take_digits(&w->rest, 2, &rest))
		return false;
	w->f.offset = sign * (hours * 60 + rest);
	w->zone = w->offset = true;
	return hours <= 23 && rest <= 59 && !date_digit(date_byte(w->rest, 0));
}

bool date_is_offset(struct slice text)
{
	uint8_t sign = date_byte(text, 0);
	return (sign == '+' || sign == '-') && date_digit(date_byte(text, 1));
}

/* "+0200 CEST", as Go writes a time: the name of the offset before it. */
static bool take_name_of_offset(struct date_parts *w,
                                const struct date_word *word)
{
	int minutes = 0;
	if (!w->offset || date_zone_named(word, w->language, &minutes) !=
	                  DATE_ZONE_KNOWN || minutes != w->f.offset)
		return false;
	w->offset = false;
	date_skip(w, word->len);
	return true;
}

bool date_take_zone(struct date_parts *w, const struct date_word *word)
{
	int minutes = 0;
	uint8_t letter = date_byte(w->rest, 0);
	if (w->time && w->zone)
		return take_name_of_offset(w, word);
	if (!w->time)
		return false;
	enum date_zone zone = date_zone_named(word, w->language, &minutes);
	/* a military letter means no known offset: RFC 2822 4.3 */
	if (zone == DATE_ZONE_NONE && word->len == 1 && w->rest.len == 1 &&
	    letter >= 'A' && letter <= 'Z' && letter != 'J')
		zone = DATE_ZONE_KNOWN;
	if (zone == DATE_ZONE_NONE)
		return false;
	date_skip(w, word->len);
	w->zone = true;
	w->vague = zone == DATE_ZONE_VAGUE;
	w->f.offset = minutes;
	struct slice behind = white_trim_start(w->rest);
	if (!date_is_offset(behind) || minutes || w->vague)
		return true;
	w->rest = behind; /* GMT+3 */
	bool taken = date_take_offset(w);
	w->offset = false;
	return taken;
}
