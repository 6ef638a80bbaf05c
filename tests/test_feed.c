/* An item of a feed becomes an article, whatever the feed looks like. */
#include "random.h"
#include "feed/feed.h"
#include "source_case.h"

static const struct case_article *items(struct source_case *c, const char *text,
                                        size_t n)
{
	cr_assert_eq(case_read_text(c, "a.xml", text), NS_OK);
	cr_assert_eq(c->n_events, 0, "%s: %s", text, c->events[0].reason);
	cr_assert_eq(c->n, n, "%s: %zu", text, c->n);
	cr_assert_eq(c->report.by_format[SOURCE_FEED], n);
	return c->articles;
}

/* An item of RSS that holds this. */
static const struct case_article *item(struct source_case *c, const char *inside)
{
	static char text[4096];
	snprintf(text, sizeof text, "<rss version='2.0' "
	         "xmlns:content='http://purl.org/rss/1.0/modules/content/' "
	         "xmlns:dc='http://purl.org/dc/elements/1.1/' "
	         "xmlns:media='http://search.yahoo.com/mrss/'><channel>"
	         "<title>No</title><item>%s</item></channel></rss>", inside);
	return items(c, text, 1);
}

static const struct case_article *entry(struct source_case *c, const char *inside)
{
	static char text[4096];
	snprintf(text, sizeof text, "<feed xmlns='http://www.w3.org/2005/Atom'>"
	         "<title>No</title><entry>%s</entry></feed>", inside);
	return items(c, text, 1);
}

static struct source_case c;

static void start(void)
{
	case_start(&c);
}

static void stop(void)
{
	case_end(&c);
}

TestSuite(feed, .init = start, .fini = stop);

Test(feed, rss)
{
	const struct case_article *a = items(&c,
		"<?xml version=\"1.0\"?>\n<rss version=\"2.0\"><channel>\n"
		"<title>The Paper</title><link>https://example.org/</link>\n"
		"<language>en-gb</language>\n"
		"<image><title>no</title><link>https://no.org/</link></image>\n"
		"<item>\n<title>Rain &amp; sun</title>\n"
		"<description>&lt;p&gt;One &lt;b&gt;two&lt;/b&gt;.&lt;/p&gt;"
		"&lt;p&gt;Three.&lt;/p&gt;</description>\n"
		"<link>/a/7</link><guid>https://example.org/?p=7</guid>\n"
		"<author>ann@example.org (Ann Ray)</author>\n"
		"<category>World</category><category>rain</category>\n"
		"<pubDate>Thu, 06 Apr 2017 12:30:05 GMT</pubDate>\n</item>\n"
		"<item><title>Snow</title></item></channel></rss>\n", 2);
	cr_assert_str_eq(a->id, "");
	cr_assert_str_eq(a->title, "Rain & sun");
	cr_assert_str_eq(a->body, "One two.\nThree.\n");
	cr_assert_eq(a->facts.article.date, 1491481805);
	cr_assert_str_eq(a->section, "World");
	cr_assert_str_eq(a->topics, "World\nrain\n");
	cr_assert_str_eq(a->places, "");
	cr_assert_str_eq(a->author, "Ann Ray");
	cr_assert_str_eq(a->url, "https://example.org/a/7");
	cr_assert_str_eq(a->lang, "en-gb");
	cr_assert_str_eq(a->source, "a.xml:6");
	cr_assert_eq(a->facts.last_line, 13);
	cr_assert_str_eq(a[1].title, "Snow");
	cr_assert_str_eq(a[1].url, "");
}

Test(feed, rdf)
{
	const struct case_article *a = items(&c,
		"<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" "
		"xmlns=\"http://purl.org/rss/1.0/\" "
		"xmlns:dc=\"http://purl.org/dc/elements/1.1/\">"
		"<channel rdf:about=\"x\"><title>no</title><dc:language>de</dc:language>"
		"</channel><item rdf:about=\"http://example.org/1\"><title>Regen</title>"
		"<description>Es regnet.</description><dc:creator>A</dc:creator>"
		"<dc:creator>B</dc:creator><dc:date>2017-04-06</dc:date>"
		"<dc:subject>Welt</dc:subject></item></rdf:RDF>", 1);
	cr_assert_str_eq(a->title, "Regen");
	cr_assert_str_eq(a->body, "Es regnet.\n");
	cr_assert_str_eq(a->author, "A, B");
	cr_assert_str_eq(a->section, "Welt");
	cr_assert_str_eq(a->url, "http://example.org/1");
	cr_assert_str_eq(a->lang, "de");
	cr_assert_eq(a->facts.article.date, 1491436800);
}

