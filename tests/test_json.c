/* JSON documents of many lines. */
#include "random.h"
#include "form/json.h"
#include "source_case.h"

static void expect(struct source_case *c, const char *text,
                   const char *const *titles, size_t n)
{
	cr_assert_eq(case_read_text(c, "x", text), NS_OK);
	cr_assert_eq(c->n, n, "%zu in %s", c->n, text);
	cr_assert_eq(c->report.by_format[SOURCE_JSON], n, "%s", text);
	for (size_t i = 0; i < n; i++)
		cr_assert_str_eq(c->articles[i].title, titles[i]);
}

#define EXPECT(c, text, ...)                                                   \
	do {                                                                   \
		const char *const titles_[] = {__VA_ARGS__};                   \
		expect(c, text, titles_, ARRAY_LEN(titles_));                  \
	} while (0)

Test(json, layouts)
{
	struct source_case c;
	case_start(&c);
	EXPECT(&c, "[{\"title\":\"a\"},{\"title\":\"b\"}]", "a", "b");
	EXPECT(&c, "\xEF\xBB\xBF \n[\n {\n\"title\":\n\"a\"}\n]\n", "a");
	EXPECT(&c, "{\n\"title\": \"a\"\n}\n{\"title\": \"b\"}", "a", "b");
	EXPECT(&c, "{\"items\": [{\"title\":\"a\"},\n{\"title\":\"b\"}],\n"
		"\"others\":[{\"title\":\"no\"}]}", "a", "b");
	EXPECT(&c, "{\"n\":2,\"articles\": [{\"title\":\"a\"}]}", "a");
	EXPECT(&c, "{\"x\":\"items\",\n\"title\":\"whole\",\"tags\":[{}]}", "whole");
	EXPECT(&c, "{\"x\":{\"items\":[{\"title\":\"no\"}]},\n\"title\":\"whole\"}",
	       "whole");
	EXPECT(&c, "[{\"title\":\"}]\\\"{[\",\"body\":[\"{\",\"x\"]}]", "}]\"{[");
	cr_assert_str_eq(c.articles[0].body, "{\nx");
	case_end(&c);
}

/* What services answer, in one line with or without its end. */
Test(json, lists_in_a_wrapping)
{
	struct source_case c;
	case_start(&c);
	EXPECT(&c, "{\"took\":3,\"hits\":{\"total\":{\"value\":2},\"hits\":["
		"{\"_id\":\"1\",\"_source\":{\"title\":\"a\"}},{\"title\":\"b\"}]}}\n",
		"a", "b");
	EXPECT(&c, "{\"responseHeader\":{\"docs\":[{\"title\":\"no\"}]},\"response\":"
		"{\"numFound\":1,\"docs\":[\n{\"title\":[\"a\"]}]},\"docs\":[{}]}", "a");
	EXPECT(&c, "{\"status\":\"ok\",\"articles\":[{\"title\":\"a\"}]}\n", "a");
	case_end(&c);
}

