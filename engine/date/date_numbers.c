#include "date/date_parts.h"

#include "base/white.h"

/* Years of two digits are of the 26th century since Buddha. */
enum { THAI_CENTURY = 2500 - DATE_BUDDHA, THAI_SHORT = 40 };

static bool put_day_month(struct date_parts *w, int a, int b,
                          enum date_order order)
{
	bool either = a <= 12 && b <= 12;
	bool month_first = either ? order == DATE_ORDER_MONTH_FIRST : b > 12;
	w->ambiguous = either && a != b && order != DATE_ORDER_DAY_FIRST &&
	               order != DATE_ORDER_MONTH_FIRST;
	w->f.day = month_first ? b : a;
	w->f.month = month_first ? a : b;
	return !w->ambiguous;
}

bool date_put_three(struct date_parts *w, const struct date_numbers *three)
{
	const int *number = three->number;
	const size_t *digits = three->digits;
	enum date_order order = date_order_of(w->language);
	bool told = order == DATE_ORDER_DAY_FIRST ||
	            order == DATE_ORDER_MONTH_FIRST;
	w->last = DATE_LAST_NOTHING;
	if (!date_take_once(&w->day) || !date_take_once(&w->month) ||
	    !date_take_once(&w->year))
		return false;
	w->f.year = date_full_year(number[2], digits[2]);
	if (digits[0] == 4) {
		w->f.year = number[0];
		w->f.month = number[1];
		w->f.day = number[2];
		return digits[2] <= 2;
	}
	if (digits[0] > 2 || (digits[2] != 4 && digits[2] != 2))
		return false;
	bool other = date_calendar_of(w->language) != DATE_CALENDAR_OURS;
	if (digits[2] == 2 && (three->mark == '-' || !told || other)) {
		w->ambiguous = true; /* which of them is the year? */
		return false;
	}
	if (three->mark == '.' && order == DATE_ORDER_UNKNOWN)
		order = DATE_ORDER_DAY_FIRST;
	if (three->mark == '.' && order == DATE_ORDER_MONTH_FIRST)
		order = DATE_ORDER_ENGLISH;
	return put_day_month(w, number[0], number[1], order);
}

bool date_take_three(struct date_parts *w, struct date_numbers *out)
{
	struct slice rest = w->rest;
	char mark = (char)date_byte(rest, date_count_digits(rest));
	if (mark != '.' && mark != '/' && mark != '-')
		return false;
	for (int i = 0; i < 3; i++) {
		if (i && !date_take_char(&rest, mark))
			return false;
		if (i && mark == '.')
			rest = white_trim_start(rest); /* 6. 4. 2017 */
		out->digits[i] = date_count_digits(rest);
		if (out->digits[i] > (i == 1 ? 2 : 4) ||
		    !date_take_digits(&rest, out->digits[i], &out->number[i]))
			return false;
	}
	if (date_byte(rest, 0) == (uint8_t)mark &&
	    (mark != '.' || date_digit(date_byte(rest, 1))))
		return false;
	out->mark = mark;
	w->rest = rest;
	return true;
}

/* 6th, 1er, 6e, 1º, 6:e */
static void skip_ordinal(struct date_parts *w)
{
	static const char endings[] = " st nd rd th er re e a ";
	bool colon = date_byte(w->rest, 0) == ':';
	struct slice behind = date_behind(w->rest, colon);
	struct date_word word = date_word_at(behind);
	uint8_t first = date_byte(behind, 0), second = date_byte(behind, 1);
	if (word.len && word.folded[0] && strstr(endings, word.folded))
		date_skip(w, word.len + colon);
	else if (first == 0xC2 && (second == 0xBA || second == 0xAA ||
	                           second == 0xB0))
		date_skip(w, 2);
}

bool date_take_number(struct date_parts *w, size_t digits)
{
	int number;
	bool behind_month = w->last == DATE_LAST_MONTH;
	w->last = DATE_LAST_NUMBER;
	if (digits > 8 || !date_take_digits(&w->rest, digits, &number))
		return false;
	if (digits == 4) {
		w->f.year = number;
		return date_take_once(&w->year);
	}
	if (digits <= 2 && !w->day) {
		w->f.day = number;
		skip_ordinal(w);
		return date_take_once(&w->day);
	}
	if (digits == 8) {
		w->f.year = number / 10000;
		w->f.month = number / 100 % 100;
		w->f.day = number % 100;
		return date_take_once(&w->day) && date_take_once(&w->month) &&
		       date_take_once(&w->year);
	}
	w->f.year = date_full_year(number, digits);
	if (w->thai && digits == 2 && behind_month) {
		w->ambiguous = number < THAI_SHORT;
		w->f.year = THAI_CENTURY + number;
	}
	return !w->ambiguous && behind_month && (digits == 2 || digits == 3) &&
	       date_take_once(&w->year);
}
