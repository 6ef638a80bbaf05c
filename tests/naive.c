/* naive.c — what matches, and how well: see naive.h. */
#include "naive_inside.h"

#include "base/bits.h"

struct part {
	struct slice form, term;
	uint32_t offset;
};

enum wish { MAY, MUST, MUST_NOT };

/* What must be found: a run of words, a value, or a group of wishes. */
struct want {
	enum { WANT_RUN, WANT_VALUE, WANT_GROUP } kind;
	enum wish wish;
	uint8_t field;
	bool exact;
	bool narrows;   /* a filter: it stands for no word */
	bool either;    /* a group of values of one field */
	uint64_t boost, weight;
	struct part *parts;
	struct slice value;
	struct want *wants;
	size_t n; /* of parts or wants */
};

struct asking {
	struct naive *naive;
	struct arena arena;
	uint64_t sum;
	bool scored;
	float c0, c1[FIELD_TITLE + 1];
};

/* ---- matching ------------------------------------------------------------- */

static bool fits(const struct spot *spot, const struct part *part, bool exact)
{
	return exact ? slice_equal(spot->form, part->form) :
		slice_equal(spot->term, part->term);
}

/* How often the run stands in the doc. */
static uint32_t occurrences(const struct want *want,
                            const struct naive_field *field)
{
	uint32_t tf = 0;
	for (size_t i = 0; i < field->n; i++) {
		const struct spot *spot = &field->spots[i];
		if (!fits(spot, &want->parts[0], want->exact))
			continue;
		bool all = true;
		for (size_t k = 1; k < want->n && all; k++) {
			uint32_t at = spot->position + want->parts[k].offset;
			all = false;
			for (size_t j = i; j < field->n && !all &&
			     field->spots[j].position <= at; j++)
				all = field->spots[j].position == at &&
					fits(&field->spots[j], &want->parts[k],
					     want->exact);
		}
		tf += all;
	}
	return tf;
}

static uint64_t contribution(const struct asking *asking,
                             const struct want *want, uint32_t tf, uint32_t len)
{
	float norm = asking->c0 + asking->c1[want->field] * (float)len;
	float gain = ((float)want->weight * (float)tf) / (norm + (float)tf);
	uint64_t units = (uint64_t)gain;
	float rest = gain - (float)units; /* exact: to nearest, ties to even */
	units += rest > 0.5f || (rest == 0.5f && units % 2);
	return units ? units : 1;
}

static bool has_value(const struct naive_doc *doc, uint8_t field,
                      struct slice wanted)
{
	struct slice own = doc->values[field];
	if (!field_has_several(field))
		return slice_equal(own, wanted);
	for (size_t at = 0, n; at < own.len; at += n + 1) {
		for (n = 0; own.data[at + n] != '\n';)
			n++;
		if (slice_equal(slice_of(own.data + at, n), wanted))
			return true;
	}
	return false;
}

static bool matches(const struct asking *asking, const struct want *want,
                    const struct naive_doc *doc, uint64_t *score)
{
	if (want->kind == WANT_VALUE)
		return want->value.len &&
		       has_value(doc, want->field, want->value);
	if (want->kind == WANT_RUN) {
		const struct naive_field *field = &doc->fields[want->field];
		uint32_t tf = occurrences(want, field);
		if (tf)
			*score += contribution(asking, want, tf, field->length);
		return tf > 0;
	}
	bool any_may = false, one_may = false, any_must = false;
	uint64_t sum = 0;
	for (size_t i = 0; i < want->n; i++) {
		const struct want *child = &want->wants[i];
		uint64_t part = 0;
		bool found = matches(asking, child, doc, &part);
		if (child->wish == MUST_NOT ? found :
		    child->wish == MUST && !found)
			return false;
		any_must |= child->wish == MUST && !child->narrows;
		any_may |= child->wish == MAY;
		one_may |= child->wish == MAY && found;
		if (child->wish != MUST_NOT && found)
			sum += part;
	}
	if (any_may && !any_must && !one_may)
		return false;
	*score += sum;
	return true;
}

/* ---- the query --------------------------------------------------------- */

/* ln((N + 1) / (df + ½)) in units of 2^-20. */
static uint64_t weight_of_word(const struct asking *asking, unsigned field,
                               const struct part *part, bool exact,
                               uint64_t boost)
{
	uint64_t n = 0, df = 0;
	for (size_t i = 0; i < asking->naive->n_docs; i++) {
		const struct naive_doc *doc = &asking->naive->docs[i];
		if (doc->gone)
			continue;
		bool found = false;
		n += doc->fields[field].length > 0;
		for (size_t k = 0; k < doc->fields[field].n && !found; k++)
			found = fits(&doc->fields[field].spots[k], part, exact);
		df += found;
	}
	/* ln 2 · 2^64, then from 2^-32 to 2^-20 units, to nearest */
	unsigned __int128 log = bits_log2(2 * n + 2) - bits_log2(2 * df + 1);
	unsigned __int128 product = log * boost * 0xB17217F7D1CF79AC;
	return (uint64_t)((product + ((unsigned __int128)1 << 75)) >> 76);
}

