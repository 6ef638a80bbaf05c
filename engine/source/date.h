/* date.h — which second does this date mean?
 *
 * Understood, with white space around it:
 *
 *   ISO 8601   2017-04-06   20170406                        midnight, UTC
 *              2017-04-06T12:30   2017-04-06 12:30:05.25    UTC
 *              2017-04-06T12:30:05Z   …+02:00  …+0200  …+02   20170406T123005Z
 *              a space before the offset; UTC and GMT for Z
 *   RFC 2822   [Thu,] 6 Apr 2017 12:30[:05] +0200           also GMT, UT, EST …
 *              years of two and three digits, military letters and a comment
 *              behind, as its section 4.3 reads them
 *
 * Ranges are checked (2017-02-29 is no date); 24:00 is midnight at the end of a
 * day; second 60 is taken only as hh:59:60 and means the next second.  Fractions
 * are cut off.  A weekday must be one, but need not be that of the date: it is
 * the date that was meant.  Anything else is not understood: no date is better
 * than a guessed one (12/04/2017 is two days).
 *
 * Years are 1 to 9999 of the Gregorian calendar, also before it was made.
 */
#ifndef NS_SOURCE_DATE_H
#define NS_SOURCE_DATE_H

#include "base/base.h"

/* Seconds since 1970-01-01T00:00:00Z. */
bool date_parse(struct slice text, int64_t *out);

#endif
