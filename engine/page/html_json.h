/* html_json.h — what does a page's JSON-LD say of its article?
 *
 * Publishers describe articles to search engines in <script type="application/
 * ld+json">: an object, a list, or a list under "@graph", of which some object
 * has an "@type" that ends in "Article" (NewsArticle, ReportageNewsArticle …),
 * or is BlogPosting or Report.  One whose headline is in the page's <title> counts
 * before the others; then the outermost, and the first among equals.  What a list
 * ("itemListElement") holds are other articles.  What stands before a fault in the
 * JSON is kept; HTML's entities in its strings are decoded, since many pages write
 * them there.  An author that is only an "@id" (WordPress writes so) has the name of
 * the object with that id.
 */
#ifndef NS_PAGE_HTML_JSON_H
#define NS_PAGE_HTML_JSON_H

#include "source/json_memory.h"

enum { HTML_AUTHORS_MAX = 200 }; /* bytes of names behind which no other comes */

enum html_json_field {
	LD_TYPE, LD_HEADLINE, LD_NAME, LD_DATE, LD_AUTHOR, LD_SECTION, LD_LANG,
	LD_URL, LD_BODY, LD_ID, LD_CREATED, LD_MODIFIED,
	LD_LIST,       /* is no value: what is inside of it is no article */
	/* lists: of a list each value, ended by LF */
	LD_KEYWORDS, LD_LOCATION, LD_WRITTEN_AT,
	LD_AUTHOR_IDS, /* of authors without a name, a line each */
	LD_FIELDS
};

struct html_json_value {
	size_t at, len; /* bytes of json->values */
};

enum { LD_DEPTH = 24 };

struct html_json_frame {
	struct html_json_value fields[LD_FIELDS];
	int field;    /* of which the value comes, or LD_FIELDS */
	bool list, article;
};

struct html_json {
	struct buffer values, clean;
	struct buffer people; /* of what has both: an id, a line, a name, a line */
	struct html_json_frame frames[LD_DEPTH], best;
	unsigned depth, best_depth; /* best_depth 0: none was met */
	bool best_titled;           /* its headline is in the title */
	struct slice title;         /* of the page; borrowed */
	struct json_memory memory;
};

void html_json_init(struct html_json *json);
void html_json_release(struct html_json *json);
/* A new page; title: its <title>, as long as scripts are read. */
void html_json_clear(struct html_json *json, struct slice title);

/* Reads one script.  Bad JSON is no error.  The only failure is NS_E_NOMEM. */
int html_json_read(struct html_json *json, struct slice script);

/* Gives the article that was met the names of the authors of whom it has only
 * ids, when all scripts were read.  The only failure is NS_E_NOMEM. */
int html_json_name_authors(struct html_json *json);

/* A field of the article that was met, or an empty slice. */
struct slice html_json_value(const struct html_json *json,
                             enum html_json_field field);

/* Appends text with &amp; &#39; … decoded. */
void html_unescape(struct buffer *out, struct slice text);

#endif
