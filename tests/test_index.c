#include <criterion/criterion.h>
#include <unistd.h>

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
