#include "feed/feed_names.h"

#include <strings.h>

static const struct {
	enum feed_space space;
	const char *prefix, *uri; /* uri: how it begins, in any case */
} spaces[] = {
	{SPACE_ATOM, "atom", "http://www.w3.org/2005/atom"},
	{SPACE_ATOM, "atom10", "https://www.w3.org/2005/atom"},
	{SPACE_ATOM03, "atom03", "http://purl.org/atom/"},
	{SPACE_FEED, "rss", "http://purl.org/rss/1.0/modules/rss"},
	{SPACE_CONTENT, "content", "http://purl.org/rss/1.0/modules/content"},
	{SPACE_OTHER, "slash", "http://purl.org/rss/1.0/modules/"},
	{SPACE_FEED, "rss1", "http://purl.org/rss/1.0/"},
	{SPACE_FEED, "rss2", "http://purl.org/net/rss1.1"},
	{SPACE_FEED, "rss09", "http://my.netscape.com/"},
	{SPACE_FEED, "rss091", "http://channel.netscape.com/rdf/"},
	{SPACE_FEED, "userland", "http://backend.userland.com/"},
	{SPACE_FEED, "userland", "http://blogs.law.harvard.edu/tech/"},
	{SPACE_DC, "dc", "http://purl.org/dc/elements/"},
	{SPACE_DC, "dcterms", "http://purl.org/dc/terms"},
	{SPACE_XHTML, "xhtml", "http://www.w3.org/1999/xhtml"},
	{SPACE_ITUNES, "itunes", "http://www.itunes.com/dtds/"},
	{SPACE_MEDIA, "media", "http://search.yahoo.com/mrss"},
	{SPACE_GEORSS, "georss", "http://www.georss.org/georss"},
	{SPACE_ORIGIN, "feedburner", "http://rssnamespace.org/feedburner/"},
	{SPACE_ORIGIN, "pheedo", "http://www.pheedo.com/namespace/"},
	{SPACE_WXR, "wp", "http://wordpress.org/export/"},
};

static const struct {
	enum feed_space space;
	enum feed_part part;
	const char *name;
} parts[] = {
	{SPACE_FEED, FEED_ITEM, "item"},
	{SPACE_FEED, FEED_ITEM, "entry"},
	{SPACE_FEED, FEED_TITLE, "title"},
	{SPACE_FEED, FEED_LINK, "link"},
	{SPACE_FEED, FEED_GUID, "guid"},
	{SPACE_FEED, FEED_AUTHOR, "author"},
	{SPACE_FEED, FEED_NAME, "name"},
	{SPACE_FEED, FEED_CATEGORY, "category"},
	{SPACE_FEED, FEED_LANGUAGE, "language"},
	{SPACE_FEED, FEED_PUBLISHED, "pubdate"},
	{SPACE_FEED, FEED_PUBLISHED, "published"},
	{SPACE_FEED, FEED_PUBLISHED, "issued"},
	{SPACE_FEED, FEED_CREATED, "created"},
	{SPACE_FEED, FEED_UPDATED, "updated"},
	{SPACE_FEED, FEED_UPDATED, "modified"},
	{SPACE_FEED, FEED_CONTENT, "content"},
	{SPACE_FEED, FEED_CONTENT, "body"},
	{SPACE_FEED, FEED_CONTENT, "fullitem"},
	{SPACE_FEED, FEED_SUMMARY, "description"},
	{SPACE_FEED, FEED_SUMMARY, "summary"},
	{SPACE_FEED, FEED_SUMMARY, "abstract"},
	{SPACE_DC, FEED_TITLE, "title"},
	{SPACE_DC, FEED_AUTHOR, "creator"},
	{SPACE_DC, FEED_AUTHOR, "author"},
	{SPACE_DC, FEED_CATEGORY, "subject"},
	{SPACE_DC, FEED_PLACES, "coverage"},
	{SPACE_DC, FEED_PLACES, "spatial"},
	{SPACE_DC, FEED_LANGUAGE, "language"},
	{SPACE_DC, FEED_PUBLISHED, "date"},
	{SPACE_DC, FEED_PUBLISHED, "issued"},
	{SPACE_DC, FEED_CREATED, "created"},
	{SPACE_DC, FEED_UPDATED, "modified"},
	{SPACE_DC, FEED_SUMMARY, "description"},
	{SPACE_DC, FEED_SUMMARY, "abstract"},
	{SPACE_CONTENT, FEED_CONTENT, "encoded"},
	{SPACE_XHTML, FEED_CONTENT, "body"},
	{SPACE_XHTML, FEED_CONTENT, "div"},
	{SPACE_ITUNES, FEED_AUTHOR, "author"},
	{SPACE_ITUNES, FEED_KEYWORDS, "keywords"},
	{SPACE_ITUNES, FEED_SUMMARY, "summary"},
	{SPACE_MEDIA, FEED_GROUP, "group"},
	{SPACE_MEDIA, FEED_GROUP, "content"},
	{SPACE_MEDIA, FEED_TITLE, "title"},
	{SPACE_MEDIA, FEED_PLAIN, "description"},
	{SPACE_MEDIA, FEED_KEYWORDS, "keywords"},
	{SPACE_GEORSS, FEED_PLACES, "featurename"},
	{SPACE_ORIGIN, FEED_ORIGIN, "origlink"},
	{SPACE_WXR, FEED_POST_TYPE, "post_type"},
	{SPACE_WXR, FEED_STATUS, "status"},
};

static bool is_feed(enum feed_space space)
{
	return space == SPACE_ATOM || space == SPACE_ATOM03;
}

enum feed_space feed_space_of(const struct xml_element *e)
{
	for (size_t i = 0; *e->uri && i < ARRAY_LEN(spaces); i++)
		if (!strncasecmp(e->uri, spaces[i].uri, strlen(spaces[i].uri)))
			return spaces[i].space;
	for (size_t i = 0; *e->prefix && i < ARRAY_LEN(spaces); i++)
		if (!strcasecmp(e->prefix, spaces[i].prefix))
			return spaces[i].space;
	return *e->prefix ? SPACE_OTHER : SPACE_FEED;
}

enum feed_part feed_part_of(enum feed_space space, const char *name)
{
	if (is_feed(space))
		space = SPACE_FEED;
	for (size_t i = 0; i < ARRAY_LEN(parts); i++)
		if (parts[i].space == space && !strcasecmp(parts[i].name, name))
			return parts[i].part;
	return FEED_NONE;
}

bool feed_is(struct slice prefix)
{
	static const char *const roots[] = {"rss", "rdf", "feed", "channel", NULL};
	return xml_root_is(prefix, roots);
}
