#include "web/http_body.h"

/* ---- chunks -------------------------------------------------------------- */

static unsigned digit_of(uint8_t c)
{
	if (c >= '0' && c <= '9')
		return c - (unsigned)'0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - (unsigned)'a' + 10 : 16;
}

/* "1a3; name=value": less than 2^60. */
static bool size_of(struct slice line, uint64_t *out)
{
	size_t i = 0;
	uint64_t size = 0;
	for (; i < line.len && digit_of(line.data[i]) < 16; i++) {
		if (size >> 56)
			return false;
		size = size << 4 | digit_of(line.data[i]);
	}
	*out = size;
	return i && (i == line.len || strchr(" \t;\r", line.data[i]));
}

static void end_early(struct http_body *body, const char *why)
{
	body->ended = true;
	body->fault = why;
}

static int next_chunk(struct http_body *body, struct ns_error *err)
{
	struct line line;
	TRY(lines_next(body->lines, &line, err));
	if (line.state == LINE_END)
		end_early(body, "its body ends before its last chunk");
	else if (body->closing && line.len)
		end_early(body, "a chunk is longer than it claims");
	else if (!body->closing && !size_of(slice_of(line.data, line.len),
	                                    &body->left))
		end_early(body, "the size of a chunk is none");
	else if (!body->closing && !body->left)
		body->ended = true;
	body->closing = false;
	return NS_OK;
}

static int take(struct http_body *body, uint8_t *data, size_t n, size_t *got,
                struct ns_error *err)
{
	struct slice taken;
	if (body->chunked && !body->left)
		return next_chunk(body, err);
	if (body->chunked)
		n = (size_t)min_u64(n, body->left);
	TRY(lines_take(body->lines, n, &taken, err));
	if (taken.len)
		memcpy(data, taken.data, taken.len);
	else if (body->chunked)
		end_early(body, "its body ends within a chunk");
	else
		body->ended = true;
	*got = taken.len;
	body->bytes += taken.len;
	if (body->chunked) {
		body->left -= taken.len;
		body->closing = !body->left;
	}
	return NS_OK;
}

static int read_body(struct stream *stream, void *data, size_t n, size_t *got,
                     struct ns_error *err)
{
	struct http_body *body = (struct http_body *)stream;
	*got = 0;
	while (*got < n && !body->ended) {
		size_t some = 0;
		int status = take(body, (uint8_t *)data + *got, n - *got, &some,
		                  err);
		body->stream.why = body->lines->stream->why;
		if (status != NS_OK)
			return status;
		*got += some;
	}
	return NS_OK;
}

static int open_body(struct http_body *out, struct lines *lines, bool chunked,
                     struct ns_error *err)
{
	struct slice ahead;
	uint64_t size;
	*out = (struct http_body){
		.stream = {.read = read_body, .why = lines->stream->why},
		.lines = lines,
	};
	if (!chunked)
		return NS_OK;
	TRY(lines_peek(lines, &ahead, err));
	const uint8_t *end = ahead.len ? memchr(ahead.data, '\n', ahead.len)
	                               : NULL;
	out->chunked = end && size_of(slice_of(ahead.data,
		(size_t)(end - ahead.data)), &size);
	return NS_OK;
}

/* ---- the answer ---------------------------------------------------------- */

static void refuse(struct http *http, enum source_reason reason,
                   const char *what, const char *name, enum source_reason *why)
{
	snprintf(http->refusal, sizeof http->refusal, "%s%s", what, name);
	*why = reason;
}

int http_open(struct http *http, struct stream *from, uint64_t most,
              enum source_reason *why, struct ns_error *err)
{
	const struct http_head *head = &http->head;
	const char *fault;
	lines_open(&http->lines, from);
	http->packed = false;
	*http->refusal = '\0';
	TRY(http_head_read(&http->head, &http->lines, &fault, err));
	bool chunked = !strcmp(head->transfer, "chunked");
	if (fault)
		refuse(http, SOURCE_BAD_HTTP, fault, "", why);
	else if (*head->transfer && !chunked && strcmp(head->transfer, "identity"))
		refuse(http, SOURCE_CODING, "", head->transfer, why);
	else if (!http_coding_known(head->coding))
		refuse(http, SOURCE_CODING, "", head->coding, why);
	if (*http->refusal)
		return NS_OK;
	TRY(open_body(&http->body, &http->lines, chunked, err));
	http->packed = http_coding_packs(head->coding);
	if (!http->packed)
		return NS_OK;
	return http_coding_open(&http->coding, &http->body.stream, head->coding,
	                        most, err);
}

struct stream *http_content(struct http *http)
{
	return http->packed ? &http->coding.stream : &http->body.stream;
}

uint64_t http_unpacked(const struct http *http)
{
	return http->packed ? http->coding.out : 0;
}

const char *http_fault(const struct http *http)
{
	const struct http_head *head = &http->head;
	const struct http_body *body = &http->body;
	if (http->packed && http->coding.fault)
		return http->coding.fault;
	if (body->fault)
		return body->fault;
	if (!http->packed && !body->chunked && body->ended && head->has_length &&
	    body->bytes < head->length)
		return "its body is shorter than its header claims";
	return NULL;
}

void http_release(struct http *http)
{
	lines_release(&http->lines);
	http_coding_release(&http->coding);
}
