/* fuzz_list.c — do both readers of a list hold against any bytes?
 *
 * Input: doc_count, df (u32), cf (u64), n_forms, post, posn, doc (u32), field,
 * salt (u8), bytes of post (u32), then post and posn.  The cursor
 * (format/postings.h) and the fast reader (format/list.h) walk the list; where
 * neither finds fault they agree, and so do seeks, probes, bitmaps and the
 * positions of chosen docs (format/list_places.h) with what the walk gave.  Such a
 * list can be measured (format/postings_cost.h).
 */
#include "format/list_places.h"
#include "format/postings_cost.h"
#include "tests/fuzz/fuzz.h"

struct input {
	struct postings_source source;
	struct lexicon_term term;
	bool has_tfs, has_places;
	struct random random;
};

/* What a walk over the whole list gave. */
struct walk {
	bool good;
	size_t n, docs_capacity, tfs_capacity;
	uint32_t *docs, *tfs;
};

enum { DOCS_WITH_LENGTHS = 1 << 20 };

/* The lengths of so many docs. */
static const uint8_t *all_lengths(void)
{
	static uint8_t lengths[2 * DOCS_WITH_LENGTHS + CHUNK_PADDING];
	static bool made;
	for (uint32_t doc = 0; !made && doc < DOCS_WITH_LENGTHS; doc++)
		store_u16(lengths + 2 * (size_t)doc,
		          (uint16_t)fuzz_length(doc));
	made = true;
	return lengths;
}

static void read_input(struct input *out, const uint8_t *data, size_t size)
{
	struct reader reader = {data, data + size, false};
	*out = (struct input){0};
	out->source.place = "fuzz";
	/* info.h and lexicon.h promise so much of these numbers */
	out->source.doc_count = min_u32(reader_u32(&reader), DOCS_MAX);
	out->term.df = reader_u32(&reader);
	out->term.cf = reader_u64(&reader);
	out->term.n_forms = reader_u32(&reader);
	out->term.post = reader_u32(&reader);
	out->term.posn = reader_u32(&reader);
	out->term.doc = reader_u32(&reader);
	out->term.position = out->term.doc;
	out->term.field = 1 + reader_u8(&reader) % FIELD_PAIR;
	out->has_tfs = field_has_tfs(out->term.field);
	out->has_places = field_has_words(out->term.field);
	if (out->has_places)
		out->source.doc_count = min_u32(out->source.doc_count,
		                                DOCS_WITH_LENGTHS);
	out->source.lengths[0] = out->source.lengths[1] = all_lengths();
	out->random.state = reader_u8(&reader);
	out->source.post = fuzz_chunk(&reader, reader_u32(&reader));
	out->source.posn = fuzz_rest(&reader);
}

static void keep(struct walk *walk, uint32_t doc, uint32_t tf)
{
	if (mem_grow((void **)&walk->docs, &walk->docs_capacity, walk->n + 1, 4,
	             NULL) != NS_OK ||
	    mem_grow((void **)&walk->tfs, &walk->tfs_capacity, walk->n + 1, 4,
	             NULL) != NS_OK)
		exit(1);
	walk->docs[walk->n] = doc;
	walk->tfs[walk->n++] = tf;
}

static void release_walk(struct walk *walk)
{
	mem_free(walk->docs);
	mem_free(walk->tfs);
}

static void check_posting(const struct input *in, uint32_t doc, uint32_t tf)
{
	ASSERT_REL(doc, <, in->source.doc_count);
	ASSERT_REL(tf, >=, 1u);
	ASSERT_REL(tf, <=, (uint32_t)INT32_MAX);
}

