#include "web/warc.h"

/* ---- a block ----------------------------------------------------------------- */

static int tell_cut(const struct warc_block *block, struct ns_error *err)
{
	if (block->members->state == MEMBERS_DAMAGED)
		return err_set(err, NS_E_CORRUPT, "%s", block->members->fault);
	return err_set(err, NS_E_CORRUPT, "the record ends %llu bytes early",
	               (unsigned long long)block->left);
}

/* Takes what there is, at most n bytes; none where the record is cut off. */
static int take(struct warc_block *block, size_t n, struct slice *out,
                struct ns_error *err)
{
	TRY(lines_take(block->lines, n, out, err));
	block->left -= out->len;
	block->cut = !out->len;
	return NS_OK;
}

static int read_block(struct stream *stream, void *data, size_t n, size_t *got,
                      struct ns_error *err)
{
	struct warc_block *block = (struct warc_block *)stream;
	*got = 0;
	n = (size_t)min_u64(n, block->left);
	while (*got < n && !block->cut) {
		struct slice taken;
		TRY(take(block, n - *got, &taken, err));
		if (taken.len)
			memcpy((uint8_t *)data + *got, taken.data, taken.len);
		*got += taken.len;
	}
	return block->cut ? tell_cut(block, err) : NS_OK;
}

static int skip_block(struct warc_block *block, struct ns_error *err)
{
	struct slice taken;
	while (block->left && !block->cut)
		TRY(take(block, (size_t)min_u64(block->left, SIZE_MAX), &taken,
		         err));
	return NS_OK;
}

/* ---- what is worth reading --------------------------------------------------- */

/* The name of a file whose form the type means, or NULL. */
static const char *name_of(const char *type)
{
	static const struct {
		const char *type, *name;
	} types[] = {
		{"text/html", "page.html"},
		{"application/xhtml+xml", "page.html"},
		{"text/plain", "page.txt"},
		{"", "page"},
		{"application/rss+xml", "feed.xml"},
		{"application/atom+xml", "feed.xml"},
		{"application/rdf+xml", "feed.xml"},
		{"application/xml", "feed.xml"},
		{"text/xml", "feed.xml"},
		{"application/x-ndjson", "page.jsonl"},
		{"application/jsonl", "page.jsonl"},
		{"application/x-jsonlines", "page.jsonl"},
	};
	for (size_t i = 0; i < ARRAY_LEN(types); i++)
		if (!strcmp(type, types[i].type))
			return types[i].name;
	return NULL;
}

static bool has(const struct buffer *text, const char *part, bool at_end)
{
	size_t n = strlen(part);
	return text->len >= n &&
	       !memcmp(text->data + (at_end ? text->len - n : 0), part, n);
}

/* Why a record holds no page, or NULL. */
static const char *no_page(const struct warc_record *record)
{
	static const char *const kinds[] = {"response", "resource", "conversion"};
	if (has(&record->uri, "/robots.txt", true))
		return "robots.txt";
	if (has(&record->uri, "metadata:", false))
		return "metadata";
	for (size_t i = 0; i < ARRAY_LEN(kinds); i++)
		if (!strcmp(record->kind, kinds[i]))
			return NULL;
	return record->kind;
}

/* ---- a record ---------------------------------------------------------------- */

/* Why a record is not read. */
struct verdict {
	bool given;
	enum source_event_kind kind;
	enum source_reason why;
	char detail[160];
};

static void judge(struct verdict *verdict, enum source_event_kind kind,
                  enum source_reason why, const char *detail)
{
	if (verdict->given)
		return;
	*verdict = (struct verdict){.given = true, .kind = kind, .why = why};
	snprintf(verdict->detail, sizeof verdict->detail, "%.*s",
	         (int)sizeof verdict->detail - 1, detail);
}

static void judge_type(struct verdict *verdict, const char *type)
{
	if (!name_of(type))
		judge(verdict, SOURCE_PASSED_OVER, SOURCE_TYPE, type);
}

/* What is packed in what is packed counts for itself (warc_members.h). */
static uint64_t allowed(const struct warc *w)
{
	uint64_t most = warc_members_most(w->members.raw->bytes);
	return most - min_u64(most, w->unpacked);
}

static int open_answer(struct warc *w, struct nest_item *item,
                       struct verdict *verdict, struct ns_error *err)
{
	struct http *http = &w->http;
	enum source_reason why = SOURCE_BAD_HTTP;
	char status[16];
	TRY(http_open(http, &w->block.stream, allowed(w), &why, err));
	snprintf(status, sizeof status, "%u", http->head.status);
	if (http->head.status && http->head.status != 200)
		judge(verdict, SOURCE_PASSED_OVER, SOURCE_STATUS, status);
	if (why == SOURCE_CODING)
		judge_type(verdict, http->head.type);
	if (*http->refusal)
		judge(verdict, SOURCE_REFUSED, why, http->refusal);
	judge_type(verdict, http->head.type);
	item->name = name_of(http->head.type);
	item->charset = http->head.charset;
	item->stream = http_content(http);
	return NS_OK;
}

static int open_item(struct warc *w, struct nest_item *item,
                     struct verdict *verdict, struct ns_error *err)
{
	const struct warc_record *record = &w->record;
	*item = (struct nest_item){
		.stream = &w->block.stream,
		.name = name_of(record->type),
		.charset = record->charset,
		.record = w->number,
		.url = slice_of(record->uri.data, record->uri.len),
	};
	const char *why = no_page(record);
	if (why)
		judge(verdict, SOURCE_PASSED_OVER, SOURCE_NO_PAGE, why);
	else if (record->http)
		return open_answer(w, item, verdict, err);
	else
		judge_type(verdict, record->type);
	return NS_OK;
}

