/* container.h — where do the chunks of a segment lie?
 */
#ifndef NS_TESTS_SPEC_CONTAINER_H
#define NS_TESTS_SPEC_CONTAINER_H

#include "tests/spec/segment.h"

/* The file of the segment with this id; the manifest says footer_crc. */
void container_read(struct segment *seg, struct bytes file, const uint8_t id[16],
                    uint32_t footer_crc);

#endif
