#include "web/warc_record.h"

#include "base/utf8.h"

/* ---- ARC ----------------------------------------------------------------- */

enum arc_word { ARC_LENGTH, ARC_TYPE, ARC_DATE, ARC_ADDRESS, ARC_WORDS };

struct arc_line {
	struct slice words[ARC_WORDS], uri;
};

/* From the right: a URL may hold spaces.  A type may be empty. */
static bool cut_arc(struct slice line, struct arc_line *out)
{
	uint64_t date;
	size_t end = line.len;
	for (int i = 0; i < ARC_WORDS; i++) {
		size_t start = end;
		while (start && line.data[start - 1] != ' ')
			start--;
		if (!start)
			return false;
		out->words[i] = slice_of(line.data + start, end - start);
		end = start - 1;
	}
	out->uri = slice_of(line.data, end);
	return memchr(line.data, ':', line.len) && end &&
	       out->words[ARC_DATE].len >= 12 &&
	       header_number(out->words[ARC_DATE], &date);
}

static void set_uri(struct warc_record *record, struct slice uri)
{
	buffer_clear(&record->uri);
	utf8_repair(uri, &record->uri);
}

static void take_arc(struct warc_record *record, const struct arc_line *line)
{
	bool first = slice_begins(line->uri, "filedesc:");
	set_uri(record, line->uri);
	strcpy(record->kind, first ? "filedesc" : "response");
	header_word(line->words[ARC_TYPE], record->type, sizeof record->type);
	record->http = !first && slice_begins(line->uri, "http");
	record->has_length = header_number(line->words[ARC_LENGTH],
	                                   &record->length);
}

/* ---- WARC ---------------------------------------------------------------- */

static void take_field(void *context, const struct header_field *field)
{
	struct warc_record *record = context;
	struct slice value = field->value;
	if (header_field_is(field, "warc-type")) {
		header_word(value, record->kind, sizeof record->kind);
	} else if (header_field_is(field, "warc-target-uri")) {
		/* wget writes <URL> */
		if (value.len >= 2 && value.data[0] == '<' &&
		    value.data[value.len - 1] == '>')
			value = slice_of(value.data + 1, value.len - 2);
		set_uri(record, value);
	} else if (header_field_is(field, "content-type")) {
		header_word(value, record->type, sizeof record->type);
		header_parameter(value, "charset", record->charset,
		                 sizeof record->charset);
	} else if (header_field_is(field, "content-length")) {
		record->has_length = header_number(value, &record->length);
	} else if (header_field_is(field, "warc-truncated")) {
		record->cut = true;
	}
}

static int read_fields(struct warc_record *record, struct lines *lines,
                       const char **fault, struct ns_error *err)
{
	TRY(header_read(lines, lines->bytes, take_field, record, fault, err));
	record->http = !strcmp(record->type, "application/http");
	return NS_OK;
}

/* ---- either -------------------------------------------------------------- */

static bool is_version(struct slice line)
{
	return slice_begins(line, "WARC/0.") || slice_begins(line, "WARC/1.");
}

bool warc_record_begins(struct slice line)
{
	struct arc_line arc;
	return slice_begins(line, "WARC/") || cut_arc(line, &arc);
}

void warc_record_init(struct warc_record *record)
{
	*record = (struct warc_record){0};
	buffer_init(&record->uri, 4 * HEADER_MAX);
}

void warc_record_release(struct warc_record *record)
{
	buffer_release(&record->uri);
}

int warc_record_read(struct warc_record *out, struct slice line,
                     struct lines *lines, const char **fault,
                     struct ns_error *err)
{
	struct arc_line arc;
	struct buffer uri = out->uri;
	*out = (struct warc_record){.uri = uri};
	buffer_clear(&out->uri);
	*fault = NULL;
	if (line.len > HEADER_MAX)
		*fault = "its header is over 1 MiB";
	else if (is_version(line))
		TRY(read_fields(out, lines, fault, err));
	else if (slice_begins(line, "WARC/"))
		*fault = "a version other than 0.17 to 1.1";
	else if (cut_arc(line, &arc))
		take_arc(out, &arc);
	else
		*fault = "no record begins here";
	if (!*fault && !out->has_length)
		*fault = "its length is no number below 2^63";
	return buffer_check(&out->uri, err);
}