/* How many docs of the walk are below target. */
static size_t below(const struct walk *walk, uint64_t target)
{
	size_t low = 0, high = walk->n;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (walk->docs[middle] < target)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* ---- the cursor ---------------------------------------------------------- */

static struct walk walk_cursor(const struct input *in)
{
	struct walk walk = {0};
	struct postings_cursor *cursor = fuzz_alloc(sizeof *cursor);
	postings_open(cursor, &in->source, &in->term, NULL);
	while (cursor->doc != POSTINGS_END) {
		uint32_t doc = cursor->doc, tf = postings_tf(cursor);
		if (!tf)
			break;
		check_posting(in, doc, tf);
		if (walk.n)
			ASSERT_REL(doc, >, walk.docs[walk.n - 1]);
		keep(&walk, doc, tf);
		postings_next(cursor);
	}
	ASSERT_REL(postings_next(cursor), ==, POSTINGS_END);
	walk.good = cursor->status == NS_OK;
	if (walk.good)
		ASSERT_REL(walk.n, ==, in->term.df);
	postings_release(cursor);
	free(cursor);
	return walk;
}

static void check_places(const struct input *in, const uint32_t *places,
                         const uint32_t *forms, uint32_t tf)
{
	for (uint32_t i = 0; i < tf; i++) {
		if (i)
			ASSERT_REL(places[i], >, places[i - 1]);
		if (forms)
			ASSERT_REL(forms[i], <, in->term.n_forms);
	}
}

/* Are all positions there? */
static bool walk_places(const struct input *in)
{
	struct postings_cursor *cursor = fuzz_alloc(sizeof *cursor);
	postings_open(cursor, &in->source, &in->term, NULL);
	while (cursor->doc != POSTINGS_END) {
		const uint32_t *places, *forms;
		if (postings_places(cursor, &places, &forms) != NS_OK)
			break;
		check_places(in, places, forms, postings_tf(cursor));
		postings_next(cursor);
	}
	bool good = cursor->status == NS_OK;
	postings_release(cursor);
	free(cursor);
	return good;
}

/* What the parts cost; a list without a fault can be measured. */
static void measure(const struct input *in, bool sound)
{
	static struct postings_meter meter;
	struct postings_cost cost = {0};
	int status = postings_measure(&meter, &in->source, &in->term, &cost,
	                              NULL);
	if (sound)
		ASSERT_REL(status, ==, NS_OK);
	if (status != NS_OK)
		return;
	ASSERT_REL(postings_cost_post(&cost), <=, in->source.post.len);
	ASSERT_REL(postings_cost_posn(&cost), <=, in->source.posn.len);
}

static void seek(struct input *in, const struct walk *walk)
{
	struct postings_cursor *cursor = fuzz_alloc(sizeof *cursor);
	uint64_t target = 0;
	postings_open(cursor, &in->source, &in->term, NULL);
	while (cursor->doc != POSTINGS_END) {
		target += random_width(&in->random, 12);
		uint32_t to = (uint32_t)min_u64(target, POSTINGS_END - 1);
		uint32_t doc = postings_seek(cursor, to);
		size_t at = below(walk, to);
		ASSERT_REL(doc, >=, to);
		if (doc != POSTINGS_END)
			ASSERT_REL(doc, <, in->source.doc_count);
		if (walk->good)
			ASSERT_REL(doc, ==, at < walk->n ? walk->docs[at]
			                                 : POSTINGS_END);
		target = max_u64(target, doc) + 1;
		if (doc != POSTINGS_END && postings_tf(cursor))
			check_posting(in, doc, postings_tf(cursor));
	}
	postings_release(cursor);
	free(cursor);
}

/* ---- the fast reader ----------------------------------------------------- */

static void keep_unit(const struct input *in, struct list *list,
                      struct walk *walk)
{
	const uint32_t *docs = list_docs(list);
	const uint32_t *tfs = in->has_tfs ? list_tfs(list) : NULL;
	ASSERT_REL(list->n, <=, (uint32_t)BLOCK_DOCS);
	for (uint32_t i = 0; i < list->n; i++) {
		check_posting(in, docs[i], tfs ? tfs[i] : 1);
		ASSERT_REL(docs[i], >=, list->before);
		ASSERT_REL(docs[i], <=, list->last);
		if (i)
			ASSERT_REL(docs[i], >, docs[i - 1]);
		ASSERT_REL(list_below(list, docs[i]), ==, i);
		keep(walk, docs[i], tfs ? tfs[i] : 1);
	}
	for (uint32_t i = list->n; i < BLOCK_DOCS; i++)
		ASSERT_REL(docs[i], ==, UINT32_MAX);
}

static struct walk walk_list(const struct input *in, struct list *list)
{
	struct walk walk = {0};
	if (list_open(list, &in->source, &in->term, NULL) != NS_OK)
		return walk;
	for (uint32_t unit = 0; unit < list->n_units; unit++) {
		list_load(list, unit);
		keep_unit(in, list, &walk);
	}
	walk.good = list->status == NS_OK;
	if (walk.good)
		ASSERT_REL(walk.n, ==, in->term.df);
	return walk;
}

enum { MOST = 600 };

/* Rising docs from `from` on: some are in the list, some beside it. */
static size_t make_docs(struct input *in, const struct walk *walk,
                        uint64_t from, uint32_t docs[MOST])
{
	size_t n = random_below(&in->random, MOST), i = 0;
	size_t next = below(walk, from);
	/* close together, or far apart: a unit that the walk could not read is
	 * asked for many of its docs as well */
	unsigned spread = random_below(&in->random, 11);
	for (; i < n; i++) {
		uint64_t doc = from + random_width(&in->random, spread);
		if (next < walk->n && random_below(&in->random, 4))
			doc = max_u64(walk->docs[next++], from);
		if (doc >= in->source.doc_count)
			break;
		docs[i] = (uint32_t)doc;
		from = doc + 1;
		while (next < walk->n && walk->docs[next] < from)
			next++;
	}
	return i;
}

struct found {
	uint32_t which[MOST], tfs[MOST];
	struct list_place places[MOST];
	size_t n;
};

static void check_found(const struct input *in, const struct list *list,
                        const struct walk *walk, const uint32_t *docs,
                        size_t n, const struct found *found, bool tfs)
{
	size_t expected = 0;
	for (size_t k = 0; k < found->n; k++) {
		uint32_t which = found->which[k];
		ASSERT_REL(which, <, n);
		if (k)
			ASSERT_REL(which, >, found->which[k - 1]);
		ASSERT_REL(found->places[k].unit, <, list->n_units);
		ASSERT_REL(found->places[k].i, <, (uint32_t)BLOCK_DOCS);
		if (tfs)
			check_posting(in, docs[which], found->tfs[k]);
		size_t at = below(walk, docs[which]);
		if (!walk->good)
			continue;
		ASSERT_REL(at, <, walk->n);
		ASSERT_REL(walk->docs[at], ==, docs[which]);
		ASSERT_REL(found->places[k].unit * 256 + found->places[k].i, ==,
		           at);
		if (tfs)
			ASSERT_REL(found->tfs[k], ==, walk->tfs[at]);
	}
	for (size_t i = 0; i < n; i++) {
		size_t at = below(walk, docs[i]);
		expected += at < walk->n && walk->docs[at] == docs[i];
	}
	if (walk->good)
		ASSERT_REL(found->n, ==, expected);
}

static void probe(struct input *in, struct list *list, const struct walk *walk)
{
	uint32_t docs[MOST];
	struct found found;
	uint64_t from = 0;
	if (list_open(list, &in->source, &in->term, NULL) != NS_OK)
		return;
	for (unsigned round = 0; round < 8; round++) {
		size_t n = make_docs(in, walk, from, docs);
		bool tfs = in->has_tfs && random_below(&in->random, 4);
		found.n = list_probe(list, docs, n, found.which,
		                     tfs ? found.tfs : NULL, found.places);
		check_found(in, list, walk, docs, n, &found, tfs);
		from = n ? (uint64_t)docs[n - 1] + 1 : 0;
		if (!n || !random_below(&in->random, 5)) {
			list_rewind(list);
			from = 0;
		}
	}
}

/* ---- bitmaps ------------------------------------------------------------- */

enum { WINDOW = 4096 };

static void fill_window(const struct input *in, struct list *list,
                        const struct walk *walk, uint32_t first)
{
	uint64_t bitmap[WINDOW / 64] = {0};
	list_fill(list, first, first + WINDOW, bitmap);
	size_t at = below(walk, first);
	for (uint32_t i = 0; i < WINDOW; i++) {
		bool set = LITTLE64(bitmap[i / 64]) >> i % 64 & 1;
		bool is = at < walk->n && walk->docs[at] == first + i;
		at += is;
		if (set)
			ASSERT_REL(first + i, <, in->source.doc_count);
		if (walk->good)
			ASSERT_REL(set, ==, is);
	}
}

static void fill(struct input *in, struct list *list, const struct walk *walk)
{
	uint64_t first = 0;
	if (list_open(list, &in->source, &in->term, NULL) != NS_OK)
		return;
	for (unsigned round = 0; round < 4; round++) {
		fill_window(in, list, walk, (uint32_t)first);
		first += WINDOW * (uint64_t)(1 + random_width(&in->random, 3));
		if (first >= in->source.doc_count)
			return;
	}
}

/* ---- positions of chosen docs -------------------------------------------- */

static void compare_places(const struct list_places *places,
                           struct postings_cursor *cursor, uint32_t doc,
                           const uint32_t *found, uint32_t n)
{
	const uint32_t *positions, *forms;
	uint32_t next = 0;
	ASSERT_REL(postings_seek(cursor, doc), ==, doc);
	ASSERT_REL(places->count, ==, postings_tf(cursor));
	ASSERT_REL(postings_places(cursor, &positions, &forms), ==, NS_OK);
	for (uint32_t i = 0; i < places->count; i++) {
		if (places->form != LIST_ANY_FORM && forms[i] != places->form)
			continue;
		ASSERT_REL(next, <, n);
		ASSERT_REL(found[next++], ==, positions[i]);
	}
	ASSERT_REL(next, ==, n);
}

/* cursor: NULL where the walk found fault. */
static void choose(struct input *in, const struct walk *walk,
                   struct list_places *places, struct postings_cursor *cursor)
{
	uint32_t few = 1 + random_width(&in->random, 6);
	for (size_t i = 0; i < walk->n; i++) {
		uint32_t which;
		struct list_place at;
		if (random_below(&in->random, few) ||
		    !list_probe(places->list, &walk->docs[i], 1, &which, NULL,
		                &at))
			continue;
		uint32_t count = list_places_seek(places, at);
		uint32_t *out = fuzz_alloc(((size_t)count + LIST_PLACES_SLACK) *
		                           sizeof *out);
		uint32_t n = list_places_read(places, 0, out);
		ASSERT_REL(n, <=, count);
		if (cursor)
			compare_places(places, cursor, walk->docs[i], out, n);
		free(out);
	}
	if (cursor)
		ASSERT_REL(places->list->status, ==, NS_OK);
}

static void choose_places(struct input *in, struct list *list,
                          const struct walk *walk)
{
	static struct list_places places;
	struct arena arena = {0};
	if (!in->has_places ||
	    list_open(list, &in->source, &in->term, NULL) != NS_OK)
		return;
	uint32_t form = !in->term.n_forms || random_below(&in->random, 2)
		? LIST_ANY_FORM : random_below(&in->random, in->term.n_forms);
	list_places_open(&places, list, form, &arena);
	if (fuzz_sound) {
		struct postings_cursor *cursor = fuzz_alloc(sizeof *cursor);
		postings_open(cursor, &in->source, &in->term, NULL);
		choose(in, walk, &places, cursor);
		postings_release(cursor);
		free(cursor);
	} else {
		choose(in, walk, &places, NULL);
	}
	arena_release(&arena);
}

static void compare(const struct walk *cursor, const struct walk *list)
{
	if (!cursor->good || !list->good)
		return;
	ASSERT_REL(cursor->n, ==, list->n);
	for (size_t i = 0; i < list->n; i++) {
		ASSERT_REL(cursor->docs[i], ==, list->docs[i]);
		ASSERT_REL(cursor->tfs[i], ==, list->tfs[i]);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct list list;
	struct input in;
	read_input(&in, data, size);
	struct walk slow = walk_cursor(&in);
	struct walk fast = walk_list(&in, &list);
	compare(&slow, &fast);
	fuzz_sound = slow.good && fast.good &&
	             (!in.has_places || walk_places(&in));
	measure(&in, fuzz_sound);
	seek(&in, &slow);
	probe(&in, &list, &fast);
	fill(&in, &list, &fast);
	choose_places(&in, &list, &fast);
	release_walk(&slow);
	release_walk(&fast);
	fuzz_free(in.source.post);
	fuzz_free(in.source.posn);
	return 0;
}
