/* peak.c — how much memory did this command hold at once?
 *
 *     peak FILE COMMAND [ARGUMENT]...
 *
 * Runs it and writes into FILE the bytes of its largest resident size, as the
 * system counted them: what a program says of itself needs a witness.  Ends with
 * the command's exit code, or 128 and the number of the signal that ended it.
 *
 * The count of a process begins with what it was before exec: a vfork of this
 * program, 2 MB.  Not taken: /usr/bin/time -v, which is not everywhere, and
 * ulimit -v, which counts addresses and not memory.
 */
#include <errno.h>
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static int fail(const char *what, int error)
{
	fprintf(stderr, "peak: %s: %s\n", what, strerror(error));
	return 127;
}

int main(int argc, char **argv)
{
	pid_t child;
	int ending;
	struct rusage usage;
	if (argc < 3) {
		fputs("usage: peak FILE COMMAND [ARGUMENT]...\n", stderr);
		return 127;
	}
	int error = posix_spawnp(&child, argv[2], NULL, NULL, argv + 2, environ);
	if (error)
		return fail(argv[2], error);
	while (wait4(child, &ending, 0, &usage) != child)
		if (errno != EINTR)
			return fail("wait4", errno);
	FILE *file = fopen(argv[1], "w");
	if (!file)
		return fail(argv[1], errno);
	fprintf(file, "%lld\n", (long long)usage.ru_maxrss * 1024);
	if (fclose(file))
		return fail(argv[1], errno);
	return WIFEXITED(ending) ? WEXITSTATUS(ending) : 128 + WTERMSIG(ending);
}
