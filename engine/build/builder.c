/* How do articles become a commit?
 *
 * The conductor of this floor: cleans an article's bytes, makes its id, cuts it
 * into tokens for the inverter, keeps its record, and at the end has the segment
 * assembled and committed.  The public calls of "building" in nsindex.h.
 *
 * Everything is held in memory until the commit: about four times the bytes of
 * the text.
 */
#define XXH_INLINE_ALL
#include <xxhash.h>

#include "base/utf8.h"
#include "build/assemble.h"
#include "build/docs.h"
#include "build/inverter.h"
#include "format/columns.h"
#include "index/commit.h"
#include "text/analyzer.h"

enum { TEXTS = 10, ID_CHARS = 11 };

struct ns_builder {
	struct commit_writer commit;
	struct analyzer *analyzer;
	struct inverter inverter;
	struct docs docs;
	struct buffer clean[TEXTS]; /* repaired copies of an article's texts */
	struct buffer folded;
	ns_build_report report;
	int status;                 /* sticky: what ended the builder */
	bool committed;
};

NS_API void ns_builder_free(ns_builder *builder)
{
	if (!builder)
		return;
	commit_release(&builder->commit);
	analyzer_free(builder->analyzer);
	inverter_release(&builder->inverter);
	docs_release(&builder->docs);
	for (size_t i = 0; i < TEXTS; i++)
		buffer_release(&builder->clean[i]);
	buffer_release(&builder->folded);
	mem_free(builder);
}

NS_API int ns_builder_open(ns_builder **out, const char *dir,
                           const ns_build_options *options, ns_error *err)
{
	const char *language = options && options->language ? options->language
	                                                    : "english";
	*out = NULL;
	ns_builder *builder = mem_zero(1, sizeof *builder);
	if (!builder)
		return err_nomem(err);
	commit_init(&builder->commit);
	for (size_t i = 0; i < TEXTS; i++)
		buffer_init(&builder->clean[i], 4 * (size_t)NS_ARTICLE_MAX);
	buffer_init(&builder->folded, 4 * (size_t)NS_ARTICLE_MAX);
	builder->docs.stored = !(options && options->no_store);
	int status = analyzer_open(&builder->analyzer, language, err);
	if (status == NS_OK)
		status = commit_open(&builder->commit, dir, err);
	if (status != NS_OK) {
		ns_builder_free(builder);
		return status;
	}
	builder->report.articles_before = builder->commit.articles_before;
	*out = builder;
	return NS_OK;
}

/* ---- one article --------------------------------------------------------- */

/* Points every text of *article at good UTF-8. */
static int clean(ns_builder *builder, ns_article *article, bool *repaired,
                 struct ns_error *err)
{
	ns_text *const texts[TEXTS] = {
		&article->id, &article->title, &article->body,
		&article->section, &article->author, &article->url,
		&article->lang, &article->captions, &article->links,
		&article->source,
	};
	uint32_t repairs = 0;
	for (size_t i = 0; i < TEXTS; i++) {
		struct slice text = slice_text(*texts[i]);
		if (utf8_clean(&text, &builder->clean[i], &repairs) != NS_OK)
			return buffer_check(&builder->clean[i], err);
		texts[i]->data = (const char *)text.data;
		texts[i]->size = text.len;
	}
	*repaired = repairs > 0;
	return NS_OK;
}

static int refuse_impossible(const ns_builder *builder,
                             const ns_article *article, struct ns_error *err)
{
	const size_t sizes[] = {
		article->title.size, article->body.size, article->section.size,
		article->author.size, article->url.size, article->lang.size,
		article->captions.size, article->links.size,
		article->source.size,
	};
	size_t left = NS_ARTICLE_MAX;
	if (!article->title.size && !article->body.size)
		return err_set(err, NS_E_USAGE,
		               "an article needs a title or a body");
	if (article->id.size > NS_ID_MAX)
		return err_set(err, NS_E_LIMIT,
		               "an id of %zu bytes is over the limit of %u",
		               article->id.size, NS_ID_MAX);
	for (size_t i = 0; i < ARRAY_LEN(sizes); i++) {
		if (sizes[i] > left)
			return err_set(err, NS_E_LIMIT, "an article of over %u "
			               "bytes", NS_ARTICLE_MAX);
		left -= sizes[i];
	}
	if (article->date != NS_NO_DATE &&
	    (article->date < DATE_LEAST || article->date > DATE_MOST))
		return err_set(err, NS_E_USAGE,
		               "a date outside of the years 1 to 9999");
	if (builder->docs.n >= DOCS_MAX)
		return err_set(err, NS_E_LIMIT,
		               "more than %u articles in one segment", DOCS_MAX);
	return NS_OK;
}

/* 55 bits of XXH3-64 over title, NUL, body, NUL, section in Crockford's base 32:
 * a text has no NUL byte, so that the parts cannot run into each other. */
static void make_id(const ns_article *article, char out[ID_CHARS])
{
	static const char digits[] = "0123456789abcdefghjkmnpqrstvwxyz";
	const ns_text parts[] = {article->title, article->body,
	                         article->section};
	XXH3_state_t state;
	XXH3_64bits_reset(&state);
	for (size_t i = 0; i < ARRAY_LEN(parts); i++) {
		if (i)
			XXH3_64bits_update(&state, "", 1);
		if (parts[i].size)
			XXH3_64bits_update(&state, parts[i].data, parts[i].size);
	}
	uint64_t hash = XXH3_64bits_digest(&state);
	for (int i = 0; i < ID_CHARS; i++, hash <<= 5)
		out[i] = digits[hash >> 59];
}

/* Adds the tokens of one text from `position` on; titles go to both words
 * fields.  *end becomes the position behind the last word. */
