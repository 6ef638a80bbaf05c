#include "rank/bounds.h"

static double average(const struct leaf *leaf)
{
	return leaf->n_docs ? (double)leaf->sum_length / (double)leaf->n_docs
	                    : 1;
}

void bounds_init(struct bounds *bounds, const struct leaf *leaf,
                 const struct postings_directory *directory, float avglen0,
                 const struct rank_request *request)
{
	double weight = leaf->weight, avglen = average(leaf);
	double k1 = (double)request->k1, b = (double)request->b;
	double grown = avglen > (double)avglen0 && avglen0 > 0
		? avglen / (double)avglen0 : 1;
	*bounds = (struct bounds){
		.directory = directory,
		.scale = weight * grown / 255,
		.k1 = k1, .c0 = k1 * (1 - b),
		.c1 = avglen > 0 ? k1 * b / avglen : 0,
		.usual = request->k1 == 1.2f && request->b == 0.75f &&
		         avglen0 > 0,
		.weight = leaf->weight,
		.slack = 3 + (leaf->weight >> 20),
	};
	bounds->most = leaf->weight + bounds->slack;
	if (directory->n_blocks)
		bounds->most = bounds_of(bounds, 0, directory->n_units - 1);
}

/* For k1 and b that no bound was made for. */
static double unusual(const struct bounds *bounds, uint32_t unit)
{
	double tf = bounds->directory->max_tfs[unit];
	double length = impact_code_length(bounds->directory->min_lens[unit]);
	if (tf == 255)
		return bounds->weight;
	return bounds->weight * tf /
	       (tf + bounds->c0 + bounds->c1 * length);
}

uint32_t bounds_of(const struct bounds *bounds, uint32_t first, uint32_t last)
{
	const struct postings_directory *directory = bounds->directory;
	double most = 0;
	if (!directory->n_blocks)
		return bounds->most;
	last = min_u32(last, directory->n_units - 1);
	if (bounds->usual) {
		unsigned largest = 0;
		for (uint32_t unit = first; unit <= last; unit++)
			if (directory->bounds[unit] > largest)
				largest = directory->bounds[unit];
		most = bounds->scale * largest;
	} else {
		for (uint32_t unit = first; unit <= last; unit++) {
			double one = unusual(bounds, unit);
			most = one > most ? one : most;
		}
	}
	uint64_t units = (uint64_t)most + bounds->slack;
	return (uint32_t)min_u64(units, (uint64_t)bounds->weight +
	                                bounds->slack);
}

uint32_t bounds_kth(const struct bounds *bounds, const struct leaf *leaf,
                    uint32_t df, uint32_t k, float avglen0)
{
	const uint8_t *kth = bounds->directory->kth;
	if (!kth || !bounds->usual || k > 1000 || df < k)
		return 0;
	double avglen = average(leaf);
	double shrunk = avglen < (double)avglen0 ? avglen / (double)avglen0 : 1;
	double least = (double)bounds->weight * shrunk / 255 *
	               kth[k <= 10 ? 0 : k <= 100 ? 1 : 2];
	return least > bounds->slack ? (uint32_t)least - bounds->slack : 0;
}
