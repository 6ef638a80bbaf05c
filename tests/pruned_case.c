/* pruned_case.c — does the fast answer equal the exhaustive one, to the bit?
 *
 * One plan is asked several times, for different k, with and without the count,
 * with memory that is kept and without.  The oracle answers once, for the
 * largest k and one more: its first k are what it says for k (now and then it
 * is asked itself, for exactly the request).
 */
#include "pruned.h"

#include <stdio.h>
#include <unistd.h>
#include <xxhash.h>

enum { REQUESTS = 10 };

struct plan_asked {
	const struct run *run;
	const struct collection *collection;
	uint64_t number;
	struct plan plan;
	struct rank_request requests[REQUESTS];
	size_t n_requests;
	struct rank_result want;  /* the oracle's, for the largest k + 1 */
	uint32_t rows;
	const struct buffer *query;
};

static _Noreturn void differ(const struct plan_asked *asked,
                             const struct rank_request *request,
                             const char *what, size_t i, uint64_t got,
                             uint64_t want)
{
	const char *cpu = getenv("NS_CPU");
	fprintf(stderr, "pruned: %s%zu: rank_best says %llu, rank_all %llu\n"
	        "collection: %s, seed %llu, plan %llu\nquery: ", what, i,
	        (unsigned long long)got, (unsigned long long)want,
	        asked->collection->shape->name,
	        (unsigned long long)asked->collection->seed,
	        (unsigned long long)asked->number);
	for (size_t j = 0; j < asked->query->len; j++) {
		uint8_t byte = asked->query->data[j];
		fprintf(stderr, byte >= ' ' && byte < 0x7F ? "%c" : "\\%03o",
		        byte);
	}
	fprintf(stderr, "\nrequest: k %u, count %d, k1 %.9g, b %.9g, scratch %s\n"
	        "again: %s%s pruned --run=%llu %llu\n", request->k,
	        request->count, (double)request->k1, (double)request->b,
	        request->scratch ? "kept" : "none", cpu ? "NS_CPU=" : "",
	        cpu ? cpu : "", (unsigned long long)asked->run->seed,
	        (unsigned long long)asked->run->cases);
	_exit(EXIT_DIFFERENT); /* no leak is looked for */
}

static void compare_hit(const struct plan_asked *asked,
                        const struct rank_request *request, size_t i,
                        const struct rank_hit *got, const struct rank_hit *want)
{
	if (got->segment != want->segment)
		differ(asked, request, "segment of hit ", i, got->segment,
		       want->segment);
	if (got->doc != want->doc)
		differ(asked, request, "doc of hit ", i, got->doc, want->doc);
	if (got->score != want->score)
		differ(asked, request, "score of hit ", i, got->score,
		       want->score);
	if (got->rank != want->rank)
		differ(asked, request, "rank of hit ", i, got->rank, want->rank);
	if (!asked->plan.scored && got->date != want->date)
		differ(asked, request, "date of hit ", i, (uint64_t)got->date,
		       (uint64_t)want->date);
}

static void compare(const struct plan_asked *asked,
                    const struct rank_request *request,
                    const struct rank_result *got,
                    const struct rank_result *want)
{
	size_t n = min_size(request->k, want->n_hits);
	uint64_t count = request->count ? want->count : 0;
	if (got->n_hits != n)
		differ(asked, request, "hits for k = ", request->k, got->n_hits,
		       n);
	for (size_t i = 0; i < n; i++)
		compare_hit(asked, request, i, &got->hits[i], &want->hits[i]);
	if (got->count != count)
		differ(asked, request, "count for k = ", request->k, got->count,
		       count);
}

/* ---- what is counted ----------------------------------------------------- */

static bool is_tie(const struct plan *plan, const struct rank_hit *a,
                   const struct rank_hit *b)
{
	return plan->scored ? a->score == b->score : a->date == b->date;
}

static void count_case(const struct plan_asked *asked,
                       const struct rank_request *request, struct tally *tally)
{
	const struct rank_result *want = &asked->want;
	uint32_t k = request->k, rows = asked->rows;
	bool found = want->count > 0;
	bool tied = k && want->n_hits > k && is_tie(&asked->plan,
		&want->hits[k - 1], &want->hits[k]);
	if (request->count)
		rows |= ROW_BIT(k ? ROW_COUNT_TOO : ROW_COUNT_ALONE);
	if (k > want->count)
		rows |= ROW_BIT(ROW_ALL_HITS);
	if (request->scratch)
		rows |= ROW_BIT(ROW_WARM);
	tally->cases++;
	tally->hits += min_size(k, want->n_hits);
	for (unsigned row = 0; row < ROWS; row++) {
		if (!(rows & ROW_BIT(row)))
			continue;
		tally->rows[row].asked++;
		tally->rows[row].found += found;
		tally->rows[row].tied += tied;
	}
}

/* Every answer equals the oracle's: its hits stand for all of them. */
static uint64_t digest(const struct plan_asked *asked, uint64_t seed)
{
	const struct rank_result *want = &asked->want;
	seed = XXH3_64bits_withSeed(&want->count, sizeof want->count, seed);
	for (size_t i = 0; i < want->n_hits; i++) {
		const struct rank_hit *hit = &want->hits[i];
		const uint64_t packed[3] = {
			(uint64_t)hit->segment << 32 | hit->doc, hit->score,
			hit->rank};
		seed = XXH3_64bits_withSeed(packed, sizeof packed, seed);
	}
	return seed;
}

