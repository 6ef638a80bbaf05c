#include "answer/diff.h"

#include "answer/diff_anchor.h"
#include "answer/diff_middle.h"

struct waiting {
	struct diff_box box;
	uint64_t barren; /* words of what it is a part of, where no anchors were */
};

struct work {
	const struct diff_texts *texts;
	struct diff_changes *out;
	struct diff_search search;
	struct diff_anchors anchors;
	struct waiting *boxes;
	size_t n, capacity;
};

static bool is_empty(const struct diff_box *box, int side)
{
	return box->at[side] == box->end[side];
}

static int put(struct work *work, const struct diff_box *box, uint64_t barren,
               struct ns_error *err)
{
	if (is_empty(box, 0) && is_empty(box, 1))
		return NS_OK;
	TRY(mem_grow((void **)&work->boxes, &work->capacity, work->n + 1,
	             sizeof *work->boxes, err));
	work->boxes[work->n++] = (struct waiting){*box, barren};
	return NS_OK;
}

/* What is the same at both ends. */
static void strip(const struct work *work, struct diff_box *box)
{
	const uint32_t *a = work->texts->side[0].ids;
	const uint32_t *b = work->texts->side[1].ids;
	while (!is_empty(box, 0) && !is_empty(box, 1) &&
	       a[box->at[0]] == b[box->at[1]]) {
		box->at[0]++;
		box->at[1]++;
	}
	while (!is_empty(box, 0) && !is_empty(box, 1) &&
	       a[box->end[0] - 1] == b[box->end[1] - 1]) {
		box->end[0]--;
		box->end[1]--;
	}
}

static void change(struct work *work, const struct diff_box *box)
{
	for (int side = 0; side < 2; side++)
		memset(work->out->changed[side] + box->at[side], true,
		       box->end[side] - box->at[side]);
}

/* The pieces between the anchors, if there are any. */
static int cut(struct work *work, const struct diff_box *box,
               struct ns_error *err)
{
	struct diff_anchors *anchors = &work->anchors;
	struct diff_box piece = *box;
	for (size_t i = 0; i < anchors->n; i++) {
		const struct diff_anchor *anchor = &anchors->items[i];
		piece.end[0] = anchor->at[0];
		piece.end[1] = anchor->at[1];
		TRY(put(work, &piece, UINT64_MAX, err));
		piece.at[0] = anchor->at[0] + 1;
		piece.at[1] = anchor->at[1] + 1;
	}
	piece.end[0] = box->end[0];
	piece.end[1] = box->end[1];
	return put(work, &piece, UINT64_MAX, err);
}

/* Looks for anchors in a stretch, unless they were looked for in vain in one that
 * is not twice as long: *barren, its words. */
static int find_anchors(struct work *work, const struct diff_box *box,
                        uint64_t *barren, struct ns_error *err)
{
	uint64_t words = diff_box_words(box);
	work->anchors.n = 0;
	if (words > *barren / 2 || work->search.steps < words)
		return NS_OK;
	work->search.steps -= words;
	TRY(diff_anchors_find(&work->anchors, work->texts, box, err));
	if (!work->anchors.n)
		*barren = words;
	return NS_OK;
}

static int compare(struct work *work, struct waiting *waiting,
                   struct ns_error *err)
{
	struct diff_box box = waiting->box, row;
	uint64_t barren = waiting->barren;
	strip(work, &box);
	if (is_empty(&box, 0) || is_empty(&box, 1)) {
		change(work, &box);
		return NS_OK;
	}
	enum diff_found found = diff_middle(&work->search, &box, &row);
	if (found == DIFF_NOTHING) {
		work->out->n_coarse += diff_box_words(&box);
		change(work, &box);
		return NS_OK;
	}
	if (found == DIFF_POINT) {
		TRY(find_anchors(work, &box, &barren, err));
		if (work->anchors.n)
			return cut(work, &box, err);
	}
	struct diff_box before = {{box.at[0], box.at[1]},
	                          {row.at[0], row.at[1]}};
	struct diff_box behind = {{row.end[0], row.end[1]},
	                          {box.end[0], box.end[1]}};
	TRY(put(work, &before, barren, err));
	return put(work, &behind, barren, err);
}

static int compare_all(struct work *work, struct ns_error *err)
{
	const struct diff_words *side = work->texts->side;
	const struct diff_box all = {{0, 0}, {side[0].n, side[1].n}};
	const size_t reach = 2 * (size_t)DIFF_REACH + 3;
	work->search = (struct diff_search){
		.ids = {side[0].ids, side[1].ids}, .steps = DIFF_STEPS,
		.fore = mem_alloc(reach * sizeof(int32_t)),
		.back = mem_alloc(reach * sizeof(int32_t))};
	if (!work->search.fore || !work->search.back)
		return err_nomem(err);
	TRY(diff_anchors_init(&work->anchors, work->texts->n_ids, err));
	TRY(put(work, &all, UINT64_MAX, err));
	while (work->n) {
		struct waiting next = work->boxes[--work->n];
		TRY(compare(work, &next, err));
	}
	return NS_OK;
}

int diff_changes_find(struct diff_changes *out, const struct diff_texts *texts,
                      struct ns_error *err)
{
	struct work work = {.texts = texts, .out = out};
	int status = NS_OK;
	*out = (struct diff_changes){0};
	for (int side = 0; side < 2; side++) {
		out->changed[side] = mem_zero((size_t)texts->side[side].n + 1,
		                              sizeof(bool));
		if (!out->changed[side])
			status = err_nomem(err);
	}
	if (status == NS_OK)
		status = compare_all(&work, err);
	mem_free(work.search.fore);
	mem_free(work.search.back);
	mem_free(work.boxes);
	diff_anchors_release(&work.anchors);
	if (status != NS_OK)
		diff_changes_release(out);
	return status;
}

void diff_changes_release(struct diff_changes *changes)
{
	mem_free(changes->changed[0]);
	mem_free(changes->changed[1]);
	*changes = (struct diff_changes){0};
}

bool diff_changes_next(const struct diff_changes *changes,
                       const struct diff_texts *texts, struct diff_box *box)
{
	uint32_t n = texts->side[0].n, m = texts->side[1].n;
	uint32_t i = box->end[0], j = box->end[1];
	while (i < n && j < m && !changes->changed[0][i] &&
	       !changes->changed[1][j]) {
		i++;
		j++;
	}
	box->at[0] = i;
	box->at[1] = j;
	while (i < n && changes->changed[0][i])
		i++;
	while (j < m && changes->changed[1][j])
		j++;
	box->end[0] = i;
	box->end[1] = j;
	return box->at[0] < i || box->at[1] < j;
}
