#include <criterion/criterion.h>
#include <libstemmer.h>

#include "random.h"
#include "text/analyzer.h"
#include "text/fold.h"
#include "text/stem.h"
#include "text/words.h"

static struct analyzer *english(void)
{
	struct analyzer *analyzer;
	struct ns_error err;
	cr_assert_eq(analyzer_open(&analyzer, "en", &err), NS_OK, "%s",
	             err.message);
	return analyzer;
}

/* "form/term@position" for each token, compounds with "+covers". */
static void describe_as(struct analyzer *analyzer, const char *text,
                        bool forms_only, struct buffer *out)
{
	struct analysis analysis;
	struct token token;
	buffer_clear(out);
	analysis_start(&analysis, analyzer, slice_of(text, strlen(text)), 0);
	analysis.forms_only = forms_only;
	while (analysis_next(&analysis, &token)) {
		if (forms_only && !token.term.len)
			token.term = analyzer_stem(analyzer, token.form);
		if (out->len)
			buffer_byte(out, ' ');
		buffer_append(out, token.form.data, token.form.len);
		buffer_byte(out, '/');
		buffer_append(out, token.term.data, token.term.len);
		buffer_printf(out, "@%u", token.position);
		if (token.covers)
			buffer_printf(out, "+%u", token.covers);
	}
	buffer_byte(out, 0);
}

/* Terms that are asked for afterwards are the same. */
static void describe(struct analyzer *analyzer, const char *text,
                     struct buffer *out)
{
	struct buffer later;
	buffer_init(&later, out->max);
	describe_as(analyzer, text, true, &later);
	describe_as(analyzer, text, false, out);
	cr_assert_str_eq((char *)later.data, (char *)out->data);
	buffer_release(&later);
}

static const struct { const char *text, *tokens; } table[] = {
	{"", ""},
	{" ... -- (!) ", ""},
	{"president's", "president's/presid@0"},
	{"president\u2019s", "president's/presid@0"},
	{"president\u02BCs", "president's/presid@0"},
	{"Presidents", "presidents/presid@0"},
	{"U.S.", "u.s/u.s@0"},
	{"U.S", "u.s/u.s@0"},
	{"U.S. troops", "u.s/u.s@0 troops/troop@1"},
	{"the U.S.'s aim", "the/the@0 u.s/u.s@1 aim/aim@2"},
	{"U.S.-led", "u.s/u.s@0 led/led@1 usled/usl@0+2"},
	{"US-led", "us/us@0 led/led@1 usled/usl@0+2"},
	{"AT&T", "at/at@0 t/t@1 at&t/at&t@0+2"},
	{"R & D", "r/r@0 d/d@1"},
	{"de-escalation", "de/de@0 escalation/escal@1 "
	                  "deescalation/deescal@0+2"},
	{"de\u2010escalation", "de/de@0 escalation/escal@1 "
	                       "deescalation/deescal@0+2"},
	{"@handle", "handle/handl@0 @handle/@handle@0+1"},
	{"#tags", "tags/tag@0 #tags/#tags@0+1"},
	{"@RT_com", "rt_com/rt_com@0 @rt_com/@rt_com@0+1"},
	{"me@here", "me/me@0 here/here@1"},
	{"covid19 MiG-29s", "covid19/covid19@0 mig/mig@1 29s/29s@2 "
	                    "mig29s/mig29s@1+2"},
	{"2016-17", "2016/2016@0 17/17@1"},
	{"a--b -c d-", "a/a@0 b/b@1 c/c@2 d/d@3"},
	{"attack-s", "attack/attack@0 s/s@1"},
	{"don't 'quoted'", "don't/don't@0 quoted/quot@1"},
	{"1,204.50 10:30", "1,204.50/1,204.50@0 10/10@1 30/30@2"},
	{"ﬁne Straße ＦＵＬＬ", "fine/fine@0 strasse/strass@1 full/full@2"},
	{"I\u0307stanbul cafe\u0301 café", "i\u0307stanbul/i\u0307stanbul@0 "
	                                   "café/café@1 café/café@2"},
	{"so\u00ADft", "soft/soft@0"},
	{"東京タワー", "東/東@0 京/京@1 タワー/タワー@2"},
	{"_ __ a_b", "a_b/a_b@0"},
	{"bad\xFF" "byte", "bad/bad@0 byte/byte@1"},
};

