/* inlined.h — which lines of a plain text are an attachment after all?
 *
 *     begin 644 map.gif              =ybegin line=128 size=9 name=map.gif
 *     M1TE&.#EA0`!``/<`...           ...
 *     `                              =yend size=9
 *     end
 *
 *     -----BEGIN PGP SIGNATURE-----  (also MESSAGE, PUBLIC KEY BLOCK, …)
 *     iQCVAwUBLZ...
 *     -----END PGP SIGNATURE-----
 *
 * Before MIME, and on Usenet long after it, files were put into the text.  Each of
 * their lines would be words that nobody asks for and no other text has.
 *
 * A text that only speaks of them stays: behind `begin` must stand a line of
 * uuencode, whose first character says how long it is; the others must end.  What is
 * uuencoded ends with the first line that is none, since posts are cut off.
 */
#ifndef NS_MAIL_INLINED_H
#define NS_MAIL_INLINED_H

#include "base/mem.h"

/* Takes them out of the text; how many. */
uint32_t inlined_leave_out(struct buffer *text);

#endif
