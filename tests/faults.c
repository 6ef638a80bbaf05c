/* faults.c — what is left when memory ends or the disk fails, at any moment?
 *
 *     faults             every allocation and file call fails in turn
 *     faults --leak      leaks on purpose: the harness must see it
 *
 * A build over an existing index, and a session of opening and asking, are run
 * again and again; in run n the n-th call of a kind fails, once, or from there
 * on for ever.  Each time:
 *   - the call comes back with an error, or with the true result;
 *   - after an error every file of the old index is there, byte for byte, and it
 *     answers as before (NS_E_DURABILITY: as before, or as the new one);
 *   - nothing is leaked: blocks of memory, files and maps are counted here, and
 *     a sanitizer counts what our libraries allocate;
 *   - the next build works, and leaves nothing but its own files.
 */
#include <errno.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/io.h"
#include "random_articles.h"
#include "scratch.h"

enum kind { OPEN, CLOSE, READ, WRITE, SYNC, SPACE, STAT, MKDIR, RENAME, UNLINK,
            LOCK, MAP, LIST, ALLOC, KINDS };
static const char *const kind_names[KINDS] = {"open", "close", "read", "write",
	"fsync", "ftruncate or fallocate", "stat", "mkdir", "rename or link",
	"unlink", "lock", "map", "list", "allocation"};

/* How a call fails.  SHORT: it does a part of the work, which is no failure. */
enum way { ERROR_IO, ERROR_FULL, INTERRUPTED, SHORT, WAYS };
static const char *const way_names[WAYS] = {"EIO", "ENOSPC", "EINTR", "short"};

static struct {
	enum kind kind;
	enum way way;
	uint64_t n; /* which call of the kind; 0: none */
	bool sticky;
	uint64_t calls, failed;
	int64_t blocks, files, maps; /* alive */
} fault;

/* The n-th call of the chosen kind has come. */
static bool fails(enum kind kind)
{
	if (kind != fault.kind)
		return false;
	fault.calls++;
	if (!fault.n || fault.calls < fault.n ||
	    (fault.calls > fault.n && !fault.sticky))
		return false;
	fault.failed++;
	errno = fault.way == ERROR_FULL ? ENOSPC :
		fault.way == INTERRUPTED ? EINTR : EIO;
	return true;
}

/* ---- the tables -------------------------------------------------------- */

static int f_open(int dir, const char *path, int flags, mode_t mode)
{
	if (fails(OPEN))
		return -1;
	int file = io_system.open(dir, path, flags, mode);
	fault.files += file >= 0;
	return file;
}

static int f_close(int file)
{
	bool fail = fails(CLOSE);
	int error = errno, status = io_system.close(file);
	fault.files -= status == 0;
	errno = fail ? error : errno;
	return fail ? -1 : status; /* as Linux does it: closed all the same */
}

static ssize_t f_read(int file, void *data, size_t n)
{
	if (!fails(READ))
		return io_system.read(file, data, n);
	return fault.way == SHORT ? io_system.read(file, data, (n + 1) / 2) : -1;
}

static ssize_t f_pread(int file, void *data, size_t n, off_t offset)
{
	if (!fails(READ))
		return io_system.pread(file, data, n, offset);
	return fault.way != SHORT ? -1 :
		io_system.pread(file, data, (n + 1) / 2, offset);
}

static ssize_t f_write(int file, const void *data, size_t n)
{
	if (!fails(WRITE))
		return io_system.write(file, data, n);
	if (fault.way == ERROR_FULL && n > 1 && !fault.sticky)
		return io_system.write(file, data, n / 2) < 0 ? -1 :
			(errno = ENOSPC, -1); /* half of it reached the disk */
	return fault.way == SHORT ? io_system.write(file, data, (n + 1) / 2) : -1;
}

static int f_fsync(int file)
{
	return fails(SYNC) ? -1 : io_system.fsync(file);
}

