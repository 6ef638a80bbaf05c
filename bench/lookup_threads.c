/* lookup_threads.c — what do N threads answer in a second, beside one?
 *
 * Threads of one process on one index, each with an asker of its own.  A turn
 * lasts TURN seconds or a pass: each thread asks all queries in all modes again and
 * again, from a place of its own so that no two walk in step, and its rate is
 * its answers by its own time; the rate of a turn is the sum.  Each round has a
 * turn of one thread and a turn of all, and the best of each counts.
 *
 * Not taken: dividing the queries among the threads.  Then the last query of
 * one thread, 100 times the median, decides, not the machine.
 */
#include <inttypes.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/err.h"
#include "bench/lookup.h"
#include "tools/numbers.h"

#define TURN 0.2

struct worker {
	const struct lookup *lookup;
	struct asker asker;
	size_t first;      /* query to begin with */
	double rate;       /* answers a second in this turn */
	int status;
	ns_error err;
};

static int ask_all(struct worker *worker, size_t query, uint64_t *n_answers)
{
	const struct lookup *lookup = worker->lookup;
	for (unsigned mode = 0; mode < MODES; mode++) {
		struct rank_result result;
		if (!lookup->asked[mode])
			continue;
		TRY(asker_ask(&worker->asker, lookup->queries.items[query].text,
		              (enum mode)mode, rank_best, &result,
		              &worker->err));
		rank_result_release(&result);
		++*n_answers;
	}
	return NS_OK;
}

/* Whole passes, so that a short turn asks no kinder queries than a long one. */
static void *work(void *context)
{
	struct worker *worker = context;
	size_t n = worker->lookup->queries.n;
	uint64_t n_answers = 0;
	double start = asker_now(), spent = 0;
	while (spent < TURN && worker->status == NS_OK) {
		for (size_t i = 0; i < n && worker->status == NS_OK; i++)
			worker->status = ask_all(
				worker, (worker->first + i) % n, &n_answers);
		spent = asker_now() - start;
	}
	worker->rate = (double)n_answers / spent;
	return NULL;
}

/* The first of n workers is this thread. */
static int take_turn(struct worker *workers, size_t n, double *best,
                     ns_error *err)
{
	pthread_t threads[THREADS_MAX];
	size_t started = 1;
	int status = NS_OK;
	while (started < n && !pthread_create(&threads[started], NULL, work,
	                                      &workers[started]))
		started++;
	if (started == n)
		work(&workers[0]);
	else
		status = err_set(err, NS_E_NOMEM, "thread %zu cannot start",
		                 started + 1);
	for (size_t i = 1; i < started; i++)
		pthread_join(threads[i], NULL);
	double rate = 0;
	for (size_t i = 0; i < n && status == NS_OK; i++) {
		status = workers[i].status;
		if (status != NS_OK)
			*err = workers[i].err;
		rate += workers[i].rate;
	}
	if (status == NS_OK && rate > *best)
		*best = rate;
	return status;
}

static void print(const struct lookup *lookup, double one, double all)
{
	char a[NUMBER_SIZE], b[NUMBER_SIZE], c[NUMBER_SIZE];
	number_fixed(a, one, 0);
	number_fixed(b, all, 0);
	number_fixed(c, all / one, 3);
	if (lookup->json)
		printf("{\"threads\":%" PRIu64 ",\"one_qps\":%s,"
		       "\"all_qps\":%s,\"ratio\":%s}\n", lookup->threads, a, b,
		       c);
	else
		printf("query_parse, plan_make and rank_best on one open index: "
		       "answers a second, the best\nof %" PRIu64 " round%s for "
		       "one thread and for %" PRIu64 "\n\n%10s %10s %8s\n"
		       "%10s %10s %8s\n", lookup->rounds,
		       lookup->rounds == 1 ? "" : "s", lookup->threads, "one",
		       "all", "ratio", a, b, c);
}

static int run(struct lookup *lookup, struct worker *workers, ns_error *err)
{
	size_t n = lookup->threads;
	double one = 0, all = 0, warm = 0;
	for (size_t i = 0; i < n; i++) {
		workers[i].lookup = lookup;
		workers[i].first = i * lookup->queries.n / n;
		TRY(asker_init(&workers[i].asker, lookup->asker.snapshot, err));
	}
	TRY(take_turn(workers, n, &warm, err));
	for (uint64_t round = 0; round < lookup->rounds; round++) {
		TRY(take_turn(workers, 1, &one, err));
		TRY(take_turn(workers, n, &all, err));
	}
	print(lookup, one, all);
	return NS_OK;
}

int lookup_threads(struct lookup *lookup, ns_error *err)
{
	struct worker *workers = calloc(lookup->threads, sizeof *workers);
	if (!workers)
		return err_nomem(err);
	int status = run(lookup, workers, err);
	for (size_t i = 0; i < lookup->threads; i++)
		asker_release(&workers[i].asker);
	free(workers);
	return status;
}
