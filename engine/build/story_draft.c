#include "build/story_draft.h"

#include <stdlib.h>

#include "index/deletes.h"

struct work {
	const struct copies_input *in;
	struct story_draft *draft;
	struct copies copies;
	uint32_t *number;        /* by root: 1 + story; 0: none */
	uint32_t *first;         /* by story: the place of its first article */
	struct docs_reader heads;
	struct segment_view view;
};

void story_draft_init(struct story_draft *draft)
{
	*draft = (struct story_draft){0};
	buffer_init(&draft->links, SIZE_MAX);
	buffer_init(&draft->adopted, SIZE_MAX);
}

void story_draft_release(struct story_draft *draft)
{
	mem_free(draft->of);
	mem_free(draft->names);
	buffer_release(&draft->links);
	buffer_release(&draft->adopted);
	story_draft_init(draft);
}

static void add_link(struct story_draft *draft, uint64_t from, uint64_t to)
{
	buffer_u64(&draft->links, from);
	buffer_u64(&draft->links, to);
	draft->n_links++;
}

static void add_adopted(struct story_draft *draft, struct slice id)
{
	buffer_varint(&draft->adopted, id.len);
	buffer_append(&draft->adopted, id.data, id.len);
	draft->n_adopted++;
}

static int open_rows(struct story_draft *draft, uint32_t n,
                     struct ns_error *err)
{
	draft->doc_count = n;
	draft->of = mem_zero((size_t)n + 1, sizeof *draft->of);
	return draft->of ? NS_OK : err_nomem(err);
}

/* ---- new articles -------------------------------------------------------- */

/* Roots of stories get numbers in the order of their first articles. */
static int number_stories(struct work *work, struct ns_error *err)
{
	const struct copies *copies = &work->copies;
	struct story_draft *draft = work->draft;
	uint32_t n = work->in->n, n_stories = 0;
	uint32_t *number = work->number =
		mem_zero(copies->n_nodes + 1, sizeof *number);
	if (!number)
		return err_nomem(err);
	for (size_t i = 0; i < copies->n_nodes; i++)
		number[copies->parent[i]]++;
	/* the root of a set is its first article */
	for (uint32_t i = 0; i < n; i++)
		number[i] = copies->parent[i] == i && number[i] > 1
			? ++n_stories : 0;
	for (uint32_t i = 0; i < n; i++)
		draft->of[i] = number[copies->parent[i]];
	draft->n_stories = n_stories;
	draft->names = mem_zero((size_t)n_stories + 1, sizeof *draft->names);
	work->first = mem_zero((size_t)n_stories + 1, sizeof *work->first);
	if (!draft->names || !work->first)
		return err_nomem(err);
	for (uint32_t i = n; i-- > 0;)
		if (draft->of[i])
			work->first[draft->of[i] - 1] = i;
	return NS_OK;
}

/* ---- older ones ---------------------------------------------------------- */

struct telling {
	uint32_t story;          /* the new segment's */
	uint32_t part, rank;     /* of the first living article */
	uint32_t doc, older;     /* its doc; its story or STORY_NONE */
};

struct first_of {
	const struct stories *stories;
	struct telling *telling;
	bool any;
};

static bool note_first(void *context, uint32_t part, uint32_t doc)
{
	struct first_of *first = context;
	struct telling *telling = first->telling;
	uint32_t rank = segment_rank(first->stories->parts[part].segment, doc);
	if (!first->any || part < telling->part ||
	    (part == telling->part && rank < telling->rank)) {
		telling->part = part;
		telling->rank = rank;
		telling->doc = doc;
	}
	first->any = true;
	return true;
}

static int compare(const void *a, const void *b)
{
	const struct telling *one = a, *other = b;
	if (one->story != other->story)
		return one->story < other->story ? -1 : 1;
	if (one->part != other->part)
		return one->part < other->part ? -1 : 1;
	return (one->rank > other->rank) - (one->rank < other->rank);
}

static int id_of(struct work *work, const struct telling *telling,
                 struct slice *out, struct ns_error *err)
{
	const struct segment *segment =
		work->in->older->parts[telling->part].segment;
	struct ns_article article;
	/* a view remembers a block by its number in one segment */
	segment_view_release(&work->view);
	work->view = (struct segment_view){0};
	TRY(segment_head(segment, &work->view, telling->doc, &article, err));
	*out = slice_text(article.id);
	return NS_OK;
}

/* What the new segment says of one older story, or of an article that had none. */
static int tell(struct work *work, const struct telling *telling, bool first,
                struct ns_error *err)
{
	struct story_draft *draft = work->draft;
	uint64_t name;
	if (telling->older != STORY_NONE) {
		name = stories_name(work->in->older, telling->older);
	} else {
		struct slice id;
		TRY(id_of(work, telling, &id, err));
		name = story_name(id);
		add_adopted(draft, id);
	}
	if (first)
		draft->names[telling->story] = name;
	else
		add_link(draft, name, draft->names[telling->story]);
	return NS_OK;
}

