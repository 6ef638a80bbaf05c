#include <criterion/criterion.h>
#include <fcntl.h>
#include <unistd.h>

#include "base/varint.h"
#include "format/columns.h"
#include "format/container.h"
#include "format/info.h"
#include "format/pair_table.h"
#include "format/segment.h"
#include "format/store.h"
#include "random.h"

/* A buffer as a chunk: followed by the padding that readers may touch. */
static struct slice chunk(struct buffer *buffer)
{
	size_t len = buffer->len;
	buffer_zeros(buffer, CHUNK_PADDING);
	cr_assert_eq(buffer->status, NS_OK);
	return slice_of(buffer->data, len);
}

Test(columns, dates_and_sections_come_back)
{
	struct random r = random_start(1);
	for (int round = 0; round < 300; round++) {
		int64_t dates[200];
		bool is_day[200];
		uint32_t sections[200], n = random_below(&r, 200);
		for (uint32_t i = 0; i < n; i++) {
			dates[i] = random_below(&r, 4) == 0 ? NS_NO_DATE
				: round % 3 ? (int64_t)random_width(&r, 30)
				: DATE_LEAST + (int64_t)(random_u64(&r) %
				  (uint64_t)(DATE_MOST - DATE_LEAST + 1));
			/* seconds, days, or both */
			is_day[i] = dates[i] != NS_NO_DATE &&
			            random_below(&r, 2) + (uint32_t)round / 5 % 3 > 1;
			if (is_day[i])
				dates[i] -= (dates[i] % DAY_SECONDS + DAY_SECONDS) %
				            DAY_SECONDS;
			sections[i] = random_width(&r, (unsigned)round % 9);
		}
		struct buffer a, b;
		struct column date, section;
		buffer_init(&a, SIZE_MAX);
		buffer_init(&b, SIZE_MAX);
		column_write_dates(dates, is_day, n, &a);
		column_write_numbers(sections, n, &b);
		cr_assert_eq(column_read_dates(&date, chunk(&a), n, "", NULL),
		             NS_OK);
		cr_assert_eq((round % 2 ? column_read_sections
		                        : column_read_ranks)(
			&section, chunk(&b), n, "", NULL), NS_OK);
		for (uint32_t i = 0; i < n; i++) {
			cr_assert_eq(column_date(&date, i), dates[i],
			             "seed %lu", r.seed);
			cr_assert_eq(column_date_is_day(&date, i), is_day[i],
			             "seed %lu", r.seed);
			cr_assert_eq(column_number(&section, i), sections[i]);
		}
		buffer_release(&a);
		buffer_release(&b);
	}
}

Test(columns, wrong_sizes_are_refused)
{
	struct buffer a;
	struct column column;
	int64_t dates[] = {1, 2, 3};
	buffer_init(&a, SIZE_MAX);
	column_write_dates(dates, (const bool[3]){false}, 3, &a);
	struct slice whole = chunk(&a);
	for (size_t n = 0; n < whole.len; n++)
		cr_assert_eq(column_read_dates(&column,
		             slice_of(whole.data, n), 3, "", NULL),
		             NS_E_CORRUPT);
	cr_assert_eq(column_read_dates(&column, whole, 300, "", NULL),
	             NS_E_CORRUPT);
	buffer_release(&a);
}

