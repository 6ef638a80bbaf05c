/* HTTP answers as records hold them: headers, chunks, packed bodies. */
#include <criterion/criterion.h>

#include "memory_stream.h"
#include "web/http_body.h"

struct answer {
	struct http http;
	enum source_reason why;
	struct buffer body;
	struct ns_error err;
	int status; /* of opening, then of reading */
};

static void read_all(struct answer *a)
{
	size_t got = 1;
	while (a->status == NS_OK && got) {
		uint8_t data[777];
		struct stream *content = http_content(&a->http);
		a->status = content->read(content, data, sizeof data, &got, &a->err);
		if (a->status == NS_OK)
			buffer_append(&a->body, data, got);
		else
			a->why = content->why;
	}
}

static void open_bytes(struct answer *a, const void *bytes, size_t n)
{
	memset(a, 0, sizeof *a);
	buffer_init(&a->body, 128u << 20);
	struct memory_stream memory = memory_stream_of(bytes, n);
	a->status = http_open(&a->http, &memory.stream, UINT64_MAX, &a->why,
	                      &a->err);
	if (a->status == NS_OK && !*a->http.refusal)
		read_all(a);
}

static void open_text(struct answer *a, const char *text)
{
	open_bytes(a, text, strlen(text));
}

static void close_answer(struct answer *a)
{
	buffer_release(&a->body);
	http_release(&a->http);
}

static void body_is(const char *text, const char *wanted, const char *fault)
{
	struct answer a;
	open_text(&a, text);
	cr_assert_eq(a.status, NS_OK, "%s", a.err.message);
	cr_assert_str_eq(a.http.refusal, "");
	cr_assert_eq(a.body.len, strlen(wanted), "%.*s", (int)a.body.len,
	             (const char *)a.body.data);
	cr_assert(!a.body.len || !memcmp(a.body.data, wanted, a.body.len));
	const char *found = http_fault(&a.http);
	if (fault)
		cr_assert(found && strstr(found, fault), "%s", found);
	else
		cr_assert_null(found, "%s", found);
	close_answer(&a);
}

Test(http_body, headers)
{
	struct answer a;
	open_text(&a, "HTTP/1.1  404 Not Found\r\nCONTENT-type:\t Text/HTML ;"
	          " x=y; Charset=\"ISO-8859-1\" ; z\r\nno field\r\n : none\r\n"
	          "Content-Length: 12x\r\n\r\nbody");
	cr_assert_eq(a.status, NS_OK);
	cr_assert_eq(a.http.head.status, 404);
	cr_assert_str_eq(a.http.head.type, "text/html");
	cr_assert_str_eq(a.http.head.charset, "iso-8859-1");
	cr_assert_not(a.http.head.has_length);
	cr_assert_eq(a.body.len, 4);
	close_answer(&a);
	open_text(&a, "HTTP/1.0 200\nContent-Type: text/plain;charset=\n\n");
	cr_assert_eq(a.http.head.status, 200);
	cr_assert_str_eq(a.http.head.charset, "");
	close_answer(&a);
}

Test(http_body, no_answer)
{
	static const struct {
		const char *text, *why;
	} cases[] = {
		{"", "ends within its header"},
		{"SSH-2.0-OpenSSH_5.3\r\n\r\n", "no status line"},
		{"HTTP/1.1 OK\r\n\r\n", "no status line"},
		{"HTTP/1.1 20\r\n\r\n", "no status line"},
		{"HTTP/1.1", "no status line"},
		{"HTTP/1.1 200 OK\r\nServer: x\r\n", "ends within its header"},
	};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct answer a;
		open_text(&a, cases[i].text);
		cr_assert_eq(a.status, NS_OK);
		cr_assert_eq(a.why, SOURCE_BAD_HTTP);
		cr_assert(strstr(a.http.refusal, cases[i].why), "%zu: %s", i,
		          a.http.refusal);
		close_answer(&a);
	}
}

Test(http_body, length_ends_nothing)
{
	body_is("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nwords", "words", NULL);
	body_is("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nwords", "words", NULL);
	body_is("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nwords", "words",
	        "shorter than");
	body_is("HTTP/1.1 200 OK\r\n\r\n", "", NULL);
}

#define CHUNKED "HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\n\r\n"

Test(http_body, chunks)
{
	body_is(CHUNKED "5\r\nwords\r\n0\r\n\r\n", "words", NULL);
	body_is(CHUNKED "5;a=b\r\nwords\r\n00A\r\n more words\r\n0\r\nX: y\r\n\r\n",
	        "words more word", "longer than it claims");
	body_is(CHUNKED "5\r\nwords\r\nb\r\n more words\r\n0\r\nX: y\r\n\r\n",
	        "words more words", NULL);
	body_is(CHUNKED "5 \nwords\nB\n more words\n0\n", "words more words", NULL);
	body_is(CHUNKED "5\r\nwords\r\n", "words", "before its last chunk");
	body_is(CHUNKED "f\r\nwords", "words", "within a chunk");
	body_is(CHUNKED "5\r\nwords\r\nxyz\r\nmore", "words", "is none");
	body_is(CHUNKED "5\r\nwords\r\n8000000000000000\r\nmore", "words",
	        "is none");
	body_is(CHUNKED "5\r\nwords\r\nFFFFFFFFFFFFFFF\r\nmore", "wordsmore",
	        "within a chunk");
	/* joined already */
	body_is(CHUNKED "<p>words</p>\n", "<p>words</p>\n", NULL);
	body_is(CHUNKED "8000000000000000\r\nmore", "8000000000000000\r\nmore", NULL);
	body_is(CHUNKED "", "", NULL);
}

