#include "answer/stat.h"

#include <inttypes.h>

#include "answer/digits.h"
#include "answer/fields.h"
#include "answer/stat_lines.h"

static void share_line(struct buffer *text, const char *name, uint64_t bytes,
                       uint64_t whole)
{
	stat_share(text, name, STAT_LABEL - 2, bytes, whole);
	buffer_byte(text, '\n');
}

static void field_lines(struct buffer *text, const struct info *info)
{
	for (unsigned field = FIELD_TEXT; field < FIELD_END; field++) {
		const struct info_field *at = &info->field[field];
		if (!at->n)
			continue;
		buffer_printf(text, "  %-*s", STAT_LABEL - 2, field_name(field));
		stat_number(text, at->n, STAT_NUMBER);
		buffer_text(text, at->n == 1 ? " article" : " articles");
		if (field_has_words(field)) {
			buffer_text(text, ", ");
			digits_grouped(text, at->sum_length);
			buffer_text(text, " words");
		}
		if (field_has_several(field)) {
			buffer_text(text, ", ");
			digits_grouped(text, at->sum_length);
			buffer_text(text, " values");
		}
		buffer_byte(text, '\n');
	}
}

static void pairs_line(struct buffer *text, const struct pair_table *pairs)
{
	if (!pairs->n_pairs)
		return;
	buffer_printf(text, "  %-*s", STAT_LABEL - 2, "pairs");
	stat_number(text, pairs->n_pairs, STAT_NUMBER);
	buffer_printf(text, " of the %u most frequent words\n", pairs->n);
}

static void segment_lines(struct buffer *text, const struct segment *segment,
                          uint32_t n_dead)
{
	const struct container *container = &segment->container;
	uint64_t whole = container->file.len, chunks = 0;
	buffer_printf(text, "\n%s  ", segment->name);
	digits_grouped(text, segment->info.doc_count);
	buffer_text(text, segment->info.doc_count == 1 ? " article, "
	                                               : " articles, ");
	if (n_dead) {
		digits_grouped(text, n_dead);
		buffer_text(text, " of them dead, ");
	}
	digits_grouped(text, segment->lexicon.n_entries);
	buffer_text(text, " words and terms\n");
	field_lines(text, &segment->info);
	pairs_line(text, &segment->pairs);
	buffer_byte(text, '\n');
	for (enum chunk chunk = 0; chunk < CHUNKS; chunk++) {
		if (!container->chunk[chunk].data)
			continue;
		share_line(text, chunk_name(chunk), container->chunk[chunk].len,
		           whole);
		chunks += container->chunk[chunk].len;
	}
	share_line(text, "frame", whole - min_u64(whole, chunks), whole);
	share_line(text, "all", whole, whole);
}

static void version_lines(struct buffer *text, const struct info *info)
{
	stat_label(text, "language");
	buffer_append(text, info->language.data, info->language.len);
	buffer_byte(text, '\n');
	stat_label(text, "made with");
	buffer_printf(text, "format %d.%d, Unicode ", FORMAT_MAJOR,
	              FORMAT_MINOR);
	buffer_append(text, info->unicode.data, info->unicode.len);
	buffer_text(text, ", ");
	buffer_append(text, info->stemmer.data, info->stemmer.len);
	buffer_text(text, ", zstd ");
	buffer_append(text, info->zstd.data, info->zstd.len);
	buffer_byte(text, '\n');
	stat_label(text, "analyzer");
	buffer_printf(text, "%016" PRIx64 "\n", info->identity);
	stat_label(text, "text");
	buffer_text(text, info->flags & INFO_STORED ? "stored\n"
	                                            : "not stored\n");
	stat_label(text, "order");
	buffer_text(text, info->flags & INFO_ORDERED ? "bp\n" : "input\n");
}

/* Other commits that can be asked; a folder that cannot be listed shows none. */
static void kept_line(struct buffer *text, const char *place, uint64_t shown)
{
	struct io_names names;
	bool any = false;
	int dir = io_open(AT_FDCWD, place, O_RDONLY | O_DIRECTORY, 0);
	if (dir < 0)
		return;
	if (io_list(dir, &names, place, NULL) == NS_OK) {
		for (size_t i = 0; i < names.n; i++) {
			uint64_t other = manifest_parse_name(names.names[i]);
			if (!other || other == shown)
				continue;
			if (!any)
				stat_label(text, "also kept");
			buffer_printf(text, "%s%" PRIu64, any ? ", " : "",
			              other);
			any = true;
		}
		io_names_release(&names);
	}
	io_close(&dir);
	if (any)
		buffer_byte(text, '\n');
}

static void dead_line(struct buffer *text, const struct manifest *manifest)
{
	uint64_t all = 0, living = manifest_living(manifest);
	for (uint32_t i = 0; i < manifest->n_segments; i++)
		all += manifest->segments[i].doc_count;
	if (all == living)
		return;
	stat_label(text, "dead");
	digits_grouped(text, all - living);
	buffer_text(text, ", ");
	digits_percent(text, all - living, all);
	buffer_text(text, " % of all in the segments\n");
}

int stat_print(const struct snapshot *snapshot, const char *place,
               struct output *out, struct ns_error *err)
{
	struct buffer *text = &out->text;
	const struct manifest *manifest = &snapshot->manifest;
	uint32_t n = manifest->n_segments;
	uint64_t bytes = 0;
	for (uint32_t i = 0; i < n; i++)
		bytes += snapshot->segments[i].map_size +
		         snapshot->segments[i].dead_map_size;
	stat_label(text, "index");
	buffer_printf(text, "%s\n", place);
	stat_number_line(text, "generation", manifest->generation, "");
	kept_line(text, place, manifest->generation);
	stat_number_line(text, "articles", manifest_living(manifest), "");
	dead_line(text, manifest);
	stat_number_line(text, "segments", n, "");
	stat_number_line(text, "size", bytes, " bytes");
	if (n)
		version_lines(text, &snapshot->segments[0].segment.info);
	for (uint32_t i = 0; i < n; i++) {
		segment_lines(text, &snapshot->segments[i].segment,
		              manifest->segments[i].n_dead);
		TRY(output_step(out, err));
	}
	return output_end(out, err);
}
