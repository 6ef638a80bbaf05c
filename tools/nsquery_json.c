/* nsquery_json.c — what does a program get to read of a hit?
 *
 * One JSON object a line, in a fixed order; facts that the article lacks are
 * left out:
 *
 *   {"rank":1,"score":9.8712345,"id":"…","title":"…","section":"World",
 *    "author":"A. Ray","lang":"en","topics":["rain"],"places":["Sochi"],
 *    "date":"2017-04-06","url":"…","source":"page.txt:12","snippet":"…",
 *    "highlights":[[9,15],[40,47]],"copies":37,"first_date":"2017-04-05",
 *    "longest":"…"}
 *
 * nsquery.schema.json describes it.
 *
 * highlights are byte ranges in the UTF-8 of the snippet.  So a string is never
 * changed on its way out: what may not be shown on a terminal (sanitize.h), and
 * U+2028/9, which end a line in JavaScript, are escaped, and come back as they
 * were when the line is read.
 *
 * Written here and not by yajl_gen: that leaves U+2028 and ESC's relatives in
 * C1 as they are, and prints numbers with the decimal sign of the locale.
 */
#include "tools/nsquery.h"

#include <inttypes.h>

#include "tools/numbers.h"
#include "tools/sanitize.h"

static void put_escape(FILE *file, uint32_t code)
{
	if (code > 0xFFFF) {
		code -= 0x10000;
		fprintf(file, "\\u%04x\\u%04x", 0xD800u + (code >> 10),
		        0xDC00u + (code & 0x3FF));
	} else {
		fprintf(file, "\\u%04x", code);
	}
}

void nsquery_put_string(FILE *file, ns_text text)
{
	fputc('"', file);
	for (size_t i = 0, n; i < text.size; i += n) {
		uint32_t code = sanitize_decode(text.data + i, text.size - i,
		                                &n);
		if (code == '"' || code == '\\')
			fprintf(file, "\\%c", (char)code);
		else if (code == '\n')
			fputs("\\n", file);
		else if (code == '\t')
			fputs("\\t", file);
		else if (!sanitize_harmless(code) || code == 0x2028 ||
		         code == 0x2029)
			put_escape(file, code);
		else if (code == 0xFFFD)
			fputs("\xEF\xBF\xBD", file);
		else
			fwrite(text.data + i, 1, n, file);
	}
	fputc('"', file);
}

static void put_member(FILE *file, const char *name, ns_text text)
{
	if (!text.size)
		return;
	fprintf(file, ",\"%s\":", name);
	nsquery_put_string(file, text);
}

void nsquery_put_lines(FILE *file, const char *name, ns_text lines)
{
	char before = '[';
	size_t n;
	if (!lines.size)
		return;
	fprintf(file, ",\"%s\":", name);
	for (size_t at = 0; at < lines.size; at += n + 1) {
		const char *line = lines.data + at;
		const char *end = memchr(line, '\n', lines.size - at);
		n = end ? (size_t)(end - line) : lines.size - at;
		if (!n)
			continue;
		fputc(before, file);
		nsquery_put_string(file, (ns_text){line, n});
		before = ',';
	}
	fputs(before == '[' ? "[]" : "]", file);
}

static void put_ranges(FILE *file, const ns_range *ranges, size_t n)
{
	fputs(",\"highlights\":[", file);
	for (size_t i = 0; i < n; i++)
		fprintf(file, "%s[%" PRIu32 ",%" PRIu32 "]", i ? "," : "",
		        ranges[i].start, ranges[i].end);
	fputc(']', file);
}

void nsquery_print_json(FILE *file, const char *qid, const ns_hit *hit)
{
	char score[NUMBER_SIZE], date[NUMBER_SIZE];
	fputc('{', file);
	if (qid) {
		fputs("\"qid\":", file);
		nsquery_put_string(file, ns_text_of(qid));
		fputc(',', file);
	}
	fprintf(file, "\"rank\":%" PRIu64 ",\"score\":%s", hit->rank,
	        number_fixed(score, hit->score, 7));
	put_member(file, "id", hit->id);
	put_member(file, "title", hit->title);
	put_member(file, "section", hit->section);
	put_member(file, "author", hit->author);
	put_member(file, "lang", hit->lang);
	nsquery_put_lines(file, "topics", hit->topics);
	nsquery_put_lines(file, "places", hit->places);
	put_member(file, "date",
	           ns_text_of(number_date(date, hit->date, hit->date_is_day)));
	put_member(file, "url", hit->url);
	put_member(file, "source", hit->source);
	put_member(file, "snippet", hit->snippet);
	if (hit->snippet.size)
		put_ranges(file, hit->highlights, hit->n_highlights);
	put_member(file, "explanation", hit->explanation);
	if (hit->copies)
		fprintf(file, ",\"copies\":%" PRIu64, hit->copies);
	put_member(file, "first_date",
	           ns_text_of(number_date(date, hit->first_date,
	                                  hit->first_is_day)));
	put_member(file, "longest", hit->longest);
	fputs("}\n", file);
}
