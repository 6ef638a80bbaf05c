#include <criterion/criterion.h>

#include "random_list.h"
#include "rank/bm25.h"
#include "rank/bounds.h"

/* A list, a leaf that asks for it, and what each posting then contributes. */
struct asked {
	struct sample sample;
	struct postings_directory directory;
	float avglen0;
	struct leaf leaf;
	struct rank_request request;
	uint32_t *gains;
};

static float random_avglen(struct random *r)
{
	const float edges[] = {0.5f, 1, 65535};
	return random_below(r, 8) ? 1 + (float)random_width(r, 16) / 3
	                          : edges[random_below(r, 3)];
}

static void write_asked(struct random *r, struct asked *asked, uint32_t df)
{
	asked->avglen0 = random_avglen(r);
	sample_write(r, &asked->sample, df, FIELD_TEXT,
	             (double)asked->avglen0);
	cr_assert(postings_directory(&asked->directory, &asked->sample.source,
	                             &asked->sample.term));
	asked->gains = malloc(df * sizeof *asked->gains);
}

static void release_asked(struct asked *asked)
{
	free(asked->gains);
	sample_release(&asked->sample);
}

static void contribute(struct asked *asked)
{
	struct bm25 bm25 = bm25_of(&asked->leaf, asked->request.k1,
	                           asked->request.b);
	for (uint32_t i = 0; i < asked->sample.df; i++)
		asked->gains[i] = bm25_contribution(
			&bm25, asked->sample.tfs[i],
			load_u16(asked->sample.lengths +
			         2 * (size_t)asked->sample.docs[i]));
}

/* Averages on both sides of that of the bounds, and next to it; k1 and b as
 * usual, at their edges, or any. */
static void ask(struct random *r, struct asked *asked)
{
	const float k1s[] = {0, 2, 1.2f, 1000,
	                     (float)random_below(r, 900) / 300};
	const float bs[] = {0, 1, 0.75f, (float)random_below(r, 1000) / 1000};
	const uint32_t weights[] = {0, 1, 100, INT32_MAX,
	                            random_width(r, 31), random_width(r, 31)};
	const double ratios[] = {0, 0.01, 0.5, 0.999999, 1, 1.000001, 1.1, 2,
	                         100};
	bool usual = random_below(r, 3);
	uint64_t n_docs = 1 + random_width(r, 24);
	double ratio = ratios[random_below(r, 9)];
	asked->request = (struct rank_request){
		.k1 = usual ? 1.2f : k1s[random_below(r, 5)],
		.b = usual ? 0.75f : bs[random_below(r, 4)]};
	asked->leaf = (struct leaf){
		.n_docs = n_docs, .weight = weights[random_below(r, 6)],
		.sum_length = (uint64_t)((double)n_docs * ratio *
		                         (double)asked->avglen0)};
	contribute(asked);
}

static uint32_t largest(const struct asked *asked, uint32_t first,
                        uint32_t last)
{
	uint32_t most = 0;
	uint32_t end = min_u32((last + 1) * BLOCK_DOCS, asked->sample.df);
	for (uint32_t i = first * BLOCK_DOCS; i < end; i++)
		most = max_u32(most, asked->gains[i]);
	return most;
}

static void check_bounds(struct random *r, const struct asked *asked,
                         const struct bounds *bounds)
{
	uint32_t units = asked->directory.n_units;
	for (uint32_t unit = 0; unit < units; unit++)
		cr_assert_geq(bounds_of(bounds, unit, unit),
		              largest(asked, unit, unit),
		              "seed %lu, unit %u, weight %u, k1 %g, b %g, "
		              "avglen0 %g", r->seed, unit, asked->leaf.weight,
		              (double)asked->request.k1,
		              (double)asked->request.b,
		              (double)asked->avglen0);
	for (unsigned i = 0; i < 10; i++) {
		uint32_t first = random_below(r, units);
		/* also units behind the last */
		uint32_t last = first + random_below(r, units + 2 - first);
		cr_assert_geq(bounds_of(bounds, first, last),
		              largest(asked, first, last),
		              "seed %lu, units %u to %u", r->seed, first, last);
	}
	cr_assert_geq(bounds->most, largest(asked, 0, units - 1),
	              "seed %lu", r->seed);
}

Test(bounds, no_posting_contributes_more)
{
	struct random r = random_start(1);
	for (unsigned round = 0; round < 150; round++) {
		struct asked asked;
		write_asked(&r, &asked, random_df(&r));
		for (unsigned i = 0; i < 20; i++) {
			struct bounds bounds;
			ask(&r, &asked);
			bounds_init(&bounds, &asked.leaf, &asked.directory,
			            asked.avglen0, &asked.request);
			check_bounds(&r, &asked, &bounds);
		}
		release_asked(&asked);
	}
}

/* A bound of the weight for all would pass the test above.  Where the average
 * is that of the bounds, a rounding and the slack are all there is between. */
Test(bounds, a_usual_bound_is_close)
{
	struct random r = random_start(2);
	for (unsigned round = 0; round < 60; round++) {
		struct asked asked;
		struct bounds bounds;
		write_asked(&r, &asked, 300 + random_below(&r, 3000));
		asked.request = (struct rank_request){.k1 = 1.2f, .b = 0.75f};
		asked.leaf = (struct leaf){
			.n_docs = 1 << 20, .weight = 1 << 24,
			.sum_length = (uint64_t)((double)(1 << 20) *
			                         (double)asked.avglen0)};
		contribute(&asked);
		bounds_init(&bounds, &asked.leaf, &asked.directory,
		            asked.avglen0, &asked.request);
		for (uint32_t unit = 0; unit < asked.directory.n_units; unit++)
			cr_assert_leq(bounds_of(&bounds, unit, unit),
			              largest(&asked, unit, unit) +
			              (1u << 24) / 255 + 2 * bounds.slack,
			              "seed %lu, unit %u", r.seed, unit);
		release_asked(&asked);
	}
}

