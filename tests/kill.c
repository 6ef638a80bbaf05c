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
 *
 * And as many times a folder that three processes make, lock, give up and so remove
 * at once: never do two of them hold its lock.
 */
#include <sched.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "index/lock.h"
#include "tests/random.h"
#include "tests/scratch.h"
#include "tests/window.h"

enum { READERS = 4, RIVALS = 3, ATTEMPTS = 20 };

static char dir[SCRATCH_PATH];
static unsigned *acknowledged; /* shared: the last step whose commit returned */
static char rivals_dir[SCRATCH_PATH + 8]; /* below dir */
static unsigned *holders, *given_up;      /* shared too */

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

static void give_up_again_and_again(void)
{
	for (unsigned i = 0; i < ATTEMPTS; i++) {
		ns_builder *builder;
		ns_error err;
		int status = ns_builder_open(&builder, rivals_dir, NULL, &err);
		if (status == NS_E_LOCKED)
			continue;
		if (status != NS_OK)
			scratch_die("kill: a rival: %s (%s)", err.message,
			            err.place);
		if (__atomic_fetch_add(holders, 1, __ATOMIC_SEQ_CST))
			scratch_die("kill: two writers hold the lock");
		sched_yield();
		__atomic_fetch_sub(holders, 1, __ATOMIC_SEQ_CST);
		__atomic_fetch_add(given_up, 1, __ATOMIC_SEQ_CST);
		ns_builder_free(builder);
	}
}

static void let_rivals_meet(void)
{
	pid_t rivals[RIVALS];
	scratch_remove(rivals_dir);
	for (int i = 0; i < RIVALS; i++)
		rivals[i] = start(give_up_again_and_again);
	for (int i = 0; i < RIVALS; i++) {
		int status = 0;
		waitpid(rivals[i], &status, 0);
		if (status)
			scratch_die("kill: a rival has failed");
	}
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
	snprintf(rivals_dir, sizeof rivals_dir, "%s/rivals", dir);
	acknowledged = mmap(NULL, 3 * sizeof *acknowledged, PROT_READ | PROT_WRITE,
	                    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (acknowledged == MAP_FAILED || window_step(dir, 1, &err) != NS_OK)
		scratch_die("kill: cannot begin");
	*acknowledged = 1;
	holders = acknowledged + 1;
	given_up = acknowledged + 2;
	kill_writers(&random, kills);
	for (unsigned i = 0; i < cycles; i++)
		waitpid(start(take_lock), NULL, 0);
	for (unsigned i = 0; i < cycles; i++)
		let_rivals_meet();
	scratch_remove(rivals_dir);
	unsigned steps = window_read_dir(dir) + 1;
	if (window_step(dir, steps, &err) != NS_OK ||
	    ns_index_check(dir, litter, NULL, &err) != NS_OK)
		scratch_die("kill: in the end: %s (%s)", err.message, err.place);
	scratch_remove(dir);
	printf("kill: %u writers killed in %u commits beside %d readers, nothing "
	       "lost or mixed; %u locks taken from the dead, %u folders given up "
	       "(seed %llu)\n", kills, steps, READERS, cycles, *given_up,
	       (unsigned long long)random.seed);
	return 0;
}
