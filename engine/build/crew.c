#include "build/crew.h"

#include "build/article_texts.h"

enum { PIECE = 1 << 16 };

struct load_item {
	struct ns_article article;   /* sizes, and pointers once it is full */
	uint32_t doc;
	uint32_t length[2];
};

struct crew_load {
	struct crew_load *next;
	struct buffer bytes;
	struct load_item *items;
	size_t n, capacity;
};

static void load_free(struct crew_load *load)
{
	while (load) {
		struct crew_load *next = load->next;
		buffer_release(&load->bytes);
		mem_free(load->items);
		mem_free(load);
		load = next;
	}
}

/* Of tiny articles, what is known of each is more than its text. */
static size_t load_size(const struct crew_load *load)
{
	return load->bytes.len + load->n * sizeof *load->items;
}

static int load_add(struct crew_load *load, const struct ns_article *article,
                    uint32_t doc, struct ns_error *err)
{
	TRY(mem_grow((void **)&load->items, &load->capacity, load->n + 1,
	             sizeof *load->items, err));
	struct load_item *item = &load->items[load->n++];
	*item = (struct load_item){.article = *article, .doc = doc};
	for (unsigned i = 0; i < ARTICLE_INDEXED; i++) {
		const ns_text *text = article_text(&item->article, i);
		buffer_append(&load->bytes, text->data, text->size);
	}
	return buffer_check(&load->bytes, err);
}

static int load_index(struct crew_load *load, struct indexer *indexer,
                      struct ns_error *err)
{
	const char *next = (const char *)load->bytes.data;
	for (size_t i = 0; i < load->n; i++) {
		struct load_item *item = &load->items[i];
		for (unsigned t = 0; t < ARTICLE_INDEXED; t++) {
			ns_text *text = article_text(&item->article, t);
			text->data = next;
			next += text->size;
		}
		TRY(indexer_add(indexer, &item->article, item->doc,
		                item->length, err));
	}
	return NS_OK;
}

/* ---- a thread --------------------------------------------------------------- */

/* Under the lock. */
static struct crew_load *take(struct crew *crew)
{
	struct crew_load *load = crew->queue;
	if (load) {
		crew->queue = load->next;
		crew->n_queue--;
	}
	return load;
}

static void fail(struct crew *crew, int status, const struct ns_error *err)
{
	if (!crew->failed) {
		crew->status = status;
		crew->err = *err;
	}
	crew->failed = true;
}

static void *work(void *context)
{
	struct crew *crew = context;
	struct ns_error err = {0};
	int status = NS_OK;
	pthread_mutex_lock(&crew->lock);
	struct indexer *indexer = &crew->indexers[++crew->n_named];
	for (;;) {
		while (!crew->queue && !crew->ended && !crew->failed)
			pthread_cond_wait(&crew->moved, &crew->lock);
		bool failed = crew->failed;
		struct crew_load *load = failed ? NULL : take(crew);
		pthread_mutex_unlock(&crew->lock);
		if (load)
			status = load_index(load, indexer, &err);
		else if (!failed)
			status = indexer_flush(indexer, &err);
		pthread_mutex_lock(&crew->lock);
		if (load) {
			load->next = crew->done;
			crew->done = load;
		}
		if (status != NS_OK)
			fail(crew, status, &err);
		pthread_cond_broadcast(&crew->moved);
		if (!load || status != NS_OK)
			break;
	}
	pthread_mutex_unlock(&crew->lock);
	return NULL;
}

/* ---- the caller --------------------------------------------------------------- */

int crew_open(struct crew *crew, struct analyzer *analyzer, struct docs *docs,
              struct spool_maker *maker, const struct budget *budget,
              struct ns_error *err)
{
	crew->docs = docs;
	crew->budget = budget;
	pthread_mutex_init(&crew->lock, NULL);
	pthread_cond_init(&crew->moved, NULL);
	crew->indexers = mem_zero(budget->threads, sizeof *crew->indexers);
	if (!crew->indexers)
		return err_nomem(err);
	crew->n = budget->threads;
	for (unsigned i = 0; i < crew->n; i++)
		indexer_init(&crew->indexers[i], analyzer, maker, budget, i);
	return NS_OK;
}

