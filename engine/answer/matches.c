#include "answer/matches.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

/* A word of a leaf; those of one hash are chained. */
struct matcher_word {
	struct slice key;    /* the form of an exact word, else the term */
	bool exact;
	uint32_t leaf, next; /* next: word + 1 */
	uint32_t offset;
};

/* A place where a phrase may start, and which words have spoken for it. */
struct matcher_start {
	uint32_t position, spoken;
	uint32_t start, end;
};

/* A compound comes after its parts and takes their first position: a ring must
 * still hold starts that lie so far back. */
enum { RING_SLACK = 32 };

static uint32_t hash_of(struct slice key, bool exact)
{
	uint64_t hash = XXH3_64bits(key.data, key.len);
	return (uint32_t)(hash >> (exact ? 32 : 0));
}

static int ring_make(struct matcher *matcher, size_t leaf, struct ns_error *err)
{
	const struct leaf *phrase = &matcher->leaves[leaf];
	uint64_t needed = RING_SLACK;
	for (size_t i = 0; i < phrase->n_words; i++)
		needed = max_u64(needed, (uint64_t)phrase->words[i].offset +
		                         1 + RING_SLACK);
	uint64_t size = RING_SLACK;
	while (size < needed)
		size *= 2;
	matcher->rings[leaf] = arena_zero(&matcher->arena, size,
	                                  sizeof **matcher->rings);
	matcher->ring_masks[leaf] = (uint32_t)(size - 1);
	return matcher->rings[leaf] ? NS_OK : err_nomem(err);
}

static void words_add(struct matcher *matcher, size_t leaf)
{
	const struct leaf *from = &matcher->leaves[leaf];
	for (size_t i = 0; i < from->n_words; i++) {
		const struct leaf_word *asked = &from->words[i];
		struct slice key = asked->exact ? asked->form : asked->term;
		uint32_t *head = &matcher->heads[hash_of(key, asked->exact) &
		                                 matcher->mask];
		matcher->words[matcher->n_words++] = (struct matcher_word){
			key, asked->exact, (uint32_t)leaf, *head, asked->offset};
		*head = (uint32_t)matcher->n_words;
		matcher->any_exact |= asked->exact;
		matcher->any_stemmed |= !asked->exact;
	}
}

int matcher_init(struct matcher *out, const struct leaf *leaves,
                 size_t n_leaves, struct ns_error *err)
{
	*out = (struct matcher){.leaves = leaves, .n_leaves = n_leaves};
	size_t n_words = 0, slots = 16;
	for (size_t i = 0; i < n_leaves; i++)
		n_words += leaves[i].n_words;
	while (slots < 2 * n_words)
		slots *= 2;
	struct arena *arena = &out->arena;
	out->mask = (uint32_t)(slots - 1);
	out->words = arena_zero(arena, n_words + 1, sizeof *out->words);
	out->heads = arena_zero(arena, slots, sizeof *out->heads);
	out->rings = arena_zero(arena, n_leaves + 1, sizeof *out->rings);
	out->ring_masks = arena_zero(arena, n_leaves + 1,
	                             sizeof *out->ring_masks);
	out->counts = arena_zero(arena, n_leaves + 1, sizeof *out->counts);
	if (!out->words || !out->heads || !out->rings || !out->ring_masks ||
	    !out->counts)
		return err_nomem(err);
	for (size_t i = 0; i < n_leaves; i++) {
		if (leaves[i].filter)
			continue;
		words_add(out, i);
		if (leaves[i].n_words > 1)
			TRY(ring_make(out, i, err));
	}
	return NS_OK;
}

void matcher_release(struct matcher *matcher)
{
	arena_release(&matcher->arena);
	mem_free(matcher->matches);
	*matcher = (struct matcher){0};
}

static int add(struct matcher *matcher, uint32_t start, uint32_t end,
               uint32_t leaf, struct ns_error *err)
{
	TRY(mem_grow((void **)&matcher->matches, &matcher->capacity,
	             matcher->n_matches + 1, sizeof *matcher->matches, err));
	matcher->matches[matcher->n_matches++] =
		(struct match){start, end, leaf};
	return NS_OK;
}

