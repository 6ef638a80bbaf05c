/* Messages: which file is one, or many, and what becomes of their headers. */
#include "mail/mail.h"
#include "mail/mail_people.h"
#include "mail/mail_words.h"
#include "mail/mbox.h"
#include "source_case.h"

static const struct case_article *read_one(struct source_case *c,
                                           const char *text)
{
	cr_assert_eq(case_read_text(c, "a.eml", text), NS_OK);
	cr_assert_eq(c->n, 1, "%zu articles, %zu events", c->n, c->n_events);
	cr_assert_eq(c->articles[0].facts.format, SOURCE_MAIL);
	return &c->articles[0];
}

#define SENTENCE "The council voted on Monday to close the old bridge for good."

/* A page in one file is that page, not a message with the menu in its text. */
Test(mail, a_page_that_a_browser_saved)
{
	struct source_case c;
	case_start(&c);
	const struct case_article *a = read_one(&c,
		"From: <Saved by Blink>\r\n"
		"Snapshot-Content-Location: https://example.org/b\r\n"
		"Subject: Bridge - The Daily\r\n"
		"Date: Fri, 7 Apr 2017 10:00:00 -0000\r\nMIME-Version: 1.0\r\n"
		"Content-Type: multipart/related;\r\n\ttype=\"text/html\";\r\n"
		"\tboundary=\"--b--\"\r\n\r\n\r\n----b--\r\n"
		"Content-Type: text/html\r\n"
		"Content-Transfer-Encoding: quoted-printable\r\n"
		"Content-Location: https://example.org/b\r\n\r\n"
		"<html lang=3D\"de\"><meta charset=3D\"utf-8\"><meta name=3D\"date\" "
		"content=3D\"2017-04-06\"><nav><a href=3D\"/\">Home</a></nav>\r\n"
		"<h1>Br=C3=BCcke</h1><p>" SENTENCE "\r\n"
		"----b--\r\nContent-Type: image/png\r\n"
		"Content-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n"
		"----b--\r\nContent-Type: text/html\r\n\r\n<p>A frame.\r\n"
		"----b----\r\n");
	cr_assert_str_eq(a->title, "Brücke");
	cr_assert_str_eq(a->body, SENTENCE "\n");
	cr_assert_str_eq(a->author, "");
	cr_assert_str_eq(a->section, "");
	cr_assert_str_eq(a->lang, "de");
	cr_assert_str_eq(a->url, "https://example.org/b");
	cr_assert_eq(a->facts.article.date, 1491436800);
	cr_assert(a->facts.article.date_is_day);
	case_end(&c);
}

Test(mail, a_mail)
{
	struct source_case c;
	case_start(&c);
	const struct case_article *a = read_one(&c,
		"Return-Path: <ann@example.org>\r\n"
		"FROM : \"Lee, Ann\" <ann@example.org>\r\n"
		"Subject: The harbour\r\n\tis open\r\nSubject: not this\r\n"
		"Date: Thu, 6 Apr 2017 12:30:05 +0200\r\n"
		"Message-ID: <1.2@example.org>\r\n"
		"List-Id: \"World news\" <world.example.org>\r\n"
		"Content-Language: en-GB, de\r\n\r\n\r\n"
		"  First line \r\n\r\nSecond\r\n\r\n");
	cr_assert_str_eq(a->id, "");
	cr_assert_str_eq(a->title, "The harbour is open");
	cr_assert_str_eq(a->author, "Lee, Ann");
	cr_assert_str_eq(a->body, "  First line \n\nSecond\n");
	cr_assert_str_eq(a->section, "world.example.org");
	cr_assert_str_eq(a->url, "mid:1.2@example.org");
	cr_assert_str_eq(a->lang, "en-GB");
	cr_assert_eq(a->facts.article.date, 1491474605);
	cr_assert_str_eq(a->source, "a.eml:1");
	a = read_one(&c, "From: a@b\nSubject: s\nArchived-At: <https://l.example/1>\n"
		"Message-ID: <1@b>\n\nx");
	cr_assert_str_eq(a->url, "https://l.example/1");
	a = read_one(&c, "From: a@b\nSubject: s\nMessage-ID: broken <id\n\nx");
	cr_assert_str_eq(a->url, "");
	case_end(&c);
}

