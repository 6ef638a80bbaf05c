/* building.c — what does it cost each engine to build an index?
 *
 * Each build runs in a process of its own, so that time and peak memory are
 * its alone.  CPU is user and system together, of all its threads.  Reading the
 * articles is in each figure; the first line says how much that is.  MB are 10⁶
 * bytes, a second those of bodies.  nsindex makes its commit durable (fsync); the
 * others are spared that.
 *
 * The others have one text; nsindex has fields and forms, and its size is told
 * twice: all of it, and the field text alone as field_size.h counts it.
 */
#include <errno.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "bench/peers/peers.h"
#include "tools/numbers.h"

struct cost {
	double wall, cpu;     /* seconds */
	uint64_t peak, index; /* bytes */
};

struct building {
	uint64_t *bodies; /* bytes, counted by the process that reads only */
	struct cost costs[PEERS];
	uint64_t text; /* bytes of the field text of peers[0] */
};

static double now(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static double seconds(struct timeval t)
{
	return (double)t.tv_sec + (double)t.tv_usec * 1e-6;
}

/* peer NULL: reads only, and counts the bodies. */
static bool measure(const struct peer *peer, const char *dir, char **paths,
                    uint64_t *bodies, struct cost *cost)
{
	struct rusage usage;
	int status;
	fflush(NULL);
	double start = now();
	pid_t child = fork();
	if (child == 0)
		_exit(peer ? !peer->build(dir, paths)
		           : !peer_read(paths, NULL, bodies));
	if (child < 0 || wait4(child, &status, 0, &usage) != child) {
		fprintf(stderr, "nspeers: %s\n", strerror(errno));
		return false;
	}
	*cost = (struct cost){
		now() - start,
		seconds(usage.ru_utime) + seconds(usage.ru_stime),
		(uint64_t)usage.ru_maxrss * 1024, 0,
	};
	return WIFEXITED(status) && !WEXITSTATUS(status);
}

static uint64_t size_found;

static int add_size(const char *path, const struct stat *facts, int kind,
                    struct FTW *place)
{
	(void)path, (void)place;
	if (kind == FTW_F)
		size_found += (uint64_t)facts->st_size;
	return 0;
}

static uint64_t size_of(const char *dir)
{
	size_found = 0;
	nftw(dir, add_size, 8, FTW_PHYS);
	return size_found;
}

/* ---- tables ---------------------------------------------------------------- */

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

static void print_ratio(double theirs, double ours)
{
	char text[NUMBER_SIZE];
	printf(" %9s", number_fixed(text, ours > 0 ? theirs / ours : 0, 2));
}

static void print_ratios(const struct building *building,
                         const struct peer *const peers[PEERS])
{
	const struct cost *ours = &building->costs[0];
	printf("\ntimes what %s takes\n\n%-14s %9s %9s %9s %9s %9s\n",
	       peers[0]->name, "", "wall", "CPU", "peak", "index", "text");
	for (unsigned p = 1; p < PEERS; p++) {
		const struct cost *theirs = &building->costs[p];
		printf("%-14s", peers[p]->name);
		print_ratio(theirs->wall, ours->wall);
		print_ratio(theirs->cpu, ours->cpu);
		print_ratio((double)theirs->peak, (double)ours->peak);
		print_ratio((double)theirs->index, (double)ours->index);
		print_ratio((double)theirs->index, (double)building->text);
		putchar('\n');
	}
	putchar('\n');
}

/* ---- all builds ------------------------------------------------------------ */

static bool read_only(struct building *building, char **paths)
{
	struct cost cost;
	char bodies[NUMBER_SIZE];
	building->bodies = mmap(NULL, sizeof *building->bodies,
	                        PROT_READ | PROT_WRITE,
	                        MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (building->bodies == MAP_FAILED) {
		fprintf(stderr, "nspeers: %s\n", strerror(errno));
		return false;
	}
	if (!measure(NULL, NULL, paths, building->bodies, &cost))
		return false;
	printf("building, with positions, no text stored, %s MB of bodies\n\n"
	       "%-14s %9s %9s %9s %9s %9s\n",
	       mega(bodies, *building->bodies, 1), "", "wall s", "CPU s",
	       "MB/s", "peak MB", "index MB");
	print_cost("reading only", cost, *building->bodies);
	return true;
}

static bool build(struct building *building, const char *folder,
                  const struct peer *peer, char **paths, struct cost *cost)
{
	if (mkdir(folder, 0777)) {
		fprintf(stderr, "nspeers: %s: %s\n", folder, strerror(errno));
		return false;
	}
	if (!measure(peer, folder, paths, NULL, cost))
		return false;
	cost->index = size_of(folder);
	print_cost(peer->name, *cost, *building->bodies);
	return true;
}

static bool build_all(struct building *building, const char *dir,
                      const struct peer *const peers[PEERS], char **paths)
{
	char text[NUMBER_SIZE];
	bool done = true;
	for (unsigned p = 0; p < PEERS && done; p++) {
		const char *name = peers[p]->name;
		char *folder = peer_memory(strlen(dir) + strlen(name) + 2, 1);
		stpcpy(stpcpy(stpcpy(folder, dir), "/"), name);
		done = build(building, folder, peers[p], paths,
		             &building->costs[p]) &&
		       (p || peer_text_size(folder, &building->text));
		if (done && !p)
			printf("%-14s %49s\n", "  field text",
			       mega(text, building->text, 1));
		free(folder);
	}
	return done;
}

bool peers_build(const char *dir, const struct peer *const peers[PEERS],
                 char **paths)
{
	struct building building = {0};
	if (!read_only(&building, paths) ||
	    !build_all(&building, dir, peers, paths))
		return false;
	print_ratios(&building, peers);
	return true;
}
