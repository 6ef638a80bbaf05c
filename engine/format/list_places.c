#include "format/list_places.h"

#include "base/bits.h"

enum { WIDTH = 0x3f, ODD = 0x40, PATCHED = 0x80, EXCEPTIONS_MAX = 15 };

void list_places_open(struct list_places *places, struct list *list)
{
	ASSERT_REL(list->has_words, ==, true);
	places->list = list;
	places->unit = LIST_NONE;
	places->n = places->total = 0;
	places->behind_open = false;
}

/* The unit has no places from now on. */
static bool fail(struct list_places *places)
{
	struct list *list = places->list;
	places->n = places->total = 0;
	if (list->status == NS_OK)
		list->status = err_corrupt(list->err, list->source->place,
			(int64_t)list->term.posn, "posn: impossible positions in "
			"unit %u of a list of %u docs", places->unit, list->df);
	return false;
}

/* ---- a unit ---------------------------------------------------------------- */

/* A list in which the unit is loaded; NULL after a failure. */
static struct list *list_at(struct list_places *places, uint32_t unit)
{
	struct list *list = places->list;
	if (list->unit == unit)
		return list->n ? list : NULL;
	if (!places->behind_open &&
	    list_open(&places->behind, list->source, &list->term,
	              list->err) != NS_OK)
		return NULL;
	places->behind_open = true;
	return list_load(&places->behind, unit) ? &places->behind : NULL;
}

static bool sum_up(struct list_places *places, uint32_t unit)
{
	struct list *list = list_at(places, unit);
	if (!list)
		return false;
	const uint32_t *tfs = list_tfs(list);
	uint32_t n = list->n;
	if (!n)
		return false;
	/* whole rows of 16: what is behind the last is not looked at */
	list->pack->prefix(places->sums, tfs, n, 0);
	places->n = n;
	places->total = places->sums[n - 1] - n;
	return true;
}

/* The bytes of the unit. */
static bool find_bytes(struct list_places *places, uint32_t unit,
                       struct reader *out)
{
	const struct list *list = places->list;
	const struct slice posn = list->source->posn;
	const uint8_t *ends = list->directory.posn_ends;
	uint64_t start = list->term.posn, stop = posn.len;
	if (unit)
		start += load_u32(ends + 4 * (size_t)unit - 4);
	if (unit < list->n_blocks)
		stop = list->term.posn + load_u32(ends + 4 * (size_t)unit);
	if (start > stop || stop > posn.len)
		return false;
	*out = reader_of(slice_of(posn.data + start, (size_t)(stop - start)));
	return true;
}

static uint64_t sum_bytes(uint64_t bytes)
{
	const uint64_t even = 0x00ff00ff00ff00ff;
	return ((bytes & even) + (bytes >> 8 & even)) * 0x0001000100010001 >> 48;
}

/* The first n ≤ 8 of 8 bytes. */
static uint64_t first_bytes(uint64_t bytes, uint64_t n)
{
	return n < 8 ? bytes & (((uint64_t)1 << 8 * n) - 1) : bytes;
}

/* Over n ≤ 8 groups, none of them the last of the unit. */
static void pass(const struct list_places *places, struct place_group *at,
                 uint32_t n)
{
	uint64_t widths = first_bytes(load_u64(places->widths + at->number), n);
	uint64_t patched = sum_bytes(widths >> 7 & 0x0101010101010101);
	uint64_t sizes = load_u64(places->sizes + at->n_patched);
	at->offset += GROUP / 8 * sum_bytes(widths & 0x3f3f3f3f3f3f3f3f) +
	              sum_bytes(first_bytes(sizes, patched));
	at->number += n;
	at->n_patched += (uint32_t)patched;
}

static bool open_groups(struct list_places *places, struct reader *reader)
{
	uint32_t n = (uint32_t)(((uint64_t)places->total + GROUP - 1) / GROUP);
	uint32_t n_patched = 0;
	places->widths = reader_bytes(reader, n);
	if (!places->widths)
		return false;
	for (uint32_t g = 0; g < n; g += 8)
		n_patched += (uint32_t)sum_bytes(first_bytes(
			load_u64(places->widths + g) >> 7 & 0x0101010101010101,
			n - g));
	places->sizes = reader_bytes(reader, n_patched);
	places->groups = reader->next;
	places->limit = reader->end;
	places->at = (struct place_group){0};
	return places->sizes;
}

static bool open_plain(struct list_places *places, struct reader *reader)
{
	places->widths = NULL;
	for (uint32_t i = 0; i < places->total; i++)
		places->plain[i] = reader_varint32(reader);
	return !reader->bad;
}

