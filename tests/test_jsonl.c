/* A line of JSON becomes an article, or a reason. */
#include "random.h"
#include "form/json_escapes.h"
#include "form/jsonl.h"
#include "source_case.h"

static const struct case_article *one(struct source_case *c, const char *line)
{
	cr_assert_eq(case_read_text(c, "a.jsonl", line), NS_OK);
	cr_assert_eq(c->n, 1, "%s: %s", line,
	             c->n_events ? c->events[0].reason : "");
	cr_assert_eq(c->n_events, 0);
	return c->articles;
}

static void refused(struct source_case *c, const char *line,
                    enum source_reason why)
{
	cr_assert_eq(case_read_text(c, "a.jsonl", line), NS_OK);
	cr_assert_eq(c->n, 0, "%s", line);
	cr_assert_eq(c->n_events, 1, "%s", line);
	cr_assert_eq(c->events[0].kind, SOURCE_REFUSED);
	cr_assert_eq(c->events[0].why, why, "%s: %s", line, c->events[0].reason);
	cr_assert_str_eq(c->events[0].place, case_path(c, "a.jsonl:1"));
	cr_assert_eq(c->report.refused_by[why], 1);
}

Test(jsonl, all_fields)
{
	struct source_case c;
	case_start(&c);
	const struct case_article *a = one(&c,
		"{\"id\":\"a7\",\"title\":\"Rain \\u0026 sun\",\"body\":\"One.\\nTwo.\","
		"\"date\":\"2017-04-06\",\"section\":\"World\",\"author\":\"A. Ray\","
		"\"url\":\"https://example.org/7\",\"lang\":\"en\"}\n");
	cr_assert_str_eq(a->id, "a7");
	cr_assert_str_eq(a->title, "Rain & sun");
	cr_assert_str_eq(a->body, "One.\nTwo.");
	cr_assert_eq(a->facts.article.date, 1491436800);
	cr_assert_str_eq(a->section, "World");
	cr_assert_str_eq(a->author, "A. Ray");
	cr_assert_str_eq(a->url, "https://example.org/7");
	cr_assert_str_eq(a->lang, "en");
	cr_assert_str_eq(a->source, "a.jsonl:1");
	a = one(&c, "{\"title\":\"Rain\",\"topics\":[\"rain, hail\",\"roofs\",7],"
		"\"places\":\"Sochi, Russia;Paris \"}");
	cr_assert_str_eq(a->topics, "rain, hail\nroofs\n7");
	cr_assert_str_eq(a->places, "Sochi, Russia\nParis\n");
	a = one(&c, "{\"topics\":[{\"n\":\"x\"},true,[\"y\"],\"rain\"],\"title\":"
		"\"Rain\",\"places\":{\"a\":[\"b\"],\"title\":1},\"body\":\"b\"}");
	cr_assert_str_eq(a->topics, "rain");
	cr_assert_str_eq(a->places, "");
	cr_assert_str_eq(a->title, "Rain");
	cr_assert_str_eq(a->body, "b");
	cr_assert_eq(c.report.by_format[SOURCE_JSONL], 1);
	case_end(&c);
}

Test(jsonl, values)
{
	struct source_case c;
	case_start(&c);
	const struct case_article *a = one(&c,
		"{\"title\":\"t\",\"id\":12345678901234567890123,\"x\":{\"title\":\"no\","
		"\"body\":[\"no\"]},\"y\":[{\"id\":1},[[\"body\"]]],\"z\":1e999,\"t\":true}");
	cr_assert_str_eq(a->id, "12345678901234567890123");
	cr_assert_str_eq(a->title, "t");
	cr_assert_str_eq(a->body, "");
	a = one(&c, "{\"title\":\"a\",\"body\":\"b\",\"title\":\"later\",\"body\":null}");
	cr_assert_str_eq(a->title, "later");
	cr_assert_str_eq(a->body, "");
	a = one(&c, "{\"body\":[\"one\",\"two\",3,null],\"author\":[\"A\",\"B\"],"
	            "\"section\":[],\"title\":\"\"}");
	cr_assert_str_eq(a->body, "one\ntwo\n3");
	cr_assert_str_eq(a->author, "A, B");
	cr_assert_str_eq(a->section, "");
	a = one(&c, "\n \t\r\n{ \"title\" : \"spaced\" }  \r\n\n\u00A0\n");
	cr_assert_str_eq(a->title, "spaced");
	cr_assert_eq(a->facts.first_line, 3);
	a = one(&c, "{\"title\":\"\\ud83d\\ude00 \\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\"}");
	cr_assert_str_eq(a->title, "\U0001F600 \"\\/\b\f\n\r\t\u00E9");
	cr_assert_eq(a->facts.repairs, 0);
	case_end(&c);
}

