/* nsquery_text.c — what does a person get to see of a hit?
 *
 *    1  Chemical attack in Idlib
 *       World · 2017-04-06 · 9.87 · page.txt:12
 *       … The chemical attack came at dawn, and the hospital that took in the
 *       wounded was struck in the afternoon. …
 *
 * Where hits are collapsed, a line between facts and snippet tells of the others:
 *       +37 copies, first seen 2017-04-05, longest 4711
 *
 * On a terminal the title and the matches are bold, the facts dim.  In a pipe the
 * same text stands without any mark: a mark made of letters could not be told
 * from the article.  (Programs read --format=jsonl, which has the ranges.)
 *
 * The snippet is wrapped between words, by the columns that a character takes on
 * a terminal.  All text passes the sanitizer.
 */
#include "tools/nsquery.h"

#include <inttypes.h>

#include <utf8proc.h>

#include "tools/numbers.h"
#include "tools/sanitize.h"

enum { INDENT = 5, LINE_MOST = 100, LINE_LEAST = 24 };

#define BOLD "\x1b[1m"
#define DIM "\x1b[2m"
#define PLAIN "\x1b[0m"

struct writer {
	FILE *file;
	const struct text_style *style;
	const ns_range *ranges; /* what is bold in the text being written */
	size_t n_ranges;
	bool bold;
};

static void paint(const struct writer *writer, const char *code)
{
	if (writer->style->colours)
		fputs(code, writer->file);
}

static unsigned width_of(const ns_text text, size_t start, size_t end)
{
	unsigned width = 0;
	while (start < end) {
		struct sanitize_char next = sanitize_next(
			text.data + start, end - start, true);
		int columns = next.size ? utf8proc_charwidth(
			(utf8proc_int32_t)next.code) : 0;
		width += columns > 0 ? (unsigned)columns : 0;
		start += next.consumed;
	}
	return width;
}

unsigned nsquery_width(ns_text text)
{
	return width_of(text, 0, text.size);
}

/* Writes bytes [start, end), turning bold on and off where ranges say. */
static void put_piece(struct writer *writer, ns_text text, size_t start,
                      size_t end)
{
	while (start < end) {
		while (writer->n_ranges && writer->ranges->end <= start) {
			writer->ranges++;
			writer->n_ranges--;
		}
		bool bold = writer->n_ranges && writer->ranges->start <= start;
		if (bold != writer->bold)
			paint(writer, bold ? BOLD : PLAIN);
		writer->bold = bold;
		struct sanitize_char next = sanitize_next(
			text.data + start, end - start, true);
		fwrite(next.bytes, 1, next.size, writer->file);
		start += next.consumed;
	}
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n';
}

static void indent(FILE *file)
{
	fprintf(file, "%*s", INDENT, "");
}

static void end_line(struct writer *writer)
{
	if (writer->bold)
		paint(writer, PLAIN);
	writer->bold = false;
	fputc('\n', writer->file);
}

/* Words stand on lines of `columns`; a longer one has a line of its own.  The
 * first line is indented already. */
static void put_wrapped(struct writer *writer, ns_text text, unsigned columns)
{
	unsigned used = 0;
	for (size_t at = 0; at < text.size;) {
		size_t start = at;
		while (start < text.size && is_blank(text.data[start]))
			start++;
		size_t end = start;
		while (end < text.size && !is_blank(text.data[end]))
			end++;
		unsigned width = width_of(text, start, end);
		if (start == end)
			break;
		if (used && used + 1 + width > columns) {
			end_line(writer);
			indent(writer->file);
			used = 0;
		} else if (used) {
			put_piece(writer, text, start - 1, start);
			used++;
		}
		put_piece(writer, text, start, end);
		used += width ? width : 1;
		at = end;
	}
	end_line(writer);
}

static void put_fact(struct writer *writer, ns_text fact, bool *first)
{
	if (!fact.size)
		return;
	if (!*first)
		fputs(" · ", writer->file);
	*first = false;
	sanitize_write(writer->file, fact.data, fact.size, true);
}

static void put_facts(struct writer *writer, const ns_hit *hit)
{
	char date[NUMBER_SIZE], score[NUMBER_SIZE];
	bool first = true;
	if (!hit->section.size && !hit->source.size && !(hit->score > 0) &&
	    !*number_date(date, hit->date, true))
		return;
	indent(writer->file);
	paint(writer, DIM);
	put_fact(writer, hit->section, &first);
	put_fact(writer, ns_text_of(number_date(date, hit->date, true)), &first);
	/* a query of filters alone has no scores */
	if (hit->score > 0)
		put_fact(writer, ns_text_of(number_fixed(score, hit->score, 2)),
		         &first);
	put_fact(writer, hit->source, &first);
	paint(writer, PLAIN);
	fputc('\n', writer->file);
}

static void put_copies(struct writer *writer, const ns_hit *hit)
{
	char number[NUMBER_SIZE], date[NUMBER_SIZE];
	if (!hit->copies)
		return;
	indent(writer->file);
	paint(writer, DIM);
	fprintf(writer->file, "+%s %s", number_grouped(number, hit->copies),
	        hit->copies == 1 ? "copy" : "copies");
	if (*number_date(date, hit->first_date, true))
		fprintf(writer->file, ", first seen %s", date);
	fputs(", longest ", writer->file);
	sanitize_write(writer->file, hit->longest.data, hit->longest.size, true);
	paint(writer, PLAIN);
	fputc('\n', writer->file);
}

/* Lines are kept: they are aligned. */
static void put_lines(struct writer *writer, ns_text lines)
{
	for (size_t at = 0; at < lines.size;) {
		const char *start = lines.data + at;
		const char *stop = memchr(start, '\n', lines.size - at);
		size_t n = stop ? (size_t)(stop - start) : lines.size - at;
		indent(writer->file);
		sanitize_write(writer->file, start, n, true);
		fputc('\n', writer->file);
		at += n + 1;
	}
}

void nsquery_print_text(FILE *file, const struct text_style *style,
                        const ns_hit *hit, bool first)
{
	unsigned columns = style->columns < LINE_MOST ? style->columns
	                                              : LINE_MOST;
	columns = columns > INDENT + LINE_LEAST ? columns - INDENT : LINE_LEAST;
	ns_text title = hit->title.size ? hit->title : ns_text_of("(untitled)");
	const ns_range all = {0, UINT32_MAX};
	struct writer writer = {file, style, &all, 1, false};
	if (!first)
		fputc('\n', file);
	fprintf(file, "%*" PRIu64 "  ", INDENT - 2, hit->rank);
	put_wrapped(&writer, title, columns);
	put_facts(&writer, hit);
	put_copies(&writer, hit);
	writer.ranges = hit->highlights;
	writer.n_ranges = hit->n_highlights;
	if (hit->snippet.size) {
		indent(file);
		put_wrapped(&writer, hit->snippet, columns);
	}
	put_lines(&writer, hit->explanation);
}
