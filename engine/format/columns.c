#include "format/columns.h"

#include "base/bits.h"

enum { DATE_HEAD = 24, NUMBER_HEAD = 8 };

static bool size_fits(struct slice chunk, size_t head, unsigned width,
                      uint32_t doc_count)
{
	return width <= 56 &&
	       chunk.len == head + bits_bytes(doc_count, width);
}

int column_read_dates(struct column *out, struct slice chunk,
                      uint32_t doc_count, const char *place,
                      struct ns_error *err)
{
	struct reader reader = reader_of(chunk);
	out->least = (int64_t)reader_u64(&reader);
	out->least_day = (int32_t)reader_u32(&reader);
	out->days = reader_u32(&reader);
	out->width = reader_u8(&reader);
	out->bits = chunk.data + DATE_HEAD;
	int64_t last_day = out->least_day + (int64_t)out->days - 1;
	if (reader.bad ||
	    !size_fits(chunk, DATE_HEAD, out->width, doc_count) ||
	    out->least < DATE_LEAST || out->least > DATE_MOST ||
	    out->least_day < DATE_LEAST / DAY_SECONDS ||
	    last_day > DATE_MOST / DAY_SECONDS)
		return err_corrupt(err, place, -1, "date: impossible sizes");
	return NS_OK;
}

static int read_numbers(struct column *out, struct slice chunk,
                        const char *name, uint32_t doc_count,
                        const char *place, struct ns_error *err)
{
	struct reader reader = reader_of(chunk);
	out->least = out->least_day = out->days = 0;
	out->width = reader_u8(&reader);
	out->bits = chunk.data + NUMBER_HEAD;
	if (reader.bad || out->width > 32 ||
	    !size_fits(chunk, NUMBER_HEAD, out->width, doc_count))
		return err_corrupt(err, place, -1, "%s: impossible sizes", name);
	return NS_OK;
}

int column_read_sections(struct column *out, struct slice chunk,
                         uint32_t doc_count, const char *place,
                         struct ns_error *err)
{
	return read_numbers(out, chunk, "sect", doc_count, place, err);
}

int column_read_ranks(struct column *out, struct slice chunk,
                      uint32_t doc_count, const char *place,
                      struct ns_error *err)
{
	return read_numbers(out, chunk, "rank", doc_count, place, err);
}

int64_t column_date(const struct column *column, uint32_t doc)
{
	uint64_t value = bits_get(column->bits, doc, column->width);
	if (!value)
		return NS_NO_DATE;
	if (value <= column->days)
		return (column->least_day + (int64_t)(value - 1)) * DAY_SECONDS;
	return column->least + (int64_t)(value - column->days - 1);
}

bool column_date_is_day(const struct column *column, uint32_t doc)
{
	/* 0 becomes the largest number */
	return bits_get(column->bits, doc, column->width) - 1 < column->days;
}

uint32_t column_number(const struct column *column, uint32_t doc)
{
	return (uint32_t)bits_get(column->bits, doc, column->width);
}

/* `head` bytes whose first after `before` is the width, then the values. */
static uint8_t *start(struct buffer *out, size_t head, size_t before,
                      uint64_t largest, uint32_t n, unsigned *width)
{
	*width = bits_width64(largest);
	size_t at = out->len;
	buffer_zeros(out, head + bits_bytes(n, *width));
	if (out->status != NS_OK)
		return NULL;
	out->data[at + before] = (uint8_t)*width;
	return out->data + at;
}

/* How far some of the dates reach. */
struct span {
	int64_t least, most;
	bool any;
};

static void stretch(struct span *span, int64_t value)
{
	span->least = !span->any || value < span->least ? value : span->least;
	span->most = !span->any || value > span->most ? value : span->most;
	span->any = true;
}

static uint64_t count_of(const struct span *span)
{
	return span->any ? (uint64_t)(span->most - span->least) + 1 : 0;
}

/* A day's first second is a multiple, also before 1970. */
static int64_t day_of(int64_t date)
{
	ASSERT_REL(date % DAY_SECONDS, ==, 0);
	return date / DAY_SECONDS;
}

void column_write_dates(const int64_t *dates, const bool *is_day, uint32_t n,
                        struct buffer *out)
{
	struct span days = {0}, seconds = {0};
	for (uint32_t i = 0; i < n; i++) {
		if (dates[i] == NS_NO_DATE)
			continue;
		if (is_day[i])
			stretch(&days, day_of(dates[i]));
		else
			stretch(&seconds, dates[i]);
	}
	uint64_t n_days = count_of(&days);
	unsigned width;
	uint8_t *column = start(out, DATE_HEAD, 16, n_days + count_of(&seconds),
	                        n, &width);
	if (!column)
		return;
	store_u64(column, (uint64_t)seconds.least);
	store_u32(column + 8, (uint32_t)days.least);
	store_u32(column + 12, (uint32_t)n_days);
	for (uint32_t i = 0; i < n; i++) {
		if (dates[i] == NS_NO_DATE)
			continue;
		uint64_t value = is_day[i]
			? (uint64_t)(day_of(dates[i]) - days.least)
			: (uint64_t)(dates[i] - seconds.least) + n_days;
		bits_put(column + DATE_HEAD, i, width, value + 1);
	}
}

void column_write_numbers(const uint32_t *numbers, uint32_t n,
                          struct buffer *out)
{
	uint32_t largest = 0;
	for (uint32_t i = 0; i < n; i++)
		largest = max_u32(largest, numbers[i]);
	unsigned width;
	uint8_t *column = start(out, NUMBER_HEAD, 0, largest, n, &width);
	for (uint32_t i = 0; column && i < n; i++)
		bits_put(column + NUMBER_HEAD, i, width,
		         numbers[i]);
}
