/* date_words.h — which day is meant by words and numbers, as people write them?
 *
 * Newspapers put the parts of a date in any order and many words around them:
 *
 *   Thursday, April 6th, 2017 at 10:30 a.m. EDT      10:30 GMT, 6 Apr. 2017
 *   Veröffentlicht am 6. April 2017, 10.30 Uhr       January 1, 1989, Sunday,
 *   обновлено 6 апреля 2017 г. 10:30 (МСК)           Home Edition
 *
 * So parts are taken as they come (day, month, year, time, zone), each once; words
 * of date_names.h are skipped, and anything else refuses the whole.  That rule is
 * what keeps it from guessing: "June 14-25, 1993", "10:30-11:30", two dates, a
 * sentence.  A grammar for each language was the alternative: ten times the code
 * for the same answers.
 *
 * A year has four digits; two (or three, of RFC 2822 4.3) are one only right behind
 * the name of the month, or in 6.4.17 and 6/4/17 where the language tells the
 * order.  10.30 is a time behind a whole date or such a word as "kl".
 */
#ifndef NS_DATE_DATE_WORDS_H
#define NS_DATE_DATE_WORDS_H

#include "date/date.h"

bool date_words(struct slice text, struct slice language, struct date *out);

#endif