static struct want *push(struct asking *asking, struct want *group)
{
	struct want *wants = must(arena_alloc(&asking->arena,
		(group->n + 1) * sizeof *wants));
	if (group->n)
		memcpy(wants, group->wants, group->n * sizeof *wants);
	group->wants = wants;
	wants[group->n] = (struct want){.kind = WANT_GROUP, .boost = 1};
	return &wants[group->n++];
}

/* The parts of text that are no compounds, as a run; the compounds aside. */
static size_t run_of(struct asking *asking, struct slice text,
                     struct want *out, struct part *compound,
                     uint32_t *covers)
{
	struct analysis walk;
	struct token token;
	size_t compounds = 0;
	out->kind = WANT_RUN;
	out->parts = must(arena_zero(&asking->arena, text.len + 1,
	                             sizeof *out->parts));
	analysis_start(&walk, asking->naive->analyzer, text, 0);
	while (analysis_next(&walk, &token)) {
		struct part part = {keep(&asking->arena, token.form),
		                    keep(&asking->arena, token.term),
		                    token.position};
		if (!token.covers) {
			out->parts[out->n++] = part;
		} else {
			*compound = part;
			*covers = token.covers;
			compounds++;
		}
	}
	uint32_t first = out->n ? out->parts[0].offset : 0;
	for (size_t i = 0; i < out->n; i++)
		out->parts[i].offset -= first;
	return compounds;
}

static bool same_want(const struct want *a, const struct want *b)
{
	if (a->kind != WANT_RUN || b->kind != WANT_RUN || a->wish != b->wish ||
	    a->field != b->field || a->exact != b->exact || a->n != b->n)
		return false;
	for (size_t i = 0; i < a->n; i++) {
		const struct part *x = &a->parts[i], *y = &b->parts[i];
		if (x->offset != y->offset || (a->exact ?
		    !slice_equal(x->form, y->form) :
		    !slice_equal(x->term, y->term)))
			return false;
	}
	return true;
}

/* Takes the newest wish of the group back if it is one of the earlier ones. */
static void merge_twice(struct want *group)
{
	struct want *last = &group->wants[group->n - 1];
	for (struct want *want = group->wants; want < last; want++)
		if (same_want(want, last)) {
			want->boost++;
			group->n--;
			return;
		}
}

static void add_words(struct asking *asking, struct want *group,
                      const struct node *node, enum wish wish)
{
	struct want run = {.wish = wish, .field = node->field,
	                   .exact = node->exact, .boost = 1};
	struct part compound;
	uint32_t covers = 0;
	size_t compounds = run_of(asking, node->text, &run, &compound, &covers);
	/* #AT&T has two: the last is the one over all */
	bool whole = node->kind == NODE_WORD && compounds &&
		covers == run.n;
	if (!run.n)
		return;
	if (!whole) {
		*push(asking, group) = run;
		merge_twice(group);
		return;
	}
	struct want both = {.kind = WANT_GROUP, .wish = wish, .boost = 1};
	run.wish = MAY;
	struct want one = run;
	one.n = 1;
	one.parts = must(arena_zero(&asking->arena, 1, sizeof compound));
	*one.parts = compound;
	one.parts->offset = 0;
	*push(asking, &both) = one;
	*push(asking, &both) = run;
	*push(asking, group) = both;
}

/* A value, or a group in which no word is wanted: it narrows what others find. */
static bool only_narrows(const struct want *want)
{
	for (size_t i = 0; want->kind == WANT_GROUP && i < want->n; i++)
		if (want->wants[i].wish != MUST_NOT &&
		    !only_narrows(&want->wants[i]))
			return false;
	return want->kind != WANT_RUN;
}

/* Optional values of one field in one group are alternatives. */
static void add_value(struct asking *asking, struct want *group,
                      struct want value)
{
	value.narrows = true;
	if (value.wish != MAY) {
		*push(asking, group) = value;
		return;
	}
	for (size_t i = 0; i < group->n; i++)
		if (group->wants[i].either && group->wants[i].field == value.field) {
			*push(asking, &group->wants[i]) = value;
			return;
		}
	struct want either = {.kind = WANT_GROUP, .wish = MUST, .boost = 1,
	                      .field = value.field, .narrows = true,
	                      .either = true};
	*push(asking, &either) = value;
	*push(asking, group) = either;
}

