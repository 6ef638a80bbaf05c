#include "form/furniture.h"

#include "base/white.h"

#define COPYRIGHT "\xC2\xA9"
#define BULLET "\xE2\x80\xA2"

enum { CREDIT_WITHIN = 80 }; /* characters from the end of a caption */

/* Takes the words of pattern off the front of *line; a space in pattern stands
 * for one or more white characters, '~' for any number. */
static bool take(struct slice *line, const char *pattern)
{
	struct slice left = *line;
	for (; *pattern; pattern++) {
		if (*pattern == ' ' && !white_at(left))
			return false;
		if (*pattern == ' ' || *pattern == '~') {
			left = white_trim_start(left);
			continue;
		}
		if (!left.len || left.data[0] != (uint8_t)*pattern)
			return false;
		left = slice_from(left, 1);
	}
	*line = left;
	return true;
}

static bool is_exactly(struct slice line, const char *pattern)
{
	return take(&line, pattern) && !line.len;
}

static bool has_copyright(struct slice line)
{
	return line.len && memmem(line.data, line.len, COPYRIGHT, 2);
}

/* The last n characters of line, which is UTF-8. */
static struct slice last_characters(struct slice line, int n)
{
	size_t i = line.len;
	while (i && n) {
		i--;
		if ((line.data[i] & 0xC0) != 0x80)
			n--;
	}
	return slice_from(line, i);
}

static bool take_closing(struct slice *line)
{
	if (!take(line, BULLET "~Published in"))
		return false;
	if (line->len && !white_at(*line))
		return false;
	*line = white_trim(*line);
	return true;
}

static bool is_furniture(struct slice line)
{
	struct slice after = line;
	if (is_exactly(line, "what animated GIF") ||
	    is_exactly(line, "Subscribe to this RSS feed") ||
	    take(&after, COPYRIGHT))
		return true;
	return take(&after, "FILE PHOTO") && has_copyright(after);
}

enum line_kind furniture_classify(struct slice line, bool awaits_title,
                                  struct slice *rest)
{
	*rest = line;
	if (!line.len)
		return KIND_BLANK;
	if (take_closing(rest))
		return KIND_CLOSING;
	if (is_furniture(line))
		return KIND_FURNITURE;
	if (take(rest, "READ MORE~:~"))
		return KIND_LINK;
	if (!awaits_title && has_copyright(last_characters(line, CREDIT_WITHIN)))
		return KIND_CAPTION;
	return KIND_TEXT;
}