Test(feed, atom)
{
	const struct case_article *a = items(&c,
		"<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"fr\" "
		"xml:base=\"http://example.org/x/\"><title>no</title>"
		"<author><name>The feed</name><email>no</email></author>"
		"<entry><title type=\"html\">Rain &amp;amp; &lt;i&gt;sun&lt;/i&gt;</title>"
		"<link rel=\"self\" href=\"no\"/>"
		"<link href=\"7.html?a=1&amp;b=&lt;2&c\"/>"
		"<id>urn:7</id><updated>2018-01-01T00:00:00Z</updated>"
		"<published>2017-04-06T00:00:00Z</published>"
		"<category term=\"w\" label=\"World\"/>"
		"<source><title>no</title></source>"
		"<content type=\"xhtml\"><div xmlns=\"http://www.w3.org/1999/xhtml\">"
		"<p>a &lt; b<br/>c &amp;amp; d</p></div></content></entry>"
		"<entry xml:lang=\"en\"><title>t &lt;b&gt;</title><author><name>A</name>"
		"<uri>no</uri></author><summary>s</summary></entry></feed>", 2);
	cr_assert_str_eq(a->title, "Rain & sun");
	cr_assert_str_eq(a->body, "a < b c &amp; d\n");
	cr_assert_str_eq(a->url, "http://example.org/x/7.html?a=1&b=<2&c");
	cr_assert_str_eq(a->author, "The feed");
	cr_assert_str_eq(a->section, "World");
	cr_assert_str_eq(a->lang, "fr");
	cr_assert_eq(a->facts.article.date, 1491436800);
	cr_assert_str_eq(a[1].title, "t <b>");
	cr_assert_str_eq(a[1].author, "A");
	cr_assert_str_eq(a[1].lang, "en");
}

Test(feed, atom_03)
{
	const struct case_article *a = items(&c,
		"<feed version=\"0.3\" xmlns=\"http://purl.org/atom/ns#\"><entry>"
		"<title mode=\"escaped\" type=\"text/html\">a &lt;b&gt;b&lt;/b&gt;</title>"
		"<content type=\"application/xhtml+xml\" mode=\"xml\"><p>c</p><p>d</p>"
		"</content><summary mode=\"base64\">YWFhYWFhYWFhYWFh</summary>"
		"<issued>2017-04-06T00:00:00Z</issued></entry></feed>", 1);
	cr_assert_str_eq(a->title, "a b");
	cr_assert_str_eq(a->body, "c\nd\n");
	cr_assert_eq(a->facts.article.date, 1491436800);
}

Test(feed, topics_and_places)
{
	const struct case_article *a = item(&c, "<title>a</title>"
		"<category domain='x'>Travel, Food &amp;amp; Drink</category>"
		"<category> </category><dc:subject>winter\n wheat</dc:subject>"
		"<media:group><media:keywords>oil, gas ,oil</media:keywords>"
		"</media:group><itunes:keywords>rain</itunes:keywords>"
		"<dc:coverage>Sochi, Russia; Rome</dc:coverage>"
		"<georss:featurename>Adler</georss:featurename>"
		"<keywords>no</keywords>");
	cr_assert_str_eq(a->section, "Travel, Food & Drink");
	cr_assert_str_eq(a->topics, "Travel, Food & Drink\nwinter wheat\noil\n"
	                 "gas\noil\nrain\n");
	cr_assert_str_eq(a->places, "Sochi, Russia\nRome\nAdler\n");
	/* keywords are no section */
	a = item(&c, "<title>a</title><media:keywords>b</media:keywords>");
	cr_assert_str_eq(a->section, "");
	cr_assert_str_eq(a->topics, "b\n");
	a = entry(&c, "<title>a</title><category term='w' label='World'/>"
	          "<category term='rain'/><category term='sun' label=' '/>"
	          "<category scheme='x'/>");
	cr_assert_str_eq(a->section, "World");
	cr_assert_str_eq(a->topics, "World\nrain\nsun\n");
	/* what the feed says is not of its items */
	a = items(&c, "<rss><channel><category>no</category><itunes:keywords>no"
	          "</itunes:keywords><item><title>a</title></item></channel></rss>",
	          1);
	cr_assert_str_eq(a->topics, "");
}

