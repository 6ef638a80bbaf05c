/* grammar.h — what did the person ask for?
 *
 * Text becomes a tree.  No text is an error: an operator without its operand is
 * left out, an unclosed quote ends at the end, a bracket too many is ignored.
 *
 *   rain sochi          all optional, best first
 *   "rain in sochi"     a phrase
 *   +rain -snow         required, excluded
 *   rain AND (a OR b)   where every letter of the query is a capital, AND, OR
 *   rain NOT snow       and NOT are words
 *   title:rain          a word in a field; title:"heavy rain"; field:(a b)
 *   section:World       a filter: section, author, lang, url, id
 *   =rains              exactly this form, not its stem; ="heavy rains"
 *
 * AND binds stronger than OR; juxtaposition binds weakest.  An unknown field
 * name is no field: "10:30" and "http://x" are words.
 */
#ifndef NS_QUERY_GRAMMAR_H
#define NS_QUERY_GRAMMAR_H

#include "base/mem.h"
#include "format/layout.h"

enum node_kind {
	NODE_WORD,   /* text: one blank-separated piece, not yet analyzed */
	NODE_PHRASE, /* text: what stood in quotes */
	NODE_GROUP
};

enum clause_role { CLAUSE_OPTIONAL, CLAUSE_REQUIRED, CLAUSE_EXCLUDED };

struct node;

struct clause {
	enum clause_role role;
	struct node *node;
};

struct node {
	enum node_kind kind;
	uint8_t field;      /* enum field; FIELD_TEXT where none was written */
	bool exact;         /* '=' stood before it */
	struct slice text;  /* words and phrases: borrowed from the query */
	uint32_t column;    /* byte offset in the query */
	struct clause *clauses;
	size_t n_clauses;
};

enum { QUERY_DEPTH_MAX = 32, QUERY_LEAVES_MAX = 1024 };

struct query {
	struct arena arena;
	struct node *root;  /* a group; empty where there is no word */
	bool clipped;       /* deeper than QUERY_DEPTH_MAX: inner brackets were
	                       read as if they were not there */
};

/* out is zeroed before its first use.  Used again, it is parsed anew in the memory
 * that it has: a query like the last allocates nothing.  out->root borrows from
 * text.  NS_E_LIMIT: more than NS_QUERY_MAX bytes or QUERY_LEAVES_MAX words;
 * NS_E_NOMEM; after an error out is empty and holds nothing. */
int query_parse(struct query *out, struct slice text, struct ns_error *err);
void query_release(struct query *query);

/* The tree as text, for --explain and tests: (rain +"heavy rain" -title:snow). */
void query_print(const struct query *query, struct buffer *out);

#endif
