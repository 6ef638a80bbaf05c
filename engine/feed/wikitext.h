/* wikitext.h — what does MediaWiki's mark-up say, as plain text?
 *
 *   [[a|b]] [[a]] [http://x b]   b, a, b
 *   {{…}}                        nothing: what a template shows only its wiki knows
 *   '''a''' <b>a</b> == a == * a a; headings and items are lines
 *   {| … |}                      a line for each row, without attributes
 *   [[File:a|thumb|b]]           b, among the captions
 *   [[Category:a_b|c]]           "a b", among the topics
 *   [[de:a]] <ref> <math> <gallery> comments   nothing
 *   <nowiki>, <pre>              as it stands
 *   &nbsp;                       as in HTML
 *
 * One pass finds the brackets that belong together, one writes: time is linear in
 * the bytes, whatever they are.  What has no end is text.
 *
 * Rejected: what MediaWiki does (templates need the whole wiki), and expressions
 * that are searched for again and again, which take minutes for "[[[[[[…".
 */
#ifndef NS_FEED_WIKITEXT_H
#define NS_FEED_WIKITEXT_H

#include "base/mem.h"

enum {
	WIKITEXT_PAIRS = 1 << 20, /* of brackets; further ones are text */
	WIKITEXT_DEPTH = 64,      /* links in one another */
	WIKITEXT_NAMES = 64,
	WIKITEXT_NAME_MAX = 63,
	WIKITEXT_TITLE_MAX = 255, /* bytes; MediaWiki has none that is longer */
};

enum wikitext_space { WIKITEXT_PAGE, WIKITEXT_FILE, WIKITEXT_CATEGORY };

/* Bytes of "[[" or "{{" and of what ends it. */
struct wikitext_pair {
	uint32_t open, close; /* close 0: it has no end */
};

struct wikitext {
	struct wikitext_pair *pairs;
	size_t n_pairs, pair_room;
	uint32_t *waiting;    /* pairs without an end yet */
	size_t waiting_room;
	/* the names of its wiki, "Datei", beside "File" and "Category" */
	struct {
		char name[WIKITEXT_NAME_MAX + 1];
		enum wikitext_space space;
	} names[WIKITEXT_NAMES];
	size_t n_names;
	struct buffer line, caption;
};

void wikitext_init(struct wikitext *wikitext);
void wikitext_release(struct wikitext *wikitext);

/* Another wiki begins; this is what one of its namespaces is called. */
void wikitext_forget(struct wikitext *wikitext);
void wikitext_name(struct wikitext *wikitext, struct slice name,
                   enum wikitext_space space);

/* Whether one of those names stands before a title. */
bool wikitext_is_named(const struct wikitext *wikitext, struct slice title);

/* Appends lines, each ended by LF, to *lines, *captions and *topics, whose sticky
 * status says whether they fitted.  source is UTF-8 of at most NS_ARTICLE_MAX bytes.
 * The only failure is NS_E_NOMEM. */
int wikitext_lines(struct wikitext *wikitext, struct slice source,
                   struct buffer *lines, struct buffer *captions,
                   struct buffer *topics, struct ns_error *err);

#endif
