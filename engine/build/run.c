#include "build/run.h"

#include "format/lexicon.h"

enum { MARKS = 64 };

static size_t held(const struct runs *runs)
{
	size_t sum = 0;
	for (size_t i = 0; i < runs->n; i++)
		sum += runs->items[i]->spool.memory.len;
	return sum;
}

int runs_add(struct runs *runs, struct spool_maker *maker,
             const struct budget *budget, unsigned lane, struct run **out,
             struct ns_error *err)
{
	TRY(mem_grow((void **)&runs->items, &runs->capacity, runs->n + 1,
	             sizeof *runs->items, err));
	struct run *run = mem_zero(1, sizeof *run);
	if (!run)
		return err_nomem(err);
	size_t used = held(runs);
	spool_init(&run->spool, maker,
	           used < budget->run ? budget->run - used : 0);
	run->mark = budget->range / MARKS;
	run->lane = lane;
	if (runs->n_lanes <= lane)
		runs->n_lanes = lane + 1;
	runs->items[runs->n++] = *out = run;
	return NS_OK;
}

int runs_keep(const struct runs *runs, size_t memory, struct ns_error *err)
{
	size_t used = held(runs);
	for (size_t i = 0; i < runs->n && used > memory; i++) {
		struct spool *spool = &runs->items[i]->spool;
		if (spool->file >= 0)
			continue;
		used -= spool->memory.len;
		TRY(spool_spill(spool, err));
		TRY(spool_end(spool, err));
	}
	return NS_OK;
}

int runs_take(struct runs *runs, struct runs *from, struct ns_error *err)
{
	TRY(mem_grow((void **)&runs->items, &runs->capacity,
	             runs->n + from->n, sizeof *runs->items, err));
	for (size_t i = 0; i < from->n; i++)
		runs->items[runs->n++] = from->items[i];
	from->n = 0;
	runs->n_lanes = max_u32(runs->n_lanes, from->n_lanes);
	return NS_OK;
}

void runs_release(struct runs *runs)
{
	for (size_t i = 0; i < runs->n; i++) {
		spool_release(&runs->items[i]->spool);
		arena_release(&runs->items[i]->arena);
		mem_free(runs->items[i]->marks);
		mem_free(runs->items[i]);
	}
	mem_free(runs->items);
	*runs = (struct runs){0};
}

int run_key_compare(const struct run_key *a, const struct run_key *b)
{
	if (a->field != b->field)
		return a->field < b->field ? -1 : 1;
	return slice_compare(slice_of(a->bytes, a->len),
	                     slice_of(b->bytes, b->len));
}

/* ---- writing --------------------------------------------------------------- */

void run_writer_init(struct run_writer *writer, struct run *run)
{
	*writer = (struct run_writer){.run = run};
	buffer_init(&writer->term, SIZE_MAX);
}

void run_writer_release(struct run_writer *writer)
{
	buffer_release(&writer->term);
}

static int mark(struct run_writer *writer, struct run_key key,
                struct ns_error *err)
{
	struct run *run = writer->run;
	uint64_t offset = spool_size(&run->spool);
	if (run->n_marks && offset < writer->marked + run->mark)
		return NS_OK;
	TRY(mem_grow((void **)&run->marks, &run->marks_capacity,
	             run->n_marks + 1, sizeof *run->marks, err));
	const char *copy = arena_copy(&run->arena, key.bytes, key.len);
	if (!copy)
		return err_nomem(err);
	run->marks[run->n_marks++] = (struct run_mark){
		{key.field, key.len, (const uint8_t *)copy}, offset};
	writer->marked = offset;
	return NS_OK;
}

int run_writer_start(struct run_writer *writer, struct run_key key,
                     uint32_t n_forms, struct ns_error *err)
{
	struct buffer *term = &writer->term;
	TRY(mark(writer, key, err));
	buffer_clear(term);
	buffer_byte(term, key.field);
	buffer_byte(term, key.len);
	buffer_append(term, key.bytes, key.len);
	buffer_varint(term, n_forms);
	return NS_OK;
}

void run_writer_form(struct run_writer *writer, struct slice form,
                     struct slice term)
{
	if (slice_equal(form, term)) {
		buffer_byte(&writer->term, 0);
		return;
	}
	buffer_byte(&writer->term, (uint8_t)form.len);
	buffer_append(&writer->term, form.data, form.len);
}

int run_writer_list(struct run_writer *writer, const void *bytes, size_t n,
                    struct ns_error *err)
{
	struct buffer *term = &writer->term;
	struct spool *spool = &writer->run->spool;
	enum { SMALL = 64 };
	buffer_varint(term, n);
	if (n <= SMALL)
		buffer_append(term, bytes, n);
	TRY(buffer_check(term, err));
	TRY(spool_append(spool, term->data, term->len, err));
	return n <= SMALL ? NS_OK : spool_append(spool, bytes, n, err);
}

int run_writer_end(struct run_writer *writer, struct ns_error *err)
{
	return spool_end(&writer->run->spool, err);
}

/* ---- reading --------------------------------------------------------------- */

/* What must be at hand for a term without its forms. */
enum { TERM_BYTES = 2 + 255 + VARINT_MAX };

void run_reader_next(struct run_reader *reader)
{
	struct spool_reader *bytes = &reader->bytes;
	if ((size_t)(bytes->end - bytes->next) < TERM_BYTES)
		spool_reader_fill(bytes, TERM_BYTES);
	if (bytes->next == bytes->end) {
		reader->ended = true;
		return;
	}
	const uint8_t *head = spool_bytes(bytes, 2);
	reader->key.field = head ? head[0] : 0;
	reader->key.len = head ? head[1] : 0;
	const uint8_t *key = spool_bytes(bytes, reader->key.len);
	reader->n_forms = (uint32_t)spool_varint(bytes);
	if (bytes->status != NS_OK) {
		reader->ended = true;
		return;
	}
	bytes_keep(reader->stored, key, reader->key.len);
	reader->key.bytes = reader->stored;
	reader->head = lexicon_separator(reader->key.field,
	                                 slice_of(reader->stored,
	                                          reader->key.len));
}

void run_reader_skip_forms(struct run_reader *reader)
{
	for (uint32_t i = 0; i < reader->n_forms; i++) {
		const uint8_t *len = spool_bytes(&reader->bytes, 1);
		spool_skip(&reader->bytes, len ? *len : 0);
	}
}

static void skip(struct run_reader *reader)
{
	run_reader_skip_forms(reader);
	spool_skip(&reader->bytes, spool_varint(&reader->bytes));
}

void run_reader_open(struct run_reader *reader, const struct run *run,
                     const struct run_key *from, struct ns_error *err)
{
	size_t at = 0;
	while (from && at + 1 < run->n_marks &&
	       run_key_compare(&run->marks[at + 1].key, from) <= 0)
		at++;
	uint64_t end = spool_size(&run->spool);
	reader->ended = false;
	spool_read(&reader->bytes, &run->spool,
	           run->n_marks ? run->marks[at].offset : end, end, RUN_WINDOW,
	           err);
	run_reader_next(reader);
	while (!reader->ended && from &&
	       run_key_compare(&reader->key, from) < 0) {
		skip(reader);
		run_reader_next(reader);
	}
}

void run_reader_release(struct run_reader *reader)
{
	spool_reader_release(&reader->bytes);
}
