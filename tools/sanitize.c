#include "tools/sanitize.h"

#include <string.h>

#define REPLACEMENT 0xFFFDu

/* The bytes that may follow a lead byte: how many, and the range of the first
 * (Unicode 15.0, table 3-7). */
static size_t followers(uint8_t lead, uint8_t *low, uint8_t *high)
{
	*low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
	*high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
	if (lead >= 0xC2 && lead <= 0xDF)
		return 1;
	if (lead >= 0xE0 && lead <= 0xEF)
		return 2;
	if (lead >= 0xF0 && lead <= 0xF4)
		return 3;
	return 0;
}

uint32_t sanitize_decode(const char *data, size_t size, size_t *consumed)
{
	uint8_t lead = (uint8_t)data[0], low, high;
	*consumed = 1;
	if (lead < 0x80)
		return lead;
	size_t wanted = followers(lead, &low, &high), i = 1;
	uint32_t code = lead & (0x3Fu >> wanted);
	for (; i <= wanted && i < size; i++) {
		uint8_t byte = (uint8_t)data[i];
		if (byte < low || byte > high)
			break;
		code = code << 6 | (byte & 0x3Fu);
		low = 0x80;
		high = 0xBF;
	}
	*consumed = i;
	return wanted && i == wanted + 1 ? code : REPLACEMENT;
}

bool sanitize_harmless(uint32_t code)
{
	static const struct {
		uint32_t first, last;
	} dropped[] = {
		{0x0000, 0x001F}, {0x007F, 0x009F}, {0x061C, 0x061C},
		{0x200E, 0x200F}, {0x202A, 0x202E}, {0x2066, 0x2069},
		{0xFFF9, 0xFFFB}, {0xE0000, 0xE007F},
	};
	for (size_t i = 0; i < sizeof dropped / sizeof *dropped; i++)
		if (code >= dropped[i].first && code <= dropped[i].last)
			return false;
	return true;
}

struct sanitize_char sanitize_next(const char *data, size_t size,
                                   bool one_line)
{
	struct sanitize_char out = {0};
	size_t consumed;
	uint32_t code = sanitize_decode(data, size, &consumed);
	out.consumed = (uint8_t)consumed;
	if (code == '\t' || (code == '\n' && one_line))
		code = ' ';
	if (code != '\n' && !sanitize_harmless(code))
		return out;
	out.code = code;
	if (code == REPLACEMENT) {
		memcpy(out.bytes, "\xEF\xBF\xBD", 3);
		out.size = 3;
	} else if (code == ' ' || code == '\n') {
		out.bytes[0] = (char)code;
		out.size = 1;
	} else {
		memcpy(out.bytes, data, consumed);
		out.size = (uint8_t)consumed;
	}
	return out;
}

/* How many bytes at the start are characters of ASCII that are shown as they are. */
static size_t plain(const char *data, size_t size)
{
	size_t n = 0;
	while (n < size && data[n] >= ' ' && data[n] <= '~')
		n++;
	return n;
}

void sanitize_write(FILE *file, const char *data, size_t size, bool one_line)
{
	for (size_t i = 0; i < size;) {
		size_t n = plain(data + i, size - i);
		if (n) {
			fwrite(data + i, 1, n, file);
			i += n;
			continue;
		}
		struct sanitize_char next =
			sanitize_next(data + i, size - i, one_line);
		fwrite(next.bytes, 1, next.size, file);
		i += next.consumed;
	}
}

void sanitize_string(const char *text, bool one_line, char *out, size_t size)
{
	size_t length = strlen(text), used = 0;
	for (size_t i = 0; i < length;) {
		struct sanitize_char next =
			sanitize_next(text + i, length - i, one_line);
		if (next.size + 1u > size - used)
			break;
		memcpy(out + used, next.bytes, next.size);
		used += next.size;
		i += next.consumed;
	}
	out[used] = '\0';
}
