/* Articles of news exchange, in each of its languages. */
#include "random.h"
#include "feed/newsml.h"
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

TestSuite(newsml, .init = start, .fini = stop);

static const struct case_article *reads(const char *text, size_t n,
                                        size_t n_events)
{
	cr_assert_eq(case_read_text(&c, "a.xml", text), NS_OK);
	cr_assert_eq(c.n_events, n_events, "%zu: %s", c.n_events,
	             c.events[0].reason);
	cr_assert_eq(c.n, n, "%zu", c.n);
	cr_assert_eq(c.report.by_format[SOURCE_NEWSML], n);
	return c.articles;
}

static void dated(const struct case_article *a, int64_t date, bool is_day)
{
	cr_assert_eq(a->facts.article.date, date, "%lld",
	             (long long)a->facts.article.date);
	cr_assert_eq(a->facts.article.date_is_day, is_day);
}

/* ---- NITF ------------------------------------------------------------------- */

/* As the Annotated Corpus has them. */
#define TIMES_HEAD \
	"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" \
	"<!DOCTYPE nitf SYSTEM \"http://www.nitf.org/IPTC/NITF/3.3/" \
	"specification/dtd/nitf-3-3.dtd\">\n" \
	"<nitf change.date=\"June 10, 2005\" change.time=\"19:30\" " \
	"version=\"-//IPTC//DTD NITF 3.3//EN\">\n  <head>\n" \
	"    <title>Rain Delays Ships</title>\n" \
	"    <meta content=\"01RAIN\" name=\"slug\"/>\n" \
	"    <meta content=\"1\" name=\"publication_day_of_month\"/>\n" \
	"    <meta content=\"7\" name=\"publication_month\"/>\n" \
	"    <meta content=\"2003\" name=\"publication_year\"/>\n" \
	"    <meta content=\"Foreign Desk\" name=\"dsk\"/>\n" \
	"    <meta content=\"A\" name=\"print_section\"/>\n"

static const char of_the_times[] = TIMES_HEAD
	"    <meta content=\"Front Page; World\" name=\"online_sections\"/>\n"
	"    <docdata>\n      <doc-id id-string=\"1500001\"/>\n"
	"      <doc.copyright holder=\"The New York Times\" year=\"2003\"/>\n"
	"      <identified-content>\n"
	"        <classifier class=\"indexing_service\" type=\"descriptor\">"
	"WEATHER</classifier>\n"
	"        <org class=\"indexing_service\">COAST GUARD</org>\n"
	"        <person class=\"indexing_service\">BEE, ANN</person>\n"
	"        <person class=\"online_producer\">Cee, Bob</person>\n"
	"        <location class=\"indexing_service\">SOCHI (RUSSIA)</location>\n"
	"        <location class=\"online_producer\">Black Sea</location>\n"
	"        <classifier class=\"online_producer\" "
	"type=\"taxonomic_classifier\">Top/News/World</classifier>\n"
	"        <object.title class=\"indexing_service\">A BOOK</object.title>\n"
	"      </identified-content>\n    </docdata>\n"
	"    <pubdata date.publication=\"20030701T000000\" "
	"ex-ref=\"http://query.example.com/page.html?res=9&amp;x=1\" "
	"item-length=\"19\" name=\"The New York Times\" "
	"unit-of-measure=\"word\"/>\n  </head>\n  <body>\n    <body.head>\n"
	"      <hedline>\n        <hl1>Rain Delays Ships;\n          Port Shut</hl1>\n"
	"        <hl2 class=\"online_headline\">Ships Delayed</hl2>\n"
	"      </hedline>\n"
	"      <byline class=\"print_byline\">By JOHN F. DEE</byline>\n"
	"      <byline class=\"normalized_byline\">Dee, John F</byline>\n"
	"      <dateline>SOCHI, Russia, June 30</dateline>\n"
	"      <abstract>\n        <p>Rain in Sochi; photo (M)</p>\n      </abstract>\n"
	"    </body.head>\n    <body.content>\n"
	"      <block class=\"lead_paragraph\">\n"
	"        <p>It rained &amp; rained.</p>\n      </block>\n"
	"      <block class=\"online_lead_paragraph\">\n"
	"        <p>It rained.</p>\n      </block>\n"
	"      <block class=\"full_text\">\n"
	"        <p>It rained &amp; rained.</p>\n"
	"        <p>No ship, said\n  the mayor of <location>Sochi</location>, "
	"would leave.</p>\n      </block>\n"
	"      <block class=\"correction_text\"><p>Correction: July 2.</p></block>\n"
	"    </body.content>\n  </body>\n</nitf>\n";

