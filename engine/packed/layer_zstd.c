/* zstd by itself. */
#define ZSTD_STATIC_LINKING_ONLY
#include <zstd.h>
#include <zstd_errors.h>

#include "packed/layer.h"

static void *take(void *context, size_t size)
{
	(void)context;
	return mem_alloc(size);
}

static void give_back(void *context, void *block)
{
	(void)context;
	mem_free(block);
}

static const ZSTD_customMem memory = {take, give_back, NULL};

static int open_zstd(struct layer *layer, unsigned window, struct ns_error *err)
{
	layer->zstd = ZSTD_createDCtx_advanced(memory);
	if (!layer->zstd)
		return err_nomem(err);
	size_t code = ZSTD_DCtx_setParameter(layer->zstd, ZSTD_d_windowLogMax,
	                                     (int)window);
	ASSERT_REL(ZSTD_isError(code), ==, 0);
	(void)code;
	return NS_OK;
}

static int explain(size_t code, struct ns_error *err)
{
	switch (ZSTD_getErrorCode(code)) {
	case ZSTD_error_memory_allocation:
		return err_nomem(err);
	case ZSTD_error_frameParameter_windowTooLarge:
		return err_set(err, NS_E_LIMIT, "its window is larger than is "
		               "given");
	default:
		return err_set(err, NS_E_CORRUPT, "damaged zstd input: %s",
		               ZSTD_getErrorName(code));
	}
}

static int read_zstd(struct layer *layer, void *data, size_t n, size_t *got,
                     struct ns_error *err)
{
	ZSTD_outBuffer out = {data, n, 0};
	while (!out.pos) {
		TRY(layer_fill(layer, err));
		if (layer->input_ended && !layer->in_frame)
			break;
		ZSTD_inBuffer in = {layer->input.data, layer->input.len, 0};
		size_t code = ZSTD_decompressStream(layer->zstd, &out, &in);
		*got = out.pos;
		if (ZSTD_isError(code))
			return explain(code, err);
		layer->in_frame = code != 0;
		layer->input = slice_of((const uint8_t *)in.src + in.pos,
		                        in.size - in.pos);
		if (layer->input_ended && layer->in_frame && !out.pos)
			return err_set(err, NS_E_CORRUPT,
			               "truncated zstd input");
	}
	return NS_OK;
}

static void close_zstd(struct layer *layer)
{
	ZSTD_freeDCtx(layer->zstd);
}

const struct layer_reader layer_zstd = {open_zstd, read_zstd, close_zstd};
