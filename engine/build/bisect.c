#include "build/bisect.h"

#include "base/bits.h"

enum { LEAF = 32, ROUNDS = 20, FRACTION = 10, DIGITS = 256 };

#define NO_TERM UINT32_MAX

struct work {
	const struct bisect_window *window;
	struct arena arena;
	uint32_t *spare;         /* docs on their way */
	/* by place in the piece at hand */
	uint8_t *right;          /* the side: 0 or 1 */
	uint64_t *wishes, *left; /* to be right; those that are still searched */
	/* by term of the piece above */
	uint32_t *seen, *local;
	uint32_t *touched;
	/* by term of the piece */
	uint32_t *halves[2];     /* docs with it on each side */
	int32_t *pulls;          /* to the right */
	int32_t *logs;           /* of numbers of docs; 0 for none */
};

static uint32_t *row_of(const struct work *work, uint32_t doc)
{
	return work->window->terms + work->window->first[doc];
}

/* ---- terms of a piece ------------------------------------------------------ */

/* New numbers for those that more than one doc has, and not all; NO_TERM for the
 * others.  Returns how many. */
static uint32_t number_terms(struct work *work, const uint32_t *docs,
                             uint32_t n)
{
	uint32_t n_touched = 0, n_terms = 0;
	for (uint32_t i = 0; i < n; i++) {
		const uint32_t *row = row_of(work, docs[i]);
		for (uint32_t left = work->window->count[docs[i]]; left; left--)
			if (!work->seen[*row++]++)
				work->touched[n_touched++] = row[-1];
	}
	for (uint32_t i = 0; i < n_touched; i++) {
		uint32_t term = work->touched[i];
		bool tells = work->seen[term] > 1 && work->seen[term] < n;
		work->local[term] = tells ? n_terms++ : NO_TERM;
		work->seen[term] = 0;
	}
	return n_terms;
}

/* Rows get the new numbers, and terms are counted on the side of the doc. */
static void fill_halves(struct work *work, const uint32_t *docs, uint32_t n,
                        uint32_t n_terms)
{
	for (unsigned side = 0; side < 2; side++)
		memset(work->halves[side], 0,
		       n_terms * sizeof *work->halves[side]);
	for (uint32_t i = 0; i < n; i++) {
		uint32_t *count = &work->window->count[docs[i]];
		uint32_t *row = row_of(work, docs[i]), kept = 0;
		uint32_t *half = work->halves[work->right[i]];
		for (uint32_t j = 0; j < *count; j++) {
			uint32_t term = work->local[row[j]];
			if (term == NO_TERM)
				continue;
			row[kept++] = term;
			half[term]++;
		}
		*count = kept;
	}
}

/* ---- a round --------------------------------------------------------------- */

/* Different for each place, and larger with the wish. */
static uint64_t key_of(int64_t wish, uint32_t place)
{
	wish = wish < INT32_MIN ? INT32_MIN : wish > INT32_MAX ? INT32_MAX
	                                                       : wish;
	return (uint64_t)(wish - INT32_MIN) << 32 | place;
}

/* Fills wishes; returns by how much the largest on the left passes the least on
 * the right. */
static int64_t weigh(struct work *work, const uint32_t *docs, uint32_t n,
                     uint32_t n_terms)
{
	int64_t most[2] = {INT64_MIN, INT64_MIN};
	for (uint32_t term = 0; term < n_terms; term++)
		work->pulls[term] = work->logs[work->halves[1][term]] -
		                    work->logs[work->halves[0][term]];
	for (uint32_t i = 0; i < n; i++) {
		const uint32_t *row = row_of(work, docs[i]);
		int64_t wish = 0;
		for (uint32_t left = work->window->count[docs[i]]; left; left--)
			wish += work->pulls[*row++];
		work->wishes[i] = key_of(wish, i);
		int64_t away = work->right[i] ? -wish : wish;
		if (most[work->right[i]] < away)
			most[work->right[i]] = away;
	}
	return most[0] + most[1];
}