Test(jsonl, dates)
{
	struct source_case c;
	case_start(&c);
	cr_assert_eq(one(&c, "{\"title\":\"t\",\"date\":\"Thu, 06 Apr 2017 12:30:05 "
	                     "GMT\"}")->facts.article.date, 1491481805);
	cr_assert_eq(c.report.dates_dropped, 0);
	cr_assert_eq(one(&c, "{\"title\":\"t\",\"date\":\"last week\"}")
	             ->facts.article.date, NS_NO_DATE);
	cr_assert(c.articles[0].facts.date_dropped);
	cr_assert_eq(c.report.dates_dropped, 1);
	cr_assert_eq(one(&c, "{\"title\":\"t\",\"date\":\" \"}")
	             ->facts.article.date, NS_NO_DATE);
	cr_assert_eq(c.report.dates_dropped, 0);
	case_end(&c);
}

Test(jsonl, bad_lines)
{
	static const char *const broken[] = {
		"{", "{\"title\"", "{\"title\":", "{\"title\":\"x\"", "{\"title\":\"x",
		"{\"title\":\"x\"} x", "{\"title\":\"x\"}{\"title\":\"y\"}",
		"{\"title\":\"x\",}", "{title:\"x\"}", "{'title':'x'}", "[\"title\"]",
		"\"title\"", "12", "null", "true", "{\"title\":\"a\tb\"}",
		"{\"title\":\"\\x\"}", "{\"title\":\"\\u12\"}", "{\"title\":\"\\\"}",
		"/* c */ {\"title\":\"x\"}", "nonsense", "{\"title\":\"\\ud800",
	};
	struct source_case c;
	case_start(&c);
	for (size_t i = 0; i < ARRAY_LEN(broken); i++)
		refused(&c, broken[i], SOURCE_BAD_JSON);
	refused(&c, "{\"title\":{}}", SOURCE_BAD_VALUE);
	refused(&c, "{\"title\":[\"a\",\"b\"]}", SOURCE_BAD_VALUE);
	refused(&c, "{\"title\":true}", SOURCE_BAD_VALUE);
	refused(&c, "{\"body\":[[\"a\"]]}", SOURCE_BAD_VALUE);
	refused(&c, "{\"body\":[{\"a\":1}]}", SOURCE_BAD_VALUE);
	cr_assert_str_eq(c.events[0].reason, "value that is no text: body");
	refused(&c, "{}", SOURCE_NO_TEXT);
	refused(&c, "{\"id\":\"7\",\"title\":\" \",\"body\":\"\\n\\u00a0\"}",
	        SOURCE_NO_TEXT);
	case_end(&c);
}

/* Keys as people and programs name them: NewsAPI, news-please, Django, pandas. */
Test(jsonl, keys_by_other_names)
{
	struct source_case c;
	case_start(&c);
	const struct case_article *a = one(&c, "{\"headline\":\"h\",\"description\":"
		"\"short\",\"content\":\"long\",\"publishedAt\":\"2017-04-06\","
		"\"authors\":[\"A\",\"B\"],\"link\":\"https://a.b/1\",\"tags\":[{}]}");
	cr_assert_str_eq(a->title, "h");
	cr_assert_str_eq(a->body, "long");
	cr_assert_str_eq(a->author, "A, B");
	cr_assert_str_eq(a->url, "https://a.b/1");
	cr_assert_eq(a->facts.article.date, 1491436800);
	/* the best that is not empty, in any order */
	a = one(&c, "{\"body\":\"own\",\"text\":\"t\",\"title\":\"\",\"head\":\"h\"}");
	cr_assert_str_eq(a->body, "own");
	cr_assert_str_eq(a->title, "h");
	a = one(&c, "{\"summary\":\"s\",\"text\":\"\",\"body\":null,\"title\":\"h\"}");
	cr_assert_str_eq(a->body, "s");
	/* what is no text is none, where the name is not the part's own */
	a = one(&c, "{\"title\":\"h\",\"content\":[{\"a\":[1]},2],\"published\":true,"
		"\"category\":[[\"x\"],\"y\"],\"text\":\"t\",\"link\":{\"x\":{}}}");
	cr_assert_str_eq(a->body, "t");
	cr_assert_str_eq(a->section, "");
	cr_assert_str_eq(a->url, "");
	cr_assert_eq(c.report.dates_dropped, 0);
	/* a description without a title is of anything */
	refused(&c, "{\"name\":\"tool\",\"description\":\"does it\"}",
	        SOURCE_NO_TEXT);
	case_end(&c);
}

