/* nsquery_table.c — hits for spreadsheets and for evaluation.
 *
 *   csv   RFC 4180 with '\n' for line ends: a cell with a comma, a quote or a line
 *         end stands in quotes, quotes are doubled.  A cell that a spreadsheet
 *         would run as a formula (it begins with = + - @ or a tab) gets an
 *         apostrophe before it: titles are not to be trusted
 *   tsv   a line end and a backslash in a cell are \n and \\; a tab is a blank
 *   trec  "QID Q0 ID RANK SCORE ns": what trec_eval reads; a blank in an id
 *         becomes '_'
 *
 * csv and tsv begin with a line of names, and pass sanitize.h.  The last three columns
 * are there where hits are collapsed.
 */
#include "tools/nsquery.h"

#include <inttypes.h>

#include "tools/numbers.h"
#include "tools/sanitize.h"

static const char *const names[] = {
	"qid", "rank", "score", "id", "title", "section", "date", "url",
	"source", "snippet", "copies", "first_date", "longest",
};
enum { COLUMNS = sizeof names / sizeof *names, OF_COPIES = 3 };

/* Writes a text without what a terminal must not see; escape (may be NULL) gives
 * the string that stands for a character, or NULL. */
static void put_harmless(FILE *file, ns_text text,
                         const char *(*escape)(uint32_t code))
{
	for (size_t i = 0; i < text.size;) {
		struct sanitize_char c = sanitize_next(text.data + i,
		                                       text.size - i, false);
		const char *other = escape(c.code);
		if (other)
			fputs(other, file);
		else
			fwrite(c.bytes, 1, c.size, file);
		i += c.consumed;
	}
}

static const char *csv_escape(uint32_t code)
{
	return code == '"' ? "\"\"" : NULL;
}

static void put_csv(FILE *file, ns_text text)
{
	bool quoted = false;
	for (size_t i = 0; i < text.size; i++)
		quoted |= text.data[i] && strchr(",\"\r\n", text.data[i]);
	if (quoted)
		fputc('"', file);
	if (text.size && text.data[0] && strchr("=+-@\t", text.data[0]))
		fputc('\'', file);
	put_harmless(file, text, csv_escape);
	if (quoted)
		fputc('"', file);
}

/* A tab in the text has become a blank already. */
static const char *tsv_escape(uint32_t code)
{
	return code == '\n' ? "\\n" : code == '\\' ? "\\\\" : NULL;
}

static void put_tsv(FILE *file, ns_text text)
{
	put_harmless(file, text, tsv_escape);
}

static void put_cell(FILE *file, bool csv, size_t column, ns_text text)
{
	if (column)
		fputc(csv ? ',' : '\t', file);
	if (csv)
		put_csv(file, text);
	else
		put_tsv(file, text);
}

static size_t columns_of(bool collapsed)
{
	return collapsed ? COLUMNS : COLUMNS - OF_COPIES;
}

void nsquery_print_names(FILE *file, bool csv, bool collapsed)
{
	for (size_t i = 0; i < columns_of(collapsed); i++)
		put_cell(file, csv, i, ns_text_of(names[i]));
	fputc('\n', file);
}

void nsquery_print_row(FILE *file, bool csv, bool collapsed, const char *qid,
                       const ns_hit *hit)
{
	char rank[NUMBER_SIZE], score[NUMBER_SIZE], date[NUMBER_SIZE];
	char copies[NUMBER_SIZE], first[NUMBER_SIZE];
	snprintf(rank, sizeof rank, "%" PRIu64, hit->rank);
	snprintf(copies, sizeof copies, "%" PRIu64, hit->copies);
	const ns_text cells[COLUMNS] = {
		ns_text_of(qid), ns_text_of(rank),
		ns_text_of(number_fixed(score, hit->score, 7)), hit->id,
		hit->title, hit->section,
		ns_text_of(number_date(date, hit->date, hit->date_is_day)),
		hit->url, hit->source, hit->snippet, ns_text_of(copies),
		ns_text_of(number_date(first, hit->first_date,
		                       hit->first_is_day)),
		hit->longest,
	};
	for (size_t i = 0; i < columns_of(collapsed); i++)
		put_cell(file, csv, i, cells[i]);
	fputc('\n', file);
}

static void put_token(FILE *file, ns_text text)
{
	for (size_t i = 0; i < text.size; i++)
		fputc((unsigned char)text.data[i] <= ' ' ? '_' : text.data[i],
		      file);
}

void nsquery_print_trec(FILE *file, const char *qid, const ns_hit *hit)
{
	char score[NUMBER_SIZE];
	put_token(file, ns_text_of(qid));
	fputs(" Q0 ", file);
	put_token(file, hit->id);
	fprintf(file, " %" PRIu64 " %s ns\n", hit->rank,
	        number_fixed(score, hit->score, 7));
}
