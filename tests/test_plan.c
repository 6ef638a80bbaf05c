/* test_plan.c — is a plan made again the plan made anew, and does it cost nothing?
 */
#include <criterion/criterion.h>

#include <fcntl.h>
#include <unistd.h>

#include "query/plan.h"
#include "folder.h"
#include "random.h"

enum { PATH = 64, COMMITS = 4, BIG = 1 << 15 };

static const char *const words[] = {
	"snow", "rain", "rained", "rains", "missile", "missiles", "running",
	"storm-force", "U.S.", "#tag", "the", "absent", "winter",
};

/* Some of the words that the bits of `known` name. */
static size_t write_words(struct random *r, char *out, size_t size,
                          uint32_t known)
{
	size_t len = 0;
	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (known >> i & 1 && random_below(r, 2))
			len += (size_t)snprintf(out + len, size - len, "%s ",
			                        words[i]);
	return len;
}

/* Several commits, each with words of its own: a segment may know a term, but not
 * the word. */
static void index_make(struct random *r, char dir[PATH])
{
	ns_build_options options = {.update = true, .no_sync = true};
	ns_builder *builder;
	strcpy(dir, "/tmp/ns-test-XXXXXX");
	cr_assert(mkdtemp(dir));
	for (int commit = 0; commit < COMMITS; commit++) {
		cr_assert_eq(ns_builder_open(&builder, dir, &options, NULL),
		             NS_OK);
		uint32_t known = (uint32_t)random_u64(r);
		for (int i = 0; i < 20 >> commit; i++) {
			char text[BIG];
			size_t n = write_words(r, text, sizeof text, known);
			ns_article article = {
				.title = {"News", 4}, .body = {text, n},
				.section = {"World", 5}};
			cr_assert_eq(ns_builder_add(builder, &article, NULL),
			             NS_OK);
		}
		cr_assert_eq(ns_builder_commit(builder, NULL, NULL), NS_OK);
		ns_builder_free(builder);
	}
}

static size_t write_query(struct random *r, char *out, size_t size)
{
	static const char *const before[] = {"", "", "", "+", "-", "=",
	                                     "title:", "\"", "("};
	size_t len = 0;
	unsigned n = random_below(r, 40) ? random_below(r, 6)
	                                 : random_below(r, 1000);
	for (unsigned i = 0; i < n && len + 40 < size; i++) {
		const char *mark = before[random_below(r, ARRAY_LEN(before))];
		len += (size_t)snprintf(out + len, size - len, "%s%s ", mark,
			words[random_below(r, ARRAY_LEN(words))]);
	}
	if (random_below(r, 4) == 0)
		len += (size_t)snprintf(out + len, size - len,
		                        "\" section:World");
	return len;
}

/* ---- comparing ----------------------------------------------------------- */

static void same_leaf(const struct leaf *a, const struct leaf *b, uint32_t n)
{
	cr_assert_eq(a->n_words, b->n_words);
	cr_assert_eq(a->field, b->field);
	cr_assert_eq(a->boost, b->boost);
	cr_assert_eq(a->weight, b->weight);
	cr_assert_eq(a->df, b->df);
	cr_assert_eq(a->n_docs, b->n_docs);
	for (size_t i = 0; i < a->n_words; i++) {
		cr_assert(slice_equal(a->words[i].form, b->words[i].form));
		cr_assert(slice_equal(a->words[i].term, b->words[i].term));
		cr_assert_eq(a->words[i].weight, b->words[i].weight);
		cr_assert_eq(a->words[i].df, b->words[i].df);
	}
	for (size_t i = 0; i < n * a->n_words; i++) {
		const struct leaf_binding *x = &a->bindings[i];
		const struct leaf_binding *y = &b->bindings[i];
		cr_assert_eq(x->found, y->found);
		cr_assert_eq(x->form, y->form);
		cr_assert_eq(x->all_forms, y->all_forms);
		cr_assert(!x->found || x->term.entry == y->term.entry);
	}
}

static void same_plan(const struct plan *a, const struct plan *b)
{
	cr_assert_eq(a->n_leaves, b->n_leaves);
	cr_assert_eq(a->scored, b->scored);
	cr_assert_eq(a->shift, b->shift);
	cr_assert_eq(!a->root, !b->root);
	for (size_t i = 0; i < a->n_leaves; i++)
		same_leaf(&a->leaves[i], &b->leaves[i],
		          a->snapshot->manifest.n_segments);
}

