/* Does a list keep all that FORMAT.md says of it?  The cursor refuses bytes that
 * cannot be; here is what it takes on trust: sums, bounds, k-th impacts. */
#include "base/bits.h"
#include "format/impact.h"
#include "format/postings.h"

struct summary {
	uint64_t cf;
	uint32_t docs;
	double best;          /* of the unit */
	uint32_t max_tf, min_len;
	uint32_t impacts[256];/* how many docs have which rounded impact */
};

static bool bounds_fit(const struct postings_directory *dir, uint32_t unit,
                       const struct summary *sum)
{
	return !dir->bounds ||
	       (dir->bounds[unit] == impact_round_up(sum->best) &&
	        dir->max_tfs[unit] == min_u32(sum->max_tf, 255) &&
	        dir->min_lens[unit] == impact_length_code(sum->min_len));
}

static bool kth_fits(const struct postings_directory *dir,
                     const struct summary *sum)
{
	static const uint32_t ranks[] = {10, 100, 1000};
	if (!dir->kth)
		return true;
	for (unsigned i = 0; i < ARRAY_LEN(ranks); i++) {
		uint32_t above = 0;
		unsigned impact = 256;
		while (above < ranks[i] && impact)
			above += sum->impacts[--impact];
		if (dir->kth[i] != impact)
			return false;
	}
	return dir->kth[3] == 0;
}

static void start_unit(struct summary *sum)
{
	sum->best = 0;
	sum->max_tf = 0;
	sum->min_len = UINT32_MAX;
}

static int add_doc(struct postings_cursor *cursor, const uint8_t *lengths,
                   double avglen0, struct summary *sum)
{
	uint32_t tf = postings_tf(cursor);
	if (!tf)
		return cursor->status;
	uint32_t len = load_u16(lengths + 2 * (size_t)cursor->doc);
	double impact = impact_of(tf, len, avglen0);
	sum->best = impact > sum->best ? impact : sum->best;
	sum->max_tf = max_u32(sum->max_tf, tf);
	sum->min_len = min_u32(sum->min_len, len);
	sum->impacts[impact_round_down(impact)]++;
	sum->cf += tf;
	const uint32_t *positions, *forms;
	if (!field_has_words(cursor->term.field))
		return NS_OK;
	return postings_places(cursor, &positions, &forms);
}

static int walk(struct postings_cursor *cursor, const uint8_t *lengths,
                double avglen0, const char **fault)
{
	struct summary sum = {0};
	bool tfs = cursor->has_tfs;
	start_unit(&sum);
	while (cursor->doc != POSTINGS_END) {
		uint32_t unit = cursor->unit;
		if (tfs)
			TRY(add_doc(cursor, lengths, avglen0, &sum));
		sum.docs++;
		postings_next(cursor);
		TRY(cursor->status);
		if (!tfs || (cursor->doc != POSTINGS_END &&
		               cursor->unit == unit))
			continue;
		if (!bounds_fit(&cursor->directory, unit, &sum))
			*fault = "a bound does not fit its block";
		start_unit(&sum);
	}
	TRY(cursor->status);
	if (sum.docs != cursor->term.df)
		*fault = "df is not the number of docs";
	else if (tfs && sum.cf != cursor->term.cf)
		*fault = "cf is not the sum of the frequencies";
	else if (tfs && !kth_fits(&cursor->directory, &sum))
		*fault = "the k-th impacts are wrong";
	return NS_OK;
}

int postings_check(const struct postings_source *source,
                   const struct lexicon_term *term, const uint8_t *lengths,
                   double avglen0, struct ns_error *err)
{
	struct postings_cursor cursor;
	const char *fault = NULL;
	int status = postings_open(&cursor, source, term, err);
	if (status == NS_OK)
		status = walk(&cursor, lengths, avglen0, &fault);
	postings_release(&cursor);
	if (status == NS_OK && fault)
		return err_corrupt(err, source->place, (int64_t)term->post,
		                   "post: %s", fault);
	return status;
}
