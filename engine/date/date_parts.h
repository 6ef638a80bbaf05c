/* date_parts.h — which parts of a date were taken off a text?
 *
 * What date_words.c, date_clock.c, date_numbers.c and date_eastern.c share.  Each
 * date_take_… takes a part off the front of parts->rest; false: the text is no date.
 */
#ifndef NS_DATE_DATE_PARTS_H
#define NS_DATE_DATE_PARTS_H

#include "date/date_calendar.h"
#include "date/date_names.h"

enum { DATE_BUDDHA = 543 }; /* years that his calendar is ahead of ours */

enum date_last {
	DATE_LAST_NOTHING,
	DATE_LAST_MONTH,
	DATE_LAST_NUMBER,
	DATE_LAST_FILLER,
	DATE_LAST_CLOCK,
};

enum date_half {
	DATE_HALF_NONE,
	DATE_HALF_AM, /* 午前, 上午, 오전: before the hour */
	DATE_HALF_PM,
};

struct date_parts {
	struct slice rest, language;
	struct date_fields f;
	bool day, month, year, time, zone; /* taken */
	bool vague;          /* the zone's name says too little */
	bool offset;         /* the zone is a number without a name */
	bool ambiguous;      /* day and month may be either */
	bool weekday;        /* one was named */
	bool thai;           /* a word of Thai was taken */
	bool tuesday;        /* the month is "mar", which may be that */
	bool white;          /* before rest */
	enum date_last last; /* what was taken */
	enum date_half half; /* that was named before a time */
};

static inline uint8_t date_byte(struct slice text, size_t at)
{
	return at < text.len ? text.data[at] : 0;
}

/* What is behind the first n bytes. */
static inline struct slice date_behind(struct slice text, size_t n)
{
	n = min_size(n, text.len);
	return slice_from(text, n);
}

static inline bool date_letter(struct slice text, size_t at)
{
	return date_word_at(date_behind(text, at)).len > 0;
}

static inline void date_skip(struct date_parts *parts, size_t n)
{
	parts->rest = date_behind(parts->rest, n);
}

/* Once only. */
static inline bool date_take_once(bool *taken)
{
	bool first = !*taken;
	*taken = true;
	return first;
}

/* ---- date_clock.c ---------------------------------------------------------- */

/* Is a number before these bytes an hour? */
enum date_hour {
	DATE_HOUR_NONE,
	DATE_HOUR_MINUTES, /* 10:30, 10.30 */
	DATE_HOUR_H,       /* 10h, 10h30 */
	DATE_HOUR_ALONE,   /* 10 am, 10 Uhr */
};

enum date_hour date_hour_mark(const struct date_parts *parts,
                              struct slice behind);
/* f.hour was taken off: minutes, seconds, am or pm. */
bool date_take_clock(struct date_parts *parts, enum date_hour mark);

bool date_is_offset(struct slice text);
bool date_take_offset(struct date_parts *parts);
/* The word at rest where it is a zone; false with rest as it was where not. */
bool date_take_zone(struct date_parts *parts, const struct date_word *word);

/* ---- date_numbers.c -------------------------------------------------------- */

/* Are there three numbers with a mark between them?  (False leaves rest.) */
struct date_numbers {
	int number[3];
	size_t digits[3];
	char mark;
};

bool date_take_three(struct date_parts *parts, struct date_numbers *out);
/* Which of them is the day? */
bool date_put_three(struct date_parts *parts, const struct date_numbers *three);
/* A number that stands alone. */
bool date_take_number(struct date_parts *parts, size_t digits);

/* ---- date_eastern.c -------------------------------------------------------- */

/* Is it a number with 年, 월, 日 … behind it? */
bool date_is_eastern(struct slice text);
bool date_take_eastern(struct date_parts *parts);

/* A weekday, or the half of a day; false with rest as it was where it is none. */
bool date_take_eastern_word(struct date_parts *parts);

/* The hour in the half of the day that was named. */
bool date_put_half(struct date_parts *parts);

#endif
