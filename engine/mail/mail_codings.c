#include "mail/mail_codings.h"

#include "base/ascii_case.h"

enum mail_coding mail_coding_of(struct slice name)
{
	static const char *const none[] = {"", "7bit", "8bit", "binary", "7-bit",
		"8-bit", "none"};
	if (ascii_is_any(name, none, ARRAY_LEN(none)))
		return MAIL_CODING_NONE;
	if (ascii_is(name, "quoted-printable"))
		return MAIL_CODING_QUOTED;
	if (ascii_is(name, "base64"))
		return MAIL_CODING_BASE64;
	return MAIL_CODING_UNKNOWN;
}

void mail_decoder_init(struct mail_decoder *decoder, enum mail_coding coding)
{
	*decoder = (struct mail_decoder){.coding = coding};
}

/* 16: no digit */
static unsigned hex(uint8_t c)
{
	if (c >= '0' && c <= '9')
		return (unsigned)(c - '0');
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? (unsigned)(c - 'a' + 10) : 16;
}

/* Appends text with its "=XX" resolved. */
static void append_quoted(struct slice text, struct buffer *out)
{
	while (text.len) {
		const uint8_t *mark = memchr(text.data, '=', text.len);
		size_t n = mark ? (size_t)(mark - text.data) : text.len, used = n;
		buffer_append(out, text.data, n);
		if (mark) {
			unsigned high = n + 2 < text.len ? hex(mark[1]) : 16;
			unsigned low = n + 2 < text.len ? hex(mark[2]) : 16;
			bool code = high < 16 && low < 16;
			buffer_byte(out, code ? (uint8_t)(high << 4 | low) : '=');
			used += code ? 3 : 1;
		}
		text = slice_from(text, used);
	}
}

static void append_quoted_line(struct slice line, struct buffer *out)
{
	while (line.len && (line.data[line.len - 1] == ' ' ||
	                    line.data[line.len - 1] == '\t'))
		line.len--;
	bool soft = line.len && line.data[line.len - 1] == '=';
	append_quoted(slice_of(line.data, line.len - soft), out);
	if (!soft)
		buffer_byte(out, '\n');
}

/* 64: no digit of base64 */
static unsigned digit_of(uint8_t c)
{
	uint8_t letter = (uint8_t)((c | 0x20) - 'a');
	if (letter < 26)
		return letter + (c < 'a' ? 0u : 26u);
	if (c >= '0' && c <= '9')
		return (unsigned)(c - '0') + 52;
	return c == '+' || c == '-' ? 62 : c == '/' || c == '_' ? 63 : 64;
}

static void append_base64(struct mail_decoder *decoder, struct slice line,
                          struct buffer *out)
{
	uint8_t *bytes = buffer_reserve(out, line.len / 4 * 3 + 4);
	size_t n = 0;
	if (!bytes)
		return;
	for (size_t i = 0; i < line.len && !decoder->ended; i++) {
		unsigned digit = digit_of(line.data[i]);
		decoder->ended = line.data[i] == '=';
		if (digit == 64)
			continue;
		decoder->bits = decoder->bits << 6 | digit;
		decoder->n_bits += 6;
		if (decoder->n_bits < 8)
			continue;
		decoder->n_bits -= 8;
		bytes[n++] = (uint8_t)(decoder->bits >> decoder->n_bits);
	}
	out->len += n;
}

void mail_decoder_line(struct mail_decoder *decoder, struct slice line,
                       struct buffer *out)
{
	if (decoder->coding == MAIL_CODING_BASE64) {
		append_base64(decoder, line, out);
	} else if (decoder->coding == MAIL_CODING_QUOTED) {
		append_quoted_line(line, out);
	} else {
		buffer_append(out, line.data, line.len);
		buffer_byte(out, '\n');
	}
}

void mail_coding_word(struct slice text, struct buffer *out)
{
	while (text.len) {
		const uint8_t *mark = memchr(text.data, '_', text.len);
		size_t n = mark ? (size_t)(mark - text.data) : text.len;
		append_quoted(slice_of(text.data, n), out);
		if (mark)
			buffer_byte(out, ' ');
		n += mark != NULL;
		text = slice_from(text, n);
	}
}
