#include "format/pair_table.h"

#include "base/bits.h"

enum { WIDTH_MAX = 40 };

static unsigned count(uint64_t row)
{
	return (unsigned)__builtin_popcountll(row);
}

uint32_t pair_table_entry(const struct pair_table *table, unsigned i)
{
	return load_u32(table->entries + 4 * (size_t)i);
}

static uint64_t row_at(const struct pair_table *table, unsigned i)
{
	return load_u64(table->follows + 8 * (size_t)i);
}

/* Words in order, bits of words that are there. */
static bool words_fit(const struct pair_table *table)
{
	for (unsigned i = 0; i < table->n; i++) {
		if ((i && pair_table_entry(table, i) <= pair_table_entry(table, i - 1)) ||
		    (table->n < PAIR_WORDS && row_at(table, i) >> table->n))
			return false;
	}
	return true;
}

static bool read(struct pair_table *out, struct reader *reader)
{
	uint32_t n = reader_u32(reader);
	for (unsigned i = 0; i < PAIR_ARRAYS; i++) {
		out->width[i] = reader_u8(reader);
		if (out->width[i] > WIDTH_MAX)
			return false;
	}
	if (reader_u8(reader) || n > PAIR_WORDS)
		return false;
	out->n = n;
	out->entries = reader_bytes(reader, 4 * (size_t)n);
	out->follows = reader_bytes(reader, 8 * (size_t)n);
	if (reader->bad || !words_fit(out))
		return false;
	for (unsigned i = 0; i < n; i++)
		out->n_pairs += count(row_at(out, i));
	for (unsigned i = 0; i < PAIR_ARRAYS; i++)
		out->array[i] = reader_bytes(reader, bits_bytes(
			out->n_pairs, out->width[i]));
	return !reader->bad && !reader_left(reader);
}

int pair_table_open(struct pair_table *out, struct slice chunk,
                    const char *place, struct ns_error *err)
{
	struct reader reader = reader_of(chunk);
	*out = (struct pair_table){0};
	if (!chunk.data || read(out, &reader))
		return NS_OK;
	out->n = 0;
	return err_corrupt(err, place, -1, "pair: impossible sizes");
}

unsigned pair_table_word(const struct pair_table *table, uint32_t entry)
{
	unsigned low = 0, high = table->n;
	while (low < high) {
		unsigned middle = (low + high) / 2;
		if (pair_table_entry(table, middle) < entry)
			low = middle + 1;
		else
			high = middle;
	}
	return low < table->n && pair_table_entry(table, low) == entry ? low : table->n;
}

static uint64_t value(const struct pair_table *table, enum pair_array array,
                      uint32_t i)
{
	return bits_get(table->array[array], i, table->width[array]);
}

uint64_t pair_table_follows(const struct pair_table *table, unsigned a)
{
	ASSERT_REL(a, <, table->n);
	return row_at(table, a);
}

void pair_table_get(const struct pair_table *table, uint32_t i,
                    struct lexicon_term *out)
{
	ASSERT_REL(i, <, table->n_pairs);
	uint64_t df = value(table, PAIR_DF, i) + 1;
	uint64_t place = value(table, PAIR_PLACE, i);
	*out = (struct lexicon_term){.field = FIELD_PAIR, .n_forms = 1};
	/* a list of more docs than there are is refused where it is opened */
	out->df = (uint32_t)min_u64(df, UINT32_MAX);
	out->cf = df + value(table, PAIR_CF, i);
	if (df == 1)
		out->doc = (uint32_t)min_u64(place, UINT32_MAX);
	else
		out->post = place;
}

bool pair_table_find(const struct pair_table *table, unsigned a, unsigned b,
                     struct lexicon_term *out)
{
	ASSERT_REL(a, <, table->n);
	ASSERT_REL(b, <, table->n);
	uint64_t row = row_at(table, a);
	if (!(row >> b & 1))
		return false;
	uint32_t i = count(row & (((uint64_t)1 << b) - 1));
	while (a)
		i += count(row_at(table, --a));
	pair_table_get(table, i, out);
	return true;
}

/* ---- writing ------------------------------------------------------------- */

static uint64_t value_of(const struct lexicon_term *term, enum pair_array array)
{
	switch (array) {
	case PAIR_DF: return term->df - 1;
	case PAIR_CF: return term->cf - term->df;
	default: return term->df == 1 ? term->doc : term->post;
	}
}

static void write_array(const struct lexicon_term *terms, uint32_t n,
                        enum pair_array array, unsigned width,
                        struct buffer *out)
{
	size_t start = out->len;
	buffer_zeros(out, bits_bytes(n, width));
	for (uint32_t i = 0; out->status == NS_OK && i < n; i++)
		bits_put(out->data + start, i, width,
		         value_of(&terms[i], array));
}

void pair_table_write(const uint32_t *entries, const uint64_t *follows,
                      unsigned n, const struct lexicon_term *terms,
                      struct buffer *out)
{
	unsigned width[PAIR_ARRAYS];
	uint32_t n_pairs = 0;
	for (unsigned i = 0; i < n; i++)
		n_pairs += count(follows[i]);
	buffer_u32(out, n);
	for (unsigned array = 0; array < PAIR_ARRAYS; array++) {
		uint64_t all = 0;
		for (uint32_t i = 0; i < n_pairs; i++)
			all |= value_of(&terms[i], array);
		width[array] = bits_width64(all);
		if (width[array] > WIDTH_MAX && out->status == NS_OK)
			out->status = NS_E_LIMIT;
		buffer_byte(out, (uint8_t)width[array]);
	}
	buffer_byte(out, 0);
	for (unsigned i = 0; i < n; i++)
		buffer_u32(out, entries[i]);
	for (unsigned i = 0; i < n; i++)
		buffer_u64(out, follows[i]);
	for (unsigned array = 0; array < PAIR_ARRAYS; array++)
		write_array(terms, n_pairs, array, width[array], out);
}
