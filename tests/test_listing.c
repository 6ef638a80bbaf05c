/* A scraped page becomes its articles. */
#include "random.h"
#include "form/listing.h"
#include "source_case.h"

#define NBSP "\u00A0"
#define CLOSING(section) "  \u2022 Published in " section "\n"

/* Every oddity in two articles and a third that is cut off. */
static const char page[] =
	"\xEF\xBB\xBF" "First title\r\n"
	"\n"
	"One paragraph with a long tail of words.\n"
	NBSP " \n"
	"\u00A9" NBSP "Sputnik\n"
	"FILE PHOTO \u00A9 Someone\n"
	"g tail of words.\n"
	"ng tail of words.\n"
	"a long tail of words.\n"
	"A view of the town. " NBSP "\u00A9 Jane Someone / Handout\n"
	"@handle a post stays https://example.org\n"
	"Sub-heading" NBSP "\n"
	"what animated GIF\n"
	"READ MORE:" NBSP "Another title\n"
	"READ MORE: A third one" NBSP "\n"
	NBSP "Trimmed, but not " NBSP " inside." NBSP "\n"
	NBSP " \u2022" NBSP "Published in World News" NBSP "\n"
	"\n"
	"\u00A9 Before a title\n"
	"Second title, with \u00A9 in it\n"
	CLOSING("")
	"Subscribe to this RSS feed\n"
	"\n"
	"Third title\n"
	"It has no closing line.\n"
	"\n"
	"Subscribe to this RSS feed\n";

Test(listing, every_oddity)
{
	struct source_case c;
	case_start(&c);
	cr_assert_eq(case_read_text(&c, "page.txt", page), NS_OK);
	cr_assert_eq(c.n, 3);
	cr_assert_eq(c.n_events, 0);
	struct case_article *a = c.articles;
	cr_assert_str_eq(a[0].title, "First title");
	cr_assert_str_eq(a[0].body,
		"One paragraph with a long tail of words.\n"
		"@handle a post stays https://example.org\n"
		"Sub-heading\n"
		"Trimmed, but not " NBSP " inside.\n");
	cr_assert_str_eq(a[0].section, "World News");
	cr_assert_str_eq(a[0].captions,
	                 "A view of the town. " NBSP "\u00A9 Jane Someone / Handout\n");
	cr_assert_str_eq(a[0].links, "Another title\nA third one\n");
	cr_assert_str_eq(a[0].source, "page.txt:1");
	cr_assert_eq(a[0].facts.first_line, 1);
	cr_assert_eq(a[0].facts.last_line, 17);
	cr_assert_eq(a[0].facts.furniture, 6);
	cr_assert_eq(a[0].facts.article.date, NS_NO_DATE);
	cr_assert_eq(a[0].facts.article.id.size, 0);
	cr_assert_str_eq(a[1].title, "Second title, with \u00A9 in it");
	cr_assert_str_eq(a[1].body, "");
	cr_assert_str_eq(a[1].section, "");
	cr_assert_eq(a[1].facts.first_line, 20);
	cr_assert_eq(a[1].facts.last_line, 21);
	cr_assert_str_eq(a[2].title, "Third title");
	cr_assert_str_eq(a[2].body, "It has no closing line.\n");
	cr_assert_eq(a[2].facts.first_line, 24);
	cr_assert_eq(a[2].facts.last_line, 25);
	cr_assert_eq(c.report.articles, 3);
	cr_assert_eq(c.report.by_format[SOURCE_LISTING], 3);
	cr_assert_eq(c.report.bytes, sizeof page - 1);
	case_end(&c);
}

static void body_is(struct source_case *c, const char *lines, const char *body)
{
	char text[4096];
	snprintf(text, sizeof text, "Title\n%s" CLOSING("World"), lines);
	cr_assert_eq(case_read_text(c, "page.txt", text), NS_OK);
	cr_assert_eq(c->n, 1);
	cr_assert_str_eq(c->articles[0].body, body);
}

Test(listing, fragments)
{
	struct source_case c;
	case_start(&c);
	/* 20 bytes, beginning with a word, and 19 */
	body_is(&c, "So he said twenty bytes long.\n" "twenty bytes long...\n",
	        "So he said twenty bytes long.\n" "twenty bytes long...\n");
	body_is(&c, "He said, twenty bytes long..\n" " twenty bytes long..\n"
	        ", twenty bytes long..\n",
	        "He said, twenty bytes long..\n" "twenty bytes long..\n");
	/* within a word any length will do; a short whole one stays */
	body_is(&c, "It rained.\ned.\nd.\n.\n", "It rained.\n.\n");
	body_is(&c, "Yes.\nYes.\nHe said yes.\nyes.\n",
	        "Yes.\nYes.\nHe said yes.\nyes.\n");
	/* not of a later paragraph, nor of another article */
	body_is(&c, "ained all through the night.\nIt rained all through the night.\n",
	        "ained all through the night.\nIt rained all through the night.\n");
	cr_assert_eq(case_read_text(&c, "page.txt",
		"A\nIt rained all through the night.\n" CLOSING("X")
		"B\nit was.\nained all through the night.\n" CLOSING("X")), NS_OK);
	cr_assert_eq(c.n, 2);
	cr_assert_str_eq(c.articles[1].body,
	                 "it was.\nained all through the night.\n");
	case_end(&c);
}

