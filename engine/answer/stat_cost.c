#include "answer/stat_cost.h"

uint64_t stat_field_all(const struct stat_field *field)
{
	return lexicon_cost_all(&field->lexicon) +
	       postings_cost_post(&field->lists) + field->padding +
	       postings_cost_posn(&field->lists) + field->column;
}

/* ---- chunks ---------------------------------------------------------------- */

/* Text is stored in the last chunks: without them the file ends earlier. */
static uint64_t text_of(const struct container *container)
{
	uint64_t bytes = 0;
	for (unsigned i = CHUNK_DICTIONARY; i < CHUNKS; i++)
		if (container->chunk[i].data)
			bytes += ENTRY_SIZE +
			         ((container->chunk[i].len + CHUNK_PADDING +
			           CHUNK_ALIGN - 1) & ~(uint64_t)(CHUNK_ALIGN - 1));
	return bytes;
}

/* What is no chunk: they lie in the file and do not overlap. */
static uint64_t frame_of(const struct snapshot_segment *at)
{
	uint64_t frame = at->map_size;
	for (unsigned i = 0; i < CHUNKS; i++)
		frame -= at->segment.container.chunk[i].len;
	return frame;
}

const char *stat_part(const struct snapshot *snapshot, unsigned i,
                      uint64_t *bytes)
{
	*bytes = 0;
	if (i > CHUNKS + 1)
		return NULL;
	for (uint32_t k = 0; k < snapshot->manifest.n_segments; k++) {
		const struct snapshot_segment *at = &snapshot->segments[k];
		*bytes += i < CHUNKS ? at->segment.container.chunk[i].len
		          : i == CHUNKS ? frame_of(at) : at->dead_map_size;
	}
	return i < CHUNKS ? chunk_name((enum chunk)i)
	       : i == CHUNKS ? "frame" : "deletes";
}

static void measure_parts(const struct snapshot *snapshot,
                          struct stat_cost *out)
{
	for (unsigned i = 0; i < CHUNKS; i++)
		stat_part(snapshot, i, &out->chunk[i]);
	stat_part(snapshot, CHUNKS, &out->frame);
	stat_part(snapshot, CHUNKS + 1, &out->deletes);
	for (uint32_t k = 0; k < snapshot->manifest.n_segments; k++) {
		const struct snapshot_segment *at = &snapshot->segments[k];
		out->all += at->map_size + at->dead_map_size;
		out->text += text_of(&at->segment.container);
	}
	out->field[FIELD_TEXT].column = out->chunk[CHUNK_LENGTHS_TEXT];
	out->field[FIELD_TITLE].column = out->chunk[CHUNK_LENGTHS_TITLE];
	out->field[FIELD_SECTION].column = out->chunk[CHUNK_SECTION];
	out->field[FIELD_PAIR].column = out->chunk[CHUNK_PAIRS];
}

/* ---- lists ----------------------------------------------------------------- */

/* A segment on the walk: the term it stands on. */
struct place {
	const struct segment *segment;
	uint32_t next;        /* the entry behind */
	bool there;           /* it stands on a term, in entry */
	struct lexicon_entry entry;
	uint64_t post_end;    /* behind its lists so far */
};

static int step(struct place *place, struct ns_error *err)
{
	const struct lexicon *lexicon = &place->segment->lexicon;
	place->there = false;
	while (!place->there && place->next < lexicon_end(lexicon)) {
		TRY(lexicon_get(lexicon, place->next, &place->entry, err));
		place->next = lexicon_next(lexicon, place->next);
		place->there = place->entry.is_term;
	}
	return NS_OK;
}

static int compare(const struct lexicon_entry *a, const struct lexicon_entry *b)
{
	if (a->field != b->field)
		return a->field < b->field ? -1 : 1;
	return slice_compare(slice_of(a->key, a->key_len),
	                     slice_of(b->key, b->key_len));
}

/* The first term of all; NULL at the end.  Each in turn: segments are few. */
static const struct lexicon_entry *first(const struct place *places, size_t n)
{
	const struct lexicon_entry *least = NULL;
	for (size_t i = 0; i < n; i++)
		if (places[i].there &&
		    (!least || compare(&places[i].entry, least) < 0))
			least = &places[i].entry;
	return least;
}

/* Lists in post follow each other; before a directory lie up to 3 zero bytes. */
static uint64_t padding(struct place *place, uint64_t post_bytes)
{
	const struct lexicon_term *term = &place->entry.term;
	if (term->df == 1)
		return 0;
	uint64_t gap = term->post - place->post_end;
	place->post_end = term->post + post_bytes;
	return term->df >= BLOCK_DOCS && gap < 4 ? gap : 0;
}

