/* test_diff.c — is a list of changes right, and is it a shortest one?
 *
 * The oracle is the quadratic table of longest common subsequences.
 */
#include <criterion/criterion.h>

#include <stdlib.h>

#include "answer/compare.h"
#include "answer/diff.h"
#include "answer/unwrap.h"
#include "folder.h"
#include "random.h"

enum { WORDS = 400 };

/* ---- applying changes ---------------------------------------------------- */

static struct slice slice(const char *text)
{
	return slice_of(text, strlen(text));
}

/* The old with the changes made; blanks between words are not what they were. */
static void apply(const struct ns_diff *diff, struct slice old,
                  struct slice new, struct buffer *out)
{
	size_t at = 0;
	for (size_t i = 0; i < diff->n_hunks; i++) {
		const ns_hunk *hunk = &diff->hunks[i];
		cr_assert(hunk->old_start >= at && hunk->old_end >=
		          hunk->old_start && hunk->old_end <= old.len);
		cr_assert(hunk->new_end >= hunk->new_start &&
		          hunk->new_end <= new.len);
		buffer_append(out, old.data + at, hunk->old_start - at);
		buffer_byte(out, ' ');
		buffer_append(out, new.data + hunk->new_start,
		              hunk->new_end - hunk->new_start);
		buffer_byte(out, ' ');
		at = hunk->old_end;
	}
	buffer_append(out, old.data + at, old.len - at);
	cr_assert_eq(out->status, NS_OK);
}

/* "the same" for a reader: as words, a paragraph's end as one of them. */
static void same_words(struct slice a, struct slice b, uint64_t seed)
{
	size_t start[2], end[2] = {0, 0};
	for (;;) {
		bool more = diff_word_next(a, end[0], &start[0], &end[0]);
		cr_assert_eq(diff_word_next(b, end[1], &start[1], &end[1]), more,
		             "seed %llu", (unsigned long long)seed);
		if (!more)
			return;
		bool line_end = a.data[start[0]] == '\n';
		cr_assert(line_end ? b.data[start[1]] == '\n' : slice_equal(
			slice_of(a.data + start[0], end[0] - start[0]),
			slice_of(b.data + start[1], end[1] - start[1])),
			"seed %llu", (unsigned long long)seed);
	}
}

/* Words of both sides that are in no change. */
static uint32_t kept(const struct diff_texts *texts,
                     const struct diff_changes *changes, uint64_t seed)
{
	uint32_t n[2] = {0, 0};
	for (int side = 0; side < 2; side++)
		for (uint32_t i = 0; i < texts->side[side].n; i++)
			n[side] += !changes->changed[side][i];
	cr_assert_eq(n[0], n[1], "seed %llu", (unsigned long long)seed);
	return n[0];
}

static uint32_t longest(const struct diff_texts *texts)
{
	static uint32_t table[WORDS + 1][WORDS + 1];
	const struct diff_words *a = &texts->side[0], *b = &texts->side[1];
	for (uint32_t i = 1; i <= a->n; i++)
		for (uint32_t j = 1; j <= b->n; j++)
			table[i][j] = a->ids[i - 1] == b->ids[j - 1]
				? table[i - 1][j - 1] + 1
				: max_u32(table[i - 1][j], table[i][j - 1]);
	return table[a->n][b->n];
}

static void compare(struct slice old, struct slice new, bool shortest,
                    uint64_t seed)
{
	struct diff_texts texts;
	struct diff_changes changes;
	struct ns_diff diff = {0};
	struct buffer out;
	cr_assert_eq(diff_words_read(&texts, old, new, NULL), NS_OK);
	cr_assert_eq(diff_changes_find(&changes, &texts, NULL), NS_OK);
	uint32_t n = kept(&texts, &changes, seed);
	if (shortest) {
		cr_assert_eq(changes.n_coarse, 0);
		cr_assert_eq(n, longest(&texts), "seed %llu",
		             (unsigned long long)seed);
	}
	diff_changes_release(&changes);
	diff_words_release(&texts);
	cr_assert_eq(compare_bodies(&diff, old, new, NULL), NS_OK);
	buffer_init(&out, SIZE_MAX);
	apply(&diff, old, new, &out);
	same_words(slice_of(out.data, out.len), new, seed);
	buffer_release(&out);
	compare_release(&diff);
}

