/* The characters of a page's bytes. */
#include "html_case.h"
#include "source/html_charset.h"

static void is(const char *page, const char *http, const char *wanted)
{
	const char *found = html_charset_of(slice_of(page, strlen(page)), http);
	cr_assert_str_eq(found, wanted, "%s: %s", page, found);
}

Test(html_charset, what_is_declared)
{
	is("\xEF\xBB\xBF<meta charset=latin1>\xE9", "koi8-r", "UTF-8");
	is("\xFF\xFE<\0", NULL, "UTF-16LE");
	is("<meta charset=latin1>\xE9", "koi8-r", "KOI8-R");
	is("<meta charset=iso-8859-1>\xE9", "no-such-charset", "CP1252");
	is("<META CHARSET=\"GB2312\">\xE9", NULL, "GB18030");
	is("<meta http-equiv=Content-Type content='text/html; "
	   "charset=Shift_JIS'>\xE9", NULL, "CP932");
	is("<?xml version='1.0' encoding='iso-8859-2'?>\xE9", NULL,
	   "ISO-8859-2");
	is("<meta charset=x/../y>\xE9", NULL, "CP1252");
	is("<!-- <meta charset=koi8-r> --><meta charset=big5>\xE9", NULL,
	   "BIG5-HKSCS");
}

Test(html_charset, what_is_not)
{
	is("caf\xE9", NULL, "CP1252");
	is("caf\xC3\xA9", NULL, "UTF-8");
	is("cafe", NULL, "UTF-8");
	is("<meta charset=koi8-r>caf\xC3\xA9", NULL, "UTF-8");
	is("caf\xC3\xA9 cut \xE2\x82", NULL, "UTF-8");
	is("", NULL, "UTF-8");
}

Test(html_charset, a_meta_far_behind)
{
	size_t n = 100000;
	char *page = malloc(n + 64);
	memset(page, ' ', n);
	memcpy(page, "<script>", 8);
	strcpy(page + n, "<meta charset=windows-1251>\xCC\xE8\xF0");
	is(page, NULL, "CP1251");
	free(page);
}

Test(html_charset, pages_are_decoded)
{
	struct html_case c;
	html_case_start(&c);
	static const char russian[] = "<meta charset=windows-1251><title>"
		"\xCC\xE8\xF0 \xE2 \xEC\xE8\xF0\xE5</title>";
	cr_assert_str_eq(html_case_one(&c, russian)->title,
	                 "Мир в мире");
	cr_assert_eq(c.repairs, 0);
	static const char bad[] = "<meta charset=utf-8><title>Caf\xE9 au lait"
		"</title>";
	cr_assert_str_eq(html_case_one(&c, bad)->title, "Caf\uFFFD au lait");
	cr_assert_eq(c.repairs, 1);
	static const char plain[] = "\xFF\xFE<title>caf\xE9</title>";
	char wide[2 * sizeof plain] = "\xFF\xFE";
	for (size_t i = 2; plain[i]; i++)
		wide[2 * i - 2] = plain[i];
	cr_assert_eq(html_case_read(&c, wide, 2 * sizeof plain - 4, NULL),
	             NS_OK);
	cr_assert_str_eq(c.articles[0].title, "caf\u00E9");
	static const char japanese[] = "<title>\x93\xFA\x96\x7B\x8C\xEA</title>";
	cr_assert_eq(html_case_read(&c, japanese, sizeof japanese - 1,
	                            "shift_jis"), NS_OK);
	cr_assert_str_eq(c.articles[0].title, "日本語");
	html_case_end(&c);
}