/* The key of n different ones that k are below: by digits from above. */
static uint64_t select_key(uint64_t *keys, uint32_t n, uint32_t k)
{
	for (unsigned shift = 56; n > 1; shift -= 8) {
		uint32_t count[DIGITS] = {0}, digit = 0, kept = 0;
		for (uint32_t i = 0; i < n; i++)
			count[keys[i] >> shift & 0xFF]++;
		while (k >= count[digit])
			k -= count[digit++];
		for (uint32_t i = 0; i < n; i++) {
			uint64_t key = keys[i];
			keys[kept] = key;
			kept += (key >> shift & 0xFF) == digit;
		}
		n = kept;
	}
	return keys[0];
}

static void cross(struct work *work, uint32_t doc, unsigned side)
{
	const uint32_t *row = row_of(work, doc);
	for (uint32_t left = work->window->count[doc]; left; left--) {
		work->halves[side][*row]++;
		work->halves[!side][*row++]--;
	}
}

/* Those with the largest wishes stand on the right; false: they did. */
static bool change_sides(struct work *work, const uint32_t *docs, uint32_t n)
{
	bool changed = false;
	memcpy(work->left, work->wishes, n * sizeof *work->left);
	uint64_t least = select_key(work->left, n, n / 2);
	for (uint32_t i = 0; i < n; i++) {
		uint8_t side = work->wishes[i] >= least;
		if (side == work->right[i])
			continue;
		cross(work, docs[i], side);
		work->right[i] = side;
		changed = true;
	}
	return changed;
}

/* ---- pieces ---------------------------------------------------------------- */

/* Brings those on the left before the others, each side as it stood. */
static void part(struct work *work, uint32_t *docs, uint32_t n)
{
	uint32_t left = 0, right = 0;
	for (uint32_t i = 0; i < n; i++) {
		if (work->right[i])
			work->spare[right++] = docs[i];
		else
			docs[left++] = docs[i];
	}
	memcpy(docs + left, work->spare, right * sizeof *docs);
}

static void bisect(struct work *work, uint32_t *docs, uint32_t n)
{
	uint32_t half = n / 2;
	if (n <= LEAF)
		return;
	for (uint32_t i = 0; i < n; i++)
		work->right[i] = i >= half;
	uint32_t n_terms = number_terms(work, docs, n);
	fill_halves(work, docs, n, n_terms);
	for (int64_t round = 0; round < ROUNDS; round++)
		if (weigh(work, docs, n, n_terms) <= round << FRACTION ||
		    !change_sides(work, docs, n))
			break;
	part(work, docs, n);
	bisect(work, docs, half);
	bisect(work, docs + half, n - half);
}

static bool get_memory(struct work *work)
{
	struct arena *arena = &work->arena;
	size_t docs = (size_t)work->window->n_docs + 1;
	size_t terms = (size_t)work->window->n_terms + 1;
	work->spare = arena_alloc(arena, docs * sizeof *work->spare);
	work->right = arena_alloc(arena, docs);
	work->wishes = arena_alloc(arena, docs * sizeof *work->wishes);
	work->left = arena_alloc(arena, docs * sizeof *work->left);
	work->logs = arena_zero(arena, docs, sizeof *work->logs);
	work->seen = arena_zero(arena, terms, sizeof *work->seen);
	work->local = arena_alloc(arena, terms * sizeof *work->local);
	work->touched = arena_alloc(arena, terms * sizeof *work->touched);
	work->pulls = arena_alloc(arena, terms * sizeof *work->pulls);
	for (unsigned side = 0; side < 2; side++)
		work->halves[side] = arena_alloc(
			arena, terms * sizeof *work->halves[side]);
	return work->spare && work->right && work->wishes && work->left &&
	       work->logs && work->seen && work->local && work->touched &&
	       work->pulls && work->halves[0] && work->halves[1];
}

int bisect_order(const struct bisect_window *window, uint32_t *order,
                 struct ns_error *err)
{
	struct work work = {.window = window};
	uint32_t n = window->n_docs;
	bool fits = get_memory(&work);
	for (uint32_t i = 0; i < n; i++)
		order[i] = i;
	if (fits) {
		for (uint32_t i = 1; i <= n; i++)
			work.logs[i] = (int32_t)(bits_log2(i) >>
			                         (32 - FRACTION));
		bisect(&work, order, n);
	}
	arena_release(&work.arena);
	return fits ? NS_OK : err_nomem(err);
}
