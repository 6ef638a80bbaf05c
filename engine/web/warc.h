/* warc.h — which articles lie in an archive of web pages?
 *
 * Records of WARC 0.17 to 1.1 (ISO 28500) and of ARC 1, as they are and packed by
 * gzip (warc_members.h).  Each is one of three, so that records add up:
 *
 *   read         response with status 200, resource and conversion records of a
 *                type that articles come in: HTML, plain text, feeds, JSON lines.
 *                What they hold is found like a file (nest.h)
 *   passed over  other kinds (request, metadata, revisit, …), other statuses, other
 *                types; robots.txt, and wget's own records (metadata:)
 *   refused      what is broken: by place, and with the offset of a broken member
 *
 *     FILE:17  ──►  header ──► block ──► HTTP header ──► body ──► nest
 *              warc_record.h             http_body.h
 *
 * url is the page's own, else the target of the record; the same page captured
 * twice is two articles.  The date is the page's own: a capture is no news, and
 * Last-Modified is when a server made the page up.  A page whose end is missing
 * is used as far as it goes, and noted.
 *
 * A length is believed: in a file that is not packed one that is too large swallows
 * what follows, since no byte of a page tells that it is none of it.  Behind what
 * is no record the next one is looked for, line by line.
 *
 * Rejected: libarchive's reader (warc_members.h); a page by its Content-Length,
 * which is that of what came over the line; the date of the capture as a date.
 */
#ifndef NS_WEB_WARC_H
#define NS_WEB_WARC_H

#include "web/http_body.h"
#include "web/nest.h"
#include "source/outlet.h"
#include "web/warc_members.h"
#include "web/warc_record.h"

/* What is in a record, behind its header. */
struct warc_block {
	struct stream stream;
	struct lines *lines;
	const struct warc_members *members;
	uint64_t left;
	bool cut; /* it ended before */
};

/* Zeroed and then initialized; used for one file after the other. */
struct warc {
	struct warc_members members;
	struct lines lines; /* of what members hold */
	struct warc_record record;
	struct warc_block block;
	struct http http;
	uint64_t number;    /* of the record at hand, from 1 */
	uint64_t unpacked;  /* bytes that came out of packed bodies */
	bool lost;          /* what is no record was told, no record met since */
	bool cut_told;      /* that the last record is cut off */
};

void warc_init(struct warc *warc);
void warc_release(struct warc *warc);

bool warc_is(struct slice prefix);

int warc_read(struct outlet *outlet, struct lines *lines, struct warc *warc,
              struct nest *nest, struct ns_error *err);

#endif
