#include "form/csv.h"

#include "base/utf8.h"
#include "form/csv_header.h"
#include "base/white.h"
#include "source/values.h"

#include <inttypes.h>

void csv_init(struct csv *csv)
{
	memset(csv, 0, sizeof *csv);
	buffer_init(&csv->scratch, NS_ARTICLE_MAX);
	buffer_init(&csv->date, NS_ARTICLE_MAX);
	buffer_init(&csv->topics, NS_ARTICLE_MAX);
	buffer_init(&csv->places, NS_ARTICLE_MAX);
	buffer_init(&csv->held, NS_ARTICLE_MAX);
	buffer_init(&csv->reason, 1 << 20);
}

void csv_release(struct csv *csv)
{
	buffer_release(&csv->scratch);
	buffer_release(&csv->date);
	buffer_release(&csv->topics);
	buffer_release(&csv->places);
	buffer_release(&csv->held);
	buffer_release(&csv->reason);
}

/* ---- lines, some for the second time ---------------------------------------- */

static int next_line(struct csv *csv, struct lines *lines, struct line *out,
                     struct ns_error *err)
{
	if (csv->at == csv->held.len) {
		TRY(lines_next(lines, out, err));
		csv->number = out->number;
		return NS_OK;
	}
	uint8_t *data = csv->held.data + csv->at;
	uint8_t *newline = memchr(data, '\n', csv->held.len - csv->at);
	size_t len = (size_t)(newline - data);
	csv->at += len + 1;
	*out = (struct line){.state = LINE_READ, .data = data, .len = len,
	                     .number = ++csv->number};
	return NS_OK;
}

/* The line is part of a row that began before it: it may have to be read again. */
static void hold(struct csv *csv, const struct line *line)
{
	struct buffer *held = &csv->held;
	if (held->len && line->data >= held->data &&
	    line->data < held->data + held->len)
		return; /* it is held */
	if (csv->from) {
		memmove(held->data, held->data + csv->from, held->len - csv->from);
		held->len -= csv->from;
		csv->from = 0;
	}
	/* both or neither: what is held ends with a line */
	uint8_t *room = buffer_reserve(held, line->len + 1);
	if (room) {
		if (line->len)
			memcpy(room, line->data, line->len);
		room[line->len] = '\n';
		held->len += line->len + 1;
	}
	csv->at = held->len;
}

/* The row that was at hand is done with. */
static void let_go(struct csv *csv)
{
	csv->from = csv->at;
	if (csv->at == csv->held.len) {
		buffer_clear(&csv->held);
		csv->from = csv->at = 0;
	}
}

/* ---- cells -------------------------------------------------------------------- */

/* Where the cell at hand goes; NULL: nowhere. */
static struct buffer *cell_of(struct csv *csv, struct draft *draft)
{
	if (csv->column >= min_size(csv->columns, CSV_COLUMNS))
		return NULL;
	switch (csv->parts[csv->column]) {
	case FIELD_ID: return &draft->id;
	case FIELD_TITLE: return &draft->title;
	case FIELD_BODY: return &draft->body;
	case FIELD_DATE: return &csv->date;
	case FIELD_SECTION: return &draft->section;
	case FIELD_AUTHOR: return &draft->author;
	case FIELD_URL: return &draft->url;
	case FIELD_LANG: return &draft->lang;
	case FIELD_TOPICS: return &csv->topics;
	case FIELD_PLACES: return &csv->places;
	default: return NULL;
	}
}

static void put(struct csv *csv, struct buffer *cell, struct slice text)
{
	if (cell)
		buffer_append(cell, text.data, text.len);
	csv->filled = csv->filled || (text.len && csv->column >= csv->columns);
}

/* Whether the quote is one of the cell that began at from, by a backslash. */
static bool is_escaped(const struct csv *csv, const uint8_t *from,
                       const uint8_t *quote)
{
	size_t n = 0;
	while (csv->backslash && quote - n > from && quote[-(ptrdiff_t)n - 1] == '\\')
		n++;
	return n % 2;
}