Test(newsml, an_article_of_the_times)
{
	const struct case_article *a = reads(of_the_times, 1, 0);
	cr_assert_str_eq(a->id, "1500001");
	cr_assert_str_eq(a->title, "Rain Delays Ships; Port Shut");
	cr_assert_str_eq(a->body, "It rained & rained.\n"
		"No ship, said the mayor of Sochi, would leave.\n"
		"Correction: July 2.\n");
	cr_assert_str_eq(a->section, "Front Page");
	cr_assert_str_eq(a->author, "JOHN F. DEE");
	cr_assert_str_eq(a->url, "http://query.example.com/page.html?res=9&x=1");
	cr_assert_str_eq(a->topics, "WEATHER\nTop/News/World\n");
	cr_assert_str_eq(a->places, "SOCHI (RUSSIA)\nBlack Sea\n");
	cr_assert_str_eq(a->captions, "SOCHI, Russia, June 30\n"
		"People: BEE, ANN, Cee, Bob\nOrganizations: COAST GUARD\n");
	cr_assert_str_eq(a->lang, "");
	dated(a, 1057017600, true);
	cr_assert_str_eq(a->source, "a.xml:3");
}

Test(newsml, what_the_times_lacks)
{
	const struct case_article *a = reads(TIMES_HEAD "</head><body><body.head>"
		"<byline class=\"normalized_byline\">Dee, John F; Bee, Ann; Reuters"
		"</byline></body.head><body.content><block class=\"lead_paragraph\">"
		"<p>It rained.</p></block></body.content></body></nitf>", 1, 0);
	cr_assert_str_eq(a->id, "");
	cr_assert_str_eq(a->title, "Rain Delays Ships");
	cr_assert_str_eq(a->body, "It rained.\n");
	cr_assert_str_eq(a->section, "Foreign Desk");
	cr_assert_str_eq(a->author, "John F Dee, Ann Bee, Reuters");
	dated(a, 1057017600, true);
	a = reads("<nitf><head><title>A</title></head><body><body.head><abstract>"
		"<p>In short.</p></abstract></body.head></body></nitf>", 1, 0);
	cr_assert_str_eq(a->body, "In short.\n");
	dated(a, NS_NO_DATE, false);
}

#define FULL(paragraphs) "<nitf><body><body.content>" \
	"<block class=\"full_text\">" paragraphs "</block></body.content></body></nitf>"

Test(newsml, a_lead_that_is_marked)
{
	const struct case_article *a = reads(
		FULL("<p>LEAD: It rained.</p><p>It rained.</p><p>Much.</p>")
		FULL("<p>LEAD: It rained.</p><p>Much.</p>") FULL("<p>LEAD:</p>"
		"<p>Much.</p>") FULL("<p>LEADS</p>"), 4, 0);
	cr_assert_str_eq(a[0].body, "It rained.\nMuch.\n");
	cr_assert_eq(a[0].facts.furniture, 1);
	cr_assert_str_eq(a[1].body, "It rained.\nMuch.\n");
	cr_assert_eq(a[1].facts.furniture, 0);
	cr_assert_str_eq(a[2].body, "Much.\n");
	cr_assert_str_eq(a[3].body, "LEADS\n");
}

