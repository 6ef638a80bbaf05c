/* The texts of a message, in whatever they are packed. */
#include "mail/mail_codings.h"
#include "source_case.h"

static const struct case_article *read_one(struct source_case *c,
                                           const char *text)
{
	c->options.format = SOURCE_MAIL;
	cr_assert_eq(case_read_text(c, "a.eml", text), NS_OK);
	cr_assert_eq(c->n, 1, "%zu articles, %zu events", c->n, c->n_events);
	return &c->articles[0];
}

#define MIXED "Subject: s\nContent-Type: multipart/mixed; boundary=\"m m\"\n\n" \
	"for others\n"
#define ALTERNATIVE "Content-Type: multipart/alternative;\n boundary=a\n\n"
#define PLAIN(text) "Content-Type: text/plain; charset=utf-8\n\n" text "\n"
#define HTML(text) "Content-Type: TEXT/HTML\n\n<p>" text "</p>\n"

Test(mime, the_plain_text_of_alternatives)
{
	struct source_case c;
	case_start(&c);
	const struct case_article *a = read_one(&c, "Subject: s\n" ALTERNATIVE
		"--a\n" PLAIN("plain") "--a\n" HTML("html") "--a--\nbehind\n");
	cr_assert_str_eq(a->body, "plain\n");
	cr_assert_eq(c.report.attachments, 0);
	a = read_one(&c, "Subject: s\n" ALTERNATIVE
		"--a\n" HTML("html") "--a\n" PLAIN("plain") "--a--\n");
	cr_assert_str_eq(a->body, "plain\n");
	a = read_one(&c, "Subject: s\n" ALTERNATIVE
		"--a\n" PLAIN("  ") "--a\n" HTML("html") "--a--\n");
	cr_assert_str_eq(a->body, "html\n");
	/* HTML with pictures beside it, then more text; nothing is closed */
	a = read_one(&c, MIXED "--m m\n" ALTERNATIVE "--a\n" PLAIN("plain")
		"--a\nContent-Type: multipart/related; boundary=r\n\n"
		"--r\n" HTML("html") "--r\nContent-Type: image/png\n\nxxxx\n"
		"--m m  \n" PLAIN("more"));
	cr_assert_str_eq(a->body, "plain\nmore\n");
	cr_assert_eq(c.report.attachments, 1);
	case_end(&c);
}

Test(mime, what_is_no_text_is_counted)
{
	struct source_case c;
	case_start(&c);
	const struct case_article *a = read_one(&c, MIXED
		"--m m\n" PLAIN("text")
		"--m m\nContent-Type: text/plain; name=a.txt\n"
		"Content-Disposition: attachment; filename=a.txt\n\nattached\n"
		"--m m\nContent-Type: application/pdf\n\n%PDF\n"
		"--m m\nContent-Type: text/plain\n"
		"Content-Transfer-Encoding: x-uuencode\n\nbegin 644 a\n"
		"--m m\nContent-Disposition: inline\n\ninline\n--m m--\n");
	cr_assert_str_eq(a->body, "text\ninline\n");
	cr_assert_eq(c.report.attachments, 3);
	a = read_one(&c, "Subject: s\nContent-Type: multipart/mixed\n\ntext\n");
	cr_assert_str_eq(a->body, "");
	a = read_one(&c, "Subject: s\nContent-Type: setext/plain\n\ntext\n");
	cr_assert_str_eq(a->body, "text\n");
	case_end(&c);
}

