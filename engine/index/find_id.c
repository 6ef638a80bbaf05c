#include "index/find_id.h"

int find_id(const struct segment *segment, struct slice id, uint32_t *doc,
            struct ns_error *err)
{
	struct lexicon_entry entry;
	bool found;
	*doc = FIND_NONE;
	if (!id.len || id.len > KEY_MAX)
		return NS_OK;
	TRY(lexicon_find(&segment->lexicon, FIELD_ID, id, &entry, &found, err));
	if (!found)
		return NS_OK;
	/* ids are unique in a segment: the doc stands in the lexicon */
	if (!entry.is_term || entry.term.df != 1)
		return err_corrupt(err, segment->name, -1,
		                   "lexicon: an id that is not one doc's");
	*doc = entry.term.doc;
	return NS_OK;
}

int find_living(const struct snapshot *snapshot, struct slice id,
                const struct segment **segment, uint32_t *doc,
                struct ns_error *err)
{
	for (uint32_t i = 0; i < snapshot->manifest.n_segments; i++) {
		*segment = &snapshot->segments[i].segment;
		TRY(find_id(*segment, id, doc, err));
		if (*doc != FIND_NONE &&
		    !deletes_has(snapshot->segments[i].dead, *doc))
			return NS_OK;
	}
	return err_set(err, NS_E_MISSING, "no article has the id '%.*s'",
	               (int)min_size(id.len, KEY_MAX), (const char *)id.data);
}
