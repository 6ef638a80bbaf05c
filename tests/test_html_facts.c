/* Title, date, author, section, language and address of a page. */
#include "html_case.h"

static struct html_case c;

static void start(void)
{
	html_case_start(&c);
}

static void end(void)
{
	html_case_end(&c);
}

static const struct html_case_article *read_head(const char *head)
{
	static char html[8192];
	snprintf(html, sizeof html, "<head>%s</head><body><p>Some words that "
	         "are long enough to be taken for a sentence.", head);
	return html_case_one(&c, html);
}

#define LD(json) "<script type=\"application/ld+json\">" json "</script>"

TestSuite(html_facts, .init = start, .fini = end);

Test(html_facts, json_ld)
{
	const struct html_case_article *a = read_head(LD(
		"{\"@context\":\"http://schema.org\",\"@graph\":["
		"{\"@type\":\"WebPage\",\"name\":\"no\",\"datePublished\":\"1\"},"
		"{\"publisher\":{\"@type\":\"Organization\",\"name\":\"no\"},"
		"\"isPartOf\":{\"@type\":\"Article\",\"headline\":\"inner\"},"
		"\"headline\":\"Fish &amp; chips \\u2013 it&#39;s done\","
		"\"author\":[{\"@type\":\"Person\",\"name\":\"Ann Bee\"},"
		"{\"name\":\"Cee Dee\"}],\"datePublished\":\"2017-04-06T12:00Z\","
		"\"articleSection\":[\"World\",\"Food\"],\"inLanguage\":\"en\","
		"\"url\":\"https://example.org/a\","
		"\"@type\":[\"Thing\",\"ReportageNewsArticle\"]}]}")
		"<meta property=og:title content='Another title'>"
		"<meta property=article:published_time content=2001-01-01>");
	cr_assert_str_eq(a->title, "Fish & chips \u2013 it's done");
	cr_assert_str_eq(a->author, "Ann Bee, Cee Dee");
	cr_assert_str_eq(a->date, "2017-04-06T12:00Z");
	cr_assert_str_eq(a->section, "World");
	cr_assert_str_eq(a->lang, "en");
	cr_assert_str_eq(a->url, "https://example.org/a");
}

Test(html_facts, json_ld_that_is_broken)
{
	const struct html_case_article *a = read_head(
		LD("<![CDATA[\n{\"@type\":\"NewsArticle\",\"headline\":\"Two\n"
		   "lines\"}; ]]>") LD("[{\"@type\":") LD(""));
	cr_assert_str_eq(a->title, "Two lines");
	a = read_head(LD("{\"@type\":\"NewsArticle\",\"headline\":") "<title>T");
	cr_assert_str_eq(a->title, "T");
	a = read_head(LD("[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[{\"@type\":\"Article\","
	                 "\"headline\":\"deep\"}") "<title>T");
	cr_assert_str_eq(a->title, "T");
	/* what stands before the fault is kept, of the outermost too */
	a = read_head(LD("{\"@type\":\"NewsArticle\",\"headline\":\"Kept\","
	                 "\"author\":[{\"name\":\"Ann Bee\"},],}") "<title>T");
	cr_assert_str_eq(a->title, "Kept");
	cr_assert_str_eq(a->author, "Ann Bee");
}

/* As WordPress writes them. */
Test(html_facts, authors_elsewhere_in_json_ld)
{
	const struct html_case_article *a = read_head(LD(
		"{\"@graph\":[{\"@type\":\"WebSite\",\"@id\":\"#site\","
		"\"name\":\"The Daily\"},{\"@type\":\"Article\",\"author\":["
		"{\"@id\":\"#b\"},{\"@id\":\"#none\"},{\"@id\":\"#a\"}]},"
		"{\"@type\":[\"Person\"],\"@id\":\"#a\",\"name\":\"Ann Bee\"}]}")
		LD("{\"@id\":\"#b\",\"name\":\"Cee Dee\"}"));
	cr_assert_str_eq(a->author, "Cee Dee, Ann Bee");
	a = read_head(LD("{\"@type\":\"Article\",\"author\":{\"@id\":\"#a\"}}"));
	cr_assert_str_eq(a->author, "");
	a = read_head(LD("{\"@id\":\"#a\",\"name\":\"Ann Bee\"}")
	              LD("{\"@type\":\"Article\",\"author\":{\"@id\":\"#a\","
	                 "\"name\":\"A. Bee\"}}"));
	cr_assert_str_eq(a->author, "A. Bee");
}

