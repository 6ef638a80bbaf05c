/* Lines of any file, in bounded memory. */
#include "random.h"
#include "source/lines.h"
#include "source_case.h"

static int open_bytes(struct source_case *c, const void *data, size_t n)
{
	case_write_bytes(c, "lines", data, n);
	int file = open(case_path(c, "lines"), O_RDONLY);
	cr_assert_geq(file, 0);
	return file;
}

static void expect(struct source_case *c, const char *data, size_t n,
                   const char *const *wanted, size_t n_wanted)
{
	int file = open_bytes(c, data, n);
	struct stream_file stream;
	struct lines lines = {0};
	struct line line;
	stream_file_init(&stream, file, "lines", 0);
	lines_open(&lines, &stream.stream);
	for (size_t i = 0; i < n_wanted; i++) {
		cr_assert_eq(lines_next(&lines, &line, NULL), NS_OK);
		cr_assert_eq(line.state, LINE_READ);
		cr_assert_eq(line.number, i + 1);
		cr_assert_eq(line.len, strlen(wanted[i]));
		cr_assert_eq(memcmp(line.data, wanted[i], line.len), 0);
	}
	for (int i = 0; i < 2; i++) {
		cr_assert_eq(lines_next(&lines, &line, NULL), NS_OK);
		cr_assert_eq(line.state, LINE_END);
	}
	cr_assert_eq(lines.bytes, n);
	lines_release(&lines);
	close(file);
}

#define EXPECT(c, data, ...)                                                   \
	do {                                                                   \
		const char *const wanted_[] = {__VA_ARGS__};                   \
		expect(c, data, sizeof(data) - 1, wanted_, ARRAY_LEN(wanted_)); \
	} while (0)

Test(lines, ends)
{
	struct source_case c;
	case_start(&c);
	expect(&c, "", 0, NULL, 0);
	expect(&c, "\xEF\xBB\xBF", 3, NULL, 0);
	EXPECT(&c, "a", "a");
	EXPECT(&c, "a\n", "a");
	EXPECT(&c, "\n", "");
	EXPECT(&c, "a\r\nb\rc\r\n\r\nd", "a", "b\rc", "", "d");
	EXPECT(&c, "\xEF\xBB\xBF" "a\n\xEF\xBB\xBF" "b", "a", "\xEF\xBB\xBF" "b");
	EXPECT(&c, "\n\n\na\n\n", "", "", "", "a", "");
	case_end(&c);
}

/* Sizes around the first buffer and around the longest line. */
Test(lines, sizes)
{
	static const size_t sizes[] = {LINES_PEEK - 1, LINES_PEEK, LINES_PEEK + 1,
		3 * LINES_PEEK, LINES_MAX - 1, LINES_MAX};
	struct source_case c;
	case_start(&c);
	char *bytes = malloc(LINES_MAX + 64);
	for (size_t i = 0; i < ARRAY_LEN(sizes); i++)
		for (int ending = 0; ending < 3; ending++) {
			static const char *const endings[] = {"", "\nlast",
				"\r\nlast\r\n"};
			size_t n = sizes[i];
			memset(bytes, 'x', n);
			memcpy(bytes + n, endings[ending], strlen(endings[ending]));
			int file = open_bytes(&c, bytes,
			                      n + strlen(endings[ending]));
			struct stream_file stream;
			struct lines lines = {0};
			struct line line;
			stream_file_init(&stream, file, "lines", 0);
			lines_open(&lines, &stream.stream);
			cr_assert_eq(lines_next(&lines, &line, NULL), NS_OK);
			cr_assert_eq(line.state, LINE_READ);
			cr_assert_eq(line.len, n);
			cr_assert_eq(lines_next(&lines, &line, NULL), NS_OK);
			cr_assert_eq(line.state, ending ? LINE_READ : LINE_END);
			cr_assert_eq(line.len, ending ? 4 : 0);
			lines_release(&lines);
			close(file);
		}
	free(bytes);
	case_end(&c);
}

