/* seeds_warc.c — archives of web pages as crawlers pack them. */
#include "tests/fuzz/seeds.h"
#include "tests/memory_stream.h"

#define ANSWER "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n"

static void put_record(struct buffer *out, const struct buffer *block)
{
	buffer_printf(out, "WARC/1.0\r\nWARC-Type: response\r\n"
	              "WARC-Target-URI: http://x.org/a\r\nContent-Type: "
	              "application/http; msgtype=response\r\n"
	              "Content-Length: %zu\r\n\r\n", block->len);
	buffer_append(out, block->data, block->len);
	buffer_text(out, "\r\n\r\n");
}

static void put_body(struct buffer *block, const char *coding, int wrapping)
{
	static const char text[] = "Rain\nIt rained today, and it will again.\n";
	buffer_clear(block);
	buffer_printf(block, ANSWER "%s\r\n", coding);
	if (wrapping)
		memory_pack(block, text, sizeof text - 1, wrapping);
	else
		buffer_text(block, text);
}

void seeds_of_archives(void)
{
	static const struct {
		const char *coding;
		int wrapping;
	} bodies[] = {
		{"", 0}, {"Content-Encoding: gzip\r\n", 31},
		{"Content-Encoding: deflate\r\n", 15},
		{"Content-Encoding: deflate\r\n", -15},
	};
	static const char *const targets[] = {"warc", "auto"};
	struct buffer block, record, plain, members;
	buffer_init(&block, 1 << 16);
	buffer_init(&record, 1 << 16);
	buffer_init(&plain, 1 << 16);
	buffer_init(&members, 1 << 16);
	for (size_t t = 0; t < ARRAY_LEN(targets); t++) {
		buffer_clear(&plain);
		for (size_t i = 0; i < ARRAY_LEN(bodies); i++) {
			buffer_clear(&record);
			put_body(&block, bodies[i].coding, bodies[i].wrapping);
			put_record(&record, &block);
			put_record(&plain, &block);
			memory_pack(&members, record.data, record.len, 31);
		}
		seed_keep(targets[t], &members);
		memory_pack(&members, plain.data, plain.len, 31);
		seed_keep(targets[t], &members);
		seed_keep(targets[t], &plain);
	}
	buffer_release(&block);
	buffer_release(&record);
	buffer_release(&plain);
	buffer_release(&members);
}
