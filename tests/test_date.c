/* Dates mean the second they say, or nothing. */
#include <criterion/criterion.h>
#include <time.h>

#include "random.h"
#include "date/date.h"

/* In a language, and what is known: the day alone, or the second. */
static void says(const char *text, const char *language, bool day,
                 int64_t wanted)
{
	struct date got;
	cr_assert(date_parse(slice_of(text, strlen(text)),
	                     slice_of(language, strlen(language)), &got),
	          "%s: fault %d", text, got.fault);
	cr_assert(got.seconds == wanted && got.day == day, "%s: %s %lld, not %lld",
	          text, got.day ? "day" : "second", (long long)got.seconds,
	          (long long)wanted);
}

static void means(const char *text, int64_t wanted)
{
	says(text, "", false, wanted);
}

static void day(const char *text, int64_t wanted)
{
	says(text, "", true, wanted);
}

static void fails(const char *text, const char *language, enum date_fault fault)
{
	struct date got;
	cr_assert_not(date_parse(slice_of(text, strlen(text)),
	                         slice_of(language, strlen(language)), &got),
	              "%s", text);
	cr_assert_eq(got.fault, fault, "%s: fault %d", text, got.fault);
}

enum { APRIL6 = 1491436800 }; /* 2017-04-06 */

/* A character behind each number says what it is. */
Test(date, eastern)
{
	day("2017年4月6日", APRIL6);
	day("2017年04月06日 星期四", APRIL6);
	day("2017年4月6日（木）", APRIL6);
	day("2017年4月6日(木)", APRIL6);
	day("2017年4月6日木曜日", APRIL6);
	day("2017년 4월 6일 목요일", APRIL6);
	day("2017년 4월 6일", APRIL6);
	means("2017年04月06日12:30", APRIL6 + 45000);
	means("2017年4月6日 12時30分", APRIL6 + 45000);
	means("2017年4月6日（木） 12時30分5秒 JST", APRIL6 + 45005 - 32400);
	means("2017年4月6日 周四 12点30分", APRIL6 + 45000);
	means("2017年4月6日 午後3時", APRIL6 + 15 * 3600);
	means("2017年4月6日下午3:15", APRIL6 + 54900);
	means("2017年4月6日午前12時5分", APRIL6 + 300);
	means("2017.04.06 오후 12:30", APRIL6 + 45000);
	means("2017년 4월 6일 오전 9시", APRIL6 + 9 * 3600);
	fails("2017年4月", "", DATE_UNCLEAR);
	fails("4月6日", "ja", DATE_UNCLEAR);
	fails("17年4月6日", "ja", DATE_UNCLEAR);
	fails("2017年4月6日4月", "", DATE_UNCLEAR);
	fails("2017年13月6日", "", DATE_UNCLEAR);
	fails("2017年4月6日 午後", "", DATE_UNCLEAR);
	fails("2017年4月6日 午後13時", "", DATE_UNCLEAR);
	fails("2017年4月6日 30分", "", DATE_UNCLEAR);
	fails("2017年4月6日（木", "", DATE_UNCLEAR);
	fails("2017年4月6日 木", "", DATE_UNCLEAR);
	fails("昭和29年4月6日", "ja", DATE_UNCLEAR);
}

