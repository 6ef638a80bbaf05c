/* digits.h — how do numbers become text that no locale can change?
 *
 *     1,204    5.1234567    12.3 %
 *
 * By integers alone.  (buffer_printf is used for whole numbers and words: only
 * %f and %' look at the locale.)
 */
#ifndef NS_ANSWER_DIGITS_H
#define NS_ANSWER_DIGITS_H

#include "base/mem.h"

/* With a comma before each group of three. */
void digits_grouped(struct buffer *out, uint64_t value);

/* units · 2^(shift − 20) with seven decimals, halves rounded up.  A unit of
 * 2^-20 is 9.5e-7: two different scores never look alike. */
void digits_score(struct buffer *out, uint32_t units, unsigned shift);

/* 100 · part / whole with one decimal; 0.0 of nothing. */
void digits_percent(struct buffer *out, uint64_t part, uint64_t whole);

/* 2017-04-06 of a day, 2017-04-06T08:30:00Z of a second; nothing for NS_NO_DATE
 * and what lies in no year from 1 to 9999. */
void digits_date(struct buffer *out, int64_t date, bool is_day);

#endif
