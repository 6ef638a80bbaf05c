/* feed.h — which articles does a feed hold?
 *
 * RSS 0.90 to 2.0, RDF, Atom 0.3 and 1.0, alike (feed_names.h), item by item:
 * memory is that of one item, NS_ARTICLE_MAX for each of its texts.
 *
 *   title     of the item, else of dc:, else of media:
 *   body      the longest text among content:encoded, content, description,
 *             summary …: a feed gives the article in one of them and its first
 *             lines in another, and which is not agreed on.  media:description is
 *             mostly a caption: it is one where there is no other.  WordPress's
 *             "The post … appeared first on …" is left out, as furniture
 *   date      pubDate, published, dc:date, issued; else created; else updated
 *   section   the first category: the others are tags, and a filter wants one
 *             value, not one of a million joined lists
 *   topics    every category and dc:subject, as it is written (of Atom the label,
 *             else the term); the lists of media:keywords and itunes:keywords
 *   places    dc:coverage, dcterms:spatial, georss:featurename
 *   author    names joined by ", "; without one that of an Atom feed
 *   url       feedburner:origLink, link, a guid that is one; made absolute by
 *             xml:base or the link of the feed
 *   lang      xml:lang, else the feed's
 *   id        none: a guid stays when the text changes, and what was said before
 *             is a part of the history; the same text met again is a duplicate by
 *             its words
 *
 * An export of WordPress (WXR: its namespace occurs) is a feed of all that was
 * written: its pictures, menus, older texts and drafts are passed over, and posts are
 * read as wordpress.h says.
 *
 * `source` is FILE:LINE, the line of the item's tag.  What is no XML is read as
 * readers of feeds do (xml_mend.h) and told once.  An item that is cut off by the
 * end is refused: half an article looks like a whole one.
 *
 * Measured on the 2,227 files that test seven other readers of feeds (619 of
 * JSON, 10 pages among them):
 *
 *   articles of feeds        2,414     of other forms               123
 *   refused                    747     neither title nor body       608
 *                                      no text under a key of JSON  125
 *                                      bad XML 12, bad JSON 2
 *   files passed over        1,067     no article in it           1,062
 *                                      no text                        5
 *
 * Most of what is refused and passed over tests one element, in an item without a
 * title or in no item.  Of what feedparser's tests expect of titles, texts,
 * authors, links and dates 73 agree and 18 do not: base64 of Atom 0.3 is not read
 * (6), the longest text is taken (3), names without addresses (1), labels of
 * categories (2), and forms that are not ours (tests/test_feed_corpora.c).
 * 50 MB of items with whole articles: 32 MB/s in CDATA, 26 MB/s escaped.
 */
#ifndef NS_FEED_FEED_H
#define NS_FEED_FEED_H

#include "source/draft.h"
#include "feed/feed_names.h"
#include "feed/feed_text.h"

/* What is kept of the parts of the item at hand. */
struct feed_item {
	struct draft *draft;  /* borrowed */
	struct html_fragment html;
	struct buffer raw;    /* the part being read */
	struct buffer text, captions, line;
	int title_rank, date_rank, url_rank; /* of what is held; 0: nothing */
	bool hostile;         /* HTML beyond all bounds */
	bool plain;           /* the body is a media:description */
	bool export;          /* of WordPress: texts as they were typed */
	const char *none;     /* what it is, where it is no article; or NULL */
};

/* What a part's tag said. */
struct feed_tag {
	enum feed_part part;
	enum feed_space space;
	enum feed_markup markup;
	bool inlined;         /* tags inside of it were written out */
	bool unread;          /* of no use: base64, rel="self" */
	bool guid_is_no_link;
};

/* A tag inside of a part, to be ended. */
struct feed_name {
	char name[24];
	size_t len;
	bool is_void;
};

struct feed {
	struct xml xml;
	struct feed_item item;
	struct feed_tag tag;
	struct outlet *outlet;   /* borrowed */
	/* depths; 0: none is open.  level: of the children of the item or feed */
	uint32_t depth, in_item, nested, in_part, in_name, level;
	struct buffer base, item_base; /* that links are relative to */
	struct buffer link, lang, author; /* of the feed */
	struct feed_name inside[XML_DEPTH + 1]; /* by depth */
	uint32_t repairs;        /* before the item */
};

void feed_init(struct feed *feed);
void feed_release(struct feed *feed);

int feed_read(struct outlet *outlet, struct lines *lines, struct draft *draft,
              struct feed *feed, struct ns_error *err);

/* ---- of feed_item.c ---------------------------------------------------------- */

void feed_item_init(struct feed_item *item);
void feed_item_release(struct feed_item *item);
void feed_item_begin(struct feed_item *item, struct draft *draft);

/* item->raw is the value of a part with this tag; base: for links. */
int feed_item_take(struct feed_item *item, const struct feed_tag *tag,
                   struct slice base, struct ns_error *err);

/* A link, absolute if it can be made so. */
void feed_resolve(struct slice link, struct slice base, struct buffer *out);

/* Joins a name to those in *out, unless it is there. */
void feed_add_name(struct slice name, struct buffer *out);

#endif
