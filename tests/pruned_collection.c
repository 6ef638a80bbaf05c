/* pruned_collection.c — which collections are hard on a ranker that leaves work
 * out?
 *
 * Ties by the hundred (short articles of equal length), lists with directories,
 * bitsets, runs and k-th impacts (df over 256 and 4096), segments of more than
 * one and two windows and of exactly one, articles of very different lengths,
 * segments whose own average is far below that of all (so that bounds made for
 * the one must hold for the other), lengths so fine that impacts are close, dead
 * docs in any number, the best of a list among them, and docs that do not stand in
 * the order in which they were given, which decides ties.
 *
 * Segments come about as a user makes them, by updates; each has a third of the
 * docs of the one before, as the merge policy leaves them alone then.  It would
 * write a segment anew of which a fifth is dead: so more than that are marked
 * in the opened snapshot instead.
 *
 * An article is a function of the seed and its number; in shuffled collections
 * the numbers are given in another order.
 */
#include "pruned.h"

#include <fcntl.h>
#include <unistd.h>

const struct collection_shape collection_shapes[] = {
	{"nothing", .share = 1},
	{"one article", 1, 1, 5, 10, .segments = 1, .share = 5},
	{"a few", 2, 60, 8, 30, .segments = 2, .share = 40, .dead = 50},
	{"less than a block", 60, 255, 6, 40, .segments = 1, .share = 60},
	{"ties", 2000, 4000, 4, 30, .segments = 1, .share = 120, .equal = true},
	{"ties of updates", 2000, 5000, 4, 30, .segments = 6, .share = 110,
	 .dead = 40, .equal = true, .shuffled = true},
	{"bursts", 5000, 7000, 5, 400, .segments = 1, .share = 90},
	{"ever longer", 2500, 4500, 3, 300, .segments = 5, .share = 120,
	 .dead = 20, .drift = 1},
	{"ever shorter", 2500, 4500, 3, 300, .segments = 5, .share = 120,
	 .drift = -1, .shuffled = true},
	{"finely graded", 2500, 3500, 30, 120, .segments = 1, .share = 60},
	{"long articles", 300, 600, 90, 2000, .segments = 2, .share = 50,
	 .dead = 30, .endless = true},
	{"mostly dead", 3000, 6000, 5, 200, .segments = 3, .share = 80,
	 .dead = 90, .shuffled = true},
	{"newspaper", 20, 900, 40, .segments = 1, .share = 50, .wild = true},
	{"newspaper, updated", 900, 1500, 12, .segments = 4, .share = 40,
	 .dead = 30, .wild = true},
	{"a window", WINDOW_DOCS - 1, WINDOW_DOCS + 1, 4, 1500, .segments = 1,
	 .share = 56},
	{"two windows", WINDOW_DOCS + 200, 2 * WINDOW_DOCS, 4, 2500,
	 .segments = 1, .share = 56, .dead = 30, .shuffled = true},
	{"three windows", 2 * WINDOW_DOCS + 1, 41000, 5, 4000, .segments = 1,
	 .share = 60},
	{"three windows, updated", 50000, 55000, 3, 3000, .segments = 4,
	 .share = 56, .dead = 90, .shuffled = true, .drift = 1},
	{"ties in any order", 2000, 5000, 4, 30, .segments = 4, .share = 100,
	 .dead = 90, .equal = true, .orders = ORDERS_ANY},
	{"bursts, ordered", 5000, 7000, 5, 400, .segments = 2, .share = 60,
	 .shuffled = true, .orders = ORDERS_BP},
	{"newspaper in any order", 300, 900, 12, .segments = 3, .share = 40,
	 .dead = 30, .wild = true, .orders = ORDERS_ANY},
	{"two windows in any order", WINDOW_DOCS + 200, 2 * WINDOW_DOCS, 4, 2500,
	 .segments = 1, .share = 56, .dead = 90, .orders = ORDERS_ANY},
};
const size_t n_collection_shapes = ARRAY_LEN(collection_shapes);

const char *const collection_marks[] = {"everywhere", "half", "burst",
	"eighth", "single", "nightly", "nasa", "deescalation"};
const size_t n_collection_marks = ARRAY_LEN(collection_marks);

const char *const collection_sections[] = {"World", "Sport", "Arts",
	"Obituary"};
const size_t n_collection_sections = ARRAY_LEN(collection_sections);

void collection_word(struct buffer *out, uint32_t i)
{
	static const char consonants[] = "bdfgklmnprtvz", vowels[] = "aiou";
	const uint32_t n = sizeof consonants - 1, m = sizeof vowels - 1;
	buffer_byte(out, (uint8_t)consonants[i % n]);
	buffer_byte(out, (uint8_t)vowels[i / n % m]);
	buffer_byte(out, (uint8_t)consonants[i / n / m % n]);
	for (uint32_t rest = i / n / m / n; rest; rest /= m)
		buffer_byte(out, (uint8_t)vowels[rest % m]);
	buffer_text(out, "ok");
}

