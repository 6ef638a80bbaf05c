#include "mail/mail_people.h"

#include "base/white.h"

/* One person's, each a piece of the value; what is quoted keeps its quotes until it
 * is put out. */
struct person {
	struct slice name, comment, address;
};

static struct slice piece(struct slice value, size_t start, size_t end)
{
	return white_trim(slice_of(value.data + start, end - start));
}

/* Where what opens at value[at] has closed, behind it. */
static size_t skip_quoted(struct slice value, size_t at)
{
	for (at++; at < value.len && value.data[at] != '"'; at++)
		if (value.data[at] == '\\')
			at++;
	return min_size(at + 1, value.len);
}

static size_t skip_comment(struct slice value, size_t at)
{
	size_t depth = 0;
	for (; at < value.len; at++) {
		uint8_t c = value.data[at];
		depth += c == '(';
		depth -= c == ')';
		if (c == '\\')
			at++;
		if (!depth)
			break;
	}
	return min_size(at + 1, value.len);
}

static size_t skip_address(struct slice value, size_t at)
{
	while (at < value.len && value.data[at] != '>')
		at++;
	return min_size(at + 1, value.len);
}

/* Inside of the marks at both ends, which may be missing at the second. */
static struct slice inner(struct slice value, size_t at, size_t end, uint8_t mark)
{
	bool closed = end > at + 1 && value.data[end - 1] == mark;
	return piece(value, at + 1, end - closed);
}

/* Reads a person from value[at…]; where it ends, at its comma or the end. */
static size_t read_person(struct slice value, size_t at, struct person *out)
{
	size_t start = at;
	bool named = false, address = false;
	*out = (struct person){0};
	while (at < value.len) {
		uint8_t c = value.data[at];
		size_t end = at + 1;
		if (c == ',' && address)
			break;
		if ((c == '(' || c == '<') && !named) {
			out->name = piece(value, start, at);
			named = true;
		}
		if (c == '"') {
			end = skip_quoted(value, at);
		} else if (c == '(') {
			end = skip_comment(value, at);
			if (!out->comment.len)
				out->comment = inner(value, at, end, ')');
		} else if (c == '<') {
			end = skip_address(value, at);
			out->address = inner(value, at, end, '>');
			address = true;
		}
		address = address || c == '@';
		at = end;
	}
	if (!named)
		out->name = piece(value, start, at);
	return at;
}

static void put_quoted(struct slice text, struct buffer *out)
{
	for (size_t i = 0; i < text.len; i++) {
		if (text.data[i] == '"')
			continue;
		if (text.data[i] == '\\' && i + 1 < text.len)
			i++;
		buffer_byte(out, text.data[i]);
	}
}

static void put_person(const struct person *person, struct buffer *out)
{
	struct slice name = person->name;
	/* "address (Name)", and what cut headers leave behind it */
	if (person->comment.len && (!person->address.len ||
	    (name.len && memchr(name.data, '@', name.len))))
		name = person->comment;
	if (!name.len)
		name = person->comment.len ? person->comment : person->address;
	put_quoted(name, out);
}

void mail_people(struct slice value, struct buffer *out)
{
	size_t at = 0;
	while (at < value.len) {
		struct person person;
		size_t before = out->len;
		at = read_person(value, at, &person) + 1;
		if (before)
			buffer_text(out, ", ");
		size_t start = out->len;
		put_person(&person, out);
		if (out->len == start)
			out->len = before;
	}
}
