/* html_tree.h — which element lies in which, and what text is in it?
 *
 * libxml2's HTML parser reads the page and calls us; its own tree, of linked
 * nodes, is not built.  Ours is one array of nodes in the order of the page: the
 * subtree of node i is [i, nodes[i].end), so every pass is a loop, and no depth
 * of the page becomes a depth of our stack.
 *
 *     <p>One <b>two</b></p>     ROOT 0..4   P 1..4  TEXT "One "  B 3..5 TEXT "two"
 *
 * Text is as in the page, entities decoded, white space untouched; scripts are
 * left out but for JSON-LD, comments and processing instructions wholly.
 *
 * Bounds, so that a hostile page of NS_ARTICLE_MAX bytes ends soon:
 *   HTML_NODES     nodes; more: NS_E_LIMIT
 *   HTML_DEPTH     deeper elements become siblings of the last one
 *   HTML_MEMORY    that libxml2 may take beside its copy of the page
 *   HTML_PAIRS     attributes of a tag (libxml2 compares each with all)
 *   HTML_WORK      open elements looked at for end tags that end nothing
 */
#ifndef NS_PAGE_HTML_TREE_H
#define NS_PAGE_HTML_TREE_H

#include "base/mem.h"
#include "page/html_tags.h"

enum {
	HTML_NODES = 1 << 20,
	HTML_DEPTH = 400,
	HTML_MEMORY = 48 << 20,
	HTML_PAIRS = 176,
	HTML_WORK = 1 << 28,
};

enum html_mark {
	HTML_IN_LINK = 1,     /* inside <a> */
	HTML_LEFT_OUT = 2,    /* its subtree is none of the text */
	HTML_IN_CAPTION = 4,
};

struct html_node {
	uint32_t parent, end;
	uint32_t at, n;     /* text: bytes of tree->text; else: attributes */
	uint32_t block;     /* the innermost block around it, or itself */
	uint16_t depth;     /* of the root: 0 */
	uint8_t tag;        /* enum html_tag */
	uint8_t marks;      /* enum html_mark */
};

struct html_value {
	uint32_t at, n;     /* bytes of tree->text */
	enum html_attribute name;
};

struct html_tree {
	struct html_node *nodes;
	struct html_value *values;
	size_t n_nodes, node_room, n_values, value_room;
	struct buffer text;
};

void html_tree_init(struct html_tree *tree);
void html_tree_release(struct html_tree *tree);

/* Parses a page or a fragment in UTF-8; what the tree held is gone.
 * Errors: NS_E_NOMEM, NS_E_LIMIT (a bound above; err says which). */
int html_tree_parse(struct html_tree *tree, struct slice page,
                    struct ns_error *err);

/* The text of a text node; the value of an attribute, or an empty slice whose
 * data is NULL where the element has none. */
struct slice html_text_of(const struct html_tree *tree, uint32_t node);
struct slice html_value_of(const struct html_tree *tree, uint32_t node,
                           enum html_attribute name);

#endif
