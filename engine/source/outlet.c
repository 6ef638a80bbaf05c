#include "source/outlet.h"

#include "base/utf8.h"
#include "source/link.h"
#include "source/mojibake.h"
#include "base/white.h"

/* What is mended takes twice its length, and each text has a limit. */
enum { NAME_LIMIT = 1 << 20, MENDED_LIMIT = 9 * NS_ARTICLE_MAX };

void outlet_init(struct outlet *outlet, const struct source_options *options,
                 const struct source_handler *handler,
                 struct source_report *report)
{
	*outlet = (struct outlet){
		.handler = handler, .report = report, .strict = options->strict,
		.mend = options->mend,
	};
	buffer_init(&outlet->name, NAME_LIMIT);
	buffer_init(&outlet->source, NAME_LIMIT);
	buffer_init(&outlet->place, NAME_LIMIT);
	buffer_init(&outlet->reason, NAME_LIMIT);
	buffer_init(&outlet->mended, MENDED_LIMIT);
	buffer_init(&outlet->link, NS_ARTICLE_MAX + NAME_LIMIT);
}

void outlet_release(struct outlet *outlet)
{
	buffer_release(&outlet->name);
	buffer_release(&outlet->source);
	buffer_release(&outlet->place);
	buffer_release(&outlet->reason);
	buffer_release(&outlet->mended);
	buffer_release(&outlet->link);
}

void outlet_record(struct outlet *outlet, uint64_t record, struct slice url)
{
	outlet->decoded = false;
	outlet->record = record;
	outlet->url = url;
}

int outlet_file(struct outlet *outlet, const char *path, const char *name,
                struct ns_error *err)
{
	outlet->path = path;
	outlet->format = SOURCE_AUTO;
	outlet_record(outlet, 0, slice_of(NULL, 0));
	buffer_clear(&outlet->name);
	utf8_repair(slice_of(name, strlen(name)), &outlet->name);
	return buffer_check(&outlet->name, err);
}

static bool is_blank(ns_text text)
{
	return white_trim(slice_text(text)).len == 0;
}

static bool is_fit(const struct ns_article *article, enum source_reason *why)
{
	if (article->title.size > NS_ARTICLE_MAX ||
	    article->body.size > NS_ARTICLE_MAX - article->title.size)
		*why = SOURCE_LARGE_ARTICLE;
	else if (is_blank(article->title) && is_blank(article->body))
		*why = SOURCE_NO_TEXT;
	else if (article->id.size > NS_ID_MAX)
		*why = SOURCE_LONG_ID;
	else
		return true;
	return false;
}

static void count(const struct outlet *outlet,
                  const struct source_article *article)
{
	struct source_report *report = outlet->report;
	report->articles++;
	report->by_format[article->format]++;
	report->decoded += outlet->decoded;
	report->repaired += article->repairs > 0;
	report->dates_dropped += article->date_dropped;
	report->titles_alone += is_blank(article->article.body);
	report->furniture += article->furniture;
	report->attachments += article->attachments;
}

/* Texts that were encoded twice become what they were, in outlet->mended. */
static int mend(struct outlet *outlet, struct ns_article *a, bool *mended,
                struct ns_error *err)
{
	ns_text *const texts[] = {&a->title, &a->body, &a->section, &a->author,
		&a->topics, &a->places, &a->captions, &a->links};
	size_t starts[ARRAY_LEN(texts) + 1] = {0};
	uint32_t runs[ARRAY_LEN(texts)];
	buffer_clear(&outlet->mended);
	for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
		runs[i] = mojibake_mend(slice_text(*texts[i]), &outlet->mended);
		starts[i + 1] = outlet->mended.len;
		*mended = *mended || runs[i];
	}
	TRY(buffer_check(&outlet->mended, err));
	for (size_t i = 0; i < ARRAY_LEN(texts); i++)
		if (runs[i])
			*texts[i] = (ns_text){
				(const char *)outlet->mended.data + starts[i],
				starts[i + 1] - starts[i]};
	return NS_OK;
}