/* ---- articles ------------------------------------------------------------ */

struct maker {
	struct collection *collection;
	struct random random; /* of the collection */
	uint32_t stride;      /* what shuffles */
	char dir[SCRATCH_PATH];
	struct buffer title, body, id;
	int order;
};

static _Noreturn void fail(const struct maker *maker, const char *what,
                           const char *why)
{
	scratch_die("pruned: collection %s, seed %llu: %s: %s",
	            maker->collection->shape->name,
	            (unsigned long long)maker->collection->seed, what, why);
}

/* Word i about 1/i as often as the first; a form of it, its neighbour with it. */
static void some_word(struct random *random, uint32_t vocabulary,
                      struct buffer *out)
{
	uint32_t i = random_below(random, 1 + random_below(random, vocabulary));
	if (random_chance(random, 50))
		i = random_below(random, i + 1);
	collection_word(out, i);
	if (random_chance(random, 12))
		buffer_text(out, random_chance(random, 60) ? "s" : "ing");
	buffer_byte(out, ' ');
	if (random_chance(random, 20)) {
		collection_word(out, (i + 1) % vocabulary);
		buffer_byte(out, ' ');
	}
}

static void marks(struct random *random, uint32_t number, uint32_t docs,
                  struct buffer *out)
{
	const bool stands[] = {docs % 2 || random_chance(random, 99),
		number % 2, number / 700 % 2, random_chance(random, 12),
		number == docs / 2,
		number + 300 >= docs && random_chance(random, 60)};
	static const char *const oddities[] = {"de-escalation ",
		"de escalation ", "deescalation ", "@nasa ", "nasa "};
	for (size_t i = 0; i < ARRAY_LEN(stands); i++)
		for (uint32_t tf = stands[i]; tf; tf--) {
			buffer_text(out, collection_marks[i]);
			buffer_byte(out, ' ');
			tf += random_chance(random, 4); /* once more */
		}
	if (random_chance(random, 6))
		buffer_text(out, oddities[random_below(
			random, (uint32_t)ARRAY_LEN(oddities))]);
}

static uint32_t body_words(const struct collection_shape *shape,
                           struct random *random, uint32_t segment)
{
	uint32_t words = shape->words;
	if (shape->equal)
		return words;
	if (shape->drift)
		words *= shape->drift > 0 ? 1 + 3 * segment
			: 1 + 3 * (shape->segments - 1 - segment);
	return 1 + random_below(random, 2 * words) *
	       (random_chance(random, 3) ? 9 : 1);
}

/* The first and last docs of windows (those of the first segment) score high for
 * frequent words: who loses them is seen. */
static bool is_edge(const struct collection *collection, uint32_t i)
{
	return collection->shape->most >= WINDOW_DOCS &&
	       (i % WINDOW_DOCS == 0 || i % WINDOW_DOCS == WINDOW_DOCS - 1 ||
	        i + 1 == collection->docs);
}

/* Docs that are the best of a long list by far.  Where they are dead, what the
 * index says of its best is more than any hit has. */
static bool is_star(const struct collection *collection, uint32_t i)
{
	return collection->shape->most >= WINDOW_DOCS && i % 151 == 5;
}

static void write_star(struct maker *maker)
{
	uint32_t mark = random_below(&maker->random, 4);
	for (uint32_t tf = 8 + random_below(&maker->random, 9); tf; tf--) {
		buffer_text(&maker->body, collection_marks[mark]);
		buffer_byte(&maker->body, ' ');
	}
}

static void write_edge(struct maker *maker)
{
	for (uint32_t n = 5; n; n--) {
		uint32_t word = random_below(&maker->random, 8);
		for (uint32_t tf = 2 + n; tf; tf--) {
			collection_word(&maker->body, word);
			buffer_byte(&maker->body, ' ');
		}
	}
}

/* Words, some of them several times: texts that are full of one word. */
static void some_words(struct random *random,
                       const struct collection_shape *shape, uint32_t n,
                       struct buffer *out)
{
	char again[64];
	for (; n; n--) {
		size_t from = out->len;
		some_word(random, shape->vocabulary, out);
		size_t size = min_size(out->len - from, sizeof again);
		memcpy(again, out->data + from, size);
		while (!shape->equal && random_chance(random, 5))
			buffer_append(out, again, size);
	}
}

