#include "format/postings.h"

#include "base/bits.h"
#include "format/block.h"
#include "format/forms.h"
#include "format/places.h"
#include "format/tail.h"

bool postings_directory(struct postings_directory *out,
                        const struct postings_source *source,
                        const struct lexicon_term *term)
{
	*out = (struct postings_directory){0};
	out->n_blocks = term->df / BLOCK_DOCS;
	out->n_units = (term->df + BLOCK_DOCS - 1) / BLOCK_DOCS;
	if (term->df == 1)
		return true;
	if (term->post > source->post.len)
		return false;
	const uint8_t *next = source->post.data + term->post;
	out->limit = source->post.data + source->post.len;
	if (out->n_blocks) {
		bool tfs = field_has_tfs(term->field);
		bool places = field_has_words(term->field);
		size_t nb = out->n_blocks, nt = out->n_units;
		size_t ends = (places ? 12 : 8) * nb;
		size_t size = ends + (tfs ? (3 * nt + 3) & ~(size_t)3 : 0);
		bool kth = tfs && term->df >= KTH_DF;
		if ((size_t)(out->limit - next) < size + (kth ? 4 : 0))
			return false;
		out->last_docs = next;
		out->data_ends = next + 4 * nb;
		out->posn_ends = places ? next + 8 * nb : NULL;
		out->bounds = tfs ? next + ends : NULL;
		out->max_tfs = tfs ? out->bounds + nt : NULL;
		out->min_lens = tfs ? out->max_tfs + nt : NULL;
		out->kth = kth ? next + size : NULL;
		next += size + (kth ? 4 : 0);
	}
	out->data = next;
	return true;
}

static uint32_t end_list(struct postings_cursor *cursor)
{
	cursor->doc = POSTINGS_END;
	return POSTINGS_END;
}

static int fail(struct postings_cursor *cursor, const char *what)
{
	end_list(cursor);
	cursor->status = err_corrupt(cursor->err, cursor->source->place,
	                             (int64_t)cursor->term.post,
	                             "post: %s in unit %u of a list of %u docs",
	                             what, cursor->unit, cursor->term.df);
	return cursor->status;
}

static uint32_t last_doc(const struct postings_cursor *cursor, uint32_t block)
{
	return load_u32(cursor->directory.last_docs + 4 * (size_t)block);
}

/* Where the data of a unit starts; false where it passes the chunk. */
static bool unit_start(const struct postings_cursor *cursor, uint32_t unit,
                       const uint8_t **out)
{
	const struct postings_directory *dir = &cursor->directory;
	uint32_t start = unit ? load_u32(dir->data_ends + 4 * (size_t)unit - 4)
	                      : 0;
	*out = dir->data + start;
	return start <= (size_t)(dir->limit - dir->data);
}

static bool load_block(struct postings_cursor *cursor, uint32_t before)
{
	const uint8_t *data, *end;
	if (!unit_start(cursor, cursor->unit, &data) ||
	    !unit_start(cursor, cursor->unit + 1, &end) ||
	    data > end || end - data < 1 + cursor->has_tfs)
		return false;
	uint32_t last = last_doc(cursor, cursor->unit);
	uint8_t enc = *data++;
	if (cursor->has_tfs)
		cursor->tf_enc = *data++;
	if (last >= cursor->source->doc_count ||
	    !block_read_docs(enc, data, end, before, last, cursor->docs, &data))
		return false;
	cursor->n = BLOCK_DOCS;
	cursor->tf_bytes = data;
	cursor->tf_limit = end;
	cursor->tfs_ready = !cursor->has_tfs;
	return cursor->has_tfs || data == end;
}

static bool load_tail(struct postings_cursor *cursor, uint32_t before)
{
	const uint8_t *data;
	if (!unit_start(cursor, cursor->unit, &data))
		return false;
	struct reader reader = {data, cursor->directory.limit, false};
	cursor->n = cursor->term.df % BLOCK_DOCS;
	cursor->tfs_ready = true;
	const struct tail_shape shape = {
		.n = cursor->n, .is_short = cursor->term.df <= SHORT_DF,
		.has_tfs = cursor->has_tfs, .before = before,
		.doc_count = cursor->source->doc_count};
	return tail_read(&reader, &shape, cursor->docs, cursor->tfs);
}

