#include "build/budget.h"

#include <sched.h>
#include <stdio.h>
#include <sys/sysinfo.h>

#include "build/jobs.h"

enum { MIB = 1 << 20, FIXED = 40 * MIB, ORDER = 76 * MIB };

/* What a control group allows; 0: nothing is said. */
static uint64_t group_limit(void)
{
	static const char *const paths[] = {
		"/sys/fs/cgroup/memory.max",
		"/sys/fs/cgroup/memory/memory.limit_in_bytes",
	};
	for (size_t i = 0; i < ARRAY_LEN(paths); i++) {
		unsigned long long limit = 0;
		FILE *file = fopen(paths[i], "re");
		if (!file)
			continue;
		int got = fscanf(file, "%llu", &limit);
		fclose(file);
		if (got == 1)
			return limit;
	}
	return 0;
}

/* A quarter of what there is. */
static uint64_t default_memory(void)
{
	struct sysinfo facts;
	uint64_t memory = 4ull * NS_MEMORY_DEFAULT_LEAST, limit = group_limit();
	if (sysinfo(&facts) == 0)
		memory = (uint64_t)facts.totalram * facts.mem_unit;
	if (limit && limit < memory)
		memory = limit;
	return max_u64(memory / 4, NS_MEMORY_DEFAULT_LEAST);
}

static unsigned default_threads(void)
{
	cpu_set_t set;
	if (sched_getaffinity(0, sizeof set, &set) != 0)
		return 1;
	int n = CPU_COUNT(&set);
	return n < 1 ? 1 : n > THREADS_MAX ? THREADS_MAX : (unsigned)n;
}

static const struct budget *given;

void budget_set(const struct budget *budget)
{
	given = budget;
}

int budget_open(struct budget *out, uint64_t memory, uint32_t threads,
                struct ns_error *err)
{
	if (memory && memory < NS_MEMORY_LEAST)
		return err_set(err, NS_E_USAGE, "a build needs at least %u MiB "
		               "of memory", NS_MEMORY_LEAST / MIB);
	if (threads > THREADS_MAX)
		return err_set(err, NS_E_USAGE, "at most %u threads",
		               THREADS_MAX);
	if (given) {
		*out = *given;
		return NS_OK;
	}
	out->all = memory ? memory : default_memory();
	out->threads = threads ? threads : default_threads();
	/* a thread needs some megabytes before it has a word */
	while (!threads && out->threads > 1 &&
	       out->all / out->threads < NS_MEMORY_LEAST / 2)
		out->threads--;
	uint64_t rest = out->all - FIXED;
	out->inverter = (size_t)(rest * 3 / 8 / out->threads);
	out->texts = (size_t)(rest / 16);
	out->sketches = (size_t)(rest / 64);
	out->records = (size_t)(rest / 4) - out->texts - out->sketches;
	out->docs = (size_t)(rest * 3 / 8);
	out->run = (size_t)(rest / 4 / out->threads);
	out->lists = (size_t)(rest / 8);
	out->long_list = (size_t)(rest / 64 / out->threads);
	out->load = MIB / 2;
	out->range = out->worth = MIB;
	return NS_OK;
}

int budget_order(struct budget *budget, struct ns_error *err)
{
	size_t left = budget_left(budget, ORDER) / budget->threads;
	if (given)
		return NS_OK;
	if (budget->all < NS_MEMORY_ORDER_LEAST)
		return err_set(err, NS_E_USAGE, "an index in the order bp needs "
		               "at least %u MiB of memory",
		               NS_MEMORY_ORDER_LEAST / MIB);
	budget->run = min_size(budget->run, left);
	return NS_OK;
}