#define OTHER "{\"@type\":\"NewsArticle\",\"headline\":\"Snow in the hills\"," \
	"\"datePublished\":\"2011-01-01\"}"
#define OWN "{\"@type\":\"NewsArticle\",\"headline\":\"Storm hits the coast\"," \
	"\"datePublished\":\"2017-04-06\"}"

/* Pages describe the articles that they link to, as well. */
Test(html_facts, articles_of_others_in_json_ld)
{
	static const struct {
		const char *head, *title, *date;
	} cases[] = {
		{"<title>Storm hits the coast - Daily</title>" LD(OTHER) LD(OWN),
		 "Storm hits the coast", "2017-04-06"},
		{"<title>Storm hits the coast - Daily</title>" LD("[" OTHER ","
		 OWN "]"), "Storm hits the coast", "2017-04-06"},
		{"<title>Storm hits the coast - Daily</title>" LD("{\"x\":" OWN
		 "}") LD(OTHER), "Storm hits the coast", "2017-04-06"},
		{"<title>Storm hits the coast</title>" LD("{\"@type\":"
		 "\"ItemList\",\"itemListElement\":[{\"item\":" OTHER "}]}"),
		 "Storm hits the coast", ""},
		{"<title>x</title>" LD(OTHER) LD(OWN), "Snow in the hills",
		 "2011-01-01"},
	};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		const struct html_case_article *a = read_head(cases[i].head);
		cr_assert_str_eq(a->title, cases[i].title, "%zu", i);
		cr_assert_str_eq(a->date, cases[i].date, "%zu", i);
	}
}

/* A class says that it is the author where no "By" is before it. */
Test(html_facts, authors_that_a_class_names)
{
	static const struct {
		const char *element, *author;
	} cases[] = {
		{"<p class=byline>Ann Bee<p class=date>May 2", "Ann Bee"},
		{"<span class='author vcard'><a href=/a>Ann Bee | a@b.org</a>",
		 "Ann Bee"},
		{"<div class=byline><span>By</span><span>Ann Bee</span></div>",
		 "Ann Bee"},
		{"<div class=post-author>Von Anna Müller, Berlin", "Anna Müller"},
		{"<div class=author>محمد علي</div>", "محمد علي"},
		{"<div class=byline>王小明</div>", "王小明"},
		{"<div class=author>Автор: Анна Белова</div>", "Анна Белова"},
		{"<div class=byline><p>Ann Bee<p>Read All Posts</div>", "Ann Bee"},
		{"<span rel=author>Ann Bee</span>", "Ann Bee"},
		{"<div class=author>About The Author</div>", ""},
		{"<div class=comment-author>Ann Bee</div>", ""},
		{"<div class=author-bio>Ann Bee</div>", ""},
		{"<div class='node author-ann'>Ann Bee</div>", ""},
		{"<div class=author>ann</div>", ""},
		{"<div class='x \v\x1F author'>Ann Bee</div>", "Ann Bee"},
		{"<div class=author></div>", ""},
		{"<div class=author>2017年4月</div>", ""},
	};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		char page[512];
		snprintf(page, sizeof page, "<title>Storm hits the coast"
		         "</title><h1>Storm hits the coast</h1>%s"
		         "<p>Some words that are long enough to be taken for "
		         "a sentence.", cases[i].element);
		cr_assert_str_eq(html_case_one(&c, page)->author,
		                 cases[i].author, "%zu", i);
	}
	cr_assert_str_eq(html_case_one(&c, "<p class=byline>Ann Bee<p>Some "
		"words that are long enough for a sentence.")->author, "");
}

