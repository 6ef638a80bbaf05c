#include "answer/snippet.h"

#define ELLIPSIS "\xE2\x80\xA6"

struct window {
	size_t start, end;
};

void snippet_init(struct snippet *snippet)
{
	*snippet = (struct snippet){0};
	buffer_init(&snippet->text, 64u << 20);
}

void snippet_release(struct snippet *snippet)
{
	buffer_release(&snippet->text);
	mem_free(snippet->ranges);
	snippet_init(snippet);
}

/* ---- which matches ------------------------------------------------------- */

/* Matches [first, last) and what speaks for showing them together. */
struct choice {
	size_t first, last;
	uint64_t leaves, weight;
};

static bool better(const struct choice *a, const struct choice *b)
{
	if (a->leaves != b->leaves)
		return a->leaves > b->leaves;
	if (a->weight != b->weight)
		return a->weight > b->weight;
	return a->last - a->first > b->last - b->first;
}

static void take(struct matcher *matcher, struct choice *now)
{
	uint32_t leaf = matcher->matches[now->last++].leaf;
	if (!matcher->counts[leaf]++) {
		now->leaves++;
		now->weight += matcher->leaves[leaf].weight;
	}
}

static void drop(struct matcher *matcher, struct choice *now)
{
	uint32_t leaf = matcher->matches[now->first++].leaf;
	if (!--matcher->counts[leaf]) {
		now->leaves--;
		now->weight -= matcher->leaves[leaf].weight;
	}
}

/* The best run of matches that spans at most `span` bytes; the first match of a
 * run is always taken.  Both ends only move forward. */
static struct choice choose(struct matcher *matcher, size_t span)
{
	const struct match *matches = matcher->matches;
	struct choice now = {0}, best = {0};
	while (now.first < matcher->n_matches) {
		size_t limit = matches[now.first].start + span;
		while (now.last < matcher->n_matches &&
		       (now.last == now.first || matches[now.last].end <= limit))
			take(matcher, &now);
		if (better(&now, &best))
			best = now;
		drop(matcher, &now);
	}
	return best;
}

/* ---- where to cut -------------------------------------------------------- */

static bool is_blank(uint8_t byte)
{
	return byte == ' ' || (byte >= '\t' && byte <= '\r');
}

/* Where the text before `end` ends without its closing quotes and brackets. */
static size_t before_closing(struct slice body, size_t end)
{
	static const char *const closing[] = {"\"", "'", ")", "]",
		"\xE2\x80\x9D", "\xE2\x80\x99", "\xC2\xBB"};
	size_t i = 0;
	while (i < ARRAY_LEN(closing)) {
		size_t n = strlen(closing[i++]);
		if (end >= n && !memcmp(body.data + end - n, closing[i - 1], n)) {
			end -= n;
			i = 0;
		}
	}
	return end;
}

/* Are the bytes before `end` a sentence's end: . ! ? or …, with quotes or
 * brackets behind?  "Mr." and "U.S." are not taken for one. */
static bool ends_sentence(struct slice body, size_t end)
{
	end = before_closing(body, end);
	if (!end)
		return false;
	if (end >= 3 && !memcmp(body.data + end - 3, ELLIPSIS, 3))
		return true;
	uint8_t mark = body.data[end - 1];
	if (mark != '.')
		return mark == '!' || mark == '?';
	size_t word = end - 1;
	while (word && end - word <= 5 && !is_blank(body.data[word - 1]))
		word--;
	return end - word > 5 || body.data[word] < 'A' || body.data[word] > 'Z';
}

/* Does a word start here?  0 is the start of the first. */
static bool starts_word(struct slice body, size_t at)
{
	return !at || (is_blank(body.data[at - 1]) &&
	               (at == body.len || !is_blank(body.data[at])));
}

static bool starts_sentence(struct slice body, size_t at)
{
	if (!starts_word(body, at))
		return false;
	while (at && is_blank(body.data[at - 1]))
		if (body.data[--at] == '\n')
			return true;
	return !at || ends_sentence(body, at);
}

/* The start: at most lead bytes before first. */
static size_t open_left(struct slice body, size_t first, size_t lead)
{
	size_t least = first > lead ? first - lead : 0;
	for (size_t at = first + 1; at-- > least;)
		if (starts_sentence(body, at))
			return at;
	/* no sentence starts nearby: some words before the match */
	for (size_t at = first - (first - least) / 2; at < first; at++)
		if (starts_word(body, at))
			return at;
	return first;
}