Test(newsml, a_wire_in_nitf)
{
	const struct case_article *a = reads(
		"<nitf xml:lang='de' version='-//IPTC//DTD NITF 3.4//EN'><head>"
		"<tobject tobject.type='news'><tobject.subject "
		"tobject.subject.type='Weather' tobject.subject.matter='Storm'/>"
		"</tobject><docdata><evloc iso-cc='RU' city='Sochi'/>"
		"<date.issue norm='20170406T103000+0200'/>"
		"<key-list><keyword key='rain'/><keyword key='sea'/></key-list>"
		"<identified-content><classifier type='t' value='Sea'/>"
		"<location><city>Adler</city><country>Russia</country></location>"
		"</identified-content></docdata><pubdata "
		"date.publication='20170407' position.section='world'/></head>"
		"<body><body.head><hedline><hl1>Rain</hl1><hl2>And more</hl2>"
		"</hedline><byline>By <person>Ann Bee</person>, <byttl>Staff Writer"
		"</byttl></byline><dateline><location>SOCHI</location> (dpa)"
		"</dateline></body.head><body.content><p>It <em>r</em>ained.</p>"
		"<media media-type='image'><media-reference source='a.jpg'>x"
		"</media-reference><media-caption>The sea</media-caption>"
		"<media-producer>B</media-producer></media><hl2>Later</hl2>"
		"<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>"
		"<pre>1 2\n3 4</pre><ul><li>d</li><li>e</li></ul>f<br/>g"
		"</body.content><body.end><tagline>AB/cd</tagline></body.end>"
		"</body></nitf>", 1, 0);
	cr_assert_str_eq(a->title, "Rain");
	cr_assert_str_eq(a->body, "And more\nIt rained.\nLater\na b\nc\n1 2\n3 4\n"
	                 "d\ne\nf\ng\n");
	cr_assert_str_eq(a->author, "Ann Bee");
	cr_assert_str_eq(a->section, "world");
	cr_assert_str_eq(a->lang, "de");
	cr_assert_str_eq(a->topics, "Weather\nStorm\nrain\nsea\nSea\n");
	cr_assert_str_eq(a->places, "Sochi\nRU\nAdler Russia\n");
	cr_assert_str_eq(a->captions, "SOCHI (dpa)\nThe sea\nAB/cd\n");
	dated(a, 1491467400, false);
}

/* ---- RCV1 -------------------------------------------------------------------- */

static const char reuters[] =
	"<?xml version=\"1.0\" encoding=\"iso-8859-1\" ?>\n"
	"<newsitem itemid=\"2286\" id=\"root\" date=\"1996-08-20\" "
	"xml:lang=\"en\">\n<title>RUSSIA: Rain stops play in S\xF6ul.</title>\n"
	"<headline>Rain stops play.</headline>\n<byline>Ann Bee</byline>\n"
	"<dateline>SOCHI 1996-08-20</dateline>\n<text>\n<p>It rained.</p>\n"
	"<p>Shares of AT&amp;T &lt;T.N&gt; rose.</p>\n</text>\n"
	"<copyright>(c) Reuters Limited 1996</copyright>\n<metadata>\n"
	"<codes class=\"bip:countries:1.0\">\n  <code code=\"RUSS\">\n"
	"    <editdetail attribution=\"Reuters BIP Coding Group\" "
	"action=\"confirmed\" date=\"1996-08-20\"/>\n  </code>\n</codes>\n"
	"<codes class=\"bip:industries:1.0\"><code code=\"I75000\"></code></codes>\n"
	"<codes class=\"bip:topics:1.0\">\n  <code code=\"GWEA\"></code>\n"
	"  <code code=\"GCAT\"></code>\n</codes>\n"
	"<dc element=\"dc.date.created\" value=\"1996-08-20\"/>\n"
	"<dc element=\"dc.publisher\" value=\"Reuters Holdings Plc\"/>\n"
	"</metadata>\n</newsitem>\n";

