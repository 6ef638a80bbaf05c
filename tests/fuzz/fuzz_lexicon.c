/* fuzz_lexicon.c — does the lexicon hold against any three chunks?
 *
 * Input: doc_count (u32), number of blocks (u16), flags (u8), then separators,
 * offsets and blocks.  Unless flag 1 is set the offsets are made to say that
 * number, as little else would be tried.  Where lexicon_check finds no fault,
 * each key is found where it is.
 */
#include "format/lexicon.h"
#include "tests/fuzz/fuzz.h"

static bool is_same_term(const struct lexicon_term *a,
                         const struct lexicon_term *b)
{
	return a->df == b->df && a->cf == b->cf && a->n_forms == b->n_forms &&
	       a->post == b->post && a->posn == b->posn && a->doc == b->doc &&
	       a->position == b->position;
}

static bool is_same(const struct lexicon_entry *a, const struct lexicon_entry *b)
{
	return a->entry == b->entry && a->field == b->field &&
	       a->key_len == b->key_len && !memcmp(a->key, b->key, a->key_len) &&
	       a->is_term == b->is_term && a->is_word == b->is_word &&
	       (!a->is_term || is_same_term(&a->term, &b->term)) &&
	       (!a->is_word || (a->word_term == b->word_term &&
	                        a->word_form == b->word_form &&
	                        a->word_df == b->word_df));
}

static void check_entry(const struct lexicon *lexicon,
                        const struct lexicon_entry *entry)
{
	ASSERT_REL(entry->key_len, >=, 1);
	ASSERT_REL(entry->field, >=, 1);
	ASSERT_REL(entry->field, <, FIELD_END);
	ASSERT_REL(entry->is_term || entry->is_word, ==, true);
	if (entry->is_word)
		ASSERT_REL(entry->word_term, <, lexicon_end(lexicon));
	if (!entry->is_term)
		return;
	ASSERT_REL(entry->term.df, >=, 1);
	ASSERT_REL(entry->term.df, <=, lexicon->doc_count);
	ASSERT_REL(entry->term.cf, >=, entry->term.df);
	ASSERT_REL(entry->term.n_forms, >=, 1);
	ASSERT_REL(entry->term.n_forms, <=, entry->term.cf);
	if (entry->term.df == 1)
		ASSERT_REL(entry->term.doc, <, lexicon->doc_count);
}

/* Looks for the key of an entry; whole: it must be there. */
static void look_up(const struct lexicon *lexicon,
                    const struct lexicon_entry *entry, bool whole)
{
	static struct lexicon_entry found;
	struct slice key = slice_of(entry->key, entry->key_len);
	bool is = false;
	uint32_t bound = 0;
	int status = lexicon_find(lexicon, entry->field, key, &found, &is, NULL);
	if (status == NS_OK && is) {
		check_entry(lexicon, &found);
		ASSERT_REL(found.key_len, ==, entry->key_len);
		ASSERT_REL(memcmp(found.key, entry->key, entry->key_len), ==, 0);
	}
	if (whole)
		ASSERT_REL(status == NS_OK && is && is_same(&found, entry), ==,
		           true);
	status = lexicon_lower_bound(lexicon, entry->field, key, &bound, NULL);
	if (status == NS_OK)
		ASSERT_REL(bound, <=, lexicon_end(lexicon));
	if (whole)
		ASSERT_REL(bound, ==, entry->entry);
}

/* Blocks alone do not say whether a word refers to a term of its field. */
static bool has_term(const struct lexicon *lexicon,
                     const struct lexicon_entry *word)
{
	static struct lexicon_entry term;
	return lexicon_get(lexicon, word->word_term, &term, NULL) == NS_OK &&
	       term.is_term && term.field == word->field;
}

/* The two look-ups that give less say what the one that gives all says. */
static void look_up_parts(const struct lexicon *lexicon,
                          const struct lexicon_entry *entry, bool whole)
{
	static struct lexicon_word word;
	struct slice key = slice_of(entry->key, entry->key_len);
	struct lexicon_term term;
	bool is_term = false, is_word = false;
	int term_status = lexicon_find_term(lexicon, entry->field, key, &term,
	                                    &is_term, NULL);
	int word_status = lexicon_find_word(lexicon, entry->field, key, &word,
	                                    &is_word, NULL);
	if (!whole)
		return;
	ASSERT_REL(term_status, ==, NS_OK);
	ASSERT_REL(is_term, ==, entry->is_term);
	ASSERT_REL(is_word, ==, entry->is_word);
	if (is_term)
		ASSERT_REL(is_same_term(&term, &entry->term), ==, true);
	if (is_word && has_term(lexicon, entry)) {
		ASSERT_REL(word_status, ==, NS_OK);
		ASSERT_REL(word.form, ==, entry->word_form);
		ASSERT_REL(word.df, ==, entry->word_df);
		ASSERT_REL(word.term.entry, ==, entry->word_term);
	}
}

/* Keys that are hardly there. */
static void look_beside(const struct lexicon *lexicon,
                        const struct lexicon_entry *entry)
{
	static struct lexicon_entry near;
	near = *entry;
	near.key[near.key_len - 1]++;
	look_up(lexicon, &near, false);
	near.key[near.key_len - 1] -= 2;
	look_up(lexicon, &near, false);
	near.key_len /= 2;
	if (near.key_len)
		look_up(lexicon, &near, false);
	near.field = (uint8_t)(1 + near.field % (FIELD_END - 1));
	near.key_len = KEY_MAX;
	look_up(lexicon, &near, false);
}

/* How many entries could be read. */
static uint32_t walk(const struct lexicon *lexicon, bool whole)
{
	static struct lexicon_entry entry;
	uint32_t n = 0;
	for (uint32_t i = 0; i < lexicon_end(lexicon);) {
		if (lexicon_get(lexicon, i, &entry, NULL) == NS_OK) {
			check_entry(lexicon, &entry);
			ASSERT_REL(entry.entry, ==, i);
			look_up(lexicon, &entry, whole);
			look_up_parts(lexicon, &entry, whole);
			look_beside(lexicon, &entry);
			n++;
		}
		uint32_t next = lexicon_next(lexicon, i);
		ASSERT_REL(next, >, i);
		i = next;
	}
	return n;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct reader reader = {data, data + size, false};
	struct lexicon lexicon;
	uint32_t doc_count = min_u32(reader_u32(&reader), DOCS_MAX);
	uint32_t n = reader_u16(&reader);
	bool as_is = reader_u8(&reader) & 1;
	struct slice keys = fuzz_chunk(&reader, 8 * (size_t)n);
	struct slice offsets = fuzz_chunk(&reader, 8 + 4 * ((size_t)n + 1));
	struct slice blocks = fuzz_rest(&reader);
	if (!as_is && offsets.len >= 4)
		store_u32((uint8_t *)(uintptr_t)offsets.data, n);
	fuzz_sound = false;
	if (lexicon_open(&lexicon, keys, offsets, blocks, doc_count, "fuzz",
	                 NULL) == NS_OK) {
		/* a sole word without its term shows when it is read */
		bool whole = lexicon_check(&lexicon, NULL) == NS_OK;
		fuzz_sound = walk(&lexicon, false) == lexicon.n_entries && whole;
		if (fuzz_sound)
			walk(&lexicon, true);
		lexicon_release(&lexicon);
	}
	fuzz_free(keys);
	fuzz_free(offsets);
	fuzz_free(blocks);
	return 0;
}