static bool load_single(struct postings_cursor *cursor)
{
	cursor->n = 1;
	cursor->docs[0] = cursor->term.doc;
	cursor->tfs[0] = (uint32_t)cursor->term.cf;
	cursor->tfs_ready = true;
	return cursor->term.doc < cursor->source->doc_count &&
	       cursor->term.cf <= INT32_MAX;
}

/* Decodes the docs of a unit; the cursor then stands on its first doc. */
static uint32_t load_unit(struct postings_cursor *cursor, uint32_t unit)
{
	uint32_t before = 0;
	bool good = true;
	cursor->unit = unit;
	cursor->i = 0;
	cursor->places_ready = false;
	if (unit && cursor->term.df > 1) {
		uint32_t last = last_doc(cursor, unit - 1);
		good = last < cursor->source->doc_count;
		before = last + 1;
	}
	if (cursor->term.df == 1)
		good = load_single(cursor);
	else if (good && unit < cursor->directory.n_blocks)
		good = load_block(cursor, before);
	else if (good)
		good = load_tail(cursor, before);
	if (!good) {
		fail(cursor, "impossible docs");
		return POSTINGS_END;
	}
	cursor->doc = cursor->docs[0];
	return cursor->doc;
}

int postings_open(struct postings_cursor *cursor,
                  const struct postings_source *source,
                  const struct lexicon_term *term, struct ns_error *err)
{
	memset(cursor, 0, offsetof(struct postings_cursor, docs));
	cursor->places = cursor->forms = NULL;
	cursor->places_capacity = cursor->forms_capacity = 0;
	cursor->source = source;
	cursor->term = *term;
	cursor->err = err;
	cursor->has_tfs = field_has_tfs(term->field);
	cursor->kernels = pack_kernels(cpu_level());
	if (!term->df || term->df > source->doc_count || term->cf < term->df ||
	    !postings_directory(&cursor->directory, source, term))
		return fail(cursor, "no room for the directory");
	load_unit(cursor, 0);
	return cursor->status;
}

void postings_release(struct postings_cursor *cursor)
{
	mem_free(cursor->places);
	mem_free(cursor->forms);
	cursor->places = cursor->forms = NULL;
	cursor->places_capacity = cursor->forms_capacity = 0;
}

uint32_t postings_next(struct postings_cursor *cursor)
{
	if (cursor->doc == POSTINGS_END)
		return POSTINGS_END;
	if (++cursor->i < cursor->n)
		return cursor->doc = cursor->docs[cursor->i];
	if (cursor->unit + 1 == cursor->directory.n_units)
		return end_list(cursor);
	return load_unit(cursor, cursor->unit + 1);
}

/* The first block behind the current one whose last doc reaches target, or
 * n_blocks: steps that double, then halves. */
