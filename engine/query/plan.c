/* The tree of words becomes a tree of leaves, each bound to the segments' postings
 * as it is made (bind.h): the index says which term a word has.  At the end weights
 * follow from the statistics (bind.h).
 *
 * Leaves and words are made where they stay.  A struct that was just written field by
 * field and is copied by wider loads waits some 13 cycles for each until the fields
 * have left the processor. */
#include "query/plan.h"

#include "query/bind.h"

struct planner {
	struct plan *plan;
	struct analyzer *analyzer;
	size_t leaves_capacity;
	struct ns_error *err;
};

/* A group of the plan while it grows. */
struct group {
	struct plan_node **children;
	size_t n, capacity;
};

static int push(struct planner *planner, struct group *group,
                struct plan_node *node)
{
	if (group->n == group->capacity) {
		size_t capacity = group->capacity ? 2 * group->capacity : 4;
		struct plan_node **grown = arena_alloc(
			&planner->plan->arena, capacity * sizeof(void *));
		if (!grown)
			return err_nomem(planner->err);
		if (group->n)
			memcpy(grown, group->children,
			       group->n * sizeof(void *));
		group->children = grown;
		group->capacity = capacity;
	}
	group->children[group->n++] = node;
	return NS_OK;
}

static int new_node(struct planner *planner, enum plan_role role,
                    struct plan_node **out)
{
	*out = arena_zero(&planner->plan->arena, 1, sizeof **out);
	if (!*out)
		return err_nomem(planner->err);
	(*out)->role = role;
	return NS_OK;
}

/* The place of the next leaf, which counts once it is a node's. */
static struct leaf *next_leaf(const struct planner *planner)
{
	const struct plan *plan = planner->plan;
	ASSERT_REL(plan->n_leaves, <, planner->leaves_capacity);
	return &plan->leaves[plan->n_leaves];
}

static int new_leaf(struct planner *planner, enum plan_role role,
                    struct plan_node **out)
{
	TRY(new_node(planner, role, out));
	(*out)->leaf = next_leaf(planner);
	planner->plan->n_leaves++;
	return NS_OK;
}

/* ---- words --------------------------------------------------------------- */

/* The tokens of one word or phrase: parts in a row, and the compound over all. */
struct pieces {
	struct leaf_word *parts;
	size_t n, capacity;
	struct leaf_word *compound; /* or NULL */
};

static int keep(struct planner *planner, struct slice bytes,
                struct slice *out)
{
	const char *copy = arena_copy(&planner->plan->arena, bytes.data,
	                              bytes.len);
	if (!copy)
		return err_nomem(planner->err);
	*out = slice_of(copy, bytes.len);
	return NS_OK;
}

/* One part for most words; more for phrases. */
static int new_part(struct planner *planner, const struct node *node,
                    struct pieces *pieces, struct leaf_word **out)
{
	if (pieces->n == PHRASE_WORDS_MAX)
		return err_set(planner->err, NS_E_LIMIT,
		               "a phrase of more than %d words (at column %u)",
		               PHRASE_WORDS_MAX, node->column + 1);
	if (pieces->n == pieces->capacity) {
		size_t capacity = pieces->n ? 4 * pieces->n : 1;
		struct leaf_word *grown = arena_alloc(
			&planner->plan->arena, capacity * sizeof *grown);
		if (!grown)
			return err_nomem(planner->err);
		if (pieces->n)
			memcpy(grown, pieces->parts, pieces->n * sizeof *grown);
		pieces->parts = grown;
		pieces->capacity = capacity;
	}
	*out = &pieces->parts[pieces->n++];
	return NS_OK;
}

static int add_token(struct planner *planner, const struct node *node,
                     const struct token *token, struct pieces *pieces,
                     uint32_t *last_covers)
{
	struct leaf_word *word = NULL;
	struct slice form, term;
	TRY(keep(planner, token->form, &form));
	term = form;
	if (!slice_equal(token->form, token->term))
		TRY(keep(planner, token->term, &term));
	if (token->covers) {
		word = arena_alloc(&planner->plan->arena, sizeof *word);
		if (!word)
			return err_nomem(planner->err);
		pieces->compound = word;
		*last_covers = token->covers;
	} else {
		TRY(new_part(planner, node, pieces, &word));
	}
	*word = (struct leaf_word){.form = form, .term = term,
	                           .offset = token->position,
	                           .exact = node->exact};
	return NS_OK;
}