/* Values that would not fit make the item too large, not the feed. */
Test(feed, topics_without_end)
{
	struct buffer text;
	buffer_init(&text, 256u << 20);
	buffer_text(&text, "<rss><channel><item><title>a</title>");
	for (size_t n = 0; n <= NS_ARTICLE_MAX; n += 4096)
		buffer_printf(&text, "<category>%04095d</category>", 0);
	buffer_text(&text, "</item><item><title>b</title></item></channel></rss>");
	cr_assert_eq(case_read_bytes(&c, "a.xml", text.data, text.len), NS_OK);
	cr_assert_eq(c.n, 1);
	cr_assert_str_eq(c.articles[0].title, "b");
	cr_assert_eq(c.n_events, 1);
	cr_assert_eq(c.events[0].why, SOURCE_LARGE_ARTICLE);
	buffer_release(&text);
}

Test(feed, the_longest_text_is_the_body)
{
	cr_assert_str_eq(item(&c, "<description>short</description>"
		"<content:encoded><![CDATA[<p>the whole article</p>]]>"
		"</content:encoded>")->body, "the whole article\n");
	cr_assert_str_eq(item(&c, "<content:encoded>s</content:encoded>"
		"<description>the whole article</description>")->body,
		"the whole article\n");
	/* tags are no text */
	cr_assert_str_eq(item(&c, "<description>words</description>"
		"<content:encoded><![CDATA[<img src='https://example.org/a.png'>]]>"
		"</content:encoded>")->body, "words\n");
	cr_assert_str_eq(item(&c, "<title>T</title><media:content>"
		"<media:description>Ann Bee, the mayor, at the port</media:"
		"description></media:content><description>It rained."
		"</description><media:description>Ann Bee, the mayor, at the "
		"port</media:description>")->body, "It rained.\n");
	cr_assert_str_eq(item(&c, "<media:group><media:title>T</media:title>"
		"<media:content><media:description>one\n\n two\n"
		"</media:description></media:content></media:group>")->body,
		"one\ntwo\n");
	cr_assert_str_eq(c.articles[0].title, "T");
}

Test(feed, text_or_html)
{
	cr_assert_str_eq(item(&c, "<title>a &lt; b &amp; c</title>")->title,
	                 "a < b & c");
	cr_assert_str_eq(item(&c, "<title>Vector&lt;T&gt;</title>")->title,
	                 "Vector<T>");
	cr_assert_str_eq(item(&c, "<title>&lt;em&gt;a&lt;/em&gt;\n b</title>")->title,
	                 "a b");
	cr_assert_str_eq(item(&c, "<title>Caf&amp;eacute; &amp;#8217;</title>")->title,
	                 "Caf\u00E9 \u2019");
	cr_assert_str_eq(item(&c, "<title>Caf&eacute;&nbsp;A</title>")->title,
	                 "Caf\u00E9 A");
	cr_assert_str_eq(entry(&c, "<title type='text'>&lt;b&gt;</title>")->title,
	                 "<b>");
	cr_assert_str_eq(item(&c, "<description><p>not <b>escaped</b></p>"
	                      "<p>at all</p></description>")->body,
	                 "not escaped\nat all\n");
	cr_assert_str_eq(item(&c, "<description><![CDATA[a]]> b <![CDATA[c]]>"
	                      "</description>")->body, "a b c\n");
}

Test(feed, what_wordpress_adds)
{
	const struct case_article *a = item(&c, "<title>T</title><content:encoded>"
		"&lt;p&gt;It rained.&lt;/p&gt;&lt;p&gt;The post &lt;a href='x'"
		"&gt;Rain&lt;/a&gt; appeared first on &lt;a href='y'&gt;The "
		"Daily&lt;/a&gt;.&lt;/p&gt;</content:encoded>");
	cr_assert_str_eq(a->body, "It rained.\n");
	cr_assert_eq(a->facts.furniture, 1);
	a = item(&c, "<title>T</title><description>The post has appeared first "
		"on Monday.</description>");
	cr_assert_str_eq(a->body, "The post has appeared first on Monday.\n");
	cr_assert_eq(a->facts.furniture, 0);
}

