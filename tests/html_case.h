/* html_case.h — what does html_read hand over from these bytes? */
#ifndef NS_TESTS_HTML_CASE_H
#define NS_TESTS_HTML_CASE_H

#include <criterion/criterion.h>

#include "page/html.h"

enum { HTML_CASE_MAX = 16 };

struct html_case_article {
	char *title, *body, *captions, *author, *section, *lang, *url, *date,
	     *topics, *places;
};

struct html_case {
	struct html_reader reader;
	struct html_case_article articles[HTML_CASE_MAX];
	size_t n;
	uint32_t repairs;
};

static inline char *html_case_copy(struct slice text)
{
	char *copy = malloc(text.len + 1);
	if (text.len)
		memcpy(copy, text.data, text.len);
	copy[text.len] = 0;
	return copy;
}

static inline int html_case_take(void *context, const struct html_article *a,
                                 struct ns_error *err)
{
	struct html_case *c = context;
	(void)err;
	cr_assert_lt(c->n, HTML_CASE_MAX);
	c->articles[c->n++] = (struct html_case_article){
		html_case_copy(a->title), html_case_copy(a->body),
		html_case_copy(a->captions), html_case_copy(a->author),
		html_case_copy(a->section), html_case_copy(a->lang),
		html_case_copy(a->url), html_case_copy(a->date),
		html_case_copy(a->topics), html_case_copy(a->places),
	};
	c->repairs = a->repairs;
	return NS_OK;
}

static inline void html_case_forget(struct html_case *c)
{
	for (size_t i = 0; i < c->n; i++) {
		struct html_case_article *a = &c->articles[i];
		char *all[] = {a->title, a->body, a->captions, a->author,
			a->section, a->lang, a->url, a->date, a->topics,
			a->places};
		for (size_t k = 0; k < ARRAY_LEN(all); k++)
			free(all[k]);
	}
	c->n = 0;
}

/* charset: what came with the page, or NULL. */
static inline int html_case_read(struct html_case *c, const char *html,
                                 size_t n, const char *charset)
{
	struct html_handler handler = {c, html_case_take};
	html_case_forget(c);
	return html_read(&c->reader, slice_of(html, n), charset, &handler,
	                 NULL);
}

/* The one article of a page. */
static inline const struct html_case_article *
html_case_one(struct html_case *c, const char *html)
{
	cr_assert_eq(html_case_read(c, html, strlen(html), NULL), NS_OK);
	cr_assert_eq(c->n, 1);
	return &c->articles[0];
}

static inline void html_case_start(struct html_case *c)
{
	memset(c, 0, sizeof *c);
	html_init(&c->reader);
}

static inline void html_case_end(struct html_case *c)
{
	html_case_forget(c);
	html_release(&c->reader);
}

#endif