/* What no text is stands behind the header, whatever ends its lines. */
Test(mail, a_binary_part)
{
	static const char *const ends[] = {"\n", "\r\n"};
	struct source_case c;
	struct buffer text;
	case_start(&c);
	buffer_init(&text, 1 << 16);
	for (size_t i = 0; i < ARRAY_LEN(ends); i++) {
		const char *end = ends[i];
		buffer_clear(&text);
		buffer_printf(&text, "From: a@b.example%sSubject: Rain%s"
		              "Content-Type: multipart/mixed; boundary=x%s%s"
		              "--x%s%sIt rained.%s--x%sContent-Type: image/png%s"
		              "Content-Transfer-Encoding: binary%s%s",
		              end, end, end, end, end, end, end, end, end, end,
		              end);
		for (uint8_t c0 = 1; c0 < 100; c0++)
			buffer_byte(&text, c0 == '\n' ? 1 : c0 % 8);
		buffer_printf(&text, "%s--x--%s", end, end);
		cr_assert_eq(case_read_bytes(&c, "a.eml", text.data, text.len),
		             NS_OK);
		cr_assert_eq(c.n, 1, "lines that end by %zu bytes", strlen(end));
		cr_assert_str_eq(c.articles[0].body, "It rained.\n");
		cr_assert_eq(c.report.attachments, 1);
	}
	buffer_release(&text);
	case_end(&c);
}

Test(mail, a_post)
{
	struct source_case c;
	case_start(&c);
	const struct case_article *a = read_one(&c,
		" cut.example!ann\nSubject: Re: boats\n"
		"From: ann@example.org (Ann Lee)\n <1@x> <2@x>\n"
		"Newsgroups: rec.boats, rec.misc\nArticle-I.D.: x.25\n \n"
		"Message-ID: <3@example.org>\nLines: 1\n\ncaf\xE9 \xE0 bord\x02\x02\n");
	cr_assert_str_eq(a->title, "Re: boats");
	cr_assert_str_eq(a->author, "Ann Lee");
	cr_assert_str_eq(a->section, "rec.boats");
	cr_assert_str_eq(a->url, "news:3@example.org");
	cr_assert_str_eq(a->body, "café à bord\x02\x02\n");
	/* no empty line before the text; no text at all */
	a = read_one(&c, "From: a@b\nSubject: s\n\nword");
	cr_assert_str_eq(a->body, "word\n");
	c.options.format = SOURCE_MAIL;
	a = read_one(&c, "From: a@b\nSubject: s\nThe text begins\nhere: so\n");
	cr_assert_str_eq(a->body, "The text begins\nhere: so\n");
	a = read_one(&c, "Subject: s");
	cr_assert_str_eq(a->title, "s");
	cr_assert_str_eq(a->body, "");
	case_end(&c);
}

Test(mail, keywords_are_topics)
{
	struct source_case c;
	case_start(&c);
	const struct case_article *a = read_one(&c,
		"From: a@b\nSubject: s\nKeywords: rain, \"winter wheat\",\n  "
		"=?utf-8?Q?caf=C3=A9=2C_th=C3=A9?=,, Oil\n"
		"X-Gmail-Labels: Inbox,Starred\nNewsgroups: rec.boats,rec.misc\n"
		"Keywords: boats\nX-Keywords: no\n\ntext\n");
	cr_assert_str_eq(a->topics,
	                 "rain\nwinter wheat\ncaf\u00e9\nth\u00e9\nOil\nboats\n");
	cr_assert_str_eq(a->section, "rec.boats");
	cr_assert_str_eq(a->places, "");
	a = read_one(&c, "From: a@b\nSubject: s\nKeywords: caf\xE9\n\ntext\n");
	cr_assert_str_eq(a->topics, "caf\u00e9\n");
	a = read_one(&c, "From: a@b\nSubject: s\nKeywords: \n\ntext\n");
	cr_assert_str_eq(a->topics, "");
	case_end(&c);
}

