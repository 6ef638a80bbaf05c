/* A query is read in two steps: scan.h cuts it into marks; here they become a
 * tree, by one loop with a stack of open groups of its own, so that no nesting
 * can exhaust the machine's.
 *
 * A group is a row of clauses; those that AND binds become a group of required
 * clauses in it:
 *
 *     a AND b OR c d          ((+a +b) c d)
 *     a AND NOT b             (+a -b)
 *     a NOT b                 (a -b)
 *
 * The newest clause waits in `pending` until it is known whether AND binds it to
 * the next.
 */
#include "query/grammar.h"

#include "query/scan.h"

struct row {
	struct clause *clauses;
	size_t n, capacity;
};

struct group {
	struct row done, pending;
	bool joined, negated;     /* AND, NOT stood last */
	struct mark mark;         /* the bracket that opened it */
};

struct parser {
	struct query *query;
	struct group stack[QUERY_DEPTH_MAX];
	unsigned depth;           /* index of the innermost group */
	unsigned flattened;       /* open brackets past the limit */
	size_t n_leaves;
	struct ns_error *err;
};

static struct group *innermost(struct parser *parser)
{
	return &parser->stack[parser->depth];
}

static int push(struct parser *parser, struct row *row, struct clause clause)
{
	if (row->n == row->capacity) {
		size_t capacity = row->capacity ? 2 * row->capacity : 4;
		struct clause *grown = arena_alloc(
			&parser->query->arena, capacity * sizeof *grown);
		if (!grown)
			return err_nomem(parser->err);
		if (row->n)
			memcpy(grown, row->clauses, row->n * sizeof *grown);
		row->clauses = grown;
		row->capacity = capacity;
	}
	row->clauses[row->n++] = clause;
	return NS_OK;
}

static int make_group(struct parser *parser, const struct row *row,
                      struct node **out)
{
	*out = arena_zero(&parser->query->arena, 1, sizeof **out);
	if (!*out)
		return err_nomem(parser->err);
	**out = (struct node){.kind = NODE_GROUP, .field = FIELD_TEXT,
	                      .clauses = row->clauses, .n_clauses = row->n};
	return NS_OK;
}

/* Ends the conjunction that was being read. */
static int end_pending(struct parser *parser)
{
	struct group *group = innermost(parser);
	struct clause clause = {.role = CLAUSE_OPTIONAL};
	group->joined = false;
	if (!group->pending.n)
		return NS_OK;
	if (group->pending.n == 1) {
		clause = group->pending.clauses[0];
	} else {
		for (size_t i = 0; i < group->pending.n; i++)
			if (group->pending.clauses[i].role == CLAUSE_OPTIONAL)
				group->pending.clauses[i].role =
					CLAUSE_REQUIRED;
		TRY(make_group(parser, &group->pending, &clause.node));
	}
	group->pending = (struct row){0};
	return push(parser, &group->done, clause);
}

static int add(struct parser *parser, struct node *node, char sign)
{
	struct group *group = innermost(parser);
	struct clause clause = {.node = node};
	clause.role = sign == '-' || group->negated ? CLAUSE_EXCLUDED
	            : sign == '+' ? CLAUSE_REQUIRED : CLAUSE_OPTIONAL;
	if (!group->joined)
		TRY(end_pending(parser));
	group->joined = group->negated = false;
	return push(parser, &group->pending, clause);
}

/* What is written in a bracket with a field or '=' before it has them too. */
static void inherit(const struct parser *parser, struct node *node)
{
	for (unsigned i = parser->depth; i > 0; i--) {
		if (!node->field)
			node->field = parser->stack[i].mark.field;
		node->exact |= parser->stack[i].mark.exact;
	}
	if (!node->field)
		node->field = FIELD_TEXT;
}

static int add_leaf(struct parser *parser, const struct mark *mark)
{
	struct node *node = arena_zero(&parser->query->arena, 1, sizeof *node);
	if (!node)
		return err_nomem(parser->err);
	if (++parser->n_leaves > QUERY_LEAVES_MAX)
		return err_set(parser->err, NS_E_LIMIT,
		               "more than %d words in the query",
		               QUERY_LEAVES_MAX);
	*node = (struct node){
		.kind = mark->kind == MARK_WORD ? NODE_WORD : NODE_PHRASE,
		.field = mark->field, .exact = mark->exact,
		.text = mark->text, .column = mark->column};
	inherit(parser, node);
	return add(parser, node, mark->sign);
}

static void open_group(struct parser *parser, const struct mark *mark)
{
	if (parser->depth + 1 == QUERY_DEPTH_MAX) {
		parser->query->clipped = true;
		parser->flattened++;
		return;
	}
	parser->depth++;
	*innermost(parser) = (struct group){.mark = *mark};
}