static int cut(struct planner *planner, const struct node *node,
               struct pieces *out)
{
	struct analysis analysis;
	struct token token;
	uint32_t covers = 0;
	*out = (struct pieces){0};
	analysis_start(&analysis, planner->analyzer, node->text, 0);
	while (analysis_next(&analysis, &token))
		TRY(add_token(planner, node, &token, out, &covers));
	if (analysis.status != NS_OK)
		return err_nomem(planner->err);
	planner->plan->overlong += analysis.overlong;
	/* a compound counts where it is all that was written */
	if (covers != out->n || node->kind == NODE_PHRASE)
		out->compound = NULL;
	for (size_t i = out->n; i-- > 0;)
		out->parts[i].offset -= out->parts[0].offset;
	if (out->compound)
		out->compound->offset = 0;
	return NS_OK;
}

static bool same_leaf(const struct leaf *a, const struct leaf *b)
{
	if (a->field != b->field || a->filter || b->filter ||
	    a->n_words != b->n_words)
		return false;
	for (size_t i = 0; i < a->n_words; i++) {
		const struct leaf_word *x = &a->words[i], *y = &b->words[i];
		if (x->offset != y->offset || x->exact != y->exact ||
		    !(x->exact ? slice_equal(x->form, y->form)
		               : slice_equal(x->term, y->term)))
			return false;
	}
	return true;
}

/* Adds a leaf, or doubles the boost of the same one in the group. */
static int add_run(struct planner *planner, struct group *group,
                   enum plan_role role, uint8_t field, struct leaf_word *words,
                   size_t n)
{
	struct plan_node *node;
	struct leaf *leaf = next_leaf(planner);
	*leaf = (struct leaf){.field = field, .words = words, .n_words = n,
	                      .boost = 1};
	TRY(bind_leaf(planner->plan, leaf, planner->err));
	for (size_t i = 0; i < group->n; i++)
		if (group->children[i]->role == role &&
		    group->children[i]->leaf &&
		    same_leaf(group->children[i]->leaf, leaf)) {
			group->children[i]->leaf->boost++;
			return NS_OK;
		}
	TRY(new_leaf(planner, role, &node));
	return push(planner, group, node);
}

static int finish(struct planner *planner, struct group *group,
                  enum plan_role role, struct plan_node **out)
{
	TRY(new_node(planner, role, out));
	(*out)->children = group->children;
	(*out)->n_children = group->n;
	return NS_OK;
}

static int add_words(struct planner *planner, struct group *group,
                     const struct node *node, enum plan_role role)
{
	struct pieces pieces;
	struct group both = {0};
	struct plan_node *pair;
	TRY(cut(planner, node, &pieces));
	if (!pieces.n)
		return NS_OK;
	if (!pieces.compound)
		return add_run(planner, group, role, node->field, pieces.parts,
		               pieces.n);
	TRY(add_run(planner, &both, PLAN_OPTIONAL, node->field,
	            pieces.compound, 1));
	TRY(add_run(planner, &both, PLAN_OPTIONAL, node->field, pieces.parts,
	            pieces.n));
	TRY(finish(planner, &both, role, &pair));
	return push(planner, group, pair);
}

/* ---- values -------------------------------------------------------------- */

static int fold(struct planner *planner, const struct node *node,
                struct slice *out)
{
	if (node->field == FIELD_URL || node->field == FIELD_ID)
		return keep(planner, node->text, out);
	struct buffer *folded = &planner->plan->folded;
	buffer_clear(folded);
	analyzer_fold(planner->analyzer, node->text, folded);
	TRY(buffer_check(folded, planner->err));
	return keep(planner, slice_of(folded->data, folded->len), out);
}

/* The group of alternatives for a field, among the filters of this group. */
static struct plan_node *alternatives(const struct group *group, uint8_t field)
{
	for (size_t i = 0; i < group->n; i++) {
		struct plan_node *node = group->children[i];
		if (node->role == PLAN_FILTER && node->n_children &&
		    node->children[0]->leaf && node->children[0]->leaf->filter &&
		    node->children[0]->leaf->field == field &&
		    node->children[0]->role == PLAN_OPTIONAL)
			return node;
	}
	return NULL;
}

