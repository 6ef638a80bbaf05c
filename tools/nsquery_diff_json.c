/* nsquery_diff_json.c — what does a program get to read of two versions of a story?
 *
 * One JSON object:
 *
 *   {"same":false,"old":{"id":"a","title":"…","date":"2017-04-06",…},"new":{…},
 *    "hunks":[{"old":[12,19],"new":[12,21],"removed":"balcony","added":"terrace"}],
 *    "coarse":0}
 *
 * same: title and body have the same words.  old and new of a hunk are byte ranges of
 * the bodies, removed and added what stands there.  coarse: words that were too
 * different to be compared one by one.  Facts that an article lacks are left out.
 */
#include "tools/nsquery_diff.h"

#include <inttypes.h>

#include "tools/numbers.h"

static void put_article(FILE *file, const char *name, const ns_article *article)
{
	char date[NUMBER_SIZE];
	const struct {
		const char *name;
		ns_text value;
	} facts[] = {
		{"title", article->title}, {"section", article->section},
		{"date", ns_text_of(number_date(date, article->date,
		                                article->date_is_day))},
		{"author", article->author}, {"url", article->url},
		{"lang", article->lang}, {"source", article->source},
	};
	fprintf(file, ",\"%s\":{\"id\":", name);
	nsquery_put_string(file, article->id);
	for (size_t i = 0; i < sizeof facts / sizeof *facts; i++) {
		if (!facts[i].value.size)
			continue;
		fprintf(file, ",\"%s\":", facts[i].name);
		nsquery_put_string(file, facts[i].value);
	}
	nsquery_put_lines(file, "topics", article->topics);
	nsquery_put_lines(file, "places", article->places);
	fputc('}', file);
}

static void put_piece(FILE *file, const char *name, ns_text body, size_t start,
                      size_t end)
{
	fprintf(file, ",\"%s\":", name);
	nsquery_put_string(file, (ns_text){body.data + start, end - start});
}

void nsquery_print_diff_json(FILE *file, const ns_diff *diff)
{
	const ns_article *old = ns_diff_article(diff, false);
	const ns_article *new = ns_diff_article(diff, true);
	size_t n;
	const ns_hunk *hunk = ns_diff_hunks(diff, &n);
	fprintf(file, "{\"same\":%s",
	        nsquery_diff_same(diff) ? "true" : "false");
	put_article(file, "old", old);
	put_article(file, "new", new);
	fputs(",\"hunks\":[", file);
	for (size_t i = 0; i < n; i++, hunk++) {
		fprintf(file, "%s{\"old\":[%zu,%zu],\"new\":[%zu,%zu]",
		        i ? "," : "", hunk->old_start, hunk->old_end,
		        hunk->new_start, hunk->new_end);
		put_piece(file, "removed", old->body, hunk->old_start,
		          hunk->old_end);
		put_piece(file, "added", new->body, hunk->new_start,
		          hunk->new_end);
		fputc('}', file);
	}
	fprintf(file, "],\"coarse\":%" PRIu64 "}\n", ns_diff_coarse(diff));
}