Test(jsonl, values_in_a_wrapping)
{
	struct source_case c;
	case_start(&c);
	/* MongoDB, WordPress, Solr, The New York Times */
	const struct case_article *a = one(&c, "{\"_id\":{\"$oid\":\"58e6\"},"
		"\"title\":{\"rendered\":\"Rain\"},\"text\":[\"t\"],"
		"\"date\":{\"$date\":{\"$numberLong\":\"1491474600000\"}},"
		"\"author\":[{\"@type\":\"Person\",\"name\":\"A\"},{\"name\":\"B\"}]}");
	cr_assert_str_eq(a->id, "58e6");
	cr_assert_str_eq(a->title, "Rain");
	cr_assert_str_eq(a->body, "t");
	cr_assert_str_eq(a->author, "A, B");
	cr_assert_eq(a->facts.article.date, 1491474600);
	a = one(&c, "{\"title\":[\"Sun\"],\"headline\":{\"main\":\"no\"},"
		"\"byline\":{\"original\":\"By A\",\"person\":[{\"name\":\"no\"}],"
		"\"name\":\"no\"},\"date\":1491474600,\"section\":{\"id\":3,"
		"\"name\":\"World\",\"x\":{\"name\":\"no\"}},\"url\":[\"u\"]}");
	cr_assert_str_eq(a->title, "Sun");
	cr_assert_str_eq(a->author, "By A");
	cr_assert_str_eq(a->section, "World");
	cr_assert_str_eq(a->url, "u");
	cr_assert_eq(a->facts.article.date, 1491474600);
	refused(&c, "{\"title\":{\"x\":\"a\"}}", SOURCE_BAD_VALUE);
	refused(&c, "{\"author\":[{\"name\":\"A\"},{}],\"title\":\"t\"}",
	        SOURCE_BAD_VALUE);
	case_end(&c);
}

Test(jsonl, html_where_the_key_says_so)
{
	struct source_case c;
	case_start(&c);
	const struct case_article *a = one(&c, "{\"title\":{\"rendered\":\"Rain &#8211; "
		"sun\"},\"content\":{\"protected\":false,\"rendered\":\"<p>One.<\\/p>\\n"
		"<p>T<b>wo<\\/b>.<\\/p>\"}}");
	cr_assert_str_eq(a->title, "Rain \u2013 sun");
	cr_assert_str_eq(a->body, "One.\nTwo.");
	a = one(&c, "{\"title\":\"a &amp; b\",\"content_html\":\"<p>One.<\\/p>\","
		"\"author\":{\"name\":\"<A>\"}}");
	cr_assert_str_eq(a->title, "a &amp; b");
	cr_assert_str_eq(a->body, "One.");
	cr_assert_str_eq(a->author, "<A>");
	cr_assert_str_eq(one(&c, "{\"body\":\"<p>One.<\\/p>\"}")->body,
	                 "<p>One.</p>");
	/* markup without a text */
	refused(&c, "{\"content_html\":\"<p><\\/p>\"}", SOURCE_NO_TEXT);
	case_end(&c);
}

Test(jsonl, articles_in_a_wrapping)
{
	struct source_case c;
	case_start(&c);
	const struct case_article *a = one(&c, "{\"_id\":\"7\",\"_source\":{\"id\":"
		"\"no\",\"title\":\"Rain\",\"author\":[{\"name\":\"A\"}],\"_source\":"
		"{\"body\":\"no\"},\"content\":\"t\"},\"section\":\"s\"}");
	cr_assert_str_eq(a->id, "7");
	cr_assert_str_eq(a->title, "Rain");
	cr_assert_str_eq(a->body, "t");
	cr_assert_str_eq(a->author, "A");
	cr_assert_str_eq(a->section, "s");
	a = one(&c, "{\"doc\":1,\"title\":\"out\",\"fields\":{\"title\":\"in\","
		"\"text\":\"in\"}}");
	cr_assert_str_eq(a->title, "out");
	cr_assert_str_eq(a->body, "in");
	/* only a map that is the value of such a key */
	a = one(&c, "{\"title\":\"t\",\"doc\":1,\"x\":{\"body\":\"no\"},"
		"\"row\":[{\"body\":\"no\"}]}");
	cr_assert_str_eq(a->body, "");
	case_end(&c);
}

