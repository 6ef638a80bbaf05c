/* What is packed is read as if it were not, and what cannot be is told. */
#include <archive.h>
#include <archive_entry.h>
#include <locale.h>
#include <lzma.h>
#include <sys/wait.h>

#include "packed/packing.h"
#include "web/warc.h"
#include "source/stream.h"
#include "source_case.h"
#include "tests/random.h"

enum { ROOM = 1 << 20 };

struct made {
	uint8_t *data;
	size_t n;
};

struct file {
	const char *name, *text;
	size_t n; /* 0: strlen */
};

static const struct file news[] = {
	{"a.jsonl", "{\"title\":\"one\"}\n{\"title\":\"two\"}\n", 0},
	{"deep/b.txt", "three\nand its text\n", 0},
	{"deep/c.jpg", "\xFF\xD8\0\0\0\1\2\3\4\5", 10},
	{".hidden", "no", 0},
	{"d.jsonl", "{\"title\":\"four\"}\n", 0},
};

static const char *const news_sources[] = {"/a.jsonl:1", "/a.jsonl:2",
                                           "/deep/b.txt:1", "/d.jsonl:1"};

static void put(struct archive *archive, const struct file *file)
{
	struct archive_entry *entry = archive_entry_new();
	size_t n = file->n ? file->n : strlen(file->text);
	archive_entry_set_pathname(entry, file->name);
	archive_entry_set_filetype(entry, AE_IFREG);
	archive_entry_set_perm(entry, 0644);
	archive_entry_set_size(entry, (la_int64_t)n);
	cr_assert_geq(archive_write_header(archive, entry), ARCHIVE_WARN, "%s",
	              archive_error_string(archive));
	cr_assert_eq(archive_write_data(archive, file->text, n), (la_ssize_t)n);
	archive_entry_free(entry);
}

/* format NULL: the first file alone, in a layer. */
static struct made make(const char *format, const char *filter,
                        const char *options, const struct file *files, size_t n)
{
	struct archive *archive = archive_write_new();
	struct made made = {malloc(ROOM), 0};
	if (format)
		cr_assert_eq(archive_write_set_format_by_name(archive, format),
		             ARCHIVE_OK);
	else
		cr_assert_eq(archive_write_set_format_raw(archive), ARCHIVE_OK);
	if (filter)
		cr_assert_eq(archive_write_add_filter_by_name(archive, filter),
		             ARCHIVE_OK, "%s", filter);
	if (options) {
		cr_assert_eq(archive_write_set_options(archive, options),
		             ARCHIVE_OK);
		archive_write_set_passphrase(archive, "secret");
	}
	archive_write_set_bytes_in_last_block(archive, 1);
	cr_assert_eq(archive_write_open_memory(archive, made.data, ROOM, &made.n),
	             ARCHIVE_OK);
	for (size_t i = 0; i < n; i++)
		put(archive, &files[i]);
	cr_assert_eq(archive_write_close(archive), ARCHIVE_OK);
	archive_write_free(archive);
	return made;
}

static struct made make_news(const char *format, const char *filter)
{
	return make(format, filter, NULL, news, ARRAY_LEN(news));
}

static int read_made(struct source_case *c, const char *name, struct made made)
{
	return case_read_bytes(c, name, made.data, made.n);
}

static void expect_news(const struct source_case *c, const char *name)
{
	cr_assert_eq(c->n, 4, "%s: %zu articles", name, c->n);
	for (size_t i = 0; i < c->n; i++) {
		char source[64];
		snprintf(source, sizeof source, "%s%s", name, news_sources[i]);
		cr_assert_str_eq(c->articles[i].source, source);
	}
	cr_assert_str_eq(c->articles[2].title, "three");
	cr_assert_str_eq(c->articles[2].body, "and its text\n");
	cr_assert_eq(c->report.files, 3);
	cr_assert_eq(c->n_events, 1);
	cr_assert_eq(c->events[0].kind, SOURCE_PASSED_OVER);
	cr_assert_eq(c->events[0].why, SOURCE_BINARY);
	cr_assert(strstr(c->events[0].place, "/deep/c.jpg"));
}