#define WXR "<rss version='2.0' xmlns:wp='http://wordpress.org/export/1.2/' " \
	"xmlns:content='http://purl.org/rss/1.0/modules/content/'><channel>" \
	"<title>No</title><wp:wxr_version>1.2</wp:wxr_version>"
#define POST(text) WXR "<item><title>T</title><content:encoded><![CDATA[" text \
	"]]></content:encoded><wp:status>publish</wp:status><wp:post_type>post" \
	"</wp:post_type></item></channel></rss>"

/* An export has posts as they were typed. */
Test(feed, posts_of_an_export_of_wordpress)
{
	static const struct {
		const char *text, *body, *captions;
		uint32_t furniture;
	} cases[] = {
		{POST("It rained.\n\n[caption id=\"a_1\" width=\"300\"]<a href=x>"
		      "<img src=y></a> A <em>wet</em> road[/caption]\n\nIt ended."),
		 "It rained.\nIt ended.\n", "A wet road\n", 2},
		{POST("[caption width='3' caption='A wet road']<img src=y>"
		      "[/caption]It rained."), "It rained.\n", "A wet road\n", 2},
		{POST("[audio src=x] It rained [audio src=y]z[/audio]"),
		 "It rained\n", "", 2},
		{POST("It [gallery ids=\"1,2\"] rained [embed width=1]http://x.org/"
		      "a[/embed] [sic] [1]."), "It rained [sic] [1].\n", "", 2},
		{POST("[vc_row][vc_column_text el='a']It rained.[/vc_column_text]"
		      "[/vc_row]"), "It rained.\n", "", 4},
		{POST("One\r\n\r\nTwo\nthree"), "One\nTwo three\n", "", 0},
		{POST("[[gallery]] is [caption and [gallery and [galleryx] [/sic]"),
		 "[[gallery]] is [caption and [gallery and [galleryx] [/sic]\n",
		 "", 0},
		{POST("It [caption]rained [video src=x]on"), "It rained on\n", "", 2},
		{POST("It rained["), "It rained[\n", "", 0},
	};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct source_case own;
		case_start(&own);
		const struct case_article *a = items(&own, cases[i].text, 1);
		cr_assert_str_eq(a->body, cases[i].body, "%zu: %s", i, a->body);
		cr_assert_str_eq(a->captions, cases[i].captions, "%zu: %s", i,
		                 a->captions);
		cr_assert_eq(a->facts.furniture, cases[i].furniture, "%zu", i);
		case_end(&own);
	}
	/* brackets of other feeds are text */
	cr_assert_str_eq(item(&c, "<title>T</title><content:encoded>It [gallery] "
		"rained</content:encoded>")->body, "It [gallery] rained\n");
}

static void is_passed_over(const char *fields, const char *reason)
{
	struct source_case own;
	char text[1024];
	snprintf(text, sizeof text, WXR "<item><title>T</title><description>It "
	         "rained.</description>%s</item><item><title>U</title></item>"
	         "</channel></rss>", fields);
	case_start(&own);
	cr_assert_eq(case_read_text(&own, "a.xml", text), NS_OK);
	cr_assert_eq(own.n, 1);
	cr_assert_str_eq(own.articles[0].title, "U");
	cr_assert_eq(own.n_events, 1, "%s", fields);
	cr_assert_eq(own.events[0].kind, SOURCE_PASSED_OVER);
	cr_assert_eq(own.events[0].why, SOURCE_NO_ARTICLE);
	cr_assert(strstr(own.events[0].reason, reason), "%s",
	          own.events[0].reason);
	case_end(&own);
}

