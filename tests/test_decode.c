/* Files in other encodings than UTF-8, in the forms of lines. */
#include "base/utf8.h"
#include "random.h"
#include "source/charset.h"
#include "source/decode.h"
#include "source_case.h"

/* UTF-8 in another encoding. */
static struct buffer encode(const char *text, size_t n, const char *charset)
{
	struct buffer out;
	iconv_t converter = iconv_open(charset, "UTF-8");
	cr_assert(converter != (iconv_t)-1, "no %s", charset);
	buffer_init(&out, 64 << 20);
	char *in = (char *)text, *to = (char *)buffer_reserve(&out, 4 * n + 64);
	size_t left = n, room = out.capacity;
	cr_assert_neq(iconv(converter, &in, &left, &to, &room), (size_t)-1,
	              "not in %s: %.20s", charset, in);
	cr_assert_neq(iconv(converter, NULL, NULL, &to, &room), (size_t)-1);
	out.len = out.capacity - room;
	iconv_close(converter);
	return out;
}

static void read_as(struct source_case *c, const char *name, const char *text,
                    const char *charset)
{
	struct buffer bytes = encode(text, strlen(text), charset);
	cr_assert_eq(case_read_bytes(c, name, bytes.data, bytes.len), NS_OK);
	buffer_release(&bytes);
}

static const char russian[] = "Дождь в Сочи\n\nВ среду весь день шёл дождь, "
	"сообщила мэрия города.\nНа побережье ждут снега.\n";
static const char french[] = "L\u2019été à Cannes\n\nLa pluie tombée « hier »"
	" n\u2019a pas cessé…\n";

Test(decode, text_without_a_label)
{
	static const struct {
		const char *text, *charset, *title;
	} cases[] = {
		{russian, "CP1251", "Дождь в Сочи"},
		{russian, "KOI8-R", "Дождь в Сочи"},
		{russian, "IBM866", "Дождь в Сочи"},
		{french, "CP1252", "L\u2019été à Cannes"},
		{russian, "UTF-16LE", "Дождь в Сочи"},
		{french, "UTF-16BE", "L\u2019été à Cannes"},
		{french, "UTF-16", "L\u2019été à Cannes"}, /* with a mark */
		{french, "UTF-32", "L\u2019été à Cannes"},
		{"東京で雨が降りました\n\n水曜日の夜、東京で雨が降りました。\n",
		 "CP932", "東京で雨が降りました"},
		{"東京で雨が降りました\n\n水曜日の夜、東京で雨が降りました。\n",
		 "ISO-2022-JP", "東京で雨が降りました"},
	};
	struct source_case c;
	case_start(&c);
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		read_as(&c, "page.txt", cases[i].text, cases[i].charset);
		cr_assert_eq(c.n, 1, "%s", cases[i].charset);
		cr_assert_str_eq(c.articles[0].title, cases[i].title, "%s: %s",
		                 cases[i].charset, c.articles[0].title);
		cr_assert_eq(c.articles[0].facts.repairs, 0);
		cr_assert_eq(c.report.decoded, 1);
		cr_assert_eq(c.report.repaired, 0);
	}
	read_as(&c, "page.txt", french, "UTF-8");
	cr_assert_eq(c.report.decoded, 0);
	case_end(&c);
}

/* The form is found out in the text, not in the bytes: there are no braces and no
 * bullet in these. */
Test(decode, forms_in_other_encodings)
{
	struct source_case c;
	case_start(&c);
	read_as(&c, "a", "{\"title\":\"Été\",\"body\":\"à\"}\n{\"title\":\"b\"}\n",
	        "UTF-16LE");
	cr_assert_eq(c.n, 2);
	cr_assert_eq(c.report.by_format[SOURCE_JSONL], 2);
	cr_assert_str_eq(c.articles[0].title, "Été");
	cr_assert_eq(c.articles[1].facts.first_line, 2);
	read_as(&c, "a", "Été\nà\n\u2022 Published in World\nHiver\n\u2022 "
	        "Published in World\n", "CP1252");
	cr_assert_eq(c.n, 2);
	cr_assert_eq(c.report.by_format[SOURCE_LISTING], 2);
	cr_assert_str_eq(c.articles[0].section, "World");
	c.options.format = SOURCE_JSONL;
	read_as(&c, "a", "{\"title\":\"Дождь\"}\n", "UTF-16BE");
	cr_assert_eq(c.n, 1);
	cr_assert_str_eq(c.articles[0].title, "Дождь");
	case_end(&c);
}

/* Also the label of an XML declaration; and a file is not read by what the one
 * before it was. */
Test(decode, files_one_after_the_other)
{
	struct source_case c;
	case_start(&c);
	static const char xml[] = "<?xml version=\"1.0\" encoding='KOI8-R'?>\n"
		"бой\n";
	struct buffer text = encode(xml, sizeof xml - 1, "KOI8-R");
	case_write_bytes(&c, "a.txt", text.data, text.len);
	case_write(&c, "b.txt", "Été\nà\n");
	case_write(&c, "c.txt", "\xC9t\xE9\n");
	c.options.format = SOURCE_TEXT; /* XML of no known kind is passed over else */
	cr_assert_eq(case_read(&c, ""), NS_OK);
	cr_assert_eq(c.n, 3);
	cr_assert_str_eq(c.articles[0].body, "бой\n");
	cr_assert_str_eq(c.articles[1].title, "Été");
	cr_assert_str_eq(c.articles[2].title, "Été");
	cr_assert_eq(c.report.decoded, 2);
	buffer_release(&text);
	case_end(&c);
}

