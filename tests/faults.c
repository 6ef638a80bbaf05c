/* faults.c — what is left when memory ends or the disk fails, at any moment?
 *
 *     faults             every allocation and file call fails in turn
 *     faults --leak      leaks on purpose: the harness must see it
 *
 * A first build, one over an existing index, an add, a deletion, a merge, a repair, and
 * a session of opening and asking, of the newest commit and of the one before a damaged
 * one, are run again and again; in run n the n-th call of a kind
 * fails, once, or from there on for ever.  Each time:
 *   - the call comes back with an error, or with the true result;
 *   - after an error every file of the old index is there, byte for byte, and it
 *     answers as before (NS_E_DURABILITY: as before, or as the new one); where
 *     there was none, not even its folder is left after a single failure;
 *   - after a repair that failed the commit before is as it was, and another repair
 *     brings it back;
 *   - nothing is leaked: blocks of memory, files and maps are counted here, and
 *     a sanitizer counts what our libraries allocate;
 *   - the next build works, and leaves nothing but its own files.
 */
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "budgets.h"
#include "fault_scenes.h"
#include "fault_tables.h"

/* ---- the judge ---------------------------------------------------------- */

static const struct scene *scene;
static struct scratch_files built_files; /* in an empty folder */
static uint64_t built_answers;
static char dir[SCRATCH_PATH];
static uint64_t failing; /* the number of the call that was made to fail */

static _Noreturn void bad(const char *what, const ns_error *err)
{
	scratch_die("faults: %s; %s: %s number %llu fails (%s%s) — %s: %s (%s)",
	            what, scene ? scene->name : "the setting",
	            fault_kind_names[fault.kind],
	            (unsigned long long)failing, fault_way_names[fault.way],
	            fault.sticky ? ", from there on" : "",
	            ns_status_name(err->code), err->message, err->place);
}

static void no_leak(const ns_error *err)
{
	if (fault.blocks)
		bad("memory was leaked", err);
	if (fault.files)
		bad("a file stayed open", err);
	if (fault.maps)
		bad("a map stayed", err);
}

/* What was interrupted or cut short is called again.  Calls that wait for nothing,
 * or must not be tried again (a sync), are over. */
static bool goes_on(void)
{
	return fault.way == SHORT ||
	       (fault.way == INTERRUPTED && (fault.kind == OPEN ||
	        fault.kind == READ || fault.kind == WRITE));
}

/* A failure that must be told: the result would not be what was promised.  The
 * first write of a build is the text of the lock, which is for people only; a repair
 * writes no more than that. */
static bool must_tell(void)
{
	bool lock_text = fault.kind == WRITE && fault.n == 1 &&
	                 (scene->repairs || !fault.sticky);
	return fault.failed && !goes_on() && !lock_text &&
	       (fault.kind == WRITE || fault.kind == SYNC ||
	        fault.kind == RENAME);
}

static bool may_say(int status)
{
	if (fault.kind == ALLOC)
		return status == NS_E_NOMEM;
	return status == NS_E_IO || status == NS_E_DURABILITY ||
	       (fault.kind == LOCK && status == NS_E_LOCKED);
}

/* The index in dir gives the right answers once the fault is gone. */
static uint64_t answers_of(int (*asks)(const char *, uint64_t *, ns_error *),
                           const ns_error *err)
{
	ns_error now = {0};
	uint64_t got;
	fault.n = 0;
	if (asks(dir, &got, &now) != NS_OK)
		bad("afterwards the index cannot be read",
		    now.message[0] ? &now : err);
	return got;
}

static uint64_t answers(const ns_error *err)
{
	return answers_of(scene->ask, err);
}

/* The next build works, and leaves nothing but its own files. */
static void judge_litter(const ns_error *err)
{
	struct scratch_files after;
	ns_error now = {0};
	if (scenes_build(dir, &now) != NS_OK)
		bad("the next build fails", &now);
	scratch_load(&after, dir);
	for (size_t i = 0; i < after.n; i++)
		if (strncmp(after.files[i].name, "commit-", 7) &&
		    !scratch_find(&built_files, after.files[i].name))
			bad(after.files[i].name, err); /* litter */
	if (after.n != built_files.n)
		bad("the next build leaves other files", err);
	scratch_release(&after);
	if (answers_of(scenes_ask, err) != built_answers)
		bad("the next build answers otherwise", err);
}