Test(analyzer, the_words_of_the_news)
{
	struct analyzer *analyzer = english();
	struct buffer got;
	buffer_init(&got, SIZE_MAX);
	for (size_t i = 0; i < ARRAY_LEN(table); i++) {
		describe(analyzer, table[i].text, &got);
		cr_expect_str_eq((char *)got.data, table[i].tokens, "%s",
		                 table[i].text);
	}
	buffer_release(&got);
	analyzer_free(analyzer);
}

Test(analyzer, languages)
{
	struct analyzer *analyzer;
	struct ns_error err;
	cr_assert_eq(analyzer_open(&analyzer, "klingon", &err), NS_E_USAGE);
	cr_assert(strstr(err.message, "german"), "%s", err.message);
	cr_assert_eq(analyzer_open(&analyzer, "none", &err), NS_OK);
	cr_assert_str_eq(analyzer_language(analyzer), "none");
	struct slice word = slice_of("weapons", 7);
	cr_assert(slice_equal(analyzer_stem(analyzer, word), word));
	uint64_t none = analyzer_identity(analyzer);
	analyzer_free(analyzer);
	analyzer = english();
	cr_assert_str_eq(analyzer_language(analyzer), "english");
	cr_assert_neq(analyzer_identity(analyzer), none);
	analyzer_free(analyzer);
}

Test(analyzer, overlong_words_keep_their_place)
{
	struct analyzer *analyzer = english();
	char text[4000];
	struct analysis analysis;
	struct token token;
	memset(text, 'x', sizeof text);
	for (size_t length = 254; length <= 257; length++) {
		memset(text, 'x', sizeof text);
		memcpy(text + length, " rain", 6);
		analysis_start(&analysis, analyzer,
		               slice_of(text, length + 5), 0);
		unsigned n = 0;
		while (analysis_next(&analysis, &token))
			n++;
		cr_assert_eq(token.position, 1u);
		cr_assert_eq(n, length <= 255 ? 2u : 1u);
		cr_assert_eq(analysis.overlong, length > 255);
		cr_assert_eq(analysis.position, 2u);
	}
	analyzer_free(analyzer);
}

Test(analyzer, long_chains_give_parts_alone)
{
	struct analyzer *analyzer = english();
	struct analysis analysis;
	struct token token;
	char text[80] = "a";
	for (int i = 1; i < 40; i++)
		strcat(text, i % 2 ? "-" : "a");
	analysis_start(&analysis, analyzer, slice_of(text, strlen(text)), 0);
	while (analysis_next(&analysis, &token))
		cr_assert(!token.covers || token.start > 0);
	cr_assert_eq(analysis.position, 20u);
	analyzer_free(analyzer);
}

Test(analyzer, folds_whole_values)
{
	static const struct { const char *value, *folded; } values[] = {
		{"World", "world"}, {"  Middle \t East ", "middle east"},
		{"Arts & Co.", "arts & co."}, {"STRASSE\u00A0Ä", "strasse ä"},
		{"", ""}, {"O\u2019Neill", "o'neill"},
	};
	struct analyzer *analyzer = english();
	struct buffer out;
	buffer_init(&out, SIZE_MAX);
	for (size_t i = 0; i < ARRAY_LEN(values); i++) {
		buffer_clear(&out);
		analyzer_fold(analyzer, slice_of(values[i].value,
		                                 strlen(values[i].value)), &out);
		buffer_byte(&out, 0);
		cr_expect_str_eq((char *)out.data, values[i].folded);
	}
	buffer_release(&out);
	analyzer_free(analyzer);
}

