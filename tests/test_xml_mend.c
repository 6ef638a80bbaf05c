/* Bytes that are no XML become XML, whatever they are and however they come. */
#include <criterion/criterion.h>

#include "base/utf8.h"
#include "random.h"
#include "feed/xml_mend.h"

static struct xml_mend mend;

static void start(void)
{
	xml_mend_init(&mend);
}

static void stop(void)
{
	xml_mend_release(&mend);
}

TestSuite(xml_mend, .init = start, .fini = stop);

/* Mends text in pieces of so many bytes. */
static const char *mended_in(const char *text, size_t n, size_t piece)
{
	xml_mend_clear(&mend);
	for (size_t at = 0; at < n; at += piece)
		cr_assert_eq(xml_mend(&mend, slice_of(text + at,
		             min_size(piece, n - at)), false, NULL), NS_OK);
	cr_assert_eq(xml_mend(&mend, slice_of(text, 0), true, NULL), NS_OK);
	buffer_byte(&mend.out, '\0');
	return (const char *)mend.out.data;
}

static void becomes(const char *text, const char *wanted)
{
	char whole[512];
	snprintf(whole, sizeof whole, "<x>%s", wanted);
	cr_assert_str_eq(mended_in(text, strlen(text), 1 << 20), whole,
	                 "of %s", text);
}

static void damaged(const char *text, const char *what, uint64_t line)
{
	mended_in(text, strlen(text), 1 << 20);
	cr_assert_eq(mend.damage.line, line, "%s: %llu", text,
	             (unsigned long long)mend.damage.line);
	if (line)
		cr_assert_str_eq(mend.damage.what, what);
}

Test(xml_mend, good_xml_stays)
{
	becomes("<a><b c=\"d\">e</b>\n</a>", "<a><b c=\"d\">e</b>\n</a>");
	becomes("<a b='c'/>", "<a b=\"c\"></a>");
	becomes("<a\n b = \"c\"\t/>", "<a\n b=\"c\"></a>");
	becomes("<a><![CDATA[<b>&]]></a>", "<a><![CDATA[<b>&]]></a>");
	becomes("<n:a n:b=\"c\"></n:a>", "<n:a n:b=\"c\"></n:a>");
	damaged("<a><b/></a>", "", 0);
}

Test(xml_mend, references)
{
	becomes("&amp;&lt;&gt;&quot;&apos;", "&#38;&#60;&#62;&#34;'");
	becomes("&nbsp;&eacute;&hearts;", "\u00A0\u00E9\u2665");
	becomes("&#233;&#xE9;&#XE9;&#8217;", "\u00E9\u00E9\u00E9\u2019");
	becomes("&#146;&#128;", "\u2019\u20AC");
	becomes("&#0;&#xD800;&#x110000;&#99999999999;&#1;",
	        "\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD");
	becomes("&#65 &#x42z", "A Bz");
	becomes("AT&T a & b &", "AT&#38;T a &#38; b &#38;");
	becomes("?a=1&b=2&copy=3", "?a=1&#38;b=2&#38;copy=3");
	becomes("&nonesuch; &#; &#x; &;", "&#38;nonesuch; &#38;#; &#38;#x; &#38;;");
	becomes("<a b=\"c&d&amp;&eacute;'\">", "<a b=\"c&#38;d&#38;\u00E9'\">");
}

Test(xml_mend, what_is_no_tag_is_text)
{
	becomes("a < b", "a &#60; b");
	becomes("<joe@example.org>", "&#60;joe@example.org&#62;");
	becomes("<http://example.org/>", "&#60;http://example.org/&#62;");
	becomes("1 <2> 3<", "1 &#60;2&#62; 3&#60;");
	becomes("<a b=\"<c>", "&#60;a b=\"<c>");
	becomes("<a b", "&#60;a b");
	becomes("]]>", "]]&#62;");
	becomes("</>", "&#60;/&#62;");
	becomes("a</b", "a");
	becomes("<b>a</b", "<b>a</b>");
}

Test(xml_mend, attributes)
{
	becomes("<a b=c d e='\"' f = g>", "<a b=\"c\" d=\"\" e=\"&#34;\" f=\"g\">");
	becomes("<a =x \"y\" b=>", "<a x=\"\" y=\"\" b=\"\">");
	becomes("<a x:y:z=1 :b=2>", "<a x:y_z=\"1\" b=\"2\">");
	becomes("<a b='\x01\x02'>", "<a b=\"\uFFFD\uFFFD\">");
}

