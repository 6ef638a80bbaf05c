#include "build/copies.h"

#include "build/bands.h"
#include "build/sketch.h"
#include "format/postings.h"
#include "index/deletes.h"

struct work {
	const struct copies_input *in;
	struct copies *out;
	struct bands bands;
};

void copies_release(struct copies *copies)
{
	mem_free(copies->parent);
	mem_free(copies->older);
	number_map_release(&copies->known);
	*copies = (struct copies){0};
}

/* ---- union-find ---------------------------------------------------------- */

static uint32_t root_of(struct copies *copies, uint32_t node)
{
	uint32_t *parent = copies->parent;
	while (parent[node] != node) {
		parent[node] = parent[parent[node]];
		node = parent[node];
	}
	return node;
}

static void join(struct copies *copies, uint32_t a, uint32_t b)
{
	uint32_t one = root_of(copies, a), other = root_of(copies, b);
	copies->parent[max_u32(one, other)] = min_u32(one, other);
}

static uint64_t key_of(const struct work *work, struct bands_ref ref,
                       uint32_t *story)
{
	*story = stories_of(work->in->older, ref.part, ref.doc);
	return *story != STORY_NONE ? 1ull << 63 | *story
	                            : (uint64_t)ref.part << 32 | ref.doc;
}

/* The node of an older article, or of its story. */
static int node_of(struct work *work, struct bands_ref ref, uint32_t *out,
                   struct ns_error *err)
{
	struct copies *copies = work->out;
	uint32_t story, node = (uint32_t)copies->n_nodes;
	uint64_t key = key_of(work, ref, &story);
	if (node >= UINT32_MAX - 1)
		return err_set(err, NS_E_LIMIT, "too many older copies");
	TRY(number_map_add(&copies->known, key, node, out, err));
	if (*out != node)
		return NS_OK;
	TRY(mem_grow((void **)&copies->parent, &copies->capacity,
	             copies->n_nodes + 1, sizeof *copies->parent, err));
	TRY(mem_grow((void **)&copies->older, &copies->older_capacity,
	             copies->n_older + 1, sizeof *copies->older, err));
	copies->parent[copies->n_nodes++] = node;
	copies->older[copies->n_older++] =
		(struct copies_older){ref.part, ref.doc, story};
	return NS_OK;
}

/* ---- two that met -------------------------------------------------------- */

static int text_of(struct work *work, uint32_t place, struct sketch_text *out,
                   uint64_t *key, struct ns_error *err)
{
	const struct doc *doc =
		&work->in->docs->items[work->in->given[place]];
	out->words = doc->length[0];
	out->date = doc->date;
	return bands_sketch(&work->bands, place, &out->sketch, key, err);
}

static int try_new(struct work *work, unsigned band, uint32_t a, uint32_t b,
                   struct ns_error *err)
{
	struct sketch_text one, other;
	uint64_t keys[2];
	struct copies *copies = work->out;
	if (root_of(copies, a) == root_of(copies, b))
		return NS_OK;
	TRY(text_of(work, a, &one, &keys[0], err));
	TRY(text_of(work, b, &other, &keys[1], err));
	if (bands_is_key(band) ? keys[0] == keys[1]
	                       : sketch_alike(&one, &other))
		join(copies, a, b);
	return NS_OK;
}

static bool are_joined(struct work *work, struct bands_ref ref, uint32_t place)
{
	struct copies *copies = work->out;
	uint32_t story, node = number_map_get(&copies->known,
	                                      key_of(work, ref, &story));
	return node != UINT32_MAX &&
	       root_of(copies, node) == root_of(copies, place);
}

static int join_old(struct work *work, struct bands_ref ref, uint32_t place,
                    struct ns_error *err)
{
	uint32_t node;
	TRY(node_of(work, ref, &node, err));
	join(work->out, node, place);
	return NS_OK;
}

static int try_old(struct work *work, struct bands_ref ref, uint32_t place,
                   struct ns_error *err)
{
	const struct segment *segment =
		work->in->older->parts[ref.part].segment;
	struct sketch_text new, old = {
		.words = segment_length(segment, FIELD_TEXT, ref.doc),
		.date = column_date(&segment->dates, ref.doc),
	};
	uint64_t key;
	if (are_joined(work, ref, place))
		return NS_OK;
	memcpy(&old.sketch, segment->stories.sketches +
	       (size_t)ref.doc * SKETCH_BYTES, sizeof old.sketch);
	TRY(text_of(work, place, &new, &key, err));
	if (!sketch_alike(&old, &new))
		return NS_OK;
	return join_old(work, ref, place, err);
}