/* The text of a quoted cell up to its end; NULL: it is not in this line. */
static const uint8_t *put_quoted(struct csv *csv, struct buffer *cell,
                                 const uint8_t *at, const uint8_t *end)
{
	for (;;) {
		const uint8_t *quote = memchr(at, '"', (size_t)(end - at));
		if (!quote) {
			put(csv, cell, slice_of(at, (size_t)(end - at)));
			put(csv, cell, slice_of("\n", 1));
			return NULL;
		}
		if (is_escaped(csv, at, quote)) {
			put(csv, cell, slice_of(at, (size_t)(quote - 1 - at)));
			put(csv, cell, slice_of(quote, 1));
			at = quote + 1;
			continue;
		}
		bool twice = !csv->backslash && quote + 1 < end &&
		             quote[1] == '"';
		put(csv, cell, slice_of(at, (size_t)(quote - at) + twice));
		at = quote + 1 + twice;
		if (!twice)
			return at;
	}
}

/* Whether the row ends with this line. */
static bool put_line(struct csv *csv, struct draft *draft, struct slice line)
{
	const uint8_t *at = line.data, *end = at + line.len;
	for (;; csv->column++) {
		struct buffer *cell = cell_of(csv, draft);
		const uint8_t *first = at;
		while (!csv->quoted && first < end && *first == ' ')
			first++;
		if (!csv->quoted && first < end && *first == '"') {
			csv->quoted = true;
			at = first + 1;
		}
		bool was_quoted = csv->quoted;
		if (was_quoted) {
			at = put_quoted(csv, cell, at, end);
			if (!at)
				return false;
			csv->quoted = false;
		}
		const uint8_t *stop = memchr(at, csv->delimiter,
		                             (size_t)(end - at));
		struct slice rest = slice_of(at,
			(size_t)((stop ? stop : end) - at));
		struct slice text = white_trim(rest);
		/* MySQL and Postgres write \N for no value; what stands behind a
		 * quoted part of a cell is set off as it was */
		if (was_quoted && text.len)
			text = slice_of(at, (size_t)(text.data + text.len - at));
		else if (text.len == 2 && !memcmp(text.data, "\\N", 2))
			text.len = 0;
		put(csv, cell, text);
		csv->torn = csv->torn || (was_quoted && text.len);
		if (!stop)
			return true;
		at = stop + 1;
	}
}

/* ---- rows --------------------------------------------------------------------- */

static int refuse(struct csv *csv, struct outlet *outlet, struct lines *lines,
                  struct draft *draft, enum source_reason why,
                  const char *detail, struct ns_error *err)
{
	uint64_t began = draft->first_line;
	size_t more = csv->held.len - csv->from;
	bool quiet = csv->doubt; /* a part of what was refused */
	csv->doubt = csv->doubt || draft->last_line > began;
	draft_clear(draft);
	if (csv->again + more <= lines->bytes + CSV_AGAIN) {
		csv->again += more;
		csv->at = csv->from;
		csv->number = csv->at < csv->held.len ? began : csv->number;
	}
	let_go(csv);
	if (quiet)
		return NS_OK;
	return outlet_tell(outlet, SOURCE_REFUSED, why, began, detail, err);
}

/* Whether the row may have been cut at the wrong places. */
static bool is_wrong(const struct csv *csv, bool several)
{
	size_t cells = csv->column + 1;
	if (cells > csv->columns)
		return csv->filled;
	if (cells < csv->columns)
		return several || csv->torn || csv->doubt;
	return several && csv->torn;
}

static int give(struct csv *csv, struct outlet *outlet, struct lines *lines,
                struct draft *draft, struct ns_error *err)
{
	size_t cells = csv->column + 1;
	char detail[80] = "text behind a closing quote";
	if (is_wrong(csv, draft->last_line > draft->first_line)) {
		if (cells != csv->columns)
			snprintf(detail, sizeof detail, "%zu cells, and the "
			         "header has %zu", cells, csv->columns);
		return refuse(csv, outlet, lines, draft, SOURCE_BAD_ROW, detail,
		              err);
	}
	csv->doubt = false;
	let_go(csv);
	if (csv->date.status == NS_E_NOMEM || csv->topics.status == NS_E_NOMEM ||
	    csv->places.status == NS_E_NOMEM)
		return err_nomem(err);
	draft_date(draft, slice_of(csv->date.data, csv->date.len));
	values_append(&draft->topics, slice_of(csv->topics.data, csv->topics.len),
	              VALUES_TOPICS);
	values_append(&draft->places, slice_of(csv->places.data, csv->places.len),
	              VALUES_PLACES);
	return draft_give(draft, outlet, err);
}

static int clean(struct csv *csv, struct draft *draft, const struct line *line,
                 struct slice *out, struct ns_error *err)
{
	*out = slice_of(line->data, line->len);
	int status = utf8_clean(out, &csv->scratch, &draft->repairs);
	if (status == NS_E_LIMIT)
		draft->body.status = NS_E_LIMIT;
	draft_extend(draft, line->number);
	return status == NS_E_NOMEM ? err_nomem(err) : NS_OK;
}

