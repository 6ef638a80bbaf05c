#include "build/assemble.h"

#include <libstemmer.h>
#include <utf8proc.h>
#include <zstd.h>

#include "build/order_docs.h"
#include "build/pairs.h"
#include "build/ranges.h"
#include "build/story_chunks.h"
#include "build/story_draft.h"
#include "build/texts.h"
#include "format/columns.h"
#include "format/container.h"
#include "format/info.h"

enum { PIECE = 1 << 18, LEAST_CUT = 1 << 16 };

struct work {
	const struct assembly *in;
	unsigned n_threads;
	uint32_t *new_doc, *sections;
	uint32_t *given, *standing;  /* living docs, as they were given and as
	                              * they will stand */
	uint32_t doc_count;
	uint64_t *with[FIELD_END];   /* lists.h */
	struct arrange_cuts cuts;
	struct buffer lengths[2];
	struct info info;
	struct lists_input input;
	struct ranges *ranges;
	struct ranges_output lists;
	struct lexicon_writer lexicon;
	struct spool blocks;         /* of the lexicon */
	struct buffer pairs, scratch;
	struct texts texts;
	struct story_draft stories;
	struct container_writer container;
};

static void work_init(struct work *work, const struct assembly *in)
{
	size_t lists = in->budget->lists;
	*work = (struct work){.in = in};
	buffer_init(&work->lengths[0], SIZE_MAX);
	buffer_init(&work->lengths[1], SIZE_MAX);
	buffer_init(&work->pairs, SIZE_MAX);
	buffer_init(&work->scratch, SIZE_MAX);
	ranges_output_init(&work->lists, in->maker, lists - lists / 8);
	spool_init(&work->blocks, in->maker, lists / 8);
	texts_init(&work->texts, in->maker, in->budget->texts);
	story_draft_init(&work->stories);
}

static void work_release(struct work *work)
{
	buffer_release(&work->lengths[0]);
	buffer_release(&work->lengths[1]);
	buffer_release(&work->pairs);
	buffer_release(&work->scratch);
	ranges_free(work->ranges);
	ranges_output_release(&work->lists);
	lexicon_writer_release(&work->lexicon);
	spool_release(&work->blocks);
	texts_release(&work->texts);
	story_draft_release(&work->stories);
	mem_free(work->new_doc);
	if (work->standing != work->given)
		mem_free(work->standing);
	mem_free(work->given);
	arrange_cuts_release(&work->cuts);
	mem_free(work->sections);
	for (unsigned field = 0; field < FIELD_END; field++)
		mem_free(work->with[field]);
	container_writer_release(&work->container);
}

/* ---- docs: numbers, lengths, averages ------------------------------------ */

static void add_lengths(struct work *work, const struct doc *doc)
{
	static const enum field fields[] = {FIELD_TEXT, FIELD_TITLE};
	for (unsigned i = 0; i < ARRAY_LEN(fields); i++) {
		struct info_field *field = &work->info.field[fields[i]];
		buffer_u16(&work->lengths[i], doc->length[i]);
		field->n += doc->length[i] > 0;
		field->sum_length += doc->length[i];
	}
}

/* Living docs by their ranks, of which the dead have some. */
static int list_given(struct work *work, struct ns_error *err)
{
	const struct docs *docs = work->in->docs;
	uint32_t *given = work->given = mem_zero(docs->n + 1, sizeof *given);
	if (!given)
		return err_nomem(err);
	for (uint32_t i = 0; i < docs->n; i++)
		given[docs->items[i].rank] = i;
	for (size_t i = 0; i < docs->n; i++)
		if (!docs->items[given[i]].dead)
			given[work->doc_count++] = given[i];
	return NS_OK;
}

static int order_living(struct work *work, struct ns_error *err)
{
	size_t n = work->doc_count;
	const struct assembly *in = work->in;
	work->standing = work->given;
	if (!in->ordered)
		return NS_OK;
	work->standing = mem_zero(n + 1, sizeof *work->standing);
	if (!work->standing)
		return err_nomem(err);
	memcpy(work->standing, work->given, n * sizeof *work->given);
	const struct order_docs_input input = {
		.runs = in->runs, .end = (uint32_t)in->docs->n,
		.maker = in->maker, .memory = in->budget->range,
		.window = ORDER_DOCS_WINDOW, .steps = in->steps};
	return order_docs(&input, work->standing, work->doc_count, err);
}

