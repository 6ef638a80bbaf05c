#include "build/ids.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

void ids_release(struct ids *ids)
{
	mem_free(ids->slots);
	*ids = (struct ids){0};
}

static uint32_t hash_of(struct slice id)
{
	return (uint32_t)XXH3_64bits(id.data, id.len);
}

static int grow(struct ids *ids, struct ns_error *err)
{
	if (!ids_are_full(ids))
		return NS_OK;
	size_t size = ids->size ? ids->size * 2 : 1024;
	struct ids_slot *slots = mem_zero(size, sizeof *slots);
	if (!slots)
		return err_nomem(err);
	for (size_t i = 0; i < ids->size; i++) {
		if (!ids->slots[i].doc)
			continue;
		size_t at = ids->slots[i].hash & (size - 1);
		while (slots[at].doc)
			at = (at + 1) & (size - 1);
		slots[at] = ids->slots[i];
	}
	mem_free(ids->slots);
	ids->slots = slots;
	ids->size = size;
	return NS_OK;
}

/* The slot of this id, or the free one where it belongs. */
static int find(const struct ids *ids, const struct docs *docs,
                struct slice id, uint32_t hash, size_t *out,
                struct ns_error *err)
{
	for (*out = hash & (ids->size - 1);;
	     *out = (*out + 1) & (ids->size - 1)) {
		struct ids_slot slot = ids->slots[*out];
		bool same = false;
		if (!slot.doc)
			return NS_OK;
		if (slot.hash == hash)
			TRY(docs_has_id(docs, slot.doc - 1, id, &same, err));
		if (same)
			return NS_OK;
	}
}

int ids_put(struct ids *ids, const struct docs *docs, struct slice id,
            uint32_t doc, uint32_t *before, struct ns_error *err)
{
	uint32_t hash = hash_of(id);
	size_t at;
	TRY(grow(ids, err));
	TRY(find(ids, docs, id, hash, &at, err));
	*before = ids->slots[at].doc - 1; /* none: NO_DOC */
	ids->used += !ids->slots[at].doc;
	ids->slots[at] = (struct ids_slot){hash, doc + 1};
	return NS_OK;
}

int ids_find(const struct ids *ids, const struct docs *docs, struct slice id,
             uint32_t *out, struct ns_error *err)
{
	size_t at;
	*out = NO_DOC;
	if (!ids->size)
		return NS_OK;
	TRY(find(ids, docs, id, hash_of(id), &at, err));
	*out = ids->slots[at].doc - 1;
	return NS_OK;
}
