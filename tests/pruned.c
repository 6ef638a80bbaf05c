/* pruned.c — do the fast rankers answer as the exhaustive one does?
 *
 *     pruned [--plant=FAULT] [CASES [SEED]]     1,000,000 cases
 *     pruned --run=SEED [CASES]                 one run, at the level in force
 *     pruned --faults                           the names of faults
 *
 * Random queries, as they are typed, over random collections: rank_best must
 * give the hits of rank_all, their scores and the counts to the bit, at each
 * level of instructions that the machine has.  A level is decided once for a
 * process, so each has its own.  A tenth of the cases (where they are few: all)
 * is the same at all levels, and the digests of those answers must be equal;
 * the others are different ones at each.
 *
 * A fault that is planted (pruned_fault.c) must end in a difference; exit code
 * 3 is a difference, 1 anything else that is wrong, too few cases of a kind
 * too.
 */
#include "pruned.h"

#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/cpu.h"

static const struct rankers sound = {NULL, rank_best, rank_all};

enum { FEW_CASES = 20000 };

/* Of 10,000 cases, how many at least are asked, with hits, tied at the cut. */
static const struct row_wanted {
	const char *name;
	uint32_t asked, found, tied;
} wanted[ROWS] = {
	[ROW_WORD] = {"one word", 300, 150, 30},
	[ROW_AND] = {"all of", 300, 150, 4},
	[ROW_OR] = {"any of", 300, 150, 25},
	[ROW_PHRASE] = {"phrase", 300, 150, 20},
	[ROW_MIXED] = {"required and more", 300, 150, 7},
	[ROW_EXCLUDED] = {"excluded", 300, 150, 15},
	[ROW_FORM] = {"form", 300, 150, 15},
	[ROW_FILTER] = {"word and value", 300, 150, 12},
	[ROW_VALUES] = {"values alone", 300, 150, 50},
	[ROW_TITLE] = {"title", 300, 150, 17},
	[ROW_COMPOUND] = {"compound", 300, 150, 17},
	[ROW_NESTED] = {"brackets", 300, 150, 15},
	[ROW_TWICE] = {"twice", 300, 150, 20},
	[ROW_UNKNOWN] = {"unknown", 300, 150, 15},
	[ROW_MANY] = {"many words", 300, 150, 5},
	[ROW_WILD] = {"newspaper", 300, 150, 12},
	[ROW_SEGMENTS] = {"segments", 2500, 2000, 400},
	[ROW_DEAD] = {"dead", 2000, 1500, 300},
	[ROW_HALF_DEAD] = {"half dead", 600, 400, 80},
	[ROW_LONGER] = {"avglen > avglen0", 1200, 1000, 200},
	[ROW_TWO_WINDOWS] = {"docs > 16384", 600, 450, 150},
	[ROW_THREE_WINDOWS] = {"docs > 32768", 400, 300, 100},
	[ROW_ORDERED] = {"an order of its own", 1200, 1000, 300},
	[ROW_BLOCKS] = {"df >= 256", 3000, 2500, 700},
	[ROW_LONG_LISTS] = {"df > 4096", 250, 200, 70},
	[ROW_COUNT_ALONE] = {"count alone", 400, 300, 0},
	[ROW_COUNT_TOO] = {"hits and count", 1500, 1200, 400},
	[ROW_ALL_HITS] = {"k > matches", 1500, 700, 0},
	[ROW_TUNED] = {"other k1, b", 1000, 700, 250},
	[ROW_WARM] = {"memory kept", 2500, 2000, 500},
};

/* ---- one run ------------------------------------------------------------- */

static void run_here(uint64_t seed, uint64_t cases,
                     const struct rankers *rankers, struct tally *tally)
{
	/* a collection is worth building for some thousand cases */
	uint64_t rounds = 1 + cases / 120000, shares = 0;
	struct random random = {seed, seed};
	const struct run run = {seed, cases, rankers, rank_scratch_new(), tally};
	if (!run.scratch)
		scratch_die("pruned: memory ended");
	for (size_t i = 0; i < n_collection_shapes; i++)
		shares += collection_shapes[i].share;
	for (uint64_t i = 0; i < rounds * n_collection_shapes; i++) {
		const struct collection_shape *shape =
			&collection_shapes[i % n_collection_shapes];
		struct collection collection;
		uint64_t some = 1 + cases * shape->share / shares / rounds;
		collection_open(&collection, shape, random_u64(&random));
		pruned_ask(&run, &collection, some);
		collection_release(&collection);
		tally->collections++;
	}
	rank_scratch_free(run.scratch);
}

/* ---- levels -------------------------------------------------------------- */

static const struct { const char *name; enum cpu_level level; } levels[] = {
	{"scalar", CPU_SCALAR}, {"avx2", CPU_AVX2}, {"avx512", CPU_AVX512}};

/* The level of this machine, asked in a process of its own. */
static enum cpu_level machine_level(void)
{
	int status;
	pid_t child = fork();
	if (!child)
		_exit((int)cpu_level());
	if (child < 0 || waitpid(child, &status, 0) != child ||
	    !WIFEXITED(status))
		scratch_die("pruned: cannot fork");
	return (enum cpu_level)WEXITSTATUS(status);
}

