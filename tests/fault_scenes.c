#include "fault_scenes.h"

#include "orders.h"
#include "random_articles.h"

static struct random_set old_set, new_set;

/* In dir, with update options; set NULL: nothing is added. */
static int change(const char *dir, bool update, const struct random_set *set,
                  bool deletes, bool merges, ns_error *err)
{
	bool own = !update && set == &new_set; /* else docs have to be moved */
	int order = orders_choose(own ? ORDERS_BP : ORDERS_ANY, 1);
	const ns_build_options options = {.update = update, .order = order};
	ns_builder *builder;
	int status = ns_builder_open(&builder, dir, &options, err);
	for (size_t i = 0; set && i < set->n && status == NS_OK; i++)
		status = ns_builder_add(builder, &set->articles[i], err);
	if (status == NS_OK && deletes)
		status = ns_builder_delete(builder, old_set.articles[0].id,
		                           NULL, err);
	if (status == NS_OK && deletes)
		status = ns_builder_delete_matches(
			builder, ns_text_of("=rain +\"of the\""), NULL, err);
	if (status == NS_OK && merges)
		status = ns_builder_merge(builder, true, err);
	if (status == NS_OK)
		status = ns_builder_commit(builder, NULL, err);
	ns_builder_free(builder);
	return status;
}

int scenes_build(const char *dir, ns_error *err)
{
	return change(dir, false, &new_set, false, false, err);
}

static int add(const char *dir, ns_error *err)
{
	return change(dir, true, &new_set, false, false, err);
}

static int delete(const char *dir, ns_error *err)
{
	return change(dir, true, NULL, true, false, err);
}

static int merge(const char *dir, ns_error *err)
{
	return change(dir, true, NULL, false, true, err);
}

static int build_old(const char *dir, ns_error *err)
{
	return change(dir, false, &old_set, false, false, err);
}

/* The second commit has dead docs. */
static int build_two(const char *dir, ns_error *err)
{
	TRY(build_old(dir, err));
	return change(dir, true, NULL, true, false, err);
}

static int add_last(const char *dir, ns_error *err)
{
	struct random_set last = old_set;
	last.articles += last.n - 1;
	last.n = 1;
	return change(dir, true, &last, false, false, err);
}

/* Several segments, one of them with dead docs. */
static int build_parts(const char *dir, ns_error *err)
{
	TRY(build_two(dir, err));
	return add_last(dir, err);
}

static bool add_up(void *context, const char *text, size_t size)
{
	uint64_t *sum = context;
	for (size_t i = 0; i < size; i++)
		*sum = (*sum ^ (uint8_t)text[i]) * 0x100000001b3;
	return true;
}

static const char *const queries[] = {
	"the president", "\"of the\" +rain", "title:attack OR section:World",
	"=attacks -war", "-rain", "de-escalation (weapons AND NOT talks)"};

/* The same queries of a searcher, without texts; then the article that is best. */
static int ask_bare(const ns_index *index, uint64_t *sum, ns_error *err)
{
	const ns_search_options options = {.limit = 5, .bare = true};
	ns_searcher *searcher;
	const ns_results *results;
	ns_article article;
	size_t n;
	int status = ns_searcher_open(&searcher, index, err);
	for (size_t i = 0; i < ARRAY_LEN(queries) && status == NS_OK; i++) {
		status = ns_searcher_search(searcher, &results,
		                            ns_text_of(queries[i]), &options,
		                            err);
		if (status != NS_OK)
			break;
		const ns_match *matches = ns_results_matches(results, &n);
		if (!n)
			continue;
		add_up(sum, (const char *)&matches[0].score, 8);
		status = ns_searcher_article(searcher, matches[0].number,
		                             &article, err);
		if (status == NS_OK)
			add_up(sum, article.title.data, article.title.size);
	}
	ns_searcher_free(searcher);
	return status;
}