Test(decode, faults_are_repaired_where_they_are)
{
	struct source_case c;
	case_start(&c);
	static const char lines[] = "{\"title\":\"\xE9t\xE9\"}\n"
		"{\"title\":\"\xE9t\x81\"}\n{\"title\":\"a\0\"}\n";
	cr_assert_eq(case_read_bytes(&c, "a", lines, sizeof lines - 1), NS_OK);
	cr_assert_eq(c.n, 3);
	cr_assert_str_eq(c.articles[1].title, "ét\uFFFD");
	cr_assert_str_eq(c.articles[2].title, "a\uFFFD");
	cr_assert_eq(c.articles[0].facts.repairs, 0);
	cr_assert_eq(c.articles[1].facts.repairs, 1);
	cr_assert_eq(c.report.repaired, 2);
	cr_assert_eq(c.report.decoded, 3);
	/* UTF-8 but for some bytes stays UTF-8 */
	cr_assert_eq(case_read_text(&c, "a", "{\"title\":\"\u00E9t\u00E9\xE9\"}\n"),
	             NS_OK);
	cr_assert_str_eq(c.articles[0].title, "ét\u00E9\uFFFD");
	cr_assert_eq(c.report.decoded, 0);
	/* its mark leaves no doubt */
	cr_assert_eq(case_read_text(&c, "a", "\xEF\xBB\xBF{\"title\":\"\xE9\"}"),
	             NS_OK);
	cr_assert_str_eq(c.articles[0].title, "\uFFFD");
	case_end(&c);
}

/* ---- the stream against all bytes at once ------------------------------------ */

struct memory {
	struct stream stream;
	struct slice left;
};

static int read_memory(struct stream *stream, void *data, size_t n, size_t *got,
                       struct ns_error *err)
{
	struct memory *memory = (struct memory *)stream;
	(void)err;
	*got = min_size(n, memory->left.len);
	if (*got)
		memcpy(data, memory->left.data, *got);
	memory->left.data += *got;
	memory->left.len -= *got;
	return NS_OK;
}

static void stream_all(struct slice bytes, const char *charset,
                       struct buffer *out)
{
	static struct decode decode;
	struct memory memory = {{.read = read_memory}, bytes};
	struct lines lines = {0};
	struct slice piece;
	decode_init(&decode);
	lines_open(&lines, &memory.stream);
	cr_assert_eq(decode_take(&decode, &lines, charset, NULL), NS_OK);
	do {
		cr_assert_eq(lines_take(&lines, 1000, &piece, NULL), NS_OK);
		buffer_append(out, piece.data, piece.len);
	} while (piece.len);
	decode_release(&decode);
	lines_release(&lines);
}

Test(decode, pieces_are_as_good_as_the_whole)
{
	static const char *const charsets[] = {"CP1252", "CP1255", "GB18030",
		"CP932", "CP949", "BIG5-HKSCS", "EUC-JP-MS", "ISO-2022-JP",
		"UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-7"};
	struct random random = random_start(7);
	for (size_t i = 0; i < 10 * ARRAY_LEN(charsets); i++) {
		const char *charset = charsets[i % ARRAY_LEN(charsets)];
		struct buffer bytes, wanted, streamed, got;
		uint32_t faults = 0, repairs = 0;
		buffer_init(&bytes, 1 << 20);
		buffer_init(&wanted, 8 << 20);
		buffer_init(&streamed, 8 << 20);
		buffer_init(&got, 8 << 20);
		size_t n = random_below(&random, 2 * DECODE_PIECE + 100);
		while (bytes.len < n)
			buffer_byte(&bytes, (uint8_t)random_below(&random, 256));
		struct slice all = slice_of(bytes.data, bytes.len);
		cr_assert_eq(charset_decode(all, charset, &wanted, &faults),
		             NS_OK);
		stream_all(all, charset, &streamed);
		repairs = utf8_repair(slice_of(streamed.data, streamed.len),
		                      &got);
		cr_assert_eq(got.len, wanted.len, "%s, seed %llu", charset,
		             (unsigned long long)random.seed);
		cr_assert(!got.len || !memcmp(got.data, wanted.data, got.len));
		cr_assert_eq(repairs, faults, "%s: %u, %u", charset, repairs,
		             faults);
		buffer_release(&bytes);
		buffer_release(&wanted);
		buffer_release(&streamed);
		buffer_release(&got);
	}
}

Test(decode, memory_may_end_at_any_point)
{
	struct source_case c;
	case_start(&c);
	case_write_bytes(&c, "a.txt", "t\0i\0t\0\n\0b\0\xE9\0\n\0", 14);
	case_write(&c, "b.txt", "\xC9t\xE9\n");
	case_exhaust(&c, c.dir);
	cr_assert_eq(c.n, 2);
	case_end(&c);
}
