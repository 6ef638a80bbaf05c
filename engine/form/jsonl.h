/* jsonl.h — what article is this line of JSON?
 *
 *   {"id":"a7","title":"Rain in Sochi","body":"It rained all day.\n"}
 *
 * json_parts.h says which keys are known.  Each line is read by itself, so that a bad
 * one costs no other; blank lines are skipped.
 *
 * Title and body are HTML where a service says so, by a key that ends in html (JSON
 * Feed's content_html) or is `rendered` (WordPress): they become plain text, a title
 * one line.  All else is kept as it was given, not trimmed: what an index exports
 * comes back the same.
 *
 * What was written for Elasticsearch's and OpenSearch's _bulk has a line before each
 * article that says what becomes of it; its _id is the id:
 *
 *     {"index": {"_index": "news", "_id": "a7"}}
 *     {"title": "Rain in Sochi", "body": "It rained all day.\n"}
 *     {"delete": {"_index": "news", "_id": "a6"}}
 *
 * A deletion is passed over: it is no article.  An action that no other line follows,
 * or another action, is refused; the lines behind it are read all the same.
 *
 * lang helps to read the date (date.h), which may be seconds or milliseconds since
 * 1970, as pandas and Twitter write it.
 */
#ifndef NS_FORM_JSONL_H
#define NS_FORM_JSONL_H

#include "form/json_parts.h"
#include "page/html_fragment.h"
#include "source/lines.h"
#include "source/outlet.h"

/* The line at hand. */
struct jsonl {
	struct json_parts parts;
	struct buffer scratch;     /* the repaired line */
	struct html_fragment fragment;
	struct buffer title, body; /* as plain text, where they were HTML */
	struct buffer id;          /* that an action gave to the next line */
	uint64_t action;           /* the line that it stands in; 0: there is none */
};

/* The address must not change afterwards. */
void jsonl_init(struct jsonl *jsonl);
void jsonl_release(struct jsonl *jsonl);

/* One line, or an object that is cut out of a document (json.h), which may be
 * written to. */
int jsonl_take(struct outlet *outlet, struct jsonl *jsonl,
               const struct line *line, struct ns_error *err);

/* No line comes: refuses an action that waits for one. */
int jsonl_end(struct outlet *outlet, struct jsonl *jsonl, struct ns_error *err);

int jsonl_read(struct outlet *outlet, struct lines *lines, struct jsonl *jsonl,
               struct ns_error *err);

#endif
