#include "base/io.h"

#include <errno.h>
#include <sys/mman.h>

static const struct io_table *table = &io_system;

void io_set_table(const struct io_table *replacement)
{
	table = replacement ? replacement : &io_system;
}

const struct io_table *io_table(void)
{
	return table;
}

int io_open(int dir, const char *path, int flags, mode_t mode)
{
	int file;
	do
		file = table->open(dir, path, flags | O_CLOEXEC, mode);
	while (file < 0 && errno == EINTR);
	return file;
}

void io_close(int *file)
{
	if (*file >= 0) {
		int saved = errno;
		table->close(*file);
		errno = saved;
	}
	*file = -1;
}

int io_read(int file, void *data, size_t n, size_t *out, const char *place,
            struct ns_error *err)
{
	size_t done = 0;
	while (done < n) {
		ssize_t got = table->read(file, (char *)data + done, n - done);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return err_io(err, place, "read");
		if (got == 0)
			break;
		done += (size_t)got;
	}
	*out = done;
	return NS_OK;
}

int io_read_at(int file, void *data, size_t n, uint64_t offset,
               const char *place, struct ns_error *err)
{
	for (size_t done = 0; done < n;) {
		ssize_t got = table->pread(file, (char *)data + done, n - done,
		                           (off_t)(offset + done));
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return err_io(err, place, "read");
		if (got == 0)
			return err_corrupt(err, place, (int64_t)(offset + done),
			                   "the file ends early");
		done += (size_t)got;
	}
	return NS_OK;
}

int io_write(int file, const void *data, size_t n, const char *place,
             struct ns_error *err)
{
	for (size_t done = 0; done < n;) {
		ssize_t put = table->write(file, (const char *)data + done,
		                           n - done);
		if (put < 0 && errno == EINTR)
			continue;
		if (put < 0 && (errno == ENOSPC || errno == EDQUOT))
			return err_at(err, NS_E_IO, place, -1, 0,
			              "the disk is full: %zu bytes more were wanted",
			              n - done);
		if (put < 0)
			return err_io(err, place, "write");
		done += (size_t)put;
	}
	return NS_OK;
}

int io_sync(int file, const char *place, struct ns_error *err)
{
	if (table->fsync(file) != 0)
		return err_io(err, place, "sync");
	return NS_OK;
}

int io_close_written(int *file, const char *place, struct ns_error *err)
{
	int failed = table->close(*file);
	*file = -1;
	/* Linux has closed the file even where close reports EINTR */
	if (failed && errno != EINTR)
		return err_io(err, place, "close");
	return NS_OK;
}

int io_rename_new(int dir, const char *from, const char *to,
                  struct ns_error *err)
{
	if (table->rename(dir, from, to, true) == 0)
		return NS_OK;
	if (errno != EINVAL && errno != ENOSYS)
		return err_io(err, to, "rename a file to this name");
	if (table->link(dir, from, to) != 0)
		return err_io(err, to, "rename a file to this name");
	/* the new name is there: an old one that stays is litter, no failure */
	table->unlink(dir, from);
	return NS_OK;
}

void io_expect_random(void *map, size_t size)
{
	int saved = errno;
	table->advise(map, size, MADV_RANDOM);
	errno = saved;
}

void io_forget(const void *map, size_t size)
{
	int saved = errno;
	table->advise((void *)(uintptr_t)map, size, MADV_DONTNEED);
	errno = saved;
}

static int read_open_file(int file, const char *path, size_t max,
                          struct buffer *out, struct ns_error *err)
{
	struct stat facts;
	if (table->fstat(file, &facts) != 0)
		return err_io(err, path, "look at");
	if (!S_ISREG(facts.st_mode))
		return err_at(err, NS_E_IO, path, -1, 0, "is no regular file");
	if ((uint64_t)facts.st_size > max)
		return err_at(err, NS_E_LIMIT, path, -1, 0,
		              "is larger than %zu bytes", max);
	size_t size = (size_t)facts.st_size, got = 0;
	uint8_t *room = buffer_reserve(out, size);
	if (!room)
		return buffer_check(out, err);
	TRY(io_read(file, room, size, &got, path, err));
	out->len += got;
	return NS_OK;
}

int io_read_file(int dir, const char *path, size_t max, struct buffer *out,
                 struct ns_error *err)
{
	buffer_clear(out);
	int file = io_open(dir, path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK, 0);
	if (file < 0)
		return err_io(err, path, "open");
	int status = read_open_file(file, path, max, out, err);
	io_close(&file);
	return status;
}

static int compare_names(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static int copy_names(struct dirent **entries, size_t n, struct io_names *out,
                      struct ns_error *err)
{
	out->names = arena_zero(&out->arena, n + 1, sizeof *out->names);
	if (!out->names)
		return err_nomem(err);
	for (size_t i = 0; i < n; i++) {
		const char *name = entries[i]->d_name;
		if (!strcmp(name, ".") || !strcmp(name, ".."))
			continue;
		out->names[out->n] = arena_copy(&out->arena, name, strlen(name));
		if (!out->names[out->n])
			return err_nomem(err);
		out->n++;
	}
	qsort(out->names, out->n, sizeof *out->names, compare_names);
	return NS_OK;
}

int io_list(int dir, struct io_names *out, const char *place,
            struct ns_error *err)
{
	*out = (struct io_names){0};
	struct dirent **entries;
	int n = table->list(dir, &entries);
	if (n < 0)
		return err_io(err, place, "list");
	int status = copy_names(entries, (size_t)n, out, err);
	for (int i = 0; i < n; i++)
		free(entries[i]); /* scandir's own allocations */
	free(entries);
	if (status != NS_OK)
		io_names_release(out);
	return status;
}

void io_names_release(struct io_names *names)
{
	arena_release(&names->arena);
	*names = (struct io_names){0};
}
