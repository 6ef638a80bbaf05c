#include <criterion/criterion.h>

#include "build/arrange.h"
#include "build/bisect.h"
#include "build/inverter.h"
#include "build/order_docs.h"
#include "folder.h"
#include "run.h"

/* ---- lists ----------------------------------------------------------------- */

enum { DF = 3000, TF = 4 };

/* Docs 0, 7, 14, …; in any order between two multiples of `block`; tfs of the doc,
 * positions that say where they belong. */
static void make_list(struct random *random, struct arrange_list *list,
                      uint32_t block)
{
	size_t cf = 0;
	for (uint32_t i = 0; i < list->df; i++) {
		uint32_t from = i - i % block;
		uint32_t j = from + random_below(random, i + 1 - from);
		list->docs[i] = list->docs[j];
		list->docs[j] = 7 * i;
	}
	for (uint32_t i = 0; i < list->df; i++) {
		list->tfs[i] = 1 + list->docs[i] % TF;
		for (uint32_t k = 0; k < list->tfs[i]; k++) {
			list->positions[cf] = TF * list->docs[i] + k;
			list->forms[cf++] = ~(TF * list->docs[i] + k);
		}
	}
}

static void check_list(const struct arrange_list *list, uint64_t seed)
{
	size_t at = 0;
	for (uint32_t i = 0; i < list->df; i++) {
		cr_assert_eq(list->docs[i], 7 * i, "seed %lu", seed);
		cr_assert_eq(list->tfs[i], 1 + 7 * i % TF, "seed %lu", seed);
		for (uint32_t k = 0; k < list->tfs[i]; k++, at++) {
			cr_assert_eq(list->positions[at], TF * 7 * i + k,
			             "seed %lu", seed);
			cr_assert_eq(list->forms[at], ~(TF * 7 * i + k),
			             "seed %lu", seed);
		}
	}
}

/* Of a list that has some of the docs, cut as all docs are. */
static void make_cuts(struct random *random, struct arrange_cuts *cuts,
                      const struct arrange_list *list, uint32_t block)
{
	static uint32_t new_doc[7 * DF + 1];
	size_t n = 0;
	for (uint32_t i = 0; i < list->df; i++)
		for (uint32_t k = 0; k < 7; k++)
			new_doc[n++] = list->docs[i] + k;
	new_doc[n++] = UINT32_MAX;
	cr_assert_eq(arrange_cut(cuts, new_doc, n, random_below(random, 900),
	                         NULL), NS_OK);
	cr_assert_gt(cuts->n, 0u);
	for (uint32_t i = 0; i + 1 < cuts->n; i++)
		cr_assert(!i || cuts->items[i - 1] < cuts->items[i]);
	if (list->df > block && list->df > 300)
		cr_assert_gt(cuts->n, 1u, "seed %lu", random->seed);
}

Test(arrange, postings_move_with_what_is_theirs)
{
	static uint32_t docs[DF], tfs[DF], positions[DF * TF], forms[DF * TF];
	struct random random = random_start(0xA77A);
	struct arrange arrange = {0};
	for (uint32_t round = 0; round < 400; round++) {
		struct arrange_cuts cuts = {0};
		struct arrange_list list = {
			round < 100 ? round : random_below(&random, DF), docs,
			tfs, positions, forms};
		uint32_t block = 1 + random_below(&random, 2) *
		                 random_below(&random, DF);
		make_list(&random, &list, block);
		make_cuts(&random, &cuts, &list, block);
		cr_assert_eq(arrange_list(&arrange, list, &cuts, NULL), NS_OK);
		check_list(&list, random.seed);
		/* what is in order stays */
		cr_assert_eq(arrange_list(&arrange, list, &cuts, NULL), NS_OK);
		check_list(&list, random.seed);
		arrange_cuts_release(&cuts);
	}
	arrange_release(&arrange);
}

/* Half of a list's memory is not needed for all of it where it has cuts. */
Test(arrange, a_list_takes_the_memory_of_a_part)
{
	static uint32_t docs[DF], tfs[DF];
	uint32_t items[] = {DF / 2, UINT32_MAX};
	const struct arrange_cuts cuts = {items, 2};
	struct arrange arrange = {0};
	for (uint32_t i = 0; i < DF; i++) {
		docs[i] = i < DF / 2 ? DF / 2 - 1 - i : DF + DF / 2 - 1 - i;
		tfs[i] = docs[i] + 1;
	}
	const struct arrange_list list = {DF, docs, tfs, NULL, NULL};
	cr_assert_eq(arrange_list(&arrange, list, &cuts, NULL), NS_OK);
	for (uint32_t i = 0; i < DF; i++) {
		cr_assert_eq(docs[i], i);
		cr_assert_eq(tfs[i], i + 1);
	}
	cr_assert_lt(arrange.items_capacity, 2u * DF);
	arrange_release(&arrange);
}

/* ---- docs ------------------------------------------------------------------ */

