/* mediawiki.h — which articles are in the dump of a wiki?
 *
 * An XML export of MediaWiki (pages-articles, Special:Export), of any size, page
 * by page: those of the article namespace, as their last revision has them.
 *
 *   title    the page's
 *   body     the text without mark-up (wikitext.h); captions are kept apart
 *   date     {{date|…}}, which says when a report of Wikinews is from, else that
 *            of the revision
 *   author   of the last revision
 *   url      from <base> and the title
 *   lang     xml:lang of the dump
 *   topics   its categories, without sort keys; not those that templates give
 *   id       none: a page keeps its number when its text changes
 *
 * Redirects, and pages of other namespaces or of no wikitext, are passed over,
 * each with its line.
 */
#ifndef NS_FEED_MEDIAWIKI_H
#define NS_FEED_MEDIAWIKI_H

#include "source/draft.h"
#include "feed/wikitext.h"
#include "feed/xml.h"

enum mediawiki_part {
	WIKI_NONE, WIKI_BASE, WIKI_NAMESPACE, WIKI_TITLE, WIKI_NS, WIKI_TIMESTAMP,
	WIKI_USER, WIKI_MODEL, WIKI_TEXT,
	WIKI_PARTS
};

struct mediawiki {
	struct xml xml;
	struct wikitext wikitext;
	struct outlet *outlet; /* borrowed */
	struct draft *draft;   /* borrowed */
	struct buffer parts[WIKI_PARTS], lang;
	enum mediawiki_part part; /* being read */
	enum wikitext_space space;/* of the namespace being read */
	uint32_t depth, in_page;
	bool redirect;
	uint32_t repairs;      /* before the page */
};

void mediawiki_init(struct mediawiki *wiki);
void mediawiki_release(struct mediawiki *wiki);

int mediawiki_read(struct outlet *outlet, struct lines *lines,
                   struct draft *draft, struct mediawiki *wiki,
                   struct ns_error *err);

/* Whether the first element is <mediawiki>. */
bool mediawiki_is(struct slice prefix);

#endif
