/* Records of WARC and ARC files, whole and broken, as they are and packed. */
#include "corpora.h"
#include "memory_stream.h"
#include "random.h"
#include "source_case.h"

/* ---- making files -------------------------------------------------------- */

struct archive {
	struct buffer bytes;
	size_t starts[64]; /* of records, packed */
	unsigned n;
	bool packed;       /* each record a member */
};

static void archive_init(struct archive *a, bool packed)
{
	memset(a, 0, sizeof *a);
	buffer_init(&a->bytes, 1u << 30);
	a->packed = packed;
}

static void add_bytes(struct archive *a, const void *data, size_t n)
{
	a->starts[a->n++] = a->bytes.len;
	if (a->packed)
		memory_pack(&a->bytes, data, n, 31);
	else
		buffer_append(&a->bytes, data, n);
}

/* length: what it claims; SIZE_MAX: the truth. */
static void add(struct archive *a, const char *kind, const char *uri,
                const char *fields, const void *block, size_t n, size_t length)
{
	struct buffer record;
	buffer_init(&record, 1u << 30);
	buffer_printf(&record, "WARC/1.0\r\nWARC-Type: %s\r\n"
	              "WARC-Target-URI: %s\r\nWARC-Date: 2017-03-06T04:02:06Z\r\n"
	              "%sContent-Length: %zu\r\n\r\n", kind, uri, fields,
	              length == SIZE_MAX ? n : length);
	buffer_append(&record, block, n);
	buffer_text(&record, "\r\n\r\n");
	cr_assert_eq(record.status, NS_OK);
	add_bytes(a, record.data, record.len);
	buffer_release(&record);
}

#define HTTP "Content-Type: application/http; msgtype=response\r\n"

static void add_text(struct archive *a, const char *kind, const char *uri,
                     const char *fields, const char *block)
{
	add(a, kind, uri, fields, block, strlen(block), SIZE_MAX);
}

static void add_page(struct archive *a, const char *uri, const char *text)
{
	char block[600];
	snprintf(block, sizeof block, "HTTP/1.1 200 OK\r\nContent-Type: "
	         "text/plain; charset=utf-8\r\n\r\n%s", text);
	add_text(a, "response", uri, HTTP, block);
}

static void read_archive(struct source_case *c, const struct archive *a)
{
	cr_assert_eq(case_read_bytes(c, "a.warc", a->bytes.data, a->bytes.len),
	             NS_OK, "%s", c->err.message);
}

/* Packs bytes anew as members of at most `piece` bytes. */
static void repack(struct buffer *out, const struct buffer *bytes, size_t piece)
{
	buffer_clear(out);
	for (size_t i = 0; i < bytes->len; i += piece)
		memory_pack(out, bytes->data + i, min_size(piece, bytes->len - i),
		            31);
}

/* ---- what is read -------------------------------------------------------- */