/* The address of the record, and what an article says of its own beside it. */
static int fill_url(struct outlet *outlet, struct ns_article *article,
                    struct ns_error *err)
{
	struct slice own = slice_text(article->url);
	if (!outlet->url.len)
		return NS_OK;
	buffer_clear(&outlet->link);
	if (own.len)
		link_join(own, outlet->url, &outlet->link);
	else
		buffer_append(&outlet->link, outlet->url.data, outlet->url.len);
	TRY(buffer_check(&outlet->link, err));
	article->url = (ns_text){(const char *)outlet->link.data,
	                         outlet->link.len};
	return NS_OK;
}

int outlet_give(struct outlet *outlet, struct source_article *article,
                struct ns_error *err)
{
	enum source_reason why;
	bool mended = false;
	if (outlet->mend)
		TRY(mend(outlet, &article->article, &mended, err));
	if (!is_fit(&article->article, &why))
		return outlet_tell(outlet, SOURCE_REFUSED, why,
		                   article->first_line, NULL, err);
	struct buffer *source = &outlet->source;
	buffer_clear(source);
	buffer_append(source, outlet->name.data, outlet->name.len);
	buffer_printf(source, ":%llu", (unsigned long long)(outlet->record ?
	              outlet->record : article->first_line));
	TRY(buffer_check(source, err));
	TRY(fill_url(outlet, &article->article, err));
	article->article.source = (ns_text){(const char *)source->data,
	                                    source->len};
	article->format = outlet->format;
	article->bytes_read = outlet->report->bytes + *outlet->read;

	struct ns_error cause = {0};
	int status = outlet->handler->article(outlet->handler->context, article,
	                                      &cause);
	if (status == NS_E_USAGE || status == NS_E_LIMIT)
		return outlet_tell(outlet, SOURCE_REFUSED, SOURCE_NOT_TAKEN,
		                   article->first_line, cause.message, err);
	outlet->stopped = status != NS_OK;
	outlet->report->mended += status == NS_OK && mended;
	if (status == NS_OK)
		count(outlet, article);
	else if (err)
		*err = cause;
	return status;
}

static int fill_event(struct outlet *outlet, enum source_reason why,
                      uint64_t line, const char *detail, struct ns_error *err)
{
	buffer_clear(&outlet->place);
	buffer_text(&outlet->place, outlet->path);
	if (outlet->record)
		line = outlet->record;
	if (line)
		buffer_printf(&outlet->place, ":%llu", (unsigned long long)line);
	buffer_byte(&outlet->place, '\0');
	buffer_clear(&outlet->reason);
	buffer_text(&outlet->reason, source_reason_name(why));
	if (detail && *detail) {
		buffer_text(&outlet->reason, ": ");
		buffer_text(&outlet->reason, detail);
	}
	buffer_byte(&outlet->reason, '\0');
	TRY(buffer_check(&outlet->place, err));
	return buffer_check(&outlet->reason, err);
}

int outlet_tell(struct outlet *outlet, enum source_event_kind kind,
                enum source_reason why, uint64_t line, const char *detail,
                struct ns_error *err)
{
	TRY(fill_event(outlet, why, line, detail, err));
	struct source_event event = {
		.kind = kind, .why = why,
		.place = (const char *)outlet->place.data,
		.reason = (const char *)outlet->reason.data,
	};
	if (kind == SOURCE_REFUSED) {
		outlet->report->refused++;
		outlet->report->refused_by[why]++;
	} else if (kind == SOURCE_NOTED) {
		outlet->report->noted++;
	} else {
		outlet->report->passed_over++;
		outlet->report->passed_over_by[why]++;
	}
	if (outlet->handler->event)
		outlet->handler->event(outlet->handler->context, &event);
	outlet->stopped = kind == SOURCE_REFUSED && outlet->strict;
	if (outlet->stopped)
		return err_at(err, NS_E_USAGE, outlet->path, -1, (int64_t)line,
		              "%s", event.reason);
	return NS_OK;
}