/* What a leaf is bound to, by looking each word up by itself. */
static void bound_right(const struct plan *plan, const struct leaf *leaf)
{
	for (size_t i = 0; i < leaf->n_words; i++) {
		const struct leaf_word *word = &leaf->words[i];
		uint64_t df = 0;
		for (uint32_t s = 0; s < plan->snapshot->manifest.n_segments;
		     s++) {
			struct lexicon_entry entry;
			bool found;
			cr_assert_eq(lexicon_find(
				&plan->snapshot->segments[s].segment.lexicon,
				leaf->field, word->exact ? word->form : word->term,
				&entry, &found, NULL), NS_OK);
			found = found && (word->exact ? entry.is_word
			                              : entry.is_term);
			const struct leaf_binding *binding =
				&leaf->bindings[s * leaf->n_words + i];
			cr_assert_eq(binding->found, found);
			if (!found)
				continue;
			df += word->exact ? entry.word_df : entry.term.df;
			cr_assert_eq(binding->term.entry, word->exact
			             ? entry.word_term : entry.entry);
		}
		cr_assert_eq(word->df, df);
	}
}

/* ---- allocations --------------------------------------------------------- */

static size_t n_allocated;

static void *counted(void *context, size_t size)
{
	(void)context;
	n_allocated++;
	return malloc(size);
}

static void *counted_resize(void *context, void *block, size_t size)
{
	(void)context;
	n_allocated++;
	return realloc(block, size);
}

struct bench {
	struct snapshot snapshot;
	struct analyzer *analyzer;
	struct query query;
	struct plan plan;
};

/* NS_E_LIMIT: a phrase of too many words. */
static int ask(struct bench *bench, const char *text, size_t len)
{
	cr_assert_eq(query_parse(&bench->query, slice_of(text, len), NULL),
	             NS_OK);
	int status = plan_make(&bench->plan, &bench->query, &bench->snapshot,
	                       bench->analyzer, NULL);
	cr_assert(status == NS_OK || status == NS_E_LIMIT);
	return status;
}

static void ask_again(struct bench *bench, const char *text, size_t len)
{
	struct bench fresh = {.snapshot = bench->snapshot,
	                      .analyzer = bench->analyzer};
	int status = ask(&fresh, text, len);
	cr_assert_eq(ask(bench, text, len), status);
	if (status == NS_OK) {
		same_plan(&bench->plan, &fresh.plan);
		for (size_t i = 0; i < fresh.plan.n_leaves; i++)
			bound_right(&fresh.plan, &fresh.plan.leaves[i]);
		ask(bench, text, len); /* in one block, if in several before */
		size_t before = n_allocated;
		ask(bench, text, len);
		/* over a MiB is given back */
		if (bench->plan.arena.total <= 1 << 20)
			cr_assert_eq(n_allocated, before, "%.*s", (int)len,
			             text);
		same_plan(&bench->plan, &fresh.plan);
	}
	plan_release(&fresh.plan);
	query_release(&fresh.query);
}

static uint32_t ask_an_index(struct random *r)
{
	ns_allocator table = mem_system;
	struct bench bench = {0};
	char dir[PATH], text[BIG];
	index_make(r, dir);
	int folder = open(dir, O_RDONLY | O_DIRECTORY);
	cr_assert_eq(snapshot_open(&bench.snapshot, folder, dir, 0, true, NULL),
	             NS_OK);
	close(folder);
	uint32_t n_segments = bench.snapshot.manifest.n_segments;
	cr_assert_eq(analyzer_open(&bench.analyzer, "english", NULL), NS_OK);
	table.alloc = counted;
	table.resize = counted_resize;
	mem_set_table(&table);
	for (int i = 0; i < 500; i++)
		ask_again(&bench, text, write_query(r, text, sizeof text));
	cr_assert_gt(n_allocated, 0u);
	mem_set_table(NULL);
	plan_release(&bench.plan);
	query_release(&bench.query);
	analyzer_free(bench.analyzer);
	snapshot_release(&bench.snapshot);
	folder_remove(dir);
	return n_segments;
}

Test(plan, made_again_as_made_anew_and_for_nothing)
{
	struct random r = random_start(1);
	fprintf(stderr, "seed %lu\n", r.seed);
	uint32_t n_segments = 0;
	for (int i = 0; i < 20; i++)
		n_segments += ask_an_index(&r);
	cr_assert_gt(n_segments, 40u);
}
