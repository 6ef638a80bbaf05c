/* columns.h — one fact of every doc, found by its number.
 *
 * Lengths are plain u16; dates, sections and ranks are packed at one width for the
 * column (FORMAT.md, "Lengths and columns").
 *
 * Days alone and seconds share the numbers of the column of dates: first those of
 * the days, then those of the seconds.  21,578 articles of 1987 take 21,601 bytes
 * where only days are known, 67,453 where seconds are, and as many where it is now
 * this, now that: days are few beside seconds.  Days kept as seconds took 67,445;
 * a bit beside each date would be 2,697 bytes more.
 */
#ifndef NS_FORMAT_COLUMNS_H
#define NS_FORMAT_COLUMNS_H

#include "base/mem.h"
#include "format/layout.h"

struct column {
	const uint8_t *bits;
	int64_t least; /* of dates: the least second; else 0 */
	int64_t least_day;
	uint32_t days; /* how many values mean days alone */
	unsigned width;
};

#define DATE_LEAST (-62135596800) /* 0001-01-01T00:00:00Z */
#define DATE_MOST 253402300799    /* 9999-12-31T23:59:59Z */
#define DAY_SECONDS 86400

int column_read_dates(struct column *out, struct slice chunk,
                      uint32_t doc_count, const char *place,
                      struct ns_error *err);
int column_read_sections(struct column *out, struct slice chunk,
                         uint32_t doc_count, const char *place,
                         struct ns_error *err);
int column_read_ranks(struct column *out, struct slice chunk,
                      uint32_t doc_count, const char *place,
                      struct ns_error *err);

/* NS_NO_DATE where the doc has none; of a day its first second.  doc < doc_count. */
int64_t column_date(const struct column *column, uint32_t doc);
/* Is only the day known? */
bool column_date_is_day(const struct column *column, uint32_t doc);
/* Of sections: 1 + the place of the section among the entries of its field; 0: none.
 * Of ranks: the doc's rank in the segment. */
uint32_t column_number(const struct column *column, uint32_t doc);

/* dates[n]: in DATE_LEAST…DATE_MOST or NS_NO_DATE.  is_day[n]: the date is a day,
 * said by its first second. */
void column_write_dates(const int64_t *dates, const bool *is_day, uint32_t n,
                        struct buffer *out);
void column_write_numbers(const uint32_t *numbers, uint32_t n,
                          struct buffer *out);

#endif
