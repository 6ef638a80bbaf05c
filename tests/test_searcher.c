/* test_searcher.c — does a searcher find what ns_search finds, lead from numbers to
 * articles, and take no memory of its own once it is warm?
 */
#include <criterion/criterion.h>

#include <unistd.h>

#include "answer/answer.h"
#include "tests/random.h"
#include "folder.h"

enum { PATH = 64, ARTICLES = 300, QUERIES = 200 };

static const char *const words[] = {
	"rain", "snow", "ice", "sochi", "missile", "parade", "strike", "talks",
	"minister", "harvest", "border", "road", "closed", "evening", "quiet",
	"weapon", "attack", "chemical", "capital", "storm", "river", "train"};

static void random_words(struct random *random, char *out, unsigned n)
{
	for (unsigned i = 0; i < n; i++)
		out += sprintf(out, "%s%s", i ? " " : "",
		               words[random_below(random, ARRAY_LEN(words))]);
}

/* Articles [first, end) by the ids "0", "1", …, as a commit more; then the one
 * before first is deleted. */
static void add(const char *dir, struct random *random, unsigned first,
                unsigned end)
{
	const ns_build_options options = {.update = true, .no_sync = true};
	char id[16], title[64], body[1024];
	ns_builder *builder;
	ns_error err;
	bool found = true;
	cr_assert_eq(ns_builder_open(&builder, dir, &options, &err), NS_OK,
	             "%s", err.message);
	for (unsigned i = first; i < end; i++) {
		ns_article article = ns_article_empty();
		snprintf(id, sizeof id, "%u", i);
		random_words(random, title, 3);
		random_words(random, body, 5 + random_below(random, 60));
		article.id = ns_text_of(id);
		article.title = ns_text_of(title);
		article.body = ns_text_of(body);
		article.section = ns_text_of(i % 3 ? "World" : "Sport");
		article.date = i % 5 ? (int64_t)i : NS_NO_DATE;
		cr_assert_eq(ns_builder_add(builder, &article, &err), NS_OK);
	}
	if (first) {
		snprintf(id, sizeof id, "%u", first - 1);
		cr_assert_eq(ns_builder_delete(builder, ns_text_of(id), &found,
		                               &err), NS_OK);
	}
	cr_assert(found);
	cr_assert_eq(ns_builder_commit(builder, NULL, &err), NS_OK);
	ns_builder_free(builder);
}

/* Three segments: 200, 80 and 20 articles, of which 199 and 279 are dead. */
static ns_index *index_make(char dir[PATH])
{
	struct random random = random_start(1);
	ns_index *index;
	ns_error err;
	strcpy(dir, "/tmp/ns-test-XXXXXX");
	cr_assert(mkdtemp(dir));
	add(dir, &random, 0, 200);
	add(dir, &random, 200, 280);
	add(dir, &random, 280, ARTICLES);
	cr_assert_eq(ns_index_open(&index, dir, 0, &err), NS_OK, "%s",
	             err.message);
	return index;
}

static ns_searcher *searcher_of(const ns_index *index)
{
	ns_searcher *searcher;
	cr_assert_eq(ns_searcher_open(&searcher, index, NULL), NS_OK);
	return searcher;
}

static const ns_results *ask(ns_searcher *searcher, const char *query,
                             ns_search_options options)
{
	const ns_results *results;
	ns_error err;
	cr_assert_eq(ns_searcher_search(searcher, &results, ns_text_of(query),
	                                &options, &err), NS_OK, "%s: %s", query,
	             err.message);
	return results;
}

/* ---- what it finds ----------------------------------------------------- */

Test(searcher, finds_what_ns_search_finds)
{
	char dir[PATH];
	ns_index *index = index_make(dir);
	ns_searcher *searcher = searcher_of(index);
	ns_search_options options = {.limit = 50, .offset = 3, .count = true};
	ns_results *full;
	size_t n, n_full;
	cr_assert_eq(ns_search(&full, index, ns_text_of("rain +snow"), &options,
	                       NULL), NS_OK);
	const ns_match *numbers = ns_results_matches(full, &n_full);
	cr_assert_eq(n_full, 50u);
	cr_assert_eq(ns_results_size(full), 50u);
	const ns_results *own = ask(searcher, "rain +snow", options);
	cr_assert_eq(ns_results_size(own), 50u);
	for (size_t i = 0; i < n_full; i++) {
		const ns_hit *a = ns_results_hit(full, i);
		const ns_hit *b = ns_results_hit(own, i);
		cr_assert_eq(a->rank, i + 4);
		cr_assert_eq(a->number, numbers[i].number);
		cr_assert_eq(a->score, numbers[i].score);
		cr_assert_eq(b->number, a->number);
		cr_assert_str_eq(b->snippet.data, a->snippet.data);
	}
	options.bare = true;
	const ns_results *bare = ask(searcher, "rain +snow", options);
	const ns_match *matches = ns_results_matches(bare, &n);
	cr_assert_eq(n, n_full);
	cr_assert_eq(memcmp(matches, numbers, n * sizeof *matches), 0);
	cr_assert_eq(ns_results_size(bare), 0u);
	cr_assert_eq(ns_results_count(bare), ns_results_count(full));
	/* what ns_search gave outlives all of them */
	ns_searcher_free(searcher);
	ns_index_free(index);
	cr_assert_str_eq(ns_results_hit(full, 0)->section.data,
	                 ns_results_hit(full, 0)->number % 3 ? "World"
	                                                     : "Sport");
	ns_results_free(full);
	folder_remove(dir);
}

