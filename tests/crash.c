/* crash.c — does every crash leave the last commit, or a later complete one?
 *
 *     crash [SHARE [SEED]]        SHARE: one crash in so many is looked at (1)
 *                                 and one random workload in so many is run
 *
 * Builds, adds, deletions and merges run on a disk in memory (crash_disk.h).
 * After each call that changes something, every state that a crash could leave at
 * that moment is made: for at most 12 pending effects every selection of them,
 * else none, all, each one lost, each one kept, each prefix and 1,000 random ones;
 * each with the last write torn in four ways, with and without a new folder.  Each
 * distinct state must
 *
 *   - open at the acknowledged commit or the one being made, whole: check finds
 *     no fault, and all lists and articles are those of that commit;
 *   - take a new build or add, which leaves no litter; and crashes of that are
 *     looked at in the same way, and those of the next after it.
 *
 * What a commit must say is taken from the same steps on a second disk, where
 * nothing crashes.
 *
 * Two processes share the workloads and the table of states that were seen.
 *
 * Then the same with planted faults: a sync of the folder, of files, or of the
 * folder above left out.  Each must be found.
 */
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "build/budget.h"
#include "tests/crash_disk.h"
#include "tests/random_articles.h"
#include "tests/scratch.h"

enum { SETS = 16, MORE = 30, SMALL = 12, RANDOM = 1000, STATES_MAX = 1 << 22,
       WORKERS = 2 };
/* one recovery in so many is crashed again, by how deep it lies */
static const uint32_t nest[] = {32, 64, 0};

static struct random_set sets[SETS];
static uint64_t answers[SETS];     /* of an index of each set */

/* Shared by the workers; its members are counted up atomically. */
static struct common {
	uint64_t n_states, n_crashes, n_boundaries, n_recovered;
	uint64_t n_nested, n_twice; /* recoveries that were crashed, and those
	                               of their recoveries */
	uint64_t seen[STATES_MAX]; /* states: an open-addressing table */
} *common;
static uint32_t share = 1;
static struct random dice;
static bool planted;               /* faults are wanted */
static bool found;                 /* and one was found */

/* What a crash of the running step may leave: what read_all says of it. */
struct expected {
	uint64_t acknowledged, coming; /* 0: there is no index */
	unsigned depth;
	const char *workload;
};

static bool add_up(void *context, const char *text, size_t size)
{
	uint64_t *sum = context;
	for (size_t i = 0; i < size; i++)
		*sum = (*sum ^ (uint8_t)text[i]) * 0x100000001b3;
	return true;
}

static bool swallow(void *context, const char *text, size_t size)
{
	(void)context;
	(void)text;
	(void)size;
	return true;
}

static void bad(const struct expected *expected, const char *what,
                const ns_error *err)
{
	found = true;
	if (planted)
		return;
	scratch_die("crash: seed %llu, %s, depth %u, boundary %llu: %s: %s (%s)",
	            (unsigned long long)dice.seed, expected->workload,
	            expected->depth, (unsigned long long)common->n_boundaries, what,
	            err->message, err->place);
}

/* ---- steps ---------------------------------------------------------------- */

/* 'a': builds set 0; "A": the same, given up before its commit; "+a": adds it;
 * "-a": deletes every second article of it; "*": merges all; ".": writes anew what
 * holds dead articles. */
struct step {
	char kind;
	int set;
};

static struct step step_read(const char **text)
{
	struct step step = {.kind = *(*text)++};
	if (step.kind == '+' || step.kind == '-')
		step.set = *(*text)++ - 'a';
	else if (step.kind >= 'A')
		step.set = (step.kind | 32) - 'a';
	return step;
}

static bool is_given_up(struct step step)
{
	return step.kind >= 'A' && step.kind <= 'Z';
}

static int step_change(ns_builder *builder, struct step step, ns_error *err)
{
	const struct random_set *set = &sets[step.set];
	int status = NS_OK;
	if (step.kind == '*' || step.kind == '.')
		return ns_builder_merge(builder, step.kind == '*', err);
	for (size_t i = 0; i < set->n && status == NS_OK; i++) {
		if (step.kind != '-')
			status = ns_builder_add(builder, &set->articles[i], err);
		else if (i % 2 == 0)
			status = ns_builder_delete(builder, set->articles[i].id,
			                           NULL, err);
	}
	return status;
}

static int perform(struct step step, ns_error *err)
{
	const ns_build_options options = {.update = step.kind < 'A'};
	ns_builder *builder;
	int status = ns_builder_open(&builder, "idx", &options, err);
	if (status == NS_OK && !is_given_up(step))
		status = step_change(builder, step, err);
	if (status == NS_OK && !is_given_up(step))
		status = ns_builder_commit(builder, NULL, err);
	ns_builder_free(builder);
	return status;
}

