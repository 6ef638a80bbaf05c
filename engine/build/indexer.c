#include "build/indexer.h"

#include "format/layout.h"

void indexer_init(struct indexer *indexer, struct analyzer *analyzer,
                  struct spool_maker *maker, const struct budget *budget,
                  unsigned lane)
{
	*indexer = (struct indexer){.analyzer = analyzer, .maker = maker,
	                            .budget = budget, .lane = lane};
	buffer_init(&indexer->folded, 4 * (size_t)NS_ARTICLE_MAX);
	spool_init(&indexer->sketches, maker,
	           budget->sketches / budget->threads);
}

void indexer_release(struct indexer *indexer)
{
	inverter_release(&indexer->inverter);
	buffer_release(&indexer->folded);
	runs_release(&indexer->runs);
	spool_release(&indexer->sketches);
	if (indexer->owns_analyzer)
		analyzer_free(indexer->analyzer);
	indexer->analyzer = NULL;
}

int indexer_flush(struct indexer *indexer, struct ns_error *err)
{
	struct run *run;
	size_t used = inverter_memory(&indexer->inverter);
	if (!indexer->inverter.n_terms)
		return NS_OK;
	TRY(runs_add(&indexer->runs, indexer->maker, indexer->budget,
	             indexer->lane, &run, err));
	/* one share is for both: of a full inverter the run is in a file */
	run_limit(run, indexer->budget->inverter -
	               min_size(used, indexer->budget->inverter));
	TRY(run_write(run, &indexer->inverter, err));
	inverter_clear(&indexer->inverter);
	return NS_OK;
}

static int flush_full(struct indexer *indexer, struct ns_error *err)
{
	return inverter_memory(&indexer->inverter) < indexer->budget->inverter
		? NS_OK : indexer_flush(indexer, err);
}

/* Adds the tokens of one text from `position` on; titles go to both words
 * fields.  *end becomes the position behind the last word. */
static int add_words(struct indexer *indexer, ns_text text, bool title,
                     uint32_t doc, uint32_t position, uint32_t *end,
                     struct ns_error *err)
{
	struct analysis analysis;
	struct token token;
	struct batch *batch = &indexer->batch;
	batch_start(batch, &indexer->inverter, indexer->analyzer, doc);
	analysis_start(&analysis, indexer->analyzer, slice_text(text), position);
	analysis.forms_only = true;
	for (uint32_t n = 1; analysis_next(&analysis, &token); n++) {
		if (title)
			TRY(batch_add(batch, FIELD_TITLE, token.form,
			              token.position, err));
		TRY(batch_add(batch, FIELD_TEXT, token.form, token.position,
		              err));
		sketch_word(&indexer->sketch, batch_last_hash(batch));
		if (n % 1024)
			continue;
		/* a long text may be more than the memory by itself */
		TRY(batch_end(batch, err));
		TRY(flush_full(indexer, err));
	}
	if (analysis.status != NS_OK)
		return err_nomem(err);
	TRY(batch_end(batch, err));
	indexer->words_overlong += analysis.overlong;
	*end = analysis.position;
	return NS_OK;
}

static int add_value(struct indexer *indexer, enum field field,
                     struct slice value, uint32_t doc, struct ns_error *err)
{
	indexer->values_overlong += value.len > WORD_MAX;
	return !value.len || value.len > WORD_MAX ? NS_OK
		: inverter_add_value(&indexer->inverter, (uint8_t)field, value,
		                     doc, err);
}

static int add_folded(struct indexer *indexer, enum field field,
                      struct slice text, uint32_t doc, struct ns_error *err)
{
	buffer_clear(&indexer->folded);
	analyzer_fold(indexer->analyzer, text, &indexer->folded);
	TRY(buffer_check(&indexer->folded, err));
	return add_value(indexer, field,
	                 slice_of(indexer->folded.data, indexer->folded.len),
	                 doc, err);
}

/* Each line is a value; one that stands there twice is one. */
static int add_lines(struct indexer *indexer, enum field field, ns_text lines,
                     uint32_t doc, struct ns_error *err)
{
	for (struct slice rest = slice_text(lines); rest.len;)
		TRY(add_folded(indexer, field, slice_cut(&rest, '\n'), doc,
		               err));
	return NS_OK;
}

static int add_values(struct indexer *indexer, const struct ns_article *article,
                      uint32_t doc, struct ns_error *err)
{
	TRY(add_folded(indexer, FIELD_SECTION,
	               slice_text(article->section), doc, err));
	TRY(add_folded(indexer, FIELD_AUTHOR, slice_text(article->author),
	               doc, err));
	TRY(add_folded(indexer, FIELD_LANG, slice_text(article->lang), doc,
	               err));
	TRY(add_lines(indexer, FIELD_TOPIC, article->topics, doc, err));
	TRY(add_lines(indexer, FIELD_PLACE, article->places, doc, err));
	TRY(add_value(indexer, FIELD_URL, slice_text(article->url), doc, err));
	return add_value(indexer, FIELD_ID, slice_text(article->id), doc, err);
}

/* A URL that is no term is not looked for, and makes no story. */
static int keep_sketch(struct indexer *indexer, struct slice url, uint32_t doc,
                       struct ns_error *err)
{
	struct sketch sketch;
	uint8_t bytes[INDEXER_SKETCH];
	sketch_end(&indexer->sketch, &sketch);
	store_u32(bytes, doc);
	memcpy(bytes + 4, &sketch, sizeof sketch);
	store_u64(bytes + 4 + SKETCH_BYTES, docs_url_key(url));
	return spool_append(&indexer->sketches, bytes, sizeof bytes, err);
}

int indexer_add(struct indexer *indexer, const struct ns_article *article,
                uint32_t doc, uint32_t length[2], struct ns_error *err)
{
	uint32_t title_end, body_end;
	sketch_start(&indexer->sketch);
	TRY(add_words(indexer, article->title, true, doc, 0, &title_end, err));
	uint32_t body_start = title_end + TITLE_GAP;
	TRY(add_words(indexer, article->body, false, doc, body_start, &body_end,
	              err));
	TRY(add_values(indexer, article, doc, err));
	TRY(keep_sketch(indexer, slice_text(article->url), doc, err));
	uint64_t all = (uint64_t)title_end + (body_end - body_start);
	length[0] = (uint32_t)min_u64(all, LENGTH_MAX);
	length[1] = min_u32(title_end, LENGTH_MAX);
	indexer->tokens += all;
	indexer->lengths_capped += all > LENGTH_MAX;
	return flush_full(indexer, err);
}