Test(searcher, goes_on_after_a_refusal)
{
	char dir[PATH];
	ns_index *index = index_make(dir);
	ns_searcher *searcher = searcher_of(index);
	ns_search_options options = {.limit = 5, .bare = true, .explain = true};
	const ns_results *results;
	ns_error err;
	size_t n = 7;
	cr_assert_eq(ns_searcher_search(searcher, &results, ns_text_of("rain"),
	                                &options, &err), NS_E_USAGE);
	cr_assert_null(results);
	options.explain = false;
	options.offset = NS_HITS_MAX;
	cr_assert_eq(ns_searcher_search(searcher, &results, ns_text_of("rain"),
	                                &options, &err), NS_E_LIMIT);
	cr_assert_null(results);
	options.offset = ARTICLES + 1;
	ns_results_matches(ask(searcher, "rain", options), &n);
	cr_assert_eq(n, 0u);
	options.offset = 0;
	results = ask(searcher, "((", options);
	cr_assert_str_eq(ns_results_note(results, 0), "no word in the query");
	ns_results_matches(results, &n);
	cr_assert_eq(n, 0u);
	results = ask(searcher, "section:world", options);
	const ns_match *matches = ns_results_matches(results, &n);
	cr_assert_eq(n, 5u);
	cr_assert_eq(matches[0].score, 0);
	cr_assert_eq(matches[0].number, 299u); /* the newest */
	cr_assert_null(ns_results_note(results, 0));
	ns_searcher_free(NULL);
	ns_searcher_free(searcher);
	ns_index_free(index);
	folder_remove(dir);
}

/* More at once than are kept, and all give back what they took. */
Test(searcher, many_at_once)
{
	enum { MANY = 20 };
	char dir[PATH];
	ns_index *index = index_make(dir);
	ns_searcher *searchers[MANY];
	const ns_results *results[MANY];
	size_t n;
	for (int turn = 0; turn < 2; turn++) {
		for (int i = 0; i < MANY; i++) {
			searchers[i] = searcher_of(index);
			results[i] = ask(searchers[i], words[i],
			                 (ns_search_options){.limit = 1});
		}
		for (int i = 0; i < MANY; i++) {
			const ns_hit *hit = ns_results_hit(results[i], 0);
			const ns_match *match =
				ns_results_matches(results[i], &n);
			cr_assert_eq(n, 1u);
			cr_assert_eq(match->number, hit->number);
			cr_assert(strstr(hit->title.data, words[i]) ||
			          strstr(hit->snippet.data, words[i]));
			ns_searcher_free(searchers[i]);
		}
	}
	ns_index_free(index);
	folder_remove(dir);
}

/* ---- from numbers to articles ------------------------------------------ */

Test(searcher, articles_by_number)
{
	char dir[PATH], id[16];
	ns_index *index = index_make(dir);
	ns_searcher *searcher = searcher_of(index);
	ns_article article;
	ns_error err;
	for (unsigned i = 0; i < ARTICLES; i++) {
		unsigned number = i * 7 % ARTICLES; /* from segment to segment */
		int status = ns_searcher_article(searcher, number, &article,
		                                 &err);
		bool dead = number == 199 || number == 279;
		cr_assert_eq(status, dead ? NS_E_MISSING : NS_OK);
		cr_assert_eq(article.body.size, 0u);
		if (dead)
			continue;
		snprintf(id, sizeof id, "%u", number);
		cr_assert_str_eq(article.id.data, id);
		cr_assert_str_eq(article.section.data,
		                 number % 3 ? "World" : "Sport");
		cr_assert_eq(article.date, number % 5 ? (int64_t)number
		                                      : NS_NO_DATE);
	}
	cr_assert_eq(ns_searcher_article(searcher, 279, &article, &err),
	             NS_E_MISSING);
	cr_assert_str_eq(err.message, "article number 279 is deleted");
	cr_assert_eq(ns_searcher_article(searcher, ARTICLES, &article, &err),
	             NS_E_USAGE);
	cr_assert_str_eq(err.message,
	                 "no article of this index has the number 300");
	cr_assert_eq(ns_searcher_article(searcher, UINT64_MAX, &article, NULL),
	             NS_E_USAGE);
	cr_assert_null(article.id.data);
	ns_searcher_free(searcher);
	ns_index_free(index);
	folder_remove(dir);
}

