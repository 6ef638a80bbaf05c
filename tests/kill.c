/* kill.c — does a killed writer lose or mix anything, or keep the lock?
 *
 *     kill [KILLS [CYCLES]]       200 and 1,000
 *
 * A process commits one step of a window (window.h) after the other; it is killed
 * (SIGKILL) after a random time, while four others read.  What was acknowledged
 * must be there after each kill, and nothing but the step that was under way
 * besides; readers see one commit each, and never an older one than before.  In
 * the end `check` finds no fault and no litter after one more step.  Then CYCLES
 * times: a process takes the lock and is killed; the next one must get it.
 */
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "index/lock.h"
#include "tests/random.h"
#include "tests/scratch.h"
#include "tests/window.h"

enum { READERS = 4 };

static char dir[SCRATCH_PATH];
static unsigned *acknowledged; /* shared: the last step whose commit returned */

static pid_t start(void (*work)(void))
{
	fflush(NULL);
	pid_t child = fork();
	if (child < 0)
		scratch_die("kill: cannot fork");
	if (!child) {
		prctl(PR_SET_PDEATHSIG, SIGKILL); /* none outlives the test */
		work();
		_exit(0);
	}
	return child;
}

static void write_for_ever(void)
{
	for (unsigned k = window_read_dir(dir) + 1;; k++) {
		ns_error err;
		if (window_step(dir, k, &err) != NS_OK)
			scratch_die("kill: step %u fails: %s (%s)", k,
			            err.message, err.place);
		__atomic_store_n(acknowledged, k, __ATOMIC_SEQ_CST);
	}
}

static void read_for_ever(void)
{
	for (unsigned seen = 0;;) {
		unsigned k, sure = __atomic_load_n(acknowledged,
		                                   __ATOMIC_SEQ_CST);
		k = window_read_dir(dir);
		if (k < seen || k < sure)
			scratch_die("kill: step %u after %u was seen and %u "
			            "acknowledged", k, seen, sure);
		seen = k;
	}
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
		unsigned k = window_read_dir(dir);
		if (k != *acknowledged && k != *acknowledged + 1)
			scratch_die("kill: step %u is there, %u was acknowledged",
			            k, *acknowledged);
		/* seen is as good as acknowledged: the next one goes on there */
		*acknowledged = k;
	}
	for (int i = 0; i < READERS; i++) {
		kill(readers[i], SIGKILL);
		waitpid(readers[i], NULL, 0);
	}
}

static bool litter(void *context, const char *text, size_t size)
{
	(void)context;
	scratch_die("kill: check says %.*s", (int)size, text);
	return false;
}

int main(int argc, char **argv)
{
	unsigned kills = argc > 1 ? (unsigned)atoi(argv[1]) : 200;
	unsigned cycles = argc > 2 ? (unsigned)atoi(argv[2]) : 1000;
	struct random random = random_start(5);
	ns_error err;
	scratch_new(dir);
	acknowledged = mmap(NULL, sizeof *acknowledged, PROT_READ | PROT_WRITE,
	                    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (acknowledged == MAP_FAILED || window_step(dir, 1, &err) != NS_OK)
		scratch_die("kill: cannot begin");
	*acknowledged = 1;
	kill_writers(&random, kills);
	for (unsigned i = 0; i < cycles; i++)
		waitpid(start(take_lock), NULL, 0);
	unsigned steps = window_read_dir(dir) + 1;
	if (window_step(dir, steps, &err) != NS_OK ||
	    ns_index_check(dir, litter, NULL, &err) != NS_OK)
		scratch_die("kill: in the end: %s (%s)", err.message, err.place);
	scratch_remove(dir);
	printf("kill: %u writers killed in %u commits beside %d readers, nothing "
	       "lost or mixed; %u locks taken from the dead (seed %llu)\n", kills,
	       steps, READERS, cycles, (unsigned long long)random.seed);
	return 0;
}
