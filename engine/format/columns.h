/* columns.h — one fact of every doc, found by its number.
 *
 * Lengths are plain u16; dates, sections and ranks are packed at one width for the
 * column (FORMAT.md, "Lengths and columns").
 */
#ifndef NS_FORMAT_COLUMNS_H
#define NS_FORMAT_COLUMNS_H

#include "base/mem.h"
#include "format/layout.h"

struct column {
	const uint8_t *bits;
	int64_t least; /* 0 for sections and ranks */
	unsigned width;
};

#define DATE_LEAST (-62135596800) /* 0001-01-01T00:00:00Z */
#define DATE_MOST 253402300799    /* 9999-12-31T23:59:59Z */

int column_read_dates(struct column *out, struct slice chunk,
                      uint32_t doc_count, const char *place,
                      struct ns_error *err);
int column_read_sections(struct column *out, struct slice chunk,
                         uint32_t doc_count, const char *place,
                         struct ns_error *err);
int column_read_ranks(struct column *out, struct slice chunk,
                      uint32_t doc_count, const char *place,
                      struct ns_error *err);

/* NS_NO_DATE where the doc has none.  doc < doc_count. */
int64_t column_date(const struct column *column, uint32_t doc);
/* Of sections: 1 + the place of the section among the entries of its field; 0: none.
 * Of ranks: the doc's rank in the segment. */
uint32_t column_number(const struct column *column, uint32_t doc);

/* dates[n]: in DATE_LEAST…DATE_MOST or NS_NO_DATE. */
void column_write_dates(const int64_t *dates, uint32_t n, struct buffer *out);
void column_write_numbers(const uint32_t *numbers, uint32_t n,
                          struct buffer *out);

#endif
