/* test_snippet.c — what is marked, and which window is shown?
 *
 * The leaves are made here by hand, in a small notation: a word is stemmed
 * ("missiles"), "=missiles" is exact, "a b" is a phrase, "title:a" is of the
 * title.  Expected texts carry their marks in brackets: "the [missiles] fell".
 */
#include <criterion/criterion.h>

#include "answer/snippet.h"
#include "base/utf8.h"
#include "tests/random.h"

enum { LEAVES = 8, WORDS = 8 };

struct bench {
	struct analyzer *analyzer;
	struct leaf leaves[LEAVES];
	struct leaf_word words[LEAVES][WORDS];
	bool wanted[LEAVES];
	size_t n;
	struct arena arena;
	struct matcher matcher;
	struct snippet snippet;
	char marked[1 << 16];
};

static struct slice keep(struct bench *bench, struct slice bytes)
{
	return slice_of(arena_copy(&bench->arena, bytes.data, bytes.len),
	                bytes.len);
}

static void leaf_make(struct bench *bench, const char *text, uint32_t weight)
{
	struct leaf *leaf = &bench->leaves[bench->n];
	struct leaf_word *words = bench->words[bench->n];
	struct analysis analysis;
	struct token token;
	*leaf = (struct leaf){.field = FIELD_TEXT, .weight = weight,
	                      .boost = 1, .words = words};
	if (!strncmp(text, "title:", 6)) {
		leaf->field = FIELD_TITLE;
		text += 6;
	}
	bool exact = *text == '=', compound = *text == '&';
	text += exact || compound;
	analysis_start(&analysis, bench->analyzer, slice_of(text, strlen(text)),
	               0);
	while (analysis_next(&analysis, &token)) {
		/* "&de-escalation": the compound, else its parts */
		if (compound != (token.covers > 0))
			continue;
		words[leaf->n_words++] = (struct leaf_word){
			.form = keep(bench, token.form),
			.term = keep(bench, token.term),
			.offset = token.position, .exact = exact};
	}
	cr_assert_gt(leaf->n_words, 0u, "%s", text);
	bench->wanted[bench->n++] = true;
}

/* leaves: separated by '|'; each weighs less than the one before. */
static struct bench *bench_new(const char *leaves)
{
	struct bench *bench = calloc(1, sizeof *bench);
	char copy[512], *rest = copy, *text;
	cr_assert(bench);
	cr_assert_eq(analyzer_open(&bench->analyzer, "english", NULL), NS_OK);
	snprintf(copy, sizeof copy, "%s", leaves);
	for (uint32_t weight = 100; (text = strsep(&rest, "|")); weight -= 10)
		leaf_make(bench, text, weight);
	cr_assert_eq(matcher_init(&bench->matcher, bench->leaves, bench->n,
	                          NULL), NS_OK);
	snippet_init(&bench->snippet);
	return bench;
}

static void bench_free(struct bench *bench)
{
	snippet_release(&bench->snippet);
	matcher_release(&bench->matcher);
	analyzer_free(bench->analyzer);
	arena_release(&bench->arena);
	free(bench);
}

static const char *mark(struct bench *bench, struct slice text,
                        const ns_range *ranges, size_t n)
{
	char *to = bench->marked;
	size_t at = 0, last = 0;
	cr_assert_lt(text.len + 2 * n, sizeof bench->marked);
	for (size_t i = 0; i < n; i++) {
		cr_assert_leq(last, ranges[i].start, "ranges in order");
		cr_assert_lt(ranges[i].start, ranges[i].end, "not empty");
		cr_assert_leq(ranges[i].end, text.len, "within the text");
		last = ranges[i].end;
	}
	for (size_t i = 0; i < text.len; i++) {
		while (at < 2 * n && i == (at % 2 ? ranges[at / 2].end
		                                  : ranges[at / 2].start))
			*to++ = "[]"[at++ % 2];
		*to++ = (char)text.data[i];
	}
	if (at < 2 * n)
		*to++ = ']';
	*to = '\0';
	return bench->marked;
}