/* Random bytes, half of them from an alphabet that means something. */
static size_t random_text(struct random *r, char *text, size_t size)
{
	static const char *const pieces[] = {
		"a", "B", "é", "'", "\u2019", "-", "&", "@", "#", ".", " ",
		"1", "U.S.", "ß", "\u0301", "東", "タ", "א", "\"", ":", "_",
		"\xC3", "\xF0\x9F\x98", "\u00AD", "\u200D", "ﷺ", "İ", "ŉ",
	};
	size_t n = 0;
	while (n + 16 < size) {
		const char *piece = pieces[random_below(r, ARRAY_LEN(pieces))];
		if (random_below(r, 10)) {
			memcpy(text + n, piece, strlen(piece));
			n += strlen(piece);
		} else {
			text[n++] = (char)random_u64(r);
		}
	}
	return n;
}

Test(analyzer, any_bytes_keep_the_rules_of_the_header)
{
	struct random r = random_start(1);
	struct analyzer *analyzer = english();
	char text[300];
	for (int round = 0; round < 20000; round++) {
		size_t n = random_text(&r, text, 20 + random_below(&r, 270));
		struct analysis analysis;
		struct token token;
		uint32_t last = 0, end = 0;
		analysis_start(&analysis, analyzer, slice_of(text, n), 7);
		while (analysis_next(&analysis, &token)) {
			cr_assert(token.start < token.end && token.end <= n,
			          "seed %lu round %d", r.seed, round);
			cr_assert(token.form.len && token.term.len);
			cr_assert_geq(token.position, 7u);
			if (token.covers)
				continue;
			cr_assert_geq(token.start, end, "parts overlap");
			cr_assert_geq(token.position, last);
			end = token.end;
			last = token.position;
		}
		cr_assert_eq(analysis.status, NS_OK);
	}
	analyzer_free(analyzer);
}

Test(fold, twice_is_once)
{
	struct random r = random_start(2);
	struct fold *fold = malloc(sizeof *fold);
	uint8_t once[FOLD_MAX], twice[FOLD_MAX];
	for (int round = 0; round < 50000; round++) {
		uint8_t word[60];
		size_t n = 0;
		while (n < 40) {
			uint32_t c = random_below(&r, 3)
				? random_below(&r, 0x3000)
				: random_below(&r, 0x10FFFF);
			if (c >= 0xD800 && c < 0xE000)
				continue;
			if (c < 0x80) {
				word[n++] = (uint8_t)c;
			} else if (c < 0x800) {
				word[n++] = (uint8_t)(0xC0 | c >> 6);
				word[n++] = (uint8_t)(0x80 | (c & 63));
			} else if (c < 0x10000) {
				word[n++] = (uint8_t)(0xE0 | c >> 12);
				word[n++] = (uint8_t)(0x80 | (c >> 6 & 63));
				word[n++] = (uint8_t)(0x80 | (c & 63));
			} else {
				word[n++] = (uint8_t)(0xF0 | c >> 18);
				word[n++] = (uint8_t)(0x80 | (c >> 12 & 63));
				word[n++] = (uint8_t)(0x80 | (c >> 6 & 63));
				word[n++] = (uint8_t)(0x80 | (c & 63));
			}
			if (!random_below(&r, 12))
				break;
		}
		int a = fold_word(fold, slice_of(word, n), false, once);
		if (a <= 0)
			continue;
		int b = fold_word(fold, slice_of(once, (size_t)a), false, twice);
		cr_assert_eq(a, b, "seed %lu round %d", r.seed, round);
		cr_assert(!memcmp(once, twice, (size_t)a));
	}
	free(fold);
}

