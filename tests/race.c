/* race.c — do readers see exactly one commit, while a writer makes others?
 *
 *     race SECONDS [--seed-a-race]
 *
 * One thread adds, replaces, deletes and merges, a commit for each step of a
 * window (window.h); six read, two of them opening the index again and again, four
 * sharing one ns_index, two of these by searchers of their own.  Every answer must belong to exactly one commit, and a
 * snapshot never changes.  Meant for ThreadSanitizer; with --seed-a-race two
 * threads write one variable, and a build with that sanitizer must say so.
 */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "tests/scratch.h"
#include "tests/window.h"

enum { READERS = 6, FIRST = 30 };

static char dir[SCRATCH_PATH];
static atomic_bool over;
static atomic_ullong n_answers;
static atomic_uint step = FIRST;
static int raced; /* --seed-a-race */
static bool seed_a_race;

static void *read_alone(void *unused)
{
	(void)unused;
	for (unsigned seen = 0; !atomic_load(&over);) {
		unsigned k, sure = atomic_load(&step);
		k = window_read_dir(dir);
		if (k < seen || k < sure)
			scratch_die("race: step %u after %u", k, seen);
		seen = k;
		atomic_fetch_add(&n_answers, 1);
		if (seed_a_race)
			raced++;
	}
	return NULL;
}

static void *read_shared(void *shared)
{
	while (!atomic_load(&over)) {
		if (window_read(shared) != FIRST)
			scratch_die("race: a snapshot has changed");
		atomic_fetch_add(&n_answers, 1);
	}
	return NULL;
}

/* Numbers alone, and then the article of each. */
static unsigned read_bare(ns_searcher *searcher)
{
	const ns_search_options options = {.limit = 1000, .bare = true};
	const ns_results *results;
	ns_article article;
	ns_error err;
	unsigned k = 0;
	size_t n;
	if (ns_searcher_search(searcher, &results, ns_text_of("every"),
	                       &options, &err) != NS_OK)
		scratch_die("race: %s", err.message);
	const ns_match *matches = ns_results_matches(results, &n);
	for (size_t i = 0; i < n; i++) {
		if (ns_searcher_article(searcher, matches[i].number, &article,
		                        &err) != NS_OK)
			scratch_die("race: %s", err.message);
		if (!strcmp(article.id.data, "counter"))
			k = (unsigned)strtoul(article.title.data + 8, NULL, 10);
	}
	if (n != (k < WINDOW ? k : WINDOW) + 1)
		scratch_die("race: step %u has %zu matches", k, n);
	return k;
}

static void *read_by_searcher(void *shared)
{
	ns_searcher *searcher;
	ns_error err;
	if (ns_searcher_open(&searcher, shared, &err) != NS_OK)
		scratch_die("race: %s", err.message);
	while (!atomic_load(&over)) {
		if (read_bare(searcher) != FIRST)
			scratch_die("race: a searcher's snapshot has changed");
		atomic_fetch_add(&n_answers, 1);
	}
	ns_searcher_free(searcher);
	return NULL;
}

static void write_step(unsigned k)
{
	ns_error err;
	if (window_step(dir, k, &err) != NS_OK)
		scratch_die("race: step %u fails: %s (%s)", k, err.message,
		            err.place);
}

static void *write_on(void *seconds)
{
	time_t end = time(NULL) + *(const int *)seconds;
	while (time(NULL) < end) {
		write_step(atomic_load(&step) + 1);
		atomic_fetch_add(&step, 1);
	}
	atomic_store(&over, true);
	return NULL;
}

int main(int argc, char **argv)
{
	int seconds = argc > 1 ? atoi(argv[1]) : 2;
	pthread_t threads[READERS + 1];
	ns_index *shared;
	ns_error err;
	seed_a_race = argc > 2;
	scratch_new(dir);
	for (unsigned k = 1; k <= FIRST; k++)
		write_step(k);
	if (ns_index_open(&shared, dir, 0, &err) != NS_OK)
		scratch_die("race: %s", err.message);
	void *(*const reads[])(void *) = {read_alone, read_shared,
	                                  read_by_searcher};
	pthread_create(&threads[0], NULL, write_on, &seconds);
	for (int i = 1; i <= READERS; i++)
		pthread_create(&threads[i], NULL, reads[i % 3], shared);
	for (int i = 0; i <= READERS; i++)
		pthread_join(threads[i], NULL);
	ns_index_free(shared);
	scratch_remove(dir);
	printf("race: %u commits, %llu answers, each of one commit\n",
	       atomic_load(&step), (unsigned long long)n_answers);
	return raced < 0;
}
