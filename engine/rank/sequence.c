#include "rank/sequence.h"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

enum { FIRST_CAPACITY = 64, SLACK = LIST_PLACES_SLACK };

/* ---- opening ----------------------------------------------------------- */

/* Where a sequence is opened. */
struct opening {
	const struct plan *plan;
	const struct rank_request *request;
	const struct leaf *leaf;
	uint32_t segment;
	const struct segment *from;
};

static const struct leaf_binding *binding_of(const struct leaf *leaf,
                                             uint32_t segment, size_t i)
{
	return &leaf->bindings[segment * leaf->n_words + i];
}

static int open_list(struct sequence *sequence, const struct opening *opening,
                     const struct lexicon_term *term,
                     struct sequence_word *word)
{
	const struct segment *from = opening->from;
	word->list = arena_aligned(sequence->arena, sizeof *word->list);
	if (!word->list)
		return err_nomem(sequence->err);
	TRY(list_open(word->list, &from->postings, term, sequence->err));
	bounds_init(&word->bounds, opening->leaf, &word->list->directory,
	            from->info.field[opening->leaf->field].avglen0,
	            opening->request);
	return NS_OK;
}

static int open_word(struct sequence *sequence, const struct opening *opening,
                     size_t i)
{
	const struct leaf_binding *binding =
		binding_of(opening->leaf, opening->segment, i);
	struct sequence_word *word = &sequence->words[sequence->n_words++];
	word->offset = opening->leaf->words[i].offset;
	TRY(open_list(sequence, opening, &binding->term, word));
	word->places = arena_aligned(sequence->arena, sizeof *word->places);
	word->at =
		arena_alloc(sequence->arena, SEQUENCE_DOCS * sizeof *word->at);
	if (!word->places || !word->at)
		return err_nomem(sequence->err);
	list_places_open(word->places, word->list,
	                 binding->all_forms ? LIST_ANY_FORM : binding->form,
	                 sequence->arena);
	return NS_OK;
}

enum sequence_pair sequence_find_pair(const struct plan *plan,
                                      const struct leaf *leaf, uint32_t segment,
                                      size_t i, struct lexicon_term *out)
{
	const struct pair_table *pairs =
		&plan->snapshot->segments[segment].segment.pairs;
	const struct leaf_binding *binding = binding_of(leaf, segment, i);
	if (leaf->field != FIELD_TEXT || !pairs->n || !binding[0].all_forms ||
	    !binding[1].all_forms ||
	    leaf->words[i + 1].offset - leaf->words[i].offset != 1)
		return SEQUENCE_PAIR_UNKNOWN;
	unsigned a = pair_table_word(pairs, binding[0].term.entry);
	unsigned b = pair_table_word(pairs, binding[1].term.entry);
	if (a == pairs->n || b == pairs->n)
		return SEQUENCE_PAIR_UNKNOWN;
	return pair_table_find(pairs, a, b, out) ? SEQUENCE_PAIR_LIST
	                                         : SEQUENCE_PAIR_NEVER;
}

static bool same_list(const struct lexicon_term *a,
                      const struct lexicon_term *b)
{
	return a->field == b->field && a->df == b->df && a->doc == b->doc &&
	       a->post == b->post;
}

/* "to be or not to be" has one pair twice. */
static bool has_list(const struct sequence *sequence,
                     const struct lexicon_term *term)
{
	for (size_t i = 0; i < sequence->n_words; i++)
		if (same_list(&sequence->words[i].list->term, term))
			return true;
	return false;
}

/* Words i and i + 1 as a pair; *never: they are no neighbours anywhere. */
static int open_pair(struct sequence *sequence, const struct opening *opening,
                     size_t i, bool *never)
{
	struct lexicon_term term;
	enum sequence_pair known = sequence_find_pair(
		opening->plan, opening->leaf, opening->segment, i, &term);
	*never = known == SEQUENCE_PAIR_NEVER;
	if (known != SEQUENCE_PAIR_LIST || has_list(sequence, &term))
		return NS_OK;
	return open_list(sequence, opening, &term,
	                 &sequence->words[sequence->n_words++]);
}

/* By insertion: there are few. */
static void sort_by_df(struct sequence_word *words, size_t n)
{
	for (size_t i = 1; i < n; i++) {
		struct sequence_word moved = words[i];
		size_t j = i;
		for (; j && words[j - 1].list->df > moved.list->df; j--)
			words[j] = words[j - 1];
		words[j] = moved;
	}
}

static bool grow(struct sequence *sequence, uint32_t needed)
{
	if (needed <= sequence->capacity)
		return true;
	uint32_t capacity = max_u32(needed, sequence->capacity > UINT32_MAX / 2
	                                            ? UINT32_MAX
	                                            : 2 * sequence->capacity);
	size_t size = ((size_t)capacity + SLACK) * sizeof *sequence->starts;
	uint32_t *starts = arena_alloc(sequence->arena, size);
	uint32_t *positions = arena_alloc(sequence->arena, size);
	if (!starts || !positions) {
		sequence->status = err_nomem(sequence->err);
		return false;
	}
	sequence->starts = starts;
	sequence->positions = positions;
	sequence->capacity = capacity;
	return true;
}

