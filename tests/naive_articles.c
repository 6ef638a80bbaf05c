/* naive_articles.c — what is there, and in which segments: see naive.h. */
#include "naive_inside.h"

/* ---- articles ------------------------------------------------------------ */

struct naive *naive_new(const char *language)
{
	struct naive *naive = must(mem_zero(1, sizeof *naive));
	if (analyzer_open(&naive->analyzer, language, NULL) != NS_OK)
		abort();
	return naive;
}

void naive_free(struct naive *naive)
{
	if (!naive)
		return;
	for (size_t i = 0; i < naive->n_docs; i++)
		for (unsigned f = FIELD_TEXT; f <= FIELD_TITLE; f++)
			mem_free(naive->docs[i].fields[f].spots);
	mem_free(naive->docs);
	analyzer_free(naive->analyzer);
	arena_release(&naive->arena);
	mem_free(naive);
}

static int spot_compare(const void *a, const void *b)
{
	uint32_t x = ((const struct spot *)a)->position;
	uint32_t y = ((const struct spot *)b)->position;
	return (x > y) - (x < y);
}

/* Cuts text behind what is in the field; returns the next free position. */
static uint32_t cut(struct naive *naive, struct naive_field *field,
                    ns_text text, uint32_t position)
{
	struct analysis walk;
	struct token token;
	size_t capacity = field->n;
	analysis_start(&walk, naive->analyzer, slice_text(text), position);
	while (analysis_next(&walk, &token)) {
		if (mem_grow((void **)&field->spots, &capacity, field->n + 1,
		             sizeof *field->spots, NULL) != NS_OK)
			abort();
		field->spots[field->n++] = (struct spot){
			keep(&naive->arena, token.form),
			keep(&naive->arena, token.term), token.position};
	}
	if (field->n)
		qsort(field->spots, field->n, sizeof *field->spots, spot_compare);
	field->length = min_u32(LENGTH_MAX,
	                        field->length + walk.position - position);
	return walk.position;
}

struct slice naive_fold(struct naive *naive, struct arena *arena,
                        unsigned field, struct slice value)
{
	struct buffer folded;
	if (field == FIELD_URL || field == FIELD_ID)
		return keep(arena, value);
	buffer_init(&folded, NS_ARTICLE_MAX);
	for (size_t at = 0, n; at <= value.len; at += n + 1) {
		for (n = 0; at + n < value.len && (value.data[at + n] != '\n' ||
		                                   !field_has_several(field));)
			n++;
		size_t before = folded.len;
		struct slice line = slice_of(value.data + at, n);
		analyzer_fold(naive->analyzer, line, &folded);
		if (!field_has_several(field))
			continue;
		if (folded.len - before > WORD_MAX)
			folded.len = before;
		buffer_byte(&folded, '\n');
	}
	struct slice out = keep(arena, slice_of(folded.data, folded.len));
	if (folded.status != NS_OK)
		abort();
	buffer_release(&folded);
	return out;
}

static bool same_text(ns_text a, ns_text b)
{
	return slice_equal(slice_text(a), slice_text(b));
}

static bool same_article(const struct ns_article *a, const struct ns_article *b)
{
	if (a->id.size || b->id.size)
		return same_text(a->id, b->id);
	return same_text(a->title, b->title) && same_text(a->body, b->body) &&
	       same_text(a->section, b->section);
}

/* What was not committed yet never reaches a segment. */
static void bury(struct naive_doc *doc)
{
	doc->dead = true;
	doc->gone |= doc->segment == PENDING;
}