static const char *const formats[] = {"ustar", "pax", "gnutar", "v7tar", "cpio",
                                      "newc", "bin", "zip", "7zip"};
static const char *const filters[] = {NULL, "gzip", "bzip2", "xz", "lzma", "zstd",
                                      "lz4", "compress"};

Test(unpack, every_archive_in_every_layer)
{
	struct source_case c;
	case_start(&c);
	for (size_t i = 0; i < ARRAY_LEN(formats); i++) {
		for (size_t k = 0; k < ARRAY_LEN(filters); k++) {
			struct made made = make_news(formats[i], filters[k]);
			cr_assert_eq(read_made(&c, "news", made), NS_OK);
			bool lost = filters[k] && !strcmp(formats[i], "7zip");
			if (!lost)
				expect_news(&c, "news");
			else
				cr_assert_eq(c.report.refused_by[SOURCE_PACKED], 1);
			cr_assert_eq(c.report.bytes, made.n);
			free(made.data);
		}
	}
	case_end(&c);
}

Test(unpack, a_layer_alone_has_the_name_without_it)
{
	struct source_case c;
	case_start(&c);
	for (size_t k = 1; k < ARRAY_LEN(filters); k++) {
		struct made made = make(NULL, filters[k], NULL, news, 1);
		cr_assert_eq(read_made(&c, "a.jsonl.z", made), NS_OK);
		cr_assert_eq(c.n, 2, "%s", filters[k]);
		cr_assert_str_eq(c.articles[1].source, "a.jsonl.z:2");
		cr_assert_eq(c.report.files, 1);
		free(made.data);
	}
	/* only the name says what this is */
	const struct file list = {"x", "word\n", 0}, binary = {"x", "\0\1\2", 3};
	struct made made = make(NULL, "gzip", NULL, &list, 1);
	cr_assert_eq(read_made(&c, "x.JSON.GZ", made), NS_OK);
	cr_assert_eq(c.report.refused_by[SOURCE_BAD_JSON], 1);
	free(made.data);
	/* and what was named is refused */
	made = make(NULL, "gzip", NULL, &binary, 1);
	cr_assert_eq(read_made(&c, "x.gz", made), NS_OK);
	cr_assert_eq(c.report.refused_by[SOURCE_BINARY], 1);
	cr_assert_eq(case_read(&c, ""), NS_OK);
	cr_assert_eq(c.report.passed_over_by[SOURCE_BINARY], 1);
	free(made.data);
	case_end(&c);
}

Test(unpack, two_gzip_members_and_what_follows)
{
	struct source_case c;
	case_start(&c);
	struct made made = make(NULL, "gzip", NULL, news, 1);
	memcpy(made.data + made.n, made.data, made.n);
	made.n *= 2;
	memset(made.data + made.n, 0, 100);
	made.n += 100;
	cr_assert_eq(read_made(&c, "a.gz", made), NS_OK);
	cr_assert_eq(c.n, 4);
	cr_assert_str_eq(c.articles[3].source, "a.gz:4");
	cr_assert_eq(c.n_events, 0);
	free(made.data);
	case_end(&c);
}

/* A file of the folder that a packing is to hold. */
static struct made pack(const char *format, const char *filter, const char *name,
                        struct made inner)
{
	const struct file file = {name, (const char *)inner.data, inner.n};
	struct made made = make(format, filter, NULL, &file, 1);
	free(inner.data);
	return made;
}

Test(unpack, two_packings_and_no_third)
{
	struct source_case c;
	case_start(&c);
	struct made zip = make_news("zip", NULL);
	struct made two = pack("pax", "gzip", "in.zip", zip);
	cr_assert_eq(read_made(&c, "out.tgz", two), NS_OK);
	expect_news(&c, "out.tgz/in.zip");
	struct made three = pack("ustar", NULL, "out.tgz", two);
	cr_assert_eq(read_made(&c, "far.tar", three), NS_OK);
	cr_assert_eq(c.n, 0);
	cr_assert_eq(c.n_events, 1);
	cr_assert_eq(c.events[0].why, SOURCE_PACKED_DEEP);
	cr_assert(strstr(c.events[0].place, "far.tar/out.tgz/in.zip"));
	free(three.data);

	struct made gz = make(NULL, "gzip", NULL, news, 1);
	gz = pack(NULL, "xz", "x", gz);
	cr_assert_eq(read_made(&c, "a.gz.xz", gz), NS_OK);
	cr_assert_eq(c.n, 2);
	gz = pack(NULL, "bzip2", "x", gz);
	cr_assert_eq(read_made(&c, "a.gz.xz.bz2", gz), NS_OK);
	cr_assert_eq(c.n, 0);
	cr_assert_eq(c.events[0].why, SOURCE_PACKED_DEEP);
	free(gz.data);
	case_end(&c);
}