/* As pandas' to_json writes tables, by each of its orientations. */
Test(json, tables_of_pandas)
{
	struct source_case c;
	case_start(&c);
	EXPECT(&c, "{\"schema\":{\"fields\":[{\"name\":\"index\"}],\"primaryKey\":"
		"[\"index\"]},\"data\":[{\"index\":0,\"title\":\"a\"}]}", "a");
	EXPECT(&c, "{\"0\":{\"title\":\"a\"},\"17\":{\"title\":\"b\"}}", "a", "b");
	EXPECT(&c, "{\n \"0\" : {\n \"title\":\"a\"\n}\n}\n", "a");
	EXPECT(&c, "{\"columns\":[\"title\",\"body\",\"x\"],\"index\":[0,1],\"data\":"
		"[[\"a, [b\",\"It\\\"s ]\",[1,{\"y\":[2]}]],[\"c\",null,\"\"]]}",
		"a, [b", "c");
	cr_assert_str_eq(c.articles[0].body, "It\"s ]");
	cr_assert_str_eq(c.articles[1].body, "");
	EXPECT(&c, "{ \"columns\" : [\n0, [\"n\",\"1\"],\n\"title\" ],\n\"index\":[],\n"
		"\"data\":[\n[\n1 , 2 , \"a\"\n],\n[\"x\",NaN,\"b\"]\n]\n}\n", "a", "b");
	cr_assert_str_eq(c.articles[0].source, "x:6");
	cr_assert_str_eq(c.articles[1].source, "x:9");
	case_exhaust(&c, case_path(&c, "x"));
	EXPECT(&c, "{\"columns\":[\"title\"],\"index\":[0,1,2],\"data\":[[\"a\"],[],"
		"[\"b\",\"c\"],[\"d\":1],[\"e\"},\"f\",[\"g\"]]}", "a", "g");
	cr_assert_eq(c.n_events, 4);
	cr_assert_eq(c.events[0].why, SOURCE_COLUMNS);
	cr_assert_eq(c.events[1].why, SOURCE_COLUMNS);
	cr_assert_eq(c.events[2].why, SOURCE_BAD_JSON);
	cr_assert_eq(c.events[3].why, SOURCE_BAD_JSON);
	case_end(&c);
}

/* An index longer than what is looked at before: the rows are found behind it. */
Test(json, many_rows)
{
	struct source_case c;
	struct buffer text;
	case_start(&c);
	buffer_init(&text, 64 << 20);
	buffer_text(&text, "{\"columns\":[\"title\"],\"index\":[0");
	while (text.len < 2 * LINES_PEEK)
		buffer_text(&text, ",1234567");
	buffer_text(&text, "],\"data\":[[\"a\"],[\"b\"]]}");
	cr_assert_eq(case_read_bytes(&c, "x", text.data, text.len), NS_OK);
	cr_assert_eq(c.n, 2);
	cr_assert_eq(c.n_events, 0);
	buffer_release(&text);
	case_end(&c);
}

/* By columns no article is whole before the end: refused, once, with what to do;
 * lists that PHP writes as objects are none. */
Test(json, tables_by_columns)
{
	static const char *const tables[] = {
		"{\"title\":{\"0\":\"a\",\"1\":\"b\"},\"body\":{\"0\":\"c\",\"1\":\"d\"}}",
		"{\n \"Unnamed: 0\" : {\n \"0\" : 1\n},\n\"title\":{\"0\":\"{\"}\n}\n",
		"{\"0\":{\"0\":\"a\"}}", "{\"title\":{\"0\":\"cut o",
	};
	struct source_case c;
	case_start(&c);
	for (size_t i = 0; i < ARRAY_LEN(tables); i++) {
		cr_assert_eq(case_read_text(&c, "x", tables[i]), NS_OK);
		cr_assert_eq(c.n, 0, "%s", tables[i]);
		cr_assert_eq(c.n_events, 1, "%s", tables[i]);
		cr_assert_eq(c.events[0].kind, SOURCE_REFUSED);
		cr_assert(strstr(c.events[0].reason, "orient=\"records\""), "%s: %s",
		          tables[i], c.events[0].reason);
	}
	cr_assert_eq(case_read_text(&c, "x", "{\"tags\":{\"0\":\"a\"},\"title\":\"b\"}"),
	             NS_OK);
	cr_assert_eq(c.n, 1);
	cr_assert_eq(c.report.by_format[SOURCE_JSONL], 1);
	cr_assert_eq(case_read_text(&c, "x", "{\"title\":\"b\",\"tags\":{\"0\":\"a\"}}"),
	             NS_OK);
	cr_assert_eq(c.n, 1);
	case_end(&c);
}

