#include "tests/spec/lists.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "tests/spec/positions.h"
#include "tests/spec/print.h"

static const char *const field_names[FIELDS] = {
	"", "text", "title", "section", "author", "lang", "url", "id", "topic",
	"place"};

/* ---- the forms of a term -------------------------------------------------- */

/* By form number. */
struct words {
	const struct entry **at;
	size_t n;
};

static void forms_check(const struct entry *term, struct words words,
                        struct list list, const uint64_t *forms)
{
	must(words.n == term->n_forms, "number of forms");
	uint64_t *often = room(words.n, 8), *docs = room(words.n, 8);
	uint64_t *last = room(words.n, 8);
	for (size_t i = 0, at = 0; i < list.df; i++)
		for (size_t k = 0; k < list.tfs[i]; k++, at++) {
			must(forms[at] < words.n, "form numbers");
			often[forms[at]]++;
			docs[forms[at]] += last[forms[at]] != i + 1;
			last[forms[at]] = i + 1;
		}
	for (uint64_t f = 0; f < words.n; f++) {
		const struct entry *word = words.at[f];
		must(word->form == f, "each form number has one word");
		must(word->sole == (words.n == 1), "sole forms");
		must(word->sole || word->word_df == docs[f], "df of a word");
		must(!f || often[f] < often[f - 1] ||
		     (often[f] == often[f - 1] && word > words.at[f - 1]),
		     "forms are numbered by occurrences");
	}
	free(often);
	free(docs);
	free(last);
}

static void forms_print(const struct entry *term, struct words words)
{
	for (size_t f = 0; f < words.n; f++) {
		const struct entry *word = words.at[f];
		printf("  form %zu ", f);
		key_print(word);
		printf(" df=%" PRIu64 "\n", word->sole ? term->df
		                                       : word->word_df);
	}
}

/* ---- a term --------------------------------------------------------------- */

/* What the list says of the docs with a value of its field. */
static void docs_count(struct segment *seg, const struct entry *term,
                       struct list list)
{
	uint64_t place = (uint64_t)(term - seg->entries) - seg->first_of_section;
	seg->n_values[term->field] += list.df;
	for (size_t i = 0; i < list.df; i++) {
		uint64_t doc = list.docs[i];
		bool *has = &seg->having[term->field][doc];
		seg->n_with[term->field] += !*has;
		*has = true;
		must(term->field != SECTION || seg->sections[doc] == place + 1,
		     "sect is the place of the section");
	}
}

static void term_dump(struct segment *seg, const struct entry *term,
                      struct words words)
{
	struct list list = list_of(seg, term, false);
	uint64_t *places = room(term->cf, 8), *forms = room(term->cf, 8);
	uint64_t *unit_end = room(term->df / 256, 8);
	list_read(seg, term, list, unit_end);
	printf("%s:", field_names[term->field]);
	key_print(term);
	printf(" df=%" PRIu64 " cf=%" PRIu64 " forms=%" PRIu64 "\n", term->df,
	       term->cf, term->n_forms);
	if (list.words) {
		positions_read(seg, term, list, unit_end, places, forms);
		forms_check(term, words, list, forms);
	} else {
		must(term->cf == term->df && term->n_forms == 1, "a value");
	}
	forms_print(term, words);
	docs_count(seg, term, list);
	list_print(seg, term, list, places, forms);
	list_release(&list);
	free(places);
	free(forms);
	free(unit_end);
}

/* ---- all ------------------------------------------------------------------ */

static int word_compare(const void *a, const void *b)
{
	const struct entry *x = *(const struct entry *const *)a;
	const struct entry *y = *(const struct entry *const *)b;
	if (x->of_term != y->of_term)
		return x->of_term < y->of_term ? -1 : 1;
	return (x->form > y->form) - (x->form < y->form);
}

/* All words, by their terms and form numbers. */
static struct words words_sort(struct segment *seg)
{
	struct words out = {room(seg->n_entries, sizeof *out.at), 0};
	for (uint32_t i = 0; i < seg->n_entries; i++) {
		struct entry *word = &seg->entries[i];
		if (!word->word)
			continue;
		if (word->self)
			word->of_term = i;
		uint64_t term = word->of_term;
		must(term < seg->n_entries && seg->entries[term].term &&
		     seg->entries[term].field == word->field,
		     "a word refers to a term of its field");
		out.at[out.n++] = word;
	}
	qsort(out.at, out.n, sizeof *out.at, word_compare);
	return out;
}

void lists_dump(struct segment *seg)
{
	struct words all = words_sort(seg), words = {all.at, 0};
	const struct entry **end = all.at + all.n;
	for (uint32_t i = 0; i < seg->n_entries; i++) {
		for (words.n = 0; words.at + words.n < end &&
		     words.at[words.n]->of_term == i; words.n++)
			;
		if (seg->entries[i].term)
			term_dump(seg, &seg->entries[i], words);
		words.at += words.n;
	}
	for (unsigned field = SECTION; field < FIELDS; field++) {
		uint64_t n = seg->field_n[field];
		must(seg->n_with[field] == n, "n is the docs with a value");
		must(seg->n_values[field] ==
		     (field < TOPIC ? n : seg->field_sum[field]),
		     "sum_length is the values of topics and places");
	}
	free(all.at);
}
