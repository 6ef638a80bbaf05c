/* values.h — which topics, and which places, does a list in one text hold?
 *
 *     grain, winter wheat;oil            three topics
 *     Paris, France; Berlin | Rome       three places
 *
 * Lists come as one text in tables, headers and <meta>.  Commas are in the names of
 * places, hardly ever in topics.
 */
#ifndef NS_SOURCE_VALUES_H
#define NS_SOURCE_VALUES_H

#include "base/mem.h"

#define VALUES_TOPICS ",;|"
#define VALUES_PLACES ";|"

/* Appends each value that stands between the marks, or alone in a line, without white
 * at its ends and ended by LF; those without a character are none. */
void values_append(struct buffer *out, struct slice list, const char *marks);

#endif
