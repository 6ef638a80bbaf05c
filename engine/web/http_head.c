#include "web/http_head.h"

static bool take_status(struct http_head *head, struct slice line)
{
	size_t i = 5;
	if (line.len < 5 || memcmp(line.data, "HTTP/", 5) != 0)
		return false;
	while (i < line.len && line.data[i] != ' ')
		i++;
	while (i < line.len && line.data[i] == ' ')
		i++;
	uint64_t status;
	if (line.len - i < 3 ||
	    !header_number(slice_of(line.data + i, 3), &status))
		return false;
	head->status = (unsigned)status;
	return true;
}

static void take_field(void *context, const struct header_field *field)
{
	struct http_head *head = context;
	struct slice value = field->value;
	if (header_field_is(field, "content-type")) {
		header_word(value, head->type, sizeof head->type);
		header_parameter(value, "charset", head->charset,
		                 sizeof head->charset);
	} else if (header_field_is(field, "content-encoding")) {
		header_word(value, head->coding, sizeof head->coding);
	} else if (header_field_is(field, "transfer-encoding")) {
		header_word(value, head->transfer, sizeof head->transfer);
	} else if (header_field_is(field, "content-length")) {
		head->has_length = header_number(value, &head->length);
	}
}

int http_head_read(struct http_head *out, struct lines *lines,
                   const char **fault, struct ns_error *err)
{
	const uint64_t from = lines->bytes;
	struct slice line;
	*out = (struct http_head){0};
	*fault = NULL;
	TRY(header_next(lines, from, &line, fault, err));
	if (!*fault && !take_status(out, line))
		*fault = "no status line";
	if (*fault)
		return NS_OK;
	return header_read(lines, from, take_field, out, fault, err);
}
