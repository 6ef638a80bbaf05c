#include "answer/facts.h"

#include "base/utf8.h"

enum { KEPT_MAX = 1 << 20 };

void facts_init(struct facts *facts)
{
	*facts = (struct facts){0};
	buffer_init(&facts->clean, 4 * (size_t)NS_ARTICLE_MAX);
}

void facts_release(struct facts *facts)
{
	segment_view_release(&facts->view);
	buffer_release(&facts->clean);
	facts_init(facts);
}

void facts_trim(struct facts *facts)
{
	if (facts->clean.capacity > KEPT_MAX ||
	    facts->view.head.raw.capacity > KEPT_MAX ||
	    facts->view.body.raw.capacity > KEPT_MAX)
		facts_release(facts);
}

/* A view remembers a block by its number in one segment. */
static struct segment_view *view_of(struct facts *facts,
                                    const struct segment *segment)
{
	if (facts->segment != segment)
		facts->view.head.block = facts->view.body.block = 0;
	facts->segment = segment;
	return &facts->view;
}

static int clean(struct facts *facts, struct slice *text, struct ns_error *err)
{
	uint32_t repairs = 0;
	if (utf8_clean(text, &facts->clean, &repairs) != NS_OK)
		return buffer_check(&facts->clean, err);
	return NS_OK;
}

int facts_keep(struct facts *facts, struct arena *arena, ns_text from,
               ns_text *out, struct ns_error *err)
{
	struct slice text = slice_text(from);
	TRY(clean(facts, &text, err));
	char *copy = arena_copy(arena, text.data, text.len);
	if (!copy)
		return err_nomem(err);
	*out = (ns_text){copy, text.len};
	return NS_OK;
}

int facts_read(struct facts *facts, const struct segment *segment, uint32_t doc,
               struct arena *arena, struct ns_article *out,
               struct ns_error *err)
{
	ns_text *const texts[] = {&out->id, &out->title, &out->section,
		&out->author, &out->url, &out->lang, &out->source,
		&out->topics, &out->places};
	*out = (struct ns_article){.date = NS_NO_DATE};
	TRY(segment_head(segment, view_of(facts, segment), doc, out, err));
	for (size_t i = 0; i < ARRAY_LEN(texts); i++)
		TRY(facts_keep(facts, arena, *texts[i], texts[i], err));
	return NS_OK;
}

int facts_body(struct facts *facts, const struct segment *segment, uint32_t doc,
               struct slice *out, struct ns_error *err)
{
	struct ns_article article = {.date = NS_NO_DATE};
	TRY(segment_body(segment, view_of(facts, segment), doc, &article, err));
	*out = slice_text(article.body);
	return clean(facts, out, err);
}
