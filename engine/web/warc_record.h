/* warc_record.h — what does the header of a record say?
 *
 *     WARC/1.0                                      WARC 0.17 to 1.1
 *     WARC-Type: response
 *     WARC-Target-URI: http://example.org/a.html
 *     Content-Type: application/http; msgtype=response
 *     Content-Length: 1613
 *                                                   an empty line
 *     http://example.org/a.html 192.0.2.1 20140216050221 text/html 1591     ARC 1
 *
 * The date of a record is that of a capture, not of the news: it is not read.
 */
#ifndef NS_WEB_WARC_RECORD_H
#define NS_WEB_WARC_RECORD_H

#include "web/header_field.h"

struct warc_record {
	char kind[32];    /* "response", "resource", …; of ARC "response", or
	                     "filedesc" of its first */
	char type[96];    /* "application/http", or "" */
	char charset[64]; /* or "" */
	bool http;        /* it holds an HTTP answer */
	bool cut;         /* whoever wrote it left its end out */
	bool has_length;
	uint64_t length;  /* of the block behind the header */
	struct buffer uri;/* UTF-8 */
};

void warc_record_init(struct warc_record *record);
void warc_record_release(struct warc_record *record);

/* Whether a record can begin with this line. */
bool warc_record_begins(struct slice line);

/* Reads the header whose first line is given, which may lie in the buffer of lines.
 * *fault says why there is no record, or is NULL. */
int warc_record_read(struct warc_record *out, struct slice line,
                     struct lines *lines, const char **fault,
                     struct ns_error *err);

#endif
