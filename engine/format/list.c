#include "format/list.h"

#include "format/tail.h"

int list_open(struct list *list, const struct postings_source *source,
              const struct lexicon_term *term, struct ns_error *err)
{
	memset(list, 0, offsetof(struct list, ranks));
	list->source = source;
	list->term = *term;
	list->err = err;
	list->df = term->df;
	list->unit = LIST_NONE;
	list->has_tfs = field_has_tfs(term->field);
	list->pack = pack_kernels(cpu_level());
	list->bitset = bitset_kernels(cpu_level());
	if (!term->df || term->df > source->doc_count || term->cf < term->df ||
	    !postings_directory(&list->directory, source, term))
		return list->status = err_corrupt(err, source->place,
			(int64_t)term->post,
			"post: no room for the directory of a list of %u docs",
			term->df);
	list->n_units = list->directory.n_units;
	list->n_blocks = term->df / BLOCK_DOCS;
	return NS_OK;
}

/* Docs and frequencies of the unit are there. */
static void decoded(struct list *list)
{
	list->kind = LIST_DOCS;
	list->docs_ready = list->parsed = true;
	list->tfs_open = list->tfs_ready = true;
}

/* The loaded unit is empty from now on. */
static bool fail(struct list *list)
{
	list->n = 0;
	decoded(list);
	memset(list->docs, 0xFF, sizeof list->docs);
	/* a probe may have found docs already, and asks how often */
	for (unsigned i = 0; i < BLOCK_DOCS; i++)
		list->tfs[i] = 1;
	if (list->status == NS_OK)
		list->status = err_corrupt(list->err, list->source->place,
			(int64_t)list->term.post, "post: impossible postings in "
			"unit %u of a list of %u docs", list->unit, list->df);
	return false;
}

static uint32_t last_doc(const struct list *list, uint32_t block)
{
	return load_u32(list->directory.last_docs + 4 * (size_t)block);
}

uint32_t list_unit_last(const struct list *list, uint32_t unit)
{
	return unit < list->n_blocks ? last_doc(list, unit)
	                             : list->source->doc_count - 1;
}

/* Steps that double, then halves without jumps. */
uint32_t list_unit_of(const struct list *list, uint32_t from, uint32_t target)
{
	uint32_t n = list->n_blocks, step = 1;
	if (from >= n || last_doc(list, from) >= target)
		return from;
	while (from + step < n && last_doc(list, from + step) < target) {
		from += step;
		step *= 2;
	}
	/* `from` is below target; the first that is not lies in (from, limit] */
	uint32_t length = min_u32(step, n - from);
	while (length > 1) {
		uint32_t half = length / 2;
		from += last_doc(list, from + half) < target ? half : 0;
		length -= half;
	}
	return from + 1;
}

/* ---- loading --------------------------------------------------------------- */

static bool load_single(struct list *list)
{
	if (list->term.doc >= list->source->doc_count ||
	    list->term.cf > INT32_MAX)
		return fail(list);
	list->n = 1;
	list->last = list->term.doc;
	memset(list->docs, 0xFF, BLOCK_DOCS * sizeof *list->docs);
	list->docs[0] = list->term.doc;
	list->tfs[0] = (uint32_t)list->term.cf;
	decoded(list);
	return true;
}

/* Where the data of a unit starts; false where it passes the chunk. */
static bool unit_start(const struct list *list, uint32_t unit,
                       const uint8_t **out)
{
	const struct postings_directory *dir = &list->directory;
	uint32_t start = unit ? load_u32(dir->data_ends + 4 * (size_t)unit - 4)
	                      : 0;
	*out = dir->data + start;
	return start <= (size_t)(dir->limit - dir->data);
}

static bool load_tail(struct list *list)
{
	struct reader reader = {NULL, list->directory.limit, false};
	const struct tail_shape shape = {
		.n = list->df % BLOCK_DOCS, .is_short = list->df <= SHORT_DF,
		.has_tfs = list->has_tfs, .before = list->before,
		.doc_count = list->source->doc_count};
	if (!unit_start(list, list->unit, &reader.next) ||
	    !tail_read(&reader, &shape, list->docs, list->tfs))
		return fail(list);
	list->n = shape.n;
	list->last = list->docs[list->n - 1];
	decoded(list);
	list->blocks++;
	list->postings += list->n;
	return true;
}

/* A bitset ends with the bit of the last doc. */
static bool bitset_fits(const struct list *list)
{
	uint32_t span = list->last - list->before;
	size_t words = list->docs_enc - DOCS_BITSET;
	if (words != span / 64 + 1 ||
	    (size_t)(list->limit - list->data) < 8 * words)
		return false;
	uint64_t word = load_u64(list->data + 8 * (words - 1));
	return word >> span % 64 == 1;
}

