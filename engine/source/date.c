#include "source/date.h"

#include "source/white.h"

struct fields {
	int year, month, day, hour, minute, second;
	int offset; /* minutes east of Greenwich */
};

/* Days from 1970-01-01, by eras of 400 years that begin on 1 March, so that the
 * leap day is the last of a year. */
static int64_t days_of(int year, int month, int day)
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

static bool combine(const struct fields *f, int64_t *out)
{
	if (f->year < 1 || f->year > 9999 || f->month < 1 || f->month > 12 ||
	    f->day < 1 || f->day > days_in(f->year, f->month))
		return false;
	bool midnight = f->hour == 24 && !f->minute && !f->second;
	bool leap = f->second == 60 && f->minute == 59;
	if ((f->hour > 23 && !midnight) || f->minute > 59 ||
	    (f->second > 59 && !leap))
		return false;
	*out = days_of(f->year, f->month, f->day) * 86400 +
	       f->hour * 3600 + f->minute * 60 + f->second - f->offset * 60;
	return true;
}

/* ---- pieces: each takes what it finds off the front of *text ----------- */

static bool take_char(struct slice *text, char c)
{
	if (!text->len || text->data[0] != (uint8_t)c)
		return false;
	*text = slice_of(text->data + 1, text->len - 1);
	return true;
}

static bool is_digit(uint8_t c)
{
	return c >= '0' && c <= '9';
}

static size_t count_digits(struct slice text)
{
	size_t n = 0;
	while (n < text.len && is_digit(text.data[n]))
		n++;
	return n;
}

static bool take_digits(struct slice *text, size_t n, int *out)
{
	ASSERT_REL(n, <=, 9);
	if (!n || count_digits(*text) < n)
		return false;
	*out = 0;
	for (size_t i = 0; i < n; i++)
		*out = *out * 10 + (text->data[i] - '0');
	*text = slice_of(text->data + n, text->len - n);
	return true;
}

static size_t count_letters(struct slice text)
{
	size_t n = 0;
	while (n < text.len && (uint8_t)((text.data[n] | 0x20) - 'a') < 26)
		n++;
	return n;
}

/* The whole run of letters at the front, in any case, as its place in names. */
static bool take_name(struct slice *text, const char *const *names, size_t n,
                      size_t *out)
{
	size_t len = count_letters(*text);
	for (size_t i = 0; i < n; i++) {
		size_t k = 0;
		if (strlen(names[i]) != len)
			continue;
		while (k < len && (text->data[k] | 0x20) == (names[i][k] | 0x20))
			k++;
		if (k < len)
			continue;
		*text = slice_of(text->data + len, text->len - len);
		*out = i;
		return true;
	}
	return false;
}

/* ±hh, ±hhmm or, where colon allows it, ±hh:mm */
static bool take_offset(struct slice *text, bool colon, bool short_form,
                        int *minutes)
{
	int sign = 1, hours, rest = 0;
	if (take_char(text, '-'))
		sign = -1;
	else if (!take_char(text, '+'))
		return false;
	if (!take_digits(text, 2, &hours))
		return false;
	bool more = colon && take_char(text, ':');
	if (more || text->len || !short_form)
		if (!take_digits(text, 2, &rest))
			return false;
	if (hours > 23 || rest > 59)
		return false;
	*minutes = sign * (hours * 60 + rest);
	return true;
}

/* ---- ISO 8601 ------------------------------------------------------------ */

static bool take_iso_zone(struct slice *text, int *minutes)
{
	static const char *const universal[] = {"Z", "UTC", "GMT"};
	size_t which;
	*text = white_trim_start(*text);
	*minutes = 0;
	return !text->len ||
	       take_name(text, universal, ARRAY_LEN(universal), &which) ||
	       take_offset(text, true, true, minutes);
}

static bool take_iso_time(struct slice *text, bool basic, struct fields *f)
{
	if (!take_digits(text, 2, &f->hour) ||
	    (!basic && !take_char(text, ':')) ||
	    !take_digits(text, 2, &f->minute))
		return false;
	bool seconds = basic ? count_digits(*text) > 0 : take_char(text, ':');
	if (!seconds)
		return true;
	if (!take_digits(text, 2, &f->second))
		return false;
	if (take_char(text, '.') || take_char(text, ',')) {
		size_t n = count_digits(*text);
		if (!n)
			return false;
		*text = slice_of(text->data + n, text->len - n);
	}
	return true;
}