Test(listing, credits_count_characters)
{
	char line[512], wanted[512];
	struct source_case c;
	case_start(&c);
	for (int after = 78; after <= 81; after++) {
		size_t n = (size_t)snprintf(line, sizeof line, "Caption \u00A9");
		for (int i = 0; i < after; i++, n += 2)
			memcpy(line + n, "\u00E9", 2);
		memcpy(line + n, "\n", 2);
		memcpy(wanted, line, n + 2);
		body_is(&c, line, after <= 79 ? "" : wanted);
		cr_assert_str_eq(c.articles[0].captions, after <= 79 ? wanted : "");
	}
	case_end(&c);
}

Test(listing, near_misses_stay)
{
	static const char kept[] =
		"Published in World\n"
		"\u2022 Published inside\n"
		"\u2022 A list\n"
		"what animated GIF?\n"
		"Subscribe to this RSS feed now\n"
		"FILE PHOTO without its sign\n"
		"READ MORE books\n"
		"Please READ MORE: books\n";
	struct source_case c;
	case_start(&c);
	body_is(&c, kept, kept);
	case_end(&c);
}

Test(listing, an_article_of_nothing_is_refused)
{
	struct source_case c;
	case_start(&c);
	cr_assert_eq(case_read_text(&c, "page.txt",
		"A\n" CLOSING("World") CLOSING("World") "\u00A9 X\n" CLOSING("World")
		"B\n"), NS_OK);
	cr_assert_eq(c.n, 2);
	cr_assert_eq(c.n_events, 2);
	cr_assert_eq(c.events[0].why, SOURCE_NO_TEXT);
	cr_assert_str_eq(c.events[0].place, case_path(&c, "page.txt:3"));
	cr_assert_str_eq(c.events[1].place, case_path(&c, "page.txt:5"));
	cr_assert_eq(c.report.refused, 2);
	cr_assert_eq(c.report.refused_by[SOURCE_NO_TEXT], 2);
	case_end(&c);
}

Test(listing, bad_bytes_are_repaired)
{
	struct source_case c;
	case_start(&c);
	cr_assert_eq(case_read_text(&c, "page.txt",
		"A \u00e9\u00e9\nbad \xFF\xFE bytes\n" CLOSING("World") "B\ngood\n"
		CLOSING("World")), NS_OK);
	cr_assert_str_eq(c.articles[0].body, "bad \uFFFD\uFFFD bytes\n");
	cr_assert_eq(c.articles[0].facts.repairs, 2);
	cr_assert_eq(c.articles[1].facts.repairs, 0);
	cr_assert_eq(c.report.repaired, 1);
	case_end(&c);
}

/* Lines of 1,000 bytes, no two alike. */
static void fill(struct buffer *out, size_t total)
{
	for (int i = 0; total >= 1000; i++, total -= 1000)
		buffer_printf(out, "%0999d\n", i);
	buffer_printf(out, "%0*d\n", (int)total + 1, 0);
}

/* Too much of one line, of one body, and of one part: each costs one article. */
Test(listing, too_large_an_article_is_refused_alone)
{
	struct buffer text;
	struct source_case c;
	case_start(&c);
	buffer_init(&text, 128u << 20);
	buffer_text(&text, "A\n" CLOSING("World") "Line\n");
	buffer_printf(&text, "%0*d\n", (int)NS_ARTICLE_MAX + 1, 0);
	buffer_text(&text, CLOSING("World") "B\n" CLOSING("World") "Body\n");
	fill(&text, (size_t)NS_ARTICLE_MAX + 1);
	buffer_text(&text, CLOSING("World") "C\n" CLOSING("World") "Unclosed\n");
	fill(&text, 2 * (size_t)NS_ARTICLE_MAX);
	cr_assert_eq(case_read_bytes(&c, "page.txt", text.data, text.len), NS_OK);
	cr_assert_eq(c.n, 3);
	cr_assert_str_eq(c.articles[2].title, "C");
	cr_assert_eq(c.n_events, 3);
	for (size_t i = 0; i < 3; i++)
		cr_assert_eq(c.events[i].why, SOURCE_LARGE_ARTICLE);
	cr_assert_str_eq(c.events[0].place, case_path(&c, "page.txt:3"));
	cr_assert_str_eq(c.events[1].place, case_path(&c, "page.txt:8"));
	cr_assert_str_eq(c.events[0].reason, "article over 16 MiB");
	buffer_release(&text);
	case_end(&c);
}

/* A million short lines, all alike at their ends. */
Test(listing, many_paragraphs_are_no_trap)
{
	struct buffer text;
	struct source_case c;
	case_start(&c);
	buffer_init(&text, 32u << 20);
	buffer_text(&text, "Title\n");
	for (unsigned i = 0; i < 600000; i++)
		buffer_printf(&text, "%07u the same for all\n", i);
	buffer_text(&text, CLOSING("World"));
	cr_assert_eq(case_read_bytes(&c, "page.txt", text.data, text.len), NS_OK);
	cr_assert_eq(c.n, 1);
	cr_assert_eq(c.articles[0].facts.furniture, 0);
	buffer_release(&text);
	case_end(&c);
}