/* The day of the last change is the date where nothing says when it was printed. */
Test(html_facts, dates_of_the_last_change)
{
	static const struct {
		const char *head, *date;
	} cases[] = {
		{"<meta property=article:modified_time content=2017-04-06>",
		 "2017-04-06"},
		{"<meta itemprop=dateModified content=2017-04-06>", "2017-04-06"},
		{"<meta property=og:updated_time content=yesterday>"
		 "<meta name=dcterms.modified content=2017-04-06>", "2017-04-06"},
		{LD("{\"@type\":\"Article\",\"dateModified\":\"2017-04-06\"}"),
		 "2017-04-06"},
		{"<meta property=article:modified_time content=2017-04-06>"
		 "<meta name=date content=2017-04-05>", "2017-04-05"},
		{"<meta property=article:modified_time content=2017-04-06>"
		 "<meta property=og:url content=http://x.org/2017/04/05/a>",
		 "2017-04-05"},
		{"<meta property=article:modified_time content=2017-04-06>"
		 "<body><p>Printed 5 April 2017<p>", "5 April 2017"},
		{"<meta property=article:modified_time content=2017-04-06>"
		 "<meta name=date content=yesterday>", "2017-04-06"},
	};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		cr_assert_str_eq(read_head(cases[i].head)->date, cases[i].date,
		                 "%zu", i);
}

Test(html_facts, addresses)
{
	static const struct {
		const char *head, *url;
	} cases[] = {
		{"<link rel=canonical href=/a><meta property=og:url "
		 "content=https://x.org/a>", "https://x.org/a"},
		{"<link rel=canonical href=https://x.org/><meta property=og:url "
		 "content=https://x.org/a>", "https://x.org/a"},
		{"<link rel=canonical href=https://x.org/b><meta property=og:url "
		 "content=https://x.org/a>", "https://x.org/b"},
		{"<link rel=canonical href=https://x.org>", "https://x.org"},
		{"<link rel=canonical href=/a>", "/a"},
	};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		cr_assert_str_eq(read_head(cases[i].head)->url, cases[i].url);
	cr_assert_str_eq(read_head("<meta http-equiv=content-language "
	                           "content='en-GB, en'>")->lang, "en-GB");
}

Test(html_facts, the_name_of_an_encyclopedia)
{
	const struct html_case_article *a = read_head(
		"<title>New Zealand - Wikipedia</title>"
		LD("{\"@type\":\"Article\",\"name\":\"New Zealand\","
		   "\"headline\":\"monarchy in Oceania\"}"));
	cr_assert_str_eq(a->title, "New Zealand");
}

Test(html_facts, dates)
{
	static const struct {
		const char *head, *date;
	} cases[] = {
		{"<meta name=pubdate content=2017-04-06>", "2017-04-06"},
		{"<meta name=DC.date.issued content=2017-04-06>", "2017-04-06"},
		{"<meta name='weibo: article:create_at' content='2017-04-06 "
		 "12:30:05'>", "2017-04-06 12:30:05"},
		{"<meta name=date content='some day'><meta name=pubdate "
		 "content=2017-04-06>", "2017-04-06"},
		{"<meta name=pubdate content='not a date'><p><time "
		 "datetime=2017-04-06>", "2017-04-06"},
		{"<p><span itemprop=datePublished content=2017-04-06>today",
		 "2017-04-06"},
		{"<p><time datetime=2011-01-01></time><time pubdate "
		 "datetime=2017-04-06></time>", "2017-04-06"},
		{"<link rel=canonical href=http://a.org/news/2017/04/06/x>",
		 "2017-04-06"},
		{"<link rel=canonical href=http://a.org/x-20170406.html>",
		 "2017-04-06"},
		{"<link rel=canonical href=http://a.org/12345678901>", ""},
		{LD("{\"@type\":\"Article\",\"dateCreated\":\"2017-04-06\"}"),
		 "2017-04-06"},
		{LD("{\"@type\":\"Article\",\"dateCreated\":\"2017-04-05\"}")
		 "<meta name=pubdate content=2017-04-06>", "2017-04-06"},
		{"<meta name=date content='some day'>", "some day"},
		{"<h1>A</h1><p>Published: 2017-04-06 12:30, by Jane",
		 "Published: 2017-04-06 12:30"},
		{"<meta name=date content='some day'><div>6 Apr 2017 12:30 +0200"
		 "</div>", "6 Apr 2017 12:30 +0200"},
		{"<h1>A</h1><p>发布时间：2017-04-06 12:30 来源：新华网",
		 "2017-04-06 12:30"},
		{"<h1>A</h1><p>时间:2017年04月06日 12:30 | 来源", "2017年04月06日 12:30"},
		{"<h1>A</h1><p>公開日：2017年4月6日（木）", "2017年4月6日（木）"},
		{"<h1>A</h1><p>Published on April 6, 2017 by Jane",
		 "Published on April 6, 2017"},
		{"<div>In 2017 there were 1200 of 2300</div>", ""},
		{"<h1>A</h1><p><b>Mines to close by 2020</b><br>May 2, 2019",
		 "May 2, 2019"},
		{"<p><span property='dc:date dc:created' content="
		 "'2017-04-06T12:30:00+02:00'>Submitted by Ann Bee on Thu, "
		 "04/06/2017 - 12:30</span>", "2017-04-06T12:30:00+02:00"},
		{"<p><span property='schema:dateCreated' content=2017-04-06>",
		 "2017-04-06"},
		{"", ""},
	};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		cr_assert_str_eq(read_head(cases[i].head)->date, cases[i].date);
}

