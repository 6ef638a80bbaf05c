/* json_parts.h — which values of a JSON object are which part of an article?
 *
 *   {"id":"a7","title":"Rain in Sochi","body":"It rained all day.\n",
 *    "date":"2017-05-03","section":"World","author":["A. Ray","B. Sun"],
 *    "url":"https://…","lang":"en","topics":["rain","roofs"],"places":"Sochi",
 *    "anything":{"else":[1,2]}}
 *
 * Other keys are known by name, as columns of tables are (fields.h): of `content`
 * and `description` the better one is the body, and a part's own name is better than
 * all; of a key given twice the later one counts.  Unknown ones are skipped with all
 * that is in them.
 *
 * A value is a string or a number (taken as written; but of an author, and of topics
 * under another name, as in WordPress's "author": 5, it is somebody's key and no value);
 * null is no value.  A list of one is that one; body, section, author and lang may be
 * lists of more: paragraphs, or names joined by ", "; topics and places are lists, and a
 * string of them is taken apart as values.h says (what is no text among them is
 * skipped).  What databases and services wrap a value in is seen through:
 * {"rendered": "…"}, {"$oid": "…"}, {"$date": 1491474600000}, {"name": "…"}.
 * Anything else under a part's own name refuses the object, since it would be lost in
 * silence; under another name it is no value.  So are whole articles wrapped: keys in
 * _source (Elasticsearch), doc (CouchDB), fields (Django, The Guardian), attributes
 * (JSON:API), data (Twitter, Reddit) and row count where the object around them has
 * none of that part.
 *
 * An object of one key that Elasticsearch's _bulk knows, {"index": {"_id": "a7"}}, is
 * no article but says what becomes of the next one, or that one is deleted: `action`,
 * and its _id is the id.
 *
 * yajl need not check UTF-8: the text was repaired before (utf8.h, json_escapes.h).
 */
#ifndef NS_FORM_JSON_PARTS_H
#define NS_FORM_JSON_PARTS_H

#include "form/json_keys.h"
#include "source/json_memory.h"
#include "source/source.h"

enum { JSON_DEPTH = 512 }; /* brackets open at once */

enum json_action { JSON_ACTS_NOT, JSON_STORES, JSON_DELETES };

/* The object at hand. */
struct json_parts {
	struct json_memory memory;
	struct buffer values;     /* of known keys, one behind the other */
	struct json_part {
		size_t start, len;
		int rank;         /* of its key, the best is 0 */
		bool html;        /* so its key says */
	} fields[FIELDS], value;  /* the best of each; that at hand */
	struct json_keys keys;    /* with the map of others, set once */
	enum field field;         /* whose value comes; FIELDS: not ours */
	unsigned depth;           /* brackets open */
	unsigned level;           /* of them around the keys that are ours */
	bool wrapper;             /* the value that comes wraps an article */
	bool first;               /* no key was met */
	enum json_action action, acting; /* what the object is; what its key says */
	bool list;                /* inside the list that is field's value */
	unsigned object;          /* brackets around the keys of an object that wraps
	                             the value; 0: none does */
	bool inner;               /* its key is one that holds it */
	bool taken;               /* it has been there */
	bool told;                /* there was a key of a title or a body */
	bool refused;             /* for why and detail */
	enum source_reason why;
	char detail[160];
};

/* The address must not change afterwards. */
void json_parts_init(struct json_parts *parts);
void json_parts_release(struct json_parts *parts);

/* Fills values and fields, or refused, why and detail.  NS_OK, NS_E_LIMIT (the values
 * are over NS_ARTICLE_MAX bytes) or NS_E_NOMEM. */
int json_parts_read(struct json_parts *parts, struct slice object);

/* Valid until the next call of json_parts_read. */
ns_text json_parts_value(const struct json_parts *parts, enum field field);

#endif
