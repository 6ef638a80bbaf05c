/* A word asks one look-up of the first segment that knows it, which gives its term
 * and the postings at once; in the others the term is looked up.  An exact word is
 * looked up as it is everywhere. */
#include "query/bind.h"

#include "base/bits.h"

static const struct segment *segment_at(const struct plan *plan, uint32_t i)
{
	return &plan->snapshot->segments[i].segment;
}

/* ---- postings ------------------------------------------------------------ */

/* One word in one segment. */
struct place {
	const struct lexicon *lexicon;
	uint8_t field;
	struct leaf_word *word;
	struct leaf_binding *out;
};

static int bind_term(const struct place *at, struct ns_error *err)
{
	TRY(lexicon_find_term(at->lexicon, at->field, at->word->term,
	                      &at->out->term, &at->out->found, err));
	if (at->out->found)
		at->word->df += at->out->term.df;
	return NS_OK;
}

/* The word as it is written; out of it the key of its term. */
static int bind_form(const struct place *at, struct lexicon_word *known,
                     struct ns_error *err)
{
	struct leaf_binding *out = at->out;
	TRY(lexicon_find_word(at->lexicon, at->field, at->word->form, known,
	                      &out->found, err));
	if (!out->found)
		return NS_OK;
	out->term = known->term;
	if (!at->word->exact) {
		at->word->df += known->term.df;
		return NS_OK;
	}
	out->form = known->form;
	out->all_forms = known->sole;
	at->word->df += known->df;
	return NS_OK;
}

/* Mostly the analyzer's stem, which the word has already. */
static int take_term(struct plan *plan, struct leaf_word *word,
                     const struct lexicon_word *known, struct ns_error *err)
{
	struct slice term = slice_of(known->key, known->key_len);
	if (slice_equal(word->term, term))
		return NS_OK;
	const char *copy = arena_copy(&plan->arena, term.data, term.len);
	if (!copy)
		return err_nomem(err);
	word->term = slice_of(copy, term.len);
	return NS_OK;
}

static struct place place_of(const struct plan *plan, const struct leaf *leaf,
                             size_t word, uint32_t segment)
{
	return (struct place){
		&segment_at(plan, segment)->lexicon, leaf->field,
		&leaf->words[word],
		&leaf->bindings[segment * leaf->n_words + word]};
}

static int bind_word(struct plan *plan, const struct leaf *leaf, size_t i,
                     struct ns_error *err)
{
	uint32_t n = plan->snapshot->manifest.n_segments, knows = n;
	struct leaf_word *word = &leaf->words[i];
	struct lexicon_word known;
	for (uint32_t s = 0; s < n; s++) {
		struct place at = place_of(plan, leaf, i, s);
		*at.out = (struct leaf_binding){.all_forms = true};
		if (leaf->filter || (knows < n && !word->exact)) {
			TRY(bind_term(&at, err));
			continue;
		}
		TRY(bind_form(&at, &known, err));
		if (knows == n && at.out->found) {
			TRY(take_term(plan, word, &known, err));
			knows = s;
		}
	}
	/* those before it may know the term, if not the word */
	for (uint32_t s = 0; s < knows && !leaf->filter && !word->exact; s++) {
		struct place at = place_of(plan, leaf, i, s);
		TRY(bind_term(&at, err));
	}
	return NS_OK;
}

int bind_leaf(struct plan *plan, struct leaf *leaf, struct ns_error *err)
{
	uint32_t n_segments = plan->snapshot->manifest.n_segments;
	leaf->bindings = arena_alloc(&plan->arena,
	                             (n_segments * leaf->n_words + 1) *
	                             sizeof *leaf->bindings);
	if (!leaf->bindings)
		return err_nomem(err);
	for (uint32_t s = 0; s < n_segments; s++) {
		const struct info *info = &segment_at(plan, s)->info;
		leaf->n_docs += info->field[leaf->field].n;
		leaf->sum_length += info->field[leaf->field].sum_length;
	}
	for (size_t i = 0; i < leaf->n_words; i++)
		TRY(bind_word(plan, leaf, i, err));
	return NS_OK;
}

/* ---- weights ------------------------------------------------------------- */

/* boost · ln(1 + (N − df + ½)/(df + ½)) = boost · ln((2N + 2)/(2df + 1)) in units
 * of 2^-20: a difference of integer logarithms times ln 2 · 2^64, to nearest. */
static uint64_t word_weight(const struct leaf *leaf,
                            const struct leaf_word *word, uint64_t log_docs)
{
	/* a damaged index may say df > N: no weight then, rather than nonsense */
	uint64_t top = 2 * leaf->n_docs + 2, bottom = 2 * word->df + 1;
	if (top <= bottom)
		return 0;
	unsigned __int128 log = log_docs - bits_log2(bottom);
	unsigned __int128 product = log * leaf->boost * 0xB17217F7D1CF79AC;
	return (uint64_t)((product + ((unsigned __int128)1 << 75)) >> 76);
}

static void weigh_words(struct plan *plan)
{
	uint64_t log_docs[FIELD_END] = {0}; /* N is the same all over a field */
	for (size_t i = 0; i < plan->n_leaves; i++) {
		struct leaf *leaf = &plan->leaves[i];
		uint64_t *log = &log_docs[leaf->field];
		if (leaf->filter)
			continue;
		if (!*log)
			*log = bits_log2(2 * leaf->n_docs + 2);
		for (size_t j = 0; j < leaf->n_words; j++)
			leaf->words[j].fine = word_weight(
				leaf, &leaf->words[j], *log);
	}
}

static uint64_t leaf_weight(const struct leaf *leaf)
{
	uint64_t sum = 0;
	for (size_t i = 0; i < leaf->n_words; i++)
		sum += leaf->words[i].fine;
	return sum;
}

/* The sum over what can score: not behind an exclusion. */
static uint64_t total_weight(const struct plan_node *node)
{
	uint64_t sum = 0;
	if (node->role == PLAN_EXCLUDED)
		return 0;
	if (node->leaf)
		return node->leaf->filter ? 0 : leaf_weight(node->leaf);
	for (size_t i = 0; i < node->n_children; i++)
		sum += total_weight(node->children[i]);
	return sum;
}

static uint32_t coarsen(uint64_t weight, unsigned shift)
{
	return (uint32_t)((weight + ((uint64_t)1 << shift >> 1)) >> shift);
}

void bind_weights(struct plan *plan)
{
	weigh_words(plan);
	uint64_t total = plan->root ? total_weight(plan->root) : 0;
	plan->shift = 0;
	while (total >> plan->shift >= 1u << 31)
		plan->shift++;
	for (size_t i = 0; i < plan->n_leaves; i++) {
		struct leaf *leaf = &plan->leaves[i];
		leaf->df = leaf->n_words == 1 ? leaf->words->df : 0;
		if (leaf->filter)
			continue;
		leaf->weight = coarsen(leaf_weight(leaf), plan->shift);
		for (size_t j = 0; j < leaf->n_words; j++)
			leaf->words[j].weight = coarsen(leaf->words[j].fine,
			                                plan->shift);
	}
}
