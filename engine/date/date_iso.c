#include "date/date_iso.h"

#include "date/date_calendar.h"
#include "base/white.h"

/* Z, UTC, GMT, in any case */
static bool take_universal(struct slice *text)
{
	static const char *const names[] = {"z", "utc", "gmt"};
	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		size_t n = strlen(names[i]), k = 0;
		while (k < n && k < text->len &&
		       (text->data[k] | 0x20) == names[i][k])
			k++;
		if (k < n)
			continue;
		*text = slice_from(*text, n);
		return true;
	}
	return false;
}

/* ±hh, ±hhmm, ±hh:mm */
static bool take_offset(struct slice *text, int *minutes)
{
	int sign = 1, hours, rest = 0;
	if (date_take_char(text, '-'))
		sign = -1;
	else if (!date_take_char(text, '+'))
		return false;
	if (!date_take_digits(text, 2, &hours))
		return false;
	if ((date_take_char(text, ':') || text->len) &&
	    !date_take_digits(text, 2, &rest))
		return false;
	*minutes = sign * (hours * 60 + rest);
	return hours <= 23 && rest <= 59;
}

static bool take_zone(struct slice *text, int *minutes)
{
	*text = white_trim_start(*text);
	*minutes = 0;
	return !text->len || take_universal(text) || take_offset(text, minutes);
}

static bool take_time(struct slice *text, bool basic, struct date_fields *f)
{
	if (!date_take_digits(text, 2, &f->hour) ||
	    (!basic && !date_take_char(text, ':')) ||
	    !date_take_digits(text, 2, &f->minute))
		return false;
	bool seconds = basic ? date_count_digits(*text) > 0
	                     : date_take_char(text, ':');
	if (!seconds)
		return true;
	if (!date_take_digits(text, 2, &f->second))
		return false;
	if (date_take_char(text, '.') || date_take_char(text, ',')) {
		size_t n = date_count_digits(*text);
		if (!n)
			return false;
		*text = slice_from(*text, n);
	}
	return true;
}

bool date_iso(struct slice text, struct date *out)
{
	struct date_fields f = {0};
	if (!date_take_digits(&text, 4, &f.year))
		return false;
	bool basic = !date_take_char(&text, '-');
	if (!date_take_digits(&text, 2, &f.month) ||
	    (!basic && !date_take_char(&text, '-')) ||
	    !date_take_digits(&text, 2, &f.day))
		return false;
	out->day = !text.len;
	if (out->day)
		return date_combine(&f, &out->seconds);
	if (!date_take_char(&text, 'T') && !date_take_char(&text, 't') &&
	    !date_take_char(&text, ' '))
		return false;
	return take_time(&text, basic, &f) && take_zone(&text, &f.offset) &&
	       !text.len && date_combine(&f, &out->seconds);
}
