/* How do articles become a commit?
 *
 * The conductor of this floor, and the public calls of "building" in nsindex.h:
 * opens what is there, takes articles in (intake.h) and deletes, and at the end
 * has the segments of the next commit made (renew.h) and published.
 *
 * How much of it is held in memory until the commit is the budget's to say
 * (budget.h); the rest waits in files without names (spool.h).
 */
#include "build/builder.h"

#include "build/intake.h"
#include "build/renew.h"

struct ns_builder {
	struct commit_writer commit;
	struct analyzer *analyzer;
	struct update update;  /* without segments unless `updates` */
	struct intake intake;
	struct budget budget;
	struct spool_maker maker;
	bool updates, ordered;
	enum policy_wish wish;
	struct steps steps;
	struct steps_clock clock;
	ns_build_report report;
	int status;            /* sticky: what ended the builder */
	bool committed;
};

NS_API void ns_builder_free(ns_builder *builder)
{
	if (!builder)
		return;
	intake_release(&builder->intake);
	update_release(&builder->update);
	pthread_mutex_destroy(&builder->maker.lock);
	commit_release(&builder->commit);
	analyzer_free(builder->analyzer);
	mem_free(builder);
}

/* ---- opening ------------------------------------------------------------- */

/* An update is analyzed as the index is, or not at all. */
static int check_alike(const ns_builder *builder, const struct info *info,
                       const ns_build_options *options, struct ns_error *err)
{
	const char *language = analyzer_language(builder->analyzer);
	if (!slice_equal(slice_of(language, strlen(language)), info->language))
		return err_at(err, NS_E_USAGE, builder->commit.place, -1, 0,
		              "the index is in the language %.*s, and cannot "
		              "take articles in another",
		              (int)min_size(info->language.len, 40),
		              (const char *)info->language.data);
	if (analyzer_identity(builder->analyzer) != info->identity)
		return err_at(err, NS_E_USAGE, builder->commit.place, -1, 0,
		              "the index was analyzed by another version of "
		              "this program or its libraries; build it again");
	if (options->no_store && (info->flags & INFO_STORED))
		return err_at(err, NS_E_USAGE, builder->commit.place, -1, 0,
		              "the index keeps the text of its articles; it "
		              "cannot take some without");
	if (options->order != NS_ORDER_DEFAULT &&
	    (options->order == NS_ORDER_BP) != builder->ordered)
		return err_at(err, NS_E_USAGE, builder->commit.place, -1, 0,
		              "the articles of the index stand in another "
		              "order; build it again");
	return NS_OK;
}

static int open_analyzer(ns_builder *builder, struct slice name,
                         struct ns_error *err)
{
	char language[64];
	snprintf(language, sizeof language, "%.*s",
	         (int)min_size(name.len, sizeof language - 1),
	         (const char *)name.data);
	return analyzer_open(&builder->analyzer, language, err);
}

/* Where segments merge, and where articles come, all stories must be known. */
static int check_stories(const ns_builder *builder, struct ns_error *err)
{
	const struct budget *budget = &builder->budget;
	if (update_stories_memory(&builder->update) <= budget->docs)
		return NS_OK;
	return err_at(err, NS_E_NOMEM, builder->commit.place, -1, 0,
	              "the stories of the index are more than fit a build with "
	              "%llu MiB of memory; give it more",
	              (unsigned long long)(budget->all >> 20));
}

static int open_update(ns_builder *builder, const ns_build_options *options,
                       bool *stored, struct ns_error *err)
{
	struct update *update = &builder->update;
	TRY(update_open(update, builder->commit.dir, builder->commit.place,
	                err));
	if (!update->snapshot.manifest.n_segments)
		return NS_OK;
	const struct info *info = &update->snapshot.segments[0].segment.info;
	*stored = info->flags & INFO_STORED;
	builder->ordered = info->flags & INFO_ORDERED;
	if (!options->language) {
		analyzer_free(builder->analyzer);
		builder->analyzer = NULL;
		TRY(open_analyzer(builder, info->language, err));
	}
	TRY(check_stories(builder, err));
	return check_alike(builder, info, options, err);
}

static int open_all(ns_builder *builder, const char *dir,
                    const ns_build_options *options, struct ns_error *err)
{
	const char *language = options->language ? options->language : "english";
	struct commit_writer *commit = &builder->commit;
	bool stored = !options->no_store;
	if (options->order < NS_ORDER_DEFAULT || options->order > NS_ORDER_BP)
		return err_set(err, NS_E_USAGE, "there is no order %d",
		               options->order);
	builder->ordered = options->order == NS_ORDER_BP;
	commit->unsynced = options->no_sync;
	commit->updates = builder->updates = options->update;
	builder->clock.report = &builder->report;
	builder->steps = (struct steps){options->progress,
	                                options->progress_context,
	                                &builder->clock};
	TRY(budget_open(&builder->budget, options->memory, options->threads,
	                err));
	TRY(analyzer_open(&builder->analyzer, language, err));
	TRY(commit_open(commit, dir, err));
	if (builder->updates && commit->current.generation)
		TRY(open_update(builder, options, &stored, err));
	if (builder->ordered)
		TRY(budget_order(&builder->budget, err));
	TRY(intake_open(&builder->intake, builder->analyzer, &builder->maker,
	                &builder->budget, stored, &builder->report, err));
	builder->report.articles_before = manifest_living(&commit->current);
	builder->report.generation = commit->current.generation;
	return NS_OK;
}