static void judge_status(int status, const ns_error *err)
{
	no_leak(err);
	if (status != NS_OK && !may_say(status))
		bad("this is another error than what happened", err);
	if (status != NS_OK && goes_on())
		bad("an interrupted or short call is no failure", err);
}

static void judge_first(int status, const ns_error *err)
{
	judge_status(status, err);
	if (status == NS_OK && must_tell())
		bad("the failure was not told", err);
	if (status == NS_OK && answers(err) != built_answers)
		bad("afterwards the index answers otherwise", err);
	/* who cannot be sure of the lock leaves it */
	bool locked = fault.kind != LOCK && fault.kind != STAT;
	if (status != NS_OK && status != NS_E_DURABILITY && !fault.sticky &&
	    locked && access(dir, F_OK) == 0)
		bad("the folder that was made is left", err);
	fault.n = 0;
	judge_litter(err);
}

static void judge_write(int status, const ns_error *err)
{
	struct scratch_files after;
	judge_status(status, err);
	if (status == NS_OK && must_tell())
		bad("the failure was not told", err);
	uint64_t got = answers(err);
	if (!(status != NS_OK && got == scene->old_answers) &&
	    !((status == NS_OK || status == NS_E_DURABILITY) &&
	      got == scene->new_answers))
		bad("afterwards the index answers otherwise", err);
	scratch_load(&after, dir);
	if (status != NS_OK && status != NS_E_DURABILITY &&
	    !scratch_holds(&after, &scene->old_files))
		bad("a file of the old index has changed", err);
	scratch_release(&after);
	judge_litter(err);
}

static void judge_asking(int status, uint64_t got, const ns_error *err)
{
	judge_status(status, err);
	if ((status == NS_OK && got != scene->old_answers) ||
	    answers(err) != scene->old_answers)
		bad("the answers are others", err);
}

/* Nothing but the name of the damaged manifest may be another. */
static void judge_files(const ns_error *err)
{
	struct scratch_files after;
	scratch_load(&after, dir);
	for (size_t i = 0; i < scene->old_files.n; i++) {
		const struct scratch_file *old = &scene->old_files.files[i];
		const struct scratch_files one = {.files = {*old}, .n = 1};
		if (!scratch_holds(&after, &one) &&
		    strcmp(old->name, SCENES_DAMAGED))
			bad("a file of the index has changed", err);
	}
	if (after.n != scene->old_files.n)
		bad("there are other files", err);
	scratch_release(&after);
}

static void judge_repair(int status, const ns_error *err)
{
	ns_error now = {0};
	judge_status(status, err);
	if (status == NS_OK && must_tell())
		bad("the failure was not told", err);
	fault.n = 0;
	judge_files(err);
	if (answers(err) != scene->old_answers)
		bad("the commit before answers otherwise", err);
	if (status != NS_OK && scene->act(dir, &now) != NS_OK)
		bad("another repair fails", &now);
	if (answers_of(scenes_ask, err) != scene->new_answers)
		bad("the repaired index answers otherwise", err);
	judge_files(err);
}

/* Runs the scene with call n failing for n = 1, 2, … until none fails. */
static void run(enum fault_kind kind, enum fault_way way, bool sticky)
{
	uint64_t told = 0, n;
	fault.kind = kind;
	fault.way = way;
	fault.sticky = sticky;
	for (n = 1;; n++) {
		ns_error err = {0};
		uint64_t got = 0;
		if (scene->prepare)
			scratch_store(&scene->old_files, dir);
		else
			scratch_remove(dir);
		fault_set(failing = n);
		int status = scene->act ? scene->act(dir, &err)
		                        : scene->ask(dir, &got, &err);
		if (!fault.failed)
			break;
		told += status != NS_OK;
		if (!scene->prepare)
			judge_first(status, &err);
		else if (scene->repairs)
			judge_repair(status, &err);
		else if (scene->act)
			judge_write(status, &err);
		else
			judge_asking(status, got, &err);
	}
	printf("%-19s %-23s %-7s %-7s %5llu calls, %5llu told\n", scene->name,
	       fault_kind_names[kind], fault_way_names[way],
	       sticky ? "sticky" : "once", (unsigned long long)n - 1,
	       (unsigned long long)told);
	fflush(stdout);
	if (scene->act && n == 1 && (kind == WRITE || kind == SYNC ||
	                             kind == RENAME || kind == ALLOC))
		scratch_die("faults: %s has no %s: nothing was tested",
		            scene->name, fault_kind_names[kind]);
	if (n > 1 && !told && kind == ALLOC)
		scratch_die("faults: no failing allocation was told");
}