Test(feed, what_is_no_article_in_an_export_of_wordpress)
{
	is_passed_over("<wp:post_type>attachment</wp:post_type>", "not a post");
	is_passed_over("<wp:post_type><![CDATA[nav_menu_item]]></wp:post_type>",
	               "not a post");
	is_passed_over("<wp:status>publish</wp:status>"
	               "<wp:post_type> revision </wp:post_type>", "not a post");
	is_passed_over("<wp:status>draft</wp:status><wp:post_type>post"
	               "</wp:post_type>", "not printed");
	is_passed_over("<wp:status>trash</wp:status>", "not printed");
	items(&c, WXR "<item><title>T</title><wp:status>private</wp:status>"
	      "<wp:post_type>page</wp:post_type></item></channel></rss>", 1);
}

/* Each entry of Blogger has a category of its kind. */
Test(feed, a_category_that_is_none)
{
	cr_assert_str_eq(entry(&c, "<title>T</title><category scheme="
		"'http://schemas.google.com/g/2005#kind' term="
		"'http://schemas.google.com/blogger/2008/kind#post'/><category "
		"scheme='http://www.blogger.com/atom/ns#' term='Rain'/>")
		->section, "Rain");
}

Test(feed, links_and_names)
{
	static const char title[] = "<title>t</title>";
	char text[512];
	static const struct {
		const char *inside, *url, *author;
	} cases[] = {
		{"<link>http://a.org/1</link><guid>http://a.org/2</guid>",
		 "http://a.org/1", ""},
		{"<guid>http://a.org/2</guid>", "http://a.org/2", ""},
		{"<guid isPermaLink=\"false\">http://a.org/2</guid>", "", ""},
		{"<guid>17</guid>", "", ""},
		{"<link> http://a.org/1\n</link><feedburner:origLink>http://b.org/"
		 "</feedburner:origLink>", "http://b.org/", ""},
		{"<author>A</author><dc:creator>A</dc:creator>", "", "A"},
		{"<author>Ann &lt;a@b.org&gt;</author>", "", "Ann"},
		{"<author>a@b.org</author>", "", "a@b.org"},
		{"<author><name>A</name><email>e</email></author>", "", "A"},
	};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		snprintf(text, sizeof text, "%s%s", title, cases[i].inside);
		const struct case_article *a = item(&c, text);
		cr_assert_str_eq(a->url, cases[i].url, "%s", text);
		cr_assert_str_eq(a->author, cases[i].author, "%s", text);
	}
}

Test(feed, dates)
{
	cr_assert_eq(item(&c, "<title>t</title><pubDate>once</pubDate>"
		"<dc:date>2017-04-06</dc:date>")->facts.article.date, 1491436800);
	cr_assert_eq(c.report.dates_dropped, 0);
	cr_assert_eq(item(&c, "<title>t</title><pubDate>once</pubDate>")
	             ->facts.article.date, NS_NO_DATE);
	cr_assert_eq(c.report.dates_dropped, 1);
	cr_assert_eq(entry(&c, "<title>t</title><updated>2017-04-06</updated>"
		"<published>once</published>")->facts.article.date, 1491436800);
	cr_assert_eq(c.report.dates_dropped, 0);
	cr_assert_eq(entry(&c, "<title>t</title><updated>2018-01-01</updated>"
		"<published>2017-04-06</published><updated>2019-01-01</updated>")
		->facts.article.date, 1491436800);
}

/* What follows damage is read; the damage is told once, with its line. */
static void broken(const char *text, size_t n, const char *reason,
                   const char *place)
{
	cr_assert_eq(case_read_text(&c, "a.xml", text), NS_OK);
	cr_assert_eq(c.n, n, "%s: %zu", text, c.n);
	cr_assert_geq(c.n_events, 1, "%s", text);
	cr_assert_str_eq(c.events[0].reason, reason);
	cr_assert_str_eq(c.events[0].place, case_path(&c, place));
	cr_assert_eq(c.events[0].why, SOURCE_BAD_XML);
}

Test(feed, damage)
{
	broken("<rss><channel>\n<item><title>a</b></title></item>\n"
	       "<item><title>b</title></item></channel></rss>", 2,
	       "bad XML: </b> ends nothing", "a.xml:2");
	cr_assert_eq(c.n_events, 1);
	broken("<rss><channel><item><title>a</title>\n<item><title>b</title>"
	       "</item></channel></rss>", 2,
	       "bad XML: </channel> before the end of <item>", "a.xml:2");
	cr_assert_str_eq(c.articles[1].title, "b");
	broken("<rss><channel><item><title>a</title></item>\n<item><title>b</ti",
	       1, "bad XML: the end is missing, from inside of <title>", "a.xml:2");
	cr_assert_eq(c.n_events, 2);
	cr_assert_str_eq(c.events[1].reason, "bad XML: an item that does not end");
	c.options.strict = true;
	cr_assert_eq(case_read(&c, "a.xml"), NS_E_USAGE);
	cr_assert_eq(c.err.line, 2);
}

