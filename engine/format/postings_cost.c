#include "format/postings_cost.h"

#include "format/block.h"
#include "format/forms.h"
#include "format/places.h"
#include "format/tail.h"

/* A list on its way through the readers. */
struct walk {
	struct postings_meter *meter;
	const struct postings_source *source;
	const struct lexicon_term *term;
	struct postings_cost *cost;
	struct postings_directory directory;
	bool words, has_tfs, in_posn;
	const uint8_t *data;      /* of the unit */
	uint32_t before;          /* the doc before the unit + 1 */
	unsigned n;               /* docs of the unit */
	struct reader posn;       /* behind the units so far */
	uint32_t docs[BLOCK_DOCS], tfs[BLOCK_DOCS];
};

uint64_t postings_cost_post(const struct postings_cost *cost)
{
	return cost->directory + cost->place_ends + cost->docs + cost->tfs +
	       cost->tails;
}

uint64_t postings_cost_posn(const struct postings_cost *cost)
{
	return cost->positions + cost->forms;
}

void postings_meter_release(struct postings_meter *meter)
{
	mem_free(meter->places);
	mem_free(meter->forms);
	*meter = (struct postings_meter){0};
}

static uint32_t entry(const uint8_t *table, uint32_t unit)
{
	return load_u32(table + 4 * (size_t)unit);
}

static bool read_block(struct walk *walk, uint32_t unit)
{
	const struct postings_directory *dir = &walk->directory;
	uint32_t last = entry(dir->last_docs, unit);
	size_t stop = entry(dir->data_ends, unit), head = walk->has_tfs ? 2 : 1;
	const uint8_t *data = walk->data, *docs_end;
	if (stop > (size_t)(dir->limit - dir->data) ||
	    stop < (size_t)(data - dir->data) + head)
		return false;
	const uint8_t *end = dir->data + stop, *tfs_end;
	if (!block_read_docs(data[0], data + head, end, walk->before, last,
	                     walk->docs, &docs_end) ||
	    last >= walk->source->doc_count)
		return false;
	tfs_end = docs_end;
	if (walk->has_tfs &&
	    !block_read_tfs(data[1], docs_end, end, walk->tfs, &tfs_end))
		return false;
	walk->cost->docs += (uint64_t)(docs_end - data) - head + 1;
	walk->cost->tfs += (uint64_t)(tfs_end - docs_end) + head - 1;
	walk->data = end;
	walk->before = last + 1;
	walk->n = BLOCK_DOCS;
	return tfs_end == end;
}

static bool read_tail(struct walk *walk)
{
	struct reader reader = {walk->data, walk->directory.limit, false};
	const struct tail_shape shape = {
		.n = walk->term->df % BLOCK_DOCS,
		.is_short = walk->term->df <= SHORT_DF,
		.has_tfs = walk->has_tfs, .before = walk->before,
		.doc_count = walk->source->doc_count};
	if (!tail_read(&reader, &shape, walk->docs, walk->tfs))
		return false;
	walk->cost->tails += (uint64_t)(reader.next - walk->data);
	walk->n = shape.n;
	return true;
}

/* In the lexicon's entry; nothing in post. */
static bool read_single(struct walk *walk)
{
	walk->n = 1;
	walk->docs[0] = walk->term->doc;
	walk->tfs[0] = (uint32_t)walk->term->cf;
	return walk->term->cf <= INT32_MAX &&
	       walk->term->doc < walk->source->doc_count;
}

static int corrupt(const struct walk *walk, const char *what, uint32_t unit,
                   struct ns_error *err)
{
	return err_corrupt(err, walk->source->place, (int64_t)walk->term->post,
	                   "post: %s in unit %u of a list of %u docs", what,
	                   unit, walk->term->df);
}

static int grow(struct postings_meter *meter, size_t n, bool forms,
                struct ns_error *err)
{
	TRY(mem_grow((void **)&meter->places, &meter->places_capacity, n,
	             sizeof *meter->places, err));
	return mem_grow((void **)&meter->forms, &meter->forms_capacity,
	                forms ? n : 1, sizeof *meter->forms, err);
}

static int read_places(struct walk *walk, uint32_t unit, struct ns_error *err)
{
	const struct lexicon_term *term = walk->term;
	struct reader *posn = &walk->posn;
	const uint8_t *start = posn->next;
	uint64_t total = 0;
	bool forms = term->n_forms > 1;
	for (unsigned i = 0; i < walk->n; i++)
		total += walk->tfs[i];
	if (total > term->cf || total >= UINT32_MAX ||
	    places_least_bytes(total) > reader_left(posn))
		return corrupt(walk, "more positions than bytes", unit, err);
	TRY(grow(walk->meter, (size_t)total, forms, err));
	const struct places_shape shape = {
		walk->docs, walk->tfs, walk->n,
		postings_lengths(walk->source, term->field),
		places_gap(term->field)};
	if (!places_read(posn, &shape, walk->meter->places))
		return corrupt(walk, "impossible positions", unit, err);
	walk->cost->positions += (uint64_t)(posn->next - start);
	start = posn->next;
	if (forms && !forms_read(posn, term->n_forms, (size_t)total,
	                         walk->meter->forms))
		return corrupt(walk, "impossible forms", unit, err);
	walk->cost->forms += (uint64_t)(posn->next - start);
	if (unit < walk->directory.n_blocks &&
	    (uint64_t)(posn->next - walk->source->posn.data) !=
	    term->posn + entry(walk->directory.posn_ends, unit))
		return corrupt(walk, "positions of a wrong size", unit, err);
	return NS_OK;
}

static int walk_units(struct walk *walk, struct ns_error *err)
{
	const struct postings_directory *dir = &walk->directory;
	for (uint32_t unit = 0; unit < dir->n_units; unit++) {
		bool good = walk->term->df == 1 ? read_single(walk)
		            : unit < dir->n_blocks ? read_block(walk, unit)
		                                   : read_tail(walk);
		if (!good)
			return corrupt(walk, "impossible docs", unit, err);
		if (walk->in_posn)
			TRY(read_places(walk, unit, err));
	}
	return NS_OK;
}

static void add_directory(struct walk *walk)
{
	const struct postings_directory *dir = &walk->directory;
	uint64_t ends = walk->words ? 4 * (uint64_t)dir->n_blocks : 0;
	if (!dir->n_blocks)
		return;
	walk->cost->place_ends += ends;
	walk->cost->directory += (uint64_t)(dir->data - dir->last_docs) - ends;
}

int postings_measure(struct postings_meter *meter,
                     const struct postings_source *source,
                     const struct lexicon_term *term,
                     struct postings_cost *cost, struct ns_error *err)
{
	struct walk walk;
	memset(&walk, 0, offsetof(struct walk, docs));
	walk.meter = meter;
	walk.source = source;
	walk.term = term;
	walk.cost = cost;
	walk.words = field_has_words(term->field);
	walk.has_tfs = field_has_tfs(term->field);
	walk.in_posn = walk.words && term->cf > 1;
	if (!term->df || term->df > source->doc_count || term->cf < term->df ||
	    !postings_directory(&walk.directory, source, term) ||
	    (walk.in_posn && term->posn > source->posn.len))
		return corrupt(&walk, "no room for the directory", 0, err);
	add_directory(&walk);
	walk.data = walk.directory.data;
	if (walk.in_posn)
		walk.posn = (struct reader){
			source->posn.data + term->posn,
			source->posn.data + source->posn.len, false};
	return walk_units(&walk, err);
}