Test(html_facts, titles)
{
	static const struct {
		const char *head, *title;
	} cases[] = {
		{"<title>Storm hits the coast</title>", "Storm hits the coast"},
		{"<title>Storm hits the coast | The Daily</title>",
		 "Storm hits the coast"},
		{"<title>Storm hits the coast | World | The Daily</title>",
		 "Storm hits the coast"},
		{"<title>The Daily - Storm hits coast</title><meta property="
		 "og:site_name content='The Daily'>", "Storm hits coast"},
		{"<title>Storm - and how - hits coast</title><p><h1>Storm - and "
		 "how - hits coast</h1>", "Storm - and how - hits coast"},
		{"<title>Storm hits | a coast | Daily News</title><p><h1>Storm "
		 "<i>hits</i> | a coast</h1>", "Storm hits | a coast"},
		{"<title>Daily</title><p><h1>Storm hits coast</h1>",
		 "Storm hits coast"},
		{"<title>x</title><meta property=og:title content='Storm &amp; "
		 "coast'>", "Storm & coast"},
		{"<title>| Daily News</title><p><h1>Storm hits coast</h1>",
		 "Storm hits coast"},
		{"<title> - Storm hits the coast</title>", "Storm hits the coast"},
		{"<title> | </title>", ""},
		/* logos are headings too */
		{"<title>Storm hits the coast - The Daily</title><p><h1>The "
		 "Daily</h1><h2>Storm hits the coast</h2>",
		 "Storm hits the coast"},
		{"<title>The Daily: Storm hits the coast</title><p><h1>The "
		 "Daily</h1><h2>Storm hits the coast</h2>",
		 "Storm hits the coast"},
		{"<title>Storm hits the coast : The Two-Way : NPR</title><p><h1>"
		 "A storm on the coast</h1><h2>The Two-Way</h2>",
		 "Storm hits the coast"},
		{"<meta property=og:site_name content='The Daily'><meta property="
		 "og:title content='Storm hits the coast | The Daily'><p><h1>The "
		 "Daily</h1>", "Storm hits the coast"},
	};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		cr_assert_str_eq(read_head(cases[i].head)->title,
		                 cases[i].title);
}

#define HEAD "<title>Storm hits the coast</title><h1>Storm hits the coast</h1>"

