#include "format/tail.h"

#include "base/bits.h"

/* The next doc; false past the end of the segment. */
static bool add_gap(uint64_t *next, uint64_t gap, uint32_t doc_count,
                    uint32_t *doc)
{
	*next += gap;
	if (*next >= doc_count)
		return false;
	*doc = (uint32_t)(*next)++;
	return true;
}

/* Most numbers of a pair have one byte. */
static inline uint64_t read_number(struct reader *reader)
{
	if (reader->next < reader->end && *reader->next < 0x80)
		return *reader->next++;
	return reader_varint(reader);
}

static bool read_pairs(struct reader *reader, const struct tail_shape *shape,
                       uint32_t *docs, uint32_t *tfs)
{
	uint64_t next = shape->before;
	for (unsigned i = 0; i < shape->n; i++) {
		uint64_t value = read_number(reader);
		tfs[i] = 1;
		if (shape->has_words) {
			if (value & 1) {
				uint64_t more = read_number(reader);
				if (more > INT32_MAX - 2)
					return false;
				tfs[i] = (uint32_t)more + 2;
			}
			value >>= 1;
		}
		if (value > UINT32_MAX ||
		    !add_gap(&next, value, shape->doc_count, &docs[i]))
			return false;
	}
	return !reader->bad;
}

static bool read_columns(struct reader *reader, const struct tail_shape *shape,
                         uint32_t *docs, uint32_t *tfs)
{
	uint64_t next = shape->before;
	unsigned n = shape->n, width = reader_u8(reader);
	if (width > 32)
		return false;
	const uint8_t *bits = reader_bytes(reader, bits_bytes(n, width));
	for (unsigned i = 0; bits && i < n; i++)
		if (!add_gap(&next, bits_get(bits, i, width), shape->doc_count,
		             &docs[i]))
			return false;
	for (unsigned i = 0; i < n; i++)
		tfs[i] = 1;
	if (!bits || !shape->has_words)
		return bits;
	width = reader_u8(reader);
	if (width > 30)
		return false;
	bits = reader_bytes(reader, bits_bytes(n, width));
	for (unsigned i = 0; bits && width && i < n; i++)
		tfs[i] += (uint32_t)bits_get(bits, i, width);
	return bits;
}

bool tail_read(struct reader *reader, const struct tail_shape *shape,
               uint32_t docs[BLOCK_DOCS], uint32_t tfs[BLOCK_DOCS])
{
	unsigned mode = shape->pairs ? 0 : reader_u8(reader);
	ASSERT_REL(shape->n, <, BLOCK_DOCS);
	if (reader->bad || mode > 1)
		return false;
	memset(docs + shape->n, 0xFF,
	       (BLOCK_DOCS - shape->n) * sizeof *docs);
	return mode ? read_columns(reader, shape, docs, tfs)
	            : read_pairs(reader, shape, docs, tfs);
}
