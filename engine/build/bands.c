#include "build/bands.h"

#include "build/sketch.h"
#include "index/deletes.h"

enum { DIGIT = 12, DIGITS = 1 << DIGIT, PIECE = 1 << 16,
       FORGET = 1 << 17 /* docs, of whose sketches 3.5 MiB were read */ };

void bands_init(struct bands *bands)
{
	*bands = (struct bands){.rows = {.file = -1}};
}

void bands_release(struct bands *bands)
{
	if (bands->in)
		spool_release(&bands->rows);
	mem_free(bands->items);
	mem_free(bands->other);
	mem_free(bands->older);
	mem_free(bands->seen);
	bands_init(bands);
}

/* Rows in the order of places. */
static int copy_rows(struct bands *bands, struct ns_error *err)
{
	const struct copies_input *in = bands->in;
	struct spool *from = &in->docs->sketches;
	uint8_t row[DOC_SKETCH];
	TRY(spool_end(from, err));
	for (uint32_t i = 0; i < in->n; i++) {
		TRY(spool_read_at(from, (uint64_t)in->given[i] * DOC_SKETCH, row,
		                  DOC_SKETCH, err));
		TRY(spool_append(&bands->rows, row, DOC_SKETCH, err));
	}
	return spool_end(&bands->rows, err);
}

/* Four bits of `seen` for each doc at least, eight at most. */
static unsigned seen_bits(size_t n)
{
	unsigned bits = 6;
	while (n >> bits)
		bits++;
	return bits + 2;
}

uint64_t bands_memory(const struct copies_input *input)
{
	const struct bands *bands = NULL;
	uint64_t n = input->n, older = ((uint64_t)1 << seen_bits(n)) / 8 +
	                               n * sizeof *bands->older;
	return input->memory + n * 2 * sizeof *bands->items +
	       (input->older ? older : 0);
}

int bands_open(struct bands *bands, const struct copies_input *input,
               struct ns_error *err)
{
	size_t n = input->n;
	bands->in = input;
	spool_init(&bands->rows, input->maker, input->memory);
	bands->items = mem_zero(n + 1, sizeof *bands->items);
	bands->other = mem_zero(n + 1, sizeof *bands->other);
	if (!bands->items || !bands->other)
		return err_nomem(err);
	if (input->older) {
		bands->seen_bits = seen_bits(n);
		bands->seen = mem_zero((size_t)1 << (bands->seen_bits - 3), 1);
		bands->older = mem_zero(n + 1, sizeof *bands->older);
		if (!bands->seen || !bands->older)
			return err_nomem(err);
	}
	return copy_rows(bands, err);
}

int bands_sketch(const struct bands *bands, uint32_t place, struct sketch *out,
                 uint64_t *key, struct ns_error *err)
{
	uint8_t row[DOC_SKETCH];
	TRY(spool_read_at(&bands->rows, (uint64_t)place * DOC_SKETCH, row,
	                  DOC_SKETCH, err));
	memcpy(out, row, sizeof *out);
	*key = load_u64(row + SKETCH_BYTES);
	return NS_OK;
}

/* ---- one band ------------------------------------------------------------ */

static bool is_blank(const uint8_t *sketch)
{
	static const uint8_t zeros[SKETCH_BYTES];
	return !memcmp(sketch, zeros, sizeof zeros);
}

static uint32_t three_at(const uint8_t *sketch, unsigned band)
{
	return (uint32_t)sketch[band] << 16 |
	       (uint32_t)sketch[(band + 1) % SKETCH_BYTES] << 8 |
	       sketch[(band + 4) % SKETCH_BYTES];
}

/* The doc's value of a band; false: it has none. */
static bool value_of(const uint8_t *row, unsigned band, uint32_t *out)
{
	uint64_t key = load_u64(row + SKETCH_BYTES);
	*out = !bands_is_key(band) ? three_at(row, band)
		: (uint32_t)(band % 2 ? key : key >> 32);
	return bands_is_key(band) ? key != 0 : !is_blank(row);
}

static int list_items(struct bands *bands, unsigned band, struct ns_error *err)
{
	struct spool_reader reader;
	bands->n = 0;
	spool_read(&reader, &bands->rows, 0, spool_size(&bands->rows), PIECE,
	           err);
	for (uint32_t i = 0; i < bands->in->n; i++) {
		uint32_t value;
		const uint8_t *row = spool_bytes(&reader, DOC_SKETCH);
		if (!row)
			break;
		if (value_of(row, band, &value))
			bands->items[bands->n++] = (uint64_t)value << 32 | i;
	}
	int status = reader.status;
	spool_reader_release(&reader);
	return status;
}

