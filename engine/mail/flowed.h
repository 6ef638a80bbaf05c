/* flowed.h — which lines of a flowed text are one paragraph?
 *
 * A mailer that says "text/plain; format=flowed" (RFC 3676) breaks paragraphs into
 * lines that end with a space, so that old readers show them as they are:
 *
 *     > The road to the pass is ␣     →   > The road to the pass is closed.
 *     > closed.                           Since when?
 *     Since when?                         -- ␣
 *     -- ␣                                A. Ray
 *     A. Ray
 *
 *   ">>"         how deep a line is quoted; a paragraph ends where that changes, even
 *                behind a space ("quote-depth-wins")
 *   a space      at the start, behind the marks, was put there to guard what follows
 *                (">", "From ", a space) and goes
 *   "-- "        begins a signature, is no part of a paragraph and stays as it is
 *   DelSp=yes    the space at the end goes, too: for scripts without spaces
 *
 * Paragraphs come out as lines, quoted ones behind their marks and a space.  By the
 * letter of the RFC an empty line behind a space is the end of the paragraph, and
 * gone.  Here it stays empty: mailers leave that space at the end of a paragraph, and
 * mean two of them.
 */
#ifndef NS_MAIL_FLOWED_H
#define NS_MAIL_FLOWED_H

#include "base/mem.h"

/* Appends the paragraphs of text, each with an LF. */
void flowed_join(struct slice text, bool delsp, struct buffer *out);

#endif
