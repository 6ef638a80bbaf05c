/* mojibake.h — what did "itâ€™s dÃ©jÃ\u00A0 vu" say?
 *
 * UTF-8 that somebody took for windows-1252 and wrote as UTF-8 once more, perhaps
 * twice.  It is undone where all of a run of characters beyond ASCII are bytes of
 * windows-1252 (or Latin-1), the bytes are UTF-8, and what they say is likely:
 * letters of a script in which news is written, punctuation, a currency, an emoji.
 *
 * Real text has such runs too: a capital Ã or Å and the quote, dash or ellipsis that
 * follows it are also Ô, Ö and Å.  Those, and all that is one character of three
 * bytes in a script beyond ours, are undone only in a text that has runs which leave
 * no doubt, at least as many as runs that are no mojibake.
 *
 * Rejected: to undo single characters of a run (a run of which a part is no UTF-8 is
 * real, or was damaged in another way as well).
 */
#ifndef NS_SOURCE_MOJIBAKE_H
#define NS_SOURCE_MOJIBAKE_H

#include "base/mem.h"

/* Appends text, which is UTF-8, to out as it was; returns how many runs were undone.
 * Where there are none nothing is appended.  out's status tells whether it fitted;
 * what is undone is shorter. */
uint32_t mojibake_mend(struct slice text, struct buffer *out);

#endif