/* The end: at most `end`, not before `last` (the end of the last match). */
static size_t open_right(struct slice body, size_t start, size_t last,
                         size_t end)
{
	if (end >= body.len)
		return body.len;
	size_t late = end - (end - start) / 4;
	for (size_t at = end + 1; at-- > (last > late ? last : late);)
		if (starts_sentence(body, at))
			return at;
	size_t least = last > start ? last : start + 1;
	for (size_t at = end + 1; at-- > least;)
		if (is_blank(body.data[at]))
			return at;
	/* no blank: behind the match where that is about enough, else anywhere
	 * between two characters */
	if (last > start && last <= end && end - last < (end - start) / 4)
		return last;
	while (end > start && (body.data[end] & 0xC0) == 0x80)
		end--;
	return end;
}

static struct window window_of(struct slice body, const struct matcher *matcher,
                               struct choice choice, size_t size)
{
	size_t first = 0, last = 0;
	while (first < body.len && is_blank(body.data[first]))
		first++;
	if (choice.last) {
		first = matcher->matches[choice.first].start;
		for (size_t i = choice.first; i < choice.last; i++)
			if (matcher->matches[i].end > last)
				last = matcher->matches[i].end;
	} else {
		last = first;
	}
	struct window window = {first, first + size};
	if (last < first + size && choice.last) {
		size_t lead = (first + size - last) * 3 / 5;
		window.start = open_left(body, first, lead);
		window.end = window.start + size;
	}
	if (last > window.end)
		last = window.start; /* too long: it may be cut anywhere */
	if (window.end > body.len) {
		/* nothing behind: more of what is before */
		size_t at = body.len > size ? body.len - size : 0;
		while (at < window.start && !starts_sentence(body, at))
			at++;
		window.start = at;
	}
	window.end = open_right(body, window.start, last, window.end);
	while (window.start < window.end && is_blank(body.data[window.start]))
		window.start++;
	while (window.end > window.start && is_blank(body.data[window.end - 1]))
		window.end--;
	return window;
}

/* ---- writing it down ----------------------------------------------------- */

static bool only_blanks(struct slice body, size_t start, size_t end)
{
	while (start < end && is_blank(body.data[start]))
		start++;
	return start >= end;
}

/* Matches that touch the window, clipped to it, as ranges of the body. */
static int ranges_take(struct snippet *snippet, const struct matcher *matcher,
                       struct window window, struct ns_error *err)
{
	TRY(mem_grow((void **)&snippet->ranges, &snippet->capacity,
	             matcher->n_matches + 1, sizeof *snippet->ranges, err));
	size_t n = matches_ranges(matcher, snippet->ranges), kept = 0;
	for (size_t i = 0; i < n; i++) {
		ns_range range = snippet->ranges[i];
		if (range.end <= window.start || range.start >= window.end)
			continue;
		range.start = max_u32(range.start, (uint32_t)window.start);
		range.end = min_u32(range.end, (uint32_t)window.end);
		snippet->ranges[kept++] = range;
	}
	snippet->n_ranges = kept;
	return NS_OK;
}

/* Copies the window; ranges of the body become ranges of the snippet. */
static void render(struct snippet *snippet, struct slice body,
                   struct window window)
{
	struct buffer *text = &snippet->text;
	size_t opened = 0, closed = 0;
	if (!only_blanks(body, 0, window.start))
		buffer_text(text, ELLIPSIS " ");
	for (size_t at = window.start; at < window.end; at++) {
		while (closed < opened && snippet->ranges[closed].end == at)
			snippet->ranges[closed++].end = (uint32_t)text->len;
		bool blank = is_blank(body.data[at]);
		if (!blank || !is_blank(body.data[at - 1])) {
			if (opened < snippet->n_ranges &&
			    snippet->ranges[opened].start == at)
				snippet->ranges[opened++].start =
					(uint32_t)text->len;
			buffer_byte(text, blank ? ' ' : body.data[at]);
		}
	}
	if (closed < opened)
		snippet->ranges[closed++].end = (uint32_t)text->len;
	ASSERT_REL(closed, ==, snippet->n_ranges);
	if (!only_blanks(body, window.end, body.len))
		buffer_text(text, " " ELLIPSIS);
}

int snippet_make(struct snippet *snippet, struct slice body,
                 struct matcher *matcher, size_t size, struct ns_error *err)
{
	buffer_clear(&snippet->text);
	snippet->n_ranges = 0;
	size = size ? size : SNIPPET_SIZE;
	if (size < SNIPPET_LEAST)
		size = SNIPPET_LEAST;
	size = min_size(size, body.len + 1);
	struct choice choice = choose(matcher, size - size / 8);
	struct window window = window_of(body, matcher, choice, size);
	TRY(ranges_take(snippet, matcher, window, err));
	render(snippet, body, window);
	return buffer_check(&snippet->text, err);
}
