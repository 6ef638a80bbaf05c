/* queries.h — which queries are timed, and of which class is each?
 *
 * A file of queries, one a line: as it is, or `id TAB query`, or JSON with the
 * key "query" ({"query": "+rain +sochi", "tags": [...]}, as the search benchmark
 * game has it).  Blank lines and lines that begin with # are left out.  Classes, by what is written:
 *
 *     term     rain                 one word
 *     and      +rain +sochi         all words required
 *     or       rain sochi           no operator
 *     phrase   "rain in sochi"      one phrase and nothing else
 *     mixed    +rain sochi, …       everything else
 */
#ifndef NS_BENCH_QUERIES_H
#define NS_BENCH_QUERIES_H

#include "nsindex.h"

enum query_class { CLASS_TERM, CLASS_AND, CLASS_OR, CLASS_PHRASE, CLASS_MIXED,
                   CLASSES };

struct bench_query {
	char *text;
	enum query_class class_of;
};

struct bench_queries {
	struct bench_query *items;
	size_t n;
	char *bytes;         /* the file */
	const char *program; /* that says what is wrong with it */
};

/* false and a message of program's on stderr where the file cannot be read or has none. */
bool queries_read(struct bench_queries *out, const char *path,
                  const char *program);
/* Leaves only those of a class. */
void queries_keep(struct bench_queries *queries, const char *class_of);
void queries_release(struct bench_queries *queries);

const char *query_class_name(enum query_class class_of);
enum query_class query_classify(const char *text);

#endif
