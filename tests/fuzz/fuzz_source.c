/* fuzz_source.c — is any file of one form read without harm?
 *
 * Input: the file.  FUZZ_FORMAT, given by the Makefile, is the form, "auto" for
 * all of them and what they are packed in.  Every article that is handed over has
 * a title or a body of UTF-8 without NUL bytes within the limits, and what is told
 * fits the report.
 */
#include "base/utf8.h"
#include "input/input.h"
#include "tests/fuzz/fuzz.h"
#include "tests/memory_stream.h"

struct heard {
	uint64_t articles, events[SOURCE_EVENT_KINDS];
};

static void check_text(ns_text text)
{
	ASSERT_REL(text.size, <=, NS_ARTICLE_MAX);
	if (text.size)
		ASSERT_REL(utf8_prefix((const uint8_t *)text.data, text.size), ==,
		           text.size);
}

static int hear_article(void *context, const struct source_article *found,
                        struct ns_error *err)
{
	struct heard *heard = context;
	const ns_article *a = &found->article;
	const ns_text texts[] = {a->id, a->title, a->body, a->section, a->author,
		a->url, a->lang, a->captions, a->links, a->source,
		a->topics, a->places};
	(void)err;
	for (size_t i = 0; i < ARRAY_LEN(texts); i++)
		check_text(texts[i]);
	ASSERT_REL(a->title.size + a->body.size, >, 0);
	ASSERT_REL(found->first_line, <=, found->last_line);
	heard->articles++;
	return NS_OK;
}

static void hear_event(void *context, const struct source_event *event)
{
	struct heard *heard = context;
	heard->events[event->kind]++;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct source_options options = {0};
	struct source_report report = {0};
	struct heard heard = {0};
	const struct source_handler handler = {&heard, hear_article, hear_event};
	struct memory_stream memory = memory_stream_of(data, size);
	bool known = source_format_parse(FUZZ_FORMAT, &options.format);
	ASSERT_REL(known, ==, true);
	int status = input_read_stream(&memory.stream, "input", &options,
	                                &handler, &report, NULL);
	ASSERT_REL(status, ==, NS_OK);
	ASSERT_REL(report.articles, ==, heard.articles);
	ASSERT_REL(report.refused, ==, heard.events[SOURCE_REFUSED]);
	ASSERT_REL(report.passed_over, ==, heard.events[SOURCE_PASSED_OVER]);
	ASSERT_REL(report.noted, ==, heard.events[SOURCE_NOTED]);
	fuzz_sound = report.articles && !report.refused;
	return 0;
}
