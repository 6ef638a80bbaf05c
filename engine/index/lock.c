#include "index/lock.h"

#include <errno.h>
#include <time.h>
#include <unistd.h>

static int refuse(int file, const char *place, struct ns_error *err)
{
	char text[200];
	ssize_t n = io_table()->pread(file, text, sizeof text - 1, 0);
	if (n < 0)
		n = 0;
	text[n] = '\0';
	text[strcspn(text, "\n")] = '\0';
	/* the file may hold anything: show printable ASCII only */
	for (char *c = text; *c; c++)
		if (*c < ' ' || *c > '~')
			*c = '?';
	return err_at(err, NS_E_LOCKED, place, -1, 0,
	              "the index is locked, last taken by %s",
	              text[0] ? text : "an unknown writer");
}

/* Not synced, and its failure is no error: the lock does not depend on it. */
static void sign(int file)
{
	char host[65] = "", text[160];
	time_t now = time(NULL);
	struct tm utc;
	if (gethostname(host, sizeof host - 1) != 0 || !gmtime_r(&now, &utc))
		return;
	int n = snprintf(text, sizeof text,
	                 "pid %ld on %s at %04d-%02d-%02dT%02d:%02d:%02dZ\n",
	                 (long)getpid(), host, utc.tm_year + 1900,
	                 utc.tm_mon + 1, utc.tm_mday, utc.tm_hour, utc.tm_min,
	                 utc.tm_sec);
	if (n > 0 && io_table()->ftruncate(file, 0) == 0)
		io_write(file, text, min_size((size_t)n, sizeof text - 1), "",
		         NULL);
}

static int gone(const char *place, struct ns_error *err)
{
	return err_at(err, NS_E_MISSING, place, -1, 0,
	              "was removed by another writer at this moment");
}

/* A writer that gives up a folder of its own removes the lock while it holds it
 * (commit_release); who had opened it before gets the lock of a file without a
 * name, beside which another may be made and locked. */
static int must_be_named(int file, int dir, const char *place,
                         struct ns_error *err)
{
	struct stat held, named;
	if (io_table()->fstat(file, &held) != 0)
		return err_io(err, place, "look at");
	if (io_table()->stat(dir, "lock", &named, AT_SYMLINK_NOFOLLOW) != 0)
		return errno == ENOENT ? gone(place, err)
		                       : err_io(err, place, "look at");
	return held.st_ino == named.st_ino && held.st_dev == named.st_dev
		? NS_OK : gone(place, err);
}

static int lock_file(int file, int dir, const char *place, struct ns_error *err)
{
	struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
	if (io_table()->lock(file, &lock) == 0)
		return must_be_named(file, dir, place, err);
	return errno == EAGAIN || errno == EACCES ? refuse(file, place, err)
	                                          : err_io(err, place, "lock");
}

int lock_take(int *out, int dir, const char *place, struct ns_error *err)
{
	char name[256];
	snprintf(name, sizeof name, "%.240s/lock", place);
	*out = io_open(dir, "lock", O_RDWR | O_CREAT | O_NOFOLLOW, 0666);
	if (*out < 0)
		return errno == ENOENT ? gone(name, err)
		                       : err_io(err, name, "open");
	int status = lock_file(*out, dir, name, err);
	if (status == NS_OK)
		sign(*out);
	else
		io_close(out);
	return status;
}
