#include <criterion/criterion.h>
#include <unistd.h>

#include "base/crc32c.h"
#include "base/varint.h"
#include "index/commit.h"
#include "index/lock.h"
#include "index/snapshot.h"

/* A folder of the test's own, and how to remove it. */
static int folder(char path[40])
{
	strcpy(path, "/tmp/ns-test-XXXXXX");
	cr_assert_not_null(mkdtemp(path));
	int dir = open(path, O_RDONLY | O_DIRECTORY);
	cr_assert_geq(dir, 0);
	return dir;
}

static void put(int dir, const char *name, const char *text)
{
	int file = openat(dir, name, O_WRONLY | O_CREAT | O_TRUNC, 0666);
	cr_assert_eq(write(file, text, strlen(text)), (ssize_t)strlen(text));
	close(file);
}

static bool there(int dir, const char *name)
{
	return !faccessat(dir, name, F_OK, 0);
}

static void remove_folder(const char *path)
{
	char command[80];
	snprintf(command, sizeof command, "rm -rf %s", path);
	cr_assert_eq(system(command), 0);
}

Test(manifest, names)
{
	char name[SEGMENT_NAME_SIZE];
	manifest_name(255, name);
	cr_assert_str_eq(name, "commit-00000000000000ff");
	cr_assert_eq(manifest_parse_name(name), 255u);
	cr_assert_eq(manifest_parse_name("commit-00000000000000FF"), 0u);
	cr_assert_eq(manifest_parse_name("commit-ff"), 0u);
	cr_assert_eq(manifest_parse_name("commit-00000000000000ff.tmp"), 0u);
	cr_assert_eq(manifest_parse_name("lock"), 0u);
	struct manifest_segment segment = {.id = {0xab, 0xcd, 1, 2, 3, 4, 5, 6,
	                                          7}};
	manifest_segment_name(&segment, name);
	cr_assert_str_eq(name, "seg-abcd010203040506");
}

Test(manifest, comes_back_and_is_never_replaced)
{
	char path[40];
	int dir = folder(path);
	struct manifest_segment refs[2] = {
		{.id = {1, 2, 3}, .length = 1000, .footer_crc = 7,
		 .doc_count = 10},
		{.id = {9, 9}, .length = 2000, .footer_crc = 8,
		 .doc_count = 20, .deletes = {5}, .deletes_crc = 6,
		 .n_dead = 3}};
	struct manifest manifest = {3, 2, 2, refs}, back;
	uint64_t newest;
	struct ns_error err;
	cr_assert_eq(manifest_write(&manifest, dir, path, true, &err), NS_OK);
	cr_assert_eq(manifest_newest(dir, path, &newest, &err), NS_OK);
	cr_assert_eq(newest, 3u);
	cr_assert_eq(manifest_read(&back, dir, 3, true, &err), NS_OK);
	cr_assert_eq(back.previous, 2u);
	cr_assert_eq(back.segments[1].doc_count, 20u);
	cr_assert(!memcmp(back.segments, refs, sizeof refs));
	manifest_release(&back);
	cr_assert_eq(manifest_write(&manifest, dir, path, true, &err), NS_E_IO);
	cr_assert_eq(manifest_read(&back, dir, 4, true, &err), NS_E_MISSING);
	cr_assert(!there(dir, "tmp-commit-0000000000000003"));
	close(dir);
	remove_folder(path);
}

Test(lock, one_writer_even_in_one_process)
{
	char path[40];
	int dir = folder(path), first, second;
	struct ns_error err;
	cr_assert_eq(lock_take(&first, dir, path, &err), NS_OK);
	cr_assert_eq(lock_take(&second, dir, path, &err), NS_E_LOCKED);
	char pid[40];
	snprintf(pid, sizeof pid, "pid %ld on ", (long)getpid());
	cr_assert(strstr(err.message, pid), "%s", err.message);
	close(first);
	cr_assert_eq(lock_take(&second, dir, path, &err), NS_OK);
	close(second);
	close(dir);
	remove_folder(path);
}

Test(commit, a_folder_of_others_is_refused)
{
	char path[40];
	int dir = folder(path);
	struct commit_writer writer;
	struct ns_error err;
	put(dir, "thesis.txt", "work of years");
	commit_init(&writer);
	cr_assert_eq(commit_open(&writer, path, &err), NS_E_USAGE);
	cr_assert(strstr(err.message, "thesis.txt"), "%s", err.message);
	commit_release(&writer);
	cr_assert(there(dir, "thesis.txt"));
	cr_assert(!there(dir, "lock"));
	close(dir);
	remove_folder(path);
}

Test(commit, sweeps_what_a_crash_left_and_nothing_else)
{
	char path[40];
	int dir = folder(path);
	struct commit_writer writer;
	uint64_t generation;
	commit_init(&writer);
	cr_assert_eq(commit_open(&writer, path, NULL), NS_OK);
	cr_assert_eq(commit_finish(&writer, &generation, NULL), NS_OK);
	cr_assert_eq(generation, 1u);
	commit_release(&writer);
	put(dir, "tmp-77-1", "x");
	put(dir, "seg-0123456789abcdef", "x");
	put(dir, "seg-notes", "x");
	put(dir, "bad-commit", "x");
	cr_assert_eq(commit_open(&writer, path, NULL), NS_OK);
	cr_assert(!there(dir, "tmp-77-1"));
	cr_assert(!there(dir, "seg-0123456789abcdef"));
	cr_assert(there(dir, "seg-notes"));
	cr_assert(there(dir, "bad-commit"));
	commit_release(&writer);
	cr_assert(there(dir, "commit-0000000000000001"));
	close(dir);
	remove_folder(path);
}

