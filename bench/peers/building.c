/* building.c — what does it cost each engine to build an index?
 *
 * Each build runs in a process of its own, so that time and peak memory are
 * its alone.  CPU is user and system together, of all its threads.  Reading the
 * articles is in each figure; the first line says how much that is.  nsindex
 * makes its commit durable (fsync); the others are spared that.
 *
 * Each engine builds in each round, one after the other, so that a slow hour of
 * the machine falls on all alike; of times the least counts, of peaks the
 * largest.
 */
#include "bench/peers/building.h"

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

/* ---- folders --------------------------------------------------------------- */

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

static int remove_one(const char *path, const struct stat *facts, int kind,
                      struct FTW *place)
{
	(void)facts, (void)kind, (void)place;
	return remove(path);
}

/* A folder that is there and empty; what was there is removed if it is ours. */
static bool make_folder(const char *folder, bool ours)
{
	if (ours)
		nftw(folder, remove_one, 8, FTW_DEPTH | FTW_PHYS);
	if (mkdir(folder, 0777) == 0)
		return true;
	fprintf(stderr, "nspeers: %s: %s\n", folder, strerror(errno));
	return false;
}

/* ---- rounds ---------------------------------------------------------------- */

static void keep_best(struct cost *best, struct cost cost, bool first)
{
	if (first || cost.wall < best->wall)
		best->wall = cost.wall;
	if (first || cost.cpu < best->cpu)
		best->cpu = cost.cpu;
	if (first || cost.peak > best->peak)
		best->peak = cost.peak;
}

static bool build(struct building *building, unsigned p, uint64_t round,
                  const char *folder, char **paths)
{
	struct cost cost, *best = &building->costs[p];
	if (!make_folder(folder, round) ||
	    !measure(building->peers[p], folder, paths, NULL, &cost))
		return false;
	keep_best(best, cost, !round);
	best->index = size_of(folder);
	return p || peer_text_size(folder, &building->text);
}

static bool run_round(struct building *building, uint64_t round,
                      const char *dir, char **paths)
{
	struct cost cost;
	if (!measure(NULL, NULL, paths, building->bodies, &cost))
		return false;
	keep_best(&building->reading, cost, !round);
	bool done = true;
	for (unsigned p = 0; p < PEERS && done; p++) {
		const char *name = building->peers[p]->name;
		char *folder = peer_memory(strlen(dir) + strlen(name) + 2, 1);
		stpcpy(stpcpy(stpcpy(folder, dir), "/"), name);
		done = build(building, p, round, folder, paths);
		free(folder);
	}
	return done;
}

bool peers_build(const char *dir, const struct peer *const peers[PEERS],
                 char **paths, uint64_t rounds)
{
	struct building building = {.peers = peers, .rounds = rounds};
	building.bodies = mmap(NULL, sizeof *building.bodies,
	                       PROT_READ | PROT_WRITE,
	                       MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (building.bodies == MAP_FAILED) {
		fprintf(stderr, "nspeers: %s\n", strerror(errno));
		return false;
	}
	bool done = true;
	for (uint64_t i = 0; i < rounds && done; i++) {
		*building.bodies = 0;
		done = run_round(&building, i, dir, paths);
	}
	if (done)
		building_print(&building);
	munmap(building.bodies, sizeof *building.bodies);
	return done;
}
