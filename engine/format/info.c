#include "format/info.h"

#include "base/varint.h"

float info_avglen0(const struct info_field *field)
{
	if (!field->n)
		return 0;
	return (float)(1.1 * (double)field->sum_length / (double)field->n);
}

static void put_text(struct buffer *out, struct slice text)
{
	buffer_varint(out, text.len);
	buffer_append(out, text.data, text.len);
}

void info_write(const struct info *info, struct buffer *out)
{
	buffer_u32(out, info->doc_count);
	buffer_u32(out, info->flags);
	buffer_u64(out, info->rank_base);
	buffer_u64(out, info->identity);
	for (unsigned i = FIELD_TEXT; i < FIELD_END; i++) {
		uint32_t bits;
		memcpy(&bits, &info->field[i].avglen0, sizeof bits);
		buffer_u32(out, info->field[i].n);
		buffer_u32(out, bits);
		buffer_u64(out, info->field[i].sum_length);
	}
	put_text(out, info->language);
	put_text(out, info->unicode);
	put_text(out, info->zstd);
	put_text(out, info->stemmer);
}

static struct slice get_text(struct reader *reader)
{
	uint64_t len = reader_varint(reader);
	const uint8_t *bytes = len <= reader_left(reader)
		? reader_bytes(reader, (size_t)len) : NULL;
	if (!bytes) {
		reader->bad = true;
		return slice_of(reader->next, 0);
	}
	return slice_of(bytes, (size_t)len);
}

/* Words fields have lengths and an average that follows from them. */
static bool field_fits(const struct info *info, unsigned i)
{
	const struct info_field *field = &info->field[i];
	if (field->n > info->doc_count)
		return false;
	if (field_has_several(i))
		return field->sum_length >= field->n &&
		       (field->n > 0 || !field->sum_length) &&
		       field->avglen0 == 0;
	if (!field_has_words(i))
		return !field->sum_length && field->avglen0 == 0;
	return field->sum_length >= field->n &&
	       field->sum_length <= (uint64_t)field->n * LENGTH_MAX &&
	       field->avglen0 == info_avglen0(field);
}

int info_read(struct info *out, struct slice chunk, const char *place,
              struct ns_error *err)
{
	struct reader reader = reader_of(chunk);
	*out = (struct info){0};
	out->doc_count = reader_u32(&reader);
	out->flags = reader_u32(&reader);
	out->rank_base = reader_u64(&reader);
	out->identity = reader_u64(&reader);
	bool good = out->doc_count <= DOCS_MAX &&
	            !(out->flags & ~(uint32_t)(INFO_STORED | INFO_ORDERED));
	for (unsigned i = FIELD_TEXT; i < FIELD_END; i++) {
		out->field[i].n = reader_u32(&reader);
		uint32_t bits = reader_u32(&reader);
		memcpy(&out->field[i].avglen0, &bits, sizeof bits);
		out->field[i].sum_length = reader_u64(&reader);
		good = good && field_fits(out, i);
	}
	out->language = get_text(&reader);
	out->unicode = get_text(&reader);
	out->zstd = get_text(&reader);
	out->stemmer = get_text(&reader);
	if (reader.bad || !good || reader_left(&reader))
		return err_corrupt(err, place, -1, "info: impossible numbers");
	return NS_OK;
}