static int ask_index(const ns_index *index, uint64_t *sum, ns_error *err)
{
	int status = NS_OK;
	for (size_t i = 0; i < ARRAY_LEN(queries) && status == NS_OK; i++) {
		const ns_search_options options = {.limit = 5, .count = true,
		                                   .explain = true};
		ns_results *results;
		status = ns_search(&results, index, ns_text_of(queries[i]),
		                   &options, err);
		if (status != NS_OK)
			break;
		for (size_t k = 0; k < ns_results_size(results); k++) {
			const ns_hit *hit = ns_results_hit(results, k);
			add_up(sum, hit->source.data, hit->source.size);
			add_up(sum, hit->snippet.data, hit->snippet.size);
			add_up(sum, (const char *)&hit->score, 8);
			add_up(sum, hit->explanation.data,
			       hit->explanation.size);
		}
		ns_results_free(results);
	}
	if (status == NS_OK)
		status = ask_bare(index, sum, err);
	if (status == NS_OK)
		status = ns_index_dump_all(index, add_up, sum, err);
	return status;
}

int scenes_ask(const char *dir, uint64_t *out, ns_error *err)
{
	ns_index *index;
	uint64_t n;
	*out = 1;
	TRY(ns_index_count(dir, &n, err));
	add_up(out, (const char *)&n, sizeof n);
	int status = ns_index_open(&index, dir, 0, err);
	if (status == NS_OK)
		status = ask_index(index, out, err);
	/* these name the generation, which is not the same after each build */
	uint64_t report = 1;
	if (status == NS_OK)
		status = ns_index_stat(index, add_up, &report, err);
	if (status == NS_OK)
		status = ns_index_stat_size(index, add_up, &report, err);
	ns_index_free(index);
	if (status == NS_OK)
		status = ns_index_check(dir, add_up, &report, err);
	return status;
}

/* ---- a damaged commit -------------------------------------------------------- */

enum { DAMAGED = 3 }; /* the third generation */

uint64_t scenes_before_damage;

static int build_damaged(const char *dir, ns_error *err)
{
	struct scratch_files files;
	TRY(build_two(dir, err));
	TRY(scenes_ask(dir, &scenes_before_damage, err));
	TRY(add_last(dir, err));
	scratch_load(&files, dir);
	const struct scratch_file *file = scratch_find(&files, SCENES_DAMAGED);
	if (!file)
		scratch_die("faults: there is no " SCENES_DAMAGED);
	file->data[file->size / 2] ^= 1;
	scratch_write(dir, SCENES_DAMAGED, file->data, file->size);
	scratch_release(&files);
	return NS_OK;
}

static int ask_older(const char *dir, uint64_t *out, ns_error *err)
{
	ns_index *index;
	*out = 1;
	int status = ns_index_open_commit(&index, dir, DAMAGED - 1, 0, err);
	if (status == NS_OK)
		status = ask_index(index, out, err);
	ns_index_free(index);
	return status;
}

static int repair(const char *dir, ns_error *err)
{
	uint64_t report = 1;
	return ns_index_repair(dir, add_up, &report, err);
}

/* ---- all of them ------------------------------------------------------------- */

struct scene scenes[SCENES] = {
	{.name = "opening and asking", .prepare = build_parts,
	 .ask = scenes_ask},
	{.name = "an older commit", .prepare = build_damaged, .ask = ask_older},
	{.name = "a first build", .act = scenes_build, .ask = scenes_ask,
	 .large = true},
	{.name = "a build", .prepare = build_old, .act = scenes_build,
	 .ask = scenes_ask},
	{.name = "an add", .prepare = build_old, .act = add, .ask = scenes_ask,
	 .large = true},
	{.name = "a deletion", .prepare = build_old, .act = delete,
	 .ask = scenes_ask},
	{.name = "a merge", .prepare = build_parts, .act = merge,
	 .ask = scenes_ask, .large = true},
	{.name = "a repair", .prepare = build_damaged, .act = repair,
	 .ask = ask_older, .repairs = true},
};

void scenes_start(void)
{
	struct random random = {7, 7};
	random_articles(&old_set, &random,
	                &(struct random_shape){.articles = 7, .words = 40});
	random_articles(&new_set, &random,
	                &(struct random_shape){.articles = 9, .words = 40,
	                                       .duplicates = 20});
}

void scenes_end(void)
{
	for (size_t i = 0; i < SCENES; i++)
		scratch_release(&scenes[i].old_files);
	random_release(&old_set);
	random_release(&new_set);
}
