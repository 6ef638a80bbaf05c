/* building.c — what does it cost each engine to build an index?
 *
 * Each build runs in a process of its own, so that time and peak memory are
 * its alone.  CPU is user and system together, of all its threads.  Reading the
 * articles is in each figure; the first line says how much that is.  nsindex
 * makes its commit durable (fsync); the others are spared that.
 */
#include <errno.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "bench/peers/peers.h"
#include "tools/numbers.h"

struct cost {
	double wall, cpu; /* seconds */
	uint64_t peak;    /* bytes */
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

/* peer NULL: reads only. */
static bool measure(const struct peer *peer, const char *dir, char **paths,
                    struct cost *cost)
{
	struct rusage usage;
	int status;
	fflush(NULL);
	double start = now();
	pid_t child = fork();
	if (child == 0)
		_exit(peer ? !peer->build(dir, paths)
		           : !peer_read(paths, NULL, NULL));
	if (child < 0 || wait4(child, &status, 0, &usage) != child) {
		fprintf(stderr, "nspeers: %s\n", strerror(errno));
		return false;
	}
	*cost = (struct cost){
		now() - start,
		seconds(usage.ru_utime) + seconds(usage.ru_stime),
		(uint64_t)usage.ru_maxrss * 1024,
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

static void print(const char *name, struct cost cost, uint64_t size)
{
	char wall[NUMBER_SIZE], cpu[NUMBER_SIZE], peak[NUMBER_SIZE];
	char index[NUMBER_SIZE] = "-";
	if (size)
		number_fixed(index, (double)size * 1e-6, 1);
	printf("%-12s %10s %10s %10s %10s\n", name,
	       number_fixed(wall, cost.wall, 2),
	       number_fixed(cpu, cost.cpu, 2),
	       number_fixed(peak, (double)cost.peak * 1e-6, 0), index);
}

static bool build(const char *dir, const struct peer *peer, char **paths)
{
	struct cost cost;
	char *folder = peer_memory(strlen(dir) + strlen(peer->name) + 2, 1);
	stpcpy(stpcpy(stpcpy(folder, dir), "/"), peer->name);
	bool done = mkdir(folder, 0777) == 0;
	if (!done)
		fprintf(stderr, "nspeers: %s: %s\n", folder, strerror(errno));
	done = done && measure(peer, folder, paths, &cost);
	if (done)
		print(peer->name, cost, size_of(folder));
	free(folder);
	return done;
}

bool peers_build(const char *dir, const struct peer *const peers[PEERS],
                 char **paths)
{
	struct cost cost;
	if (!measure(NULL, NULL, paths, &cost))
		return false;
	printf("building, with positions, no text stored\n\n"
	       "%-12s %10s %10s %10s %10s\n", "", "wall s", "CPU s",
	       "peak MB", "index MB");
	print("reading only", cost, 0);
	for (unsigned p = 0; p < PEERS; p++)
		if (!build(dir, peers[p], paths))
			return false;
	putchar('\n');
	return true;
}
