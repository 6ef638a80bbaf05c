#include "index/check_commit.h"

#include "index/find_id.h"

static int check_kinds(const struct snapshot *snapshot, struct ns_error *err)
{
	for (uint32_t i = 1; i < snapshot->manifest.n_segments; i++) {
		const struct segment *before = &snapshot->segments[i - 1].segment;
		const struct segment *segment = &snapshot->segments[i].segment;
		if (segment->info.identity != before->info.identity ||
		    !slice_equal(segment->info.language, before->info.language))
			return err_corrupt(err, segment->name, -1,
			                   "info: was analyzed in another way "
			                   "than the segments before it");
		if (segment->info.rank_base < before->info.rank_base ||
		    segment->info.rank_base - before->info.rank_base <
		    before->info.doc_count)
			return err_corrupt(err, segment->name, -1, "info: its "
			                   "ranks overlap with those before it");
	}
	return NS_OK;
}

/* An id of a living doc must be dead, or absent, in all later segments. */
static int check_id(const struct snapshot *snapshot, uint32_t segment,
                    struct slice id, struct ns_error *err)
{
	for (uint32_t i = segment + 1; i < snapshot->manifest.n_segments; i++) {
		const struct snapshot_segment *other = &snapshot->segments[i];
		uint32_t doc;
		TRY(find_id(&other->segment, id, &doc, err));
		if (doc != FIND_NONE && !deletes_has(other->dead, doc))
			return err_corrupt(err, other->segment.name, -1,
			                   "id: the article '%.*s' lives in "
			                   "two segments",
			                   (int)min_size(id.len, KEY_MAX),
			                   (const char *)id.data);
	}
	return NS_OK;
}

static int check_ids(const struct snapshot *snapshot, uint32_t segment,
                     struct ns_error *err)
{
	const struct snapshot_segment *at = &snapshot->segments[segment];
	struct segment_view view = {0};
	int status = NS_OK;
	for (uint32_t doc = 0; status == NS_OK &&
	                       doc < at->segment.info.doc_count; doc++) {
		struct ns_article article = {0};
		if (deletes_has(at->dead, doc))
			continue;
		status = segment_head(&at->segment, &view, doc, &article, err);
		if (status == NS_OK)
			status = check_id(snapshot, segment,
			                  slice_text(article.id), err);
	}
	segment_view_release(&view);
	return status;
}

int check_commit(const struct snapshot *snapshot, struct ns_error *err)
{
	TRY(check_kinds(snapshot, err));
	for (uint32_t i = 0; i + 1 < snapshot->manifest.n_segments; i++)
		TRY(check_ids(snapshot, i, err));
	return NS_OK;
}