void naive_add(struct naive *naive, const struct ns_article *article)
{
	for (size_t i = 0; i < naive->n_docs; i++)
		if (same_article(naive->docs[i].article, article))
			bury(&naive->docs[i]);
	if (mem_grow((void **)&naive->docs, &naive->capacity, naive->n_docs + 1,
	             sizeof *naive->docs, NULL) != NS_OK)
		abort();
	struct naive_doc *doc = &naive->docs[naive->n_docs++];
	*doc = (struct naive_doc){.article = article, .segment = PENDING};
	uint32_t next = cut(naive, &doc->fields[FIELD_TEXT], article->title, 0);
	cut(naive, &doc->fields[FIELD_TEXT], article->body, next + TITLE_GAP);
	cut(naive, &doc->fields[FIELD_TITLE], article->title, 0);
	const ns_text values[FIELD_END] = {
		[FIELD_SECTION] = article->section, [FIELD_AUTHOR] = article->author,
		[FIELD_LANG] = article->lang, [FIELD_URL] = article->url,
		[FIELD_ID] = article->id, [FIELD_TOPIC] = article->topics,
		[FIELD_PLACE] = article->places};
	for (unsigned f = FIELD_SECTION; f < FIELD_END; f++) {
		doc->values[f] = naive_fold(naive, &naive->arena, f,
		                      slice_text(values[f]));
		if (!field_has_several(f) && doc->values[f].len > WORD_MAX)
			doc->values[f].len = 0;
	}
}

/* ---- changes --------------------------------------------------------------- */

bool naive_delete(struct naive *naive, ns_text id)
{
	bool found = false;
	for (size_t i = 0; i < naive->n_docs; i++) {
		struct naive_doc *doc = &naive->docs[i];
		if (doc->dead || !id.size || !same_text(doc->article->id, id))
			continue;
		bury(doc);
		found = true;
	}
	return found;
}

size_t naive_delete_matches(struct naive *naive, ns_text query)
{
	struct naive_result result;
	size_t n = 0;
	if (naive_search(naive, query, 1.2f, 0.75f, &result) != NS_OK)
		return 0;
	for (size_t i = 0; i < result.n; i++) {
		struct naive_doc *doc = &naive->docs[result.hits[i].rank];
		if (doc->segment == PENDING)
			continue;
		bury(doc);
		n++;
	}
	naive_result_release(&result);
	return n;
}

uint64_t naive_living(const struct naive *naive)
{
	uint64_t n = 0;
	for (size_t i = 0; i < naive->n_docs; i++)
		n += !naive->docs[i].dead;
	return n;
}

/* Counts the docs of a segment that are not gone. */
static uint32_t count(const struct naive *naive, uint32_t segment,
                      uint32_t *living)
{
	uint32_t all = 0;
	*living = 0;
	for (size_t i = 0; i < naive->n_docs; i++) {
		const struct naive_doc *doc = &naive->docs[i];
		all += doc->segment == segment && !doc->gone;
		*living += doc->segment == segment && !doc->dead;
	}
	return all;
}

/* A segment is written anew under a number: the dead in it are gone. */
static void rewrite(struct naive *naive, uint32_t from, uint32_t to)
{
	for (size_t i = 0; i < naive->n_docs; i++) {
		struct naive_doc *doc = &naive->docs[i];
		if (doc->segment != from)
			continue;
		doc->gone |= doc->dead;
		doc->segment = to;
	}
}

void naive_commit(struct naive *naive, enum naive_merge merge)
{
	uint32_t group = PENDING, group_living = 0, living;
	bool anew = false; /* the group holds more than one segment */
	rewrite(naive, PENDING, naive->n_segments++);
	for (uint32_t i = naive->n_segments; i-- > 0;) {
		uint32_t all = count(naive, i, &living);
		if (!living) {
			rewrite(naive, i, i);
			continue;
		}
		if (group != PENDING && (merge == NAIVE_ONE ||
		                         living < 2 * group_living)) {
			if (!anew)
				rewrite(naive, group, group);
			rewrite(naive, i, group);
			anew = true;
			group_living += living;
			continue;
		}
		uint32_t dead = all - living;
		if (merge == NAIVE_USUAL ? dead * 5 >= all : dead > 0)
			rewrite(naive, i, i);
		group = i;
		group_living = living;
		anew = false;
	}
}
