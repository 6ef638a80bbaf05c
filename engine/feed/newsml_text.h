/* newsml_text.h — which lines does a text in tags of XML have?
 *
 * Each paragraph, item of a list, row of a table or heading is one; line ends of
 * the file are spaces, but for those in <pre>, in which tables are sent.  A name
 * that is none of a block is part of a line: of NITF <person>, <money>, <q>.
 *
 * Rejected: the tags as they are, given to html_fragment.h as feeds' are: it parses
 * the text once more, and HTML has no <block>, <bq> or <hl2>.
 */
#ifndef NS_FEED_NEWSML_TEXT_H
#define NS_FEED_NEWSML_TEXT_H

#include "base/mem.h"

enum newsml_break { BREAK_NONE, BREAK_SPACE, BREAK_LINE, BREAK_PRE };

/* What there is before and behind an element of this name. */
enum newsml_break newsml_break_of(const char *name);
void newsml_text_break(struct buffer *out, enum newsml_break kind);

/* pre: line ends are ends of lines. */
void newsml_text_add(struct buffer *out, struct slice text, bool pre);

#endif