Test(jsonl, numbers_that_are_none)
{
	struct source_case c;
	case_start(&c);
	const struct case_article *a = one(&c, "{\"title\":\"a NaN \\\" NaN\","
		"\"author\":NaN,\"n\":[NaN],\"body\":\"b\"}");
	cr_assert_str_eq(a->title, "a NaN \" NaN");
	cr_assert_str_eq(a->author, "");
	cr_assert_str_eq(a->body, "b");
	case_end(&c);
}

Test(jsonl, a_bad_line_costs_no_other)
{
	struct source_case c;
	case_start(&c);
	cr_assert_eq(case_read_text(&c, "a.jsonl",
		"{\"title\":\"1\"}\n{\"title\":\n{\"title\":\"3\"}\n{}\n{\"title\":\"5\"}"),
		NS_OK);
	cr_assert_eq(c.n, 3);
	cr_assert_eq(c.articles[2].facts.first_line, 5);
	cr_assert_eq(c.n_events, 2);
	cr_assert_str_eq(c.events[0].place, case_path(&c, "a.jsonl:2"));
	cr_assert_str_eq(c.events[0].reason,
	                 "bad JSON: parse error: premature EOF, byte 1 of the line");
	cr_assert_str_eq(c.events[1].place, case_path(&c, "a.jsonl:4"));
	c.options.strict = true;
	cr_assert_eq(case_read(&c, "a.jsonl"), NS_E_USAGE);
	cr_assert_eq(c.n, 1);
	cr_assert_eq(c.err.line, 2);
	cr_assert_str_eq(c.err.place, case_path(&c, "a.jsonl"));
	case_end(&c);
}

Test(jsonl, what_is_no_text_is_mended)
{
	struct source_case c;
	case_start(&c);
	const struct case_article *a = one(&c,
		"{\"title\":\"a\\ud800b\\udc00c\\u0000d\\ud83d\\n\\\\ud800\xC3\xA9\xFF\"}");
	cr_assert_str_eq(a->title,
	                 "a\uFFFDb\uFFFDc\uFFFDd\uFFFD\n\\ud800é\uFFFD");
	cr_assert_eq(a->facts.repairs, 5);
	cr_assert_eq(c.report.repaired, 1);
	a = one(&c, "{\"title\":\"\\ud800\"}");
	cr_assert_str_eq(a->title, "\uFFFD");
	a = one(&c, "{\"title\":\"\\ud800\\ud83d\\ude00\"}");
	cr_assert_str_eq(a->title, "\uFFFD\U0001F600");
	static const char nul[] = "{\"title\":\"nul \0 byte\"}\n";
	cr_assert_eq(case_read_bytes(&c, "a.jsonl", nul, sizeof nul - 1), NS_OK);
	cr_assert_str_eq(c.articles[0].title, "nul \uFFFD byte");
	case_end(&c);
}

static void nested(struct source_case *c, int depth, bool good)
{
	struct buffer text;
	buffer_init(&text, 64u << 20);
	buffer_text(&text, "{\"title\":\"t\",\"x\":");
	for (int i = 1; i < depth; i++)
		buffer_byte(&text, '[');
	for (int i = 1; i < depth; i++)
		buffer_byte(&text, ']');
	buffer_byte(&text, '}');
	cr_assert_eq(case_read_bytes(c, "a.jsonl", text.data, text.len), NS_OK);
	cr_assert_eq(c->n, good, "%d", depth);
	cr_assert_eq(c->n_events, !good);
	buffer_release(&text);
}