static int f_ftruncate(int file, off_t size)
{
	return fails(SPACE) ? -1 : io_system.ftruncate(file, size);
}

static int f_fallocate(int file, int mode, off_t offset, off_t size)
{
	return fails(SPACE) ? -1 : io_system.fallocate(file, mode, offset, size);
}

static int f_fstat(int file, struct stat *out)
{
	return fails(STAT) ? -1 : io_system.fstat(file, out);
}

static int f_stat(int dir, const char *path, struct stat *out, int flags)
{
	return fails(STAT) ? -1 : io_system.stat(dir, path, out, flags);
}

static int f_mkdir(int dir, const char *path, mode_t mode)
{
	return fails(MKDIR) ? -1 : io_system.mkdir(dir, path, mode);
}

static int f_link(int dir, const char *from, const char *to)
{
	return fails(RENAME) ? -1 : io_system.link(dir, from, to);
}

static int f_rename(int dir, const char *from, const char *to, bool noreplace)
{
	return fails(RENAME) ? -1 : io_system.rename(dir, from, to, noreplace);
}

static int f_unlink(int dir, const char *path)
{
	return fails(UNLINK) ? -1 : io_system.unlink(dir, path);
}

static int f_lock(int file, struct flock *lock)
{
	return fails(LOCK) ? -1 : io_system.lock(file, lock);
}

static void *f_map(int file, size_t size)
{
	void *map = fails(MAP) ? NULL : io_system.map(file, size);
	fault.maps += map && map != MAP_FAILED;
	return map;
}

static int f_unmap(void *address, size_t size)
{
	int status = io_system.unmap(address, size);
	fault.maps -= status == 0;
	return status;
}

static int f_list(int dir, struct dirent ***out)
{
	return fails(LIST) ? -1 : io_system.list(dir, out);
}

static const struct io_table io_faulty = {
	.open = f_open, .close = f_close, .read = f_read, .pread = f_pread,
	.write = f_write, .fsync = f_fsync, .ftruncate = f_ftruncate,
	.fallocate = f_fallocate, .fstat = f_fstat, .stat = f_stat,
	.mkdir = f_mkdir, .link = f_link, .rename = f_rename,
	.unlink = f_unlink, .lock = f_lock, .map = f_map, .unmap = f_unmap,
	.list = f_list};

static void *f_alloc(void *context, size_t size)
{
	(void)context;
	void *block = fails(ALLOC) ? NULL : malloc(size);
	fault.blocks += block != NULL;
	return block;
}

static void *f_resize(void *context, void *block, size_t size)
{
	(void)context;
	void *moved = fails(ALLOC) ? NULL : realloc(block, size);
	fault.blocks += moved && !block;
	return moved;
}

static void f_release(void *context, void *block)
{
	(void)context;
	fault.blocks -= block != NULL;
	free(block);
}

static const ns_allocator mem_faulty = {
	.alloc = f_alloc, .resize = f_resize, .release = f_release};

/* ---- the scenes --------------------------------------------------------- */

static struct random_set old_set, new_set;

static int build(const char *dir, const struct random_set *set, ns_error *err)
{
	ns_builder *builder;
	int status = ns_builder_open(&builder, dir, NULL, err);
	for (size_t i = 0; i < set->n && status == NS_OK; i++)
		status = ns_builder_add(builder, &set->articles[i], err);
	if (status == NS_OK)
		status = ns_builder_commit(builder, NULL, err);
	ns_builder_free(builder);
	return status;
}

static bool add_up(void *context, const char *text, size_t size)
{
	uint64_t *sum = context;
	for (size_t i = 0; i < size; i++)
		*sum = (*sum ^ (uint8_t)text[i]) * 0x100000001b3;
	return true;
}

static const char *const queries[] = {
	"the president", "\"of the\" +rain", "title:attack OR section:World",
	"=attacks -war", "-rain", "de-escalation (weapons AND NOT talks)"};

