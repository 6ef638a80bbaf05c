#include "format/places.h"

#include "base/bits.h"

enum { PATCHED = 0x80, EXCEPTIONS_MAX = 15 };

/* How one group of up to 64 values is written. */
struct group {
	unsigned width, n_exceptions;
	size_t exception_bytes;
};

/* Each width from the widest down makes those of the next exceptions: their
 * number and bytes follow from how many values have which width. */
static struct group choose(const uint32_t *values, unsigned n)
{
	unsigned count[33] = {0}, over = 0;
	uint32_t all = 0;
	for (unsigned i = 0; i < n; i++) {
		all |= values[i];
		count[bits_width32(values[i])]++;
	}
	unsigned widest = bits_width32(all);
	struct group best = {.width = widest};
	size_t best_bytes = bits_bytes(n, widest);
	for (unsigned width = widest; width-- > 0;) {
		over += count[width + 1];
		if (over > EXCEPTIONS_MAX)
			break;
		size_t extra = 1;
		for (unsigned w = width + 1; w <= widest; w++)
			extra += count[w] * (1 + (w - width + 6) / 7);
		/* one byte more: the patched group's entry in x */
		if (bits_bytes(n, width) + extra + 1 < best_bytes) {
			best_bytes = bits_bytes(n, width) + extra + 1;
			best = (struct group){width, over, extra};
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
	bits_row(room, values, n, group.width);
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

/* The groups are written behind room for a size of exceptions each, and moved
 * down over the sizes that are none: gaps are made and looked at once. */
static void write_groups(const uint32_t *tfs, const uint32_t *positions,
                         uint64_t total, struct buffer *out)
{
	size_t n_groups = (size_t)((total + GROUP - 1) / GROUP), n_patched = 0;
	size_t widths = out->len, sizes = widths + n_groups;
	uint32_t values[GROUP];
	struct gaps gaps = {tfs, positions, 0, 0};
	buffer_zeros(out, 2 * n_groups);
	for (size_t g = 0; g < n_groups; g++) {
		unsigned n = next_gaps(&gaps, total - g * GROUP, values);
		struct group group = choose(values, n);
		write_group(values, n, group, out);
		if (out->status != NS_OK)
			return;
		out->data[widths + g] = (uint8_t)group.width;
		if (group.n_exceptions) {
			out->data[widths + g] |= PATCHED;
			out->data[sizes + n_patched++] =
				(uint8_t)group.exception_bytes;
		}
	}
	size_t groups = sizes + n_groups, free = n_groups - n_patched;
	memmove(out->data + groups - free, out->data + groups,
	        out->len - groups);
	out->len -= free;
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
