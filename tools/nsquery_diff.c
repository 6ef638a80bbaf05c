/* nsquery_diff.c — what does a person get to see of two versions of a story?
 *
 *       section World
 *     - date    2017-04-06
 *     + date    2017-04-07
 *     - source  page.txt:12
 *     + source  late.txt:3
 *
 *     … pushed an elderly woman off a [-balcony-] {+balcony, and killed her,+} in
 *     Jerusalem on Sunday. …
 *
 * Facts first, as lines: those that are the same once.  Then the body as wdiff
 * writes it, changes with some words around them; on a terminal in colours instead
 * of brackets, as a bracket may be the article's.  ¶ is the end of a paragraph that
 * was taken away or put in.  All text passes the sanitizer.
 */
#include "tools/nsquery_diff.h"

#include "tools/numbers.h"
#include "tools/sanitize.h"

enum { AROUND = 8, LINE_MOST = 100, LINE_LEAST = 24, NAME = 8 };

#define OLD "\x1b[31m"
#define NEW "\x1b[32m"
#define PLAIN "\x1b[0m"

static bool same_text(ns_text a, ns_text b)
{
	return a.size == b.size && (!a.size || !memcmp(a.data, b.data, a.size));
}

/* ---- facts --------------------------------------------------------------- */

static void put_fact(FILE *file, char mark, const char *name, ns_text value)
{
	if (!value.size)
		return;
	fprintf(file, "%c %-*s", mark, NAME, name);
	sanitize_write(file, value.data, value.size, true);
	fputc('\n', file);
}

static void put_facts(FILE *file, const ns_article *old, const ns_article *new)
{
	char dates[2][NUMBER_SIZE];
	const struct {
		const char *name;
		ns_text old, new;
	} facts[] = {
		{"id", old->id, new->id}, {"title", old->title, new->title},
		{"date", ns_text_of(number_date(dates[0], old->date,
		                                old->date_is_day)),
		         ns_text_of(number_date(dates[1], new->date,
		                                new->date_is_day))},
		{"section", old->section, new->section},
		{"topics", old->topics, new->topics},
		{"places", old->places, new->places},
		{"author", old->author, new->author},
		{"url", old->url, new->url}, {"lang", old->lang, new->lang},
		{"source", old->source, new->source},
	};
	for (size_t i = 0; i < sizeof facts / sizeof *facts; i++) {
		if (same_text(facts[i].old, facts[i].new)) {
			put_fact(file, ' ', facts[i].name, facts[i].old);
			continue;
		}
		put_fact(file, '-', facts[i].name, facts[i].old);
		put_fact(file, '+', facts[i].name, facts[i].new);
	}
}

/* ---- words --------------------------------------------------------------- */

struct writer {
	FILE *file;
	bool colours;
	unsigned columns, used; /* of a line; 0 used: at its start */
};

static size_t blank_at(ns_text text, size_t at)
{
	const unsigned char *s = (const unsigned char *)text.data + at;
	if (*s == ' ' || (*s >= 9 && *s <= 13))
		return 1;
	return *s == 0xC2 && at + 1 < text.size && s[1] == 0xA0 ? 2 : 0;
}

/* The next word, or "\n" for the end of a paragraph; false: none before end. */
static bool next_word(ns_text text, size_t *at, size_t end, ns_text *word)
{
	bool line_end = false;
	size_t n;
	while (*at < end && (n = blank_at(text, *at)) > 0) {
		line_end |= text.data[*at] == '\n';
		*at += n;
	}
	if (line_end) {
		*word = ns_text_of("\n");
		return true;
	}
	size_t start = *at;
	while (*at < end && !blank_at(text, *at))
		++*at;
	*word = (ns_text){text.data + start, *at - start};
	return *at > start;
}

static void end_line(struct writer *writer)
{
	if (writer->used)
		fputc('\n', writer->file);
	writer->used = 0;
}

