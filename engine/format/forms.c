#include "format/forms.h"

#include "base/bits.h"
#include "format/rice.h"

enum mode { ALL_USUAL, ALL_SAME, PACKED, RARE, MODES };

enum { GAP_WIDTH = 0x1f, FORM_SHIFT = 5, FORM_WIDTHS = 8 };

/* What a unit looks like, and what each mode would cost. */
struct shape {
	bool same;
	size_t unusual;       /* forms other than 0 */
	unsigned width;       /* of the forms */
	unsigned gap_width, form_width; /* of Rice's codes */
	size_t rice_bytes, bytes[MODES];
};

/* The least bits for the forms of unusual places, less one each. */
static uint64_t choose_form_width(const uint32_t *forms, size_t n,
                                  struct shape *shape)
{
	uint64_t bits[FORM_WIDTHS] = {0};
	for (size_t i = 0; i < n; i++)
		for (unsigned w = 0; forms[i] && w < FORM_WIDTHS; w++)
			bits[w] += rice_bits(forms[i] - 1, w);
	shape->form_width = 0;
	for (unsigned w = 1; w < FORM_WIDTHS; w++)
		if (bits[w] < bits[shape->form_width])
			shape->form_width = w;
	return bits[shape->form_width];
}

/* The width of an average gap is the best, or next to it. */
static uint64_t choose_gap_width(const uint32_t *forms, size_t n,
                                 struct shape *shape)
{
	uint64_t bits = 0;
	uint32_t gap = 0;
	shape->gap_width = bits_width64(n / (shape->unusual + 1) | 1) - 1;
	for (size_t i = 0; i < n; i++, gap++) {
		if (!forms[i])
			continue;
		bits += rice_bits(gap, shape->gap_width);
		gap = UINT32_MAX;
	}
	return bits;
}

static struct shape look(const uint32_t *forms, size_t n)
{
	struct shape shape = {.same = true};
	uint32_t all = 0;
	for (size_t i = 0; i < n; i++) {
		shape.same &= forms[i] == forms[0];
		all |= forms[i];
		shape.unusual += forms[i] > 0;
	}
	shape.width = bits_width32(all);
	shape.bytes[ALL_USUAL] = shape.unusual ? SIZE_MAX : 0;
	shape.bytes[ALL_SAME] = shape.same ? varint_size(forms[0]) : SIZE_MAX;
	shape.bytes[PACKED] = 1 + bits_bytes(n, shape.width);
	shape.bytes[RARE] = SIZE_MAX;
	if (shape.same)
		return shape;
	uint64_t bits = choose_form_width(forms, n, &shape) +
	                choose_gap_width(forms, n, &shape);
	shape.rice_bytes = (size_t)((bits + 7) / 8);
	shape.bytes[RARE] = varint_size(shape.unusual) + 1 + shape.rice_bytes;
	return shape;
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

static void write_rare(const uint32_t *forms, size_t n,
                       const struct shape *shape, struct buffer *out)
{
	buffer_varint(out, shape->unusual);
	buffer_byte(out, (uint8_t)(shape->form_width << FORM_SHIFT |
	                           shape->gap_width));
	size_t start = out->len;
	buffer_zeros(out, shape->rice_bytes);
	if (out->status != NS_OK)
		return;
	uint64_t at = 0;
	for (size_t i = 0, next = 0; i < n; i++) {
		if (!forms[i])
			continue;
		at = rice_put(out->data + start, at, (uint32_t)(i - next),
		              shape->gap_width);
		at = rice_put(out->data + start, at, forms[i] - 1,
		              shape->form_width);
		next = i + 1;
	}
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
	case RARE: write_rare(forms, n, &shape, out); break;
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

static bool read_rare(struct reader *reader, size_t n, uint32_t *out)
{
	uint64_t count = reader_varint(reader);
	unsigned widths = reader_u8(reader);
	if (reader->bad || count > n)
		return false;
	memset(out, 0, n * sizeof *out);
	struct rice row = rice_of(reader, 0);
	for (size_t next = 0; count; count--, next++) {
		uint32_t gap, form;
		if (!rice_read(&row, widths & GAP_WIDTH, &gap) ||
		    !rice_read(&row, widths >> FORM_SHIFT, &form) ||
		    gap >= n - next || form == UINT32_MAX)
			return false;
		next += gap;
		out[next] = form + 1;
	}
	return rice_end(&row, reader);
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
	case RARE: good = read_rare(reader, n, out); break;
	}
	if (!good || reader->bad)
		return false;
	for (size_t i = 0; i < n; i++)
		if (out[i] >= n_forms)
			return false;
	return true;
}
