/* Several articles on a page are cut apart; one is not. */
#include "html_case.h"

#define TEXT "There is so much to say of this that one sentence has to do. " \
	"The second one is shorter."

static struct html_case c;

static void start(void)
{
	html_case_start(&c);
}

static void end(void)
{
	html_case_end(&c);
}

TestSuite(html_listing, .init = start, .fini = end);

Test(html_listing, articles)
{
	static const char page[] = "<html lang=en><title>The Daily</title><h1>"
		"World</h1>"
		"<article><h2>First headline</h2><time datetime=2017-04-06>"
		"</time><p>One. " TEXT "</article>"
		"<article><h2><a href='/2'>Second headline</a></h2><p>Two. "
		TEXT "<p>More. " TEXT "</article>";
	cr_assert_eq(html_case_read(&c, page, sizeof page - 1, NULL), NS_OK);
	cr_assert_eq(c.n, 2);
	cr_assert_str_eq(c.articles[0].title, "First headline");
	cr_assert_str_eq(c.articles[0].body, "One. " TEXT "\n");
	cr_assert_str_eq(c.articles[0].date, "2017-04-06");
	cr_assert_str_eq(c.articles[0].lang, "en");
	cr_assert_str_eq(c.articles[0].url, "");
	cr_assert_str_eq(c.articles[1].title, "Second headline");
	cr_assert_str_eq(c.articles[1].body,
	                 "Two. " TEXT "\nMore. " TEXT "\n");
	cr_assert_str_eq(c.articles[1].url, "/2");
	cr_assert_str_eq(c.articles[1].date, "");
}

#define TEASER(n) "<div class='teaser-" n " item'><h3><a href=/" n ">Headline " \
	n "</a></h3><p>Of " n ". " TEXT "</p></div>"

Test(html_listing, teasers)
{
	static const char page[] = "<h1>Sports</h1><div>" TEASER("1")
		TEASER("2") TEASER("3") "<div class=ad>Buy this</div></div>";
	cr_assert_eq(html_case_read(&c, page, sizeof page - 1, NULL), NS_OK);
	cr_assert_eq(c.n, 3);
	cr_assert_str_eq(c.articles[2].title, "Headline 3");
	cr_assert_str_eq(c.articles[2].body, "Of 3. " TEXT "\n");
}

Test(html_listing, an_article_with_teasers_is_one)
{
	const struct html_case_article *a = html_case_one(&c,
		"<h1>One story</h1><p>A. " TEXT "<p>B. " TEXT "<p>C. " TEXT
		"<p>D. " TEXT "<p>E. " TEXT "<div class=related>" TEASER("1")
		TEASER("2") TEASER("3") "</div>");
	cr_assert(strstr(a->body, "E. " TEXT));
	cr_assert(!strstr(a->body, "Of 1"));
}

Test(html_listing, an_article_with_comments_is_one)
{
	const struct html_case_article *a = html_case_one(&c,
		"<article><h1>One story</h1><p>A. " TEXT "<p>B. " TEXT
		"</article><div id=comments><article class=comment><p>Bob: " TEXT
		"</article><article class=comment><p>Eve: " TEXT "</article>"
		"<article class=comment><p>Ann: " TEXT "</article></div>");
	cr_assert_str_eq(a->body, "A. " TEXT "\nB. " TEXT "\n");
}

Test(html_listing, a_page_that_says_it_is_one_article)
{
	html_case_one(&c, "<meta property=og:type content=article>"
		"<article><h2>First part</h2><p>" TEXT "</article>"
		"<article><h2>Second part</h2><p>" TEXT "</article>");
}
