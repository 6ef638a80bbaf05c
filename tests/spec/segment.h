/* segment.h — what is known of a segment while it is read?
 *
 * Filled along the data's way: the container gives the chunks; info, columns,
 * heads and lexicon what the lists are read with; the lists are printed and
 * counted, and the counts compared with what info says.
 */
#ifndef NS_TESTS_SPEC_SEGMENT_H
#define NS_TESTS_SPEC_SEGMENT_H

#include "tests/spec/bytes.h"

enum { INFO, LXKT, LXOF, LXBL, POST, POSN, PAIR, LNTX, LNTI, DATE, SECT, RANK,
       SKCH, STRY, HDIX, HEAD, DICT, BDIX, BODY, CHUNKS };

enum { TEXT = 1, TITLE, SECTION, TOPIC = 8, FIELDS = 10 };

struct entry {
	bool here, term, word, self, sole, single;
	uint8_t field, key_size, key[255];
	uint64_t df, cf, post, posn, doc, position, n_forms; /* of a term */
	uint64_t of_term, form, word_df;                     /* of a word */
};

struct segment {
	struct bytes chunks[CHUNKS];

	uint32_t doc_count;                        /* info */
	float avglen0[FIELDS];
	uint64_t field_n[FIELDS], field_sum[FIELDS];

	struct bytes dead;                         /* bitmap by doc */

	uint64_t *sections;                        /* columns */
	uint64_t *ranks; /* NULL: docs stand as they were given */

	struct bytes *ids;                         /* heads */

	struct entry *entries;                     /* lexicon, 32 a block */
	uint32_t n_entries, first_of_section;

	uint64_t n_values[FIELDS], n_with[FIELDS]; /* as the lists say */
	bool *having[FIELDS];                      /* by doc */
};

#endif
