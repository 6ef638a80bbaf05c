/* window.h — an index of which every state is one number.
 *
 * Step k adds article k, deletes article k − WINDOW, and replaces the article
 * `counter`, whose title is "counter k".  So whoever reads can tell whether what is
 * there belongs to exactly one commit: the counter says k, and the articles are
 * k − WINDOW + 1 … k and no others.
 */
#ifndef NS_TESTS_WINDOW_H
#define NS_TESTS_WINDOW_H

#include "nsindex.h"

enum { WINDOW = 40 };

/* One commit; each 16th merges all segments. */
int window_step(const char *dir, unsigned k, ns_error *err);

/* Which step the index shows; dies where it is not exactly one. */
unsigned window_read(const ns_index *index);
/* The same for the newest commit in dir. */
unsigned window_read_dir(const char *dir);

#endif
