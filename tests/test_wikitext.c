/* Mark-up of wikis becomes lines of text, whatever the bytes. */
#include <criterion/criterion.h>
#include <time.h>

#include "base/utf8.h"
#include "random.h"
#include "feed/wikitext.h"

static struct wikitext wiki;
static struct buffer text, captions, topics;

static void start(void)
{
	wikitext_init(&wiki);
	buffer_init(&text, 64u << 20);
	buffer_init(&captions, 64u << 20);
	buffer_init(&topics, 64u << 20);
}

static void stop(void)
{
	wikitext_release(&wiki);
	buffer_release(&text);
	buffer_release(&captions);
	buffer_release(&topics);
}

TestSuite(wikitext, .init = start, .fini = stop);

static const char *lines_of(const char *source, size_t n)
{
	buffer_clear(&text);
	buffer_clear(&captions);
	buffer_clear(&topics);
	cr_assert_eq(wikitext_lines(&wiki, slice_of(source, n), &text, &captions,
	                            &topics, NULL), NS_OK);
	buffer_byte(&text, '\0');
	buffer_byte(&captions, '\0');
	buffer_byte(&topics, '\0');
	return (const char *)text.data;
}

static void becomes(const char *source, const char *wanted)
{
	cr_assert_str_eq(lines_of(source, strlen(source)), wanted, "of %s",
	                 source);
}

Test(wikitext, links)
{
	becomes("a [[b]] [[c|d]]s [[e|f|g]] [[:h]]", "a b ds g h\n");
	becomes("a [http://a.org/ b c] d [http://a.org/] e", "a b c d e\n");
	becomes("http://a.org/ [1] [[2", "http://a.org/ [1] [[2\n");
	becomes("a [[b\nc]] d", "a b\nc]] d\n");
	becomes("[[de:Regen]]\n[[Category:Rain|r]]\na", "a\n");
	becomes("[[a|b '''c''' [[d]] ]]", "b c d\n");
}

static void has_topics(const char *source, const char *wanted)
{
	lines_of(source, strlen(source));
	cr_assert_str_eq((const char *)topics.data, wanted, "of %s", source);
}

Test(wikitext, categories)
{
	char long_name[400];
	has_topics("[[Category:Rain|r]] a [[ category : Big_storms ]]\n"
	           "[[Category:Arts &amp; crafts|*]][[Category:R&B, old]]",
	           "Rain\nBig storms\nArts & crafts\nR&B, old\n");
	has_topics("[[:Category:Rain]] [[Categories:Rain]] [[Category]] "
	           "[[a|Category:b]] [[Category:]] [[Category: |a]] "
	           "<nowiki>[[Category:c]]</nowiki> <!-- [[Category:d]] --> "
	           "{{a|[[Category:e]]}} [[Category:f", "");
	has_topics("[[Category:{{a}}]] [[Category:[[b]]]] [[Category:c<br>]]\n"
	           "[[Category:d\ne]]", "");
	has_topics("[[File:a.jpg|thumb|b [[Category:Rain]]]]", "Rain\n");
	has_topics("[[Kategorie:Regen]]", "");
	wikitext_name(&wiki, slice_of("Kategorie", 9), WIKITEXT_CATEGORY);
	has_topics("[[Kategorie:Regen|R]] [[Category:Wind]]", "Regen\nWind\n");
	for (int n = 255; n <= 256; n++) {
		snprintf(long_name, sizeof long_name, "[[Category:%0*d|k]]", n, 0);
		lines_of(long_name, strlen(long_name));
		cr_assert_eq(topics.len, n == 255 ? 257 : 1);
	}
}

Test(wikitext, files)
{
	becomes("[[File:a.jpg|thumb|left|200px|A [[b|c]] in\nd]] e", "e\n");
	cr_assert_str_eq((char *)captions.data, "A c in d\n");
	becomes("[[Image:a.jpg|thumb]] [[File:b.png]] e", "e\n");
	cr_assert_str_eq((char *)captions.data, "");
	becomes("[[Datei:a.jpg|mini|b]]", "b\n");
	wikitext_name(&wiki, slice_of("Datei", 5), WIKITEXT_FILE);
	wikitext_name(&wiki, slice_of("Diskussion", 10), WIKITEXT_PAGE);
	becomes("[[Datei:a.jpg|mini|b]]", "");
	cr_assert_str_eq((char *)captions.data, "b\n");
	cr_assert(wikitext_is_named(&wiki, slice_of("Diskussion:A", 12)));
	cr_assert_not(wikitext_is_named(&wiki, slice_of("Diskussion", 10)));
	wikitext_forget(&wiki);
	cr_assert_not(wikitext_is_named(&wiki, slice_of("Diskussion:A", 12)));
}