Test(date, iso)
{
	day("1970-01-01", 0);
	day("2017-04-06", 1491436800);
	day("20170406", 1491436800);
	day(" 2017-04-06\n", 1491436800);
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
	day("2000-02-29", 951782400);
	means("1969-12-31T23:59:59Z", -1);
	day("0002-01-01", -62135596800 + 365 * 86400ll);
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

Test(date, words)
{
	static const char *const texts[] = {
		"April 6, 2017", "6 April 2017", "Apr. 6, 2017", "6 Apr 2017",
		"APRIL 6 2017", "Thursday, April 6th, 2017", "Thursday April 6, 2017",
		"Friday, 6 April 2017", "6th of April, 2017", "06-Apr-2017",
		"6-APR-2017", "6/Apr/2017", "2017 April 6",
		"6 Apr 17", "06-APR-17", "Published: April 6, 2017",
		"Updated on 6 April 2017", "Last modified April 6, 2017.",
		"Posted on Thursday, April 6, 2017", "2017/04/06", "2017/4/6",
		"2017.04.06", "2017-4-6", "6.4.2017", "06.04.2017", "6. 4. 2017",
		"Published: 2017-04-06", "Date: 20170406",
		"April 6, 2017, Thursday, Home Edition",
		"April 6, 2017, Thursday, Orange County Edition",
		"April 6, 2017, Thursday, P.M. Final",
		"6. April 2017", "Donnerstag, 6. April 2017",
		"Veröffentlicht am 06.04.2017", "Stand: 6. Apr. 2017",
		"jeudi 6 avril 2017", "Publié le 6 avril 2017",
		"Mis à jour le 6 avr. 2017", "jueves, 6 de abril de 2017",
		"6 abr. 2017", "giovedì 6 aprile 2017", "Pubblicato il 6 aprile 2017",
		"6 de abril de 2017", "quinta-feira, 6 de abril de 2017",
		"donderdag 6 april 2017", "torsdag 6 april 2017", "torsdag den 6. april 2017", "den 6:e april 2017", "6. huhtikuuta 2017",
		"torstaina 6. huhtikuuta 2017", "6 апреля 2017", "6 АПРЕЛЯ 2017 г.",
		"Опубликовано: 6 апр. 2017 года", "Четверг, 6 апреля 2017",
		"6º de abril de 2017", "6 kwietnia 2017", "czwartek, 6 kwietnia "
		"2017 r.", "čtvrtek 6. dubna 2017", "6. apríla 2017", "joi, 6 "
		"aprilie 2017", "2017. április 6., csütörtök", "6 Nisan 2017 "
		"Perşembe", "Kamis, 6 April 2017", "6 квітня 2017 р.",
	};
	for (size_t i = 0; i < ARRAY_LEN(texts); i++)
		day(texts[i], APRIL6);
	day("1er avril 2017", APRIL6 - 5 * 86400);
	day("January 1, 1989, Sunday, Home Edition ", 599616000);
	day("martes 7 de marzo de 2017", APRIL6 - 30 * 86400);
	day("mar. 7 mars 2017", APRIL6 - 30 * 86400);
	day("mar 4 abr 2017", APRIL6 - 2 * 86400);
	day("Mar 7, 2017", APRIL6 - 30 * 86400);
	day("29 février 2000", 951782400);
	day("5. März 2017", APRIL6 - 32 * 86400);
}

/* The months whose names have letters beyond Latin-1, or mean two of them. */
Test(date, words_of_more_languages)
{
	day("1 października 2017", 1506816000);
	day("1. října 2017", 1506816000);
	day("1. KVĚTNA 2017", 1493596800);
	day("1 Mayıs 2017", 1493596800);
	day("1 ŞUBAT 2017", 1485907200);
	day("1 Ağustos 2017", 1501545600);
	day("1 Січня 2017", 1483228800);
	day("1 січня 2017", 1483228800);
	day("1 СІЧНЯ 2017", 1483228800);
	says("1 listopada 2017", "pl", true, 1509494400);
	says("1. listopadu 2017", "cs-CZ", true, 1509494400);
	fails("1. listopada 2017", "hr", DATE_UNCLEAR);
	fails("1 listopada 2017", "", DATE_UNCLEAR);
}

Test(date, words_of_other_scripts)
{
	static const char *const texts[] = {
		"6 أبريل 2017", "٦ أبريل ٢٠١٧", "6 ابريل 2017 م", "الخميس 6 نيسان 2017",
		"6 نيسان/أبريل 2017", "الخميس، ٦ أفريل ٢٠١٧", "تم النشر في 6 أَبريل 2017",
		"۶ آوریل ۲۰۱۷", "پنج‌شنبه ۶ آوریل ۲۰۱۷", "جمعرات 6 اپریل 2017",
		"6 באפריל 2017", "יום חמישי 6 באפריל 2017", "פורסם בתאריך 06.04.2017",
		"6 Απριλίου 2017", "Πέμπτη, 6 ΑΠΡΙΛΙΟΥ 2017", "Πέμπτη 6 Απρ. 2017",
		"6 अप्रैल 2017", "गुरुवार, ६ अप्रैल २०१७", "प्रकाशित: 6 अप्रैल 2017",
		"6 เมษายน 2560", "๖ เมษายน ๒๕๖๐", "6 เม.ย. 2560", "6 เม.ย. 60",
		"วันพฤหัสบดีที่ 6 เมษายน พ.ศ. 2560", "6 เมษายน ค.ศ. 2017",
		"Thứ năm, ngày 6 tháng 4 năm 2017", "6 Tháng 4, 2017",
		"Ngày 6 tháng 04, 2017", "２０１７年４月６日", "2017年４月6日",
		"\u200F6 أبريل 2017\u200E", "6 Nis 2017", "6 кві 2017",
	};
	for (size_t i = 0; i < ARRAY_LEN(texts); i++)
		day(texts[i], APRIL6);
	says("06/04/2560", "th", true, APRIL6);
	says("06/04/2017", "th", true, APRIL6);
	says("Thứ Năm, 06/04/2017", "vi", true, APRIL6);
	says("٠٦/٠٤/٢٠١٧", "ar", true, APRIL6);
	says("2017/04/06", "fa", true, APRIL6);
	day("15 كانون الثاني 2017", 1484438400);
	day("15 تشرين الأول 2017", 1508025600);
	day("15 تشرين الثاني 2017", 1510704000);
	day("15 كانون الأول 2017", 1513296000);
	day("5 फ़रवरी 2017", 1486252800);
	day("5 फ\u093Cरवरी 2017", 1486252800);
	day("1 พฤษภาคม 2560", 1493596800);
	day("29 กุมภาพันธ์ 2559", 1456704000);
	day("1 Μαΐου 2017", 1493596800);
	day("1 Agu 2017", 1501545600);
}

Test(date, words_of_other_scripts_and_a_time)
{
	says("Thứ năm, 6/4/2017, 10:30 (GMT+7)", "vi", false,
	     APRIL6 + 37800 - 25200);
	means("6 апреля 2017 г. 13:30 (МСК)", APRIL6 + 37800);
	means("6 Απριλίου 2017 10:30 π.μ.", APRIL6 + 37800);
	means("6 Απριλίου 2017, 10:30 μ.μ.", APRIL6 + 37800 + 43200);
	means("6 أبريل 2017 - 10:30 ص", APRIL6 + 37800);
	means("6 أبريل 2017 الساعة 10:30 مساءً", APRIL6 + 37800 + 43200);
	means("6 أبريل 2017 10:30 بتوقيت غرينتش", APRIL6 + 37800);
	means("6 เมษายน 2560 เวลา 10:30 น.", APRIL6 + 37800);
	means("6 เม.ย. 2560 10.30 น.", APRIL6 + 37800);
	says("6 अप्रैल 2017, 16:00 IST", "hi", false, APRIL6 + 37800);
	means("10:30 6 tháng 4, 2017", APRIL6 + 37800);
}

/* Years of other calendars are not taken for ours, but Thailand's, which are told. */
Test(date, calendars)
{
	fails("1396/01/17", "fa", DATE_UNCLEAR);
	fails("1396-01-17", "fa-IR", DATE_UNCLEAR);
	fails("۱۳۹۶/۰۱/۱۷", "", DATE_UNCLEAR);
	fails("۱۷ فروردین ۱۳۹۶", "", DATE_UNCLEAR);
	fails("10/07/1438", "ar", DATE_UNCLEAR);
	fails("17/1/96", "fa", DATE_AMBIGUOUS);
	fails("6/4/60", "th", DATE_AMBIGUOUS);
	fails("6 เม.ย. 17", "th", DATE_AMBIGUOUS);
	day("1396-01-17", -18112291200);
	day("2560-04-06", 18626889600);
	fails("6 tháng 13 2017", "vi", DATE_UNCLEAR);
	fails("tháng 4 năm 2017", "vi", DATE_UNCLEAR);
	fails("6 تشرين 2017", "ar", DATE_UNCLEAR);
	fails("منذ 6 ساعات", "ar", DATE_RELATIVE);
	fails("6 ชั่วโมง ที่แล้ว", "th", DATE_RELATIVE);
	fails("6 Απριλίου 2017 10:30 π.μ. μ.μ.", "", DATE_UNCLEAR);
}

/* What programs write where they have no date. */
Test(date, zeros)
{
	fails("0001-01-01", "", DATE_UNCLEAR);
	fails("0001-01-01T00:00:00Z", "", DATE_UNCLEAR);
	fails("0001-01-01T00:00:00+08:00", "", DATE_UNCLEAR);
	fails("1970-01-01T00:00:00Z", "", DATE_UNCLEAR);
	fails("1970-01-01T01:00:00+01:00", "", DATE_UNCLEAR);
	fails("Thu, 01 Jan 1970 00:00:00 +0000", "", DATE_UNCLEAR);
	fails("0000-00-00 00:00:00", "", DATE_UNCLEAR);
	day("1970-01-01", 0);
	day("January 1, 1970", 0);
	means("1970-01-01T00:00:01Z", 1);
}

Test(date, words_and_a_time)
{
	static const char *const texts[] = {
		"6 Apr 2017 10:30 GMT", "April 6, 2017 at 10:30 a.m.",
		"6 Apr 2017 13:30 GMT+3", "Thursday, April 6th, 2017 at 6:30 a.m. EDT",
		"6 April 2017 13:30 UTC+03:00", "6 April 2017, 13.30 MSK",
		"April 6, 2017 | 10:30am", "Apr 6, 2017 - 10:30 AM",
		"April 6, 2017 @ 10:30 am", "10:30 GMT, Thursday, 6 April 2017",
		"10.30 a.m., April 6, 2017", "Published at 10:30 GMT, 6 April 2017",
		"Published: 2017-04-06T10:30Z", "2017/04/06 10:30:00",
		"6.4.2017 10.30", "06.04.2017, 10:30", "6. huhtikuuta 2017 klo 10.30",
		"6. April 2017, 12.30 Uhr MESZ", "6. April 2017 um 12:30 Uhr CEST",
		"6 avril 2017 à 10h30", "6 avril 2017 à 10 h 30", "le 6 avril 2017 10h30",
		"6 de abril de 2017 10:30 h", "6 de abril de 2017, 10:30 a. m.",
		"6 april 2017 kl. 10.30", "6 апреля 2017 г. в 13:30 МСК",
		"6 апреля 2017, 13:30 МСК", "6 Apr 2017 11:30 BST",
		"Thu Apr  6 10:30:00 2017", "Thu Apr 06 03:30:00 PDT 2017",
		"Thu Apr 06 2017 13:30:00 GMT+0300 (Moscow Standard Time)",
		"06-APR-2017 10:30:00.01", "Thursday, 6 Apr 2017 06:30:00 EDT",
		"6 Apr 2017 10:30 GMT (Thursday)",
	};
	for (size_t i = 0; i < ARRAY_LEN(texts); i++)
		means(texts[i], APRIL6 + 37800);
	means("26-FEB-1987 15:01:01.01", 541350061);
	means(" 5-APR-1987 06:30:27.55", 544602627);
	means("26-FEB-1987 15:01:01.01\x05\x05\x05V RM", 541350061);
	means("April 6, 2017 12 a.m.", APRIL6);
	means("April 6, 2017 12:05 pm", APRIL6 + 43500);
	means("April 6, 2017 5 p.m. EDT", APRIL6 + 75600);
	means("6 April 2017 um 5 Uhr", APRIL6 + 18000);
	means("5 am 6 April 2017", APRIL6 + 18000);
	means("6 avril 2017 à 10 h", APRIL6 + 36000);
	means("10 h, 06 avril 2017", APRIL6 + 36000);
	says("6 Apr 2017 16:00 IST", "hi", false, APRIL6 + 37800);
	says("6 Apr 2017 16:00 IST", "en-IN", false, APRIL6 + 37800);
	says("6 Apr 2017 12:30 IST", "he", false, APRIL6 + 37800);
	says("6 Apr 2017 11:30 IST", "en-IE", false, APRIL6 + 37800);
	means("2017-04-06 10:30:00 +0000 UTC", APRIL6 + 37800);
	means("2017-04-06 12:30:00.25 +0200 CEST", APRIL6 + 37800);
	fails("2017-04-06 12:30:00 +0200 UTC", "", DATE_UNCLEAR);
	fails("6 Apr 2017 10:30 GMT EST", "", DATE_UNCLEAR);
	/* the zone may be any of several: the day is what was printed */
	day("6 Apr 2017 23:30 IST", APRIL6);
	day("April 6, 2017 10:30 a.m. ET", APRIL6);
}

Test(date, numbers_by_language)
{
	says("06/04/2017", "en-GB", true, APRIL6);
	says("06/04/2017", "en_AU", true, APRIL6);
	says("06/04/2017", "fr", true, APRIL6);
	says("06-04-2017", "nl-NL", true, APRIL6);
	says("4/6/2017", "en-US", true, APRIL6);
	says("4/6/2017 10:30 AM", "en-Latn-US", false, APRIL6 + 37800);
	says("06.04.17", "de", true, APRIL6);
	says("6/4/17", "it", true, APRIL6);
	says("4/6/17", "en-US", true, APRIL6);
	says("4/13/2017", "", true, APRIL6 + 7 * 86400);
	says("13/4/2017", "en", true, APRIL6 + 7 * 86400);
	says("13/4/2017", "en-US", true, APRIL6 + 7 * 86400);
	says("4/4/2017", "en", true, APRIL6 - 2 * 86400);
	says("13.4.2017", "en-US", true, APRIL6 + 7 * 86400);
	fails("06/04/2017", "", DATE_AMBIGUOUS);
	fails("06/04/2017", "en", DATE_AMBIGUOUS);
	fails("4/6/2017", "zh", DATE_AMBIGUOUS);
	fails("6.4.2017", "en-US", DATE_AMBIGUOUS);
	fails("6.4.2017", "en", DATE_AMBIGUOUS);
	fails("06.04.17", "", DATE_AMBIGUOUS);
	fails("13/4/17", "", DATE_AMBIGUOUS);
	fails("06-04-17", "de", DATE_AMBIGUOUS);
	fails("13/13/2017", "de", DATE_UNCLEAR);
	fails("31/4/2017", "de", DATE_UNCLEAR);
}

Test(date, relative)
{
	static const char *const texts[] = {
		"yesterday", "2 hours ago", "today at 5", "Updated 5 minutes ago",
		"Thursday", "last Thursday", "10:30", "gestern", "vor 2 Stunden",
		"hier", "il y a 3 jours", "hace 2 horas", "вчера", "2 часа назад",
		"Aujourd'hui à 10h30", "just now", "Posted today, 10:30 am",
	};
	for (size_t i = 0; i < ARRAY_LEN(texts); i++)
		fails(texts[i], "", DATE_RELATIVE);
}

Test(date, of_data)
{
	static const struct {
		const char *text;
		int64_t seconds;
	} good[] = {
		{"1491474600", 1491474600}, {" 1491474600.0 ", 1491474600},
		{"1491474600123", 1491474600}, {"541350061000", 541350061},
		{"541350061", 541350061}, {"2017-04-06T10:30:00Z", 1491474600},
		{"20170406", 1491436800},
	};
	static const char *const bad[] = {"", ".5", "14914746", "2017040610",
		"201704061030", "1491474600.x", "14914746001", "14914746001234",
		"1491474600 1", "yesterday"};
	struct date got;
	for (size_t i = 0; i < ARRAY_LEN(good); i++) {
		cr_assert(date_parse_data(slice_text(ns_text_of(good[i].text)),
		                          slice_of("", 0), &got), "%s",
		          good[i].text);
		cr_assert_eq(got.seconds, good[i].seconds, "%s", good[i].text);
		cr_assert_eq(got.day, strlen(good[i].text) == 8);
	}
	for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
		bool read = date_parse_data(slice_text(ns_text_of(bad[i])),
		                            slice_of("", 0), &got);
		cr_assert_not(read, "%s", bad[i]);
		cr_assert_neq(got.fault, DATE_FINE);
	}
	cr_assert_eq(got.fault, DATE_RELATIVE);
}

