#include "rank/candidates.h"

static size_t probe(struct candidates *these, struct part *part, bool scored,
                    uint32_t least)
{
	const struct part_need need = {these->scores, least};
	const struct part_buffers buffers = {these->which, these->tfs,
	                                     these->probed, these->gains};
	return part_probe(part, these->docs, these->n, scored, &need,
	                  &buffers);
}

void candidates_require(struct candidates *these, struct part *part,
                        bool scored, uint32_t least)
{
	if (!these->n)
		return;
	scored &= part->scored;
	size_t found = probe(these, part, scored, least);
	const uint32_t *which = these->which;
	for (size_t k = 0; k < found; k++)
		these->docs[k] = these->docs[which[k]];
	for (size_t k = 0; k < found; k++)
		these->scores[k] = these->scores[which[k]];
	for (size_t k = 0; scored && k < found; k++)
		these->scores[k] += these->gains[k];
	these->n = found;
}

void candidates_exclude(struct candidates *these, struct part *part)
{
	if (!these->n)
		return;
	size_t found = probe(these, part, false, 0), kept = 0, next = 0;
	for (size_t i = 0; i < these->n; i++) {
		these->docs[kept] = these->docs[i];
		these->scores[kept] = these->scores[i];
		if (next < found && these->which[next] == i)
			next++;
		else
			kept++;
	}
	these->n = kept;
}

void candidates_add(struct candidates *these, struct part *part,
                    uint32_t least)
{
	if (!these->n || !part->scored)
		return;
	size_t found = probe(these, part, true, least);
	for (size_t k = 0; k < found; k++)
		these->scores[these->which[k]] += these->gains[k];
}

void candidates_keep(struct candidates *these, uint32_t least)
{
	if (least && these->n)
		these->n = score_kernels(cpu_level())->keep(
			these->docs, these->scores, these->n, least,
			these->docs, these->scores);
}

void candidates_bury(struct candidates *these, const uint8_t *dead)
{
	size_t kept = 0;
	if (!dead)
		return;
	for (size_t i = 0; i < these->n; i++) {
		uint32_t doc = these->docs[i];
		these->docs[kept] = doc;
		these->scores[kept] = these->scores[i];
		kept += !bitset_has(dead, doc);
	}
	these->n = kept;
}
