/* http_coding.h — what does a body say that was packed for the way?
 *
 * gzip (and x-gzip) and deflate, by zlib.  "deflate" is sent with zlib's header, as
 * the standard has it, and without, as some servers do: the first bytes tell.
 * Archives often store the body unpacked under a header that still says gzip: what
 * does not begin like gzip passes through as it is.
 *
 * What ends early, or is broken behind its start, is given as far as it goes, and
 * `fault` says so.  What does not begin at all is a fault of the input, as is a
 * body of more than HTTP_BODY_MAX bytes: no page has that many, 1 GB of zeros is
 * 1 MB packed.  Who reads many bodies may allow less.
 */
#ifndef NS_WEB_HTTP_CODING_H
#define NS_WEB_HTTP_CODING_H

#include "source/stream.h"
#include "source/zlib_memory.h"

enum { HTTP_BODY_MAX = 64 << 20, HTTP_CODING_INPUT = 32 << 10 };

struct http_coding {
	struct stream stream;
	struct stream *from; /* borrowed */
	bool deflate, plain, ended;
	const char *fault;   /* what ended it early, or NULL */
	uint64_t out, most;  /* bytes given, and that may be */
	z_stream z;
	size_t start, end;   /* of what was read and not inflated yet */
	uint8_t input[HTTP_CODING_INPUT];
};

/* Whether a body of this coding can be read: "", "identity", …, those above. */
bool http_coding_known(const char *name);
/* Whether there is anything to unpack. */
bool http_coding_packs(const char *name);

/* Of a coding that packs.  To be released after failures too. */
int http_coding_open(struct http_coding *out, struct stream *from,
                     const char *name, uint64_t most, struct ns_error *err);
void http_coding_release(struct http_coding *coding);

#endif