/* Of fields without end what fits is kept. */
Test(mail, keywords_beyond_the_bound)
{
	struct source_case c;
	struct buffer text;
	case_start(&c);
	buffer_init(&text, 1 << 20);
	buffer_text(&text, "From: a@b\nSubject: s\n");
	for (int i = 0; i < 9000; i++)
		buffer_text(&text, "Keywords: rain, oil\n");
	buffer_text(&text, "\nword\n");
	cr_assert_eq(case_read_bytes(&c, "a.eml", text.data, text.len), NS_OK);
	cr_assert_eq(c.n, 1);
	size_t n = strlen(c.articles[0].topics);
	cr_assert(n > MAIL_FIELD_MAX / 2 && n <= MAIL_FIELD_MAX, "%zu", n);
	cr_assert_str_eq(c.articles[0].body, "word\n");
	buffer_release(&text);
	case_end(&c);
}

Test(mail, the_folder_is_the_section)
{
	static const struct {
		const char *path[4], *section;
	} cases[] = {
		{{"rec.boats", "53068"}, "rec.boats"},
		{{"News", "cur", "1.x:2,S"}, "News"},
		{{"Other", "new", "2.x"}, "Other"},
		{{"deep", "curious", "3"}, "curious"},
		{{"Mail", ".Lists.wire", "cur", "4"}, "Lists.wire"},
	};
	struct source_case c;
	case_start(&c);
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		char name[256] = "";
		for (size_t k = 0; k < 4 && cases[i].path[k]; k++) {
			if (k) {
				case_folder(&c, name);
				strcat(name, "/");
			}
			strcat(name, cases[i].path[k]);
		}
		cr_assert_eq(case_read_text(&c, name,
			"From: a@b\nSubject: s\n\nword\n"), NS_OK);
		cr_assert_eq(c.n, 1);
		cr_assert_str_eq(c.articles[0].section, cases[i].section);
	}
	cr_assert_eq(case_read(&c, ""), NS_OK);
	cr_assert_eq(c.n, 4);
	/* an mbox has none */
	cr_assert_eq(case_read_text(&c, "rec.boats/mbox",
		"From a@b Thu Apr  6 12:30:05 2017\nSubject: s\n\nword\n"), NS_OK);
	cr_assert_str_eq(c.articles[0].section, "");
	case_end(&c);
}

#define FROM_ "From a@b Thu Apr  6 12:30:05 2017\n"

Test(mail, an_mbox)
{
	struct source_case c;
	case_start(&c);
	cr_assert_eq(case_read_text(&c, "a.mbox",
		FROM_ "Subject: one\n\nFrom here on\n>From quoted\n>>From twice\n"
		"> From not\n\nFrom now on it rained\nand rained\n\n"
		FROM_ " rest\nSubject: two\n\nNo empty line before the next\n"
		FROM_ ">From b@c remote\nSubject: three\n\n\n"
		"From b@c\nSubject: four\n\n"), NS_OK);
	cr_assert_eq(c.n, 4);
	cr_assert_str_eq(c.articles[0].body, "From here on\nFrom quoted\n"
	                 ">From twice\n> From not\n\nFrom now on it rained\n"
	                 "and rained\n");
	cr_assert_str_eq(c.articles[0].source, "a.mbox:1");
	cr_assert_eq(c.articles[0].facts.last_line, 11);
	cr_assert_str_eq(c.articles[1].title, "two");
	cr_assert_str_eq(c.articles[2].title, "three");
	cr_assert_str_eq(c.articles[2].body, "");
	cr_assert_str_eq(c.articles[3].title, "four");
	case_end(&c);
}

Test(mail, an_mbox_that_tells_lengths)
{
	struct source_case c;
	case_start(&c);
	/* right, too long, too short, at the end of the file */
	const char *forwarded = "See:\n\n" FROM_ "Subject: in\n\ntext\n";
	char text[4096];
	snprintf(text, sizeof text,
		FROM_ "Content-Length: %zu\nSubject: one\n\n%s\n"
		FROM_ "Content-Length: 99999\nSubject: two\n\n%s\n"
		FROM_ "Content-Length: 3\nSubject: three\n\n%s\n"
		FROM_ "Content-Length: %zu\nSubject: four\n\n%s",
		strlen(forwarded), forwarded, forwarded, forwarded,
		strlen(forwarded), forwarded);
	cr_assert_eq(case_read_text(&c, "a.mbox", text), NS_OK);
	cr_assert_eq(c.n, 6);
	cr_assert_str_eq(c.articles[0].body, forwarded);
	cr_assert_str_eq(c.articles[1].body, "See:\n");
	cr_assert_str_eq(c.articles[2].title, "in");
	cr_assert_str_eq(c.articles[3].title, "three");
	cr_assert_str_eq(c.articles[5].title, "four");
	cr_assert_str_eq(c.articles[5].body, forwarded);
	case_end(&c);
}

