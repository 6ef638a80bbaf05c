/* container.h — how do chunks lie in a file, and are its bytes whole?
 *
 * Header, chunks, table of chunks, footer (FORMAT.md, "Segment file").  The
 * writer appends front to back through a running XXH3-128, which becomes the
 * file's id: the same contents have the same name.
 */
#ifndef NS_FORMAT_CONTAINER_H
#define NS_FORMAT_CONTAINER_H

#include "base/io.h"
#include "format/layout.h"

/* FORMAT.md's name of a chunk: "lxbl". */
const char *chunk_name(enum chunk chunk);

struct container {
	struct slice file;
	struct slice chunk[CHUNKS]; /* data NULL where absent */
	uint32_t crc[CHUNKS];
	uint8_t id[16];
	uint32_t footer_crc;
	bool mapped; /* set by its owner: file is a map, whose pages may go */
};

/* Of a file that is mapped: what was read of it needs no memory any more. */
void container_forget(const struct container *container);

/* Reads header, footer and table of a whole file; chunks lie inside the file, in
 * order, and have their padding.  With verify: the checksums of header, footer
 * and table as well; without, they are not looked at.
 * Errors: NS_E_CORRUPT, NS_E_VERSION. */
int container_open(struct container *out, struct slice file, const char *place,
                   bool verify, struct ns_error *err);

/* Reads every byte: chunk checksums, zero padding, id.  Piece by piece: a map takes
 * no more memory than a piece. */
int container_check(const struct container *container, const char *place,
                    struct ns_error *err);

/* ---- writing ----------------------------------------------------------- */

struct container_writer {
	int file;           /* borrowed */
	const char *place;
	uint64_t offset;
	void *hash;         /* XXH3_state_t */
	struct buffer table, pending;
	uint32_t n_chunks, crc;
	uint64_t chunk_start;
	uint64_t chunk_bytes[CHUNKS]; /* lengths, for reports */
};

int container_writer_init(struct container_writer *writer, int file,
                          const char *place, struct ns_error *err);
void container_writer_release(struct container_writer *writer);

/* Chunks in the order of enum chunk; append any number of pieces, then end. */
int container_begin(struct container_writer *writer, enum chunk chunk,
                    struct ns_error *err);
int container_append(struct container_writer *writer, const void *data,
                     size_t n, struct ns_error *err);
int container_end(struct container_writer *writer, struct ns_error *err);
/* All three at once. */
int container_chunk(struct container_writer *writer, enum chunk chunk,
                    const struct buffer *data, struct ns_error *err);

/* Table and footer; then the file may be synced.  Gives its id, the last four
 * bytes of the footer and its length. */
int container_finish(struct container_writer *writer, uint8_t id[16],
                     uint32_t *footer_crc, uint64_t *length,
                     struct ns_error *err);

#endif
