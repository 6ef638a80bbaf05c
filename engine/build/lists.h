/* lists.h — the inverter's lists, in order, become `post`, `posn`, `pair` and
 * lexicon.
 *
 * Two passes.  The first walks the terms in the order of the lexicon: decodes a
 * list, leaves out dead docs and renumbers the others, numbers the forms by how
 * often they occur, and writes postings.  The second merges words and terms into
 * one sorted row of entries; it must be second because a word may sort before
 * its term (`happy`, `happi`) and needs its form number.  Pairs of frequent words
 * (pairs.h) come behind both: they are named by entry numbers.
 */
#ifndef NS_BUILD_LISTS_H
#define NS_BUILD_LISTS_H

#include "build/inverter.h"
#include "build/steps.h"
#include "format/info.h"
#include "format/lexicon.h"
#include "format/postings.h"

#define NO_DOC UINT32_MAX

struct lists_input {
	const struct inverter *inverter;
	const uint32_t *new_doc; /* by old doc; NO_DOC: dead */
	uint32_t doc_count;      /* of the living */
	const uint8_t *lengths[2]; /* u16[doc_count]: text, title */
	struct info *info;       /* avglen0 of words fields is read, n of value
	                            fields is written */
	const struct steps *steps;
};

struct lists_output {
	struct buffer post, posn, pairs;
	struct lexicon_writer lexicon;
	uint32_t *sections;      /* column; doc_count numbers, zeroed by caller */
	uint64_t n_postings;
};

int lists_write(const struct lists_input *input, struct lists_output *out,
                struct ns_error *err);

#endif
