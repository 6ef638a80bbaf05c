#include "format/list_places.h"

#include "base/bits.h"
#include "format/forms.h"

void list_places_open(struct list_places *places, struct list *list,
                      uint32_t form, struct arena *arena)
{
	ASSERT_REL(field_has_words(list->term.field), ==, true);
	places->list = list;
	places->measure = place_widths_kernel(cpu_level());
	places->kernels = place_kernels(cpu_level());
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
	const uint32_t *docs = list_docs(list), *tfs = list_tfs(list);
	uint32_t n = list->n, bits[BLOCK_DOCS];
	if (!n)
		return false;
	const struct places_shape shape = {
		docs, tfs, n, postings_lengths(list->source, list->term.field),
		places_gap(list->term.field)};
	places->measure(&shape, places->widths, bits);
	/* whole rows of 16: what is behind the last is not looked at */
	list->pack->prefix(places->sums, tfs, n, 0);
	list->pack->prefix(places->lows, bits, n, 0);
	places->n = n;
	places->total = places->sums[n - 1] - n;
	return true;
}

/* The bytes of the unit. */
static bool find_bytes(struct list_places *places, uint32_t unit,
                       struct slice *out)
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
	*out = slice_of(posn.data + start, (size_t)(stop - start));
	return true;
}

/* Each position has a bit at least: who makes room for those of a doc is bounded by
 * the bytes that there are. */
static bool open_rows(struct list_places *places, struct slice bytes)
{
	uint64_t low_bits = places->lows[places->n - 1] - places->n;
	return low_bits + places->total <= 8 * (uint64_t)bytes.len &&
	       place_rows_open(&places->rows, bytes, low_bits);
}

/* They stand behind the positions. */
static bool read_forms(struct list_places *places)
{
	struct list *list = places->list;
	struct place_rows *rows = &places->rows;
	size_t skip = places->kernels->size(rows, places->total);
	if (skip == SIZE_MAX)
		return false;
	struct reader reader = reader_of(slice_of(rows->bytes + skip,
	                                          rows->size - skip));
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
	return forms_read(&reader, list->term.n_forms, places->total,
	                  places->forms);
}

static bool load(struct list_places *places, uint32_t unit)
{
	struct slice bytes;
	const struct lexicon_term *term = &places->list->term;
	places->unit = unit;
	if (!sum_up(places, unit) || places->total > term->cf)
		return fail(places);
	places->single = term->df == 1 && term->cf == 1;
	/* which has one form alone */
	if (places->single)
		return places->form == LIST_ANY_FORM || fail(places);
	if (!find_bytes(places, unit, &bytes) || !open_rows(places, bytes))
		return fail(places);
	return places->form == LIST_ANY_FORM || read_forms(places) ||
	       fail(places);
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
	places->i = at.i;
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

static bool read_values(struct list_places *places, uint32_t shift,
                        uint32_t *out)
{
	uint32_t i = places->i;
	const struct place_doc doc = {
		places->start, places->count,
		i ? places->lows[i - 1] - i : 0, places->widths[i]};
	if (places->single) {
		*out = places->list->term.position - shift;
		return true;
	}
	return places->kernels->read(&places->rows, &doc, shift, out) ||
	       fail(places);
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
	uint32_t n = places->count, below = 0;
	if (!n || !read_values(places, shift, out))
		return 0;
	/* those passed 0 */
	while (below < n && out[below] > UINT32_MAX - shift)
		below++;
	if (places->form != LIST_ANY_FORM)
		return keep_form(places, below, out);
	if (below)
		memmove(out, out + below, (n - below) * sizeof *out);
	return n - below;
}
