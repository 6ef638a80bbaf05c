/* nsindex_report.c — what came of a build: told while it runs, and at its end. */
#include <errno.h>

#include "tools/nsindex.h"
#include "tools/numbers.h"
#include "tools/sanitize.h"

static const char program[] = "nsindex";

enum { TELL_MOST = 20 };

bool told_open_log(struct told *told, const char *path)
{
	if (!path)
		return true;
	told->log_path = path;
	told->log = fopen(path, "we");
	if (!told->log)
		cli_say(program, "%s: cannot be written: %s", path,
		        strerror(errno));
	return told->log != NULL;
}

bool told_close_log(struct told *told)
{
	if (!told->log)
		return true;
	bool written = !ferror(told->log);
	written &= fclose(told->log) == 0;
	told->log = NULL;
	if (!written)
		cli_say(program, "%s: could not be written to its end: %s",
		        told->log_path, strerror(errno));
	return written;
}

/* "refused TAB PLACE TAB REASON"; a tab in a name is no tab in the log. */
static void log_event(const struct told *told, const struct source_event *event,
                      const char *kind)
{
	fprintf(told->log, "%s\t", kind);
	sanitize_write(told->log, event->place, strlen(event->place), true);
	fputc('\t', told->log);
	sanitize_write(told->log, event->reason, strlen(event->reason), true);
	fputc('\n', told->log);
}

void told_event(struct told *told, const struct source_event *event)
{
	static const char *const kinds[] = {[SOURCE_REFUSED] = "refused",
		[SOURCE_PASSED_OVER] = "passed over", [SOURCE_NOTED] = "noted"};
	uint64_t *n = &told->by_reason[event->kind][event->why];
	if (told->log)
		log_event(told, event, kinds[event->kind]);
	if ((told->strict && event->kind == SOURCE_REFUSED) ||
	    (event->kind == SOURCE_PASSED_OVER &&
	     source_reason_is_routine(event->why)))
		return;
	if (++*n <= TELL_MOST)
		cli_say(program, "%s: %s: %s", event->place, kinds[event->kind],
		        event->reason);
}

/* "1 bad JSON, 2 no text" */
static void print_reasons(const uint64_t *by_reason)
{
	char number[NUMBER_SIZE];
	const char *between = ": ";
	for (unsigned i = 0; i < SOURCE_REASONS; i++) {
		if (!by_reason[i])
			continue;
		fprintf(stderr, "%s%s %s", between,
		        number_grouped(number, by_reason[i]),
		        source_reason_name((enum source_reason)i));
		between = ", ";
	}
}

static void line(const char *name, uint64_t n, const char *what)
{
	char number[NUMBER_SIZE];
	if (n)
		fprintf(stderr, "  %-12s %9s %s\n", name,
		        number_grouped(number, n), what);
}

static void line_reasons(const char *name, uint64_t n,
                         const uint64_t *by_reason)
{
	char number[NUMBER_SIZE];
	if (!n)
		return;
	fprintf(stderr, "  %-12s %9s", name, number_grouped(number, n));
	print_reasons(by_reason);
	fputc('\n', stderr);
}

void told_rest(const struct told *told)
{
	char number[NUMBER_SIZE];
	for (unsigned kind = 0; kind < SOURCE_EVENT_KINDS; kind++)
		for (unsigned i = 0; i < SOURCE_REASONS; i++)
			if (told->by_reason[kind][i] > TELL_MOST)
				fprintf(stderr, "  … and %s more: %s\n",
				        number_grouped(number,
				        told->by_reason[kind][i] - TELL_MOST),
				        source_reason_name((enum source_reason)i));
}

void report_print(const struct build_facts *facts)
{
	char number[NUMBER_SIZE], size[NUMBER_SIZE], time[NUMBER_SIZE];
	char after[NUMBER_SIZE];
	const ns_build_report *built = facts->built;
	const struct source_report *read = facts->read;
	told_rest(facts->told);
	if (facts->added)
		cli_say(program, "added %s article%s in %s; %s holds %s now, %s",
		        number_grouped(number, built->indexed),
		        built->indexed == 1 ? "" : "s",
		        number_duration(time, facts->seconds), facts->dir,
		        number_grouped(after, built->articles_after),
		        number_size(size, built->bytes_index));
	else
		cli_say(program, "indexed %s article%s in %s; %s in %s",
		        number_grouped(number, built->indexed),
		        built->indexed == 1 ? "" : "s",
		        number_duration(time, facts->seconds),
		        number_size(size, built->bytes_index), facts->dir);
	line("replaced", built->replaced - built->duplicates,
	     "by a later one with the same id");
	line("duplicate", built->duplicates,
	     "found again with the same title, body and section");
	line("decoded", read->decoded, "from other encodings than UTF-8");
	line("mended", read->mended, "with text that had been encoded twice");
	line("repaired", read->repaired, "with bytes that are no UTF-8");
	line("cut off", read->noted, "with a part missing, used as far as they go");
	line("undated", read->dates_dropped,
	     "with a date that was not understood");
	line("title alone", read->titles_alone, "without a text; of tables and JSON "
	     "--map body=NAME says where it is");
	line_reasons("refused", read->refused, read->refused_by);
	line_reasons("passed over", read->passed_over, read->passed_over_by);
	line("left out", read->attachments, "attachments of messages");
	line("left out", read->furniture,
	     "lines of page furniture (photo credits and the like)");
	line("long words", built->words_overlong,
	     "of over 255 bytes are not indexed");
	line("long values", built->values_overlong,
	     "of over 255 bytes are kept, not indexed");
	line("very long", built->lengths_capped,
	     "articles of over 65,535 words count as that long");
}
