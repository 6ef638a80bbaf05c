/* nsindex_json.c — what came of a build, as one JSON line for a program.
 *
 * nsindex.schema.json has the fields.  articles, indexed, replaced and refused are
 * of articles, so that they add up: what was refused as a file, before an article was
 * found in it, is refused_files.
 */
#include <inttypes.h>
#include <sys/resource.h>

#include "tools/nsindex.h"
#include "tools/numbers.h"

static void put(const char *name, uint64_t value)
{
	printf("\"%s\":%" PRIu64 ",", name, value);
}

static void put_seconds(const char *name, double seconds)
{
	char number[NUMBER_SIZE];
	putchar('"');
	for (; *name; name++)
		putchar(*name == ' ' ? '_' : *name);
	printf("\":%s", number_fixed(number, seconds, 3));
}

static uint64_t articles_refused(const struct source_report *read)
{
	static const enum source_reason of_articles[] = {
		SOURCE_LONG_LINE, SOURCE_LARGE_ARTICLE, SOURCE_BAD_JSON,
		SOURCE_BAD_XML, SOURCE_BAD_HTML, SOURCE_BAD_ROW,
		SOURCE_BAD_VALUE, SOURCE_NO_TEXT, SOURCE_LONG_ID,
		SOURCE_NOT_TAKEN,
	};
	uint64_t n = 0;
	for (size_t i = 0; i < sizeof of_articles / sizeof *of_articles; i++)
		n += read->refused_by[of_articles[i]];
	return n;
}

/* Reading is what the builder did not do, until the commit began. */
static void put_phases(const struct build_facts *facts)
{
	const ns_build_report *built = facts->built;
	double reading = facts->reading;
	for (uint32_t i = 0; i < built->n_phases; i++)
		if (!strcmp(built->phases[i].name, "adding"))
			reading -= built->phases[i].seconds;
	printf("\"phases\":{");
	put_seconds("reading", reading);
	for (uint32_t i = 0; i < built->n_phases; i++) {
		putchar(',');
		put_seconds(built->phases[i].name, built->phases[i].seconds);
	}
	printf("},");
}

/* Of the commit that was made; null where another writer has replaced it since. */
static void put_chunks(const struct build_facts *facts)
{
	ns_index *index;
	const char *name;
	uint64_t bytes;
	printf("\"chunks\":");
	if (ns_index_open_commit(&index, facts->dir, facts->built->generation,
	                         0, NULL) != NS_OK) {
		printf("null,");
		return;
	}
	for (unsigned i = 0; (name = ns_index_part(index, i, &bytes)); i++)
		printf("%c\"%s\":%" PRIu64, i ? ',' : '{', name, bytes);
	printf("},");
	ns_index_free(index);
}

static void put_input(const struct build_facts *facts)
{
	const ns_build_report *built = facts->built;
	const struct source_report *read = facts->read;
	uint64_t refused = articles_refused(read);
	put("articles", read->articles + refused);
	put("indexed", built->indexed);
	put("replaced", built->replaced);
	put("duplicates", built->duplicates);
	put("refused", refused);
	put("refused_files", read->refused - refused);
	put("passed_over", read->passed_over);
	put("decoded", read->decoded);
	put("mended", read->mended);
	put("repaired", read->repaired);
	put("undated", read->dates_dropped);
	put("titles_alone", read->titles_alone);
	put("files", read->files);
	put("bytes_in", read->bytes);
	put("bytes_body", facts->bytes_body);
}

static void put_index(const ns_build_report *built)
{
	put("bytes_text", built->bytes_text);
	put("bytes_index", built->bytes_index);
	put("tokens", built->tokens);
	put("postings", built->postings);
	put("articles_after", built->articles_after);
	put("segments", built->segments);
	put("merged", built->merged);
	put("dead", built->dead);
	put("generation", built->generation);
}

static void put_usage(double seconds)
{
	struct rusage usage = {0};
	getrusage(RUSAGE_SELF, &usage);
	put_seconds("seconds", seconds);
	putchar(',');
	put_seconds("cpu_seconds",
	            (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
	            (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) *
	            1e-6);
	printf(",\"peak_memory\":%" PRIu64, (uint64_t)usage.ru_maxrss * 1024);
}

void report_print_json(const struct build_facts *facts)
{
	putchar('{');
	put_input(facts);
	put_index(facts->built);
	put_chunks(facts);
	put_phases(facts);
	put_usage(facts->seconds);
	puts("}");
}