/* A word with what stands before and behind it, on a line of its own if need be. */
static void put_word(struct writer *writer, const char *before, ns_text word,
                     const char *behind)
{
	unsigned width = nsquery_width(word) +
		(writer->colours ? 0 : (unsigned)(strlen(before) +
		                                  strlen(behind)));
	if (writer->used && writer->used + 1 + width > writer->columns)
		end_line(writer);
	if (writer->used)
		fputc(' ', writer->file);
	fputs(before, writer->file);
	sanitize_write(writer->file, word.data, word.size, true);
	fputs(behind, writer->file);
	writer->used += 1 + width;
}

static void put_dots(struct writer *writer)
{
	put_word(writer, "", ns_text_of("…"), "");
}

/* Words that were taken away or put in, bytes [at, end). */
static void put_change(struct writer *writer, ns_text text, size_t at,
                       size_t end, bool newer)
{
	const char *open = newer ? "{+" : "[-", *close = newer ? "+}" : "-]";
	if (writer->colours) {
		open = newer ? NEW : OLD;
		close = PLAIN;
	}
	ns_text word, next;
	bool first = true, more = next_word(text, &at, end, &word);
	while (more) {
		more = next_word(text, &at, end, &next);
		bool line_end = word.size == 1 && *word.data == '\n';
		put_word(writer, first || writer->colours ? open : "",
		         line_end ? ns_text_of("¶") : word,
		         !more || writer->colours ? close : "");
		if (line_end && newer)
			end_line(writer);
		first = false;
		word = next;
	}
}

static size_t count_words(ns_text text, size_t at, size_t end)
{
	size_t n = 0;
	for (ns_text word; next_word(text, &at, end, &word);)
		n++;
	return n;
}

/* Words that are the same: those that stand next to a change. */
static void put_same(struct writer *writer, ns_text text, size_t at, size_t end,
                     bool change_before, bool change_behind)
{
	size_t n = count_words(text, at, end), i = 0;
	size_t head = change_before ? AROUND : 0;
	size_t tail = change_behind ? AROUND : 0;
	for (ns_text word; next_word(text, &at, end, &word); i++) {
		bool cut = n > head + tail + 1;
		if (cut && i == head)
			put_dots(writer);
		if (cut && i >= head && i < n - tail)
			continue;
		if (word.size == 1 && *word.data == '\n')
			end_line(writer);
		else
			put_word(writer, "", word, "");
	}
}

static void put_body(struct writer *writer, const ns_diff *diff)
{
	ns_text old = ns_diff_article(diff, false)->body;
	ns_text new = ns_diff_article(diff, true)->body;
	size_t n, at = 0;
	const ns_hunk *hunk = ns_diff_hunks(diff, &n);
	if (n)
		fputc('\n', writer->file);
	for (size_t i = 0; i < n; i++, hunk++) {
		put_same(writer, new, at, hunk->new_start, i > 0, true);
		put_change(writer, old, hunk->old_start, hunk->old_end, false);
		put_change(writer, new, hunk->new_start, hunk->new_end, true);
		at = hunk->new_end;
	}
	if (n)
		put_same(writer, new, at, new.size, true, false);
	end_line(writer);
}

bool nsquery_diff_same(const ns_diff *diff)
{
	size_t n;
	ns_diff_hunks(diff, &n);
	return !n && same_text(ns_diff_article(diff, false)->title,
	                       ns_diff_article(diff, true)->title);
}

void nsquery_print_diff(FILE *file, const struct text_style *style,
                        const ns_diff *diff)
{
	unsigned columns = style->columns < LINE_MOST ? style->columns
	                                              : LINE_MOST;
	struct writer writer = {file, style->colours,
		columns > LINE_LEAST ? columns : LINE_LEAST, 0};
	put_facts(file, ns_diff_article(diff, false),
	          ns_diff_article(diff, true));
	put_body(&writer, diff);
}