Test(date, by_request)
{
	struct date got;
	cr_assert(date_parse_epoch(slice_text(ns_text_of("1491472800")), &got));
	cr_assert(got.seconds == 1491472800 && !got.day && !got.fault);
	cr_assert(date_parse_epoch(slice_text(ns_text_of("1491472800123")), &got));
	cr_assert(got.seconds == 1491472800);
	cr_assert(date_parse_epoch(slice_text(ns_text_of(" -86400 ")), &got));
	cr_assert(got.seconds == -86400);
	cr_assert(date_parse_short(slice_text(ns_text_of("880212")), &got));
	cr_assert(got.seconds == 571622400 && got.day && !got.fault);
	static const char *const bad[] = {"", "-", "x", "12x", "1.5", "123456789012345",
		"99999999999999999999"};
	for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
		cr_assert_not(date_parse_epoch(slice_text(ns_text_of(bad[i])), &got));
		cr_assert_not(date_parse_short(slice_text(ns_text_of(bad[i])), &got));
		cr_assert_eq(got.fault, DATE_UNCLEAR);
	}
	cr_assert_not(date_parse_short(slice_text(ns_text_of("881312")), &got));
	cr_assert_not(date_parse_short(slice_text(ns_text_of("88021")), &got));
}

Test(date, neither)
{
	const char *texts[] = {
		"", " ", "2017", "2017-04", "2017-13-01", "2017-00-01",
		"2017-02-29", "1900-02-29", "2017-04-31", "2017-04-00", "0000-01-01",
		"2017-04-06T", "2017-04-06T12", "2017-04-06T24:00:01",
		"2017-04-06T25:00", "2017-04-06T12:60", "2017-04-06T12:30:61",
		"2017-04-06T12:30:60", "2017-04-06T12:30:05.Z",
		"2017-04-06T12:30:05+24:00", "2017-04-06T12:30:05+02:60",
		"2017-04-06T12:30:05+2", "2017-04-06T12:30:05+02:",
		"2017-04-06T12:30:05Zulu", "2017-04-06x", "2017-04-06T12:30:05Z!",
		"-2017-04-06", "201704061", "1491481805", "880212",
		"Foo, 6 Apr 2017 12:30:05 GMT", "32 Apr 2017 12:30:05 GMT",
		"6 Apr 2017 12:30:05 J", "6 Apr 2017 12:30:05 +020",
		"6 Apr 2017 12:30:05 GMT GMT", "6 Apr 2 12:30:05 GMT",
		"6 Apr 2017 12:30:05 GMT (", "29 Feb 2017 12:30:05 GMT",
		"6 Apr 2017 25:00", "6 Apr 2017 13:30 am", "6 Apr 2017 10:3",
		"April 2017", "6 April", "June 14-25, 1993", "June 14-25",
		"June 14 - 25", "14 - 25 June 1993", "June 14 and 15, 1993",
		"8-10 December 1993", "6 April 2017 10:30-11:30",
		"6 April 2017 10:30 11:30", "6 April 2017, 7 April 2017",
		"Mar/April 6, 2017", "March April 6, 2017", "6 Foo 2017",
		"April 6, 2017 by John Smith", "April 6, 93", "6.4.2017.5",
		"1.2.3.4", "6/4/2017/8", "April", "6", "Home Edition",
		"31-MAR-1987 605:12:19.12", "6 Apr 2017 10:30 XYZ",
		"6 Apr 2017 10:30 +0300 +0400", "Reported on 6 April 2017",
	};
	for (size_t i = 0; i < ARRAY_LEN(texts); i++)
		fails(texts[i], "", DATE_UNCLEAR);
	char text[400];
	memset(text, ' ', sizeof text);
	memcpy(text, "6 April", 7);
	memcpy(text + sizeof text - 4, "2017", 4);
	struct date got;
	cr_assert_not(date_parse(slice_of(text, sizeof text), slice_of("", 0),
	                         &got));
}

