/* date_names.h — what does this word say in a date?
 *
 * Names of months and weekdays in the languages of news in Latin script that
 * libstemmer knows (English, German, French, Spanish, Italian, Portuguese, Dutch,
 * Swedish, Norwegian, Danish, Finnish), and in Russian, Ukrainian, Polish, Czech,
 * Slovak, Romanian, Hungarian, Turkish, Indonesian, Vietnamese, Greek, Hebrew,
 * Arabic, Persian, Urdu, Hindi and Thai; the words around dates ("Published on",
 * "Mis à jour le", "г."); and zones.
 *
 * One list serves all languages, since but for listopad no name is a month in one
 * and another month in another; a page's language is often told wrong or not at
 * all.  Lists are strings that strstr finds a word in, blanks around it: they can be
 * read (date_lists.h).  Words are compared folded (date_letters.h): small letters,
 * without the marks of Latin ones.
 */
#ifndef NS_DATE_DATE_NAMES_H
#define NS_DATE_DATE_NAMES_H

#include "base/base.h"

/* The letters at the start of text, folded, with a blank before and behind.
 * len: bytes they take in text. */
struct date_word {
	size_t len;
	char folded[64]; /* longer words are nobody's: "" */
};

struct date_word date_word_at(struct slice text);

/* The month 1…12 of that name, or 0. */
int date_month_named(const struct date_word *word, struct slice language);

/* A month at the start of text that is two words ("تشرين الثاني"), or one and a number
 * ("tháng 4"): 1…12, and the bytes of both; else 0. */
int date_month_of_two(struct slice text, size_t *len);

bool date_is_weekday(const struct date_word *word);
/* Says nothing about the day: "at", "published", "Uhr". */
bool date_is_filler(const struct date_word *word);
/* Says that the date is to be counted from another: "ago", "gestern". */
bool date_is_relative(const struct date_word *word);
/* Behind a time: it is before noon, or after it. */
bool date_is_morning(const struct date_word *word);
bool date_is_evening(const struct date_word *word);
bool date_is_thai(const struct date_word *word);
/* Ends what may stand behind a date: "Home Edition". */
bool date_is_edition(const struct date_word *word);

enum date_zone { DATE_ZONE_NONE, DATE_ZONE_KNOWN, DATE_ZONE_VAGUE };

/* minutes: east of Greenwich, of a known zone. */
enum date_zone date_zone_named(const struct date_word *word,
                               struct slice language, int *minutes);

/* ---- what a language tells ----------------------------------------------- */

enum date_order {
	DATE_ORDER_UNKNOWN,
	DATE_ORDER_ENGLISH,    /* of no country: either */
	DATE_ORDER_DAY_FIRST,
	DATE_ORDER_MONTH_FIRST,
};

enum date_calendar {
	DATE_CALENDAR_OURS,
	DATE_CALENDAR_BUDDHIST,
	DATE_CALENDAR_OTHER, /* maybe, beside ours */
};

enum date_calendar date_calendar_of(struct slice language);

/* Of a language as BCP 47 writes it ("en-GB", also "en_GB"). */
enum date_order date_order_of(struct slice language);

#endif
