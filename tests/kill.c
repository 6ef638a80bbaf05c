/* kill.c — does a killed writer lose or mix anything, or keep the lock?
 *
 *     kill [KILLS [CYCLES]]       200 and 1,000
 *
 * A process builds one of two collections after the other; it is killed (SIGKILL)
 * after a random time, while four others read.  Each answer must be that of one
 * collection, whole.  In the end `check` finds no fault, and a build leaves nothing
 * but its own files.  Then CYCLES times: a process takes the lock and is killed;
 * the next one must get it.
 */
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "index/lock.h"
#include "tests/random_articles.h"
#include "tests/scratch.h"

enum { SETS = 2, READERS = 4 };

static struct random_set sets[SETS];
static uint64_t answers[SETS];
static char dir[SCRATCH_PATH];

static bool add_up(void *context, const char *text, size_t size)
{
	uint64_t *sum = context;
	for (size_t i = 0; i < size; i++)
		*sum = (*sum ^ (uint8_t)text[i]) * 0x100000001b3;
	return true;
}

static int build(const struct random_set *set, ns_error *err)
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

static int read_all(uint64_t *out, ns_error *err)
{
	ns_index *index;
	*out = 1;
	int status = ns_index_open(&index, dir, 0, err);
	if (status == NS_OK)
		status = ns_index_dump_all(index, add_up, out, err);
	ns_index_free(index);
	return status;
}

static void read_once(void)
{
	uint64_t got;
	ns_error err;
	if (read_all(&got, &err) != NS_OK)
		scratch_die("kill: a reader fails: %s (%s)", err.message,
		            err.place);
	if (got != answers[0] && got != answers[1])
		scratch_die("kill: what is read was never committed");
}

static pid_t start(void (*work)(void))
{
	fflush(NULL);
	pid_t child = fork();
	if (child < 0)
		scratch_die("kill: cannot fork");
	if (!child) {
		work();
		_exit(0);
	}
	return child;
}

static void write_for_ever(void)
{
	for (unsigned i = 0;; i++) {
		ns_error err;
		if (build(&sets[i % SETS], &err) != NS_OK)
			scratch_die("kill: a build fails: %s (%s)", err.message,
			            err.place);
	}
}

static void read_for_ever(void)
{
	for (;;)
		read_once();
}

static void take_lock(void)
{
	int folder = open(dir, O_RDONLY | O_DIRECTORY), lock;
	ns_error err;
	if (lock_take(&lock, folder, dir, &err) != NS_OK)
		scratch_die("kill: the lock of a dead writer holds: %s",
		            err.message);
	kill(getpid(), SIGKILL);
}

static void must_be_alive(const pid_t *readers)
{
	for (int i = 0; i < READERS; i++)
		if (waitpid(readers[i], NULL, WNOHANG) != 0)
			scratch_die("kill: a reader has ended");
}

static void kill_writers(struct random *random, unsigned kills)
{
	pid_t readers[READERS];
	for (int i = 0; i < READERS; i++)
		readers[i] = start(read_for_ever);
	for (unsigned i = 0; i < kills; i++) {
		int status;
		pid_t writer = start(write_for_ever);
		usleep(500 + random_below(random, 40000));
		kill(writer, SIGKILL);
		waitpid(writer, &status, 0);
		if (!WIFSIGNALED(status))
			scratch_die("kill: the writer ended by itself");
		must_be_alive(readers);
		read_once();
	}
	for (int i = 0; i < READERS; i++) {
		kill(readers[i], SIGKILL);
		waitpid(readers[i], NULL, 0);
	}
}

static void in_the_end(void)
{
	struct scratch_files files;
	uint64_t ignored = 0;
	ns_error err;
	if (ns_index_check(dir, add_up, &ignored, &err) != NS_OK)
		scratch_die("kill: check finds damage: %s", err.message);
	if (build(&sets[0], &err) != NS_OK)
		scratch_die("kill: the last build fails: %s", err.message);
	scratch_load(&files, dir);
	if (files.n != 3)
		scratch_die("kill: %zu files are left, not 3", files.n);
	scratch_release(&files);
}

int main(int argc, char **argv)
{
	unsigned kills = argc > 1 ? (unsigned)atoi(argv[1]) : 200;
	unsigned cycles = argc > 2 ? (unsigned)atoi(argv[2]) : 1000;
	struct random random = random_start(5);
	scratch_new(dir);
	for (int i = 0; i < SETS; i++) {
		ns_error err;
		random_articles(&sets[i], &random, &(struct random_shape){
			.articles = 30, .words = 80});
		if (build(&sets[i], &err) != NS_OK ||
		    read_all(&answers[i], &err) != NS_OK)
			scratch_die("kill: cannot build: %s", err.message);
	}
	kill_writers(&random, kills);
	for (unsigned i = 0; i < cycles; i++)
		waitpid(start(take_lock), NULL, 0);
	in_the_end();
	for (int i = 0; i < SETS; i++)
		random_release(&sets[i]);
	scratch_remove(dir);
	printf("kill: %u writers killed beside %d readers, nothing lost or mixed; "
	       "%u locks taken from the dead (seed %llu)\n", kills, READERS,
	       cycles, (unsigned long long)random.seed);
	return 0;
}
