#include "build/arrange.h"

#include "base/bits.h"

enum { FEW = 48, DIGITS = 256 };

int arrange_cut(struct arrange_cuts *out, const uint32_t *new_doc, size_t n,
                uint32_t least, struct ns_error *err)
{
	uint32_t above = 0, seen = 0, last = 0;
	size_t capacity = 0;
	for (size_t i = 0; i < n; i++) {
		if (new_doc[i] == UINT32_MAX)
			continue;
		seen++;
		above = max_u32(above, new_doc[i] + 1);
		if (above != seen || seen - last < least)
			continue;
		TRY(mem_grow((void **)&out->items, &capacity, out->n + 2,
		             sizeof *out->items, err));
		out->items[out->n++] = last = seen;
	}
	TRY(mem_grow((void **)&out->items, &capacity, out->n + 1,
	             sizeof *out->items, err));
	out->items[out->n++] = UINT32_MAX;
	return NS_OK;
}

void arrange_cuts_release(struct arrange_cuts *cuts)
{
	mem_free(cuts->items);
	*cuts = (struct arrange_cuts){0};
}

void arrange_release(struct arrange *arrange)
{
	mem_free(arrange->items);
	mem_free(arrange->moved);
	mem_free(arrange->starts);
	*arrange = (struct arrange){0};
}

static void insert_all(uint64_t *items, size_t n)
{
	for (size_t i = 1; i < n; i++) {
		uint64_t item = items[i];
		size_t at = i;
		for (; at && items[at - 1] > item; at--)
			items[at] = items[at - 1];
		items[at] = item;
	}
}

static void move_by_digit(const uint64_t *from, uint64_t *to, size_t n,
                          unsigned shift)
{
	size_t place[DIGITS] = {0}, sum = 0;
	for (size_t i = 0; i < n; i++)
		place[from[i] >> shift & 0xFF]++;
	for (unsigned digit = 0; digit < DIGITS; digit++) {
		size_t count = place[digit];
		place[digit] = sum;
		sum += count;
	}
	for (size_t i = 0; i < n; i++)
		to[place[from[i] >> shift & 0xFF]++] = from[i];
}

/* Of 2n items the first n, which rise by their low halves; returns those n in the
 * order of their upper halves, the largest of which is `most`. */
static uint64_t *sort(uint64_t *items, size_t n, uint32_t most)
{
	if (n <= FEW) {
		insert_all(items, n);
		return items;
	}
	uint64_t *from = items, *to = items + n;
	for (unsigned shift = 0; shift < bits_width32(most); shift += 8) {
		move_by_digit(from, to, n, 32 + shift);
		uint64_t *swap = from;
		from = to;
		to = swap;
	}
	return from;
}

static void move_postings(uint32_t *row, uint32_t *moved,
                          const uint64_t *items, size_t n)
{
	for (size_t i = 0; i < n; i++)
		moved[i] = row[(uint32_t)items[i]];
	memcpy(row, moved, n * sizeof *row);
}

/* n occurrences; tfs: as they were; starts: before them. */
static void move_places(const struct arrange *arrange, uint32_t *row, size_t n,
                        const struct arrange_list *list, const uint64_t *items)
{
	uint32_t *to = arrange->moved;
	for (size_t i = 0; i < list->df; i++) {
		uint32_t from = (uint32_t)items[i];
		const uint32_t *place = row + arrange->starts[from];
		for (uint32_t left = list->tfs[from]; left; left--)
			*to++ = *place++;
	}
	memcpy(row, arrange->moved, n * sizeof *row);
}

/* Those that do not pass a cut; cf: their occurrences. */
static int arrange_part(struct arrange *arrange, const struct arrange_list *part,
                        size_t cf, struct ns_error *err)
{
	size_t n = part->df, start = 0;
	uint32_t most = 0;
	TRY(mem_grow((void **)&arrange->items, &arrange->items_capacity, 2 * n,
	             sizeof *arrange->items, err));
	TRY(mem_grow((void **)&arrange->moved, &arrange->moved_capacity, cf,
	             sizeof *arrange->moved, err));
	TRY(mem_grow((void **)&arrange->starts, &arrange->starts_capacity, n,
	             sizeof *arrange->starts, err));
	for (uint32_t i = 0; i < n; i++) {
		arrange->items[i] = (uint64_t)part->docs[i] << 32 | i;
		arrange->starts[i] = start;
		start += part->tfs[i];
		most = max_u32(most, part->docs[i]);
	}
	const uint64_t *items = sort(arrange->items, n, most);
	if (part->positions)
		move_places(arrange, part->positions, cf, part, items);
	if (part->forms)
		move_places(arrange, part->forms, cf, part, items);
	move_postings(part->tfs, arrange->moved, items, n);
	for (size_t i = 0; i < n; i++)
		part->docs[i] = (uint32_t)(items[i] >> 32);
	return NS_OK;
}

int arrange_list(struct arrange *arrange, struct arrange_list list,
                 const struct arrange_cuts *cuts, struct ns_error *err)
{
	const uint32_t *cut = cuts->items;
	while (list.df) {
		size_t df = 0, cf = 0;
		bool rises = true;
		while (*cut <= list.docs[0])
			cut++;
		for (; df < list.df && list.docs[df] < *cut; df++) {
			rises &= !df || list.docs[df - 1] < list.docs[df];
			cf += list.tfs[df];
		}
		struct arrange_list part = list;
		part.df = df;
		if (!rises)
			TRY(arrange_part(arrange, &part, cf, err));
		list.df -= df;
		list.docs += df;
		list.tfs += df;
		if (list.positions)
			list.positions += cf;
		if (list.forms)
			list.forms += cf;
	}
	return NS_OK;
}