Test(newsml, an_item_of_reuters)
{
	const struct case_article *a = reads(reuters, 1, 0);
	cr_assert_str_eq(a->id, "2286");
	cr_assert_str_eq(a->title, "Rain stops play.");
	cr_assert_str_eq(a->body, "It rained.\nShares of AT&T <T.N> rose.\n");
	cr_assert_str_eq(a->author, "Ann Bee");
	cr_assert_str_eq(a->lang, "en");
	cr_assert_str_eq(a->captions, "SOCHI 1996-08-20\n");
	cr_assert_str_eq(a->topics, "I75000\nGWEA\nGCAT\n");
	cr_assert_str_eq(a->places, "RUSS\n");
	dated(a, 840499200, true);
	cr_assert_eq(c.report.decoded, 1);
	a = reads("<newsitem itemid='1'><title>RUSSIA: Rain</title></newsitem>\n"
	          "<newsitem itemid='2'><title>S</title><text>T</text></newsitem>",
	          2, 0);
	cr_assert_str_eq(a[0].title, "RUSSIA: Rain");
	cr_assert_str_eq(a[1].id, "2");
	cr_assert_str_eq(a[1].body, "T\n");
}

/* ---- NewsML-G2 ----------------------------------------------------------------- */

#define MESSAGE(inside) "<?xml version='1.0'?>\n" \
	"<newsMessage xmlns='http://iptc.org/std/nar/2006-10-01/'>\n" \
	"<header><sent>2017-04-07T00:00:00Z</sent><sender>no</sender></header>" \
	"<itemSet>\n" inside "</itemSet></newsMessage>\n"

#define META \
	"<newsItem guid='urn:newsml:a:1' version='3' xml:lang='en-GB'>" \
	"<catalogRef href='http://a.org/'/><rightsInfo><copyrightHolder>" \
	"<name>no</name></copyrightHolder></rightsInfo><itemMeta>" \
	"<itemClass qcode='ninat:text'/><provider><name>no</name></provider>" \
	"<versionCreated>2017-04-06T12:30:05+02:00</versionCreated>" \
	"<firstCreated>2017-04-05T00:00:00Z</firstCreated>" \
	"<title>slug</title></itemMeta><contentMeta>" \
	"<contentCreated>2017-04-01</contentCreated>" \
	"<located qcode='city:1'><name>Moscow</name></located>" \
	"<creator qcode='c:1'><name>Cee</name></creator>" \
	"<subject type='cpnat:abstract' qcode='medtop:17000000'>" \
	"<name xml:lang='en'>weather</name><name xml:lang='de'>Wetter</name>" \
	"<broader qcode='x:1'><name>no</name></broader></subject>" \
	"<subject type='cpnat:event' qcode='medtop:20000567'/>" \
	"<subject type='cpnat:geoArea' literal='x'><name>Sochi</name></subject>" \
	"<subject type='cpnat:geoArea' qcode='alias:7'/>" \
	"<subject type='cpnat:abstract'><name>weather</name></subject>" \
	"<subject type='cpnat:person'><name>Ann Bee</name></subject>" \
	"<subject type='cpnat:organisation'><name>UN</name></subject>" \
	"<keyword>rain</keyword><language tag='en'/><slugline>no</slugline>" \
	"<headline>Rain in Sochi</headline><headline role='h:sub'>no</headline>" \
	"<by>By Dee</by><dateline>SOCHI -</dateline>" \
	"<description>In short.</description></contentMeta>"