static void add_node(struct asking *asking, struct want *group,
                     const struct node *node, enum wish wish)
{
	if (node->kind == NODE_GROUP) {
		struct want inner = {.kind = WANT_GROUP, .wish = wish, .boost = 1};
		for (size_t i = 0; i < node->n_clauses; i++)
			add_node(asking, &inner, node->clauses[i].node,
			         (enum wish)node->clauses[i].role);
		if (!inner.n)
			return;
		if (wish != MUST_NOT && only_narrows(&inner)) {
			inner.wish = MUST;
			inner.narrows = true;
		}
		*push(asking, group) = inner;
	} else if (field_has_words(node->field)) {
		add_words(asking, group, node, wish);
	} else {
		struct want value = {.kind = WANT_VALUE, .field = node->field,
		                     .boost = 1, .wish = wish};
		value.value = naive_fold(asking->naive, &asking->arena,
		                         field_has_several(node->field)
		                         ? FIELD_SECTION : node->field,
		                         node->text);
		if (value.value.len)
			add_value(asking, group, value);
	}
}

static void weigh(struct asking *asking, struct want *want, bool counts)
{
	counts &= want->wish != MUST_NOT;
	for (size_t i = 0; want->kind == WANT_GROUP && i < want->n; i++)
		weigh(asking, &want->wants[i], counts);
	if (want->kind != WANT_RUN)
		return;
	for (size_t i = 0; i < want->n; i++)
		want->weight += weight_of_word(asking, want->field,
			&want->parts[i], want->exact, want->boost);
	asking->sum += counts ? want->weight : 0;
	asking->scored |= counts;
}

/* Weights lose bits where their sum could pass 31 bits. */
static void coarsen(struct want *want, unsigned shift)
{
	for (size_t i = 0; want->kind == WANT_GROUP && i < want->n; i++)
		coarsen(&want->wants[i], shift);
	want->weight = (want->weight + (1ull << shift >> 1)) >> shift;
}

static void normalize(struct asking *asking, float k1, float b)
{
	asking->c0 = k1 * (1.0f - b);
	for (unsigned f = FIELD_TEXT; f <= FIELD_TITLE; f++) {
		uint64_t n = 0, sum = 0;
		for (size_t i = 0; i < asking->naive->n_docs; i++) {
			const struct naive_doc *doc = &asking->naive->docs[i];
			sum += doc->gone ? 0 : doc->fields[f].length;
			n += !doc->gone && doc->fields[f].length > 0;
		}
		float average = n ? (float)((double)sum / (double)n) : 1.0f;
		asking->c1[f] = k1 * b / average;
	}
}

static int score_compare(const void *a, const void *b)
{
	const struct naive_hit *x = a, *y = b;
	if (x->units != y->units)
		return x->units > y->units ? -1 : 1;
	return (x->rank > y->rank) - (x->rank < y->rank);
}

static int date_compare(const void *a, const void *b)
{
	const struct naive_hit *x = a, *y = b;
	int64_t left = x->article->date, right = y->article->date;
	if (left != right) /* NS_NO_DATE is the least of all: it comes last */
		return left > right ? -1 : 1;
	return (x->rank > y->rank) - (x->rank < y->rank);
}

int naive_search(struct naive *naive, ns_text text, float k1, float b,
                 struct naive_result *out)
{
	struct query query = {0};
	struct asking asking = {.naive = naive};
	struct want root = {.kind = WANT_GROUP, .boost = 1};
	*out = (struct naive_result){0};
	TRY(query_parse(&query, slice_text(text), NULL));
	add_node(&asking, &root, query.root, MAY);
	weigh(&asking, &root, true);
	unsigned shift = 0;
	while (asking.sum >> shift >= 1u << 31)
		shift++;
	coarsen(&root, shift);
	normalize(&asking, k1, b);
	out->hits = must(mem_zero(naive->n_docs + 1, sizeof *out->hits));
	for (size_t i = 0; root.n && i < naive->n_docs; i++) {
		uint64_t units = 0;
		if (naive->docs[i].dead ||
		    !matches(&asking, &root, &naive->docs[i], &units))
			continue;
		double score = (double)units / (double)(1u << 20);
		out->hits[out->n++] = (struct naive_hit){naive->docs[i].article,
			units, score * (double)(1ull << shift), i};
	}
	if (out->n)
		qsort(out->hits, out->n, sizeof *out->hits,
		      asking.scored ? score_compare : date_compare);
	arena_release(&asking.arena);
	query_release(&query);
	return NS_OK;
}

void naive_result_release(struct naive_result *result)
{
	mem_free(result->hits);
	*result = (struct naive_result){0};
}
