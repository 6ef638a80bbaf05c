#include "tests/crash_disk.h"

#include <errno.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

enum { FOLDER = 1000, PARENT, FILES };
enum { HANDLES = 256 };

static struct disk *mounted;
static struct { int inode; size_t at; bool used; } handles[HANDLES];

static void *must(void *block)
{
	if (!block)
		abort();
	return block;
}

static uint8_t *copy_of(const uint8_t *data, size_t size)
{
	uint8_t *copy = must(malloc(size + 1));
	if (size)
		memcpy(copy, data, size);
	return copy;
}

struct disk *disk_new(void)
{
	return must(calloc(1, sizeof(struct disk)));
}

static void forget_writes(struct disk_inode *inode)
{
	for (unsigned i = 0; i < inode->n_writes; i++)
		free(inode->writes[i].data);
	inode->n_writes = 0;
}

void disk_free(struct disk *disk)
{
	for (int i = 0; i < disk->n_inodes; i++) {
		forget_writes(disk->inodes[i]);
		free(disk->inodes[i]->durable.data);
		free(disk->inodes[i]->now.data);
		free(disk->inodes[i]);
	}
	free(disk);
}

struct disk *disk_mounted(void)
{
	return mounted;
}

/* ---- names --------------------------------------------------------------- */

static int find(const struct disk_folder *folder, const char *name)
{
	for (unsigned i = 0; i < folder->n; i++)
		if (!strcmp(folder->names[i].name, name))
			return (int)i;
	return -1;
}

static void take_away(struct disk_folder *folder, const char *name)
{
	int at = find(folder, name);
	if (at >= 0)
		folder->names[at] = folder->names[--folder->n];
}

static void apply(struct disk_folder *folder, const struct disk_change *change)
{
	if (change->from[0])
		take_away(folder, change->from);
	if (!change->to[0])
		return;
	take_away(folder, change->to);
	if (folder->n == DISK_NAMES)
		abort();
	snprintf(folder->names[folder->n].name, DISK_NAME, "%s", change->to);
	folder->names[folder->n++].inode = change->inode;
}

static void tell(void)
{
	if (mounted->changed)
		mounted->changed(mounted, mounted->context);
}

static void change(const char *from, const char *to, int inode)
{
	if (mounted->n_changes == DISK_PENDING)
		abort();
	struct disk_change *made = &mounted->changes[mounted->n_changes++];
	snprintf(made->from, DISK_NAME, "%s", from);
	snprintf(made->to, DISK_NAME, "%s", to);
	made->inode = inode;
	apply(&mounted->now, made);
	tell();
}

static int new_inode(struct disk *disk)
{
	if (disk->n_inodes == DISK_INODES)
		abort();
	disk->inodes[disk->n_inodes] = must(calloc(1, sizeof **disk->inodes));
	return disk->n_inodes++;
}

/* ---- the table ----------------------------------------------------------- */

static int failed(int error)
{
	errno = error;
	return -1;
}

static int disk_open(int dir, const char *path, int flags, mode_t mode)
{
	(void)mode;
	if (dir == AT_FDCWD)
		return mounted->there ? FOLDER : failed(ENOENT);
	if (!strcmp(path, ".."))
		return PARENT;
	int at = find(&mounted->now, path), handle = 0;
	if (at < 0 && !(flags & O_CREAT))
		return failed(ENOENT);
	if (at >= 0 && (flags & O_EXCL))
		return failed(EEXIST);
	while (handle < HANDLES && handles[handle].used)
		handle++;
	if (handle == HANDLES)
		abort();
	int inode = at < 0 ? new_inode(mounted) : mounted->now.names[at].inode;
	handles[handle].inode = inode;
	handles[handle].at = 0;
	handles[handle].used = true;
	if (at < 0)
		change("", path, inode);
	return FILES + handle;
}

static int disk_close(int file)
{
	if (file >= FILES)
		handles[file - FILES].used = false;
	return 0;
}

static struct disk_inode *inode_of(int file)
{
	return mounted->inodes[handles[file - FILES].inode];
}

static ssize_t disk_pread(int file, void *data, size_t n, off_t offset)
{
	const struct disk_inode *inode = inode_of(file);
	if ((size_t)offset >= inode->now.size)
		return 0;
	n = min_size(n, inode->now.size - (size_t)offset);
	memcpy(data, inode->now.data + offset, n);
	return (ssize_t)n;
}

static ssize_t disk_read(int file, void *data, size_t n)
{
	ssize_t got = disk_pread(file, data, n,
	                         (off_t)handles[file - FILES].at);
	handles[file - FILES].at += (size_t)got;
	return got;
}

static void put(struct disk_blob *blob, const struct disk_write *write)
{
	size_t end = write->offset + write->size;
	if (end > blob->size) {
		blob->data = must(realloc(blob->data, end + 1));
		memset(blob->data + blob->size, 0, end - blob->size);
		blob->size = end;
	}
	if (write->size)
		memcpy(blob->data + write->offset, write->data, write->size);
}

