/* utf8.h — which of these bytes are UTF-8, and what stands for the rest?
 *
 * Each maximal subpart of an ill-formed sequence becomes one U+FFFD (Unicode
 * 15.0, section 3.9, "U+FFFD Substitution of Maximal Subparts": what browsers
 * do); a NUL byte does too, since no text has one and C strings end there.
 *
 *     61 F0 9F 98 62 ED A0 80 00    a, a cut-off emoji, b, a surrogate, NUL
 *     61 FFFD     62 FFFD×3   FFFD
 *
 * Rejected: dropping bad bytes (words would grow together), and one U+FFFD for
 * each byte (a cut-off emoji would look like three faults).
 */
#ifndef NS_BASE_UTF8_H
#define NS_BASE_UTF8_H

#include "base/mem.h"

/* Length of the longest prefix that is UTF-8 without a NUL byte. */
size_t utf8_prefix(const uint8_t *data, size_t n);

/* What of these bytes is not ASCII.  A sequence that the end cuts off is neither
 * good nor bad, but its length is told. */
struct utf8_facts {
	size_t ascii; /* where the first such byte is, or the length */
	size_t good;  /* sequences */
	size_t bad;   /* maximal subparts of ill-formed ones */
	size_t zeros; /* NUL bytes, which are not among the bad */
	size_t cut;
};
struct utf8_facts utf8_count(struct slice bytes);

/* Appends text to out, repaired; returns how many U+FFFD were put.  out's sticky
 * status tells whether it all fitted. */
uint32_t utf8_repair(struct slice text, struct buffer *out);

/* Makes *text good: unchanged where it is, else a repaired copy in scratch.
 * Adds to *repairs.  Returns scratch's status. */
int utf8_clean(struct slice *text, struct buffer *scratch, uint32_t *repairs);

#endif
