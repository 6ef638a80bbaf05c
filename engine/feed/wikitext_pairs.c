#include "feed/wikitext_pairs.h"

#include "base/ascii.h"

#include <strings.h>

enum { TAG_MAX = 1000 };

static const struct {
	const char *name;
	enum wikitext_tag_kind kind;
} tags[] = {
	{"nowiki", TAG_VERBATIM}, {"pre", TAG_VERBATIM}, {"ref", TAG_HIDDEN},
	{"math", TAG_HIDDEN}, {"gallery", TAG_HIDDEN}, {"timeline", TAG_HIDDEN},
	{"syntaxhighlight", TAG_HIDDEN}, {"source", TAG_HIDDEN},
	{"score", TAG_HIDDEN}, {"templatedata", TAG_HIDDEN},
	{"imagemap", TAG_HIDDEN}, {"graph", TAG_HIDDEN}, {"style", TAG_HIDDEN},
	{"script", TAG_HIDDEN}, {"chem", TAG_HIDDEN}, {"ce", TAG_HIDDEN},
	{"hiero", TAG_HIDDEN}, {"references", TAG_HIDDEN},
	{"inputbox", TAG_HIDDEN}, {"maplink", TAG_HIDDEN},
	{"mapframe", TAG_HIDDEN}, {"dynamicpagelist", TAG_HIDDEN},
	{"p", TAG_BREAK}, {"div", TAG_BREAK}, {"br", TAG_BREAK},
	{"li", TAG_BREAK}, {"ul", TAG_BREAK}, {"ol", TAG_BREAK},
	{"tr", TAG_BREAK}, {"table", TAG_BREAK}, {"blockquote", TAG_BREAK},
	{"center", TAG_BREAK}, {"poem", TAG_BREAK}, {"hr", TAG_BREAK},
};
static_assert(ARRAY_LEN(tags) <= WIKITEXT_TAGS, "wikitext_missing has room");

/* Where </name begins, or text.len. */
static size_t find_end(struct slice text, size_t from, const char *name)
{
	size_t n = strlen(name);
	while (from < text.len) {
		const uint8_t *at = memmem(text.data + from, text.len - from,
		                           "</", 2);
		if (!at)
			break;
		from = (size_t)(at - text.data);
		if (text.len - from >= n + 2 &&
		    !strncasecmp((const char *)at + 2, name, n))
			return from;
		from += 2;
	}
	return text.len;
}

static struct wikitext_tag comment(struct slice text,
                                   struct wikitext_missing *missing)
{
	const uint8_t *end = NULL;
	if (!missing->comment)
		end = memmem(text.data + 4, text.len - 4, "-->", 3);
	missing->comment |= end == NULL;
	if (!end)
		return (struct wikitext_tag){.kind = TAG_NONE};
	return (struct wikitext_tag){TAG_DROPPED,
		(size_t)(end + 3 - text.data), {NULL, 0}};
}

/* Bytes up to and with '>'; 0: it has none. */
static size_t length_of(struct slice text)
{
	for (size_t i = 1; i < text.len && i < TAG_MAX; i++) {
		if (text.data[i] == '>')
			return i + 1;
		if (text.data[i] == '<')
			break;
	}
	return 0;
}

/* Of tags[which], which is open: all up to its end. */
static struct wikitext_tag whole(struct slice text, size_t n, size_t which,
                                 struct wikitext_missing *missing)
{
	size_t end = text.len;
	if (!missing->tags[which])
		end = find_end(text, n, tags[which].name);
	missing->tags[which] |= end == text.len;
	if (end == text.len)
		return (struct wikitext_tag){TAG_DROPPED, n, {NULL, 0}};
	struct slice inside = slice_of(text.data + n, end - n);
	const uint8_t *close = memchr(text.data + end, '>', text.len - end);
	size_t taken = close ? (size_t)(close + 1 - text.data) : text.len;
	return (struct wikitext_tag){tags[which].kind, taken, inside};
}

struct wikitext_tag wikitext_tag_at(struct slice text,
                                    struct wikitext_missing *missing)
{
	struct wikitext_tag tag = {.kind = TAG_NONE};
	if (text.len >= 4 && !memcmp(text.data, "<!--", 4))
		return comment(text, missing);
	bool closes = text.len > 1 && text.data[1] == '/';
	size_t from = 1 + closes, end = from, n;
	while (end < text.len && ascii_letter(text.data[end]))
		end++;
	if (end == from || !(n = length_of(text)))
		return tag;
	tag = (struct wikitext_tag){.kind = TAG_DROPPED, .taken = n};
	for (size_t i = 0; i < ARRAY_LEN(tags); i++) {
		if (strlen(tags[i].name) != end - from ||
		    strncasecmp(tags[i].name, (const char *)text.data + from,
		                end - from) != 0)
			continue;
		bool empty = text.data[n - 2] == '/';
		if (tags[i].kind == TAG_BREAK)
			tag.kind = TAG_BREAK;
		else if (!closes && !empty)
			return whole(text, n, i, missing);
	}
	return tag;
}

/* ---- brackets ------------------------------------------------------------------ */

static int open_pair(struct wikitext *w, size_t at, size_t *n_waiting,
                     struct ns_error *err)
{
	if (w->n_pairs == WIKITEXT_PAIRS)
		return NS_OK;
	TRY(mem_grow((void **)&w->pairs, &w->pair_room, w->n_pairs + 1,
	             sizeof *w->pairs, err));
	TRY(mem_grow((void **)&w->waiting, &w->waiting_room, *n_waiting + 1,
	             sizeof *w->waiting, err));
	w->waiting[(*n_waiting)++] = (uint32_t)w->n_pairs;
	w->pairs[w->n_pairs++] = (struct wikitext_pair){(uint32_t)at, 0};
	return NS_OK;
}

/* A "}}" ends the last "{{", with all links that are open in it; a "]]" only a
 * link that is the last thing open. */
static bool close_pair(struct wikitext *w, struct slice source, size_t at,
                       size_t *n_waiting, size_t *n_templates)
{
	bool link = source.data[at] == ']';
	size_t i = *n_waiting;
	if (!i || (!link && !*n_templates))
		return false;
	if (link && source.data[w->pairs[w->waiting[i - 1]].open] != '[')
		return false;
	while (!link && source.data[w->pairs[w->waiting[i - 1]].open] != '{')
		i--;
	w->pairs[w->waiting[i - 1]].close = (uint32_t)at;
	*n_waiting = i - 1;
	*n_templates -= !link;
	return true;
}

int wikitext_pair_up(struct wikitext *w, struct slice source,
                     struct ns_error *err)
{
	struct wikitext_missing missing = {0};
	size_t n_waiting = 0, n_templates = 0, at = 0;
	w->n_pairs = 0;
	while (at + 1 < source.len) {
		uint8_t c = source.data[at], next = source.data[at + 1];
		if ((c == '{' || c == '[') && next == c) {
			size_t before = n_waiting;
			TRY(open_pair(w, at, &n_waiting, err));
			n_templates += c == '{' && n_waiting > before;
			at += 2;
		} else if ((c == '}' || c == ']') && next == c) {
			at += close_pair(w, source, at, &n_waiting,
			                 &n_templates) ? 2 : 1;
		} else if (c == '<') {
			struct wikitext_tag tag = wikitext_tag_at(
				slice_from(source, at),
				&missing);
			at += tag.kind == TAG_NONE ? 1 : tag.taken;
		} else {
			at++;
		}
	}
	return NS_OK;
}