Test(columns, ranks_are_each_number_once)
{
	static const struct { uint32_t ranks[4]; int status; } cases[] = {
		{{0, 1, 2, 3}, NS_OK}, {{3, 1, 0, 2}, NS_OK},
		{{3, 1, 1, 2}, NS_E_CORRUPT}, {{4, 1, 0, 2}, NS_E_CORRUPT},
		{{0, 0, 0, 0}, NS_E_CORRUPT}, {{1, 2, 3, UINT32_MAX}, NS_E_CORRUPT},
	};
	uint32_t docs[4];
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct buffer out;
		struct segment segment = {.info.doc_count = 4};
		buffer_init(&out, SIZE_MAX);
		column_write_numbers(cases[i].ranks, 4, &out);
		cr_assert_eq(column_read_ranks(&segment.ranks, chunk(&out), 4,
		                               "", NULL), NS_OK);
		cr_assert_eq(segment_by_rank(&segment, docs, NULL),
		             cases[i].status, "case %zu", i);
		for (uint32_t doc = 0; !cases[i].status && doc < 4; doc++) {
			cr_assert_eq(segment_rank(&segment, doc),
			             cases[i].ranks[doc]);
			cr_assert_eq(docs[cases[i].ranks[doc]], doc);
		}
		buffer_release(&out);
	}
	/* without the column docs stand as they were given */
	struct segment plain = {.info.doc_count = 4};
	cr_assert_eq(segment_by_rank(&plain, docs, NULL), NS_OK);
	for (uint32_t doc = 0; doc < 4; doc++) {
		cr_assert_eq(segment_rank(&plain, doc), doc);
		cr_assert_eq(docs[doc], doc);
	}
}

Test(info, comes_back_and_refuses_less)
{
	struct info info = {.doc_count = 10, .flags = INFO_STORED,
		.rank_base = 77, .identity = 0x1234567890abcdef,
		.language = slice_of("english", 7), .unicode = slice_of("15", 2),
		.zstd = slice_of("1.5", 3), .stemmer = slice_of("s", 1)}, back;
	info.field[FIELD_TEXT] = (struct info_field){9, 0, 1000};
	info.field[FIELD_TEXT].avglen0 = info_avglen0(&info.field[FIELD_TEXT]);
	info.field[FIELD_ID].n = 10;
	struct buffer out;
	buffer_init(&out, SIZE_MAX);
	info_write(&info, &out);
	cr_assert_eq(info_read(&back, slice_of(out.data, out.len), "", NULL),
	             NS_OK);
	cr_assert_eq(back.rank_base, 77u);
	cr_assert_eq(back.identity, info.identity);
	cr_assert_eq(back.field[FIELD_TEXT].sum_length, 1000u);
	cr_assert_float_eq(back.field[FIELD_TEXT].avglen0, 122.2222f, 1e-3);
	cr_assert(slice_equal(back.language, info.language));
	for (size_t n = 0; n < out.len; n++)
		cr_assert_eq(info_read(&back, slice_of(out.data, n), "", NULL),
		             NS_E_CORRUPT);
	info.field[FIELD_TEXT].n = 11; /* of 10 docs */
	buffer_clear(&out);
	info_write(&info, &out);
	cr_assert_eq(info_read(&back, slice_of(out.data, out.len), "", NULL),
	             NS_E_CORRUPT);
	info.field[FIELD_TEXT].n = 9;
	const struct { uint32_t n, values; int status; } topics[] = {
		{10, 30, NS_OK}, {10, 9, NS_E_CORRUPT}, {0, 1, NS_E_CORRUPT},
		{11, 30, NS_E_CORRUPT}};
	for (size_t i = 0; i < ARRAY_LEN(topics); i++) {
		info.field[FIELD_TOPIC].n = topics[i].n;
		info.field[FIELD_TOPIC].sum_length = topics[i].values;
		buffer_clear(&out);
		info_write(&info, &out);
		cr_assert_eq(info_read(&back, slice_of(out.data, out.len), "",
		                       NULL), topics[i].status, "%zu", i);
	}
	buffer_release(&out);
}

/* ---- pairs ---------------------------------------------------------------- */