/* How a day may be written, for strftime, and in which language; %0… is the year of
 * four digits, which strftime does not pad. */
static const struct {
	const char *form, *language;
	bool time;
} forms[] = {
	{"YYYY-%m-%d", "", false},           {"YYYY%m%d", "", false},
	{"%B %d, YYYY", "", false},          {"%A, %d %B YYYY", "", false},
	{"%a, %e %b YYYY", "", false},       {"%d-%b-YYYY", "", false},
	{"YYYY/%m/%d", "", false},           {"%d.%m.YYYY", "", false},
	{"%d/%m/YYYY", "en-GB", false},      {"%m/%d/YYYY", "en-US", false},
	{"%d-%m-YYYY", "nl", false},         {"Published on %b. %d, YYYY", "", false},
	{"YYYY-%m-%dT%H:%M:%SZ", "", true},  {"%B %d, YYYY at %I:%M:%S %p", "", true},
	{"%d.%m.YYYY %H:%M:%S GMT", "", true}, {"%a %b %e %H:%M:%S YYYY", "", true},
	{"%a, %d %b YYYY %H:%M:%S +0000", "", true},
};

static size_t write_date(char *out, size_t size, const char *form,
                         const struct tm *tm)
{
	char with_year[64];
	const char *year = strstr(form, "YYYY");
	snprintf(with_year, sizeof with_year, "%.*s%04d%s", (int)(year - form), form,
	         tm->tm_year + 1900, year + 4);
	return strftime(out, size, with_year, tm);
}