static void release_loads(struct crew *crew)
{
	load_free(crew->filling);
	load_free(crew->queue);
	load_free(crew->done);
	load_free(crew->spare);
	crew->filling = crew->queue = crew->done = crew->spare = NULL;
}

static void end_threads(struct crew *crew)
{
	pthread_mutex_lock(&crew->lock);
	crew->ended = true;
	pthread_cond_broadcast(&crew->moved);
	pthread_mutex_unlock(&crew->lock);
	for (unsigned i = 0; i < crew->n_started; i++)
		pthread_join(crew->threads[i], NULL);
	crew->n_started = 0;
}

void crew_release(struct crew *crew)
{
	if (!crew->docs)
		return;
	pthread_mutex_lock(&crew->lock);
	crew->failed = true; /* nobody begins anything */
	pthread_mutex_unlock(&crew->lock);
	end_threads(crew);
	for (unsigned i = 0; i < crew->n; i++)
		indexer_release(&crew->indexers[i]);
	mem_free(crew->indexers);
	release_loads(crew);
	pthread_mutex_destroy(&crew->lock);
	pthread_cond_destroy(&crew->moved);
	*crew = (struct crew){0};
}

/* Threads that the system does not give leave the work to the others. */
static int begin(struct crew *crew, struct ns_error *err)
{
	crew->begun = true;
	for (unsigned i = 1; i < crew->n; i++) {
		struct indexer *indexer = &crew->indexers[i];
		const char *language = analyzer_language(indexer->analyzer);
		indexer->analyzer = NULL;
		indexer->owns_analyzer = true;
		TRY(analyzer_open(&indexer->analyzer, language, err));
	}
	while (crew->n_started + 1 < crew->n &&
	       jobs_start(work, crew, &crew->threads[crew->n_started]))
		crew->n_started++;
	return NS_OK;
}

/* Under the lock: what threads have learned. */
static void take_lengths(struct crew *crew)
{
	while (crew->done) {
		struct crew_load *load = crew->done;
		crew->done = load->next;
		for (size_t i = 0; i < load->n; i++) {
			const struct load_item *item = &load->items[i];
			struct doc *doc = &crew->docs->items[item->doc];
			doc->length[0] = (uint16_t)item->length[0];
			doc->length[1] = (uint16_t)item->length[1];
		}
		load->n = 0;
		if (load->bytes.capacity > 4 * crew->budget->load)
			buffer_release(&load->bytes);
		buffer_clear(&load->bytes);
		load->next = crew->spare;
		crew->spare = load;
	}
}

static int failure(struct crew *crew, struct ns_error *err)
{
	if (crew->failed && err)
		*err = crew->err;
	return crew->failed ? crew->status : NS_OK;
}

/* The oldest load of the queue, by the caller; *any: there was one. */
static int help(struct crew *crew, bool *any, struct ns_error *err)
{
	pthread_mutex_lock(&crew->lock);
	struct crew_load *load = take(crew);
	pthread_mutex_unlock(&crew->lock);
	*any = load;
	if (!load)
		return NS_OK;
	int status = load_index(load, &crew->indexers[0], err);
	pthread_mutex_lock(&crew->lock);
	load->next = crew->done;
	crew->done = load;
	pthread_mutex_unlock(&crew->lock);
	return status;
}

/* Puts the load that was filled behind the queue; *full: that is long enough. */
static int send(struct crew *crew, bool *full, struct ns_error *err)
{
	pthread_mutex_lock(&crew->lock);
	struct crew_load **last = &crew->queue;
	while (*last)
		last = &(*last)->next;
	*last = crew->filling;
	crew->filling->next = NULL;
	crew->filling = NULL;
	crew->n_queue++;
	take_lengths(crew);
	*full = crew->n_queue > crew->n;
	int status = failure(crew, err);
	pthread_cond_broadcast(&crew->moved);
	pthread_mutex_unlock(&crew->lock);
	return status;
}