Test(pair_table, the_example_of_the_page)
{
	static const uint8_t expected[] = {2, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1,
		0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0, 0, 0, 0, 0, 5};
	const uint32_t entries[] = {0, 1};
	const uint64_t follows[] = {2, 3};
	const struct lexicon_term terms[] = {{.df = 1, .cf = 1, .doc = 1},
		{.df = 1, .cf = 1}, {.df = 1, .cf = 1, .doc = 1}};
	struct buffer out;
	buffer_init(&out, SIZE_MAX);
	pair_table_write(entries, follows, 2, terms, &out);
	cr_assert_eq(out.len, sizeof expected);
	cr_assert(!memcmp(out.data, expected, sizeof expected));
	buffer_release(&out);
}

struct pair_case {
	uint32_t entries[PAIR_WORDS];
	uint64_t follows[PAIR_WORDS];
	unsigned n;
	struct lexicon_term terms[PAIR_WORDS * PAIR_WORDS];
	uint32_t n_terms;
};

static void make_pairs(struct random *r, struct pair_case *out)
{
	uint32_t entry = 0, few = 1 + random_below(r, 8);
	*out = (struct pair_case){.n = random_below(r, 3)
		? random_below(r, PAIR_WORDS) : PAIR_WORDS};
	for (unsigned a = 0; a < out->n; a++) {
		entry += 1 + random_width(r, 12);
		out->entries[a] = entry;
		for (unsigned b = 0; b < out->n; b++) {
			if (random_below(r, few))
				continue;
			out->follows[a] |= (uint64_t)1 << b;
			struct lexicon_term *term = &out->terms[out->n_terms++];
			term->df = 1 + random_width(r, 20);
			term->cf = term->df + random_width(r, 24);
			term->doc = term->df == 1 ? random_width(r, 20) : 0;
			term->post = term->df > 1 ? random_u64(r) >> 24 : 0;
		}
	}
}

static void compare_pairs(const struct pair_table *table,
                          const struct pair_case *with, uint64_t seed)
{
	struct lexicon_term got;
	const struct lexicon_term *next = with->terms;
	cr_assert_eq(table->n, with->n);
	cr_assert_eq(table->n_pairs, with->n_terms);
	for (unsigned a = 0; a < with->n; a++) {
		cr_assert_eq(pair_table_word(table, with->entries[a]), a);
		cr_assert_eq(pair_table_entry(table, a), with->entries[a]);
		for (unsigned b = 0; b < with->n; b++) {
			bool is = with->follows[a] >> b & 1;
			cr_assert_eq(pair_table_find(table, a, b, &got), is,
			             "seed %lu", seed);
			if (!is)
				continue;
			cr_assert_eq(got.df, next->df);
			cr_assert_eq(got.cf, next->cf);
			cr_assert_eq(got.doc, next->doc);
			cr_assert_eq(got.post, next->post);
			cr_assert_eq(got.field, FIELD_PAIR);
			next++;
		}
	}
	cr_assert_eq(pair_table_word(table, 0), table->n, "no pair word");
	cr_assert_eq(pair_table_word(table, UINT32_MAX), table->n);
}

Test(pair_table, comes_back_and_refuses_less)
{
	struct random r = random_start(5);
	static struct pair_case with;
	for (int round = 0; round < 60; round++) {
		struct buffer out;
		struct pair_table table;
		make_pairs(&r, &with);
		buffer_init(&out, SIZE_MAX);
		pair_table_write(with.entries, with.follows, with.n, with.terms,
		                 &out);
		struct slice whole = chunk(&out);
		cr_assert_eq(pair_table_open(&table, whole, "", NULL),
		             NS_OK);
		compare_pairs(&table, &with, r.seed);
		for (size_t n = 0; n < whole.len; n += 1 + n / 64)
			cr_assert_eq(pair_table_open(
				&table, slice_of(whole.data, n), "", NULL),
				NS_E_CORRUPT, "%zu bytes, seed %lu", n, r.seed);
		cr_assert_eq(table.n, 0u);
		buffer_release(&out);
	}
}