static ssize_t disk_write(int file, const void *data, size_t n)
{
	struct disk_inode *inode = inode_of(file);
	int lock = find(&mounted->now, "lock");
	/* nothing depends on the text of the lock: no effect of its own */
	if (lock >= 0 && mounted->inodes[mounted->now.names[lock].inode] == inode)
		return (ssize_t)n;
	if (inode->n_writes == DISK_PENDING)
		abort();
	struct disk_write *write = &inode->writes[inode->n_writes++];
	*write = (struct disk_write){handles[file - FILES].at, n,
	                             copy_of(data, n)};
	put(&inode->now, write);
	handles[file - FILES].at += n;
	tell();
	return (ssize_t)n;
}

static void sync_folder(void)
{
	mounted->durable = mounted->now;
	mounted->n_changes = 0;
}

static int disk_fsync(int file)
{
	if (file == PARENT) {
		if (!mounted->no_parent_sync)
			mounted->there_durably = mounted->there;
	} else if (file == FOLDER) {
		if (!mounted->no_folder_sync)
			sync_folder();
	} else if (!mounted->no_file_sync) {
		struct disk_inode *inode = inode_of(file);
		free(inode->durable.data);
		inode->durable = (struct disk_blob){
			copy_of(inode->now.data, inode->now.size),
			inode->now.size};
		forget_writes(inode);
	}
	tell();
	return 0;
}

/* Only the lock's text is ever cut. */
static int disk_ftruncate(int file, off_t size)
{
	struct disk_inode *inode = inode_of(file);
	if ((size_t)size < inode->now.size)
		inode->now.size = (size_t)size;
	return 0;
}

static int disk_fallocate(int file, int mode, off_t offset, off_t size)
{
	(void)file;
	(void)mode;
	(void)offset;
	(void)size;
	return failed(EOPNOTSUPP);
}

static int stat_folder(struct stat *out)
{
	*out = (struct stat){.st_mode = S_IFDIR | 0777, .st_ino = FOLDER};
	return mounted->there ? 0 : failed(ENOENT);
}

static void stat_inode(struct stat *out, int inode)
{
	*out = (struct stat){
		.st_mode = S_IFREG | 0666, .st_ino = (ino_t)inode,
		.st_size = (off_t)mounted->inodes[inode]->now.size};
}

static int disk_fstat(int file, struct stat *out)
{
	if (file < FILES)
		return stat_folder(out);
	stat_inode(out, handles[file - FILES].inode);
	return 0;
}

static int disk_stat(int dir, const char *path, struct stat *out, int flags)
{
	(void)flags;
	if (dir == AT_FDCWD)
		return stat_folder(out);
	int at = find(&mounted->now, path);
	if (at < 0)
		return failed(ENOENT);
	stat_inode(out, mounted->now.names[at].inode);
	return 0;
}

static int disk_mkdir(int dir, const char *path, mode_t mode)
{
	(void)dir;
	(void)path;
	(void)mode;
	if (mounted->there)
		return failed(EEXIST);
	/* a new one, where another was removed; that one, if it comes back, is
	 * what the states of its removal have shown */
	mounted->there = true;
	mounted->there_durably = false;
	sync_folder();
	tell();
	return 0;
}

/* Its names stay: the removal may be lost, and the removal of each of them. */
static int disk_rmdir(int dir, const char *path)
{
	(void)dir;
	(void)path;
	if (!mounted->there || mounted->now.n)
		return failed(mounted->there ? ENOTEMPTY : ENOENT);
	mounted->there = false;
	tell();
	return 0;
}

static int disk_link(int dir, const char *from, const char *to)
{
	(void)dir;
	int at = find(&mounted->now, from);
	if (at < 0 || find(&mounted->now, to) >= 0)
		return failed(at < 0 ? ENOENT : EEXIST);
	change("", to, mounted->now.names[at].inode);
	return 0;
}

static int disk_rename(int dir, const char *from, const char *to,
                       bool noreplace)
{
	(void)dir;
	int at = find(&mounted->now, from);
	if (at < 0)
		return failed(ENOENT);
	if (noreplace && find(&mounted->now, to) >= 0)
		return failed(EEXIST);
	change(from, to, mounted->now.names[at].inode);
	return 0;
}

static int disk_unlink(int dir, const char *path)
{
	(void)dir;
	if (find(&mounted->now, path) < 0)
		return failed(ENOENT);
	change(path, "", -1);
	return 0;
}

static int disk_lock(int file, struct flock *lock)
{
	(void)file;
	(void)lock;
	return 0;
}