/* Of what kind a block is.  Its docs are looked at when they are wanted. */
static bool find_kind(struct list *list)
{
	uint8_t enc = list->docs_enc;
	if (enc == DOCS_RUN) {
		list->kind = LIST_RUN;
		return list->last - list->before == BLOCK_DOCS - 1;
	}
	if (enc > DOCS_BITSET) {
		list->kind = LIST_BITSET;
		return bitset_fits(list);
	}
	list->kind = LIST_DOCS;
	return enc < 0x40;
}

static bool load_block(struct list *list)
{
	list->last = last_doc(list, list->unit);
	if (list->last >= list->source->doc_count ||
	    list->last < list->before ||
	    !unit_start(list, list->unit, &list->data) ||
	    !unit_start(list, list->unit + 1, &list->limit) ||
	    list->data > list->limit ||
	    list->limit - list->data < 1 + list->has_tfs)
		return fail(list);
	list->docs_enc = *list->data++;
	if (list->has_tfs)
		list->tf_enc = *list->data++;
	list->n = BLOCK_DOCS;
	list->docs_ready = list->ranks_ready = list->parsed = false;
	list->tfs_open = list->tfs_ready = !list->has_tfs;
	return find_kind(list) || fail(list);
}

bool list_load(struct list *list, uint32_t unit)
{
	if (list->unit == unit)
		return list->n;
	ASSERT_REL(unit, <, list->n_units);
	list->unit = unit;
	list->before = 0;
	if (list->df == 1)
		return load_single(list);
	if (unit) {
		uint32_t before = last_doc(list, unit - 1);
		if (before >= list->source->doc_count)
			return fail(list);
		list->before = before + 1;
	}
	return unit < list->n_blocks ? load_block(list) : load_tail(list);
}

/* ---- decoding -------------------------------------------------------------- */

/* Where the parts of the docs lie, and what follows them. */
static bool parse_docs(struct list *list)
{
	uint8_t enc = list->docs_enc;
	if (list->parsed)
		return true;
	list->parsed = true;
	list->after_docs = list->data;
	if (list->kind == LIST_BITSET)
		list->after_docs += 8 * (size_t)(enc - DOCS_BITSET);
	else if (list->kind == LIST_DOCS &&
	         !block_open_values(&list->gaps, enc & 31, enc & DOCS_PATCHED,
	                            list->data, list->limit,
	                            &list->after_docs))
		return fail(list);
	return list->has_tfs || list->after_docs == list->limit ||
	       fail(list);
}

static bool decode_bitset(struct list *list)
{
	size_t words = list->docs_enc - DOCS_BITSET;
	return list->bitset->count(list->data, words) == BLOCK_DOCS &&
	       list->bitset->ids(list->data, words, list->before,
	                         list->docs) == BLOCK_DOCS;
}

static void decode_run(struct list *list)
{
	for (uint32_t i = 0; i < BLOCK_DOCS; i++)
		list->docs[i] = list->before + i;
}

const uint32_t *list_docs(struct list *list)
{
	if (list->docs_ready)
		return list->docs;
	list->docs_ready = true;
	list->blocks++;
	list->postings += list->n;
	if (list->kind == LIST_RUN)
		decode_run(list);
	else if (list->kind == LIST_BITSET ? !decode_bitset(list)
	         : parse_docs(list) &&
	           !block_decode_docs(&list->gaps, list->before, list->last,
	                              list->docs))
		fail(list);
	return list->docs;
}

/* The frequencies as they lie. */
static bool open_tfs(struct list *list)
{
	const uint8_t *end;
	if (list->tfs_open)
		return true;
	list->tfs_open = true;
	return parse_docs(list) &&
	       ((block_open_tfs(&list->tf_values, list->tf_enc,
	                        list->after_docs, list->limit, &end) &&
	         end == list->limit) || fail(list));
}

const uint32_t *list_tfs(struct list *list)
{
	ASSERT_REL(list->has_tfs, ==, true);
	if (list->tfs_ready)
		return list->tfs;
	if (!open_tfs(list))
		return list->tfs;
	list->tfs_ready = true;
	if (!block_decode_tfs(&list->tf_values, list->tfs))
		fail(list);
	return list->tfs;
}

uint32_t list_below(struct list *list, uint32_t target)
{
	if (target <= list->before)
		return 0;
	if (target > list->last)
		return list->n;
	return list->pack->search(list_docs(list), target);
}

/* ---- probing --------------------------------------------------------------- */

/* The docs that one unit is asked for, and what becomes of them. */
struct probe {
	const uint32_t *docs;
	uint32_t first, n;     /* docs[first … first + n − 1], or fewer */
	uint32_t *which, *tfs;
	struct list_place *places;
};

enum { FEW = 12 }; /* frequencies read where they lie; more: decode all */

/* Of `found` docs at i[]. */
static void read_tfs(struct list *list, const uint32_t *i, uint32_t found,
                     uint32_t *tfs)
{
	if (found > FEW)
		list_tfs(list);
	if (list->tfs_ready || !open_tfs(list)) {
		for (uint32_t k = 0; k < found; k++)
			tfs[k] = list->tfs[i[k]];
		return;
	}
	for (uint32_t k = 0; k < found; k++)
		tfs[k] = 1 + min_u32(block_value(&list->tf_values, i[k]),
		                     INT32_MAX - 1);
}

