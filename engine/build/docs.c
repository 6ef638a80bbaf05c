#include "build/docs.h"

#include "base/varint.h"

void docs_release(struct docs *docs)
{
	arena_release(&docs->arena);
	mem_free(docs->items);
	*docs = (struct docs){0};
}

/* The texts, each with its length before it, in one piece. */
static int record(struct arena *arena, const struct ns_text *const *texts,
                  size_t n, struct slice *out, struct ns_error *err)
{
	size_t size = 0;
	for (size_t i = 0; i < n; i++)
		size += varint_size(texts[i]->size) + texts[i]->size;
	uint8_t *next = arena_alloc(arena, size);
	if (!next)
		return err_nomem(err);
	*out = slice_of(next, size);
	for (size_t i = 0; i < n; i++) {
		next += varint_put(next, texts[i]->size);
		if (texts[i]->size)
			memcpy(next, texts[i]->data, texts[i]->size);
		next += texts[i]->size;
	}
	return NS_OK;
}

static int next_doc(struct docs *docs, int64_t date, const uint32_t length[2],
                    struct doc **out, struct ns_error *err)
{
	TRY(mem_grow((void **)&docs->items, &docs->capacity, docs->n + 1,
	             sizeof *docs->items, err));
	*out = &docs->items[docs->n];
	**out = (struct doc){.date = date, .length = {length[0], length[1]}};
	return NS_OK;
}

static int copy(struct arena *arena, struct slice from, struct slice *out,
                struct ns_error *err)
{
	const char *data = arena_copy(arena, from.data, from.len);
	if (!data)
		return err_nomem(err);
	*out = slice_of(data, from.len);
	return NS_OK;
}

int docs_add_record(struct docs *docs, struct slice head, struct slice body,
                    int64_t date, const uint32_t length[2],
                    struct ns_error *err)
{
	struct doc *doc;
	TRY(next_doc(docs, date, length, &doc, err));
	TRY(copy(&docs->arena, head, &doc->head, err));
	if (docs->stored)
		TRY(copy(&docs->arena, body, &doc->body, err));
	docs->n++;
	return NS_OK;
}

int docs_add(struct docs *docs, const struct ns_article *article,
             const uint32_t length[2], struct ns_error *err)
{
	const struct ns_text *head[] = {
		&article->id, &article->title, &article->section,
		&article->author, &article->url, &article->lang,
		&article->source,
	};
	const struct ns_text *body[] = {
		&article->body, &article->captions, &article->links,
	};
	struct doc *doc;
	TRY(next_doc(docs, article->date, length, &doc, err));
	TRY(record(&docs->arena, head, ARRAY_LEN(head), &doc->head, err));
	if (docs->stored)
		TRY(record(&docs->arena, body, ARRAY_LEN(body), &doc->body,
		           err));
	docs->n++;
	return NS_OK;
}

bool docs_bury(struct docs *docs, uint32_t doc)
{
	bool lived = !docs->items[doc].dead;
	docs->items[doc].dead = true;
	docs->n_dead += lived;
	return lived;
}
