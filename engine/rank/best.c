#include "rank/best.h"

/* Twice the hits and some: less is left out seldom. */
static int start_trace(struct best *best, struct arena *arena,
                       struct ns_error *err)
{
	enum { SOME = 64 };
	struct trace *trace = &best->trace;
	trace->room = 2 * best->k + SOME;
	trace->items = arena_alloc(arena, trace->room * sizeof *trace->items);
	best->numbers = arena_zero(arena, best->k + 1, sizeof *best->numbers);
	return trace->items && best->numbers ? NS_OK : err_nomem(err);
}

int best_init(struct best *best, struct arena *arena, size_t k, bool traced,
              struct ns_error *err)
{
	ASSERT_REL(k, <=, BEST_MOST);
	*best = (struct best){.k = k};
	/* the second half is where a buffer grows and sorting goes back and
	 * forth; sift_down uses the one behind the last */
	best->keys = arena_alloc(arena, (2 * k + 1) * sizeof *best->keys);
	if (!best->keys)
		return err_nomem(err);
	return traced ? start_trace(best, arena, err) : NS_OK;
}

/* Moves the key at i down to where no child is smaller.  Which child is smaller
 * cannot be predicted, so it is added; a child too many is the largest of all. */
static void sift_down(uint64_t *keys, size_t i, size_t n)
{
	uint64_t key = keys[i], behind = keys[n];
	keys[n] = UINT64_MAX;
	for (size_t child; (child = 2 * i + 1) < n; i = child) {
		child += keys[child + 1] < keys[child];
		if (keys[child] >= key)
			break;
		keys[i] = keys[child];
	}
	keys[i] = key;
	keys[n] = behind;
}

/* k docs have at least this key. */
static void need_more_than(struct best *best, uint64_t key)
{
	best_prime(best, best_score(key) + best->later);
}

static void heap_insert(struct best *best, uint64_t key)
{
	uint64_t *keys = best->keys;
	if (best->n < best->k) {
		size_t i = best->n++;
		for (; i && keys[(i - 1) / 2] > key; i = (i - 1) / 2)
			keys[i] = keys[(i - 1) / 2];
		keys[i] = key;
	} else if (key > keys[0]) {
		keys[0] = key;
		sift_down(keys, 0, best->n);
	}
	if (best->n == best->k)
		need_more_than(best, keys[0]);
}

static uint64_t median(uint64_t a, uint64_t b, uint64_t c)
{
	uint64_t low = min_u64(a, b), high = max_u64(a, b);
	return max_u64(low, min_u64(high, c));
}

/* Puts keys above the pivot in front, then the others; returns how many are
 * above.  Each key is swapped, whatever it is, and counted or not by an addition
 * (Lomuto's partition without its jump). */
static size_t divide(uint64_t *keys, size_t n, uint64_t pivot)
{
	size_t above = 0;
	for (size_t i = 0; i < n; i++) {
		uint64_t key = keys[i];
		keys[i] = keys[above];
		keys[above] = key;
		above += key > pivot;
	}
	return above;
}

void best_select(uint64_t *keys, size_t n, size_t k)
{
	while (k && k < n) {
		uint64_t pivot = median(keys[0], keys[n / 2], keys[n - 1]);
		size_t above = divide(keys, n, pivot);
		if (above >= k) {
			n = above;
			continue;
		}
		/* those equal to the pivot next: one at least */
		size_t equal = divide(keys + above, n - above, pivot - 1);
		if (!pivot || above + equal >= k)
			return;
		keys += above + equal;
		n -= above + equal;
		k -= above + equal;
	}
}

static uint64_t least_of(const uint64_t *keys, size_t n)
{
	uint64_t least = UINT64_MAX;
	for (size_t i = 0; i < n; i++)
		least = min_u64(least, keys[i]);
	return least;
}

/* Keeps the k best of at least k. */
static void cut(struct best *best)
{
	best_select(best->keys, best->n, best->k);
	best->n = best->k;
	need_more_than(best, least_of(best->keys, best->k));
}

void best_settle(struct best *best)
{
	if (best->k > BEST_HEAP && best->n >= best->k + best->k / 4)
		cut(best);
}

/* The k best are among the keys: what is below the k-th of them is none. */
static void write_down(struct best *best, uint64_t key, uint32_t number)
{
	if (best->trace.n == best->trace.room) {
		if (best->n > best->k)
			cut(best);
		trace_keep(&best->trace, least_of(best->keys, best->n));
	}
	trace_add(&best->trace, key, number);
}

void best_insert(struct best *best, uint32_t score, uint32_t rank,
                 uint32_t number)
{
	uint64_t key = (uint64_t)score << 32 | (uint32_t)~rank;
	if (best->trace.room)
		write_down(best, key, number);
	if (best->k <= BEST_HEAP) {
		heap_insert(best, key);
		return;
	}
	best->keys[best->n++] = key;
	if (best->n == 2 * best->k)
		cut(best);
}

/* Merges falling rows of n and m keys into out. */
static void merge(const uint64_t *a, size_t n, const uint64_t *b, size_t m,
                  uint64_t *out)
{
	size_t i = 0, j = 0;
	while (i < n && j < m) {
		uint64_t x = a[i], y = b[j];
		bool first = x > y;
		*out++ = max_u64(x, y);
		i += first;
		j += !first;
	}
	memcpy(out, a + i, (n - i) * sizeof *out);
	memcpy(out + n - i, b + j, (m - j) * sizeof *out);
}

/* Rows of 1, 2, 4 … from one half of the room to the other and back. */
void best_sort(struct best *best)
{
	if (best->n > best->k)
		cut(best);
	uint64_t *from = best->keys, *to = best->keys + best->k;
	size_t n = best->n;
	for (size_t row = 1; row < n; row *= 2) {
		for (size_t i = 0; i < n; i += 2 * row) {
			size_t left = min_size(row, n - i);
			size_t right = min_size(row, n - i - left);
			merge(from + i, left, from + i + left, right, to + i);
		}
		uint64_t *other = from;
		from = to;
		to = other;
	}
	best->keys = from;
	if (n && best->trace.room) {
		trace_keep(&best->trace, from[n - 1]);
		trace_find(&best->trace, from, n, best->numbers);
	}
}