Test(searcher, results_stay_while_articles_are_fetched)
{
	char dir[PATH];
	ns_index *index = index_make(dir);
	ns_searcher *searcher = searcher_of(index);
	const ns_results *results = ask(searcher, "storm road",
	                                (ns_search_options){.limit = 40});
	ns_article article;
	size_t n;
	const ns_match *matches = ns_results_matches(results, &n);
	cr_assert_eq(n, 40u);
	for (size_t i = 0; i < n; i++) {
		const ns_hit *hit = ns_results_hit(results, i);
		cr_assert_eq(ns_searcher_article(searcher, matches[i].number,
		                                 &article, NULL), NS_OK);
		cr_assert_str_eq(article.id.data, hit->id.data);
		cr_assert_str_eq(article.title.data, hit->title.data);
	}
	ns_searcher_free(searcher);
	ns_index_free(index);
	folder_remove(dir);
}

/* ---- memory ------------------------------------------------------------ */

static size_t allocations;

static void *count_alloc(void *context, size_t size)
{
	allocations++;
	return mem_system.alloc(context, size);
}

static void *count_resize(void *context, void *block, size_t size)
{
	allocations++;
	return mem_system.resize(context, block, size);
}

static void count_release(void *context, void *block)
{
	mem_system.release(context, block);
}

static void random_query(struct random *random, char *out)
{
	static const char *const marks[] = {"", "", "", "+", "-", "title:", "="};
	unsigned n = 1 + random_below(random, 6);
	bool phrase = !random_below(random, 4);
	out += sprintf(out, "%s", phrase ? "\"" : "");
	for (unsigned i = 0; i < n; i++)
		out += sprintf(out, "%s%s%s", i ? " " : "",
		               phrase || !i ? "" : marks[random_below(
		               		random, ARRAY_LEN(marks))],
		               words[random_below(random, ARRAY_LEN(words))]);
	sprintf(out, "%s", phrase ? "\" section:world" : "");
}

/* The blocks that QUERIES queries take, and the sum of their matches. */
static size_t pass(ns_searcher *searcher, size_t *sum)
{
	struct random random = random_start(2);
	char query[256];
	size_t n, before = allocations;
	for (unsigned i = 0; i < QUERIES; i++) {
		random_query(&random, query);
		const ns_results *results = ask(searcher, query,
			(ns_search_options){.limit = 100, .bare = true,
			                    .count = i % 2});
		ns_results_matches(results, &n);
		*sum += n;
	}
	return allocations - before;
}

Test(searcher, warm_bare_queries_take_no_memory)
{
	static const ns_allocator counting = {count_alloc, count_resize,
	                                      count_release, NULL};
	char dir[PATH];
	size_t first = 0, second = 0;
	ns_set_allocator(&counting);
	ns_index *index = index_make(dir);
	ns_searcher *searcher = searcher_of(index);
	size_t cold = pass(searcher, &first);
	size_t warm = pass(searcher, &second);
	cr_assert_gt(first, 1000u);
	cr_assert_eq(second, first);
	cr_assert_gt(cold, 0u);
	cr_assert_eq(warm, 0u);
	ns_searcher_free(searcher);
	ns_index_free(index);
	ns_set_allocator(NULL);
	folder_remove(dir);
}

/* So do articles by number, but for texts longer than any before. */
Test(searcher, warm_articles_take_no_memory)
{
	static const ns_allocator counting = {count_alloc, count_resize,
	                                      count_release, NULL};
	char dir[PATH];
	ns_set_allocator(&counting);
	ns_index *index = index_make(dir);
	ns_searcher *searcher = searcher_of(index);
	ns_article article;
	for (int turn = 0; turn < 2; turn++) {
		size_t before = allocations;
		for (unsigned i = 0; i < ARTICLES; i++)
			ns_searcher_article(searcher, i, &article, NULL);
		if (turn)
			cr_assert_eq(allocations - before, 0u);
	}
	ns_searcher_free(searcher);
	ns_index_free(index);
	ns_set_allocator(NULL);
	folder_remove(dir);
}
