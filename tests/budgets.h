/* budgets.h — builds with so little memory, and so many threads, that all of a large
 * build happens in a small one: many runs, files for everything, ranges of a few
 * words.
 */
#ifndef NS_TESTS_BUDGETS_H
#define NS_TESTS_BUDGETS_H

#include "build/budget.h"
#include "build/jobs.h"
#include "random.h"

/* What next builders get: as little as there is, or something up to that of an
 * ordinary small build; now and then the system has no thread for them. */
static inline void budgets_random(struct random *random)
{
	static struct budget budget;
	budget = (struct budget){
		.all = 128 << 20,
		.inverter = random_width(random, 22),
		.records = random_width(random, 18),
		.texts = random_width(random, 16),
		.sketches = random_width(random, 14),
		.docs = 1 << 30,
		.run = random_width(random, 18),
		.lists = random_width(random, 18),
		.long_list = random_width(random, 10),
		.load = 1 + random_width(random, 14),
		.range = 64 + random_width(random, 14),
		.worth = 0,
		.threads = 1 + random_below(random, 4)};
	budget_set(&budget);
	jobs_refuse(random_below(random, 6) == 0);
}

/* Nothing waits in memory; one thread. */
static inline void budgets_least(void)
{
	static const struct budget budget = {.all = 128 << 20, .docs = 1 << 30,
		.load = 1, .range = 1 << 10, .threads = 1};
	budget_set(&budget);
}

#endif
