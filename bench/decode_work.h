/* decode_work.h — which blocks does nsbench decode read, and how?
 *
 * A sample is a window of blocks of one encoding and one width, copies of
 * SAMPLE_BLOCKS different ones; a work is a way to read them.  A further row of
 * the tables is a line in works[] and its loop.
 *
 * What is scored has frequencies behind its docs, of one bit with 8 exceptions,
 * and docs that walk through an archive of SCORED_DOCS and their lengths, as
 * those of a long list do: gaps are of 9 bits at most.
 */
#ifndef NS_BENCH_DECODE_WORK_H
#define NS_BENCH_DECODE_WORK_H

#include "format/pack.h"

enum encoding { ENC_FOR, ENC_PATCHED, ENC_RUN, ENC_BITSET, ENC_SCORED_FOR,
                ENC_SCORED_PATCHED, ENC_SCORED_BITSET, ENCODINGS };
enum work { UNPACK, SUMS, FOR_DOCS, FOR_TFS, PATCHED_DOCS, PATCHED_TFS, RUN,
            BITSET, SCORED_FOR, SCORED_PATCHED, SCORED_BITSET, WORKS };
enum { WIDTHS = PACK_WIDTH_MAX + 1, SAMPLE_BLOCKS = 8,
       SAMPLE_WINDOW = 1 << 20, SCORED_DOCS = 1 << 18 };

struct sample {
	const struct pack_kernels *kernels;
	uint8_t *bytes;        /* SAMPLE_WINDOW and padding */
	enum encoding encoding;
	unsigned width;        /* or the place in bitset_words */
	size_t size, n;        /* of a block; blocks in the window */
	uint8_t docs_enc, tfs_enc;
	uint32_t last[SAMPLE_BLOCKS];
};

/* false: there is no such block. */
bool sample_make(struct sample *sample, enum encoding encoding,
                 unsigned width);

/* Bits that a doc takes (a FOR block: its width). */
double sample_bits(enum encoding encoding, unsigned width);

struct work_kind {
	const char *name;
	enum encoding encoding;
	/* Reads the first n blocks; false: one was refused. */
	bool (*read)(const struct sample *sample, size_t n);
};
extern const struct work_kind works[WORKS];

/* Is this sample one for this work? */
bool work_reads(enum work work, const struct sample *sample);

#endif
