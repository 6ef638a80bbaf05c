/* seeds_chunks.c — lexicons, columns and stores as their writers leave them. */
#include "format/columns.h"
#include "format/lexicon.h"
#include "format/store.h"
#include "tests/fuzz/seeds.h"

/* ---- lexicons ------------------------------------------------------------ */

/* Rising keys with shared beginnings. */
static void next_key(struct random *random, uint32_t i,
                     struct lexicon_entry *entry)
{
	char key[32];
	int n = snprintf(key, sizeof key, "%05u%s", i * 7,
	                 random_below(random, 2) ? "attack" : "s");
	memcpy(entry->key, key, (size_t)n);
	entry->key_len = (uint8_t)n;
}

static void make_term(struct random *random, struct lexicon_entry *entry,
                      uint64_t *post)
{
	struct lexicon_term *term = &entry->term;
	bool words = field_has_words(entry->field);
	entry->is_term = true;
	term->n_forms = 1;
	term->df = random_below(random, 2) ? 1 : 2 + random_width(random, 9);
	term->cf = term->df + (words ? random_width(random, 4) : 0);
	if (term->df == 1)
		term->doc = random_below(random, 1000);
	else
		term->post = *post += random_below(random, 50);
	if (term->cf == 1)
		term->position = random_below(random, words ? 300 : 1);
	else
		term->posn = *post;
}

static void add_field(struct random *random, struct lexicon_writer *writer,
                      uint8_t field, uint32_t n, uint64_t *post)
{
	uint32_t last = 0;
	bool any = false;
	for (uint32_t i = 0; i < n; i++) {
		uint32_t number = lexicon_writer_next(writer, field);
		struct lexicon_entry entry = {.entry = number, .field = field};
		next_key(random, i, &entry);
		bool word = any && field_has_words(field) &&
		            random_below(random, 3) == 0;
		if (word) {
			entry.is_word = true;
			entry.word_term = last;
			entry.word_form = 0;
			entry.word_df = 1 + random_below(random, 4);
		} else {
			make_term(random, &entry, post);
			last = number;
			any = true;
			if (field_has_words(field)) {
				entry.is_word = true;
				entry.word_term = number;
				entry.word_sole = true;
				entry.word_df = entry.term.df;
			}
		}
		lexicon_writer_add(writer, &entry);
	}
}

static void seed_lexicon(struct random *random, uint32_t n, struct buffer *out)
{
	struct lexicon_writer writer;
	uint64_t post = 0;
	if (lexicon_writer_init(&writer, NULL) != NS_OK)
		abort();
	add_field(random, &writer, FIELD_TEXT, n, &post);
	add_field(random, &writer, FIELD_TITLE, n / 2, &post);
	add_field(random, &writer, FIELD_ID, n / 3, &post);
	if (lexicon_writer_finish(&writer, NULL) != NS_OK)
		abort();
	buffer_u32(out, 1000);
	buffer_u16(out, (uint16_t)writer.n_blocks);
	buffer_byte(out, 0);
	buffer_append(out, writer.keys.data, writer.keys.len);
	buffer_append(out, writer.offsets.data, writer.offsets.len);
	buffer_append(out, writer.blocks.data, writer.blocks.len);
	lexicon_writer_release(&writer);
	seed_keep("lexicon", out);
}

void seeds_of_lexicons(struct random *random)
{
	static const uint32_t sizes[] = {1, 3, 30, 32, 33, 64, 100, 300};
	struct buffer out;
	buffer_init(&out, SIZE_MAX);
	for (size_t i = 0; i < ARRAY_LEN(sizes); i++)
		seed_lexicon(random, sizes[i], &out);
	buffer_release(&out);
}

/* ---- columns ------------------------------------------------------------- */

static void seed_columns(struct random *random, uint32_t n, struct buffer *out)
{
	int64_t dates[300];
	bool is_day[300];
	uint32_t sections[300];
	struct buffer first, second;
	buffer_init(&first, SIZE_MAX);
	buffer_init(&second, SIZE_MAX);
	for (uint32_t i = 0; i < n; i++) {
		dates[i] = random_below(random, 4)
			? 86400 * (int64_t)random_below(random, 20000)
			: NS_NO_DATE;
		is_day[i] = dates[i] != NS_NO_DATE && random_below(random, 2);
		sections[i] = random_width(random, n % 9);
	}
	column_write_dates(dates, is_day, n, &first);
	column_write_numbers(sections, n, &second);
	buffer_u32(out, n);
	buffer_u32(out, (uint32_t)first.len);
	buffer_append(out, first.data, first.len);
	buffer_append(out, second.data, second.len);
	buffer_release(&first);
	buffer_release(&second);
	seed_keep("columns", out);
}

void seeds_of_columns(struct random *random)
{
	static const uint32_t sizes[] = {0, 1, 9, 64, 100, 300};
	struct buffer out;
	buffer_init(&out, SIZE_MAX);
	for (size_t i = 0; i < ARRAY_LEN(sizes); i++)
		seed_columns(random, sizes[i], &out);
	buffer_release(&out);
}

/* ---- stores -------------------------------------------------------------- */

static void add_record(struct random *random, struct store_writer *writer,
                       struct buffer *data)
{
	struct buffer record;
	buffer_init(&record, SIZE_MAX);
	for (unsigned i = random_below(random, 4); i; i--) {
		uint32_t n = random_width(random, 7);
		bool noise = random_below(random, 2);
		buffer_varint(&record, n);
		for (; n; n--)
			buffer_byte(&record, noise
				? (uint8_t)random_below(random, 256) : 'r');
	}
	if (store_writer_add(writer, slice_of(record.data, record.len), data,
	                     NULL) != NS_OK)
		abort();
	buffer_release(&record);
}

static void seed_store(struct random *random, uint32_t n, size_t close_at,
                       struct buffer *out)
{
	static const char text[] = "rain attack president the of and said";
	struct slice dictionary = slice_of(text, n % 2 ? sizeof text : 0);
	struct store_writer writer;
	struct buffer data, index;
	buffer_init(&data, SIZE_MAX);
	buffer_init(&index, SIZE_MAX);
	if (store_writer_init(&writer, close_at, dictionary, NULL) != NS_OK)
		abort();
	for (uint32_t i = 0; i < n; i++)
		add_record(random, &writer, &data);
	if (store_writer_finish(&writer, &data, &index, NULL) != NS_OK)
		abort();
	buffer_u32(out, n);
	buffer_u32(out, (uint32_t)index.len);
	buffer_u32(out, (uint32_t)dictionary.len);
	buffer_append(out, index.data, index.len);
	buffer_append(out, dictionary.data, dictionary.len);
	buffer_append(out, data.data, data.len);
	store_writer_release(&writer);
	buffer_release(&data);
	buffer_release(&index);
	seed_keep("store", out);
}

void seeds_of_stores(struct random *random)
{
	struct buffer out;
	buffer_init(&out, SIZE_MAX);
	for (uint32_t n = 1; n < 40; n = n * 2 + n % 3) {
		seed_store(random, n, 100, &out);
		seed_store(random, n, 4000, &out);
	}
	buffer_release(&out);
}
