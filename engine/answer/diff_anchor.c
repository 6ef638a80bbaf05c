#include "answer/diff_anchor.h"

#define OFTEN UINT32_MAX

int diff_anchors_init(struct diff_anchors *anchors, uint32_t n_ids,
                      struct ns_error *err)
{
	*anchors = (struct diff_anchors){0};
	for (int side = 0; side < 2; side++)
		anchors->seen[side] = mem_zero((size_t)n_ids + 1,
		                               sizeof(uint32_t));
	if (anchors->seen[0] && anchors->seen[1])
		return NS_OK;
	diff_anchors_release(anchors);
	return err_nomem(err);
}

void diff_anchors_release(struct diff_anchors *anchors)
{
	mem_free(anchors->seen[0]);
	mem_free(anchors->seen[1]);
	mem_free(anchors->items);
	*anchors = (struct diff_anchors){0};
}

/* Notes, or with `forget` unnotes, the words of box. */
static void see(struct diff_anchors *anchors, const struct diff_texts *texts,
                const struct diff_box *box, bool forget)
{
	for (int side = 0; side < 2; side++) {
		const uint32_t *ids = texts->side[side].ids;
		uint32_t *seen = anchors->seen[side];
		for (uint32_t i = box->at[side]; i < box->end[side]; i++)
			seen[ids[i]] = forget ? 0 : seen[ids[i]] ? OFTEN : i + 1;
	}
}

static bool once(uint32_t seen)
{
	return seen && seen != OFTEN;
}

static int collect(struct diff_anchors *anchors, const struct diff_texts *texts,
                   const struct diff_box *box, struct ns_error *err)
{
	const uint32_t *ids = texts->side[0].ids;
	anchors->n = 0;
	for (uint32_t i = box->at[0]; i < box->end[0]; i++) {
		uint32_t other = anchors->seen[1][ids[i]];
		if (!once(anchors->seen[0][ids[i]]) || !once(other))
			continue;
		TRY(mem_grow((void **)&anchors->items, &anchors->capacity,
		             anchors->n + 1, sizeof *anchors->items, err));
		anchors->items[anchors->n++] =
			(struct diff_anchor){{i, other - 1}};
	}
	return NS_OK;
}

/* How many of the rows, whose lengths rise, end before this place of the new. */
static uint32_t shorter(const struct diff_anchor *items, const uint32_t *ends,
                        uint32_t n, uint32_t place)
{
	uint32_t from = 0;
	while (from < n) {
		uint32_t middle = from + (n - from) / 2;
		if (items[ends[middle]].at[1] < place)
			from = middle + 1;
		else
			n = middle;
	}
	return from;
}

/* The longest rising row.  ends[i]: of the rows of i + 1 anchors, the last of the
 * one that ends first; before[i]: the anchor before anchor i in its row. */
static void keep_row(struct diff_anchors *anchors, uint32_t *ends,
                     uint32_t *before)
{
	struct diff_anchor *items = anchors->items;
	uint32_t longest = 0;
	for (uint32_t i = 0; i < anchors->n; i++) {
		uint32_t n = shorter(items, ends, longest, items[i].at[1]);
		before[i] = n ? ends[n - 1] : 0;
		ends[n] = i;
		longest = max_u32(longest, n + 1);
	}
	uint32_t last = longest ? ends[longest - 1] : 0;
	for (uint32_t i = longest; i > 0; i--) {
		ends[i - 1] = last;
		last = before[last];
	}
	for (uint32_t i = 0; i < longest; i++)
		items[i] = items[ends[i]];
	anchors->n = longest;
}

int diff_anchors_find(struct diff_anchors *anchors,
                      const struct diff_texts *texts,
                      const struct diff_box *box, struct ns_error *err)
{
	see(anchors, texts, box, false);
	int status = collect(anchors, texts, box, err);
	see(anchors, texts, box, true);
	TRY(status);
	uint32_t *rows = mem_alloc((2 * anchors->n + 1) * sizeof *rows);
	if (!rows)
		return err_nomem(err);
	keep_row(anchors, rows, rows + anchors->n);
	mem_free(rows);
	return NS_OK;
}