Test(wikitext, templates)
{
	becomes("a {{b|c={{d}}|[[e]]}} f", "a f\n");
	becomes("a {{b\n|c\n}}\nd", "a\nd\n");
	becomes("a {{b [[c]] d", "a {{b c d\n");
	becomes("a }} b {{c [[d }} e", "a }} b e\n");
	becomes("Rome ({{lang|x}}, {{y}}) is", "Rome is\n");
	becomes("{{{a|b}}} c", "} c\n");
}

Test(wikitext, letters_and_lines)
{
	becomes("'''a''' ''b'' it's '''''c'''''", "a b it's c\n");
	becomes("== a ==\nb\n=== c = d ===", "a\nb\nc = d\n");
	becomes("* a\n## b\n: c\n----\nd\n\n\n  e", "a\nb\nc\nd\ne\n");
	becomes("a  b&nbsp;c &lt;d&gt; &e; &", "a b\u00A0c <d> &e; &\n");
	becomes("__NOTOC__a__b__ __", "a__b__ __\n");
}

Test(wikitext, tags)
{
	becomes("a<ref>b</ref> c<ref name=d /> e<!-- f\n -->", "a c e\n");
	becomes("<b>a</b><br/>b <p>c</p> d < e <f", "a\nb\nc\nd < e <f\n");
	becomes("<nowiki>[[a]] '''b'''</nowiki> <pre>{{c}}</pre>",
	        "[[a]] '''b''' {{c}}\n");
	becomes("<math>a</math><gallery>\nb.jpg|c\n</gallery>d", "d\n");
	becomes("a <ref>b [[c]] d", "a b c d\n");
	becomes("a <!-- b", "a <!-- b\n");
	becomes("{{a <nowiki>}}</nowiki> }} b", "b\n");
}

Test(wikitext, tables)
{
	becomes("{| class=x\n|+ a\n! b !! style=c | d\n|-\n| e || f | g\n| [[h|i]]\n"
	        "|- x\n|j\n|}\nk", "a b d\ne g i\nj\nk\n");
	becomes("a | b || c ! d !! e", "a | b || c ! d !! e\n");
	becomes("| a\n! b", "| a\n! b\n");
	becomes("{|\n| a\n| b", "a b\n");
}

/* Time is linear: what is not would take hours. */
Test(wikitext, hostile_sources_end)
{
	static const char *const units[] = {"[[", "{{", "[[a|", "{{}}", "[[]]", "]]",
		"[[File:a|", "<ref>", "<!--", "<nowiki>", "<a", "'", "{|\n|", "|", "&a",
		"[[{{", "[http://", "__A", "(", "( ", "\n=", "}}[["};
	struct buffer source;
	buffer_init(&source, NS_ARTICLE_MAX);
	for (size_t i = 0; i < ARRAY_LEN(units); i++) {
		buffer_clear(&source);
		while (source.len < 4000000)
			buffer_text(&source, units[i]);
		clock_t began = clock();
		lines_of((char *)source.data, source.len);
		double seconds = (double)(clock() - began) / CLOCKS_PER_SEC;
		cr_assert_lt(seconds, 20, "%s: %f", units[i], seconds);
	}
	buffer_release(&source);
}

Test(wikitext, random_sources)
{
	static const char *const words[] = {"[[", "]]", "{{", "}}", "{|", "|}", "|-",
		"|", "||", "!", "!!", "\n", " ", "a", "File:", "Category:", "'", "''",
		"<ref>", "</ref>", "<nowiki>", "</nowiki>", "<!--", "-->", "<br>", "=",
		"==", "*", "[http://a", "]", "&amp;", "__X__", "(", ")", ",", "\u2019",
		"\u00A0", ":", "px", "<"};
	struct random random = random_start(47);
	for (int round = 0; round < 100000; round++) {
		char source[512] = "";
		for (uint32_t n = random_below(&random, 40); n; n--)
			strcat(source, words[random_below(&random,
			       ARRAY_LEN(words))]);
		/* an exact block: a byte read behind it is seen */
		size_t n = strlen(source);
		char *block = malloc(n ? n : 1);
		memcpy(block, source, n);
		lines_of(block, n);
		cr_assert_eq(utf8_prefix(text.data, text.len - 1), text.len - 1,
		             "seed %llu: %s", (unsigned long long)random.seed,
		             source);
		cr_assert_eq(utf8_prefix(captions.data, captions.len - 1),
		             captions.len - 1);
		cr_assert_null(strstr((char *)text.data, "\n\n"), "seed %llu: %s",
		               (unsigned long long)random.seed, source);
		free(block);
	}
}
