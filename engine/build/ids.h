/* ids.h — was there an article with this id before?
 *
 * A table of docs by a hash of their ids.  The ids themselves stand in the records
 * of the docs (docs.h), which are asked only where 32 bits of hash agree: eight
 * bytes a slot are enough, and all of memory that an article takes until the commit
 * is 40 bytes, however long its id.
 */
#ifndef NS_BUILD_IDS_H
#define NS_BUILD_IDS_H

#include "build/docs.h"

struct ids {
	struct ids_slot {
		uint32_t hash, doc; /* doc + 1; 0: free */
	} *slots;
	size_t size, used;          /* size is a power of two */
};

void ids_release(struct ids *ids);

/* The doc that has this id, and is to be doc from now on; NO_DOC: none had. */
int ids_put(struct ids *ids, const struct docs *docs, struct slice id,
            uint32_t doc, uint32_t *before, struct ns_error *err);

/* The doc that has it, or NO_DOC. */
int ids_find(const struct ids *ids, const struct docs *docs, struct slice id,
             uint32_t *out, struct ns_error *err);

static inline bool ids_are_full(const struct ids *ids)
{
	return ids->used * 4 >= ids->size * 3;
}

/* Bytes, once one more is put: while the table grows there are two. */
static inline size_t ids_memory(const struct ids *ids)
{
	size_t size = ids->size * sizeof *ids->slots;
	return ids_are_full(ids) ? 3 * size : size;
}

#endif
