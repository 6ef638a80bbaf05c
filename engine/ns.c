/* ns.c — the public library: searching and looking inside.
 *
 * A facade: it opens what the floors below need, and hands the work down.  (The
 * calls of "building" are those of build/builder.c.)
 */
#include <errno.h>

#include "answer/answer.h"
#include "answer/article.h"
#include "answer/compare.h"
#include "answer/dump.h"
#include "answer/searchers.h"
#include "answer/select.h"
#include "answer/stat.h"
#include "answer/stat_cost.h"
#include "answer/stat_size.h"
#include "base/log.h"
#include "build/builder.h"
#include "index/check.h"
#include "index/repair.h"

NS_API void ns_set_allocator(const ns_allocator *allocator)
{
	static ns_allocator copy;
	if (allocator)
		copy = *allocator;
	mem_set_table(allocator ? &copy : NULL);
}

NS_API void ns_set_log(ns_log_fn *log, void *context)
{
	log_set(log, context);
}

struct ns_index {
	struct snapshot snapshot;
	struct searchers *searchers; /* shared by threads */
	char *place;                 /* as the caller named it */
};

/* ---- opening ------------------------------------------------------------- */

static int open_dir(const char *dir, int *out, struct ns_error *err)
{
	*out = io_open(AT_FDCWD, dir, O_RDONLY | O_DIRECTORY, 0);
	if (*out >= 0)
		return NS_OK;
	if (errno == ENOENT || errno == ENOTDIR)
		return err_at(err, NS_E_MISSING, dir, -1, 0,
		              "there is no index here");
	return err_io(err, dir, "open");
}

/* All segments of an index are analyzed alike. */
static int open_searchers(ns_index *index, struct ns_error *err)
{
	const struct snapshot *snapshot = &index->snapshot;
	struct slice language = slice_of("english", 7);
	for (uint32_t i = 0; i < snapshot->manifest.n_segments; i++) {
		const struct segment *segment = &snapshot->segments[i].segment;
		if (i && !slice_equal(language, segment->info.language))
			return err_corrupt(err, segment->name, -1,
			                   "is in another language than the "
			                   "segments before it");
		language = segment->info.language;
	}
	struct searchers *searchers = mem_alloc(sizeof *searchers);
	if (!searchers)
		return err_nomem(err);
	int status = searchers_init(searchers, snapshot, language, err);
	if (status != NS_OK) {
		mem_free(searchers);
		return status;
	}
	index->searchers = searchers;
	return NS_OK;
}

static int open_all(ns_index *index, const char *dir, uint64_t generation,
                    unsigned flags, struct ns_error *err)
{
	int folder;
	index->place = mem_copy(dir, strlen(dir));
	if (!index->place)
		return err_nomem(err);
	TRY(open_dir(dir, &folder, err));
	int status = snapshot_open_for_queries(
		&index->snapshot, folder, dir, generation,
		!(flags & NS_OPEN_UNVERIFIED), err);
	io_close(&folder);
	TRY(status);
	return open_searchers(index, err);
}

static int open_index(ns_index **out, const char *dir, uint64_t generation,
                      unsigned flags, struct ns_error *err)
{
	*out = NULL;
	ns_index *index = mem_zero(1, sizeof *index);
	if (!index)
		return err_nomem(err);
	int status = open_all(index, dir, generation, flags, err);
	if (status != NS_OK)
		ns_index_free(index);
	else
		*out = index;
	return status;
}

NS_API int ns_index_open(ns_index **out, const char *dir, unsigned flags,
                         ns_error *err)
{
	return open_index(out, dir, 0, flags, err);
}

NS_API int ns_index_open_commit(ns_index **out, const char *dir,
                                uint64_t generation, unsigned flags,
                                ns_error *err)
{
	*out = NULL;
	if (!generation)
		return err_set(err, NS_E_USAGE, "commits count from 1");
	return open_index(out, dir, generation, flags, err);
}

NS_API void ns_index_free(ns_index *index)
{
	if (!index)
		return;
	if (index->searchers)
		searchers_release(index->searchers);
	mem_free(index->searchers);
	snapshot_release(&index->snapshot);
	mem_free(index->place);
	mem_free(index);
}

NS_API int ns_index_count(const char *dir, uint64_t *out, ns_error *err)
{
	int folder;
	uint64_t generation;
	struct manifest manifest = {0};
	*out = 0;
	int status = open_dir(dir, &folder, err);
	if (status == NS_E_MISSING)
		return NS_OK;
	TRY(status);
	status = manifest_newest(folder, dir, &generation, err);
	if (status == NS_OK && generation)
		status = manifest_read(&manifest, folder, generation, true,
		                       err);
	if (status == NS_OK)
		*out = manifest_living(&manifest);
	manifest_release(&manifest);
	io_close(&folder);
	return status;
}

/* ---- changing ------------------------------------------------------------ */

/* Deleting what matches stands here: it needs both sides of the house. */
NS_API int ns_builder_delete_matches(ns_builder *builder, ns_text query,
                                     uint64_t *n, ns_error *err)
{
	struct rank_result found;
	uint64_t n_deleted = 0;
	TRY(builder_check_update(builder, err));
	TRY(select_docs(builder_snapshot(builder), builder_analyzer(builder),
	                query, &found, err));
	int status = NS_OK;
	for (size_t i = 0; i < found.n_hits && status == NS_OK; i++) {
		bool lived = false;
		status = builder_bury(builder, found.hits[i].segment,
		                      found.hits[i].doc, &lived, err);
		n_deleted += lived;
	}
	rank_result_release(&found);
	if (status == NS_OK && n)
		*n = n_deleted;
	return status;
}