static void three_pages(struct archive *a, bool packed)
{
	archive_init(a, packed);
	add_text(a, "warcinfo", "", "Content-Type: application/warc-fields\r\n",
	         "software: none\r\n");
	add_page(a, "http://example.org/a", "Rain\nIt rained all day.\n");
	add_text(a, "request", "http://example.org/a", "", "GET / HTTP/1.0\r\n");
	add_page(a, "<http://example.org/b>", "Snow\nIt snowed.\n");
	add_page(a, "http://example.org/a", "Sun\nThe sun shone again.\n");
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

/* ---- what is broken ------------------------------------------------------ */

static bool has_title(const struct source_case *c, const char *title)
{
	for (size_t i = 0; i < c->n; i++)
		if (!strcmp(c->articles[i].title, title))
			return true;
	return false;
}

/* Each byte of the middle article's member in turn: the others are found. */
Test(warc, a_damaged_member_costs_no_other)
{
	struct source_case c;
	struct archive a;
	struct random random = random_start(20170306);
	case_start(&c);
	three_pages(&a, true);
	for (size_t i = a.starts[3]; i < a.starts[4]; i++) {
		uint8_t was = a.bytes.data[i];
		a.bytes.data[i] = (uint8_t)(was ^ (1 + random_below(&random, 255)));
		read_archive(&c, &a);
		cr_assert(has_title(&c, "Rain"), "byte %zu", i);
		cr_assert(has_title(&c, "Sun"), "byte %zu", i);
		/* what it says when it says something else, and the member */
		cr_assert_leq(c.report.refused, 3, "byte %zu", i);
		cr_assert(has_title(&c, "Snow") || c.report.refused, "byte %zu", i);
		a.bytes.data[i] = was;
	}
	a.bytes.data[a.starts[3] + 40] ^= 0xFF;
	read_archive(&c, &a);
	char offset[64];
	snprintf(offset, sizeof offset, "damaged: the gzip member at byte %zu, ",
	         a.starts[3]);
	cr_assert_eq(c.events[2].kind, SOURCE_REFUSED);
	cr_assert(!strncmp(c.events[2].reason, offset, strlen(offset)), "%s",
	          c.events[2].reason);
	cr_assert_str_eq(c.events[2].place, case_path(&c, "a.warc:4"));
	buffer_release(&a.bytes);
	case_end(&c);
}

/* Each length: the articles before the cut, and one refusal unless it is where a
 * member ends. */
Test(warc, cut_off_anywhere)
{
	struct source_case c;
	struct archive a;
	case_start(&c);
	three_pages(&a, true);
	for (size_t n = a.starts[1]; n < a.bytes.len; n++) {
		size_t whole = n < a.starts[2] ? 0 : n < a.starts[4] ? 1 : 2;
		bool border = false;
		for (unsigned i = 0; i < a.n; i++)
			border |= n == a.starts[i];
		cr_assert_eq(case_read_bytes(&c, "a.warc", a.bytes.data, n), NS_OK);
		cr_assert_geq(c.n, whole, "%zu bytes", n);
		cr_assert_leq(c.n, whole + 1);
		cr_assert_eq(c.report.refused, border ? 0 : 1, "%zu bytes", n);
	}
	buffer_release(&a.bytes);
	/* the same where nothing is packed: a record ends early */
	three_pages(&a, false);
	for (size_t n = a.starts[1]; n < a.bytes.len; n++) {
		size_t whole = n < a.starts[2] ? 0 : n < a.starts[4] ? 1 : 2;
		cr_assert_eq(case_read_bytes(&c, "a.warc", a.bytes.data, n), NS_OK);
		cr_assert_geq(c.n, whole, "%zu bytes", n);
		cr_assert_leq(c.report.refused, 1, "%zu bytes", n);
	}
	buffer_release(&a.bytes);
	case_end(&c);
}

Test(warc, what_is_no_record_is_skipped)
{
	static const char *const broken[] = {
		"WARC/1.0\r\nWARC-Type: response\r\n\r\nno length\r\n\r\n",
		"WARC/1.0\r\nContent-Length: 9223372036854775808\r\n\r\nbytes\r\n\r\n",
		"WARC/1.0\r\nContent-Length: -1\r\n\r\nbytes\r\n\r\n",
		"WARC/2.0\r\nContent-Length: 5\r\n\r\nbytes\r\n\r\n",
		"words in between\r\nand more words\r\n\r\n\r\nand more\r\n",
	};
	struct source_case c;
	struct archive a;
	case_start(&c);
	for (int packed = 0; packed < 2; packed++) {
		archive_init(&a, packed);
		add_page(&a, "http://x.org/", "First\nThe first one.\n");
		for (size_t i = 0; i < ARRAY_LEN(broken); i++)
			add_bytes(&a, broken[i], strlen(broken[i]));
		add_page(&a, "http://x.org/", "Last\nThe last one.\n");
		read_archive(&c, &a);
		cr_assert_eq(c.n, 2);
		/* the last of them is part of what the fourth lost */
		cr_assert_eq(c.report.refused, 4);
		for (size_t i = 0; i < c.n_events; i++)
			cr_assert_eq(c.events[i].why, SOURCE_BAD_RECORD);
		buffer_release(&a.bytes);
	}
	case_end(&c);
}

/* A length that is too large ends with the member, that is too small is told. */
Test(warc, lengths_that_lie)
{
	static const char block[] = "HTTP/1.1 200 OK\r\n\r\nMiddle\nThe middle one.\n";
	struct source_case c;
	struct archive a;
	case_start(&c);
	archive_init(&a, true);
	add_page(&a, "http://x.org/", "First\nThe first one.\n");
	add(&a, "response", "http://x.org/", HTTP, block, sizeof block - 1,
	    1000000000000);
	add_page(&a, "http://x.org/", "Last\nThe last one.\n");
	read_archive(&c, &a);
	cr_assert_eq(c.n, 2);
	cr_assert_eq(c.n_events, 1);
	cr_assert(strstr(c.events[0].reason, "damaged: the record ends 99999999"),
	          "%s", c.events[0].reason);
	buffer_release(&a.bytes);
	archive_init(&a, false);
	add(&a, "response", "http://x.org/", HTTP, block, sizeof block - 1,
	    sizeof block - 5);
	add_page(&a, "http://x.org/", "Last\nThe last one.\n");
	read_archive(&c, &a);
	cr_assert_eq(c.n, 2);
	cr_assert_eq(c.events[0].why, SOURCE_BAD_RECORD);
	cr_assert_str_eq(c.events[0].reason, "bad record: no record begins here");
	buffer_release(&a.bytes);
	case_end(&c);
}

Test(warc, strict)
{
	struct source_case c;
	struct archive a;
	case_start(&c);
	c.options.strict = true;
	three_pages(&a, true);
	a.bytes.len -= 10;
	cr_assert_eq(case_read_bytes(&c, "a.warc", a.bytes.data, a.bytes.len),
	             NS_E_USAGE);
	cr_assert(strstr(c.err.message, "damaged"), "%s", c.err.message);
	buffer_release(&a.bytes);
	case_end(&c);
}

/* ---- bombs --------------------------------------------------------------- */

Test(warc, bombs)
{
	struct source_case c;
	struct archive a;
	struct buffer block;
	const size_t n = 200u << 20;
	case_start(&c);
	buffer_init(&block, 1u << 30);
	/* a packed body that unpacks to 200 MiB */
	char *same = malloc(n);
	memset(same, 'x', n);
	buffer_text(&block, "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n");
	memory_pack(&block, same, n, 31);
	free(same);
	archive_init(&a, true);
	add(&a, "response", "http://x.org/", HTTP, block.data, block.len, SIZE_MAX);
	add_page(&a, "http://x.org/", "Last\nThe last one.\n");
	read_archive(&c, &a);
	cr_assert_eq(c.n, 1);
	cr_assert_eq(c.n_events, 1);
	cr_assert_eq(c.events[0].kind, SOURCE_REFUSED);
	buffer_release(&a.bytes);
	/* a header of one line of 200 MiB: the file ends there */
	archive_init(&a, true);
	add_page(&a, "http://x.org/", "First\nThe first one.\n");
	buffer_clear(&block);
	buffer_text(&block, "WARC/1.0\r\nX: ");
	memset(buffer_reserve(&block, n), 'x', n);
	block.len += n;
	add_bytes(&a, block.data, block.len);
	read_archive(&c, &a);
	cr_assert_eq(c.n, 1);
	cr_assert_eq(c.events[c.n_events - 1].why, SOURCE_DAMAGED);
	cr_assert(strstr(c.events[c.n_events - 1].reason, "more than 256 times"));
	buffer_release(&a.bytes);
	buffer_release(&block);
	case_end(&c);
}

Test(warc, long_headers)
{
	struct source_case c;
	struct archive a;
	struct buffer record;
	case_start(&c);
	archive_init(&a, false);
	buffer_init(&record, 1u << 30);
	buffer_text(&record, "WARC/1.0\r\nX: ");
	while (record.len < 40u << 20)
		buffer_text(&record, "words and more words and more words again ");
	buffer_text(&record, "\r\nContent-Length: 0\r\n\r\n");
	add_bytes(&a, record.data, record.len);
	add_page(&a, "http://x.org/", "Last\nThe last one.\n");
	read_archive(&c, &a);
	cr_assert_eq(c.n, 1);
	cr_assert_eq(c.n_events, 1);
	cr_assert_str_eq(c.events[0].reason,
	                 "bad record: its header is over 1 MiB");
	buffer_release(&record);
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

/* ---- memory -------------------------------------------------------------- */

Test(warc, memory_ends)
{
	struct source_case c;
	struct archive a;
	struct buffer block;
	case_start(&c);
	three_pages(&a, true);
	buffer_init(&block, 1 << 20);
	buffer_text(&block, "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n");
	memory_pack(&block, "Packed\nIts text.\n", 17, 31);
	add(&a, "response", "http://x.org/", HTTP, block.data, block.len, SIZE_MAX);
	case_write_bytes(&c, "a.warc.gz", a.bytes.data, a.bytes.len);
	case_exhaust(&c, case_path(&c, "a.warc.gz"));
	cr_assert_eq(c.n, 4);
	buffer_release(&block);
	buffer_release(&a.bytes);
	case_end(&c);
}
