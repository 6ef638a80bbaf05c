#include "bench/lookup.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "tools/cli.h"
#include "tools/numbers.h"

static const char program[] = "nsbench";

enum mode { TOP10, TOP100, TOP1000, COUNT, MODES };
static const struct { const char *name; uint32_t limit; bool count; }
modes[MODES] = {
	{"top10", 10, false}, {"top100", 100, false}, {"top1000", 1000, false},
	{"count", 0, true},
};

struct timing {
	double best[MODES]; /* seconds */
	uint64_t count;
};

struct figures {
	size_t n;
	double mean, median, p99; /* µs */
};

static double now(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static int ask(const ns_index *index, const char *text, enum mode mode,
               struct timing *timing, bool first, ns_error *err)
{
	ns_search_options options = {.limit = modes[mode].limit,
	                             .count = modes[mode].count,
	                             .no_snippets = true};
	ns_results *results;
	double start = now();
	int status = ns_search(&results, index, ns_text_of(text), &options,
	                       err);
	double spent = now() - start;
	if (status != NS_OK)
		return status;
	if (modes[mode].count)
		timing->count = ns_results_count(results);
	ns_results_free(results);
	if (first || spent < timing->best[mode])
		timing->best[mode] = spent;
	return NS_OK;
}

static int run(const ns_index *index, const struct bench_queries *queries,
               uint64_t rounds, struct timing *timings, ns_error *err)
{
	for (uint64_t round = 0; round < rounds; round++)
		for (size_t i = 0; i < queries->n; i++)
			for (unsigned mode = 0; mode < MODES; mode++) {
				int status = ask(index, queries->items[i].text,
				                 (enum mode)mode, &timings[i],
				                 !round, err);
				if (status != NS_OK)
					return status;
			}
	return NS_OK;
}

static int compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
}

/* scratch has room for queries->n numbers. */
static struct figures summarize(const struct bench_queries *queries,
                                const struct timing *timings,
                                enum query_class class_of, enum mode mode,
                                double *scratch)
{
	struct figures figures = {0};
	double sum = 0;
	for (size_t i = 0; i < queries->n; i++) {
		if (queries->items[i].class_of != class_of)
			continue;
		scratch[figures.n++] = timings[i].best[mode] * 1e6;
		sum += timings[i].best[mode] * 1e6;
	}
	if (!figures.n)
		return figures;
	qsort(scratch, figures.n, sizeof *scratch, compare);
	figures.mean = sum / (double)figures.n;
	figures.median = scratch[figures.n / 2];
	figures.p99 = scratch[(figures.n * 99 - 1) / 100];
	return figures;
}

static void print_row(const char *class_name, enum mode mode,
                      struct figures figures)
{
	char mean[NUMBER_SIZE], median[NUMBER_SIZE], p99[NUMBER_SIZE];
	printf("%-8s %-8s %8zu %11s %11s %11s\n", class_name, modes[mode].name,
	       figures.n, number_fixed(mean, figures.mean, 1),
	       number_fixed(median, figures.median, 1),
	       number_fixed(p99, figures.p99, 1));
}

static void print_json(const char *class_name, enum mode mode,
                       struct figures figures)
{
	char mean[NUMBER_SIZE], median[NUMBER_SIZE], p99[NUMBER_SIZE];
	printf("{\"class\":\"%s\",\"mode\":\"%s\",\"queries\":%zu,"
	       "\"mean_us\":%s,\"median_us\":%s,\"p99_us\":%s}\n",
	       class_name, modes[mode].name, figures.n,
	       number_fixed(mean, figures.mean, 3),
	       number_fixed(median, figures.median, 3),
	       number_fixed(p99, figures.p99, 3));
}

static void print(const struct bench_queries *queries,
                  const struct timing *timings, double *scratch, bool json,
                  uint64_t rounds)
{
	if (!json)
		printf("one thread, warm, best of %" PRIu64 " rounds, µs a "
		       "query\n\n%-8s %-8s %8s %11s %11s %11s\n", rounds,
		       "class", "mode", "queries", "mean", "median", "p99");
	for (unsigned c = 0; c < CLASSES; c++) {
		const char *name = query_class_name((enum query_class)c);
		for (unsigned mode = 0; mode < MODES; mode++) {
			struct figures figures = summarize(
				queries, timings, (enum query_class)c,
				(enum mode)mode, scratch);
			if (figures.n && json)
				print_json(name, (enum mode)mode, figures);
			else if (figures.n)
				print_row(name, (enum mode)mode, figures);
		}
	}
}

static int bench(const char *dir, const struct bench_queries *queries,
                 uint64_t rounds, bool json)
{
	ns_index *index = NULL;
	ns_error err;
	struct timing *timings = calloc(queries->n, sizeof *timings);
	double *scratch = calloc(queries->n, sizeof *scratch);
	int code = CLI_ERROR;
	if (!timings || !scratch)
		cli_say(program, "memory ended");
	else if (ns_index_open(&index, dir, 0, &err) != NS_OK ||
	         run(index, queries, rounds, timings, &err) != NS_OK)
		code = cli_report(program, &err);
	else
		code = CLI_DONE;
	if (code == CLI_DONE)
		print(queries, timings, scratch, json, rounds);
	ns_index_free(index);
	free(timings);
	free(scratch);
	return code;
}

int bench_lookup(int argc, char **argv)
{
	const char *index = NULL;
	uint64_t rounds = 10;
	bool json = false;
	const struct cli_option options[] = {
		{"index", 'i', CLI_TEXT, "DIR", "the index ($NS_INDEX, else "
		 ".nsindex here or above)", &index, 0, 0},
		{"rounds", 0, CLI_NUMBER, "N", "rounds; the best of each query "
		 "counts (10)", &rounds, 1, 100000},
		{"json", 0, CLI_FLAG, NULL, "print a JSON line for each class "
		 "and mode", &json, 0, 0},
		CLI_STANDARD_OPTIONS,
	};
	const struct cli cli = {
		.program = "nsbench lookup", .usage = "[OPTION]... QUERIES",
		.about = "Times the queries of a file, one a line (or ID, tab, "
		         "query), by class and mode.",
		.options = options, .n_options = sizeof options / sizeof *options,
	};
	int n, code = cli_parse(&cli, argc, argv, &n);
	if (code != CLI_GO_ON)
		return code;
	if (n != 1)
		return cli_usage_error(&cli, "give one file of queries");
	char *dir = cli_find_index(program, index);
	struct bench_queries queries;
	code = CLI_ERROR;
	if (dir && queries_read(&queries, argv[0])) {
		code = bench(dir, &queries, rounds, json);
		queries_release(&queries);
	}
	free(dir);
	return code;
}