/* Everything that the index says, as a number. */
static int read_all(uint64_t *out, ns_error *err)
{
	ns_index *index;
	*out = 1;
	int status = ns_index_open(&index, "idx", 0, err);
	if (status == NS_OK)
		status = ns_index_dump_all(index, add_up, out, err);
	ns_index_free(index);
	return status;
}

/* ---- one state ----------------------------------------------------------- */

static void count(uint64_t *counter)
{
	__atomic_fetch_add(counter, 1, __ATOMIC_RELAXED);
}

static bool is_new(uint64_t state)
{
	state += !state;
	for (uint64_t at = state % STATES_MAX;; at = (at + 1) % STATES_MAX) {
		uint64_t there = 0;
		if (__atomic_compare_exchange_n(&common->seen[at], &there, state,
		                                false, __ATOMIC_RELAXED,
		                                __ATOMIC_RELAXED))
			break;
		if (there == state)
			return false;
	}
	count(&common->n_states);
	if (common->n_states > STATES_MAX / 2)
		scratch_die("crash: more states than room for them");
	return true;
}

static bool say_litter(void *context, const char *text, size_t size)
{
	snprintf(context, 200, "%.*s", (int)size, text);
	return true;
}

/* check tells of everything that no commit needs. */
static void look_at_litter(const struct disk *disk, struct step step,
                           const struct expected *expected)
{
	char litter[200] = "";
	ns_error err = {.message = ""};
	if (ns_index_check("idx", say_litter, litter, &err) != NS_OK || *litter)
		bad(expected, *litter ? litter : "check finds damage", &err);
	/* a build leaves its commit alone: lock, manifest, segment */
	if (step.kind >= 'a' && disk->now.n > 3)
		bad(expected, "the next build leaves old files", &err);
}

static void explore(struct disk *disk, void *context);

/* What a step on this disk will make of the index, tried on a copy.  It depends on
 * what the index says alone, so that it is tried once for each commit. */
static uint64_t foresee(const struct disk *disk, uint64_t present,
                        struct step step)
{
	static struct { uint64_t key, said; } known[1024];
	bool none[DISK_PENDING] = {0};
	ns_error err;
	uint64_t said = 0, key = present * SETS + (unsigned)step.set + 1;
	if (known[key % 1024].key == key)
		return known[key % 1024].said;
	struct disk *copy = disk_crash(disk, none, true, TEAR_NONE);
	disk_mount(copy);
	if (perform(step, &err) != NS_OK || read_all(&said, &err) != NS_OK)
		said = 0;
	disk_free(copy);
	known[key % 1024].key = key;
	known[key % 1024].said = said;
	return said;
}

/* A new build or add on what the crash left, itself looked at or not. */
static void recover(struct disk *disk, const struct expected *left,
                    uint64_t present, bool nested)
{
	ns_error err = {0};
	struct step step = {random_below(&dice, 2) ? '+' : 'a',
	                    (int)random_below(&dice, SETS)};
	struct expected inner = {present, step.kind == 'a'
		? answers[step.set] : foresee(disk, present, step), left->depth + 1,
		left->workload};
	uint64_t got;
	disk_mount(disk);
	disk->changed = nested ? explore : NULL;
	disk->context = &inner;
	count(&common->n_recovered);
	if (nested)
		count(left->depth ? &common->n_twice : &common->n_nested);
	int status = perform(step, &err);
	disk->changed = NULL;
	if (status != NS_OK) {
		bad(left, "what comes next fails", &err);
		return;
	}
	if (read_all(&got, &err) != NS_OK || got != inner.coming)
		bad(left, "what comes next is not what was asked for", &err);
	look_at_litter(disk, step, left);
}

/* What the index says; 0: there is none.  Anything unexpected is a fault. */
static bool read_state(const struct expected *expected, uint64_t *present)
{
	ns_error err = {0};
	int status = read_all(present, &err);
	if (status == NS_E_MISSING && !expected->acknowledged) {
		*present = 0;
		return true;
	}
	if (status != NS_OK) {
		bad(expected, "the index does not open", &err);
		return false;
	}
	if (*present != expected->acknowledged && *present != expected->coming) {
		bad(expected, "the index holds what was never committed", &err);
		return false;
	}
	if (ns_index_check("idx", swallow, NULL, &err) != NS_OK) {
		bad(expected, "check finds damage", &err);
		return false;
	}
	return true;
}