/* The innermost group as a node; NULL where nothing is in it.  A group of one
 * optional group is that group. */
static int finish_group(struct parser *parser, struct node **out)
{
	TRY(end_pending(parser));
	const struct row *row = &innermost(parser)->done;
	*out = NULL;
	if (row->n == 1 && row->clauses[0].role == CLAUSE_OPTIONAL &&
	    row->clauses[0].node->kind == NODE_GROUP) {
		*out = row->clauses[0].node;
		return NS_OK;
	}
	return row->n ? make_group(parser, row, out) : NS_OK;
}

static int close_group(struct parser *parser)
{
	struct node *node;
	if (parser->flattened) {
		parser->flattened--;
		return NS_OK;
	}
	if (!parser->depth)
		return NS_OK;
	TRY(finish_group(parser, &node));
	char sign = innermost(parser)->mark.sign;
	parser->depth--;
	return node ? add(parser, node, sign) : NS_OK;
}

static int take(struct parser *parser, const struct mark *mark)
{
	struct group *group = innermost(parser);
	switch (mark->kind) {
	case MARK_WORD:
	case MARK_PHRASE: return add_leaf(parser, mark);
	case MARK_OPEN: open_group(parser, mark); break;
	case MARK_CLOSE: return close_group(parser);
	case MARK_AND: group->joined = group->pending.n > 0; break;
	case MARK_OR: return end_pending(parser);
	case MARK_NOT: group->negated = true; break;
	case MARK_END: break;
	}
	return NS_OK;
}

static int parse(struct parser *parser, struct slice text)
{
	struct scan scan = scan_start(text);
	struct mark mark;
	do {
		scan_next(&scan, &mark);
		TRY(take(parser, &mark));
	} while (mark.kind != MARK_END);
	parser->flattened = 0;
	while (parser->depth)
		TRY(close_group(parser));
	struct node *root;
	TRY(finish_group(parser, &root));
	if (!root) {
		struct row none = {0};
		TRY(make_group(parser, &none, &root));
	}
	parser->query->root = root;
	return NS_OK;
}

int query_parse(struct query *out, struct slice text, struct ns_error *err)
{
	arena_reset(&out->arena);
	out->root = NULL;
	out->clipped = false;
	if (text.len > NS_QUERY_MAX)
		return err_set(err, NS_E_LIMIT,
		               "a query of %zu bytes is over the limit of %u",
		               text.len, NS_QUERY_MAX);
	/* groups are set as they are opened: 4 KiB need not be cleared */
	struct parser parser;
	parser.query = out;
	parser.depth = parser.flattened = 0;
	parser.n_leaves = 0;
	parser.err = err;
	parser.stack[0] = (struct group){0};
	int status = parse(&parser, text);
	if (status != NS_OK)
		query_release(out);
	return status;
}

void query_release(struct query *query)
{
	arena_release(&query->arena);
	*query = (struct query){0};
}

/* ---- printing ------------------------------------------------------------ */

static void print_leaf(const struct node *node, struct buffer *out)
{
	static const char *const names[FIELD_END] = {
		[FIELD_TITLE] = "title:", [FIELD_SECTION] = "section:",
		[FIELD_AUTHOR] = "author:", [FIELD_LANG] = "lang:",
		[FIELD_URL] = "url:", [FIELD_ID] = "id:",
		[FIELD_TOPIC] = "topic:", [FIELD_PLACE] = "place:",
	};
	if (names[node->field])
		buffer_text(out, names[node->field]);
	if (node->exact)
		buffer_byte(out, '=');
	if (node->kind == NODE_PHRASE)
		buffer_byte(out, '"');
	buffer_append(out, node->text.data, node->text.len);
	if (node->kind == NODE_PHRASE)
		buffer_byte(out, '"');
}

/* Depth is bounded by QUERY_DEPTH_MAX and the groups that AND makes. */
static void print_node(const struct node *node, struct buffer *out)
{
	if (node->kind != NODE_GROUP) {
		print_leaf(node, out);
		return;
	}
	buffer_byte(out, '(');
	for (size_t i = 0; i < node->n_clauses; i++) {
		static const char signs[][2] = {"", "+", "-"};
		if (i)
			buffer_byte(out, ' ');
		buffer_text(out, signs[node->clauses[i].role]);
		print_node(node->clauses[i].node, out);
	}
	buffer_byte(out, ')');
}

void query_print(const struct query *query, struct buffer *out)
{
	print_node(query->root, out);
}