static bool load(struct list_places *places, uint32_t unit)
{
	struct reader reader;
	const struct lexicon_term *term = &places->list->term;
	places->unit = unit;
	if (!sum_up(places, unit) || places->total > term->cf)
		return fail(places);
	if (term->df == 1 && term->cf == 1) {
		places->widths = NULL;
		places->plain[0] = term->position;
		return true;
	}
	if (!find_bytes(places, unit, &reader))
		return fail(places);
	return (places->total > PLAIN_PLACES ? open_groups(places, &reader)
	                                     : open_plain(places, &reader)) ||
	       fail(places);
}

/* ---- a doc ----------------------------------------------------------------- */

/* Occurrences in the docs before doc i. */
static uint32_t start_of(const struct list_places *places, uint32_t i)
{
	return i ? places->sums[i - 1] - i : 0;
}

uint32_t list_places_count(struct list_places *places, struct list_place at)
{
	if (places->unit != at.unit)
		load(places, at.unit);
	if (at.i >= places->n)
		return 0;
	uint32_t start = start_of(places, at.i);
	uint32_t end = start_of(places, at.i + 1);
	/* sums that passed 2³² */
	if (start > end || end > places->total) {
		fail(places);
		return 0;
	}
	return end - start;
}

static bool patch_slowly(const uint8_t *bytes, size_t size, unsigned width,
                         uint32_t first, uint32_t n, uint32_t *values)
{
	struct reader reader = reader_of(slice_of(bytes, size));
	unsigned count = reader_u8(&reader);
	for (unsigned i = 0; i < count; i++) {
		uint32_t index = reader_u8(&reader) - first;
		uint64_t high = reader_varint(&reader);
		if (index < n)
			values[index] |= (uint32_t)(high << width);
	}
	return !reader.bad && count <= EXCEPTIONS_MAX;
}

/* Adds the high parts of values first … first + n − 1 of a group. */
static bool patch(const uint8_t *bytes, size_t size, unsigned width,
                  uint32_t first, uint32_t n, uint32_t *values)
{
	unsigned count = bytes[0];
	if (size != 1 + 2 * count)
		return patch_slowly(bytes, size, width, first, n, values);
	for (unsigned i = 0; i < count; i++) {
		uint32_t index = bytes[1 + 2 * i] - first;
		if (index < n)
			values[index] |= (uint32_t)bytes[2 + 2 * i] << width;
	}
	return count <= EXCEPTIONS_MAX;
}

/* Values first … first + n − 1 of group g. */
static bool read_group(struct list_places *places, uint32_t g, uint32_t first,
                       uint32_t n, uint32_t *out)
{
	struct place_group *at = &places->at;
	if (at->number > g)
		*at = (struct place_group){0};
	while (at->number < g)
		pass(places, at, min_u32(g - at->number, 8));
	uint8_t w = places->widths[g];
	unsigned width = w & WIDTH;
	uint32_t all = min_u32(places->total - g * GROUP, GROUP);
	size_t size = bits_bytes(all, width);
	size_t extra = w & PATCHED ? places->sizes[at->n_patched] : 0;
	if (w & ODD || width > 32 ||
	    (size_t)(places->limit - places->groups) < at->offset + size + extra)
		return false;
	const uint8_t *bytes = places->groups + at->offset;
	uint64_t mask = ((uint64_t)1 << width) - 1;
	size_t bit = (size_t)first * width;
	for (uint32_t i = 0; i < n; i++, bit += width)
		out[i] = (uint32_t)(load_u64(bytes + bit / 8) >> bit % 8 & mask);
	return !extra || (width < 32 && patch(bytes + size, extra, width, first,
	                                      n, out));
}

static bool read_values(struct list_places *places, uint32_t start, uint32_t n,
                        uint32_t *out)
{
	if (!places->widths) {
		memcpy(out, places->plain + start, n * sizeof *out);
		return true;
	}
	while (n) {
		uint32_t first = start % GROUP, here = min_u32(n, GROUP - first);
		if (!read_group(places, start / GROUP, first, here, out))
			return fail(places);
		start += here;
		out += here;
		n -= here;
	}
	return true;
}

uint32_t list_places_read(struct list_places *places, struct list_place at,
                          uint32_t shift, uint32_t *out)
{
	uint32_t n = list_places_count(places, at), below = 0, position = 0;
	if (!n || !read_values(places, start_of(places, at.i), n, out))
		return 0;
	for (uint32_t i = 0; i < n; i++) {
		position += out[i];
		below += position < shift;
		out[i] = position++ - shift;
	}
	if (below)
		memmove(out, out + below, (n - below) * sizeof *out);
	return n - below;
}
