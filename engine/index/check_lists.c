/* Do the lists of each field say what the columns and `info` say?
 *
 * Every list is checked by itself (format/postings_check.c).  A doc has one section at
 * most, and the column says which; of topics and places it may have several, so that
 * the docs that have any are marked, list by list, and counted at the field's end. */
#include "index/check_segment.h"

/* What the lists of the value fields come to. */
struct tally {
	const struct segment *segment;
	uint64_t values[FIELD_END];
	uint32_t sections;
	uint64_t *with;          /* bit i: doc i has a value of the field below */
	uint8_t field;
};

/* Sees the docs of a value: one of a section must say so in the column, and has one;
 * those of several are marked. */
static int tally_docs(struct tally *tally, const struct lexicon_entry *entry,
                      struct ns_error *err)
{
	const struct segment *segment = tally->segment;
	struct postings_cursor cursor;
	int status = postings_open(&cursor, &segment->postings, &entry->term,
	                           err);
	while (status == NS_OK && cursor.doc != POSTINGS_END) {
		uint32_t doc = cursor.doc;
		if (field_has_several(entry->field))
			tally->with[doc / 64] |= UINT64_C(1) << doc % 64;
		else if (column_number(&segment->sections, doc) !=
		         tally->sections)
			status = check_wrong(segment, err,
			                     "sect: a doc has another section than "
			                     "its list says", doc);
		postings_next(&cursor);
	}
	if (status == NS_OK)
		status = cursor.status;
	postings_release(&cursor);
	return status;
}

/* The lists of a field stand in a row: the docs of the last one are counted. */
static int end_field(struct tally *tally, uint8_t next, struct ns_error *err)
{
	const struct segment *segment = tally->segment;
	const struct info_field *field = &segment->info.field[tally->field];
	size_t words = segment->info.doc_count / 64 + 1;
	uint64_t n = 0;
	for (size_t i = 0; i < words && field_has_several(tally->field); i++)
		n += (unsigned)__builtin_popcountll(tally->with[i]);
	if (field_has_several(tally->field) && n != field->n)
		return check_wrong(segment, err, "info: a wrong number of docs with "
		                   "values of a field", tally->field);
	memset(tally->with, 0, words * sizeof *tally->with);
	tally->field = next;
	return NS_OK;
}

static int check_list(struct tally *tally, const struct lexicon_entry *entry,
                      struct ns_error *err)
{
	const struct segment *segment = tally->segment;
	if (!entry->is_term)
		return NS_OK;
	TRY(postings_check(&segment->postings, &entry->term,
	                   segment->lengths[entry->field].data,
	                   segment->info.field[entry->field].avglen0, err));
	if (entry->field != tally->field)
		TRY(end_field(tally, entry->field, err));
	tally->values[entry->field] += entry->term.df;
	tally->sections += entry->field == FIELD_SECTION;
	if (entry->field == FIELD_SECTION || field_has_several(entry->field))
		return tally_docs(tally, entry, err);
	return NS_OK;
}

static int check_values(const struct tally *tally, struct ns_error *err)
{
	const struct segment *segment = tally->segment;
	for (unsigned f = FIELD_SECTION; f < FIELD_END; f++) {
		const struct info_field *field = &segment->info.field[f];
		if (tally->values[f] != (field_has_several(f)
		                         ? field->sum_length : field->n))
			return check_wrong(segment, err, "info: a wrong number of "
			                   "values of a field", f);
	}
	uint64_t with_section = 0;
	for (uint32_t doc = 0; doc < segment->info.doc_count; doc++)
		with_section += column_number(&segment->sections, doc) > 0;
	if (with_section != tally->values[FIELD_SECTION])
		return check_wrong(segment, err,
		                   "sect: a doc has a section that no list has",
		                   (uint32_t)with_section);
	return NS_OK;
}

static int check_all(struct tally *tally, struct ns_error *err)
{
	const struct lexicon *lexicon = &tally->segment->lexicon;
	struct lexicon_entry entry;
	for (uint32_t i = 0; i < lexicon_end(lexicon);
	     i = lexicon_next(lexicon, i)) {
		TRY(lexicon_get(lexicon, i, &entry, err));
		TRY(check_list(tally, &entry, err));
	}
	TRY(end_field(tally, FIELD_END, err));
	return check_values(tally, err);
}

int check_lists(const struct segment *segment, struct ns_error *err)
{
	struct tally tally = {.segment = segment};
	TRY(lexicon_check(&segment->lexicon, err));
	tally.with = mem_zero((size_t)segment->info.doc_count / 64 + 1,
	                      sizeof *tally.with);
	int status = tally.with ? check_all(&tally, err) : err_nomem(err);
	mem_free(tally.with);
	return status;
}
