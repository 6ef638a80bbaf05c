/* trial_print.c — how many times nsindex's time do the others take?
 *
 * Mean, median and 99th percentile over the queries of each one's best time,
 * for each engine; then those of a peer divided by those of nsindex (over 1:
 * nsindex is faster).  Last, whether they found as much: where many queries
 * differ, their times are not of the same work.
 */
#include <stdio.h>
#include <stdlib.h>

#include "bench/peers/trial.h"
#include "tools/numbers.h"

struct figures {
	double mean, median, p99; /* µs */
};

static int compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
}

static struct figures summarize(const double *best, size_t n)
{
	double *sorted = peer_memory(n, sizeof *sorted), sum = 0;
	for (size_t i = 0; i < n; i++)
		sum += sorted[i] = best[i] * 1e6;
	qsort(sorted, n, sizeof *sorted, compare);
	struct figures figures = {sum / (double)n, sorted[n / 2],
	                          sorted[(n * 99 - 1) / 100]};
	free(sorted);
	return figures;
}

/* Three digits at least, as few decimals as that takes. */
static void print_number(double value, double decimals_below, int width)
{
	char text[NUMBER_SIZE];
	unsigned decimals = value < decimals_below / 10 ? 2
	                  : value < decimals_below ? 1 : 0;
	printf(" %*s", width, number_fixed(text, value, decimals));
}

static void print_figures(struct figures figures, double below, int width)
{
	print_number(figures.mean, below, width + 1);
	print_number(figures.median, below, width);
	print_number(figures.p99, below, width);
}

static struct figures divide(struct figures a, struct figures b)
{
	return (struct figures){a.mean / b.mean, a.median / b.median,
	                        a.p99 / b.p99};
}

/* from: the first engine shown; width: of a figure. */
static void print_head(const struct trial *trial, unsigned from, int width)
{
	printf("%-18s", "");
	for (unsigned p = from; p < PEERS; p++)
		printf("  %*s", 3 * width + 2, trial->peers[p]->name);
	printf("\n%-6s %-11s", "class", "wanted");
	for (unsigned p = from; p < PEERS; p++)
		printf("  %*s %*s %*s", width, "mean", width, "p50", width,
		       "p99");
	putchar('\n');
}

static void print_task(const struct task *task)
{
	printf("%-6s %-11s", peer_class_name(task->class_of), task->name);
}

static void print_times(const struct trial *trial)
{
	printf("µs a query\n\n");
	print_head(trial, 0, 7);
	for (unsigned t = 0; t < TASKS; t++) {
		print_task(&tasks[t]);
		for (unsigned p = 0; p < PEERS; p++)
			print_figures(summarize(trial->best[t][p], trial->n),
			              100, 7);
		putchar('\n');
	}
	putchar('\n');
}

static void print_ratios(const struct trial *trial)
{
	printf("times the time of %s\n\n", trial->peers[0]->name);
	print_head(trial, 1, 7);
	for (unsigned t = 0; t < TASKS; t++) {
		struct figures ours = summarize(trial->best[t][0], trial->n);
		print_task(&tasks[t]);
		for (unsigned p = 1; p < PEERS; p++)
			print_figures(divide(summarize(trial->best[t][p],
			                               trial->n), ours),
			              100, 7);
		putchar('\n');
	}
	putchar('\n');
}

/* ---- matches ------------------------------------------------------------- */

static double difference(uint64_t a, uint64_t b)
{
	uint64_t most = a > b ? a : b, least = a > b ? b : a;
	return most ? (double)(most - least) / (double)most : 0;
}

static void print_agreement(const struct trial *trial, unsigned t, unsigned p)
{
	const uint64_t *ours = trial->matches[t][0];
	const uint64_t *theirs = trial->matches[t][p];
	size_t same = 0, near = 0;
	double sum = 0, most = 0;
	for (size_t i = 0; i < trial->n; i++) {
		double differs = difference(ours[i], theirs[i]);
		same += ours[i] == theirs[i];
		near += differs <= 0.01;
		sum += differs;
		most = differs > most ? differs : most;
	}
	char mean[NUMBER_SIZE], highest[NUMBER_SIZE];
	printf("%-6s %-11s %9zu %9zu %9zu %9s %9s\n",
	       peer_class_name(tasks[t].class_of), trial->peers[p]->name,
	       trial->n, same, near,
	       number_fixed(mean, 100 * sum / (double)trial->n, 2),
	       number_fixed(highest, 100 * most, 1));
}

static void print_matches(const struct trial *trial)
{
	printf("matches beside those of %s\n\n%-6s %-11s %9s %9s %9s %9s %9s\n",
	       trial->peers[0]->name, "class", "engine", "queries", "the same",
	       "in 1 %", "mean %", "most %");
	for (unsigned t = 0; t < TASKS; t++)
		for (unsigned p = 1; p < PEERS; p++)
			if (!tasks[t].wish.limit)
				print_agreement(trial, t, p);
}

void trial_print(const struct trial *trial)
{
	char rounds[NUMBER_SIZE];
	printf("looking up: %zu of %zu word lists occur together; one thread, "
	       "warm,\nbest of %s interleaved rounds; each gives doc ids and "
	       "scores\n\n",
	       trial->n, trial->n_read, number_grouped(rounds, trial->rounds));
	print_times(trial);
	print_ratios(trial);
	print_matches(trial);
}
