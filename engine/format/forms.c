#include "format/forms.h"

#include "base/bits.h"

enum mode { ALL_USUAL, ALL_SAME, PACKED, SPARSE, MASKED, MODES };

/* What a unit looks like, and what each mode would cost. */
struct shape {
	bool same;
	size_t unusual;            /* forms other than 0 */
	unsigned width, rest_width;/* of the forms; of the unusual ones − 1 */
	size_t bytes[MODES];
};

static struct shape look(const uint32_t *forms, size_t n)
{
	struct shape shape = {.same = true};
	uint32_t all = 0, rest = 0;
	size_t last = 0, sparse = 0;
	for (size_t i = 0; i < n; i++) {
		shape.same &= forms[i] == forms[0];
		all |= forms[i];
		if (!forms[i])
			continue;
		rest |= forms[i] - 1;
		sparse += varint_size(shape.unusual ? i - last - 1 : i) +
		          varint_size(forms[i] - 1);
		shape.unusual++;
		last = i;
	}
	shape.width = bits_width32(all);
	shape.rest_width = bits_width32(rest);
	shape.bytes[ALL_USUAL] = shape.unusual ? SIZE_MAX : 0;
	shape.bytes[ALL_SAME] = shape.same ? varint_size(forms[0]) : SIZE_MAX;
	shape.bytes[PACKED] = 1 + bits_bytes(n, shape.width);
	shape.bytes[SPARSE] = varint_size(shape.unusual) + sparse;
	shape.bytes[MASKED] = bits_bytes(n, 1) + 1 +
	                      bits_bytes(shape.unusual, shape.rest_width);
	return shape;
}

static uint8_t *zeroed(struct buffer *out, size_t bytes)
{
	size_t start = out->len;
	buffer_zeros(out, bytes);
	return out->status == NS_OK && bytes ? out->data + start : NULL;
}

static void write_packed(const uint32_t *forms, size_t n, unsigned width,
                         struct buffer *out)
{
	buffer_byte(out, (uint8_t)width);
	uint8_t *bits = buffer_reserve(out, bits_bytes(n, width));
	if (!bits)
		return;
	bits_row(bits, forms, n, width);
	out->len += bits_bytes(n, width);
}

static void write_sparse(const uint32_t *forms, size_t n, size_t unusual,
                         struct buffer *out)
{
	buffer_varint(out, unusual);
	for (size_t i = 0, next = 0; i < n; i++) {
		if (!forms[i])
			continue;
		buffer_varint(out, i - next);
		buffer_varint(out, forms[i] - 1);
		next = i + 1;
	}
}

static void write_masked(const uint32_t *forms, size_t n,
                         const struct shape *shape, struct buffer *out)
{
	uint8_t *mask = zeroed(out, bits_bytes(n, 1));
	for (size_t i = 0; mask && i < n; i++)
		bits_put(mask, i, 1, forms[i] != 0);
	buffer_byte(out, (uint8_t)shape->rest_width);
	uint8_t *bits = zeroed(out, bits_bytes(shape->unusual,
	                                       shape->rest_width));
	for (size_t i = 0, j = 0; bits && i < n; i++)
		if (forms[i])
			bits_put(bits, j++, shape->rest_width, forms[i] - 1);
}

void forms_write(const uint32_t *forms, size_t n, struct buffer *out)
{
	struct shape shape = look(forms, n);
	enum mode mode = ALL_USUAL;
	for (enum mode other = ALL_SAME; other < MODES; other++)
		if (shape.bytes[other] < shape.bytes[mode])
			mode = other;
	buffer_byte(out, (uint8_t)mode);
	switch (mode) {
	case ALL_SAME: buffer_varint(out, forms[0]); break;
	case PACKED: write_packed(forms, n, shape.width, out); break;
	case SPARSE: write_sparse(forms, n, shape.unusual, out); break;
	case MASKED: write_masked(forms, n, &shape, out); break;
	case ALL_USUAL:
	case MODES: break;
	}
}

static bool read_packed(struct reader *reader, size_t n, uint32_t *out)
{
	unsigned width = reader_u8(reader);
	if (width > 32)
		return false;
	const uint8_t *bits = reader_bytes(reader, bits_bytes(n, width));
	for (size_t i = 0; bits && i < n; i++)
		out[i] = (uint32_t)bits_get(bits, i, width);
	return bits;
}

static bool read_sparse(struct reader *reader, size_t n, uint32_t *out)
{
	memset(out, 0, n * sizeof *out);
	uint64_t count = reader_varint(reader), next = 0;
	if (count > n)
		return false;
	for (; count && !reader->bad; count--) {
		uint64_t gap = reader_varint(reader);
		uint32_t form = reader_varint32(reader);
		if (gap >= n - next || form == UINT32_MAX)
			return false;
		out[next + gap] = form + 1;
		next += gap + 1;
	}
	return true;
}

static bool read_masked(struct reader *reader, size_t n, uint32_t *out)
{
	const uint8_t *mask = reader_bytes(reader, bits_bytes(n, 1));
	unsigned width = reader_u8(reader);
	if (!mask || width > 32)
		return false;
	size_t unusual = 0;
	for (size_t i = 0; i < n; i++)
		unusual += out[i] = mask[i / 8] >> i % 8 & 1;
	const uint8_t *bits = reader_bytes(reader, bits_bytes(unusual, width));
	for (size_t i = 0, j = 0; bits && i < n; i++)
		if (out[i])
			out[i] += (uint32_t)bits_get(bits, j++, width);
	return bits;
}

static bool read_same(struct reader *reader, size_t n, uint32_t *out)
{
	uint32_t form = reader_varint32(reader);
	for (size_t i = 0; i < n; i++)
		out[i] = form;
	return true;
}

bool forms_read(struct reader *reader, uint32_t n_forms, size_t n,
                uint32_t *out)
{
	bool good = false;
	switch (reader_u8(reader)) {
	case ALL_USUAL:
		memset(out, 0, n * sizeof *out);
		good = true;
		break;
	case ALL_SAME: good = read_same(reader, n, out); break;
	case PACKED: good = read_packed(reader, n, out); break;
	case SPARSE: good = read_sparse(reader, n, out); break;
	case MASKED: good = read_masked(reader, n, out); break;
	}
	if (!good || reader->bad)
		return false;
	for (size_t i = 0; i < n; i++)
		if (out[i] >= n_forms)
			return false;
	return true;
}
