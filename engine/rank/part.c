#include "rank/part.h"

#include "rank/score.h"

/* ---- opening ------------------------------------------------------------- */

/* A word of which every form counts is a list, and so are two frequent words
 * next to each other; df 0: an empty one. */
static bool is_list(const struct plan *plan, const struct plan_node *node,
                    uint32_t segment, struct lexicon_term *out)
{
	const struct leaf *leaf = node->leaf;
	if (!leaf || leaf->n_words > 2)
		return false;
	const struct leaf_binding *binding =
		&leaf->bindings[segment * leaf->n_words];
	*out = (struct lexicon_term){0};
	if (leaf->n_words == 1) {
		if (binding->found)
			*out = binding->term;
		return binding->all_forms;
	}
	return binding[0].found && binding[1].found &&
	       sequence_find_pair(plan, leaf, segment, 0, out) !=
	               SEQUENCE_PAIR_UNKNOWN;
}

static int open_list(struct part *part, struct arena *arena,
                     const struct lexicon_term *term,
                     const struct segment *segment,
                     const struct rank_request *request, struct ns_error *err)
{
	const struct leaf *leaf = part->node->leaf;
	if (!term->df) {
		part->empty = true;
		return NS_OK;
	}
	part->list = arena_aligned(arena, sizeof *part->list);
	if (!part->list)
		return err_nomem(err);
	TRY(list_open(part->list, &segment->postings, term, err));
	part->df = term->df;
	/* to count, no contribution is asked for */
	if (!part->scored || !request->k)
		return NS_OK;
	part->bm25 = bm25_of(leaf, request->k1, request->b);
	part->lengths = segment->lengths[leaf->field].data;
	part->avglen0 = segment->info.field[leaf->field].avglen0;
	bounds_init(&part->bounds, leaf, &part->list->directory,
	            part->avglen0, request);
	part->most = part->bounds.most;
	return NS_OK;
}

/* What a tree may contribute, and the docs that it may match: no more than its
 * rarest word, or the words of its children together. */
static void look_at_tree(struct part *part, const struct plan_node *node,
                         uint32_t segment, uint32_t *df)
{
	const struct leaf *leaf = node->leaf;
	*df = 0;
	if (leaf) {
		const struct leaf_binding *binding =
			&leaf->bindings[segment * leaf->n_words];
		*df = UINT32_MAX;
		for (size_t i = 0; i < leaf->n_words; i++)
			*df = min_u32(*df, binding[i].found
			                   ? binding[i].term.df : 0);
		if (!leaf->filter && node->role != PLAN_EXCLUDED)
			part->most += leaf->weight + 3 + (leaf->weight >> 20);
		return;
	}
	for (size_t i = 0; i < node->n_children; i++) {
		uint32_t below;
		if (node->children[i]->role == PLAN_EXCLUDED)
			continue;
		look_at_tree(part, node->children[i], segment, &below);
		*df = *df > UINT32_MAX - below ? UINT32_MAX : *df + below;
	}
}

static int open_sequence(struct part *part, struct arena *arena,
                         const struct plan *plan,
                         const struct rank_request *request, uint32_t segment,
                         struct ns_error *err)
{
	const struct leaf *leaf = part->node->leaf;
	const struct segment *from = &plan->snapshot->segments[segment].segment;
	TRY(sequence_open(&part->sequence, arena, plan, request, leaf, segment,
	                  err));
	part->empty = !part->sequence;
	if (part->empty)
		return NS_OK;
	part->df = part->sequence->df;
	if (!part->scored)
		return NS_OK;
	part->bm25 = bm25_of(leaf, request->k1, request->b);
	part->lengths = from->lengths[leaf->field].data;
	part->most = UINT32_MAX;
	for (size_t i = 0; i < part->sequence->n_words; i++)
		part->most = min_u32(part->most,
		                     part->sequence->words[i].bounds.most);
	return NS_OK;
}

static int open_part(struct part *part, struct arena *arena,
                     const struct plan *plan,
                     const struct rank_request *request, uint32_t segment,
                     struct ns_error *err)
{
	const struct plan_node *node = part->node;
	const struct segment *from = &plan->snapshot->segments[segment].segment;
	part->role = node->role;
	part->scored = node->role == PLAN_OPTIONAL ||
	                 node->role == PLAN_REQUIRED;
	/* brackets around one thing, as around a section */
	while (node->n_children == 1 &&
	       node->children[0]->role != PLAN_EXCLUDED)
		node = node->children[0];
	part->node = node;
	struct lexicon_term term;
	if (node->leaf && node->leaf->filter)
		part->scored = false;
	if (is_list(plan, node, segment, &term))
		return open_list(part, arena, &term, from, request, err);
	if (node->leaf)
		return open_sequence(part, arena, plan, request, segment, err);
	look_at_tree(part, node, segment, &part->df);
	part->df = min_u32(part->df, from->info.doc_count);
	TRY(match_open_node(&part->tree, arena, plan, node, segment, request->k1,
	                    request->b, err));
	part->empty = match_doc(&part->tree) == MATCH_END;
	return match_status(&part->tree);
}

