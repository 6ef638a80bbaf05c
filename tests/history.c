/* history.c — is the index after any history what it should be?
 *
 *     history SPEC_READER [HISTORIES [SEED]]
 *
 * Random histories: builds, adds, deletions by id and by query, merges, updates
 * that are given up, in any order.  After each commit the engine must answer as
 * naive.h does, which keeps its own account of segments and of the dead; check must
 * find no fault; the second decoder must print the same; and the commit before
 * must still say what it said.
 *
 * Then batches: the same articles added in any batches and merged into one are,
 * byte for byte, the segment of one build; and before that merge, while nothing
 * is dead, the answers are those of that build.  And those of a build whose docs
 * stand in another order.
 */
#include <unistd.h>

#include "budgets.h"
#include "lent.h"
#include "index/snapshot.h"
#include "orders.h"
#include "scratch.h"
#include "trial.h"

static const char *spec_reader;
static uint64_t first_seed, n_steps, n_commits, n_compared, n_copies,
	n_segments_most;

static _Noreturn void fail(const char *what, const ns_error *err)
{
	scratch_die("history: seed %llu, step %llu: %s: %s (%s)",
	            (unsigned long long)first_seed,
	            (unsigned long long)n_steps, what, err->message,
	            err->place);
}

static bool swallow(void *context, const char *text, size_t size)
{
	(void)context;
	(void)text;
	(void)size;
	return true;
}

static bool add_up(void *context, const char *text, size_t size)
{
	uint64_t *sum = context;
	for (size_t i = 0; i < size; i++)
		*sum = (*sum ^ (uint8_t)text[i]) * 0x100000001b3;
	return true;
}

/* ---- histories ------------------------------------------------------------- */

struct history {
	struct trial trial;
	struct random random;
	struct random_set set;
	size_t next;             /* article of the set to be added */
	char dir[SCRATCH_PATH];
	ns_builder *builder;
	bool kept;               /* this update will be committed */
	enum naive_merge merge;
	int order;
	uint64_t generation, said, said_before; /* of the last two commits */
};

static void add_some(struct history *history)
{
	uint32_t n = random_below(&history->random, 12);
	ns_error err;
	for (; n-- && history->next < history->set.n; history->next++) {
		const struct ns_article *article =
			&history->set.articles[history->next];
		int status = lent_add(history->builder, article, &err);
		if (status != NS_OK && (article->title.size || article->body.size))
			fail("an article is refused", &err);
		if (status == NS_OK && history->kept)
			naive_add(history->trial.naive, article);
	}
}

static void delete_one(struct history *history)
{
	static const ns_text none = {"no such article", 15};
	ns_error err;
	bool found, wanted;
	ns_text id = none;
	if (history->next && random_chance(&history->random, 90))
		id = history->set.articles[random_below(
			&history->random, (uint32_t)history->next)].id;
	if (!id.size)
		return;
	if (ns_builder_delete(history->builder, id, &found, &err) != NS_OK)
		fail("delete", &err);
	if (!history->kept)
		return;
	wanted = naive_delete(history->trial.naive, id);
	if (found != wanted)
		trial_differ(&history->trial, "found to delete", found, wanted);
}

static void delete_matches(struct history *history)
{
	struct buffer query;
	ns_error err;
	uint64_t n = 0;
	buffer_init(&query, 1u << 20);
	random_query(&history->random, &history->set, &query);
	ns_text text = {(const char *)query.data, query.len};
	int status = ns_builder_delete_matches(history->builder, text, &n, &err);
	if (status != NS_OK && status != NS_E_LIMIT)
		fail("delete what matches", &err);
	if (history->kept) {
		size_t wanted = naive_delete_matches(history->trial.naive, text);
		if (status == NS_OK && n != wanted)
			trial_differ(&history->trial, "deleted", n, wanted);
	}
	buffer_release(&query);
}

static void change(struct history *history)
{
	uint32_t kind = random_below(&history->random, 100);
	ns_error err;
	n_steps++;
	if (kind < 60) {
		add_some(history);
	} else if (kind < 85) {
		delete_one(history);
	} else if (kind < 90) {
		delete_matches(history);
	} else if (kind < 97) {
		history->merge = kind < 94 ? NAIVE_NO_DEAD : NAIVE_ONE;
		if (ns_builder_merge(history->builder,
		                     history->merge == NAIVE_ONE, &err) != NS_OK)
			fail("merge", &err);
	}
}

/* The number of what a commit says; 0: it is not kept. */
static uint64_t read_commit(const char *dir, uint64_t generation)
{
	ns_index *index;
	ns_error err;
	uint64_t sum = 1;
	int status = ns_index_open_commit(&index, dir, generation, 0, &err);
	if (status == NS_E_MISSING)
		return 0;
	if (status != NS_OK ||
	    ns_index_dump_all(index, add_up, &sum, &err) != NS_OK)
		fail("an older commit", &err);
	ns_index_free(index);
	return sum;
}