static void write_text(struct maker *maker, uint32_t number, uint32_t segment)
{
	const struct collection *collection = maker->collection;
	const struct collection_shape *shape = collection->shape;
	uint64_t seed = collection->seed * 31 + number;
	struct random random = {seed, seed};
	struct buffer *body = &maker->body;
	if (shape->equal) {
		buffer_text(body, number % 2 ? "half " : "whole ");
		buffer_text(body, number / 700 % 2 ? "burst " : "calm ");
	} else {
		some_words(&random, shape, random_below(&random, 4) / 2 * 2,
		           &maker->title);
		marks(&random, number, collection->docs, body);
	}
	if (shape->endless && number == collection->docs / 2)
		for (uint32_t i = 0; i < 66000; i++)
			buffer_text(body, i % 7 ? "endless " : "half ");
	some_words(&random, shape, body_words(shape, &random, segment), body);
}

static ns_text text_of(const struct buffer *buffer)
{
	return (ns_text){(const char *)buffer->data, buffer->len};
}

static void make_article(struct maker *maker, uint32_t i, uint32_t segment,
                         ns_article *out)
{
	const struct collection *collection = maker->collection;
	struct random *random = &maker->random;
	uint32_t number = !collection->shape->shuffled ? i
		: (uint32_t)((uint64_t)i * maker->stride % collection->docs);
	buffer_clear(&maker->title);
	buffer_clear(&maker->body);
	buffer_clear(&maker->id);
	buffer_printf(&maker->id, "a%u", i);
	if (is_edge(collection, i))
		write_edge(maker);
	else if (is_star(collection, i))
		write_star(maker);
	else
		write_text(maker, number, segment);
	*out = ns_article_empty();
	out->id = text_of(&maker->id);
	out->title = text_of(&maker->title);
	out->body = text_of(&maker->body);
	out->section = ns_text_of(
		collection_sections[random_width(random, 2)]);
	if (random_chance(random, 80))
		out->date = 86400 * (int64_t)random_below(random, 40);
}

static void add(struct maker *maker, ns_builder *builder, uint32_t i,
                uint32_t segment)
{
	ns_article article;
	ns_error err;
	if (maker->collection->shape->wild)
		article = maker->collection->set.articles[i];
	else
		make_article(maker, i, segment, &article);
	if (!article.title.size && !article.body.size)
		return;
	if (ns_builder_add(builder, &article, &err) != NS_OK)
		fail(maker, "add", err.message);
}

/* ---- segments ------------------------------------------------------------ */

/* Deletes about a tenth of what was added before. */
static void delete_some(struct maker *maker, ns_builder *builder, uint32_t n)
{
	char id[24];
	ns_error err;
	for (uint32_t i = 0; i < n; i++) {
		if (!random_chance(&maker->random, 10))
			continue;
		snprintf(id, sizeof id, "a%u", i);
		if (ns_builder_delete(builder, ns_text_of(id), NULL, &err) !=
		    NS_OK)
			fail(maker, "delete", err.message);
	}
}

static void commit_some(struct maker *maker, uint32_t first, uint32_t end,
                        uint32_t segment)
{
	const struct collection_shape *shape = maker->collection->shape;
	const ns_build_options options = {.language = "english",
		.no_store = true, .no_sync = true, .update = segment > 0,
		.order = maker->order};
	ns_builder *builder;
	ns_error err;
	if (ns_builder_open(&builder, maker->dir, &options, &err) != NS_OK)
		fail(maker, "open", err.message);
	for (uint32_t i = first; i < end; i++)
		add(maker, builder, i, segment);
	if (segment && segment + 1 == shape->segments && shape->dead)
		delete_some(maker, builder, first);
	if (ns_builder_commit(builder, NULL, &err) != NS_OK)
		fail(maker, "commit", err.message);
	ns_builder_free(builder);
}

static void build(struct maker *maker)
{
	const struct collection *collection = maker->collection;
	uint32_t n = max_u32(collection->shape->segments, 1);
	uint32_t first = 0, left = collection->docs;
	for (uint32_t i = 0; i < n; i++) {
		uint32_t size = i + 1 == n ? left
			: left - (uint32_t)((uint64_t)left * 3 / 10);
		commit_some(maker, first, first + size, i);
		first += size;
		left -= size;
	}
}

