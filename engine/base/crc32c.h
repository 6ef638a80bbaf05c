/* crc32c.h — did these bytes change?
 *
 * CRC-32C (Castagnoli, reflected polynomial 0x82F63B78, as in iSCSI): finds
 * every flipped bit and every burst up to 32 bits.  crc32c("123456789") is
 * 0xE3069283.
 */
#ifndef NS_BASE_CRC32C_H
#define NS_BASE_CRC32C_H

#include "base/base.h"

/* Continues crc (0 at the start) over n bytes. */
uint32_t crc32c(uint32_t crc, const void *data, size_t n);

/* The portable one, for tests and machines without the instruction. */
uint32_t crc32c_portable(uint32_t crc, const void *data, size_t n);

#endif
