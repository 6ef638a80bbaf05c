#include "format/places.h"

#include "base/bits.h"

enum { PATCHED = 0x80, EXCEPTIONS_MAX = 15 };

/* How one group of up to 64 values is written. */
struct group {
	unsigned width, n_exceptions;
	size_t exception_bytes;
};

static size_t exceptions_size(const uint32_t *values, unsigned n,
                              unsigned width, unsigned *count)
{
	size_t bytes = 1;
	*count = 0;
	for (unsigned i = 0; i < n; i++) {
		uint64_t high = (uint64_t)values[i] >> width;
		if (high) {
			++*count;
			bytes += 1 + varint_size(high);
		}
	}
	return bytes;
}

static struct group choose(const uint32_t *values, unsigned n)
{
	uint32_t all = 0;
	for (unsigned i = 0; i < n; i++)
		all |= values[i];
	struct group best = {.width = bits_width32(all)};
	size_t best_bytes = bits_bytes(n, best.width);
	for (unsigned width = best.width; width-- > 0;) {
		unsigned count;
		size_t extra = exceptions_size(values, n, width, &count);
		if (count > EXCEPTIONS_MAX)
			break;
		/* one byte more: the patched group's entry in x */
		if (bits_bytes(n, width) + extra + 1 < best_bytes) {
			best_bytes = bits_bytes(n, width) + extra + 1;
			best = (struct group){width, count, extra};
		}
	}
	return best;
}

static void write_group(const uint32_t *values, unsigned n, struct group group,
                        struct buffer *out)
{
	size_t bytes = bits_bytes(n, group.width);
	uint8_t *room = buffer_reserve(out, bytes);
	if (!room)
		return;
	memset(room, 0, bytes);
	uint64_t mask = ((uint64_t)1 << group.width) - 1;
	for (unsigned i = 0; i < n; i++)
		bits_put(room, i, group.width, values[i] & mask);
	out->len += bytes;
	if (!group.n_exceptions)
		return;
	buffer_byte(out, (uint8_t)group.n_exceptions);
	for (unsigned i = 0; i < n; i++) {
		uint64_t high = (uint64_t)values[i] >> group.width;
		if (high) {
			buffer_byte(out, (uint8_t)i);
			buffer_varint(out, high);
		}
	}
}

/* Walks the gaps of a unit, in pieces of a group. */
struct gaps {
	const uint32_t *tfs, *positions;
	uint32_t left;     /* in the doc */
	uint32_t previous; /* position + 1 */
};

static unsigned next_gaps(struct gaps *gaps, uint64_t total, uint32_t *out)
{
	unsigned n = (unsigned)min_u64(total, GROUP);
	for (unsigned i = 0; i < n; i++) {
		if (!gaps->left) {
			gaps->left = *gaps->tfs++;
			gaps->previous = 0;
		}
		uint32_t position = *gaps->positions++;
		ASSERT_REL(position, >=, gaps->previous);
		out[i] = position - gaps->previous;
		gaps->previous = position + 1;
		gaps->left--;
	}
	return n;
}

static void write_groups(const uint32_t *tfs, const uint32_t *positions,
                         uint64_t total, struct buffer *out)
{
	size_t n_groups = (size_t)((total + GROUP - 1) / GROUP);
	size_t widths = out->len;
	uint32_t values[GROUP];
	struct gaps gaps = {tfs, positions, 0, 0};
	buffer_zeros(out, n_groups);
	uint64_t left = total;
	for (size_t g = 0; g < n_groups; g++) {
		unsigned n = next_gaps(&gaps, left, values);
		struct group group = choose(values, n);
		if (group.n_exceptions)
			buffer_byte(out, (uint8_t)group.exception_bytes);
		if (out->status != NS_OK)
			return;
		out->data[widths + g] = (uint8_t)(group.width |
			(group.n_exceptions ? PATCHED : 0));
		left -= n;
	}
	gaps = (struct gaps){tfs, positions, 0, 0};
	for (left = total; left;) {
		unsigned n = next_gaps(&gaps, left, values);
		write_group(values, n, choose(values, n), out);
		left -= n;
	}
}

