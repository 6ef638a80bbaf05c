/* json_layout.h — where are the articles in this JSON document?
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
 * or data, as search engines and services answer: {"response": {"docs": [ … ]}}.
 * Such documents may stand one behind the other, as pages of Twitter's answers do.
 *
 * pandas writes tables so (to_json), and lines are the first of these:
 *
 *     records   [{"title": "Rain"}, {"title": "Sun"}]       a list
 *     table     {"schema": {…}, "data": [{"title": …}]}     a list under a key
 *     index     {"0": {"title": "Rain"}, "1": {…}}          objects under numbers
 *     split     {"columns": ["title"], "index": [0, 1],     rows, which become objects
 *                "data": [["Rain"], ["Sun"]]}               (json_row.h)
 *     columns   {"title": {"0": "Rain", "1": "Sun"},        not read: the first article
 *                "body": {"0": …}}                          is whole at the end of all
 *     values    [["Rain", …], ["Sun", …]]                   not read: no names
 */
#ifndef NS_FORM_JSON_LAYOUT_H
#define NS_FORM_JSON_LAYOUT_H

#include "base/base.h"

enum json_kind { JSON_OBJECTS, JSON_ROWS, JSON_COLUMNS };

struct json_layout {
	enum json_kind kind;
	uint32_t around;      /* brackets that are open around the articles: 0 where
	                         they stand one behind the other, 1 in a list, 2 in a
	                         list under a key, 3 where that is wrapped */
	struct slice columns; /* of rows: from "[" on; the prefix may cut it off */
};

/* Of the document that begins with prefix, the start of a file. */
struct json_layout json_layout_of(struct slice prefix);

/* Whether prefix is such a document, not lines of JSON. */
bool json_is(struct slice prefix);

#endif
