#include "build/assemble.h"

#include <libstemmer.h>
#include <utf8proc.h>
#include <zstd.h>

#include "build/lists.h"
#include "format/columns.h"
#include "format/container.h"
#include "format/store.h"

struct work {
	const struct assembly *in;
	uint32_t *new_doc;
	uint32_t doc_count;
	struct buffer lengths[2];
	struct info info;
	struct lists_output lists;
	struct store_writer heads, bodies;
	struct buffer head, head_index, body, body_index, dictionary, scratch;
	struct container_writer container;
};

enum { BUFFERS = 11 };

static void work_buffers(struct work *work, struct buffer *out[BUFFERS])
{
	struct buffer *const all[BUFFERS] = {
		&work->lengths[0], &work->lengths[1], &work->head,
		&work->head_index, &work->body, &work->body_index,
		&work->dictionary, &work->scratch, &work->lists.post,
		&work->lists.posn, &work->lists.pairs,
	};
	memcpy(out, all, sizeof all);
}

static void work_init(struct work *work, const struct assembly *in)
{
	struct buffer *buffers[BUFFERS];
	*work = (struct work){.in = in};
	work_buffers(work, buffers);
	for (size_t i = 0; i < BUFFERS; i++)
		buffer_init(buffers[i], SIZE_MAX);
}

static void work_release(struct work *work)
{
	struct buffer *buffers[BUFFERS];
	work_buffers(work, buffers);
	for (size_t i = 0; i < BUFFERS; i++)
		buffer_release(buffers[i]);
	mem_free(work->new_doc);
	mem_free(work->lists.sections);
	lexicon_writer_release(&work->lists.lexicon);
	store_writer_release(&work->heads);
	store_writer_release(&work->bodies);
	container_writer_release(&work->container);
}

/* ---- docs: numbers, lengths, averages ------------------------------------ */

static void add_lengths(struct work *work, const struct doc *doc)
{
	static const enum field fields[] = {FIELD_TEXT, FIELD_TITLE};
	for (unsigned i = 0; i < ARRAY_LEN(fields); i++) {
		struct info_field *field = &work->info.field[fields[i]];
		buffer_u16(&work->lengths[i], (uint16_t)doc->length[i]);
		field->n += doc->length[i] > 0;
		field->sum_length += doc->length[i];
	}
}

static int number_docs(struct work *work, struct ns_error *err)
{
	const struct docs *docs = work->in->docs;
	work->new_doc = mem_zero(docs->n + 1, sizeof *work->new_doc);
	if (!work->new_doc)
		return err_nomem(err);
	for (size_t i = 0; i < docs->n; i++) {
		const struct doc *doc = &docs->items[i];
		work->new_doc[i] = doc->dead ? NO_DOC : work->doc_count++;
		if (!doc->dead)
			add_lengths(work, doc);
	}
	TRY(buffer_check(&work->lengths[0], err));
	TRY(buffer_check(&work->lengths[1], err));
	work->lists.sections = mem_zero((size_t)work->doc_count + 1,
	                                sizeof *work->lists.sections);
	return work->lists.sections ? NS_OK : err_nomem(err);
}

static struct slice text_slice(const char *text)
{
	return slice_of(text, strlen(text));
}

static void describe(struct work *work)
{
	struct info *info = &work->info;
	info->doc_count = work->doc_count;
	info->flags = work->in->docs->stored ? INFO_STORED : 0;
	info->rank_base = work->in->rank_base;
	info->identity = analyzer_identity(work->in->analyzer);
	info->language = text_slice(analyzer_language(work->in->analyzer));
	info->unicode = text_slice(utf8proc_unicode_version());
	info->zstd = text_slice(ZSTD_versionString());
	info->stemmer = text_slice("libstemmer 2.2");
	for (unsigned field = FIELD_TEXT; field <= FIELD_TITLE; field++)
		info->field[field].avglen0 = info_avglen0(&info->field[field]);
}

static int write_lists(struct work *work, struct ns_error *err)
{
	static const uint8_t none[1];
	struct lists_input input = {
		.inverter = work->in->inverter,
		.new_doc = work->new_doc,
		.doc_count = work->doc_count,
		.info = &work->info,
		.steps = work->in->steps,
	};
	for (unsigned i = 0; i < 2; i++)
		input.lengths[i] = work->lengths[i].data ? work->lengths[i].data
		                                         : none;
	TRY(lexicon_writer_init(&work->lists.lexicon, err));
	return lists_write(&input, &work->lists, err);
}

/* ---- stores -------------------------------------------------------------- */

