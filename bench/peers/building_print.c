/* building_print.c — what did builds take, and how many times what ours takes?
 *
 * MB are 10⁶ bytes, a second those of bodies.  The others have one text; nsindex
 * has fields and forms, and its size is told twice: all of it, and the field text
 * alone as field_size.h counts it.  In the ratios (over 1: nsindex takes less)
 * "index" is the size beside the first of these, "text" beside the second.
 */
#include <stdio.h>

#include "bench/peers/building.h"
#include "tools/numbers.h"

static char *mega(char out[NUMBER_SIZE], uint64_t bytes, unsigned decimals)
{
	return number_fixed(out, (double)bytes * 1e-6, decimals);
}

static void print_cost(const char *name, struct cost cost, uint64_t bodies)
{
	char wall[NUMBER_SIZE], cpu[NUMBER_SIZE], speed[NUMBER_SIZE];
	char peak[NUMBER_SIZE], index[NUMBER_SIZE] = "-";
	if (cost.index)
		mega(index, cost.index, 1);
	printf("%-14s %9s %9s %9s %9s %9s\n", name,
	       number_fixed(wall, cost.wall, 2),
	       number_fixed(cpu, cost.cpu, 2),
	       number_fixed(speed, cost.wall > 0 ? (double)bodies * 1e-6 /
	                                           cost.wall : 0, 1),
	       mega(peak, cost.peak, 0), index);
}

static void print_costs(const struct building *building)
{
	char text[NUMBER_SIZE];
	printf("%-14s %9s %9s %9s %9s %9s\n", "", "wall s", "CPU s", "MB/s",
	       "peak MB", "index MB");
	print_cost("reading only", building->reading, *building->bodies);
	for (unsigned p = 0; p < PEERS; p++) {
		print_cost(building->peers[p]->name, building->costs[p],
		           *building->bodies);
		if (!p)
			printf("%-14s %49s\n", "  field text",
			       mega(text, building->text, 1));
	}
}

static void print_ratio(double theirs, double ours)
{
	char text[NUMBER_SIZE];
	printf(" %9s", number_fixed(text, ours > 0 ? theirs / ours : 0, 2));
}

static void print_ratios(const struct building *building)
{
	const struct cost *ours = &building->costs[0];
	printf("\ntimes what %s takes\n\n%-14s %9s %9s %9s %9s %9s\n",
	       building->peers[0]->name, "", "wall", "CPU", "peak", "index",
	       "text");
	for (unsigned p = 1; p < PEERS; p++) {
		const struct cost *theirs = &building->costs[p];
		printf("%-14s", building->peers[p]->name);
		print_ratio(theirs->wall, ours->wall);
		print_ratio(theirs->cpu, ours->cpu);
		print_ratio((double)theirs->peak, (double)ours->peak);
		print_ratio((double)theirs->index, (double)ours->index);
		print_ratio((double)theirs->index, (double)building->text);
		putchar('\n');
	}
	putchar('\n');
}

void building_print(const struct building *building)
{
	char bodies[NUMBER_SIZE], rounds[NUMBER_SIZE];
	printf("building, with positions, no text stored: %s MB of bodies, "
	       "best of %s round%s\n\n", mega(bodies, *building->bodies, 1),
	       number_grouped(rounds, building->rounds),
	       building->rounds == 1 ? "" : "s");
	print_costs(building);
	print_ratios(building);
	fflush(stdout);
}
