#include "build/intake.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "base/utf8.h"
#include "format/columns.h"

void intake_init(struct intake *intake)
{
	for (size_t i = 0; i < ARTICLE_TEXTS; i++)
		buffer_init(&intake->clean[i], 4 * (size_t)NS_ARTICLE_MAX);
	docs_init(&intake->docs, NULL, 0, false);
}

int intake_open(struct intake *intake, struct analyzer *analyzer,
                struct spool_maker *maker, const struct budget *budget,
                bool stored, ns_build_report *report, struct ns_error *err)
{
	intake->budget = budget;
	intake->report = report;
	docs_init(&intake->docs, maker, budget->records, stored);
	return crew_open(&intake->crew, analyzer, &intake->docs, maker, budget,
	                 err);
}

void intake_release(struct intake *intake)
{
	crew_release(&intake->crew);
	docs_release(&intake->docs);
	ids_release(&intake->ids);
	for (size_t i = 0; i < ARTICLE_TEXTS; i++)
		buffer_release(&intake->clean[i]);
}

/* Points every text of *article at good UTF-8. */
static int clean(struct intake *intake, ns_article *article, bool *repaired,
                 struct ns_error *err)
{
	uint32_t repairs = 0;
	for (unsigned i = 0; i < ARTICLE_TEXTS; i++) {
		ns_text *at = article_text(article, i);
		struct slice text = slice_text(*at);
		if (utf8_clean(&text, &intake->clean[i], &repairs) != NS_OK)
			return buffer_check(&intake->clean[i], err);
		*at = (ns_text){(const char *)text.data, text.len};
	}
	*repaired = repairs > 0;
	return NS_OK;
}

static int refuse_impossible(const struct intake *intake,
                             const ns_article *article, struct ns_error *err)
{
	size_t left = NS_ARTICLE_MAX;
	if (!article->title.size && !article->body.size)
		return err_set(err, NS_E_USAGE,
		               "an article needs a title or a body");
	if (article->id.size > NS_ID_MAX)
		return err_set(err, NS_E_LIMIT,
		               "an id of %zu bytes is over the limit of %u",
		               article->id.size, NS_ID_MAX);
	for (unsigned i = ARTICLE_ID + 1; i < ARTICLE_TEXTS; i++) {
		size_t size = article_text_size(article, i);
		if (size > left)
			return err_set(err, NS_E_LIMIT, "an article of over %u "
			               "bytes", NS_ARTICLE_MAX);
		left -= size;
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

/* What each article takes until the commit cannot be put aside. */
static int check_memory(const struct intake *intake, struct ns_error *err)
{
	size_t used = intake->docs.n * sizeof *intake->docs.items +
	              ids_memory(&intake->ids);
	if (used <= intake->budget->docs)
		return NS_OK;
	return err_set(err, NS_E_NOMEM, "%zu articles are more than fit a "
	               "build with %llu MiB of memory; give it more",
	               intake->docs.n,
	               (unsigned long long)(intake->budget->all >> 20));
}

void intake_count_replaced(struct intake *intake, bool lived)
{
	intake->report->replaced += lived;
	intake->report->duplicates += lived && intake->made_id;
}

static int add_article(struct intake *intake, ns_article *article,
                       struct ns_error *err)
{
	ns_build_report *report = intake->report;
	struct docs *docs = &intake->docs;
	uint32_t before, doc = (uint32_t)docs->n;
	intake->made_id = !article->id.size;
	if (intake->made_id) {
		make_id(article, intake->id);
		article->id = (ns_text){intake->id, sizeof intake->id};
	}
	TRY(check_memory(intake, err));
	TRY(ids_put(&intake->ids, docs, slice_text(article->id), doc, &before,
	            err));
	TRY(docs_add(docs, article, err));
	if (before != NO_DOC)
		intake_count_replaced(intake, docs_bury(docs, before));
	TRY(crew_add(&intake->crew, article, doc, err));
	report->articles++;
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

int intake_bury(struct intake *intake, struct slice id, bool *lived,
                struct ns_error *err)
{
	uint32_t doc;
	TRY(ids_find(&intake->ids, &intake->docs, id, &doc, err));
	*lived = doc != NO_DOC && docs_bury(&intake->docs, doc);
	return NS_OK;
}

int intake_finish(struct intake *intake, struct runs *runs, struct ns_error *err)
{
	ns_build_report *report = intake->report;
	struct crew *crew = &intake->crew;
	TRY(crew_finish(crew, runs, err));
	for (unsigned i = 0; i < crew->n; i++) {
		const struct indexer *indexer = &crew->indexers[i];
		report->tokens += indexer->tokens;
		report->words_overlong += indexer->words_overlong;
		report->values_overlong += indexer->values_overlong;
		report->lengths_capped += indexer->lengths_capped;
	}
	ids_release(&intake->ids);
	return NS_OK;
}
