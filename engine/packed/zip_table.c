#include "packed/zip_table.h"

enum { TAIL = 16 << 10, RECORD = 22, LOCATOR = 20, SIZE_AT = 12, START_AT = 16 };

static uint32_t u32_at(const uint8_t *data)
{
	return (uint32_t)data[0] | (uint32_t)data[1] << 8 |
	       (uint32_t)data[2] << 16 | (uint32_t)data[3] << 24;
}

bool zip_table_is_small(struct stream *stream, uint64_t most)
{
	uint8_t tail[TAIL];
	struct ns_error unheard;
	size_t got = 0;
	uint64_t from = stream->size > TAIL ? stream->size - TAIL : 0;
	if (stream->read_at(stream, tail, TAIL, from, &got, &unheard) != NS_OK)
		return false;
	bool found = false;
	for (size_t i = got; i-- > 0;) {
		if (got - i < RECORD || memcmp(tail + i, "PK\5\6", 4) != 0)
			continue;
		uint64_t end = from + i;
		uint64_t size = u32_at(tail + i + SIZE_AT);
		uint64_t start = u32_at(tail + i + START_AT);
		/* before it may stand where the record of a larger zip is */
		bool larger = i >= LOCATOR ? !memcmp(tail + i - LOCATOR, "PK\6\7", 4)
		                           : from > 0;
		if (larger || start > end || end - start > most || size > most)
			return false;
		found = true;
	}
	return found;
}
