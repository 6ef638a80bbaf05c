/* stat_cost.h — what do all segments of an index cost, part by part?
 *
 * Walks the lexicons of all segments side by side and reads every list once
 * (postings_cost.h): a term that stands in several segments is one term, with the
 * sum of its lists.  The dead of a segment still stand in its lists and count.
 *
 * The parts of a chunk add up to its bytes; a rest would be bytes that nothing
 * refers to.
 */
#ifndef NS_ANSWER_STAT_COST_H
#define NS_ANSWER_STAT_COST_H

#include "format/lexicon_cost.h"
#include "format/postings_cost.h"
#include "index/snapshot.h"

enum { STAT_HEAVIEST = 20 };

struct stat_term {
	uint8_t field, key_len, key[KEY_MAX];
	uint64_t df, cf, post, posn; /* post, posn: bytes */
};

struct stat_field {
	struct lexicon_cost lexicon;
	struct postings_cost lists;
	uint64_t padding;    /* in post, before a directory */
	uint64_t column;     /* lengths, the column of sections, the chunk of pairs */
	uint64_t postings, occurrences;
	uint64_t in_post, in_posn; /* of these, not in the lexicon */
};

struct stat_cost {
	uint64_t chunk[CHUNKS];
	uint64_t frame;      /* headers, tables, footers, padding of segments */
	uint64_t deletes;    /* files of deletes */
	uint64_t all;        /* the sum of these */
	uint64_t text;       /* what files without stored text would not have */
	/* [0]: what belongs to none; [FIELD_PAIR]: pairs of frequent words */
	struct stat_field field[FIELD_PAIR + 1];
	struct stat_term heaviest[STAT_HEAVIEST]; /* by falling post + posn */
	uint32_t n_heaviest;
};

/* The name of part i and its bytes in all segments: chunks, "frame", "deletes";
 * NULL behind them. */
const char *stat_part(const struct snapshot *snapshot, unsigned i,
                      uint64_t *bytes);

/* All of it.  NS_E_CORRUPT, NS_E_NOMEM. */
int stat_measure(const struct snapshot *snapshot, struct stat_cost *out,
                 struct ns_error *err);

/* All of a field but its words (forms): lexicon, lists, lengths. */
uint64_t stat_field_all(const struct stat_field *field);

#endif