static void open_role(struct parts *out, enum plan_role role,
                      const struct plan_node *root)
{
	for (size_t i = 0; i < root->n_children; i++)
		if (root->children[i]->role == role)
			out->all[out->n++].node = root->children[i];
}

static bool goes_before(const struct part *a, const struct part *b)
{
	if (!a->sequence != !b->sequence)
		return !a->sequence;
	return a->df < b->df;
}

/* By insertion: there are few. */
static void sort_needed(struct parts *parts)
{
	struct part *all = parts->all, *rarest = all;
	for (size_t i = 1; i < parts->n_needed; i++) {
		if (!goes_before(&all[i], &all[i - 1]))
			continue;
		struct part moved = all[i];
		size_t j = i;
		for (; j && goes_before(&moved, &all[j - 1]); j--)
			all[j] = all[j - 1];
		all[j] = moved;
	}
	for (size_t i = 1; i < parts->n_needed; i++)
		if (all[i].df < rarest->df)
			rarest = &all[i];
	parts->lead = !parts->n_needed     ? NULL
	              : rarest->sequence ? rarest->sequence->words[0].list
	                                 : rarest->list;
}

static int open_all(struct parts *out, struct arena *arena,
                    const struct plan *plan,
                    const struct rank_request *request, uint32_t segment,
                    struct ns_error *err)
{
	size_t n = out->n, *counts[] = {
		[PLAN_OPTIONAL] = &out->n_optional,
		[PLAN_REQUIRED] = &out->n_needed,
		[PLAN_FILTER] = &out->n_needed,
		[PLAN_EXCLUDED] = &out->n_excluded,
	};
	out->n = 0;
	for (size_t i = 0; i < n; i++) {
		struct part *part = &out->all[out->n++];
		const struct plan_node *node = out->all[i].node;
		memset(part, 0, sizeof *part);
		part->node = node;
		TRY(open_part(part, arena, plan, request, segment, err));
		out->required |= part->role == PLAN_REQUIRED;
		if (!part->empty)
			++*counts[part->role];
		else if (part->role == PLAN_REQUIRED ||
		         part->role == PLAN_FILTER)
			out->empty = true;
		else
			match_release(&out->all[--out->n].tree);
		if (out->empty)
			return NS_OK;
	}
	return NS_OK;
}

int parts_open(struct parts *out, struct arena *arena,
               const struct plan *plan, const struct rank_request *request,
               uint32_t segment, struct ns_error *err)
{
	const struct snapshot_segment *from = &plan->snapshot->segments[segment];
	const struct plan_node *root = plan->root;
	bool optional = false;
	*out = (struct parts){.segment = &from->segment, .dead = from->dead};
	if (!root->leaf) {
		out->all = arena_alloc(arena, (root->n_children + 1) *
		                              sizeof *out->all);
		if (!out->all)
			return err_nomem(err);
		open_role(out, PLAN_REQUIRED, root);
		open_role(out, PLAN_FILTER, root);
		open_role(out, PLAN_OPTIONAL, root);
		optional = out->n && out->all[out->n - 1].node->role ==
		                     PLAN_OPTIONAL;
		open_role(out, PLAN_EXCLUDED, root);
	} else {
		out->all = arena_alloc(arena, sizeof *out->all);
		if (!out->all)
			return err_nomem(err);
		out->all[out->n++].node = root;
	}
	TRY(open_all(out, arena, plan, request, segment, err));
	if (optional && !out->required && !out->n_optional)
		out->empty = true;
	sort_needed(out);
	return NS_OK;
}

void parts_need_lone(struct parts *parts)
{
	if (parts->required || parts->n_optional != 1)
		return;
	parts->n_needed++;
	parts->n_optional = 0;
	parts->required = true;
	sort_needed(parts);
}

void parts_release(struct parts *parts)
{
	for (size_t i = 0; i < parts->n; i++)
		if (!parts->all[i].list)
			match_release(&parts->all[i].tree);
	parts->n = 0;
}

int parts_status(const struct parts *parts, struct rank_work *work)
{
	for (size_t i = 0; i < parts->n; i++) {
		const struct part *part = &parts->all[i];
		if (part->sequence)
			TRY(sequence_status(part->sequence, work));
		if (part->tree.root)
			TRY(match_status(&part->tree));
		if (!part->list)
			continue;
		TRY(part->list->status);
		work->blocks += part->list->blocks;
		work->postings += part->list->postings;
	}
	return NS_OK;
}

/* ---- use ----------------------------------------------------------------- */

