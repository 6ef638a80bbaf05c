/* http_head.h — what does an HTTP answer say of itself, before its body?
 *
 *     HTTP/1.1 200 OK
 *     Content-Type: text/html; charset=ISO-8859-1
 *     Content-Encoding: gzip
 *     Transfer-Encoding: chunked
 *
 * Captures are what servers sent: lines without a colon say nothing.
 */
#ifndef NS_WEB_HTTP_HEAD_H
#define NS_WEB_HTTP_HEAD_H

#include "web/header_field.h"

struct http_head {
	unsigned status;
	char type[96];    /* "text/html", or "" */
	char charset[64]; /* or "" */
	char coding[64];  /* "gzip", "br", or "" */
	char transfer[64];/* "chunked", or "" */
	bool has_length;
	uint64_t length;  /* what Content-Length claims */
};

/* Reads to the end of the header.  *fault says why it is none, or is NULL. */
int http_head_read(struct http_head *out, struct lines *lines,
                   const char **fault, struct ns_error *err);

#endif