static int open_columns(struct work *work, struct ns_error *err)
{
	size_t n = work->doc_count;
	work->sections = mem_zero(n + 1, sizeof *work->sections);
	if (!work->sections)
		return err_nomem(err);
	for (unsigned field = 0; field < FIELD_END; field++) {
		if (!field_has_several(field))
			continue;
		work->with[field] = mem_zero(n / 64 + 1, sizeof(uint64_t));
		if (!work->with[field])
			return err_nomem(err);
	}
	return NS_OK;
}

static int number_docs(struct work *work, struct ns_error *err)
{
	const struct docs *docs = work->in->docs;
	TRY(list_given(work, err));
	TRY(order_living(work, err));
	work->new_doc = mem_alloc((docs->n + 1) * sizeof *work->new_doc);
	if (!work->new_doc)
		return err_nomem(err);
	TRY(open_columns(work, err));
	memset(work->new_doc, 0xff, docs->n * sizeof *work->new_doc);
	for (uint32_t i = 0; i < work->doc_count; i++) {
		work->new_doc[work->standing[i]] = i;
		add_lengths(work, &docs->items[work->standing[i]]);
	}
	TRY(buffer_check(&work->lengths[0], err));
	TRY(buffer_check(&work->lengths[1], err));
	return work->in->ordered
		? arrange_cut(&work->cuts, work->new_doc, docs->n, LEAST_CUT,
		              err)
		: NS_OK;
}

static struct slice text_slice(const char *text)
{
	return slice_of(text, strlen(text));
}

static void describe(struct work *work)
{
	struct info *info = &work->info;
	info->doc_count = work->doc_count;
	info->flags = (work->in->docs->stored ? INFO_STORED : 0) |
	              (work->in->ordered ? INFO_ORDERED : 0);
	info->rank_base = work->in->rank_base;
	info->identity = analyzer_identity(work->in->analyzer);
	info->language = text_slice(analyzer_language(work->in->analyzer));
	info->unicode = text_slice(utf8proc_unicode_version());
	info->zstd = text_slice(ZSTD_versionString());
	info->stemmer = text_slice("libstemmer 2.2");
	for (unsigned field = FIELD_TEXT; field <= FIELD_TITLE; field++)
		info->field[field].avglen0 = info_avglen0(&info->field[field]);
}

/* Before there are lists, so that it may take their memory. */
static int find_stories(struct work *work, struct ns_error *err)
{
	const struct assembly *in = work->in;
	const struct copies_input input = {
		.docs = in->docs, .given = work->given, .n = work->doc_count,
		.older = in->older, .maker = in->maker,
		.memory = in->budget->sketches, .steps = in->steps};
	TRY(runs_keep(in->runs, budget_left(in->budget, copies_memory(&input)),
	              err));
	if (!in->known)
		return story_draft_find(&work->stories, &input, err);
	work->stories = *in->known;
	story_draft_init(in->known);
	return story_draft_know(&work->stories, &input, err);
}

/* ---- lists and texts, side by side ------------------------------------------ */

static unsigned choose_threads(const struct assembly *in)
{
	uint64_t bytes = spool_size(&in->docs->heads) +
	                 spool_size(&in->docs->bodies);
	for (size_t i = 0; i < in->runs->n; i++)
		bytes += spool_size(&in->runs->items[i]->spool);
	/* of few bytes, threads would cost more than they do */
	return bytes < in->budget->worth ? 1 : in->budget->threads;
}

static int open_lists(struct work *work, struct ns_error *err)
{
	static const uint8_t none[1];
	work->input = (struct lists_input){
		.runs = work->in->runs, .new_doc = work->new_doc,
		.n_docs = work->in->docs->n, .sections = work->sections,
		.long_list = work->in->budget->long_list,
		.with = {[FIELD_TOPIC] = work->with[FIELD_TOPIC],
		         [FIELD_PLACE] = work->with[FIELD_PLACE]},
		.cuts = work->in->ordered ? &work->cuts : NULL};
	for (unsigned i = 0; i < 2; i++) {
		static const enum field fields[] = {FIELD_TEXT, FIELD_TITLE};
		const struct buffer *lengths = &work->lengths[i];
		work->input.lengths[i] = lengths->data ? lengths->data : none;
		work->input.avglen0[i] = work->info.field[fields[i]].avglen0;
	}
	return ranges_open(&work->ranges, &work->input,
	                   work->in->budget->range, work->n_threads,
	                   work->in->steps, &work->lists, err);
}

/* Only the caller's thread, number 0, is heard. */
static const struct steps *steps_of(const struct work *work, unsigned thread)
{
	static const struct steps silent;
	return thread ? &silent : work->in->steps;
}

