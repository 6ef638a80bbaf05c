#include "tests/spec/positions.h"

#include "tests/spec/info.h"

/* The widths of a unit's docs. */
static unsigned position_width(const struct segment *seg, unsigned field,
                               uint64_t doc, uint64_t tf)
{
	uint64_t length = length_of(seg, field, doc);
	uint64_t span = length == 65535 ? 1 << 20
	                : field == 1 ? length + 16 : length;
	unsigned b = 0;
	while ((tf + 1) << (b + 1) <= span)
		b++;
	return b;
}

/* The bit numbered *at of the bytes from in->at on. */
static unsigned next_bit(struct in *in, uint64_t *at)
{
	must(*at / 8 < (uint64_t)(in->end - in->at), "room for positions");
	unsigned bit = in->at[*at / 8] >> *at % 8 & 1;
	++*at;
	return bit;
}

/* Takes the bytes of so many bits. */
static void padded(struct in *in, uint64_t at)
{
	while (at % 8)
		must(!next_bit(in, &at), "bits are padded by zeros");
	take(in, at / 8);
}

/* Docs [from, to) of the list. */
static void places_read(const struct segment *seg, struct in *in, unsigned field,
                        struct list list, size_t from, size_t to,
                        uint64_t *out)
{
	uint64_t low = 0, high = 0;
	for (size_t i = from; i < to; i++)
		high += list.tfs[i] *
		        position_width(seg, field, list.docs[i], list.tfs[i]);
	for (size_t i = from; i < to; i++) {
		unsigned b = position_width(seg, field, list.docs[i],
		                            list.tfs[i]);
		for (size_t k = 0; k < list.tfs[i]; k++, out++) {
			*out = 0;
			for (unsigned j = 0; j < b; j++)
				*out |= (uint64_t)next_bit(in, &low) << j;
			while (!next_bit(in, &high))
				*out += (uint64_t)1 << b;
			*out += k ? out[-1] + 1 : 0;
			uint32_t length = length_of(seg, field, list.docs[i]);
			must(length == 65535 ||
			     *out < length + (field == 1 ? 16u : 0),
			     "a position is below the span");
		}
	}
	padded(in, high);
}

static uint64_t rice(struct in *in, uint64_t *at, unsigned width)
{
	uint64_t value = 0;
	while (!next_bit(in, at))
		value += (uint64_t)1 << width;
	for (unsigned j = 0; j < width; j++)
		value |= (uint64_t)next_bit(in, at) << j;
	return value;
}

static void forms_read(struct in *in, size_t n, uint64_t *out)
{
	uint8_t mode = u8(in);
	must(mode <= 3, "mode of forms");
	uint64_t all = mode == 1 ? varint(in) : 0, bit = 0;
	for (size_t i = 0; i < n; i++)
		out[i] = all;
	if (mode == 2)
		bits(in, n, u8(in), out);
	if (mode < 3)
		return;
	uint64_t m = varint(in), at = 0;
	unsigned widths = u8(in);
	for (; m; m--, at++) {
		at += rice(in, &bit, widths & 31);
		must(at < n, "index of a form");
		out[at] = rice(in, &bit, widths >> 5) + 1;
	}
	padded(in, bit);
}

void positions_read(const struct segment *seg, const struct entry *term,
                    struct list list, const uint64_t *unit_end, uint64_t *places,
                    uint64_t *forms)
{
	if (term->single && term->cf == 1) {
		places[0] = term->position;
		return;
	}
	struct in in = in_of(seg->chunks[POSN], term->posn, "posn");
	const uint8_t *start = in.at;
	size_t done = 0;
	for (size_t from = 0; from < list.df; from += 256) {
		size_t to = from + 256 < list.df ? from + 256 : list.df, n = 0;
		for (size_t i = from; i < to; i++)
			n += list.tfs[i];
		must(n <= term->cf - done, "cf is the sum of tf");
		places_read(seg, &in, term->field, list, from, to,
		            places + done);
		if (term->n_forms > 1)
			forms_read(&in, n, forms + done);
		done += n;
		must(to - from < 256 || (size_t)(in.at - start) ==
		     unit_end[from / 256], "posn_end");
	}
	must(done == term->cf, "cf is the sum of tf");
}
