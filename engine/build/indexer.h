/* indexer.h — one thread's share of the articles becomes runs.
 *
 * Cuts texts into tokens for an inverter of its own, and writes a run whenever that
 * has its share of memory.
 */
#ifndef NS_BUILD_INDEXER_H
#define NS_BUILD_INDEXER_H

#include "build/batch.h"
#include "build/budget.h"
#include "build/docs.h"
#include "build/run.h"
#include "build/sketch.h"

/* The doc, then as in docs->sketches. */
enum { INDEXER_SKETCH = 4 + DOC_SKETCH };

struct indexer {
	struct analyzer *analyzer; /* its own */
	bool owns_analyzer;
	struct inverter inverter;
	struct batch batch;
	struct buffer folded;
	struct runs runs;
	struct sketch_maker sketch;
	struct spool sketches;     /* INDEXER_SKETCH bytes of each of its docs */
	struct spool_maker *maker;
	const struct budget *budget;
	unsigned lane;
	/* what it counted */
	uint64_t tokens, words_overlong, values_overlong, lengths_capped;
};

void indexer_init(struct indexer *indexer, struct analyzer *analyzer,
                  struct spool_maker *maker, const struct budget *budget,
                  unsigned lane);
void indexer_release(struct indexer *indexer);

/* Adds an article, whose texts are good UTF-8, as this doc; docs rise.  length: of
 * text and title, capped. */
int indexer_add(struct indexer *indexer, const struct ns_article *article,
                uint32_t doc, uint32_t length[2], struct ns_error *err);
/* Writes what is in memory as a run. */
int indexer_flush(struct indexer *indexer, struct ns_error *err);

#endif