static int falling(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
	return (x < y) - (x > y);
}

/* The k-th best of the list is never below what is known of it. */
Test(bounds, the_kth_is_there)
{
	struct random r = random_start(3);
	unsigned known = 0;
	for (unsigned round = 0; round < 12; round++) {
		struct asked asked;
		uint32_t df = round % 4 ? KTH_DF + random_below(&r, 4000)
		                        : KTH_DF - 1;
		write_asked(&r, &asked, df);
		for (unsigned i = 0; i < 20; i++) {
			const uint32_t ks[] = {1, 10, 11, 100, 101, 1000, 1001,
			                       1 + random_below(&r, 1000)};
			struct bounds bounds;
			ask(&r, &asked);
			bounds_init(&bounds, &asked.leaf, &asked.directory,
			            asked.avglen0, &asked.request);
			qsort(asked.gains, df, sizeof *asked.gains, falling);
			for (size_t j = 0; j < ARRAY_LEN(ks); j++) {
				uint32_t least = bounds_kth(&bounds,
					&asked.leaf, df, ks[j], asked.avglen0);
				cr_assert_leq(least, asked.gains[ks[j] - 1],
				              "seed %lu, df %u, k %u", r.seed,
				              df, ks[j]);
				cr_assert(!least || (df >= KTH_DF &&
				                     ks[j] <= 1000));
				known += least > 0;
			}
		}
		release_asked(&asked);
	}
	cr_assert(known > 100, "%u", known);
}

/* The length of the doc that is the i-th best: it steps beside each k. */
static uint16_t length_of(uint32_t i)
{
	return i < 9 ? 1 : i < 10 ? 200 : i < 99 ? 1000 : i < 100 ? 2000
		: i < 999 ? 5000 : i < 1000 ? 10000 : 60000;
}

enum { STEPPED = 4099 }; /* a prime: i · 7 takes each place once */

/* A list whose 9th and 10th, 10th and 11th … best differ much. */
static void write_stepped(struct buffer *post, struct postings_directory *out)
{
	static uint32_t docs[STEPPED], ones[STEPPED], zeros[STEPPED];
	static uint8_t lengths[2 * STEPPED];
	struct buffer posn;
	struct lexicon_term term;
	for (uint32_t i = 0; i < STEPPED; i++) {
		docs[i] = i;
		ones[i] = 1;
		store_u16(lengths + 2 * (i * 7 % STEPPED), length_of(i));
	}
	const struct postings_list list = {
		.field = FIELD_TEXT, .df = STEPPED, .cf = STEPPED,
		.n_forms = 1, .docs = docs, .tfs = ones, .positions = zeros,
		.forms = zeros, .lengths = lengths, .avglen0 = 300};
	buffer_init(post, SIZE_MAX);
	buffer_init(&posn, SIZE_MAX);
	cr_assert_eq(postings_write(&list, post, &posn, &term, NULL), NS_OK);
	buffer_release(&posn);
	const struct postings_source source = {
		.post = slice_of(post->data, post->len),
		.doc_count = STEPPED, .place = "test"};
	cr_assert(postings_directory(out, &source, &term));
}

Test(bounds, the_kth_is_not_one_beside_it)
{
	struct buffer post;
	struct postings_directory directory;
	struct bounds bounds;
	const struct rank_request request = {.k1 = 1.2f, .b = 0.75f};
	const struct leaf leaf = {.n_docs = STEPPED, .weight = 1 << 24,
	                          .sum_length = 300 * STEPPED};
	struct bm25 bm25 = bm25_of(&leaf, 1.2f, 0.75f);
	write_stepped(&post, &directory);
	bounds_init(&bounds, &leaf, &directory, 300, &request);
	for (uint32_t k = 1; k <= 1000; k++) {
		/* the smallest of 10, 100, 1000 that is not below */
		uint32_t said = k <= 10 ? 10 : k <= 100 ? 100 : 1000;
		uint32_t gain = bm25_contribution(&bm25, 1,
		                                  length_of(said - 1));
		uint32_t least = bounds_kth(&bounds, &leaf, STEPPED, k, 300);
		cr_assert_leq(least, gain, "k %u", k);
		cr_assert_geq(least + (1 << 24) / 255 + 2 * bounds.slack, gain,
		              "k %u", k);
	}
	cr_assert_eq(bounds_kth(&bounds, &leaf, STEPPED, 1001, 300), 0u);
	buffer_release(&post);
}

/* Of a short list nothing is known but the weight. */
Test(bounds, a_short_list_is_bounded_by_its_weight)
{
	struct random r = random_start(4);
	struct asked asked;
	struct bounds bounds;
	write_asked(&r, &asked, BLOCK_DOCS - 1);
	ask(&r, &asked);
	bounds_init(&bounds, &asked.leaf, &asked.directory, asked.avglen0,
	            &asked.request);
	cr_assert_eq(bounds_of(&bounds, 0, 0), bounds.most);
	cr_assert_eq(bounds.most, asked.leaf.weight + bounds.slack);
	cr_assert_eq(bounds_kth(&bounds, &asked.leaf, BLOCK_DOCS - 1, 10,
	                        asked.avglen0), 0u);
	release_asked(&asked);
}