/* A run in a process of its own; its failure is ours. */
static void run_at(const char *level, uint64_t seed, uint64_t cases,
                   const struct rankers *rankers, struct tally *tally)
{
	int status, ends[2];
	fflush(stdout);
	pid_t child = pipe(ends) ? -1 : fork();
	if (child < 0)
		scratch_die("pruned: cannot fork");
	if (!child) {
		close(ends[0]);
		setenv("NS_CPU", level, 1);
		run_here(seed, cases, rankers, tally);
		exit(write(ends[1], tally, sizeof *tally) != sizeof *tally);
	}
	close(ends[1]);
	ssize_t got = read(ends[0], tally, sizeof *tally);
	close(ends[0]);
	if (waitpid(child, &status, 0) != child || !WIFEXITED(status))
		scratch_die("pruned: the run at %s, seed %llu, ended by a "
		            "signal", level, (unsigned long long)seed);
	if (WEXITSTATUS(status))
		exit(WEXITSTATUS(status));
	if (got != sizeof *tally)
		scratch_die("pruned: the run at %s said nothing", level);
}

static void add(struct tally *sum, const struct tally *tally)
{
	sum->cases += tally->cases;
	sum->plans += tally->plans;
	sum->hits += tally->hits;
	sum->collections += tally->collections;
	for (unsigned row = 0; row < ROWS; row++) {
		sum->rows[row].asked += tally->rows[row].asked;
		sum->rows[row].found += tally->rows[row].found;
		sum->rows[row].tied += tally->rows[row].tied;
	}
}

/* The same cases at each level, then others at each. */
static void run_all(uint64_t seed, uint64_t cases,
                    const struct rankers *rankers, struct tally *sum)
{
	enum cpu_level most = machine_level();
	uint64_t same = cases > FEW_CASES ? cases / 10 : cases;
	uint64_t digest = 0, n = 0;
	for (size_t i = 0; i < ARRAY_LEN(levels); i++)
		n += levels[i].level <= most;
	for (size_t i = 0; i < ARRAY_LEN(levels); i++) {
		struct tally tally = {0};
		if (levels[i].level > most) {
			printf("pruned: %s is left out: not on this machine\n",
			       levels[i].name);
			continue;
		}
		run_at(levels[i].name, seed, same / n, rankers, &tally);
		if (i && tally.digest != digest) {
			fprintf(stderr, "pruned: seed %llu: the answers at %s "
			        "(%016llx) are not those at %s (%016llx)\n",
			        (unsigned long long)seed, levels[i].name,
			        (unsigned long long)tally.digest,
			        levels[0].name, (unsigned long long)digest);
			exit(EXIT_DIFFERENT);
		}
		digest = tally.digest;
		add(sum, &tally);
	}
	sum->digest = digest;
	for (size_t i = 0; i < n && same < cases; i++) {
		struct tally tally = {0};
		run_at(levels[i].name, seed + 1 + i, (cases - same) / n,
		       rankers, &tally);
		add(sum, &tally);
	}
}

/* ---- the verdict --------------------------------------------------------- */

static void print(const struct tally *tally)
{
	printf("%-20s %10s %10s %10s\n", "pruned", "asked", "with hits",
	       "tied at k");
	for (unsigned row = 0; row < ROWS; row++)
		printf("  %-18s %10llu %10llu %10llu\n", wanted[row].name,
		       (unsigned long long)tally->rows[row].asked,
		       (unsigned long long)tally->rows[row].found,
		       (unsigned long long)tally->rows[row].tied);
}

static void judge(const struct tally *tally)
{
	for (unsigned i = 0; i < ROWS; i++) {
		const struct row_wanted *want = &wanted[i];
		const struct tally_row *row = &tally->rows[i];
		if (row->asked * 10000 < want->asked * tally->cases ||
		    row->found * 10000 < want->found * tally->cases ||
		    row->tied * 10000 < want->tied * tally->cases)
			scratch_die("pruned: too little was asked of \"%s\"",
			            want->name);
	}
}

static const struct rankers *fault_named(const char *name)
{
	if (!strcmp(name, pruned_level_fault.name))
		return &pruned_level_fault;
	for (const struct rankers *fault = pruned_faults; fault->name; fault++)
		if (!strcmp(name, fault->name))
			return fault;
	scratch_die("pruned: there is no fault %s", name);
}

/* Those that this machine can show. */
static int print_faults(void)
{
	for (const struct rankers *fault = pruned_faults; fault->name; fault++)
		puts(fault->name);
	if (machine_level() >= CPU_AVX2)
		puts(pruned_level_fault.name);
	return 0;
}

int main(int argc, char **argv)
{
	const struct rankers *rankers = &sound;
	struct tally tally = {0};
	const char *single = NULL;
	if (argc > 1 && !strcmp(argv[1], "--faults"))
		return print_faults();
	if (argc > 1 && !strncmp(argv[1], "--plant=", 8))
		rankers = fault_named(argv[1] + 8);
	else if (argc > 1 && !strncmp(argv[1], "--run=", 6))
		single = argv[1] + 6;
	if (rankers != &sound || single)
		argc--, argv++;
	uint64_t cases = argc > 1 ? strtoull(argv[1], NULL, 10) : 1000000;
	struct random seed = random_start(argc > 2 ? strtoull(argv[2], NULL, 10)
	                                           : 1623);
	if (single)
		run_here(strtoull(single, NULL, 10), cases, rankers, &tally);
	else
		run_all(seed.seed, cases, rankers, &tally);
	if (single || getenv("NS_VERBOSE"))
		print(&tally);
	if (!single)
		judge(&tally);
	printf("pruned: %llu cases of %llu plans over %llu collections, %llu "
	       "hits, as rank_all; digest of those at all levels %016llx "
	       "(seed %llu)\n", (unsigned long long)tally.cases,
	       (unsigned long long)tally.plans,
	       (unsigned long long)tally.collections,
	       (unsigned long long)tally.hits,
	       (unsigned long long)tally.digest,
	       (unsigned long long)seed.seed);
	return 0;
}