/* Marks docs of an opened segment, or all of it, beyond those that are dead. */
static void bury(struct maker *maker, uint32_t i)
{
	struct collection *collection = maker->collection;
	struct snapshot_segment *segment = &collection->snapshot.segments[i];
	struct manifest_segment *ref = &collection->snapshot.manifest.segments[i];
	uint32_t percent = collection->shape->dead;
	if (random_chance(&maker->random, 30))
		percent = random_below(&maker->random, percent + 1);
	if (collection->shape->segments > 1 && random_chance(&maker->random, 7))
		percent = 100;
	uint8_t *bits = calloc(ref->doc_count / 8 + 8, 1);
	if (!bits)
		fail(maker, "bury", "memory ended");
	bool stars = random_chance(&maker->random, 50);
	ref->n_dead = 0;
	for (uint32_t doc = 0; doc < ref->doc_count; doc++)
		if (deletes_has(segment->dead, doc) ||
		    random_chance(&maker->random, percent) ||
		    (stars && is_star(collection, segment_rank(
			&segment->segment, doc)))) {
			bits[doc / 8] |= (uint8_t)(1 << doc % 8);
			ref->n_dead++;
		}
	collection->dead[i] = bits;
	segment->dead = ref->n_dead ? bits : NULL;
}

/* ---- the whole ----------------------------------------------------------- */

static void open_snapshot(struct maker *maker)
{
	struct collection *collection = maker->collection;
	ns_error err;
	int dir = open(maker->dir, O_RDONLY | O_DIRECTORY);
	if (snapshot_open(&collection->snapshot, dir, maker->dir, 0, true,
	                  &err) != NS_OK ||
	    analyzer_open(&collection->analyzer, "english", &err) != NS_OK)
		fail(maker, "open", err.message);
	close(dir);
	collection->dead = calloc(collection->snapshot.manifest.n_segments + 1,
	                          sizeof *collection->dead);
	if (!collection->dead)
		fail(maker, "open", "memory ended");
}

static uint32_t find_rows(const struct collection *collection)
{
	const struct snapshot *snapshot = &collection->snapshot;
	uint32_t n = snapshot->manifest.n_segments, rows = 0;
	uint64_t dead = 0, docs = 0, sum = 0, with = 0;
	for (uint32_t i = 0; i < n; i++) {
		const struct info *info = &snapshot->segments[i].segment.info;
		docs += info->doc_count;
		dead += snapshot->manifest.segments[i].n_dead;
		sum += info->field[FIELD_TEXT].sum_length;
		with += info->field[FIELD_TEXT].n;
		if (info->flags & INFO_ORDERED)
			rows |= ROW_BIT(ROW_ORDERED);
		if (info->doc_count > WINDOW_DOCS)
			rows |= ROW_BIT(ROW_TWO_WINDOWS);
		if (info->doc_count > 2 * WINDOW_DOCS)
			rows |= ROW_BIT(ROW_THREE_WINDOWS);
	}
	for (uint32_t i = 0; i < n; i++)
		if ((double)sum > (double)snapshot->segments[i].segment.info
			.field[FIELD_TEXT].avglen0 * (double)with)
			rows |= ROW_BIT(ROW_LONGER);
	rows |= n > 1 ? ROW_BIT(ROW_SEGMENTS) : 0;
	rows |= dead ? ROW_BIT(ROW_DEAD) : 0;
	rows |= 2 * dead >= docs && dead ? ROW_BIT(ROW_HALF_DEAD) : 0;
	return rows;
}

static uint32_t stride_of(struct random *random, uint32_t docs)
{
	for (;;) {
		uint32_t stride = 1 + random_below(random, docs), a = stride;
		for (uint32_t b = docs; b;) {
			uint32_t rest = a % b;
			a = b;
			b = rest;
		}
		if (a == 1)
			return stride;
	}
}

void collection_open(struct collection *out,
                     const struct collection_shape *shape, uint64_t seed)
{
	struct maker maker = {.collection = out, .random = {seed, seed}};
	*out = (struct collection){.shape = shape, .seed = seed};
	out->docs = shape->least + random_below(&maker.random, 1 + shape->most -
	                                        shape->least);
	maker.stride = out->docs ? stride_of(&maker.random, out->docs) : 1;
	maker.order = orders_choose(shape->orders, seed);
	buffer_init(&maker.title, 1u << 20);
	buffer_init(&maker.body, 2u << 20);
	buffer_init(&maker.id, 64);
	scratch_new(maker.dir);
	if (shape->wild)
		random_articles(&out->set, &maker.random, &(struct random_shape){
			.articles = out->docs, .words = shape->words,
			.duplicates = 5});
	build(&maker);
	open_snapshot(&maker);
	for (uint32_t i = 0; i < out->snapshot.manifest.n_segments &&
	     shape->dead; i++)
		bury(&maker, i);
	out->rows = find_rows(out);
	scratch_remove(maker.dir);
	buffer_release(&maker.title);
	buffer_release(&maker.body);
	buffer_release(&maker.id);
}

void collection_release(struct collection *collection)
{
	for (uint32_t i = 0; i < collection->snapshot.manifest.n_segments; i++)
		free(collection->dead[i]);
	free(collection->dead);
	snapshot_release(&collection->snapshot);
	analyzer_free(collection->analyzer);
	random_release(&collection->set);
}
