/* scratch.c — see scratch.h. */
#include "scratch.h"

#include <dirent.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

_Noreturn void scratch_die(const char *format, ...)
{
	va_list list;
	va_start(list, format);
	vfprintf(stderr, format, list);
	fputc('\n', stderr);
	exit(1);
}

void scratch_new(char out[SCRATCH_PATH])
{
	const char *base = getenv("TMPDIR");
	if (!access("/dev/shm", W_OK))
		base = "/dev/shm";
	snprintf(out, SCRATCH_PATH, "%s/ns-test-XXXXXX", base ? base : "/tmp");
	if (!mkdtemp(out))
		scratch_die("cannot make %s: %s", out, strerror(errno));
}

static void path_of(char out[2 * SCRATCH_PATH], const char *dir,
                    const char *name)
{
	snprintf(out, 2 * SCRATCH_PATH, "%s/%s", dir, name);
}

static bool is_dot(const char *name)
{
	return !strcmp(name, ".") || !strcmp(name, "..");
}

void scratch_remove(const char *dir)
{
	char path[2 * SCRATCH_PATH];
	DIR *folder = opendir(dir);
	if (!folder)
		return;
	for (struct dirent *entry; (entry = readdir(folder));) {
		if (is_dot(entry->d_name))
			continue;
		path_of(path, dir, entry->d_name);
		if (unlink(path))
			scratch_remove(path);
	}
	closedir(folder);
	rmdir(dir);
}

static int name_compare(const void *a, const void *b)
{
	return strcmp(((const struct scratch_file *)a)->name,
	              ((const struct scratch_file *)b)->name);
}

static void file_load(struct scratch_file *out, const char *dir,
                      const char *name)
{
	char path[2 * SCRATCH_PATH];
	path_of(path, dir, name);
	FILE *file = fopen(path, "rb");
	struct stat about;
	if (!file || fstat(fileno(file), &about))
		scratch_die("cannot read %s: %s", path, strerror(errno));
	snprintf(out->name, sizeof out->name, "%s", name);
	out->size = (size_t)about.st_size;
	out->data = malloc(out->size + 1);
	if (!out->data || fread(out->data, 1, out->size, file) != out->size)
		scratch_die("cannot read %s", path);
	fclose(file);
}

void scratch_load(struct scratch_files *out, const char *dir)
{
	out->n = 0;
	DIR *folder = opendir(dir);
	if (!folder)
		scratch_die("cannot open %s: %s", dir, strerror(errno));
	for (struct dirent *entry; (entry = readdir(folder));) {
		if (is_dot(entry->d_name))
			continue;
		if (out->n == SCRATCH_FILES)
			scratch_die("more than %d files in %s", SCRATCH_FILES,
			            dir);
		file_load(&out->files[out->n++], dir, entry->d_name);
	}
	closedir(folder);
	qsort(out->files, out->n, sizeof out->files[0], name_compare);
}

void scratch_release(struct scratch_files *files)
{
	for (size_t i = 0; i < files->n; i++)
		free(files->files[i].data);
	files->n = 0;
}

void scratch_write(const char *dir, const char *name, const void *data,
                   size_t size)
{
	char path[2 * SCRATCH_PATH];
	path_of(path, dir, name);
	FILE *file = fopen(path, "wb");
	if (!file || fwrite(data, 1, size, file) != size || fclose(file))
		scratch_die("cannot write %s: %s", path, strerror(errno));
}

void scratch_store(const struct scratch_files *files, const char *dir)
{
	scratch_remove(dir);
	if (mkdir(dir, 0700))
		scratch_die("cannot make %s: %s", dir, strerror(errno));
	for (size_t i = 0; i < files->n; i++)
		scratch_write(dir, files->files[i].name, files->files[i].data,
		              files->files[i].size);
}

const struct scratch_file *scratch_find(const struct scratch_files *files,
                                        const char *name)
{
	for (size_t i = 0; i < files->n; i++)
		if (!strcmp(files->files[i].name, name))
			return &files->files[i];
	return NULL;
}

bool scratch_holds(const struct scratch_files *all,
                   const struct scratch_files *part)
{
	for (size_t i = 0; i < part->n; i++) {
		const struct scratch_file *want = &part->files[i];
		const struct scratch_file *got = scratch_find(all, want->name);
		if (!got)
			return false;
		if (!strcmp(want->name, "lock"))
			continue;
		if (got->size != want->size ||
		    memcmp(got->data, want->data, want->size))
			return false;
	}
	return true;
}