Test(pair_table, refuses_words_that_are_not_there)
{
	const uint32_t entries[] = {7, 7};
	const uint64_t follows[] = {0, 0}, beyond[] = {0, 4};
	static const struct lexicon_term term = {.df = 1, .cf = 1};
	struct pair_table table;
	struct buffer out;
	buffer_init(&out, SIZE_MAX);
	pair_table_write(entries, follows, 2, &term, &out);
	cr_assert_eq(pair_table_open(&table, chunk(&out), "", NULL),
	             NS_E_CORRUPT, "words do not rise");
	buffer_clear(&out);
	pair_table_write((const uint32_t[]){7, 8}, beyond, 2, &term, &out);
	cr_assert_eq(pair_table_open(&table, chunk(&out), "", NULL),
	             NS_E_CORRUPT, "a third word of two");
	cr_assert_eq(pair_table_open(&table, slice_of(NULL, 0), "", NULL),
	             NS_OK, "no chunk");
	cr_assert_eq(table.n, 0u);
	buffer_release(&out);
}

/* ---- stores -------------------------------------------------------------- */

struct made {
	struct buffer records, data, index, dictionary;
	size_t *ends;
	uint32_t n;
};

static void make_records(struct random *r, struct made *made, uint32_t n)
{
	static const char *const words[] = {"rain ", "snow ", "president ",
		"said ", "of the ", "missile ", "\n", "weather "};
	made->n = n;
	made->ends = calloc(n + 1, sizeof *made->ends);
	for (uint32_t i = 0; i < n; i++) {
		uint32_t size = random_below(r, 20) ? random_below(r, 200)
		                                    : random_below(r, 9000);
		for (uint32_t j = 0; j < size; j++)
			buffer_text(&made->records, words[random_below(
				r, ARRAY_LEN(words))]);
		made->ends[i + 1] = made->records.len;
	}
}

static struct slice record(const struct made *made, uint32_t i)
{
	return slice_of(made->records.data + made->ends[i],
	                made->ends[i + 1] - made->ends[i]);
}

static void write_store(struct made *made, size_t close_at)
{
	struct store_writer writer;
	cr_assert_eq(store_writer_init(&writer, close_at, slice_of(
		made->dictionary.data, made->dictionary.len), NULL), NS_OK);
	for (uint32_t i = 0; i < made->n; i++)
		cr_assert_eq(store_writer_add(&writer, record(made, i),
		                              &made->data, NULL), NS_OK);
	cr_assert_eq(store_writer_finish(&writer, &made->data, &made->index,
	                                 NULL), NS_OK);
	store_writer_release(&writer);
}

static void made_init(struct made *made)
{
	*made = (struct made){0};
	buffer_init(&made->records, SIZE_MAX);
	buffer_init(&made->data, SIZE_MAX);
	buffer_init(&made->index, SIZE_MAX);
	buffer_init(&made->dictionary, SIZE_MAX);
}

static void made_release(struct made *made)
{
	buffer_release(&made->records);
	buffer_release(&made->data);
	buffer_release(&made->index);
	buffer_release(&made->dictionary);
	free(made->ends);
}

static void read_all(struct random *r, struct made *made)
{
	struct store store;
	struct store_view view = {0};
	struct slice got;
	cr_assert_eq(store_open(&store, chunk(&made->index), chunk(&made->data),
		slice_of(made->dictionary.data, made->dictionary.len), made->n,
		"test", NULL), NS_OK);
	for (uint32_t i = 0; i < made->n; i++) {
		cr_assert_eq(store_get(&store, &view, i, &got, NULL), NS_OK);
		cr_assert(slice_equal(got, record(made, i)));
	}
	for (int i = 0; made->n && i < 50; i++) {
		uint32_t doc = random_below(r, made->n);
		cr_assert_eq(store_get(&store, &view, doc, &got, NULL), NS_OK);
		cr_assert(slice_equal(got, record(made, doc)), "seed %lu",
		          r->seed);
	}
	cr_assert_eq(store_get(&store, &view, made->n, &got, NULL),
	             NS_E_CORRUPT);
	store_view_release(&view);
	store_release(&store);
}