Test(jsonl, limits)
{
	struct source_case c;
	case_start(&c);
	nested(&c, JSON_DEPTH, true);
	nested(&c, JSON_DEPTH + 1, false);
	nested(&c, 4000000, false);
	char line[600];
	for (int n = 254; n <= 257; n++) {
		snprintf(line, sizeof line, "{\"title\":\"t\",\"id\":\"%0*d\"}", n, 0);
		if (n <= 255)
			one(&c, line);
		else
			refused(&c, line, SOURCE_LONG_ID);
	}
	/* the longest line, and one byte more */
	static const char head[] = "{\"body\":\"", tail[] = "\"}";
	for (int over = 0; over < 2; over++) {
		struct buffer text;
		buffer_init(&text, 64u << 20);
		buffer_text(&text, head);
		while (text.len < NS_ARTICLE_MAX - strlen(tail) + (size_t)over)
			buffer_byte(&text, 'x');
		buffer_text(&text, tail);
		buffer_text(&text, "\n{\"title\":\"next\"}\n");
		cr_assert_eq(case_read_bytes(&c, "a.jsonl", text.data, text.len),
		             NS_OK);
		cr_assert_eq(c.n, over ? 1 : 2);
		cr_assert_eq(c.n_events, (size_t)over);
		if (over)
			cr_assert_eq(c.events[0].why, SOURCE_LONG_LINE);
		buffer_release(&text);
	}
	case_end(&c);
}

Test(jsonl, what_the_index_does_not_take_is_refused)
{
	struct source_case c;
	case_start(&c);
	c.answer = NS_E_LIMIT;
	refused(&c, "{\"title\":\"t\"}", SOURCE_NOT_TAKEN);
	cr_assert_str_eq(c.events[0].reason,
	                 "not taken by the index: so the test wants it");
	cr_assert_eq(c.report.articles, 0);
	c.answer = NS_E_STOPPED;
	cr_assert_eq(case_read(&c, "a.jsonl"), NS_E_STOPPED);
	cr_assert_str_eq(c.err.message, "so the test wants it");
	/* an error of the index is none of the file */
	c.answer = NS_E_IO;
	cr_assert_eq(case_read(&c, "a.jsonl"), NS_E_IO);
	cr_assert_eq(c.n_events, 0);
	case_end(&c);
}

Test(jsonl, every_truncation_and_flip_is_survived)
{
	static const char line[] =
		"{\"id\":7,\"title\":\"a \\ud83d\\ude00 \\\"b\\\"\",\"body\":[\"c\",\"\xC3\xA9\"],"
		"\"x\":{\"y\":[1,-2.5e3,true,null]},\"date\":\"2017-04-06\"}";
	struct source_case c;
	case_start(&c);
	c.options.format = SOURCE_JSONL;
	for (size_t n = 1; n < sizeof line - 1; n++) {
		cr_assert_eq(case_read_bytes(&c, "a", line, n), NS_OK);
		cr_assert_eq(c.n_events, 1, "cut at %zu", n);
	}
	for (size_t i = 0; i < (sizeof line - 1) * 8; i++) {
		char flipped[sizeof line];
		memcpy(flipped, line, sizeof line);
		flipped[i / 8] = (char)(flipped[i / 8] ^ (1 << i % 8));
		cr_assert_eq(case_read_bytes(&c, "a", flipped, sizeof line - 1),
		             NS_OK);
		cr_assert_geq(c.n + c.n_events, 1, "flip %zu", i);
	}
	case_end(&c);
}

Test(jsonl, random_lines_are_survived)
{
	static const char *const pieces[] = {"{", "}", "[", "]", ":", ",", "\"",
		"\"title\"", "\"body\"", "\"id\"", "\"x\"", "\\", "\\u", "d83d", "de00",
		"\\ud83d", "1", "-", "e", ".", "true", "null", "\n", " ", "\xFF", "\xE2"};
	struct random random = random_start(19);
	struct source_case c;
	case_start(&c);
	c.options.format = SOURCE_JSONL;
	for (int round = 0; round < 6000; round++) {
		struct buffer text;
		buffer_init(&text, 1 << 20);
		if (round % 2)
			buffer_text(&text, "{\"title\":\"");
		for (uint32_t n = random_below(&random, 40); n; n--)
			buffer_text(&text, pieces[random_below(&random,
			            ARRAY_LEN(pieces))]);
		cr_assert_eq(case_read_bytes(&c, "a", text.data, text.len), NS_OK,
		             "seed %llu round %d",
		             (unsigned long long)random.seed, round);
		buffer_release(&text);
	}
	case_end(&c);
}

