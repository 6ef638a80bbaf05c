/* packed.h — where do packed bytes come from, and how much may they become?
 *
 * A packed file that unpacks without end would fill a disk with an index or the
 * day with work, so what comes out is measured against what went in: for each
 * outermost file, at each stage of unpacking,
 *
 *     out  <=  PACKED_FLOOR + PACKED_RATIO * in
 *
 * `in` are the bytes read of the outermost file, or its size where places in it
 * are read more than once (a zip whose members lie over each other).  News is made
 * 3 times smaller by gzip and 6 by xz; pages of one template, or all versions of a
 * wiki's pages, 50 to 150 times; bytes that say nothing 1030 times by gzip and
 * more by all others.  The floor lets a small file be what it wants: it costs half
 * a second at the most.
 *
 * Rejected: a bound for the sum of a file's contents, which either refuses real
 * archives or stops no bomb; and ratios of single members, of which a bomb may have
 * many.
 */
#ifndef NS_PACKED_PACKED_H
#define NS_PACKED_PACKED_H

#include "source/lines.h"

#include <archive.h>

enum {
	PACKED_FLOOR = 64 << 20,
	PACKED_RATIO = 256,
	PACKED_STAGES = 4, /* a layer and an archive, twice */
	PACKED_BLOCK = 64 << 10
};

struct packed_meter {
	uint64_t in, size; /* size 0: not known */
	uint64_t out[PACKED_STAGES];
};

/* n bytes came out at a stage.  NS_E_LIMIT: that is too much. */
int packed_count(struct packed_meter *meter, int stage, uint64_t n,
                 struct ns_error *err);

/* What is read by one who unpacks. */
struct packed {
	struct lines *lines;
	struct stream *at;   /* may be read from any place; else NULL */
	uint64_t position;   /* there */
	uint8_t *block;      /* of PACKED_BLOCK bytes; where `at` is read */
	struct packed_meter *meter;
	int stage;           /* 0: these are bytes of the outermost file */
	uint64_t most;       /* bytes that may still be read */
	int status;          /* of reading; the first that failed */
	struct ns_error err;
};

/* The next bytes; none at the end. */
int packed_next(struct packed *packed, struct slice *out);

/* The contents of what libarchive stands at, with zeros in the holes of sparse
 * files. */
struct packed_data {
	struct archive *archive;
	const uint8_t *block; /* of libarchive; left bytes of it are not given out */
	size_t left;
	uint64_t start, given; /* where it lies; bytes given out */
};

/* At most n bytes, fewer only at the end or before a failure: ARCHIVE_OK, or what
 * archive_read_data_block said; *got are good in any case. */
int packed_data_read(struct packed_data *data, void *to, size_t n, size_t *got);

/* Opens archive with this as what it reads.  As archive_read_open1. */
int packed_open(struct packed *packed, struct archive *archive);

#endif