Test(date, every_day_comes_back_in_every_form)
{
	struct random random = random_start(8);
	/* from the second on: the first says that there is none */
	for (int64_t day = -719160; day <= 2932896; day += 1) {
		size_t i = (size_t)(day + 719162) % ARRAY_LEN(forms);
		/* every form each day in the years of news, else by turns */
		size_t n = day > -36500 && day < 36500 ? ARRAY_LEN(forms) : 1;
		for (size_t k = 0; k < n; k++, i = (i + 1) % ARRAY_LEN(forms)) {
			int64_t wanted = day * 86400;
			if (forms[i].time)
				wanted += random_below(&random, 86400);
			time_t seconds = (time_t)wanted;
			struct tm tm;
			char text[64];
			gmtime_r(&seconds, &tm);
			write_date(text, sizeof text, forms[i].form, &tm);
			says(text, forms[i].language, !forms[i].time, wanted);
		}
	}
}

/* What a person may have around a date, or instead of it: pieces of all forms. */
Test(date, random_pieces_are_survived)
{
	static const char *const pieces[] = {"6", "06", "2017", "93", "April", "Apr.",
		"mar", "Thursday", ",", " ", " ", " ", "-", "/", ".", ":", "10:30", "am",
		"p.m.", "GMT", "+3", "-0500", "(", ")", "IST", "h", "Uhr", "kl", "–",
		"апреля", "г.", "à", "th", "º", "Edition", "ago", "\xC3", "\xE2\x80", "T",
		"20170406", "1", "31", "12", "Published:", "@", "99999999999999999999",
		"٦", "२०१७", "نيسان", "تشرين", "الأول", "م", "ص", "เม.ย", "น", "tháng",
		"π.μ", "(GMT+7)", "\u200F", "\xE0\xB8", "\xD9", "一", "：", "60"};
	static const char *const languages[] = {"", "en", "en-US", "de", "e", "en-",
		"-", "--US", "\xC3-\xC3", "zh-Hant-TW"};
	struct random random = random_start(9);
	unsigned fine = 0;
	for (int round = 0; round < 300000; round++) {
		char text[400];
		size_t n = 0;
		for (unsigned i = random_below(&random, 12); i; i--) {
			const char *piece =
				pieces[random_below(&random, ARRAY_LEN(pieces))];
			memcpy(text + n, piece, strlen(piece));
			n += strlen(piece);
		}
		const char *language =
			languages[random_below(&random, ARRAY_LEN(languages))];
		/* an exact copy, so that reading behind it is seen */
		char *copy = malloc(n ? n : 1);
		struct date got;
		memcpy(copy, text, n);
		if (date_parse(slice_of(copy, n), slice_of(language, strlen(language)),
		               &got)) {
			cr_assert(got.fault == DATE_FINE &&
			          (!got.day || got.seconds % 86400 == 0),
			          "seed %llu: %.*s", (unsigned long long)random.seed,
			          (int)n, text);
			fine++;
		} else {
			cr_assert_neq(got.fault, DATE_FINE);
		}
		free(copy);
	}
	cr_assert_gt(fine, 100, "seed %llu", (unsigned long long)random.seed);
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
		struct date got;
		memcpy(copy, text, n);
		if (date_parse(slice_of(copy, n), slice_of("de", 2), &got))
			cr_assert(got.seconds > -62135683200 - 86400 &&
			          got.seconds < 253402300800 + 2 * 86400, "seed %llu: %.*s",
			          (unsigned long long)random.seed, (int)n, text);
		free(copy);
	}
}