/* The lines behind the first one of a row that is open. */
static int read_on(struct csv *csv, struct outlet *outlet, struct lines *lines,
                   struct draft *draft, struct ns_error *err)
{
	struct slice text;
	struct line line;
	do {
		TRY(next_line(csv, lines, &line, err));
		if (line.state == LINE_END)
			return refuse(csv, outlet, lines, draft, SOURCE_BAD_ROW,
			              "a quote that is not closed", err);
		hold(csv, &line);
		if (csv->held.status == NS_E_NOMEM)
			return err_nomem(err);
		if (csv->held.status != NS_OK || line.state == LINE_OVERLONG) {
			csv->held.status = NS_OK;
			return refuse(csv, outlet, lines, draft,
			              SOURCE_LARGE_ARTICLE, NULL, err);
		}
		TRY(clean(csv, draft, &line, &text, err));
	} while (!put_line(csv, draft, text));
	return give(csv, outlet, lines, draft, err);
}

static int read_row(struct csv *csv, struct outlet *outlet, struct lines *lines,
                    struct draft *draft, const struct line *line,
                    struct ns_error *err)
{
	struct slice text;
	csv->column = 0;
	csv->quoted = csv->filled = csv->torn = false;
	buffer_clear(&csv->date);
	buffer_clear(&csv->topics);
	buffer_clear(&csv->places);
	let_go(csv);
	if (line->state == LINE_OVERLONG)
		return outlet_tell(outlet, SOURCE_REFUSED, SOURCE_LONG_LINE,
		                   line->number, NULL, err);
	TRY(clean(csv, draft, line, &text, err));
	if (!white_trim(text).len) {
		draft_clear(draft);
		return NS_OK;
	}
	if (put_line(csv, draft, text))
		return give(csv, outlet, lines, draft, err);
	return read_on(csv, outlet, lines, draft, err);
}

int csv_read(struct csv *csv, struct outlet *outlet, struct lines *lines,
             struct draft *draft, struct ns_error *err)
{
	struct line line;
	draft_clear(draft);
	for (;;) {
		TRY(next_line(csv, lines, &line, err));
		if (line.state == LINE_END)
			return NS_OK;
		TRY(read_row(csv, outlet, lines, draft, &line, err));
	}
}

/* Whether c stands at an end of a cell, or may. */
static bool is_edge(uint8_t c)
{
	return c == ',' || c == ';' || c == '\t' || c == '|' || c == '\n' ||
	       c == '\r' || c == '"';
}

/* Are quotes in cells \", not ""? */
static bool has_backslashes(struct slice prefix)
{
	bool any = false;
	for (size_t i = 2; i + 1 < prefix.len; i++) {
		const uint8_t *s = prefix.data + i;
		if (s[0] != '"' || is_edge(s[1]))
			continue;
		if (s[-1] == '"' && !is_edge(s[-2]))
			return false;
		any |= s[-1] == '\\' && s[-2] != '\\';
	}
	return any;
}

int csv_start(struct csv *csv, struct lines *lines, uint8_t delimiter,
              const struct field_map *map, const char **why,
              struct ns_error *err)
{
	struct slice text;
	struct line line;
	uint32_t ignored = 0;
	buffer_clear(&csv->held);
	csv->from = csv->at = 0;
	csv->number = csv->again = 0;
	csv->doubt = false;
	*why = NULL;
	TRY(lines_peek(lines, &text, err));
	csv->backslash = has_backslashes(text);
	do {
		TRY(lines_next(lines, &line, err));
		text = slice_of(line.data, line.len);
		if (utf8_clean(&text, &csv->scratch, &ignored) == NS_E_NOMEM)
			return err_nomem(err);
		if (!white_trim(text).len)
			text.len = 0;
		if (text.len == 5 && !memcmp(text.data, "sep=", 4)) {
			delimiter = text.data[4];
			text.len = 0;
		}
	} while (line.state == LINE_READ && !text.len);
	csv->number = line.number;
	if (line.state == LINE_END)
		return NS_OK; /* no article in it */
	TRY(csv_header_read(csv, text, delimiter, map, why, err));
	if (csv->headless && line.state == LINE_READ) {
		hold(csv, &line);
		csv->at = 0;
		csv->number--;
	}
	return csv->held.status == NS_E_NOMEM ? err_nomem(err) : NS_OK;
}
