/* json_row.h — which object is this row of a table in JSON?
 *
 *     ["title", "body"] and ["Rain", "It rained."]
 *                             {"title":"Rain","body":"It rained."}
 *
 * What the values are is not looked at: whether the object is one shows when it is
 * read.
 */
#ifndef NS_FORM_JSON_ROW_H
#define NS_FORM_JSON_ROW_H

#include "base/mem.h"

/* The object into out, whose status tells whether it fitted; false: there are more
 * columns than values, or fewer.  Both from their "[" on. */
bool json_row_object(struct slice columns, struct slice row, struct buffer *out);

#endif