Test(unpack, names_are_only_names)
{
	static const struct file files[] = {
		{"../../etc/passwd", "one", 0}, {"/root/x", "two", 0},
		{"a/./..//b", "three", 0}, {"b\x01\x1B[31m", "four", 0},
		{"caf\xE9", "five", 0}, {"caf\xC3\xA9", "six", 0},
		{"a/.git/x", "no", 0},
	};
	static const char *const sources[] = {
		"x/etc/passwd:1", "x/root/x:1", "x/a/b:1",
		"x/b\uFFFD\uFFFD[31m:1", "x/caf\uFFFD:1", "x/caf\u00E9:1"};
	struct source_case c;
	case_start(&c);
	for (size_t k = 0; k < 3; k++) {
		const char *const kinds[] = {"ustar", "gnutar", "zip"};
		struct made made = make(kinds[k], NULL, NULL, files,
		                        ARRAY_LEN(files));
		cr_assert_eq(read_made(&c, "x", made), NS_OK);
		cr_assert_eq(c.n, 6);
		for (size_t i = 0; i < 6; i++)
			cr_assert_str_eq(c.articles[i].source, k == 2 && i == 4
				? "x/caf\u0398:1" /* page 437 */ : sources[i]);
		cr_assert_eq(c.n_events, 0);
		free(made.data);
	}
	case_end(&c);
}

/* Names that the archive says are UTF-8, whatever the locale is. */
Test(unpack, names_in_any_script)
{
	static const struct file file = {"\u00DCber/\u96E8.txt", "one", 0};
	static const char *const kinds[] = {"pax", "zip", "7zip"};
	struct source_case c;
	case_start(&c);
	locale_t utf8 = newlocale(LC_CTYPE_MASK, "C.UTF-8", 0);
	for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
		locale_t before = uselocale(utf8);
		struct made made = make(kinds[i], NULL, NULL, &file, 1);
		uselocale(before);
		cr_assert_eq(read_made(&c, "x", made), NS_OK);
		cr_assert_eq(c.n, 1);
		cr_assert_str_eq(c.articles[0].source,
		                 "x/\u00DCber/\u96E8.txt:1", "%s", kinds[i]);
		free(made.data);
	}
	freelocale(utf8);
	case_end(&c);
}

/* What a zip does not say is UTF-8: it is, or it is in code page 437. */
Test(unpack, names_of_a_zip_in_no_script)
{
	static const struct {
		const char *raw, *wanted;
	} names[] = {
		{"r\x82sum\x82/a.txt", "x.zip/r\u00E9sum\u00E9/a.txt:1"},
		{"../\x8E\x94\x81\xE1 \1.txt", "x.zip/\u00C4\u00F6\u00FC\u00DF \uFFFD.txt:1"},
		{"\u00C4\u96E8.txt", "x.zip/\u00C4\u96E8.txt:1"},
		{"\x80\xFF.txt", "x.zip/\u00C7\u00A0.txt:1"},
	};
	struct source_case c;
	case_start(&c);
	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		struct file file = {names[i].raw, "one", 0};
		struct made made = make("zip", NULL, NULL, &file, 1);
		cr_assert_eq(read_made(&c, "x.zip", made), NS_OK);
		cr_assert_eq(c.n, 1);
		cr_assert_str_eq(c.articles[0].source, names[i].wanted);
		free(made.data);
	}
	case_exhaust(&c, case_path(&c, "x.zip"));
	/* a tar says nothing of the kind */
	struct file file = {"\x82.txt", "one", 0};
	struct made made = make("ustar", NULL, NULL, &file, 1);
	cr_assert_eq(read_made(&c, "x.tar", made), NS_OK);
	cr_assert_str_eq(c.articles[0].source, "x.tar/\uFFFD.txt:1");
	free(made.data);
	case_end(&c);
}