void places_write(const uint32_t *tfs, unsigned n, const uint32_t *positions,
                  struct buffer *out)
{
	uint64_t total = 0;
	for (unsigned i = 0; i < n; i++)
		total += tfs[i];
	if (total > PLAIN_PLACES) {
		write_groups(tfs, positions, total, out);
		return;
	}
	uint32_t values[GROUP];
	struct gaps gaps = {tfs, positions, 0, 0};
	unsigned count = next_gaps(&gaps, total, values);
	for (unsigned i = 0; i < count; i++)
		buffer_varint(out, values[i]);
}

size_t places_least_bytes(uint64_t total)
{
	return (size_t)(total > PLAIN_PLACES ? (total + GROUP - 1) / GROUP
	                                     : total);
}

static bool read_group_exceptions(const uint8_t *bytes, size_t size,
                                  unsigned width, unsigned n, uint32_t *values)
{
	struct reader reader = reader_of(slice_of(bytes, size));
	unsigned count = reader_u8(&reader);
	if (count < 1 || count > EXCEPTIONS_MAX)
		return false;
	for (unsigned i = 0, last = 0; i < count; i++) {
		unsigned index = reader_u8(&reader);
		uint64_t high = reader_varint(&reader);
		if (reader.bad || index >= n || (i && index <= last) ||
		    !high || high > UINT32_MAX >> width)
			return false;
		values[index] |= (uint32_t)(high << width);
		last = index;
	}
	return !reader_left(&reader);
}

static bool read_group(struct reader *reader, uint8_t w, size_t exceptions,
                       unsigned n, uint32_t *values)
{
	unsigned width = w & 0x3f;
	if (w & 0x40 || width > 32)
		return false;
	const uint8_t *bits = reader_bytes(reader, bits_bytes(n, width));
	if (!bits)
		return false;
	for (unsigned i = 0; i < n; i++)
		values[i] = (uint32_t)bits_get(bits, i, width);
	if (!(w & PATCHED))
		return true;
	const uint8_t *bytes = reader_bytes(reader, exceptions);
	return bytes && width < 32 &&
	       read_group_exceptions(bytes, exceptions, width, n, values);
}

static bool read_groups(struct reader *reader, uint64_t total, uint32_t *out)
{
	size_t n_groups = (size_t)((total + GROUP - 1) / GROUP), n_patched = 0;
	const uint8_t *widths = reader_bytes(reader, n_groups);
	if (!widths)
		return false;
	for (size_t g = 0; g < n_groups; g++)
		n_patched += (widths[g] & PATCHED) != 0;
	const uint8_t *sizes = reader_bytes(reader, n_patched);
	if (!sizes)
		return false;
	for (size_t g = 0; g < n_groups; g++) {
		unsigned n = (unsigned)min_u64(total - g * GROUP, GROUP);
		size_t exceptions = widths[g] & PATCHED ? *sizes++ : 0;
		if (!read_group(reader, widths[g], exceptions, n,
		                out + g * GROUP))
			return false;
	}
	return true;
}

bool places_read(struct reader *reader, const uint32_t *tfs, unsigned n,
                 uint64_t total, uint32_t *out)
{
	if (total > PLAIN_PLACES) {
		if (!read_groups(reader, total, out))
			return false;
	} else {
		for (uint64_t i = 0; i < total; i++)
			out[i] = reader_varint32(reader);
		if (reader->bad)
			return false;
	}
	for (unsigned doc = 0; doc < n; doc++) {
		uint64_t position = 0;
		for (uint32_t i = 0; i < tfs[doc]; i++) {
			position += *out;
			if (position >= UINT32_MAX)
				return false;
			*out++ = (uint32_t)position;
			position++;
		}
	}
	return true;
}
