/* Records of WARC and ARC files, as they are and packed. */
#include "corpora.h"
#include "warc_case.h"

/* ---- what is read -------------------------------------------------------- */

/* Packs bytes anew as members of at most `piece` bytes. */
static void repack(struct buffer *out, const struct buffer *bytes, size_t piece)
{
	buffer_clear(out);
	for (size_t i = 0; i < bytes->len; i += piece)
		memory_pack(out, bytes->data + i, min_size(piece, bytes->len - i),
		            31);
}

static void three_are_found(struct source_case *c)
{
	cr_assert_eq(c->n, 3);
	cr_assert_str_eq(c->articles[0].title, "Rain");
	cr_assert_str_eq(c->articles[0].body, "It rained all day.\n");
	cr_assert_str_eq(c->articles[0].url, "http://example.org/a");
	cr_assert_str_eq(c->articles[0].source, "a.warc:2");
	cr_assert_str_eq(c->articles[1].url, "http://example.org/b");
	cr_assert_str_eq(c->articles[1].source, "a.warc:4");
	cr_assert_str_eq(c->articles[2].title, "Sun");
	cr_assert_str_eq(c->articles[2].url, "http://example.org/a");
	cr_assert_eq(c->articles[2].facts.article.date, NS_NO_DATE);
	cr_assert_eq(c->report.refused, 0);
	cr_assert_eq(c->report.passed_over, 2);
	cr_assert_eq(c->report.files, 1);
	cr_assert_str_eq(c->events[0].reason, "a record without a page: warcinfo");
	cr_assert_str_eq(c->events[0].place, case_path(c, "a.warc:1"));
}

Test(warc, the_same_in_all_wrappings)
{
	struct source_case c;
	struct archive a;
	struct buffer packed;
	case_start(&c);
	three_pages(&a, true);
	read_archive(&c, &a);
	three_are_found(&c);
	buffer_release(&a.bytes);
	three_pages(&a, false);
	read_archive(&c, &a);
	three_are_found(&c);
	/* one member, members of any size, zeros between them */
	buffer_init(&packed, 1 << 20);
	for (size_t piece = 16; piece < 2 * a.bytes.len; piece += piece / 2 + 1) {
		repack(&packed, &a.bytes, piece);
		buffer_zeros(&packed, 700);
		cr_assert_eq(case_read_bytes(&c, "a.warc", packed.data,
		                             packed.len), NS_OK);
		three_are_found(&c);
	}
	buffer_release(&packed);
	buffer_release(&a.bytes);
	case_end(&c);
}

