/* xz and lzma through liblzma. */
#include "packed/layer.h"

static void *take(void *context, size_t count, size_t size)
{
	(void)context;
	return size && count > SIZE_MAX / size ? NULL : mem_alloc(count * size);
}

static void give_back(void *context, void *block)
{
	(void)context;
	mem_free(block);
}

static const lzma_allocator memory = {take, give_back, NULL};

/* What a decoder needs beside its dictionary is a few hundred KiB. */
static int open_xz(struct layer *layer, unsigned window, struct ns_error *err)
{
	layer->lzma = (lzma_stream)LZMA_STREAM_INIT;
	layer->lzma.allocator = &memory;
	uint64_t most = ((uint64_t)1 << window) + (1 << 20);
	lzma_ret code = lzma_auto_decoder(&layer->lzma, most,
	                                  LZMA_CONCATENATED);
	return code == LZMA_OK ? NS_OK : err_nomem(err);
}

static int explain(struct layer *layer, lzma_ret code, struct ns_error *err)
{
	switch (code) {
	case LZMA_MEM_ERROR:
		return err_nomem(err);
	case LZMA_MEMLIMIT_ERROR:
		return err_set(err, NS_E_LIMIT, "it needs %llu MiB of memory, "
		               "and %llu are given", (unsigned long long)
		               lzma_memusage(&layer->lzma) >> 20,
		               (unsigned long long)
		               lzma_memlimit_get(&layer->lzma) >> 20);
	case LZMA_OPTIONS_ERROR:
		return err_set(err, NS_E_CORRUPT, "xz with options that are "
		               "not known");
	case LZMA_BUF_ERROR:
		return err_set(err, NS_E_CORRUPT, "truncated xz input");
	default:
		return err_set(err, NS_E_CORRUPT, "damaged xz input");
	}
}

static int read_xz(struct layer *layer, void *data, size_t n, size_t *got,
                   struct ns_error *err)
{
	lzma_stream *lzma = &layer->lzma;
	lzma->next_out = data;
	lzma->avail_out = n;
	do {
		TRY(layer_fill(layer, err));
		lzma->next_in = layer->input.data;
		lzma->avail_in = layer->input.len;
		lzma_ret code = lzma_code(lzma, layer->input_ended
		                          ? LZMA_FINISH : LZMA_RUN);
		layer->input = slice_of(lzma->next_in, lzma->avail_in);
		*got = n - lzma->avail_out;
		if (code == LZMA_STREAM_END)
			return NS_OK;
		if (code != LZMA_OK && !*got)
			return explain(layer, code, err);
	} while (!*got);
	return NS_OK;
}

static void close_xz(struct layer *layer)
{
	lzma_end(&layer->lzma);
}

const struct layer_reader layer_xz = {open_xz, read_xz, close_xz};
