/* A page of a wiki becomes an article. */
#include "feed/mediawiki.h"
#include "source_case.h"

static struct source_case c;

static void start(void)
{
	case_start(&c);
}

static void stop(void)
{
	case_end(&c);
}

TestSuite(mediawiki, .init = start, .fini = stop);

#define HEAD "<mediawiki xmlns=\"http://www.mediawiki.org/xml/export-0.10/\" " \
	"xml:lang=\"de\">\n<siteinfo><base>https://de.example.org/wiki/Haupt" \
	"</base><namespaces><namespace key=\"0\"/><namespace key=\"1\">Talk" \
	"</namespace><namespace key=\"6\">Datei</namespace>" \
	"<namespace key=\"14\">Kategorie</namespace></namespaces>" \
	"</siteinfo>\n"

#define PAGE(title, more, text) "<page><title>" title "</title>" more \
	"<revision><timestamp>2017-04-06T00:00:00Z</timestamp><contributor>" \
	"<username>Ann</username><id>1</id></contributor><text bytes=\"9\">" text \
	"</text></revision></page>\n"

static void reads(const char *text, size_t n, size_t n_events)
{
	cr_assert_eq(case_read_text(&c, "a.xml", text), NS_OK);
	cr_assert_eq(c.n, n, "%zu", c.n);
	cr_assert_eq(c.n_events, n_events, "%zu", c.n_events);
	cr_assert_eq(c.report.by_format[SOURCE_MEDIAWIKI], n);
}

Test(mediawiki, a_page)
{
	reads(HEAD PAGE("Rain &amp; Sn\u00F6w", "<ns>0</ns><id>7</id>",
	      "[[Datei:a.jpg|thumb|A b]]'''Rain''' fell on [[Rome|the city]].\n\n"
	      "== More ==\nIt &lt;i&gt;rained&lt;/i&gt;.\n"
	      "[[Kategorie:Wetter &amp; Klima|Regen]]\n[[category:Rom]]"
	      "[[:Kategorie:Schnee]]") "</mediawiki>", 1, 0);
	const struct case_article *a = c.articles;
	cr_assert_str_eq(a->id, "");
	cr_assert_str_eq(a->title, "Rain & Sn\u00F6w");
	cr_assert_str_eq(a->body, "Rain fell on the city.\nMore\nIt rained.\n"
	                 "Kategorie:Schnee\n");
	cr_assert_str_eq(a->topics, "Wetter & Klima\nRom\n");
	cr_assert_str_eq(a->captions, "A b\n");
	cr_assert_str_eq(a->author, "Ann");
	cr_assert_str_eq(a->url,
	                 "https://de.example.org/wiki/Rain_&_Sn%C3%B6w");
	cr_assert_str_eq(a->lang, "de");
	cr_assert_eq(a->facts.article.date, 1491436800);
	cr_assert_str_eq(a->source, "a.xml:3");
}

Test(mediawiki, the_last_revision)
{
	reads("<mediawiki><page><title>A</title><ns>0</ns>"
	      "<revision><timestamp>2016-01-01</timestamp><contributor><ip>1.2.3.4"
	      "</ip></contributor><text>old</text></revision>"
	      "<revision><timestamp>2017-04-06</timestamp><contributor><username>B"
	      "</username></contributor><text>new</text></revision></page>"
	      "</mediawiki>", 1, 0);
	cr_assert_str_eq(c.articles[0].body, "new\n");
	cr_assert_str_eq(c.articles[0].author, "B");
	cr_assert_str_eq(c.articles[0].url, "");
	cr_assert_eq(c.articles[0].facts.article.date, 1491436800);
}

Test(mediawiki, a_report_has_its_own_date)
{
	reads(HEAD PAGE("A", "", "{{date|2016-12-24}}\nText") "</mediawiki>", 1, 0);
	cr_assert_eq(c.articles[0].facts.article.date, 1482537600);
	reads(HEAD PAGE("A", "", "{{date|once}}\nText") "</mediawiki>", 1, 0);
	cr_assert_eq(c.articles[0].facts.article.date, 1491436800);
	cr_assert_eq(c.report.dates_dropped, 0);
}

Test(mediawiki, what_is_no_article_is_passed_over)
{
	reads(HEAD PAGE("A", "<ns>0</ns>", "a")
	      PAGE("B", "<ns>0</ns><redirect title=\"A\"/>", "#REDIRECT [[A]]")
	      PAGE("C", "<ns>0</ns>", "#redirect [[A]]")
	      PAGE("Talk:D", "<ns>1</ns>", "d")
	      PAGE("Talk:E", "", "e")
	      "<page><title>F</title><ns>0</ns><revision><model>css</model>"
	      "<text>f</text></revision></page></mediawiki>", 1, 5);
	for (size_t i = 0; i < c.n_events; i++) {
		cr_assert_eq(c.events[i].kind, SOURCE_PASSED_OVER);
		cr_assert_eq(c.events[i].why,
		             i < 2 ? SOURCE_REDIRECT : SOURCE_NO_ARTICLE);
	}
	cr_assert_str_eq(c.events[0].place, case_path(&c, "a.xml:4"));
	/* nothing else in it is no fault */
	reads(HEAD PAGE("Talk:D", "<ns>1</ns>", "d") "</mediawiki>", 0, 1);
	cr_assert_eq(c.report.refused, 0);
}

Test(mediawiki, damage)
{
	reads(HEAD PAGE("A", "", "a") "<page><title>B</title><revision><text>b", 1, 2);
	cr_assert_eq(c.events[0].why, SOURCE_BAD_XML);
	cr_assert_str_eq(c.events[1].reason, "bad XML: a page that does not end");
	cr_assert_str_eq(c.events[1].place, case_path(&c, "a.xml:4"));
}

Test(mediawiki, an_article_too_large_costs_no_other)
{
	struct buffer text;
	buffer_init(&text, 64u << 20);
	buffer_text(&text, HEAD PAGE("A", "", "a")
	            "<page><title>B</title><revision><text>");
	while (text.len < NS_ARTICLE_MAX + 4096)
		buffer_text(&text, "0123456789abcde ");
	buffer_text(&text, "</text></revision></page>" PAGE("C", "", "c")
	            "</mediawiki>");
	cr_assert_eq(case_read_bytes(&c, "a.xml", text.data, text.len), NS_OK);
	cr_assert_eq(c.n, 2);
	cr_assert_eq(c.n_events, 1);
	cr_assert_eq(c.events[0].why, SOURCE_LARGE_ARTICLE);
	buffer_release(&text);
}

Test(mediawiki, memory_may_end_at_any_point)
{
	case_write(&c, "a.xml", HEAD PAGE("A", "", "[[Datei:a|b]] {{c}} \xFF d"
	           "[[Category:e]]")
	           PAGE("B", "<redirect/>", "") "</mediawiki>");
	case_exhaust(&c, case_path(&c, "a.xml"));
	cr_assert_eq(c.n, 1);
	cr_assert_eq(c.n_events, 1);
}
