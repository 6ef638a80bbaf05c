/* A piece of HTML becomes plain paragraphs. */
#include "page/html_fragment.h"

#include <criterion/criterion.h>

static struct html_fragment fragment;
static struct buffer text, captions;

static void start(void)
{
	html_fragment_init(&fragment);
	buffer_init(&text, NS_ARTICLE_MAX);
	buffer_init(&captions, NS_ARTICLE_MAX);
}

static void end(void)
{
	html_fragment_release(&fragment);
	buffer_release(&text);
	buffer_release(&captions);
}

static int read_html(const char *html, size_t n)
{
	buffer_clear(&text);
	buffer_clear(&captions);
	int status = html_fragment_text(&fragment, slice_of(html, n), &text,
	                                &captions, NULL);
	buffer_byte(&text, 0);
	buffer_byte(&captions, 0);
	return status;
}

static void is(const char *html, const char *wanted)
{
	cr_assert_eq(read_html(html, strlen(html)), NS_OK);
	cr_assert_str_eq((char *)text.data, wanted);
}

TestSuite(html_fragment, .init = start, .fini = end);

Test(html_fragment, paragraphs)
{
	is("", "");
	is("no tags &amp; all", "no tags & all\n");
	is("<p>One <b>t</b>wo\n\n three</p><p>Four", "One two three\nFour\n");
	is("<div>before<p>inside</p>after</div>", "before\ninside\nafter\n");
	is("one<br>line<br/><br>next<hr>last", "one line\nnext\nlast\n");
	is("<ul><li>a<li>b</ul>c", "a\nb\nc\n");
	is("<td>a<td>b", "a\nb\n");
	is("a<amp-img></amp-img>b <st1:place>X</st1:place>y", "a\nb Xy\n");
}

Test(html_fragment, characters)
{
	is("&#147;quoted&#148; &euro;&#x20AC; A&nbsp;&#160; B",
	   "\u201Cquoted\u201D \u20AC\u20AC A B\n");
	is("soft&shy;hyphen zero\u200Bwidth", "softhyphen zerowidth\n");
	is("a & b &unknown; &#99999999; <3", "a & b &unknown; <3\n");
}

Test(html_fragment, unseen)
{
	is("a<script>var x = '<p>no</p>';</script>b<style>p{}</style>"
	   "<!-- c --><?php echo ?><select><option>d</select>", "ab\n");
	is("<figure><img alt=x><figcaption>A view</figcaption></figure><p>Text",
	   "Text\n");
	cr_assert_str_eq((char *)captions.data, "A view\n");
}

/* `piece` so often that it fills n bytes */
static char *repeat(const char *piece, size_t n)
{
	size_t len = strlen(piece);
	char *all = malloc(n + 1);
	for (size_t i = 0; i < n; i++)
		all[i] = piece[i % len];
	all[n] = 0;
	return all;
}

/* Refused or read in seconds together; under the sanitizers in half a minute. */
Test(html_fragment, hostile, .timeout = 300)
{
	static const char *const pieces[] = {
		"<b>", "<div>", "</i>", "<p></b>", "<a ", "<a b=c ", "<!--",
		"&amp;", "<", "&", "<a b='", "<body a=1>", "<html b=2>",
		"<table><tr><td>", "<script>", "</p>", "<x-y>z</x-y>",
	};
	for (size_t i = 0; i < ARRAY_LEN(pieces); i++) {
		char *html = repeat(pieces[i], 4 << 20);
		int status = read_html(html, 4 << 20);
		cr_assert(status == NS_OK || status == NS_E_LIMIT,
		          "%s: %d", pieces[i], status);
		free(html);
	}
}

Test(html_fragment, deep_and_stray, .timeout = 300)
{
	enum { N = 1000000 };
	char *deep = repeat("<b>", 3 * N), *stray = repeat("</i>", 4 * N);
	char *both = malloc(7 * N);
	memcpy(both, deep, 3 * N);
	memcpy(both + 3 * N, stray, 4 * N);
	int status = read_html(both, 7 * N);
	cr_assert_eq(status, NS_E_LIMIT);
	free(deep);
	free(stray);
	free(both);
}

Test(html_fragment, many_attributes)
{
	static char html[20 * 400 + 16];
	size_t n = (size_t)sprintf(html, "<p ");
	for (int i = 0; i < 400; i++)
		n += (size_t)sprintf(html + n, "a%d=b ", i);
	n += (size_t)sprintf(html + n, ">x");
	cr_assert_eq(read_html(html, n), NS_E_LIMIT);
	is("<p a=b c=d>x", "x\n");
}