/* A bucket: the places [from, end), and the older ones that are in it. */
static int try_bucket(struct work *work, unsigned band,
                      const struct bands_bucket *bucket, struct ns_error *err)
{
	uint32_t first = bands_place(&work->bands, bucket->from), last = first;
	if (bucket->has_older) {
		TRY(try_old(work, bucket->first, first, err));
		TRY(try_old(work, bucket->last, first, err));
	}
	for (size_t i = bucket->from + 1; i < bucket->end; i++) {
		uint32_t place = bands_place(&work->bands, i);
		if (bucket->has_older)
			TRY(try_old(work, bucket->first, place, err));
		else
			TRY(try_new(work, band, first, place, err));
		TRY(try_new(work, band, last, place, err));
		last = place;
	}
	return NS_OK;
}

/* ---- older versions ------------------------------------------------------ */

/* The first living doc of a segment with this URL. */
static int find_url(const struct stories_part *part, struct slice url,
                    bool *found, uint32_t *doc, struct ns_error *err)
{
	struct lexicon_entry entry;
	struct postings_cursor cursor;
	TRY(lexicon_find(&part->segment->lexicon, FIELD_URL, url, &entry, found,
	                 err));
	*found = *found && entry.is_term;
	if (!*found)
		return NS_OK;
	int status = postings_open(&cursor, &part->segment->postings,
	                           &entry.term, err);
	while (status == NS_OK && cursor.doc != POSTINGS_END &&
	       deletes_has(part->dead, cursor.doc))
		postings_next(&cursor);
	if (status == NS_OK)
		status = cursor.status;
	*doc = cursor.doc;
	*found = status == NS_OK && cursor.doc != POSTINGS_END;
	postings_release(&cursor);
	return status;
}

static int try_url(struct work *work, struct slice url, uint32_t place,
                   struct ns_error *err)
{
	const struct stories *older = work->in->older;
	for (uint32_t part = 0; part < older->n_parts; part++) {
		struct bands_ref ref = {.part = part};
		bool found;
		TRY(find_url(&older->parts[part], url, &found, &ref.doc, err));
		if (found)
			TRY(join_old(work, ref, place, err));
	}
	return NS_OK;
}

static int try_head(struct work *work, struct docs_reader *reader,
                    uint32_t place, struct ns_error *err)
{
	struct sketch sketch;
	struct slice head, url = {0};
	uint64_t key;
	TRY(bands_sketch(&work->bands, place, &sketch, &key, err));
	if (!key)
		return NS_OK;
	TRY(docs_record(reader, work->in->given[place], &head, err));
	for (int i = 0; i < DOC_URL; i++)
		TRY(store_text(&head, &url, "records", err));
	return try_url(work, url, place, err);
}

static int try_urls(struct work *work, struct ns_error *err)
{
	struct docs_reader reader;
	int status = docs_read(&reader, work->in->docs, false, err);
	for (uint32_t i = 0; status == NS_OK && i < work->in->n; i++)
		status = try_head(work, &reader, i, err);
	docs_reader_release(&reader);
	return status;
}

/* ---- all ----------------------------------------------------------------- */

static int open_nodes(struct copies *copies, uint32_t n, struct ns_error *err)
{
	/* of the very size: there may be no older ones */
	copies->parent = mem_zero((size_t)n + 1, sizeof *copies->parent);
	if (!copies->parent)
		return err_nomem(err);
	copies->capacity = (size_t)n + 1;
	for (uint32_t i = 0; i < n; i++)
		copies->parent[i] = i;
	copies->n_nodes = n;
	return NS_OK;
}

static int find(struct work *work, struct ns_error *err)
{
	const struct copies_input *in = work->in;
	struct bands_bucket bucket;
	TRY(open_nodes(work->out, in->n, err));
	TRY(bands_open(&work->bands, in, err));
	for (unsigned band = 0; band < BANDS; band++) {
		TRY(steps_tell_now(in->steps, "finding copies", band, BANDS,
		                   err));
		TRY(bands_fill(&work->bands, band, err));
		for (size_t at = 0; bands_next(&work->bands, &at, &bucket);)
			TRY(try_bucket(work, band, &bucket, err));
	}
	if (in->older)
		TRY(try_urls(work, err));
	for (uint32_t i = 0; i < work->out->n_nodes; i++)
		work->out->parent[i] = root_of(work->out, i);
	return NS_OK;
}

uint64_t copies_memory(const struct copies_input *input)
{
	const struct copies *copies = NULL;
	return bands_memory(input) +
	       (uint64_t)input->n * sizeof *copies->parent +
	       (input->older ? input->older->memory : 0);
}

int copies_find(struct copies *out, const struct copies_input *input,
                struct ns_error *err)
{
	struct work work = {.in = input, .out = out};
	*out = (struct copies){0};
	bands_init(&work.bands);
	int status = find(&work, err);
	bands_release(&work.bands);
	if (status != NS_OK)
		copies_release(out);
	return status;
}