NS_API int ns_builder_open(ns_builder **out, const char *dir,
                           const ns_build_options *options, ns_error *err)
{
	static const ns_build_options defaults = {0};
	*out = NULL;
	ns_builder *builder = mem_zero(1, sizeof *builder);
	if (!builder)
		return err_nomem(err);
	commit_init(&builder->commit);
	builder->maker.commit = &builder->commit;
	pthread_mutex_init(&builder->maker.lock, NULL);
	intake_init(&builder->intake);
	int status = open_all(builder, dir, options ? options : &defaults, err);
	if (status != NS_OK) {
		ns_builder_free(builder);
		return status;
	}
	*out = builder;
	return NS_OK;
}

/* ---- changes --------------------------------------------------------------- */

static int check_running(const ns_builder *builder, struct ns_error *err)
{
	if (builder->committed || builder->status != NS_OK)
		return err_set(err, NS_E_USAGE,
		               "the builder has ended and takes nothing more");
	return NS_OK;
}

static int add(ns_builder *builder, const ns_article *article, ns_error *err)
{
	ns_article taken;
	bool lived;
	int status = intake_add(&builder->intake, article, &taken, err);
	if (builder->intake.broken)
		builder->status = status;
	TRY(status);
	if (!builder->updates)
		return NS_OK;
	builder->status = update_bury_id(&builder->update,
	                                 slice_text(taken.id), &lived, err);
	TRY(builder->status);
	intake_count_replaced(&builder->intake, lived);
	return NS_OK;
}

NS_API int ns_builder_add(ns_builder *builder, const ns_article *article,
                          ns_error *err)
{
	TRY(check_running(builder, err));
	steps_enter(&builder->clock, "adding");
	int status = add(builder, article, err);
	steps_enter(&builder->clock, NULL);
	return status;
}

NS_API uint64_t ns_builder_count(const ns_builder *builder)
{
	return builder->intake.docs.n - builder->intake.docs.n_dead;
}

int builder_check_update(const ns_builder *builder, struct ns_error *err)
{
	TRY(check_running(builder, err));
	if (!builder->updates)
		return err_set(err, NS_E_USAGE, "a builder that replaces the "
		               "index has nothing to delete or merge");
	return NS_OK;
}

const struct snapshot *builder_snapshot(const ns_builder *builder)
{
	return &builder->update.snapshot;
}

struct analyzer *builder_analyzer(ns_builder *builder)
{
	return builder->analyzer;
}

int builder_bury(ns_builder *builder, uint32_t segment, uint32_t doc,
                 bool *lived, struct ns_error *err)
{
	builder->status = update_bury(&builder->update, segment, doc, lived,
	                              err);
	TRY(builder->status);
	builder->report.deleted += *lived;
	return NS_OK;
}

NS_API int ns_builder_delete(ns_builder *builder, ns_text id, bool *found,
                             ns_error *err)
{
	bool lived = false;
	TRY(builder_check_update(builder, err));
	builder->status = update_bury_id(&builder->update, slice_text(id),
	                                 &lived, err);
	TRY(builder->status);
	/* at most one of the two lives */
	if (!lived) {
		builder->status = intake_bury(&builder->intake, slice_text(id),
		                              &lived, err);
		TRY(builder->status);
	}
	builder->report.deleted += lived;
	if (found)
		*found = lived;
	return NS_OK;
}

NS_API int ns_builder_merge(ns_builder *builder, bool all, ns_error *err)
{
	TRY(builder_check_update(builder, err));
	builder->wish = all ? POLICY_ALL : POLICY_DEAD;
	return NS_OK;
}

/* ---- the commit ---------------------------------------------------------- */

static void describe(ns_builder *builder, const struct manifest *manifest)
{
	ns_build_report *report = &builder->report;
	report->articles_after = manifest_living(manifest);
	report->segments = manifest->n_segments;
	for (uint32_t i = 0; i < manifest->n_segments; i++) {
		const struct manifest_segment *at = &manifest->segments[i];
		report->bytes_index += at->length;
		if (at->n_dead)
			report->bytes_index += deletes_file_size(at->doc_count);
		report->dead += at->n_dead;
	}
}

static int renew(ns_builder *builder, struct renewal *renewal,
                 struct ns_error *err)
{
	steps_enter(&builder->clock, "adding");
	TRY(intake_finish(&builder->intake, renewal->runs, err));
	TRY(steps_tell(&builder->steps, "preparing", 0, 1, err));
	return renew_segments(renewal, err);
}

static int commit(ns_builder *builder, struct ns_error *err)
{
	struct intake *intake = &builder->intake;
	struct commit_writer *writer = &builder->commit;
	struct runs runs = {0};
	struct renewal renewal = {
		.commit = writer, .update = &builder->update,
		.analyzer = builder->analyzer, .runs = &runs,
		.docs = &intake->docs, .stored = intake->docs.stored,
		.ordered = builder->ordered,
		.budget = &builder->budget, .maker = &builder->maker,
		.steps = &builder->steps, .wish = builder->wish,
	};
	builder->report.indexed = intake->docs.n - intake->docs.n_dead;
	int status = renew(builder, &renewal, err);
	runs_release(&runs);
	TRY(status);
	builder->report.postings = renewal.n_postings;
	builder->report.merged = renewal.n_merged;
	describe(builder, &writer->next);
	if (builder->updates && !renewal.changed)
		return NS_OK;
	/* the last moment at which it can be stopped */
	TRY(steps_tell(&builder->steps, "committing", 0, 1, err));
	return commit_finish(writer, &builder->report.generation, err);
}

NS_API int ns_builder_commit(ns_builder *builder, ns_build_report *report,
                             ns_error *err)
{
	TRY(check_running(builder, err));
	builder->committed = true;
	builder->status = commit(builder, err);
	steps_enter(&builder->clock, NULL);
	if (report)
		*report = builder->report;
	return builder->status;
}
