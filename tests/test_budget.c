#include <criterion/criterion.h>
#include <fcntl.h>

#include "build/budget.h"
#include "build/run.h"
#include "folder.h"
#include "nsindex.h"

enum { MIB = 1 << 20, APART = 40 * MIB };

/* ---- shares -------------------------------------------------------------- */

static void check_shares(const struct budget *budget)
{
	uint64_t threads = budget->threads, half = budget->inverter * threads;
	uint64_t texts = (uint64_t)budget->records + budget->texts +
	                 budget->sketches;
	uint64_t memory = budget->all >> 20;
	cr_assert_leq(half + texts + budget->docs, budget->all - APART,
	              "%lu MiB", memory);
	/* each is rounded down by itself */
	cr_assert_leq(budget->run * threads + budget->lists, half + threads,
	              "%lu MiB", memory);
	cr_assert_eq(budget_left(budget, 0), half);
	cr_assert_eq(budget_left(budget, half - 1), 1u);
	cr_assert_eq(budget_left(budget, half + 1), 0u);
}

Test(budget, shares_are_no_more_than_there_is)
{
	for (uint64_t memory = 128; memory < 8192; memory += 1 + memory / 8)
		for (uint32_t threads = 1; threads <= 8; threads++) {
			struct budget budget;
			cr_assert_eq(budget_open(&budget, memory << 20, threads,
			                         NULL), NS_OK);
			check_shares(&budget);
			if (memory < 192)
				continue;
			cr_assert_eq(budget_order(&budget, NULL), NS_OK);
			check_shares(&budget);
		}
}

/* ---- runs ---------------------------------------------------------------- */

static void add_run(struct runs *runs, struct spool_maker *maker, size_t size)
{
	static const struct budget budget = {.run = SIZE_MAX, .threads = 1};
	struct run *run;
	cr_assert_eq(runs_add(runs, maker, &budget, 0, &run, NULL), NS_OK);
	for (size_t i = 0; i < size; i++) {
		uint8_t byte = (uint8_t)(i * size >> 3);
		cr_assert_eq(spool_append(&run->spool, &byte, 1, NULL), NS_OK);
	}
}

static size_t count_held(const struct runs *runs)
{
	size_t held = 0;
	for (size_t i = 0; i < runs->n; i++)
		held += runs->items[i]->spool.memory.len;
	return held;
}

Test(runs, wait_in_the_memory_that_is_left)
{
	char dir[] = "/tmp/test_budget.XXXXXX";
	struct commit_writer commit;
	struct runs runs = {0};
	cr_assert(mkdtemp(dir));
	commit_init(&commit);
	cr_assert_eq(commit_open(&commit, dir, NULL), NS_OK);
	struct spool_maker maker = {.commit = &commit};
	pthread_mutex_init(&maker.lock, NULL);
	for (size_t size = 1000; size <= 4000; size += 1000)
		add_run(&runs, &maker, size);
	for (size_t memory = 12000; memory; memory -= 500) {
		cr_assert_eq(runs_keep(&runs, memory, NULL), NS_OK);
		cr_assert_leq(count_held(&runs), memory);
		if (memory >= 10000)
			cr_assert_eq(count_held(&runs), 10000u);
		for (size_t i = 0; i < runs.n; i++) {
			size_t size = 1000 * (i + 1);
			uint8_t bytes[4000];
			const struct spool *spool = &runs.items[i]->spool;
			cr_assert_eq(spool_size(spool), size);
			cr_assert_eq(spool_read_at(spool, 0, bytes, size, NULL),
			             NS_OK);
			for (size_t at = 0; at < size; at++)
				cr_assert_eq(bytes[at],
				             (uint8_t)(at * size >> 3));
		}
	}
	runs_release(&runs);
	commit_release(&commit);
	pthread_mutex_destroy(&maker.lock);
	folder_remove(dir);
}

/* ---- what does not fit --------------------------------------------------- */

static ns_builder *open_builder(const char *dir, int expected, ns_error *err)
{
	const ns_build_options options = {.update = true, .threads = 1};
	ns_builder *builder;
	cr_assert_eq(ns_builder_open(&builder, dir, &options, err), expected,
	             "%s", err->message);
	return builder;
}

static ns_text text_of(const char *string)
{
	return (ns_text){string, strlen(string)};
}

/* Two segments: a commit of many articles and one of few.  All are copies. */
static void add_articles(const char *dir, int first, int n)
{
	ns_error err = {0};
	ns_build_report report;
	ns_builder *builder = open_builder(dir, NS_OK, &err);
	for (int i = first; i < first + n; i++) {
		char id[16];
		snprintf(id, sizeof id, "%d", i);
		const ns_article article = {.id = text_of(id),
			.title = text_of("rain"), .body = text_of("it rained"),
			.date = NS_NO_DATE};
		cr_assert_eq(ns_builder_add(builder, &article, &err), NS_OK,
		             "%s", err.message);
	}
	cr_assert_eq(ns_builder_commit(builder, &report, &err), NS_OK, "%s",
	             err.message);
	ns_builder_free(builder);
}

static int merge_all(const char *dir, ns_error *err)
{
	ns_builder *builder = open_builder(dir, NS_OK, err);
	cr_assert_eq(ns_builder_merge(builder, true, err), NS_OK);
	int status = ns_builder_commit(builder, NULL, err);
	ns_builder_free(builder);
	return status;
}

Test(budget, what_does_not_fit_is_refused)
{
	char dir[] = "/tmp/test_budget.XXXXXX";
	struct budget budget;
	ns_error err = {0};
	cr_assert(mkdtemp(dir));
	add_articles(dir, 0, 100);
	add_articles(dir, 100, 10);
	cr_assert_eq(budget_open(&budget, 0, 1, NULL), NS_OK);
	budget.inverter = 0;
	/* docs alone would fit, and the one story does: 2 names */
	budget.docs = 110 * 50;
	budget_set(&budget);
	cr_assert_eq(merge_all(dir, &err), NS_E_NOMEM);
	cr_assert(strstr(err.message, "110 articles"), "%s", err.message);
	budget.docs = 500;
	cr_assert_null(open_builder(dir, NS_E_NOMEM, &err));
	cr_assert(strstr(err.message, "stories"), "%s", err.message);
	budget.docs = 110 * 70;
	cr_assert_eq(merge_all(dir, &err), NS_OK, "%s", err.message);
	budget_set(NULL);
	folder_remove(dir);
}