static void compare(struct history *history, const ns_build_report *report)
{
	struct trial *trial = &history->trial;
	struct buffer query;
	ns_error err;
	uint64_t living = naive_living(trial->naive);
	if (report->articles_after != living)
		trial_differ(trial, "articles", report->articles_after, living);
	n_segments_most = max_u64(n_segments_most, report->segments);
	if (!report->generation)
		return; /* nothing was ever added: there is no index */
	if (ns_index_check(history->dir, swallow, NULL, &err) != NS_OK)
		fail("check finds damage", &err);
	if (ns_index_open(&trial->index, history->dir, 0, &err) != NS_OK)
		fail("open", &err);
	if (random_chance(&history->random, 5))
		trial_dump(trial, history->dir, spec_reader);
	buffer_init(&query, 1u << 20);
	for (int i = 0; i < 4; i++) {
		random_query(&history->random, &history->set, &query);
		trial_ask(trial, &history->random, &query);
	}
	buffer_release(&query);
	ns_index_free(trial->index);
	if (report->generation == history->generation)
		return; /* no change, no commit */
	history->said_before = history->said;
	history->said = read_commit(history->dir, report->generation);
	if (history->generation && history->said_before !=
	    read_commit(history->dir, history->generation))
		trial_differ(trial, "the commit before", history->generation,
		             report->generation);
	history->generation = report->generation;
	n_commits++;
}

static void update(struct history *history)
{
	const ns_build_options options = {.update = true,
	                                  .order = history->order};
	ns_build_report report;
	ns_error err;
	budgets_random(&history->random);
	history->kept = !random_chance(&history->random, 10);
	history->merge = NAIVE_USUAL;
	if (ns_builder_open(&history->builder, history->dir, &options, &err) !=
	    NS_OK)
		fail("open an update", &err);
	for (uint32_t n = 1 + random_below(&history->random, 3); n; n--)
		change(history);
	if (history->kept) {
		if (ns_builder_commit(history->builder, &report, &err) != NS_OK)
			fail("commit", &err);
		naive_commit(history->trial.naive, history->merge);
		compare(history, &report);
	}
	ns_builder_free(history->builder);
}

static void live_through(uint64_t seed)
{
	static struct history history;
	history = (struct history){
		.random = {seed, seed},
		.trial = {.program = "history", .name = "a history",
		          .seed = first_seed}};
	random_articles(&history.set, &history.random, &(struct random_shape){
		.articles = 40 + random_below(&history.random, 60),
		.words = 3 + random_below(&history.random, 20),
		.duplicates = random_below(&history.random, 40)});
	history.order = orders_choose(random_below(&history.random, ORDERS),
	                              seed);
	history.trial.naive = naive_new("english");
	scratch_new(history.dir);
	for (uint32_t n = 3 + random_below(&history.random, 8); n; n--)
		update(&history);
	naive_free(history.trial.naive);
	random_release(&history.set);
	scratch_remove(history.dir);
}

/* ---- batches --------------------------------------------------------------- */

/* Adds articles first … end − 1 in one commit. */
static void add_batch(const char *dir, const struct random_set *set,
                      size_t first, size_t end, const ns_build_options *how,
                      bool merge)
{
	struct random random = {first + end, first + end};
	budgets_random(&random);
	ns_builder *builder;
	ns_error err;
	if (ns_builder_open(&builder, dir, how, &err) != NS_OK)
		fail("open a batch", &err);
	for (size_t i = first; i < end; i++)
		if (lent_add(builder, &set->articles[i], &err) != NS_OK &&
		    (set->articles[i].title.size || set->articles[i].body.size))
			fail("add of a batch", &err);
	if (merge && ns_builder_merge(builder, true, &err) != NS_OK)
		fail("merge of all", &err);
	if (ns_builder_commit(builder, NULL, &err) != NS_OK)
		fail("commit of a batch", &err);
	ns_builder_free(builder);
}

/* Asks both indexes the same; every hit must be the same to the bit. */
static void ask_both(const char *one, const char *other, struct random *random,
                     const struct random_set *set, uint32_t n)
{
	ns_index *indexes[2];
	struct buffer query;
	ns_error err;
	if (ns_index_open(&indexes[0], one, 0, &err) != NS_OK ||
	    ns_index_open(&indexes[1], other, 0, &err) != NS_OK)
		fail("open both", &err);
	buffer_init(&query, 1u << 20);
	while (n--) {
		const ns_search_options options = {
			.limit = 200, .count = true,
			.collapse = random_chance(random, 50)};
		ns_results *results[2];
		random_query(random, set, &query);
		ns_text text = {(const char *)query.data, query.len};
		int status = ns_search(&results[0], indexes[0], text, &options,
		                       &err);
		if (ns_search(&results[1], indexes[1], text, &options, &err) !=
		    status)
			fail("one fails, the other does not", &err);
		if (status != NS_OK)
			continue;
		bool same = ns_results_count(results[0]) ==
		            ns_results_count(results[1]) &&
		            ns_results_size(results[0]) ==
		            ns_results_size(results[1]);
		for (size_t i = 0; same && i < ns_results_size(results[0]); i++) {
			const ns_hit *a = ns_results_hit(results[0], i);
			const ns_hit *b = ns_results_hit(results[1], i);
			same = slice_equal(slice_text(a->id), slice_text(b->id)) &&
			       !memcmp(&a->score, &b->score, sizeof a->score) &&
			       a->copies == b->copies &&
			       a->first_date == b->first_date &&
			       slice_equal(slice_text(a->longest),
			                   slice_text(b->longest)) &&
			       slice_equal(slice_text(a->snippet),
			                   slice_text(b->snippet));
			n_copies += a->copies;
		}
		if (!same)
			scratch_die("history: seed %llu: batches or orders "
			            "differ in the query %.*s",
			            (unsigned long long)first_seed,
			            (int)text.size, text.data);
		ns_results_free(results[0]);
		ns_results_free(results[1]);
		n_compared++;
	}
	buffer_release(&query);
	ns_index_free(indexes[0]);
	ns_index_free(indexes[1]);
}

