/* spool.h — where do bytes wait that may be more than the memory?
 *
 * A spool takes bytes at its end and gives them back in order.  It keeps them in
 * memory until they are more than it was allowed, then in a file of the index's
 * folder, which has no name any more from the moment it was made: whatever
 * happens, nothing is left of it.
 *
 * Not taken: a file from the start (a small build would wait for the disk), maps
 * (their pages count as memory of the process).
 */
#ifndef NS_BUILD_SPOOL_H
#define NS_BUILD_SPOOL_H

#include <pthread.h>

#include "base/varint.h"
#include "index/commit.h"

/* Makes the files; one for all spools of a builder, by any thread. */
struct spool_maker {
	struct commit_writer *commit;
	pthread_mutex_t lock;
};

/* Runs and records are written by us, but disks are not ours: NS_E_CORRUPT. */
int spool_damaged(struct ns_error *err);

struct spool {
	struct spool_maker *maker;
	struct buffer memory;  /* what is not in the file yet */
	size_t most;           /* bytes of it */
	uint64_t written;      /* bytes of the file */
	int file;              /* −1: none */
};

/* most: bytes of memory. */
void spool_init(struct spool *spool, struct spool_maker *maker, size_t most);
void spool_release(struct spool *spool);

int spool_append(struct spool *spool, const void *data, size_t n,
                 struct ns_error *err);

static inline uint64_t spool_size(const struct spool *spool)
{
	return spool->written + spool->memory.len;
}

/* What waits in memory goes to the file. */
int spool_spill(struct spool *spool, struct ns_error *err);

/* Nothing will be appended any more: where there is a file, it gets all. */
int spool_end(struct spool *spool, struct ns_error *err);

/* Reads n bytes that were appended, whether or not the spool has ended. */
int spool_read_at(const struct spool *spool, uint64_t offset, void *data,
                  size_t n, struct ns_error *err);

/* The bytes from offset on of a spool that has ended; NULL: they are in a file. */
static inline const uint8_t *spool_at(const struct spool *spool, uint64_t offset)
{
	return spool->file < 0 ? spool->memory.data + offset : NULL;
}

/* Bytes of a spool that has ended, in order.  What it gives wrong, because a file
 * cannot be read or ends early, is said by `status`; look at the end. */
struct spool_reader {
	const uint8_t *next, *end; /* at hand */
	uint64_t behind;           /* offset of what follows `end` */
	uint64_t limit;            /* offset where reading ends */
	const struct spool *spool;
	struct buffer window;      /* of a file */
	size_t window_size;
	int status;
	struct ns_error *err;
};

/* The bytes [from, to).  window_size: bytes read from a file at a time. */
void spool_read(struct spool_reader *reader, const struct spool *spool,
                uint64_t from, uint64_t to, size_t window_size,
                struct ns_error *err);
void spool_reader_release(struct spool_reader *reader);

/* Has at least n bytes at hand where so many are left; fewer only at the end, and
 * after a failure. */
void spool_reader_fill(struct spool_reader *reader, size_t n);
uint64_t spool_varint_slowly(struct spool_reader *reader);

/* The offset of the next byte. */
static inline uint64_t spool_reader_tell(const struct spool_reader *reader)
{
	return reader->behind - (uint64_t)(reader->end - reader->next);
}

static inline bool spool_reader_ended(const struct spool_reader *reader)
{
	return spool_reader_tell(reader) >= reader->limit;
}

static inline uint64_t spool_varint(struct spool_reader *reader)
{
	if (reader->end - reader->next < VARINT_MAX)
		return spool_varint_slowly(reader);
	/* of one and two bytes neither is expected */
	unsigned two = load_u16(reader->next), more = two >> 7 & 1;
	uint64_t value = (two & 0x7f) | (two >> 1 & 0x3f80 & -more);
	reader->next += 1 + more;
	if (!(more & two >> 15))
		return value;
	for (unsigned shift = 14; shift < 64; shift += 7) {
		uint8_t byte = *reader->next++;
		value |= (uint64_t)(byte & 0x7f) << shift;
		if (byte < 0x80)
			break;
	}
	return value;
}

/* The next n bytes, in one piece until the reader is used again; NULL after a
 * failure. */
const uint8_t *spool_bytes(struct spool_reader *reader, size_t n);
void spool_skip(struct spool_reader *reader, uint64_t n);

#endif
