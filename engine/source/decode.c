#include "source/decode.h"

#include "source/charset.h"
#include "base/white.h"

/* A byte becomes three at most. */
enum { OUT_MAX = 4 * (DECODE_PIECE + TRANSCODE_LEFT) };

static int refill(struct decode *d, struct ns_error *err)
{
	struct slice taken;
	size_t used;
	uint32_t ignored = 0;
	TRY(lines_take(&d->raw, DECODE_PIECE, &taken, err));
	if (taken.len)
		memcpy(d->piece + d->held, taken.data, taken.len);
	d->ended = !taken.len;
	d->held += taken.len;
	buffer_clear(&d->out);
	d->sent = 0;
	transcode_push(&d->transcode, slice_of(d->piece, d->held), d->ended,
	               &d->out, &used, &ignored);
	d->held -= used;
	ASSERT_REL(d->held, <, TRANSCODE_LEFT);
	memmove(d->piece, d->piece + used, d->held);
	return buffer_check(&d->out, err);
}

static int read_text(struct stream *stream, void *data, size_t n, size_t *got,
                     struct ns_error *err)
{
	struct decode *d = (struct decode *)stream;
	for (*got = 0; *got < n;) {
		size_t part = min_size(d->out.len - d->sent, n - *got);
		if (part) {
			memcpy((uint8_t *)data + *got, d->out.data + d->sent, part);
			d->sent += part;
			*got += part;
		} else if (d->ended) {
			break;
		} else {
			TRY(refill(d, err));
		}
	}
	return NS_OK;
}

void decode_init(struct decode *decode)
{
	memset(decode, 0, sizeof *decode);
	buffer_init(&decode->out, OUT_MAX);
}

void decode_release(struct decode *decode)
{
	transcode_close(&decode->transcode);
	lines_release(&decode->raw);
	buffer_release(&decode->out);
}

/* The value of encoding="…" in <?xml …?>, with a NUL byte behind. */
static bool xml_label(struct slice prefix, char *label, size_t size)
{
	static const char open[] = "<?xml", key[] = "encoding";
	struct slice text = white_trim_start(prefix);
	if (text.len < sizeof open || memcmp(text.data, open, sizeof open - 1))
		return false;
	const uint8_t *end = memchr(text.data, '>', text.len);
	text.len = end ? (size_t)(end - text.data) : 0;
	const uint8_t *at = text.len ? memmem(text.data, text.len, key,
	                                      sizeof key - 1) : NULL;
	if (!at)
		return false;
	at += sizeof key - 1;
	while (at < end && (*at == '=' || *at == ' '))
		at++;
	if (at == end || (*at != '"' && *at != '\''))
		return false;
	const uint8_t *close = memchr(at + 1, *at, (size_t)(end - at - 1));
	size_t n = close ? (size_t)(close - at - 1) : size;
	if (n >= size)
		return false;
	memcpy(label, at + 1, n);
	label[n] = '\0';
	return true;
}

int decode_charset(struct lines *lines, const char *declared, const char **out,
                   struct ns_error *err)
{
	struct slice prefix;
	char label[32];
	TRY(lines_peek(lines, &prefix, err));
	if ((!declared || !*declared) && xml_label(prefix, label, sizeof label))
		declared = label;
	*out = lines->marked ? "UTF-8"
	     : charset_of(prefix, declared,
	                  lines->ended && prefix.len < LINES_PEEK);
	return *out ? NS_OK : err_nomem(err);
}

int decode_take(struct decode *decode, struct lines *lines, const char *charset,
                struct ns_error *err)
{
	transcode_close(&decode->transcode);
	TRY(transcode_open(&decode->transcode, charset, err));
	decode->transcode.marks = true;
	decode->stream = (struct stream){
		.read = read_text, .why = lines->stream->why,
	};
	decode->held = decode->sent = 0;
	decode->ended = false;
	buffer_clear(&decode->out);
	struct lines emptied = decode->raw; /* its memory is used again */
	decode->raw = *lines;
	*lines = emptied;
	lines_open(lines, &decode->stream);
	return NS_OK;
}