/* Mending is checked against reading the escapes one by one. */
Test(jsonl, random_escapes)
{
	static const char *const pieces[] = {"\\", "\\\\", "\\u", "\\ud83d",
		"\\ude00", "\\uDBFF", "\\udfff", "\\u0000", "\\u0041", "d83d", "u", "x"};
	struct random random = random_start(23);
	for (int round = 0; round < 200000; round++) {
		char text[128] = "";
		for (uint32_t n = random_below(&random, 12); n; n--)
			strcat(text, pieces[random_below(&random, ARRAY_LEN(pieces))]);
		size_t len = strlen(text);
		uint8_t *bytes = malloc(len ? len : 1);
		memcpy(bytes, text, len);
		uint32_t mended = json_escapes_mend(bytes, len), unit, changed = 0;
		bool open = false; /* a high half waits for its low one */
		for (size_t i = 0; i < len;) {
			bool escape = bytes[i] == '\\' && i + 6 <= len &&
			              bytes[i + 1] == 'u' &&
			              sscanf(text + i + 2, "%4x", &unit) == 1 &&
			              strspn(text + i + 2, "0123456789abcdefABCDEF") >= 4;
			if (!escape) {
				cr_assert_not(open, "seed %llu: %s",
				              (unsigned long long)random.seed, text);
				i += bytes[i] == '\\' ? 2 : 1;
				continue;
			}
			changed += memcmp(bytes + i, text + i, 6) != 0;
			cr_assert_eq(sscanf((char[]){(char)bytes[i + 2],
				(char)bytes[i + 3], (char)bytes[i + 4],
				(char)bytes[i + 5], 0}, "%x", &unit), 1);
			bool low = (unit & 0xFC00) == 0xDC00;
			cr_assert_eq(low, open, "seed %llu: %s",
			             (unsigned long long)random.seed, text);
			cr_assert_neq(unit, 0);
			open = (unit & 0xFC00) == 0xD800;
			i += 6;
		}
		cr_assert_not(open);
		cr_assert_eq(changed, mended);
		free(bytes);
	}
}

Test(jsonl, memory_may_end_at_any_point)
{
	struct source_case c;
	case_start(&c);
	case_write(&c, "a.jsonl",
		"{\"title\":\"one\",\"body\":\"a \\n body\"}\n"
		"{\"title\":\"\xFF\\ud800\",\"x\":[[[[{\"y\":1}]]]]}\n"
		"{\"title\":\n"
		"{\"title\":7,\"author\":[\"A\",\"B\"],\"date\":\"?\","
		"\"content_html\":\"<p>x<p>y\"}\n");
	case_exhaust(&c, case_path(&c, "a.jsonl"));
	cr_assert_eq(c.n, 3);
	cr_assert_eq(c.n_events, 1);
	case_end(&c);
}

/* Known keys and others that come to their places, in any order: as a memory that
 * has seen nothing says. */
Test(jsonl, random_keys)
{
	static const char *const keys[] = {"id", "title", "tattle", "tiiie", "body",
		"b0dy", "Headline", "headline", "hhhhhhhe", "TEXT", "text", "Titel",
		"pub_date", "xub_date", "", "a", "abcdefghijklmnopqrstuvwxyz",
		"abcdefghijklmnopqrstuv", "abcdefghijklmnopqrstv", "\303\234berschrift"};
	static struct json_keys warm;
	struct random random = random_start(7);
	struct field_map map = {0};
	map.names[FIELD_BODY] = slice_of("titel", 5);
	warm.map = &map;
	for (int round = 0; round < 100000; round++) {
		struct json_keys cold = {.map = &map};
		char name[32];
		int got, wanted;
		strcpy(name, keys[random_below(&random, ARRAY_LEN(keys))]);
		if (!random_below(&random, 3) && name[0])
			name[random_below(&random, (uint32_t)strlen(name))] ^= 0x20;
		struct slice key = slice_of(name, strlen(name));
		enum field field = json_keys_find(&cold, key, &wanted);
		cr_assert_eq(json_keys_find(&warm, key, &got), field,
		             "seed %llu, round %d: %s",
		             (unsigned long long)random.seed, round, name);
		cr_assert_eq(got, wanted, "seed %llu, round %d: %s",
		             (unsigned long long)random.seed, round, name);
	}
}
