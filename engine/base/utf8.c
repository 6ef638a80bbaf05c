#include "base/utf8.h"

/* Seven of eight bytes of news are ASCII: eight of them are looked at in one
 * step. */
static size_t ascii_prefix(const uint8_t *data, size_t n)
{
	const uint64_t high = UINT64_C(0x8080808080808080);
	const uint64_t ones = UINT64_C(0x0101010101010101);
	size_t i = 0;
	for (uint64_t word; i + 8 <= n; i += 8) {
		memcpy(&word, data + i, 8);
		/* where no high bit is set, only a zero byte borrows one */
		if (word & high || (word - ones) & high)
			break;
	}
	while (i < n && data[i] && data[i] < 0x80)
		i++;
	return i;
}

/* The bytes that may follow a lead byte: how many, and the range of the first
 * (all others: 80..BF). */
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

/* The length of the sequence or maximal subpart at data, n > 0. */
static size_t measure(const uint8_t *data, size_t n, bool *good)
{
	if (data[0] < 0x80) {
		*good = data[0] != 0;
		return 1;
	}
	uint8_t low, high;
	size_t wanted = followers(data[0], &low, &high), i = 1;
	while (i <= wanted && i < n && data[i] >= low && data[i] <= high) {
		low = 0x80;
		high = 0xBF;
		i++;
	}
	*good = wanted && i == wanted + 1;
	return i;
}

/* Whether a maximal subpart at the end of all bytes may yet become good. */
static bool is_cut(const uint8_t *data, size_t n)
{
	uint8_t low, high;
	return followers(data[0], &low, &high) >= n;
}

size_t utf8_prefix(const uint8_t *data, size_t n)
{
	size_t i = 0;
	while (i < n) {
		i += ascii_prefix(data + i, n - i);
		if (i == n)
			break;
		bool good;
		size_t length = measure(data + i, n - i, &good);
		if (!good)
			break;
		i += length;
	}
	return i;
}

struct utf8_facts utf8_count(struct slice bytes)
{
	struct utf8_facts facts = {.ascii = bytes.len};
	for (size_t i = 0; i < bytes.len;) {
		const uint8_t *at = bytes.data + i;
		size_t rest = bytes.len - i, length;
		bool good;
		if (*at && *at < 0x80) {
			i += ascii_prefix(at, rest);
			continue;
		}
		length = measure(at, rest, &good);
		if (*at && facts.ascii == bytes.len)
			facts.ascii = i;
		if (!*at)
			facts.zeros++;
		else if (good)
			facts.good++;
		else if (length == rest && is_cut(at, rest))
			facts.cut = rest;
		else
			facts.bad++;
		i += length;
	}
	return facts;
}

uint32_t utf8_repair(struct slice text, struct buffer *out)
{
	uint32_t repairs = 0;
	for (size_t i = 0; i < text.len && out->status == NS_OK;) {
		size_t good = utf8_prefix(text.data + i, text.len - i);
		buffer_append(out, text.data + i, good);
		i += good;
		if (i == text.len)
			break;
		bool ignored;
		i += measure(text.data + i, text.len - i, &ignored);
		buffer_append(out, "\xEF\xBF\xBD", 3);
		repairs++;
	}
	return repairs;
}

int utf8_clean(struct slice *text, struct buffer *scratch, uint32_t *repairs)
{
	if (!text->len || utf8_prefix(text->data, text->len) == text->len)
		return NS_OK;
	buffer_clear(scratch);
	*repairs += utf8_repair(*text, scratch);
	*text = slice_of(scratch->data, scratch->len);
	return scratch->status;
}
