/* html.h — which article is on this page?
 */
#ifndef NS_PAGE_HTML_H
#define NS_PAGE_HTML_H

#include "page/html_facts.h"
#include "page/html_fragment.h"
#include "page/html_listing.h"
#include "page/html_text.h"

/* All borrowed until the handler returns.  body and captions: paragraphs, topics
 * and places: values, each ended by '\n'. */
struct html_article {
	struct slice title, body, captions, author, section, lang, url, date,
		topics, places;
	struct slice base; /* <base href>: what url is relative to, or empty */
	uint32_t repairs; /* U+FFFD put for bad bytes of the page */
};

struct html_handler {
	void *context;
	/* A status other than NS_OK ends the reading of the page with it. */
	int (*article)(void *context, const struct html_article *article,
	               struct ns_error *err);
};

/* What pages are read with; kept from one to the next. */
struct html_reader {
	struct buffer decoded, body, captions, plain;
	struct html_tree tree;
	struct html_facts facts;
	struct html_text text;
	struct html_listing listing;
	struct html_fragment fragment;
};

void html_init(struct html_reader *reader);
void html_release(struct html_reader *reader);

/* Reads one page: hands over its article, or several of a listing page, or none
 * where it has neither title nor text.  charset: what came with the page, or
 * NULL.  Errors: NS_E_NOMEM, NS_E_LIMIT (html_tree.h), what the handler
 * returned. */
int html_read(struct html_reader *reader, struct slice page,
              const char *charset, const struct html_handler *handler,
              struct ns_error *err);

#endif
