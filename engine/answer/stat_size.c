#include "answer/stat_size.h"

#include "answer/digits.h"
#include "answer/fields.h"
#include "answer/stat_cost.h"
#include "answer/stat_lines.h"

enum { NAME = 24 };

static void line(struct buffer *text, const char *name, uint64_t bytes,
                 uint64_t whole)
{
	if (!bytes)
		return;
	stat_share(text, name, NAME - 2, bytes, whole);
	buffer_byte(text, '\n');
}

static void chunk_lines(struct buffer *text, const struct stat_cost *cost)
{
	buffer_text(text, "\nchunks\n");
	for (enum chunk chunk = 0; chunk < CHUNKS; chunk++)
		line(text, chunk_name(chunk), cost->chunk[chunk], cost->all);
	line(text, "frame", cost->frame, cost->all);
	line(text, "deletes", cost->deletes, cost->all);
	line(text, "all", cost->all, cost->all);
}

/* ", 30,112 words" */
static void count(struct buffer *text, uint64_t n, const char *one,
                  const char *many)
{
	if (!n)
		return;
	buffer_text(text, ", ");
	digits_grouped(text, n);
	buffer_printf(text, " %s", n == 1 ? one : many);
}

static void field_lines(struct buffer *text, unsigned number,
                        const struct stat_field *field, uint64_t whole)
{
	const struct lexicon_cost *lexicon = &field->lexicon;
	const struct postings_cost *lists = &field->lists;
	if (!lexicon->n_terms)
		return;
	buffer_printf(text, "\n%-*s", NAME, field_name(number));
	stat_number(text, stat_field_all(field), STAT_NUMBER);
	stat_percent(text, stat_field_all(field), whole);
	count(text, lexicon->n_words, "word", "words");
	count(text, lexicon->n_terms, "term", "terms");
	count(text, field->postings, "posting", "postings");
	if (field_has_words(number))
		count(text, field->occurrences, "occurrence", "occurrences");
	buffer_byte(text, '\n');
	line(text, "terms", lexicon->terms + lexicon->places, whole);
	line(text, "words", lexicon->words, whole);
	line(text, "lexicon blocks", lexicon->frame, whole);
	line(text, "directories", lists->directory + lists->place_ends +
	     field->padding, whole);
	line(text, "docs", lists->docs, whole);
	line(text, "frequencies", lists->tfs, whole);
	line(text, "tails", lists->tails, whole);
	line(text, "positions", lists->positions, whole);
	line(text, "forms", lists->forms, whole);
	line(text, field_has_words(number) ? "lengths" : "by article",
	     field->column, whole);
}

static void pair_lines(struct buffer *text, const struct stat_field *pairs,
                       uint64_t whole)
{
	const struct postings_cost *lists = &pairs->lists;
	if (!pairs->postings)
		return;
	buffer_printf(text, "\n%-*s", NAME, "pairs of frequent words");
	stat_number(text, stat_field_all(pairs), STAT_NUMBER);
	stat_percent(text, stat_field_all(pairs), whole);
	count(text, pairs->postings, "posting", "postings");
	buffer_byte(text, '\n');
	line(text, "table", pairs->column, whole);
	line(text, "directories", lists->directory + pairs->padding, whole);
	line(text, "docs", lists->docs, whole);
	line(text, "frequencies", lists->tfs, whole);
	line(text, "tails", lists->tails, whole);
}

static void heaviest_lines(struct buffer *text, const struct stat_cost *cost)
{
	if (!cost->n_heaviest)
		return;
	buffer_printf(text, "\n%-*s%*s%*s%*s%*s%*s\n", NAME,
	              "the heaviest lists", STAT_NUMBER, "post", STAT_NUMBER,
	              "posn", STAT_PERCENT + 2, "", STAT_NUMBER, "articles",
	              STAT_NUMBER, "occurrences");
	for (uint32_t i = 0; i < cost->n_heaviest; i++) {
		const struct stat_term *term = &cost->heaviest[i];
		size_t from = text->len;
		buffer_printf(text, "  %s:", field_name(term->field));
		buffer_append(text, term->key, term->key_len);
		size_t wide = text->len - from;
		buffer_printf(text, "%*s", wide < NAME ? (int)(NAME - wide) : 1,
		              "");
		stat_number(text, term->post, STAT_NUMBER);
		stat_number(text, term->posn, STAT_NUMBER);
		stat_percent(text, term->post + term->posn, cost->all);
		stat_number(text, term->df, STAT_NUMBER);
		stat_number(text, term->cf, STAT_NUMBER);
		buffer_byte(text, '\n');
	}
}

/* Block headers and the padding of lists stay: they would be others then. */
static void without_lines(struct buffer *text, const struct stat_cost *cost)
{
	uint64_t positions = 0, forms = 0, ends = 0;
	for (unsigned i = FIELD_TEXT; i < FIELD_END; i++) {
		const struct stat_field *field = &cost->field[i];
		positions += field->lists.positions;
		forms += field->lists.forms + field->lexicon.words;
		if (field_has_words(i))
			ends += field->lists.place_ends + field->lexicon.places;
	}
	buffer_text(text, "\nto leave out\n");
	line(text, "positions", positions, cost->all);
	line(text, "forms, their words", forms, cost->all);
	line(text, "both, where they lie", positions + forms + ends, cost->all);
	line(text, "pairs", stat_field_all(&cost->field[FIELD_PAIR]),
	     cost->all);
	line(text, "stored text", cost->text, cost->all);
}

/* What no list refers to: nothing, unless a writer leaves room. */
static void rest_line(struct buffer *text, const struct stat_cost *cost)
{
	uint64_t parts = 0, chunks = cost->chunk[CHUNK_POSTINGS] +
	                             cost->chunk[CHUNK_POSITIONS];
	for (unsigned i = 0; i <= FIELD_PAIR; i++)
		parts += postings_cost_post(&cost->field[i].lists) +
		         postings_cost_posn(&cost->field[i].lists) +
		         cost->field[i].padding;
	if (parts < chunks)
		line(text, "of no list", chunks - parts, cost->all);
}

static void print(const struct snapshot *snapshot, const char *place,
                  const struct stat_cost *cost, struct buffer *text)
{
	uint32_t n = snapshot->manifest.n_segments;
	stat_label(text, "index");
	buffer_printf(text, "%s\n", place);
	stat_label(text, "size");
	digits_grouped(text, cost->all);
	buffer_text(text, " bytes in ");
	digits_grouped(text, n);
	buffer_text(text, n == 1 ? " segment\n" : " segments\n");
	if (!cost->all)
		return;
	chunk_lines(text, cost);
	for (unsigned i = FIELD_TEXT; i < FIELD_END; i++)
		field_lines(text, i, &cost->field[i], cost->all);
	pair_lines(text, &cost->field[FIELD_PAIR], cost->all);
	rest_line(text, cost);
	heaviest_lines(text, cost);
	without_lines(text, cost);
}

int stat_size_print(const struct snapshot *snapshot, const char *place,
                    struct output *out, struct ns_error *err)
{
	struct stat_cost *cost = mem_alloc(sizeof *cost);
	if (!cost)
		return err_nomem(err);
	int status = stat_measure(snapshot, cost, err);
	if (status == NS_OK)
		print(snapshot, place, cost, &out->text);
	mem_free(cost);
	TRY(status);
	return output_end(out, err);
}