Test(newsml, a_message_of_g2)
{
	const struct case_article *a = reads(MESSAGE(META
		"<contentSet><inlineXML contenttype='application/nitf+xml'>"
		"<nitf xmlns='http://iptc.org/std/NITF/2006-10-18/'><head>"
		"<docdata><doc-id id-string='no'/><date.issue norm='20170101'/>"
		"</docdata></head><body><body.head><hedline><hl1>Rain, again</hl1>"
		"</hedline></body.head><body.content>\n<p>It rained.</p>\n"
		"<p>Much.</p></body.content></body></nitf></inlineXML></contentSet>"
		"</newsItem>\n<packageItem><itemMeta><title>no</title></itemMeta>"
		"<groupSet><group><itemRef><headline>no</headline></itemRef></group>"
		"</groupSet></packageItem>\n"
		META "<contentSet><remoteContent href='a.jpg'><altId>no</altId>"
		"</remoteContent></contentSet></newsItem>"), 2, 1);
	for (int i = 0; i < 2; i++) {
		cr_assert_str_eq(a[i].id, "");
		cr_assert_str_eq(a[i].title, "Rain in Sochi");
		cr_assert_str_eq(a[i].author, "Dee");
		cr_assert_str_eq(a[i].lang, "en");
		cr_assert_str_eq(a[i].topics, "weather\nmedtop:20000567\nrain\n");
		cr_assert_str_eq(a[i].places, "Sochi\n");
		cr_assert_str_eq(a[i].captions, "SOCHI -\nPeople: Ann Bee\n"
		                 "Organizations: UN\n");
		dated(&a[i], 1491474605, false);
	}
	cr_assert_str_eq(a[0].body, "It rained.\nMuch.\n");
	cr_assert_str_eq(a[1].body, "In short.\n");
	cr_assert_eq(c.events[0].kind, SOURCE_PASSED_OVER);
	cr_assert_eq(c.events[0].why, SOURCE_NO_ARTICLE);
	cr_assert_str_eq(c.events[0].place, case_path(&c, "a.xml:7"));
}

#define ITEM(content) "<n:newsItem xmlns:n='http://iptc.org/std/nar/'>" \
	"<n:contentMeta><n:headline>A</n:headline><n:located><n:name>Rome" \
	"</n:name></n:located><n:located literal='no'/>" \
	"<n:creator literal='Bee'/>" \
	"</n:contentMeta><n:contentSet>" content "</n:contentSet></n:newsItem>"

Test(newsml, what_g2_carries)
{
	const struct case_article *a = reads(
		ITEM("<n:inlineXML><html xmlns='http://www.w3.org/1999/xhtml' "
		"xml:lang='it'><head><title>no</title></head><body><h1>B</h1>"
		"<div>c <b>d</b><script>no</script></div><figure><figcaption>e"
		"</figcaption></figure></body></html></n:inlineXML>")
		ITEM("<n:inlineData contenttype='text/html'>&lt;p>a &lt;i>b&lt;/i>"
		"&lt;p>c</n:inlineData>")
		ITEM("<n:inlineData>a\n b\n<![CDATA[c & <d]]></n:inlineData>")
		ITEM("<n:inlineData encoding='encd:base64'>QUFBQUFB</n:inlineData>"
		"<n:inlineData>short</n:inlineData><n:inlineData>longer</n:inlineData>"
		"<n:inlineData>long</n:inlineData>")
		ITEM("<n:inlineXML>a <i>b</i> c<p>d</p></n:inlineXML>"), 5, 0);
	cr_assert_str_eq(a[0].body, "B\nc d\n");
	cr_assert_str_eq(a[0].captions, "e\n");
	cr_assert_str_eq(a[0].lang, "it");
	cr_assert_str_eq(a[0].places, "Rome\n");
	cr_assert_str_eq(a[0].author, "Bee");
	cr_assert_str_eq(a[1].body, "a b\nc\n");
	cr_assert_str_eq(a[2].body, "a\nb\nc & <d\n");
	cr_assert_str_eq(a[3].body, "longer\n");
	cr_assert_str_eq(a[4].body, "a b c\nd\n");
}

/* ---- NewsML 1 ------------------------------------------------------------------ */

