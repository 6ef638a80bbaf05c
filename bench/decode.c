#include "bench/decode.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "tools/cli.h"

static const char program[] = "nsbench";

enum { HOT_TIMES = 100, HOT_TRIES = 4, READ_TRIES = 16, PADDING = 64 };

static const struct { const char *name; enum cpu_level level; }
levels[LEVELS] = {{"scalar", CPU_SCALAR}, {"avx2", CPU_AVX2},
                  {"avx512", CPU_AVX512}};

const char *decode_level_name(unsigned level)
{
	return levels[level].name;
}

static double now(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static void keep_best(double *best, double amount, double start)
{
	double rate = amount / (now() - start);
	if (rate > *best)
		*best = rate;
}

static void measure_clock(struct decode_figures *figures)
{
	unsigned x = 0, n = 1 << 20;
	double start = now();
	for (unsigned i = 0; i < n; i++) {
		x++;
		__asm__ volatile("" : "+r"(x));
	}
	keep_best(&figures->clock, n, start);
}

/* Puts the window out of every cache; false where that cannot be done. */
static bool flush(const uint8_t *window)
{
#if defined(__x86_64__)
	for (size_t i = 0; i < SAMPLE_WINDOW; i += 64)
		__builtin_ia32_clflush(window + i);
	__builtin_ia32_mfence();
	return true;
#else
	(void)window;
	return false;
#endif
}

/* A word of each line: a loop that adds every word keeps fewer lines in flight
 * (11.5 GB/s where this has 20, and AVX-512 unpacks at 14). */
static void measure_reading(const uint8_t *window,
                            struct decode_figures *figures)
{
	uint64_t sum = 0;
	if (!flush(window))
		return;
	double start = now();
	for (size_t i = 0; i < SAMPLE_WINDOW; i += 64) {
		uint64_t word;
		memcpy(&word, window + i, 8);
		sum += word;
	}
	__asm__ volatile("" : : "r"(sum));
	keep_best(&figures->bytes, SAMPLE_WINDOW, start);
}

static bool measure_hot(const struct sample *sample, enum work work,
                        double *best)
{
	bool good = true;
	for (unsigned try = 0; try < HOT_TRIES; try++) {
		double start = now();
		for (unsigned i = 0; i < HOT_TIMES; i++)
			good &= works[work].read(sample, SAMPLE_BLOCKS);
		keep_best(best, HOT_TIMES * SAMPLE_BLOCKS * BLOCK_DOCS, start);
	}
	return good;
}

static bool measure_cold(const struct sample *sample, enum work work,
                         double *best)
{
	if (!sample->n || !flush(sample->bytes))
		return true;
	double start = now();
	bool good = works[work].read(sample, sample->n);
	keep_best(best, (double)sample->n * BLOCK_DOCS, start);
	return good;
}

static bool measure_sample(const struct sample *sample, unsigned level,
                           struct decode_figures *figures)
{
	bool good = true;
	for (unsigned work = 0; work < WORKS; work++)
		if (work_reads((enum work)work, sample))
			good &= measure_hot(sample, (enum work)work,
			                    &figures->ints[HOT][level][work]
			                            [sample->width]) &&
			        measure_cold(sample, (enum work)work,
			                     &figures->ints[COLD][level][work]
			                             [sample->width]);
	return good;
}

/* The work of a child: one level, once. */
static bool measure_level(unsigned level, uint8_t *window,
                          struct decode_figures *figures)
{
	setenv("NS_CPU", levels[level].name, 1);
	if (cpu_level() != levels[level].level)
		return true;
	struct sample sample = {.kernels = pack_kernels(cpu_level()),
	                        .bytes = window};
	bool good = true;
	measure_clock(figures);
	for (unsigned i = 0; i < ENCODINGS * WIDTHS; i++)
		if (sample_make(&sample, (enum encoding)(i / WIDTHS),
		                i % WIDTHS))
			good &= measure_sample(&sample, level, figures);
	for (unsigned try = 0; try < READ_TRIES; try++)
		measure_reading(window, figures);
	return good;
}

static bool run_child(unsigned level, uint8_t *window,
                      struct decode_figures *figures)
{
	int ending;
	pid_t child = fork();
	if (!child)
		_exit(!measure_level(level, window, figures));
	if (child < 0 || waitpid(child, &ending, 0) < 0) {
		cli_say(program, "cannot start a process");
		return false;
	}
	if (!ending)
		return true;
	cli_say(program, "a block was refused, or its reader failed (%s)",
	        levels[level].name);
	return false;
}

static void *share(size_t size)
{
	void *memory = mmap(NULL, size, PROT_READ | PROT_WRITE,
	                    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	return memory == MAP_FAILED ? NULL : memory;
}

static int bench(uint64_t rounds, bool json)
{
	struct decode_figures *figures = share(sizeof *figures);
	uint8_t *window = share(SAMPLE_WINDOW + PADDING);
	bool good = figures && window;
	if (!good)
		cli_say(program, "memory ended");
	for (uint64_t i = 0; good && i < rounds * LEVELS; i++)
		good = run_child((unsigned)(i % LEVELS), window, figures);
	if (good && json)
		decode_print_json(figures);
	else if (good)
		decode_print(figures, rounds);
	if (figures)
		munmap(figures, sizeof *figures);
	if (window)
		munmap(window, SAMPLE_WINDOW + PADDING);
	return good ? CLI_DONE : CLI_ERROR;
}

int bench_decode(int argc, char **argv)
{
	uint64_t rounds = 10;
	bool json = false;
	const struct cli_option options[] = {
		{"rounds", 0, CLI_NUMBER, "N", "rounds; the best of each "
		 "figure counts (10)", &rounds, 1, 100000},
		{"json", 0, CLI_FLAG, NULL, "print a JSON line for each "
		 "figure", &json, 0, 0},
		CLI_STANDARD_OPTIONS,
	};
	const struct cli cli = {
		.program = "nsbench decode", .usage = "[OPTION]...",
		.about = "Times the reading of blocks of postings by level of "
		         "instructions, encoding and\nwidth, in cache and "
		         "from memory.",
		.options = options,
		.n_options = sizeof options / sizeof *options,
	};
	int n, code = cli_parse(&cli, argc, argv, &n);
	if (code != CLI_GO_ON)
		return code;
	if (n)
		return cli_usage_error(&cli, "decode takes no operand");
	return bench(rounds, json);
}
