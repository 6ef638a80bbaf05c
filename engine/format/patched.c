#include "format/patched.h"

#include "base/bits.h"

struct patched_choice patched_choose(const uint32_t *values, unsigned n)
{
	unsigned count[33] = {0}, widest = 0;
	for (unsigned i = 0; i < n; i++) {
		unsigned width = bits_width32(values[i]);
		count[width]++;
		if (width > widest)
			widest = width;
	}
	struct patched_choice plain = {widest, 0, 0}, best = plain;
	size_t plain_bytes = bits_bytes(n, widest), best_bytes = plain_bytes;
	for (unsigned width = widest, over = 0; width-- > 0;) {
		over += count[width + 1];
		if (over > EXCEPTIONS_MOST)
			break;
		unsigned high = (widest - width + 7) / 8;
		size_t bytes = bits_bytes(n, width) + 2 + over + high * over;
		if (bytes < best_bytes) {
			best_bytes = bytes;
			best = (struct patched_choice){width, over, high};
		}
	}
	return best_bytes * 8 <= plain_bytes * 7 ? best : plain;
}

void patched_write(const uint32_t *values, unsigned n,
                   struct patched_choice choice, struct buffer *out)
{
	if (!choice.n_exceptions)
		return;
	buffer_byte(out, (uint8_t)choice.n_exceptions);
	for (unsigned i = 0; i < n; i++)
		if (values[i] >> choice.width)
			buffer_byte(out, (uint8_t)i);
	buffer_byte(out, (uint8_t)choice.high_bytes);
	for (unsigned i = 0; i < n; i++) {
		uint8_t high[4];
		store_u32(high, values[i] >> choice.width);
		if (values[i] >> choice.width)
			buffer_append(out, high, choice.high_bytes);
	}
}

bool patched_open(struct patches *out, struct reader *reader)
{
	out->n = reader_u8(reader);
	out->index = reader_bytes(reader, out->n);
	out->high_bytes = reader_u8(reader);
	out->high = reader_bytes(reader, (size_t)out->n * out->high_bytes);
	if (out->n < 1 || out->n > EXCEPTIONS_MOST || out->high_bytes < 1 ||
	    out->high_bytes > 4)
		reader->bad = true;
	return !reader->bad;
}

/* An exception for each of n ≤ 256 values at most, in their order. */
static bool rises(const struct patches *patches, unsigned n)
{
	unsigned falls = 0;
	for (unsigned i = 1; i < patches->n; i++)
		falls |= patches->index[i] <= patches->index[i - 1];
	return !falls && patches->index[patches->n - 1] < n;
}

bool patched_apply(const struct patches *patches, unsigned width,
                   uint32_t *values, unsigned n)
{
	if (!patches->n)
		return true;
	if (!rises(patches, n))
		return false;
	if (patches->high_bytes == 1 && width <= 24) {
		for (unsigned i = 0; i < patches->n; i++)
			values[patches->index[i]] |=
				(uint32_t)patches->high[i] << width;
		return true;
	}
	for (unsigned i = 0; i < patches->n; i++) {
		uint64_t high = patched_high(patches, i) << width;
		if (high > UINT32_MAX)
			return false;
		values[patches->index[i]] |= (uint32_t)high;
	}
	return true;
}