/* The dictionary for bodies, from the first DICT_SAMPLE bytes of records. */
static int train(struct work *work, struct ns_error *err)
{
	const struct docs *docs = work->in->docs;
	size_t *sizes = mem_zero(docs->n + 1, sizeof *sizes), n = 0;
	if (!sizes)
		return err_nomem(err);
	struct buffer *samples = &work->scratch;
	for (size_t i = 0; i < docs->n && samples->len < DICT_SAMPLE; i++) {
		if (docs->items[i].dead)
			continue;
		size_t room = DICT_SAMPLE - samples->len;
		sizes[n] = min_size(docs->items[i].body.len, room);
		buffer_append(samples, docs->items[i].body.data, sizes[n++]);
	}
	int status = buffer_check(samples, err);
	if (status == NS_OK && samples->len >= DICT_SAMPLE_MIN)
		status = store_train(samples->data, sizes, n,
		                     &work->dictionary, err);
	buffer_release(samples);
	mem_free(sizes);
	return status;
}

static int write_stores(struct work *work, struct ns_error *err)
{
	const struct docs *docs = work->in->docs;
	if (docs->stored) {
		TRY(steps_tell(work->in->steps, "learning a dictionary", 0, 1, err));
		TRY(train(work, err));
	}
	TRY(store_writer_init(&work->heads, HEAD_BLOCK, slice_of(NULL, 0), err));
	TRY(store_writer_init(&work->bodies, BODY_BLOCK,
	                      slice_of(work->dictionary.data,
	                               work->dictionary.len), err));
	for (size_t i = 0; i < docs->n; i++) {
		const struct doc *doc = &docs->items[i];
		TRY(steps_tell(work->in->steps, "writing text", i, docs->n,
		               err));
		if (doc->dead)
			continue;
		TRY(store_writer_add(&work->heads, doc->head, &work->head, err));
		if (docs->stored)
			TRY(store_writer_add(&work->bodies, doc->body,
			                     &work->body, err));
	}
	TRY(store_writer_finish(&work->heads, &work->head, &work->head_index,
	                        err));
	return store_writer_finish(&work->bodies, &work->body,
	                           &work->body_index, err);
}

/* ---- the file ------------------------------------------------------------ */

static int write_dates(struct work *work, struct ns_error *err)
{
	const struct docs *docs = work->in->docs;
	int64_t *dates = mem_zero((size_t)work->doc_count + 1, sizeof *dates);
	if (!dates)
		return err_nomem(err);
	for (size_t i = 0, n = 0; i < docs->n; i++)
		if (!docs->items[i].dead)
			dates[n++] = docs->items[i].date;
	column_write_dates(dates, work->doc_count, &work->scratch);
	mem_free(dates);
	return buffer_check(&work->scratch, err);
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
	column_write_sections(work->lists.sections, work->doc_count,
	                      &work->scratch);
	TRY(buffer_check(&work->scratch, err));
	return container_chunk(file, CHUNK_SECTION, &work->scratch, err);
}

static int write_file(struct work *work, struct ns_error *err)
{
	struct container_writer *file = &work->container;
	const struct lexicon_writer *lexicon = &work->lists.lexicon;
	TRY(write_facts(work, err));
	TRY(container_chunk(file, CHUNK_LEXICON_KEYS, &lexicon->keys, err));
	TRY(container_chunk(file, CHUNK_LEXICON_OFFSETS, &lexicon->offsets,
	                    err));
	TRY(container_chunk(file, CHUNK_LEXICON_BLOCKS, &lexicon->blocks, err));
	TRY(container_chunk(file, CHUNK_POSTINGS, &work->lists.post, err));
	TRY(container_chunk(file, CHUNK_POSITIONS, &work->lists.posn, err));
	TRY(container_chunk(file, CHUNK_PAIRS, &work->lists.pairs, err));
	TRY(write_columns(work, err));
	TRY(container_chunk(file, CHUNK_HEAD_INDEX, &work->head_index, err));
	TRY(container_chunk(file, CHUNK_HEADS, &work->head, err));
	if (!work->in->docs->stored)
		return NS_OK;
	if (work->dictionary.len)
		TRY(container_chunk(file, CHUNK_DICTIONARY, &work->dictionary,
		                    err));
	TRY(container_chunk(file, CHUNK_BODY_INDEX, &work->body_index, err));
	return container_chunk(file, CHUNK_BODIES, &work->body, err);
}

static int run(struct work *work, int file, const char *place,
               struct assembled *out, struct ns_error *err)
{
	TRY(number_docs(work, err));
	describe(work);
	TRY(write_lists(work, err));
	TRY(write_stores(work, err));
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