enum { DOCS = 9000, TERMS = 150, N_LANES = 3 };

/* Which docs have which terms, in runs of several lanes. */
struct table {
	struct random random;
	char dir[64];
	struct commit_writer commit;
	struct spool_maker maker;
	struct runs runs;
	bool has[DOCS][TERMS];
	uint32_t given[DOCS], n;     /* the living */
};

static void add_doc(struct table *table, struct inverter *inverter, uint32_t doc)
{
	char name[16];
	for (uint32_t term = 0; term < TERMS; term++) {
		if (!table->has[doc][term])
			continue;
		size_t n = (size_t)snprintf(name, sizeof name, "w%03u", term);
		/* twice in a doc is once */
		for (uint32_t at = 0; at < 1 + doc % 2; at++)
			add_place(inverter, FIELD_TEXT, slice_of(name, n),
			          slice_of(name, n), doc, at);
		cr_assert_eq(inverter_add_value(inverter, FIELD_ID,
		                                slice_of(name, n), doc, NULL),
		             NS_OK);
	}
}

static void flush(struct table *table, struct inverter *inverter, unsigned lane)
{
	const struct budget budget = {.range = 1 << 12, .run = 1 << 16};
	struct run *run;
	cr_assert_eq(runs_add(&table->runs, &table->maker, &budget, lane, &run,
	                      NULL), NS_OK);
	cr_assert_eq(run_write(run, inverter, NULL), NS_OK);
	inverter_clear(inverter);
}

static void make_runs(struct table *table)
{
	struct inverter inverters[N_LANES] = {0};
	for (uint32_t doc = 0; doc < DOCS; doc++) {
		unsigned lane = random_below(&table->random, N_LANES);
		add_doc(table, &inverters[lane], doc);
		if (!random_below(&table->random, 500))
			flush(table, &inverters[lane], lane);
	}
	for (unsigned lane = 0; lane < N_LANES; lane++) {
		flush(table, &inverters[lane], lane);
		inverter_release(&inverters[lane]);
	}
}

/* Docs of six kinds, each with terms of its own beside those of all; some are dead,
 * and they were given in any order. */
static struct table *table_new(uint64_t seed)
{
	struct table *table = calloc(1, sizeof *table);
	cr_assert_not_null(table);
	table->random = random_start(seed);
	strcpy(table->dir, "/tmp/test_order_docs_XXXXXX");
	cr_assert_not_null(mkdtemp(table->dir));
	commit_init(&table->commit);
	cr_assert_eq(commit_open(&table->commit, table->dir, NULL), NS_OK);
	table->maker.commit = &table->commit;
	pthread_mutex_init(&table->maker.lock, NULL);
	for (uint32_t doc = 0; doc < DOCS; doc++) {
		uint32_t kind = random_below(&table->random, 6);
		for (uint32_t term = 0; term < TERMS; term++)
			table->has[doc][term] = !random_below(&table->random,
				term % 6 == kind ? 2 + term / 8 : 3 + 5 * term);
		if (!random_below(&table->random, 8))
			continue;
		uint32_t j = random_below(&table->random, table->n + 1);
		table->given[table->n++] = table->given[j];
		table->given[j] = doc;
	}
	make_runs(table);
	return table;
}

static void table_free(struct table *table)
{
	runs_release(&table->runs);
	commit_release(&table->commit);
	pthread_mutex_destroy(&table->maker.lock);
	folder_remove(table->dir);
	free(table);
}

/* Orders docs[n], a window, by rows straight from the table. */
static void expect_window(const struct table *table, uint32_t *docs, uint32_t n)
{
	uint32_t *first = calloc(n + 1, sizeof *first), n_terms = 0;
	uint32_t *count = calloc(n + 1, sizeof *count);
	uint32_t *order = calloc(n + 1, sizeof *order);
	uint32_t *terms = calloc((size_t)n * TERMS + 1, sizeof *terms);
	for (uint32_t i = 0; i < n; i++)
		first[i] = i * TERMS;
	for (uint32_t term = 0; term < TERMS; term++) {
		uint32_t df = 0;
		for (uint32_t i = 0; i < n; i++)
			df += table->has[docs[i]][term];
		if (df < 32 || df > n / 10)
			continue;
		for (uint32_t i = 0; i < n; i++)
			if (table->has[docs[i]][term])
				terms[first[i] + count[i]++] = n_terms;
		n_terms++;
	}
	const struct bisect_window window = {n, n_terms, first, count, terms};
	cr_assert_eq(bisect_order(&window, order, NULL), NS_OK);
	for (uint32_t i = 0; i < n; i++)
		first[i] = docs[order[i]];
	memcpy(docs, first, n * sizeof *docs);
	free(first);
	free(count);
	free(order);
	free(terms);
}

