/* layer.h — what was in this file before it was made smaller?
 *
 * One layer of compression as a stream.  gz, xz, lzma and zstd are asked by their own
 * libraries, with our memory.  libarchive 3.6.2 bounds none of it for xz (a file of
 * 8 MiB would make it hold 1.5 GiB) and 128 MiB for zstd, does not look at the
 * checksums of gzip, and where a file is cut off it drops up to 64 KiB that came
 * before the cut.  bz2, lz4 and Z, which are rarer, are libarchive's; its memory for
 * them is small and fixed.
 *
 * The bound is what `xz -9` and `zstd --ultra -21` ask for.  A layer within packed
 * files, of which the outer one is still open, has a smaller one, so that both keep
 * below 100 MiB.
 */
#ifndef NS_PACKED_LAYER_H
#define NS_PACKED_LAYER_H

#include "packed/packed.h"
#include "packed/packing.h"

#include <lzma.h>
#include <zlib.h>

enum {
	LAYER_WINDOW = 26,      /* the outermost: 2^26 bytes, 64 MiB */
	LAYER_INNER_WINDOW = 24
};

struct layer {
	struct stream stream; /* first: one pointer serves for both */
	struct packed *packed;
	enum packing_name name;
	const struct layer_reader *reader;
	union {
		struct packed_data data; /* by libarchive */
		struct ZSTD_DCtx_s *zstd;
		lzma_stream lzma;
		z_stream gz;
	};
	struct slice input; /* not yet taken by the library */
	bool input_ended, ended;
	bool in_frame;      /* gz, zstd: its end is still to come */
};

/* How one library is asked.  close: whatever open gave. */
struct layer_reader {
	int (*open)(struct layer *layer, unsigned window, struct ns_error *err);
	/* some bytes, at least one; none: it has ended.  *got is 0 before, and good
	 * after a failure too */
	int (*read)(struct layer *layer, void *data, size_t n, size_t *got,
	            struct ns_error *err);
	void (*close)(struct layer *layer);
};

extern const struct layer_reader layer_archive, layer_gz, layer_xz, layer_zstd;

/* packed is borrowed.  A failure is told under layer->stream.why; close follows
 * in any case. */
int layer_open(struct layer *layer, const struct packing *packing,
               struct packed *packed, struct ns_error *err);
void layer_close(struct layer *layer);

/* Fills layer->input where it is empty. */
int layer_fill(struct layer *layer, struct ns_error *err);

#endif
