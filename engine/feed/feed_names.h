/* feed_names.h — what does an element of a feed say about an item?
 *
 * RSS 0.90 to 2.0, RDF and Atom share one table: what differs is told by names
 * that do not clash.  Namespaces are known by their URI; where that is none we
 * know, by their usual prefix, since half of those who write feeds copy prefixes
 * without declaring them.
 */
#ifndef NS_FEED_FEED_NAMES_H
#define NS_FEED_FEED_NAMES_H

#include "feed/xml.h"

enum feed_part {
	FEED_NONE,
	FEED_ITEM,       /* <item>, <entry> */
	FEED_GROUP,      /* transparent: its children are the item's */
	FEED_TITLE, FEED_LINK, FEED_ORIGIN, FEED_GUID, FEED_AUTHOR, FEED_NAME,
	FEED_CATEGORY, FEED_KEYWORDS, FEED_PLACES, FEED_LANGUAGE,
	FEED_POST_TYPE, FEED_STATUS, /* of an export of WordPress */
	/* the better a date, the earlier it stands */
	FEED_PUBLISHED, FEED_CREATED, FEED_UPDATED,
	/* bodies: the longest text wins */
	FEED_CONTENT, FEED_SUMMARY, FEED_PLAIN,
};

enum feed_space {
	SPACE_OTHER, SPACE_FEED, SPACE_ATOM, SPACE_ATOM03, SPACE_DC, SPACE_CONTENT,
	SPACE_XHTML, SPACE_ITUNES, SPACE_MEDIA, SPACE_GEORSS, SPACE_ORIGIN,
	SPACE_WXR, /* WordPress's exports */
	FEED_SPACES
};

enum feed_space feed_space_of(const struct xml_element *element);
enum feed_part feed_part_of(enum feed_space space, const char *name);

/* Whether a document with this root is one: <rss>, <rdf:RDF>, <feed>, or
 * <channel> of the feeds before them, with any prefix. */
bool feed_is(struct slice prefix);

#endif