static uint32_t find_block(const struct postings_cursor *cursor,
                           uint32_t target)
{
	uint32_t low = cursor->unit + 1, n = cursor->directory.n_blocks, step = 1;
	while (low + step <= n && last_doc(cursor, low + step - 1) < target) {
		low += step;
		step *= 2;
	}
	uint32_t high = min_u32(low + step, n + 1) - 1;
	while (low < high) {
		uint32_t middle = low + (high - low) / 2;
		if (last_doc(cursor, middle) < target)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

uint32_t postings_seek(struct postings_cursor *cursor, uint32_t target)
{
	if (cursor->doc >= target)
		return cursor->doc;
	/* who visits every match asks so, and the search costs more */
	if (target == cursor->doc + 1)
		return postings_next(cursor);
	if (cursor->docs[cursor->n - 1] < target) {
		uint32_t unit = cursor->unit + 1;
		if (unit < cursor->directory.n_blocks)
			unit = find_block(cursor, target);
		if (unit >= cursor->directory.n_units)
			return end_list(cursor);
		if (load_unit(cursor, unit) >= target)
			return cursor->doc;
		if (cursor->docs[cursor->n - 1] < target)
			/* a tail that ends below target, or a directory that
			 * lied */
			return unit + 1 == cursor->directory.n_units
			               ? end_list(cursor)
			               : (fail(cursor, "a wrong last doc"),
			                  POSTINGS_END);
	}
	cursor->i = cursor->kernels->search(cursor->docs, target);
	return cursor->doc = cursor->docs[cursor->i];
}

static int load_tfs(struct postings_cursor *cursor)
{
	const uint8_t *end;
	if (!block_read_tfs(cursor->tf_enc, cursor->tf_bytes, cursor->tf_limit,
	                    cursor->tfs, &end) || end != cursor->tf_limit)
		return fail(cursor, "impossible frequencies");
	cursor->tfs_ready = true;
	return NS_OK;
}

uint32_t postings_tf(struct postings_cursor *cursor)
{
	if (!cursor->has_tfs)
		return 1;
	if (!cursor->tfs_ready && load_tfs(cursor) != NS_OK)
		return 0;
	return cursor->tfs[cursor->i];
}

/* Where the unit's bytes in posn start and, for full blocks, end. */
static bool places_extent(struct postings_cursor *cursor, struct reader *out,
                          const uint8_t **end)
{
	const struct slice posn = cursor->source->posn;
	const uint8_t *ends = cursor->directory.posn_ends;
	uint32_t unit = cursor->unit;
	uint64_t start = cursor->term.posn, stop;
	if (unit)
		start += load_u32(ends + 4 * (size_t)unit - 4);
	stop = unit < cursor->directory.n_blocks
	               ? cursor->term.posn + load_u32(ends + 4 * (size_t)unit)
	               : posn.len;
	if (start > stop || stop > posn.len)
		return false;
	*out = reader_of(slice_of(posn.data + start, (size_t)(stop - start)));
	*end = unit < cursor->directory.n_blocks ? posn.data + stop : NULL;
	return true;
}

static int load_places(struct postings_cursor *cursor)
{
	if (!cursor->tfs_ready)
		TRY(load_tfs(cursor));
	uint64_t total = 0;
	for (unsigned i = 0; i < cursor->n; i++) {
		cursor->starts[i] = (uint32_t)total;
		total += cursor->tfs[i];
	}
	cursor->starts[cursor->n] = (uint32_t)total;
	struct reader reader;
	const uint8_t *end;
	if (cursor->term.df == 1 && total == 1) {
		static const uint8_t none[1];
		reader = reader_of(slice_of(none, 0));
		end = NULL;
	} else if (!places_extent(cursor, &reader, &end)) {
		return fail(cursor, "positions outside of the chunk");
	}
	bool single = cursor->term.df == 1 && total == 1;
	const struct places_shape shape = {
		cursor->docs, cursor->tfs, cursor->n,
		postings_lengths(cursor->source, cursor->term.field),
		places_gap(cursor->term.field)};
	if (total > cursor->term.cf || total >= UINT32_MAX ||
	    (!single && places_least_bytes(total) > reader_left(&reader)))
		return fail(cursor, "more positions than bytes");
	TRY_TO(nomem, cursor->status,
	       mem_grow((void **)&cursor->places, &cursor->places_capacity,
	                (size_t)total, sizeof *cursor->places, cursor->err));
	TRY_TO(nomem, cursor->status,
	       mem_grow((void **)&cursor->forms, &cursor->forms_capacity,
	                cursor->term.n_forms > 1 ? (size_t)total : 1,
	                sizeof *cursor->forms, cursor->err));
	if (single)
		cursor->places[0] = cursor->term.position;
	else if (!places_read(&reader, &shape, cursor->places))
		return fail(cursor, "impossible positions");
	if (cursor->term.n_forms > 1 &&
	    (single || !forms_read(&reader, cursor->term.n_forms, (size_t)total,
	                           cursor->forms)))
		return fail(cursor, "impossible forms");
	if (end && reader.next != end)
		return fail(cursor, "positions of a wrong size");
	cursor->places_ready = true;
	return NS_OK;
nomem:
	end_list(cursor);
	return cursor->status;
}

int postings_places(struct postings_cursor *cursor, const uint32_t **positions,
                    const uint32_t **forms)
{
	ASSERT_REL(field_has_words(cursor->term.field), ==, true);
	if (!cursor->places_ready)
		TRY(load_places(cursor));
	uint32_t start = cursor->starts[cursor->i];
	*positions = cursor->places + start;
	*forms = cursor->term.n_forms > 1 ? cursor->forms + start : NULL;
	return NS_OK;
}