static int new_load(struct crew *crew, struct ns_error *err)
{
	pthread_mutex_lock(&crew->lock);
	struct crew_load *load = crew->spare;
	if (load)
		crew->spare = load->next;
	pthread_mutex_unlock(&crew->lock);
	if (!load) {
		load = mem_zero(1, sizeof *load);
		if (!load)
			return err_nomem(err);
		buffer_init(&load->bytes, SIZE_MAX);
	}
	load->next = NULL;
	crew->filling = load;
	return NS_OK;
}

static int add_here(struct crew *crew, const struct ns_article *article,
                    uint32_t doc, struct ns_error *err)
{
	uint32_t length[2];
	TRY(indexer_add(&crew->indexers[0], article, doc, length, err));
	for (unsigned i = 0; i < 2; i++)
		crew->docs->items[doc].length[i] = (uint16_t)length[i];
	return NS_OK;
}

int crew_add(struct crew *crew, const struct ns_article *article, uint32_t doc,
             struct ns_error *err)
{
	if (crew->n == 1)
		return add_here(crew, article, doc, err);
	if (!crew->filling)
		TRY(new_load(crew, err));
	TRY(load_add(crew->filling, article, doc, err));
	if (load_size(crew->filling) < crew->budget->load)
		return NS_OK;
	bool full;
	/* a collection of less than a load needs no threads */
	if (!crew->begun)
		TRY(begin(crew, err));
	TRY(send(crew, &full, err));
	return full ? help(crew, &full, err) : NS_OK;
}

/* The next doc's sketch of a thread, as far as it has one. */
struct sketches {
	struct spool_reader reader;
	const uint8_t *next;
};

/* Appends that of doc, which one of the threads has. */
static int take_sketch(struct crew *crew, struct sketches *all, uint32_t doc,
                       struct ns_error *err)
{
	for (unsigned i = 0; i < crew->n; i++) {
		struct sketches *of = &all[i];
		if (!of->next && !spool_reader_ended(&of->reader))
			of->next = spool_bytes(&of->reader, INDEXER_SKETCH);
		TRY(of->reader.status);
		if (!of->next || load_u32(of->next) != doc)
			continue;
		TRY(spool_append(&crew->docs->sketches, of->next + 4,
		                 DOC_SKETCH, err));
		of->next = NULL;
		return NS_OK;
	}
	return spool_damaged(err);
}

/* Those of all docs, in their order. */
static int take_sketches(struct crew *crew, struct ns_error *err)
{
	struct sketches *all = mem_zero(crew->n, sizeof *all);
	int status = all ? NS_OK : err_nomem(err);
	for (unsigned i = 0; all && i < crew->n; i++) {
		struct spool *spool = &crew->indexers[i].sketches;
		if (status == NS_OK)
			status = spool_end(spool, err);
		spool_read(&all[i].reader, spool, 0, spool_size(spool), PIECE,
		           err);
	}
	for (uint32_t doc = 0; status == NS_OK && doc < crew->docs->n; doc++)
		status = take_sketch(crew, all, doc, err);
	for (unsigned i = 0; all && i < crew->n; i++) {
		spool_reader_release(&all[i].reader);
		spool_release(&crew->indexers[i].sketches);
	}
	mem_free(all);
	return status;
}

/* The rest, by all: the caller takes loads until there are none. */
static int finish(struct crew *crew, struct ns_error *err)
{
	bool any = true;
	if (crew->filling)
		TRY(send(crew, &any, err));
	for (any = true; any;)
		TRY(help(crew, &any, err));
	return indexer_flush(&crew->indexers[0], err);
}

int crew_finish(struct crew *crew, struct runs *runs, struct ns_error *err)
{
	int status = finish(crew, err);
	if (status != NS_OK) {
		pthread_mutex_lock(&crew->lock);
		crew->failed = true;
		pthread_mutex_unlock(&crew->lock);
	}
	end_threads(crew);
	TRY(status);
	TRY(failure(crew, err));
	take_lengths(crew);
	release_loads(crew);
	TRY(take_sketches(crew, err));
	for (unsigned i = 0; i < crew->n; i++) {
		TRY(runs_take(runs, &crew->indexers[i].runs, err));
		inverter_release(&crew->indexers[i].inverter);
	}
	return NS_OK;
}