/* All matches of a text. */
static const char *marks(const char *leaves, const char *text, bool title)
{
	static char out[1 << 16];
	struct bench *bench = bench_new(leaves);
	ns_range ranges[64];
	struct slice bytes = slice_of(text, strlen(text));
	cr_assert_eq(matches_find(&bench->matcher, bench->analyzer, bytes,
	                          bench->wanted, title, NULL), NS_OK);
	cr_assert_lt(bench->matcher.n_matches, ARRAY_LEN(ranges));
	size_t n = matches_ranges(&bench->matcher, ranges);
	strcpy(out, mark(bench, bytes, ranges, n));
	bench_free(bench);
	return out;
}

static const char *snip(struct bench *bench, struct slice body, size_t size)
{
	cr_assert_eq(matches_find(&bench->matcher, bench->analyzer,
	                          matches_part(body), bench->wanted, false,
	                          NULL), NS_OK);
	cr_assert_eq(snippet_make(&bench->snippet, body, &bench->matcher, size,
	                          NULL), NS_OK);
	return mark(bench, slice_of(bench->snippet.text.data,
	                            bench->snippet.text.len),
	            bench->snippet.ranges, bench->snippet.n_ranges);
}

static const char *snippet_of(const char *leaves, const char *body, size_t size)
{
	static char out[1 << 16];
	struct bench *bench = bench_new(leaves);
	strcpy(out, snip(bench, slice_of(body, strlen(body)), size));
	bench_free(bench);
	return out;
}

/* ---- what matches -------------------------------------------------------- */

Test(matches, stems_not_letters)
{
	cr_assert_str_eq(marks("missile", "Missiles, a missile, antimissile.",
	                       false),
	                 "[Missiles], a [missile], antimissile.");
	cr_assert_str_eq(marks("=attacks", "Attack, attacks, attackers", false),
	                 "Attack, [attacks], attackers");
	cr_assert_str_eq(marks("president's", "the president\xE2\x80\x99s men",
	                       false),
	                 "the [president\xE2\x80\x99s] men");
}

Test(matches, a_phrase_is_one_range)
{
	cr_assert_str_eq(marks("chemical attack",
	                       "Chemical attacks; a chemical, an attack. "
	                       "The chemical\nattack.", false),
	                 "[Chemical attacks]; a chemical, an attack. "
	                 "The [chemical\nattack].");
	cr_assert_str_eq(marks("rain rain", "rain rain rain, snow, rain", false),
	                 "[rain rain rain], snow, rain");
	cr_assert_str_eq(marks("=heavy rains", "heavy rain, heavy rains", false),
	                 "heavy rain, [heavy rains]");
	cr_assert_str_eq(marks("to be or not", "to be or to be or not", false),
	                 "to be or [to be or not]");
	/* its words too: the phrase's range covers them */
	cr_assert_str_eq(marks("chemical attack|chemical|attack",
	                       "chemical attack, attack", false),
	                 "[chemical attack], [attack]");
}

Test(matches, a_compound_has_its_whole_span)
{
	cr_assert_str_eq(marks("&de-escalation", "the de-escalation zones",
	                       false),
	                 "the [de-escalation] zones");
	cr_assert_str_eq(marks("de-escalation", "the de-escalation zones",
	                       false),
	                 "the [de-escalation] zones");
	cr_assert_str_eq(marks("&AT&T", "at AT&T, at T", false),
	                 "at [AT&T], at T");
	cr_assert_str_eq(marks("&@nasa", "@NASA and nasa", false),
	                 "[@NASA] and nasa");
	/* parts and compound, interleaved with a phrase that runs on */
	cr_assert_str_eq(marks("escalation zones", "de-escalation zones", false),
	                 "de-[escalation zones]");
}

Test(matches, a_title_has_leaves_of_its_own)
{
	cr_assert_str_eq(marks("title:rain|snow", "rain and snow", false),
	                 "rain and [snow]");
	cr_assert_str_eq(marks("title:rain|snow", "rain and snow", true),
	                 "[rain] and [snow]");
}

Test(matches, only_leaves_that_are_wanted)
{
	struct bench *bench = bench_new("rain|snow");
	struct slice text = slice_of("rain and snow", 13);
	bench->wanted[0] = false;
	cr_assert_eq(matches_find(&bench->matcher, bench->analyzer, text,
	                          bench->wanted, false, NULL), NS_OK);
	cr_assert_eq(bench->matcher.n_matches, 1u);
	cr_assert_eq(bench->matcher.matches[0].leaf, 1u);
	bench_free(bench);
}