static size_t probe_tree(struct part *part, const uint32_t *docs, size_t n,
                         bool scored, const struct part_buffers *buffers)
{
	size_t found = 0;
	for (size_t i = 0; i < n; i++) {
		if (match_seek(&part->tree, docs[i]) != docs[i])
			continue;
		if (scored)
			buffers->gains[found] = match_score(&part->tree);
		buffers->which[found++] = (uint32_t)i;
	}
	return found;
}

/* What the docs contribute, with the frequencies in buffers. */
static void contribute(struct part *part, const uint32_t *docs, size_t found,
                       const struct part_buffers *buffers)
{
	for (size_t k = 0; k < found; k++)
		buffers->docs[k] = docs[buffers->which[k]];
	score_kernels(cpu_level())->contribute(
		&part->bm25, buffers->tfs, buffers->docs, part->lengths,
		found, buffers->gains);
}

/* Of docs that hold all words of a sequence: those in which it occurs. */
static size_t check_sequence(struct part *part, size_t found,
                             const struct part_need *need,
                             const struct part_buffers *buffers)
{
	size_t kept = 0;
	uint32_t slack = 3 + (part->node->leaf->weight >> 20);
	for (size_t k = 0; k < found; k++) {
		uint32_t i = buffers->which[k];
		if (need && (uint64_t)need->scores[i] + buffers->gains[k] +
		            slack < need->least)
			continue;
		uint32_t tf = sequence_count(part->sequence, (uint32_t)k);
		buffers->which[kept] = i;
		buffers->tfs[kept] = tf;
		kept += tf > 0;
	}
	return kept;
}

static size_t probe_sequence(struct part *part, const uint32_t *docs, size_t n,
                             bool scored, const struct part_need *need,
                             const struct part_buffers *buffers)
{
	size_t all = 0;
	if (!scored || (need && !need->least))
		need = NULL;
	for (size_t next = 0; next < n; next += SEQUENCE_DOCS) {
		const struct part_buffers rest = {
			buffers->which + all, buffers->tfs + all,
			buffers->docs, buffers->gains + all};
		size_t found = sequence_docs(part->sequence, docs + next,
			(uint32_t)min_size(n - next, SEQUENCE_DOCS), rest.which,
			need ? rest.tfs : NULL);
		for (size_t k = 0; k < found; k++)
			rest.which[k] += (uint32_t)next;
		if (need)
			contribute(part, docs, found, &rest);
		found = check_sequence(part, found, need, &rest);
		if (scored)
			contribute(part, docs, found, &rest);
		all += found;
	}
	return all;
}

size_t part_probe(struct part *part, const uint32_t *docs, size_t n,
                  bool scored, const struct part_need *need,
                  const struct part_buffers *buffers)
{
	scored &= part->scored;
	if (part->sequence)
		return probe_sequence(part, docs, n, scored, need, buffers);
	if (!part->list)
		return probe_tree(part, docs, n, scored, buffers);
	size_t found = list_probe(part->list, docs, n, buffers->which,
	                          scored ? buffers->tfs : NULL, NULL);
	if (scored)
		contribute(part, docs, found, buffers);
	return found;
}

static void set_bit(uint64_t *bitmap, uint32_t bit)
{
	bitmap[bit / 64] |= LITTLE64((uint64_t)1 << bit % 64);
}

static void fill_sequence(struct sequence *sequence, uint32_t first,
                          uint32_t end, uint64_t *bitmap)
{
	uint32_t docs[SEQUENCE_DOCS], which[SEQUENCE_DOCS], n;
	for (uint32_t unit = sequence_unit(sequence, first);
	     (n = sequence_lead(sequence, &unit, first, end, docs)) > 0;) {
		uint32_t found = sequence_docs(sequence, docs, n, which, NULL);
		for (uint32_t k = 0; k < found; k++)
			if (sequence_count(sequence, k))
				set_bit(bitmap, docs[which[k]] - first);
	}
}

void part_fill(struct part *part, uint32_t first, uint32_t end,
               uint64_t *bitmap)
{
	if (part->list) {
		list_fill(part->list, first, end, bitmap);
		return;
	}
	if (part->sequence) {
		fill_sequence(part->sequence, first, end, bitmap);
		return;
	}
	for (uint32_t doc = match_seek(&part->tree, first); doc < end;
	     doc = match_seek(&part->tree, doc + 1))
		set_bit(bitmap, doc - first);
}

uint32_t part_bound(const struct part *part, uint32_t first, uint32_t last,
                    uint32_t *unit)
{
	const struct list *list = part->list;
	if (part->sequence && part->scored)
		return sequence_bound(part->sequence, first, last);
	if (!list || !list->n_blocks)
		return part->most;
	*unit = list_unit_of(list, *unit, first);
	if (*unit >= list->n_units)
		return 0;
	return bounds_of(&part->bounds, *unit,
	                 list_unit_of(list, *unit, last));
}
