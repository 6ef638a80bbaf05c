/* test_pairs.c — are two frequent words next to each other one list, and is a list that
 * lies found?
 */
#include <criterion/criterion.h>

#include <dirent.h>
#include <fcntl.h>
#include <unistd.h>

#include "index/check_segment.h"
#include "query/plan.h"
#include "random.h"
#include "rank/rank.h"

enum { WORDS = 8, ARTICLES = 900, BEHIND = 3, LONG = 5000 };

static const char *const words[WORDS] = {"ant", "bee", "cat", "dog", "eel",
                                         "fox", "gnu", "hen"};

static char dir[] = "/tmp/ns-test-XXXXXX";
static struct snapshot snapshot;
static struct analyzer *analyzer;

/* Behind each word stands one of the BEHIND next in the row, and no other.  The last
 * article is long. */
static void index_make(void)
{
	struct random r = random_start(1);
	ns_build_options options = {.no_sync = true};
	ns_builder *builder;
	cr_assert(mkdtemp(dir));
	cr_assert_eq(ns_builder_open(&builder, dir, &options, NULL), NS_OK);
	for (int i = 0; i < ARTICLES; i++) {
		static char text[4 * LONG + 1];
		size_t n = 0, word = random_below(&r, WORDS);
		uint32_t k = i < ARTICLES - 1 ? 1 + random_below(&r, 40) : LONG;
		for (; k; k--) {
			n += (size_t)sprintf(text + n, "%s ", words[word]);
			word = (word + 1 + random_below(&r, BEHIND)) % WORDS;
		}
		ns_article article = {.title = {"News", 4}, .body = {text, n}};
		cr_assert_eq(ns_builder_add(builder, &article, NULL), NS_OK);
	}
	cr_assert_eq(ns_builder_commit(builder, NULL, NULL), NS_OK);
	ns_builder_free(builder);
	int handle = open(dir, O_RDONLY | O_DIRECTORY);
	cr_assert_eq(snapshot_open(&snapshot, handle, dir, 0, true, NULL),
	             NS_OK);
	close(handle);
	cr_assert_eq(analyzer_open(&analyzer, "english", NULL), NS_OK);
}

static void index_remove(void)
{
	char path[512];
	analyzer_free(analyzer);
	snapshot_release(&snapshot);
	DIR *files = opendir(dir);
	for (struct dirent *file; files && (file = readdir(files));) {
		snprintf(path, sizeof path, "%s/%s", dir, file->d_name);
		unlink(path);
	}
	closedir(files);
	rmdir(dir);
}

TestSuite(pairs, .init = index_make, .fini = index_remove);

/* ---- as lists ------------------------------------------------------------- */

static struct rank_result ask(rank_fn *rank, const char *text, uint32_t k)
{
	static struct query query;
	struct plan plan = {0};
	struct rank_result result;
	const struct rank_request request = {.k = k, .count = true,
		.k1 = 1.2f, .b = 0.75f};
	cr_assert_eq(query_parse(&query, slice_of(text, strlen(text)), NULL),
	             NS_OK);
	cr_assert_eq(plan_make(&plan, &query, &snapshot, analyzer, NULL),
	             NS_OK);
	cr_assert_eq(rank(&plan, &request, &result, NULL), NS_OK);
	plan_release(&plan);
	return result;
}

/* Counts without looking at a doc where two words are all. */
static void compare(const char *text, bool is_pair)
{
	struct rank_result want = ask(rank_all, text, 20);
	struct rank_result got = ask(rank_best, text, 20);
	struct rank_result counted = ask(rank_best, text, 0);
	cr_assert_eq(got.count, want.count, "%s", text);
	cr_assert_eq(counted.count, want.count, "%s", text);
	cr_assert_eq(got.n_hits, want.n_hits);
	for (size_t i = 0; i < got.n_hits; i++) {
		cr_assert_eq(got.hits[i].doc, want.hits[i].doc, "%s", text);
		cr_assert_eq(got.hits[i].score, want.hits[i].score);
	}
	if (is_pair)
		cr_assert_eq(counted.work.postings, 0u, "%s", text);
	rank_result_release(&want);
	rank_result_release(&got);
	rank_result_release(&counted);
}