/* Files as they were posted before MIME, and signatures. */
Test(mime, files_in_a_text)
{
	struct source_case c;
	case_start(&c);
	const struct case_article *a = read_one(&c, "Subject: s\n\nOne.\n"
		"begin 644 map one.gif\n#0V%T\n`\nend\nTwo.\n"
		"=ybegin line=128 size=9 name=a.gif\n\xE9\x01zz\n=yend size=9\nThree.\n"
		"-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA1\n\nFour.\n"
		"-----BEGIN PGP SIGNATURE-----\n\niQCVAwUB\n"
		"-----END PGP SIGNATURE-----\nbegin 755 b\n#0V%T\nEnd it not.\n");
	cr_assert_str_eq(a->body, "One.\nTwo.\nThree.\n-----BEGIN PGP SIGNED "
		"MESSAGE-----\nHash: SHA1\n\nFour.\nEnd it not.\n");
	cr_assert_eq(c.report.attachments, 4);
	/* what only speaks of them */
	static const char text[] = "begin 644 is what\nit says, begin 1999 x\n"
		"=ybegin line\n-----BEGIN PGP SIGNATURE-----\nbegin 6 x\n#0V%T\n";
	char message[200];
	snprintf(message, sizeof message, "Subject: s\n\n%s", text);
	a = read_one(&c, message);
	cr_assert_str_eq(a->body, text);
	cr_assert_eq(c.report.attachments, 0);
	/* many that do not end are not looked for anew */
	struct buffer many;
	buffer_init(&many, 1 << 23);
	buffer_text(&many, "Subject: s\n\n");
	for (int i = 0; i < 400000; i++)
		buffer_text(&many, "=ybegin \n");
	cr_assert_eq(case_read_bytes(&c, "a.eml", many.data, many.len), NS_OK);
	cr_assert_eq(strlen(c.articles[0].body), 400000 * strlen("=ybegin \n") - 1);
	buffer_release(&many);
	case_end(&c);
}

Test(mime, messages_in_messages)
{
	struct source_case c;
	case_start(&c);
	const struct case_article *a = read_one(&c,
		"Subject: Digest\nContent-Type: multipart/digest; boundary=d\n\n"
		"--d\n\nSubject: =?utf-8?Q?caf=C3=A9?=\nFrom: x\n\nfirst\n"
		"--d\nContent-Type: message/rfc822\n\nSubject: two\n" ALTERNATIVE
		"--a\n" PLAIN("second") "--a\n" HTML("html") "--a--\n--d--\n");
	cr_assert_str_eq(a->title, "Digest");
	cr_assert_str_eq(a->body, "café\nfirst\ntwo\nsecond\n");
	case_end(&c);
}

Test(mime, encodings)
{
	struct source_case c;
	case_start(&c);
	const struct case_article *a = read_one(&c,
		"Subject: caf\xE9\n"
		"Content-Type: text/plain; format=flowed; charset=\"iso-8859-1\"\n"
		"Content-Transfer-Encoding: Quoted-Printable\n\n"
		"caf=E9 =\nsoft=20\nhard \t\n=ZZ =4\n50%=\n");
	cr_assert_str_eq(a->title, "café");
	cr_assert_str_eq(a->body, "café soft hard\n=ZZ =4\n50%\n");
	a = read_one(&c, "Subject: s\nContent-Type: text/html; charset=koi8-r\n"
		"Content-Transfer-Encoding: base64\n\n"
		"PHA+8NLJ\n18XU\n\n PC9wPg==\nignored\n");
	cr_assert_str_eq(a->body, "Привет\n");
	a = read_one(&c, "Subject: s\n\nsaid \xE9t\xE9\n");
	cr_assert_str_eq(a->body, "said été\n");
	cr_assert_eq(c.report.repaired, 0);
	a = read_one(&c, "Subject: s\nContent-Type: text/plain; charset=utf-8\n\n"
		"caf\xC3\xA9 \xC3\xA9 \xC3\xA9 \xFF\n");
	cr_assert_str_eq(a->body, "café é é \uFFFD\n");
	cr_assert_eq(c.report.repaired, 1);
	case_end(&c);
}

static void decodes(enum mail_coding coding, const char *lines,
                    const char *wanted)
{
	struct mail_decoder decoder;
	struct buffer out;
	buffer_init(&out, 1 << 16);
	mail_decoder_init(&decoder, coding);
	while (*lines) {
		size_t n = strcspn(lines, "\n");
		mail_decoder_line(&decoder, slice_of(lines, n), &out);
		lines += n + (lines[n] == '\n');
	}
	buffer_byte(&out, '\0');
	cr_assert_str_eq((const char *)out.data, wanted);
	buffer_release(&out);
}

