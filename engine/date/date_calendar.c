#include "date/date_calendar.h"

/* By eras of 400 years that begin on 1 March, so that the leap day is the last
 * of a year. */
int64_t date_days(int year, int month, int day)
{
	int64_t y = month <= 2 ? year - 1 : year;
	int64_t era = (y >= 0 ? y : y - 399) / 400, of_era = y - era * 400;
	int64_t of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
	int64_t days = of_era * 365 + of_era / 4 - of_era / 100 + of_year;
	return era * 146097 + days - 719468;
}

static int days_in(int year, int month)
{
	static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
	return month == 2 && leap ? 29 : days[month - 1];
}

bool date_combine(const struct date_fields *f, int64_t *out)
{
	if (f->year < 1 || f->year > 9999 || f->month < 1 || f->month > 12 ||
	    f->day < 1 || f->day > days_in(f->year, f->month))
		return false;
	bool midnight = f->hour == 24 && !f->minute && !f->second;
	bool leap = f->second == 60 && f->minute == 59;
	if ((f->hour > 23 && !midnight) || f->minute > 59 ||
	    (f->second > 59 && !leap))
		return false;
	*out = date_days(f->year, f->month, f->day) * 86400 +
	       f->hour * 3600 + f->minute * 60 + f->second - f->offset * 60;
	return true;
}

int date_full_year(int year, size_t digits)
{
	if (digits == 3 || (digits == 2 && year >= 50))
		return year + 1900;
	return digits == 2 ? year + 2000 : year;
}

bool date_take_char(struct slice *text, char c)
{
	if (!text->len || text->data[0] != (uint8_t)c)
		return false;
	*text = slice_from(*text, 1);
	return true;
}

size_t date_count_digits(struct slice text)
{
	size_t n = 0;
	while (n < text.len && date_digit(text.data[n]))
		n++;
	return n;
}

bool date_take_digits(struct slice *text, size_t n, int *out)
{
	ASSERT_REL(n, <=, 9);
	if (!n || date_count_digits(*text) < n)
		return false;
	*out = 0;
	for (size_t i = 0; i < n; i++)
		*out = *out * 10 + (text->data[i] - '0');
	*text = slice_from(*text, n);
	return true;
}
