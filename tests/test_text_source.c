/* Plain files, and which form a file has. */
#include "input/sniff.h"
#include "source_case.h"

Test(text_source, one_article)
{
	struct source_case c;
	case_start(&c);
	cr_assert_eq(case_read_text(&c, "note.txt",
		"\xEF\xBB\xBF\r\n  A title\u00A0\r\n\r\nOne line.\r\n  and another\n\n"),
		NS_OK);
	cr_assert_eq(c.n, 1);
	const struct case_article *a = c.articles;
	cr_assert_str_eq(a->title, "A title");
	cr_assert_str_eq(a->body, "One line.\nand another\n");
	cr_assert_str_eq(a->section, "");
	cr_assert_str_eq(a->source, "note.txt:2");
	cr_assert_eq(a->facts.first_line, 2);
	cr_assert_eq(a->facts.last_line, 5);
	cr_assert_eq(a->facts.article.date, NS_NO_DATE);
	cr_assert_eq(c.report.by_format[SOURCE_TEXT], 1);
	cr_assert_eq(case_read_text(&c, "note.txt", "Only a title"), NS_OK);
	cr_assert_eq(c.n, 1);
	cr_assert_str_eq(c.articles[0].body, "");
	case_end(&c);
}

Test(text_source, nothing_in_it)
{
	static const char *const texts[] = {"", "\n", " \u00A0\r\n\t", "\xEF\xBB\xBF"};
	struct source_case c;
	case_start(&c);
	for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
		cr_assert_eq(case_read_text(&c, "blank.txt", texts[i]), NS_OK);
		cr_assert_eq(c.n, 0);
		cr_assert_eq(c.n_events, 1);
		cr_assert_eq(c.events[0].kind, SOURCE_REFUSED, "it was named");
		cr_assert_eq(c.events[0].why, SOURCE_EMPTY);
		cr_assert_eq(case_read(&c, ""), NS_OK);
		cr_assert_eq(c.n_events, 1);
		cr_assert_eq(c.events[0].kind, SOURCE_PASSED_OVER);
	}
	case_end(&c);
}

Test(text_source, too_large)
{
	struct buffer text;
	struct source_case c;
	case_start(&c);
	buffer_init(&text, 64u << 20);
	buffer_text(&text, "\nTitle\n");
	while (text.len < 17u << 20)
		buffer_text(&text, "a line of some words, and then some more of them\n");
	cr_assert_eq(case_read_bytes(&c, "a.txt", text.data, text.len), NS_OK);
	cr_assert_eq(c.n, 0);
	cr_assert_eq(c.n_events, 1);
	cr_assert_eq(c.events[0].why, SOURCE_LARGE_ARTICLE);
	cr_assert_str_eq(c.events[0].place, case_path(&c, "a.txt:2"));
	cr_assert_eq(c.report.bytes, text.len);
	/* just not too large: title and body are 16 MiB together */
	text.len = strlen("\nTitle\n");
	while (text.len < NS_ARTICLE_MAX + 1)
		buffer_byte(&text, 'x');
	cr_assert_eq(case_read_bytes(&c, "a.txt", text.data, text.len), NS_OK);
	cr_assert_eq(c.n, 1);
	buffer_byte(&text, 'x');
	cr_assert_eq(case_read_bytes(&c, "a.txt", text.data, text.len), NS_OK);
	cr_assert_eq(c.n_events, 1);
	buffer_release(&text);
	case_end(&c);
}

/* An old Mac's, also over the ends of buffers and in another encoding. */
Test(text_source, lines_that_end_at_cr)
{
	struct source_case c;
	struct buffer text;
	case_start(&c);
	cr_assert_eq(case_read_text(&c, "a.txt", "Rain\r\rOne.\rTwo."), NS_OK);
	cr_assert_str_eq(c.articles[0].title, "Rain");
	cr_assert_str_eq(c.articles[0].body, "One.\nTwo.\n");
	cr_assert_eq(case_read_text(&c, "a.csv", "title,body\ra,b\rc,d\r"), NS_OK);
	cr_assert_eq(c.n, 2);
	cr_assert_str_eq(c.articles[1].source, "a.csv:3");
	cr_assert_eq(case_read_bytes(&c, "a.txt", "\xFE\xFF\0a\0\r\0b\0\r", 10),
	             NS_OK);
	cr_assert_str_eq(c.articles[0].title, "a");
	cr_assert_str_eq(c.articles[0].body, "b\n");
	buffer_init(&text, 1 << 22);
	buffer_text(&text, "title,body\r");
	for (int i = 0; i < 200; i++)
		buffer_printf(&text, "t%d,%04000d\r", i, i);
	cr_assert_eq(case_read_bytes(&c, "a.csv", text.data, text.len), NS_OK);
	cr_assert_eq(c.n, 200);
	cr_assert_str_eq(c.articles[199].title, "t199");
	buffer_release(&text);
	/* where there is LF, CR is none */
	cr_assert_eq(case_read_text(&c, "a.txt", "a\rb\nc"), NS_OK);
	cr_assert_str_eq(c.articles[0].title, "a\rb");
	case_end(&c);
}

static void form_is(const char *text, const char *name,
                    enum source_format wanted)
{
	cr_assert_eq(sniff_format(slice_of(text, strlen(text)), name), wanted,
	             "%s: %s", name, text);
}

