/* unwrap.h — which line ends are no ends of paragraphs?
 *
 * Wire stories come in lines of some 70 letters; copies of one story are broken at
 * other words.  A text is taken as wrapped where most of its lines end within a
 * sentence.  Its line ends become blanks then, but for those before an empty or an
 * indented line.  No byte moves.
 *
 *   But the association's index\nfell.\n    Vendors …  →  index fell.\n    Vendors …
 */
#ifndef NS_ANSWER_UNWRAP_H
#define NS_ANSWER_UNWRAP_H

#include "base/base.h"

/* Changes text in place. */
void unwrap(uint8_t *text, size_t n);

#endif