static int add_list(struct place *place, struct postings_meter *meter,
                    struct stat_cost *out, struct stat_term *sum,
                    struct ns_error *err)
{
	const struct lexicon_term *term = &place->entry.term;
	struct stat_field *field = &out->field[term->field];
	uint64_t post = postings_cost_post(&field->lists);
	uint64_t posn = postings_cost_posn(&field->lists);
	TRY(postings_measure(meter, &place->segment->postings, term,
	                     &field->lists, err));
	post = postings_cost_post(&field->lists) - post;
	posn = postings_cost_posn(&field->lists) - posn;
	field->padding += padding(place, post);
	field->postings += term->df;
	field->occurrences += term->cf;
	field->in_post += term->df > 1 ? term->df : 0;
	field->in_posn += posn ? term->cf : 0;
	sum->df += term->df;
	sum->cf += term->cf;
	sum->post += post;
	sum->posn += posn;
	return NS_OK;
}

static void keep_heaviest(struct stat_cost *out, const struct stat_term *term)
{
	uint32_t i = out->n_heaviest;
	uint64_t weight = term->post + term->posn;
	while (i && out->heaviest[i - 1].post + out->heaviest[i - 1].posn <
	            weight) {
		i--;
		if (i + 1 < STAT_HEAVIEST)
			out->heaviest[i + 1] = out->heaviest[i];
	}
	if (i == STAT_HEAVIEST || !weight)
		return;
	out->heaviest[i] = *term;
	out->n_heaviest = min_u32(out->n_heaviest + 1, STAT_HEAVIEST);
}

/* The lists of one term in all segments. */
static int add_term(struct place *places, size_t n,
                    const struct lexicon_entry *least,
                    struct postings_meter *meter, struct stat_cost *out,
                    struct ns_error *err)
{
	struct stat_term term = {.field = least->field,
	                         .key_len = least->key_len};
	memcpy(term.key, least->key, least->key_len);
	const struct slice key = slice_of(term.key, term.key_len);
	for (size_t i = 0; i < n; i++) {
		const struct lexicon_entry *entry = &places[i].entry;
		if (!places[i].there || entry->field != term.field ||
		    !slice_equal(slice_of(entry->key, entry->key_len), key))
			continue;
		TRY(add_list(&places[i], meter, out, &term, err));
		TRY(step(&places[i], err));
	}
	keep_heaviest(out, &term);
	return NS_OK;
}

/* They stand behind the lists of terms, in this order. */
static int add_pairs(struct place *place, struct postings_meter *meter,
                     struct stat_cost *out, struct ns_error *err)
{
	const struct pair_table *pairs = &place->segment->pairs;
	for (unsigned a = 0; a < pairs->n; a++)
		for (unsigned b = 0; b < pairs->n; b++) {
			struct stat_term none = {0};
			if (pair_table_find(pairs, a, b, &place->entry.term))
				TRY(add_list(place, meter, out, &none, err));
		}
	return NS_OK;
}

static int walk(const struct snapshot *snapshot, struct place *places,
                struct postings_meter *meter, struct stat_cost *out,
                struct ns_error *err)
{
	struct lexicon_cost lexicon[FIELD_END] = {0};
	uint32_t n = snapshot->manifest.n_segments;
	for (uint32_t i = 0; i < n; i++) {
		places[i].segment = &snapshot->segments[i].segment;
		TRY(lexicon_measure(&places[i].segment->lexicon, lexicon, err));
		TRY(step(&places[i], err));
	}
	for (unsigned i = 0; i < FIELD_END; i++)
		out->field[i].lexicon = lexicon[i];
	const struct lexicon_entry *least;
	while ((least = first(places, n)))
		TRY(add_term(places, n, least, meter, out, err));
	for (uint32_t i = 0; i < n; i++)
		TRY(add_pairs(&places[i], meter, out, err));
	return NS_OK;
}

int stat_measure(const struct snapshot *snapshot, struct stat_cost *out,
                 struct ns_error *err)
{
	struct postings_meter meter = {0};
	memset(out, 0, sizeof *out);
	measure_parts(snapshot, out);
	struct place *places = mem_zero(
		max_u32(snapshot->manifest.n_segments, 1), sizeof *places);
	if (!places)
		return err_nomem(err);
	int status = walk(snapshot, places, &meter, out, err);
	postings_meter_release(&meter);
	mem_free(places);
	return status;
}
