#include "page/html_tree.h"

#include "base/ascii_case.h"
#include "source/xml_memory.h"

#include <libxml/HTMLparser.h>

enum { VALUE_MAX = 8 << 10 };

/* What a parse has of its own; no part changes between setjmp and longjmp but by
 * the calls from libxml2. */
struct parse {
	struct html_tree *tree;
	htmlParserCtxtPtr parser;
	uint32_t open;     /* the innermost open element */
	uint32_t beyond;   /* open elements that are too deep to be kept */
	uint64_t work;
	bool script;       /* inside a script that is no JSON-LD */
	int status;
	const char *why;
	struct xml_memory memory;
};

static void stop(struct parse *p, int status, const char *why)
{
	if (p->status != NS_OK)
		return;
	p->status = status;
	p->why = why;
	xmlStopParser(p->parser);
}

/* ---- building --------------------------------------------------------------- */

static struct html_node *add_node(struct parse *p, enum html_tag tag)
{
	struct html_tree *tree = p->tree;
	if (p->status != NS_OK)
		return NULL;
	if (tree->n_nodes == HTML_NODES) {
		stop(p, NS_E_LIMIT, "too many tags");
		return NULL;
	}
	if (mem_grow((void **)&tree->nodes, &tree->node_room,
	             tree->n_nodes + 1, sizeof *tree->nodes, NULL) != NS_OK) {
		stop(p, NS_E_NOMEM, "");
		return NULL;
	}
	struct html_node *node = &tree->nodes[tree->n_nodes];
	uint32_t own = (uint32_t)tree->n_nodes++;
	*node = (struct html_node){.end = own + 1, .tag = (uint8_t)tag};
	if (!own)
		return node;
	const struct html_node *parent = &tree->nodes[p->open];
	node->parent = p->open;
	node->depth = (uint16_t)(parent->depth + 1);
	bool block = html_tag_kind(tag) & KIND_IS_BLOCK;
	node->block = block ? own : parent->block;
	node->marks = parent->marks;
	if (tag == HTML_FIGCAPTION || tag == HTML_CAPTION)
		node->marks |= HTML_IN_CAPTION;
	if (tag == HTML_A)
		node->marks |= HTML_IN_LINK;
	return node;
}

static uint32_t add_bytes(struct parse *p, const void *data, size_t n)
{
	struct buffer *text = &p->tree->text;
	uint32_t at = (uint32_t)text->len;
	buffer_append(text, data, n);
	if (text->status != NS_OK)
		stop(p, text->status, "too much text");
	return at;
}

static void add_value(struct parse *p, const char *name, const char *value)
{
	struct html_tree *tree = p->tree;
	enum html_attribute which = html_attribute_of(name);
	if (which == ATTR_NONE)
		return;
	if (mem_grow((void **)&tree->values, &tree->value_room,
	             tree->n_values + 1, sizeof *tree->values, NULL) != NS_OK) {
		stop(p, NS_E_NOMEM, "");
		return;
	}
	size_t n = value ? strnlen(value, VALUE_MAX + 1) : 0;
	if (n > VALUE_MAX)
		n = 0;
	uint32_t at = add_bytes(p, value ? value : "", n);
	if (p->status != NS_OK)
		return;
	tree->values[tree->n_values++] = (struct html_value){at, (uint32_t)n,
		which};
}

static bool is_json_ld(struct html_tree *tree, uint32_t node)
{
	return ascii_begins(html_value_of(tree, node, ATTR_TYPE),
	                    "application/ld+json");
}

/* ---- what libxml2 calls ----------------------------------------------------- */

static void on_start(void *context, const xmlChar *name, const xmlChar **pairs)
{
	struct parse *p = context;
	struct html_tree *tree = p->tree;
	if (p->beyond || tree->nodes[p->open].depth >= HTML_DEPTH) {
		p->beyond++;
		return;
	}
	struct html_node *node = add_node(p, html_tag_of((const char *)name));
	if (!node)
		return;
	uint32_t own = (uint32_t)tree->n_nodes - 1;
	size_t first = tree->n_values;
	for (; pairs && *pairs; pairs += 2)
		add_value(p, (const char *)pairs[0], (const char *)pairs[1]);
	node->at = (uint32_t)first;
	node->n = (uint32_t)(tree->n_values - first);
	p->open = own;
	p->script = node->tag == HTML_STYLE ||
	            (node->tag == HTML_SCRIPT && !is_json_ld(tree, own));
}