Test(mime, codings)
{
	decodes(MAIL_CODING_BASE64, "SGVsbG8=", "Hello");
	decodes(MAIL_CODING_BASE64, "SG\nVs\n\nbG8", "Hello");
	decodes(MAIL_CODING_BASE64, "S G V s*b G 8 =\nAAAA", "Hello");
	decodes(MAIL_CODING_BASE64, "S", "");
	decodes(MAIL_CODING_QUOTED, "=48=\n=65y", "Hey\n");
	decodes(MAIL_CODING_QUOTED, "=\n=\n=3D=", "=");
	decodes(MAIL_CODING_QUOTED, "==48 =4g", "=H =4g\n");
	decodes(MAIL_CODING_NONE, "a\n b", "a\n b\n");
	cr_assert_eq(mail_coding_of(slice_of("BASE64", 6)), MAIL_CODING_BASE64);
	cr_assert_eq(mail_coding_of(slice_of("8BIT", 4)), MAIL_CODING_NONE);
	cr_assert_eq(mail_coding_of(slice_of("x-uue", 5)), MAIL_CODING_UNKNOWN);
}

static void repeat(struct buffer *text, const char *piece, int n)
{
	for (int i = 0; i < n; i++)
		buffer_text(text, piece);
}

/* Deep nesting, many parts, and headers without an end take a moment. */
Test(mime, hostile, .timeout = 300)
{
	static const struct {
		const char *start, *piece;
		int n;
	} cases[] = {
		{"Subject: s\nContent-Type: multipart/mixed; boundary=x\n\n",
		 "--x\nContent-Type: multipart/mixed; boundary=x\n\n", 100000},
		{"Subject: s\nContent-Type: message/rfc822\n\n",
		 "Content-Type: message/rfc822\n\n", 300000},
		{"Subject: s\n" ALTERNATIVE, "--a\n\nx\n", 1000000},
		{"Subject: s\n" ALTERNATIVE, "--a\nContent-Type: text/html\n\n<p>x\n",
		 30000},
		{"Subject: s", " =?a?Q?", 1000000},
		{"Subject: s\n", "From: (\n", 1000000},
		{"Subject: s\nFrom: ", "((", 1000000},
		{"Subject: s\nContent-Type: a", ";", 1000000},
		{"Subject: s\n\n", "From a 1:11 1111\n", 1000000},
		{"From a 1:11 1111\nSubject: s\n\n", "From a 1:11 1111\n", 1000000},
		{"From a 1:11 1111\nSubject: s\nContent-Length: 9\n\n",
		 "\n\n\n", 1000000},
	};
	struct source_case c;
	struct buffer text;
	case_start(&c);
	buffer_init(&text, 64u << 20);
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		buffer_clear(&text);
		buffer_text(&text, cases[i].start);
		repeat(&text, cases[i].piece, cases[i].n);
		c.options.format = SOURCE_MAIL;
		cr_assert_eq(case_read_bytes(&c, "a.eml", text.data, text.len),
		             NS_OK);
		cr_assert_eq(c.n + c.n_events, 1, "%zu: %zu", i, c.n);
	}
	buffer_release(&text);
	case_end(&c);
}

/* The innermost text is left out, those above are read. */
Test(mime, depth)
{
	struct source_case c;
	struct buffer text;
	case_start(&c);
	buffer_init(&text, 1 << 20);
	buffer_text(&text, "Subject: s\n");
	for (int i = 0; i < 20; i++)
		buffer_printf(&text, "Content-Type: multipart/mixed; boundary=b%d\n\n"
		              "--b%d\n\ntext %d\n--b%d\n", i, i, i, i);
	buffer_byte(&text, '\0');
	const struct case_article *a = read_one(&c, (const char *)text.data);
	cr_assert(strstr(a->body, "text 15\n"));
	cr_assert_not(strstr(a->body, "text 17\n"));
	cr_assert_geq(c.report.attachments, 1);
	buffer_release(&text);
	case_end(&c);
}