Test(html_facts, names_of_authors)
{
	static const struct {
		const char *head, *author;
	} cases[] = {
		{"<meta name=author content='By Ann Bee'>", "Ann Bee"},
		{"<meta name=byl content='BY ANN BEE'>", "ANN BEE"},
		{"<meta name=author content=Byron>", "Byron"},
		{"<meta name=author content='https://example.org/ann'><meta "
		 "name=parsely-author content='Ann Bee'>", "Ann Bee"},
		{"<meta name=parsely-author content='Ann Bee'><meta name="
		 "parsely-author content='Cee Dee'><meta name=parsely-author "
		 "content='Ann Bee'>", "Ann Bee, Cee Dee"},
		/* it says more than the page, where readers are authors too */
		{"<p itemprop=author>A reader</p><meta name=author content="
		 "'Ann Bee'>", "Ann Bee"},
		{"<p itemprop=author>Ann Bee</p><p itemprop=author>A reader</p>",
		 "Ann Bee"},
		{"<p itemprop='author creator'><a href=/a><b itemprop=name>Ann "
		 "Bee</b></a> - 6 April 2017", "Ann Bee"},
		/* a line below the headline */
		{HEAD "<p>By <a>Ann Bee</a></p>", "Ann Bee"},
		{HEAD "<p>by Ann McBee, Staff Writer</p>", "Ann McBee"},
		{HEAD "<p>BY ANN BEE AND CEE VAN DEE | Daily</p>",
		 "ANN BEE AND CEE VAN DEE"},
		{HEAD "<p>By Ann Bee6 Apr 2017</p>", "Ann Bee"},
		{HEAD "<p>By Ann Bee April 6, 2017</p>", "Ann Bee"},
		{HEAD "<p>By April Bee Thursday, April 6, 2017</p>", "April Bee"},
		{HEAD "<p>By Élise Ångström</p>", "Élise Ångström"},
		{HEAD "<p>By Monday the rain had stopped</p>", ""},
		{HEAD "<p>By</p><p>Ann Bee</p>", ""},
		{HEAD "<p>Byron Bay Beach</p>", ""},
		{HEAD "<p>By Ann</p>", ""},
		{HEAD "<p>By Ann and</p>", ""},
		{"<title>Storm</title><p>By Ann Bee</p>", ""},
		{HEAD "<p>By Ann Bee</p><p><a rel=author>Cee Dee</a></p>",
		 "Cee Dee"},
	};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		cr_assert_str_eq(read_head(cases[i].head)->author,
		                 cases[i].author);
}

Test(html_facts, what_is_encoded_twice)
{
	const struct html_case_article *a = read_head("<meta property=og:title "
		"content='B&amp;amp;B &amp;#039;inn&amp;#039; &amp;'>");
	cr_assert_str_eq(a->title, "B&B 'inn' &");
}

#define TEN "one two three four five six seven eight nine ten "

/* What is long in JSON-LD and short in the page was to be filled in. */
Test(html_facts, a_body_in_json_ld)
{
	const struct html_case_article *a = read_head(LD("{\"@type\":"
		"\"NewsArticle\",\"articleBody\":\"<p>First. " TEN TEN TEN
		"<\\/p><p>Second. " TEN TEN TEN "\"}"));
	cr_assert_str_eq(a->body, "First. one two three four five six seven "
		"eight nine ten " TEN "one two three four five six seven eight "
		"nine ten\nSecond. " TEN TEN "one two three four five six seven "
		"eight nine ten\n");
	a = read_head(LD("{\"@type\":\"NewsArticle\",\"articleBody\":\""
	                 TEN TEN "\"}"));
	cr_assert_str_eq(a->body, "Some words that are long enough to be taken "
	                 "for a sentence.\n");
}

Test(html_facts, authors)
{
	cr_assert_str_eq(read_head("<meta property=article:author "
		"content=https://example.org/jane><meta name=byl "
		"content='Jane Doe'>")->author, "Jane Doe");
	cr_assert_str_eq(read_head("<p><a rel='author nofollow' href=/j>Jane "
		"<b>Doe</b></a>")->author, "Jane Doe");
	cr_assert_str_eq(read_head("<meta name=author content=Jane>"
		"<meta property=article:section content=World>"
		"<meta property=og:locale content=de_DE>")->lang, "de_DE");
	cr_assert_str_eq(c.articles[0].section, "World");
}

