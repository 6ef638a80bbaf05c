#include "feed/xml_reference.h"

#include "base/ascii.h"
#include "source/character.h"

#include <libxml/HTMLparser.h>

static uint32_t hex_value(uint8_t c)
{
	if (ascii_digit(c))
		return (uint32_t)(c - '0');
	uint32_t value = (uint32_t)((c | 0x20) - 'a') + 10;
	return value >= 10 && value < 16 ? value : 16;
}

static uint32_t fit(uint32_t c)
{
	if (c >= 0x80 && c < 0xA0)
		c = character_of_1252(c);
	bool control = c < 0x20 && c != '\t' && c != '\n' && c != '\r';
	bool none = !c || c > 0x10FFFF || (c >= 0xD800 && c < 0xE000) ||
	            (c & 0xFFFE) == 0xFFFE;
	return control || none ? 0xFFFD : c;
}

static enum xml_reference_kind number(struct slice text, uint32_t *character,
                                      size_t *taken)
{
	size_t at = 2;
	uint32_t base = 10, value = 0;
	if (at < text.len && (text.data[at] | 0x20) == 'x') {
		base = 16;
		at++;
	}
	size_t first = at;
	for (; at < text.len; at++) {
		uint32_t digit = hex_value(text.data[at]);
		if (digit >= base)
			break;
		value = min_u32(value * base + digit, 0x110000);
	}
	if (at == text.len)
		return REFERENCE_CUT;
	if (at == first)
		return REFERENCE_NONE;
	*taken = at + (text.data[at] == ';');
	*character = fit(value);
	return REFERENCE_KNOWN;
}

/* Those that nearly all are. */
static bool common(struct slice text, uint32_t *character, size_t *taken)
{
	static const struct {
		char name[7];
		uint8_t n;
		char character;
	} names[] = {{"&lt;", 4, '<'}, {"&gt;", 4, '>'}, {"&amp;", 5, '&'},
		{"&quot;", 6, '"'}};
	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		if (text.len < names[i].n ||
		    memcmp(text.data, names[i].name, names[i].n) != 0)
			continue;
		*character = (uint32_t)names[i].character;
		*taken = names[i].n;
		return true;
	}
	return false;
}

enum xml_reference_kind xml_reference(struct slice text, uint32_t *character,
                                      size_t *taken)
{
	if (common(text, character, taken))
		return REFERENCE_KNOWN;
	char name[XML_REFERENCE_MAX];
	struct slice head = slice_of(text.data, min_size(text.len, sizeof name));
	bool all = head.len == sizeof name;
	enum xml_reference_kind cut = all ? REFERENCE_NONE : REFERENCE_CUT;
	size_t n = 1;
	if (head.len > 1 && head.data[1] == '#') {
		enum xml_reference_kind kind = number(head, character, taken);
		return kind == REFERENCE_CUT ? cut : kind;
	}
	while (n < head.len && (ascii_letter(head.data[n]) ||
	                        (n > 1 && ascii_digit(head.data[n]))))
		n++;
	if (n == head.len)
		return cut;
	if (n == 1 || head.data[n] != ';')
		return REFERENCE_NONE;
	memcpy(name, head.data + 1, n - 1);
	name[n - 1] = '\0';
	*taken = n + 1;
	const htmlEntityDesc *known = htmlEntityLookup((const xmlChar *)name);
	*character = known ? known->value : '\'';
	if (known || !strcmp(name, "apos"))
		return REFERENCE_KNOWN;
	return REFERENCE_UNKNOWN;
}
