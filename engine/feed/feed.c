#include "feed/feed.h"

#include "base/ascii_case.h"
#include "base/white.h"

#include <strings.h>

static const char *const void_tags[] = {"area", "base", "br", "col", "embed",
	"hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"};

static bool is_word(struct slice value, const char *word)
{
	return ascii_is(white_trim(value), word);
}

static void set(struct buffer *buffer, struct slice value)
{
	buffer_clear(buffer);
	buffer_append(buffer, value.data, value.len);
}

/* ---- what a tag says ------------------------------------------------------------ */

/* Atom's type and mode, for which RSS has no place. */
static void read_type(struct feed_tag *tag, const struct xml_element *e)
{
	struct slice type = {NULL, 0}, mode = {NULL, 0};
	bool atom = tag->space == SPACE_ATOM || tag->space == SPACE_ATOM03;
	bool typed = xml_attribute(e, "", "type", &type);
	bool moded = xml_attribute(e, "", "mode", &mode);
	tag->unread = moded && is_word(mode, "base64");
	if (is_word(type, "html") || is_word(type, "text/html") ||
	    is_word(type, "xhtml") || is_word(type, "application/xhtml+xml"))
		tag->markup = MARKUP_HTML;
	else if (is_word(type, "text") || is_word(type, "text/plain") ||
	         (atom && !typed))
		tag->markup = MARKUP_NONE;
	else if (atom && type.len && memchr(type.data, '/', type.len) &&
	         !ascii_begins(type, "text/"))
		tag->unread = true;
	tag->inlined = is_word(type, "xhtml") ||
	               (moded && is_word(mode, "xml") &&
	                tag->markup == MARKUP_HTML);
	if (moded && is_word(mode, "escaped") && tag->markup == MARKUP_NONE)
		tag->markup = MARKUP_UNKNOWN;
}

/* Links of Atom are attributes; of RSS text. */
static void read_link(struct feed *f, const struct xml_element *e)
{
	struct slice href, rel = {NULL, 0};
	xml_attribute(e, "", "rel", &rel);
	f->tag.unread = rel.len && !is_word(rel, "alternate");
	if (xml_attribute(e, "", "href", &href))
		buffer_append(&f->item.raw, href.data, href.len);
}

static void read_tag(struct feed *f, const struct xml_element *e)
{
	struct slice value;
	struct feed_tag *tag = &f->tag;
	buffer_clear(&f->item.raw);
	switch (tag->part) {
	case FEED_LINK:
		read_link(f, e);
		break;
	case FEED_GUID:
		tag->guid_is_no_link =
			xml_attribute(e, "", "isPermaLink", &value) &&
			is_word(value, "false");
		break;
	case FEED_CATEGORY:
		/* Blogger says that it is a post, and no template */
		if (xml_attribute(e, "", "scheme", &value) &&
		    is_word(value, "http://schemas.google.com/g/2005#kind"))
			break;
		if ((xml_attribute(e, "", "label", &value) &&
		     white_trim(value).len) ||
		    xml_attribute(e, "", "term", &value))
			buffer_append(&f->item.raw, value.data, value.len);
		break;
	case FEED_TITLE:
	case FEED_CONTENT:
	case FEED_SUMMARY:
		read_type(tag, e);
		tag->inlined |= tag->space == SPACE_XHTML;
		break;
	default:
		break;
	}
}

/* xml:base and xml:lang of the feed, the item or a part of it. */
static void read_context(struct feed *f, const struct xml_element *e,
                         struct buffer *base, struct buffer *lang)
{
	struct slice value;
	if (xml_attribute(e, "xml", "base", &value)) {
		struct buffer *line = &f->item.line;
		feed_resolve(value, buffer_slice(&f->base), line);
		set(base, buffer_slice(line));
		base->status = line->status;
	}
	if (xml_attribute(e, "xml", "lang", &value) && !lang->len)
		set(lang, white_trim(value));
}

/* ---- an item ---------------------------------------------------------------------- */

static void begin_item(struct feed *f, uint64_t line,
                       const struct xml_element *e)
{
	struct slice about;
	struct draft *draft = f->item.draft;
	feed_item_begin(&f->item, draft);
	draft_extend(draft, line);
	f->repairs = xml_repairs(&f->xml);
	f->in_item = f->depth;
	f->level = f->depth + 1;
	set(&f->item_base, buffer_slice(&f->base));
	if (!e)
		return;
	read_context(f, e, &f->item_base, &draft->lang);
	if (!xml_attribute(e, "rdf", "about", &about))
		return;
	f->tag = (struct feed_tag){.part = FEED_GUID};
	set(&f->item.raw, about);
	feed_item_take(&f->item, &f->tag, buffer_slice(&f->item_base), NULL);
}

static void inherit(struct buffer *own, const struct buffer *of_feed)
{
	if (!own->len)
		set(own, buffer_slice(of_feed));
}

