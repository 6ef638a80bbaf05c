/* forms.h — which form of its term stood at each place?
 *
 * Parallel to the positions of a unit (FORMAT.md, "forms"), so that "=attackers"
 * is exact without a second set of lists.  Form 0 is the usual one and costs
 * next to nothing; the writer takes the cheapest of four modes.
 *
 * Where form 0 is not all there is, the gaps between other forms and these forms
 * are in Rice's code, or all forms are packed.  43,000 news articles take 679 KB
 * of forms, for 6.6 million positions of terms that have several; 830 KB where
 * gaps were varints or a mask, and forms packed.  Not taken: nothing packed (17 KB
 * more); the last form of a unit known as such (12 KB less).  514 KB is their
 * entropy, unit by unit.
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
