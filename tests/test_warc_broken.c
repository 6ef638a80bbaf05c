/* Records of WARC files that are damaged, cut off, lie or are bombs. */
#include "random.h"
#include "warc_case.h"

static bool has_title(const struct source_case *c, const char *title)
{
	for (size_t i = 0; i < c->n; i++)
		if (!strcmp(c->articles[i].title, title))
			return true;
	return false;
}

/* Each byte of the middle article's member in turn: the others are found. */
Test(warc_broken, a_damaged_member_costs_no_other)
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
Test(warc_broken, cut_off_anywhere)
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

Test(warc_broken, what_is_no_record_is_skipped)
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
Test(warc_broken, lengths_that_lie)
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

Test(warc_broken, strict)
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

Test(warc_broken, bombs)
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

Test(warc_broken, long_headers)
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

/* ---- memory -------------------------------------------------------------- */

Test(warc_broken, memory_ends)
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
