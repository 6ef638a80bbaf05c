#include <criterion/criterion.h>

#include <math.h>

#include "build/bisect.h"
#include "random.h"

/* Rows of docs, of which bisect_order uses up a copy. */
struct rows {
	uint32_t n_docs, n_terms;
	uint32_t *first, *count, *terms;
};

static void *get(size_t n)
{
	void *memory = calloc(n + 1, sizeof(uint32_t));
	cr_assert_not_null(memory);
	return memory;
}

static struct rows rows_new(uint32_t n_docs, uint32_t n_terms, uint32_t most)
{
	return (struct rows){n_docs, n_terms, get(n_docs), get(n_docs),
	                     get((size_t)n_docs * most)};
}

static void rows_free(struct rows *rows)
{
	free(rows->first);
	free(rows->count);
	free(rows->terms);
}

static void order_rows(const struct rows *rows, uint32_t *order)
{
	size_t n = 0;
	ns_error err;
	for (uint32_t doc = 0; doc < rows->n_docs; doc++)
		n = rows->first[doc] + rows->count[doc];
	uint32_t *count = get(rows->n_docs), *terms = get(n);
	memcpy(count, rows->count, rows->n_docs * sizeof *count);
	memcpy(terms, rows->terms, n * sizeof *terms);
	const struct bisect_window window = {rows->n_docs, rows->n_terms,
	                                     rows->first, count, terms};
	cr_assert_eq(bisect_order(&window, order, &err), NS_OK);
	free(count);
	free(terms);
}

static void check_permutation(const uint32_t *order, uint32_t n, uint64_t seed)
{
	uint8_t *seen = get(n);
	for (uint32_t i = 0; i < n; i++) {
		cr_assert_lt(order[i], n, "seed %lu", seed);
		cr_assert_eq(seen[order[i]]++, 0, "seed %lu: doc %u twice", seed,
		             order[i]);
	}
	free(seen);
}

/* Each doc is of one of n_topics, in any order, and has words of it and of all. */
static struct rows random_rows(struct random *random, uint32_t n_docs,
                               uint32_t n_topics)
{
	enum { TOPIC_WORDS = 12, COMMON = 40, MOST = TOPIC_WORDS + COMMON };
	struct rows rows = rows_new(n_docs, n_topics * TOPIC_WORDS + COMMON,
	                            MOST);
	uint32_t n = 0;
	for (uint32_t doc = 0; doc < n_docs; doc++) {
		uint32_t topic = random_below(random, n_topics);
		rows.first[doc] = n;
		for (uint32_t word = 0; word < MOST; word++) {
			bool own = word < TOPIC_WORDS;
			if (random_below(random, 10) >= (own ? 6u : 2u))
				continue;
			rows.terms[n++] = own ? topic * TOPIC_WORDS + word
				: (n_topics - 1) * TOPIC_WORDS + word;
		}
		rows.count[doc] = n - rows.first[doc];
	}
	return rows;
}

Test(bisect, every_doc_has_one_place)
{
	struct random random = random_start(0xB15EC7);
	static const uint32_t sizes[] = {0, 1, 2, 31, 32, 33, 34, 64, 65, 127,
	                                 1000, 2049};
	for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
		struct rows rows = random_rows(&random, sizes[i], 5);
		uint32_t *order = get(sizes[i]);
		order_rows(&rows, order);
		check_permutation(order, sizes[i], random.seed);
		free(order);
		rows_free(&rows);
	}
}

/* Where nothing tells docs apart they stay where they are. */
Test(bisect, equal_docs_stay)
{
	enum { DOCS = 500, WORDS = 3 };
	for (uint32_t words = 0; words <= WORDS; words++) {
		struct rows rows = rows_new(DOCS, WORDS, WORDS);
		uint32_t *order = get(DOCS);
		for (uint32_t i = 0; i < DOCS * words; i++)
			rows.terms[i] = i % words;
		for (uint32_t doc = 0; doc < DOCS; doc++) {
			rows.first[doc] = doc * words;
			rows.count[doc] = words;
		}
		order_rows(&rows, order);
		for (uint32_t doc = 0; doc < DOCS; doc++)
			cr_assert_eq(order[doc], doc);
		free(order);
		rows_free(&rows);
	}
}

Test(bisect, numbers_of_terms_do_not_matter)
{
	struct random random = random_start(0x7E4);
	for (int round = 0; round < 20; round++) {
		uint32_t n = 33 + random_below(&random, 700);
		struct rows rows = random_rows(&random, n, 7);
		uint32_t *order = get(n), *again = get(n);
		uint32_t *number = get(rows.n_terms);
		order_rows(&rows, order);
		for (uint32_t i = 0; i < rows.n_terms; i++) {
			uint32_t j = random_below(&random, i + 1);
			number[i] = number[j];
			number[j] = i;
		}
		/* and rows from the last to the first */
		for (uint32_t doc = 0; doc < n; doc++) {
			uint32_t *row = rows.terms + rows.first[doc];
			uint32_t count = rows.count[doc];
			for (uint32_t i = 0; i < count; i++)
				row[i] = number[row[i]];
			for (uint32_t i = 0; i < count / 2; i++) {
				uint32_t other = row[count - 1 - i];
				row[count - 1 - i] = row[i];
				row[i] = other;
			}
		}
		order_rows(&rows, again);
		cr_assert_arr_eq(order, again, n * sizeof *order, "seed %lu",
		                 random.seed);
		free(order);
		free(again);
		free(number);
		rows_free(&rows);
	}
}

/* Bits of all gaps. */
static double cost_of(const struct rows *rows, const uint32_t *order)
{
	uint32_t *last = get(rows->n_terms);
	double cost = 0;
	for (uint32_t i = 0; i < rows->n_docs; i++) {
		const uint32_t *row = rows->terms + rows->first[order[i]];
		for (uint32_t j = 0; j < rows->count[order[i]]; j++) {
			cost += log2(i + 2 - last[row[j]]);
			last[row[j]] = i + 1;
		}
	}
	free(last);
	return cost;
}

Test(bisect, topics_come_together)
{
	enum { DOCS = 4000 };
	struct random random = random_start(0x70B1C5);
	struct rows rows = random_rows(&random, DOCS, 40);
	uint32_t *order = get(DOCS), *given = get(DOCS);
	for (uint32_t doc = 0; doc < DOCS; doc++)
		given[doc] = doc;
	order_rows(&rows, order);
	double before = cost_of(&rows, given), after = cost_of(&rows, order);
	cr_assert_lt(after, 0.8 * before, "seed %lu: %.0f bits became %.0f",
	             random.seed, before, after);
	free(order);
	free(given);
	rows_free(&rows);
}
