/* Pages cut by the rules of a file, and rules guessed from pages. */
#include "random.h"
#include "form/guess.h"
#include "form/rules.h"
#include "source_case.h"

static const char courier[] =
	"Examplia Courier - all the news\n"
	"Home | World | Sport\n"
	"* * *\n"
	"Mayor opens the new bridge over the river\n"
	"Posted on 2017-04-06\n"
	"By Anna Ray\n"
	"The mayor opened the bridge on Wednesday in front of a crowd of several "
	"hundred people who had come in spite of the rain and the wind.\n"
	"Share this article\n"
	"The bridge has cost twelve million and took four years.\n"
	"* * *\n"
	"Harvest festival draws record crowd\n"
	"Posted on 2017-04-05\n"
	"By Bert Sun\n"
	"More than four thousand visitors came to the harvest festival this weekend "
	"which is more than in any year since the founding of the town.\n"
	"Share this article\n"
	"RELATED: Last year's harvest festival\n"
	"* * *\n"
	"School board votes for longer breaks\n"
	"Posted on 2017-04-04\n"
	"By Cleo May\n"
	"The school board voted on Monday evening for longer breaks between lessons "
	"after a debate that lasted for hours and heard eleven parents.\n"
	"Share this article\n"
	"RELATED: Earlier lessons\n";

static struct rules *rules_of(const char *text)
{
	struct rules *rules;
	struct ns_error err = {0};
	int status = rules_new(&rules, slice_of((const uint8_t *)text,
	                       strlen(text)), "r", &err);
	cr_assert_eq(status, NS_OK, "%s", err.message);
	return rules;
}

static void expect_courier(struct source_case *c)
{
	cr_assert_eq(case_read_text(c, "courier.txt", courier), NS_OK);
	cr_assert_eq(c->n, 3);
	cr_assert_str_eq(c->articles[0].title,
	                 "Mayor opens the new bridge over the river");
	cr_assert_str_eq(c->articles[0].author, "Anna Ray");
	cr_assert_eq(c->articles[0].facts.article.date, 1491436800);
	cr_assert_str_eq(c->articles[0].source, "courier.txt:4");
	cr_assert_eq(c->articles[0].facts.last_line, 9);
	cr_assert(strstr(c->articles[0].body, "twelve million"));
	cr_assert_not(strstr(c->articles[0].body, "Share"));
	cr_assert_str_eq(c->articles[2].title,
	                 "School board votes for longer breaks");
	cr_assert_str_eq(c->articles[2].links, "Earlier lessons\n");
	cr_assert_eq(c->report.by_format[SOURCE_LISTING], 3);
}

Test(rules, opening)
{
	struct source_case c;
	case_start(&c);
	c.options.rules = rules_of("# a comment\n\nopening ^\\* \\* \\*$\r\n"
		"date\t^Posted on (.*)$\nauthor ^By \nlink ^RELATED:(.*)\n"
		"furniture ^Share this");
	expect_courier(&c);
	cr_assert_eq(c.report.furniture, 5, "head of the page and three shares");
	rules_free(c.options.rules);
	case_end(&c);
}

Test(rules, titles_and_closings)
{
	struct source_case c;
	case_start(&c);
	c.options.rules = rules_of("title ^== (.*) ==$\nsection ^in (.*)$\n"
		"caption \\(photo\\)$\n");
	cr_assert_eq(case_read_text(&c, "p", "head\n== One ==\nin World\nText.\n"
		"A street (photo)\n== Two ==\n== Three ==\nMore.\n"), NS_OK);
	cr_assert_eq(c.n, 3);
	cr_assert_str_eq(c.articles[0].title, "One");
	cr_assert_str_eq(c.articles[0].section, "World");
	cr_assert_str_eq(c.articles[0].captions, "A street (photo)\n");
	cr_assert_str_eq(c.articles[0].body, "Text.\n");
	cr_assert_str_eq(c.articles[1].title, "Two");
	cr_assert_str_eq(c.articles[1].body, "");
	cr_assert_str_eq(c.articles[2].body, "More.\n");
	rules_free(c.options.rules);

	c.options.rules = rules_of("closing ^Filed under:(.*)");
	cr_assert_eq(case_read_text(&c, "p", "One\nText.\nFiled under: Sport\n"
		"Two\nMore.\n"), NS_OK);
	cr_assert_eq(c.n, 2);
	cr_assert_str_eq(c.articles[0].section, "Sport");
	cr_assert_str_eq(c.articles[1].section, "");
	rules_free(c.options.rules);
	case_end(&c);
}