static struct buffer load(const char *path)
{
	struct buffer out;
	buffer_init(&out, 1 << 20);
	cr_assert_eq(io_read_file(AT_FDCWD, path, 1 << 20, &out, NULL), NS_OK,
	             "%s: run the tests in the folder of the project", path);
	return out;
}

static const struct case_article *titled(const struct source_case *c,
                                         const char *start)
{
	for (size_t i = 0; i < c->n; i++)
		if (!strncmp(c->articles[i].title, start, strlen(start)))
			return &c->articles[i];
	cr_assert_fail("no article %s", start);
	return NULL;
}

Test(listing, the_bundled_sample)
{
	struct source_case c;
	case_start(&c);
	cr_assert_eq(case_read_path(&c, "sample"), NS_OK);
	cr_assert_eq(c.n, 12);
	cr_assert_eq(c.n_events, 0);
	size_t world = 0;
	for (size_t i = 0; i < c.n; i++) {
		world += !strcmp(c.articles[i].section, "World");
		cr_assert_gt(c.articles[i].body_size, 600);
		cr_assert_null(strstr(c.articles[i].body, "READ MORE"));
		cr_assert_null(strstr(c.articles[i].body, "\u00A9"));
		cr_assert_null(strstr(c.articles[i].body, "RSS feed"));
		cr_assert_null(strstr(c.articles[i].body, "animated GIF"));
		cr_assert_null(strstr(c.articles[i].body, "attackers"));
	}
	cr_assert_eq(world, 9);
	const struct case_article *denies = titled(&c, "Syria denies");
	cr_assert_null(strstr(denies->body, "attack"));
	cr_assert_not_null(strstr(denies->links, "attack"));
	cr_assert_not_null(strstr(denies->captions, "Brussels"));
	const struct case_article *idlib = titled(&c, "Putin: Idlib");
	cr_assert_null(strstr(idlib->body, "\nay for"), "the fragment is body");
	cr_assert_not_null(strstr(titled(&c, "Cake")->body, "\n@cakewatcher "));
	case_end(&c);
}

Test(listing, every_truncation_is_survived)
{
	struct buffer sample = load("sample/world-news.txt");
	struct source_case c;
	case_start(&c);
	c.options.format = SOURCE_LISTING;
	/* longest first: the file is cut, not written again */
	case_write_bytes(&c, "cut", sample.data, sample.len);
	for (size_t n = sample.len; n > 0; n--) {
		cr_assert_eq(truncate(case_path(&c, "cut"), (off_t)n), 0);
		cr_assert_eq(case_read(&c, "cut"), NS_OK, "at %zu", n);
		/* a cut within "Subscribe to …" looks like a title */
		cr_assert(c.n >= 1 && c.n <= 13, "at %zu", n);
		cr_assert_eq(c.report.bytes, n);
	}
	buffer_release(&sample);
	case_end(&c);
}

/* Pages put together from pieces of pages, in every format. */
Test(listing, random_pages_are_survived)
{
	static const char *const pieces[] = {"\n", "\n", "\r\n", NBSP, " ",
		"\u00A9", "\u2022 Published in ", "READ MORE", ":", "FILE PHOTO",
		"what animated GIF", "Subscribe to this RSS feed", "a word ",
		"@handle ", "\xFF", "\xE2\x80", "\0", "{\"title\":", "\"x\"}", "\\u"};
	struct random random = random_start(11);
	struct source_case c;
	case_start(&c);
	for (int round = 0; round < 4000; round++) {
		struct buffer text;
		buffer_init(&text, 1 << 20);
		for (uint32_t n = random_below(&random, 120); n; n--)
			if (random_below(&random, 12))
				buffer_text(&text, pieces[random_below(&random,
				            ARRAY_LEN(pieces))]);
			else
				buffer_byte(&text, (uint8_t)random_u64(&random));
		c.options.format = (enum source_format)(round % SOURCE_FORMATS);
		cr_assert_eq(case_read_bytes(&c, "page", text.data, text.len),
		             NS_OK, "seed %llu round %d",
		             (unsigned long long)random.seed, round);
		cr_assert(c.n + c.n_events > 0, "seed %llu round %d: silence",
		          (unsigned long long)random.seed, round);
		for (size_t i = 0; i < c.n; i++)
			cr_assert_leq(c.articles[i].facts.first_line,
			              c.articles[i].facts.last_line);
		buffer_release(&text);
	}
	case_end(&c);
}

Test(listing, memory_may_end_at_any_point)
{
	struct source_case c;
	case_start(&c);
	case_write(&c, "page.txt", page);
	case_write_bytes(&c, "bad.txt", "é\nbad \xFF bytes\n" CLOSING("World"),
	                 strlen("é\nbad \xFF bytes\n" CLOSING("World")));
	case_exhaust(&c, c.dir);
	cr_assert_eq(c.n, 4);
	case_end(&c);
}
