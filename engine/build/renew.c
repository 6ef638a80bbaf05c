#include "build/renew.h"

#include "build/assemble.h"
#include "build/merge.h"
#include "build/story_draft.h"

/* The segment of the new articles, written and without its name yet. */
struct fresh {
	bool there;
	struct commit_file file;
	struct manifest_segment facts;
	void *map;
	struct segment segment;
};

static void fresh_release(struct renewal *renewal, struct fresh *fresh)
{
	segment_release(&fresh->segment);
	if (fresh->map)
		io_table()->unmap(fresh->map, (size_t)fresh->facts.length);
	fresh->map = NULL;
	if (fresh->there)
		commit_drop_file(renewal->commit, &fresh->file);
	fresh->there = false;
}

/* What is known of the stories of a segment that is to be written: as in assembly. */
struct tale {
	const struct stories *older;
	struct story_draft *known;
};

/* Writes what runs and docs hold into a new file. */
static int write_segment(struct renewal *renewal, const struct runs *runs,
                         struct docs *docs, uint64_t rank_base,
                         const struct tale *tale, struct commit_file *file,
                         struct manifest_segment *facts, struct ns_error *err)
{
	struct assembled assembled;
	const struct assembly assembly = {
		.runs = runs, .docs = docs, .analyzer = renewal->analyzer,
		.rank_base = rank_base, .ordered = renewal->ordered,
		.older = tale->older, .known = tale->known,
		.budget = renewal->budget,
		.maker = renewal->maker, .steps = renewal->steps,
	};
	TRY(commit_create_file(renewal->commit, file, err));
	int status = assemble_segment(&assembly, file->file, file->name,
	                              &assembled, err);
	if (status != NS_OK) {
		commit_drop_file(renewal->commit, file);
		return status;
	}
	*facts = (struct manifest_segment){
		.length = assembled.length,
		.footer_crc = assembled.footer_crc,
		.doc_count = assembled.doc_count,
	};
	memcpy(facts->id, assembled.id, sizeof facts->id);
	renewal->n_postings += assembled.n_postings;
	return NS_OK;
}

static uint32_t n_old(const struct renewal *renewal)
{
	return renewal->update->snapshot.manifest.n_segments;
}

static const struct segment *old_segment(const struct renewal *renewal,
                                         uint32_t i)
{
	return &renewal->update->snapshot.segments[i].segment;
}

/* Behind the ranks of all old docs; 0 where none of them lives. */
static uint64_t fresh_base(const struct renewal *renewal)
{
	uint64_t base = 0;
	for (uint32_t i = 0; i < n_old(renewal); i++) {
		const struct info *info = &old_segment(renewal, i)->info;
		if (renewal->update->segments[i].n_dead < info->doc_count)
			base = info->rank_base + info->doc_count;
	}
	return base;
}

/* The stories of the first n segments, of which the last may be the new one. */
static int open_stories(const struct renewal *renewal,
                        const struct fresh *fresh, uint32_t n,
                        struct stories *out, struct ns_error *err)
{
	struct stories_part *parts = mem_zero((size_t)n + 1, sizeof *parts);
	if (!parts)
		return err_nomem(err);
	for (uint32_t i = 0; i < n; i++)
		parts[i] = i < n_old(renewal)
			? (struct stories_part){old_segment(renewal, i),
			                        update_dead(renewal->update, i),
			                        0}
			: (struct stories_part){&fresh->segment, NULL, 0};
	int status = stories_open(out, parts, n, err);
	mem_free(parts);
	return status;
}

static int write_fresh_file(struct renewal *renewal, struct fresh *fresh,
                            struct ns_error *err)
{
	struct stories older = {0};
	struct tale tale = {0};
	if (n_old(renewal)) {
		TRY(runs_keep(renewal->runs,
		              budget_left(renewal->budget,
		                          update_stories_memory(renewal->update)),
		              err));
		TRY(open_stories(renewal, fresh, n_old(renewal), &older, err));
		tale.older = &older;
	}
	int status = write_segment(renewal, renewal->runs, renewal->docs,
	                           fresh_base(renewal), &tale, &fresh->file,
	                           &fresh->facts, err);
	stories_release(&older);
	fresh->there = status == NS_OK;
	return status;
}

