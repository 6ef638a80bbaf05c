#include "format/places.h"

#include "format/rice.h"

/* How a unit is written. */
struct plan {
	uint8_t widths[BLOCK_DOCS];
	uint64_t low, high; /* bits of both rows */
};

static void make_plan(const struct places_shape *shape,
                      const uint32_t *positions, struct plan *plan)
{
	plan->low = plan->high = 0;
	for (unsigned i = 0; i < shape->n; i++) {
		unsigned width = places_width_of(shape, i);
		uint32_t tf = shape->tfs[i], next = 0;
		for (uint32_t k = 0; k < tf; k++) {
			ASSERT_REL(positions[k], >=, next);
			plan->high += (positions[k] - next) >> width;
			next = positions[k] + 1;
		}
		plan->widths[i] = (uint8_t)width;
		plan->low += (uint64_t)tf * width;
		plan->high += tf;
		positions += tf;
	}
}

/* Both rows grow at once, in bytes that are zero. */
struct rows {
	uint8_t *low, *bytes;
	uint64_t word; /* low bits that are not in the bytes yet */
	unsigned full;
	uint64_t high; /* bit of the bytes */
};

static inline void put_low(struct rows *rows, uint32_t value, unsigned width)
{
	rows->word |= (uint64_t)value << rows->full;
	rows->full += width;
	if (rows->full >= 32) {
		store_u32(rows->low, (uint32_t)rows->word);
		rows->low += 4;
		rows->word >>= 32;
		rows->full -= 32;
	}
}

static inline void put_one(struct rows *rows, uint32_t zeros)
{
	rows->high += zeros;
	rows->bytes[rows->high / 8] |= (uint8_t)(1 << rows->high % 8);
	rows->high++;
}

static void put_doc(struct rows *rows, const uint32_t *positions, uint32_t tf,
                    unsigned width)
{
	uint32_t mask = (1u << width) - 1, next = 0;
	for (uint32_t k = 0; k < tf; k++) {
		uint32_t value = positions[k] - next;
		put_low(rows, value & mask, width);
		put_one(rows, value >> width);
		next = positions[k] + 1;
	}
}

void places_write(const struct places_shape *shape, const uint32_t *positions,
                  struct buffer *out)
{
	struct plan plan;
	make_plan(shape, positions, &plan);
	size_t start = out->len;
	buffer_zeros(out, (size_t)((plan.low + plan.high + 7) / 8));
	if (out->status != NS_OK)
		return;
	struct rows rows = {.low = out->data + start,
	                    .bytes = out->data + start, .high = plan.low};
	for (unsigned i = 0; i < shape->n; i++) {
		put_doc(&rows, positions, shape->tfs[i], plan.widths[i]);
		positions += shape->tfs[i];
	}
	/* the other row starts in the byte that this one ends in */
	for (; rows.word; rows.word >>= 8)
		*rows.low++ |= (uint8_t)rows.word;
}

/* The positions of a doc. */
static bool read_doc(struct rice *high, uint64_t low, unsigned width,
                     uint32_t tf, uint64_t limit, uint32_t *out)
{
	uint64_t next = 0, zeros;
	for (uint32_t k = 0; k < tf; k++, low += width) {
		if (!rice_zeros(high, &zeros) || zeros > UINT32_MAX)
			return false;
		uint64_t value = load_u64(high->bytes + low / 8) >> low % 8;
		next += zeros << width |
		        (value & (((uint64_t)1 << width) - 1));
		if (next >= limit)
			return false;
		*out++ = (uint32_t)next++;
	}
	return true;
}

static bool read_docs(struct rice *high, const struct places_shape *shape,
                      uint32_t *out)
{
	uint64_t low = 0;
	for (unsigned i = 0; i < shape->n; i++) {
		uint32_t tf = shape->tfs[i], length = load_u16(
			shape->lengths + 2 * (size_t)shape->docs[i]);
		unsigned width = places_width_of(shape, i);
		uint32_t limit = length < LENGTH_MAX ? length + shape->gap
		                                     : UINT32_MAX;
		if (!read_doc(high, low, width, tf, limit, out))
			return false;
		low += (uint64_t)tf * width;
		out += tf;
	}
	return true;
}

bool places_read(struct reader *reader, const struct places_shape *shape,
                 uint32_t *out)
{
	uint64_t low_bits = 0;
	for (unsigned i = 0; i < shape->n; i++)
		low_bits += (uint64_t)shape->tfs[i] * places_width_of(shape, i);
	struct rice high = rice_of(reader, low_bits);
	return high.at <= high.n && read_docs(&high, shape, out) &&
	       rice_end(&high, reader);
}