Test(pairs, count_as_one_word_does)
{
	char text[80];
	for (unsigned a = 0; a < WORDS; a++)
		for (unsigned b = 0; b < WORDS; b++) {
			snprintf(text, sizeof text, "\"%s %s\"", words[a],
			         words[b]);
			compare(text, true);
			snprintf(text, sizeof text, "+\"%s %s\" -\"%s %s\" %s",
			         words[a], words[b], words[b], words[a],
			         words[(a + b) % WORDS]);
			compare(text, false);
		}
}

Test(pairs, narrow_longer_phrases)
{
	struct random r = random_start(2);
	for (int round = 0; round < 300; round++) {
		char text[200] = "\"";
		for (uint32_t n = 3 + random_below(&r, 5), w = 0; n; n--) {
			w = (w + 1 + random_below(&r, BEHIND)) % WORDS;
			if (!random_below(&r, 30))
				w = random_below(&r, WORDS);
			strcat(strcat(text, words[w]), n > 1 ? " " : "\"");
		}
		compare(text, false);
	}
	struct rank_result never = ask(rank_best, "\"cat dog cat\"", 10);
	cr_assert_eq(never.count, 0u);
	cr_assert_eq(never.work.postings, 0u);
	rank_result_release(&never);
}

/* ---- lies ----------------------------------------------------------------- */

/* The table of the segment, taken apart. */
struct parts {
	uint32_t entries[PAIR_WORDS];
	uint64_t follows[PAIR_WORDS];
	struct lexicon_term terms[PAIR_WORDS * PAIR_WORDS];
	unsigned n;
	uint32_t n_terms;
};

static void take_apart(struct parts *out)
{
	const struct pair_table *table = &snapshot.segments[0].segment.pairs;
	*out = (struct parts){.n = table->n};
	for (unsigned a = 0; a < table->n; a++) {
		out->entries[a] = pair_table_entry(table, a);
		for (unsigned b = 0; b < table->n; b++)
			if (pair_table_find(table, a, b,
			                    &out->terms[out->n_terms])) {
				out->follows[a] |= (uint64_t)1 << b;
				out->n_terms++;
			}
	}
}

/* post: NULL: that of the segment. */
static int check(const struct parts *parts, const struct buffer *post)
{
	struct segment lying = snapshot.segments[0].segment;
	struct buffer out;
	if (post)
		lying.postings.post = slice_of(post->data,
		                               post->len - CHUNK_PADDING);
	buffer_init(&out, SIZE_MAX);
	pair_table_write(parts->entries, parts->follows, parts->n, parts->terms,
	                 &out);
	size_t size = out.len;
	buffer_zeros(&out, CHUNK_PADDING);
	cr_assert_eq(pair_table_open(&lying.pairs, slice_of(out.data, size),
	                             "test", NULL), NS_OK);
	int status = check_pairs(&lying, NULL);
	buffer_release(&out);
	return status;
}

Test(pairs, are_checked_against_positions)
{
	static struct parts whole, parts;
	take_apart(&whole);
	/* "news" is a word of the text too: a title's, with none next to it */
	cr_assert_eq(whole.n, WORDS + 1u);
	cr_assert_eq(whole.n_terms, WORDS * BEHIND);
	cr_assert_eq(check(&whole, NULL), NS_OK);

	parts = whole;
	parts.terms[0] = whole.terms[1];
	parts.terms[1] = whole.terms[0];
	cr_assert_eq(check(&parts, NULL), NS_E_CORRUPT, "two lists swapped");

	parts = whole; /* "hen" before "cat", the last of all */
	cr_assert_eq(whole.follows[WORDS - 1], 7u);
	parts.follows[WORDS - 1] = 3;
	cr_assert_eq(check(&parts, NULL), NS_E_CORRUPT, "a list left out");

	parts = whole;
	parts.follows[whole.n - 1] |= 1;
	parts.terms[whole.n_terms] = whole.terms[0];
	cr_assert_eq(check(&parts, NULL), NS_E_CORRUPT, "a list too many");

	parts = whole;
	parts.terms[3].cf++;
	cr_assert_eq(check(&parts, NULL), NS_E_CORRUPT, "a wrong cf");

	parts = whole;
	parts.entries[whole.n - 1] = UINT32_MAX;
	cr_assert_eq(check(&parts, NULL), NS_E_CORRUPT, "a word that is none");
}

