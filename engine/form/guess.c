#include "form/guess.h"

#include <stdlib.h>

#include "date/date.h"
#include "form/rules.h"
#include "base/ascii_case.h"
#include "base/white.h"

#define COPYRIGHT "\xC2\xA9"

enum { WORDS_COMMON = 4, SHORT = 200, RULES_SHOWN = 24, SAME_MOST = 16 };

struct guess {
	struct slice *lines;   /* not blank, trimmed, in order */
	uint32_t *counts;      /* words of each: asked again for each group */
	uint32_t *sorted;      /* their numbers by their bytes */
	bool *same;            /* another line is the same */
	uint32_t *at, *best;   /* the group that is looked at; the best one */
	size_t n, n_at, n_best;
	size_t good, words;    /* of the best: pieces, words in common */
	bool closing;          /* of the best */
};

static int compare_slices(struct slice a, struct slice b)
{
	int order = memcmp(a.data, b.data, min_size(a.len, b.len));
	return order ? order : (a.len > b.len) - (a.len < b.len);
}

static int by_bytes(const void *a, const void *b, void *lines)
{
	const struct slice *of = lines;
	uint32_t i = *(const uint32_t *)a, k = *(const uint32_t *)b;
	int order = compare_slices(of[i], of[k]);
	return order ? order : (i > k) - (i < k);
}

static int by_number(const void *a, const void *b)
{
	uint32_t i = *(const uint32_t *)a, k = *(const uint32_t *)b;
	return (i > k) - (i < k);
}

/* The bytes of line's first n words; all of it for n 0; 0 where it has fewer, or
 * not more than that many. */
static size_t head_of(struct slice line, size_t n)
{
	size_t i = 0;
	if (!n)
		return line.len;
	for (; n && i < line.len; n--) {
		while (i < line.len && line.data[i] > ' ')
			i++;
		while (n > 1 && i < line.len && line.data[i] <= ' ')
			i++;
	}
	return n || i == line.len ? 0 : i;
}

static uint32_t words_of(struct slice line)
{
	uint32_t words = 0;
	bool inside = false;
	for (size_t i = 0; i < line.len; i++) {
		bool blank = line.data[i] <= ' ';
		words += !blank && !inside;
		inside = !blank;
	}
	return words;
}

static bool ends_sentence(struct slice line)
{
	return line.len && strchr(".,;:", line.data[line.len - 1]);
}

static bool could_be_title(const struct guess *g, size_t i)
{
	struct slice line = g->lines[i];
	return line.len <= SHORT && g->counts[i] >= 2 && !g->same[i] &&
	       !ends_sentence(line);
}

/* Lines first … end are one piece, its first lines perhaps furniture. */
static bool is_article(const struct guess *g, size_t first, size_t end)
{
	size_t words = 0;
	for (int skipped = 0; skipped < SAME_MOST && first < end &&
	     g->same[first]; skipped++)
		first++;
	if (first == end || !could_be_title(g, first))
		return false;
	for (size_t i = first; i < end && words < GUESS_WORDS; i++)
		words += g->counts[i];
	return words >= GUESS_WORDS;
}

/* Is the group at hand, in order, better than the best so far? */
static void weigh(struct guess *g, size_t words)
{
	size_t good = 0, inner = g->n_at - 1;
	for (size_t i = 0; i < inner; i++)
		good += is_article(g, g->at[i] + 1, g->at[i + 1]);
	bool before = is_article(g, 0, g->at[0]);
	bool behind = is_article(g, g->at[inner] + 1, g->n);
	if (good * 100 < inner * GUESS_GOOD || (!before && !behind))
		return;
	good += before;
	good += behind;
	if (good < 2 || good < g->good || (good == g->good && words <= g->words))
		return;
	g->good = good;
	g->words = words;
	g->closing = before;
	g->n_best = g->n_at;
	memcpy(g->best, g->at, g->n_at * sizeof *g->at);
}

/* The run of sorted lines from `from` with the same n first words (0: all); its
 * end. */
static size_t run_of(const struct guess *g, size_t from, size_t n)
{
	struct slice first = g->lines[g->sorted[from]];
	size_t head = head_of(first, n), end = from + 1;
	for (; head && end < g->n; end++) {
		struct slice line = g->lines[g->sorted[end]];
		if (head_of(line, n) != head ||
		    memcmp(line.data, first.data, head) != 0)
			break;
	}
	return end;
}

