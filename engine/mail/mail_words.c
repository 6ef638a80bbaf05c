#include "mail/mail_words.h"

#include "source/charset.h"
#include "mail/mail_codings.h"

/* Whole subjects come as one word, against the 75 bytes of RFC 2047. */
enum { LABEL_MAX = 63, WORD_MAX = 2048 };

struct word {
	char charset[LABEL_MAX + 1];
	bool base64;
	struct slice text;
	size_t len; /* of all of it */
};

/* What came before, not decoded yet: words of one charset, or text. */
struct pending {
	const char *text_charset;
	char charset[LABEL_MAX + 1];
	struct buffer *bytes, *out;
	uint32_t *repairs;
	bool word;
};

static bool is_white(uint8_t c)
{
	return c == ' ' || (c >= 9 && c <= 13);
}

/* Where the '?' is that ends the piece at text[from…]; text.len: nowhere. */
static size_t find_mark(struct slice text, size_t from)
{
	while (from < text.len && text.data[from] != '?')
		from++;
	return from;
}

/* The word at the start of text. */
static bool word_at(struct slice text, struct word *out)
{
	text.len = min_size(text.len, WORD_MAX);
	if (text.len < 8 || memcmp(text.data, "=?", 2) != 0)
		return false;
	size_t label = find_mark(text, 2);
	if (label == 2 || label - 2 > LABEL_MAX || label + 3 >= text.len ||
	    text.data[label + 2] != '?')
		return false;
	uint8_t coding = text.data[label + 1] | 0x20;
	size_t end = find_mark(text, label + 3);
	/* a bare '?' may stand in the text of a bad mailer */
	while (end + 1 < text.len && text.data[end + 1] != '=')
		end = find_mark(text, end + 1);
	if ((coding != 'q' && coding != 'b') || end + 1 >= text.len)
		return false;
	memcpy(out->charset, text.data + 2, label - 2);
	out->charset[label - 2] = '\0';
	out->charset[strcspn(out->charset, "*")] = '\0';
	out->base64 = coding == 'b';
	out->text = slice_of(text.data + label + 3, end - label - 3);
	out->len = end + 2;
	return true;
}

/* Decodes what is pending. */
static int flush(struct pending *p)
{
	struct slice bytes = slice_of(p->bytes->data, p->bytes->len);
	const char *label = p->word ? p->charset : p->text_charset;
	if (p->bytes->status != NS_OK)
		return p->bytes->status;
	if (!bytes.len)
		return NS_OK;
	int status = charset_decode(bytes, charset_of(bytes, label, true), p->out,
	                            p->repairs);
	buffer_clear(p->bytes);
	return status;
}

static int add_word(struct pending *p, const struct word *word)
{
	if (!p->word || strcasecmp(p->charset, word->charset) != 0)
		TRY(flush(p));
	p->word = true;
	memcpy(p->charset, word->charset, sizeof p->charset);
	if (word->base64) {
		struct mail_decoder decoder;
		mail_decoder_init(&decoder, MAIL_CODING_BASE64);
		mail_decoder_line(&decoder, word->text, p->bytes);
	} else {
		mail_coding_word(word->text, p->bytes);
	}
	return NS_OK;
}

static int add_text(struct pending *p, struct slice text)
{
	if (p->word)
		TRY(flush(p));
	p->word = false;
	buffer_append(p->bytes, text.data, text.len);
	return NS_OK;
}

/* Bytes of white at text, behind which a word begins; else 0. */
static size_t gap_before_word(struct slice text, struct word *word)
{
	size_t n = 0;
	while (n < text.len && is_white(text.data[n]))
		n++;
	return n && word_at(slice_from(text, n), word) ? n : 0;
}

static int decode(struct pending *p, struct slice value)
{
	struct word word;
	while (value.len) {
		size_t n = p->word ? gap_before_word(value, &word) : 0;
		if (n) {
			/* between two words: nothing */
		} else if (word_at(value, &word)) {
			TRY(add_word(p, &word));
			n = word.len;
		} else {
			n = 1;
			while (n < value.len && value.data[n] != '=')
				n++;
			TRY(add_text(p, slice_of(value.data, n)));
		}
		value = slice_from(value, n);
	}
	return flush(p);
}

/* From start on, runs of white become one space. */
static void fold_white(struct buffer *out, size_t start)
{
	size_t n = start;
	for (size_t i = start; i < out->len; i++) {
		uint8_t c = out->data[i];
		if (!is_white(c))
			out->data[n++] = c;
		else if (n > start && out->data[n - 1] != ' ')
			out->data[n++] = ' ';
	}
	if (n > start && out->data[n - 1] == ' ')
		n--;
	out->len = n;
}

int mail_words_decode(struct slice value, const char *charset,
                      struct buffer *bytes, struct buffer *out,
                      uint32_t *repairs)
{
	struct pending pending = {
		.text_charset = charset, .bytes = bytes, .out = out,
		.repairs = repairs,
	};
	size_t start = out->len;
	buffer_clear(bytes);
	int status = decode(&pending, value);
	fold_white(out, start);
	return status == NS_E_NOMEM ? status : NS_OK;
}
