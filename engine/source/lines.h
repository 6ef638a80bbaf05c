/* lines.h — how does a file of any size become lines in bounded memory?
 *
 * One buffer, filled from a stream and given out line by line without copying, or
 * as the bytes come, to forms that are no lines.
 * It starts at LINES_PEEK bytes and grows only while one line is longer; a line
 * of more than LINES_MAX bytes is told and skipped, never held.
 *
 *     [ given out | the line | not yet given out | free ]
 *                 start                          end    capacity
 *
 * A line ends at LF; a CR before it is not part of it; the last one needs no LF.  In
 * texts of old Macs, and tables that spreadsheets save as theirs, it ends at CR: who
 * knows that this is one says so (lines_end_at_cr).
 * A byte order mark at the start of the file is not part of the first line.
 *
 * Rejected: mapping the file (standard input cannot be, and pages that are
 * mapped count as resident, which the memory ceiling of a build forbids), and
 * getline, which holds a line of any length.
 */
#ifndef NS_SOURCE_LINES_H
#define NS_SOURCE_LINES_H

#include "source/stream.h"

enum {
	LINES_PEEK = 256 << 10,
	LINES_MAX = (int)NS_ARTICLE_MAX
};

struct lines {
	struct stream *stream; /* borrowed */
	uint8_t *data;
	size_t capacity, start, end;
	bool started, ended; /* the file was read from; its end was met */
	bool cr;             /* CR becomes LF */
	bool marked;         /* it began with the byte order mark of UTF-8 */
	int status;          /* of the stream; told where its last bytes were taken */
	struct ns_error err;
	bool failed;         /* and was told: not the caller's fault */
	uint64_t number;     /* lines given out */
	uint64_t bytes;      /* of the file, up to the end of that line */
};

enum line_state { LINE_READ, LINE_OVERLONG, LINE_END };

struct line {
	enum line_state state;
	uint8_t *data; /* until the next call; may be written to */
	size_t len;
	uint64_t number; /* from 1 */
};

/* A zeroed struct lines holds nothing.  lines_open may follow lines_open: the
 * memory is used again. */
void lines_open(struct lines *lines, struct stream *stream);
void lines_release(struct lines *lines);

/* Whether prefix, the start of a text, has lines that end at CR alone. */
bool lines_are_of_cr(struct slice prefix);

/* Lines end at CR from here on. */
void lines_end_at_cr(struct lines *lines);

/* What lies ahead, at most LINES_PEEK bytes, less only where the file ends. */
int lines_peek(struct lines *lines, struct slice *out, struct ns_error *err);

/* The same for at least n bytes, n at most LINES_PEEK; may give more.  It moves what
 * lines_next gave out. */
int lines_ahead(struct lines *lines, size_t n, struct slice *out,
                struct ns_error *err);

int lines_next(struct lines *lines, struct line *out, struct ns_error *err);

/* The next bytes, as many as there are without moving any, at most `most` (over
 * 0); none at the end.  Lines are not counted.  Until the next call; may be written
 * to. */
int lines_take(struct lines *lines, size_t most, struct slice *out,
               struct ns_error *err);

#endif
