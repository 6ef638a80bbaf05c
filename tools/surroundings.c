/* surroundings.c — where does a program of ours find itself?
 *
 * The calls of cli.h that ask the system: which index lies nearby, is there a
 * terminal, could the output be written.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <malloc.h>
#include <limits.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tools/cli.h"

/* Large blocks go back to the system when they are free: the C library would come to
 * keep those up to 32 MiB, and --memory is a ceiling on what a process holds. */
static void give_memory_back(void)
{
	mallopt(M_MMAP_THRESHOLD, 256 << 10);
	mallopt(M_TRIM_THRESHOLD, 1 << 20);
	mallopt(M_ARENA_MAX, 2);
}

void cli_start(void)
{
	/* A descriptor of an index must never become 0, 1 or 2.  Opened the wrong
	 * way round, so that reading and writing fail as they would have. */
	for (int file = 0; file <= 2; file++)
		if (fcntl(file, F_GETFD) < 0 && errno == EBADF)
			if (open("/dev/null", file ? O_RDONLY : O_WRONLY) < 0)
				_exit(CLI_ERROR);
	signal(SIGPIPE, SIG_IGN);
	give_memory_back();
}

/* ---- the index ----------------------------------------------------------- */

/* A folder with a manifest in it.  One that an interrupted first build left, with
 * nothing but its lock, does not hide the index of a folder above. */
static bool is_index(const char *path)
{
	DIR *folder = opendir(path);
	bool found = false;
	if (!folder)
		return false;
	for (struct dirent *entry; !found && (entry = readdir(folder));)
		found = !strncmp(entry->d_name, "commit-", 7);
	closedir(folder);
	return found;
}

/* .nsindex in folder or the nearest above; folder is cut on the way up. */
static char *find_above(char *folder)
{
	for (;;) {
		char *path;
		if (asprintf(&path, "%s/.nsindex", folder) < 0)
			return NULL;
		if (is_index(path))
			return path;
		free(path);
		char *slash = strrchr(folder, '/');
		if (!slash)
			return NULL;
		*slash = '\0';
	}
}

char *cli_find_index(const char *program, const char *option)
{
	const char *named = option ? option : getenv("NS_INDEX");
	char *path = NULL;
	if (named && *named) {
		path = strdup(named);
	} else {
		char *folder = getcwd(NULL, 0);
		path = folder ? find_above(folder) : NULL;
		free(folder);
	}
	if (!path)
		cli_say(program, "no index in this folder or above it; "
		        "make one with 'nsindex build', or name one with "
		        "--index=DIR");
	return path;
}

/* ---- the terminal -------------------------------------------------------- */

bool cli_colours(FILE *file)
{
	const char *off = getenv("NO_COLOR"), *kind = getenv("TERM");
	return isatty(fileno(file)) && !(off && *off) && kind &&
	       strcmp(kind, "dumb");
}

unsigned cli_columns(FILE *file)
{
	struct winsize size;
	if (isatty(fileno(file)) && !ioctl(fileno(file), TIOCGWINSZ, &size) &&
	    size.ws_col)
		return size.ws_col;
	return 80;
}

int cli_finish(const char *program, int code)
{
	bool failed = ferror(stdout);
	/* what could not be written before is tried again: errno says why */
	errno = 0;
	failed |= fflush(stdout) != 0;
	int reason = errno;
	failed |= fclose(stdout) != 0;
	if (!failed)
		return code;
	if (!reason)
		reason = errno;
	if (reason != EPIPE)
		cli_say(program, "cannot write the output: %s",
		        strerror(reason ? reason : EIO));
	return CLI_ERROR;
}
