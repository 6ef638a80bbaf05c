/* date.h — which day, and which second of it, does this date mean?
 *
 * Understood, with white space around it:
 *
 *   ISO 8601    2017-04-06   20170406                       the day
 *               2017-04-06T12:30   2017-04-06 12:30:05.25   UTC
 *               2017-04-06T12:30:05Z   …+02:00  …+0200  …+02   20170406T123005Z
 *   by words    6 Apr 2017   Thursday, April 6th, 2017 at 10:30 a.m. EDT
 *               26-FEB-1987 15:01:01.01   6. huhtikuuta 2017 klo 10.30
 *               Mis à jour le 6 avril 2017 à 10h30   (date_words.h)
 *               2017年4月6日（木）午後3時5分   2017년 4월 6일 오후 3:05
 *               ٦ أبريل ٢٠١٧   6 अप्रैल 2017   Thứ năm, ngày 6 tháng 4 năm 2017
 *               วันพฤหัสบดีที่ 6 เมษายน พ.ศ. 2560
 *   by numbers  2017/04/06   6.4.2017   06/04/2017 10:30 GMT+3
 *   mail        Thu, 6 Apr 2017 12:30:05 +0200 (CEST), and the obsolete forms
 *               of RFC 2822 4.3
 *
 * A day without a time is a day: `day` is set, and seconds are its midnight in
 * UTC.  A time without a zone is taken as UTC.  Fractions of a second are cut
 * off.  A weekday must be one, but need not be that of the date: it is the date
 * that was meant.  Behind a control character nothing is read (the newswire of
 * 1987 has its routing there).
 *
 * No date is better than a guessed one.  What is refused, and as what:
 *
 *   relative    "yesterday", "2 hours ago", "Thursday": when was it written?
 *   ambiguous   06/04/2017 where neither a number over 12 nor the language tells
 *               the day from the month: "en-US" has the month first, "en-GB",
 *               "de", "fr" and others (date_words.c) the day; plain "en" does not
 *               tell, since newspapers of both habits write it.  6.4.2017 has the
 *               day first unless the language is English without a country that
 *               has it so
 *   unclear     all else, also two dates, or a month without a day; and what
 *               programs write where they have no date: the first of January of
 *               the year 1, and the second 1970-01-01T00:00:00Z (the day 1970-01-01
 *               without a time is one, of a paper that was printed)
 *
 * Calendars: a year 2400 to 2699 beside Thai words or in Thai ("th") is one of
 * Buddha's, 543 years on, and so is one of two digits from 40 on behind the name of
 * a month in Thai; one of two digits below 40 is ambiguous.  A year 1300 to 1499 in
 * Arabic script, or in a language written in it, is of the Persian calendar or the
 * moon's, which are not reckoned here: unclear.
 *
 * Names of zones are those of RFC 2822 and those that mean one thing in the news
 * (BST, CET, MSK, AEST …); CST is that of RFC 2822, in America, and MSK is always
 * +03:00 (from 2011 to 2014 it was +04:00).  IST is of India,
 * Ireland or Israel where the language is of there.  Where a name says too little
 * (IST, AST; ET and PT, which do not say whether it is summer) the day is kept
 * and the time is not.
 */
#ifndef NS_DATE_DATE_H
#define NS_DATE_DATE_H

#include "base/base.h"

enum date_fault {
	DATE_FINE,
	DATE_UNCLEAR,   /* no date that we know */
	DATE_RELATIVE,  /* to a moment that is not told */
	DATE_AMBIGUOUS, /* day first, or month first? */
};

struct date {
	int64_t seconds; /* since 1970-01-01T00:00:00Z */
	bool day;        /* only the day is known: seconds are its midnight */
	enum date_fault fault;
};

/* language: "en-US", "de", …; empty where it is not known.  Returns whether it is
 * fine; else *out has the fault, and nothing more. */
bool date_parse(struct slice text, struct slice language, struct date *out);

/* For callers who know that a number is there.
 * Seconds since 1970, milliseconds where it has 12 digits or more: 1491472800. */
bool date_parse_epoch(struct slice text, struct date *out);
/* What is in a cell or a value of data: date_parse, or else seconds since 1970 of 9 or
 * 10 digits (from 1973 on), or milliseconds of 12 or 13, with or without a fraction;
 * 10 and 12 that begin as 19 or 20 are unclear, since they may be hours of a day. */
bool date_parse_data(struct slice text, struct slice language, struct date *out);
/* Year, month, day: 880212, as in AP880212-0001; years as in RFC 2822 4.3. */
bool date_parse_short(struct slice text, struct date *out);

#endif