/* Opens and asks; *out becomes a number that stands for all answers. */
static int ask(const char *dir, uint64_t *out, ns_error *err)
{
	ns_index *index;
	uint64_t sum = 1, n;
	TRY(ns_index_count(dir, &n, err));
	add_up(&sum, (const char *)&n, sizeof n);
	int status = ns_index_open(&index, dir, 0, err);
	for (size_t i = 0; i < ARRAY_LEN(queries) && status == NS_OK; i++) {
		const ns_search_options options = {.limit = 5, .count = true,
		                                   .explain = true};
		ns_results *results;
		status = ns_search(&results, index, ns_text_of(queries[i]),
		                   &options, err);
		if (status != NS_OK)
			break;
		for (size_t k = 0; k < ns_results_size(results); k++) {
			const ns_hit *hit = ns_results_hit(results, k);
			add_up(&sum, hit->source.data, hit->source.size);
			add_up(&sum, hit->snippet.data, hit->snippet.size);
			add_up(&sum, (const char *)&hit->score, 8);
			add_up(&sum, hit->explanation.data,
			       hit->explanation.size);
		}
		ns_results_free(results);
	}
	if (status == NS_OK)
		status = ns_index_dump_all(index, add_up, &sum, err);
	/* these name the generation, which is not the same after each build */
	uint64_t report = 1;
	if (status == NS_OK)
		status = ns_index_stat(index, add_up, &report, err);
	ns_index_free(index);
	if (status == NS_OK)
		status = ns_index_check(dir, add_up, &report, err);
	*out = sum;
	return status;
}

/* ---- the judge ---------------------------------------------------------- */

static struct scratch_files old_files, new_files;
static uint64_t old_answers, new_answers;
static const char *scene;
static char dir[SCRATCH_PATH];