/* The list of the first pair, to be written anew. */
struct anew {
	uint32_t docs[ARTICLES], tfs[ARTICLES];
	uint32_t df;
};

static void read_list(const struct lexicon_term *term, struct anew *out)
{
	struct postings_cursor cursor;
	*out = (struct anew){0};
	cr_assert_eq(postings_open(&cursor,
		&snapshot.segments[0].segment.postings, term, NULL), NS_OK);
	for (; cursor.doc != POSTINGS_END; postings_next(&cursor)) {
		out->docs[out->df] = cursor.doc;
		out->tfs[out->df++] = postings_tf(&cursor);
	}
	postings_release(&cursor);
}

/* Well written as it is, does it pass? */
static int check_list(const struct parts *whole, const struct anew *anew)
{
	static struct parts parts;
	const struct segment *segment = &snapshot.segments[0].segment;
	struct buffer post, none;
	struct postings_list list = {.field = FIELD_PAIR, .df = anew->df,
		.n_forms = 1, .docs = anew->docs, .tfs = anew->tfs,
		.lengths = segment->lengths[FIELD_TEXT].data,
		.avglen0 = segment->info.field[FIELD_TEXT].avglen0};
	for (uint32_t i = 0; i < anew->df; i++)
		list.cf += anew->tfs[i];
	parts = *whole;
	buffer_init(&post, SIZE_MAX);
	buffer_init(&none, 0);
	buffer_append(&post, segment->postings.post.data,
	              segment->postings.post.len);
	cr_assert_eq(postings_write(&list, &post, &none, &parts.terms[0],
	                            NULL), NS_OK);
	buffer_zeros(&post, CHUNK_PADDING);
	int status = check(&parts, &post);
	buffer_release(&post);
	return status;
}

/* In the middle of a block, in the tail, at the ends. */
Test(pairs, are_checked_doc_by_doc)
{
	static struct parts whole;
	static struct anew true_one, lie;
	take_apart(&whole);
	read_list(&whole.terms[0], &true_one);
	uint32_t df = true_one.df, places[] = {0, 100, BLOCK_DOCS - 1,
	                                       BLOCK_DOCS, df - 1};
	cr_assert_gt(df, BLOCK_DOCS + 1u);
	cr_assert_eq(check_list(&whole, &true_one), NS_OK);
	for (size_t i = 0; i < ARRAY_LEN(places); i++) {
		uint32_t at = places[i];
		lie = true_one;
		lie.tfs[at]++;
		cr_assert_eq(check_list(&whole, &lie), NS_E_CORRUPT,
		             "a wrong tf, %u", at);
		lie = true_one;
		lie.df--;
		for (uint32_t k = at; k < lie.df; k++) {
			lie.docs[k] = true_one.docs[k + 1];
			lie.tfs[k] = true_one.tfs[k + 1];
		}
		cr_assert_eq(check_list(&whole, &lie), NS_E_CORRUPT,
		             "a doc left out, %u", at);
	}
	uint32_t gaps = 0;
	for (uint32_t at = 0; at + 1 < df; at++) {
		lie = true_one;
		if (++lie.docs[at] == true_one.docs[at + 1])
			continue;
		gaps++;
		cr_assert_eq(check_list(&whole, &lie), NS_E_CORRUPT,
		             "another doc, %u", at);
	}
	cr_assert_gt(gaps, 0u);
	lie = true_one;
	lie.df = BLOCK_DOCS;
	cr_assert_eq(check_list(&whole, &lie), NS_E_CORRUPT, "one block alone");
	/* one more, where the first gap is */
	uint32_t first = 0;
	while (true_one.docs[first] == first)
		first++;
	lie.df = df + 1;
	for (uint32_t k = 0; k <= df; k++) {
		lie.docs[k] = k == first ? k : true_one.docs[k - (k > first)];
		lie.tfs[k] = k == first ? 1 : true_one.tfs[k - (k > first)];
	}
	cr_assert_eq(check_list(&whole, &lie), NS_E_CORRUPT, "a doc too many");
}
