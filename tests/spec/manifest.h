/* manifest.h — which segments does the newest commit name?
 */
#ifndef NS_TESTS_SPEC_MANIFEST_H
#define NS_TESTS_SPEC_MANIFEST_H

#include "tests/spec/bytes.h"

struct manifest_row {
	const uint8_t *id, *deletes;
	uint64_t size;
	uint32_t footer_crc, doc_count, deletes_crc, n_dead;
};

/* Those of the index in dir; returns how many. */
uint32_t manifest_read(const char *dir, struct manifest_row **out);

#endif
