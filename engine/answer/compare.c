#include "answer/compare.h"

#include "answer/diff.h"
#include "answer/unwrap.h"
#include "index/find_id.h"

static size_t end_of(const struct diff_words *words, uint32_t word)
{
	return diff_word_end(words->text, words->starts[word]);
}

/* The bytes of words [at, end) of a text; of none, where the next begins, or the
 * last one ends. */
static void bytes_of(const struct diff_words *words, uint32_t at, uint32_t end,
                     size_t *from, size_t *to)
{
	if (at < words->n)
		*from = words->starts[at];
	else
		*from = words->n ? end_of(words, words->n - 1) : 0;
	*to = at < end ? end_of(words, end - 1) : *from;
}

static int put_hunks(struct ns_diff *out, const struct diff_texts *texts,
                     const struct diff_changes *changes, struct ns_error *err)
{
	struct diff_box box = {0};
	while (diff_changes_next(changes, texts, &box)) {
		TRY(mem_grow((void **)&out->hunks, &out->capacity,
		             out->n_hunks + 1, sizeof *out->hunks, err));
		ns_hunk *hunk = &out->hunks[out->n_hunks++];
		bytes_of(&texts->side[0], box.at[0], box.end[0],
		         &hunk->old_start, &hunk->old_end);
		bytes_of(&texts->side[1], box.at[1], box.end[1],
		         &hunk->new_start, &hunk->new_end);
	}
	return NS_OK;
}

int compare_bodies(struct ns_diff *out, struct slice old_body,
                   struct slice new_body, struct ns_error *err)
{
	struct diff_texts texts;
	struct diff_changes changes;
	TRY(diff_words_read(&texts, old_body, new_body, err));
	int status = diff_changes_find(&changes, &texts, err);
	if (status == NS_OK) {
		status = put_hunks(out, &texts, &changes, err);
		out->n_coarse = changes.n_coarse;
		diff_changes_release(&changes);
	}
	diff_words_release(&texts);
	return status;
}

static int read_article(struct ns_diff *out, const struct snapshot *snapshot,
                        struct slice id, struct facts *facts, ns_article *article,
                        struct ns_error *err)
{
	const struct segment *segment;
	struct slice body;
	uint32_t doc;
	TRY(find_living(snapshot, id, &segment, &doc, err));
	if (!segment->has_bodies)
		return err_set(err, NS_E_USAGE, "the index does not keep the "
		               "text of articles: it was built with --store=no");
	TRY(facts_read(facts, segment, doc, &out->arena, article, err));
	TRY(facts_body(facts, segment, doc, &body, err));
	char *copy = arena_copy(&out->arena, body.data, body.len);
	if (!copy)
		return err_nomem(err);
	unwrap((uint8_t *)copy, body.len);
	article->body = (ns_text){copy, body.len};
	return NS_OK;
}

int compare_articles(struct ns_diff *out, const struct snapshot *snapshot,
                     struct slice old_id, struct slice new_id,
                     struct ns_error *err)
{
	const struct slice ids[] = {old_id, new_id};
	struct facts facts;
	int status = NS_OK;
	facts_init(&facts);
	for (int i = 0; i < 2 && status == NS_OK; i++)
		status = read_article(out, snapshot, ids[i], &facts,
		                      &out->articles[i], err);
	facts_release(&facts);
	TRY(status);
	return compare_bodies(out, slice_text(out->articles[0].body),
	                      slice_text(out->articles[1].body), err);
}

void compare_release(struct ns_diff *diff)
{
	arena_release(&diff->arena);
	mem_free(diff->hunks);
	*diff = (struct ns_diff){0};
}
