/* file.h — which files are there, and are their bytes as they were written?
 *
 * Files whole in memory, until the end; names, checksums and the opening that
 * all kinds have in common.
 */
#ifndef NS_TESTS_SPEC_FILE_H
#define NS_TESTS_SPEC_FILE_H

#include "tests/spec/bytes.h"

struct bytes file_read(const char *dir, const char *name);
/* Magic number and version of a file of this kind: 'I', 'C' or 'D'. */
void opening_check(struct in *in, char kind);

uint32_t crc32c(const uint8_t *bytes, size_t n);
void content_hash(struct bytes bytes, uint8_t out[16]);
void content_name(char name[32], const char *kind, const uint8_t *id);

#endif
