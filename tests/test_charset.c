/* Which encoding bytes are in, and their text. */
#include <criterion/criterion.h>

#include "source/charset.h"
#include "source/charset_labels.h"

static const char *of(const char *bytes, size_t n, const char *declared)
{
	const char *name = charset_of(slice_of(bytes, n), declared, true);
	cr_assert_not_null(name);
	return name;
}

#define OF(bytes, declared) of(bytes, sizeof(bytes) - 1, declared)
#define IS(bytes, declared, wanted)                                            \
	cr_assert_str_eq(OF(bytes, declared), wanted)

static const char *named(const char *label)
{
	const char *name = charset_named(slice_of(label, strlen(label)));
	return name ? name : "";
}

Test(charset, labels_mean_what_browsers_read)
{
	const char *const cases[][2] = {
		{"utf-8", "UTF-8"}, {"UTF8", "UTF-8"}, {" utf_8\t", "UTF-8"},
		{"latin1", "CP1252"}, {"ISO-8859-1", "CP1252"},
		{"iso8859_1", "CP1252"}, {"US-ASCII", "CP1252"},
		{"iso_8859-1:1987", "CP1252"}, {"ISO-8859-15", "ISO-8859-15"},
		{"iso-8859-9", "CP1254"}, {"iso-8859-11", "CP874"},
		{"gb2312", "GB18030"}, {"GBK", "GB18030"}, {"x-gbk", "GB18030"},
		{"Shift_JIS", "CP932"}, {"x-sjis", "CP932"}, {"euc-kr", "CP949"},
		{"ks_c_5601-1987", "CP949"}, {"big5", "BIG5-HKSCS"},
		{"koi8-r", "KOI8-R"}, {"utf-16", "UTF-16LE"},
		{"UTF-16BE", "UTF-16BE"}, {"cp437", "IBM437"},
		{"", ""}, {"bogus", ""}, {"x-user-defined", ""}, {"-", ""},
		{"unknown-8bit", ""}, {"hz-gb-2312", ""}, {"utf", ""},
		{"utf-8-of-a-label-that-has-no-end-at-all", ""},
	};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		cr_assert_str_eq(named(cases[i][0]), cases[i][1], "%s",
		                 cases[i][0]);
}

/* Every name is one that the C library has, and gives back ASCII. */
Test(charset, names_can_be_read)
{
	const char *const labels[] = {"utf8", "latin1", "866", "latin2", "latin3",
		"latin4", "cyrillic", "arabic", "greek", "hebrew", "latin6",
		"iso-8859-13", "iso-8859-14", "iso-8859-15", "iso-8859-16",
		"koi8-r", "koi8-u", "macintosh", "x-mac-cyrillic",
		"mac-centraleurope", "windows-874", "windows-1250",
		"windows-1251", "windows-1253", "windows-1254", "windows-1255",
		"windows-1256", "windows-1257", "windows-1258", "gb18030",
		"big5", "euc-tw", "euc-jp", "iso-2022-jp", "shift_jis", "euc-kr",
		"johab", "iso-2022-kr", "utf-7", "cp437", "cp850", "cp852",
		"cp855", "cp865"};
	for (size_t i = 0; i < ARRAY_LEN(labels); i++) {
		struct buffer out;
		uint32_t repairs = 0;
		buffer_init(&out, 64);
		cr_assert_eq(charset_decode(slice_of("Rain", 4), named(labels[i]),
		                            &out, &repairs), NS_OK, "%s",
		             labels[i]);
		cr_assert(out.len == 4 && !memcmp(out.data, "Rain", 4), "%s",
		          labels[i]);
		buffer_release(&out);
	}
}

Test(charset, marks_win)
{
	IS("\xEF\xBB\xBF" "caf\xE9", "latin1", "UTF-8");
	IS("\xFF\xFE" "a\0", "utf-8", "UTF-16LE");
	IS("\xFE\xFF" "\0a", NULL, "UTF-16BE");
	IS("\xFF\xFE\0\0" "a\0\0\0", NULL, "UTF-32LE");
	IS("\0\0\xFE\xFF" "\0\0\0a", NULL, "UTF-32BE");
}

Test(charset, zeros_tell_of_units)
{
	IS("R\0a\0i\0n\0\n\0", NULL, "UTF-16LE");
	IS("\0R\0a\0i\0n\0\n", "latin1", "UTF-16BE");
	/* two lines of Chinese, as UTF-16 */
	IS("\x2D\x4E\xFD\x56\n\0\x2D\x4E\xFD\x56\n\0", NULL, "UTF-16LE");
	/* one stray zero, and bytes that are no text */
	IS("Rain\0 in Sochi", NULL, "UTF-8");
	IS("\x7F" "ELF\2\1\1\0\0\0\0\0", NULL, "UTF-8");
}

