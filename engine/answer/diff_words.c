#include "answer/diff_words.h"

#include <xxhash.h>

/* ---- words ------------------------------------------------------------- */

/* Bytes of the blank there: ASCII white space or U+00A0. */
static size_t blank_at(struct slice text, size_t at)
{
	uint8_t byte = text.data[at];
	if (byte == ' ' || (byte >= 9 && byte <= 13))
		return 1;
	return byte == 0xC2 && at + 1 < text.len && text.data[at + 1] == 0xA0
		? 2 : 0;
}

size_t diff_word_end(struct slice text, size_t start)
{
	size_t end = start, at = start, n;
	if (text.data[start] != '\n') {
		while (end < text.len && !blank_at(text, end))
			end++;
		return end;
	}
	/* behind the last line end of the blanks */
	while (at < text.len && (n = blank_at(text, at)) > 0) {
		at += n;
		if (text.data[at - 1] == '\n')
			end = at;
	}
	return end;
}

bool diff_word_next(struct slice text, size_t at, size_t *start, size_t *end)
{
	bool first = at == 0;
	size_t line_end = text.len, n;
	while (at < text.len && (n = blank_at(text, at)) > 0) {
		if (text.data[at] == '\n' && line_end == text.len)
			line_end = at;
		at += n;
	}
	if (at == text.len)
		return false;
	*start = first || line_end == text.len ? at : line_end;
	*end = diff_word_end(text, *start);
	return true;
}

static int find_words(struct diff_words *words, struct ns_error *err)
{
	size_t start, end = 0;
	ASSERT_REL(words->text.len, <, 1 << 28);
	while (diff_word_next(words->text, end, &start, &end))
		words->n++;
	words->starts = mem_alloc(((size_t)words->n + 1) * sizeof(uint32_t));
	words->ids = mem_alloc(((size_t)words->n + 1) * sizeof(uint32_t));
	if (!words->starts || !words->ids)
		return err_nomem(err);
	end = 0;
	for (uint32_t i = 0; i < words->n; i++) {
		diff_word_next(words->text, end, &start, &end);
		words->starts[i] = (uint32_t)start;
	}
	return NS_OK;
}

/* ---- numbers ----------------------------------------------------------- */

/* Of each number one word that has it, as its place among the words of both. */
struct numbering {
	const struct diff_texts *texts;
	uint32_t *slots; /* number + 1; 0: free */
	uint32_t *words; /* by number */
	size_t n_slots, capacity;
	uint32_t n;
};

static struct slice word_at(const struct diff_texts *texts, uint32_t place)
{
	const struct diff_words *side = &texts->side[0];
	if (place >= side->n) {
		place -= side->n;
		side = &texts->side[1];
	}
	size_t start = side->starts[place];
	/* how many empty lines there are says nothing */
	size_t end = side->text.data[start] == '\n'
		? start + 1 : diff_word_end(side->text, start);
	return slice_of(side->text.data + start, end - start);
}

static uint32_t *slot_of(const struct numbering *numbering, struct slice word)
{
	size_t mask = numbering->n_slots - 1;
	size_t at = XXH3_64bits(word.data, word.len) & mask;
	for (;; at = (at + 1) & mask) {
		uint32_t *slot = &numbering->slots[at];
		if (!*slot || slice_equal(word, word_at(numbering->texts,
		                          numbering->words[*slot - 1])))
			return slot;
	}
}

/* At most half of the slots are taken. */
static int grow(struct numbering *numbering, struct ns_error *err)
{
	if (2 * ((size_t)numbering->n + 1) <= numbering->n_slots)
		return NS_OK;
	mem_free(numbering->slots);
	numbering->n_slots = numbering->n_slots ? 2 * numbering->n_slots : 1024;
	numbering->slots = mem_zero(numbering->n_slots,
	                            sizeof *numbering->slots);
	if (!numbering->slots)
		return err_nomem(err);
	for (uint32_t i = 0; i < numbering->n; i++)
		*slot_of(numbering, word_at(numbering->texts,
		                            numbering->words[i])) = i + 1;
	return NS_OK;
}

static int number_word(struct numbering *numbering, uint32_t place,
                       uint32_t *out, struct ns_error *err)
{
	TRY(grow(numbering, err));
	uint32_t *slot = slot_of(numbering, word_at(numbering->texts, place));
	if (!*slot) {
		TRY(mem_grow((void **)&numbering->words, &numbering->capacity,
		             (size_t)numbering->n + 1,
		             sizeof *numbering->words, err));
		numbering->words[numbering->n++] = place;
		*slot = numbering->n;
	}
	*out = *slot - 1;
	return NS_OK;
}

static int number_words(struct diff_texts *texts, struct ns_error *err)
{
	struct numbering numbering = {.texts = texts};
	int status = NS_OK;
	uint32_t place = 0;
	for (int side = 0; side < 2; side++)
		for (uint32_t i = 0; status == NS_OK &&
		                     i < texts->side[side].n; i++)
			status = number_word(&numbering, place++,
			                     &texts->side[side].ids[i], err);
	texts->n_ids = numbering.n;
	mem_free(numbering.slots);
	mem_free(numbering.words);
	return status;
}

int diff_words_read(struct diff_texts *out, struct slice old_text,
                    struct slice new_text, struct ns_error *err)
{
	*out = (struct diff_texts){.side = {{.text = old_text},
	                                    {.text = new_text}}};
	int status = find_words(&out->side[0], err);
	if (status == NS_OK)
		status = find_words(&out->side[1], err);
	if (status == NS_OK)
		status = number_words(out, err);
	if (status != NS_OK)
		diff_words_release(out);
	return status;
}

void diff_words_release(struct diff_texts *texts)
{
	for (int side = 0; side < 2; side++) {
		mem_free(texts->side[side].starts);
		mem_free(texts->side[side].ids);
	}
	*texts = (struct diff_texts){0};
}
