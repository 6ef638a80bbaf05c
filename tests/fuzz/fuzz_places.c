/* fuzz_places.c — do units of positions and forms hold against any bytes?
 *
 * Input: docs of the unit less one (u8), n_forms (u32), which is also the first
 * doc, their frequencies less one (varints), then the unit: positions, forms.
 * What can be read can be written, and is the same again.
 */
#include "format/forms.h"
#include "format/places.h"
#include "tests/fuzz/fuzz.h"

struct unit {
	uint32_t docs[BLOCK_DOCS], tfs[BLOCK_DOCS];
	uint8_t lengths[2 * BLOCK_DOCS];
	unsigned n;
	uint32_t n_forms;
	uint64_t total;
	uint32_t *positions, *forms;
};

static struct places_shape shape_of(const struct unit *unit)
{
	return (struct places_shape){unit->docs, unit->tfs, unit->n,
	                             unit->lengths, TITLE_GAP};
}

static struct reader reader_over(const struct buffer *bytes)
{
	return reader_of(slice_of(bytes->data, bytes->len - CHUNK_PADDING));
}

/* bytes: what the positions were read from. */
static void places_again(const struct unit *unit, struct slice bytes)
{
	const struct places_shape shape = shape_of(unit);
	struct buffer out;
	uint32_t *again = fuzz_alloc(unit->total * sizeof *again);
	buffer_init(&out, SIZE_MAX);
	places_write(&shape, unit->positions, &out);
	ASSERT_REL(out.len, ==, bytes.len);
	ASSERT_REL(memcmp(out.data, bytes.data, bytes.len), ==, 0);
	buffer_zeros(&out, CHUNK_PADDING);
	struct reader reader = reader_over(&out);
	ASSERT_REL(places_read(&reader, &shape, again), ==, true);
	ASSERT_REL(reader_left(&reader), ==, 0);
	ASSERT_REL(memcmp(again, unit->positions,
	                  unit->total * sizeof *again), ==, 0);
	buffer_release(&out);
	free(again);
}

static void forms_again(const struct unit *unit)
{
	struct buffer out;
	uint32_t *again = fuzz_alloc(unit->total * sizeof *again);
	buffer_init(&out, SIZE_MAX);
	forms_write(unit->forms, unit->total, &out);
	buffer_zeros(&out, CHUNK_PADDING);
	struct reader reader = reader_over(&out);
	ASSERT_REL(forms_read(&reader, unit->n_forms, unit->total, again), ==,
	           true);
	ASSERT_REL(reader_left(&reader), ==, 0);
	ASSERT_REL(memcmp(again, unit->forms, unit->total * sizeof *again), ==,
	           0);
	buffer_release(&out);
	free(again);
}

static void check_rising(const struct unit *unit)
{
	const uint32_t *position = unit->positions;
	for (unsigned doc = 0; doc < unit->n; doc++) {
		for (uint32_t i = 0; i < unit->tfs[doc]; i++) {
			ASSERT_REL(position[i], <, UINT32_MAX);
			if (i)
				ASSERT_REL(position[i], >, position[i - 1]);
		}
		position += unit->tfs[doc];
	}
}

/* Was the unit read, to its last byte? */
static bool read_unit(struct unit *unit, struct slice chunk)
{
	struct reader reader = reader_of(chunk);
	const struct places_shape shape = shape_of(unit);
	if (!places_read(&reader, &shape, unit->positions))
		return false;
	ASSERT_REL(reader_left(&reader), <=, chunk.len);
	check_rising(unit);
	places_again(unit, slice_of(chunk.data,
	                            chunk.len - reader_left(&reader)));
	if (unit->n_forms < 2)
		return !reader_left(&reader);
	if (!forms_read(&reader, unit->n_forms, unit->total, unit->forms))
		return false;
	for (uint64_t i = 0; i < unit->total; i++)
		ASSERT_REL(unit->forms[i], <, unit->n_forms);
	forms_again(unit);
	return !reader_left(&reader);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct reader reader = {data, data + size, false};
	struct unit unit = {.n = 1 + reader_u8(&reader)};
	unit.n_forms = reader_u32(&reader);
	for (unsigned i = 0; i < unit.n; i++) {
		uint64_t more = reader_varint(&reader);
		unit.tfs[i] = 1 + (uint32_t)min_u64(more, INT32_MAX - 1);
		unit.total += unit.tfs[i];
		unit.docs[i] = i;
		store_u16(unit.lengths + 2 * (size_t)i,
		          (uint16_t)fuzz_length(unit.n_forms + i));
	}
	fuzz_sound = false;
	struct slice chunk = fuzz_rest(&reader);
	/* who calls has looked at this */
	if (places_least_bytes(unit.total) <= chunk.len) {
		unit.positions = fuzz_alloc(unit.total * sizeof(uint32_t));
		unit.forms = fuzz_alloc(unit.total * sizeof(uint32_t));
		fuzz_sound = read_unit(&unit, chunk);
		free(unit.positions);
		free(unit.forms);
	}
	fuzz_free(chunk);
	return 0;
}
