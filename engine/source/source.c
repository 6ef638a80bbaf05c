/* The conductor: for each file that a path means, its form; for each form, its
 * reader. */
#include "source/source.h"

#include "source/json.h"
#include "source/listing.h"
#include "source/sniff.h"
#include "source/stream.h"
#include "source/text.h"
#include "source/trec.h"
#include "source/walk.h"

#include <errno.h>
#include <unistd.h>

static const char *const formats[SOURCE_FORMATS] = {
	[SOURCE_AUTO] = "auto",
	[SOURCE_LISTING] = "listing",
	[SOURCE_JSONL] = "jsonl",
	[SOURCE_JSON] = "json",
	[SOURCE_TREC] = "trec",
	[SOURCE_TEXT] = "text",
};

static const char *const reasons[SOURCE_REASONS] = {
	[SOURCE_UNREADABLE] = "unreadable",
	[SOURCE_BINARY] = "no text",
	[SOURCE_EMPTY] = "no article in it",
	[SOURCE_SPECIAL] = "no regular file",
	[SOURCE_LINK] = "a link to a folder or to nothing",
	[SOURCE_INDEX] = "the index itself",
	[SOURCE_LONG_LINE] = "line over 16 MiB",
	[SOURCE_LARGE_ARTICLE] = "article over 16 MiB",
	[SOURCE_BAD_JSON] = "bad JSON",
	[SOURCE_BAD_VALUE] = "value that is no text",
	[SOURCE_NO_TEXT] = "neither title nor body",
	[SOURCE_LONG_ID] = "id over 255 bytes",
	[SOURCE_NOT_TAKEN] = "not taken by the index",
};
static_assert(NS_ARTICLE_MAX == 16u << 20 && NS_ID_MAX == 255u,
              "the reasons name these limits");

const char *source_format_name(enum source_format format)
{
	return formats[format];
}

bool source_format_parse(const char *name, enum source_format *out)
{
	for (int i = 0; i < SOURCE_FORMATS; i++) {
		if (strcmp(formats[i], name) != 0)
			continue;
		*out = (enum source_format)i;
		return true;
	}
	return false;
}

const char *source_reason_name(enum source_reason reason)
{
	return reasons[reason];
}

/* What serves one file after the other. */
struct reader {
	const struct source_options *options;
	struct outlet outlet;
	struct stream_file file;
	struct lines lines;
	struct draft draft;
	struct jsonl jsonl;
	struct json json;
	struct trec trec;
};

/* What is no text, or holds no article: named it is refused, found it is not. */
static int leave(struct reader *r, bool named, enum source_reason why,
                 struct ns_error *err)
{
	return outlet_tell(&r->outlet,
	                   named ? SOURCE_REFUSED : SOURCE_PASSED_OVER, why, 0,
	                   NULL, err);
}

static int read_form(struct reader *r, struct ns_error *err)
{
	switch (r->outlet.format) {
	case SOURCE_LISTING:
		return listing_read(&r->outlet, &r->lines, &r->draft,
		                    r->options->rules, err);
	case SOURCE_JSONL:
		return jsonl_read(&r->outlet, &r->lines, &r->jsonl, err);
	case SOURCE_JSON:
		return json_read(&r->outlet, &r->lines, &r->json, &r->jsonl, err);
	case SOURCE_TREC:
		return trec_read(&r->outlet, &r->lines, &r->trec, &r->draft, err);
	default:
		ASSERT_REL(r->outlet.format, ==, SOURCE_TEXT);
		return text_read(&r->outlet, &r->lines, &r->draft, err);
	}
}

static int read_lines(struct reader *r, bool named, struct ns_error *err)
{
	struct source_report *report = r->outlet.report;
	struct slice prefix;
	TRY(lines_peek(&r->lines, &prefix, err));
	enum source_format format = r->options->format;
	if (format == SOURCE_AUTO)
		format = sniff_format(prefix, r->outlet.path);
	if (format == SOURCE_TEXT && r->options->rules)
		format = SOURCE_LISTING;
	if (!sniff_is_text(prefix, format))
		return leave(r, named, SOURCE_BINARY, err);
	r->outlet.format = format;
	report->files++;
	uint64_t before = report->articles + report->refused;
	TRY(read_form(r, err));
	if (report->articles + report->refused == before)
		return leave(r, named, SOURCE_EMPTY, err);
	return NS_OK;
}

static int read_stream(struct reader *r, struct stream *stream,
                       const char *path, const char *name, bool named,
                       struct ns_error *err)
{
	struct ns_error cause = {0};
	lines_open(&r->lines, stream);
	TRY(outlet_file(&r->outlet, path, name, err));
	int status = read_lines(r, named, &cause);
	if (status != NS_OK && status != NS_E_NOMEM && r->lines.failed)
		status = outlet_tell(&r->outlet, SOURCE_REFUSED, stream->why, 0,
		                     cause.message, &cause);
	if (status != NS_OK && err)
		*err = cause;
	return status;
}

/* Reads an open file.  size: of a regular one, else 0. */
static int read_open(struct reader *r, int file, const char *path,
                     const char *name, bool named, uint64_t size,
                     struct ns_error *err)
{
	stream_file_init(&r->file, file, path);
	int status = read_stream(r, &r->file.stream, path, name, named, err);
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
	draft_init(&r->draft);
	jsonl_init(&r->jsonl);
	json_init(&r->json);
	trec_init(&r->trec);
}

static void reader_release(struct reader *r)
{
	trec_release(&r->trec);
	jsonl_release(&r->jsonl);
	json_release(&r->json);
	draft_release(&r->draft);
	lines_release(&r->lines);
	outlet_release(&r->outlet);
}

int source_read_stream(struct stream *stream, const char *name,
                       const struct source_options *options,
                       const struct source_handler *handler,
                       struct source_report *report, struct ns_error *err)
{
	struct reader r;
	reader_init(&r, options, handler, report);
	int status = read_stream(&r, stream, name, name, true, err);
	reader_release(&r);
	return status;
}

int source_read(const char *path, const struct source_options *options,
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

uint64_t source_size(const char *path, const struct source_options *options)
{
	uint64_t total = 0;
	const struct walk_handler sizes = {&total, add_size, skip_size};
	if (!strcmp(path, "-"))
		return 0;
	if (walk(path, options, &sizes, NULL) != NS_OK)
		return 0;
	return total;
}