Test(xml_mend, left_out)
{
	becomes("<?xml version=\"1.0\"?>\n<!-- a\n<b> --><c>", "\n\n<c>");
	becomes("<!DOCTYPE rss [\n<!ENTITY a \"]>\">\n]><b>&a;</b>",
	        "\n\n<b>&#38;a;</b>");
	becomes("<!DOCTYPE html PUBLIC \"-//>//\" 'x'><b>", "<b>");
	becomes("<!ELEMENT a>b", "b");
	becomes("a\x01" "b\x0B" "c", "a\uFFFD" "b c");
	cr_assert_eq(mend.repairs, 1);
	becomes("\xFF\xC3", "\uFFFD\uFFFD");
	cr_assert_eq(mend.repairs, 2);
}

Test(xml_mend, tags_come_in_pairs)
{
	becomes("<a></b></a>", "<a></a>");
	damaged("<a>\n</b></a>", "</b> ends nothing", 2);
	becomes("<a><b><c></a>", "<a><b><c></c></b></a>");
	damaged("<a><b>\n\n<c></a>", "</a> before the end of <c>", 3);
	becomes("</a></x><a>", "<a>");
	damaged("<a>\n<b>", "the end is missing, from inside of <b>", 2);
	damaged("\n<!-- ", "a comment that does not end", 2);
	damaged("\n<![CDATA[ ]]", "CDATA that does not end", 2);
	damaged("\n<!DOCTYPE a [ ]", "a DOCTYPE that does not end", 2);
	damaged("\n<?a ", "a tag that does not end", 2);
	damaged("<!DOCTYPE a [<!ENTITY b 'c'>]>\n<a>&b;</a>",
	        "entities of the document's own are not expanded: &b;", 2);
}

Test(xml_mend, limits)
{
	struct buffer text;
	buffer_init(&text, 64u << 20);
	for (int i = 0; i < 1000000; i++)
		buffer_text(&text, "<a>");
	mended_in((char *)text.data, text.len, 4096);
	cr_assert(mend.full);
	cr_assert_str_eq(mend.damage.what, "nested deeper than 256");
	cr_assert_lt(mend.out.len, 10000);
	buffer_clear(&text);
	buffer_text(&text, "<a b=\"");
	while (text.len < 3 * XML_TAG_MAX)
		buffer_text(&text, "0123456789");
	buffer_text(&text, "\" c>d</a>");
	cr_assert_str_eq(mended_in((char *)text.data, text.len, 4096),
	                 "<x><a>d</a>");
	cr_assert_str_eq(mend.damage.what, "a tag over 64 KiB");
	buffer_clear(&text);
	buffer_text(&text, "<a");
	for (int i = 0; i < 1000; i++)
		buffer_printf(&text, " b%d=c", i);
	buffer_text(&text, ">");
	const char *out = mended_in((char *)text.data, text.len, 4096);
	unsigned n = 0;
	for (; (out = strchr(out, '=')) != NULL; out++)
		n++;
	cr_assert_eq(n, XML_ATTRIBUTES);
	buffer_release(&text);
}

/* Pieces of CDATA are one. */
static void unsplit(char *text)
{
	static const char seam[] = "]]><![CDATA[";
	char *to = text;
	while (*text) {
		if (!strncmp(text, seam, sizeof seam - 1))
			text += sizeof seam - 1;
		else
			*to++ = *text++;
	}
	*to = '\0';
}

/* What comes out is the same for all pieces, UTF-8, and balanced. */
Test(xml_mend, random_pieces)
{
	static const char *const words[] = {"<", ">", "</", "/>", "a", "b", "<a>",
		"</a>", "<b c=\"d\">", "</b>", "\"", "'", "=", " ", "\n", "&", "&amp;",
		"&eacute;", "&#233;", ";", "#", "<!--", "-->", "<![CDATA[", "]]>", "]",
		"<!DOCTYPE", "[", "<!ENTITY", "<?", "\xC3", "\xA9", "\u2019", "\xF0",
		"\x01", "x:y", "&x", "-"};
	struct random random = random_start(41);
	for (int round = 0; round < 30000; round++) {
		char text[512] = "";
		for (uint32_t n = random_below(&random, 24); n; n--)
			strcat(text, words[random_below(&random, ARRAY_LEN(words))]);
		size_t n = strlen(text);
		char *whole = strdup(mended_in(text, n, 1 << 20));
		struct xml_damage damage = mend.damage;
		uint32_t depth = mend.depth;
		cr_assert_eq(utf8_prefix((uint8_t *)whole, strlen(whole)),
		             strlen(whole), "seed %llu: %s",
		             (unsigned long long)random.seed, text);
		size_t piece = 1 + random_below(&random, 7);
		char *parts = strdup(mended_in(text, n, piece));
		unsplit(whole);
		unsplit(parts);
		cr_assert_str_eq(parts, whole, "seed %llu, pieces of %zu: %s\n%s\n%s",
		                 (unsigned long long)random.seed, piece, text,
		                 parts, whole);
		cr_assert_eq(mend.depth, depth);
		cr_assert_eq(mend.damage.line, damage.line);
		free(whole);
		free(parts);
	}
}
