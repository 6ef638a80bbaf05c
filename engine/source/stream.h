/* stream.h — how do bytes come, wherever they lie?
 *
 * A file, standard input, a member of an archive and a text in another encoding
 * all look alike to what reads them: bytes from the front to the end, once.  What
 * makes one stream out of another holds it as its context.
 */
#ifndef NS_SOURCE_STREAM_H
#define NS_SOURCE_STREAM_H

#include "source/source.h"

struct stream {
	/* At most n bytes into data, fewer only at the end or before a failure: *got
	 * are good then too.  What is not NS_OK, but for NS_E_NOMEM, is a fault of the
	 * input: it is told under `why`. */
	int (*read)(struct stream *stream, void *data, size_t n, size_t *got,
	            struct ns_error *err);
	enum source_reason why;
	bool told; /* that it failed was told */
	/* The same from any place, where that can be; else NULL. */
	int (*read_at)(struct stream *stream, void *data, size_t n,
	               uint64_t offset, size_t *got, struct ns_error *err);
	uint64_t size; /* where read_at is */
};

/* The bytes of an open file. */
struct stream_file {
	struct stream stream; /* first: one pointer serves for both */
	int file;             /* borrowed */
	const char *place;    /* borrowed, for messages */
	uint64_t bytes;       /* read so far */
};

/* size: of a regular file, which must stay; else 0. */
void stream_file_init(struct stream_file *out, int file, const char *place,
                      uint64_t size);

#endif
