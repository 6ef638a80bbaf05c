#include "build/texts.h"

enum { PIECE = 1 << 18 };

void texts_init(struct texts *texts, struct spool_maker *maker, size_t memory)
{
	*texts = (struct texts){0};
	buffer_init(&texts->head_index, SIZE_MAX);
	buffer_init(&texts->body_index, SIZE_MAX);
	buffer_init(&texts->dictionary, SIZE_MAX);
	spool_init(&texts->heads, maker, memory / 4);
	spool_init(&texts->bodies, maker, memory - memory / 4);
}

void texts_release(struct texts *texts)
{
	buffer_release(&texts->head_index);
	buffer_release(&texts->body_index);
	buffer_release(&texts->dictionary);
	spool_release(&texts->heads);
	spool_release(&texts->bodies);
}

/* ---- the dictionary ---------------------------------------------------------- */

struct samples {
	struct buffer bytes;
	size_t *sizes;
	size_t n, capacity;
};

/* As they were given. */
static int collect(struct samples *samples, const struct texts_order *order,
                   struct docs_reader *reader, struct ns_error *err)
{
	for (uint32_t i = 0; i < order->n && samples->bytes.len < DICT_SAMPLE;
	     i++) {
		struct slice record;
		TRY(docs_record(reader, order->given[i], &record, err));
		size_t room = DICT_SAMPLE - samples->bytes.len;
		TRY(mem_grow((void **)&samples->sizes, &samples->capacity,
		             samples->n + 1, sizeof *samples->sizes, err));
		samples->sizes[samples->n] = min_size(record.len, room);
		buffer_append(&samples->bytes, record.data,
		              samples->sizes[samples->n++]);
	}
	return buffer_check(&samples->bytes, err);
}

static int train(struct texts *texts, struct docs *docs,
                 const struct texts_order *order, struct ns_error *err)
{
	struct samples samples = {0};
	struct docs_reader reader;
	buffer_init(&samples.bytes, SIZE_MAX);
	TRY(docs_read(&reader, docs, true, err));
	int status = collect(&samples, order, &reader, err);
	docs_reader_release(&reader);
	if (status == NS_OK && samples.bytes.len >= DICT_SAMPLE_MIN)
		status = store_train(samples.bytes.data, samples.sizes,
		                     samples.n, &texts->dictionary, err);
	buffer_release(&samples.bytes);
	mem_free(samples.sizes);
	return status;
}

/* ---- the blocks ------------------------------------------------------------------ */

struct packing {
	struct docs *docs;
	const struct texts_order *order;
	struct docs_reader reader;
	struct store_writer writer;
	struct buffer out;      /* blocks that are done */
	const struct steps *steps;
	bool bodies;
};

static int pass_on(struct packing *packing, struct spool *spool,
                   struct ns_error *err)
{
	struct buffer *out = &packing->out;
	TRY(buffer_check(out, err));
	TRY(spool_append(spool, out->data, out->len, err));
	buffer_clear(out);
	return NS_OK;
}

static int pack_all(struct packing *packing, struct spool *spool,
                    struct buffer *index, struct ns_error *err)
{
	const struct texts_order *order = packing->order;
	for (uint32_t i = 0; i < order->n; i++) {
		struct slice record;
		if (packing->bodies)
			TRY(steps_tell(packing->steps, "writing text", i,
			               order->n, err));
		TRY(docs_record(&packing->reader, order->standing[i], &record,
		                err));
		TRY(store_writer_add(&packing->writer, record, &packing->out,
		                     err));
		if (packing->out.len >= PIECE)
			TRY(pass_on(packing, spool, err));
	}
	TRY(store_writer_finish(&packing->writer, &packing->out, index, err));
	return pass_on(packing, spool, err);
}

static int pack(struct packing *packing, size_t block, struct slice dictionary,
                struct spool *spool, struct buffer *index, struct ns_error *err)
{
	TRY(docs_read(&packing->reader, packing->docs, packing->bodies, err));
	buffer_init(&packing->out, SIZE_MAX);
	int status = store_writer_init(&packing->writer, block, dictionary, err);
	if (status == NS_OK)
		status = pack_all(packing, spool, index, err);
	docs_reader_release(&packing->reader);
	buffer_release(&packing->out);
	store_writer_release(&packing->writer);
	return status;
}

int texts_write(struct texts *texts, struct docs *docs,
                const struct texts_order *order, const struct steps *steps,
                struct ns_error *err)
{
	struct packing heads = {.docs = docs, .order = order, .steps = steps};
	struct packing bodies = heads;
	bodies.bodies = true;
	if (docs->stored) {
		TRY(steps_tell(steps, "learning a dictionary", 0, 1, err));
		TRY(train(texts, docs, order, err));
	}
	TRY(pack(&heads, HEAD_BLOCK, slice_of(NULL, 0), &texts->heads,
	         &texts->head_index, err));
	if (!docs->stored)
		return NS_OK;
	const struct slice dictionary = {texts->dictionary.data,
	                                 texts->dictionary.len};
	return pack(&bodies, BODY_BLOCK, dictionary, &texts->bodies,
	            &texts->body_index, err);
}