static int write_fresh(struct renewal *renewal, struct fresh *fresh,
                       struct ns_error *err)
{
	int status = NS_OK;
	if (renewal->docs->n > renewal->docs->n_dead)
		status = write_fresh_file(renewal, fresh, err);
	/* before a merge takes memory of its own */
	runs_release(renewal->runs);
	docs_release(renewal->docs);
	return status;
}

static int open_fresh(struct fresh *fresh, struct ns_error *err)
{
	size_t size = (size_t)fresh->facts.length;
	fresh->map = io_table()->map(fresh->file.file, size);
	if (!fresh->map)
		return err_io(err, fresh->file.name, "map");
	TRY(segment_open(&fresh->segment, slice_of(fresh->map, size),
	                 "tmp-segment", true, err));
	fresh->segment.container.mapped = true;
	return NS_OK;
}

/* ---- one group ------------------------------------------------------------- */

static int load_part(struct renewal *renewal, const struct merge_part *part,
                     struct runs *runs, struct docs *docs, struct ns_error *err)
{
	/* docs of one segment are behind those of another: one lane */
	struct run *run;
	TRY(runs_add(runs, renewal->maker, renewal->budget, 0, &run, err));
	run_limit(run, budget_left(renewal->budget, merge_memory(part)));
	return merge_load(part, run, docs, renewal->steps, err);
}

/* What is to be written anew is read in full first: a merge must not give damaged
 * bytes new checksums. */
static int verify_old(struct renewal *renewal, uint32_t i, struct ns_error *err)
{
	const struct segment *segment = old_segment(renewal, i);
	TRY(steps_tell(renewal->steps, "verifying", 0, 1, err));
	renewal->n_merged++;
	return container_check(&segment->container, segment->name, err);
}

/* A group of segments that become one. */
struct union_work {
	const struct policy_group *group;
	struct runs runs;
	struct docs docs;
	bool all;              /* no segment is outside of it */
	struct stories stories;
	struct story_draft known;
};

static int load_group(struct renewal *renewal, struct fresh *fresh,
                      struct union_work *work, struct ns_error *err)
{
	for (uint32_t i = work->group->first; i < work->group->end; i++) {
		bool old = i < n_old(renewal);
		const struct merge_part part = {
			.segment = old ? old_segment(renewal, i) : &fresh->segment,
			.dead = old ? update_dead(renewal->update, i) : NULL,
			.stories = work->all ? NULL : &work->stories,
			.place = i};
		if (old)
			TRY(verify_old(renewal, i, err));
		if (!work->all)
			TRY(story_draft_inherit(&work->known,
			                        &part.segment->stories, err));
		TRY(load_part(renewal, &part, &work->runs, &work->docs, err));
	}
	return NS_OK;
}

/* Stories are found out anew where all is merged (story_draft.h). */
static int load_all(struct renewal *renewal, struct fresh *fresh,
                    struct union_work *work, struct ns_error *err)
{
	bool has_fresh = work->group->end > n_old(renewal);
	if (has_fresh)
		TRY(open_fresh(fresh, err));
	if (!work->all)
		TRY(open_stories(renewal, fresh, work->group->end,
		                 &work->stories, err));
	TRY(load_group(renewal, fresh, work, err));
	stories_release(&work->stories);
	if (has_fresh)
		fresh_release(renewal, fresh);
	return NS_OK;
}

static int write_loaded(struct renewal *renewal, struct union_work *work,
                        uint64_t base, struct ns_error *err)
{
	const struct tale tale = {.known = work->all ? NULL : &work->known};
	struct commit_file file;
	struct manifest_segment facts;
	TRY(write_segment(renewal, &work->runs, &work->docs, base, &tale, &file,
	                  &facts, err));
	return commit_keep_segment(renewal->commit, &file, &facts, err);
}

