#include "query/bind.h"

#include "base/bits.h"

static const struct segment *segment_at(const struct plan *plan, uint32_t i)
{
	return &plan->snapshot->segments[i].segment;
}

static int bind_term(struct plan *plan, struct analyzer *analyzer,
                     uint8_t field, struct leaf_word *word,
                     struct ns_error *err)
{
	struct lexicon_entry entry;
	bool found = false;
	for (uint32_t i = 0; i < plan->snapshot->manifest.n_segments; i++) {
		const struct lexicon *lexicon = &segment_at(plan, i)->lexicon;
		TRY(lexicon_find(lexicon, field, word->form, &entry, &found,
		                 err));
		if (!found || !entry.is_word)
			continue;
		TRY(lexicon_get(lexicon, entry.word_term, &entry, err));
		word->term = slice_of(entry.key, entry.key_len);
		break;
	}
	if (!found)
		word->term = analyzer_stem(analyzer, word->form);
	const char *copy = word->term.data
		? arena_copy(&plan->arena, word->term.data, word->term.len)
		: NULL;
	if (!copy)
		return err_nomem(err);
	word->term.data = (const uint8_t *)copy;
	return NS_OK;
}

int bind_terms(struct plan *plan, struct analyzer *analyzer, struct leaf *leaf,
               struct ns_error *err)
{
	for (size_t i = 0; i < leaf->n_words; i++)
		TRY(bind_term(plan, analyzer, leaf->field, &leaf->words[i],
		              err));
	return NS_OK;
}

static int bind_exact(const struct lexicon *lexicon, uint8_t field,
                      struct leaf_word *word, struct leaf_binding *out,
                      struct ns_error *err)
{
	struct lexicon_entry entry, term;
	bool found;
	TRY(lexicon_find(lexicon, field, word->form, &entry, &found, err));
	if (!found || !entry.is_word)
		return NS_OK;
	TRY(lexicon_get(lexicon, entry.word_term, &term, err));
	if (!term.is_term)
		return err_corrupt(err, lexicon->place, -1,
		                   "lexicon: a word without its term");
	out->found = true;
	out->term = term.term;
	out->form = entry.word_form;
	out->all_forms = entry.word_sole;
	word->df += entry.word_df;
	return NS_OK;
}

static int bind_word(const struct lexicon *lexicon, uint8_t field,
                     struct leaf_word *word, struct leaf_binding *out,
                     struct ns_error *err)
{
	struct lexicon_entry entry;
	bool found;
	*out = (struct leaf_binding){.all_forms = true};
	if (word->exact)
		return bind_exact(lexicon, field, word, out, err);
	TRY(lexicon_find(lexicon, field, word->term, &entry, &found, err));
	if (!found || !entry.is_term)
		return NS_OK;
	out->found = true;
	out->term = entry.term;
	word->df += entry.term.df;
	return NS_OK;
}

static int bind_leaf(struct plan *plan, struct leaf *leaf, struct ns_error *err)
{
	uint32_t n_segments = plan->snapshot->manifest.n_segments;
	leaf->bindings = arena_zero(&plan->arena,
	                            n_segments * leaf->n_words + 1,
	                            sizeof *leaf->bindings);
	if (!leaf->bindings)
		return err_nomem(err);
	struct leaf_binding *binding = leaf->bindings;
	for (uint32_t s = 0; s < n_segments; s++) {
		const struct segment *segment = segment_at(plan, s);
		leaf->n_docs += segment->info.field[leaf->field].n;
		leaf->sum_length +=
			segment->info.field[leaf->field].sum_length;
		for (size_t i = 0; i < leaf->n_words; i++, binding++)
			TRY(bind_word(&segment->lexicon, leaf->field,
			              &leaf->words[i], binding, err));
	}
	return NS_OK;
}

int bind_leaves(struct plan *plan, struct ns_error *err)
{
	for (size_t i = 0; i < plan->n_leaves; i++)
		TRY(bind_leaf(plan, &plan->leaves[i], err));
	return NS_OK;
}

/* boost · ln(1 + (N − df + ½)/(df + ½)) = boost · ln((2N + 2)/(2df + 1)) in units
 * of 2^-20: a difference of integer logarithms times ln 2 · 2^64, to nearest. */
static uint64_t word_weight(const struct leaf *leaf,
                            const struct leaf_word *word)
{
	/* a damaged index may say df > N: no weight then, rather than nonsense */
	uint64_t top = 2 * leaf->n_docs + 2, bottom = 2 * word->df + 1;
	if (top <= bottom)
		return 0;
	unsigned __int128 log = bits_log2(top) - bits_log2(bottom);
	unsigned __int128 product = log * leaf->boost * 0xB17217F7D1CF79AC;
	return (uint64_t)((product + ((unsigned __int128)1 << 75)) >> 76);
}

static uint64_t leaf_weight(const struct leaf *leaf)
{
	uint64_t sum = 0;
	for (size_t i = 0; i < leaf->n_words; i++)
		sum += word_weight(leaf, &leaf->words[i]);
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
			leaf->words[j].weight = coarsen(
				word_weight(leaf, &leaf->words[j]),
				plan->shift);
	}
}
