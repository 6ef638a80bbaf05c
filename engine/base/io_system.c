/* The one place where the operating system is called for a file. */
#include "base/io.h"

#include <errno.h>
#include <sys/mman.h>
#include <unistd.h>

static int system_open(int dir, const char *path, int flags, mode_t mode)
{
	return openat(dir, path, flags, mode);
}

static int system_fallocate(int file, int mode, off_t offset, off_t size)
{
	return fallocate(file, mode, offset, size);
}

static int system_stat(int dir, const char *path, struct stat *out, int flags)
{
	return fstatat(dir, path, out, flags);
}

static int system_mkdir(int dir, const char *path, mode_t mode)
{
	return mkdirat(dir, path, mode);
}

static int system_link(int dir, const char *from, const char *to)
{
	return linkat(dir, from, dir, to, 0);
}

static int system_rename(int dir, const char *from, const char *to,
                         bool noreplace)
{
	return noreplace ? renameat2(dir, from, dir, to, RENAME_NOREPLACE)
	                 : renameat(dir, from, dir, to);
}

static int system_unlink(int dir, const char *path)
{
	return unlinkat(dir, path, 0);
}

static int system_rmdir(int dir, const char *path)
{
	return unlinkat(dir, path, AT_REMOVEDIR);
}

static int system_lock(int file, struct flock *lock)
{
	return fcntl(file, F_OFD_SETLK, lock);
}

static void *system_map(int file, size_t size)
{
	void *address = mmap(NULL, size, PROT_READ, MAP_SHARED, file, 0);
	return address == MAP_FAILED ? NULL : address;
}

static int system_list(int dir, struct dirent ***out)
{
	return scandirat(dir, ".", out, NULL, NULL);
}

const struct io_table io_system = {
	.open = system_open,
	.close = close,
	.read = read,
	.pread = pread,
	.write = write,
	.fsync = fsync,
	.ftruncate = ftruncate,
	.fallocate = system_fallocate,
	.fstat = fstat,
	.stat = system_stat,
	.mkdir = system_mkdir,
	.link = system_link,
	.rename = system_rename,
	.unlink = system_unlink,
	.rmdir = system_rmdir,
	.lock = system_lock,
	.map = system_map,
	.advise = madvise,
	.unmap = munmap,
	.list = system_list,
};
