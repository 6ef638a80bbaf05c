#include "bench/decode.h"

#include <inttypes.h>
#include <stdalign.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "format/pack.h"
#include "tools/cli.h"
#include "tools/numbers.h"

static const char program[] = "nsbench";

enum { LEVELS = 3, WIDTHS = PACK_WIDTH_MAX + 1, HOT_BLOCKS = 8,
       HOT_TIMES = 100, WINDOW = 16 << 20 };

enum place { HOT, COLD, PLACES };
enum work { UNPACK, DOCS, WORKS };

static const struct { const char *name; enum cpu_level level; }
levels[LEVELS] = {{"scalar", CPU_SCALAR}, {"avx2", CPU_AVX2},
                  {"avx512", CPU_AVX512}};
static const char *const places[PLACES] = {"l1", "memory"};
static const char *const works[WORKS] = {"unpack", "docs"};

/* Integers and bytes a second. */
struct figures {
	double ints[PLACES][WIDTHS][LEVELS][WORKS];
	double bytes, clock;
};

struct data {
	uint8_t *bytes;
	size_t size, window; /* window: where the next cold one starts */
};

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

static void measure_clock(struct figures *figures)
{
	unsigned x = 0, n = 10 << 20;
	double start = now();
	for (unsigned i = 0; i < n; i++) {
		x++;
		__asm__ volatile("" : "+r"(x));
	}
	keep_best(&figures->clock, n, start);
}

/* The next window, long out of every cache. */
static const uint8_t *next_window(struct data *data)
{
	data->window += WINDOW;
	if (data->window + WINDOW > data->size)
		data->window = 0;
	return data->bytes + data->window;
}

static void measure_reading(struct data *data, struct figures *figures)
{
	const uint8_t *window = next_window(data);
	uint64_t sum = 0;
	double start = now();
	for (size_t i = 0; i < WINDOW; i += 8) {
		uint64_t word;
		memcpy(&word, window + i, 8);
		sum += word;
	}
	__asm__ volatile("" : : "r"(sum));
	keep_best(&figures->bytes, WINDOW, start);
}

static void decode(const uint8_t *in, size_t n_blocks, unsigned width,
                   const struct pack_kernels *kernels, enum work work)
{
	alignas(64) uint32_t values[BLOCK_DOCS], docs[BLOCK_DOCS];
	for (size_t i = 0; i < n_blocks; i++) {
		kernels->unpack(values, in + i * pack_bytes(width), width);
		if (work == DOCS)
			kernels->prefix(docs, values, UINT32_MAX);
		__asm__ volatile("" : : "r"(values), "r"(docs) : "memory");
	}
}

static void measure(struct data *data, unsigned width, unsigned level,
                    enum work work, struct figures *figures)
{
	const struct pack_kernels *kernels = pack_kernels(levels[level].level);
	double start = now();
	for (unsigned i = 0; i < HOT_TIMES; i++)
		decode(data->bytes, HOT_BLOCKS, width, kernels, work);
	keep_best(&figures->ints[HOT][width][level][work],
	          HOT_TIMES * HOT_BLOCKS * BLOCK_DOCS, start);
	if (!width)
		return;
	size_t n = WINDOW / pack_bytes(width);
	const uint8_t *window = next_window(data);
	start = now();
	decode(window, n, width, kernels, work);
	keep_best(&figures->ints[COLD][width][level][work],
	          (double)n * BLOCK_DOCS, start);
}

static void run_round(struct data *data, struct figures *figures)
{
	measure_clock(figures);
	measure_reading(data, figures);
	for (unsigned width = 0; width < WIDTHS; width++)
		for (unsigned level = 0; level < LEVELS; level++)
			for (unsigned work = 0; work < WORKS; work++)
				if (levels[level].level <= cpu_level())
					measure(data, width, level,
					        (enum work)work, figures);
}

/* "12.3 (3.4)", or "-" where it was not measured. */
static void print_cell(double ints, double clock)
{
	char cell[2 * NUMBER_SIZE + 4] = "-", a[NUMBER_SIZE], b[NUMBER_SIZE];
	if (ints > 0)
		snprintf(cell, sizeof cell, "%s (%s)",
		         number_fixed(a, ints * 1e-9, 1),
		         number_fixed(b, ints / clock, 1));
	printf("%12s", cell);
}