Test(warc, every_record_is_accounted_for)
{
	static const struct {
		const char *kind, *uri, *fields, *block, *why;
	} cases[] = {
		{"response", "http://x.org/", HTTP,
		 "HTTP/1.1 301 Moved\r\nContent-Type: text/html\r\n\r\nMoved",
		 "an HTTP status without a page: 301"},
		{"response", "http://x.org/", HTTP,
		 "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\nPNG",
		 "a type without articles: image/png"},
		{"response", "http://x.org/", HTTP,
		 "HTTP/1.1 200 OK\r\nContent-Type: "
		 "image/png\r\nContent-Encoding: br\r\n\r\nPNG",
		 "a type without articles: image/png"},
		{"response", "http://x.org/", HTTP,
		 "HTTP/1.1 200 OK\r\nContent-Type: "
		 "text/html\r\nContent-Encoding: br\r\n\r\nPNG",
		 "a coding that is not read: br"},
		{"response", "http://x.org/", HTTP, "SSH\r\n\r\n",
		 "bad HTTP answer: no status line"},
		{"response", "http://x.org/robots.txt", HTTP,
		 "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\nAllow: *\r\n",
		 "a record without a page: robots.txt"},
		{"response", "dns:x.org", "Content-Type: text/dns\r\n", "20170306",
		 "a type without articles: text/dns"},
		{"resource", "metadata://gnu.org/wget.log",
		 "Content-Type: text/plain\r\n", "a log",
		 "a record without a page: metadata"},
		{"revisit", "http://x.org/", HTTP, "HTTP/1.1 200 OK\r\n\r\n",
		 "a record without a page: revisit"},
		{"conversion", "http://x.org/", "Content-Type: image/png\r\n", "PNG",
		 "a type without articles: image/png"},
		{"response", "http://x.org/", HTTP,
		 "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n \n",
		 "no article in it"},
		{"response", "http://x.org/", HTTP,
		 "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n\x89PNG\1\2\3\4\5",
		 "no text"},
		{"response", "http://x.org/", HTTP,
		 "HTTP/1.1 200 OK\r\nContent-Type: "
		 "text/plain\r\n\r\nWARC/1.0\r\nContent-Length: 0\r\n\r\n",
		 "no text"},
		{"response", "http://x.org/", HTTP, "HTTP/1.1 200 OK\r\nContent-"
		 "Encoding: gzip\r\n\r\n\x1F\x8B\x08 none of it",
		 "bad HTTP answer: the body does not inflate"},
	};
	struct source_case c;
	struct archive a;
	case_start(&c);
	archive_init(&a, false);
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		add_text(&a, cases[i].kind, cases[i].uri, cases[i].fields,
		         cases[i].block);
	add_page(&a, "http://x.org/", "Last\nThe last one.\n");
	read_archive(&c, &a);
	cr_assert_eq(c.n, 1);
	cr_assert_eq(c.n_events, ARRAY_LEN(cases));
	for (size_t i = 0; i < c.n_events; i++) {
		char place[32];
		snprintf(place, sizeof place, "a.warc:%zu", i + 1);
		cr_assert_str_eq(c.events[i].reason, cases[i].why, "%zu", i);
		cr_assert_str_eq(c.events[i].place, case_path(&c, place));
	}
	cr_assert_eq(c.report.refused, 3);
	cr_assert_eq(c.report.passed_over, ARRAY_LEN(cases) - 3);
	buffer_release(&a.bytes);
	case_end(&c);
}

Test(warc, other_records_that_are_read)
{
	struct source_case c;
	struct archive a;
	case_start(&c);
	archive_init(&a, true);
	add_text(&a, "resource", "http://x.org/r", "Content-Type: text/plain\r\n",
	         "Resource\nIts text.\n");
	add_text(&a, "conversion", "http://x.org/c", "Content-Type: text/plain\r\n",
	         "Conversion\nIts text.\n");
	add_text(&a, "response", "http://x.org/j", HTTP,
	         "HTTP/1.1 200 OK\r\nContent-Type: application/x-ndjson\r\n\r\n"
	         "{\"title\":\"One\",\"url\":\"http://y.org/1\"}\n"
	         "{\"title\":\"Two\"}\n{broken\n");
	add_text(&a, "response", "http://x.org/k", HTTP,
	         "HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=koi8-r\r\n"
	         "\r\n\xE4\xCF\xD6\xC4\xD8\n");
	add_text(&a, "response", "http://x.org/f", HTTP,
	         "HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\n\r\n"
	         "<rss version=\"2.0\"><channel><title>News</title>\n"
	         "<item><title>Wind</title><description>It blew.</description>"
	         "<link>http://x.org/wind</link></item></channel></rss>\n");
	read_archive(&c, &a);
	cr_assert_eq(c.n, 6);
	cr_assert_str_eq(c.articles[5].title, "Wind");
	cr_assert_str_eq(c.articles[5].url, "http://x.org/wind");
	cr_assert_str_eq(c.articles[5].source, "a.warc:5");
	cr_assert_str_eq(c.articles[4].title, "Дождь", "by the server's label");
	cr_assert_str_eq(c.articles[0].title, "Resource");
	cr_assert_str_eq(c.articles[1].title, "Conversion");
	cr_assert_str_eq(c.articles[2].url, "http://y.org/1", "its own");
	cr_assert_str_eq(c.articles[3].url, "http://x.org/j");
	cr_assert_str_eq(c.articles[3].source, "a.warc:3");
	cr_assert_eq(c.n_events, 1);
	cr_assert_eq(c.events[0].why, SOURCE_BAD_JSON);
	cr_assert_str_eq(c.events[0].place, case_path(&c, "a.warc:3"));
	buffer_release(&a.bytes);
	case_end(&c);
}