int sequence_open(struct sequence **out, struct arena *arena,
                  const struct plan *plan, const struct rank_request *request,
                  const struct leaf *leaf, uint32_t segment,
                  struct ns_error *err)
{
	const struct opening opening = {
		plan, request, leaf, segment,
		&plan->snapshot->segments[segment].segment};
	bool never = false;
	*out = NULL;
	for (size_t i = 0; i < leaf->n_words; i++)
		if (!binding_of(leaf, segment, i)->found)
			return NS_OK;
	struct sequence *sequence = arena_alloc(arena, sizeof *sequence);
	if (!sequence)
		return err_nomem(err);
	memset(sequence, 0, offsetof(struct sequence, docs));
	sequence->arena = arena;
	sequence->err = err;
	sequence->words =
		arena_zero(arena, 2 * leaf->n_words, sizeof *sequence->words);
	if (!sequence->words || !grow(sequence, FIRST_CAPACITY))
		return err_nomem(err);
	for (size_t i = 0; i + 1 < leaf->n_words && !never; i++)
		TRY(open_pair(sequence, &opening, i, &never));
	if (never)
		return NS_OK;
	for (size_t i = 0; i < leaf->n_words; i++)
		TRY(open_word(sequence, &opening, i));
	sort_by_df(sequence->words, sequence->n_words);
	sequence->df = sequence->words[0].list->df;
	*out = sequence;
	return NS_OK;
}

int sequence_status(const struct sequence *sequence, struct rank_work *work)
{
	TRY(sequence->status);
	for (size_t i = 0; i < sequence->n_words; i++) {
		const struct list *list = sequence->words[i].list;
		TRY(list->status);
		work->blocks += list->blocks;
		work->postings += list->postings;
	}
	return NS_OK;
}

/* ---- docs -------------------------------------------------------------- */

/* Of what is known of the docs found so far, keeps that of sequence->which. */
static void keep(struct sequence *sequence, size_t first, size_t n_words,
                 uint32_t found, uint32_t *which, uint32_t *most)
{
	for (uint32_t k = 0; k < found; k++)
		which[k] = which[sequence->which[k]];
	for (size_t i = first; i < first + n_words; i++) {
		struct list_place *at =
			sequence->words[i % sequence->n_words].at;
		for (uint32_t k = 0; at && k < found; k++)
			at[k] = at[sequence->which[k]];
	}
	for (uint32_t k = 0; most && k < found; k++)
		most[k] = min_u32(most[sequence->which[k]], sequence->tfs[k]);
}

/* Do the docs lie in the unit that is loaded?  Then they are the list's own,
 * most of the time. */
static bool are_of(const struct list *list, const uint32_t *docs, uint32_t n)
{
	return list->unit != LIST_NONE && list->n && docs[0] >= list->before &&
	       docs[n - 1] <= list->last;
}

/* The word with the fewest docs is asked first, or, where the docs are its own,
 * last: then it is asked for what the others left alone. */
uint32_t sequence_docs(struct sequence *sequence, const uint32_t *docs,
                       uint32_t n, uint32_t *which, uint32_t *most)
{
	if (!n)
		return 0;
	size_t first = sequence->n_words > 1 &&
	               are_of(sequence->words[0].list, docs, n);
	struct sequence_word *word = &sequence->words[first];
	uint32_t found = (uint32_t)list_probe(word->list, docs, n, which, most,
	                                      word->at);
	for (size_t i = 1; i < sequence->n_words && found; i++) {
		word = &sequence->words[(first + i) % sequence->n_words];
		for (uint32_t k = 0; k < found; k++)
			sequence->docs[k] = docs[which[k]];
		found = (uint32_t)list_probe(
			word->list, sequence->docs, found, sequence->which,
			most ? sequence->tfs : NULL, word->at);
		keep(sequence, first, i, found, which, most);
	}
	return found;
}

uint32_t sequence_unit(const struct sequence *sequence, uint32_t first)
{
	const struct list *list = sequence->words[0].list;
	return list_unit_of(list, list->unit == LIST_NONE ? 0 : list->unit,
	                    first);
}

uint32_t sequence_lead(struct sequence *sequence, uint32_t *unit,
                       uint32_t first, uint32_t end,
                       uint32_t docs[SEQUENCE_DOCS])
{
	struct list *list = sequence->words[0].list;
	while (*unit < list->n_units) {
		uint32_t at = (*unit)++;
		if (at && list_unit_last(list, at - 1) >= end - 1)
			break;
		if (!list_load(list, at))
			continue;
		uint32_t i = list_below(list, first), n = list_below(list, end);
		if (i >= n)
			continue;
		memcpy(docs, list_docs(list) + i, (n - i) * sizeof *docs);
		return n - i;
	}
	return 0;
}

