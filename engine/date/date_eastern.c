/* Dates in which a character behind each number says what it is:
 *
 *     2019年5月2日（木）午後3時15分     2019년 5월 2일 목요일 오후 3:15
 *     2019年05月02日 15:15 星期四
 *
 * They mean one thing without their language being known, and are what newspapers
 * of China, Japan, Korea and Taiwan print. */
#include "date/date_parts.h"

enum unit {
	UNIT_NONE, UNIT_YEAR, UNIT_MONTH, UNIT_DAY, UNIT_HOUR, UNIT_MINUTE,
	UNIT_SECOND,
};

struct mark {
	const char *text;
	int means;
};

static const struct mark units[] = {
	{"年", UNIT_YEAR}, {"년", UNIT_YEAR}, {"月", UNIT_MONTH},
	{"월", UNIT_MONTH}, {"日", UNIT_DAY}, {"号", UNIT_DAY},
	{"號", UNIT_DAY}, {"일", UNIT_DAY}, {"時", UNIT_HOUR},
	{"时", UNIT_HOUR}, {"点", UNIT_HOUR}, {"點", UNIT_HOUR},
	{"시", UNIT_HOUR}, {"分", UNIT_MINUTE}, {"분", UNIT_MINUTE},
	{"秒", UNIT_SECOND}, {"초", UNIT_SECOND},
};

static const struct mark halves[] = {
	{"午前", DATE_HALF_AM}, {"上午", DATE_HALF_AM}, {"오전", DATE_HALF_AM},
	{"午後", DATE_HALF_PM}, {"下午", DATE_HALF_PM}, {"오후", DATE_HALF_PM},
};

/* Before and behind them is 一 (Monday) to 日, or 월 to 일. */
static const struct mark weeks[] = {
	{"星期", 0}, {"週", 0}, {"周", 0}, {"曜日", 1}, {"요일", 1},
};

static const char weekdays[] = "一二三四五六日天月火水木金土월화수목금토일";

/* The bytes of a mark at the front of text, and what it means. */
static size_t mark_at(struct slice text, const struct mark *marks, size_t n,
                      int *means)
{
	for (size_t i = 0; i < n; i++) {
		size_t len = strlen(marks[i].text);
		if (len > text.len || memcmp(text.data, marks[i].text, len) != 0)
			continue;
		*means = marks[i].means;
		return len;
	}
	return 0;
}

/* The bytes of the character of a weekday: all have three. */
static size_t weekday_at(struct slice text)
{
	for (size_t i = 0; text.len >= 3 && i + 3 < sizeof weekdays; i += 3)
		if (memcmp(text.data, weekdays + i, 3) == 0)
			return 3;
	return 0;
}

/* ---- numbers --------------------------------------------------------------------- */

static int *field_of(struct date_parts *w, enum unit unit)
{
	switch (unit) {
	case UNIT_YEAR:
		return date_take_once(&w->year) ? &w->f.year : NULL;
	case UNIT_MONTH:
		return date_take_once(&w->month) ? &w->f.month : NULL;
	case UNIT_DAY:
		return date_take_once(&w->day) ? &w->f.day : NULL;
	case UNIT_HOUR:
		return date_take_once(&w->time) ? &w->f.hour : NULL;
	case UNIT_MINUTE:
		return w->time && !w->f.minute ? &w->f.minute : NULL;
	case UNIT_SECOND:
		return w->time && !w->f.second ? &w->f.second : NULL;
	case UNIT_NONE:
		break;
	}
	return NULL;
}

bool date_is_eastern(struct slice text)
{
	int unit = UNIT_NONE;
	size_t digits = date_count_digits(text);
	return digits && mark_at(date_behind(text, digits), units,
	                         ARRAY_LEN(units), &unit);
}

bool date_take_eastern(struct date_parts *w)
{
	int unit = UNIT_NONE, number;
	size_t digits = date_count_digits(w->rest);
	size_t n = mark_at(date_behind(w->rest, digits), units,
	                   ARRAY_LEN(units), &unit);
	if (digits != (unit == UNIT_YEAR ? 4 : digits > 1 ? 2 : 1) ||
	    !date_take_digits(&w->rest, digits, &number))
		return false;
	int *field = field_of(w, (enum unit)unit);
	if (!field)
		return false;
	*field = number;
	w->last = DATE_LAST_NOTHING;
	date_skip(w, n);
	return true;
}

/* ---- words ----------------------------------------------------------------------- */

/* （木）, (木), 木曜日, 星期四, 周四 */
static size_t day_of_week_at(struct slice text)
{
	static const struct mark opens[] = {{"（", 0}, {"(", 0}};
	static const struct mark closes[] = {{"）", 0}, {")", 0}};
	int behind = 0;
	size_t open = mark_at(text, opens, ARRAY_LEN(opens), &behind);
	struct slice rest = date_behind(text, open);
	size_t week = mark_at(rest, weeks, ARRAY_LEN(weeks), &behind);
	if (week && behind)
		return 0;
	rest = date_behind(rest, week);
	size_t day = weekday_at(rest);
	rest = date_behind(rest, day);
	size_t suffix = week ? 0 : mark_at(rest, weeks, ARRAY_LEN(weeks),
	                                   &behind);
	rest = date_behind(rest, suffix);
	size_t close = open ? mark_at(rest, closes, ARRAY_LEN(closes), &behind)
	                    : 0;
	bool whole = day && (!open || close) && (open || week || suffix);
	return whole ? text.len - rest.len + close : 0;
}

bool date_take_eastern_word(struct date_parts *w)
{
	int half = DATE_HALF_NONE;
	size_t n = mark_at(w->rest, halves, ARRAY_LEN(halves), &half);
	if (n && w->half != DATE_HALF_NONE)
		return false;
	if (n)
		w->half = (enum date_half)half;
	else
		n = day_of_week_at(w->rest);
	w->weekday = w->weekday || (n && !half);
	date_skip(w, n);
	return n > 0;
}

bool date_put_half(struct date_parts *w)
{
	if (w->half == DATE_HALF_NONE)
		return true;
	if (!w->time || w->f.hour > 12)
		return false;
	if (w->half == DATE_HALF_AM && w->f.hour == 12)
		w->f.hour = 0;
	else if (w->half == DATE_HALF_PM && w->f.hour < 12)
		w->f.hour += 12;
	return true;
}
