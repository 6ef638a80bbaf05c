#include "answer/notes.h"

#include <inttypes.h>

static int add(struct ns_results *results, struct buffer *text,
               struct ns_error *err)
{
	TRY(buffer_check(text, err));
	ASSERT_REL(results->n_notes, <, NOTES_MAX);
	char *note = arena_copy(&results->arena, text->data, text->len);
	if (!note)
		return err_nomem(err);
	results->notes[results->n_notes++] = note;
	return NS_OK;
}

/* The first segment that was analyzed in another way than we do, or NULL. */
static const struct info *foreign(const struct snapshot *snapshot,
                                  const struct analyzer *analyzer)
{
	uint64_t identity = analyzer_identity(analyzer);
	for (uint32_t i = 0; i < snapshot->manifest.n_segments; i++) {
		const struct info *info = &snapshot->segments[i].segment.info;
		if (info->identity != identity)
			return info;
	}
	return NULL;
}

static int write_all(struct ns_results *results, const struct query *query,
                     const struct plan *plan, const struct info *other,
                     struct buffer *text, struct ns_error *err)
{
	if (!plan->root) {
		buffer_text(text, "no word in the query");
		TRY(add(results, text, err));
	}
	buffer_clear(text);
	if (plan->overlong) {
		buffer_printf(text, "%" PRIu64 " %s of over %d bytes %s left "
		              "out of the query", plan->overlong,
		              plan->overlong == 1 ? "word" : "words", WORD_MAX,
		              plan->overlong == 1 ? "was" : "were");
		TRY(add(results, text, err));
	}
	buffer_clear(text);
	if (query->clipped) {
		buffer_printf(text, "brackets more than %d deep were read as "
		              "if they were not there", QUERY_DEPTH_MAX);
		TRY(add(results, text, err));
	}
	buffer_clear(text);
	if (other) {
		buffer_text(text, "this index was analyzed with another "
		            "version (Unicode ");
		buffer_append(text, other->unicode.data, other->unicode.len);
		buffer_text(text, ", ");
		buffer_append(text, other->stemmer.data, other->stemmer.len);
		buffer_text(text, "): words may be cut in another way; build "
		            "it anew to be sure of every hit");
		TRY(add(results, text, err));
	}
	return NS_OK;
}

int notes_make(struct ns_results *results, const struct query *query,
               const struct plan *plan, const struct analyzer *analyzer,
               struct ns_error *err)
{
	struct buffer text;
	buffer_init(&text, 64u << 10);
	int status = write_all(results, query, plan,
	                       foreign(plan->snapshot, analyzer), &text, err);
	buffer_release(&text);
	return status;
}
