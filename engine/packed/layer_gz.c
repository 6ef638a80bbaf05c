/* gz through zlib: any number of members, one behind the other; what follows them is
 * no part of the file, as gzip has it too. */
#include "packed/layer.h"

#include "source/zlib_memory.h"

static int open_gz(struct layer *layer, unsigned window, struct ns_error *err)
{
	(void)window; /* 32 KiB, always */
	layer->in_frame = true;
	return zlib_open(&layer->gz, ZLIB_GZIP, err);
}

/* A member has ended; does another begin?  Its two first bytes may lie apart: the
 * first is enough then. */
static bool goes_on(struct layer *layer)
{
	struct slice next = layer->input;
	if (!next.len || next.data[0] != 0x1F ||
	    (next.len > 1 && next.data[1] != 0x8B))
		return false;
	int code = inflateReset(&layer->gz);
	ASSERT_REL(code, ==, Z_OK);
	return code == Z_OK;
}

static int inflate_some(struct layer *layer, struct ns_error *err)
{
	z_stream *gz = &layer->gz;
	gz->next_in = (Bytef *)layer->input.data;
	gz->avail_in = (uInt)layer->input.len;
	int code = inflate(gz, Z_NO_FLUSH);
	layer->input = slice_of(gz->next_in, gz->avail_in);
	if (code == Z_MEM_ERROR)
		return err_nomem(err);
	if (code == Z_STREAM_END)
		layer->in_frame = false;
	else if (code != Z_OK && code != Z_BUF_ERROR)
		return err_set(err, NS_E_CORRUPT, "damaged gzip input: %s",
		               gz->msg ? gz->msg : "it cannot be read");
	return NS_OK;
}

static int read_gz(struct layer *layer, void *data, size_t n, size_t *got,
                   struct ns_error *err)
{
	z_stream *gz = &layer->gz;
	uInt room = (uInt)min_size(n, 1 << 20);
	gz->next_out = data;
	gz->avail_out = room;
	int status = NS_OK;
	while (gz->avail_out == room && status == NS_OK) {
		TRY(layer_fill(layer, err));
		if (!layer->in_frame)
			layer->in_frame = goes_on(layer);
		if (!layer->in_frame)
			break;
		if (layer->input_ended)
			return err_set(err, NS_E_CORRUPT, "truncated gzip input");
		status = inflate_some(layer, err);
	}
	*got = room - gz->avail_out;
	return status;
}

static void close_gz(struct layer *layer)
{
	inflateEnd(&layer->gz);
}

const struct layer_reader layer_gz = {open_gz, read_gz, close_gz};