/* As in a walk, a hidden folder above cur/ and new/ is one of a maildir. */
Test(unpack, a_packed_maildir_has_folders)
{
	static const char message[] = "From: a@b.c\nSubject: s\n\nword\n";
	static const struct file files[] = {
		{"m/.Sent/.no", message, 0}, {"m/.Sent/cur/2:2,S", message, 0},
		{"m/.Sent/tmp/no", message, 0}, {"m/.no/curly/x", message, 0},
		{"m/.Sent/cur/.no", message, 0}, {"m/.Lists.a/new/3", message, 0},
		{"m/.files/new", message, 0}, {"m/cur/1", message, 0},
	};
	struct source_case c;
	case_start(&c);
	struct made made = make("ustar", NULL, NULL, files, ARRAY_LEN(files));
	cr_assert_eq(read_made(&c, "a.tar", made), NS_OK);
	cr_assert_eq(c.n, 3);
	cr_assert_str_eq(c.articles[0].source, "a.tar/m/.Sent/cur/2:2,S:1");
	cr_assert_str_eq(c.articles[0].section, "Sent");
	cr_assert_str_eq(c.articles[1].section, "Lists.a");
	cr_assert_str_eq(c.articles[2].section, "m");
	free(made.data);
	case_end(&c);
}

Test(unpack, encrypted_members_are_refused)
{
	struct source_case c;
	case_start(&c);
	struct made made = make("zip", NULL, "zip:encryption=traditional", news, 2);
	cr_assert_eq(read_made(&c, "x.zip", made), NS_OK);
	cr_assert_eq(c.n, 0);
	cr_assert_eq(c.report.refused_by[SOURCE_ENCRYPTED], 2);
	cr_assert(strstr(c.events[1].place, "x.zip/deep/b.txt"));
	free(made.data);
	case_end(&c);
}

Test(unpack, kinds_that_are_not_read)
{
	struct source_case c;
	case_start(&c);
	cr_assert_eq(case_read_bytes(&c, "x", "Rar!\x1A\x07\x01\0", 8), NS_OK);
	cr_assert_eq(c.report.refused_by[SOURCE_PACKED_KIND], 1);
	cr_assert_str_eq(c.events[0].reason,
	                 "a kind of archive that is not read: rar");
	cr_assert_eq(case_read(&c, ""), NS_OK);
	cr_assert_eq(c.report.passed_over_by[SOURCE_PACKED_KIND], 1);
	/* a document is no archive */
	static const struct file word = {"[Content_Types].xml", "<Types/>", 0};
	struct made made = make("zip", NULL, NULL, &word, 1);
	cr_assert_eq(read_made(&c, "x", made), NS_OK);
	cr_assert_eq(c.report.refused_by[SOURCE_BINARY], 1);
	free(made.data);
	/* records of a web archive are left to their reader */
	static const struct file records[] = {{"x", "WARC/1.0\r\n", 0},
	                                      {"x", "WARS", 0}};
	for (size_t i = 0; i < 2; i++) {
		made = make(NULL, "gzip", NULL, &records[i], 1);
		struct slice bytes = slice_of(made.data, made.n);
		cr_assert_eq(warc_is(bytes), i == 0);
		free(made.data);
	}
	case_end(&c);
}

/* ---- damage -------------------------------------------------------------------- */

static const struct {
	const char *format, *filter;
} damaged[] = {
	{"pax", NULL}, {"pax", "gzip"}, {"ustar", "xz"}, {"gnutar", "zstd"},
	{"ustar", "bzip2"}, {"zip", NULL}, {"7zip", NULL}, {"newc", "lz4"},
	{"zip", "lzma"},
};

