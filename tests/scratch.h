/* scratch.h — where do the tests write, and what lies there afterwards?
 *
 * Plain libc: nothing here passes through the tables that tests make fail.
 * Every call aborts with a sentence where it cannot do its work.
 */
#ifndef NS_TESTS_SCRATCH_H
#define NS_TESTS_SCRATCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#if defined(__SANITIZE_ADDRESS__)
#define HAVE_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define HAVE_ASAN 1
#endif
#endif

enum { SCRATCH_PATH = 256, SCRATCH_FILES = 64 };

struct scratch_file {
	char name[64];
	uint8_t *data;
	size_t size;
};

/* The files of a folder, sorted by name. */
struct scratch_files {
	struct scratch_file files[SCRATCH_FILES];
	size_t n;
};

/* A new empty folder, in memory where the system has /dev/shm. */
void scratch_new(char out[SCRATCH_PATH]);
/* Removes the folder and its files; it has no folders in it but one level. */
void scratch_remove(const char *dir);

void scratch_load(struct scratch_files *out, const char *dir);
void scratch_release(struct scratch_files *files);
/* Makes dir hold these files and no others. */
void scratch_store(const struct scratch_files *files, const char *dir);
void scratch_write(const char *dir, const char *name, const void *data,
                   size_t size);

const struct scratch_file *scratch_find(const struct scratch_files *files,
                                        const char *name);
/* All of `part` lies in `all`, byte for byte, but what `lock` holds. */
bool scratch_holds(const struct scratch_files *all,
                   const struct scratch_files *part);

_Noreturn void scratch_die(const char *format, ...)
	__attribute__((format(printf, 1, 2)));

#endif
