/* agree.c — does the engine answer as a scan of the articles would?
 *
 *     agree SPEC_READER SAMPLE [SEED [FACTOR]]
 *
 * Random queries over random articles and over the bundled sample: the engine,
 * through its public interface, and naive.h must agree on which articles, in
 * which order, with which scores (to the bit), and on how many.  The lists of
 * each index are printed twice, by the engine and by SPEC_READER, and must be
 * the same text.  Docs stand in several orders.  On failure the seed and the query
 * are printed; FACTOR multiplies the number of queries.
 */
#include <stdio.h>
#include <unistd.h>

#include "budgets.h"
#include "lent.h"
#include "orders.h"
#include "scratch.h"
#include "input/input.h"
#include "source/source.h"
#include "trial.h"

static uint64_t first_seed;
static int order; /* of the next collections */

static void collection_build(struct trial *trial, const struct random_set *set,
                             const char *dir)
{
	ns_builder *builder;
	ns_error err = {0};
	ns_build_report report;
	uint64_t taken = 0;
	struct random random = {trial->seed + set->n, trial->seed};
	budgets_random(&random);
	const ns_build_options how = {.order = order};
	int status = ns_builder_open(&builder, dir, &how, &err);
	for (size_t i = 0; i < set->n && status == NS_OK; i++) {
		const struct ns_article *article = &set->articles[i];
		status = lent_add(builder, article, &err);
		if (status == NS_OK) {
			naive_add(trial->naive, article);
			taken++;
		} else if (status == NS_E_USAGE && !article->title.size &&
		           !article->body.size) {
			status = NS_OK;
		}
	}
	if (status == NS_OK)
		status = ns_builder_commit(builder, &report, &err);
	if (status != NS_OK)
		scratch_die("agree: %s, seed %llu: cannot build: %s (%s)",
		            trial->name, (unsigned long long)trial->seed,
		            err.message, err.place);
	ns_builder_free(builder);
	if (report.articles != taken)
		trial_differ(trial, "articles taken", report.articles, taken);
}

static void try_set(const char *name, uint64_t seed, struct random_set *set,
                    uint32_t queries, const char *spec_reader)
{
	static struct trial trial;
	struct random random = {seed ^ 0x5eed, seed ^ 0x5eed};
	struct buffer query;
	ns_error err = {0};
	char dir[SCRATCH_PATH];
	trial = (struct trial){.name = name, .seed = first_seed,
	                       .program = "agree"};
	trial.naive = naive_new("english");
	scratch_new(dir);
	collection_build(&trial, set, dir);
	if (ns_index_check(dir, trial_to_file, stderr, &err) != NS_OK)
		scratch_die("agree: %s, seed %llu: check finds %s (%s)", name,
		            (unsigned long long)first_seed, err.message,
		            err.place);
	if (ns_index_open(&trial.index, dir, 0, &err) != NS_OK)
		scratch_die("agree: %s: cannot open: %s", name, err.message);
	trial_dump(&trial, dir, spec_reader);
	buffer_init(&query, 1u << 20);
	for (uint32_t i = 0; i < queries; i++) {
		random_query(&random, set, &query);
		trial_ask(&trial, &random, &query);
	}
	buffer_release(&query);
	ns_index_free(trial.index);
	naive_free(trial.naive);
	scratch_remove(dir);
}

static void try_random(const char *name, uint64_t seed,
                       const struct random_shape *shape, uint32_t queries,
                       const char *spec_reader)
{
	struct random random = {seed, seed};
	struct random_set set;
	random_articles(&set, &random, shape);
	try_set(name, seed, &set, queries, spec_reader);
	random_release(&set);
}

/* ---- the sample ---------------------------------------------------------- */

static ns_text text_copy(struct random_set *set, ns_text text)
{
	char *copy = arena_copy(&set->arena, text.data, text.size);
	if (!copy)
		abort();
	return (ns_text){copy, text.size};
}

static int sample_article(void *context, const struct source_article *from,
                          struct ns_error *err)
{
	struct random_set *set = context;
	struct ns_article *to = &set->articles[set->n];
	if (set->n == 1000)
		return err_set(err, NS_E_LIMIT, "over 1000 articles");
	*to = from->article;
	to->id = text_copy(set, to->id);
	to->title = text_copy(set, to->title);
	to->body = text_copy(set, to->body);
	to->section = text_copy(set, to->section);
	to->author = text_copy(set, to->author);
	to->url = text_copy(set, to->url);
	to->lang = text_copy(set, to->lang);
	to->source = text_copy(set, to->source);
	to->topics = text_copy(set, to->topics);
	to->places = text_copy(set, to->places);
	to->captions = to->links = ns_text_of("");
	set->n++;
	return NS_OK;
}

static void sample_event(void *context, const struct source_event *event)
{
	(void)context;
	scratch_die("agree: the sample: %s: %s", event->place, event->reason);
}

static void try_sample(const char *path, uint64_t seed, uint32_t queries,
                       const char *spec_reader)
{
	struct random_set set = {0};
	struct source_report report = {0};
	const struct source_options options = {.format = SOURCE_AUTO};
	const struct source_handler handler = {&set, sample_article,
	                                       sample_event};
	ns_error err = {0};
	set.articles = arena_zero(&set.arena, 1000, sizeof *set.articles);
	if (!set.articles ||
	    input_read(path, &options, &handler, &report, &err) != NS_OK)
		scratch_die("agree: cannot read %s: %s", path, err.message);
	if (!set.n)
		scratch_die("agree: no article in %s", path);
	try_set("the sample", seed, &set, queries, spec_reader);
	random_release(&set);
}

int main(int argc, char **argv)
{
	if (argc < 3)
		scratch_die("usage: agree SPEC_READER SAMPLE [SEED [FACTOR]]");
	uint64_t seed = argc > 3 ? strtoull(argv[3], NULL, 10) : 20170404;
	uint32_t factor = argc > 4 ? (uint32_t)atoi(argv[4]) : 1;
	const char *spec = argv[1];
	char name[32];
	first_seed = seed;
	for (uint32_t i = 0; i < 10; i++) {
		struct random random = {seed + i, seed + i};
		const struct random_shape shape = {
			.articles = i ? 3 + random_below(&random, i < 7 ? 60 : 500) : 0,
			.words = 5 + random_below(&random, 60),
			.duplicates = random_below(&random, 20)};
		snprintf(name, sizeof name, "collection %u", i);
		order = orders_choose(i % ORDERS, seed + i);
		try_random(name, seed + i, &shape, 200 * factor,
		           spec);
	}
	try_random("a long article", seed + 100, &(struct random_shape){
		.articles = 12, .words = 50, .long_one = true}, 40, spec);
	order = orders_choose(ORDERS_BP, 0);
	try_random("tiny articles", seed + 101, &(struct random_shape){
		.articles = 6500, .words = 7, .duplicates = 1}, 120 * factor,
		spec);
	for (unsigned i = 0; i < ORDERS; i++) {
		order = orders_choose(i, seed);
		try_sample(argv[2], seed + 102, 200 * factor, spec);
	}
	if (trial_queries < 2000 || trial_hits < 10000 || trial_phrase_hits < 1000)
		scratch_die("agree: too little was asked: %llu queries, %llu hits",
		            (unsigned long long)trial_queries,
		            (unsigned long long)trial_hits);
	printf("agree: %llu queries, %llu hits, %llu bytes of lists, all alike "
	       "(seed %llu)\n", (unsigned long long)trial_queries,
	       (unsigned long long)trial_hits, (unsigned long long)trial_spec_bytes,
	       (unsigned long long)seed);
	return 0;
}
