/* The conductor: for each file that a path means, its form; for each form, its
 * reader. */
#include "input/input.h"

#include "feed/feed.h"
#include "feed/mediawiki.h"
#include "feed/newsml.h"
#include "form/csv.h"
#include "form/json.h"
#include "form/jsonl.h"
#include "form/listing.h"
#include "form/text.h"
#include "form/trec.h"
#include "mail/mail.h"
#include "packed/unpack.h"
#include "page/html_file.h"
#include "input/sniff.h"
#include "input/walk.h"
#include "source/charset.h"
#include "source/decode.h"
#include "source/stream.h"
#include "web/warc.h"

#include <errno.h>
#include <unistd.h>

/* What serves one file after the other. */
struct reader {
	const struct source_options *options;
	struct outlet outlet;
	struct stream_file file;
	struct lines stages[UNPACK_STAGES + 1]; /* of streams out of streams */
	struct lines *lines;                    /* of the one that is read */
	struct unpack unpack;
	struct decode decode; /* what lines give, if it is not UTF-8 */
	struct draft draft;
	struct jsonl jsonl;
	struct json json;
	struct trec trec;
	struct feed feed;
	struct csv csv;
	struct mail mail;
	struct html_file html;
	struct warc warc;
	struct nest nest;
	struct lines nested; /* of what lies in a record */
	struct mediawiki mediawiki;
	struct newsml newsml;
};

/* What is no text, or holds no article: named it is refused, found it is not. */
static int leave(struct reader *r, bool named, enum source_reason why,
                 const char *detail, struct ns_error *err)
{
	return outlet_tell(&r->outlet,
	                   named ? SOURCE_REFUSED : SOURCE_PASSED_OVER, why, 0,
	                   detail, err);
}

static int read_table(struct reader *r, bool named, struct ns_error *err)
{
	const char *why;
	TRY(csv_start(&r->csv, r->lines,
	              r->outlet.format == SOURCE_TSV ? '\t' : 0,
	              r->options->map, &why, err));
	if (why)
		return leave(r, named, SOURCE_COLUMNS, why, err);
	return csv_read(&r->csv, &r->outlet, r->lines, &r->draft, err);
}

static int read_form(struct reader *r, const struct unpack_item *item,
                     struct ns_error *err)
{
	switch (r->outlet.format) {
	case SOURCE_LISTING:
		return listing_read(&r->outlet, r->lines, &r->draft,
		                    r->options->rules, err);
	case SOURCE_JSONL:
		return jsonl_read(&r->outlet, r->lines, &r->jsonl, err);
	case SOURCE_JSON:
		return json_read(&r->outlet, r->lines, &r->json, &r->jsonl, err);
	case SOURCE_TREC:
		return trec_read(&r->outlet, r->lines, &r->trec, &r->draft, err);
	case SOURCE_FEED:
		return feed_read(&r->outlet, r->lines, &r->draft, &r->feed, err);
	case SOURCE_CSV:
	case SOURCE_TSV:
		return read_table(r, item->named, err);
	case SOURCE_MAIL:
		return mail_read(&r->outlet, r->lines, &r->mail, &r->draft, err);
	case SOURCE_HTML:
		return html_file_read(&r->outlet, r->lines, &r->html, &r->draft,
		                      item->charset, err);
	case SOURCE_WARC:
		return warc_read(&r->outlet, r->lines, &r->warc, &r->nest, err);
	case SOURCE_MEDIAWIKI:
		return mediawiki_read(&r->outlet, r->lines, &r->draft,
		                      &r->mediawiki, err);
	case SOURCE_NEWSML:
		return newsml_read(&r->outlet, r->lines, &r->draft, &r->newsml,
		                   err);
	default:
		ASSERT_REL(r->outlet.format, ==, SOURCE_TEXT);
		return text_read(&r->outlet, r->lines, &r->draft, err);
	}
}

/* Forms whose lines are UTF-8 whatever the file is in; the others are given it as it
 * is, and find encodings within. */
static const bool of_lines[SOURCE_FORMATS] = {
	[SOURCE_LISTING] = true, [SOURCE_JSONL] = true, [SOURCE_JSON] = true,
	[SOURCE_TREC] = true, [SOURCE_CSV] = true, [SOURCE_TSV] = true,
	[SOURCE_TEXT] = true, [SOURCE_FEED] = true,
	[SOURCE_MEDIAWIKI] = true, [SOURCE_NEWSML] = true,
};

static enum source_format form_of(const struct reader *r,
                                  const struct unpack_item *item,
                                  struct slice prefix)
{
	enum source_format format = r->options->format;
	if (format == SOURCE_AUTO || item->record)
		format = sniff_format(prefix, item->sniffed);
	if (format == SOURCE_TEXT && r->options->rules)
		format = SOURCE_LISTING;
	return format;
}

static int decode(struct reader *r, const struct unpack_item *item,
                  struct slice *prefix, struct ns_error *err)
{
	const char *charset;
	TRY(decode_charset(r->lines, item->charset, &charset, err));
	if (!strcmp(charset, "UTF-8"))
		return NS_OK;
	TRY(decode_take(&r->decode, r->lines, charset, err));
	r->outlet.decoded = true;
	return lines_peek(r->lines, prefix, err);
}