/* A word of a phrase at token: NS_OK, or why the match could not be kept. */
static int speak(struct matcher *matcher, const struct matcher_word *word,
                 const struct token *token, struct ns_error *err)
{
	if (token->position < word->offset)
		return NS_OK;
	uint32_t position = token->position - word->offset;
	struct matcher_start *start =
		&matcher->rings[word->leaf][position &
		                            matcher->ring_masks[word->leaf]];
	if (start->spoken && start->position > position)
		return NS_OK;
	if (!start->spoken || start->position != position)
		*start = (struct matcher_start){position, 0, token->start,
		                                token->end};
	start->spoken++;
	start->start = min_u32(start->start, token->start);
	start->end = max_u32(start->end, token->end);
	if (start->spoken != matcher->leaves[word->leaf].n_words)
		return NS_OK;
	return add(matcher, start->start, start->end, word->leaf, err);
}

static int token_look(struct matcher *matcher, const struct token *token,
                      bool exact, const bool *wanted, bool title,
                      struct ns_error *err)
{
	struct slice key = exact ? token->form : token->term;
	uint32_t at = matcher->heads[hash_of(key, exact) & matcher->mask];
	while (at) {
		const struct matcher_word *word = &matcher->words[at - 1];
		const struct leaf *leaf = &matcher->leaves[word->leaf];
		at = word->next;
		if (word->exact != exact || !wanted[word->leaf] ||
		    (leaf->field != FIELD_TEXT && !title) ||
		    !slice_equal(word->key, key))
			continue;
		if (leaf->n_words > 1)
			TRY(speak(matcher, word, token, err));
		else
			TRY(add(matcher, token->start, token->end, word->leaf,
			        err));
	}
	return NS_OK;
}

static int compare(const void *a, const void *b)
{
	const struct match *x = a, *y = b;
	if (x->start != y->start)
		return x->start < y->start ? -1 : 1;
	if (x->end != y->end)
		return x->end < y->end ? -1 : 1;
	return (x->leaf > y->leaf) - (x->leaf < y->leaf);
}

int matches_find(struct matcher *matcher, struct analyzer *analyzer,
                 struct slice text, const bool *wanted, bool title,
                 struct ns_error *err)
{
	struct analysis analysis;
	struct token token;
	matcher->n_matches = 0;
	for (size_t i = 0; i < matcher->n_leaves; i++)
		if (matcher->rings[i])
			memset(matcher->rings[i], 0,
			       ((size_t)matcher->ring_masks[i] + 1) *
			       sizeof **matcher->rings);
	if (!matcher->any_stemmed && !matcher->any_exact)
		return NS_OK;
	analysis_start(&analysis, analyzer, text, 0);
	while (matcher->n_matches < MATCHES_MAX &&
	       analysis_next(&analysis, &token)) {
		if (matcher->any_stemmed)
			TRY(token_look(matcher, &token, false, wanted, title,
			               err));
		if (matcher->any_exact)
			TRY(token_look(matcher, &token, true, wanted, title,
			               err));
	}
	if (analysis.status != NS_OK)
		return err_nomem(err);
	if (matcher->n_matches)
		qsort(matcher->matches, matcher->n_matches,
		      sizeof *matcher->matches, compare);
	return NS_OK;
}

struct slice matches_part(struct slice text)
{
	if (text.len <= MATCHES_SCAN)
		return text;
	const size_t least = MATCHES_SCAN - 4 * WORD_MAX;
	size_t end = MATCHES_SCAN;
	while (end > least && text.data[end] != ' ' && text.data[end] != '\n')
		end--;
	if (end == least) {
		end = MATCHES_SCAN;
		while (end > least && (text.data[end] & 0xC0) == 0x80)
			end--;
	}
	return slice_of(text.data, end);
}

size_t matches_ranges(const struct matcher *matcher, ns_range *ranges)
{
	size_t n = 0;
	for (size_t i = 0; i < matcher->n_matches; i++) {
		const struct match *match = &matcher->matches[i];
		if (n && match->start < ranges[n - 1].end)
			ranges[n - 1].end = max_u32(ranges[n - 1].end,
			                            match->end);
		else
			ranges[n++] = (ns_range){match->start, match->end};
	}
	return n;
}