static void *disk_map(int file, size_t size)
{
	const struct disk_inode *inode = inode_of(file);
	uint8_t *map = must(calloc(1, size));
	memcpy(map, inode->now.data, min_size(size, inode->now.size));
	return map;
}

/* What lies in memory needs no advice. */
static int disk_advise(void *address, size_t size, int advice)
{
	(void)address, (void)size, (void)advice;
	return 0;
}

static int disk_unmap(void *address, size_t size)
{
	(void)size;
	free(address);
	return 0;
}

static int disk_list(int dir, struct dirent ***out)
{
	(void)dir;
	unsigned n = mounted->now.n;
	*out = must(calloc(n + 1, sizeof **out));
	for (unsigned i = 0; i < n; i++) {
		(*out)[i] = must(calloc(1, sizeof ***out));
		snprintf((*out)[i]->d_name, DISK_NAME, "%s",
		         mounted->now.names[i].name);
	}
	return (int)n;
}

static const struct io_table table = {
	.open = disk_open, .close = disk_close, .read = disk_read,
	.pread = disk_pread, .write = disk_write, .fsync = disk_fsync,
	.ftruncate = disk_ftruncate, .fallocate = disk_fallocate,
	.fstat = disk_fstat, .stat = disk_stat, .mkdir = disk_mkdir,
	.link = disk_link, .rename = disk_rename, .unlink = disk_unlink,
	.rmdir = disk_rmdir, .lock = disk_lock, .map = disk_map,
	.advise = disk_advise,
	.unmap = disk_unmap, .list = disk_list,
};

void disk_mount(struct disk *disk)
{
	mounted = disk;
	io_set_table(disk ? &table : NULL);
}

/* ---- crashes ------------------------------------------------------------- */

unsigned disk_pending(const struct disk *disk)
{
	unsigned n = disk->n_changes;
	for (int i = 0; i < disk->n_inodes; i++)
		n += disk->inodes[i]->n_writes;
	return n;
}

/* What is left of a write that the crash met. */
static void put_torn(struct disk_blob *blob, const struct disk_write *write,
                     enum disk_tear tear)
{
	struct disk_write torn = *write;
	size_t sector = tear == TEAR_4096 ? 4096 : 512;
	if (tear == TEAR_512 || tear == TEAR_4096)
		torn.size = write->size / 2 / sector * sector;
	torn.data = copy_of(write->data, write->size);
	if (tear == TEAR_ZEROS)
		memset(torn.data, 0, torn.size);
	for (size_t i = 0; tear == TEAR_GARBAGE && i < torn.size; i++)
		torn.data[i] = (uint8_t)(i * 167 + 13);
	put(blob, &torn);
	free(torn.data);
}

static void crash_inode(struct disk *out, const struct disk_inode *inode,
                        const bool *kept, enum disk_tear tear)
{
	struct disk_inode *copy = out->inodes[new_inode(out)];
	int last = -1;
	copy->now = (struct disk_blob){
		copy_of(inode->durable.data, inode->durable.size),
		inode->durable.size};
	for (unsigned i = 0; i < inode->n_writes; i++)
		if (kept[i])
			last = (int)i;
	for (int i = 0; i <= last; i++)
		if (kept[i])
			put_torn(&copy->now, &inode->writes[i],
			         i == last ? tear : TEAR_NONE);
	copy->durable = (struct disk_blob){
		copy_of(copy->now.data, copy->now.size), copy->now.size};
}

struct disk *disk_crash(const struct disk *disk, const bool *kept,
                        bool keep_folder, enum disk_tear tear)
{
	struct disk *out = disk_new();
	out->there = out->there_durably = keep_folder;
	out->no_folder_sync = disk->no_folder_sync;
	out->no_file_sync = disk->no_file_sync;
	out->no_parent_sync = disk->no_parent_sync;
	if (!out->there)
		return out;
	out->durable = disk->durable;
	for (unsigned i = 0; i < disk->n_changes; i++)
		if (kept[i])
			apply(&out->durable, &disk->changes[i]);
	kept += disk->n_changes;
	for (int i = 0; i < disk->n_inodes; i++) {
		crash_inode(out, disk->inodes[i], kept, tear);
		kept += disk->inodes[i]->n_writes;
	}
	out->now = out->durable;
	return out;
}

uint64_t disk_state(const struct disk *disk)
{
	uint64_t sum = disk->there;
	for (unsigned i = 0; i < disk->now.n; i++) {
		const struct disk_name *name = &disk->now.names[i];
		const struct disk_blob *blob = &disk->inodes[name->inode]->now;
		/* tmp-<pid>-<n>: only that it is one is of any meaning */
		size_t n = strncmp(name->name, "tmp-", 4) ? strlen(name->name)
		                                          : 4;
		/* a sum: the order of names says nothing */
		sum += XXH3_64bits_withSeed(blob->data, blob->size,
		                            XXH3_64bits(name->name, n));
	}
	return sum;
}