static uint32_t find_bits(struct list *list, struct probe *probe, uint32_t *i)
{
	uint32_t found = 0, k = 0;
	const uint32_t *docs = probe->docs + probe->first;
	for (; k < probe->n && docs[k] <= list->last; k++) {
		uint32_t bit = docs[k] - list->before;
		probe->which[found] = probe->first + k;
		i[found] = bit;
		found += bitset_has(list->data, bit);
	}
	probe->n = k;
	if (!probe->tfs && !probe->places)
		return found;
	if (!list->ranks_ready)
		list->bitset->ranks(list->data, list->docs_enc - DOCS_BITSET,
		                    list->ranks);
	list->ranks_ready = true;
	list->bitset->places(list->data, list->ranks, i, found);
	for (uint32_t k = 0; k < found; k++)
		i[k] %= BLOCK_DOCS; /* more bits than docs: damage */
	return found;
}

static uint32_t find_run(struct list *list, struct probe *probe, uint32_t *i)
{
	uint32_t k = 0;
	const uint32_t *docs = probe->docs + probe->first;
	for (; k < probe->n && docs[k] <= list->last; k++) {
		probe->which[k] = probe->first + k;
		i[k] = docs[k] - list->before;
	}
	probe->n = k;
	return k;
}

/* Asks the loaded unit for docs from `before` on; probe->n becomes how many of them
 * are not above the last. */
static uint32_t probe_unit(struct list *list, struct probe *probe)
{
	uint32_t i[BLOCK_DOCS], found = 0;
	switch (list->kind) {
	case LIST_RUN:
		found = find_run(list, probe, i);
		break;
	case LIST_BITSET:
		found = find_bits(list, probe, i);
		break;
	case LIST_DOCS:
		found = list->pack->find(list_docs(list),
		                         probe->docs + probe->first, probe->n,
		                         list->last, probe->first, probe->which,
		                         i, &probe->n);
		break;
	}
	if (probe->tfs)
		read_tfs(list, i, found, probe->tfs);
	for (uint32_t k = 0; probe->places && k < found; k++)
		probe->places[k] = (struct list_place){list->unit, i[k]};
	return found;
}

size_t list_probe(struct list *list, const uint32_t *docs, size_t n,
                  uint32_t *which, uint32_t *tfs, struct list_place *places)
{
	size_t found = 0, next = 0;
	uint32_t unit = list->unit == LIST_NONE ? 0 : list->unit;
	list->postings += n;
	while (next < n) {
		unit = list_unit_of(list, unit, docs[next]);
		if (unit >= list->n_units)
			break;
		list_load(list, unit);
		if (list->n && docs[next] < list->before) {
			/* only damage puts a doc between two units */
			next++;
			continue;
		}
		struct probe probe = {docs, (uint32_t)next,
			(uint32_t)min_size(n - next, BLOCK_DOCS),
			which + found, tfs ? tfs + found : NULL,
			places ? places + found : NULL};
		uint32_t more = list->n ? probe_unit(list, &probe) : 0;
		/* damage that is met while it is asked makes a unit empty */
		if (list->n && probe.n) {
			found += more;
			next += probe.n;
			continue;
		}
		/* an empty unit, or behind the end of the tail */
		if (++unit >= list->n_units)
			break;
	}
	return found;
}

/* ---- bitmaps --------------------------------------------------------------- */

static void fill_docs(struct list *list, uint32_t first, uint32_t end,
                      uint64_t *bitmap)
{
	const uint32_t *docs = list_docs(list);
	uint32_t i = list_below(list, first), stop = list_below(list, end);
	for (; i < stop; i++) {
		uint32_t bit = docs[i] - first;
		bitmap[bit / 64] |= LITTLE64((uint64_t)1 << bit % 64);
	}
}

static void fill_unit(struct list *list, uint32_t first, uint32_t end,
                      uint64_t *bitmap)
{
	switch (list->kind) {
	case LIST_RUN:
		bitset_set_range(bitmap, max_u32(list->before, first) - first,
		                 min_u32(list->last + 1, end) - first);
		break;
	case LIST_BITSET:
		bitset_or(bitmap, (end - first) / 64,
		          (int64_t)list->before - first, list->data,
		          list->docs_enc - DOCS_BITSET);
		break;
	case LIST_DOCS:
		fill_docs(list, first, end, bitmap);
		break;
	}
}

void list_fill(struct list *list, uint32_t first, uint32_t end,
               uint64_t *bitmap)
{
	uint32_t unit = list->unit == LIST_NONE ? 0 : list->unit;
	unit = list_unit_of(list, unit, first);
	for (; unit < list->n_units; unit++) {
		if (list_load(list, unit)) {
			if (list->before >= end)
				return;
			if (list->last >= first)
				fill_unit(list, first, end, bitmap);
		}
		if (list_unit_last(list, unit) >= end)
			return;
	}
}
