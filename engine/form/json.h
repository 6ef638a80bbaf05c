/* json.h — which articles are in a JSON document of many lines?
 *
 * Exports are often one document, not one article a line:
 *
 *     [                              {"version": "1.1",         {
 *       {"title": "Rain", …},         "items": [                  "title": "Rain",
 *       {"title": "Sun", …}            {"title": "Rain", …}       …
 *     ]                               ]}                        }
 *     a list                         a list under a key         objects, one behind
 *                                                                the other
 *
 * The keys are items, articles, entries, stories, documents, docs, posts, results,
 * hits, data, news, rows; one of them must stand in the outermost object within the
 * first LINES_PEEK bytes, or in an object there under response, result, results, hits
 * or data, as search engines and services answer: {"response": {"docs": [ … ]}}.  A
 * scanner that knows of brackets and strings cuts the document into the objects, which are read as lines of JSON are (jsonl.h): one that is bad
 * costs no other, and memory is that of the largest.  What stands around the objects
 * is not looked at.  `source` names the line that an object begins on.
 *
 * Rejected: one yajl parser for the whole, which ends at the first fault.
 */
#ifndef NS_FORM_JSON_H
#define NS_FORM_JSON_H

#include "form/jsonl.h"

struct json {
	struct buffer object; /* that is being read */
};

void json_init(struct json *json);
void json_release(struct json *json);

int json_read(struct outlet *outlet, struct lines *lines, struct json *json,
              struct jsonl *jsonl, struct ns_error *err);

/* Whether prefix, the start of a file, is such a document, not lines of JSON. */
bool json_is(struct slice prefix);

#endif
