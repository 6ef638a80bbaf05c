#include "rank/topk.h"

bool topk_better(const struct rank_hit *a, const struct rank_hit *b,
                 bool by_date)
{
	/* NS_NO_DATE is the least date: undated ones come last */
	if (by_date && a->date != b->date)
		return a->date > b->date;
	if (!by_date && a->score != b->score)
		return a->score > b->score;
	if (a->rank != b->rank)
		return a->rank < b->rank;
	return a->segment != b->segment ? a->segment < b->segment
	                                : a->doc < b->doc;
}

void topk_init(struct topk *topk, size_t k, bool by_date)
{
	*topk = (struct topk){.k = k, .by_date = by_date};
}

void topk_release(struct topk *topk)
{
	mem_free(topk->hits);
	topk->hits = NULL;
}

static void swap(struct rank_hit *a, struct rank_hit *b)
{
	struct rank_hit c = *a;
	*a = *b;
	*b = c;
}

/* Is hits[i] to be above hits[j]: worse? */
static bool worse(const struct topk *topk, size_t i, size_t j)
{
	return topk_better(&topk->hits[j], &topk->hits[i], topk->by_date);
}

static void sift_down(struct topk *topk, size_t i, size_t n)
{
	for (;;) {
		size_t child = 2 * i + 1;
		if (child >= n)
			return;
		if (child + 1 < n && worse(topk, child + 1, child))
			child++;
		if (!worse(topk, child, i))
			return;
		swap(&topk->hits[i], &topk->hits[child]);
		i = child;
	}
}

static int append(struct topk *topk, const struct rank_hit *hit,
                  struct ns_error *err)
{
	/* capacity is the next power of two: no member for it is needed */
	if (!(topk->n & (topk->n - 1))) {
		size_t capacity = topk->n ? 2 * topk->n : 1;
		void *grown = mem_resize(topk->hits,
		                         capacity * sizeof *topk->hits);
		if (!grown)
			return err_nomem(err);
		topk->hits = grown;
	}
	size_t i = topk->n++;
	topk->hits[i] = *hit;
	for (; i && worse(topk, i, (i - 1) / 2); i = (i - 1) / 2)
		swap(&topk->hits[i], &topk->hits[(i - 1) / 2]);
	return NS_OK;
}

int topk_add(struct topk *topk, const struct rank_hit *hit,
             struct ns_error *err)
{
	if (topk->n < topk->k)
		return append(topk, hit, err);
	if (topk->k && topk_better(hit, &topk->hits[0], topk->by_date)) {
		topk->hits[0] = *hit;
		sift_down(topk, 0, topk->n);
	}
	return NS_OK;
}

void topk_sort(struct topk *topk)
{
	for (size_t n = topk->n; n > 1; n--) {
		swap(&topk->hits[0], &topk->hits[n - 1]);
		sift_down(topk, 0, n - 1);
	}
}