/* ---- random texts -------------------------------------------------------- */

static void put_word(struct buffer *out, struct random *random, uint32_t kinds)
{
	static const char *const blanks[] = {" ", " ", " ", "  ", "\n", "\n\n",
		" \n ", "\t", "\xC2\xA0"};
	buffer_printf(out, "w%u", random_below(random, kinds));
	buffer_text(out, blanks[random_below(random, ARRAY_LEN(blanks))]);
}

/* The old with some words left out, put in, replaced or moved to the end. */
static void edit(struct buffer *out, struct slice old, struct random *random,
                 uint32_t kinds, uint32_t percent)
{
	size_t start, end = 0;
	while (diff_word_next(old, end, &start, &end)) {
		uint32_t what = random_below(random, 100) < percent
			? random_below(random, 3) : 3;
		if (what < 2)
			put_word(out, random, kinds);
		if (what > 0)
			buffer_append(out, old.data + start, end - start);
		buffer_byte(out, ' ');
	}
}

Test(diff, random_texts_as_the_oracle)
{
	struct random random = random_start(31);
	for (int round = 0; round < 3000; round++) {
		struct buffer old, new;
		uint32_t kinds = 1 + random_width(&random, 9);
		buffer_init(&old, SIZE_MAX);
		buffer_init(&new, SIZE_MAX);
		for (uint32_t n = random_width(&random, 7); n; n--)
			put_word(&old, &random, kinds);
		if (random_below(&random, 4))
			edit(&new, slice_of(old.data, old.len), &random, kinds,
			     random_width(&random, 7));
		else
			for (uint32_t n = random_width(&random, 7); n; n--)
				put_word(&new, &random, kinds);
		compare(slice_of(old.data, old.len), slice_of(new.data, new.len),
		        true, random.seed);
		buffer_release(&old);
		buffer_release(&new);
	}
}

/* Too different for the bounds: not the shortest, but right. */
Test(diff, long_texts_are_right)
{
	static const struct {
		uint32_t words, kinds, percent;
	} cases[] = {{60000, 3, 60}, {60000, 50000, 30}, {200000, 2, 100},
		{100000, 100000, 100}, {20000, 1, 50}};
	struct random random = random_start(32);
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct buffer old, new;
		buffer_init(&old, SIZE_MAX);
		buffer_init(&new, SIZE_MAX);
		for (uint32_t n = cases[i].words; n; n--)
			put_word(&old, &random, cases[i].kinds);
		edit(&new, slice_of(old.data, old.len), &random, cases[i].kinds,
		     cases[i].percent);
		compare(slice_of(old.data, old.len), slice_of(new.data, new.len),
		        false, random.seed);
		buffer_release(&old);
		buffer_release(&new);
	}
}

Test(diff, what_is_the_same)
{
	static const struct {
		const char *a, *b;
		size_t hunks;
	} cases[] = {
		{"", "", 0}, {"", "a", 1}, {"a b", "a b", 0},
		{" a  b\n", "a\tb", 0}, {"a\n\n\nb", "a\n \nb", 0},
		{"\n\na", "a\n", 0}, {"a\nb", "a b", 1}, {"a\xC2\xA0" "b", "a b", 0},
		{"a b c", "a x c", 1}, {"a b c d e", "b c d", 2},
		{"Rain", "rain", 1}, {"a \xC2", "a \xC2", 0},
	};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct ns_diff diff = {0};
		cr_assert_eq(compare_bodies(&diff, slice(cases[i].a),
		                            slice(cases[i].b), NULL), NS_OK);
		cr_assert_eq(diff.n_hunks, cases[i].hunks, "%s, %s", cases[i].a,
		             cases[i].b);
		compare_release(&diff);
		compare(slice(cases[i].a), slice(cases[i].b), true, 0);
	}
}

