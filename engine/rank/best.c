#include "rank/best.h"

int best_init(struct best *best, struct arena *arena, size_t k,
              struct ns_error *err)
{
	ASSERT_REL(k, <=, BEST_MOST);
	*best = (struct best){.k = k};
	size_t room = k <= BEST_HEAP ? k : 2 * k;
	/* sift_down uses the one behind the last */
	best->keys = arena_alloc(arena, (room + 1) * sizeof *best->keys);
	return best->keys ? NS_OK : err_nomem(err);
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
		best_prime(best, best_score(keys[0]) + 1);
}

static uint64_t median(uint64_t a, uint64_t b, uint64_t c)
{
	uint64_t low = min_u64(a, b), high = max_u64(a, b);
	return max_u64(low, min_u64(high, c));
}

/* Hoare's selection ("Algorithm 65: find", 1961): afterwards the k largest of n
 * are in front, 0 < k ≤ n. */
static void select_largest(uint64_t *keys, size_t n, size_t k)
{
	ptrdiff_t left = 0, right = (ptrdiff_t)n - 1, at = (ptrdiff_t)k - 1;
	while (left < right) {
		uint64_t pivot = median(keys[left], keys[right],
		                        keys[left + (right - left) / 2]);
		ptrdiff_t i = left, j = right;
		while (i <= j) {
			while (keys[i] > pivot)
				i++;
			while (keys[j] < pivot)
				j--;
			if (i > j)
				break;
			uint64_t key = keys[i];
			keys[i++] = keys[j];
			keys[j--] = key;
		}
		/* [left, j] are not below the pivot, [i, right] not above */
		if (at <= j)
			right = j;
		else if (at >= i)
			left = i;
		else
			return;
	}
}

/* Keeps the k best of over k; the least of them is last. */
static void cut(struct best *best)
{
	uint64_t *keys = best->keys;
	select_largest(keys, best->n, best->k);
	size_t least = 0;
	for (size_t i = 1; i < best->k; i++)
		if (keys[i] < keys[least])
			least = i;
	best->n = best->k;
	best_prime(best, best_score(keys[least]) + 1);
}

void best_settle(struct best *best)
{
	if (best->k > BEST_HEAP && best->n >= best->k + best->k / 4)
		cut(best);
}

void best_insert(struct best *best, uint32_t score, uint32_t number)
{
	uint64_t key = (uint64_t)score << 32 | (uint32_t)~number;
	if (best->k <= BEST_HEAP) {
		heap_insert(best, key);
		return;
	}
	best->keys[best->n++] = key;
	if (best->n == 2 * best->k)
		cut(best);
}

void best_sort(struct best *best)
{
	uint64_t *keys = best->keys;
	if (best->n > best->k)
		cut(best);
	for (size_t i = best->n / 2; i-- > 0;)
		sift_down(keys, i, best->n);
	for (size_t n = best->n; n > 1; n--) {
		uint64_t least = keys[0];
		keys[0] = keys[n - 1];
		sift_down(keys, 0, n - 1);
		keys[n - 1] = least;
	}
}
