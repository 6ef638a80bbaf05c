/* forms.h — which form of its term stood at each place?
 *
 * Parallel to the positions of a unit (FORMAT.md, "forms"), so that "=attackers"
 * is exact without a second set of lists.  Form 0 is the usual one and costs
 * next to nothing; the writer takes the cheapest of five modes.  By count on
 * newswire a form has 0.5 bits of entropy a token; packed at one width for each
 * term it would cost 1.6.
 */
#ifndef NS_FORMAT_FORMS_H
#define NS_FORMAT_FORMS_H

#include "base/mem.h"
#include "base/varint.h"
#include "format/layout.h"

void forms_write(const uint32_t *forms, size_t n, struct buffer *out);

/* Reads n forms, each below n_forms, and moves reader behind them. */
bool forms_read(struct reader *reader, uint32_t n_forms, size_t n,
                uint32_t *out);

#endif
