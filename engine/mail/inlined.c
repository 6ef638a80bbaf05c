#include "mail/inlined.h"

#include "base/white.h"

/* A line of uuencode: its blanks may be lost at the end, a sum may stand there. */
static bool is_uu(struct slice line)
{
	line = white_trim_end(line);
	if (!line.len || line.data[0] <= ' ' || line.data[0] > '`')
		return false;
	size_t bytes = (size_t)(line.data[0] - ' ') & 63;
	size_t full = (bytes + 2) / 3 * 4;
	for (size_t i = 0; i < line.len; i++)
		if (line.data[i] < ' ' || line.data[i] > '`')
			return false;
	return line.len <= full + 2 && (line.len > full / 2 || !bytes);
}

/* begin 644 NAME */
static bool is_uu_head(struct slice line)
{
	size_t n = strlen("begin "), digits = 0;
	if (!slice_begins(line, "begin "))
		return false;
	while (n < line.len && line.data[n] >= '0' && line.data[n] <= '7') {
		n++;
		digits++;
	}
	return (digits == 3 || digits == 4) && n + 1 < line.len &&
	       line.data[n] == ' ';
}

/* Each of these gets what stands behind the first line, and leaves what stands behind
 * the attachment; false: it is none. */
static bool pass_uu(struct slice *rest)
{
	struct slice ahead = *rest, line = slice_cut(&ahead, '\n');
	if (!is_uu(line))
		return false;
	while (is_uu(line)) {
		*rest = ahead;
		line = slice_cut(&ahead, '\n');
	}
	if (slice_begins(line, "end") && white_trim_end(line).len == 3)
		*rest = ahead;
	return true;
}

/* Passes a line that begins so.  *none: there is none, which is asked once. */
static bool pass_to(struct slice *rest, const char *last, bool *none)
{
	for (struct slice ahead = *rest; !*none && ahead.len;) {
		if (!slice_begins(slice_cut(&ahead, '\n'), last))
			continue;
		*rest = ahead;
		return true;
	}
	*none = true;
	return false;
}

struct ends {
	bool no_yenc, no_pgp;
};

static bool pass(struct slice *rest, struct slice line, struct ends *ends)
{
	if (is_uu_head(line))
		return pass_uu(rest);
	if (slice_begins(line, "=ybegin "))
		return pass_to(rest, "=yend ", &ends->no_yenc);
	/* what is signed is text, with a signature behind it */
	return slice_begins(line, "-----BEGIN PGP ") &&
	       !slice_begins(line, "-----BEGIN PGP SIGNED") &&
	       pass_to(rest, "-----END PGP ", &ends->no_pgp);
}

uint32_t inlined_leave_out(struct buffer *text)
{
	struct ends ends = {0};
	uint32_t left_out = 0;
	size_t n = 0;
	for (struct slice rest = slice_of(text->data, text->len); rest.len;) {
		const uint8_t *from = rest.data;
		struct slice line = slice_cut(&rest, '\n');
		if (pass(&rest, line, &ends)) {
			left_out++;
			continue;
		}
		size_t taken = (size_t)(rest.data - from);
		memmove(text->data + n, from, taken);
		n += taken;
	}
	text->len = n;
	return left_out;
}