Test(json, lines_are_jsonl)
{
	struct source_case c;
	case_start(&c);
	cr_assert_eq(case_read_text(&c, "x", "{\"title\":\"a\"}\n{\"title\":\"b\"\n"),
	             NS_OK);
	cr_assert_eq(c.report.by_format[SOURCE_JSONL], 1);
	cr_assert_eq(case_read_text(&c, "x", "{\"title\":\"a\"}"), NS_OK);
	cr_assert_eq(c.report.by_format[SOURCE_JSONL], 1);
	case_end(&c);
}

Test(json, places)
{
	struct source_case c;
	case_start(&c);
	cr_assert_eq(case_read_text(&c, "x", "[\n\n{\"title\":\n\"a\"}, {\"title\":"
		"\"b\"},\n{\"title\" \"c\"},\n17,\n{\"title\":\"d\"},\n{\"title\":"),
		NS_OK);
	cr_assert_eq(c.n, 3);
	cr_assert_str_eq(c.articles[0].source, "x:3");
	cr_assert_str_eq(c.articles[1].source, "x:4");
	cr_assert_str_eq(c.articles[2].source, "x:7");
	cr_assert_eq(c.n_events, 2);
	cr_assert_eq(c.events[0].why, SOURCE_BAD_JSON);
	cr_assert(strstr(c.events[0].place, "x:5"));
	cr_assert(strstr(c.events[1].place, "x:8"));
	cr_assert(strstr(c.events[1].reason, "ends within"));
	case_end(&c);
}

/* An object of over 16 MiB is refused, the one behind it read. */
Test(json, large)
{
	struct source_case c;
	case_start(&c);
	size_t n = NS_ARTICLE_MAX + 100;
	char *text = malloc(n + 64);
	strcpy(text, "[{\"title\":\"");
	memset(text + strlen(text), 'x', n);
	strcpy(text + n, "\"},\n{\"title\":\"b\"}]");
	cr_assert_eq(case_read_text(&c, "x", text), NS_OK);
	free(text);
	cr_assert_eq(c.n, 1);
	cr_assert_str_eq(c.articles[0].source, "x:2");
	cr_assert_eq(c.events[0].why, SOURCE_LONG_LINE);
	case_end(&c);
}

/* Any layout and any white space, over the ends of the buffer. */
Test(json, random_documents)
{
	struct source_case c;
	struct random random = {99, 99};
	struct buffer text;
	case_start(&c);
	buffer_init(&text, 64 << 20);
	for (int round = 0; round < 40; round++) {
		uint32_t n = 1 + random_below(&random, 200), kind;
		kind = random_below(&random, 3);
		buffer_clear(&text);
		buffer_text(&text, kind == 0 ? "[\n" : kind == 1
			? "{\"a\":1,\n \"docs\" : [" : "");
		for (uint32_t i = 0; i < n; i++) {
			buffer_printf(&text, "%s{%s\"title\":\"%u\",\"body\":\"",
				i && kind < 2 ? "," : "", "\n", i);
			for (uint32_t k = random_below(&random, 3000); k; k--)
				buffer_text(&text, random_below(&random, 9)
					? "w " : "\\\"{");
			buffer_text(&text, "\"}\n ");
		}
		buffer_text(&text, kind == 0 ? "]" : kind == 1 ? "]}" : "");
		cr_assert_eq(case_read_bytes(&c, "x", text.data, text.len), NS_OK);
		cr_assert_eq(c.n, n, "seed 99, round %d, kind %u", round, kind);
		cr_assert_eq(c.n_events, 0);
		for (uint32_t i = 0; i < n; i++)
			cr_assert_eq(atoi(c.articles[i].title), (int)i);
	}
	buffer_release(&text);
	case_end(&c);
}

Test(json, memory_ends)
{
	struct source_case c;
	case_start(&c);
	case_write(&c, "x", "[\n{\"title\":\"a\",\"body\":[\"b\",\"c\"]},\n{}]");
	case_exhaust(&c, case_path(&c, "x"));
	case_end(&c);
}