static int lists_and_texts(void *context, unsigned thread, struct ns_error *err)
{
	struct work *work = context;
	const struct texts_order order = {work->given, work->standing,
	                                  work->doc_count};
	int status = NS_OK;
	if (thread == work->n_threads - 1)
		status = texts_write(&work->texts, work->in->docs, &order,
		                     steps_of(work, thread), err);
	if (status != NS_OK)
		ranges_stop(work->ranges);
	return status == NS_OK ? ranges_run(work->ranges, thread, err) : status;
}

/* ---- then pairs and lexicon --------------------------------------------------- */

static int write_pairs(struct work *work, const struct steps *steps,
                       struct ns_error *err)
{
	const struct pairs_input input = {
		.lists = &work->input, .heavies = &work->lists.heavies,
		.entries = work->lists.entries.numbers,
		.maker = work->in->maker, .memory = work->in->budget->lists,
		.steps = steps};
	return pairs_write(&input, &work->lists.post, &work->pairs, err);
}

static int pairs_and_lexicon(void *context, unsigned thread,
                             struct ns_error *err)
{
	struct work *work = context;
	if (thread || work->n_threads == 1)
		TRY(write_pairs(work, steps_of(work, thread), err));
	return thread ? NS_OK : entries_write(&work->lists.entries,
	                                      &work->lexicon, &work->blocks,
	                                      err);
}

static void count_values(struct work *work)
{
	for (unsigned i = 0; i < FIELD_END; i++) {
		struct info_field *field = &work->info.field[i];
		if (field_has_words(i))
			continue;
		if (!field_has_several(i)) {
			field->n = (uint32_t)work->lists.field_values[i];
			continue;
		}
		field->sum_length = work->lists.field_values[i];
		for (size_t k = 0; k <= work->doc_count / 64; k++)
			field->n += (uint32_t)__builtin_popcountll(
				work->with[i][k]);
	}
}

/* The lists are there: what they and texts were made of is not asked again, but for
 * runs, whose memory is for pairs and the numbers of entries. */
static int make_room(struct work *work, struct ns_error *err)
{
	const struct budget *budget = work->in->budget;
	const struct entries *entries = &work->lists.entries;
	uint64_t used = 2 * (uint64_t)budget->lists +
	                entries->n_terms * sizeof *entries->numbers;
	ranges_free(work->ranges);
	work->ranges = NULL;
	spool_release(&work->in->docs->heads);
	spool_release(&work->in->docs->bodies);
	return runs_keep(work->in->runs, budget_left(budget, used), err);
}

static int write_parts(struct work *work, struct ns_error *err)
{
	work->n_threads = choose_threads(work->in);
	TRY(open_lists(work, err));
	TRY(jobs_run(lists_and_texts, work, work->n_threads, err));
	TRY(make_room(work, err));
	count_values(work);
	TRY(steps_tell(work->in->steps, "writing words", 0, 1, err));
	TRY(entries_number(&work->lists.entries, err));
	TRY(lexicon_writer_init(&work->lexicon, err));
	return jobs_run(pairs_and_lexicon, work, min_u32(work->n_threads, 2),
	                err);
}

/* ---- the file ------------------------------------------------------------ */

static int write_dates(struct work *work, struct ns_error *err)
{
	const struct docs *docs = work->in->docs;
	int64_t *dates = mem_zero((size_t)work->doc_count + 1, sizeof *dates);
	bool *is_day = mem_zero((size_t)work->doc_count + 1, sizeof *is_day);
	int status = dates && is_day ? NS_OK : err_nomem(err);
	for (size_t i = 0; status == NS_OK && i < work->doc_count; i++) {
		const struct doc *doc = &docs->items[work->standing[i]];
		dates[i] = doc->date;
		is_day[i] = doc->date_is_day;
	}
	if (status == NS_OK)
		column_write_dates(dates, is_day, work->doc_count,
		                   &work->scratch);
	mem_free(is_day);
	mem_free(dates);
	TRY(status);
	return buffer_check(&work->scratch, err);
}

/* By doc: its place among those given. */
static int write_ranks(struct work *work, struct ns_error *err)
{
	uint32_t *ranks = mem_zero((size_t)work->doc_count + 1, sizeof *ranks);
	if (!ranks)
		return err_nomem(err);
	for (uint32_t i = 0; i < work->doc_count; i++)
		ranks[work->new_doc[work->given[i]]] = i;
	buffer_clear(&work->scratch);
	column_write_numbers(ranks, work->doc_count, &work->scratch);
	mem_free(ranks);
	TRY(buffer_check(&work->scratch, err));
	return container_chunk(&work->container, CHUNK_RANK, &work->scratch,
	                       err);
}