static void try_crash(const struct disk *disk, const struct expected *expected,
                      const bool *kept, bool keep_folder, enum disk_tear tear)
{
	count(&common->n_crashes);
	if (share > 1 && random_below(&dice, share))
		return;
	struct disk *after = disk_crash(disk, kept, keep_folder, tear);
	uint64_t state = disk_state(after) + expected->acknowledged *
	                 0x9E3779B97F4A7C15u + expected->coming;
	if (planted || is_new(state)) {
		uint64_t present;
		disk_mount(after);
		uint32_t one_in = nest[expected->depth];
		/* what is tried on a state depends on nothing but the state */
		struct random before = dice;
		dice.state = state ^ dice.seed;
		if (read_state(expected, &present) && !planted)
			recover(after, expected, present, one_in &&
			        !random_below(&dice, one_in));
		dice = before;
	}
	disk_free(after);
}

/* ---- all states of a moment ------------------------------------------------ */

static void try_kept(const struct disk *disk, const struct expected *expected,
                     const bool *kept)
{
	for (int tear = 0; tear < TEARS; tear++)
		try_crash(disk, expected, kept, true, (enum disk_tear)tear);
	if (disk->there != disk->there_durably)
		try_crash(disk, expected, kept, false, TEAR_NONE);
}

static void try_every(const struct disk *disk, const struct expected *expected,
                      unsigned n)
{
	bool kept[SMALL + 1];
	for (uint32_t choice = 0; choice < 1u << n; choice++) {
		for (unsigned i = 0; i < n; i++)
			kept[i] = choice >> i & 1;
		try_kept(disk, expected, kept);
	}
}

static void try_many(const struct disk *disk, const struct expected *expected,
                     unsigned n)
{
	bool *kept = calloc(n, sizeof *kept);
	for (unsigned prefix = 0; prefix <= n; prefix++) {
		for (unsigned i = 0; i < n; i++)
			kept[i] = i < prefix;
		try_kept(disk, expected, kept);
	}
	for (unsigned one = 0; one < n; one++)
		for (int alone = 0; alone < 2; alone++) {
			for (unsigned i = 0; i < n; i++)
				kept[i] = (i == one) == (alone == 1);
			try_kept(disk, expected, kept);
		}
	for (unsigned round = 0; round < RANDOM; round++) {
		for (unsigned i = 0; i < n; i++)
			kept[i] = random_below(&dice, 2);
		try_kept(disk, expected, kept);
	}
	free(kept);
}

static void explore(struct disk *disk, void *context)
{
	const struct expected *expected = context;
	unsigned n = disk_pending(disk);
	count(&common->n_boundaries);
	if (n <= SMALL)
		try_every(disk, expected, n);
	else
		try_many(disk, expected, n);
	disk_mount(disk);
}

/* ---- workloads ------------------------------------------------------------- */

static void work(const char *steps, struct disk *disk)
{
	struct expected expected = {.workload = steps};
	struct disk *ideal = disk_new();
	disk->changed = explore;
	disk->context = &expected;
	while (*steps && !found) {
		ns_error err = {0};
		struct step step = step_read(&steps);
		disk_mount(ideal);
		expected.coming = 0;
		if (perform(step, &err) != NS_OK)
			bad(&expected, "a step fails on a good disk", &err);
		if (read_all(&expected.coming, &err) == NS_E_MISSING)
			expected.coming = 0;
		disk_mount(disk);
		bool there = disk->there;
		if (perform(step, &err) != NS_OK)
			bad(&expected, "a step fails", &err);
		if (is_given_up(step) && disk->there != there)
			bad(&expected, "what is given up leaves a folder", &err);
		expected.acknowledged = expected.coming;
		explore(disk, &expected);
	}
	disk_mount(NULL);
	disk_free(ideal);
}

/* To which MORE are added, of random steps. */
static const char *const workloads[] = {
	"a", "b", "f", "ab", "ba", "aa", "aab", "abc", "aba", "Ab", "aBc", "aAAb",
	"fa", "abcdef", "dAcB", "c+a", "f+c", "f+b+a", "+a", "+c+a", "c-c",
	"d-d+c", "f-f", "f-f-a*", "c+a*", "c-c.", "f+b+a*", "d+d", "a+a", "a-a",
	"a-a+a", "c-c+c-c", "f+a+a+b", "+a+b+c+a*", "f-fb", "a+b-b*c",
};

/* The steps of a random workload. */
static void roll(char *steps, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		char set = (char)('a' + random_below(&dice, SETS));
		switch (random_below(&dice, 12)) {
		case 0: *steps++ = (char)(set - 32); continue;
		case 1: case 2: case 3: break;
		case 4: *steps++ = '*'; continue;
		case 5: *steps++ = '.'; continue;
		case 6: case 7: case 8: *steps++ = '-'; break;
		default: *steps++ = '+'; break;
		}
		*steps++ = set;
	}
	*steps = 0;
}