static void find_best(struct guess *g)
{
	for (size_t n = 0; n <= WORDS_COMMON; n++)
		for (size_t from = 0, end; from < g->n; from = end) {
			end = run_of(g, from, n);
			g->n_at = end - from;
			size_t head = head_of(g->lines[g->sorted[from]], n);
			if (g->n_at < 2)
				continue;
			memcpy(g->at, g->sorted + from, g->n_at * sizeof *g->at);
			qsort(g->at, g->n_at, sizeof *g->at, by_number);
			if (head)
				weigh(g, n ? n : WORDS_COMMON + 1);
		}
}

static void find_same(struct guess *g)
{
	for (size_t from = 0, end; from < g->n; from = end) {
		end = run_of(g, from, 0);
		for (size_t i = from; i < end; i++)
			g->same[g->sorted[i]] = end - from > 1;
	}
}

/* ---- writing ------------------------------------------------------------ */

/* text as an expression that matches just it. */
static void put_literally(struct buffer *out, struct slice text)
{
	for (size_t i = 0; i < text.len; i++) {
		if (text.data[i] && strchr(".[]()*+?{}|^$\\", text.data[i]))
			buffer_byte(out, '\\');
		buffer_byte(out, text.data[i]);
	}
}

static void put_rule(struct buffer *out, enum line_kind kind, struct slice text,
                     const char *behind, size_t times)
{
	buffer_printf(out, "# fits %zu line%s\n%-10s ^", times,
	              times == 1 ? "" : "s", rules_kind_name(kind));
	put_literally(out, text);
	buffer_text(out, behind);
	buffer_byte(out, '\n');
}

static bool is_in(const uint32_t *numbers, size_t n, uint32_t number)
{
	return bsearch(&number, numbers, n, sizeof number, by_number) != NULL;
}

/* Of the group sorted[from … end): how many have what kind behind their head? */
static size_t count_kind(const struct guess *g, size_t from, size_t end,
                         size_t head, enum line_kind kind)
{
	size_t fit = 0;
	for (size_t i = from; i < end; i++) {
		struct slice line = g->lines[g->sorted[i]];
		struct slice rest = white_trim(slice_from(line, head));
		struct date date;
		fit += kind == KIND_DATE ? date_parse(rest, slice_of("", 0), &date)
		     : words_of(rest) <= 6 && !ends_sentence(rest);
	}
	return fit;
}

static bool is_shout(struct slice head)
{
	size_t letters = 0;
	for (size_t i = 0; i < head.len; i++) {
		if (head.data[i] >= 'a' && head.data[i] <= 'z')
			return false;
		letters += head.data[i] >= 'A' && head.data[i] <= 'Z';
	}
	return letters >= 4 && head.data[head.len - 1] == ':';
}

/* What a label says of the rest of its line: "SECTION:", "By". */
static enum line_kind kind_of_label(struct slice head)
{
	static const struct {
		const char *label;
		enum line_kind kind;
	} labels[] = {
		{"by", KIND_AUTHOR}, {"by:", KIND_AUTHOR},
		{"byline:", KIND_AUTHOR}, {"author:", KIND_AUTHOR},
		{"section:", KIND_SECTION}, {"category:", KIND_SECTION},
	};
	for (size_t i = 0; i < ARRAY_LEN(labels); i++)
		if (ascii_is(head, labels[i].label))
			return labels[i].kind;
	return KIND_TEXT;
}

/* Rules for the groups of n first words, at most RULES_SHOWN in all. */
static size_t put_facts(const struct guess *g, size_t n, struct buffer *out,
                        size_t room)
{
	size_t put = 0;
	for (size_t from = 0, end; from < g->n && put < room; from = end) {
		end = run_of(g, from, n);
		size_t times = end - from;
		struct slice line = g->lines[g->sorted[from]];
		struct slice head = slice_of(line.data, head_of(line, n));
		if (times < 2 || !head.len ||
		    is_in(g->best, g->n_best, g->sorted[from]))
			continue;
		enum line_kind kind = kind_of_label(head);
		if (kind != KIND_TEXT &&
		    count_kind(g, from, end, head.len, kind) * 100 <
		    times * GUESS_GOOD)
			kind = KIND_TEXT;
		else if (kind == KIND_TEXT &&
		         count_kind(g, from, end, head.len, KIND_DATE) * 100 >=
		         times * GUESS_GOOD)
			kind = KIND_DATE;
		else if (kind == KIND_TEXT && is_shout(head))
			kind = KIND_LINK;
		if (kind == KIND_TEXT)
			continue;
		put_rule(out, kind, head, "(.*)$", times);
		put++;
	}
	return put;
}

