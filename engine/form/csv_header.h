/* csv_header.h — which columns does this table have, and what parts them?
 *
 * The delimiter is the one of , ; tab | that makes the most parts of an article out
 * of the first line; among equals the one that makes the most cells, then the first.
 */
#ifndef NS_FORM_CSV_HEADER_H
#define NS_FORM_CSV_HEADER_H

#include "form/csv.h"

/* As csv_start. */
int csv_header_read(struct csv *csv, struct slice line, uint8_t delimiter,
                    const struct field_map *map, const char **why,
                    struct ns_error *err);

/* Whether prefix, the start of a file, is a table: its first line is a header with a
 * title and a body, or one of them and two more parts, in short cells, and what parts
 * them occurs again.  *delimiter: that. */
bool csv_header_is(struct slice prefix, uint8_t *delimiter);

#endif
