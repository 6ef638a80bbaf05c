#include "format/columns.h"

#include "base/bits.h"

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
	out->width = reader_u8(&reader);
	out->bits = chunk.data + 16;
	if (reader.bad || !size_fits(chunk, 16, out->width, doc_count) ||
	    out->least < DATE_LEAST || out->least > DATE_MOST)
		return err_corrupt(err, place, -1, "date: impossible sizes");
	return NS_OK;
}

static int read_numbers(struct column *out, struct slice chunk,
                        const char *name, uint32_t doc_count,
                        const char *place, struct ns_error *err)
{
	struct reader reader = reader_of(chunk);
	out->least = 0;
	out->width = reader_u8(&reader);
	out->bits = chunk.data + 8;
	if (reader.bad || out->width > 32 ||
	    !size_fits(chunk, 8, out->width, doc_count))
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
	return value ? column->least + (int64_t)(value - 1) : NS_NO_DATE;
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

void column_write_dates(const int64_t *dates, uint32_t n, struct buffer *out)
{
	int64_t least = 0, most = 0;
	bool any = false;
	for (uint32_t i = 0; i < n; i++) {
		if (dates[i] == NS_NO_DATE)
			continue;
		least = !any || dates[i] < least ? dates[i] : least;
		most = !any || dates[i] > most ? dates[i] : most;
		any = true;
	}
	unsigned width;
	uint8_t *column = start(out, 16, 8,
	                        any ? (uint64_t)(most - least) + 1 : 0, n,
	                        &width);
	if (!column)
		return;
	store_u64(column, (uint64_t)least);
	for (uint32_t i = 0; i < n; i++)
		if (dates[i] != NS_NO_DATE)
			bits_put(column + 16, i, width,
			         (uint64_t)(dates[i] - least) + 1);
}

void column_write_numbers(const uint32_t *numbers, uint32_t n,
                          struct buffer *out)
{
	uint32_t largest = 0;
	for (uint32_t i = 0; i < n; i++)
		largest = max_u32(largest, numbers[i]);
	unsigned width;
	uint8_t *column = start(out, 8, 0, largest, n, &width);
	for (uint32_t i = 0; column && i < n; i++)
		bits_put(column + 8, i, width, numbers[i]);
}