Test(store, records_come_back)
{
	struct random r = random_start(2);
	static const uint32_t sizes[] = {0, 1, 2, 100, 700};
	for (size_t i = 0; i < ARRAY_LEN(sizes); i++) {
		struct made made;
		made_init(&made);
		make_records(&r, &made, sizes[i]);
		write_store(&made, i % 2 ? HEAD_BLOCK : BODY_BLOCK);
		read_all(&r, &made);
		made_release(&made);
	}
}

Test(store, with_a_trained_dictionary)
{
	struct random r = random_start(3);
	struct made made;
	made_init(&made);
	make_records(&r, &made, 600);
	size_t *sizes = calloc(600, sizeof *sizes);
	for (uint32_t i = 0; i < 600; i++)
		sizes[i] = record(&made, i).len;
	cr_assert_eq(store_train(made.records.data, sizes, 600,
	                         &made.dictionary, NULL), NS_OK);
	cr_assert_gt(made.dictionary.len, 0u);
	write_store(&made, BODY_BLOCK);
	read_all(&r, &made);
	free(sizes);
	made_release(&made);
}

/* ---- container ----------------------------------------------------------- */

static void write_container(int file, struct random *r, uint8_t id[16],
                            uint64_t *length, bool bodies)
{
	struct container_writer writer;
	uint32_t crc;
	cr_assert_eq(container_writer_init(&writer, file, "test", NULL), NS_OK);
	for (unsigned c = 0; c < CHUNKS; c++) {
		struct buffer bytes;
		if (c >= CHUNK_DICTIONARY && !bodies)
			continue;
		buffer_init(&bytes, SIZE_MAX);
		uint32_t n = c % 3 ? random_below(r, 400) : 300000 * (c == 6);
		for (uint32_t i = 0; i < n; i++)
			buffer_byte(&bytes, (uint8_t)random_u64(r));
		cr_assert_eq(container_chunk(&writer, (enum chunk)c, &bytes,
		                             NULL), NS_OK);
		buffer_release(&bytes);
	}
	cr_assert_eq(container_finish(&writer, id, &crc, length, NULL), NS_OK);
	container_writer_release(&writer);
}

Test(container, every_flipped_byte_is_found)
{
	struct random r = random_start(4);
	char path[] = "/tmp/ns-test-XXXXXX";
	int file = mkstemp(path);
	uint8_t id[16];
	uint64_t length;
	struct container container;
	write_container(file, &r, id, &length, false);
	uint8_t *bytes = malloc(length);
	cr_assert_eq(pread(file, bytes, length, 0), (ssize_t)length);
	close(file);
	unlink(path);
	struct slice whole = slice_of(bytes, length);
	cr_assert_eq(container_open(&container, whole, "test", true, NULL),
	             NS_OK);
	cr_assert_eq(container_check(&container, "test", NULL), NS_OK);
	cr_assert(!memcmp(id, container.id, 16));
	cr_assert_null(container.chunk[CHUNK_BODIES].data);
	for (uint64_t i = 0; i < length; i += i < 4000 ? 1 : 4001) {
		bytes[i] ^= 0x10;
		int status = container_open(&container, whole, "test", true,
		                            NULL);
		if (status == NS_OK)
			status = container_check(&container, "test", NULL);
		cr_assert_neq(status, NS_OK, "byte %lu", i);
		container_open(&container, whole, "test", false, NULL);
		bytes[i] ^= 0x10;
	}
	for (uint64_t n = 0; n < length; n += n < 300 ? 1 : 997)
		cr_assert_eq(container_open(&container, slice_of(bytes, n),
		                            "test", true, NULL), NS_E_CORRUPT);
	bytes[8] = FORMAT_MAJOR + 1;
	cr_assert_eq(container_open(&container, whole, "test", false, NULL),
	             NS_E_VERSION);
	free(bytes);
}