static struct telling *list_tellings(struct work *work)
{
	const struct copies *copies = &work->copies;
	struct telling *all = mem_zero(copies->n_older + 1, sizeof *all);
	for (size_t i = 0; all && i < copies->n_older; i++) {
		const struct copies_older *older = &copies->older[i];
		struct first_of first = {work->in->older, &all[i], false};
		uint32_t root = copies->parent[work->in->n + i];
		all[i] = (struct telling){.story = work->number[root] - 1,
		                          .older = older->story};
		if (older->story == STORY_NONE)
			note_first(&first, older->part, older->doc);
		else
			stories_each(work->in->older, older->story, note_first,
			             &first);
	}
	if (all)
		qsort(all, copies->n_older, sizeof *all, compare);
	return all;
}

static int tell_all(struct work *work, struct ns_error *err)
{
	size_t n = work->copies.n_older;
	struct telling *all = list_tellings(work);
	int status = all ? NS_OK : err_nomem(err);
	for (size_t i = 0; status == NS_OK && i < n; i++)
		status = tell(work, &all[i],
		              !i || all[i - 1].story != all[i].story, err);
	mem_free(all);
	return status;
}

/* ---- names --------------------------------------------------------------- */

static int name_stories(struct work *work, struct ns_error *err)
{
	struct story_draft *draft = work->draft;
	for (uint32_t i = 0; i < draft->n_stories; i++) {
		struct slice head, id;
		if (draft->names[i])
			continue; /* by what is older */
		TRY(docs_record(&work->heads, work->in->given[work->first[i]],
		                &head, err));
		TRY(store_text(&head, &id, "records", err));
		draft->names[i] = story_name(id);
	}
	return NS_OK;
}

static int find(struct work *work, struct ns_error *err)
{
	TRY(copies_find(&work->copies, work->in, err));
	TRY(open_rows(work->draft, work->in->n, err));
	TRY(number_stories(work, err));
	if (work->copies.n_older)
		TRY(tell_all(work, err));
	TRY(docs_read(&work->heads, work->in->docs, false, err));
	TRY(name_stories(work, err));
	TRY(buffer_check(&work->draft->links, err));
	return buffer_check(&work->draft->adopted, err);
}

int story_draft_find(struct story_draft *draft,
                     const struct copies_input *input, struct ns_error *err)
{
	struct work work = {.in = input, .draft = draft};
	buffer_init(&work.heads.held, SIZE_MAX);
	int status = find(&work, err);
	copies_release(&work.copies);
	mem_free(work.number);
	mem_free(work.first);
	docs_reader_release(&work.heads);
	segment_view_release(&work.view);
	return status;
}

/* ---- merges -------------------------------------------------------------- */

int story_draft_inherit(struct story_draft *draft,
                        const struct story_table *table, struct ns_error *err)
{
	if (draft->n_links > UINT32_MAX - table->n_links ||
	    draft->n_adopted > UINT32_MAX - table->n_adopted)
		return err_set(err, NS_E_LIMIT, "too many links of stories");
	buffer_append(&draft->links, table->links, 16 * (size_t)table->n_links);
	buffer_append(&draft->adopted, table->adopted.data, table->adopted.len);
	draft->n_links += table->n_links;
	draft->n_adopted += table->n_adopted;
	TRY(buffer_check(&draft->links, err));
	return buffer_check(&draft->adopted, err);
}

static int know(struct story_draft *draft, const struct copies_input *in,
                struct number_map *numbers, struct ns_error *err)
{
	uint8_t bytes[8];
	size_t capacity = 0;
	TRY(open_rows(draft, in->n, err));
	TRY(spool_end(&in->docs->sketches, err));
	for (uint32_t i = 0; i < in->n; i++) {
		uint32_t story;
		TRY(spool_read_at(&in->docs->sketches,
		                  (uint64_t)in->given[i] * DOC_SKETCH +
		                  SKETCH_BYTES, bytes, sizeof bytes, err));
		if (!load_u64(bytes))
			continue;
		TRY(number_map_add(numbers, load_u64(bytes), draft->n_stories,
		                   &story, err));
		TRY(mem_grow((void **)&draft->names, &capacity,
		             draft->n_stories + (size_t)1,
		             sizeof *draft->names, err));
		if (story == draft->n_stories)
			draft->names[draft->n_stories++] = load_u64(bytes);
		draft->of[i] = story + 1;
	}
	return NS_OK;
}

int story_draft_know(struct story_draft *draft,
                     const struct copies_input *input, struct ns_error *err)
{
	struct number_map numbers = {0};
	int status = know(draft, input, &numbers, err);
	number_map_release(&numbers);
	return status;
}