Test(matches, no_more_than_the_limit)
{
	struct bench *bench = bench_new("a|=a|a a");
	size_t size = 256 << 10;
	char *text = malloc(size);
	for (size_t i = 0; i < size; i++)
		text[i] = i % 2 ? ' ' : 'a';
	cr_assert_eq(matches_find(&bench->matcher, bench->analyzer,
	                          matches_part(slice_of(text, size)),
	                          bench->wanted, false, NULL), NS_OK);
	cr_assert_geq(bench->matcher.n_matches, (size_t)MATCHES_MAX);
	cr_assert_lt(bench->matcher.n_matches, MATCHES_MAX + 8u);
	const char *marked = snip(bench, slice_of(text, size), 60);
	cr_assert_str_eq(marked, "[a a a a a a a a a a a a a a a a a a a a a a a a "
	                 "a a a a a a] \xE2\x80\xA6");
	free(text);
	bench_free(bench);
}

/* ---- which window -------------------------------------------------------- */

static const char body[] =
	"Talks went on in the morning, and nobody expected much of them.\n"
	"The chemical attack killed dozens, aid workers said on Tuesday. "
	"A hospital was struck later. Mr. Smith of the U.S. mission said that "
	"no attack of this kind had been seen before.\n"
	"Rain fell on the coast.\n";

Test(snippet, starts_and_ends_with_sentences)
{
	cr_assert_str_eq(snippet_of("chemical attack", body, 100),
	                 "\xE2\x80\xA6 The [chemical attack] killed dozens, aid "
	                 "workers said on Tuesday. A hospital was struck later. "
	                 "\xE2\x80\xA6");
	cr_assert_str_eq(snippet_of("rain", body, 60),
	                 "\xE2\x80\xA6 [Rain] fell on the coast.");
	/* neither "Mr." nor "U.S." ends a sentence */
	cr_assert_str_eq(snippet_of("mission", body, 90),
	                 "\xE2\x80\xA6 Mr. Smith of the U.S. [mission] said that "
	                 "no attack of this kind had been seen before. "
	                 "\xE2\x80\xA6");
}

Test(snippet, most_leaves_then_weight_then_matches_then_first)
{
	const char *far = "alpha one two three four five six seven eight nine "
		"ten eleven twelve alpha alpha one two three four five six "
		"seven eight nine ten eleven twelve gamma beta one two three "
		"four five six seven eight nine ten eleven beta";
	cr_assert_str_eq(snippet_of("alpha|beta|gamma", far, 40),
	                 "\xE2\x80\xA6 twelve [gamma] [beta] one two three "
	                 "four \xE2\x80\xA6");
	cr_assert_str_eq(snippet_of("alpha|beta", far, 40),
	                 "\xE2\x80\xA6 twelve [alpha] [alpha] one two three "
	                 "four \xE2\x80\xA6");
	cr_assert_str_eq(snippet_of("beta", far, 40),
	                 "\xE2\x80\xA6 gamma [beta] one two three four five six "
	                 "\xE2\x80\xA6");
}

Test(snippet, beginning_where_nothing_matches)
{
	cr_assert_str_eq(snippet_of("absent", body, 70),
	                 "Talks went on in the morning, and nobody expected "
	                 "much of them. \xE2\x80\xA6");
	cr_assert_str_eq(snippet_of("absent", "  \n\n Short.\n", 240), "Short.");
	cr_assert_str_eq(snippet_of("absent", "", 240), "");
	cr_assert_str_eq(snippet_of("absent", " \n ", 240), "");
}

Test(snippet, paragraphs_become_blanks)
{
	cr_assert_str_eq(snippet_of("three|four",
	                            "One\r\n\r\ntwo \t three.\nFour.\n", 240),
	                 "One two [three]. [Four].");
}

Test(snippet, a_match_longer_than_the_window)
{
	const char *text = "Before it all: aaaa bbbb cccc dddd eeee ffff after.";
	cr_assert_str_eq(snippet_of("aaaa bbbb cccc dddd eeee ffff", text, 22),
	                 "\xE2\x80\xA6 [aaaa bbbb cccc dddd] \xE2\x80\xA6");
}

Test(snippet, no_blank_to_cut_at)
{
	char text[301] = "";
	for (int i = 0; i < 100; i++)
		strcat(text, "\xE4\xB8\xAD");
	const char *made = snippet_of("absent", text, 40);
	cr_assert_eq(strlen(made), 39u + 4u, "%s", made);
	cr_assert_eq(utf8_prefix((const uint8_t *)made, strlen(made)), 43u);
}

