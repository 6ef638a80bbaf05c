/* The characters of a page's bytes. */
#include "html_case.h"
#include "page/html_charset.h"

static void is(const char *page, const char *wanted)
{
	char label[HTML_LABEL_MAX] = "";
	bool found = html_charset_declared(slice_of(page, strlen(page)), label);
	cr_assert_eq(found, *wanted != 0);
	cr_assert_str_eq(label, wanted, "%s: %s", page, label);
}

Test(html_charset, labels)
{
	is("<META CHARSET=\"GB2312\">", "GB2312");
	is("<meta http-equiv=Content-Type content='text/html; "
	   "charset=Shift_JIS'>", "Shift_JIS");
	is("<?xml version='1.0' encoding='iso-8859-2'?><meta charset=utf-8>",
	   "iso-8859-2");
	is("<meta charset=x/../y>", "");
	is("<meta name=charset><meta charset=no-such-charset>", "");
	is("<!-- <meta charset=koi8-r> --><meta charset=big5>", "big5");
	is("<metal charset>charset=koi8-r", "");
	is("", "");
}

Test(html_charset, a_meta_far_behind)
{
	size_t n = 100000;
	char *page = malloc(n + 64);
	memset(page, ' ', n);
	memcpy(page, "<script>", 8);
	strcpy(page + n, "<meta charset=windows-1251>");
	is(page, "windows-1251");
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
	static const char bad[] = "<meta charset=utf-8><title>Caf\xE9 \u00E0 "
		"l\u00E0 cr\u00E8me</title>";
	cr_assert_str_eq(html_case_one(&c, bad)->title, "Caf\uFFFD \u00E0 l\u00E0 cr\u00E8me");
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
	static const char both[] = "<meta charset=latin1><title>\xCC\xE8\xF0"
		"</title>";
	cr_assert_eq(html_case_read(&c, both, sizeof both - 1, "windows-1251"),
	             NS_OK);
	cr_assert_str_eq(c.articles[0].title, "Мир");
	html_case_end(&c);
}
