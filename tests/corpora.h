/* corpora.h — where do the real articles lie that a test may look at?
 *
 * NS_CORPORA names a folder that holds collections, or has them packed still.
 */
#ifndef NS_TESTS_CORPORA_H
#define NS_TESTS_CORPORA_H

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* The folder, where NS_CORPORA has `part` of it unpacked; else NULL, after telling
 * that `test` skips it. */
static inline const char *corpora_with(const char *part, const char *test)
{
	const char *folder = getenv("NS_CORPORA");
	char path[4096];
	if (folder) {
		snprintf(path, sizeof path, "%s/%s", folder, part);
		if (access(path, R_OK) == 0)
			return folder;
	}
	fprintf(stderr, "%s: %s is skipped (not in NS_CORPORA)\n", test, part);
	return NULL;
}

#endif
