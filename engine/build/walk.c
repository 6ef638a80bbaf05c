#include "build/walk.h"

#include "build/docs.h"

static void start(struct walk_piece *piece)
{
	piece->doc = NO_DOC; /* + the first gap: the first doc */
	piece->position = 0;
	walk_piece_next(piece);
}

void walk_piece_start(struct walk_piece *piece, struct spool_reader *reader,
                      uint64_t end, const uint32_t *forms, uint32_t n_forms,
                      struct ns_error *err)
{
	*piece = (struct walk_piece){.reader = reader, .end = end,
		.forms = forms, .n_forms = n_forms, .err = err};
	start(piece);
}

void walk_piece_open(struct walk_piece *piece, struct spool_reader *reader,
                     const struct walk_place *places, uint32_t n,
                     const uint32_t *forms, uint32_t n_forms,
                     struct ns_error *err)
{
	static const uint32_t none[1];
	*piece = (struct walk_piece){.reader = reader,
		.forms = forms ? forms : none,
		.n_forms = forms ? n_forms : 0, .next = places, .last = places + n, .err = err};
	*reader = (struct spool_reader){0};
	walk_piece_more(piece);
}

void walk_piece_more(struct walk_piece *piece)
{
	piece->doc = NO_DOC;
	if (piece->next == piece->last || piece->reader->status != NS_OK)
		return;
	const struct walk_place *place = piece->next++;
	spool_reader_release(piece->reader);
	spool_read(piece->reader, &place->run->spool, place->from, place->to,
	           RUN_WINDOW / 2, piece->err);
	piece->end = place->to;
	start(piece);
}

/* Runs are our own, but disks are not: a form must be one. */
uint32_t walk_piece_form(struct walk_piece *piece)
{
	uint64_t form = spool_varint(piece->reader);
	if (!piece->n_forms)
		return 0;
	if (form < piece->n_forms)
		return piece->forms[form];
	if (piece->reader->status == NS_OK)
		piece->reader->status = spool_damaged(piece->err);
	return piece->forms[0];
}

void walk_turn(struct walk *walk)
{
	struct walk_piece *at = walk->pieces;
	for (uint32_t i = 1; i < walk->n; i++)
		if (walk->pieces[i].doc < at->doc)
			at = &walk->pieces[i];
	walk->at = at;
	walk->until = NO_DOC;
	for (uint32_t i = 0; i < walk->n; i++) {
		const struct walk_piece *other = &walk->pieces[i];
		if (other == at || other->doc == NO_DOC)
			continue;
		walk->until = min_u32(walk->until,
		                      other->doc + (other > at));
	}
}

void walk_start(struct walk *walk, struct walk_piece *pieces, uint32_t n)
{
	*walk = (struct walk){.pieces = pieces, .n = n};
	walk_turn(walk);
}

int walk_status(const struct walk *walk)
{
	for (uint32_t i = 0; i < walk->n; i++)
		if (walk->pieces[i].reader->status != NS_OK)
			return walk->pieces[i].reader->status;
	return NS_OK;
}