Test(charset, labels_are_believed_where_they_can_be)
{
	IS("caf\xE9", "iso-8859-1", "CP1252");
	IS("caf\xE9", "iso-8859-2", "ISO-8859-2");
	IS("plain", "koi8-r", "UTF-8");      /* as good */
	IS("plain", "iso-2022-jp", "ISO-2022-JP");
	IS("caf\xC3\xA9", "utf-8", "UTF-8");
	IS("caf\xC3\xA9 \xE9", "utf-8", "UTF-8");  /* a fault */
	IS("caf\xE9", "utf-8", "CP1252");          /* a lie */
	IS("plain", "utf-16", "UTF-8");            /* cannot be */
	IS("caf\xC3\xA9", "iso-8859-1", "UTF-8");  /* saved again */
	IS("\xC5\xB8", "windows-1251", "CP1251");  /* chance */
	IS("\xC3\xA9\xC3\xA8\xC3\xA0\xC3\xB4", "windows-1251", "UTF-8");
	IS("caf\xE9", "bogus", "CP1252");
}

Test(charset, without_a_label)
{
	IS("", NULL, "UTF-8");
	IS("plain", NULL, "UTF-8");
	IS("caf\xC3\xA9", NULL, "UTF-8");
	IS("caf\xC3\xA9 \xE9 \xC3\xA8", NULL, "UTF-8");
	IS("caf\xE9", NULL, "CP1252");
	IS("\x1B$B%F%9%H\x1B(B", NULL, "ISO-2022-JP");
	IS("\x1B[31mred\x1B[0m", NULL, "UTF-8");
	/* a sequence that is cut off is a fault only at the very end */
	cr_assert_str_eq(charset_of(slice_of("a\xE2\x82", 3), NULL, false),
	                 "UTF-8");
	IS("a\xE2\x82", NULL, "CP1252");
}

static void reads(const char *bytes, size_t n, const char *charset,
                  const char *wanted, uint32_t repairs)
{
	struct buffer out;
	uint32_t counted = 0;
	buffer_init(&out, 4096);
	cr_assert_eq(charset_decode(slice_of(bytes, n), charset, &out, &counted),
	             NS_OK);
	cr_assert_eq(out.len, strlen(wanted), "%.*s", (int)out.len,
	             (char *)out.data);
	cr_assert(!out.len || !memcmp(out.data, wanted, out.len), "%.*s",
	          (int)out.len, (char *)out.data);
	cr_assert_eq(counted, repairs, "%u", counted);
	buffer_release(&out);
}

#define READS(bytes, charset, wanted, repairs)                                 \
	reads(bytes, sizeof(bytes) - 1, charset, wanted, repairs)

#define BAD "\xEF\xBF\xBD"

Test(charset, text)
{
	READS("", "CP1252", "", 0);
	READS("\x93" "caf\xE9\x94 \x80", "CP1252", "“café” €", 0);
	READS("\x8F\xE0\xAE\xA2", "IBM866", "Пров", 0);
	READS("\xC4\xE3\xBA\xC3", "GB18030", "你好", 0);
	READS("\x1B$B%F%9%H\x1B(B!", "ISO-2022-JP", "テスト!", 0);
	READS("\xFF\xFE" "R\0\x34\xD8\x1E\xDD", "UTF-16LE", "R𝄞", 0);
	READS("\xEF\xBB\xBF" "caf\xC3\xA9", "UTF-8", "café", 0);
	/* glibc keeps a letter back until it knows that no accent follows */
	READS("\xE0", "CP1255", "א", 0);
}

Test(charset, faults)
{
	READS("a\x81" "b", "CP1252", "a" BAD "b", 1);
	READS("a\0b", "CP1252", "a" BAD "b", 1);
	READS("a\0b\xE9\0", "UTF-8", "a" BAD "b" BAD BAD, 3);
	/* the second of two is left where it is ASCII */
	READS("\xC4\n\xC4\xE3", "GB18030", BAD "\n你", 1);
	READS("\xC9\xFE\xB0\xA1", "CP949", BAD "가", 1);
	READS("\xC4", "GB18030", BAD, 1);
	READS("a\0\x34\xD8" "b\0", "UTF-16LE", "a" BAD "b", 1);
	READS("a\0b", "UTF-16LE", "a" BAD, 1);
}

Test(charset, what_cannot_be_read)
{
	struct buffer out;
	uint32_t repairs = 0;
	buffer_init(&out, 4);
	cr_assert_eq(charset_decode(slice_of("a", 1), NULL, &out, &repairs),
	             NS_E_NOMEM);
	cr_assert_eq(charset_decode(slice_of("a", 1), "X-KLINGON", &out,
	                            &repairs), NS_E_USAGE);
	cr_assert_eq(charset_decode(slice_of("\xE9\xE9\xE9", 3), "CP1252", &out,
	                            &repairs), NS_E_LIMIT);
	buffer_release(&out);
}
