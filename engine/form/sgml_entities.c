#include "form/sgml_entities.h"

#include "base/ascii.h"
#include "source/character.h"

#include <libxml/HTMLparser.h>

enum { NAME_MAX_LEN = 16 };

/* Not of HTML, or frequent. */
static const struct {
	const char *name;
	uint32_t value;
} names[] = {
	{"lt", '<'}, {"amp", '&'}, {"gt", '>'}, {"quot", '"'}, {"apos", '\''},
	{"LT", '<'}, {"AMP", '&'}, {"GT", '>'}, {"QUOT", '"'},
	{"hyph", '-'}, {"blank", ' '}, {"dollar", '$'}, {"percnt", '%'},
	{"lpar", '('}, {"rpar", ')'}, {"lsqb", '['}, {"rsqb", ']'},
	{"ast", '*'}, {"num", '#'}, {"plus", '+'}, {"equals", '='},
	{"cir", 0x25CB}, {"frac13", 0x2153}, {"frac23", 0x2154},
	{"frac18", 0x215B}, {"frac38", 0x215C}, {"frac58", 0x215D},
	{"frac78", 0x215E},
	{"UR", 3}, {"LR", 3}, {"QL", 3}, {"QC", 3}, {"QR", 3},
};

static void append_number(struct buffer *out, uint32_t c)
{
	if (c >= 0x80 && c < 0xA0)
		c = character_of_1252(c);
	else if (c == 0 || c > 0x10FFFF || (c >= 0xD800 && c < 0xE000))
		c = 0xFFFD;
	if (c >= 0x20 ? c != 0x7F : c == '\t' || c == '\n' || c == '\r')
		character_append(out, c);
}

static uint32_t digit_of(uint8_t c)
{
	if (c >= '0' && c <= '9')
		return (uint32_t)(c - '0');
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? (uint32_t)(c - 'a' + 10) : 99;
}

/* "#252" or "#xFC": its value, at most 0x110000. */
static bool number_of(struct slice name, uint32_t *out)
{
	uint32_t base = 10, value = 0;
	size_t i = 1;
	if (name.len > 2 && (name.data[1] | 0x20) == 'x') {
		base = 16;
		i = 2;
	}
	if (i == name.len)
		return false;
	for (; i < name.len; i++) {
		uint32_t digit = digit_of(name.data[i]);
		if (digit >= base)
			return false;
		value = min_u32(value * base + digit, 0x110000);
	}
	*out = value;
	return true;
}

static uint32_t named(struct slice name)
{
	char text[NAME_MAX_LEN + 1];
	memcpy(text, name.data, name.len);
	text[name.len] = '\0';
	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (!strcmp(names[i].name, text))
			return names[i].value;
	const htmlEntityDesc *entity = htmlEntityLookup((const xmlChar *)text);
	return entity ? entity->value : 0;
}

/* Appends what the reference at the start of text means; its bytes, 0: none. */
static size_t decode(struct slice text, struct buffer *out)
{
	size_t n = 1;
	while (n < text.len && n <= NAME_MAX_LEN && text.data[n] != ';' &&
	       (text.data[n] == '#' || digit_of(text.data[n]) < 10 ||
	        ascii_letter(text.data[n])))
		n++;
	if (n == 1 || n == text.len || text.data[n] != ';')
		return 0;
	struct slice name = slice_of(text.data + 1, n - 1);
	uint32_t value;
	if (name.data[0] == '#') {
		if (!number_of(name, &value))
			return 0;
		append_number(out, value);
	} else {
		value = named(name);
		if (!value)
			return 0;
		append_number(out, value);
	}
	return n + 1;
}

void sgml_entities_decode(struct slice text, struct buffer *out)
{
	while (text.len) {
		const uint8_t *mark = memchr(text.data, '&', text.len);
		size_t n = mark ? (size_t)(mark - text.data) : text.len;
		buffer_append(out, text.data, n);
		text = slice_from(text, n);
		if (!text.len)
			return;
		n = decode(text, out);
		if (!n) {
			buffer_byte(out, '&');
			n = 1;
		}
		text = slice_from(text, n);
	}
}
