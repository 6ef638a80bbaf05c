/* html_facts.h — when, by whom and under which headline was this page printed?
 *
 * Each fact comes from the first place that has it:
 *
 *   title    JSON-LD headline; <meta> (og:title …); <h1>; <title>: in the last
 *            three without the site's name
 *   date     JSON-LD datePublished; <meta> (article:published_time, pubdate, date,
 *            dc.date, sailthru.date, parsely-pub-date …); itemprop=datePublished;
 *            <time pubdate>; <time datetime>; /2017/04/06/ in the address: the
 *            first that date.h understands, else the first there is (then
 *            html_dateline.h looks for a line that is one); when nothing says
 *            one, the day of the last change: JSON-LD dateModified, <meta>
 *            (article:modified_time …), itemprop=dateModified
 *   author   JSON-LD; <meta> (author, article:author where it is a name …);
 *            itemprop=author, rel=author (then html_byline.h looks for a line,
 *            and html_author.h for an element, that says it)
 *   section  JSON-LD; <meta> (article:section …)
 *   topics   JSON-LD keywords; <meta> article:tag, all of them; news_keywords;
 *            parsely-tags; sailthru.tags; keywords
 *   places   JSON-LD contentLocation, locationCreated; <meta geo.placename>
 *   lang     <html lang>; JSON-LD; og:locale; <meta content-language>
 *   url      <link rel=canonical>; og:url; JSON-LD; relative to <base href>
 *
 * Topics and places are lines; those of one source are not mixed with another's.
 * A list in one text is parted at its commas, and so is a tag that is the only one:
 * of 62 pages with tags 5 have a single one with commas, each of them a list; 2 have
 * several, of which some have commas, in names ("Mayer, Marissa").
 */
#ifndef NS_PAGE_HTML_FACTS_H
#define NS_PAGE_HTML_FACTS_H

#include "page/html_blocks.h"
#include "page/html_json.h"

enum html_fact {
	FACT_TITLE, FACT_DATE, FACT_AUTHOR, FACT_SECTION, FACT_LANG, FACT_URL,
	FACT_TOPICS, FACT_PLACES,
	FACT_MODIFIED, /* the date where there is no other */
	FACT_BASE,     /* what the page's links are relative to */
	HTML_FACTS
};

struct html_facts {
	struct buffer values[HTML_FACTS];
	struct buffer site, scratch;
	struct html_json json;
	uint32_t headline; /* the <h1> that says the title, or 0 */
};

void html_facts_init(struct html_facts *facts);
void html_facts_release(struct html_facts *facts);

/* Errors: NS_E_NOMEM. */
int html_facts_find(struct html_facts *facts, const struct html_tree *tree,
                    struct ns_error *err);

static inline struct slice html_fact(const struct html_facts *facts,
                                     enum html_fact fact)
{
	return slice_of(facts->values[fact].data, facts->values[fact].len);
}

#endif
