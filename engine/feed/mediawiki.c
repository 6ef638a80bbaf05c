#include "feed/mediawiki.h"

#include "base/ascii_case.h"
#include "base/white.h"

#include <strings.h>

/* Where each part stands: its depth, counted from <mediawiki>, which has 2. */
static const struct {
	const char *name;
	uint32_t depth;
	enum mediawiki_part part;
} elements[] = {
	{"base", 4, WIKI_BASE}, {"namespace", 5, WIKI_NAMESPACE},
	{"title", 4, WIKI_TITLE}, {"ns", 4, WIKI_NS},
	{"timestamp", 5, WIKI_TIMESTAMP}, {"username", 6, WIKI_USER},
	{"ip", 6, WIKI_USER}, {"model", 5, WIKI_MODEL}, {"text", 5, WIKI_TEXT},
};

static struct slice part_of(const struct mediawiki *w, enum mediawiki_part part)
{
	return buffer_slice(&w->parts[part]);
}

static bool is_word(struct slice value, const char *word)
{
	return ascii_is(white_trim(value), word);
}

/* ---- a page ----------------------------------------------------------------------- */

static void begin_page(struct mediawiki *w)
{
	static const enum mediawiki_part own[] = {WIKI_TITLE, WIKI_NS,
		WIKI_TIMESTAMP, WIKI_USER, WIKI_MODEL, WIKI_TEXT};
	for (size_t i = 0; i < ARRAY_LEN(own); i++)
		buffer_clear(&w->parts[own[i]]);
	draft_clear(w->draft);
	draft_extend(w->draft, w->xml.line);
	w->in_page = w->depth;
	w->redirect = false;
	w->repairs = xml_repairs(&w->xml);
}

static void put_url(struct mediawiki *w)
{
	static const char plain[] = "-._~/:@!$&'()*,;=";
	struct buffer *url = &w->draft->url;
	struct slice base = white_trim(part_of(w, WIKI_BASE));
	struct slice title = white_trim(part_of(w, WIKI_TITLE));
	while (base.len && base.data[base.len - 1] != '/')
		base.len--;
	if (!base.len)
		return;
	buffer_append(url, base.data, base.len);
	for (size_t i = 0; i < title.len; i++) {
		uint8_t c = title.data[i];
		bool letter = ascii_letter(c) || ascii_digit(c);
		if (c == ' ')
			buffer_byte(url, '_');
		else if (letter || (c && strchr(plain, c)))
			buffer_byte(url, c);
		else
			buffer_printf(url, "%%%02X", c);
	}
}

/* {{date|April 6, 2017}} */
static struct slice date_template(struct slice text)
{
	static const char open[] = "{{date|";
	const uint8_t *at = text.data;
	size_t left = min_size(text.len, 4096);
	for (; left > sizeof open; at++, left--)
		if (!strncasecmp((const char *)at, open, sizeof open - 1))
			break;
	if (left <= sizeof open)
		return slice_of(NULL, 0);
	at += sizeof open - 1;
	left -= sizeof open - 1;
	size_t n = 0;
	while (n < left && at[n] != '}' && at[n] != '|')
		n++;
	return slice_of(at, n);
}

static void put_date(struct mediawiki *w)
{
	struct draft *draft = w->draft;
	draft_date(draft, date_template(part_of(w, WIKI_TEXT)));
	if (draft->date == NS_NO_DATE)
		draft_date(draft, part_of(w, WIKI_TIMESTAMP));
}

static int put_parts(struct mediawiki *w, struct ns_error *err)
{
	struct draft *draft = w->draft;
	static const enum mediawiki_part own[] = {WIKI_TITLE, WIKI_USER, WIKI_TEXT};
	for (size_t i = 0; i < ARRAY_LEN(own); i++)
		if (w->parts[own[i]].status != NS_OK) {
			draft->body.status = w->parts[own[i]].status;
			return NS_OK;
		}
	struct slice title = white_trim(part_of(w, WIKI_TITLE));
	struct slice user = white_trim(part_of(w, WIKI_USER));
	buffer_append(&draft->title, title.data, title.len);
	buffer_append(&draft->author, user.data, user.len);
	buffer_append(&draft->lang, w->lang.data, w->lang.len);
	put_url(w);
	put_date(w);
	return wikitext_lines(&w->wikitext, part_of(w, WIKI_TEXT), &draft->body,
	                      &draft->captions, &draft->topics, err);
}

/* Old dumps have no <ns>: there a known namespace stands before the title. */
static bool is_article(const struct mediawiki *w)
{
	struct slice ns = white_trim(part_of(w, WIKI_NS));
	struct slice model = part_of(w, WIKI_MODEL);
	if (white_trim(model).len && !is_word(model, "wikitext"))
		return false;
	if (ns.len)
		return is_word(ns, "0");
	return !wikitext_is_named(&w->wikitext,
	                          white_trim(part_of(w, WIKI_TITLE)));
}

