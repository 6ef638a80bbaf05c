/* numbers.h — how do numbers look to a person?
 *
 *     1,204,344   17.3 MiB   2 min 05 s   9.8712345   2017-04-06
 *
 * By integers alone: printf's %f and %' take the decimal sign and the groups
 * from the locale, and a decimal comma would break JSON.
 *
 * Each call writes into out, which has room for NUMBER_SIZE bytes, and returns
 * out, so that it can stand among the arguments of printf.
 */
#ifndef NS_TOOLS_NUMBERS_H
#define NS_TOOLS_NUMBERS_H

#include "nsindex.h"

enum { NUMBER_SIZE = 32 };

/* 1,204,344 */
char *number_grouped(char out[NUMBER_SIZE], uint64_t value);

/* value ≥ 0 with so many decimals (at most 7), halves rounded up. */
char *number_fixed(char out[NUMBER_SIZE], double value, unsigned decimals);

/* Bytes: 999 B, 12.3 KiB, 4.0 GiB. */
char *number_size(char out[NUMBER_SIZE], uint64_t bytes);

/* 0.32 s, 12.1 s, 2 min 05 s, 3 h 07 min. */
char *number_duration(char out[NUMBER_SIZE], double seconds);

/* 2017-04-06T08:30:00Z, with day_only 2017-04-06; "" where there is no date or it
 * is in no year from 1 to 9999. */
char *number_date(char out[NUMBER_SIZE], int64_t date, bool day_only);

/* Reads digits (size: and one of K, M, G, for powers of 1024).  false where the
 * whole of text is no such number, or it passes 64 bits. */
bool number_read(const char *text, bool size, uint64_t *out);

#endif