/* ---- searching ----------------------------------------------------------- */

static int search_once(ns_results *results, const ns_index *index,
                       ns_text query, const ns_search_options *options,
                       ns_error *err)
{
	ns_searcher *searcher;
	TRY(searchers_take(index->searchers, &searcher, err));
	int status = answer_search(searcher, results, query, options, err);
	searchers_give(index->searchers, searcher);
	return status;
}

NS_API int ns_search(ns_results **out, const ns_index *index, ns_text query,
                     const ns_search_options *options, ns_error *err)
{
	*out = NULL;
	ns_results *results = mem_zero(1, sizeof *results);
	if (!results)
		return err_nomem(err);
	int status = search_once(results, index, query, options, err);
	if (status != NS_OK)
		ns_results_free(results);
	else
		*out = results;
	return status;
}

NS_API int ns_searcher_open(ns_searcher **out, const ns_index *index,
                            ns_error *err)
{
	return searchers_take(index->searchers, out, err);
}

NS_API int ns_searcher_search(ns_searcher *searcher, const ns_results **out,
                              ns_text query, const ns_search_options *options,
                              ns_error *err)
{
	*out = NULL;
	TRY(answer_search(searcher, &searcher->results, query, options, err));
	*out = &searcher->results;
	return NS_OK;
}

NS_API int ns_searcher_article(ns_searcher *searcher, uint64_t number,
                               ns_article *out, ns_error *err)
{
	return searcher_article(searcher, number, out, err);
}

NS_API void ns_searcher_free(ns_searcher *searcher)
{
	if (searcher)
		searchers_give(searcher->home, searcher);
}

NS_API size_t ns_results_size(const ns_results *results)
{
	return results->n_hits;
}

NS_API const ns_hit *ns_results_hit(const ns_results *results, size_t i)
{
	return &results->hits[i];
}

NS_API const ns_match *ns_results_matches(const ns_results *results, size_t *n)
{
	*n = results->n_matches;
	return results->matches;
}

NS_API uint64_t ns_results_count(const ns_results *results)
{
	return results->count;
}

NS_API const char *ns_results_note(const ns_results *results, size_t i)
{
	return i < results->n_notes ? results->notes[i] : NULL;
}

NS_API void ns_results_free(ns_results *results)
{
	if (results)
		results_release(results);
	mem_free(results);
}

/* ---- comparing ----------------------------------------------------------- */

NS_API int ns_diff_open(ns_diff **out, const ns_index *index, ns_text old_id,
                        ns_text new_id, ns_error *err)
{
	*out = NULL;
	ns_diff *diff = mem_zero(1, sizeof *diff);
	if (!diff)
		return err_nomem(err);
	int status = compare_articles(diff, &index->snapshot,
	                              slice_text(old_id), slice_text(new_id),
	                              err);
	if (status != NS_OK)
		ns_diff_free(diff);
	else
		*out = diff;
	return status;
}

NS_API const ns_article *ns_diff_article(const ns_diff *diff, bool newer)
{
	return &diff->articles[newer];
}

NS_API const ns_hunk *ns_diff_hunks(const ns_diff *diff, size_t *n)
{
	*n = diff->n_hunks;
	return diff->hunks;
}

NS_API uint64_t ns_diff_coarse(const ns_diff *diff)
{
	return diff->n_coarse;
}

NS_API void ns_diff_free(ns_diff *diff)
{
	if (diff)
		compare_release(diff);
	mem_free(diff);
}

/* ---- looking inside ------------------------------------------------------ */

NS_API int ns_index_check(const char *dir, ns_print_fn *print, void *context,
                          ns_error *err)
{
	return check_index(dir, print, context, err);
}

NS_API int ns_index_repair(const char *dir, ns_print_fn *print, void *context,
                           ns_error *err)
{
	return repair_index(dir, print, context, err);
}

NS_API int ns_index_stat(const ns_index *index, ns_print_fn *print,
                         void *context, ns_error *err)
{
	struct output output;
	output_init(&output, print, context);
	int status = stat_print(&index->snapshot, index->place, &output, err);
	output_release(&output);
	return status;
}

NS_API const char *ns_index_part(const ns_index *index, unsigned i,
                                 uint64_t *bytes)
{
	return stat_part(&index->snapshot, i, bytes);
}

NS_API int ns_index_stat_size(const ns_index *index, ns_print_fn *print,
                              void *context, ns_error *err)
{
	struct output output;
	output_init(&output, print, context);
	int status = stat_size_print(&index->snapshot, index->place, &output,
	                             err);
	output_release(&output);
	return status;
}

NS_API int ns_index_dump_term(const ns_index *index, ns_text word,
                              ns_print_fn *print, void *context, ns_error *err)
{
	struct output output;
	ns_searcher *searcher;
	TRY(searchers_take(index->searchers, &searcher, err));
	output_init(&output, print, context);
	int status = dump_word(&index->snapshot, searcher->analyzer,
	                       slice_text(word), &output, err);
	output_release(&output);
	searchers_give(index->searchers, searcher);
	return status;
}

NS_API int ns_index_dump_all(const ns_index *index, ns_print_fn *print,
                             void *context, ns_error *err)
{
	struct output output;
	output_init(&output, print, context);
	int status = dump_all(&index->snapshot, &output, err);
	output_release(&output);
	return status;
}

NS_API int ns_index_dump_article(const ns_index *index, ns_text id,
                                 ns_print_fn *print, void *context,
                                 ns_error *err)
{
	struct output output;
	output_init(&output, print, context);
	int status = article_print(&index->snapshot, slice_text(id), &output,
	                           err);
	output_release(&output);
	return status;
}
