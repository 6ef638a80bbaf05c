#include "fault_tables.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/mman.h>

const char *const fault_kind_names[KINDS] = {"open", "close", "read", "write",
	"fsync", "ftruncate or fallocate", "stat", "mkdir", "rename or link",
	"unlink or rmdir", "lock", "map", "list", "allocation"};

const char *const fault_way_names[WAYS] = {"EIO", "ENOSPC", "EINTR", "short"};

struct fault fault;

void fault_set(uint64_t n)
{
	fault.n = n;
	fault.calls = fault.failed = 0;
}

/* The n-th call of the chosen kind has come. */
static bool fails(enum fault_kind kind)
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

static int f_rmdir(int dir, const char *path)
{
	return fails(UNLINK) ? -1 : io_system.rmdir(dir, path);
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

static int f_advise(void *address, size_t size, int advice)
{
	return fails(MAP) ? -1 : io_system.advise(address, size, advice);
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

const struct io_table fault_io = {
	.open = f_open, .close = f_close, .read = f_read, .pread = f_pread,
	.write = f_write, .fsync = f_fsync, .ftruncate = f_ftruncate,
	.fallocate = f_fallocate, .fstat = f_fstat, .stat = f_stat,
	.mkdir = f_mkdir, .link = f_link, .rename = f_rename,
	.unlink = f_unlink, .rmdir = f_rmdir, .lock = f_lock, .map = f_map,
	.advise = f_advise, .unmap = f_unmap, .list = f_list};

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

const ns_allocator fault_mem = {
	.alloc = f_alloc, .resize = f_resize, .release = f_release};
