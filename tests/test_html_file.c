/* Files that are pages. */
#include "source_case.h"
#include "page/html_file.h"

static bool is(const char *text, const char *name)
{
	return html_file_is(slice_of(text, strlen(text)), name);
}

Test(html_file, what_is_a_page)
{
	cr_assert(is(" <!doctype HTML><p>x", "a"));
	cr_assert(is("<!-- saved from --><?xml version='1.0'?>\n<!DOCTYPE html "
	             "PUBLIC 'x'>\n<html>", "a"));
	cr_assert(is("<HTML lang=en>", "a"));
	cr_assert(is("<body>", "a"));
	cr_assert(is("Some <b>text", "a.HTM"));
	cr_assert(!is("Some <b>text", "a.txt"));
	cr_assert(!is("Some < text", "a.html"));
	cr_assert(!is("<?xml version='1.0'?><rss><channel>", "a"));
	cr_assert(is("HTTP/1.1 200 OK\r\nDate: x\r\n\r\n<html>", "a"));
	cr_assert(!is("HTTP/1.1 200 OK\r\nDate: x\r\n\r\n{}", "a"));
	cr_assert(!is("<htmlx>", "a"));
	cr_assert(!is("<!doctype", "a"));
	cr_assert(!is("", "a.html"));
}

#define SENTENCE "The council voted on Monday to close the old bridge for good."

Test(html_file, a_folder_of_pages)
{
	struct source_case c;
	case_start(&c);
	cr_assert_eq(case_read_text(&c, "page.html",
		"<!doctype html>\n<html lang=en><title>Bridge</title>\n"
		"<meta name=author content=Jane>"
		"<meta name=date content=2017-04-06>\n"
		"<link rel=canonical href=http://example.org/b>"
		"<meta property=article:section content=Local>"
		"<p>" SENTENCE "\n<figure><figcaption>A view</figcaption>"
		"</figure><p>" SENTENCE), NS_OK);
	cr_assert_eq(c.n, 1);
	struct case_article *a = &c.articles[0];
	cr_assert_str_eq(a->title, "Bridge");
	cr_assert_str_eq(a->body, SENTENCE "\n" SENTENCE "\n");
	cr_assert_str_eq(a->captions, "A view\n");
	cr_assert_str_eq(a->author, "Jane");
	cr_assert_str_eq(a->section, "Local");
	cr_assert_str_eq(a->lang, "en");
	cr_assert_str_eq(a->url, "http://example.org/b");
	cr_assert_str_eq(a->source, "page.html:1");
	cr_assert_eq(a->facts.last_line, 5);
	cr_assert_eq(a->facts.article.date, 17262 * 86400);
	cr_assert_eq(a->facts.format, SOURCE_HTML);
	case_end(&c);
}

/* A page's links are relative to its <base>, not to where it was got from. */
Test(html_file, the_base_of_links)
{
	static const struct {
		const char *head, *url;
	} cases[] = {
		{"<base href=http://example.org/news/x.html>"
		 "<link rel=canonical href=a.html>",
		 "http://example.org/news/a.html"},
		{"<base target=_top><base href=http://example.org/news/>"
		 "<base href=http://example.net/>"
		 "<meta property=og:url content=/a.html>",
		 "http://example.org/a.html"},
		{"<base href=http://example.org/news/>"
		 "<link rel=canonical href=http://example.com/b>",
		 "http://example.com/b"},
		{"<base href=/news/><link rel=canonical href=a.html>", "a.html"},
		{"<link rel=canonical href=a.html>", "a.html"},
		{"<base href=http://example.org/news/>", ""},
	};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct source_case c;
		char page[512];
		snprintf(page, sizeof page, "<!doctype html>%s<p>" SENTENCE,
		         cases[i].head);
		case_start(&c);
		cr_assert_eq(case_read_text(&c, "page.html", page), NS_OK);
		cr_assert_eq(c.n, 1);
		cr_assert_str_eq(c.articles[0].url, cases[i].url, "%zu", i);
		case_end(&c);
	}
}

/* As wget --save-headers writes it: the server's date is not the article's. */
Test(html_file, the_head_of_an_answer)
{
	struct source_case c;
	case_start(&c);
	cr_assert_eq(case_read_text(&c, "page.html",
		"HTTP/1.1 200 OK\r\nDate: Fri, 07 Apr 2017 10:00:00 GMT\r\n"
		"Content-Type: text/html; Charset=\"koi8-r\"; x=y\r\n\r\n"
		"<html lang=ru><title>\xcd\xcf\xd3\xd4</title>\n\n<p>" SENTENCE),
		NS_OK);
	cr_assert_eq(c.n, 1);
	struct case_article *a = &c.articles[0];
	cr_assert_str_eq(a->title, "мост");
	cr_assert_str_eq(a->body, SENTENCE "\n");
	cr_assert_str_eq(a->lang, "ru");
	cr_assert_eq(a->facts.article.date, NS_NO_DATE);
	case_end(&c);
}

Test(html_file, a_date_that_is_none)
{
	struct source_case c;
	case_start(&c);
	cr_assert_eq(case_read_text(&c, "page.html", "<meta name=date "
		"content='some day'><p>" SENTENCE), NS_OK);
	cr_assert_eq(c.n, 1);
	cr_assert(c.articles[0].facts.date_dropped);
	case_end(&c);
}

Test(html_file, what_is_refused, .timeout = 300)
{
	struct source_case c;
	case_start(&c);
	cr_assert_eq(case_read_text(&c, "page.html", "<html><p>"), NS_OK);
	cr_assert_eq(c.n, 0);
	cr_assert_eq(c.report.refused_by[SOURCE_EMPTY], 1);
	enum { PAIRS = 1000 };
	char *page = malloc(PAIRS * 8 + 16);
	size_t n = (size_t)sprintf(page, "<html><p ");
	for (int i = 0; i < PAIRS; i++)
		n += (size_t)sprintf(page + n, "a%d=b ", i);
	cr_assert_eq(case_read_text(&c, "page.html", page), NS_OK);
	cr_assert_eq(c.n, 0);
	cr_assert_eq(c.report.refused_by[SOURCE_BAD_HTML], 1);
	cr_assert_str_eq(c.events[0].reason, "HTML of too many tags: too many tags "
	                 "or attributes in one page");
	free(page);
	case_end(&c);
}