/* Of two sites with a page /2017/a.html each. */
Test(warc, addresses_are_whole)
{
	struct source_case c;
	struct archive a;
	case_start(&c);
	archive_init(&a, true);
	add_text(&a, "response", "http://x.org/2017/a.html?p=1", HTTP,
	         "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
	         "<title>Rain in Sochi</title><link rel=canonical href=a.html>");
	add_text(&a, "response", "http://x.org/f", HTTP,
	         "HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\n\r\n"
	         "<rss><channel><item><title>Sun</title><link>/2017/b</link>"
	         "</item></channel></rss>");
	read_archive(&c, &a);
	cr_assert_eq(c.n, 2);
	cr_assert_str_eq(c.articles[0].url, "http://x.org/2017/a.html");
	cr_assert_str_eq(c.articles[1].url, "http://x.org/2017/b");
	buffer_release(&a.bytes);
	case_end(&c);
}

Test(warc, what_is_cut_off_is_used_and_noted)
{
	struct source_case c;
	struct archive a;
	case_start(&c);
	archive_init(&a, false);
	add_text(&a, "response", "http://x.org/", HTTP "WARC-Truncated: length\r\n",
	         "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\nOne\nHalf of");
	add_text(&a, "response", "http://x.org/", HTTP, "HTTP/1.1 200 OK\r\n"
	         "Transfer-Encoding: chunked\r\n\r\n10\r\nTwo\nHalf of");
	read_archive(&c, &a);
	cr_assert_eq(c.n, 2);
	cr_assert_str_eq(c.articles[1].body, "Half of\n");
	cr_assert_eq(c.report.noted, 2);
	cr_assert_str_eq(c.events[0].reason, "cut off: its end was not recorded");
	cr_assert_str_eq(c.events[1].reason,
	                 "cut off: its body ends within a chunk");
	cr_assert_eq(c.events[1].kind, SOURCE_NOTED);
	cr_assert_eq(c.report.refused, 0);
	buffer_release(&a.bytes);
	case_end(&c);
}

/* ---- ARC ----------------------------------------------------------------- */

Test(warc, arc)
{
	static const char first[] =
		"filedesc://a.arc 127.0.0.1 20140216050221 text/plain 65\n"
		"1 0 None\nURL IP-address Archive-date Content-type Archive-length\n"
		"\n\n\n";
	static const char page[] =
		"http://x.org/a b.html 192.0.2.1 20140216050221 text/html 67\n"
		"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n"
		"Rain\nIt rained again.\n\n";
	static const char broken[] =
		"http://x.org/ 192.0.2.1 20140216050221 text/html -1\n";
	static const char typeless[] =
		"http://x.org/ 192.0.2.1 20140216050221  9\nno answer\n";
	struct source_case c;
	struct archive a;
	case_start(&c);
	for (int packed = 0; packed < 2; packed++) {
		archive_init(&a, packed);
		add_bytes(&a, first, sizeof first - 1);
		add_bytes(&a, page, sizeof page - 1);
		add_bytes(&a, broken, sizeof broken - 1);
		add_bytes(&a, typeless, sizeof typeless - 1);
		add_bytes(&a, page, sizeof page - 1);
		read_archive(&c, &a);
		cr_assert_eq(c.n, 2, "%zu %s", c.n, c.events[1].reason);
		cr_assert_str_eq(c.articles[0].url, "http://x.org/a b.html");
		cr_assert_str_eq(c.articles[0].body, "It rained again.\n");
		cr_assert_str_eq(c.articles[1].source, "a.warc:5");
		cr_assert_eq(c.n_events, 3);
		cr_assert_str_eq(c.events[0].reason,
		                 "a record without a page: filedesc");
		cr_assert_eq(c.events[1].why, SOURCE_BAD_RECORD);
		cr_assert_eq(c.events[2].why, SOURCE_BAD_HTTP);
		buffer_release(&a.bytes);
	}
	case_end(&c);
}

