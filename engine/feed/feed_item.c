#include "feed/feed.h"

#include "base/ascii_case.h"
#include "base/white.h"
#include "feed/wordpress.h"
#include "source/link.h"
#include "source/values.h"

/* ---- links ---------------------------------------------------------------------- */

static bool is_web(struct slice link)
{
	return (link.len > 7 && ascii_begins(link, "http://")) ||
	       (link.len > 8 && ascii_begins(link, "https://"));
}

void feed_resolve(struct slice link, struct slice base, struct buffer *out)
{
	buffer_clear(out);
	link_join(white_trim(link), white_trim(base), out);
}

static int take_link(struct feed_item *item, const struct feed_tag *tag,
                     struct slice base)
{
	struct slice raw = white_trim(buffer_slice(&item->raw));
	int rank = tag->part == FEED_ORIGIN ? 3 : 2;
	if (tag->part == FEED_GUID)
		rank = !tag->guid_is_no_link && is_web(raw) ? 1 : 0;
	if (!raw.len || rank <= item->url_rank)
		return NS_OK;
	item->url_rank = rank;
	feed_resolve(raw, base, &item->draft->url);
	return NS_OK;
}

/* ---- names ------------------------------------------------------------------------ */

/* "ann@example.org (Ann Ray)", as RSS has it, is Ann Ray, as are "Ann Ray
 * (ann@example.org)" and "Ann Ray <ann@example.org>". */
static struct slice person(struct slice name)
{
	const uint8_t *end = name.data + name.len;
	const uint8_t *at = memchr(name.data, '@', name.len);
	const uint8_t *open = memchr(name.data, '(', name.len);
	if (!open)
		open = memchr(name.data, '<', name.len);
	if (!at || !open || (end[-1] != ')' && end[-1] != '>'))
		return name;
	struct slice inside = slice_of(open + 1, (size_t)(end - open) - 2);
	struct slice before = slice_of(name.data, (size_t)(open - name.data));
	struct slice found = white_trim(at < open ? inside : before);
	return found.len ? found : name;
}

void feed_add_name(struct slice name, struct buffer *out)
{
	name = white_trim(name);
	if (!name.len)
		return;
	name = person(name);
	if (out->len && memmem(out->data, out->len, name.data, name.len))
		return;
	if (out->len)
		buffer_text(out, ", ");
	buffer_append(out, name.data, name.len);
}

/* ---- texts ------------------------------------------------------------------------- */

static void swap(struct buffer *a, struct buffer *b)
{
	struct buffer held = *a;
	*a = *b;
	*b = held;
}

/* HTML that passes the bounds of its reader is not read: where no other part has
 * a text, the item is refused for it. */
static int forgive(struct feed_item *item, int status)
{
	if (status != NS_E_LIMIT)
		return status;
	item->hostile = true;
	return NS_OK;
}

/* item->line is the value as one line; what does not fit makes the whole item
 * too large. */
static int make_line(struct feed_item *item, const struct feed_tag *tag,
                     struct slice raw, struct ns_error *err)
{
	TRY(forgive(item, feed_line(&item->html, raw, tag->markup, &item->line,
	                            err)));
	if (item->line.status != NS_OK)
		item->draft->body.status = item->line.status;
	return NS_OK;
}

/* Takes off what WordPress adds to each text of a feed: "The post … appeared first
 * on …." */
static bool drop_footer(struct buffer *text)
{
	static const char start[] = "The post ", sign[] = " appeared first on ";
	struct slice all = white_trim_end(buffer_slice(text));
	const uint8_t *end = all.len ? memrchr(all.data, '\n', all.len) : NULL;
	if (!end)
		return false;
	size_t n = (size_t)(end + 1 - all.data), left = all.len - n;
	if (left < sizeof start + sizeof sign ||
	    memcmp(all.data + n, start, sizeof start - 1) != 0 ||
	    !memmem(all.data + n, left, sign, sizeof sign - 1))
		return false;
	text->len = n;
	return true;
}

/* media:description is mostly of a picture: a body where nothing else is one. */
static bool is_better(const struct feed_item *item, bool plain)
{
	size_t held = item->draft->body.len;
	if (!held || plain == item->plain)
		return item->text.len > held;
	return !plain && item->text.len;
}

static int take_body(struct feed_item *item, const struct feed_tag *tag,
                     struct slice raw, struct ns_error *err)
{
	struct draft *draft = item->draft;
	bool plain = tag->part == FEED_PLAIN;
	buffer_clear(&item->text);
	buffer_clear(&item->captions);
	enum feed_markup markup = plain ? MARKUP_NONE : tag->markup;
	uint32_t codes = 0;
	if (item->export && tag->part == FEED_CONTENT) {
		buffer_clear(&item->line);
		codes = wordpress_html(raw, &item->line);
		if (item->line.status != NS_OK)
			draft->body.status = item->line.status;
		raw = buffer_slice(&item->line);
		markup = MARKUP_HTML;
	}
	TRY(forgive(item, feed_paragraphs(&item->html, raw, markup, &item->text,
	                                  &item->captions, err)));
	if (item->text.status != NS_OK)
		draft->body.status = item->text.status;
	bool footer = drop_footer(&item->text);
	if (!is_better(item, plain) || draft->body.status != NS_OK)
		return NS_OK;
	item->plain = plain;
	draft->furniture = codes + footer;
	swap(&item->text, &draft->body);
	swap(&item->captions, &draft->captions);
	return NS_OK;
}

