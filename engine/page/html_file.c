#include "page/html_file.h"

#include "base/ascii_case.h"
#include "base/ascii.h"
#include "base/white.h"
#include "page/html_charset.h"
#include "source/link.h"

void html_file_init(struct html_file *file)
{
	html_init(&file->reader);
	buffer_init(&file->page, NS_ARTICLE_MAX);
	buffer_init(&file->base, NS_ARTICLE_MAX);
}

void html_file_release(struct html_file *file)
{
	html_release(&file->reader);
	buffer_release(&file->page);
	buffer_release(&file->base);
}

/* ---- is it a page? ----------------------------------------------------------- */

/* Steps over a comment, a declaration or a processing instruction. */
static bool skip(struct slice *text)
{
	const char *end = ascii_begins(*text, "<!--") ? "-->" : ">";
	if (!ascii_begins(*text, "<!") && !ascii_begins(*text, "<?"))
		return false;
	const uint8_t *at = memmem(text->data, text->len, end, strlen(end));
	if (!at)
		return false;
	size_t n = (size_t)(at - text->data) + strlen(end);
	*text = white_trim_start(slice_from(*text, n));
	return true;
}

static bool has_tag(struct slice text)
{
	for (size_t i = 0; i + 1 < text.len; i++)
		if (text.data[i] == '<' &&
		    ascii_letter(text.data[i + 1]))
			return true;
	return false;
}

static bool is_named(const char *name)
{
	static const char *const ends[] = {".html", ".htm", ".xhtml", ".shtml"};
	for (size_t i = 0; i < ARRAY_LEN(ends); i++)
		if (ascii_ends(slice_of(name, strlen(name)), ends[i]))
			return true;
	return false;
}

/* Bytes of the head of an answer, with the empty line that ends it: "wget
 * --save-headers" writes it before the page. */
static size_t http_head(struct slice text)
{
	static const char *const ends[] = {"\n\r\n", "\n\n"};
	size_t n = 0;
	if (!ascii_begins(text, "http/"))
		return 0;
	for (size_t i = 0; i < ARRAY_LEN(ends); i++) {
		size_t len = strlen(ends[i]);
		const uint8_t *at = memmem(text.data, text.len, ends[i], len);
		size_t end = at ? (size_t)(at - text.data) + len : 0;
		n = end && (!n || end < n) ? end : n;
	}
	return n;
}

static struct slice behind(struct slice text, size_t n)
{
	return slice_from(text, n);
}

bool html_file_is(struct slice prefix, const char *name)
{
	static const char *const tags[] = {"<!doctype html", "<html", "<head",
		"<body"};
	struct slice text = white_trim_start(behind(prefix,
	                                            http_head(prefix)));
	do {
		for (size_t i = 0; i < ARRAY_LEN(tags); i++) {
			size_t n = strlen(tags[i]);
			if (ascii_begins(text, tags[i]) && text.len > n &&
			    (text.data[n] <= ' ' || text.data[n] == '>'))
				return true;
		}
	} while (skip(&text));
	return is_named(name) && has_tag(prefix);
}

/* ---- reading ------------------------------------------------------------------- */

/* Where the articles of a page go. */
struct giving {
	struct outlet *outlet;
	struct draft *draft;
	struct slice url;    /* where the page does not say it */
	struct buffer *base; /* of its links */
	uint64_t lines;
	bool failed; /* what html_read returns comes from us */
};

static void copy(struct buffer *part, struct slice text)
{
	buffer_append(part, text.data, text.len);
}

/* The page's address; links are relative to its <base>, which may itself be to
 * where the page came from. */
static void put_url(struct giving *g, const struct html_article *article)
{
	struct buffer *url = &g->draft->url;
	struct slice base = g->url;
	if (!article->url.len) {
		copy(url, g->url);
		return;
	}
	if (article->base.len) {
		buffer_clear(g->base);
		link_join(article->base, g->url, g->base);
		base = buffer_slice(g->base);
	}
	link_join(article->url, base, url);
	if (g->base->status != NS_OK)
		url->status = g->base->status;
}

static int take(void *context, const struct html_article *article,
                struct ns_error *err)
{
	struct giving *g = context;
	struct draft *draft = g->draft;
	draft_clear(draft);
	draft_extend(draft, 1);
	draft->last_line = g->lines;
	copy(&draft->title, article->title);
	copy(&draft->body, article->body);
	copy(&draft->captions, article->captions);
	copy(&draft->author, article->author);
	copy(&draft->section, article->section);
	copy(&draft->lang, article->lang);
	copy(&draft->topics, article->topics);
	copy(&draft->places, article->places);
	put_url(g, article);
	draft_date(draft, article->date);
	draft->repairs = article->repairs;
	int status = draft_give(draft, g->outlet, err);
	g->failed = status != NS_OK;
	return status;
}

static uint64_t count_lines(struct slice page)
{
	uint64_t n = 1;
	for (size_t i = 0; i + 1 < page.len; i++)
		n += page.data[i] == '\n';
	return n;
}

int html_file_page(struct outlet *outlet, struct html_file *file,
                   struct draft *draft, const struct html_file_facts *facts,
                   struct slice page, struct ns_error *err)
{
	struct giving giving = {outlet, draft, facts->url, &file->base,
		facts->lines, false};
	struct html_handler handler = {&giving, take};
	struct ns_error cause = {0};
	int status = html_read(&file->reader, page, facts->charset, &handler,
	                       &cause);
	if (status == NS_OK)
		return NS_OK;
	if (giving.failed || status == NS_E_NOMEM) {
		if (err)
			*err = cause;
		return status;
	}
	return outlet_tell(outlet, SOURCE_REFUSED, SOURCE_BAD_HTML, 1,
	                   cause.message, err);
}

/* Whether the head of an answer says the page's encoding. */
static bool charset_in(struct slice head, char out[HTML_LABEL_MAX])
{
	while (head.len) {
		struct slice field = slice_cut(&head, '\n');
		if (ascii_begins(field, "content-type:"))
			return html_charset_label(field, "charset", out);
	}
	return false;
}

int html_file_read(struct outlet *outlet, struct lines *lines,
                   struct html_file *file, struct draft *draft,
                   const char *charset, struct ns_error *err)
{
	struct slice piece;
	buffer_clear(&file->page);
	do {
		TRY(lines_take(lines, SIZE_MAX, &piece, err));
		copy(&file->page, piece);
	} while (piece.len);
	if (file->page.status == NS_E_NOMEM)
		return err_nomem(err);
	if (file->page.status != NS_OK)
		return outlet_tell(outlet, SOURCE_REFUSED,
		                   SOURCE_LARGE_ARTICLE, 1, NULL, err);
	struct slice page = buffer_slice(&file->page);
	struct html_file_facts facts = {.lines = count_lines(page)};
	size_t head = http_head(page);
	char label[HTML_LABEL_MAX];
	facts.charset = charset;
	if (!charset && charset_in(slice_of(page.data, head), label))
		facts.charset = label;
	return html_file_page(outlet, file, draft, &facts, behind(page, head),
	                      err);
}
