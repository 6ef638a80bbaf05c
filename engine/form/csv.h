/* csv.h — which article is this row of a table?
 *
 *     date;headline;"full text"
 *     2017-05-03;Rain in Sochi;"It rained ""all"" day.
 *     Snow is expected."
 *
 * RFC 4180, read with what people write instead: cells stand between commas,
 * semicolons, tabs or bars, whichever makes the most of the header; a cell that
 * begins with a quote, perhaps behind blanks, ends with one, and holds all else,
 * line ends too; a quote within any other cell is part of it.  The first line that is
 * not blank is the header (behind a line "sep=;", which a spreadsheet writes); which
 * column is which part of an article says fields.h.  Where there is no header, --map
 * title=2,body=3 counts columns: numbers alone, not all of them names of columns.
 *
 * Within a quoted cell a quote is doubled.  Spark, PHP and MySQL put a backslash before
 * it: so it is where the first LINES_PEEK bytes have \" in the middle of a cell, and
 * none that is doubled there.
 *
 * A row with fewer cells than the header has the others empty: spreadsheets leave
 * out what is empty at the end.  One with more is refused, unless they are empty: a
 * comma that was not quoted has shifted all behind it, and no one can say where.
 *
 * A quote that is not closed takes all that follows into its cell.  So a row of
 * several lines that ends with too few cells or with text behind a closing quote, or
 * not within NS_ARTICLE_MAX bytes or the file, is refused at the line where it began,
 * and reading goes on at the next line that is a row as wide as the header: the lines
 * that were read in vain are held.  What is read again is not more than was read, and
 * CSV_AGAIN bytes: hostile tables take no more than twice their time.
 *
 * Rejected: to refuse rows with fewer cells; to end a quoted cell at a line that
 * looks like a row (texts of articles hold such lines).
 */
#ifndef NS_FORM_CSV_H
#define NS_FORM_CSV_H

#include "source/draft.h"
#include "source/fields.h"

enum {
	CSV_COLUMNS = 1024,      /* that may be parts of an article */
	CSV_AGAIN = 32 << 20
};

/* The table at hand. */
struct csv {
	uint8_t parts[CSV_COLUMNS]; /* enum field; FIELDS: of no use */
	size_t columns;
	uint8_t delimiter;
	bool headless;              /* the first line is a row */
	bool backslash;             /* quotes in quoted cells are \" */
	struct buffer scratch, reason;
	struct buffer date, topics, places; /* cells as they are */
	/* lines of a row that began before them; [from, at) are of the row at hand,
	 * [at, len) are to be read again */
	struct buffer held;
	size_t from, at;
	uint64_t number, again;     /* lines read; bytes that were read again */
	/* the row */
	size_t column;              /* the cells before the one at hand */
	bool quoted, filled, torn;  /* that cell; a cell beyond the header's is not
	                               empty; text stands behind a closing quote */
	bool doubt;                 /* a row of several lines was refused, and none
	                               of the header's width was met since */
};

void csv_init(struct csv *csv);
void csv_release(struct csv *csv);

/* Reads the header.  delimiter 0: find it out.  map: or NULL.  *why is NULL where
 * articles can be read, else what is wrong with the columns, until the next call. */
int csv_start(struct csv *csv, struct lines *lines, uint8_t delimiter,
              const struct field_map *map, const char **why,
              struct ns_error *err);

int csv_read(struct csv *csv, struct outlet *outlet, struct lines *lines,
             struct draft *draft, struct ns_error *err);

#endif
