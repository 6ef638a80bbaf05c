#include "bench/asker.h"

#include <errno.h>
#include <time.h>

#include "base/err.h"
#include "base/io.h"

static const struct { const char *name; uint32_t k; bool count; }
modes[MODES] = {
	{"top10", 10, false}, {"top100", 100, false}, {"top1000", 1000, false},
	{"count", 0, true}, {"top10count", 10, true},
};

const char *mode_name(enum mode mode)
{
	return modes[mode].name;
}

double asker_now(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

int asker_open_index(struct snapshot *out, const char *dir, ns_error *err)
{
	int folder = io_open(AT_FDCWD, dir, O_RDONLY | O_DIRECTORY, 0);
	if (folder < 0)
		return err_io(err, dir, "open");
	int status = snapshot_open(out, folder, dir, 0, true, err);
	io_close(&folder);
	return status;
}

int asker_init(struct asker *out, const struct snapshot *snapshot,
               ns_error *err)
{
	char language[32] = "english";
	*out = (struct asker){.snapshot = snapshot};
	if (snapshot->manifest.n_segments) {
		struct slice of = snapshot->segments[0].segment.info.language;
		if (of.len >= sizeof language)
			return err_set(err, NS_E_VERSION, "the index names a "
			               "language that is not known");
		memcpy(language, of.data, of.len);
		language[of.len] = '\0';
	}
	TRY(analyzer_open(&out->analyzer, language, err));
	out->scratch = rank_scratch_new();
	if (out->scratch)
		return NS_OK;
	asker_release(out);
	return err_nomem(err);
}

void asker_release(struct asker *asker)
{
	plan_release(&asker->plan);
	query_release(&asker->query);
	rank_scratch_free(asker->scratch);
	analyzer_free(asker->analyzer);
	*asker = (struct asker){0};
}

int asker_ask(struct asker *asker, const char *text, enum mode mode,
              rank_fn *rank, struct rank_result *out, ns_error *err)
{
	const struct rank_request request = {
		.k = modes[mode].k, .count = modes[mode].count,
		.k1 = 1.2f, .b = 0.75f, .scratch = asker->scratch,
	};
	*out = (struct rank_result){0};
	TRY(query_parse(&asker->query, slice_text(ns_text_of(text)), err));
	TRY(plan_make(&asker->plan, &asker->query, asker->snapshot,
	              asker->analyzer, err));
	return asker->plan.root ? rank(&asker->plan, &request, out, err)
	                        : NS_OK;
}

int asker_time(struct asker *asker, const char *text, enum mode mode,
               struct rank_work *work, double *seconds, ns_error *err)
{
	struct rank_result result;
	double start = asker_now();
	int status = asker_ask(asker, text, mode, rank_best, &result, err);
	*work = result.work;
	rank_result_release(&result);
	*seconds = asker_now() - start;
	return status;
}
