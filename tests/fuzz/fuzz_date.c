/* fuzz_date.c — is any text a date, or none, and never harm?
 *
 * Input: a byte n, then n bytes of a language (n below 16), then the date.  What is
 * understood is written as ISO 8601 has it, and must be understood again as the
 * same.
 */
#include <time.h>

#include "date/date.h"
#include "tests/fuzz/fuzz.h"

/* Where the moment is outside of the years 1 to 9999 (by an offset), nothing can
 * be written. */
static void again(const struct date *date)
{
	time_t seconds = (time_t)date->seconds;
	struct tm tm;
	char text[64];
	struct date got;
	gmtime_r(&seconds, &tm);
	if (tm.tm_year < 1 - 1900 || tm.tm_year > 9999 - 1900)
		return;
	int n = snprintf(text, sizeof text, "%04d-%02d-%02d", tm.tm_year + 1900,
	                 tm.tm_mon + 1, tm.tm_mday);
	if (!date->day)
		n += (int)strftime(text + n, sizeof text - (size_t)n, "T%TZ", &tm);
	bool fine = date_parse(slice_of(text, (size_t)n), slice_of("", 0), &got);
	ASSERT_REL(fine, ==, true);
	ASSERT_REL(got.seconds, ==, date->seconds);
	ASSERT_REL(got.day, ==, date->day);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct reader input = reader_of(slice_of(data, size));
	struct slice language = fuzz_exact(&input, reader_u8(&input) % 16);
	struct slice text = fuzz_exact(&input, reader_left(&input));
	struct date date;
	fuzz_sound = date_parse(text, language, &date);
	ASSERT_REL(fuzz_sound, ==, date.fault == DATE_FINE);
	if (fuzz_sound)
		again(&date);
	(void)date_parse_epoch(text, &date);
	ASSERT_REL(date_parse_data(text, language, &date), >=, fuzz_sound);
	if (date_parse_short(text, &date))
		again(&date);
	fuzz_free(language);
	fuzz_free(text);
	return 0;
}
