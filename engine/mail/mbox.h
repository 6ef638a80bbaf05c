/* mbox.h — where does the next message of an mbox begin?
 *
 *     From ann@example.org Thu Apr  6 12:30:05 2017     the From_ line
 *     From: Ann Lee <ann@example.org>                   a header
 *
 * There are four kinds that no file names, and one rule serves them all: a line that
 * begins with "From " opens a message if a field of a header follows, and either the
 * line before is empty or it has a time and a year.  A text that begins a line with
 * "From" is not followed by a header.  In front of ">From " one '>' is taken off
 * again, also before more of them (mboxrd; mboxo writes the first only).
 *
 * mboxcl does not quote; its Content-Length says where the message ends, if it is
 * right: that is seen where the next From_ line, or the end of the file, stands
 * behind so many bytes.  Longer messages than MBOX_LOOK are cut by the rule alone.
 */
#ifndef NS_MAIL_MBOX_H
#define NS_MAIL_MBOX_H

#include "source/lines.h"

enum { MBOX_LOOK = LINES_PEEK };

/* Whether the bytes begin with a From_ line and a field. */
bool mbox_is(struct slice prefix);

/* Whether `line`, which was given out of lines, opens a message; it is not
 * overwritten.  after_blank: the line before is empty, or there is none. */
int mbox_opens(struct lines *lines, struct slice line, bool after_blank,
               bool *out, struct ns_error *err);

/* ">From …", which old mailers put behind the From_ line. */
bool mbox_is_remote(struct slice line);

/* Takes the '>' off a quoted line. */
struct slice mbox_unquote(struct slice line);

/* The offset (lines->bytes) at which the message ends whose text begins here, by
 * the value of its Content-Length; 0: not known, or not right. */
int mbox_length(struct lines *lines, struct slice value, uint64_t *out,
                struct ns_error *err);

#endif