Test(unpack, cut_off_anywhere)
{
	struct source_case c;
	case_start(&c);
	for (size_t i = 0; i < ARRAY_LEN(damaged); i++) {
		struct made made = make_news(damaged[i].format, damaged[i].filter);
		size_t most = 0;
		/* a tar is made of blocks: its bytes alike are many, and before the
		 * end of the first it is not known as one */
		size_t step = made.n > 2000 ? 61 : 3;
		size_t first = step > 1 && !damaged[i].filter ? 512 : 18;
		for (size_t n = first; n < made.n; n += step) {
			cr_assert_eq(case_read_bytes(&c, "x", made.data, n),
			             NS_OK);
			cr_assert(c.n == 4 || c.report.refused, "%s %s: %zu of "
			          "%zu bytes: %zu articles and nothing said",
			          damaged[i].format,
			          damaged[i].filter ? damaged[i].filter : "",
			          n, made.n, c.n);
			cr_assert_leq(c.report.refused, 1);
			cr_assert_leq(c.n, 4);
			most = c.n > most ? c.n : most;
		}
		free(made.data);
	}
	case_end(&c);
}

Test(unpack, what_came_before_a_cut_is_used)
{
	struct source_case c;
	case_start(&c);
	char text[4000] = "a long text\n";
	for (size_t i = strlen(text); i < sizeof text - 1; i++)
		text[i] = (char)('a' + i * i / 7 % 26);
	const struct file files[] = {news[0], news[1], {"last", text, 0}};
	static const char *const layers[] = {NULL, "gzip", "xz", "zstd"};
	for (size_t i = 0; i < ARRAY_LEN(layers); i++) {
		struct made made = make("ustar", layers[i], NULL, files, 3);
		size_t n = layers[i] ? made.n * 3 / 4 : 5000;
		cr_assert_eq(case_read_bytes(&c, "x", made.data, n), NS_OK);
		cr_assert_eq(c.report.refused_by[SOURCE_PACKED], 1);
		cr_assert_eq(c.n, i == 3 ? 0 : 3, "layer %zu: %zu", i, c.n);
		free(made.data);
	}
	case_end(&c);
}

Test(unpack, any_byte_may_be_wrong)
{
	struct source_case c;
	uint64_t seed = 20171;
	struct random random = {seed, seed};
	printf("test_unpack: seed %llu\n", (unsigned long long)seed);
	case_start(&c);
	for (size_t i = 0; i < ARRAY_LEN(damaged); i++) {
		struct made made = make_news(damaged[i].format, damaged[i].filter);
		size_t step = made.n > 2000 ? 53 : 3;
		for (size_t at = 0; at < made.n; at += step) {
			uint8_t kept = made.data[at];
			made.data[at] ^= (uint8_t)(1 + random_below(&random, 255));
			cr_assert_eq(read_made(&c, "x", made), NS_OK);
			made.data[at] = kept;
		}
		free(made.data);
	}
	case_end(&c);
}

Test(unpack, strictness_and_faults_of_the_index_end_all)
{
	struct source_case c;
	case_start(&c);
	struct made made = make_news("ustar", "gzip");
	c.options.strict = true;
	cr_assert_eq(case_read_bytes(&c, "x", made.data, made.n - 9), NS_E_USAGE);
	cr_assert_eq(c.n_events, 2); /* and one is the picture */
	cr_assert(strstr(c.err.message, "truncated gzip"), "%s", c.err.message);
	c.options.strict = false;
	c.answer = NS_E_IO;
	cr_assert_eq(case_read_bytes(&c, "x", made.data, made.n - 9), NS_E_IO);
	cr_assert_eq(c.n_events, 0);
	free(made.data);
	case_end(&c);
}

Test(unpack, memory_may_end_at_any_point)
{
	struct source_case c;
	case_start(&c);
	static const char *const layers[] = {"gzip", "xz", "zstd", NULL};
	for (size_t i = 0; i < ARRAY_LEN(layers); i++) {
		struct made made = make_news(layers[i] ? "ustar" : "zip",
		                             layers[i]);
		case_write_bytes(&c, "x", made.data, made.n);
		case_exhaust(&c, case_path(&c, "x"));
		cr_assert_eq(c.n, 4);
		free(made.data);
	}
	case_end(&c);
}

