/* folder.h — a test is over: what becomes of its folder?
 *
 * (scratch.h, for plain programs, also makes folders and ends the program where it
 * cannot.)
 */
#ifndef NS_TESTS_FOLDER_H
#define NS_TESTS_FOLDER_H

#include <dirent.h>
#include <stdio.h>
#include <unistd.h>

/* Removes dir and the files in it. */
static inline void folder_remove(const char *dir)
{
	char path[512];
	DIR *files = opendir(dir);
	for (struct dirent *file; files && (file = readdir(files));) {
		snprintf(path, sizeof path, "%s/%s", dir, file->d_name);
		unlink(path);
	}
	if (files)
		closedir(files);
	rmdir(dir);
}

#endif