static bool parse_iso(struct slice text, int64_t *out)
{
	struct fields f = {0};
	if (!take_digits(&text, 4, &f.year))
		return false;
	bool basic = !take_char(&text, '-');
	if (!take_digits(&text, 2, &f.month) ||
	    (!basic && !take_char(&text, '-')) ||
	    !take_digits(&text, 2, &f.day))
		return false;
	if (!text.len)
		return combine(&f, out);
	if (!take_char(&text, 'T') && !take_char(&text, 't') &&
	    !take_char(&text, ' '))
		return false;
	return take_iso_time(&text, basic, &f) &&
	       take_iso_zone(&text, &f.offset) && !text.len &&
	       combine(&f, out);
}

/* ---- RFC 2822 ------------------------------------------------------------ */

static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
	"Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
static const char *const weekdays[] = {"Mon", "Tue", "Wed", "Thu", "Fri",
	"Sat", "Sun"};

static bool take_mail_zone(struct slice *text, int *minutes)
{
	static const char *const names[] = {"GMT", "UT", "UTC", "Z", "EDT", "EST",
		"CDT", "CST", "MDT", "MST", "PDT", "PST"};
	static const int hours[] = {0, 0, 0, 0, -4, -5, -5, -6, -6, -7, -7, -8};
	static_assert(ARRAY_LEN(names) == ARRAY_LEN(hours), "one offset a name");
	size_t which;
	if (take_name(text, names, ARRAY_LEN(names), &which)) {
		*minutes = hours[which] * 60;
		return true;
	}
	/* a military letter means no known offset */
	if (count_letters(*text) == 1 && (text->data[0] | 0x20) != 'j') {
		*text = slice_of(text->data + 1, text->len - 1);
		*minutes = 0;
		return true;
	}
	return take_offset(text, false, false, minutes);
}

static bool take_mail_date(struct slice *text, struct fields *f)
{
	size_t which;
	if (count_letters(*text)) {
		if (!take_name(text, weekdays, ARRAY_LEN(weekdays), &which))
			return false;
		*text = white_trim_start(*text);
		if (!take_char(text, ','))
			return false;
	}
	*text = white_trim_start(*text);
	if (!take_digits(text, count_digits(*text) == 1 ? 1 : 2, &f->day))
		return false;
	*text = white_trim_start(*text);
	if (!take_name(text, months, ARRAY_LEN(months), &which))
		return false;
	f->month = (int)which + 1;
	*text = white_trim_start(*text);
	size_t digits = count_digits(*text);
	if (digits < 2 || digits > 4 || !take_digits(text, digits, &f->year))
		return false;
	if (digits == 3 || (digits == 2 && f->year >= 50))
		f->year += 1900;
	else if (digits == 2)
		f->year += 2000;
	return true;
}

/* nothing, or a comment without brackets inside */
static bool is_comment(struct slice text)
{
	text = white_trim(text);
	if (!text.len)
		return true;
	return text.len >= 2 && text.data[0] == '(' &&
	       memchr(text.data, ')', text.len) == text.data + text.len - 1;
}

static bool parse_mail(struct slice text, int64_t *out)
{
	struct fields f = {0};
	if (!take_mail_date(&text, &f) || !white_at(text))
		return false;
	text = white_trim_start(text);
	if (!take_digits(&text, 2, &f.hour) || !take_char(&text, ':') ||
	    !take_digits(&text, 2, &f.minute))
		return false;
	if (take_char(&text, ':') && !take_digits(&text, 2, &f.second))
		return false;
	if (!white_at(text))
		return false;
	text = white_trim_start(text);
	return take_mail_zone(&text, &f.offset) && is_comment(text) &&
	       combine(&f, out);
}

bool date_parse(struct slice text, int64_t *out)
{
	text = white_trim(text);
	return parse_iso(text, out) || parse_mail(text, out);
}
