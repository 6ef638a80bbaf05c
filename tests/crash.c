/* crash.c — does every crash leave the last commit, or a later complete one?
 *
 *     crash [SHARE [SEED]]        SHARE: one crash in so many is looked at (1)
 *                                 and one random workload in so many is run
 *
 * Builds run on a disk in memory (crash_disk.h).  After each call that changes
 * something, every state that a crash could leave at that moment is made: for at
 * most 12 pending effects every selection of them, else none, all, each one lost,
 * each one kept, each prefix and 1,000 random ones; each with the last write torn
 * in four ways, with and without a new folder.  Each distinct state must
 *
 *   - open at the acknowledged commit or the one being made, whole: check finds
 *     no fault, and all lists and articles are those of that commit;
 *   - take a new build, which leaves nothing but its own files; and crashes of
 *     that build are looked at in the same way, and those of the build after it.
 *
 * Then the same with planted faults: a sync of the folder, of files, or of the
 * folder above left out.  Each must be found.
 */
#include "index/manifest.h"
#include "tests/crash_disk.h"
#include "tests/random_articles.h"
#include "tests/scratch.h"

enum { SETS = 16, MORE = 60, SMALL = 12, RANDOM = 1000, STATES_MAX = 1 << 22 };
/* one recovery in so many is crashed again, by how deep it lies */
static const uint32_t nest[] = {1, 24, 0};

static struct random_set sets[SETS];
static uint64_t answers[SETS];     /* of an index of each set */

static uint64_t *seen;             /* states: an open-addressing table */
static uint64_t n_states, n_crashes, n_boundaries, n_recovered, n_nested;
static uint32_t share = 1;
static struct random dice;
static bool planted;               /* faults are wanted */
static bool found;                 /* and one was found */

/* What a crash of the running build may leave. */
struct expected {
	int acknowledged, coming;  /* sets, or -1: none */
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
	            expected->depth, (unsigned long long)n_boundaries, what,
	            err->message, err->place);
}

