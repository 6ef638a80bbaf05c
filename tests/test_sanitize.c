/* test_sanitize.c — does anything dangerous reach a terminal, and is the rest
 * left as it was? */
#include <criterion/criterion.h>

#include <stdlib.h>

#include "tests/random.h"
#include "tools/sanitize.h"

static const char *clean_n(const char *text, size_t size, bool one_line)
{
	static char *out;
	static size_t length;
	free(out);
	FILE *file = open_memstream(&out, &length);
	sanitize_write(file, text, size, one_line);
	fclose(file);
	return out;
}

static const char *clean(const char *text)
{
	return clean_n(text, strlen(text), false);
}

Test(sanitize, text_stays)
{
	const char *text = "Rain \xE2\x80\x94 \xE2\x80\x9Cheavy\xE2\x80\x9D, "
		"\xD0\xB2 \xD0\xA1\xD0\xBE\xD1\x87\xD0\xB8 \xF0\x9F\x98\x80\n";
	cr_assert_str_eq(clean(text), text);
}

Test(sanitize, controls_go)
{
	cr_assert_str_eq(clean("a\x1b[31mb\x07\x08\rc\x7f"), "a[31mbc");
	cr_assert_str_eq(clean_n("a\0b", 3, false), "ab");
	cr_assert_str_eq(clean("a\tb\nc"), "a b\nc");
	cr_assert_str_eq(clean_n("a\tb\nc", 5, true), "a b c");
	cr_assert_str_eq(clean("\xC2\x9B" "31m \xC2\x85 \xC2\xA0"),
	                 "31m  \xC2\xA0");
}

Test(sanitize, what_turns_text_around_goes)
{
	static const struct {
		uint32_t first, last;
	} gone[] = {{0x61C, 0x61C}, {0x200E, 0x200F}, {0x202A, 0x202E},
	            {0x2066, 0x2069}, {0xFFF9, 0xFFFB}, {0xE0000, 0xE007F},
	            {0x80, 0x9F}};
	for (size_t i = 0; i < sizeof gone / sizeof *gone; i++) {
		cr_assert(sanitize_harmless(gone[i].last + 1 == 0xA0
		                            ? 0xA0 : gone[i].last + 1));
		for (uint32_t c = gone[i].first; c <= gone[i].last; c++)
			cr_assert_not(sanitize_harmless(c), "U+%04X", c);
	}
	cr_assert_str_eq(clean("a\xE2\x80\xAE" "fdp\xE2\x81\xA6.exe"
	                       "\xF3\xA0\x81\x81"), "afdp.exe");
	/* joiners are spelling */
	cr_assert_str_eq(clean("\xE2\x80\x8D"), "\xE2\x80\x8D");
}

Test(sanitize, bad_bytes_are_shown)
{
	cr_assert_str_eq(clean("a\xff" "b"), "a\xEF\xBF\xBD" "b");
	cr_assert_str_eq(clean("a\xF0\x9F\x98" "b"), "a\xEF\xBF\xBD" "b");
	cr_assert_str_eq(clean("\xED\xA0\x80"), "\xEF\xBF\xBD\xEF\xBF\xBD"
	                 "\xEF\xBF\xBD");
	cr_assert_str_eq(clean("\xC0\xAF"), "\xEF\xBF\xBD\xEF\xBF\xBD");
	/* cut off at the end */
	cr_assert_str_eq(clean_n("a\xE2\x80\xA6", 3, false), "a\xEF\xBF\xBD");
	/* overlong ESC */
	cr_assert_null(strchr(clean("\xC0\x9B[31m"), 0x1b));
}

Test(sanitize, strings_end_between_characters)
{
	char out[6];
	sanitize_string("ab\xE2\x80\xA6" "c", true, out, sizeof out);
	cr_assert_str_eq(out, "ab\xE2\x80\xA6");
	sanitize_string("abc\xE2\x80\xA6", true, out, sizeof out);
	cr_assert_str_eq(out, "abc");
	sanitize_string("a\x1b\nb", true, out, sizeof out);
	cr_assert_str_eq(out, "a b");
}

/* Whatever goes in: what comes out is UTF-8 without a control, as it comes
 * character by character, and a second pass changes nothing. */
Test(sanitize, random_bytes)
{
	struct random random = random_start(5);
	for (int round = 0; round < 20000; round++) {
		char text[24];
		size_t size = random_below(&random, sizeof text);
		for (size_t i = 0; i < size; i++)
			text[i] = (char)(random_below(&random, 3)
				? 0x80 + random_below(&random, 0x80)
				: random_below(&random, 0x80));
		char *once = strdup(clean_n(text, size, false));
		char each[4 * sizeof text] = "";
		for (size_t i = 0; i < size;) {
			struct sanitize_char next =
				sanitize_next(text + i, size - i, false);
			strncat(each, next.bytes, next.size);
			i += next.consumed;
		}
		cr_assert_str_eq(once, each, "seed %#llx",
		                 (unsigned long long)random.seed);
		for (size_t i = 0, n; once[i]; i += n) {
			uint32_t code = sanitize_decode(
				once + i, strlen(once) - i, &n);
			cr_assert(code == '\n' || sanitize_harmless(code),
			          "seed %#llx: U+%04X",
			          (unsigned long long)random.seed, code);
		}
		cr_assert_str_eq(clean(once), once, "seed %#llx",
		                 (unsigned long long)random.seed);
		free(once);
	}
}
