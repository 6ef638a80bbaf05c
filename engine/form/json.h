/* json.h — which articles are in a JSON document of many lines?
 *
 * Exports are often one document, not one article a line; json_layout.h says how it may
 * be laid out.  A scanner that knows of brackets and strings cuts the document into the
 * objects, which are read as lines of JSON are (jsonl.h): one that is bad costs no
 * other, and memory is that of the largest.  What stands around the objects is not
 * looked at, but for the names of columns.  `source` names the line that an object
 * begins on.
 *
 * Rejected: one yajl parser for the whole, which ends at the first fault; and holding
 * a table by columns, of which no part can be given out before the last byte: it is
 * refused, with what to write in its place.
 */
#ifndef NS_FORM_JSON_H
#define NS_FORM_JSON_H

#include "form/json_layout.h"
#include "form/jsonl.h"

struct json {
	struct buffer object;  /* that is being read, or a row */
	struct buffer columns; /* of rows: their names */
	struct buffer row;     /* as an object */
};

void json_init(struct json *json);
void json_release(struct json *json);

int json_read(struct outlet *outlet, struct lines *lines, struct json *json,
              struct jsonl *jsonl, struct ns_error *err);

#endif