Test(newsml, an_item_of_newsml_1)
{
	const struct case_article *a = reads(
		"<?xml version='1.0'?><!DOCTYPE NewsML SYSTEM 'NewsML_1.2.dtd'>\n"
		"<NewsML Version='1.2'><Catalog Href='http://a.org/'/><NewsEnvelope>"
		"<DateAndTime>20170407T000000Z</DateAndTime></NewsEnvelope>"
		"<NewsItem xml:lang='fr'><Identification><NewsIdentifier>"
		"<DateId>20170401</DateId><NewsItemId>no</NewsItemId><RevisionId>"
		"<text>2</text></RevisionId></NewsIdentifier></Identification>"
		"<NewsManagement><FirstCreated>20170405T100000Z</FirstCreated>"
		"<ThisRevisionCreated>20170406T123005+0200</ThisRevisionCreated>"
		"</NewsManagement><NewsComponent><NewsLines><HeadLine>Pluie &#224; "
		"Sotchi</HeadLine><SubHeadLine>Encore</SubHeadLine><ByLine>Ann Bee"
		"</ByLine><DateLine>Sotchi, 6 avr</DateLine><KeywordLine>pluie, mer"
		"</KeywordLine></NewsLines><AdministrativeMetadata><Creator>"
		"<Party FormalName='no'/></Creator></AdministrativeMetadata>"
		"<DescriptiveMetadata><Language FormalName='fr'/><SubjectCode>"
		"<Subject FormalName='17000000'/><SubjectMatter "
		"FormalName='17005000'/></SubjectCode><Location><Property "
		"FormalName='City' Value='Sotchi'/><Property FormalName='Country' "
		"Value='RUS'/></Location></DescriptiveMetadata><NewsComponent>"
		"<ContentItem><Format FormalName='x'/><DataContent>\n<p>Il pleut."
		"</p>\n<p>Encore.</p></DataContent></ContentItem></NewsComponent>"
		"<NewsComponent><Role FormalName='Caption'/><ContentItem><Encoding "
		"Notation='Base64'><DataContent>QUFBQUFBQUFBQUFBQUFBQUFB"
		"</DataContent></Encoding></ContentItem><ContentItem><DataContent>"
		"<p>La mer</p></DataContent></ContentItem></NewsComponent>"
		"</NewsComponent></NewsItem>\n<NewsItem><NewsComponent><ContentItem>"
		"<DataContent><nitf><body><body.head><hedline><hl1>B</hl1></hedline>"
		"</body.head><body.content><p>c</p></body.content></body></nitf>"
		"</DataContent></ContentItem></NewsComponent></NewsItem></NewsML>",
		2, 0);
	cr_assert_str_eq(a->id, "");
	cr_assert_str_eq(a->title, "Pluie \u00E0 Sotchi");
	cr_assert_str_eq(a->body, "Encore\nIl pleut.\nEncore.\n");
	cr_assert_str_eq(a->author, "Ann Bee");
	cr_assert_str_eq(a->lang, "fr");
	cr_assert_str_eq(a->topics, "pluie\nmer\n17000000\n17005000\n");
	cr_assert_str_eq(a->places, "Sotchi\nRUS\n");
	cr_assert_str_eq(a->captions, "Sotchi, 6 avr\n");
	dated(a, 1491474605, false);
	cr_assert_str_eq(a[1].title, "B");
	cr_assert_str_eq(a[1].body, "c\n");
}

/* ---- what is broken ---------------------------------------------------------- */

Test(newsml, damage)
{
	reads(ITEM("<n:inlineData>a</n:inlineData>")
	      "\n<newsItem><headline>B</headline>", 1, 2);
	cr_assert_eq(c.events[0].why, SOURCE_BAD_XML);
	cr_assert_str_eq(c.events[1].reason,
	                 "bad XML: an article that does not end");
	cr_assert_str_eq(c.events[1].place, case_path(&c, "a.xml:2"));
	reads("<newsMessage><header><title>no</title></header></newsMessage>", 0,
	      1);
	reads("<nitf><head/></nitf>", 0, 1);
	cr_assert_eq(c.events[0].why, SOURCE_NO_TEXT);
}

Test(newsml, tags_too_deep)
{
	static const char *const names[] = {"p", "nitf", "location", "newsItem"};
	struct buffer text;
	buffer_init(&text, 64u << 20);
	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		buffer_clear(&text);
		buffer_text(&text, ITEM("<n:inlineData>a</n:inlineData>")
		            "<newsItem><contentSet><inlineXML>");
		for (int k = 0; k < 100000; k++)
			buffer_printf(&text, "<%s>", names[i]);
		cr_assert_eq(case_read_bytes(&c, "a.xml", text.data, text.len),
		             NS_OK);
		cr_assert_eq(c.n, 1);
		cr_assert_eq(c.report.refused_by[SOURCE_BAD_XML], 2);
	}
	buffer_release(&text);
}