static _Noreturn void bad(const char *what, const ns_error *err)
{
	scratch_die("faults: %s; %s: %s number %llu fails (%s%s) — %s: %s (%s)",
	            what, scene, kind_names[fault.kind],
	            (unsigned long long)fault.n, way_names[fault.way],
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

/* A failure that must be told: the result would not be what was promised.  The
 * first write of a build is the text of the lock, which is for people only. */
static bool must_tell(void)
{
	bool lock_text = fault.kind == WRITE && fault.n == 1 && !fault.sticky;
	return fault.failed && fault.way < INTERRUPTED && !lock_text &&
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
static void answers_are(bool may_be_old, bool may_be_new, const ns_error *err)
{
	ns_error now = {0};
	uint64_t got;
	fault.n = 0;
	if (ask(dir, &got, &now) != NS_OK)
		bad("afterwards the index cannot be read", &now);
	if (!(may_be_old && got == old_answers) &&
	    !(may_be_new && got == new_answers))
		bad("afterwards the index answers otherwise", err);
}

static void judge_build(int status, const ns_error *err)
{
	struct scratch_files after;
	const uint64_t n = fault.n;
	no_leak(err);
	if (status != NS_OK && !may_say(status))
		bad("this is another error than what happened", err);
	if (status != NS_OK && fault.way > ERROR_FULL)
		bad("an interrupted or short call is no failure", err);
	if (status == NS_OK && must_tell())
		bad("the failure was not told", err);
	answers_are(status != NS_OK, status == NS_OK ||
	            status == NS_E_DURABILITY, err);
	scratch_load(&after, dir);
	if (status != NS_OK && status != NS_E_DURABILITY &&
	    !scratch_holds(&after, &old_files))
		bad("a file of the old index has changed", err);
	scratch_release(&after);

	ns_error now = {0};
	if (build(dir, &new_set, &now) != NS_OK)
		bad("the next build fails", &now);
	scratch_load(&after, dir);
	for (size_t i = 0; i < after.n; i++)
		if (strncmp(after.files[i].name, "commit-", 7) &&
		    !scratch_find(&new_files, after.files[i].name))
			bad(after.files[i].name, err); /* litter */
	if (after.n != new_files.n)
		bad("the next build leaves other files", err);
	scratch_release(&after);
	answers_are(false, true, err);
	fault.n = n;
}

static void fault_set(uint64_t n)
{
	fault.n = n;
	fault.calls = fault.failed = 0;
}

/* Runs the scene with call n failing for n = 1, 2, … until none fails. */
static void run(bool building, enum kind kind, enum way way, bool sticky)
{
	uint64_t told = 0, n;
	fault.kind = kind;
	fault.way = way;
	fault.sticky = sticky;
	scene = building ? "a build" : "opening and asking";
	for (n = 1;; n++) {
		ns_error err = {0};
		uint64_t got = 0;
		scratch_store(&old_files, dir);
		fault_set(n);
		int status = building ? build(dir, &new_set, &err) :
			ask(dir, &got, &err);
		if (!fault.failed)
			break;
		told += status != NS_OK;
		if (building) {
			judge_build(status, &err);
			continue;
		}
		no_leak(&err);
		if (status != NS_OK && !may_say(status))
			bad("this is another error than what happened", &err);
		if (status != NS_OK && way > ERROR_FULL)
			bad("an interrupted or short call is no failure", &err);
		if (status == NS_OK && got != old_answers)
			bad("the answers are others", &err);
		answers_are(true, false, &err);
	}
	printf("%-19s %-23s %-7s %-7s %5llu calls, %5llu told\n", scene,
	       kind_names[kind], way_names[way], sticky ? "sticky" : "once",
	       (unsigned long long)n - 1, (unsigned long long)told);
	fflush(stdout);
	if (building && n == 1 && (kind == WRITE || kind == SYNC ||
	                           kind == RENAME || kind == ALLOC))
		scratch_die("faults: a build has no %s: nothing was tested",
		            kind_names[kind]);
	if (n > 1 && !told && kind == ALLOC)
		scratch_die("faults: no failing allocation was told");
}

static void run_all(void)
{
	for (int building = 0; building < 2; building++)
		for (int kind = 0; kind < KINDS; kind++)
			for (int way = 0; way < WAYS; way++) {
				bool io = kind == READ || kind == WRITE;
				if ((way == SHORT && !io) ||
				    (way == INTERRUPTED && !io && kind != OPEN) ||
				    (kind == ALLOC && way))
					continue;
				run(building, (enum kind)kind, (enum way)way,
				    false);
				if (way < INTERRUPTED)
					run(building, (enum kind)kind,
					    (enum way)way, true);
			}
}

static void setting(void)
{
	struct random random = {7, 7};
	ns_error err = {0};
	mem_set_table(NULL); /* the articles are not part of the count */
	random_articles(&old_set, &random,
	                &(struct random_shape){.articles = 7, .words = 40});
	random_articles(&new_set, &random,
	                &(struct random_shape){.articles = 9, .words = 40,
	                                       .duplicates = 20});
	mem_set_table(&mem_faulty);
	scratch_new(dir);
	fault_set(0);
	if (build(dir, &old_set, &err) != NS_OK ||
	    ask(dir, &old_answers, &err) != NS_OK)
		bad("the old index cannot be built", &err);
	scratch_load(&old_files, dir);
	if (build(dir, &new_set, &err) != NS_OK ||
	    ask(dir, &new_answers, &err) != NS_OK)
		bad("the new index cannot be built", &err);
	scratch_load(&new_files, dir);
	if (old_answers == new_answers)
		bad("both indexes answer alike", &err);
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
	io_set_table(&io_faulty);
	mem_set_table(&mem_faulty);
	leaks_are_seen(argv[0]);
	setting();
	run_all();
	io_set_table(NULL);
	mem_set_table(NULL);
	scratch_release(&old_files);
	scratch_release(&new_files);
	random_release(&old_set);
	random_release(&new_set);
	scratch_remove(dir);
	return 0;
}