static bool is_redirect(const struct mediawiki *w)
{
	return w->redirect ||
	       ascii_begins(white_trim_start(part_of(w, WIKI_TEXT)),
	                    "#redirect");
}

static int end_page(struct mediawiki *w, struct ns_error *err)
{
	struct draft *draft = w->draft;
	w->in_page = 0;
	bool article = is_article(w);
	if (!article || is_redirect(w))
		return outlet_tell(w->outlet, SOURCE_PASSED_OVER,
		                   article ? SOURCE_REDIRECT : SOURCE_NO_ARTICLE,
		                   draft->first_line, NULL, err);
	draft_extend(draft, max_u64(w->xml.line, draft->first_line));
	draft->repairs = xml_repairs(&w->xml) - w->repairs;
	TRY(put_parts(w, err));
	return draft_give(draft, w->outlet, err);
}

/* ---- what xml.h calls -------------------------------------------------------------- */

static void begin_namespace(struct mediawiki *w, const struct xml_element *e)
{
	struct slice key;
	w->space = WIKITEXT_PAGE;
	if (!xml_attribute(e, "", "key", &key))
		return;
	if (is_word(key, "6") || is_word(key, "-2"))
		w->space = WIKITEXT_FILE;
	if (is_word(key, "14"))
		w->space = WIKITEXT_CATEGORY;
}

static int on_start(void *context, const struct xml_element *e,
                    struct ns_error *err)
{
	struct mediawiki *w = context;
	struct slice lang;
	(void)err;
	w->depth++;
	w->part = WIKI_NONE;
	if (w->depth == 2 && xml_attribute(e, "xml", "lang", &lang)) {
		buffer_clear(&w->lang);
		buffer_append(&w->lang, lang.data, lang.len);
	}
	if (w->depth == 3 && !strcmp(e->name, "page"))
		begin_page(w);
	if (w->depth == 4 && !strcmp(e->name, "redirect"))
		w->redirect = true;
	for (size_t i = 0; i < ARRAY_LEN(elements); i++)
		if (elements[i].depth == w->depth &&
		    !strcmp(elements[i].name, e->name))
			w->part = elements[i].part;
	if (w->part)
		buffer_clear(&w->parts[w->part]);
	if (w->part == WIKI_NAMESPACE)
		begin_namespace(w, e);
	return NS_OK;
}

static int on_text(void *context, struct slice text, struct ns_error *err)
{
	struct mediawiki *w = context;
	(void)err;
	if (w->part)
		buffer_append(&w->parts[w->part], text.data, text.len);
	return NS_OK;
}

static int on_end(void *context, struct ns_error *err)
{
	struct mediawiki *w = context;
	uint32_t depth = w->depth--;
	if (w->part == WIKI_NAMESPACE)
		wikitext_name(&w->wikitext, part_of(w, WIKI_NAMESPACE), w->space);
	w->part = WIKI_NONE;
	if (w->in_page && depth == w->in_page)
		return end_page(w, err);
	return NS_OK;
}

/* ---- a dump --------------------------------------------------------------------------- */

/* Of what is no page's own; those are looked at with their page. */
static int check(const struct mediawiki *w, struct ns_error *err)
{
	for (int i = 0; i < WIKI_PARTS; i++)
		if (w->parts[i].status == NS_E_NOMEM)
			return err_nomem(err);
	return w->lang.status == NS_E_NOMEM ? err_nomem(err) : NS_OK;
}

int mediawiki_read(struct outlet *outlet, struct lines *lines,
                   struct draft *draft, struct mediawiki *w,
                   struct ns_error *err)
{
	const struct xml_handler handler = {w, on_start, on_text, on_end};
	for (int i = 0; i < WIKI_PARTS; i++)
		buffer_clear(&w->parts[i]);
	buffer_clear(&w->lang);
	wikitext_forget(&w->wikitext);
	w->outlet = outlet;
	w->draft = draft;
	w->depth = w->in_page = 0;
	w->part = WIKI_NONE;
	TRY(xml_read(&w->xml, lines, &handler, err));
	TRY(check(w, err));
	TRY(xml_tell(&w->xml, outlet, w->in_page ? draft->first_line : 0,
	             "a page that does not end", err));
	draft_clear(draft);
	return NS_OK;
}

void mediawiki_init(struct mediawiki *w)
{
	memset(w, 0, sizeof *w);
	xml_init(&w->xml);
	wikitext_init(&w->wikitext);
	for (int i = 0; i < WIKI_PARTS; i++)
		buffer_init(&w->parts[i], NS_ARTICLE_MAX);
	buffer_init(&w->lang, NS_ARTICLE_MAX);
}

void mediawiki_release(struct mediawiki *w)
{
	xml_release(&w->xml);
	wikitext_release(&w->wikitext);
	for (int i = 0; i < WIKI_PARTS; i++)
		buffer_release(&w->parts[i]);
	buffer_release(&w->lang);
}

bool mediawiki_is(struct slice prefix)
{
	return is_word(xml_root(prefix), "mediawiki");
}
