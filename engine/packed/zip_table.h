/* zip_table.h — how large is the table at the end of this zip?
 *
 * Looked for as libarchive does: the record that ends it in the last 16 KiB, which
 * says where the table starts and how large it is; both are doubted, and so is every
 * other that may be such a record.
 */
#ifndef NS_PACKED_ZIP_TABLE_H
#define NS_PACKED_ZIP_TABLE_H

#include "source/stream.h"

/* At most `most` bytes; false also where there is none, and where it is of a zip of
 * over 4 GiB.  The stream must have read_at. */
bool zip_table_is_small(struct stream *stream, uint64_t most);

#endif