static uint32_t list_rows(const struct plan *plan)
{
	uint32_t longest = 0;
	for (size_t i = 0; i < plan->n_leaves; i++) {
		const struct leaf *leaf = &plan->leaves[i];
		size_t n = leaf->n_words * plan->snapshot->manifest.n_segments;
		for (size_t j = 0; j < n; j++)
			if (leaf->bindings[j].found)
				longest = max_u32(longest,
				                  leaf->bindings[j].term.df);
	}
	return (longest >= 256 ? ROW_BIT(ROW_BLOCKS) : 0) |
	       (longest > 4096 ? ROW_BIT(ROW_LONG_LISTS) : 0);
}

/* ---- one plan ------------------------------------------------------------ */

static void make_requests(struct plan_asked *asked, struct random *random)
{
	static const uint32_t ks[] = {0, 1, 2, 3, 10, 10, 100, 1000};
	static const float tunings[][2] = {{0.5f, 0.3f}, {0, 0.75f}, {1.2f, 0},
		{1.2f, 1}, {0, 0}, {2, 0.75f}, {0.9f, 0.4f}, {1000, 1},
		{0.01f, 0.5f}};
	float k1 = 1.2f, b = 0.75f;
	if (random_chance(random, 25)) {
		uint32_t i = random_below(random, (uint32_t)ARRAY_LEN(tunings));
		k1 = tunings[i][0];
		b = tunings[i][1];
		asked->rows |= ROW_BIT(ROW_TUNED);
	}
	uint32_t docs = asked->collection->docs;
	for (size_t i = 0; i < asked->n_requests; i++) {
		uint32_t k = ks[random_below(random, (uint32_t)ARRAY_LEN(ks))];
		if (random_chance(random, docs < 2000 ? 10 : docs < 9000 ? 3 : 1))
			k = docs + 1 + random_below(random, 3);
		else if (random_chance(random, 10))
			k = 1 + random_width(random, 10);
		asked->requests[i] = (struct rank_request){
			.k = k, .k1 = k1, .b = b,
			.count = random_chance(random, k ? 40 : 97),
			.scratch = random_chance(random, 60)
				? asked->run->scratch : NULL};
	}
}

static void check(const struct plan_asked *asked, int status,
                  const struct ns_error *err)
{
	if (status != NS_OK)
		scratch_die("pruned: collection %s, seed %llu, plan %llu: %s "
		            "(%s)", asked->collection->shape->name,
		            (unsigned long long)asked->collection->seed,
		            (unsigned long long)asked->number, err->message,
		            err->place);
}

static void ask_oracle(struct plan_asked *asked)
{
	struct rank_request request = asked->requests[0];
	struct ns_error err;
	for (size_t i = 1; i < asked->n_requests; i++)
		request.k = max_u32(request.k, asked->requests[i].k);
	request.k++;
	request.count = true;
	request.scratch = NULL;
	check(asked, asked->run->rankers->oracle(&asked->plan, &request,
	                                         &asked->want, &err), &err);
}

static void ask_and_compare(const struct plan_asked *asked, rank_fn *rank,
                            const struct rank_request *request)
{
	struct rank_result got;
	struct ns_error err;
	check(asked, rank(&asked->plan, request, &got, &err), &err);
	compare(asked, request, &got, &asked->want);
	rank_result_release(&got);
}

static void ask_plan(struct plan_asked *asked, struct random *random)
{
	const struct rankers *rankers = asked->run->rankers;
	struct tally *tally = asked->run->tally;
	asked->rows |= list_rows(&asked->plan);
	make_requests(asked, random);
	ask_oracle(asked);
	for (size_t i = 0; i < asked->n_requests; i++) {
		ask_and_compare(asked, rankers->best, &asked->requests[i]);
		count_case(asked, &asked->requests[i], tally);
	}
	if (random_chance(random, 3))
		ask_and_compare(asked, rankers->oracle, &asked->requests[0]);
	tally->digest = digest(asked, tally->digest);
	tally->plans++;
	rank_result_release(&asked->want);
}

/* False where the query is refused or has no word. */
static bool make_plan(struct plan_asked *asked)
{
	struct query query = {0};
	struct ns_error err;
	struct slice text = slice_of(asked->query->data, asked->query->len);
	if (query_parse(&query, text, &err) != NS_OK)
		return false;
	int status = plan_make(&asked->plan, &query,
	                       &asked->collection->snapshot,
	                       asked->collection->analyzer, &err);
	query_release(&query);
	if (status == NS_OK && asked->plan.root)
		return true;
	if (status != NS_OK && status != NS_E_LIMIT)
		check(asked, status, &err);
	plan_release(&asked->plan);
	return false;
}

void pruned_ask(const struct run *run, const struct collection *collection,
                uint64_t cases)
{
	struct random random = {collection->seed + 1, collection->seed};
	struct buffer query;
	uint64_t number = 0;
	buffer_init(&query, 1u << 20);
	while (cases) {
		enum row kind = collection->shape->wild ? ROW_WILD
			: (enum row)((collection->seed + number) % ROW_WILD);
		struct plan_asked asked = {.run = run,
			.collection = collection, .number = number++,
			.query = &query,
			.rows = collection->rows | ROW_BIT(kind),
			.n_requests = (size_t)min_u64(cases, REQUESTS)};
		pruned_query(&random, collection, kind, &query);
		if (query.status != NS_OK)
			scratch_die("pruned: memory ended");
		if (!make_plan(&asked))
			continue;
		ask_plan(&asked, &random);
		plan_release(&asked.plan);
		cases -= asked.n_requests;
	}
	buffer_release(&query);
}