Test(diff, wrapped_lines_are_one_paragraph)
{
	static const char *const cases[][2] = {
		/* of a wire */
		{"The index\nfell to 51\npct in the\nmonth.\n    But the\nvendors "
		 "said\nno.\n\nThey\n",
		 "The index fell to 51 pct in the month.\n    But the vendors said "
		 "no.\n\nThey\n"},
		/* paragraphs in a line each, and a heading among them */
		{"It rained.\nHeading\nIt snowed.\nThen it was\xC2\xBB\nover!\nAnd on.",
		 NULL},
		{"a\nb\nc", NULL}, {"", NULL}, {"\n\n\n\n\n\n", NULL},
	};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		char text[200];
		const char *wanted = cases[i][1] ? cases[i][1] : cases[i][0];
		strcpy(text, cases[i][0]);
		unwrap((uint8_t *)text, strlen(text));
		cr_assert_str_eq(text, wanted);
	}
}

/* ---- the public calls ------------------------------------------------------ */

static void index_make(const char *dir, bool no_store, bool update,
                       const char *const (*articles)[2], size_t n)
{
	const ns_build_options options = {.no_store = no_store,
	                                  .update = update};
	ns_builder *builder;
	cr_assert_eq(ns_builder_open(&builder, dir, &options, NULL), NS_OK);
	for (size_t i = 0; i < n; i++) {
		ns_article article = ns_article_empty();
		article.id = ns_text_of(articles[i][0]);
		article.title = ns_text_of("Rain");
		article.body = ns_text_of(articles[i][1]);
		cr_assert_eq(ns_builder_add(builder, &article, NULL), NS_OK);
	}
	cr_assert_eq(ns_builder_commit(builder, NULL, NULL), NS_OK);
	ns_builder_free(builder);
}

static int open_diff(ns_diff **out, const char *dir, const char *a,
                     const char *b)
{
	ns_index *index;
	cr_assert_eq(ns_index_open(&index, dir, 0, NULL), NS_OK);
	int status = ns_diff_open(out, index, ns_text_of(a), ns_text_of(b),
	                          NULL);
	ns_index_free(index);
	return status;
}

Test(diff, of_an_index)
{
	static const char *const first[][2] = {
		{"a", "It rained all day.\nThe end."}, {"b", "Nothing."}};
	static const char *const second[][2] = {
		{"b", "It snowed all day.\nThe very end."}};
	char dir[64];
	ns_diff *diff;
	size_t n;
	snprintf(dir, sizeof dir, "/tmp/ns-diff-XXXXXX");
	cr_assert_not_null(mkdtemp(dir));
	index_make(dir, false, false, first, 2);
	index_make(dir, false, true, second, 1);
	cr_assert_eq(open_diff(&diff, dir, "a", "b"), NS_OK);
	const ns_hunk *hunks = ns_diff_hunks(diff, &n);
	cr_assert_eq(n, 2);
	cr_assert(hunks[0].old_start == 3 && hunks[0].old_end == 9 &&
	          hunks[0].new_start == 3 && hunks[0].new_end == 9);
	cr_assert(hunks[1].old_start == 23 && hunks[1].old_end == 23 &&
	          hunks[1].new_start == 23 && hunks[1].new_end == 27);
	cr_assert_str_eq(ns_diff_article(diff, false)->body.data, first[0][1]);
	cr_assert_str_eq(ns_diff_article(diff, true)->id.data, "b");
	cr_assert_eq(ns_diff_coarse(diff), 0);
	ns_diff_free(diff);
	cr_assert_eq(open_diff(&diff, dir, "a", "a"), NS_OK);
	ns_diff_hunks(diff, &n);
	cr_assert_eq(n, 0);
	ns_diff_free(diff);
	cr_assert_eq(open_diff(&diff, dir, "a", "c"), NS_E_MISSING);
	cr_assert_null(diff);
	index_make(dir, true, false, first, 2);
	cr_assert_eq(open_diff(&diff, dir, "a", "b"), NS_E_USAGE);
	folder_remove(dir);
}
