#include "source/mojibake.h"

#include "source/character.h"

/* The code at data, which is UTF-8. */
static uint32_t code_at(const uint8_t *data, size_t *len)
{
	uint8_t lead = data[0];
	*len = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
	uint32_t code = *len == 1 ? lead : lead & (0x7Fu >> *len);
	for (size_t i = 1; i < *len; i++)
		code = code << 6 | (data[i] & 0x3F);
	return code;
}

/* The byte that was taken for this character; 0: none beyond ASCII. */
static uint8_t byte_of(uint32_t code)
{
	if (code >= 0x80 && code <= 0xFF)
		return (uint8_t)code;
	for (uint32_t byte = 0x80; byte < 0xA0 && code; byte++)
		if (character_of_1252(byte) == code)
			return (uint8_t)byte;
	return 0;
}

enum doubt { NO_TEXT, DOUBTFUL, SURE };

/* A letter and what may follow a word: no-break space, quotes, dashes, ellipsis. */
static bool may_close(uint8_t byte)
{
	return byte == 0x82 || byte == 0x84 || byte == 0x85 || byte == 0x8B ||
	       (byte >= 0x91 && byte <= 0x97) || byte == 0x9B || byte == 0xA0 ||
	       byte == 0xAB || byte == 0xBB;
}

static enum doubt judge_two(uint32_t code, uint8_t last)
{
	if (code < 0xA0)
		return NO_TEXT;
	if (code < 0xC0)
		return SURE; /* no word ends in Â */
	bool script = code < 0x180 || (code >= 0x370 && code < 0x500) ||
	              (code >= 0x590 && code < 0x700) ||
	              byte_of(code); /* of what was damaged twice */
	return !script ? NO_TEXT : may_close(last) ? DOUBTFUL : SURE;
}

static enum doubt judge_three(uint32_t code)
{
	if ((code >= 0x2010 && code < 0x2060) || (code >= 0x20A0 && code < 0x20D0) ||
	    (code >= 0x2100 && code < 0x2140) || (code >= 0x2190 && code < 0x21C0) ||
	    (code >= 0x2600 && code < 0x2680) || (code >= 0x2700 && code < 0x2780) ||
	    (code >= 0xFB00 && code < 0xFB07) || code == 0xFEFF || code == 0xFFFD)
		return SURE;
	bool script = (code >= 0x900 && code < 0x1100) ||
	              (code >= 0x1E00 && code < 0x2000) ||
	              (code >= 0x2500 && code < 0x2600) ||
	              (code >= 0x3000 && code < 0xD800) ||
	              (code >= 0xFF00 && code < 0xFFF0);
	return script ? DOUBTFUL : NO_TEXT;
}

/* One character out of the bytes that a run's characters were. */
static enum doubt judge(const uint8_t *bytes, size_t n, size_t *len)
{
	uint8_t lead = bytes[0];
	if (lead < 0xC2 || lead > 0xF4)
		return NO_TEXT;
	*len = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
	if (n < *len)
		return NO_TEXT;
	for (size_t i = 1; i < *len; i++)
		if ((bytes[i] & 0xC0) != 0x80)
			return NO_TEXT;
	size_t ignored;
	uint32_t code = code_at(bytes, &ignored);
	if (*len == 2)
		return judge_two(code, bytes[1]);
	if (*len == 3)
		return code < 0x800 ? NO_TEXT : judge_three(code);
	return code >= 0x1F000 && code < 0x1FB00 ? SURE
	     : code >= 0x10000 && code < 0x30000 ? DOUBTFUL : NO_TEXT;
}

/* The run at data, up to ASCII.  *taken: its bytes. */
static enum doubt judge_run(const uint8_t *data, size_t n, size_t *taken)
{
	uint8_t bytes[4];
	size_t held = 0, at = 0, characters = 0, len;
	enum doubt doubt = DOUBTFUL;
	while (at < n && data[at] >= 0x80) {
		uint8_t byte = byte_of(code_at(data + at, &len));
		at += len;
		if (doubt == NO_TEXT || !byte) {
			doubt = NO_TEXT;
			continue;
		}
		bytes[held++] = byte;
		size_t wanted = bytes[0] < 0xE0 ? 2 : bytes[0] < 0xF0 ? 3 : 4;
		if (held < wanted)
			continue;
		enum doubt one = judge(bytes, held, &len);
		if (one == NO_TEXT || ++characters > 1 || one == SURE)
			doubt = one == NO_TEXT ? NO_TEXT : SURE;
		held = 0;
	}
	*taken = at;
	return held ? NO_TEXT : doubt;
}

static void undo_run(const uint8_t *data, size_t n, struct buffer *out)
{
	size_t len;
	for (size_t at = 0; at < n; at += len)
		buffer_byte(out, byte_of(code_at(data + at, &len)));
}

/* The next run from *at on; false: there is none. */
static bool next_run(struct slice text, size_t *at, size_t *len,
                     enum doubt *doubt)
{
	while (*at < text.len && text.data[*at] < 0x80)
		++*at;
	if (*at == text.len)
		return false;
	*doubt = judge_run(text.data + *at, text.len - *at, len);
	return true;
}

/* Whether some character is one that a run begins with: Â to ô. */
static bool may_have(struct slice text)
{
	const uint8_t *at = text.len ? memchr(text.data, 0xC3, text.len) : NULL;
	while (at) {
		if (at[1] >= 0x82 && at[1] <= 0xB4)
			return true;
		size_t left = text.len - (size_t)(at + 2 - text.data);
		at = left ? memchr(at + 2, 0xC3, left) : NULL;
	}
	return false;
}

static uint32_t mend_once(struct slice text, struct buffer *out)
{
	size_t sure = 0, real = 0, at, len, done = 0;
	uint32_t undone = 0;
	enum doubt doubt;
	if (!may_have(text))
		return 0;
	for (at = 0; next_run(text, &at, &len, &doubt); at += len) {
		sure += doubt == SURE;
		real += doubt == NO_TEXT;
	}
	enum doubt least = sure && sure >= real ? DOUBTFUL : SURE;
	if (!sure)
		return 0;
	for (at = 0; next_run(text, &at, &len, &doubt); at += len) {
		if (doubt < least)
			continue;
		buffer_append(out, text.data + done, at - done);
		undo_run(text.data + at, len, out);
		done = at + len;
		undone++;
	}
	buffer_append(out, text.data + done, text.len - done);
	return undone;
}

uint32_t mojibake_mend(struct slice text, struct buffer *out)
{
	size_t start = out->len;
	/* twice as much, so that what is read does not move */
	if (!may_have(text) || !buffer_reserve(out, 2 * text.len))
		return 0;
	uint32_t undone = mend_once(text, out);
	size_t once = out->len - start;
	uint32_t again = undone ? mend_once(slice_of(out->data + start, once), out)
	                        : 0;
	if (again) {
		size_t twice = out->len - start - once;
		memmove(out->data + start, out->data + start + once, twice);
		out->len = start + twice;
	}
	return undone;
}