static int build(const struct random_set *set, ns_error *err)
{
	ns_builder *builder;
	int status = ns_builder_open(&builder, "idx", NULL, err);
	for (size_t i = 0; i < set->n && status == NS_OK; i++)
		status = ns_builder_add(builder, &set->articles[i], err);
	if (status == NS_OK)
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

static bool is_new(uint64_t state)
{
	state += !state;
	for (uint64_t at = state % STATES_MAX;; at = (at + 1) % STATES_MAX) {
		if (seen[at] == state)
			return false;
		if (seen[at])
			continue;
		if (++n_states > STATES_MAX / 2)
			scratch_die("crash: more states than room for them");
		seen[at] = state;
		return true;
	}
}

static void look_at_litter(const struct disk *disk,
                           const struct expected *expected)
{
	unsigned segments = 0, manifests = 0;
	ns_error none = {.message = ""};
	for (unsigned i = 0; i < disk->now.n; i++) {
		const char *name = disk->now.names[i].name;
		segments += !strncmp(name, "seg-", 4);
		manifests += manifest_parse_name(name) > 0;
		if (!strncmp(name, "tmp-", 4))
			bad(expected, "the next build leaves tmp files", &none);
	}
	if (segments != 1 || manifests != 1)
		bad(expected, "the next build leaves old files", &none);
}

static void explore(struct disk *disk, void *context);

/* A new build on what the crash left, itself looked at or not. */
static void recover(struct disk *disk, const struct expected *left,
                    int present, bool nested)
{
	ns_error err = {0};
	struct expected inner = {present, (int)random_below(&dice, SETS),
	                         left->depth + 1, left->workload};
	uint64_t got;
	disk->changed = nested ? explore : NULL;
	disk->context = &inner;
	n_recovered++;
	n_nested += nested;
	int status = build(&sets[inner.coming], &err);
	disk->changed = NULL;
	if (status != NS_OK) {
		bad(left, "the next build fails", &err);
		return;
	}
	if (read_all(&got, &err) != NS_OK || got != answers[inner.coming])
		bad(left, "the next build is not what was built", &err);
	look_at_litter(disk, left);
}

/* Which set the index holds; -1: there is none.  Anything else is a fault. */
static bool read_state(const struct expected *expected, int *present)
{
	ns_error err = {0};
	uint64_t got;
	int status = read_all(&got, &err);
	*present = -1;
	if (status == NS_E_MISSING && expected->acknowledged < 0)
		return true;
	if (status != NS_OK) {
		bad(expected, "the index does not open", &err);
		return false;
	}
	if (expected->acknowledged >= 0 &&
	    got == answers[expected->acknowledged])
		*present = expected->acknowledged;
	else if (got == answers[expected->coming])
		*present = expected->coming;
	if (*present < 0) {
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
	n_crashes++;
	if (share > 1 && random_below(&dice, share))
		return;
	struct disk *after = disk_crash(disk, kept, keep_folder, tear);
	uint64_t state = disk_state(after) + (uint64_t)expected->acknowledged *
	                 0x9E3779B97F4A7C15u + (uint64_t)expected->coming;
	if (planted || is_new(state)) {
		int present;
		disk_mount(after);
		uint32_t one_in = nest[expected->depth];
		if (read_state(expected, &present) && !planted)
			recover(after, expected, present, one_in &&
			        !random_below(&dice, one_in));
	}
	disk_free(after);
}

/* ---- all states of a moment ------------------------------------------------ */

static void try_kept(const struct disk *disk, const struct expected *expected,
                     const bool *kept)
{
	for (int tear = 0; tear < TEARS; tear++)
		try_crash(disk, expected, kept, true, (enum disk_tear)tear);
	if (disk->there && !disk->there_durably)
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
	n_boundaries++;
	if (n <= SMALL)
		try_every(disk, expected, n);
	else
		try_many(disk, expected, n);
	disk_mount(disk);
}

/* ---- workloads ------------------------------------------------------------- */

/* Builds one set after the other; letters: 'a' is set 0.  A capital is a build
 * that is given up before its commit. */
static void work(const char *steps, struct disk *disk)
{
	struct expected expected = {-1, -1, 0, steps};
	disk->changed = explore;
	disk->context = &expected;
	disk_mount(disk);
	for (const char *step = steps; *step && !found; step++) {
		ns_error err = {0};
		bool abandoned = *step < 'a';
		expected.coming = (*step | 32) - 'a';
		if (abandoned) {
			ns_builder *builder;
			if (ns_builder_open(&builder, "idx", NULL, &err) != NS_OK)
				bad(&expected, "a build does not open", &err);
			ns_builder_free(builder);
		} else {
			if (build(&sets[expected.coming], &err) != NS_OK)
				bad(&expected, "a build fails", &err);
			expected.acknowledged = expected.coming;
		}
		explore(disk, &expected);
	}
	disk_mount(NULL);
}

/* To which MORE are added, of random steps. */
static const char *const workloads[] = {
	"a", "b", "f", "ab", "ba", "aa", "aab", "abc", "abcd", "cba", "aba",
	"abab", "Ab", "aBc", "aAa", "aAAb", "AAa", "fa", "af", "ff", "abcdef",
	"eeee", "dAcB", "cCc",
};

static void prepare(void)
{
	static const struct random_shape shapes[] = {
		{.articles = 1, .words = 5}, {.articles = 2, .words = 12},
		{.articles = 4, .words = 30}, {.articles = 6, .words = 20,
		.duplicates = 40}, {.articles = 3, .words = 300},
		{.articles = 40, .words = 60},
	};
	seen = calloc(STATES_MAX, sizeof *seen);
	for (int i = 0; i < SETS; i++) {
		ns_error err;
		random_articles(&sets[i], &dice,
		                &shapes[i % (int)ARRAY_LEN(shapes)]);
		struct disk *disk = disk_new();
		disk_mount(disk);
		if (build(&sets[i], &err) != NS_OK ||
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

int main(int argc, char **argv)
{
	share = argc > 1 ? max_u32((uint32_t)strtoul(argv[1], NULL, 10), 1) : 1;
	dice = random_start(argc > 2 ? strtoull(argv[2], NULL, 10) : 1);
	prepare();
	size_t n_workloads = ARRAY_LEN(workloads) + MORE / share;
	for (size_t i = 0; i < n_workloads; i++) {
		struct disk *disk = disk_new();
		char steps[8] = "";
		for (size_t k = 0; k < 2 + i % 4; k++)
			steps[k] = (char)((random_below(&dice, 6) ? 'a' : 'A') +
			                  (int)random_below(&dice, SETS));
		work(i < ARRAY_LEN(workloads) ? workloads[i] : steps, disk);
		disk_free(disk);
	}
	uint32_t wanted = share;
	share = 1;
	plant("the sync of the folder", true, false, false);
	plant("the sync of files before their rename", false, true, false);
	plant("the sync of the folder above", false, false, true);
	printf("crash: %zu workloads, %llu boundaries, %llu crashes (1 in %u "
	       "looked at), %llu distinct states, %llu recovered, %llu of them "
	       "crashed again: all open (seed %llu)\n", n_workloads,
	       (unsigned long long)n_boundaries, (unsigned long long)n_crashes,
	       wanted, (unsigned long long)n_states,
	       (unsigned long long)n_recovered, (unsigned long long)n_nested,
	       (unsigned long long)dice.seed);
	for (int i = 0; i < SETS; i++)
		random_release(&sets[i]);
	free(seen);
	return 0;
}
