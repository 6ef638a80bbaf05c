/* feed_text.h — what does a value of a feed say, as plain text?
 *
 * RSS does not tell whether a title or a description is HTML; most are, some
 * hold "a < b".  So a value is HTML where its writer says so, and where nobody
 * says it holds a tag of HTML or a reference to a character; else it is text,
 * whose lines are its paragraphs.
 */
#ifndef NS_FEED_FEED_TEXT_H
#define NS_FEED_FEED_TEXT_H

#include "page/html_fragment.h"

enum feed_markup { MARKUP_UNKNOWN, MARKUP_NONE, MARKUP_HTML };

/* Appends paragraphs, each ended by LF, and captions (NULL: left out).
 * Errors: NS_E_NOMEM, NS_E_LIMIT (html_fragment.h). */
int feed_paragraphs(struct html_fragment *html, struct slice value,
                    enum feed_markup markup, struct buffer *out,
                    struct buffer *captions, struct ns_error *err);

/* The same as one line, which replaces what out held. */
int feed_line(struct html_fragment *html, struct slice value,
              enum feed_markup markup, struct buffer *out,
              struct ns_error *err);

#endif