static void on_end(void *context, const xmlChar *name)
{
	struct parse *p = context;
	(void)name;
	if (p->beyond) {
		p->beyond--;
		return;
	}
	struct html_node *node = &p->tree->nodes[p->open];
	node->end = (uint32_t)p->tree->n_nodes;
	p->script = false;
	p->open = node->parent;
}

static void on_text(void *context, const xmlChar *data, int n)
{
	struct parse *p = context;
	struct html_tree *tree = p->tree;
	if (p->script || n <= 0 || p->status != NS_OK)
		return;
	struct html_node *last = &tree->nodes[tree->n_nodes - 1];
	uint32_t at = add_bytes(p, data, (size_t)n);
	if (last->tag == HTML_TEXT && last->parent == p->open &&
	    last->at + last->n == at) {
		last->n += (uint32_t)n;
		return;
	}
	struct html_node *node = add_node(p, HTML_TEXT);
	if (!node)
		return;
	node->at = at;
	node->n = (uint32_t)n;
}

/* An end tag that ends nothing was compared with all open elements. */
static void on_error(void *context, xmlErrorPtr error)
{
	struct parse *p = context;
	(void)error;
	p->work += (uint64_t)p->parser->nameNr + 1;
	if (p->work > HTML_WORK)
		stop(p, NS_E_LIMIT, "too many stray tags");
}

static void run(struct parse *p, struct slice page)
{
	p->parser = htmlCreateMemoryParserCtxt((const char *)page.data,
	                                       (int)page.len);
	if (!p->parser) {
		stop(p, NS_E_NOMEM, "");
		return;
	}
	p->memory.watched = (void **)&p->parser->atts;
	p->memory.watched_max = 2 * HTML_PAIRS * sizeof(xmlChar *);
	*p->parser->sax = (xmlSAXHandler){
		.startElement = on_start, .endElement = on_end,
		.characters = on_text, .ignorableWhitespace = on_text,
		.cdataBlock = on_text, .serror = on_error,
		.initialized = XML_SAX2_MAGIC,
	};
	p->parser->userData = p;
	htmlCtxtUseOptions(p->parser, HTML_PARSE_RECOVER | HTML_PARSE_NONET |
	                   HTML_PARSE_NOIMPLIED | HTML_PARSE_IGNORE_ENC);
	p->parser->charset = XML_CHAR_ENCODING_UTF8;
	htmlParseDocument(p->parser);
}

static void run_guarded(struct parse *const p, const struct slice page)
{
	if (setjmp(p->memory.failed)) {
		p->status = p->memory.status;
		p->why = "too many tags or attributes";
	} else {
		xml_memory_begin(&p->memory, page.len + HTML_MEMORY);
		run(p, page);
	}
	xml_memory_end(&p->memory);
}

/* ---- the tree --------------------------------------------------------------- */

void html_tree_init(struct html_tree *tree)
{
	*tree = (struct html_tree){0};
	buffer_init(&tree->text, NS_ARTICLE_MAX + (1u << 20));
}

void html_tree_release(struct html_tree *tree)
{
	mem_free(tree->nodes);
	mem_free(tree->values);
	buffer_release(&tree->text);
	html_tree_init(tree);
}

int html_tree_parse(struct html_tree *tree, struct slice page,
                    struct ns_error *err)
{
	struct parse p = {.tree = tree};
	tree->n_nodes = tree->n_values = 0;
	buffer_clear(&tree->text);
	if (page.len > NS_ARTICLE_MAX)
		return err_set(err, NS_E_LIMIT, "a page over 16 MiB");
	if (!add_node(&p, HTML_ROOT))
		return err_nomem(err);
	if (page.len)
		run_guarded(&p, page);
	for (uint32_t i = p.open; i; i = tree->nodes[i].parent)
		tree->nodes[i].end = (uint32_t)tree->n_nodes;
	tree->nodes[0].end = (uint32_t)tree->n_nodes;
	if (p.status == NS_E_NOMEM)
		return err_nomem(err);
	if (p.status != NS_OK)
		return err_set(err, p.status, "%s in one page", p.why);
	return NS_OK;
}

struct slice html_text_of(const struct html_tree *tree, uint32_t node)
{
	const struct html_node *n = &tree->nodes[node];
	return slice_of(tree->text.data + n->at, n->n);
}

struct slice html_value_of(const struct html_tree *tree, uint32_t node,
                           enum html_attribute name)
{
	const struct html_node *n = &tree->nodes[node];
	if (n->tag != HTML_TEXT)
		for (uint32_t i = n->at; i < n->at + n->n; i++)
			if (tree->values[i].name == name)
				return slice_of(tree->text.data +
				                tree->values[i].at,
				                tree->values[i].n);
	return slice_of(NULL, 0);
}
