/* walk.h — one term's occurrences, from all runs that have it, in the order of docs.
 *
 * Each run has a piece of the list.  Docs of one lane rise from run to run, and one
 * doc may go on in the next run, where memory ended in its middle; those of other
 * lanes lie between.  So the piece whose next doc is the least goes on until the
 * docs of another are due; of pieces on one doc the first in the row.
 */
#ifndef NS_BUILD_WALK_H
#define NS_BUILD_WALK_H

#include "build/run.h"

/* Where a piece lies. */
struct walk_place {
	const struct run *run;
	uint64_t from, to;         /* offsets of the occurrences */
};

struct walk_piece {
	struct spool_reader *reader;
	uint64_t end;              /* offset behind the piece */
	uint32_t doc;              /* of the occurrence at hand; NO_DOC: none */
	uint32_t position, form;
	const uint32_t *forms;     /* what the piece's forms are to be */
	uint32_t n_forms;          /* 0: they are not wanted */
	/* the piece behind this one in its lane, for readers of its own */
	const struct walk_place *next, *last;
	struct ns_error *err;
};

struct walk {
	struct walk_piece *pieces;
	uint32_t n;
	struct walk_piece *at;
	uint32_t until;            /* the doc where another piece is due */
};

/* reader stands on the occurrences of a list that ends at `end`. */
void walk_piece_start(struct walk_piece *piece, struct spool_reader *reader,
                      uint64_t end, const uint32_t *forms, uint32_t n_forms,
                      struct ns_error *err);
/* A reader of the piece's own over places[n], one after the other; without forms
 * (NULL) all are said to be 0.  The caller releases the reader. */
void walk_piece_open(struct walk_piece *piece, struct spool_reader *reader,
                     const struct walk_place *places, uint32_t n,
                     const uint32_t *forms, uint32_t n_forms,
                     struct ns_error *err);
void walk_start(struct walk *walk, struct walk_piece *pieces, uint32_t n);
/* NS_OK, or why a piece ended early. */
int walk_status(const struct walk *walk);

/* Of walk_next and the starts alone. */
void walk_turn(struct walk *walk);
void walk_piece_more(struct walk_piece *piece);
uint32_t walk_piece_form(struct walk_piece *piece);

static inline void walk_piece_next(struct walk_piece *piece)
{
	struct spool_reader *reader = piece->reader;
	if (spool_reader_tell(reader) >= piece->end) {
		walk_piece_more(piece);
		return;
	}
	uint64_t code = spool_varint(reader);
	piece->form = code & 2 ? walk_piece_form(piece) : piece->forms[0];
	if (code & 1) {
		piece->doc += (uint32_t)spool_varint(reader);
		piece->position = 0;
	}
	piece->position += (uint32_t)(code >> 2);
}

struct walk_occurrence {
	uint32_t doc, position, form;
};

static inline bool walk_next(struct walk *walk, struct walk_occurrence *out)
{
	if (walk->at->doc >= walk->until) {
		walk_turn(walk);
		if (walk->at->doc == UINT32_MAX)
			return false;
	}
	struct walk_piece *piece = walk->at;
	*out = (struct walk_occurrence){piece->doc, piece->position,
	                                piece->form};
	piece->position++;
	walk_piece_next(piece);
	return true;
}

#endif