uint32_t sequence_bound(const struct sequence *sequence, uint32_t first,
                        uint32_t last)
{
	uint32_t least = sequence->words[0].bounds.most;
	for (size_t w = 0; w < sequence->n_words; w++) {
		struct sequence_word *word = &sequence->words[w];
		const struct list *list = word->list;
		if (!list->n_blocks)
			continue;
		word->unit = list_unit_of(list, word->unit, first);
		if (word->unit >= list->n_units)
			return 0;
		least = min_u32(
			least, bounds_of(&word->bounds, word->unit,
		                         list_unit_of(list, word->unit, last)));
	}
	return least;
}

/* ---- positions --------------------------------------------------------- */

enum { MET_LANES = 8, FEW_STARTS = 16 };

/* Is start among n positions?  n is a multiple of MET_LANES. */
static inline uint32_t is_among(const uint32_t *positions, uint32_t n,
                                uint32_t start)
{
#if defined(__SSE2__)
	const __m128i wanted = _mm_set1_epi32((int)start);
	__m128i equal = _mm_setzero_si128();
	for (uint32_t i = 0; i < n; i += 4)
		equal = _mm_or_si128(
			equal,
			_mm_cmpeq_epi32(
				wanted,
				_mm_loadu_si128(
					(const __m128i *)(const void
		                                                  *)(positions +
		                                                     i))));
	return _mm_movemask_epi8(equal) != 0;
#else
	uint32_t equal = 0;
	for (uint32_t i = 0; i < n; i++)
		equal |= positions[i] == start;
	return equal;
#endif
}

static inline uint32_t meet_few(uint32_t *starts, uint32_t n,
                                const uint32_t *positions, uint32_t m)
{
	uint32_t met = 0;
	for (uint32_t i = 0; i < n; i++) {
		uint32_t start = starts[i];
		starts[met] = start;
		met += is_among(positions, m, start);
	}
	return met;
}

/* Which of n rising starts are among m rising positions?  They are kept;
 * returns how many.  There is room for MET_LANES more positions.  To walk both
 * costs a chain of some eight cycles for each number, so a few starts are
 * compared with all positions. */
static uint32_t meet(uint32_t *starts, uint32_t n, uint32_t *positions,
                     uint32_t m)
{
	uint32_t met = 0;
	if (n <= FEW_STARTS) {
		for (unsigned l = 0; l < MET_LANES; l++)
			positions[m + l] = UINT32_MAX; /* no position */
		if (m <= MET_LANES)
			return meet_few(starts, n, positions, MET_LANES);
		return meet_few(starts, n, positions,
		                (m + MET_LANES - 1) / MET_LANES * MET_LANES);
	}
	for (uint32_t i = 0, j = 0; i < n && j < m;) {
		uint32_t start = starts[i], position = positions[j];
		starts[met] = start;
		met += start == position;
		i += start <= position;
		j += position <= start;
	}
	return met;
}

/* Goes to the k-th doc; 0 where the word has no occurrence there, which is
 * damage. */
static uint32_t seek(struct sequence *sequence, size_t word, uint32_t k)
{
	struct sequence_word *of = &sequence->words[word];
	uint32_t tf = list_places_seek(of->places, of->at[k]);
	return grow(sequence, tf) ? tf : 0;
}

static uint32_t read(struct sequence *sequence, size_t word, uint32_t *out)
{
	struct sequence_word *of = &sequence->words[word];
	return list_places_read(of->places, of->offset, out);
}

static uint32_t count_two(struct sequence *sequence, uint32_t k)
{
	uint32_t first = seek(sequence, 0, k), second = seek(sequence, 1, k);
	if (!first || !second)
		return 0;
	uint32_t n = read(sequence, first > second, sequence->starts);
	if (!n)
		return 0;
	uint32_t m = read(sequence, first <= second, sequence->positions);
	return meet(sequence->starts, n, sequence->positions, m);
}

/* The word with the fewest occurrences first. */
uint32_t sequence_count(struct sequence *sequence, uint32_t k)
{
	uint32_t order[PHRASE_WORDS_MAX], tfs[PHRASE_WORDS_MAX], n_words = 0;
	if (sequence->n_words == 1)
		return seek(sequence, 0, k)
		               ? list_places_of_form(sequence->words[0].places)
		               : 0;
	if (sequence->n_words == 2)
		return count_two(sequence, k);
	for (uint32_t i = 0; i < sequence->n_words; i++) {
		if (!sequence->words[i].places)
			continue;
		uint32_t tf = seek(sequence, i, k), j = n_words++;
		if (!tf)
			return 0;
		for (; j && tfs[j - 1] > tf; j--) {
			tfs[j] = tfs[j - 1];
			order[j] = order[j - 1];
		}
		tfs[j] = tf;
		order[j] = i;
	}
	uint32_t n = n_words ? read(sequence, order[0], sequence->starts) : 0;
	for (size_t i = 1; i < n_words && n; i++) {
		uint32_t m = read(sequence, order[i], sequence->positions);
		n = meet(sequence->starts, n, sequence->positions, m);
	}
	return n;
}