/* Rules are for what is no other form. */
Test(rules, leave_other_forms)
{
	struct source_case c;
	case_start(&c);
	c.options.rules = rules_of("title ^x");
	cr_assert_eq(case_read_text(&c, "a.jsonl", "{\"title\":\"x\"}\n"), NS_OK);
	cr_assert_eq(c.report.by_format[SOURCE_JSONL], 1);
	rules_free(c.options.rules);
	case_end(&c);
}

Test(rules, refused)
{
	static const struct {
		const char *text, *says;
		int64_t line;
	} wrong[] = {
		{"", "no rule says where", 0},
		{"# only a comment\n", "no rule says where", 0},
		{"furniture ^x$\n", "no rule says where", 0},
		{"title ^x\ntitel ^y\n", "not with titel", 2},
		{"\ntitle (\n", "no regular expression", 2},
		{"title\n", "needs an expression", 1},
		{"title \xFF\n", "needs an expression", 1},
	};
	for (size_t i = 0; i < ARRAY_LEN(wrong); i++) {
		struct rules *rules;
		struct ns_error err = {0};
		int status = rules_new(&rules,
			slice_of((const uint8_t *)wrong[i].text,
			strlen(wrong[i].text)), "r", &err);
		cr_assert_eq(status, NS_E_USAGE, "%zu", i);
		cr_assert_null(rules);
		cr_assert(strstr(err.message, wrong[i].says), "%s", err.message);
		cr_assert_eq(err.line, wrong[i].line);
	}
}

Test(rules, read_from_a_file)
{
	struct source_case c;
	struct rules *rules;
	struct ns_error err = {0};
	case_start(&c);
	case_write(&c, "r", "title ^=(.*)\n");
	cr_assert_eq(rules_open(&rules, case_path(&c, "r"), &err), NS_OK);
	rules_free(rules);
	cr_assert_eq(rules_open(&rules, case_path(&c, "none"), &err), NS_E_IO);
	cr_assert_eq(rules_open(&rules, c.dir, &err), NS_E_IO);
	char *large = malloc(RULES_FILE + 1);
	memset(large, '#', RULES_FILE + 1);
	case_write_bytes(&c, "large", large, RULES_FILE + 1);
	free(large);
	cr_assert_eq(rules_open(&rules, case_path(&c, "large"), &err), NS_E_USAGE);
	case_end(&c);
}

/* Whatever the lines are, none is lost: each is in an article or is furniture. */
Test(rules, random_lines)
{
	static const char *const pieces[] = {"* * *", "= t", "By me", "text", "",
		"Filed: x", "\u00A9 y", "a longer line of text", "\xFF", "="};
	struct source_case c;
	struct random random = {20171, 20171};
	case_start(&c);
	c.options.rules = rules_of("opening ^\\*\ntitle ^=(.*)\nauthor ^By\n"
	                           "closing ^Filed:\nfurniture ^\u00A9\n");
	for (int round = 0; round < 200; round++) {
		char page[1024] = "";
		for (unsigned i = random_below(&random, 30); i; i--) {
			strcat(page, pieces[random_below(&random,
			                                 ARRAY_LEN(pieces))]);
			strcat(page, "\n");
		}
		cr_assert_eq(case_read_text(&c, "p", page), NS_OK, "seed 20171");
		for (size_t i = 1; i < c.n; i++)
			cr_assert_gt(c.articles[i].facts.first_line,
			             c.articles[i - 1].facts.last_line);
	}
	rules_free(c.options.rules);
	case_end(&c);
}

/* ---- guessing --------------------------------------------------------------- */

