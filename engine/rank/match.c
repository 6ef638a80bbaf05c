#include "rank/match.h"

struct match_node {
	const struct plan_node *plan;
	uint32_t doc, doc_count;
	struct phrase phrase;    /* of a leaf */
	struct bm25 bm25;
	struct match_node *children;
	size_t n_children;
	bool wants_optional;     /* at least one optional child must match */
};

static uint32_t node_seek(struct match_node *node, uint32_t target);

static bool is_needed(const struct match_node *child)
{
	return child->plan->role == PLAN_REQUIRED ||
	       child->plan->role == PLAN_FILTER;
}

/* The first doc from target on that all needed children have. */
static uint32_t seek_needed(struct match_node *node, uint32_t target)
{
	for (size_t i = 0; i < node->n_children; i++) {
		struct match_node *child = &node->children[i];
		if (!is_needed(child))
			continue;
		uint32_t doc = node_seek(child, target);
		if (doc == MATCH_END)
			return MATCH_END;
		if (doc > target) {
			target = doc;
			i = SIZE_MAX; /* from the first child again */
		}
	}
	return target;
}

static uint32_t seek_optional(struct match_node *node, uint32_t target)
{
	uint32_t first = MATCH_END;
	for (size_t i = 0; i < node->n_children; i++)
		if (node->children[i].plan->role == PLAN_OPTIONAL)
			first = min_u32(first, node_seek(&node->children[i],
			                                 target));
	return first;
}

static bool is_excluded(struct match_node *node, uint32_t doc)
{
	for (size_t i = 0; i < node->n_children; i++)
		if (node->children[i].plan->role == PLAN_EXCLUDED &&
		    node_seek(&node->children[i], doc) == doc)
			return true;
	return false;
}

static uint32_t group_seek(struct match_node *node, uint32_t target)
{
	while (target < node->doc_count) {
		uint32_t doc = seek_needed(node, target);
		if (doc == MATCH_END)
			return MATCH_END;
		if (node->wants_optional) {
			target = seek_optional(node, doc);
			if (target == MATCH_END)
				return MATCH_END;
			if (target != doc)
				continue;
		}
		if (!is_excluded(node, doc))
			return doc;
		target = doc + 1;
	}
	return MATCH_END;
}

static uint32_t node_seek(struct match_node *node, uint32_t target)
{
	if (node->doc >= target)
		return node->doc;
	node->doc = node->plan->leaf ? phrase_seek(&node->phrase, target)
	                             : group_seek(node, target);
	return node->doc;
}

/* ---- opening ------------------------------------------------------------- */

struct opening {
	struct match_tree *tree;
	const struct plan *plan;
	uint32_t segment;
	float k1, b;
	struct ns_error *err;
};

static int open_node(const struct opening *opening, struct match_node *node,
                     const struct plan_node *plan);

static int open_children(const struct opening *opening,
                         struct match_node *node)
{
	bool required = false, optional = false;
	const struct plan_node *plan = node->plan;
	node->children = arena_zero(opening->tree->arena, plan->n_children,
	                            sizeof *node->children);
	if (!node->children)
		return err_nomem(opening->err);
	for (size_t i = 0; i < plan->n_children; i++) {
		required |= plan->children[i]->role == PLAN_REQUIRED;
		optional |= plan->children[i]->role == PLAN_OPTIONAL;
		node->n_children++;
		TRY(open_node(opening, &node->children[i], plan->children[i]));
	}
	node->wants_optional = optional && !required;
	return NS_OK;
}

static int open_node(const struct opening *opening, struct match_node *node,
                     const struct plan_node *plan)
{
	node->plan = plan;
	node->doc_count = opening->tree->segment->info.doc_count;
	if (!plan->leaf) {
		TRY(open_children(opening, node));
		node->doc = group_seek(node, 0);
		return NS_OK;
	}
	if (!plan->leaf->filter)
		node->bm25 = bm25_of(plan->leaf, opening->k1, opening->b);
	TRY(phrase_open(&node->phrase, opening->tree->arena, opening->plan,
	                plan->leaf, opening->segment, opening->err));
	node->doc = node->phrase.doc;
	return NS_OK;
}

static int open_root(const struct opening *opening,
                     const struct plan_node *node)
{
	struct match_tree *tree = opening->tree;
	tree->root = arena_zero(tree->arena, 1, sizeof *tree->root);
	int status = tree->root ? open_node(opening, tree->root, node)
	                        : err_nomem(opening->err);
	if (status == NS_OK)
		status = match_status(tree);
	if (status != NS_OK)
		match_release(tree);
	return status;
}

int match_open_node(struct match_tree *out, struct arena *arena,
                    const struct plan *plan, const struct plan_node *node,
                    uint32_t segment, float k1, float b, struct ns_error *err)
{
	*out = (struct match_tree){
		.arena = arena,
		.segment = &plan->snapshot->segments[segment].segment};
	const struct opening opening = {out, plan, segment, k1, b, err};
	return open_root(&opening, node);
}

int match_open(struct match_tree *out, const struct plan *plan,
               uint32_t segment, float k1, float b, struct ns_error *err)
{
	*out = (struct match_tree){
		.segment = &plan->snapshot->segments[segment].segment};
	out->arena = &out->own;
	const struct opening opening = {out, plan, segment, k1, b, err};
	return open_root(&opening, plan->root);
}

static void release_node(struct match_node *node)
{
	phrase_release(&node->phrase);
	for (size_t i = 0; i < node->n_children; i++)
		release_node(&node->children[i]);
}

void match_release(struct match_tree *tree)
{
	if (tree->root)
		release_node(tree->root);
	arena_release(&tree->own);
	tree->root = NULL;
}

/* ---- use ----------------------------------------------------------------- */

uint32_t match_doc(const struct match_tree *tree)
{
	return tree->root->doc;
}

uint32_t match_seek(struct match_tree *tree, uint32_t target)
{
	return node_seek(tree->root, target);
}

static int node_status(const struct match_node *node)
{
	if (node->phrase.status != NS_OK)
		return node->phrase.status;
	for (size_t i = 0; i < node->n_children; i++)
		TRY(node_status(&node->children[i]));
	return NS_OK;
}

int match_status(const struct match_tree *tree)
{
	return node_status(tree->root);
}

/* Walks the leaves that match doc and stand in no exclusion. */
static uint32_t walk(struct match_tree *tree, struct match_node *node,
                     uint32_t doc, rank_explain_fn *tell, void *context)
{
	uint32_t sum = 0;
	const struct leaf *leaf = node->plan->leaf;
	if (node->plan->role == PLAN_EXCLUDED || node_seek(node, doc) != doc)
		return 0;
	if (!leaf) {
		for (size_t i = 0; i < node->n_children; i++)
			sum += walk(tree, &node->children[i], doc, tell,
			            context);
		return sum;
	}
	if (leaf->filter)
		return 0;
	uint32_t length = segment_length(tree->segment, leaf->field, doc);
	sum = bm25_contribution(&node->bm25, node->phrase.tf, length);
	if (tell)
		tell(context, leaf, node->phrase.tf, length, sum);
	return sum;
}

uint32_t match_score(struct match_tree *tree)
{
	return walk(tree, tree->root, tree->root->doc, NULL, NULL);
}

void match_explain(struct match_tree *tree, rank_explain_fn *tell,
                   void *context)
{
	walk(tree, tree->root, tree->root->doc, tell, context);
}