/* What the feed itself says, for which no item answers, may be too much too. */
static int check_own(const struct feed *f, struct ns_error *err)
{
	const struct buffer *const own[] = {&f->base, &f->item_base, &f->link,
		&f->lang, &f->author};
	for (size_t i = 0; i < ARRAY_LEN(own); i++)
		if (own[i]->status == NS_E_NOMEM)
			return err_nomem(err);
	return NS_OK;
}

static int drop_item(struct feed *f, enum source_event_kind kind,
                     enum source_reason why, struct ns_error *err)
{
	struct draft *draft = f->item.draft;
	int status = outlet_tell(f->outlet, kind, why, draft->first_line,
	                         f->item.none, err);
	draft_clear(draft);
	return status;
}

static int give_item(struct feed *f, struct ns_error *err)
{
	struct draft *draft = f->item.draft;
	TRY(check_own(f, err));
	f->in_item = f->level = f->in_part = 0;
	draft_extend(draft, max_u64(f->xml.line, draft->first_line));
	draft->repairs = xml_repairs(&f->xml) - f->repairs;
	inherit(&draft->author, &f->author);
	inherit(&draft->lang, &f->lang);
	if (draft_status(draft) == NS_OK && f->item.none)
		return drop_item(f, SOURCE_PASSED_OVER, SOURCE_NO_ARTICLE, err);
	if (f->item.hostile && !draft->body.len &&
	    draft_status(draft) == NS_OK)
		return drop_item(f, SOURCE_REFUSED, SOURCE_BAD_HTML, err);
	return draft_give(draft, f->outlet, err);
}

/* ---- parts ------------------------------------------------------------------------- */

static void begin_part(struct feed *f, const struct xml_element *e)
{
	f->in_part = f->depth;
	f->in_name = 0;
	read_tag(f, e);
	if (f->in_item)
		read_context(f, e, &f->item_base, &f->item.draft->lang);
}

/* The feed's own: what its items have where they have none. */
static int end_part_of_feed(struct feed *f, struct ns_error *err)
{
	struct slice raw = white_trim(buffer_slice(&f->item.raw));
	struct feed_tag *tag = &f->tag;
	if (tag->part == FEED_LANGUAGE && !f->lang.len)
		set(&f->lang, raw);
	if (tag->part == FEED_LINK && !f->link.len && !tag->unread) {
		feed_resolve(raw, buffer_slice(&f->base), &f->link);
		inherit(&f->base, &f->link);
	}
	if (tag->part == FEED_AUTHOR && (tag->space == SPACE_ATOM ||
	                                 tag->space == SPACE_ATOM03))
		feed_add_name(raw, &f->author);
	(void)err;
	return NS_OK;
}

static int end_part(struct feed *f, struct ns_error *err)
{
	f->in_part = 0;
	if (!f->in_item)
		return end_part_of_feed(f, err);
	if (f->tag.unread)
		return NS_OK;
	/* how a date is read depends on the language */
	if (f->tag.part >= FEED_PUBLISHED && f->tag.part <= FEED_UPDATED)
		inherit(&f->item.draft->lang, &f->lang);
	return feed_item_take(&f->item, &f->tag, buffer_slice(&f->item_base), err);
}

static bool holds_markup(enum feed_part part)
{
	return part == FEED_TITLE || part >= FEED_CONTENT;
}

static bool is_void(const char *name)
{
	for (size_t i = 0; i < ARRAY_LEN(void_tags); i++)
		if (!strcasecmp(void_tags[i], name))
			return true;
	return false;
}

/* A tag inside of a part is HTML that was not escaped, or the name of an author. */
static void begin_inside(struct feed *f, const struct xml_element *e)
{
	struct buffer *raw = &f->item.raw;
	if (f->tag.part == FEED_AUTHOR && f->depth == f->in_part + 1) {
		bool name = feed_part_of(feed_space_of(e), e->name) == FEED_NAME;
		if (name || !f->in_name)
			buffer_clear(raw);
		f->in_name = name ? f->depth : UINT32_MAX;
	}
	if (!holds_markup(f->tag.part))
		return;
	f->tag.inlined = true;
	f->tag.markup = MARKUP_HTML;
	buffer_byte(raw, '<');
	buffer_text(raw, e->name);
	buffer_byte(raw, '>');
	struct feed_name *open = &f->inside[min_u32(f->depth, XML_DEPTH)];
	open->len = min_size(strlen(e->name), sizeof open->name);
	memcpy(open->name, e->name, open->len);
	open->is_void = is_void(e->name);
}

static void end_inside(struct feed *f)
{
	struct buffer *raw = &f->item.raw;
	const struct feed_name *open = &f->inside[min_u32(f->depth, XML_DEPTH)];
	if (f->in_name == f->depth)
		f->in_name = UINT32_MAX;
	if (!holds_markup(f->tag.part) || open->is_void)
		return;
	buffer_text(raw, "</");
	buffer_append(raw, open->name, open->len);
	buffer_byte(raw, '>');
}