static void put_furniture(const struct guess *g, struct buffer *out)
{
	size_t put = 0;
	for (size_t from = 0, end; from < g->n && put < RULES_SHOWN; from = end) {
		end = run_of(g, from, 0);
		struct slice line = g->lines[g->sorted[from]];
		if (end - from < 2 || line.len > SHORT ||
		    is_in(g->best, g->n_best, g->sorted[from]))
			continue;
		put_rule(out, KIND_FURNITURE, line, "$", end - from);
		put++;
	}
}

/* What stands behind the last closing line is no article. */
static void put_foot(const struct guess *g, struct buffer *out)
{
	size_t first = g->best[g->n_best - 1] + 1u;
	if (!g->closing || g->n - first > RULES_SHOWN ||
	    is_article(g, first, g->n))
		return;
	for (size_t i = first; i < g->n; i++)
		if (!g->same[i] && g->lines[i].len <= SHORT)
			put_rule(out, KIND_FURNITURE, g->lines[i], "$", 1);
}

/* Credits of pictures: alone in a line, and behind a caption. */
static void put_credits(const struct guess *g, struct buffer *out)
{
	size_t alone = 0, behind = 0;
	for (size_t i = 0; i < g->n; i++) {
		const uint8_t *at = memmem(g->lines[i].data, g->lines[i].len,
		                           COPYRIGHT, 2);
		alone += at == g->lines[i].data;
		behind += at > g->lines[i].data && g->lines[i].len <= 2 * SHORT;
	}
	if (alone)
		buffer_printf(out, "# fits %zu lines\n%-10s ^" COPYRIGHT "\n",
		              alone, rules_kind_name(KIND_FURNITURE));
	if (behind)
		buffer_printf(out, "# fits %zu lines\n%-10s " COPYRIGHT
		              "[^.!?]*$\n", behind,
		              rules_kind_name(KIND_CAPTION));
}

static void put_rules(const struct guess *g, struct buffer *out)
{
	struct slice line = g->lines[g->best[0]];
	size_t n = g->words > WORDS_COMMON ? 0 : g->words, put = 0;
	buffer_printf(out, "# cuts %zu articles apart\n", g->good);
	put_rule(out, g->closing ? KIND_CLOSING : KIND_OPENING,
	         slice_of(line.data, head_of(line, n)), n ? "(.*)$" : "$",
	         g->n_best);
	for (size_t words = 1; words <= WORDS_COMMON; words++)
		put += put_facts(g, words, out, RULES_SHOWN - put);
	put_furniture(g, out);
	put_foot(g, out);
	put_credits(g, out);
}

/* ---- reading ------------------------------------------------------------ */

static int take_lines(struct guess *g, struct slice page, struct ns_error *err)
{
	size_t capacity = 0;
	while (page.len && g->n < GUESS_LINES) {
		const uint8_t *newline = memchr(page.data, '\n', page.len);
		size_t len = newline ? (size_t)(newline - page.data) : page.len;
		struct slice line = white_trim(slice_of(page.data, len));
		len += newline != NULL;
		page = slice_from(page, len);
		if (!line.len)
			continue;
		TRY(mem_grow((void **)&g->lines, &capacity, g->n + 1,
		             sizeof *g->lines, err));
		g->lines[g->n++] = line;
	}
	if (!g->n)
		return NS_OK;
	g->counts = mem_zero(g->n, sizeof *g->counts);
	g->sorted = mem_zero(g->n, sizeof *g->sorted);
	g->same = mem_zero(g->n, sizeof *g->same);
	g->at = mem_zero(g->n, sizeof *g->at);
	g->best = mem_zero(g->n, sizeof *g->best);
	if (!g->counts || !g->sorted || !g->same || !g->at || !g->best)
		return err_nomem(err);
	for (size_t i = 0; i < g->n; i++) {
		g->counts[i] = words_of(g->lines[i]);
		g->sorted[i] = (uint32_t)i;
	}
	qsort_r(g->sorted, g->n, sizeof *g->sorted, by_bytes, g->lines);
	return NS_OK;
}

int guess_rules(struct slice page, struct buffer *out, uint64_t *articles,
                struct ns_error *err)
{
	struct guess g = {0};
	*articles = 0;
	int status = take_lines(&g, page, err);
	if (status == NS_OK && g.n) {
		find_same(&g);
		find_best(&g);
		*articles = g.good;
		if (g.good)
			put_rules(&g, out);
		status = buffer_check(out, err);
	}
	mem_free(g.lines);
	mem_free(g.counts);
	mem_free(g.sorted);
	mem_free(g.same);
	mem_free(g.at);
	mem_free(g.best);
	return status;
}
