/* A page becomes its article. */
#include "html_case.h"

#define SENTENCE "The council voted on Monday to close the old bridge for good. "
#define PARAGRAPH SENTENCE "Drivers will have to take the long way round."

static const char page[] =
	"<!DOCTYPE html><html lang=en-GB><head><meta charset=utf-8>"
	"<title>Bridge to close | The Example</title>"
	"<meta property=og:site_name content='The Example'>"
	"<link rel=canonical href='https://example.org/2019/05/07/bridge'>"
	"<style>p { color: red }</style></head>"
	"<body class='has-sidebar comments-open'>"
	"<div id=cookie-notice><p>" SENTENCE "We use cookies.</p></div>"
	"<nav><ul><li><a href=/>Home</a><li><a href=/w>World news</a></ul></nav>"
	"<main><h1>Bridge to close</h1><p class=byline>By Jane Doe</p>"
	"<div class=share><a href=#>Share this with all of your friends</a></div>"
	"<p>First. " PARAGRAPH "</p>"
	"<figure><img src=a.jpg><figcaption>The bridge in 1901</figcaption>"
	"</figure>"
	"<div class='ad-slot'><p>Buy one, get one. " SENTENCE "</p></div>"
	"<h2>What comes next</h2><p>Second. " PARAGRAPH "</p>"
	"<p style='display: none'>Hidden. " PARAGRAPH "</p>"
	"<p>Third. " PARAGRAPH "</p>"
	"<div class=related><a href=/1>Another bridge, another story</a></div>"
	"</main>"
	"<section class=comments><p>I never liked it. " SENTENCE "</p></section>"
	"<footer><p>All rights reserved. " SENTENCE "</p></footer>"
	"<script>document.write('<p>no</p>');</script></body></html>";

static struct html_case c;

static void start(void)
{
	html_case_start(&c);
}

static void end(void)
{
	html_case_end(&c);
}

TestSuite(html, .init = start, .fini = end);

Test(html, a_page)
{
	const struct html_case_article *a = html_case_one(&c, page);
	cr_assert_str_eq(a->title, "Bridge to close");
	cr_assert_str_eq(a->body,
		"First. " PARAGRAPH "\n"
		"What comes next\n"
		"Second. " PARAGRAPH "\n"
		"Third. " PARAGRAPH "\n");
	cr_assert_str_eq(a->captions, "The bridge in 1901\n");
	cr_assert_str_eq(a->lang, "en-GB");
	cr_assert_str_eq(a->url, "https://example.org/2019/05/07/bridge");
	cr_assert_str_eq(a->date, "2019-05-07");
}

/* The rules of the page above, one taken away at a time: text that then comes
 * in shows that it was this rule that kept it out. */
Test(html, names_are_what_keeps_furniture_out)
{
	static const char *const names[][2] = {
		{"'ad-slot'", "Buy one"},
		{"'display: none'", "Hidden"},
	};
	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		char *changed = html_case_copy(slice_of(page, sizeof page));
		char *at = strstr(changed, names[i][0]);
		cr_assert(at);
		memset(at, 'z', strlen(names[i][0]));
		cr_assert(strstr(html_case_one(&c, changed)->body,
		                 names[i][1]), "%s", names[i][0]);
		free(changed);
	}
}

Test(html, nothing)
{
	cr_assert_eq(html_case_read(&c, "", 0, NULL), NS_OK);
	cr_assert_eq(c.n, 0);
	cr_assert_eq(html_case_read(&c, "<html><body>", 12, NULL), NS_OK);
	cr_assert_eq(c.n, 0);
}

Test(html, a_body_that_is_named_as_a_sidebar_is_none)
{
	const struct html_case_article *a = html_case_one(&c,
		"<body class=sidebar><div class=widget><p>" PARAGRAPH "</p><p>"
		PARAGRAPH "</p></div></body>");
	cr_assert_str_eq(a->body, PARAGRAPH "\n" PARAGRAPH "\n");
}

#define COMMENT "<p>I never liked that bridge. " PARAGRAPH "</p>"
#define COMMENTS COMMENT COMMENT COMMENT COMMENT COMMENT

/* Readers may write more than there is to read. */
Test(html, comments_that_are_longer_than_the_article)
{
	static const char html[] = "<title>Bridge to close</title><div><h1>Bridge "
		"to close</h1><p>First. " PARAGRAPH "</p><p>Second. " PARAGRAPH
		"</p><p>Third. " PARAGRAPH "</p></div><div id=%s>"
		COMMENTS COMMENTS "</div>";
	char text[sizeof html + 16];
	snprintf(text, sizeof text, html, "disqus_thread");
	const struct html_case_article *a = html_case_one(&c, text);
	cr_assert_str_eq(a->body, "First. " PARAGRAPH "\nSecond. " PARAGRAPH
	                 "\nThird. " PARAGRAPH "\n");
	/* with another name it is text, as is a page without an article above */
	snprintf(text, sizeof text, html, "more");
	cr_assert(strstr(html_case_one(&c, text)->body, "never liked"));
	a = html_case_one(&c, "<title>Bridge to close</title><h1>Bridge to close"
		"</h1><p>" SENTENCE "<div class=comments-open>" COMMENTS "</div>");
	cr_assert(strstr(a->body, "never liked"));
}