Test(lines, overlong_ones_are_skipped)
{
	struct source_case c;
	case_start(&c);
	for (size_t over = 1; over < 4 * LINES_PEEK; over = over * 7 + 1) {
		size_t n = (size_t)LINES_MAX + over;
		char *bytes = malloc(n + 16);
		memcpy(bytes, "first\n", 6);
		memset(bytes + 6, 'x', n);
		memcpy(bytes + 6 + n, "\nlast", 5);
		int file = open_bytes(&c, bytes, n + 11);
		struct stream_file stream;
		struct lines lines = {0};
		struct line line;
		static const enum line_state states[] = {LINE_READ, LINE_OVERLONG,
			LINE_READ, LINE_END};
		stream_file_init(&stream, file, "lines", 0);
		lines_open(&lines, &stream.stream);
		for (size_t i = 0; i < ARRAY_LEN(states); i++) {
			cr_assert_eq(lines_next(&lines, &line, NULL), NS_OK);
			cr_assert_eq(line.state, states[i], "line %zu, %zu over",
			             i + 1, over);
			cr_assert_eq(line.number, i < 3 ? i + 1 : 3);
			cr_assert_leq(lines.capacity, (size_t)LINES_MAX + 2);
		}
		cr_assert_eq(lines.bytes, n + 11);
		lines_release(&lines);
		close(file);
		free(bytes);
	}
	case_end(&c);
}

Test(lines, peeking_takes_nothing)
{
	struct source_case c;
	case_start(&c);
	int file = open_bytes(&c, "\xEF\xBB\xBFone\ntwo", 10);
	struct stream_file stream;
	struct lines lines = {0};
	struct line line;
	struct slice ahead;
	stream_file_init(&stream, file, "lines", 0);
	lines_open(&lines, &stream.stream);
	cr_assert_eq(lines_peek(&lines, &ahead, NULL), NS_OK);
	cr_assert(slice_equal(ahead, slice_of("one\ntwo", 7)));
	cr_assert_eq(lines_next(&lines, &line, NULL), NS_OK);
	cr_assert_eq(memcmp(line.data, "one", 3), 0);
	lines_release(&lines);
	close(file);
	case_end(&c);
}

/* Random lines, each with a length that a buffer's edge may cut. */
Test(lines, random)
{
	struct random random = random_start(3);
	struct source_case c;
	case_start(&c);
	for (int round = 0; round < 30; round++) {
		enum { N = 200 };
		size_t lengths[N], size = 0;
		char *bytes = malloc(N * 20000 + N);
		for (int i = 0; i < N; i++) {
			lengths[i] = random_width(&random, 14);
			memset(bytes + size, 'a' + i % 26, lengths[i]);
			size += lengths[i];
			bytes[size++] = '\n';
		}
		int file = open_bytes(&c, bytes, size);
		struct stream_file stream;
		struct lines lines = {0};
		struct line line;
		stream_file_init(&stream, file, "lines", 0);
		lines_open(&lines, &stream.stream);
		for (int i = 0; i < N; i++) {
			cr_assert_eq(lines_next(&lines, &line, NULL), NS_OK);
			cr_assert_eq(line.len, lengths[i], "seed %llu round %d",
			             (unsigned long long)random.seed, round);
			if (line.len)
				cr_assert_eq(line.data[line.len - 1], 'a' + i % 26);
		}
		cr_assert_eq(lines_next(&lines, &line, NULL), NS_OK);
		cr_assert_eq(line.state, LINE_END);
		lines_release(&lines);
		close(file);
		free(bytes);
	}
	case_end(&c);
}

/* Bytes and lines out of the same buffer, in any order. */
Test(lines, taken_as_bytes)
{
	static const char bytes[] = "first\nsecond\nthe rest";
	struct source_case c;
	struct stream_file stream;
	struct lines lines = {0};
	struct line line;
	struct slice taken;
	case_start(&c);
	int file = open_bytes(&c, bytes, sizeof bytes - 1);
	stream_file_init(&stream, file, "lines", 0);
	lines_open(&lines, &stream.stream);
	cr_assert_eq(lines_next(&lines, &line, NULL), NS_OK);
	cr_assert_eq(lines_take(&lines, 3, &taken, NULL), NS_OK);
	cr_assert_eq(taken.len, 3);
	cr_assert_eq(memcmp(taken.data, "sec", 3), 0);
	cr_assert_eq(lines_next(&lines, &line, NULL), NS_OK);
	cr_assert_eq(line.len, 3);
	cr_assert_eq(memcmp(line.data, "ond", 3), 0);
	cr_assert_eq(lines_take(&lines, SIZE_MAX, &taken, NULL), NS_OK);
	cr_assert_eq(taken.len, 8);
	cr_assert_eq(lines.bytes, sizeof bytes - 1);
	cr_assert_eq(lines_take(&lines, 1, &taken, NULL), NS_OK);
	cr_assert_eq(taken.len, 0);
	lines_release(&lines);
	close(file);
	case_end(&c);
}