Test(html_facts, topics)
{
	static const struct {
		const char *head, *topics;
	} cases[] = {
		{LD("{\"@type\":\"NewsArticle\",\"keywords\":[\"Subject:Climate\","
		    "\"R&amp;D\",\" \",\"Mayer, Marissa\",{\"@type\":"
		    "\"DefinedTerm\",\"name\":\"wind;\\u000aair\"}],"
		    "\"about\":[\"no\"],\"articleSection\":\"no\"}")
		 "<meta name=keywords content=no>",
		 "Subject:Climate\nR&D\nMayer, Marissa\nwind;\nair\n"},
		{LD("{\"@type\":\"NewsArticle\",\"keywords\":"
		    "\"R&amp;D, oil;winter  wheat\"}"), "R&D\noil\nwinter wheat\n"},
		{LD("{\"@type\":\"NewsArticle\",\"keywords\":[\"a, b\"]}"),
		 "a\nb\n"},
		{LD("{\"@type\":\"NewsArticle\",\"keywords\":[\"\",[\" \"],{}]}")
		 "<meta name=keywords content=yes>", "yes\n"},
		{LD("{\"@type\":\"WebPage\",\"keywords\":\"no\"}")
		 "<meta name=Keywords content='a, b | c,,'>", "a\nb\nc\n"},
		{"<meta name=news_keywords content=no><meta property=article:tag "
		 "content='Mayer, Marissa'><meta property=article:tag "
		 "content='B&amp;amp;B'><meta name=keywords content=no>",
		 "Mayer, Marissa\nB&B\n"},
		{"<meta property=article:tag content='Film, South Korea'>",
		 "Film\nSouth Korea\n"},
		{"<meta name=keywords content=no><meta name=sailthru.tags "
		 "content=no><meta name=parsely-tags content=no>"
		 "<meta name=news_keywords content='a;b'>", "a\nb\n"},
		{"<meta name=keywords content=no><meta name=sailthru.tags "
		 "content='a, b'>", "a\nb\n"},
		{"<meta name=keywords content=' , '>", ""},
	};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		cr_assert_str_eq(read_head(cases[i].head)->topics,
		                 cases[i].topics, "of %s", cases[i].head);
}

Test(html_facts, places)
{
	static const struct {
		const char *head, *places;
	} cases[] = {
		{LD("{\"@type\":\"NewsArticle\",\"locationCreated\":\"no\","
		    "\"contentLocation\":[{\"@type\":\"Place\",\"address\":"
		    "{\"name\":\"no\"},\"name\":\"Hong Kong\"},"
		    "\"Sochi, Russia\"]}")
		 "<meta name=geo.placename content=no>",
		 "Hong Kong\nSochi, Russia\n"},
		{LD("{\"@type\":\"NewsArticle\",\"contentLocation\":{},"
		    "\"locationCreated\":{\"name\":\"Rome\"}}"), "Rome\n"},
		{LD("{\"@type\":\"NewsArticle\",\"contentLocation\":"
		    "\"Sochi, Russia; Rome\"}"), "Sochi, Russia\nRome\n"},
		{"<meta name=geo.placename content='Riverside, California'>",
		 "Riverside, California\n"},
		{"<meta name=geo.region content=US-CA>", ""},
	};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		cr_assert_str_eq(read_head(cases[i].head)->places,
		                 cases[i].places, "of %s", cases[i].head);
}

/* Lists without end keep what fits, and what stands behind them is read. */
Test(html_facts, lists_without_end)
{
	struct buffer page;
	buffer_init(&page, 32u << 20);
	buffer_text(&page, "<head><script type='application/ld+json'>"
	            "{\"@type\":\"NewsArticle\",\"keywords\":[\"x\"");
	for (int i = 0; i < 100000; i++)
		buffer_text(&page, i % 2 ? ",{\"name\":\"oil\"}" : ",\"rain\"");
	buffer_text(&page, "],\"headline\":\"A storm\"}</script>");
	for (int i = 0; i < 100000; i++)
		buffer_text(&page, "<meta property=article:tag content=sun>");
	buffer_text(&page, "<title>A storm</title><body><p>Some words.");
	buffer_byte(&page, '\0');
	const struct html_case_article *a = html_case_one(&c, (char *)page.data);
	cr_assert_str_eq(a->title, "A storm");
	size_t n = strlen(a->topics);
	cr_assert(n > 8000 && n < 9000, "%zu", n);
	cr_assert(!strncmp(a->topics, "x\nrain\noil\nrain\n", 16));
	cr_assert(!strstr(a->topics, "sun"));
	a = html_case_one(&c, strstr((char *)page.data, "<meta"));
	n = strlen(a->topics);
	cr_assert(n > 60000 && n <= 65536, "%zu", n);
	buffer_release(&page);
}
