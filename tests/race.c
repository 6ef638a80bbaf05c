/* race.c — do readers see exactly one commit, while a writer makes others?
 *
 *     race SECONDS [--seed-a-race]
 *
 * One thread builds one of three collections after the other into the same folder;
 * four open the index again and again and ask it, two of them sharing one
 * ns_index.  Every answer must be that of exactly one of the collections.  Meant
 * for ThreadSanitizer; with --seed-a-race two threads write one variable, and a
 * build with that sanitizer must say so.
 */
#include <pthread.h>
#include <stdatomic.h>
#include <time.h>

#include "tests/random_articles.h"
#include "tests/scratch.h"

enum { SETS = 3, READERS = 4 };

static struct random_set sets[SETS];
static uint64_t answers[SETS];
static char dir[SCRATCH_PATH];
static atomic_bool over;
static atomic_ullong n_builds, n_answers;
static int raced; /* --seed-a-race */
static bool seed_a_race;

static int build(const struct random_set *set, ns_error *err)
{
	ns_builder *builder;
	int status = ns_builder_open(&builder, dir, NULL, err);
	for (size_t i = 0; i < set->n && status == NS_OK; i++)
		status = ns_builder_add(builder, &set->articles[i], err);
	if (status == NS_OK)
		status = ns_builder_commit(builder, NULL, err);
	ns_builder_free(builder);
	return status;
}

/* What an index answers to a few queries, as a number. */
static int ask(const ns_index *index, uint64_t *out, ns_error *err)
{
	static const char *const queries[] = {
		"the president", "\"of the\" rain", "section:World -war", "=attacks"};
	*out = 14695981039346656037u;
	for (size_t i = 0; i < ARRAY_LEN(queries); i++) {
		const ns_search_options options = {.limit = 20, .count = true};
		ns_results *results;
		TRY(ns_search(&results, index, ns_text_of(queries[i]), &options,
		              err));
		*out = (*out ^ ns_results_count(results)) * 0x100000001b3;
		for (size_t k = 0; k < ns_results_size(results); k++) {
			const ns_hit *hit = ns_results_hit(results, k);
			for (size_t c = 0; c < hit->id.size; c++)
				*out = (*out ^ (uint8_t)hit->id.data[c]) *
				       0x100000001b3;
			*out = (*out ^ (uint64_t)(hit->score * 1e6)) *
			       0x100000001b3;
		}
		ns_results_free(results);
	}
	return NS_OK;
}

static void judge(int status, uint64_t got, const ns_error *err)
{
	if (status != NS_OK)
		scratch_die("race: a reader fails: %s (%s)", err->message,
		            err->place);
	for (int i = 0; i < SETS; i++)
		if (got == answers[i]) {
			atomic_fetch_add(&n_answers, 1);
			return;
		}
	scratch_die("race: an answer belongs to no commit");
}

static void *read_alone(void *unused)
{
	(void)unused;
	while (!atomic_load(&over)) {
		ns_index *index;
		ns_error err;
		uint64_t got = 0;
		int status = ns_index_open(&index, dir, 0, &err);
		if (status == NS_OK)
			status = ask(index, &got, &err);
		judge(status, got, &err);
		ns_index_free(index);
		if (seed_a_race)
			raced++;
	}
	return NULL;
}

static void *read_shared(void *shared)
{
	const ns_index *index = shared;
	while (!atomic_load(&over)) {
		ns_error err;
		uint64_t got = 0;
		int status = ask(index, &got, &err);
		judge(status, got, &err);
		if (got != answers[0])
			scratch_die("race: a snapshot has changed");
	}
	return NULL;
}

static void *write_on(void *seconds)
{
	time_t end = time(NULL) + *(const int *)seconds;
	for (int i = 0; time(NULL) < end; i++) {
		ns_error err;
		if (build(&sets[i % SETS], &err) != NS_OK)
			scratch_die("race: a build fails: %s (%s)", err.message,
			            err.place);
		atomic_fetch_add(&n_builds, 1);
	}
	atomic_store(&over, true);
	return NULL;
}

static void prepare(void)
{
	struct random random = random_start(3);
	scratch_new(dir);
	for (int i = SETS; i-- > 0;) {
		ns_index *index = NULL;
		ns_error err;
		random_articles(&sets[i], &random, &(struct random_shape){
			.articles = 5 + 9 * (uint32_t)i, .words = 40});
		if (build(&sets[i], &err) != NS_OK ||
		    ns_index_open(&index, dir, 0, &err) != NS_OK ||
		    ask(index, &answers[i], &err) != NS_OK)
			scratch_die("race: cannot build: %s", err.message);
		ns_index_free(index);
	}
}

int main(int argc, char **argv)
{
	int seconds = argc > 1 ? atoi(argv[1]) : 2;
	pthread_t threads[READERS + 1];
	ns_index *shared;
	ns_error err;
	seed_a_race = argc > 2;
	prepare();
	if (ns_index_open(&shared, dir, 0, &err) != NS_OK)
		scratch_die("race: %s", err.message);
	pthread_create(&threads[0], NULL, write_on, &seconds);
	for (int i = 1; i <= READERS; i++)
		pthread_create(&threads[i], NULL,
		               i % 2 ? read_alone : read_shared,
		               i % 2 ? NULL : shared);
	for (int i = 0; i <= READERS; i++)
		pthread_join(threads[i], NULL);
	ns_index_free(shared);
	for (int i = 0; i < SETS; i++)
		random_release(&sets[i]);
	scratch_remove(dir);
	printf("race: %llu builds, %llu answers, each of one commit\n",
	       (unsigned long long)n_builds, (unsigned long long)n_answers);
	return raced < 0;
}
