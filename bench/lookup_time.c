/* How long does each class of queries take in each mode, on one thread? */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/err.h"
#include "bench/lookup.h"
#include "tools/numbers.h"

struct timing {
	double best; /* seconds */
	struct rank_work work;
};

struct figures {
	size_t n;
	double mean, median, p99;             /* µs */
	double postings, blocks, candidates;  /* of an average query */
};

static int time_mode(struct lookup *lookup, struct timing *timings,
                     enum mode mode, bool warm, ns_error *err)
{
	for (size_t i = 0; i < lookup->queries.n; i++) {
		struct timing *timing = &timings[i * MODES + mode];
		double spent;
		TRY(asker_time(&lookup->asker, lookup->queries.items[i].text,
		               mode, &timing->work, &spent, err));
		if (warm && (timing->best == 0 || spent < timing->best))
			timing->best = spent;
	}
	return NS_OK;
}

/* Mode by mode: a query that follows itself in another mode finds its lists in
 * the cache, and the first of its modes pays for all (AND on newswire: 28 µs,
 * the others 17 to 22). */
static int run_round(struct lookup *lookup, struct timing *timings, bool warm,
                     ns_error *err)
{
	for (unsigned mode = 0; mode < MODES; mode++)
		if (lookup->asked[mode])
			TRY(time_mode(lookup, timings, (enum mode)mode, warm,
			              err));
	return NS_OK;
}

static int compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
}

static void average(struct figures *figures, const double *sorted)
{
	double n = (double)figures->n;
	figures->mean /= n;
	figures->postings /= n;
	figures->blocks /= n;
	figures->candidates /= n;
	figures->median = sorted[figures->n / 2];
	figures->p99 = sorted[(figures->n * 99 - 1) / 100];
}

/* sorted has room for all queries. */
static struct figures summarize(const struct lookup *lookup,
                                const struct timing *timings,
                                enum query_class class_of, enum mode mode,
                                double *sorted)
{
	struct figures figures = {0};
	for (size_t i = 0; i < lookup->queries.n; i++) {
		const struct timing *timing = &timings[i * MODES + mode];
		if (lookup->queries.items[i].class_of != class_of)
			continue;
		sorted[figures.n++] = timing->best * 1e6;
		figures.mean += timing->best * 1e6;
		figures.postings += (double)timing->work.postings;
		figures.blocks += (double)timing->work.blocks;
		figures.candidates += (double)timing->work.candidates;
	}
	if (!figures.n)
		return figures;
	qsort(sorted, figures.n, sizeof *sorted, compare);
	average(&figures, sorted);
	return figures;
}

static void print_head(uint64_t rounds)
{
	printf("query_parse, plan_make and rank_best on an open index: one "
	       "thread, after a round to\nwarm up, best of %" PRIu64 " round%s "
	       "for each query; µs and work a query\n\n"
	       "%-6s %-10s %7s %9s %9s %9s %10s %8s %10s\n", rounds,
	       rounds == 1 ? "" : "s", "class", "mode", "queries", "mean",
	       "p50", "p99", "postings", "blocks", "candidates");
}

static void print_row(const char *class_name, enum mode mode,
                      const struct figures *figures)
{
	char a[NUMBER_SIZE], b[NUMBER_SIZE], c[NUMBER_SIZE], d[NUMBER_SIZE],
		e[NUMBER_SIZE], f[NUMBER_SIZE];
	printf("%-6s %-10s %7zu %9s %9s %9s %10s %8s %10s\n", class_name,
	       mode_name(mode), figures->n, number_fixed(a, figures->mean, 1),
	       number_fixed(b, figures->median, 1),
	       number_fixed(c, figures->p99, 1),
	       number_fixed(d, figures->postings, 1),
	       number_fixed(e, figures->blocks, 1),
	       number_fixed(f, figures->candidates, 1));
}

static void print_json(const char *class_name, enum mode mode,
                       const struct figures *figures)
{
	char a[NUMBER_SIZE], b[NUMBER_SIZE], c[NUMBER_SIZE], d[NUMBER_SIZE],
		e[NUMBER_SIZE], f[NUMBER_SIZE];
	printf("{\"class\":\"%s\",\"mode\":\"%s\",\"queries\":%zu,"
	       "\"mean_us\":%s,\"median_us\":%s,\"p99_us\":%s,"
	       "\"postings\":%s,\"blocks\":%s,\"candidates\":%s}\n",
	       class_name, mode_name(mode), figures->n,
	       number_fixed(a, figures->mean, 3),
	       number_fixed(b, figures->median, 3),
	       number_fixed(c, figures->p99, 3),
	       number_fixed(d, figures->postings, 2),
	       number_fixed(e, figures->blocks, 2),
	       number_fixed(f, figures->candidates, 2));
}

static void print(const struct lookup *lookup, const struct timing *timings,
                  double *sorted)
{
	if (!lookup->json)
		print_head(lookup->rounds);
	for (unsigned i = 0; i < CLASSES * MODES; i++) {
		enum mode mode = (enum mode)(i % MODES);
		enum query_class class_of = (enum query_class)(i / MODES);
		const char *name = query_class_name(class_of);
		if (!lookup->asked[mode])
			continue;
		struct figures figures = summarize(lookup, timings, class_of,
		                                   mode, sorted);
		if (figures.n && lookup->json)
			print_json(name, mode, &figures);
		else if (figures.n)
			print_row(name, mode, &figures);
	}
}

int lookup_time(struct lookup *lookup, ns_error *err)
{
	size_t n = lookup->queries.n;
	struct timing *timings = calloc(n * MODES, sizeof *timings);
	double *sorted = calloc(n, sizeof *sorted);
	int status = timings && sorted ? NS_OK : err_nomem(err);
	for (uint64_t round = 0; round <= lookup->rounds && status == NS_OK;
	     round++)
		status = run_round(lookup, timings, round, err);
	if (status == NS_OK)
		print(lookup, timings, sorted);
	free(timings);
	free(sorted);
	return status;
}