static int add_words(ns_builder *builder, ns_text text, bool title,
                     uint32_t position, uint32_t *end, struct ns_error *err)
{
	struct analysis analysis;
	struct token token;
	uint32_t doc = (uint32_t)builder->docs.n;
	struct inverter *inverter = &builder->inverter;
	analysis_start(&analysis, builder->analyzer, slice_text(text), position);
	while (analysis_next(&analysis, &token)) {
		if (title)
			TRY(inverter_add(inverter, FIELD_TITLE, token.form,
			                 token.term, doc, token.position, err));
		TRY(inverter_add(inverter, FIELD_TEXT, token.form, token.term,
		                 doc, token.position, err));
	}
	if (analysis.status != NS_OK)
		return err_nomem(err);
	builder->report.words_overlong += analysis.overlong;
	*end = analysis.position;
	return NS_OK;
}

static int add_value(ns_builder *builder, enum field field, struct slice value,
                     struct ns_error *err)
{
	uint32_t previous, doc = (uint32_t)builder->docs.n;
	if (value.len > WORD_MAX)
		builder->report.values_overlong++;
	if (!value.len || value.len > WORD_MAX)
		return NS_OK;
	TRY(inverter_add_value(&builder->inverter, (uint8_t)field, value, doc,
	                       &previous, err));
	if (field == FIELD_ID && previous) {
		docs_bury(&builder->docs, previous - 1);
		builder->report.replaced++;
	}
	return NS_OK;
}

static int add_folded(ns_builder *builder, enum field field, ns_text text,
                      struct ns_error *err)
{
	buffer_clear(&builder->folded);
	analyzer_fold(builder->analyzer, slice_text(text), &builder->folded);
	TRY(buffer_check(&builder->folded, err));
	return add_value(builder, field,
	                 slice_of(builder->folded.data, builder->folded.len),
	                 err);
}

static int add_values(ns_builder *builder, const ns_article *article,
                      struct ns_error *err)
{
	TRY(add_folded(builder, FIELD_SECTION, article->section, err));
	TRY(add_folded(builder, FIELD_AUTHOR, article->author, err));
	TRY(add_folded(builder, FIELD_LANG, article->lang, err));
	TRY(add_value(builder, FIELD_URL, slice_text(article->url), err));
	return add_value(builder, FIELD_ID, slice_text(article->id), err);
}

static int add_article(ns_builder *builder, ns_article *article,
                       struct ns_error *err)
{
	ns_build_report *report = &builder->report;
	char id[ID_CHARS];
	uint32_t title_end, body_end;
	if (!article->id.size) {
		make_id(article, id);
		article->id = (ns_text){id, sizeof id};
	}
	TRY(add_words(builder, article->title, true, 0, &title_end, err));
	uint32_t body_start = title_end + TITLE_GAP;
	TRY(add_words(builder, article->body, false, body_start, &body_end,
	              err));
	TRY(add_values(builder, article, err));
	uint64_t length = (uint64_t)title_end + (body_end - body_start);
	uint32_t lengths[2] = {(uint32_t)min_u64(length, LENGTH_MAX),
	                       min_u32(title_end, LENGTH_MAX)};
	TRY(docs_add(&builder->docs, article, lengths, err));
	report->articles++;
	report->tokens += length;
	report->lengths_capped += length > LENGTH_MAX;
	report->bytes_text += article->title.size + article->body.size;
	return NS_OK;
}

NS_API int ns_builder_add(ns_builder *builder, const ns_article *article,
                          ns_error *err)
{
	bool repaired = false;
	ns_article copy = *article;
	if (builder->committed || builder->status != NS_OK)
		return err_set(err, NS_E_USAGE,
		               "the builder has ended and takes no article");
	TRY(refuse_impossible(builder, &copy, err));
	builder->status = clean(builder, &copy, &repaired, err);
	if (builder->status == NS_OK)
		/* a repaired byte becomes three: look at the sizes again */
		TRY(refuse_impossible(builder, &copy, err));
	if (builder->status == NS_OK)
		builder->status = add_article(builder, &copy, err);
	if (builder->status == NS_OK)
		builder->report.repaired += repaired;
	return builder->status;
}

/* ---- the commit ---------------------------------------------------------- */

static int write_segment(ns_builder *builder, struct ns_error *err)
{
	struct assembly assembly = {
		.inverter = &builder->inverter,
		.docs = &builder->docs,
		.analyzer = builder->analyzer,
	};
	struct assembled assembled;
	struct commit_file file;
	TRY(commit_create_file(&builder->commit, &file, err));
	int status = assemble_segment(&assembly, file.file, file.name,
	                              &assembled, err);
	if (status != NS_OK) {
		commit_drop_file(&builder->commit, &file);
		return status;
	}
	struct manifest_segment segment = {
		.length = assembled.length,
		.footer_crc = assembled.footer_crc,
		.doc_count = assembled.doc_count,
	};
	memcpy(segment.id, assembled.id, sizeof segment.id);
	builder->report.postings = assembled.n_postings;
	builder->report.bytes_index = assembled.length;
	return commit_keep_segment(&builder->commit, &file, &segment, err);
}

NS_API int ns_builder_commit(ns_builder *builder, ns_build_report *report,
                             ns_error *err)
{
	if (builder->committed || builder->status != NS_OK)
		return err_set(err, NS_E_USAGE,
		               "the builder has ended and cannot commit");
	builder->committed = true;
	builder->report.indexed = builder->docs.n - builder->docs.n_dead;
	int status = NS_OK;
	if (builder->report.indexed)
		status = write_segment(builder, err);
	if (status == NS_OK)
		status = commit_finish(&builder->commit,
		                       &builder->report.generation, err);
	builder->status = status;
	if (report)
		*report = builder->report;
	return status;
}