Test(text_source, forms)
{
	form_is("{\"title\":\"x\"}", "a.txt", SOURCE_JSONL);
	form_is("\n \u00A0\n  {\"title\"", "a", SOURCE_JSONL);
	form_is("{broken", "a", SOURCE_JSONL);
	form_is("{\\rtf1\\ansi hello}", "a.rtf", SOURCE_TEXT);
	form_is("A\n\n  \u2022 Published in World\n", "a.jsonl", SOURCE_LISTING);
	form_is("A\n\n\u00A0\u2022\u00A0Published in\u00A0World", "a", SOURCE_LISTING);
	form_is("A story says \u2022 Published in World\n", "a.txt", SOURCE_TEXT);
	form_is("plain words", "a.JSONL", SOURCE_JSONL);
	form_is("[{\"title\":\"x\"}]", "a.json", SOURCE_JSON);
	form_is("plain words", "a.ndjson", SOURCE_JSONL);
	form_is("plain words", "jsonl", SOURCE_TEXT);
	form_is("", "a", SOURCE_TEXT);
	form_is("id,title,content\n1,a,b\n", "-", SOURCE_CSV);
	form_is("\"Headline\";\"Text\"\r\n\"a\";\"b\"", "a.txt", SOURCE_CSV);
	form_is("Title\tBody\tDate\r\na\tb\t\r\n", "a.txt", SOURCE_TSV);
	form_is("date,title,url\n\"2017\",\"a\",\"b\"\n", "a", SOURCE_CSV);
	form_is("Title, date and author\n\nOf this, nothing.\n", "a", SOURCE_TEXT);
	form_is("Title, text\nand no more of it\n", "a", SOURCE_TEXT);
	form_is("date,title,url", "a", SOURCE_TEXT);
	form_is("Title, text, and all that there is to say of the two of them\n"
	        "is, here, said.\n", "a", SOURCE_TEXT);

	enum source_format format;
	for (int i = 0; i < SOURCE_FORMATS; i++) {
		cr_assert(source_format_parse(
			source_format_name((enum source_format)i), &format));
		cr_assert_eq(format, (enum source_format)i);
	}
	cr_assert_not(source_format_parse("word", &format));
}

/* What a browser puts beside a page that it saves. */
Test(text_source, what_is_no_article)
{
	static const struct {
		const char *name, *text;
		bool none;
	} cases[] = {
		{"a.js", "(function(){})();", true},
		{"a.CSS", "body { color: red }", true},
		{"a.svg", "<svg><path/></svg>", true},
		{"sitemap.xml", "\n<?xml version='1.0'?><urlset></urlset>", true},
		{"a.xml", "<?xml version='1.0'?><rss><channel><item><title>Rain"
		 "</title></item></channel></rss>", false},
		{"a.html", "<?xml version='1.0'?><html><title>Rain", false},
		{"a.txt", "body { color: red }", false},
		{"js", "Rain", false},
	};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct source_case c;
		case_start(&c);
		cr_assert_eq(case_read_text(&c, cases[i].name, cases[i].text),
		             NS_OK);
		cr_assert_eq(c.n, !cases[i].none, "%s", cases[i].name);
		cr_assert_eq(c.report.refused_by[SOURCE_TYPE], cases[i].none);
		case_forget(&c);
		c.options.format = SOURCE_TEXT;
		cr_assert_eq(case_read(&c, cases[i].name), NS_OK);
		cr_assert_eq(c.n, 1, "%s", cases[i].name);
		case_end(&c);
	}
}

/* The closing line of a long first article lies behind the first buffer of a
 * careless reader. */
Test(text_source, a_late_closing_line_is_seen)
{
	struct buffer text;
	struct source_case c;
	case_start(&c);
	buffer_init(&text, 1 << 20);
	buffer_text(&text, "Title\n");
	while (text.len < 200000)
		buffer_text(&text, "some more words of a long report\n");
	buffer_text(&text, "\u2022 Published in World\nSecond\n");
	cr_assert_eq(case_read_bytes(&c, "a.txt", text.data, text.len), NS_OK);
	cr_assert_eq(c.n, 2);
	buffer_release(&text);
	case_end(&c);
}

Test(text_source, no_text)
{
	static const struct {
		const char *bytes;
		size_t n;
	} binaries[] = {
		{"\x89PNG\r\n\x1A\n\0\0\0\rIHDR", 16},
		{"words and one \0 byte and many more words behind it", 50},
		{"\x1F\x8B\x07\x01\x02\x03\x04\x05\x06\x0E\x0F", 11},
		{"a\0\1\0b\0\0\0c\0\2\0", 12},
	};
	struct source_case c;
	case_start(&c);
	for (size_t i = 0; i < ARRAY_LEN(binaries); i++) {
		cr_assert_eq(case_read_bytes(&c, "picture", binaries[i].bytes,
		                             binaries[i].n), NS_OK);
		cr_assert_eq(c.n, 0, "%zu", i);
		cr_assert_eq(c.n_events, 1);
		cr_assert_eq(c.events[0].kind, SOURCE_REFUSED);
		cr_assert_eq(c.events[0].why, SOURCE_BINARY);
		cr_assert_eq(case_read(&c, ""), NS_OK);
		cr_assert_eq(c.events[0].kind, SOURCE_PASSED_OVER);
		cr_assert_eq(c.report.passed_over, 1);
		cr_assert_eq(c.report.refused, 0);
		cr_assert_eq(c.report.files, 0);
	}
	/* a coloured log is text */
	cr_assert_eq(case_read_text(&c, "picture", "\x1B[1mbold\x1B[0m\nwords\f"),
	             NS_OK);
	cr_assert_eq(c.n, 1);
	case_end(&c);
}

Test(text_source, memory_may_end_at_any_point)
{
	struct source_case c;
	case_start(&c);
	case_write(&c, "a.txt", "Title \xFFéé\nbody \xFF\n");
	case_write_bytes(&c, "b.bin", "\0\0", 2);
	case_write(&c, "c.txt", "\n");
	case_exhaust(&c, c.dir);
	cr_assert_eq(c.n, 1);
	cr_assert_eq(c.n_events, 2);
	case_end(&c);
}