static void prepare(void)
{
	static const struct random_shape shapes[] = {
		{.articles = 1, .words = 5}, {.articles = 2, .words = 12},
		{.articles = 4, .words = 30}, {.articles = 6, .words = 10,
		.duplicates = 40}, {.articles = 3, .words = 60},
		{.articles = 12, .words = 20},
	};
	for (int i = 0; i < SETS; i++) {
		ns_error err;
		random_articles(&sets[i], &dice,
		                &shapes[i % (int)ARRAY_LEN(shapes)]);
		struct disk *disk = disk_new();
		disk_mount(disk);
		if (perform((struct step){'a', i}, &err) != NS_OK ||
		    read_all(&answers[i], &err) != NS_OK)
			scratch_die("crash: cannot build: %s", err.message);
		disk_mount(NULL);
		disk_free(disk);
	}
}

/* A fault that is planted must be found, or the explorer is blind. */
static void plant(const char *what, bool folder, bool file, bool parent)
{
	planted = true;
	found = false;
	for (size_t i = 0; i < ARRAY_LEN(workloads) && !found; i++) {
		struct disk *disk = disk_new();
		disk->no_folder_sync = folder;
		disk->no_file_sync = file;
		disk->no_parent_sync = parent;
		work(workloads[i], disk);
		disk_free(disk);
	}
	if (!found)
		scratch_die("crash: %s was left out, and no state shows it",
		            what);
	planted = found = false;
	printf("crash: %s left out: found\n", what);
}

/* What goes through a file without a name: the run.  With more of them the states
 * in which some came back are too many to be looked at. */
static const struct budget spills = {.all = 128 << 20, .inverter = 1 << 20,
	.records = 1 << 20, .texts = 1 << 20, .sketches = 1 << 20,
	.docs = 1 << 20, .lists = 1 << 20,
	.long_list = 1 << 20, .load = 1, .range = 1 << 20, .worth = 1 << 20,
	.threads = 1};

/* Every second workload, beginning with `first`. */
static void work_share(size_t n_workloads, size_t first)
{
	for (size_t i = 0; i < n_workloads; i++) {
		char steps[16];
		dice = (struct random){dice.seed + i, dice.seed};
		roll(steps, 2 + i % 4);
		if (i % WORKERS != first)
			continue;
		budget_set(i / 2 == 9 ? &spills : NULL); /* "+a", "+c+a" */
		struct disk *disk = disk_new();
		work(i < ARRAY_LEN(workloads) ? workloads[i] : steps, disk);
		disk_free(disk);
	}
}

static void work_all(size_t n_workloads)
{
	pid_t workers[WORKERS];
	bool good = true;
	fflush(NULL);
	for (size_t i = 0; i < WORKERS; i++) {
		workers[i] = fork();
		if (workers[i] < 0)
			scratch_die("crash: cannot fork");
		if (workers[i])
			continue;
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		work_share(n_workloads, i);
		_exit(0);
	}
	for (size_t i = 0; i < WORKERS; i++) {
		int status;
		good &= waitpid(workers[i], &status, 0) == workers[i] &&
		        WIFEXITED(status) && WEXITSTATUS(status) == 0;
	}
	if (!good)
		scratch_die("crash: a worker failed");
}

int main(int argc, char **argv)
{
	share = argc > 1 ? max_u32((uint32_t)strtoul(argv[1], NULL, 10), 1) : 1;
	dice = random_start(argc > 2 ? strtoull(argv[2], NULL, 10) : 1);
	common = mmap(NULL, sizeof *common, PROT_READ | PROT_WRITE,
	              MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (common == MAP_FAILED)
		scratch_die("crash: no memory");
	prepare();
	size_t n_workloads = ARRAY_LEN(workloads) + MORE / share;
	work_all(n_workloads);
	uint32_t wanted = share;
	share = 1;
	plant("the sync of the folder", true, false, false);
	plant("the sync of files before their rename", false, true, false);
	plant("the sync of the folder above", false, false, true);
	printf("crash: %zu workloads, %llu boundaries, %llu crashes (1 in %u "
	       "looked at), %llu distinct states, %llu recovered, %llu of them "
	       "crashed again, %llu twice: all open (seed %llu)\n", n_workloads,
	       (unsigned long long)common->n_boundaries,
	       (unsigned long long)common->n_crashes, wanted,
	       (unsigned long long)common->n_states,
	       (unsigned long long)common->n_recovered,
	       (unsigned long long)common->n_nested,
	       (unsigned long long)common->n_twice,
	       (unsigned long long)dice.seed);
	for (int i = 0; i < SETS; i++)
		random_release(&sets[i]);
	munmap(common, sizeof *common);
	return 0;
}
