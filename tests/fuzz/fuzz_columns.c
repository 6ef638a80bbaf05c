/* fuzz_columns.c — do the columns of dates and sections hold against any bytes?
 *
 * Input: doc_count, bytes of the first chunk (u32), then both chunks.  What can be
 * read can be written, and reads the same again.
 */
#include "format/columns.h"
#include "tests/fuzz/fuzz.h"

enum { MOST = 4096 }; /* docs that are read from the start, and to the end */

static void dates_again(const struct column *column, uint32_t n)
{
	struct buffer out;
	struct column again;
	int64_t *dates = fuzz_alloc(n * sizeof *dates);
	bool *is_day = fuzz_alloc(n * sizeof *is_day);
	bool fits = true;
	for (uint32_t i = 0; i < n; i++) {
		dates[i] = column_date(column, i);
		is_day[i] = column_date_is_day(column, i);
		fits &= dates[i] == NS_NO_DATE ||
		        (dates[i] >= DATE_LEAST && dates[i] <= DATE_MOST);
	}
	buffer_init(&out, SIZE_MAX);
	if (fits) {
		column_write_dates(dates, is_day, n, &out);
		size_t size = out.len;
		buffer_zeros(&out, CHUNK_PADDING);
		ASSERT_REL(column_read_dates(&again, slice_of(out.data, size),
		                             n, "fuzz", NULL), ==, NS_OK);
		for (uint32_t i = 0; i < n; i++) {
			ASSERT_REL(column_date(&again, i), ==, dates[i]);
			ASSERT_REL(column_date_is_day(&again, i), ==, is_day[i]);
		}
	}
	buffer_release(&out);
	free(is_day);
	free(dates);
}

static void sections_again(const struct column *column, uint32_t n)
{
	struct buffer out;
	struct column again;
	uint32_t *sections = fuzz_alloc(n * sizeof *sections);
	for (uint32_t i = 0; i < n; i++)
		sections[i] = column_number(column, i);
	buffer_init(&out, SIZE_MAX);
	column_write_numbers(sections, n, &out);
	size_t size = out.len;
	buffer_zeros(&out, CHUNK_PADDING);
	ASSERT_REL(column_read_sections(&again, slice_of(out.data, size), n,
	                                "fuzz", NULL), ==, NS_OK);
	for (uint32_t i = 0; i < n; i++)
		ASSERT_REL(column_number(&again, i), ==, sections[i]);
	buffer_release(&out);
	free(sections);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct reader reader = {data, data + size, false};
	struct column dates, sections;
	uint32_t n = min_u32(reader_u32(&reader), DOCS_MAX);
	uint32_t few = min_u32(n, MOST);
	struct slice first = fuzz_chunk(&reader, reader_u32(&reader));
	struct slice second = fuzz_rest(&reader);
	bool good = column_read_dates(&dates, first, n, "fuzz", NULL) == NS_OK;
	if (good) {
		dates_again(&dates, few);
		for (uint32_t doc = n - few; doc < n; doc++)
			(void)column_date(&dates, doc);
	}
	fuzz_sound = good;
	good = column_read_sections(&sections, second, n, "fuzz", NULL) == NS_OK;
	if (good) {
		sections_again(&sections, few);
		for (uint32_t doc = n - few; doc < n; doc++)
			(void)column_number(&sections, doc);
	}
	fuzz_sound &= good;
	fuzz_free(first);
	fuzz_free(second);
	return 0;
}
