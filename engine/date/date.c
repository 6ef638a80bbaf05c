#include "date/date.h"

#include "date/date_calendar.h"
#include "date/date_iso.h"
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

bool date_parse(struct slice text, struct slice language, struct date *out)
{
	*out = (struct date){0};
	text = white_trim(before_control(text));
	if (text.len > DATE_MAX)
		out->fault = DATE_UNCLEAR;
	else if (!date_iso(text, out) && !date_words(text, language, out))
		ASSERT_REL(out->fault, !=, DATE_FINE);
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
	out->fault = DATE_FINE;
	return true;
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
