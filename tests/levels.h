/* levels.h — which levels of instructions can a test ask?
 *
 * All up to that of the machine (or of NS_CPU); those above it are named, so
 * that nobody takes a test for more than it was.
 */
#ifndef NS_TESTS_LEVELS_H
#define NS_TESTS_LEVELS_H

#include <stdio.h>

#include "base/base.h"
#include "base/cpu.h"

/* The highest level that may run here. */
static inline enum cpu_level levels_top(void)
{
	static const char *const names[] = {"scalar", "sse42", "avx2",
	                                    "avx512"};
	enum cpu_level top = cpu_level();
	for (size_t level = top + 1; level < ARRAY_LEN(names); level++)
		fprintf(stderr, "skipped: level %s\n", names[level]);
	return top;
}

#endif