Test(feed, what_readers_forgive)
{
	c.options.format = SOURCE_FEED;
	const struct case_article *a = items(&c,
		"\n  junk <rss><channel><item><title>AT&T &nbsp; a < b</title>"
		"<link>http://a.org/?a=1&b=2</link><description>\x01</description>"
		"</item></channel></rss> junk\n<rss><item><title>2</title></item></rss>",
		2);
	cr_assert_str_eq(a->title, "AT&T a < b");
	cr_assert_str_eq(a->url, "http://a.org/?a=1&b=2");
	cr_assert_str_eq(a[1].title, "2");
	a = items(&c, "<rss><item><title>a</title><item/><guid>http://a.org/</guid>"
	          "</item></rss>", 1);
	cr_assert_str_eq(a->url, "http://a.org/");
}

Test(feed, sniffed)
{
	static const char *const feeds[] = {"<rss", "<rdf:RDF", "<feed", "<a:feed",
		"\xEF\xBB\xBF<rss", "<?xml version='1.0'?>\n\n<!-- <html> --><rss",
		"<!DOCTYPE rss PUBLIC '-//N//DTD' 'x'><rss",
		"<!DOCTYPE rss [ <!ENTITY a \"b\"> ]>\n<rss"};
	static const char *const others[] = {"<html><rss", "<!DOCTYPE html><html",
		"text <rss", "rss", "<rssx", "<!-- <rss>"};
	char text[256];
	for (size_t i = 0; i < ARRAY_LEN(feeds); i++) {
		snprintf(text, sizeof text, "%s version='2.0'>", feeds[i]);
		cr_assert(feed_is(slice_of(text, strlen(text))) || i == 4, "%s", text);
	}
	for (size_t i = 0; i < ARRAY_LEN(others); i++) {
		snprintf(text, sizeof text, "%s version='2.0'>", others[i]);
		cr_assert_not(feed_is(slice_of(text, strlen(text))), "%s", text);
	}
}

/* ---- hostile feeds --------------------------------------------------------------- */

Test(feed, entities_are_not_expanded)
{
	broken("<!DOCTYPE rss [<!ENTITY a \"ha\">\n<!ENTITY b \"&a;&a;&a;&a;\">"
	       "<!ENTITY c SYSTEM \"file:///etc/passwd\">]>\n"
	       "<rss><item><title>&b;&b;</title><description>&c;</description>"
	       "</item></rss>", 1, "bad XML: entities of the document's own are "
	       "not expanded: &b;", "a.xml:3");
	cr_assert_str_eq(c.articles[0].title, "&b;&b;");
	cr_assert_str_eq(c.articles[0].body, "&c;\n");
}

static void repeated(struct buffer *text, const char *head, const char *unit,
                     size_t n, const char *tail)
{
	buffer_clear(text);
	buffer_text(text, "<rss><item><title>a</title></item>\n<item>"
	            "<title>b</title><description>");
	buffer_text(text, head);
	for (size_t len = strlen(unit); n >= len; n -= len)
		buffer_text(text, unit);
	buffer_text(text, tail);
	buffer_text(text, "</description></item>\n<item><title>c</title></item>"
	            "</rss>");
	cr_assert_eq(text->status, NS_OK);
	cr_assert_eq(case_read_bytes(&c, "a.xml", text->data, text->len), NS_OK);
}

