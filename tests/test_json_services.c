/* JSON as services give it: JSON Feed, WordPress, Twitter; for Elasticsearch. */
#include "source_case.h"

static void expect_feed(struct source_case *c, const char *text)
{
	cr_assert_eq(case_read_text(c, "feed.json", text), NS_OK);
	cr_assert_eq(c->n, 2, "%s", text);
	cr_assert_eq(c->n_events, 0);
	cr_assert_eq(c->report.by_format[SOURCE_JSON], 2);
	const struct case_article *a = &c->articles[0];
	cr_assert_str_eq(a->id, "2");
	cr_assert_str_eq(a->title, "a < b & c");
	cr_assert_str_eq(a->body, "It <b>rained</b>.");
	cr_assert_str_eq(a->url, "https://example.org/2");
	cr_assert_str_eq(a->author, "A. Ray, B. Sun");
	cr_assert_str_eq(a->lang, "en");
	cr_assert_str_eq(a->topics, "x\ny, z");
	cr_assert_eq(a->facts.article.date, 1491474600);
	a = &c->articles[1];
	cr_assert_str_eq(a->title, "");
	cr_assert_str_eq(a->body, "Hello, world & all.\nTwo.");
	cr_assert_str_eq(a->author, "C. Fog");
}

#define FEED \
	"{\"version\":\"https://jsonfeed.org/version/1.1\",%s\"title\":\"F\",%s" \
	"\"authors\":[{\"name\":\"no\"}],%s\"items\":[{\"id\":\"2\",%s" \
	"\"content_html\":\"<p>no\",\"title\":\"a < b & c\"," \
	"\"content_text\":\"It <b>rained</b>.\",\"summary\":\"no\"," \
	"\"url\":\"https://example.org/2\",\"tags\":[\"x\",\"y, z\"],%s" \
	"\"authors\":[{\"url\":\"x\",\"name\":\"A. Ray\"},{\"name\":\"B. Sun\"}]," \
	"\"date_published\":\"2017-04-06T10:30:00Z\",\"language\":\"en\"}," \
	"{\"id\":\"1\",\"content_text\":\"\",\"author\":{\"name\":\"C. Fog\"},%s" \
	"\"content_html\":\"<p>Hello,\\n world &amp; all.</p><p>Two.\"}]}%s"

/* On many lines, and on one with an end and without one. */
Test(services, a_json_feed)
{
	static const char *const layouts[][2] = {{"\n  ", "\n"}, {"", "\n"},
	                                         {"", ""}};
	struct source_case c;
	char text[2048];
	case_start(&c);
	for (size_t i = 0; i < ARRAY_LEN(layouts); i++) {
		const char *in = layouts[i][0];
		snprintf(text, sizeof text, FEED, in, in, in, in, in, in,
		         layouts[i][1]);
		expect_feed(&c, text);
	}
	case_end(&c);
}

/* As the endpoint wp-json/wp/v2/posts gives them. */
Test(services, posts_of_wordpress)
{
	struct source_case c;
	case_start(&c);
	cr_assert_eq(case_read_text(&c, "posts.json", "[{\"id\":17,\"date\":"
		"\"2017-04-06T10:30:00\",\"guid\":{\"rendered\":\"https://x/?p=17\"},"
		"\"slug\":\"rain\",\"link\":\"https://example.org/rain\","
		"\"title\":{\"rendered\":\"Rain &#8211; <em>again<\\/em><p>and again\"},"
		"\"content\":{\"rendered\":\"\\n<p>It&nbsp;rained.<\\/p>\\n"
		"<p>All day.<\\/p>\\n\",\"protected\":false},"
		"\"excerpt\":{\"rendered\":\"<p>no<\\/p>\"},\"author\":5,"
		"\"categories\":[1,2],\"tags\":[3,4],\"_links\":{\"self\":[{\"href\":\"no\"}]}}]"), NS_OK);
	cr_assert_eq(c.n, 1);
	const struct case_article *a = c.articles;
	cr_assert_str_eq(a->id, "17");
	cr_assert_str_eq(a->title, "Rain – again and again");
	cr_assert_str_eq(a->body, "It rained.\nAll day.");
	cr_assert_str_eq(a->url, "https://example.org/rain");
	cr_assert_str_eq(a->author, "");
	cr_assert_str_eq(a->topics, "");
	cr_assert_eq(a->facts.article.date, 1491474600);
	case_end(&c);
}

#define POSTS "{\"data\":[{\"id\":\"%d\",\"text\":\"It rains &amp; #rains\"," \
	"\"created_at\":\"2021-01-06T18:40:40.000Z\",\"author_id\":\"5\"," \
	"\"lang\":\"en\",\"entities\":{\"urls\":[{\"url\":\"no\",\"title\":\"no\"}]}}]," \
	"\"includes\":{\"users\":[{\"id\":\"5\",\"name\":\"no\"}]," \
	"\"tweets\":[{\"id\":\"9\",\"text\":\"no\"}]},\"meta\":{\"result_count\":1}}\n"

