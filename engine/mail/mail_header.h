/* mail_header.h — which fields has the header of a message, or of a part of one?
 *
 * Kept are the fields that something is made of, each once (the first; of Keywords
 * all, with a comma between), unfolded, as bytes; of a value what passes
 * MAIL_FIELD_MAX is cut off.  A header ends at an empty line, or where a line is neither a field ("Name: …", the name without white
 * or control characters) nor the continuation of one: that line is text already.
 * A line of white alone is a continuation, as old mailers meant it.
 * A continuation before the first field continues one that was cut away.
 */
#ifndef NS_MAIL_MAIL_HEADER_H
#define NS_MAIL_MAIL_HEADER_H

#include "base/mem.h"

enum { MAIL_FIELD_MAX = 64 << 10 };

enum mail_field {
	MAIL_SUBJECT, MAIL_FROM, MAIL_DATE, MAIL_NEWSGROUPS, MAIL_LIST_ID,
	MAIL_MESSAGE_ID, MAIL_ARCHIVED_AT, MAIL_CONTENT_LANGUAGE,
	MAIL_KEYWORDS, MAIL_CONTENT_LENGTH, MAIL_CONTENT_TYPE, MAIL_CONTENT_CODING,
	MAIL_CONTENT_DISPOSITION, MAIL_CONTENT_LOCATION, MAIL_FIELDS
};

struct mail_header {
	struct buffer fields[MAIL_FIELDS];
	enum mail_field open; /* continued by a line with white; MAIL_FIELDS: none */
};

void mail_header_init(struct mail_header *header);
void mail_header_release(struct mail_header *header);
void mail_header_clear(struct mail_header *header);

enum mail_header_line { MAIL_LINE_TAKEN, MAIL_LINE_BLANK, MAIL_LINE_TEXT };
enum mail_header_line mail_header_take(struct mail_header *header,
                                       struct slice line);

/* NS_E_NOMEM, or NS_OK. */
int mail_header_status(const struct mail_header *header);

/* Without white around it; empty where there is none. */
struct slice mail_header_value(const struct mail_header *header,
                               enum mail_field field);

/* "text/html; charset=x": up to the first ';'. */
struct slice mail_header_word(const struct mail_header *header,
                              enum mail_field field);

/* The parameter of a field, without quotes, into out, which has size bytes; a
 * longer one is none, as one that is not there: "". */
void mail_header_parameter(const struct mail_header *header,
                           enum mail_field field, const char *name, char *out,
                           size_t size);

/* Bytes of the name of the field that line is, or 0. */
size_t mail_field_name(struct slice line);

#endif
