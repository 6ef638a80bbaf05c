/* Bad bytes become U+FFFD, one for each maximal subpart. */
#include <criterion/criterion.h>

#include "base/utf8.h"
#include "random.h"

#define BAD "\xEF\xBF\xBD"

static void expect(const char *bytes, size_t n, const char *wanted,
                   uint32_t repairs)
{
	struct buffer scratch;
	struct slice text = slice_of(bytes, n);
	uint32_t counted = 0;
	buffer_init(&scratch, 4096);
	cr_assert_eq(utf8_clean(&text, &scratch, &counted), NS_OK);
	cr_assert_eq(text.len, strlen(wanted), "%zu bytes of %s", text.len, wanted);
	cr_assert_eq(memcmp(text.data, wanted, text.len), 0, "%.*s, not %s",
	             (int)text.len, (const char *)text.data, wanted);
	cr_assert_eq(counted, repairs);
	buffer_release(&scratch);
}

#define EXPECT(bytes, wanted, repairs)                                         \
	expect(bytes, sizeof(bytes) - 1, wanted, repairs)

Test(utf8, good_text_is_left_alone)
{
	const char *good = "caf\u00E9 \u20AC \U0001F600 \uFFFE ascii of many bytes";
	struct buffer scratch;
	struct slice text = slice_of(good, strlen(good));
	uint32_t repairs = 0;
	buffer_init(&scratch, 64);
	cr_assert_eq(utf8_clean(&text, &scratch, &repairs), NS_OK);
	cr_assert_eq((const void *)text.data, (const void *)good);
	cr_assert_eq(repairs, 0);
	cr_assert_null(scratch.data);
	text = slice_of(NULL, 0);
	cr_assert_eq(utf8_clean(&text, &scratch, &repairs), NS_OK);
}

Test(utf8, maximal_subparts)
{
	/* the example of the Unicode standard, table 3-8 to 3-11 */
	EXPECT("\xC0\xAF\xE0\x80\xBF\xF0\x81\x82\x41",
	       BAD BAD BAD BAD BAD BAD BAD BAD "A", 8);
	EXPECT("\xED\xA0\x80\xED\xBF\xBF\xED\xAF\x41",
	       BAD BAD BAD BAD BAD BAD BAD BAD "A", 8);
	EXPECT("\xF4\x91\x92\x93\xFF\x41\x80\xBF\x42",
	       BAD BAD BAD BAD BAD "A" BAD BAD "B", 7);
	EXPECT("\xE1\x80\xE2\xF0\x91\x92\xF1\xBF\x41",
	       BAD BAD BAD BAD "A", 4);
	EXPECT("a\xF0\x9F\x98" "b", "a" BAD "b", 1);
	EXPECT("a\xF0\x9F\x98", "a" BAD, 1);
	EXPECT("nul\0in a long enough line", "nul" BAD "in a long enough line", 1);
	EXPECT("\xF4\x8F\xBF\xBF\xF4\x90\x80\x80",
	       "\xF4\x8F\xBF\xBF" BAD BAD BAD BAD, 4);
}

Test(utf8, a_full_buffer_is_told)
{
	struct buffer scratch;
	struct slice text = slice_of("\xFF\xFF\xFF", 3);
	uint32_t repairs = 0;
	buffer_init(&scratch, 8);
	cr_assert_eq(utf8_clean(&text, &scratch, &repairs), NS_E_LIMIT);
	buffer_release(&scratch);
}