Test(fold, the_short_way_for_ascii_is_the_long_way)
{
	struct random r = random_start(3);
	struct fold *fold = malloc(sizeof *fold);
	uint8_t word[40], quick[FOLD_MAX], slow[FOLD_MAX];
	for (int round = 0; round < 20000; round++) {
		size_t n = 1 + random_below(&r, 40);
		for (size_t i = 0; i < n; i++)
			word[i] = (uint8_t)random_below(&r, 128);
		int a = fold_word(fold, slice_of(word, n), true, quick);
		int b = fold_word(fold, slice_of(word, n), false, slow);
		cr_assert(a == b && !memcmp(quick, slow, (size_t)a),
		          "seed %lu", r.seed);
	}
	free(fold);
}

Test(stem, the_memo_changes_nothing)
{
	struct random r = random_start(4);
	struct stem *stem;
	cr_assert_eq(stem_open(&stem, "english", NULL), NS_OK);
	struct sb_stemmer *plain = sb_stemmer_new("english", "UTF_8");
	static const char *const ends[] = {"", "s", "ing", "ed", "ly", "ness",
	                                   "ation", "'s", "ies"};
	for (int round = 0; round < 60000; round++) {
		char word[64];
		size_t n = 1 + random_below(&r, random_below(&r, 20) ? 5 : 30);
		for (size_t i = 0; i < n; i++)
			word[i] = (char)('a' + random_below(&r, 6));
		strcpy(word + n, ends[random_below(&r, ARRAY_LEN(ends))]);
		n = strlen(word);
		struct slice got = stem_word(stem, slice_of(word, n));
		const sb_symbol *wanted = sb_stemmer_stem(
			plain, (const sb_symbol *)word, (int)n);
		cr_assert(slice_equal(got, slice_of(wanted, (size_t)
			sb_stemmer_length(plain))), "%s, seed %lu", word,
			r.seed);
	}
	sb_stemmer_delete(plain);
	stem_free(stem);
}

/* What words_next finds, against the rules applied to each boundary at leisure:
 * no word touches the next one without a reason to break. */
Test(words, cover_all_letters_and_digits)
{
	struct random r = random_start(5);
	char text[200];
	for (int round = 0; round < 20000; round++) {
		size_t n = random_text(&r, text, 180), at = 0;
		struct slice all = slice_of(text, n);
		struct word word;
		for (size_t i = 0; words_next(all, at, &word); i++) {
			cr_assert(word.start >= at && word.end > word.start &&
			          word.end <= n, "seed %lu", r.seed);
			for (; at < word.start; at++)
				cr_assert(!((text[at] | 32) >= 'a' &&
				            (text[at] | 32) <= 'z'),
				          "a letter between words, seed %lu "
				          "round %d", r.seed, round);
			at = word.end;
		}
	}
}

/* A word that is all of a text goes a way of its own. */
Test(analyzer, alone_a_word_has_the_tokens_that_it_has_before_a_blank)
{
	struct analyzer *analyzer = english();
	struct buffer alone, before;
	char text[WORD_MAX + 4];
	buffer_init(&alone, 4096);
	buffer_init(&before, 4096);
	for (size_t n = 1; n < 20; n++)
		for (size_t i = 0; i < n * 255; i++) {
			memcpy(text, "RunnersUp7enTraining", n);
			text[i / 255] = (char)(1 + i % 255);
			text[n] = 0;
			describe(analyzer, text, &alone);
			strcpy(text + n, " ");
			describe(analyzer, text, &before);
			cr_assert_str_eq((char *)alone.data,
			                 (char *)before.data);
		}
	for (size_t n = WORD_MAX - 1; n < WORD_MAX + 2; n++) {
		memset(text, 'n', n);
		text[n] = 0;
		describe(analyzer, text, &alone);
		strcpy(text + n, " ");
		describe(analyzer, text, &before);
		cr_assert_str_eq((char *)alone.data, (char *)before.data);
	}
	buffer_release(&alone);
	buffer_release(&before);
	analyzer_free(analyzer);
}