/* A message whose From_ line ends just where what was read ends. */
Test(mail, an_mbox_of_any_length)
{
	struct source_case c;
	struct buffer text;
	case_start(&c);
	buffer_init(&text, 4 << 20);
	for (size_t pad = 0; pad < 120; pad++) {
		buffer_clear(&text);
		buffer_text(&text, FROM_ "Subject: one\n\n");
		while (text.len < LINES_PEEK - pad)
			buffer_text(&text, text.len % 64 ? "x" : "\n");
		buffer_text(&text, "\n\n" FROM_ "Subject: two\n\nword\n");
		cr_assert_eq(case_read_bytes(&c, "a.mbox", text.data, text.len),
		             NS_OK);
		cr_assert_eq(c.n, 2, "%zu", pad);
	}
	buffer_release(&text);
	case_end(&c);
}

Test(mail, too_large)
{
	struct source_case c;
	struct buffer text;
	case_start(&c);
	buffer_init(&text, 128u << 20);
	buffer_text(&text, FROM_ "Subject: one\n\n");
	while (text.len < 17u << 20)
		buffer_text(&text, "some words of a line that is one of many\n");
	buffer_text(&text, "\n" FROM_ "Subject: two\n\nword\n\n" FROM_
	            "Subject: three\n\n");
	while (text.len < 35u << 20)
		buffer_text(&text, "some words without an end of the line ");
	buffer_text(&text, "\n\n" FROM_ "Subject: four\n"
	            "Content-Type: multipart/mixed; boundary=b\n\n--b\n\nword\n"
	            "--b\nContent-Type: image/png\nContent-Transfer-Encoding: base64\n\n");
	while (text.len < 60u << 20)
		buffer_text(&text, "QUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFB\n");
	cr_assert_eq(case_read_bytes(&c, "a.mbox", text.data, text.len), NS_OK);
	cr_assert_eq(c.n, 2);
	cr_assert_str_eq(c.articles[0].title, "two");
	cr_assert_str_eq(c.articles[1].title, "four");
	cr_assert_str_eq(c.articles[1].body, "word\n");
	cr_assert_eq(c.report.attachments, 1);
	cr_assert_eq(c.n_events, 2);
	cr_assert_eq(c.events[0].why, SOURCE_LARGE_ARTICLE);
	cr_assert_eq(c.events[1].why, SOURCE_LARGE_ARTICLE);
	buffer_release(&text);
	case_end(&c);
}

Test(mail, words_of_headers)
{
	static const struct {
		const char *value, *wanted;
	} cases[] = {
		{"plain  text\t here", "plain text here"},
		{"=?iso-8859-1?Q?caf=E9_=5F?=", "café _"},
		{"=?utf-8?B?Y2Fmw6k=?= bar", "café bar"},
		{"=?UTF-8*fr?q?caf=C3=A9?=", "café"},
		/* one character in two words; in two charsets */
		{"=?utf-8?Q?caf=C3?=  =?utf-8?Q?=A9?=", "café"},
		{"=?utf-8?Q?a?= =?iso-8859-1?Q?=E9?=", "aé"},
		{"=?utf-8?Q?a?= b =?utf-8?Q?c?=", "a b c"},
		{"=?koi8-r?B?8NLJ18XU?=", "Привет"},
		{"=?iso-2022-jp?B?GyRCRnxLXBsoQg==?=", "日本"},
		{"=?shift_jis?B?k/o=?= =?Shift_JIS?B?lns=?=", "日本"},
		{"x=?utf-8?Q?a?=y", "xay"},
		{"\"=?utf-8?Q?a?=\"", "\"a\""},
		{"=?utf-8?Q?why?not?=", "why?not"},
		/* no words */
		{"=?utf-8?X?a?=", "=?utf-8?X?a?="},
		{"=?utf-8?Q?a", "=?utf-8?Q?a"},
		{"=??Q?a?=", "=??Q?a?="}, {"=?", "=?"}, {"a = b", "a = b"},
		{"caf\xE9", "café"},
		{"=?nosuch?Q?caf=E9?=", "café"},
		{"=?utf-8?Q?a=0Ab?=", "a b"},
	};
	struct buffer bytes, out;
	buffer_init(&bytes, 1 << 16);
	buffer_init(&out, 1 << 16);
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		uint32_t repairs = 0;
		buffer_clear(&out);
		cr_assert_eq(mail_words_decode(slice_of(cases[i].value,
			strlen(cases[i].value)), "", &bytes, &out, &repairs), NS_OK);
		buffer_byte(&out, '\0');
		cr_assert_str_eq((const char *)out.data, cases[i].wanted);
	}
	buffer_release(&bytes);
	buffer_release(&out);
}