Test(feed, limits)
{
	struct buffer text;
	buffer_init(&text, 64u << 20);
	repeated(&text, "", "0123456789abcde ", NS_ARTICLE_MAX + 32, "");
	cr_assert_eq(c.n, 2);
	cr_assert_eq(c.n_events, 1);
	cr_assert_eq(c.events[0].why, SOURCE_LARGE_ARTICLE);
	cr_assert_str_eq(c.events[0].place, case_path(&c, "a.xml:2"));
	repeated(&text, "<![CDATA[", "0123456789abcde ", NS_ARTICLE_MAX + 32, "]]>");
	cr_assert_eq(c.n, 2);
	cr_assert_eq(c.events[0].why, SOURCE_LARGE_ARTICLE);
	repeated(&text, "<![CDATA[", "0123456789abcde ", NS_ARTICLE_MAX - 64, "]]>");
	cr_assert_eq(c.n, 3);
	repeated(&text, "<!--", "0123456789abcde ", NS_ARTICLE_MAX * 2, "-->");
	cr_assert_eq(c.n, 3);
	cr_assert_eq(c.n_events, 0);
	/* a million tags, open or not: what came before is kept */
	repeated(&text, "", "<a>", 3000000, "");
	cr_assert_eq(c.n, 1);
	cr_assert_str_eq(c.events[0].reason, "bad XML: nested deeper than 256");
	repeated(&text, "", "<a/>", 4000000, "");
	cr_assert_eq(c.n + c.report.refused_by[SOURCE_BAD_HTML], 3);
	buffer_release(&text);
}

Test(feed, every_truncation_and_flip_is_survived)
{
	static const char text[] = "<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b 'c'>]>"
		"<rss xmlns:dc='d'><channel xml:base='http://a/'><item><title>\xC3\xA9&b;&lt;"
		"</title><dc:date>2017</dc:date><description><![CDATA[<p>x</p>]]> <i>y</i>"
		"</description><link href='e'/><!-- f --></item></channel></rss>";
	c.options.format = SOURCE_FEED;
	for (size_t n = 1; n < sizeof text - 1; n++) {
		cr_assert_eq(case_read_bytes(&c, "a", text, n), NS_OK);
		cr_assert_geq(c.n + c.n_events, 1, "cut at %zu", n);
	}
	for (size_t i = 0; i < (sizeof text - 1) * 8; i += 3) {
		char flipped[sizeof text];
		memcpy(flipped, text, sizeof text);
		flipped[i / 8] = (char)(flipped[i / 8] ^ (1 << i % 8));
		cr_assert_eq(case_read_bytes(&c, "a", flipped, sizeof text - 1),
		             NS_OK);
		cr_assert_geq(c.n + c.n_events, 1, "flip %zu", i);
	}
}

Test(feed, random_feeds_are_survived)
{
	static const char *const words[] = {"<rss>", "<channel>", "</channel>",
		"<item>", "</item>", "<item/>", "<entry>", "</entry>", "<title>", "</title>",
		"<description>", "</description>", "<author>", "<name>", "</name>",
		"</author>", "<link href='a' rel='alternate'/>", "<b>", "</b>", "text",
		"&lt;p&gt;", "&", "<content type='xhtml'>", "</content>", "<media:group>",
		"</media:group>", "<media:title>", "</media:title>", "<![CDATA[", "]]>",
		"<br/>", "\n", "<category term='x'/>", "<updated>2017-01-01</updated>"};
	struct random random = random_start(43);
	c.options.format = SOURCE_FEED;
	for (int round = 0; round < 4000; round++) {
		struct buffer text;
		buffer_init(&text, 1 << 20);
		for (uint32_t n = random_below(&random, 60); n; n--)
			buffer_text(&text, words[random_below(&random,
			            ARRAY_LEN(words))]);
		cr_assert_eq(case_read_bytes(&c, "a", text.data, text.len), NS_OK,
		             "seed %llu round %d",
		             (unsigned long long)random.seed, round);
		buffer_release(&text);
	}
}

Test(feed, memory_may_end_at_any_point)
{
	case_write(&c, "a.xml", "<feed xml:base='http://a.org/'><entry>"
		"<title type='html'>a &lt;b&gt;c&lt;/b&gt;</title><link href='d'/>"
		"<author><name>e</name></author><category term='i'/>"
		"<dc:coverage>j;k</dc:coverage><summary>\xFF</summary>"
		"<content type='xhtml'><div>f<p>g</p></div></content></entry>"
		"<entry><title>h</wrong></title></entry></feed>");
	case_exhaust(&c, case_path(&c, "a.xml"));
	cr_assert_eq(c.n, 2);
	cr_assert_eq(c.n_events, 1);
}