/* The names of segments are their contents. */
static void must_be_same_bytes(const char *one, const char *other)
{
	struct manifest manifests[2];
	const char *const dirs[] = {one, other};
	for (int i = 0; i < 2; i++) {
		int dir = open(dirs[i], O_RDONLY | O_DIRECTORY);
		uint64_t newest;
		ns_error err;
		if (manifest_newest(dir, dirs[i], &newest, &err) != NS_OK ||
		    manifest_read(&manifests[i], dir, newest, true, &err) !=
		    NS_OK)
			fail("manifest", &err);
		close(dir);
	}
	if (manifests[0].n_segments != manifests[1].n_segments ||
	    (manifests[0].n_segments &&
	     memcmp(manifests[0].segments[0].id, manifests[1].segments[0].id, 16)))
		scratch_die("history: seed %llu: merged batches are not the "
		            "bytes of one build", (unsigned long long)first_seed);
	manifest_release(&manifests[0]);
	manifest_release(&manifests[1]);
}

static void batches(uint64_t seed, enum orders orders, enum orders others)
{
	struct random random = {seed, seed};
	struct random_set set;
	char whole[SCRATCH_PATH], parts[SCRATCH_PATH], other[SCRATCH_PATH];
	bool fresh = random_chance(&random, 50); /* no id comes twice */
	random_articles(&set, &random, &(struct random_shape){
		.articles = 1 + random_below(&random, 700),
		.words = 3 + random_below(&random, 60),
		.duplicates = fresh ? 0 : 30});
	scratch_new(whole);
	scratch_new(parts);
	scratch_new(other);
	ns_build_options how = {.order = orders_choose(others, seed)};
	add_batch(other, &set, 0, set.n, &how, false);
	how.order = orders_choose(orders, seed);
	add_batch(whole, &set, 0, set.n, &how, false);
	ask_both(whole, other, &random, &set, 60);
	how = (ns_build_options){.update = true, .order = how.order};
	for (size_t first = 0; first < set.n;) {
		size_t end = first + 1 + random_below(&random, 150);
		end = min_size(end, set.n);
		add_batch(parts, &set, first, end, &how, false);
		how.order = NS_ORDER_DEFAULT; /* as the index has it */
		first = end;
	}
	if (fresh)
		ask_both(whole, parts, &random, &set, 60);
	add_batch(parts, &set, 0, 0, &how, true);
	must_be_same_bytes(whole, parts);
	ask_both(whole, parts, &random, &set, 60);
	scratch_remove(whole);
	scratch_remove(parts);
	scratch_remove(other);
	random_release(&set);
}

int main(int argc, char **argv)
{
	if (argc < 2)
		scratch_die("usage: history SPEC_READER [HISTORIES [SEED]]");
	spec_reader = argv[1];
	uint32_t n = argc > 2 ? (uint32_t)atoi(argv[2]) : 500;
	struct random seeds = random_start(argc > 3
		? strtoull(argv[3], NULL, 10) : 44);
	for (uint32_t i = 0; i < n; i++) {
		first_seed = argc > 3 && n == 1 ? seeds.seed
		                                : random_u64(&seeds);
		live_through(first_seed);
	}
	for (uint32_t i = 0; i < max_u32(n / 20, 2); i++) {
		first_seed = random_u64(&seeds);
		batches(first_seed, i % ORDERS, (i + 1 + i / ORDERS % 2) % ORDERS);
	}
	printf("history: %u histories, %llu commits of up to %llu segments, "
	       "%llu queries with %llu hits as naive; %llu queries of batches as "
	       "of one build, of hits with %llu copies (seed %llu)\n", n, (unsigned long long)n_commits,
	       (unsigned long long)n_segments_most,
	       (unsigned long long)trial_queries,
	       (unsigned long long)trial_hits, (unsigned long long)n_compared,
	       (unsigned long long)n_copies,
	       (unsigned long long)seeds.seed);
	return 0;
}
