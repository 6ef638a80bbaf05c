#include "build/intake.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "base/utf8.h"
#include "format/columns.h"

void intake_init(struct intake *intake, struct analyzer *analyzer, bool stored,
                 ns_build_report *report)
{
	intake->analyzer = analyzer;
	intake->docs.stored = stored;
	intake->report = report;
	for (size_t i = 0; i < INTAKE_TEXTS; i++)
		buffer_init(&intake->clean[i], 4 * (size_t)NS_ARTICLE_MAX);
	buffer_init(&intake->folded, 4 * (size_t)NS_ARTICLE_MAX);
}

void intake_release(struct intake *intake)
{
	inverter_release(&intake->inverter);
	docs_release(&intake->docs);
	for (size_t i = 0; i < INTAKE_TEXTS; i++)
		buffer_release(&intake->clean[i]);
	buffer_release(&intake->folded);
}

/* Points every text of *article at good UTF-8. */
static int clean(struct intake *intake, ns_article *article, bool *repaired,
                 struct ns_error *err)
{
	ns_text *const texts[INTAKE_TEXTS] = {
		&article->id, &article->title, &article->body,
		&article->section, &article->author, &article->url,
		&article->lang, &article->captions, &article->links,
		&article->source,
	};
	uint32_t repairs = 0;
	for (size_t i = 0; i < INTAKE_TEXTS; i++) {
		struct slice text = slice_text(*texts[i]);
		if (utf8_clean(&text, &intake->clean[i], &repairs) != NS_OK)
			return buffer_check(&intake->clean[i], err);
		texts[i]->data = (const char *)text.data;
		texts[i]->size = text.len;
	}
	*repaired = repairs > 0;
	return NS_OK;
}

static int refuse_impossible(const struct intake *intake,
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
	if (intake->docs.n >= DOCS_MAX)
		return err_set(err, NS_E_LIMIT,
		               "more than %u articles in one segment", DOCS_MAX);
	return NS_OK;
}

/* 55 bits of XXH3-64 over title, NUL, body, NUL, section in Crockford's base 32:
 * a text has no NUL byte, so that the parts cannot run into each other. */
static void make_id(const ns_article *article, char out[INTAKE_ID])
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
	for (int i = 0; i < INTAKE_ID; i++, hash <<= 5)
		out[i] = digits[hash >> 59];
}

/* Adds the tokens of one text from `position` on; titles go to both words
 * fields.  *end becomes the position behind the last word. */
static int add_words(struct intake *intake, ns_text text, bool title,
                     uint32_t position, uint32_t *end, struct ns_error *err)
{
	struct analysis analysis;
	struct token token;
	struct batch *batch = &intake->batch;
	batch_start(batch, &intake->inverter, intake->analyzer,
	            (uint32_t)intake->docs.n);
	analysis_start(&analysis, intake->analyzer, slice_text(text), position);
	analysis.forms_only = true;
	while (analysis_next(&analysis, &token)) {
		if (title)
			TRY(batch_add(batch, FIELD_TITLE, token.form,
			              token.position, err));
		TRY(batch_add(batch, FIELD_TEXT, token.form, token.position,
		              err));
	}
	if (analysis.status != NS_OK)
		return err_nomem(err);
	TRY(batch_end(batch, err));
	intake->report->words_overlong += analysis.overlong;
	*end = analysis.position;
	return NS_OK;
}

static int add_value(struct intake *intake, enum field field, struct slice value,
                     struct ns_error *err)
{
	uint32_t previous, doc = (uint32_t)intake->docs.n;
	if (value.len > WORD_MAX)
		intake->report->values_overlong++;
	if (!value.len || value.len > WORD_MAX)
		return NS_OK;
	TRY(inverter_add_value(&intake->inverter, (uint8_t)field, value, doc,
	                       &previous, err));
	if (field == FIELD_ID && previous)
		intake->report->replaced += docs_bury(&intake->docs,
		                                      previous - 1);
	return NS_OK;
}

static int add_folded(struct intake *intake, enum field field, ns_text text,
                      struct ns_error *err)
{
	buffer_clear(&intake->folded);
	analyzer_fold(intake->analyzer, slice_text(text), &intake->folded);
	TRY(buffer_check(&intake->folded, err));
	return add_value(intake, field,
	                 slice_of(intake->folded.data, intake->folded.len),
	                 err);
}

static int add_values(struct intake *intake, const ns_article *article,
                      struct ns_error *err)
{
	TRY(add_folded(intake, FIELD_SECTION, article->section, err));
	TRY(add_folded(intake, FIELD_AUTHOR, article->author, err));
	TRY(add_folded(intake, FIELD_LANG, article->lang, err));
	TRY(add_value(intake, FIELD_URL, slice_text(article->url), err));
	return add_value(intake, FIELD_ID, slice_text(article->id), err);
}

static int add_article(struct intake *intake, ns_article *article,
                       struct ns_error *err)
{
	ns_build_report *report = intake->report;
	uint32_t title_end, body_end;
	if (!article->id.size) {
		make_id(article, intake->id);
		article->id = (ns_text){intake->id, sizeof intake->id};
	}
	TRY(add_words(intake, article->title, true, 0, &title_end, err));
	uint32_t body_start = title_end + TITLE_GAP;
	TRY(add_words(intake, article->body, false, body_start, &body_end,
	              err));
	TRY(add_values(intake, article, err));
	uint64_t length = (uint64_t)title_end + (body_end - body_start);
	uint32_t lengths[2] = {(uint32_t)min_u64(length, LENGTH_MAX),
	                       min_u32(title_end, LENGTH_MAX)};
	TRY(docs_add(&intake->docs, article, lengths, err));
	report->articles++;
	report->tokens += length;
	report->lengths_capped += length > LENGTH_MAX;
	report->bytes_text += article->title.size + article->body.size;
	return NS_OK;
}

int intake_add(struct intake *intake, const ns_article *article,
               ns_article *out, struct ns_error *err)
{
	bool repaired = false;
	*out = *article;
	TRY(refuse_impossible(intake, out, err));
	int status = clean(intake, out, &repaired, err);
	intake->broken = status != NS_OK;
	TRY(status);
	/* a repaired byte becomes three: look at the sizes again */
	TRY(refuse_impossible(intake, out, err));
	status = add_article(intake, out, err);
	intake->broken = status != NS_OK;
	TRY(status);
	intake->report->repaired += repaired;
	return NS_OK;
}

bool intake_bury(struct intake *intake, struct slice id)
{
	uint32_t doc = inverter_find_value(&intake->inverter, FIELD_ID, id);
	return doc != NO_TERM && docs_bury(&intake->docs, doc);
}
