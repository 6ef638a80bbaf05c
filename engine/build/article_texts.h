/* article_texts.h — which texts has an article?
 *
 * One table for all who go over them: to clean, to measure, to copy.  A text that
 * is missing here would be taken as it comes, whatever its bytes and its size.  In
 * which order the store has them is docs.c's.
 */
#ifndef NS_BUILD_ARTICLE_TEXTS_H
#define NS_BUILD_ARTICLE_TEXTS_H

#include "base/base.h"

/* Those that are indexed come first, of them the id, which has a limit of its
 * own. */
enum { ARTICLE_ID, ARTICLE_INDEXED = 9, ARTICLE_TEXTS = 12 };

static const size_t article_places[] = {
	offsetof(ns_article, id), offsetof(ns_article, title),
	offsetof(ns_article, body), offsetof(ns_article, section),
	offsetof(ns_article, author), offsetof(ns_article, url),
	offsetof(ns_article, lang), offsetof(ns_article, topics),
	offsetof(ns_article, places),
	offsetof(ns_article, captions), offsetof(ns_article, links),
	offsetof(ns_article, source),
};

static_assert(ARRAY_LEN(article_places) == ARTICLE_TEXTS, "each is there");
static_assert(offsetof(ns_article, date) == ARTICLE_TEXTS * sizeof(ns_text),
              "an article has no other texts");

static inline ns_text *article_text(ns_article *article, unsigned i)
{
	return (ns_text *)((char *)article + article_places[i]);
}

static inline size_t article_text_size(const ns_article *article, unsigned i)
{
	const char *text = (const char *)article + article_places[i];
	return ((const ns_text *)text)->size;
}

#endif
