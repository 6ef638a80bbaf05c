#include "build/update.h"

#include "index/find_id.h"
#include "index/stories.h"

int update_open(struct update *out, int dir, const char *place,
                struct ns_error *err)
{
	TRY(snapshot_open(&out->snapshot, dir, place, 0, true, err));
	const struct manifest *manifest = &out->snapshot.manifest;
	out->segments = mem_zero((size_t)manifest->n_segments + 1,
	                         sizeof *out->segments);
	if (!out->segments)
		return err_nomem(err);
	for (uint32_t i = 0; i < manifest->n_segments; i++)
		out->segments[i].n_dead = manifest->segments[i].n_dead;
	return NS_OK;
}

void update_release(struct update *update)
{
	for (uint32_t i = 0; update->segments &&
	                     i < update->snapshot.manifest.n_segments; i++)
		mem_free(update->segments[i].dead);
	mem_free(update->segments);
	snapshot_release(&update->snapshot);
	*update = (struct update){0};
}

const uint8_t *update_dead(const struct update *update, uint32_t segment)
{
	const uint8_t *own = update->segments[segment].dead;
	return own ? own : update->snapshot.segments[segment].dead;
}

uint64_t update_stories_memory(const struct update *update)
{
	const struct snapshot *snapshot = &update->snapshot;
	struct stories_sum sum = {0};
	for (uint32_t i = 0; i < snapshot->manifest.n_segments; i++)
		stories_count(&sum, &snapshot->segments[i].segment.stories);
	return sum.names ? stories_memory(&sum) : 0;
}

int update_bury(struct update *update, uint32_t segment, uint32_t doc,
                bool *lived, struct ns_error *err)
{
	struct update_segment *at = &update->segments[segment];
	const struct snapshot_segment *from =
		&update->snapshot.segments[segment];
	size_t size = deletes_bitmap_size(from->segment.info.doc_count);
	*lived = !deletes_has(update_dead(update, segment), doc);
	if (!*lived)
		return NS_OK;
	if (!at->dead) {
		at->dead = mem_zero(size, 1);
		if (!at->dead)
			return err_nomem(err);
		if (from->dead)
			memcpy(at->dead, from->dead, size);
	}
	at->dead[doc >> 3] |= (uint8_t)(1u << (doc & 7));
	at->n_dead++;
	update->n_buried++;
	return NS_OK;
}

/* Ids lie all over the lexicon: its pages would all be memory in the end. */
static void forget(struct update *update)
{
	enum { NOW_AND_THEN = 1 << 14 };
	if (++update->n_asked % NOW_AND_THEN)
		return;
	for (uint32_t i = 0; i < update->snapshot.manifest.n_segments; i++)
		container_forget(
			&update->snapshot.segments[i].segment.container);
}

int update_bury_id(struct update *update, struct slice id, bool *lived,
                   struct ns_error *err)
{
	*lived = false;
	forget(update);
	/* it lives in one segment at most: newer ones are likelier */
	for (uint32_t i = update->snapshot.manifest.n_segments;
	     i-- > 0 && !*lived;) {
		uint32_t doc;
		TRY(find_id(&update->snapshot.segments[i].segment, id, &doc,
		            err));
		if (doc != FIND_NONE)
			TRY(update_bury(update, i, doc, lived, err));
	}
	return NS_OK;
}
