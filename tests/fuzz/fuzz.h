/* fuzz.h — what do the fuzz targets share?
 *
 * A target is one function: libFuzzer calls it with bytes that it makes up
 * (make fuzz), replay.c with files (make check-fuzz).  Bytes are hostile and no
 * checksum stands before them.  A target states what must hold whatever the
 * bytes are (ASSERT_REL), and more where nothing in them was damaged: two readers
 * that both found no fault agree, what was read can be written and read again.
 */
#ifndef NS_TESTS_FUZZ_H
#define NS_TESTS_FUZZ_H

#include "base/varint.h"
#include "format/layout.h"
#include "tests/random.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Was the last input read to its end without a fault?  Set by each target; the
 * seeds that real encoders made must be sound. */
extern bool fuzz_sound;

/* The next n bytes of the input (fewer where it ends) as a chunk: in memory of
 * their own, CHUNK_PADDING zeros behind and nothing more, so that a read past
 * the padding is seen. */
struct slice fuzz_chunk(struct reader *input, size_t n);
/* The same without the padding. */
struct slice fuzz_exact(struct reader *input, size_t n);
/* All that is left, as a chunk. */
struct slice fuzz_rest(struct reader *input);
void fuzz_free(struct slice chunk);

/* Lengths of docs are the same in all inputs: most are short, some as long as can
 * be said. */
static inline uint32_t fuzz_length(uint32_t doc)
{
	uint32_t mixed = doc * 2654435761u;
	if (doc % 61 == 60)
		return LENGTH_MAX;
	return 1 + (mixed >> 8 & ((1u << (mixed >> 28)) - 1));
}

/* Memory, or an end with a sentence: a target has none to spare. */
void *fuzz_alloc(size_t size);

#endif