/* By the lowest `bits` bits of their values, which are all of them. */
static void sort_items(struct bands *bands, unsigned bits)
{
	for (unsigned shift = 32; shift < 32 + bits; shift += DIGIT) {
		uint32_t place[DIGITS] = {0}, sum = 0;
		for (size_t i = 0; i < bands->n; i++)
			place[bands->items[i] >> shift & (DIGITS - 1)]++;
		for (unsigned digit = 0; digit < DIGITS; digit++) {
			uint32_t count = place[digit];
			place[digit] = sum;
			sum += count;
		}
		for (size_t i = 0; i < bands->n; i++)
			bands->other[place[bands->items[i] >> shift &
			                   (DIGITS - 1)]++] = bands->items[i];
		uint64_t *swap = bands->items;
		bands->items = bands->other;
		bands->other = swap;
	}
}

/* ---- older docs ---------------------------------------------------------- */

static uint32_t seen_place(const struct bands *bands, uint32_t value)
{
	return value * 0x9E3779B1u >> (32 - bands->seen_bits);
}

static void mark_seen(struct bands *bands)
{
	memset(bands->seen, 0, (size_t)1 << (bands->seen_bits - 3));
	memset(bands->older, 0, bands->n * sizeof *bands->older);
	for (size_t i = 0; i < bands->n; i++) {
		uint32_t at = seen_place(bands,
		                         (uint32_t)(bands->items[i] >> 32));
		bands->seen[at >> 3] |= (uint8_t)(1u << (at & 7));
	}
}

/* The first item with this value, or of a larger one. */
static size_t find_item(const struct bands *bands, uint32_t value)
{
	size_t from = 0, end = bands->n;
	while (from < end) {
		size_t middle = from + (end - from) / 2;
		if (bands->items[middle] >> 32 < value)
			from = middle + 1;
		else
			end = middle;
	}
	return from;
}

/* Parts come in order; docs of a part in any. */
static void note_older(struct bands_older *older, const struct segment *segment,
                       uint32_t part, uint32_t doc)
{
	uint32_t rank = segment_rank(segment, doc);
	if (!older->part[0] ||
	    (older->part[0] == part + 1 &&
	     rank < segment_rank(segment, older->doc[0]))) {
		older->part[0] = part + 1;
		older->doc[0] = doc;
	}
	if (older->part[1] != part + 1 ||
	    rank > segment_rank(segment, older->doc[1])) {
		older->part[1] = part + 1;
		older->doc[1] = doc;
	}
}

static void scan_part(struct bands *bands, unsigned band, uint32_t part)
{
	const struct stories_part *at = &bands->in->older->parts[part];
	const uint8_t *sketch = at->segment->stories.sketches;
	uint32_t n = sketch ? at->segment->info.doc_count : 0;
	for (uint32_t doc = 0; doc < n; doc++, sketch += SKETCH_BYTES) {
		if (doc % FORGET == 0)
			container_forget(&at->segment->container);
		uint32_t value = three_at(sketch, band);
		uint32_t bit = seen_place(bands, value);
		if (!(bands->seen[bit >> 3] >> (bit & 7) & 1) ||
		    deletes_has(at->dead, doc) || is_blank(sketch))
			continue;
		size_t item = find_item(bands, value);
		if (item < bands->n && bands->items[item] >> 32 == value)
			note_older(&bands->older[item], at->segment, part, doc);
	}
}

int bands_fill(struct bands *bands, unsigned band, struct ns_error *err)
{
	TRY(list_items(bands, band, err));
	sort_items(bands, bands_is_key(band) ? 32 : 24);
	if (!bands->in->older)
		return NS_OK;
	mark_seen(bands);
	/* versions of old are found by their URLs */
	for (uint32_t part = 0; !bands_is_key(band) &&
	                        part < bands->in->older->n_parts; part++)
		scan_part(bands, band, part);
	return NS_OK;
}

bool bands_next(const struct bands *bands, size_t *at, struct bands_bucket *out)
{
	while (*at < bands->n) {
		uint64_t value = bands->items[*at] >> 32;
		*out = (struct bands_bucket){.from = *at, .end = *at + 1};
		while (out->end < bands->n &&
		       bands->items[out->end] >> 32 == value)
			out->end++;
		*at = out->end;
		if (bands->older) {
			const struct bands_older *older =
				&bands->older[out->from];
			out->has_older = older->part[0];
			out->first = (struct bands_ref){older->part[0] - 1,
			                                older->doc[0]};
			out->last = (struct bands_ref){older->part[1] - 1,
			                               older->doc[1]};
		}
		if (out->has_older || out->end > out->from + 1)
			return true;
	}
	return false;
}