/* Version 2 of the API: one page of posts, several in lines, one post. */
Test(services, posts_of_twitter)
{
	struct source_case c;
	char text[2048];
	case_start(&c);
	for (int pages = 1; pages <= 2; pages++) {
		size_t n = 0;
		for (int i = 0; i < pages; i++)
			n += (size_t)snprintf(text + n, sizeof text - n, POSTS, i);
		cr_assert_eq(case_read_text(&c, "tweets.json", text), NS_OK);
		cr_assert_eq(c.n, (size_t)pages);
		cr_assert_eq(c.n_events, 0);
		const struct case_article *a = &c.articles[pages - 1];
		cr_assert_eq(atoi(a->id), pages - 1);
		cr_assert_str_eq(a->title, "");
		cr_assert_str_eq(a->body, "It rains &amp; #rains");
		cr_assert_str_eq(a->lang, "en");
		cr_assert_str_eq(a->author, "");
		cr_assert_str_eq(a->url, "");
		cr_assert_eq(a->facts.article.date, 1609958440);
	}
	cr_assert_eq(case_read_text(&c, "tweet.json", "{\"data\":{\"id\":\"7\","
		"\"text\":\"One\"},\"includes\":{\"users\":[{\"id\":\"5\"}]}}"), NS_OK);
	cr_assert_eq(c.n, 1);
	cr_assert_str_eq(c.articles[0].id, "7");
	cr_assert_str_eq(c.articles[0].body, "One");
	case_end(&c);
}

#define BULK \
	"{\"index\":{\"_index\":\"news\",\"_id\":\"a1\"}}\n" \
	"{\"id\":\"no\",\"title\":\"Rain\",\"body\":\"It rained.\"}\n\n" \
	"{ \"create\" : { \"_id\" : 2, \"title\" : \"no\" } }\n\n" \
	"{\"headline\":\"Sun\",\"content\":\"It shone.\"}\n" \
	"{\"delete\":{\"_id\":\"a0\"}}\n" \
	"{\"update\":{\"_id\":\"a3\"}}\n" \
	"{\"doc\":{\"title\":\"Snow\"},\"doc_as_upsert\":true}\n" \
	"{\"index\":{}}\n{\"id\":\"a4\",\"title\":\"Hail\"}\n"

Test(services, lines_for_bulk)
{
	static const char *const wanted[][2] = {{"a1", "Rain"}, {"2", "Sun"},
	                                        {"a3", "Snow"}, {"a4", "Hail"}};
	struct source_case c;
	case_start(&c);
	cr_assert_eq(case_read_text(&c, "bulk.json", BULK), NS_OK);
	cr_assert_eq(c.n, 4);
	for (size_t i = 0; i < 4; i++) {
		cr_assert_str_eq(c.articles[i].id, wanted[i][0]);
		cr_assert_str_eq(c.articles[i].title, wanted[i][1]);
	}
	cr_assert_str_eq(c.articles[0].source, "bulk.json:2");
	cr_assert_eq(c.n_events, 1);
	cr_assert_eq(c.events[0].kind, SOURCE_PASSED_OVER);
	cr_assert(strstr(c.events[0].place, "bulk.json:7"), "%s", c.events[0].place);
	cr_assert_eq(c.report.refused, 0);
	cr_assert_eq(c.report.by_format[SOURCE_JSONL], 4);
	case_exhaust(&c, case_path(&c, "bulk.json"));
	case_end(&c);
}

/* An action without its article costs no other one, and lends its id to none. */
Test(services, broken_bulk)
{
	struct source_case c;
	case_start(&c);
	cr_assert_eq(case_read_text(&c, "x",
		"{\"index\":{\"_id\":\"a1\"}}\n{\"index\":{\"_id\":\"a2\"}}\n"
		"{\"title\":\"Rain\"}\n{\"index\":{\"_id\":\"a3\"}}\n{\"title\":\n"
		"{\"title\":\"Sun\"}\n{\"index\":{\"_id\":\"a4\"}}\n{\"x\":1}\n"
		"{\"title\":\"Snow\"}\n{\"index\":{\"_id\":\"a5\"},\"title\":\"Hail\"}\n"
		"{\"index\":7}\n{\"create\":{\"_id\":\"a6\"}}\n\n"), NS_OK);
	static const char *const ids[] = {"a2", "", "", ""};
	static const char *const places[] = {"x:1", "x:5", "x:8", "x:11", "x:12"};
	cr_assert_eq(c.n, 4);
	for (size_t i = 0; i < 4; i++)
		cr_assert_str_eq(c.articles[i].id, ids[i]);
	cr_assert_eq(c.n_events, 5);
	for (size_t i = 0; i < 5; i++) {
		cr_assert_eq(c.events[i].kind, SOURCE_REFUSED);
		cr_assert(strstr(c.events[i].place, places[i]), "%s",
		          c.events[i].place);
	}
	cr_assert(strstr(c.events[0].reason, "no article follows"));
	cr_assert(strstr(c.events[4].reason, "no article follows"));
	/* as clients hold it: one list */
	cr_assert_eq(case_read_text(&c, "x", "[{\"index\":{\"_id\":\"a1\"}},"
		"{\"title\":\"Rain\"},{\"delete\":{\"_id\":\"a0\"}},"
		"{\"index\":{\"_id\":\"a2\"}}]"), NS_OK);
	cr_assert_eq(c.n, 1);
	cr_assert_str_eq(c.articles[0].id, "a1");
	cr_assert_eq(c.n_events, 2);
	case_end(&c);
}
