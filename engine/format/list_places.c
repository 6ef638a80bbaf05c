#include "format/list_places.h"

#include "base/bits.h"
#include "format/forms.h"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

enum {
	WIDTH = 0x3f, ODD = 0x40, PATCHED = 0x80,
	EXCEPTIONS_MAX = 15,
	FEW = LIST_PLACES_SLACK, /* values that are read at once */
};

void list_places_open(struct list_places *places, struct list *list,
                      uint32_t form, struct arena *arena)
{
	ASSERT_REL(field_has_words(list->term.field), ==, true);
	places->list = list;
	/* of a term with one form, none are written */
	places->form = list->term.n_forms > 1 ? form : LIST_ANY_FORM;
	places->forms = NULL;
	places->forms_capacity = 0;
	places->arena = arena;
	places->unit = LIST_NONE;
	places->n = places->total = places->count = 0;
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

/* Over all groups of the unit. */
static bool pass_all(struct list_places *places, struct reader *reader)
{
	struct place_group at = {0};
	uint32_t last = (places->total - 1) / GROUP;
	while (at.number < last)
		pass(places, &at, min_u32(last - at.number, 8));
	uint8_t w = places->widths[last];
	return reader_bytes(reader, at.offset +
		bits_bytes(places->total - last * GROUP, w & WIDTH) +
		(w & PATCHED ? places->sizes[at.n_patched] : 0));
}

/* The reader stands behind the places. */
static bool read_forms(struct list_places *places, struct reader *reader)
{
	struct list *list = places->list;
	if (places->forms_capacity < places->total) {
		uint32_t *room = arena_alloc(places->arena, places->total *
		                                            sizeof *room);
		if (!room) {
			list->status = err_nomem(list->err);
			return false;
		}
		places->forms = room;
		places->forms_capacity = places->total;
	}
	return forms_read(reader, list->term.n_forms, places->total,
	                  places->forms);
}

static bool load(struct list_places *places, uint32_t unit)
{
	struct reader reader;
	const struct lexicon_term *term = &places->list->term;
	places->unit = unit;
	if (!sum_up(places, unit) || places->total > term->cf)
		return fail(places);
	if (term->df == 1 && term->cf == 1) {
		/* which has one form alone */
		if (places->form != LIST_ANY_FORM)
			return fail(places);
		places->widths = NULL;
		places->plain[0] = term->position;
		return true;
	}
	if (!find_bytes(places, unit, &reader))
		return fail(places);
	bool wants_forms = places->form != LIST_ANY_FORM;
	if (places->total <= PLAIN_PLACES ? !open_plain(places, &reader)
	    : !open_groups(places, &reader) ||
	      (wants_forms && !pass_all(places, &reader)))
		return fail(places);
	return !wants_forms || read_forms(places, &reader) || fail(places);
}

/* ---- a doc ----------------------------------------------------------------- */

uint32_t list_places_seek(struct list_places *places, struct list_place at)
{
	places->count = 0;
	if (places->unit != at.unit)
		load(places, at.unit);
	if (at.i >= places->n)
		return 0;
	uint32_t start = at.i ? places->sums[at.i - 1] - at.i : 0;
	uint32_t end = places->sums[at.i] - at.i - 1;
	/* sums that passed 2³² */
	if (start > end || end > places->total) {
		fail(places);
		return 0;
	}
	places->start = start;
	return places->count = end - start;
}

uint32_t list_places_of_form(const struct list_places *places)
{
	if (places->form == LIST_ANY_FORM)
		return places->count;
	const uint32_t *forms = places->forms + places->start;
	uint32_t n = 0;
	for (uint32_t i = 0; i < places->count; i++)
		n += forms[i] == places->form;
	return n;
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

/* Which of the first `count` ≤ 15 pairs of an index and a high part belong to
 * values first … first + n − 1?  Reads 32 bytes. */
static unsigned pairs_of(const uint8_t *pairs, unsigned count, uint32_t first,
                         uint32_t n)
{
	unsigned mask = 0;
#if defined(__SSE2__)
	const __m128i low = _mm_set1_epi16((short)(first - 1));
	const __m128i high = _mm_set1_epi16((short)(first + n));
	__m128i in[2];
	for (unsigned i = 0; i < 2; i++) {
		__m128i index = _mm_and_si128(_mm_set1_epi16(0xff),
			_mm_loadu_si128((const __m128i *)(const void *)
			                (pairs + 16 * i)));
		in[i] = _mm_and_si128(_mm_cmpgt_epi16(index, low),
		                      _mm_cmplt_epi16(index, high));
	}
	mask = (unsigned)_mm_movemask_epi8(_mm_packs_epi16(in[0], in[1]));
#else
	for (unsigned i = 0; i < count; i++)
		mask |= (unsigned)(pairs[2 * i] - first < n) << i;
#endif
	return mask & ((1u << count) - 1);
}

/* Adds the high parts of values first … first + n − 1 of a group. */
static bool patch(const uint8_t *bytes, size_t size, unsigned width,
                  uint32_t first, uint32_t n, uint32_t *values)
{
	unsigned count = bytes[0];
	const uint8_t *pairs = bytes + 1;
	if (size != 1 + 2 * count || count > EXCEPTIONS_MAX)
		return patch_slowly(bytes, size, width, first, n, values);
	for (unsigned in = pairs_of(pairs, count, first, n); in; in &= in - 1) {
		const uint8_t *pair = pairs + 2 * __builtin_ctz(in);
		values[pair[0] - first] |= (uint32_t)pair[1] << width;
	}
	return true;
}

/* A group as it lies. */
struct found_group {
	const uint8_t *bits;
	unsigned width;
	size_t size, extra; /* bytes of the bits, and of the exceptions behind */
};

static bool find_group(struct list_places *places, uint32_t g,
                       struct found_group *out)
{
	struct place_group *at = &places->at;
	if (at->number > g)
		*at = (struct place_group){0};
	while (at->number < g)
		pass(places, at, min_u32(g - at->number, 8));
	uint8_t w = places->widths[g];
	uint32_t all = min_u32(places->total - g * GROUP, GROUP);
	out->width = w & WIDTH;
	out->size = bits_bytes(all, out->width);
	out->extra = w & PATCHED ? places->sizes[at->n_patched] : 0;
	out->bits = places->groups + at->offset;
	return !(w & ODD) && out->width + (out->extra > 0) <= 32 &&
	       (size_t)(places->limit - places->groups) >=
	               at->offset + out->size + out->extra;
}

/* Values first … first + n − 1 of a group.  At least 8 are written: a loop of a
 * fixed number costs less than one that ends where nobody can tell. */
static bool read_group(const struct found_group *group, uint32_t first,
                       uint32_t n, uint32_t *out)
{
	unsigned width = group->width;
	uint64_t mask = ((uint64_t)1 << width) - 1;
	size_t bit = (size_t)first * width;
	for (uint32_t done = 0; done < n; done += FEW)
		for (unsigned i = 0; i < FEW; i++, bit += width)
			out[done + i] = (uint32_t)(
				load_u64(group->bits + bit / 8) >> bit % 8 &
				mask);
	return !group->extra || patch(group->bits + group->size, group->extra,
	                              width, first, n, out);
}

static bool read_values(struct list_places *places, uint32_t *out)
{
	uint32_t start = places->start, n = places->count;
	if (!places->widths) {
		memcpy(out, places->plain + start, n * sizeof *out);
		return true;
	}
	do {
		struct found_group group;
		uint32_t first = start % GROUP, here = min_u32(n, GROUP - first);
		if (!find_group(places, start / GROUP, &group) ||
		    !read_group(&group, first, here, out))
			return fail(places);
		start += here;
		out += here;
		n -= here;
	} while (n);
	return true;
}

/* Of the positions from number i on. */
static uint32_t keep_form(const struct list_places *places, uint32_t i,
                          uint32_t *out)
{
	const uint32_t *forms = places->forms + places->start;
	uint32_t kept = 0;
	for (; i < places->count; i++) {
		out[kept] = out[i];
		kept += forms[i] == places->form;
	}
	return kept;
}

uint32_t list_places_read(struct list_places *places, uint32_t shift,
                          uint32_t *out)
{
	uint32_t n = places->count, below = 0, next = 0;
	if (!n || !read_values(places, out))
		return 0;
	for (uint32_t i = 0; i < n; i += FEW)
		for (unsigned j = i; j < i + FEW; j++) {
			uint32_t position = next + out[j];
			next = position + 1;
			/* behind n stands anything, and sums pass 2³² */
			below += (j < n) & (position < shift);
			out[j] = position - shift;
		}
	if (places->form != LIST_ANY_FORM)
		return keep_form(places, below, out);
	if (below)
		memmove(out, out + below, (n - below) * sizeof *out);
	return n - below;
}