static int add_value(struct planner *planner, struct group *group,
                     const struct node *node, enum plan_role role)
{
	struct plan_node *leaf, *either;
	struct leaf *filter = next_leaf(planner);
	struct slice value;
	TRY(fold(planner, node, &value));
	if (!value.len)
		return NS_OK;
	*filter = (struct leaf){.field = node->field, .boost = 1,
	                        .filter = true, .n_words = 1};
	filter->words = arena_zero(&planner->plan->arena, 1,
	                           sizeof *filter->words);
	if (!filter->words)
		return err_nomem(planner->err);
	filter->words->form = filter->words->term = value;
	TRY(bind_leaf(planner->plan, filter, planner->err));
	TRY(new_leaf(planner, role, &leaf));
	if (role != PLAN_OPTIONAL) {
		if (role == PLAN_REQUIRED)
			leaf->role = PLAN_FILTER;
		return push(planner, group, leaf);
	}
	either = alternatives(group, node->field);
	if (!either) {
		TRY(new_node(planner, PLAN_FILTER, &either));
		TRY(push(planner, group, either));
	}
	struct group values = {either->children, either->n_children,
	                       either->n_children};
	TRY(push(planner, &values, leaf));
	either->children = values.children;
	either->n_children = values.n;
	return NS_OK;
}

/* ---- the tree ------------------------------------------------------------ */

static bool scores(const struct plan_node *node)
{
	if (node->leaf)
		return !node->leaf->filter;
	for (size_t i = 0; i < node->n_children; i++)
		if (node->children[i]->role != PLAN_EXCLUDED &&
		    scores(node->children[i]))
			return true;
	return false;
}

static int add_node(struct planner *planner, struct group *group,
                    const struct node *node, enum plan_role role);

/* Recursion is bounded: groups nest at most twice as deep as brackets may. */
static int add_group(struct planner *planner, struct group *group,
                     const struct node *node, enum plan_role role)
{
	static const enum plan_role roles[] = {
		[CLAUSE_OPTIONAL] = PLAN_OPTIONAL,
		[CLAUSE_REQUIRED] = PLAN_REQUIRED,
		[CLAUSE_EXCLUDED] = PLAN_EXCLUDED,
	};
	struct group inner = {0};
	struct plan_node *child;
	for (size_t i = 0; i < node->n_clauses; i++)
		TRY(add_node(planner, &inner, node->clauses[i].node,
		             roles[node->clauses[i].role]));
	if (!inner.n)
		return NS_OK;
	TRY(finish(planner, &inner, role, &child));
	if (role != PLAN_EXCLUDED && !scores(child))
		child->role = PLAN_FILTER;
	return push(planner, group, child);
}

static int add_node(struct planner *planner, struct group *group,
                    const struct node *node, enum plan_role role)
{
	if (node->kind == NODE_GROUP)
		return add_group(planner, group, node, role);
	return field_has_words(node->field)
		? add_words(planner, group, node, role)
		: add_value(planner, group, node, role);
}

static size_t count_leaves(const struct node *node)
{
	size_t n = node->kind != NODE_GROUP;
	for (size_t i = 0; i < node->n_clauses; i++)
		n += count_leaves(node->clauses[i].node);
	return n;
}

static int make(struct planner *planner, const struct query *query)
{
	struct group top = {0};
	struct plan *plan = planner->plan;
	/* a compound makes two of one word; leaves do not move once made */
	planner->leaves_capacity = 2 * count_leaves(query->root) + 1;
	plan->leaves = arena_alloc(&plan->arena, planner->leaves_capacity *
	                                         sizeof *plan->leaves);
	if (!plan->leaves)
		return err_nomem(planner->err);
	TRY(add_group(planner, &top, query->root, PLAN_REQUIRED));
	if (top.n) {
		plan->root = top.children[0];
		plan->root->role = PLAN_REQUIRED;
		plan->scored = scores(plan->root);
	}
	bind_weights(plan);
	return NS_OK;
}

int plan_make(struct plan *out, const struct query *query,
              const struct snapshot *snapshot, struct analyzer *analyzer,
              struct ns_error *err)
{
	arena_reset(&out->arena);
	out->snapshot = snapshot;
	out->root = NULL;
	out->leaves = NULL;
	out->n_leaves = 0;
	out->scored = false;
	out->shift = 0;
	out->overlong = 0;
	out->folded.max = 8 * (size_t)NS_QUERY_MAX;
	struct planner planner = {.plan = out, .analyzer = analyzer, .err = err};
	int status = make(&planner, query);
	if (status != NS_OK)
		plan_release(out);
	return status;
}

void plan_release(struct plan *plan)
{
	arena_release(&plan->arena);
	buffer_release(&plan->folded);
	*plan = (struct plan){0};
}