/* ---- bombs --------------------------------------------------------------------- */

/* An article, and then lines without any. */
static struct made make_bomb(const char *format, const char *filter, size_t n)
{
	char *text = malloc(n);
	memset(text, '\n', n);
	memcpy(text, "{\"title\":\"bait\"}", 16);
	const struct file file = {"bomb.jsonl", text, n};
	struct made made = make(format, filter, NULL, &file, 1);
	free(text);
	return made;
}

Test(unpack, too_much_is_refused)
{
	static const struct {
		const char *format, *filter;
	} kinds[] = {{NULL, "gzip"}, {NULL, "xz"}, {NULL, "zstd"}, {"zip", NULL},
	             {"7zip", NULL}, {"ustar", "bzip2"}};
	struct source_case c;
	case_start(&c);
	for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
		struct made made = make_bomb(kinds[i].format, kinds[i].filter,
		                             150 << 20);
		cr_assert_eq(read_made(&c, "x", made), NS_OK);
		cr_assert_eq(c.n, 1, "kind %zu", i);
		cr_assert_eq(c.n_events, 1);
		cr_assert_eq(c.events[0].why, SOURCE_PACKED_LIMIT, "kind %zu: %s",
		             i, c.events[0].reason);
		free(made.data);
	}
	/* less than 64 MiB is let pass */
	struct made made = make_bomb(NULL, "xz", 60 << 20);
	cr_assert_eq(read_made(&c, "x", made), NS_OK);
	cr_assert_eq(c.n_events, 0);
	free(made.data);
	case_end(&c);
}

Test(unpack, a_large_dictionary_is_refused)
{
	struct source_case c;
	case_start(&c);
	/* a stream of xz whose block wants 1.5 GiB, as its header says; the sum of
	 * the header is made good */
	struct made made = make(NULL, "xz", NULL, news, 1);
	cr_assert_eq(made.data[14], 0x21);
	made.data[16] = 37;
	uint32_t sum = lzma_crc32(made.data + 12, 8, 0);
	memcpy(made.data + 20, &sum, 4);
	cr_assert_eq(read_made(&c, "x", made), NS_OK);
	cr_assert_eq(c.n_events, 1);
	cr_assert_eq(c.events[0].why, SOURCE_PACKED_LIMIT, "%s",
	             c.events[0].reason);
	free(made.data);
	/* a frame of zstd with a window of 128 MiB */
	const uint8_t frame[] = {0x28, 0xB5, 0x2F, 0xFD, 0x00, 17 << 3, 1, 0, 0};
	cr_assert_eq(case_read_bytes(&c, "x", frame, sizeof frame), NS_OK);
	cr_assert_eq(c.n_events, 1);
	cr_assert_eq(c.events[0].why, SOURCE_PACKED_LIMIT, "%s",
	             c.events[0].reason);
	case_end(&c);
}

/* ---- from a pipe ---------------------------------------------------------------- */

static int read_pipe(struct source_case *c, struct made made)
{
	case_write_bytes(c, "pipe-input", made.data, made.n);
	unlink(case_path(c, "pipe"));
	cr_assert_eq(mkfifo(case_path(c, "pipe"), 0600), 0);
	pid_t writer = fork();
	if (writer == 0) {
		int file = open(case_path(c, "pipe"), O_WRONLY);
		_exit(write(file, made.data, made.n) != (ssize_t)made.n);
	}
	int status = case_read(c, "pipe");
	cr_assert_eq(waitpid(writer, NULL, 0), writer);
	return status;
}

Test(unpack, a_zip_is_read_from_a_pipe_and_7z_is_not)
{
	struct source_case c;
	case_start(&c);
	struct made made = make_news("zip", NULL);
	cr_assert_eq(read_pipe(&c, made), NS_OK);
	expect_news(&c, "pipe");
	free(made.data);
	made = make_news("7zip", NULL);
	cr_assert_eq(read_pipe(&c, made), NS_OK);
	cr_assert_eq(c.n, 0);
	cr_assert(strstr(c.events[0].reason, "regular file"));
	free(made.data);
	case_end(&c);
}
