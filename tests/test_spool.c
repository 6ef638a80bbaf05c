/* test_spool.c — do bytes come back as they went in, from memory and from files; is an
 * id known again?
 */
#include <criterion/criterion.h>

#include <fcntl.h>

#include "build/ids.h"
#include "folder.h"
#include "random.h"

static char dir[] = "/tmp/ns-test-XXXXXX";
static struct commit_writer commit;
static struct spool_maker maker = {.commit = &commit,
                                   .lock = PTHREAD_MUTEX_INITIALIZER};

static void open_folder(void)
{
	cr_assert(mkdtemp(dir));
	commit_init(&commit);
	commit.dir = open(dir, O_RDONLY | O_DIRECTORY);
	cr_assert(commit.dir >= 0);
}

static void remove_folder(void)
{
	close(commit.dir);
	folder_remove(dir);
}

static unsigned count_files(void)
{
	unsigned n = 0;
	DIR *files = opendir(dir);
	while (readdir(files))
		n++;
	closedir(files);
	return n - 2;
}

TestSuite(spool, .init = open_folder, .fini = remove_folder);

enum { BYTES = 3 << 20 };

static void fill(struct random *r, struct spool *spool, uint8_t *kept)
{
	for (size_t n = 0; n < BYTES;) {
		size_t piece = min_size(random_width(r, 20), BYTES - n);
		for (size_t i = 0; i < piece; i++)
			kept[n + i] = (uint8_t)random_u64(r);
		cr_assert_eq(spool_append(spool, kept + n, piece, NULL), NS_OK);
		n += piece;
		uint8_t back[64];
		size_t len = min_size(n, random_below(r, sizeof back));
		size_t at = random_below(r, (uint32_t)(n - len) + 1);
		cr_assert_eq(spool_read_at(spool, at, back, len, NULL), NS_OK);
		cr_assert(!len || !memcmp(back, kept + at, len), "seed %lu", r->seed);
	}
}

static void read_back(struct random *r, const struct spool *spool,
                      const uint8_t *kept)
{
	struct spool_reader reader;
	size_t from = random_below(r, BYTES), to = from;
	to += random_below(r, (uint32_t)(BYTES - from) + 1);
	spool_read(&reader, spool, from, to, 1 + random_below(r, 1 << 16), NULL);
	while (!spool_reader_ended(&reader)) {
		cr_assert_eq(spool_reader_tell(&reader), from);
		size_t n = min_size(random_width(r, 18), to - from);
		if (random_below(r, 2)) {
			spool_skip(&reader, n);
		} else {
			const uint8_t *bytes = spool_bytes(&reader, n);
			cr_assert(bytes && (!n || !memcmp(bytes, kept + from, n)),
			          "seed %lu", r->seed);
		}
		from += n;
	}
	cr_assert_eq(from, to);
	cr_assert_null(spool_bytes(&reader, 1), "behind the end");
	cr_assert_eq(reader.status, NS_E_CORRUPT);
	spool_reader_release(&reader);
}

Test(spool, gives_back_what_it_took)
{
	struct random r = random_start(1);
	uint8_t *kept = malloc(BYTES);
	for (int round = 0; round < 12; round++) {
		struct spool spool;
		size_t most = round % 3 ? random_width(&r, 23) : SIZE_MAX;
		spool_init(&spool, &maker, most);
		fill(&r, &spool, kept);
		cr_assert_eq(spool_size(&spool), (uint64_t)BYTES);
		cr_assert_eq(spool_end(&spool, NULL), NS_OK);
		cr_assert_eq(spool.file >= 0, most < BYTES);
		for (int i = 0; i < 20; i++)
			read_back(&r, &spool, kept);
		cr_assert_eq(count_files(), 0u, "a file has a name");
		spool_release(&spool);
	}
	free(kept);
}

Test(spool, numbers_of_any_size_lie_across_windows)
{
	enum { NUMBERS = 20000 };
	struct random r = random_start(2);
	static uint64_t numbers[NUMBERS];
	for (size_t window = 1; window < 40; window += 3) {
		struct spool spool;
		struct spool_reader reader;
		uint8_t bytes[VARINT_MAX];
		spool_init(&spool, &maker, window % 2 ? 0 : SIZE_MAX);
		for (size_t i = 0; i < NUMBERS; i++) {
			numbers[i] = random_u64(&r) >> random_below(&r, 64);
			cr_assert_eq(spool_append(
				&spool, bytes, varint_put(bytes, numbers[i]),
				NULL), NS_OK);
		}
		cr_assert_eq(spool_end(&spool, NULL), NS_OK);
		spool_read(&reader, &spool, 0, spool_size(&spool), window, NULL);
		for (size_t i = 0; i < NUMBERS; i++)
			cr_assert_eq(spool_varint(&reader), numbers[i],
			             "seed %lu", r.seed);
		cr_assert(spool_reader_ended(&reader));
		cr_assert_eq(spool_varint(&reader), 0u);
		cr_assert_eq(reader.status, NS_E_CORRUPT);
		spool_reader_release(&reader);
		spool_release(&spool);
	}
}

Test(spool, ids_are_known_again)
{
	enum { DOCS = 5000, NAMES = 700 };
	struct random r = random_start(3);
	static uint32_t last[NAMES];
	struct docs docs;
	struct ids ids = {0};
	docs_init(&docs, &maker, 1 << 12, false);
	memset(last, 0xff, sizeof last);
	for (uint32_t doc = 0; doc < DOCS; doc++) {
		char name[40];
		uint32_t number = random_below(&r, NAMES), before, found;
		int n = snprintf(name, sizeof name, "%0*u",
		                 1 + (int)number % 30, number);
		struct slice id = slice_of(name, (size_t)n);
		const ns_article article = {.id = {name, id.len},
		                            .title = {"rain", 4}};
		cr_assert_eq(ids_find(&ids, &docs, id, &found, NULL), NS_OK);
		cr_assert_eq(found, last[number], "seed %lu", r.seed);
		cr_assert_eq(ids_put(&ids, &docs, id, doc, &before, NULL), NS_OK);
		cr_assert_eq(before, last[number], "seed %lu", r.seed);
		cr_assert_eq(docs_add(&docs, &article, NULL), NS_OK);
		last[number] = doc;
	}
	ids_release(&ids);
	docs_release(&docs);
}