Test(snippet, matches_beyond_the_scanned_part)
{
	size_t size = 2u << 20;
	char *text = malloc(size);
	struct bench *bench = bench_new("needle");
	for (size_t i = 0; i < size; i++)
		text[i] = i % 8 == 7 ? ' ' : 'x';
	memcpy(text + size - 8, "needle ", 7);
	cr_assert_str_eq(snip(bench, slice_of(text, size), 20),
	                 "xxxxxxx xxxxxxx \xE2\x80\xA6");
	memcpy(text + MATCHES_SCAN - 40, " needle ", 8);
	cr_assert_str_eq(snip(bench, slice_of(text, size), 36),
	                 "\xE2\x80\xA6 xxxxxxx [needle] xxxxxxx xxxxxxx "
	                 "\xE2\x80\xA6");
	free(text);
	bench_free(bench);
}

/* Whatever the text and the size: good UTF-8, ranges in order, not much longer
 * than asked, and a mark if there is a match. */
Test(snippet, random_texts)
{
	static const char *const pieces[] = {
		"rain", "rains", "snow", "heavy", " ", " ", " ", "\n", ". ",
		"! ", "\xE2\x80\x9D ", "\xC3\xA9t\xC3\xA9", "\xE4\xB8\xAD",
		"de-rain", "@rain", "U.S. ", "\t", "\xF0\x9F\x98\x80", "...",
		"\xE2\x80\xA6", "x"};
	struct random random = random_start(11);
	struct bench *bench = bench_new("rain|heavy snow|=rains");
	for (int round = 0; round < 3000; round++) {
		struct buffer text;
		buffer_init(&text, 1 << 16);
		for (uint32_t n = random_below(&random, 200); n; n--)
			buffer_text(&text, pieces[random_below(
				&random, ARRAY_LEN(pieces))]);
		size_t size = 20 + random_below(&random, 200);
		snip(bench, slice_of(text.data, text.len), size);
		const struct buffer *made = &bench->snippet.text;
		cr_assert_eq(utf8_prefix(made->data, made->len), made->len,
		             "seed %#llx round %d", (unsigned long long)
		             random.seed, round);
		cr_assert_leq(made->len, size + 8, "seed %#llx round %d",
		              (unsigned long long)random.seed, round);
		cr_assert_eq(bench->matcher.n_matches > 0,
		             bench->snippet.n_ranges > 0,
		             "seed %#llx round %d",
		             (unsigned long long)random.seed, round);
		buffer_release(&text);
	}
	bench_free(bench);
}

/* ---- memory -------------------------------------------------------------- */

static long left;

static void *fail_alloc(void *context, size_t size)
{
	return left-- > 0 ? mem_system.alloc(context, size) : NULL;
}

static void *fail_resize(void *context, void *block, size_t size)
{
	return left-- > 0 ? mem_system.resize(context, block, size) : NULL;
}

static void release(void *context, void *block)
{
	mem_system.release(context, block);
}

static int one_snippet(const struct bench *bench)
{
	struct matcher matcher;
	struct snippet snippet;
	struct slice text = slice_of(body, sizeof body - 1);
	snippet_init(&snippet);
	int status = matcher_init(&matcher, bench->leaves, bench->n, NULL);
	if (status == NS_OK)
		status = matches_find(&matcher, bench->analyzer, text,
		                      bench->wanted, false, NULL);
	if (status == NS_OK)
		status = snippet_make(&snippet, text, &matcher, 0, NULL);
	snippet_release(&snippet);
	matcher_release(&matcher);
	return status;
}

Test(snippet, every_allocation_may_fail)
{
	static const ns_allocator failing = {fail_alloc, fail_resize,
	                                         release, NULL};
	struct bench *bench = bench_new("chemical attack|rain|mission");
	int failures = 0, status;
	cr_assert_eq(one_snippet(bench), NS_OK);
	do {
		left = failures;
		mem_set_table(&failing);
		status = one_snippet(bench);
		mem_set_table(NULL);
		failures += status == NS_E_NOMEM;
	} while (status == NS_E_NOMEM);
	cr_assert_eq(status, NS_OK);
	cr_assert_gt(failures, 3);
	bench_free(bench);
}
