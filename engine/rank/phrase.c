#include "rank/phrase.h"

static uint32_t end(struct phrase *phrase)
{
	phrase->doc = POSTINGS_END;
	for (size_t i = 0; i < phrase->n_words; i++)
		if (phrase->words[i].cursor.status != NS_OK)
			phrase->status = phrase->words[i].cursor.status;
	return POSTINGS_END;
}

/* Positions of one word in the current doc, and where the search stands. */
struct places {
	const uint32_t *positions, *forms;
	uint32_t n, i;
};

static bool load(struct phrase_word *word, struct places *out)
{
	out->n = postings_tf(&word->cursor);
	out->i = 0;
	return out->n && postings_places(&word->cursor, &out->positions,
	                                 &out->forms) == NS_OK;
}

static bool form_fits(const struct phrase_word *word,
                      const struct places *places, uint32_t i)
{
	return word->all_forms ||
	       (places->forms ? places->forms[i] : 0) == word->form;
}

/* Does the word stand at this position?  Asked for rising positions. */
static bool stands_at(const struct phrase_word *word, struct places *places,
                      uint64_t position)
{
	while (places->i < places->n && places->positions[places->i] < position)
		places->i++;
	return places->i < places->n &&
	       places->positions[places->i] == position &&
	       form_fits(word, places, places->i);
}

/* Occurrences in the doc that all cursors stand on; false after a failure. */
static bool count(struct phrase *phrase)
{
	struct places places[PHRASE_WORDS_MAX];
	struct phrase_word *words = phrase->words;
	phrase->tf = 0;
	if (phrase->n_words == 1 && words[0].all_forms) {
		phrase->tf = postings_tf(&words[0].cursor);
		return phrase->tf > 0;
	}
	for (size_t i = 0; i < phrase->n_words; i++)
		if (!load(&words[i], &places[i]))
			return false;
	for (uint32_t i = 0; i < places[0].n; i++) {
		uint64_t first = places[0].positions[i];
		bool all = form_fits(&words[0], &places[0], i);
		for (size_t j = 1; j < phrase->n_words && all; j++)
			all = stands_at(&words[j], &places[j],
			                first + words[j].offset);
		phrase->tf += all;
	}
	return true;
}

/* Moves to the first doc from `target` on that all words are in, and in which
 * they stand as asked. */
static uint32_t settle(struct phrase *phrase, uint32_t target)
{
	for (;;) {
		uint32_t doc = postings_seek(
			&phrase->words[phrase->lead].cursor, target);
		bool together = doc != POSTINGS_END;
		for (size_t i = 0; i < phrase->n_words && together; i++) {
			target = postings_seek(&phrase->words[i].cursor, doc);
			together = target == doc;
		}
		if (doc == POSTINGS_END || target == POSTINGS_END)
			return end(phrase);
		if (!together)
			continue;
		if (!count(phrase))
			return end(phrase);
		if (phrase->tf)
			return phrase->doc = doc;
		target = doc + 1;
	}
}

static int open_words(struct phrase *phrase, const struct plan *plan,
                      const struct leaf *leaf, uint32_t segment,
                      struct ns_error *err)
{
	const struct leaf_binding *binding =
		&leaf->bindings[segment * leaf->n_words];
	const struct segment *from = &plan->snapshot->segments[segment].segment;
	for (size_t i = 0; i < leaf->n_words; i++, binding++) {
		struct phrase_word *word = &phrase->words[phrase->n_words++];
		word->offset = leaf->words[i].offset;
		word->form = binding->form;
		word->all_forms = binding->all_forms;
		TRY(postings_open(&word->cursor, &from->postings,
		                  &binding->term, err));
		if (binding->term.df < phrase->words[phrase->lead].cursor.term.df)
			phrase->lead = i;
	}
	return NS_OK;
}

int phrase_open(struct phrase *phrase, struct arena *arena,
                const struct plan *plan, const struct leaf *leaf,
                uint32_t segment, struct ns_error *err)
{
	*phrase = (struct phrase){.doc = POSTINGS_END};
	for (size_t i = 0; i < leaf->n_words; i++)
		if (!leaf->bindings[segment * leaf->n_words + i].found)
			return NS_OK;
	phrase->words = arena_zero(arena, leaf->n_words,
	                           sizeof *phrase->words);
	if (!phrase->words)
		return err_nomem(err);
	TRY(open_words(phrase, plan, leaf, segment, err));
	settle(phrase, 0);
	return phrase->status;
}

void phrase_release(struct phrase *phrase)
{
	for (size_t i = 0; i < phrase->n_words; i++)
		postings_release(&phrase->words[i].cursor);
	phrase->n_words = 0;
}

uint32_t phrase_next(struct phrase *phrase)
{
	return phrase->doc == POSTINGS_END ? POSTINGS_END
	                                   : settle(phrase, phrase->doc + 1);
}

uint32_t phrase_seek(struct phrase *phrase, uint32_t target)
{
	return phrase->doc >= target ? phrase->doc : settle(phrase, target);
}
