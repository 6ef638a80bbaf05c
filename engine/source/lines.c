#include "source/lines.h"

/* LF, and CR before it */
enum { CAPACITY_MAX = LINES_MAX + 2 };

static_assert((int)CAPACITY_MAX > (int)LINES_PEEK, "a peek fits into the buffer");

void lines_open(struct lines *lines, struct stream *stream)
{
	*lines = (struct lines){
		.stream = stream,
		.data = lines->data, .capacity = lines->capacity,
	};
}

void lines_release(struct lines *lines)
{
	mem_free(lines->data);
	*lines = (struct lines){0};
}

bool lines_are_of_cr(struct slice prefix)
{
	return prefix.len && memchr(prefix.data, '\r', prefix.len) &&
	       !memchr(prefix.data, '\n', prefix.len);
}

static void turn_cr(uint8_t *data, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (data[i] == '\r')
			data[i] = '\n';
}

void lines_end_at_cr(struct lines *lines)
{
	lines->cr = true;
	if (lines->start < lines->end)
		turn_cr(lines->data + lines->start, lines->end - lines->start);
}

static int make_room(struct lines *lines, struct ns_error *err)
{
	size_t held = lines->end - lines->start;
	if (lines->start) {
		memmove(lines->data, lines->data + lines->start, held);
		lines->start = 0;
		lines->end = held;
	}
	if (held < lines->capacity)
		return NS_OK;
	size_t wanted = lines->capacity ? lines->capacity * 2 : LINES_PEEK;
	wanted = min_size(wanted, CAPACITY_MAX);
	ASSERT_REL(held, <, wanted);
	uint8_t *grown = mem_resize(lines->data, wanted);
	if (!grown)
		return err_nomem(err);
	lines->data = grown;
	lines->capacity = wanted;
	return NS_OK;
}

static int fill(struct lines *lines, struct ns_error *err)
{
	if (lines->status == NS_OK)
		TRY(make_room(lines, err));
	size_t wanted = lines->capacity - lines->end, got = 0;
	if (lines->status == NS_OK)
		lines->status = lines->stream->read(lines->stream,
			lines->data + lines->end, wanted, &got, &lines->err);
	if (lines->status != NS_OK && !got) {
		lines->failed = lines->status != NS_E_NOMEM;
		if (err)
			*err = lines->err;
		return lines->status;
	}
	if (lines->cr)
		turn_cr(lines->data + lines->end, got);
	lines->end += got;
	lines->ended = lines->status == NS_OK && got < wanted;
	if (!lines->started && got >= 3 &&
	    !memcmp(lines->data, "\xEF\xBB\xBF", 3)) {
		lines->start = 3;
		lines->bytes = 3;
		lines->marked = true;
	}
	lines->started = true;
	return NS_OK;
}

int lines_ahead(struct lines *lines, size_t n, struct slice *out,
                struct ns_error *err)
{
	ASSERT_REL(n, <=, LINES_PEEK);
	while (lines->end - lines->start < n && !lines->ended &&
	       (lines->status == NS_OK || lines->start == lines->end))
		TRY(fill(lines, err));
	*out = slice_of(lines->data + lines->start, lines->end - lines->start);
	return NS_OK;
}

int lines_peek(struct lines *lines, struct slice *out, struct ns_error *err)
{
	TRY(lines_ahead(lines, LINES_PEEK, out, err));
	out->len = min_size(out->len, LINES_PEEK);
	return NS_OK;
}

/* Gives out len bytes and steps over `taken`, which has the LF too. */
static void give(struct lines *lines, struct line *out, size_t len, size_t taken)
{
	uint8_t *data = lines->data + lines->start;
	lines->start += taken;
	lines->bytes += taken;
	lines->number++;
	if (len && data[len - 1] == '\r')
		len--;
	bool fits = len <= LINES_MAX;
	*out = (struct line){
		.state = fits ? LINE_READ : LINE_OVERLONG,
		.data = data, .len = fits ? len : 0, .number = lines->number,
	};
}

/* The buffer is full of one line: forget it up to its LF. */
static int skip(struct lines *lines, struct line *out, struct ns_error *err)
{
	const uint8_t *newline = NULL;
	for (;;) {
		size_t held = lines->end - lines->start;
		if (held)
			newline = memchr(lines->data + lines->start, '\n', held);
		if (newline)
			held = (size_t)(newline + 1 - lines->data) - lines->start;
		lines->start += held;
		lines->bytes += held;
		if (newline || lines->ended)
			break;
		TRY(fill(lines, err));
	}
	lines->number++;
	*out = (struct line){.state = LINE_OVERLONG, .data = lines->data,
	                     .number = lines->number};
	return NS_OK;
}

int lines_next(struct lines *lines, struct line *out, struct ns_error *err)
{
	size_t seen = 0; /* bytes of this line that hold no LF */
	for (;;) {
		size_t held = lines->end - lines->start;
		uint8_t *from = lines->data ? lines->data + lines->start : NULL;
		uint8_t *newline = held > seen
			? memchr(from + seen, '\n', held - seen) : NULL;
		if (newline) {
			size_t len = (size_t)(newline - from);
			give(lines, out, len, len + 1);
			return NS_OK;
		}
		if (lines->ended && !held) {
			*out = (struct line){.state = LINE_END,
			                     .number = lines->number};
			return NS_OK;
		}
		if (lines->ended) {
			give(lines, out, held, held);
			return NS_OK;
		}
		if (held == CAPACITY_MAX)
			return skip(lines, out, err);
		seen = held;
		TRY(fill(lines, err));
	}
}

int lines_take(struct lines *lines, size_t most, struct slice *out,
               struct ns_error *err)
{
	if (lines->start == lines->end && !lines->ended)
		TRY(fill(lines, err));
	size_t n = min_size(lines->end - lines->start, most);
	*out = slice_of(lines->data + lines->start, n);
	lines->start += n;
	lines->bytes += n;
	return NS_OK;
}