/* Returns how many windows there are. */
static unsigned expect(const struct table *table, uint64_t window,
                       uint32_t *docs)
{
	unsigned n = 0;
	memcpy(docs, table->given, table->n * sizeof *docs);
	for (uint32_t begin = 0, end = 0; begin < table->n; begin = end, n++) {
		for (uint64_t sum = 0; end < table->n && sum < window; end++)
			for (uint32_t term = 0; term < TERMS; term++)
				sum += table->has[table->given[end]][term];
		expect_window(table, docs + begin, end - begin);
	}
	return n;
}

Test(order_docs, windows_are_ordered_each_by_itself)
{
	static uint32_t expected[DOCS], docs[DOCS];
	const struct steps silent = {0};
	struct table *table = table_new(0x70B1C);
	bool many = false, one = false;
	for (unsigned round = 0; round < 12; round++) {
		uint64_t window = round == 0 ? ORDER_DOCS_WINDOW
			: round < 3 ? 2000
			: 2000 + random_below(&table->random, 30000);
		unsigned n = expect(table, window, expected);
		const struct order_docs_input input = {
			.runs = &table->runs, .end = DOCS,
			.maker = &table->maker,
			.memory = round % 2 ? 0 : 1 << 24, .window = window,
			.steps = &silent};
		memcpy(docs, table->given, table->n * sizeof *docs);
		cr_assert_eq(order_docs(&input, docs, table->n, NULL), NS_OK);
		cr_assert_arr_eq(docs, expected, table->n * sizeof *docs,
		                 "seed %lu, round %u", table->random.seed, round);
		bool moved = memcmp(docs, table->given,
		                    table->n * sizeof *docs);
		one |= moved && n == 1;
		many |= moved && n > 16;
	}
	cr_assert(one && many, "seed %lu", table->random.seed);
	table_free(table);
}

/* ---- the option ------------------------------------------------------------ */

static int commit_one(const char *dir, bool update, int order, const char *id)
{
	const ns_build_options options = {.update = update, .order = order,
	                                  .no_sync = true};
	ns_article article = ns_article_empty();
	ns_builder *builder;
	ns_error err;
	article.id = ns_text_of(id);
	article.body = ns_text_of("rain");
	TRY(ns_builder_open(&builder, dir, &options, &err));
	cr_assert_eq(ns_builder_add(builder, &article, &err), NS_OK);
	cr_assert_eq(ns_builder_commit(builder, NULL, &err), NS_OK);
	ns_builder_free(builder);
	return NS_OK;
}

Test(order_docs, an_index_keeps_its_order)
{
	char dir[64];
	static const int orders[] = {NS_ORDER_DEFAULT, NS_ORDER_INPUT,
	                             NS_ORDER_BP};
	for (unsigned i = 0; i < 3; i++) {
		int order = orders[i];
		int other = order == NS_ORDER_BP ? NS_ORDER_INPUT : NS_ORDER_BP;
		strcpy(dir, "/tmp/test_order_docs_XXXXXX");
		cr_assert_not_null(mkdtemp(dir));
		cr_assert_eq(commit_one(dir, false, order, "a"), NS_OK);
		cr_assert_eq(commit_one(dir, true, order, "b"), NS_OK);
		cr_assert_eq(commit_one(dir, true, NS_ORDER_DEFAULT, "c"), NS_OK);
		cr_assert_eq(commit_one(dir, true, other, "d"), NS_E_USAGE);
		/* a build replaces all */
		cr_assert_eq(commit_one(dir, false, other, "e"), NS_OK);
		cr_assert_eq(commit_one(dir, true, order ? order : NS_ORDER_INPUT,
		                        "f"), NS_E_USAGE);
		folder_remove(dir);
	}
	cr_assert_eq(commit_one("nowhere", false, NS_ORDER_BP + 1, "a"),
	             NS_E_USAGE);
	cr_assert_eq(commit_one("nowhere", false, -1, "a"), NS_E_USAGE);
}

Test(order_docs, too_little_memory_is_refused)
{
	char dir[] = "/tmp/test_order_docs_XXXXXX";
	ns_build_options options = {.order = NS_ORDER_BP, .no_sync = true,
	                            .memory = NS_MEMORY_ORDER_LEAST - 1};
	ns_builder *builder;
	ns_error err;
	cr_assert_not_null(mkdtemp(dir));
	cr_assert_eq(ns_builder_open(&builder, dir, &options, &err), NS_E_USAGE);
	cr_assert_eq(commit_one(dir, false, NS_ORDER_BP, "a"), NS_OK);
	/* so is an update of what is in that order */
	options.order = NS_ORDER_DEFAULT;
	options.update = true;
	cr_assert_eq(ns_builder_open(&builder, dir, &options, &err), NS_E_USAGE);
	cr_assert_not_null(strstr(err.message, "192 MiB"));
	options.memory++;
	cr_assert_eq(ns_builder_open(&builder, dir, &options, &err), NS_OK);
	ns_builder_free(builder);
	folder_remove(dir);
}
