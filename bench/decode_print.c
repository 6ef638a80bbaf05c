/* The figures of nsbench decode as tables, or as JSON lines. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "bench/decode.h"
#include "tools/numbers.h"

/* "12.3 (3.4)", or "-" where it was not measured. */
static void print_cell(double ints, double clock)
{
	char cell[2 * NUMBER_SIZE + 4] = "-", a[NUMBER_SIZE], b[NUMBER_SIZE];
	if (ints > 0)
		snprintf(cell, sizeof cell, "%s (%s)",
		         number_fixed(a, ints * 1e-9, 2),
		         number_fixed(b, ints / clock, 2));
	printf("%13s", cell);
}

static int compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
}

/* Of the widths that were measured. */
static void print_middles(double ints[WORKS][WIDTHS], double clock,
                          const char *name, bool least)
{
	printf("%-6s", name);
	for (unsigned work = 0; work < RUN; work++) {
		double sorted[WIDTHS];
		unsigned n = 0;
		for (unsigned width = 0; width < WIDTHS; width++)
			if (ints[work][width] > 0)
				sorted[n++] = ints[work][width];
		qsort(sorted, n, sizeof *sorted, compare);
		print_cell(n ? sorted[least ? 0 : n / 2] : 0, clock);
	}
	putchar('\n');
}

/* Rows are works that have a few samples of their own. */
static void print_others(double ints[WORKS][WIDTHS], double clock)
{
	for (unsigned work = RUN; work < WORKS; work++)
		for (unsigned width = 0; width < WIDTHS; width++) {
			char bits[NUMBER_SIZE], ns[NUMBER_SIZE];
			if (!(ints[work][width] > 0))
				continue;
			double of = sample_bits(works[work].encoding, width);
			printf("%-14s of %s bits a doc", works[work].name,
			       number_fixed(bits, of, 2));
			print_cell(ints[work][width], clock);
			printf(" %s ns a doc\n",
			       number_fixed(ns, 1e9 / ints[work][width], 2));
		}
}

static void print_table(struct decode_figures *figures, unsigned level,
                        enum place place)
{
	double (*ints)[WIDTHS] = figures->ints[place][level];
	printf("\n%s, %s: G integers a second (a cycle)\n%-6s",
	       decode_level_name(level), place == HOT ? "in L1" : "from memory",
	       "bits");
	for (unsigned work = 0; work < RUN; work++)
		printf("%13s", works[work].name);
	putchar('\n');
	for (unsigned width = place == COLD; width < WIDTHS; width++) {
		printf("%-6u", width);
		for (unsigned work = 0; work < RUN; work++)
			print_cell(ints[work][width], figures->clock);
		putchar('\n');
	}
	print_middles(ints, figures->clock, "least", true);
	print_middles(ints, figures->clock, "median", false);
	print_others(ints, figures->clock);
}

void decode_print(struct decode_figures *figures, uint64_t rounds)
{
	char clock[NUMBER_SIZE], bytes[NUMBER_SIZE];
	printf("blocks of 256, one thread, best of %" PRIu64 " round%s\n"
	       "clock %s GHz by a chain of additions\n", rounds,
	       rounds == 1 ? "" : "s",
	       number_fixed(clock, figures->clock * 1e-9, 2));
	if (figures->bytes > 0)
		printf("memory read at %s GB/s, a word of each line\n",
		       number_fixed(bytes, figures->bytes * 1e-9, 1));
	for (unsigned level = 0; level < LEVELS; level++)
		for (unsigned place = 0; place < PLACES; place++)
			if (figures->ints[place][level][UNPACK][1] > 0)
				print_table(figures, level, (enum place)place);
}

static void print_line(const struct decode_figures *figures, enum place place,
                       unsigned level, enum work work, unsigned width)
{
	char a[NUMBER_SIZE], b[NUMBER_SIZE], c[NUMBER_SIZE];
	double ints = figures->ints[place][level][work][width];
	if (ints > 0)
		printf("{\"place\":\"%s\",\"level\":\"%s\",\"work\":\"%s\","
		       "\"bits\":%s,\"g_ints_s\":%s,\"ints_cycle\":%s}\n",
		       place == HOT ? "l1" : "memory", decode_level_name(level),
		       works[work].name,
		       number_fixed(a, sample_bits(works[work].encoding, width),
		                    2),
		       number_fixed(b, ints * 1e-9, 3),
		       number_fixed(c, ints / figures->clock, 3));
}

void decode_print_json(const struct decode_figures *figures)
{
	char a[NUMBER_SIZE], b[NUMBER_SIZE];
	printf("{\"clock_ghz\":%s,\"read_gb_s\":%s}\n",
	       number_fixed(a, figures->clock * 1e-9, 3),
	       number_fixed(b, figures->bytes * 1e-9, 3));
	for (unsigned place = 0; place < PLACES; place++)
		for (unsigned level = 0; level < LEVELS; level++)
			for (unsigned i = 0; i < WORKS * WIDTHS; i++)
				print_line(figures, (enum place)place, level,
				           (enum work)(i / WIDTHS), i % WIDTHS);
}
