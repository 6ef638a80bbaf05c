/* http_body.h — what does an HTTP answer say, in a record of an archive?
 *
 *     header │ body, chunked │ packed │ what it says
 *            http_head.h       http_coding.h
 *
 * The body ends where the record does.  Content-Length is of what came over the
 * line, and most archives store the body already joined and unpacked, so it ends
 * nothing; a body that is not packed and has fewer bytes was cut off.  Chunks are
 * joined only where the body begins with the size of one, for the same reason.
 *
 * What is cut off or broken within is given as far as it goes, and http_fault says
 * why.
 */
#ifndef NS_WEB_HTTP_BODY_H
#define NS_WEB_HTTP_BODY_H

#include "web/http_coding.h"
#include "web/http_head.h"

struct http_body {
	struct stream stream;
	struct lines *lines; /* borrowed */
	bool chunked, ended;
	bool closing;        /* a chunk was read, the line behind it was not */
	uint64_t left;       /* of the chunk at hand */
	uint64_t bytes;      /* given */
	const char *fault;
};

/* An answer; zeroed it holds nothing. */
struct http {
	struct lines lines;
	struct http_head head;
	struct http_body body;
	struct http_coding coding;
	bool packed;
	char refusal[96];
};

/* Reads the header from a stream that begins with it; what its body says, unpacked
 * to at most so many bytes, is at http_content then.  A fault of the input leaves
 * its sentence in http->refusal (else ""), with *why.  The memory is used again by
 * the next. */
int http_open(struct http *http, struct stream *from, uint64_t most,
              enum source_reason *why, struct ns_error *err);
struct stream *http_content(struct http *http);
/* Bytes that came out of a packed body so far. */
uint64_t http_unpacked(const struct http *http);
/* After its end: what was wrong with the body, or NULL. */
const char *http_fault(const struct http *http);
void http_release(struct http *http);

#endif
