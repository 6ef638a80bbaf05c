/* date_calendar.h — which second is this day, hour and minute?
 *
 * Years are 1 to 9999 of the Gregorian calendar, also before it was made.  Ranges
 * are checked (2017-02-29 is no date); 24:00 is midnight at the end of a day;
 * second 60 is taken only as hh:59:60 and means the next second.
 */
#ifndef NS_DATE_DATE_CALENDAR_H
#define NS_DATE_DATE_CALENDAR_H

#include "base/ascii.h"
#include "base/base.h"

struct date_fields {
	int year, month, day, hour, minute, second;
	int offset; /* minutes east of Greenwich */
};

/* Days from 1970-01-01; month 1…12. */
int64_t date_days(int year, int month, int day);

/* Seconds from 1970-01-01T00:00:00Z, where there is such a moment. */
bool date_combine(const struct date_fields *fields, int64_t *out);

/* A year of two or three digits as RFC 2822 4.3 reads it: 49 is 2049, 50 is
 * 1950, 117 is 2017. */
int date_full_year(int year, size_t digits);

/* ---- pieces: each takes what it finds off the front of *text ----------- */

static inline bool date_digit(uint8_t byte)
{
	return ascii_digit(byte);
}

bool date_take_char(struct slice *text, char c);
size_t date_count_digits(struct slice text);
/* Exactly n digits of those that are there; n ≤ 9. */
bool date_take_digits(struct slice *text, size_t n, int *out);

#endif