/* What is ahead, and its form; lines of a text in another encoding give UTF-8 from
 * then on, and those of an old Mac end. */
static int look_ahead(struct reader *r, const struct unpack_item *item,
                      struct slice *prefix, struct ns_error *err)
{
	enum source_format *format = &r->outlet.format;
	*format = form_of(r, item, *prefix);
	if (!of_lines[*format] ||
	    !(sniff_is_text(*prefix, *format) || charset_wide(*prefix)))
		return NS_OK;
	TRY(decode(r, item, prefix, err));
	if (lines_are_of_cr(*prefix))
		lines_end_at_cr(r->lines);
	else if (!r->outlet.decoded)
		return NS_OK;
	*format = form_of(r, item, *prefix);
	return NS_OK;
}

/* What came of the input so far. */
static uint64_t found(const struct source_report *report)
{
	return report->articles + report->refused + report->passed_over;
}

static int read_lines(struct reader *r, const struct unpack_item *item,
                      struct ns_error *err)
{
	struct source_report *report = r->outlet.report;
	struct slice prefix;
	struct ns_error cause = {0};
	TRY(lines_peek(r->lines, &prefix, err));
	const struct packing *packing = packing_of(prefix);
	if (packing && !item->record && !warc_is(prefix))
		return unpack_read(&r->unpack, packing, r->lines, item, err);
	int status = look_ahead(r, item, &prefix, &cause);
	if (status == NS_E_USAGE && !r->lines->failed)
		return outlet_tell(&r->outlet, SOURCE_REFUSED, SOURCE_CHARSET, 0,
		                   cause.message, err);
	if (status != NS_OK && err)
		*err = cause;
	TRY(status);
	/* what is packed in a record, or an archive of its own, is no page */
	bool archive = packing || r->outlet.format == SOURCE_WARC;
	if ((item->record && archive) ||
	    !sniff_is_text(prefix, r->outlet.format))
		return leave(r, item->named, SOURCE_BINARY, NULL, err);
	const char *kind = r->outlet.format == SOURCE_TEXT && !item->record &&
	                   r->options->format == SOURCE_AUTO
		? sniff_kind_of_none(prefix, item->sniffed) : NULL;
	if (kind)
		return leave(r, item->named, SOURCE_TYPE, kind, err);
	report->files += !item->record;
	uint64_t before = found(report);
	TRY(read_form(r, item, err));
	if (found(report) == before)
		return leave(r, item->named, SOURCE_EMPTY, NULL, err);
	return NS_OK;
}

/* What ended in a stream is told as of it, what its reader was stopped by is not. */
static int read_stream(void *context, struct stream *stream,
                       const struct unpack_item *item, struct ns_error *err)
{
	struct reader *r = context;
	struct ns_error cause = {0};
	struct lines *outer = r->lines, *lines = &r->stages[item->stage];
	r->lines = lines;
	lines_open(lines, stream);
	TRY(outlet_file(&r->outlet, item->path, item->name, err));
	int status = read_lines(r, item, &cause);
	if (status != NS_OK && lines->failed && !r->outlet.stopped) {
		stream->told = true;
		TRY(outlet_file(&r->outlet, item->path, item->name, err));
		status = outlet_tell(&r->outlet, SOURCE_REFUSED, stream->why, 0,
		                     lines->err.message, &cause);
	}
	if (status != NS_OK && err)
		*err = cause;
	if (item->stage && lines->capacity > LINES_PEEK)
		lines_release(lines);
	r->lines = outer;
	return status;
}

static int read_nested(struct nest *nest, const struct nest_item *item,
                       struct ns_error *err)
{
	struct reader *r = (struct reader *)
		((char *)nest - offsetof(struct reader, nest));
	const struct unpack_item inner = {
		.path = r->outlet.path, .sniffed = item->name,
		.charset = item->charset, .record = true,
	};
	struct lines *outer = r->lines;
	struct ns_error cause = {0};
	r->lines = &r->nested;
	lines_open(r->lines, item->stream);
	outlet_record(&r->outlet, item->record, item->url);
	int status = read_lines(r, &inner, &cause);
	if (status != NS_OK && r->nested.failed && !r->outlet.stopped)
		status = outlet_tell(&r->outlet, SOURCE_REFUSED,
		                     item->stream->why, 0,
		                     r->nested.err.message, &cause);
	if (status != NS_OK && err)
		*err = cause;
	outlet_record(&r->outlet, 0, slice_of(NULL, 0));
	r->outlet.format = SOURCE_WARC;
	r->lines = outer;
	return status;
}

static int read_outermost(struct reader *r, struct stream *stream,
                          const char *path, const char *name, bool named,
                          struct ns_error *err)
{
	const struct unpack_item item = {
		.path = path, .name = name, .sniffed = name, .named = named,
	};
	unpack_start(&r->unpack, stream);
	return read_stream(r, stream, &item, err);
}