Test(mail, people)
{
	static const struct {
		const char *value, *wanted;
	} cases[] = {
		{"ann@example.org", "ann@example.org"},
		{"<ann@example.org>", "ann@example.org"},
		{"Ann Lee <ann@example.org>", "Ann Lee"},
		{"\"Lee, \\\"A\\\" Ann\" <ann@example.org>", "Lee, \"A\" Ann"},
		{"Lee, Ann <ann@example.org>", "Lee, Ann"},
		{"ann@example.org (Ann (A.) Lee)", "Ann (A.) Lee"},
		{"<ann@example.org> (Ann)", "Ann"},
		{"ann@example.org (Ann) <1@x> <2@x>", "Ann"},
		{"Ann <a@x>, Bo <b@x>,c@x", "Ann, Bo, c@x"},
		{"", ""}, {"(", ""}, {"<", ""}, {"\"", ""}, {"Ann", "Ann"},
		{"Ann <a@x", "Ann"}, {"a@x (Ann", "Ann"}, {",,", ",,"},
	};
	struct buffer out;
	buffer_init(&out, 1 << 16);
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		buffer_clear(&out);
		mail_people(slice_of(cases[i].value, strlen(cases[i].value)), &out);
		buffer_byte(&out, '\0');
		cr_assert_str_eq((const char *)out.data, cases[i].wanted);
	}
	buffer_release(&out);
}

Test(mail, is_told_from_others)
{
	static const struct {
		const char *text;
		bool is;
	} cases[] = {
		{"From: a\nSubject: b\n\nx", true},
		{"from: a\r\nDate: b\r\n\r\nx", true},
		{"From: a\nNewsgroups: b", true},
		{" cut\nSubject: x\nFrom: a\n\n", true},
		{FROM_ "X: y\n", true},
		{FROM_, false}, {"From here on\nit rained\n", false},
		{"Subject: b\nTo: c\n\nFrom: a\n", false},
		{"From: a\n\nSubject: b\n", false},
		{"From: a\nThe text\nSubject: b\n\n", false},
		{"", false}, {"\n", false},
	};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		cr_assert_eq(mail_is(slice_of(cases[i].text,
		             strlen(cases[i].text))), cases[i].is, "%s",
		             cases[i].text);
}

Test(mail, memory_may_end_at_any_point)
{
	struct source_case c;
	case_start(&c);
	case_write(&c, "a.mbox",
		FROM_ "From: Ann <a@b>\nSubject: =?iso-8859-1?Q?caf=E9?=\n"
		"List-Id: <l.x>\nMessage-ID: <1@b>\nContent-Language: en\n"
		"Keywords: a,b\nKeywords: =?iso-8859-1?Q?caf=E9?=\n"
		"Content-Type: multipart/mixed; boundary=b\n\n--b\n\ncaf\xE9\n"
		"--b\nContent-Type: message/rfc822\n\nSubject: in\n\ntext\n"
		"--b\nContent-Type: text/html\n\n<p>caf&eacute;\n\n"
		FROM_ "Subject: two\n\nFrom x\n");
	case_exhaust(&c, c.dir);
	cr_assert_eq(c.n, 2);
	case_end(&c);
}
