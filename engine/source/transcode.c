#include "source/transcode.h"

#include "base/utf8.h"

#include <errno.h>

/* What iconv is given to write into at once. */
enum { ROOM = 4096 };

static const char fault[] = "\xEF\xBF\xBD";

/* How the names of those begin in which a character may be two bytes. */
static const char *const wide[] = {"GB", "BIG5", "EUC", "CP9", "JOHAB"};

int transcode_open(struct transcode *t, const char *charset,
                   struct ns_error *err)
{
	*t = (struct transcode){.unit = 1};
	if (!strncmp(charset, "UTF-16", 6))
		t->unit = 2;
	else if (!strncmp(charset, "UTF-32", 6))
		t->unit = 4;
	t->shifts = !strncmp(charset, "ISO-2022", 8) || !strcmp(charset, "UTF-7");
	for (size_t i = 0; i < ARRAY_LEN(wide); i++)
		t->wide = t->wide || !strncmp(charset, wide[i], strlen(wide[i]));
	t->converter = iconv_open("UTF-8", charset);
	/* glibc says EINVAL where memory ended while it looked for the encoding */
	if (t->converter == (iconv_t)-1)
		t->converter = iconv_open("UTF-8", charset);
	t->opened = t->converter != (iconv_t)-1;
	if (t->opened)
		return NS_OK;
	if (errno == ENOMEM)
		return err_nomem(err);
	return err_set(err, NS_E_USAGE, "this system cannot read %s", charset);
}

void transcode_close(struct transcode *t)
{
	if (t->opened)
		iconv_close(t->converter);
	t->opened = false;
}

/* One call of iconv; in NULL: what it kept back.  0, or errno. */
static int convert(struct transcode *t, char **in, size_t *left,
                   struct buffer *out, uint32_t *repairs)
{
	char piece[ROOM], *to = piece;
	size_t room = sizeof piece;
	size_t result = iconv(t->converter, in, left, &to, &room);
	int cause = result == (size_t)-1 ? errno : 0;
	size_t n = sizeof piece - room;
	if (n && !t->marks && memchr(piece, 0, n))
		*repairs += utf8_repair(slice_of(piece, n), out);
	else
		buffer_append(out, piece, n);
	return cause;
}

static size_t fault_most(const struct transcode *t)
{
	return t->wide ? 2 : t->unit;
}

/* How many bytes of what iconv refused are given up. */
static size_t fault_length(const struct transcode *t, const char *in, size_t left)
{
	bool ascii = t->wide && (left < 2 || !(in[0] & in[1] & 0x80));
	return min_size(ascii ? 1 : fault_most(t), left);
}

void transcode_push(struct transcode *t, struct slice bytes, bool last,
                    struct buffer *out, size_t *used, uint32_t *repairs)
{
	char *in = (char *)bytes.data; /* iconv's way: it is not written to */
	size_t left = bytes.len;
	while (left && out->status == NS_OK) {
		size_t left_before = left, len_before = out->len;
		int cause = convert(t, &in, &left, out, repairs);
		bool more = !last && left < TRANSCODE_LEFT;
		if (more && (cause == EINVAL || left < fault_most(t)))
			break;
		bool moved = left < left_before || out->len > len_before;
		if (!left || (moved && (cause == 0 || cause == E2BIG)))
			continue;
		if (!t->shifts) /* it may hold a letter that awaits an accent */
			convert(t, NULL, NULL, out, repairs);
		size_t lost = cause == EINVAL ? left : fault_length(t, in, left);
		if (t->marks)
			buffer_byte(out, 0xFF);
		else
			buffer_append(out, fault, 3);
		++*repairs;
		in += lost;
		left -= lost;
	}
	if (last)
		convert(t, NULL, NULL, out, repairs);
	*used = bytes.len - left;
}