/* n bytes of text, packed, behind a header; keep: of the packed ones. */
static void open_packed(struct answer *a, const char *coding, size_t n,
                        int wrapping, size_t keep)
{
	struct buffer text, bytes;
	buffer_init(&text, 256u << 20);
	buffer_init(&bytes, 256u << 20);
	for (unsigned i = 0; text.len < n; i++)
		buffer_printf(&text, "word%u ", i * i);
	text.len = n;
	buffer_printf(&bytes, "HTTP/1.1 200 OK\r\nContent-Length: 9999999\r\n"
	              "Content-Encoding: %s\r\n\r\n", coding);
	size_t head = bytes.len;
	memory_pack(&bytes, text.data, n, wrapping);
	open_bytes(a, bytes.data, head + min_size(keep, bytes.len - head));
	if (a->status == NS_OK) {
		cr_assert_leq(a->body.len, n);
		cr_assert_eq(memcmp(a->body.data, text.data, a->body.len), 0);
	}
	buffer_release(&text);
	buffer_release(&bytes);
}

Test(http_body, packed)
{
	static const struct {
		const char *coding;
		int wrapping;
	} cases[] = {{"gzip", 31}, {"X-GZIP", 31}, {"deflate", 15},
		{"deflate", -15}};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct answer a;
		open_packed(&a, cases[i].coding, 200000, cases[i].wrapping,
		            SIZE_MAX);
		cr_assert_eq(a.status, NS_OK);
		cr_assert_eq(a.body.len, 200000, "%zu", i);
		cr_assert_null(http_fault(&a.http));
		cr_assert_eq(http_unpacked(&a.http), 200000);
		close_answer(&a);
		open_packed(&a, cases[i].coding, 200000, cases[i].wrapping, 5000);
		cr_assert_eq(a.status, NS_OK);
		cr_assert_gt(a.body.len, 5000, "%zu", i);
		cr_assert_str_eq(http_fault(&a.http), "its packed body ends early");
		close_answer(&a);
		open_packed(&a, cases[i].coding, 200000, cases[i].wrapping, 12);
		cr_assert_eq(a.status, NS_E_CORRUPT, "%zu", i);
		cr_assert_eq(a.why, SOURCE_BAD_HTTP);
		close_answer(&a);
	}
}

Test(http_body, unpacked_already)
{
	body_is("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n<p>words</p>",
	        "<p>words</p>", NULL);
	body_is("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n", "", NULL);
	body_is("HTTP/1.1 200 OK\r\nContent-Encoding: deflate\r\n\r\n", "", NULL);
	body_is("HTTP/1.1 200 OK\r\nContent-Encoding: Identity\r\n\r\nw", "w", NULL);
}

Test(http_body, codings_that_are_not_read)
{
	static const char *const cases[] = {"br", "zstd", "compress", "gzip, br"};
	for (size_t i = 0; i < 2 * ARRAY_LEN(cases); i++) {
		const char *name = cases[i / 2];
		char text[100];
		struct answer a;
		snprintf(text, sizeof text, "HTTP/1.1 200 OK\r\n%s-Encoding: %s"
		         "\r\n\r\nbytes", i % 2 ? "Content" : "Transfer", name);
		open_text(&a, text);
		cr_assert_eq(a.why, SOURCE_CODING);
		cr_assert_str_eq(a.http.refusal, name);
		close_answer(&a);
	}
}

/* 1 GB of zeros is a megabyte: no more than 64 MiB come out of it. */
Test(http_body, bomb)
{
	struct buffer bytes;
	struct answer a = {0};
	uint8_t *zeros = calloc(1, 128u << 20);
	buffer_init(&bytes, 512u << 20);
	buffer_text(&bytes, "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n");
	memory_pack(&bytes, zeros, 128u << 20, 31);
	free(zeros);
	open_bytes(&a, bytes.data, bytes.len);
	cr_assert_eq(a.status, NS_E_LIMIT);
	cr_assert_eq(a.why, SOURCE_PACKED_LIMIT);
	cr_assert_leq(a.body.len, HTTP_BODY_MAX);
	close_answer(&a);
	buffer_release(&bytes);
}

/* A line of no end is not held. */
Test(http_body, long_header)
{
	struct buffer bytes;
	struct answer a;
	buffer_init(&bytes, 64u << 20);
	buffer_text(&bytes, "HTTP/1.1 200 OK\r\nX: ");
	while (bytes.len < 40u << 20)
		buffer_text(&bytes, "words and more words and more words again ");
	buffer_text(&bytes, "\r\n\r\nbody");
	open_bytes(&a, bytes.data, bytes.len);
	cr_assert_eq(a.why, SOURCE_BAD_HTTP);
	cr_assert(strstr(a.http.refusal, "over 1 MiB"));
	close_answer(&a);
	/* nor are many lines */
	bytes.len = 0;
	buffer_text(&bytes, "HTTP/1.1 200 OK\r\n");
	while (bytes.len < 2u << 20)
		buffer_text(&bytes, "X: words and more words\r\n");
	buffer_text(&bytes, "\r\nbody");
	open_bytes(&a, bytes.data, bytes.len);
	cr_assert(strstr(a.http.refusal, "over 1 MiB"));
	close_answer(&a);
	buffer_release(&bytes);
}