/* What could not be opened: memory, the file, the record or its answer. */
static int refuse_item(struct warc *w, struct verdict *verdict, int status,
                       const struct ns_error *cause, struct ns_error *err)
{
	if (status == NS_E_NOMEM || w->members.raw->failed) {
		if (err)
			*err = *cause;
		return status;
	}
	judge(verdict, SOURCE_REFUSED, SOURCE_BAD_HTTP, cause->message);
	return NS_OK;
}

static int read_item(struct outlet *outlet, struct warc *w, struct nest *nest,
                     const struct nest_item *item, struct ns_error *err)
{
	const struct source_report *report = outlet->report;
	const uint64_t articles = report->articles;
	TRY(nest->read(nest, item, err));
	w->cut_told = w->block.cut;
	if (w->record.http)
		w->unpacked += http_unpacked(&w->http);
	TRY(skip_block(&w->block, err));
	const char *fault = w->record.http ? http_fault(&w->http) : NULL;
	if (w->record.cut && !fault)
		fault = "its end was not recorded";
	if (report->articles == articles || !fault)
		return NS_OK;
	return outlet_tell(outlet, SOURCE_NOTED, SOURCE_CUT, w->number, fault,
	                   err);
}

static int read_record(struct outlet *outlet, struct warc *w, struct nest *nest,
                       struct ns_error *err)
{
	struct nest_item item;
	struct verdict verdict = {0};
	struct ns_error cause = {0};
	w->block = (struct warc_block){
		.stream = {.read = read_block, .why = SOURCE_DAMAGED},
		.lines = &w->lines, .members = &w->members,
		.left = w->record.length,
	};
	w->cut_told = false;
	int status = open_item(w, &item, &verdict, &cause);
	if (status != NS_OK)
		TRY(refuse_item(w, &verdict, status, &cause, err));
	if (verdict.given)
		TRY(skip_block(&w->block, err));
	else
		TRY(read_item(outlet, w, nest, &item, err));
	if (w->block.cut && !w->cut_told) {
		tell_cut(&w->block, &cause);
		w->cut_told = true;
		return outlet_tell(outlet, SOURCE_REFUSED, SOURCE_DAMAGED,
		                   w->number, cause.message, err);
	}
	if (!verdict.given)
		return NS_OK;
	return outlet_tell(outlet, verdict.kind, verdict.why, w->number,
	                   verdict.detail, err);
}

/* ---- the file ---------------------------------------------------------------- */

static bool at_fault(const struct warc *w)
{
	return w->members.state == MEMBERS_DAMAGED &&
	       w->lines.start == w->lines.end;
}

static int begin_record(struct outlet *outlet, struct warc *w,
                        struct nest *nest, const struct line *line,
                        struct ns_error *err)
{
	const char *fault = "its header is over 1 MiB";
	w->number++;
	if (line->state == LINE_READ)
		TRY(warc_record_read(&w->record, slice_of(line->data, line->len),
		                     &w->lines, &fault, err));
	w->lost = fault != NULL;
	if (!fault)
		return read_record(outlet, w, nest, err);
	if (at_fault(w)) {
		w->number--;
		return NS_OK; /* the fault is told */
	}
	return outlet_tell(outlet, SOURCE_REFUSED, SOURCE_BAD_RECORD, w->number,
	                   fault, err);
}

/* All records up to a border, a fault or the end. */
static int read_records(struct outlet *outlet, struct warc *w,
                        struct nest *nest, struct ns_error *err)
{
	for (;;) {
		struct line line;
		TRY(lines_next(&w->lines, &line, err));
		struct slice text = slice_of(line.data, line.len);
		if (line.state == LINE_END)
			return NS_OK;
		if (line.state == LINE_READ && !line.len)
			continue;
		if (!w->lost || warc_record_begins(text))
			TRY(begin_record(outlet, w, nest, &line, err));
	}
}

bool warc_is(struct slice prefix)
{
	return warc_members_are(prefix);
}

int warc_read(struct outlet *outlet, struct lines *lines, struct warc *warc,
              struct nest *nest, struct ns_error *err)
{
	struct warc_members *members = &warc->members;
	warc->number = warc->unpacked = 0;
	TRY(warc_members_open(members, lines, err));
	while (members->state != MEMBERS_ENDED) {
		lines_open(&warc->lines, &members->stream);
		warc->lost = warc->cut_told = false;
		TRY(read_records(outlet, warc, nest, err));
		if (members->state == MEMBERS_DAMAGED && !warc->cut_told) {
			/* the record that begins there was not met */
			TRY(outlet_tell(outlet, SOURCE_REFUSED, SOURCE_DAMAGED,
			                ++warc->number, members->fault, err));
		}
		TRY(warc_members_resume(members, err));
	}
	return NS_OK;
}

void warc_init(struct warc *warc)
{
	memset(warc, 0, sizeof *warc);
	warc_record_init(&warc->record);
}

void warc_release(struct warc *warc)
{
	warc_members_release(&warc->members);
	lines_release(&warc->lines);
	warc_record_release(&warc->record);
	http_release(&warc->http);
}
