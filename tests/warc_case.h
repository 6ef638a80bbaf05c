/* warc_case.h — which archive of web pages is read: records, packed and plain? */
#ifndef NS_TESTS_WARC_CASE_H
#define NS_TESTS_WARC_CASE_H

#include "memory_stream.h"
#include "source_case.h"

struct archive {
	struct buffer bytes;
	size_t starts[64]; /* of records, packed */
	unsigned n;
	bool packed;       /* each record a member */
};

static inline void archive_init(struct archive *a, bool packed)
{
	memset(a, 0, sizeof *a);
	buffer_init(&a->bytes, 1u << 30);
	a->packed = packed;
}

static inline void add_bytes(struct archive *a, const void *data, size_t n)
{
	a->starts[a->n++] = a->bytes.len;
	if (a->packed)
		memory_pack(&a->bytes, data, n, 31);
	else
		buffer_append(&a->bytes, data, n);
}

/* length: what it claims; SIZE_MAX: the truth. */
static inline void add(struct archive *a, const char *kind, const char *uri,
                       const char *fields, const void *block, size_t n,
                       size_t length)
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

static inline void add_text(struct archive *a, const char *kind, const char *uri,
                            const char *fields, const char *block)
{
	add(a, kind, uri, fields, block, strlen(block), SIZE_MAX);
}

static inline void add_page(struct archive *a, const char *uri, const char *text)
{
	char block[600];
	snprintf(block, sizeof block, "HTTP/1.1 200 OK\r\nContent-Type: "
	         "text/plain; charset=utf-8\r\n\r\n%s", text);
	add_text(a, "response", uri, HTTP, block);
}

static inline void read_archive(struct source_case *c, const struct archive *a)
{
	cr_assert_eq(case_read_bytes(c, "a.warc", a->bytes.data, a->bytes.len),
	             NS_OK, "%s", c->err.message);
}

/* Five records: pages are the second, the fourth and the fifth. */
static inline void three_pages(struct archive *a, bool packed)
{
	archive_init(a, packed);
	add_text(a, "warcinfo", "", "Content-Type: application/warc-fields\r\n",
	         "software: none\r\n");
	add_page(a, "http://example.org/a", "Rain\nIt rained all day.\n");
	add_text(a, "request", "http://example.org/a", "", "GET / HTTP/1.0\r\n");
	add_page(a, "<http://example.org/b>", "Snow\nIt snowed.\n");
	add_page(a, "http://example.org/a", "Sun\nThe sun shone again.\n");
}

#endif