static void run_kinds(void)
{
	for (int kind = 0; kind < KINDS; kind++)
		for (int way = 0; way < WAYS; way++) {
			bool io = kind == READ || kind == WRITE;
			if ((way == SHORT && !io) || (kind == ALLOC && way))
				continue;
			run((enum fault_kind)kind, (enum fault_way)way, false);
			/* what is interrupted for ever is tried for ever */
			if (way != INTERRUPTED)
				run((enum fault_kind)kind, (enum fault_way)way,
				    true);
		}
}

/* With `little` memory: those that write most. */
static void run_scenes(bool little)
{
	for (size_t i = 0; i < ARRAY_LEN(scenes); i++) {
		scene = &scenes[i];
		if (!little || scene->large)
			run_kinds();
	}
}

/* What the scene starts from and what it comes to, without faults. */
static void prepare(struct scene *at)
{
	const struct scratch_files empty = {.n = 0};
	ns_error err = {0};
	if (!at->prepare)
		return;
	scratch_store(&empty, dir);
	if (at->prepare(dir, &err) != NS_OK ||
	    at->ask(dir, &at->old_answers, &err) != NS_OK)
		bad("the index cannot be built", &err);
	scratch_load(&at->old_files, dir);
	if (!at->act)
		return;
	if (at->act(dir, &err) != NS_OK ||
	    scenes_ask(dir, &at->new_answers, &err) != NS_OK)
		bad("the scene fails by itself", &err);
	if (at->repairs && at->new_answers != scenes_before_damage)
		bad("it does not answer as before the damage", &err);
	if (at->old_answers == at->new_answers)
		bad("before and after it answers alike", &err);
}

static void setting(void)
{
	const struct scratch_files empty = {.n = 0};
	ns_error err = {0};
	mem_set_table(NULL); /* the articles are not part of the count */
	scenes_start();
	mem_set_table(&fault_mem);
	scratch_new(dir);
	fault_set(0);
	scratch_store(&empty, dir);
	if (scenes_build(dir, &err) != NS_OK ||
	    scenes_ask(dir, &built_answers, &err) != NS_OK)
		bad("the new index cannot be built", &err);
	scratch_load(&built_files, dir);
	for (size_t i = 0; i < ARRAY_LEN(scenes); i++)
		prepare(&scenes[i]);
	no_leak(&err);
}

static volatile uintptr_t hidden;

static int leak(void)
{
	mem_set_table(NULL);
	void *block = mem_alloc(100);
	hidden = ~(uintptr_t)block;
	block = NULL;
	return 0;
}

/* A child that leaks must fail where the build has a leak detector; our own
 * count must see it in every build. */
static void leaks_are_seen(const char *program)
{
	void *block = mem_alloc(10);
	if (fault.blocks != 1)
		scratch_die("faults: a leaked block was not counted");
	mem_free(block);
#ifdef HAVE_ASAN
	pid_t child = fork();
	if (!child) {
		if (!freopen("/dev/null", "w", stderr))
			_exit(0);
		execl("/proc/self/exe", program, "--leak", (char *)NULL);
		_exit(0);
	}
	int status = 0;
	if (child < 0 || waitpid(child, &status, 0) < 0)
		scratch_die("faults: no child process");
	if (!WIFEXITED(status) || !WEXITSTATUS(status))
		scratch_die("faults: a seeded leak was not seen");
	puts("a seeded leak is seen");
#else
	(void)program;
#endif
}

int main(int argc, char **argv)
{
	if (argc > 1 && !strcmp(argv[1], "--leak"))
		return leak();
	io_set_table(&fault_io);
	mem_set_table(&fault_mem);
	leaks_are_seen(argv[0]);
	setting();
	run_scenes(false);
	puts("the same, where nothing waits in memory but all in files:");
	budgets_least();
	run_scenes(true);
	io_set_table(NULL);
	mem_set_table(NULL);
	scenes_end();
	scratch_release(&built_files);
	scratch_remove(dir);
	return 0;
}