static int take_title(struct feed_item *item, const struct feed_tag *tag,
                      struct slice raw, struct ns_error *err)
{
	int rank = tag->space == SPACE_MEDIA ? 1 : tag->space == SPACE_DC ? 2 : 3;
	if (rank <= item->title_rank)
		return NS_OK;
	TRY(make_line(item, tag, raw, err));
	if (!item->line.len)
		return NS_OK;
	item->title_rank = rank;
	swap(&item->line, &item->draft->title);
	return NS_OK;
}

static void take_date(struct feed_item *item, const struct feed_tag *tag,
                      struct slice raw)
{
	struct draft *draft = item->draft;
	int64_t held = draft->date;
	int rank = 1 + (int)FEED_UPDATED - (int)tag->part;
	if (!white_trim(raw).len || (held != NS_NO_DATE && rank <= item->date_rank))
		return;
	draft->date = NS_NO_DATE;
	draft_date(draft, raw);
	if (draft->date != NS_NO_DATE) {
		item->date_rank = rank;
	} else if (held != NS_NO_DATE) { /* date_is_day is still of it */
		draft->date = held;
		draft->date_dropped = false;
	}
}

static void put_first(struct buffer *out, struct slice line)
{
	if (!out->len)
		buffer_append(out, line.data, line.len);
}

/* A short value, as one line. */
static int take_line(struct feed_item *item, const struct feed_tag *tag,
                     struct slice raw, struct ns_error *err)
{
	struct draft *draft = item->draft;
	TRY(make_line(item, tag, raw, err));
	struct slice line = buffer_slice(&item->line);
	switch (tag->part) {
	case FEED_AUTHOR:
		feed_add_name(line, &draft->author);
		break;
	case FEED_KEYWORDS:
		values_append(&draft->topics, line, VALUES_TOPICS);
		break;
	case FEED_PLACES:
		values_append(&draft->places, line, VALUES_PLACES);
		break;
	case FEED_LANGUAGE:
		put_first(&draft->lang, line);
		break;
	default:
		put_first(&draft->section, line);
		values_append(&draft->topics, line, "");
		break;
	}
	return NS_OK;
}

int feed_item_take(struct feed_item *item, const struct feed_tag *tag,
                   struct slice base, struct ns_error *err)
{
	struct slice raw = buffer_slice(&item->raw);
	if (item->raw.status != NS_OK) {
		item->draft->body.status = item->raw.status;
		return NS_OK;
	}
	switch (tag->part) {
	case FEED_TITLE:
		return take_title(item, tag, raw, err);
	case FEED_LINK:
	case FEED_ORIGIN:
	case FEED_GUID:
		return take_link(item, tag, base);
	case FEED_PUBLISHED:
	case FEED_CREATED:
	case FEED_UPDATED:
		take_date(item, tag, raw);
		return NS_OK;
	case FEED_POST_TYPE:
		if (wordpress_is_no_post(raw))
			item->none = "not a post";
		return NS_OK;
	case FEED_STATUS:
		if (wordpress_is_unprinted(raw))
			item->none = "not printed";
		return NS_OK;
	case FEED_CONTENT:
	case FEED_SUMMARY:
	case FEED_PLAIN:
		return take_body(item, tag, raw, err);
	default:
		return take_line(item, tag, raw, err);
	}
}

/* ---- an item --------------------------------------------------------------------------- */

void feed_item_begin(struct feed_item *item, struct draft *draft)
{
	item->draft = draft;
	item->title_rank = item->date_rank = item->url_rank = 0;
	item->hostile = item->plain = false;
	item->none = NULL;
	draft_clear(draft);
}

void feed_item_init(struct feed_item *item)
{
	memset(item, 0, sizeof *item);
	html_fragment_init(&item->html);
	buffer_init(&item->raw, NS_ARTICLE_MAX);
	buffer_init(&item->text, NS_ARTICLE_MAX);
	buffer_init(&item->captions, NS_ARTICLE_MAX);
	buffer_init(&item->line, NS_ARTICLE_MAX);
}

void feed_item_release(struct feed_item *item)
{
	html_fragment_release(&item->html);
	buffer_release(&item->raw);
	buffer_release(&item->text);
	buffer_release(&item->captions);
	buffer_release(&item->line);
}
