/* Dates mean the second they say, or nothing. */
#include <criterion/criterion.h>
#include <time.h>

#include "random.h"
#include "source/date.h"

static void means(const char *text, int64_t wanted)
{
	int64_t got = -1;
	cr_assert(date_parse(slice_of(text, strlen(text)), &got), "%s", text);
	cr_assert_eq(got, wanted, "%s: %lld, not %lld", text, (long long)got,
	             (long long)wanted);
}

static void means_nothing(const char *text)
{
	int64_t got;
	cr_assert_not(date_parse(slice_of(text, strlen(text)), &got), "%s", text);
}

Test(date, iso)
{
	means("1970-01-01", 0);
	means("2017-04-06", 1491436800);
	means("20170406", 1491436800);
	means(" 2017-04-06\n", 1491436800);
	means("2017-04-06T12:30", 1491481800);
	means("2017-04-06T12:30:05", 1491481805);
	means("2017-04-06t12:30:05z", 1491481805);
	means("2017-04-06 12:30:05.999Z", 1491481805);
	means("2017-04-06T12:30:05,5+00:00", 1491481805);
	means("2017-04-06T14:30:05+02:00", 1491481805);
	means("2017-04-06T14:30:05+0200", 1491481805);
	means("2017-04-06T14:30:05+02", 1491481805);
	means("2017-04-06T07:00:05-05:30", 1491481805);
	means("20170406T123005Z", 1491481805);
	means("20170406T1230", 1491481800);
	means("2017-04-06 12:30:05 +0000", 1491481805);
	means("2017-04-06 12:30:05 UTC", 1491481805);
	means("2017-04-06T24:00:00Z", 1491523200);
	means("2016-12-31T23:59:60Z", 1483228800);
	means("2000-02-29", 951782400);
	means("1969-12-31T23:59:59Z", -1);
	means("0001-01-01", -62135596800);
	means("9999-12-31T23:59:59Z", 253402300799);
}

Test(date, mail)
{
	means("Thu, 06 Apr 2017 12:30:05 +0000", 1491481805);
	means("6 Apr 2017 12:30:05 GMT", 1491481805);
	means("thu, 6 apr 2017 14:30 +0200", 1491481800);
	means("Thu,6 Apr 2017 07:30:05 EST", 1491481805);
	means("Thu, 06 Apr 2017 05:30:05 PDT", 1491481805);
	means("6 Apr 17 12:30:05 Z", 1491481805);
	means("31 Dec 99 23:59:59 UT", 946684799);
	means("1 Jan 100 00:00:00 A", 946684800);
	means("Thu, 06 Apr 2017 12:30:05 +0000 (UTC)", 1491481805);
	means("Thu, 06 Apr 2017 12:30:05 -0000", 1491481805);
}

Test(date, neither)
{
	const char *texts[] = {
		"", " ", "yesterday", "2017", "2017-04", "2017-13-01", "2017-00-01",
		"2017-02-29", "1900-02-29", "2017-04-31", "2017-04-00", "0000-01-01",
		"2017-4-6", "2017-04-06T", "2017-04-06T12", "2017-04-06T24:00:01",
		"2017-04-06T25:00", "2017-04-06T12:60", "2017-04-06T12:30:61",
		"2017-04-06T12:30:60", "2017-04-06T12:30:05.Z",
		"2017-04-06T12:30:05+24:00", "2017-04-06T12:30:05+02:60",
		"2017-04-06T12:30:05+2", "2017-04-06T12:30:05+02:",
		"2017-04-06T12:30:05Zulu", "2017-04-06x", "2017-04-06T12:30:05Z!",
		"-2017-04-06", "201704061", "1491481805", "06/04/2017", "6.4.2017",
		"Thu 6 Apr 2017 12:30:05 GMT", "Foo, 6 Apr 2017 12:30:05 GMT",
		"32 Apr 2017 12:30:05 GMT", "6 Apr 2017", "6 Apr 2017 12:30:05",
		"6 Apr 2017 12:30:05 J", "6 Apr 2017 12:30:05 +02:00",
		"6 Apr 2017 12:30:05 +020", "6 April 2017 12:30:05 GMT",
		"6 Apr 2017 12:30:05 GMT GMT", "6 Apr 2 12:30:05 GMT",
		"6 Apr 2017 12:30:05 GMT (", "29 Feb 2017 12:30:05 GMT",
	};
	for (size_t i = 0; i < ARRAY_LEN(texts); i++)
		means_nothing(texts[i]);
}

Test(date, agrees_with_the_system_on_every_day)
{
	for (int64_t day = -719162; day <= 2932896; day += 1) {
		time_t seconds = (time_t)(day * 86400);
		struct tm tm;
		char text[64];
		gmtime_r(&seconds, &tm);
		snprintf(text, sizeof text, "%04d-%02d-%02d", tm.tm_year + 1900,
		         tm.tm_mon + 1, tm.tm_mday);
		int64_t got;
		cr_assert(date_parse(slice_of(text, strlen(text)), &got) &&
		          got == seconds, "%s", text);
	}
}

Test(date, random_text_is_survived)
{
	static const char letters[] = "0123456789-:T Z+,.()AprThuGMT\xC2\xA0";
	struct random random = random_start(7);
	for (int round = 0; round < 300000; round++) {
		char text[40];
		size_t n = random_below(&random, sizeof text);
		for (size_t i = 0; i < n; i++)
			text[i] = letters[random_below(&random, sizeof letters - 1)];
		/* an exact copy, so that reading behind it is seen */
		char *copy = malloc(n ? n : 1);
		int64_t got = 0;
		memcpy(copy, text, n);
		if (date_parse(slice_of(copy, n), &got))
			cr_assert(got > -62135683200 - 86400 &&
			          got < 253402300800 + 2 * 86400, "seed %llu: %.*s",
			          (unsigned long long)random.seed, (int)n, text);
		free(copy);
	}
}