static uint64_t guess(const char *page, struct buffer *out)
{
	uint64_t articles;
	struct ns_error err = {0};
	buffer_init(out, 1 << 20);
	cr_assert_eq(guess_rules(slice_of((const uint8_t *)page, strlen(page)), out,
	             &articles, &err), NS_OK);
	buffer_byte(out, '\0');
	return articles;
}

Test(guess, cuts_the_page)
{
	struct source_case c;
	struct buffer out;
	case_start(&c);
	cr_assert_eq(guess(courier, &out), 3);
	cr_assert(strstr((char *)out.data, "opening    ^\\* \\* \\*$\n"));
	c.options.rules = rules_of((char *)out.data);
	expect_courier(&c);
	rules_free(c.options.rules);
	buffer_release(&out);
	case_end(&c);
}

Test(guess, finds_sections)
{
	struct buffer out;
	cr_assert_eq(guess("Rain in Sochi\nIt rained all day and all night, and "
		"nobody in the town could remember that it had ever rained so long "
		"before at this time of the year, or said so.\nFiled under World\n"
		"Sun in Astana\nThe sun shone all day and half of the night, and "
		"nobody in the town could remember that it had ever been so warm "
		"before at this time of the year, or said so.\nFiled under Sport\n"
		"About us\n", &out), 2);
	cr_assert(strstr((char *)out.data, "closing    ^Filed under(.*)$\n"));
	cr_assert(strstr((char *)out.data, "furniture  ^About us$\n"));
	buffer_release(&out);
}

#define RAIN "It rained all day and all night, and nobody in the town could remember " \
	"that it had ever rained so long before at this time of the year, or said so.\n"

Test(guess, knows_labels)
{
	struct buffer out;
	cr_assert_eq(guess("***\nRain in Sochi\nSection: World\nBYLINE: Ann Bee\n"
		RAIN "***\nSun in Astana\nSection: World\nBYLINE: Cee Dee\n"
		RAIN, &out), 2);
	const char *rule = strstr((char *)out.data, "section    ^Section:(.*)$\n");
	cr_assert(rule);
	cr_assert(strstr((char *)out.data, "author     ^BYLINE:(.*)$\n"));
	const char *same = strstr((char *)out.data, "furniture  ^Section: World$");
	cr_assert(!same || same > rule, "the first rule that fits decides");
	buffer_release(&out);
}

Test(guess, finds_nothing)
{
	static const char *const pages[] = {"", "\n\n", "one line",
		"a\na\na\na\na\na\n", "One.\nTwo.\nThree.\nFour.\n"};
	for (size_t i = 0; i < ARRAY_LEN(pages); i++) {
		struct buffer out;
		cr_assert_eq(guess(pages[i], &out), 0, "%zu", i);
		cr_assert_eq(out.len, 1);
		buffer_release(&out);
	}
}

/* A page of one line again and again, or of lines that share their beginnings, is
 * looked at in time that grows with it. */
Test(guess, large_pages, .timeout = 300)
{
	struct buffer page, out;
	buffer_init(&page, GUESS_BYTES);
	for (unsigned i = 0; i < GUESS_LINES / 2; i++)
		buffer_printf(&page, "the same words begin %u\n", i % 3);
	for (unsigned i = 0; i < GUESS_LINES / 2; i++)
		buffer_printf(&page, "the same words begin every line %u\n", i);
	buffer_byte(&page, '\0');
	cr_assert_eq(page.status, NS_OK);
	guess((char *)page.data, &out);
	buffer_release(&out);
	/* groups by the thousand that all begin behind the same long line */
	buffer_clear(&page);
	buffer_text(&page, "Rain in Sochi\n");
	for (unsigned i = 0; i < GUESS_BYTES / 2; i++)
		buffer_byte(&page, 'x');
	buffer_byte(&page, '\n');
	for (unsigned i = 0; i < 15000; i++)
		buffer_printf(&page, "%05u q\nT %05u\na a a a a a a a a a a a a a a "
		              "a a a a a a a a a a a a a a a a\n%05u q\n", i, i, i);
	buffer_byte(&page, '\0');
	cr_assert_eq(page.status, NS_OK);
	guess((char *)page.data, &out);
	buffer_release(&page);
	buffer_release(&out);
}