Test(newsml, an_article_too_large_costs_no_other)
{
	static const char *const parts[] = {"text", "title", "abstract",
		"keyword", "byline"};
	struct buffer text;
	buffer_init(&text, 64u << 20);
	for (size_t i = 0; i < ARRAY_LEN(parts); i++) {
		buffer_clear(&text);
		buffer_printf(&text, "<newsitem><title>A</title></newsitem>"
		              "<newsitem><title>B</title><%s>", parts[i]);
		while (text.len < NS_ARTICLE_MAX + 4096)
			buffer_text(&text, "0123456789abcde ");
		buffer_printf(&text, "</%s></newsitem><newsitem><title>C</title>"
		              "</newsitem>", parts[i]);
		cr_assert_eq(case_read_bytes(&c, "a.xml", text.data, text.len),
		             NS_OK);
		cr_assert_eq(c.n, 2, "%s", parts[i]);
		cr_assert_eq(c.n_events, 1);
		cr_assert_eq(c.events[0].why, SOURCE_LARGE_ARTICLE);
	}
	buffer_release(&text);
}

/* Whatever tags stand in whatever others, each article is one. */
Test(newsml, random_tags)
{
	static const char *const pieces[] = {"<nitf>", "</nitf>", "<newsItem>",
		"</newsItem>", "<inlineXML>", "</inlineXML>", "<text>", "</text>",
		"<body.content>", "</body.content>", "<p>", "</p>", "<pre>",
		"</pre>", "<hl1>", "</hl1>", "<subject>", "<name>", "</subject>",
		"<block class='lead_paragraph'>", "</block>", "<caption>",
		"<identified-content>", "<location>", "</location>",
		"<byline class='normalized_byline'>", "</byline>", "<abstract>",
		"a, b; c", " LEAD: d\n", "&lt;p>", "\u00A0", "<encoding>",
		"<datacontent>", "</datacontent>", "<packageItem>", "</packageItem>"};
	struct random random = random_start(20170406);
	struct buffer text;
	buffer_init(&text, 1u << 20);
	for (int round = 0; round < 2000; round++) {
		buffer_clear(&text);
		buffer_text(&text, "<newsItem><title>A</title>");
		for (uint32_t k = random_below(&random, 40); k; k--)
			buffer_text(&text, pieces[random_below(&random,
				ARRAY_LEN(pieces))]);
		cr_assert_eq(case_read_bytes(&c, "a.xml", text.data, text.len),
		             NS_OK);
		cr_assert_geq(c.n + c.n_events, 1, "seed %llu: %.*s",
		              (unsigned long long)random.seed, (int)text.len,
		              (const char *)text.data);
		cr_assert_eq(c.report.by_format[SOURCE_NEWSML], c.n);
	}
	buffer_release(&text);
}

Test(newsml, memory_may_end_at_any_point)
{
	case_write(&c, "a.xml", TIMES_HEAD "<docdata><doc-id id-string='1'/>"
		"<identified-content><person>a</person><org>b</org><location>c"
		"</location><classifier value='d'/></identified-content></docdata>"
		"<pubdata ex-ref='e' date.publication='20030701T000000'/></head><body>"
		"<body.head><hedline><hl2>f</hl2></hedline><byline "
		"class='normalized_byline'>g, h</byline><dateline>i</dateline>"
		"<abstract>j</abstract></body.head><body.content><block "
		"class='lead_paragraph'>k</block>\xFF<p>l</p></body.content></body>"
		"</nitf><newsItem xml:lang='m'><located literal='n'/><inlineData>"
		"&lt;p>o</inlineData></newsItem><packageItem/>");
	case_exhaust(&c, case_path(&c, "a.xml"));
	cr_assert_eq(c.n, 2);
	cr_assert_eq(c.n_events, 1);
}
