/* sgml_entities.h — which character does a reference such as &amp; mean?
 *
 * News collections refer by number (&#252;), by the names of HTML 4, and by a few
 * names of their publishers' own (&hyph;, &blank;).  A reference ends in ';': of
 * "AT&T" and "&lt" nothing is guessed, they are text, and so are names that nobody
 * declared.  &amp; &lt; &gt; &quot; may be written in capitals.
 *
 *     &#3; &#31; &#127;   nothing: the wire's own control characters, but for tab
 *     &QL; &UR;           and the ends of lines, and its marks for a line's layout
 *     &#150;              what windows-1252 has there, as browsers read it
 *     &#xD800; &#9999999; U+FFFD
 */
#ifndef NS_FORM_SGML_ENTITIES_H
#define NS_FORM_SGML_ENTITIES_H

#include "base/mem.h"

/* Appends text (UTF-8) with its references resolved. */
void sgml_entities_decode(struct slice text, struct buffer *out);

#endif