static int write_facts(struct work *work, struct ns_error *err)
{
	info_write(&work->info, &work->scratch);
	TRY(buffer_check(&work->scratch, err));
	TRY(container_chunk(&work->container, CHUNK_INFO, &work->scratch, err));
	return NS_OK;
}

static int write_columns(struct work *work, struct ns_error *err)
{
	struct container_writer *file = &work->container;
	TRY(container_chunk(file, CHUNK_LENGTHS_TEXT, &work->lengths[0], err));
	TRY(container_chunk(file, CHUNK_LENGTHS_TITLE, &work->lengths[1], err));
	buffer_clear(&work->scratch);
	TRY(write_dates(work, err));
	TRY(container_chunk(file, CHUNK_DATE, &work->scratch, err));
	buffer_clear(&work->scratch);
	column_write_numbers(work->sections, work->doc_count, &work->scratch);
	TRY(buffer_check(&work->scratch, err));
	TRY(container_chunk(file, CHUNK_SECTION, &work->scratch, err));
	if (work->in->ordered)
		TRY(write_ranks(work, err));
	const struct story_order order = {work->given, work->standing,
	                                  work->new_doc, work->doc_count};
	return story_chunks_write(file, work->in->docs, &order, &work->stories,
	                          err);
}

static int write_spool(struct work *work, enum chunk chunk, struct spool *spool,
                       struct ns_error *err)
{
	struct spool_reader reader;
	TRY(spool_end(spool, err));
	TRY(container_begin(&work->container, chunk, err));
	spool_read(&reader, spool, 0, spool_size(spool), PIECE, err);
	int status = NS_OK;
	while (status == NS_OK && !spool_reader_ended(&reader)) {
		spool_reader_fill(&reader, 1);
		size_t n = (size_t)(reader.end - reader.next);
		status = reader.status;
		if (status == NS_OK)
			status = container_append(&work->container, reader.next,
			                          n, err);
		reader.next = reader.end;
	}
	if (status == NS_OK)
		status = reader.status;
	spool_reader_release(&reader);
	spool_release(spool); /* its memory is not wanted any more */
	TRY(status);
	return container_end(&work->container, err);
}

static int write_file(struct work *work, struct ns_error *err)
{
	struct container_writer *file = &work->container;
	struct lexicon_writer *lexicon = &work->lexicon;
	struct texts *texts = &work->texts;
	TRY(write_facts(work, err));
	TRY(container_chunk(file, CHUNK_LEXICON_KEYS, &lexicon->keys, err));
	TRY(container_chunk(file, CHUNK_LEXICON_OFFSETS, &lexicon->offsets,
	                    err));
	TRY(write_spool(work, CHUNK_LEXICON_BLOCKS, &work->blocks, err));
	TRY(write_spool(work, CHUNK_POSTINGS, &work->lists.post, err));
	TRY(write_spool(work, CHUNK_POSITIONS, &work->lists.posn, err));
	TRY(container_chunk(file, CHUNK_PAIRS, &work->pairs, err));
	TRY(write_columns(work, err));
	TRY(container_chunk(file, CHUNK_HEAD_INDEX, &texts->head_index, err));
	TRY(write_spool(work, CHUNK_HEADS, &texts->heads, err));
	if (!work->in->docs->stored)
		return NS_OK;
	if (texts->dictionary.len)
		TRY(container_chunk(file, CHUNK_DICTIONARY, &texts->dictionary,
		                    err));
	TRY(container_chunk(file, CHUNK_BODY_INDEX, &texts->body_index, err));
	return write_spool(work, CHUNK_BODIES, &texts->bodies, err);
}

static int run(struct work *work, int file, const char *place,
               struct assembled *out, struct ns_error *err)
{
	TRY(number_docs(work, err));
	describe(work);
	TRY(find_stories(work, err));
	TRY(write_parts(work, err));
	TRY(steps_tell(work->in->steps, "writing the file", 0, 1, err));
	TRY(container_writer_init(&work->container, file, place, err));
	TRY(write_file(work, err));
	out->doc_count = work->doc_count;
	out->n_postings = work->lists.n_postings;
	return container_finish(&work->container, out->id, &out->footer_crc,
	                        &out->length, err);
}

int assemble_segment(const struct assembly *assembly, int file,
                     const char *place, struct assembled *out,
                     struct ns_error *err)
{
	struct work *work = mem_alloc(sizeof *work);
	if (!work)
		return err_nomem(err);
	work_init(work, assembly);
	int status = run(work, file, place, out, err);
	work_release(work);
	mem_free(work);
	return status;
}
