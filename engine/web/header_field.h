/* header_field.h — what does a line "Name: value" of a header say?
 *
 * WARC and HTTP share the form: names in any case, white at the ends of the value
 * means nothing.  A media type is "type/kind; charset=label; …".
 */
#ifndef NS_WEB_HEADER_FIELD_H
#define NS_WEB_HEADER_FIELD_H

#include "source/lines.h"

enum { HEADER_MAX = 1 << 20 }; /* bytes of all lines of a header */

struct header_field {
	struct slice name, value;
};

/* False where there is no name. */
bool header_field_of(struct slice line, struct header_field *out);
bool header_field_is(const struct header_field *field, const char *name);

/* The next line of a header that began when lines->bytes was `from`.  *out is empty
 * at its end; *fault is set where it has none: the file ends, or it is too long. */
int header_next(struct lines *lines, uint64_t from, struct slice *out,
                const char **fault, struct ns_error *err);

/* All fields up to the end of the header, of which the next line is the first. */
typedef void header_take(void *context, const struct header_field *field);
int header_read(struct lines *lines, uint64_t from, header_take *take,
                void *context, const char **fault, struct ns_error *err);

/* Digits alone, less than 2^63. */
bool header_number(struct slice text, uint64_t *out);

/* ASCII letters in lower case into out, as a string: what stands before the ';' of
 * a value, or what a parameter of it is ("" for none).  What does not fit is cut. */
void header_word(struct slice value, char *out, size_t size);
void header_parameter(struct slice value, const char *name, char *out,
                      size_t size);

#endif
