#include "date/date.h"

#include "date/date_calendar.h"
#include "date/date_iso.h"
#include "date/date_names.h"
#include "date/date_plain.h"
#include "date/date_words.h"
#include "base/white.h"

enum { DATE_MAX = 256 }; /* bytes; longer texts are no dates */

/* What stands before the first control character that is no white space. */
static struct slice before_control(struct slice text)
{
	for (size_t i = 0; i < text.len; i++)
		if (text.data[i] < ' ' && !white_at(slice_of(text.data + i, 1)))
			return slice_of(text.data, i);
	return text;
}

/* What programs write where they have no date. */
static bool is_zero(const struct date *date)
{
	return (!date->day && !date->seconds) ||
	       date->seconds < 86400 * date_days(1, 1, 3);
}

static bool has_arabic(struct slice text)
{
	for (size_t i = 0; i < text.len; i++)
		if (text.data[i] >= 0xD8 && text.data[i] <= 0xDB)
			return true;
	return false;
}

/* 1396/01/17 is of Persia's calendar, 1438 of the moon's. */
static bool is_of_another_calendar(const struct date *date, struct slice text,
                                   struct slice language)
{
	return date->seconds >= 86400 * date_days(1300, 1, 1) &&
	       date->seconds < 86400 * date_days(1500, 1, 1) &&
	       (has_arabic(text) ||
	        date_calendar_of(language) == DATE_CALENDAR_OTHER);
}

bool date_parse(struct slice text, struct slice language, struct date *out)
{
	char plain[DATE_MAX];
	*out = (struct date){0};
	text = white_trim(before_control(text));
	if (text.len > DATE_MAX) {
		*out = (struct date){.fault = DATE_UNCLEAR};
		return false;
	}
	struct slice read = white_trim(date_plain(text, plain));
	if (!date_iso(read, out) && !date_words(read, language, out))
		ASSERT_REL(out->fault, !=, DATE_FINE);
	else if (is_zero(out) || is_of_another_calendar(out, text, language))
		out->fault = DATE_UNCLEAR;
	if (out->fault)
		*out = (struct date){.fault = out->fault};
	return !out->fault;
}

bool date_parse_epoch(struct slice text, struct date *out)
{
	*out = (struct date){.fault = DATE_UNCLEAR};
	text = white_trim(text);
	bool minus = date_take_char(&text, '-');
	size_t n = date_count_digits(text);
	if (!n || n > 14 || n != text.len)
		return false;
	for (size_t i = 0; i < n; i++)
		out->seconds = out->seconds * 10 + (text.data[i] - '0');
	if (n >= 12)
		out->seconds /= 1000;
	if (minus)
		out->seconds = -out->seconds;
	if (!is_zero(out))
		out->fault = DATE_FINE;
	return !out->fault;
}

/* The digits of a stamp, without its fraction; len 0: it is none. */
static struct slice stamp_of(struct slice text)
{
	size_t n = date_count_digits(text);
	struct slice rest = slice_from(text, n);
	bool hours = n % 2 == 0 && n && (text.data[0] == '1' ? text.data[1] == '9'
	             : text.data[0] == '2' && text.data[1] == '0');
	if (n < 9 || n == 11 || n > 13 || hours)
		return (struct slice){0};
	if (date_take_char(&rest, '.') && date_count_digits(rest) == rest.len)
		rest.len = 0;
	return slice_of(text.data, rest.len ? 0 : n);
}

bool date_parse_data(struct slice text, struct slice language, struct date *out)
{
	if (date_parse(text, language, out))
		return true;
	enum date_fault fault = out->fault;
	text = white_trim(text);
	struct slice stamp = text.len ? stamp_of(text) : text;
	if (stamp.len && date_parse_epoch(stamp, out))
		return true;
	*out = (struct date){.fault = fault};
	return false;
}

bool date_parse_short(struct slice text, struct date *out)
{
	struct date_fields f = {0};
	*out = (struct date){.day = true, .fault = DATE_UNCLEAR};
	text = white_trim(text);
	if (text.len != 6 || !date_take_digits(&text, 2, &f.year) ||
	    !date_take_digits(&text, 2, &f.month) ||
	    !date_take_digits(&text, 2, &f.day))
		return false;
	f.year = date_full_year(f.year, 2);
	if (!date_combine(&f, &out->seconds))
		return false;
	out->fault = DATE_FINE;
	return true;
}