Test(commit, abandoned_leaves_nothing)
{
	char path[40];
	int dir = folder(path);
	struct commit_writer writer;
	struct commit_file file;
	commit_init(&writer);
	cr_assert_eq(commit_open(&writer, path, NULL), NS_OK);
	cr_assert_eq(commit_create_file(&writer, &file, NULL), NS_OK);
	struct manifest_segment segment = {.id = {7}, .length = 0};
	cr_assert_eq(commit_keep_segment(&writer, &file, &segment, NULL), NS_OK);
	cr_assert(there(dir, "seg-0700000000000000"));
	commit_release(&writer);
	cr_assert(!there(dir, "seg-0700000000000000"));
	close(dir);
	remove_folder(path);
}

Test(commit, abandoned_removes_the_folder_it_made_alone)
{
	char path[40], new[60], long_name[300];
	int dir = folder(path), below;
	struct commit_writer writer;
	struct ns_error err;
	snprintf(new, sizeof new, "%s/new", path);
	commit_init(&writer);
	cr_assert_eq(commit_open(&writer, new, NULL), NS_OK);
	cr_assert(there(dir, "new"));
	commit_release(&writer);
	cr_assert(!there(dir, "new"));
	/* files of others stay, and so does a folder of others */
	cr_assert_eq(commit_open(&writer, new, NULL), NS_OK);
	below = open(new, O_RDONLY | O_DIRECTORY);
	put(below, "thesis.txt", "x");
	commit_release(&writer);
	cr_assert(there(below, "thesis.txt"));
	unlinkat(below, "thesis.txt", 0);
	close(below);
	cr_assert_eq(commit_open(&writer, new, NULL), NS_OK);
	commit_release(&writer);
	cr_assert(there(dir, "new"));
	unlinkat(dir, "new/lock", 0);
	unlinkat(dir, "new", AT_REMOVEDIR);
	/* an empty folder that has taken its name is not ours */
	cr_assert_eq(commit_open(&writer, new, NULL), NS_OK);
	cr_assert_eq(renameat(dir, "new", dir, "moved"), 0);
	cr_assert_eq(mkdirat(dir, "new", 0777), 0);
	commit_release(&writer);
	cr_assert(there(dir, "new"));
	/* a name that is kept cut off stands for nothing */
	snprintf(long_name, sizeof long_name, "%s/%0230d", path, 1);
	cr_assert_eq(commit_open(&writer, long_name, NULL), NS_OK);
	commit_release(&writer);
	cr_assert(there(dir, long_name + strlen(path) + 1));
	cr_assert_eq(symlinkat("nowhere", dir, "link"), 0);
	snprintf(new, sizeof new, "%s/link", path);
	cr_assert_eq(commit_open(&writer, new, &err), NS_E_MISSING);
	cr_assert_eq(err.code, NS_E_MISSING);
	commit_release(&writer);
	close(dir);
	remove_folder(path);
}

Test(lock, without_its_name_is_none)
{
	char path[40];
	int dir = folder(path), first, second;
	struct ns_error err;
	cr_assert_eq(lock_take(&first, dir, path, &err), NS_OK);
	unlinkat(dir, "lock", 0);
	cr_assert_eq(lock_take(&second, dir, path, &err), NS_OK);
	close(first);
	close(second);
	cr_assert_eq(unlinkat(dir, "lock", 0), 0);
	rmdir(path);
	cr_assert_eq(lock_take(&first, dir, path, &err), NS_E_MISSING);
	close(dir);
}

Test(manifest, of_a_newer_format_is_told_from_damage)
{
	char path[40], name[SEGMENT_NAME_SIZE];
	int dir = folder(path), file;
	struct manifest manifest = {.generation = 1}, back;
	struct ns_error err;
	uint8_t bytes[36];
	cr_assert_eq(manifest_write(&manifest, dir, path, true, &err), NS_OK);
	manifest_name(1, name);
	file = openat(dir, name, O_RDWR);
	cr_assert_eq(pread(file, bytes, sizeof bytes, 0), 36);
	bytes[8] = FORMAT_MAJOR + 1;
	cr_assert_eq(pwrite(file, bytes, sizeof bytes, 0), 36);
	cr_assert_eq(manifest_read(&back, dir, 1, true, &err), NS_E_CORRUPT);
	store_u32(bytes + 32, crc32c(0, bytes, 32));
	cr_assert_eq(pwrite(file, bytes, sizeof bytes, 0), 36);
	cr_assert_eq(manifest_read(&back, dir, 1, true, &err), NS_E_VERSION);
	cr_assert(strstr(err.message, "this program reads"), "%s", err.message);
	close(file);
	close(dir);
	remove_folder(path);
}

Test(snapshot, an_empty_commit_and_none)
{
	char path[40];
	int dir = folder(path);
	struct snapshot snapshot;
	struct commit_writer writer;
	uint64_t generation;
	cr_assert_eq(snapshot_open(&snapshot, dir, path, 0, true, NULL),
	             NS_E_MISSING);
	commit_init(&writer);
	cr_assert_eq(commit_open(&writer, path, NULL), NS_OK);
	cr_assert_eq(commit_finish(&writer, &generation, NULL), NS_OK);
	commit_release(&writer);
	cr_assert_eq(snapshot_open(&snapshot, dir, path, 0, true, NULL), NS_OK);
	cr_assert_eq(manifest_living(&snapshot.manifest), 0u);
	snapshot_release(&snapshot);
	close(dir);
	remove_folder(path);
}
