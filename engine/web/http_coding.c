#include "web/http_coding.h"

static const struct {
	const char *name;
	bool packs;
} codings[] = {
	{"", false}, {"identity", false}, {"none", false}, {"utf-8", false},
	{"gzip", true}, {"x-gzip", true}, {"deflate", true},
};

bool http_coding_known(const char *name)
{
	for (size_t i = 0; i < ARRAY_LEN(codings); i++)
		if (!strcmp(codings[i].name, name))
			return true;
	return false;
}

bool http_coding_packs(const char *name)
{
	for (size_t i = 0; i < ARRAY_LEN(codings); i++)
		if (!strcmp(codings[i].name, name))
			return codings[i].packs;
	return false;
}

static int fill(struct http_coding *c, struct ns_error *err)
{
	size_t got;
	if (c->start < c->end)
		return NS_OK;
	int status = c->from->read(c->from, c->input, sizeof c->input, &got, err);
	c->stream.why = c->from->why;
	if (status != NS_OK)
		return status;
	c->start = 0;
	c->end = got;
	return NS_OK;
}

static int fail(struct http_coding *c, int code, enum source_reason why,
                const char *what, struct ns_error *err)
{
	c->stream.why = why;
	return err_set(err, code, "%s", what);
}

static int end_early(struct http_coding *c, const char *why,
                     struct ns_error *err)
{
	c->ended = true;
	c->fault = why;
	if (c->out)
		return NS_OK;
	return fail(c, NS_E_CORRUPT, SOURCE_BAD_HTTP,
	            "the body does not inflate", err);
}

static void copy_some(struct http_coding *c, uint8_t *data, size_t n,
                      size_t *got)
{
	*got = min_size(n, c->end - c->start);
	memcpy(data, c->input + c->start, *got);
	c->start += *got;
}

static int inflate_some(struct http_coding *c, uint8_t *data, size_t n,
                        size_t *got, struct ns_error *err)
{
	c->z.next_in = c->input + c->start;
	c->z.avail_in = (uInt)(c->end - c->start);
	c->z.next_out = data;
	c->z.avail_out = (uInt)min_size(n, 1 << 30);
	size_t room = c->z.avail_out;
	int answer = inflate(&c->z, Z_NO_FLUSH);
	*got = room - c->z.avail_out;
	c->start = c->end - c->z.avail_in;
	c->out += *got;
	if (answer == Z_MEM_ERROR)
		return err_nomem(err);
	if (answer == Z_STREAM_END)
		c->ended = true;
	else if (answer == Z_BUF_ERROR && !c->end)
		return end_early(c, "its packed body ends early", err);
	else if (answer != Z_OK && answer != Z_BUF_ERROR)
		return end_early(c, "its packed body is broken", err);
	return NS_OK;
}

static int read_coding(struct stream *stream, void *data, size_t n, size_t *got,
                       struct ns_error *err)
{
	struct http_coding *c = (struct http_coding *)stream;
	*got = 0;
	while (*got < n && !c->ended) {
		uint8_t *to = (uint8_t *)data + *got;
		size_t some = 0;
		TRY(fill(c, err));
		if (!c->plain)
			TRY(inflate_some(c, to, n - *got, &some, err));
		else if (c->end)
			copy_some(c, to, n - *got, &some);
		else
			c->ended = true;
		*got += some;
		if (c->out > c->most)
			return fail(c, NS_E_LIMIT, SOURCE_PACKED_LIMIT,
			            "a packed body", err);
	}
	return NS_OK;
}

/* RFC 1950: what a stream with a header begins with. */
static bool has_zlib_header(const uint8_t *data, size_t n)
{
	return n >= 2 && (data[0] & 0x0F) == 8 &&
	       ((unsigned)data[0] << 8 | data[1]) % 31 == 0;
}

int http_coding_open(struct http_coding *out, struct stream *from,
                     const char *name, uint64_t most, struct ns_error *err)
{
	enum zlib_wrapping wrapping = ZLIB_GZIP;
	out->stream = (struct stream){.read = read_coding, .why = from->why};
	out->from = from;
	out->deflate = !strcmp(name, "deflate");
	out->plain = out->ended = false;
	out->fault = NULL;
	out->out = 0;
	out->most = min_u64(most, HTTP_BODY_MAX);
	out->start = out->end = 0;
	TRY(fill(out, err));
	if (out->deflate)
		wrapping = has_zlib_header(out->input, out->end) ? ZLIB_ZLIB
		                                                 : ZLIB_RAW;
	else
		out->plain = out->input[0] != 0x1F || out->input[1] != 0x8B;
	out->plain |= out->end < 2;
	http_coding_release(out);
	return out->plain ? NS_OK : zlib_open(&out->z, wrapping, err);
}

void http_coding_release(struct http_coding *coding)
{
	inflateEnd(&coding->z);
	coding->z = (z_stream){0};
}