/* Facts of docs, what the segment says of each, and what finds copies wait in memory
 * at once: for more docs than have room there nothing is begun. */
static int check_room(const struct renewal *renewal,
                      const struct policy_segment *segments,
                      const struct policy_group *group, struct ns_error *err)
{
	enum { BYTES = sizeof(struct doc) + 36 };
	const struct budget *budget = renewal->budget;
	uint64_t docs = 0, room = budget->docs + budget_left(budget, 0);
	for (uint32_t i = group->first; i < group->end; i++)
		docs += segments[i].docs - segments[i].dead;
	if (docs * BYTES <= room)
		return NS_OK;
	return err_set(err, NS_E_NOMEM, "%llu articles that merge are more "
	               "than fit %llu MiB of memory; give it more",
	               (unsigned long long)docs,
	               (unsigned long long)(budget->all >> 20));
}

static int write_group(struct renewal *renewal, struct fresh *fresh,
                       const struct policy_group *group, bool first, bool all,
                       struct ns_error *err)
{
	struct union_work work = {.group = group, .all = all};
	uint64_t base = first ? 0
		: old_segment(renewal, group->first)->info.rank_base;
	docs_init(&work.docs, renewal->maker, renewal->budget->records,
	          renewal->stored);
	story_draft_init(&work.known);
	int status = load_all(renewal, fresh, &work, err);
	if (status == NS_OK)
		status = write_loaded(renewal, &work, base, err);
	stories_release(&work.stories);
	story_draft_release(&work.known);
	runs_release(&work.runs);
	docs_release(&work.docs);
	return status;
}

static int keep_group(struct renewal *renewal, struct fresh *fresh,
                      uint32_t segment, struct ns_error *err)
{
	const struct update *update = renewal->update;
	if (segment < n_old(renewal))
		return commit_keep_old(
			renewal->commit,
			&update->snapshot.manifest.segments[segment],
			update->segments[segment].dead, err);
	fresh->there = false;
	return commit_keep_segment(renewal->commit, &fresh->file,
	                           &fresh->facts, err);
}

/* ---- all of them ----------------------------------------------------------- */

static int carry_out(struct renewal *renewal, struct fresh *fresh,
                     struct policy_segment *segments,
                     struct policy_group *groups, struct ns_error *err)
{
	const struct update *update = renewal->update;
	uint32_t n = n_old(renewal);
	for (uint32_t i = 0; i < n; i++)
		segments[i] = (struct policy_segment){
			old_segment(renewal, i)->info.doc_count,
			update->segments[i].n_dead};
	if (fresh->there)
		segments[n] = (struct policy_segment){fresh->facts.doc_count, 0};
	uint32_t n_groups = policy_groups(segments, n + fresh->there,
	                                  renewal->wish, groups);
	renewal->changed = fresh->there || update->n_buried || n_groups != n;
	for (uint32_t i = 0; i < n_groups; i++)
		if (groups[i].anew)
			TRY(check_room(renewal, segments, &groups[i], err));
	for (uint32_t i = 0; i < n_groups; i++) {
		renewal->changed |= groups[i].anew;
		if (groups[i].anew)
			TRY(write_group(renewal, fresh, &groups[i], !i,
			                n_groups == 1, err));
		else
			TRY(keep_group(renewal, fresh, groups[i].first, err));
	}
	return NS_OK;
}

int renew_segments(struct renewal *renewal, struct ns_error *err)
{
	struct fresh *fresh = mem_zero(1, sizeof *fresh);
	size_t most = (size_t)n_old(renewal) + 1;
	struct policy_segment *segments = mem_zero(most, sizeof *segments);
	struct policy_group *groups = mem_zero(most, sizeof *groups);
	int status = fresh && segments && groups
		? write_fresh(renewal, fresh, err) : err_nomem(err);
	if (status == NS_OK)
		status = carry_out(renewal, fresh, segments, groups, err);
	if (fresh)
		fresh_release(renewal, fresh);
	mem_free(fresh);
	mem_free(segments);
	mem_free(groups);
	return status;
}
