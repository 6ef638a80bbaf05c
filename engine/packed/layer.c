#include "packed/layer.h"

#include <archive_entry.h>

/* ---- by libarchive ------------------------------------------------------------ */

static int choose_filter(struct archive *archive, enum packing_name name)
{
	switch (name) {
	case PACKING_BZ2:
		return archive_read_support_filter_bzip2(archive);
	case PACKING_LZ4:
		return archive_read_support_filter_lz4(archive);
	default:
		ASSERT_REL(name, ==, PACKING_Z);
		return archive_read_support_filter_compress(archive);
	}
}

/* The stream that is packed may have failed: then that is the reason. */
static int explain(struct layer *layer, struct ns_error *err)
{
	struct packed *packed = layer->packed;
	if (packed->status != NS_OK)
		return err_set(err, packed->status, "%s", packed->err.message);
	const char *why = archive_error_string(layer->data.archive);
	return err_set(err, NS_E_CORRUPT, "%s", why ? why : "damaged");
}

/* archive_read_append_filter, which would take off this one and no other, crashes
 * for Z: so the layers are counted. */
static int open_archive(struct layer *layer, unsigned window,
                        struct ns_error *err)
{
	enum { ITSELF_AND_NONE = 2 };
	(void)window;
	struct archive *archive = archive_read_new();
	layer->data.archive = archive;
	if (!archive)
		return err_nomem(err);
	if (archive_read_support_format_raw(archive) != ARCHIVE_OK ||
	    archive_read_support_format_empty(archive) != ARCHIVE_OK ||
	    choose_filter(archive, layer->name) != ARCHIVE_OK ||
	    packed_open(layer->packed, archive) != ARCHIVE_OK ||
	    archive_errno(archive)) /* else damage is taken for an empty file */
		return explain(layer, err);
	if (archive_filter_count(archive) != ITSELF_AND_NONE)
		return err_set(err, NS_E_LIMIT, "a layer in the same layer");
	struct archive_entry *entry = archive_entry_new(); /* see members.c */
	if (!entry)
		return err_nomem(err);
	int status = archive_read_next_header2(archive, entry);
	archive_entry_free(entry);
	layer->ended = status == ARCHIVE_EOF;
	return status == ARCHIVE_OK || layer->ended ? NS_OK
	                                            : explain(layer, err);
}

static int read_archive(struct layer *layer, void *data, size_t n, size_t *got,
                        struct ns_error *err)
{
	struct packed_data *from = &layer->data;
	int code = packed_data_read(from, data, n, got);
	if (code == ARCHIVE_OK || *got)
		return NS_OK;
	return explain(layer, err);
}

static void close_archive(struct layer *layer)
{
	archive_read_free(layer->data.archive);
}

const struct layer_reader layer_archive = {open_archive, read_archive,
                                           close_archive};

/* ---- by any ----------------------------------------------------------------- */

int layer_fill(struct layer *layer, struct ns_error *err)
{
	struct packed *packed = layer->packed;
	if (layer->input.len || layer->input_ended)
		return NS_OK;
	if (packed_next(packed, &layer->input) != NS_OK)
		return err_set(err, packed->status, "%s", packed->err.message);
	layer->input_ended = !layer->input.len;
	return NS_OK;
}

/* What failed below was told as it is there. */
static int fail(struct layer *layer, int status)
{
	struct packed *packed = layer->packed;
	if (packed->status != NS_OK)
		layer->stream.why = packed->lines->stream->why;
	else if (status == NS_E_LIMIT)
		layer->stream.why = SOURCE_PACKED_LIMIT;
	return status;
}

static int read_stream(struct stream *stream, void *data, size_t n, size_t *got,
                       struct ns_error *err)
{
	struct layer *layer = (struct layer *)stream;
	struct packed *packed = layer->packed;
	*got = 0;
	while (*got < n && !layer->ended) {
		size_t some = 0;
		int status = layer->reader->read(layer, (uint8_t *)data + *got,
		                                 n - *got, &some, err);
		*got += some;
		if (status == NS_OK)
			status = packed_count(packed->meter, packed->stage,
			                      some, err);
		if (status != NS_OK)
			return fail(layer, status);
		layer->ended = !some;
	}
	return NS_OK;
}

static const struct layer_reader *reader_of(enum packing_name name)
{
	switch (name) {
	case PACKING_GZ:  return &layer_gz;
	case PACKING_XZ:
	case PACKING_LZMA:return &layer_xz;
	case PACKING_ZST: return &layer_zstd;
	default:          return &layer_archive;
	}
}

int layer_open(struct layer *layer, const struct packing *packing,
               struct packed *packed, struct ns_error *err)
{
	enum packing_name name = packing->name;
	*layer = (struct layer){
		.stream = {.read = read_stream, .why = SOURCE_PACKED},
		.packed = packed, .name = name,
		.reader = reader_of(name),
	};
	unsigned window = packed->stage ? LAYER_INNER_WINDOW : LAYER_WINDOW;
	int status = layer->reader->open(layer, window, err);
	return status == NS_OK ? NS_OK : fail(layer, status);
}

void layer_close(struct layer *layer)
{
	layer->reader->close(layer);
}