/* ---- what others wrote ------------------------------------------------------- */

/* Good and broken files of the test suites of warcio, jwarc, heritrix and
 * Common Crawl's: records = articles + passed over + refused. */
static const struct {
	const char *name;
	unsigned articles, passed_over, refused, noted;
} files[] = {
	{"internetarchive/test_data/alexa_short_header.arc.gz", 0, 2, 0, 0},
	{"internetarchive/test_data/crlf_at_1k_boundary.warc.gz", 1, 0, 0, 0},
	{"jwarc/test-resources/org/netpreserve/jwarc/cc.warc.gz", 1, 0, 0, 0},
	{"jwarc/test-resources/org/netpreserve/jwarc/gzip_extra_sl.warc.gz",
	 0, 1, 0, 0},
	{"warcio/bad.arc", 0, 0, 4, 0},
	{"warcio/example-bad-non-chunked.warc.gz", 1, 5, 0, 0},
	{"warcio/example-bad.warc.gz.bad", 1, 5, 0, 0},
	{"warcio/example-digest.warc", 0, 4, 0, 0},
	{"warcio/example-iana.org-chunked.warc", 1, 2, 0, 0},
	{"warcio/example-resource.warc.gz", 1, 2, 0, 0},
	{"warcio/example-space-in-target-uri.warc.gz", 0, 2, 0, 0},
	{"warcio/example-space-in-url.arc", 0, 1, 1, 0}, /* ends 12 bytes early */
	{"warcio/example-trunc.warc", 1, 3, 1, 1}, /* a length that is too small */
	{"warcio/example-wget-bad-target-uri.warc.gz", 1, 5, 0, 0},
	{"warcio/example-wrong-chunks.warc.gz", 1, 1, 0, 1},
	{"warcio/example.arc", 1, 1, 0, 0},
	{"warcio/example.arc.gz", 1, 1, 0, 0},
	{"warcio/example.warc", 1, 5, 0, 0},
	{"warcio/example.warc.gz", 1, 5, 0, 0},
	{"warcio/post-test.warc.gz", 0, 6, 0, 0}, /* JSON of an interface */
	{"whirlwind/whirlwind.warc", 1, 3, 0, 0},
	{"whirlwind/whirlwind.warc.gz", 1, 3, 0, 0},
	{"whirlwind/whirlwind.warc.wat", 0, 2, 0, 0},
	{"whirlwind/whirlwind.warc.wat.gz", 0, 2, 0, 0},
	{"whirlwind/whirlwind.warc.wet", 1, 1, 0, 0},
	{"whirlwind/whirlwind.warc.wet.gz", 1, 1, 0, 0},
};

Test(warc, files_of_others)
{
	const char *corpora = corpora_with("formats/warc", "warc");
	struct source_case c;
	if (!corpora)
		return;
	case_start(&c);
	for (size_t i = 0; i < ARRAY_LEN(files); i++) {
		char path[PATH_MAX];
		snprintf(path, sizeof path, "%s/formats/warc/%s", corpora,
		         files[i].name);
		cr_assert_eq(case_read_path(&c, path), NS_OK);
		cr_expect_eq(c.report.articles, files[i].articles, "%s: %zu",
		             path, c.n);
		cr_expect_eq(c.report.passed_over, files[i].passed_over, "%s", path);
		cr_expect_eq(c.report.refused, files[i].refused, "%s", path);
		cr_expect_eq(c.report.noted, files[i].noted, "%s", path);
	}
	case_end(&c);
}