static void print_table(const struct figures *figures, enum place place)
{
	printf("\n%s, G integers a second (a cycle)\nbits",
	       place == HOT ? "in L1" : "from memory");
	for (unsigned level = 0; level < LEVELS; level++)
		printf("%12s%12s", levels[level].name, "with sums");
	putchar('\n');
	for (unsigned width = place == COLD; width < WIDTHS; width++) {
		printf("%4u", width);
		for (unsigned level = 0; level < LEVELS; level++)
			for (unsigned work = 0; work < WORKS; work++)
				print_cell(figures->ints[place][width][level]
				                        [work],
				           figures->clock);
		putchar('\n');
	}
}

static void print(const struct figures *figures, uint64_t rounds)
{
	char clock[NUMBER_SIZE], bytes[NUMBER_SIZE];
	printf("blocks of 256, one thread, best of %" PRIu64 " rounds\n"
	       "clock %s GHz, memory read at %s GB/s by a plain loop\n",
	       rounds, number_fixed(clock, figures->clock * 1e-9, 2),
	       number_fixed(bytes, figures->bytes * 1e-9, 1));
	print_table(figures, HOT);
	print_table(figures, COLD);
}

static void print_json(const struct figures *figures)
{
	char a[NUMBER_SIZE], b[NUMBER_SIZE];
	printf("{\"clock_ghz\":%s,\"read_gb_s\":%s}\n",
	       number_fixed(a, figures->clock * 1e-9, 3),
	       number_fixed(b, figures->bytes * 1e-9, 3));
	for (unsigned i = 0; i < PLACES * WIDTHS * LEVELS * WORKS; i++) {
		unsigned work = i % WORKS, level = i / WORKS % LEVELS;
		unsigned width = i / WORKS / LEVELS % WIDTHS;
		unsigned place = i / WORKS / LEVELS / WIDTHS;
		double ints = figures->ints[place][width][level][work];
		if (ints > 0)
			printf("{\"place\":\"%s\",\"bits\":%u,\"level\":\"%s\","
			       "\"work\":\"%s\",\"g_ints_s\":%s,"
			       "\"ints_cycle\":%s}\n", places[place], width,
			       levels[level].name, works[work],
			       number_fixed(a, ints * 1e-9, 3),
			       number_fixed(b, ints / figures->clock, 3));
	}
}

static int bench(uint64_t size, uint64_t rounds, bool json)
{
	struct data data = {.bytes = malloc(size), .size = size};
	struct figures figures = {0};
	uint64_t number = 1;
	if (!data.bytes) {
		cli_say(program, "memory ended");
		return CLI_ERROR;
	}
	for (size_t i = 0; i + 8 <= size; i += 8) {
		number = number * 6364136223846793005u + 1442695040888963407u;
		memcpy(data.bytes + i, &number, 8);
	}
	for (uint64_t round = 0; round < rounds; round++)
		run_round(&data, &figures);
	if (json)
		print_json(&figures);
	else
		print(&figures, rounds);
	free(data.bytes);
	return CLI_DONE;
}

int bench_decode(int argc, char **argv)
{
	uint64_t rounds = 10, size = 256 << 20;
	bool json = false;
	const struct cli_option options[] = {
		{"memory", 0, CLI_SIZE, "SIZE", "read from so much memory: "
		 "several times the last cache (256M)", &size,
		 2 * WINDOW, 64ull << 30},
		{"rounds", 0, CLI_NUMBER, "N", "rounds; the best of each "
		 "figure counts (10)", &rounds, 1, 100000},
		{"json", 0, CLI_FLAG, NULL, "print a JSON line for each "
		 "figure", &json, 0, 0},
		CLI_STANDARD_OPTIONS,
	};
	const struct cli cli = {
		.program = "nsbench decode", .usage = "[OPTION]...",
		.about = "Times the kernels of packed blocks by width and "
		         "level of instructions.",
		.options = options,
		.n_options = sizeof options / sizeof *options,
	};
	int n, code = cli_parse(&cli, argc, argv, &n);
	if (code != CLI_GO_ON)
		return code;
	if (n)
		return cli_usage_error(&cli, "decode takes no operand");
	return bench(size, rounds, json);
}