/* How signs are read stands over them, not between them. */
Test(html, ruby)
{
	const struct html_case_article *a = html_case_one(&c, "<title>炭鉱を閉鎖</title>"
		"<h1><ruby>炭鉱<rt>たんこう</rt></ruby>を閉鎖</h1><p><ruby>炭鉱<rp>("
		"</rp><rt>たんこう</rt><rp>)</rp></ruby>を閉鎖すると政府は木曜日に"
		"発表した。組合との協議は数カ月に及んでいた。");
	cr_assert_str_eq(a->title, "炭鉱を閉鎖");
	cr_assert_str_eq(a->body, "炭鉱を閉鎖すると政府は木曜日に発表した。組合との"
		"協議は数カ月に及んでいた。\n");
}

/* The line of Drupal's that says by whom and when. */
Test(html, who_submitted_it)
{
	cr_assert_str_eq(html_case_one(&c, "<title>Bridge to close</title><h1>"
		"Bridge to close</h1><div class=submitted>Submitted by Ann Bee on "
		"Thu, 04/06/2017 - 10:15</div><p>" PARAGRAPH)->body,
		PARAGRAPH "\n");
}

Test(html, old_pages_have_no_paragraphs)
{
	const struct html_case_article *a = html_case_one(&c,
		"<HTML><BODY><TABLE><TR><TD><A HREF=/>Front page</A><BR>"
		"<A HREF=/w>World</A><TD><FONT SIZE=5>A headline</FONT><BR><BR>"
		"One. " PARAGRAPH "<BR><BR>Two. " PARAGRAPH "</TABLE>");
	cr_assert(strstr(a->body, "One. " PARAGRAPH "\nTwo. " PARAGRAPH "\n"));
	cr_assert(!strstr(a->body, "Front page"));
}

static int take_nothing(void *context, const struct html_article *article,
                        struct ns_error *err)
{
	(void)context;
	(void)article;
	(void)err;
	return NS_OK;
}

/* Some seconds together at the most; a pass that is quadratic takes minutes. */
Test(html, hostile, .timeout = 300)
{
	static const char *const pieces[] = {
		"<h1>one two three</h1>", "<title>a b c d e | ",
		"<article><h2>x y</h2><p>", "<div><h3><a href=x>y z</a></h3>",
		"<div class='ad menu nav comment'>", "<figcaption>a b c d e f g ",
		"<b itemprop=author>x", "<time>2001", "<meta name=date content=x>",
		"<script type=application/ld+json>{\"@type\":\"Article\",",
		"<script type=application/ld+json>[", "<p>x y<a href=z>w v</a>",
	};
	enum { SIZE = 2 << 20 };
	char *html = malloc(SIZE);
	for (size_t i = 0; i < ARRAY_LEN(pieces); i++) {
		for (size_t k = 0, n = strlen(pieces[i]); k < SIZE; k++)
			html[k] = pieces[i][k % n];
		struct html_handler handler = {NULL, take_nothing};
		int status = html_read(&c.reader, slice_of(html, SIZE), NULL,
		                       &handler, NULL);
		cr_assert(status == NS_OK || status == NS_E_LIMIT);
	}
	free(html);
}

/* ---- memory ------------------------------------------------------------------- */

static uint64_t calls, failing;
static int64_t alive;

static void *fail_alloc(void *context, size_t size)
{
	(void)context;
	if (++calls == failing)
		return NULL;
	alive++;
	return malloc(size);
}

static void *fail_resize(void *context, void *block, size_t size)
{
	(void)context;
	if (++calls == failing)
		return NULL;
	alive += !block;
	return realloc(block, size);
}

static void fail_release(void *context, void *block)
{
	(void)context;
	alive -= block != NULL;
	free(block);
}

Test(html, every_allocation_fails_in_turn, .timeout = 300)
{
	static const ns_allocator table = {fail_alloc, fail_resize,
		fail_release, NULL};
	static const char with_json[] =
		"<script type='application/ld+json'>{\"@type\":\"NewsArticle\","
		"\"headline\":\"A &amp; B\",\"author\":[{\"name\":\"C\"}],"
		"\"keywords\":[\"D\",\"E\"],\"contentLocation\":\"F\"}"
		"</script><meta name=keywords content='G, H'><h2><a href=a>One one</a></h2><p>" PARAGRAPH;
	static const char latin[] = "<meta charset=latin1><p>caf\xE9";
	static const struct slice pages[] = {
		{(const uint8_t *)page, sizeof page - 1},
		{(const uint8_t *)with_json, sizeof with_json - 1},
		{(const uint8_t *)latin, sizeof latin - 1},
	};
	struct html_handler handler = {NULL, take_nothing};
	for (size_t i = 0; i < ARRAY_LEN(pages); i++) {
		int status = NS_E_NOMEM;
		for (failing = 1; status == NS_E_NOMEM; failing++) {
			struct html_reader reader;
			mem_set_table(&table);
			calls = 0;
			html_init(&reader);
			status = html_read(&reader, pages[i], NULL, &handler,
			                   NULL);
			html_release(&reader);
			mem_set_table(NULL);
			cr_assert_eq(alive, 0);
			cr_assert(status == NS_OK || status == NS_E_NOMEM);
			cr_assert(status == NS_OK || calls >= failing);
		}
		cr_assert_gt(failing, 10);
		cr_assert_lt(calls, failing);
	}
}
