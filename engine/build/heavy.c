#include "build/heavy.h"

/* Puts an item in its place; the last gives way. */
static void insert(struct heavies *heavies, const struct heavy *item)
{
	unsigned at = heavies->n;
	if (at == PAIR_WORDS)
		mem_free(heavies->items[--at].places);
	else
		heavies->n++;
	for (; at && heavies->items[at - 1].cf < item->cf; at--)
		heavies->items[at] = heavies->items[at - 1];
	heavies->items[at] = *item;
}

int heavies_add(struct heavies *heavies, uint64_t cf, uint32_t term,
                const struct walk_place *places, uint32_t n_places,
                struct ns_error *err)
{
	struct heavy item = {.cf = cf, .term = term, .n_places = n_places};
	if (!heavies_want(heavies, cf))
		return NS_OK;
	item.places = mem_alloc(n_places * sizeof *places);
	if (!item.places)
		return err_nomem(err);
	memcpy(item.places, places, n_places * sizeof *places);
	insert(heavies, &item);
	return NS_OK;
}

/* A range holds its items by cf, not by term: but among equals by term, and all
 * terms of a range follow those of the ranges before. */
void heavies_take(struct heavies *heavies, struct heavies *range,
                  uint32_t first)
{
	for (unsigned i = 0; i < range->n; i++) {
		struct heavy *item = &range->items[i];
		item->term += first;
		if (heavies_want(heavies, item->cf))
			insert(heavies, item);
		else
			mem_free(item->places);
	}
	range->n = 0;
}

void heavies_release(struct heavies *heavies)
{
	for (unsigned i = 0; i < heavies->n; i++)
		mem_free(heavies->items[i].places);
	heavies->n = 0;
}