/* One character at a time, from the table of well-formed sequences. */
static bool is_good(const uint8_t *s, size_t n)
{
	static const struct {
		uint8_t first[2], second[2];
		size_t n;
	} rows[] = {
		{{0x01, 0x7F}, {0, 0}, 1},      {{0xC2, 0xDF}, {0x80, 0xBF}, 2},
		{{0xE0, 0xE0}, {0xA0, 0xBF}, 3}, {{0xE1, 0xEC}, {0x80, 0xBF}, 3},
		{{0xED, 0xED}, {0x80, 0x9F}, 3}, {{0xEE, 0xEF}, {0x80, 0xBF}, 3},
		{{0xF0, 0xF0}, {0x90, 0xBF}, 4}, {{0xF1, 0xF3}, {0x80, 0xBF}, 4},
		{{0xF4, 0xF4}, {0x80, 0x8F}, 4},
	};
	for (size_t i = 0; i < n;) {
		size_t k = 0, len = 1;
		while (k < ARRAY_LEN(rows) &&
		       (s[i] < rows[k].first[0] || s[i] > rows[k].first[1]))
			k++;
		if (k == ARRAY_LEN(rows) || rows[k].n > n - i)
			return false;
		for (; len < rows[k].n; len++)
			if (len == 1 ? s[i + 1] < rows[k].second[0] ||
			               s[i + 1] > rows[k].second[1]
			             : (s[i + len] & 0xC0) != 0x80)
				return false;
		i += len;
	}
	return true;
}

Test(utf8, random_bytes_end_up_good)
{
	static const uint8_t likely[] = {0, 'a', 'z', 0x7F, 0x80, 0x8F, 0x90, 0x9F,
		0xA0, 0xBF, 0xC1, 0xC2, 0xDF, 0xE0, 0xED, 0xEF, 0xF0, 0xF4, 0xF5};
	struct random random = random_start(41);
	struct buffer scratch;
	buffer_init(&scratch, 4096);
	for (int round = 0; round < 200000; round++) {
		uint8_t bytes[24];
		size_t n = random_below(&random, sizeof bytes + 1);
		for (size_t i = 0; i < n; i++)
			bytes[i] = random_below(&random, 3)
				? likely[random_below(&random, ARRAY_LEN(likely))]
				: (uint8_t)random_u64(&random);
		struct slice text = slice_of(bytes, n);
		uint32_t repairs = 0;
		bool good = is_good(bytes, n);
		cr_assert_eq(utf8_prefix(bytes, n) == n, good,
		             "seed %llu round %d",
		             (unsigned long long)random.seed, round);
		cr_assert_eq(utf8_clean(&text, &scratch, &repairs), NS_OK);
		cr_assert(is_good(text.data, text.len), "seed %llu round %d",
		          (unsigned long long)random.seed, round);
		cr_assert_eq(repairs == 0, good);
	}
	buffer_release(&scratch);
}

Test(utf8, what_is_not_ascii_is_counted)
{
	const struct {
		const char *bytes;
		size_t n, ascii, good, bad, zeros, cut;
	} cases[] = {
		{"", 0, 0, 0, 0, 0, 0},
		{"plain text\n", 11, 11, 0, 0, 0, 0},
		{"caf\xC3\xA9 \xE2\x82\xAC", 9, 3, 2, 0, 0, 0},
		{"caf\xE9!", 5, 3, 0, 1, 0, 0},
		{"a\0b\xC3", 4, 3, 0, 0, 1, 1},
		{"a\xF0\x9F\x98", 4, 1, 0, 0, 0, 3},
		{"a\xE9", 2, 1, 0, 0, 0, 1},
		{"a\xFF", 2, 1, 0, 1, 0, 0},
		{"\xC3\xC3\xA9\xA9", 4, 0, 1, 2, 0, 0},
	};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct utf8_facts facts =
			utf8_count(slice_of(cases[i].bytes, cases[i].n));
		cr_assert_eq(facts.ascii, cases[i].ascii, "case %zu", i);
		cr_assert_eq(facts.good, cases[i].good, "case %zu", i);
		cr_assert_eq(facts.bad, cases[i].bad, "case %zu", i);
		cr_assert_eq(facts.zeros, cases[i].zeros, "case %zu", i);
		cr_assert_eq(facts.cut, cases[i].cut, "case %zu", i);
	}
}
