/* io.h — how does the engine touch files?
 *
 * Every file call goes through one table, so that a test can fail the n-th call,
 * cut a write short, or record all of them and rebuild every state that a crash
 * could leave.  The entries have the meaning, arguments and errno of the system
 * calls that they are named after.
 *
 * Below the table: calls that do what callers want of it (loops over short
 * reads, EINTR, close that reports).  Paths are relative to a directory handle;
 * AT_FDCWD is the working directory.  Symbolic links are never followed inside
 * an index (O_NOFOLLOW).
 */
#ifndef NS_BASE_IO_H
#define NS_BASE_IO_H

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/types.h>

#include "base/mem.h"

struct io_table {
	int (*open)(int dir, const char *path, int flags, mode_t mode);
	int (*close)(int file);
	ssize_t (*read)(int file, void *data, size_t n);
	ssize_t (*pread)(int file, void *data, size_t n, off_t offset);
	ssize_t (*write)(int file, const void *data, size_t n);
	int (*fsync)(int file);
	int (*ftruncate)(int file, off_t size);
	int (*fallocate)(int file, int mode, off_t offset, off_t size);
	int (*fstat)(int file, struct stat *out);
	int (*stat)(int dir, const char *path, struct stat *out, int flags);
	int (*mkdir)(int dir, const char *path, mode_t mode);
	int (*link)(int dir, const char *from, const char *to);
	/* renames inside one directory; noreplace: fails with EEXIST */
	int (*rename)(int dir, const char *from, const char *to, bool noreplace);
	int (*unlink)(int dir, const char *path);
	int (*rmdir)(int dir, const char *path); /* an empty directory */
	int (*lock)(int file, struct flock *lock); /* F_OFD_SETLK */
	void *(*map)(int file, size_t size); /* PROT_READ, MAP_SHARED; NULL */
	int (*advise)(void *address, size_t size, int advice); /* madvise */
	int (*unmap)(void *address, size_t size);
	/* all names of a directory, as scandir without a filter gives them */
	int (*list)(int dir, struct dirent ***out);
};

extern const struct io_table io_system;

/* The table in force.  Set it while no other thread runs; NULL: io_system. */
void io_set_table(const struct io_table *table);
const struct io_table *io_table(void);

/* Opens; EINTR is tried again.  -1 and errno on failure. */
int io_open(int dir, const char *path, int flags, mode_t mode);

/* Closes a file that was only read; *file becomes -1.  Harmless for -1. */
void io_close(int *file);

/* Reads at most n bytes (less only at the end of the file). */
int io_read(int file, void *data, size_t n, size_t *out, const char *place,
            struct ns_error *err);

/* Reads exactly n bytes at offset; fewer is corruption of place. */
int io_read_at(int file, void *data, size_t n, uint64_t offset,
               const char *place, struct ns_error *err);

/* Writes all n bytes.  A full disk says how many bytes were wanted. */
int io_write(int file, const void *data, size_t n, const char *place,
             struct ns_error *err);

/* Syncs a file or directory.  Never tried again: after a failure the pages are
 * marked clean and a second call would lie (ATC'20, "Can Applications Recover
 * from fsync Failures?"). */
int io_sync(int file, const char *place, struct ns_error *err);

/* Closes a file that was written: a failure is an error; *file becomes -1. */
int io_close_written(int *file, const char *place, struct ns_error *err);

/* Renames inside dir; an existing `to` is an error (errno EEXIST).  Where the file
 * system cannot rename so, links and unlinks. */
int io_rename_new(int dir, const char *from, const char *to,
                  struct ns_error *err);

/* A map will be read here and there: no reading ahead.  Advice: that a system
 * will not take it is no failure. */
void io_expect_random(void *map, size_t size);

/* The pages of a map of a file need not stay in the process's memory; they are read
 * again when they are wanted.  Never of memory that is no such map. */
void io_forget(const void *map, size_t size);

/* The whole of a regular file of at most max bytes into out (cleared first). */
int io_read_file(int dir, const char *path, size_t max, struct buffer *out,
                 struct ns_error *err);

/* The names in a directory, without "." and "..", in byte order. */
struct io_names {
	char **names;
	size_t n;
	struct arena arena;
};
int io_list(int dir, struct io_names *out, const char *place,
            struct ns_error *err);
void io_names_release(struct io_names *names);

#endif
