/* crash_disk.h — a disk in memory that knows what a crash may leave of it.
 *
 * One folder of files behind io.h's table.  Everything that was written, made,
 * renamed or removed is remembered until a sync of its file or of the folder makes
 * it durable.  An image is what a crash could leave: what is durable, and any
 * choice among the pending effects, each lost or kept on its own:
 *
 *   data     each write of a file since its last sync; the last kept one cut at a
 *            sector, or with its size there but zeros or garbage in its place
 *   names    each creation, rename and removal since the last sync of the folder,
 *            in any selection (an ordered file system keeps prefixes; others
 *            have kept later ones without earlier ones)
 *   folder   the folder itself, made or removed, until the one above it is synced
 */
#ifndef NS_TESTS_CRASH_DISK_H
#define NS_TESTS_CRASH_DISK_H

#include "base/io.h"

enum { DISK_NAMES = 64, DISK_NAME = 64, DISK_INODES = 512, DISK_PENDING = 256 };

struct disk_blob {
	uint8_t *data;
	size_t size;
};

struct disk_write {
	size_t offset, size;
	uint8_t *data;
};

struct disk_inode {
	struct disk_blob durable, now;
	struct disk_write writes[DISK_PENDING];
	unsigned n_writes;
};

struct disk_name {
	char name[DISK_NAME];
	int inode;
};

/* Removes `from` and adds `to`; either may be empty. */
struct disk_change {
	char from[DISK_NAME], to[DISK_NAME];
	int inode;
};

struct disk_folder {
	struct disk_name names[DISK_NAMES];
	unsigned n;
};

struct disk {
	bool there, there_durably;       /* the folder */
	struct disk_folder now, durable;
	struct disk_change changes[DISK_PENDING];
	unsigned n_changes;
	struct disk_inode *inodes[DISK_INODES];
	int n_inodes;
	/* called after each call that changes something; NULL: none */
	void (*changed)(struct disk *disk, void *context);
	void *context;
	/* planted faults: these syncs say ok and do nothing */
	bool no_folder_sync, no_file_sync, no_parent_sync;
};

struct disk *disk_new(void);
void disk_free(struct disk *disk);

/* Makes io.h use this disk; its only folder is called "idx". */
void disk_mount(struct disk *disk);
struct disk *disk_mounted(void);

/* What is done to the last kept write that was not synced. */
enum disk_tear { TEAR_NONE, TEAR_512, TEAR_4096, TEAR_ZEROS, TEAR_GARBAGE,
                 TEARS };

/* Pending effects: bit i of `kept` says whether effect i is kept.  Changes of
 * names come first, then writes, file by file. */
unsigned disk_pending(const struct disk *disk);
struct disk *disk_crash(const struct disk *disk, const bool *kept,
                        bool keep_folder, enum disk_tear tear);

/* A number for what is on the disk after a crash: equal states, equal numbers. */
uint64_t disk_state(const struct disk *disk);

#endif