static void add_escaped(struct buffer *raw, struct slice text)
{
	for (size_t i = 0; i < text.len; i++) {
		uint8_t c = text.data[i];
		if (c == '<')
			buffer_text(raw, "&lt;");
		else if (c == '&')
			buffer_text(raw, "&amp;");
		else
			buffer_byte(raw, c);
	}
}

/* ---- what xml.h calls --------------------------------------------------------------- */

static bool is_wrapper(const struct xml_element *e)
{
	static const char *const names[] = {"rss", "feed", "rdf", "channel"};
	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (!strcasecmp(names[i], e->name))
			return true;
	return false;
}

/* An item inside of an item: the end of the first was forgotten, unless that of
 * the second comes at once, which then says nothing. */
static int end_outer_item(struct feed *f, struct ns_error *err)
{
	uint32_t depth = f->depth;
	f->depth = f->nested;
	f->nested = 0;
	TRY(give_item(f, err));
	begin_item(f, f->xml.line, NULL);
	f->depth = depth;
	return NS_OK;
}

static int on_start(void *context, const struct xml_element *e,
                    struct ns_error *err)
{
	struct feed *f = context;
	enum feed_space space = feed_space_of(e);
	enum feed_part part = feed_part_of(space, e->name);
	f->depth++;
	f->item.export |= space == SPACE_WXR;
	if (f->nested)
		TRY(end_outer_item(f, err));
	if (part == FEED_ITEM && !f->in_part) {
		if (f->in_item)
			f->nested = f->depth;
		else
			begin_item(f, e->line, e);
		return NS_OK;
	}
	if (f->in_part) {
		begin_inside(f, e);
		return NS_OK;
	}
	if (!f->in_item && is_wrapper(e)) {
		read_context(f, e, &f->base, &f->lang);
		f->level = f->depth + 1;
	}
	if (f->depth != f->level || part == FEED_NONE)
		return NS_OK;
	f->tag = (struct feed_tag){.part = part, .space = space};
	if (part == FEED_GROUP)
		f->level++;
	else
		begin_part(f, e);
	return NS_OK;
}

static int on_text(void *context, struct slice text, struct ns_error *err)
{
	struct feed *f = context;
	(void)err;
	if (!f->in_part || f->tag.unread || f->in_name == UINT32_MAX)
		return NS_OK;
	if (f->tag.inlined)
		add_escaped(&f->item.raw, text);
	else
		buffer_append(&f->item.raw, text.data, text.len);
	return NS_OK;
}

static int on_end(void *context, struct ns_error *err)
{
	struct feed *f = context;
	uint32_t depth = f->depth--;
	if (f->nested) {
		f->nested = 0;
		return NS_OK;
	}
	if (f->in_part && depth == f->in_part)
		return end_part(f, err);
	if (f->in_part) {
		f->depth++;
		end_inside(f);
		f->depth--;
		return NS_OK;
	}
	if (f->in_item && depth == f->in_item)
		return give_item(f, err);
	if (f->level && depth + 1 == f->level)
		f->level--;
	return NS_OK;
}

/* ---- a feed ------------------------------------------------------------------------- */

static void start_feed(struct feed *f, struct outlet *outlet,
                       struct draft *draft)
{
	struct buffer *const own[] = {&f->base, &f->item_base, &f->link, &f->lang,
		&f->author};
	for (size_t i = 0; i < ARRAY_LEN(own); i++)
		buffer_clear(own[i]);
	f->outlet = outlet;
	f->depth = f->nested = f->in_item = f->in_part = f->in_name = f->level = 0;
	f->item.draft = draft;
	f->item.export = false;
}

int feed_read(struct outlet *outlet, struct lines *lines, struct draft *draft,
              struct feed *f, struct ns_error *err)
{
	const struct xml_handler handler = {f, on_start, on_text, on_end};
	start_feed(f, outlet, draft);
	TRY(xml_read(&f->xml, lines, &handler, err));
	TRY(check_own(f, err));
	TRY(xml_tell(&f->xml, outlet, f->in_item ? draft->first_line : 0,
	             "an item that does not end", err));
	draft_clear(draft);
	return NS_OK;
}

void feed_init(struct feed *f)
{
	memset(f, 0, sizeof *f);
	xml_init(&f->xml);
	feed_item_init(&f->item);
	buffer_init(&f->base, NS_ARTICLE_MAX);
	buffer_init(&f->item_base, NS_ARTICLE_MAX);
	buffer_init(&f->link, NS_ARTICLE_MAX);
	buffer_init(&f->lang, NS_ARTICLE_MAX);
	buffer_init(&f->author, NS_ARTICLE_MAX);
}

void feed_release(struct feed *f)
{
	xml_release(&f->xml);
	feed_item_release(&f->item);
	buffer_release(&f->base);
	buffer_release(&f->item_base);
	buffer_release(&f->link);
	buffer_release(&f->lang);
	buffer_release(&f->author);
}
