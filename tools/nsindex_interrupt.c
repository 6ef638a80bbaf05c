/* nsindex_interrupt.c — what does Ctrl-C do while an index is written?
 *
 * While articles are read nothing is on the disk but the lock, which the kernel
 * gives free, and the folder that was made for it: the handler removes that and
 * ends the program there and then, also where a read of a pipe would wait for
 * ever.  While a commit is made it only leaves a mark; the
 * commit looks at it between its steps (the progress hook), takes back what it
 * has written, and the verb ends with the code of the signal.
 */
#include <limits.h>
#include <signal.h>
#include <unistd.h>

#include "tools/nsindex.h"

static volatile sig_atomic_t reading, caught;
static char made[PATH_MAX], lock[PATH_MAX + 8]; /* empty: nothing was made */

static void interrupt(int signal)
{
	static const char text[] =
		"\nnsindex: interrupted; nothing has changed\n";
	if (!reading) {
		caught = signal;
		return;
	}
	/* the lock is ours, and who waits for it looks whether it is still there */
	if (*made) {
		unlink(lock);
		rmdir(made);
	}
	ssize_t ignored = write(STDERR_FILENO, text, sizeof text - 1);
	(void)ignored;
	_exit(128 + signal);
}

/* What was ignored when we were started stays so (nohup). */
void interrupt_catch(void)
{
	static const int signals[] = {SIGINT, SIGTERM};
	for (size_t i = 0; i < sizeof signals / sizeof *signals; i++) {
		struct sigaction action = {.sa_handler = interrupt}, before;
		sigaction(signals[i], NULL, &before);
		if (before.sa_handler != SIG_IGN)
			sigaction(signals[i], &action, NULL);
	}
}

void interrupt_while_reading(bool on)
{
	reading = on;
	if (on && caught)
		interrupt(caught);
}

void interrupt_removes(const char *dir)
{
	if (strlen(dir) >= sizeof made)
		return;
	snprintf(lock, sizeof lock, "%s/lock", dir);
	snprintf(made, sizeof made, "%s", dir);
}

int interrupt_caught(void)
{
	return caught;
}
