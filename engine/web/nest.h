/* nest.h — who reads what lies inside a file?
 *
 * The form that finds it there knows its bytes and what was said of them, the
 * conductor (input/input.c) knows all forms: found like any file, by its bytes first,
 * what is inside is read by a reader of its own, under the place of the file.
 */
#ifndef NS_WEB_NEST_H
#define NS_WEB_NEST_H

#include "source/stream.h"

struct nest_item {
	struct stream *stream;
	const char *name;    /* of a file that it could be: "page.html" */
	const char *charset; /* that was declared for it, or "" */
	uint64_t record;     /* where in the file: `source` is FILE:RECORD */
	struct slice url;    /* of articles that name none themselves */
};

struct nest {
	/* What is told of the item goes to the outlet.  Only what ends the reading
	 * of all is an error. */
	int (*read)(struct nest *nest, const struct nest_item *item,
	            struct ns_error *err);
};

#endif
