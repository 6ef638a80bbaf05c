/* failing_malloc.c — memory ends, for foreign libraries too.
 *
 * A shared object to be preloaded: of the calls of malloc, calloc, realloc and
 * their kin by the program and all its libraries, number NS_FAIL_MALLOC fails, or
 * with NS_FAIL_FOR_EVER that one and all after it.  With NS_COUNT_MALLOC the number
 * of calls is written to that file at the end.
 */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define EXPORT __attribute__((visibility("default")))

extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t n, size_t size);
extern void *__libc_realloc(void *block, size_t size);

static unsigned long n_calls, failing;
static bool for_ever;

__attribute__((constructor)) static void start(void)
{
	const char *number = getenv("NS_FAIL_MALLOC");
	failing = number ? strtoul(number, NULL, 10) : 0;
	for_ever = getenv("NS_FAIL_FOR_EVER") != NULL;
	n_calls = 0; /* what the loader took is not the program's */
}

__attribute__((destructor)) static void end(void)
{
	const char *path = getenv("NS_COUNT_MALLOC");
	char text[32];
	unsigned long n = n_calls;
	failing = 0;
	if (!path)
		return;
	int file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0666);
	int size = snprintf(text, sizeof text, "%lu\n", n);
	if (file < 0 || write(file, text, (size_t)size) != size)
		_exit(99);
	close(file);
}

static bool fails(void)
{
	unsigned long n = __atomic_add_fetch(&n_calls, 1, __ATOMIC_RELAXED);
	if (!failing || n < failing || (n > failing && !for_ever))
		return false;
	errno = ENOMEM;
	return true;
}

EXPORT void *malloc(size_t size)
{
	return fails() ? NULL : __libc_malloc(size);
}

EXPORT void *calloc(size_t n, size_t size)
{
	return fails() ? NULL : __libc_calloc(n, size);
}

EXPORT void *realloc(void *block, size_t size)
{
	return fails() ? NULL : __libc_realloc(block, size);
}
