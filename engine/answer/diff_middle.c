#include "answer/diff_middle.h"

/* The box as both directions see it: words count from the end they start at. */
struct side {
	const uint32_t *a, *b; /* the words at the start */
	int32_t step;          /* 1, or −1 from the end */
	int32_t n, m;          /* words of a and b */
	int32_t *far;          /* by diagonal, −1: not reached */
};

/* Goes on from what d − 1 changes reached to the farthest x on diagonal k, then
 * along kept words.  *start: before them. */
static int32_t advance(const struct side *side, int32_t d, int32_t k,
                       int32_t *start)
{
	int32_t above = side->far[k + 1], left = side->far[k - 1];
	int32_t x = d ? -1 : 0;
	if (d && above >= 0 && above - (k + 1) < side->m)
		x = above;
	if (d && left >= 0 && left < side->n && left + 1 > x)
		x = left + 1;
	*start = x;
	if (x < 0)
		return -1;
	while (x < side->n && x - k < side->m &&
	       side->a[x * side->step] == side->b[(x - k) * side->step])
		x++;
	return x;
}

/* The least diagonal of d that lies in the box: −m, or one more. */
static int32_t first_diagonal(int32_t d, int32_t m)
{
	return d <= m ? -d : -m + ((d - m) & 1);
}

/* One more change from one end; true where it meets the other's way.  reached: the
 * changes that the other end has made. */
static bool step(struct diff_search *search, const struct side *own,
                 const struct side *other, int32_t d, int32_t reached,
                 int32_t *at, int32_t *end, int32_t *diagonal)
{
	int32_t delta = own->n - own->m;
	own->far[d + 1] = own->far[-d - 1] = -1;
	int32_t last = -first_diagonal(d, own->n);
	for (int32_t k = first_diagonal(d, own->m); k <= last; k += 2) {
		int32_t start, x = advance(own, d, k, &start), opposite = delta - k;
		own->far[k] = x;
		uint64_t cost = 1 + (uint64_t)(uint32_t)(x - start) / 4;
		if (search->steps < cost) {
			search->steps = 0;
			return false;
		}
		search->steps -= cost;
		/* on the same diagonal, seen from the other end */
		if (x < 0 || opposite < -reached || opposite > reached ||
		    ((opposite ^ reached) & 1) || other->far[opposite] < 0 ||
		    x + other->far[opposite] < own->n)
			continue;
		*at = start;
		*end = x;
		*diagonal = k;
		return true;
	}
	return false;
}

/* The farthest point that was reached from the own end: words from there. */
static bool farthest(const struct side *side, int32_t d, int32_t *x, int32_t *y)
{
	int64_t most = 0;
	for (int32_t k = -d; k <= d; k++) {
		int64_t reached = 2 * (int64_t)side->far[k] - k;
		if (side->far[k] < 0 || reached <= most)
			continue;
		most = reached;
		*x = side->far[k];
		*y = *x - k;
	}
	return most > 0;
}

/* The row between points of a direction, as places. */
static struct diff_box row_of(const struct diff_box *box, bool forwards,
                              int32_t at, int32_t end, int32_t k)
{
	if (forwards)
		return (struct diff_box){{box->at[0] + (uint32_t)at,
		                          box->at[1] + (uint32_t)(at - k)},
		                         {box->at[0] + (uint32_t)end,
		                          box->at[1] + (uint32_t)(end - k)}};
	return (struct diff_box){{box->end[0] - (uint32_t)end,
	                          box->end[1] - (uint32_t)(end - k)},
	                         {box->end[0] - (uint32_t)at,
	                          box->end[1] - (uint32_t)(at - k)}};
}

enum diff_found diff_middle(struct diff_search *search,
                            const struct diff_box *box, struct diff_box *row)
{
	const uint32_t *a = search->ids[0], *b = search->ids[1];
	int32_t n = (int32_t)(box->end[0] - box->at[0]);
	int32_t m = (int32_t)(box->end[1] - box->at[1]);
	const struct side fore = {a + box->at[0], b + box->at[1], 1, n, m,
		search->fore + DIFF_REACH + 1};
	const struct side back = {a + box->end[0] - 1, b + box->end[1] - 1, -1, n,
		m, search->back + DIFF_REACH + 1};
	uint64_t all = search->steps, allowed = all;
	if (diff_box_words(box) > DIFF_SMALL)
		allowed = min_u64(all, max_u64(all / DIFF_SHARE, DIFF_STRETCH));
	bool met = false, forwards = true;
	int32_t at = 0, end = 0, k = 0, d = 0;
	search->steps = allowed;
	for (; d <= DIFF_REACH && search->steps && !met; d++) {
		forwards = true;
		met = step(search, &fore, &back, d, d - 1, &at, &end, &k);
		if (met || !search->steps)
			break;
		forwards = false;
		met = step(search, &back, &fore, d, d, &at, &end, &k);
	}
	search->steps = all - (allowed - search->steps);
	if (!met && (!d || !farthest(&fore, d - 1, &end, &at)))
		return DIFF_NOTHING;
	if (met)
		*row = row_of(box, forwards, at, end, k);
	else
		*row = row_of(box, true, end, end, end - at);
	return met ? DIFF_MIDDLE : DIFF_POINT;
}
