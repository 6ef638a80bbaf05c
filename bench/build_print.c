#include <inttypes.h>

#include "bench/build.h"
#include "bench/field_size.h"
#include "tools/cli.h"
#include "tools/numbers.h"

enum { NAME = 26 };

static double mb_s(const struct build_round *round, double seconds)
{
	return seconds > 0 ? (double)round->bytes_body * 1e-6 / seconds : 0;
}

static double bits(uint64_t bytes, uint64_t n)
{
	return n ? 8 * (double)bytes / (double)n : 0;
}

/* What the lists of the field take for docs and frequencies. */
static uint64_t post_bytes(const struct stat_field *field)
{
	return postings_cost_post(&field->lists) + field->padding;
}

static void print_time(const char *name, const struct build_round *round,
                       double seconds)
{
	char time[NUMBER_SIZE], speed[NUMBER_SIZE];
	printf("  %-*s%10s s", NAME - 2, name, number_fixed(time, seconds, 3));
	if (seconds >= 0.0005)
		printf("%10s MB/s", number_fixed(speed, mb_s(round, seconds), 1));
	putchar('\n');
}

static void print_size(const char *name, uint64_t bytes, uint64_t body)
{
	char number[NUMBER_SIZE], share[NUMBER_SIZE];
	if (bytes)
		printf("  %-*s%15s%8s %%\n", NAME - 2, name,
		       number_grouped(number, bytes),
		       number_fixed(share, body ? 100 * (double)bytes /
		                                  (double)body : 0, 1));
}

static void print_bits(const char *name, uint64_t bytes, uint64_t n,
                       const char *each)
{
	char number[NUMBER_SIZE], size[NUMBER_SIZE];
	printf("  %-*s%15s%8s bits %s\n", NAME - 2, name,
	       number_grouped(size, bytes),
	       number_fixed(number, bits(bytes, n), 2), each);
}

static void print_lists(const struct stat_field *text)
{
	const struct postings_cost *lists = &text->lists;
	puts("\nlists of the field text in bytes");
	print_bits("docs and frequencies", post_bytes(text), text->in_post,
	           "a posting");
	print_bits("positions", lists->positions, text->in_posn,
	           "a position");
	print_bits("forms", lists->forms, text->in_posn, "a position");
}

void build_print(const struct build_figures *figures)
{
	const struct build_round *best = &figures->best;
	char articles[NUMBER_SIZE], body[NUMBER_SIZE], memory[NUMBER_SIZE];
	printf("nsindex build of %s articles with %s MB of bodies, best of "
	       "%" PRIu64 " round%s\n\n", number_grouped(articles, best->articles),
	       number_fixed(body, (double)best->bytes_body * 1e-6, 1),
	       figures->rounds, figures->rounds == 1 ? "" : "s");
	for (size_t i = 0; i < best->n_phases; i++)
		print_time(best->phases[i].name, best,
		           best->phases[i].seconds);
	print_time("all", best, best->seconds);
	print_time("time of processors", best, best->cpu);
	printf("  %-*s%12s\n", NAME - 2, "peak of memory",
	       number_size(memory, best->memory));
	print_lists(&figures->text);
	puts("\nsize in bytes, and as a part of the bodies");
	for (unsigned i = 0; i < CHUNKS + 2; i++)
		print_size(figures->names[i], figures->chunks[i],
		           best->bytes_body);
	print_size("all", best->bytes_index, best->bytes_body);
	print_size("text, no words and forms", field_size(&figures->text),
	           best->bytes_body);
}

/* ---- JSON ------------------------------------------------------------------ */

static void json_phases(const struct build_round *best)
{
	char seconds[NUMBER_SIZE], speed[NUMBER_SIZE];
	for (size_t i = 0; i < best->n_phases; i++)
		printf("%s\"%s\":{\"seconds\":%s,\"mb_s\":%s}", i ? "," : "",
		       best->phases[i].name,
		       number_fixed(seconds, best->phases[i].seconds, 3),
		       number_fixed(speed, mb_s(best, best->phases[i].seconds),
		                    1));
}

static void json_bits(const struct stat_field *text)
{
	char a[NUMBER_SIZE], b[NUMBER_SIZE], c[NUMBER_SIZE];
	printf("\"bits_posting\":%s,\"bits_position\":%s,\"bits_form\":%s,"
	       "\"bytes_field_text\":%" PRIu64 ",",
	       number_fixed(a, bits(post_bytes(text), text->in_post), 3),
	       number_fixed(b, bits(text->lists.positions, text->in_posn), 3),
	       number_fixed(c, bits(text->lists.forms, text->in_posn), 3),
	       field_size(text));
}

void build_print_json(const struct build_figures *figures)
{
	const struct build_round *best = &figures->best;
	char seconds[NUMBER_SIZE], cpu[NUMBER_SIZE], speed[NUMBER_SIZE];
	printf("{\"rounds\":%" PRIu64 ",\"articles\":%" PRIu64
	       ",\"bytes_body\":%" PRIu64 ",\"bytes_index\":%" PRIu64
	       ",\"seconds\":%s,\"cpu_seconds\":%s,\"mb_s\":%s"
	       ",\"peak_memory\":%" PRIu64 ",\"phases\":{",
	       figures->rounds, best->articles, best->bytes_body,
	       best->bytes_index, number_fixed(seconds, best->seconds, 3),
	       number_fixed(cpu, best->cpu, 3),
	       number_fixed(speed, mb_s(best, best->seconds), 1), best->memory);
	json_phases(best);
	printf("},");
	json_bits(&figures->text);
	printf("\"chunks\":{");
	for (unsigned i = 0; i < CHUNKS + 2; i++)
		printf("%s\"%s\":%" PRIu64, i ? "," : "", figures->names[i],
		       figures->chunks[i]);
	puts("}}");
}