/* Reads an open file.  size: of a regular one, else 0. */
static int read_open(struct reader *r, int file, const char *path,
                     const char *name, bool named, uint64_t size,
                     struct ns_error *err)
{
	stream_file_init(&r->file, file, path, size);
	int status = read_outermost(r, &r->file.stream, path, name, named, err);
	r->outlet.report->bytes += max_u64(size, r->file.bytes);
	return status;
}

static int skip(void *context, const struct walk_entry *entry,
                enum source_event_kind kind, enum source_reason why,
                const char *detail, struct ns_error *err)
{
	struct reader *r = context;
	TRY(outlet_file(&r->outlet, entry->path, entry->below, err));
	return outlet_tell(&r->outlet, kind, why, 0, detail, err);
}

static int read_entry(void *context, const struct walk_entry *entry,
                      struct ns_error *err)
{
	struct reader *r = context;
	bool regular = S_ISREG(entry->facts.st_mode);
	/* what was a file a moment ago may be a pipe now: do not wait for it */
	int flags = O_RDONLY | O_NOCTTY | (regular ? O_NONBLOCK : 0);
	int file = io_open(entry->dir, entry->name, flags, 0);
	struct stat facts;
	if (file < 0 || io_table()->fstat(file, &facts) != 0) {
		struct ns_error cause;
		int status = err_io(&cause, entry->path, "open");
		io_close(&file);
		if (status == NS_E_NOMEM)
			return err_nomem(err);
		return skip(r, entry, SOURCE_REFUSED, SOURCE_UNREADABLE,
		            cause.message, err);
	}
	int status;
	if (regular && !S_ISREG(facts.st_mode))
		status = skip(r, entry, SOURCE_REFUSED, SOURCE_SPECIAL, NULL, err);
	else
		status = read_open(r, file, entry->path, entry->below,
		                   entry->named,
		                   regular ? (uint64_t)facts.st_size : 0, err);
	io_close(&file);
	return status;
}

static void reader_init(struct reader *r, const struct source_options *options,
                        const struct source_handler *handler,
                        struct source_report *report)
{
	memset(r, 0, sizeof *r);
	r->options = options;
	outlet_init(&r->outlet, options, handler, report);
	r->outlet.read = &r->file.bytes;
	decode_init(&r->decode);
	r->unpack = (struct unpack){.outlet = &r->outlet, .read = read_stream,
	                            .context = r};
	draft_init(&r->draft);
	jsonl_init(&r->jsonl);
	json_init(&r->json);
	trec_init(&r->trec);
	feed_init(&r->feed);
	csv_init(&r->csv);
	r->jsonl.parts.keys.map = options->map;
	mail_init(&r->mail);
	html_file_init(&r->html);
	warc_init(&r->warc);
	r->nest.read = read_nested;
	mediawiki_init(&r->mediawiki);
	newsml_init(&r->newsml);
}

static void reader_release(struct reader *r)
{
	csv_release(&r->csv);
	mail_release(&r->mail);
	html_file_release(&r->html);
	trec_release(&r->trec);
	mediawiki_release(&r->mediawiki);
	newsml_release(&r->newsml);
	feed_release(&r->feed);
	warc_release(&r->warc);
	lines_release(&r->nested);
	jsonl_release(&r->jsonl);
	json_release(&r->json);
	draft_release(&r->draft);
	for (size_t i = 0; i < ARRAY_LEN(r->stages); i++)
		lines_release(&r->stages[i]);
	unpack_release(&r->unpack);
	decode_release(&r->decode);
	outlet_release(&r->outlet);
}

int input_read_stream(struct stream *stream, const char *name,
                       const struct source_options *options,
                       const struct source_handler *handler,
                       struct source_report *report, struct ns_error *err)
{
	struct reader r;
	reader_init(&r, options, handler, report);
	int status = read_outermost(&r, stream, name, name, true, err);
	reader_release(&r);
	return status;
}

int input_read(const char *path, const struct source_options *options,
                const struct source_handler *handler,
                struct source_report *report, struct ns_error *err)
{
	struct reader r;
	int status;
	reader_init(&r, options, handler, report);
	if (!strcmp(path, "-")) {
		status = read_open(&r, STDIN_FILENO, path, path, true, 0, err);
	} else {
		const struct walk_handler files = {&r, read_entry, skip};
		status = walk(path, options, &files, err);
	}
	reader_release(&r);
	return status;
}

static int add_size(void *context, const struct walk_entry *entry,
                    struct ns_error *err)
{
	(void)err;
	uint64_t *total = context;
	if (S_ISREG(entry->facts.st_mode))
		*total += (uint64_t)entry->facts.st_size;
	return NS_OK;
}

static int skip_size(void *context, const struct walk_entry *entry,
                     enum source_event_kind kind, enum source_reason why,
                     const char *detail, struct ns_error *err)
{
	(void)context, (void)entry, (void)kind, (void)why, (void)detail, (void)err;
	return NS_OK;
}

uint64_t input_size(const char *path, const struct source_options *options)
{
	uint64_t total = 0;
	const struct walk_handler sizes = {&total, add_size, skip_size};
	if (!strcmp(path, "-"))
		return 0;
	if (walk(path, options, &sizes, NULL) != NS_OK)
		return 0;
	return total;
}
