/* assemble.h — words and docs become the bytes of a segment.
 *
 * Leaves out dead docs, renumbers the rest (order_docs.h), and writes the chunks front
 * to back (FORMAT.md).  The bytes depend on the articles, their order and the options
 * alone.
 *
 * Two things take time, and are done side by side: lists (ranges.h), and the packing
 * of texts (texts.h).  Then pairs and lexicon, which need what the lists left.
 */
#ifndef NS_BUILD_ASSEMBLE_H
#define NS_BUILD_ASSEMBLE_H

#include "base/io.h"
#include "build/budget.h"
#include "build/docs.h"
#include "build/run.h"
#include "build/steps.h"
#include "index/stories.h"
#include "text/analyzer.h"

struct assembly {
	const struct runs *runs;
	struct docs *docs;
	const struct analyzer *analyzer;
	uint64_t rank_base;
	bool ordered;         /* docs stand in an order of small lists */
	const struct stories *older; /* of the segments before; NULL: none are,
	                              * or `known` */
	struct story_draft *known;   /* what is inherited of stories, if they
	                              * are known; NULL: to be found out */
	const struct budget *budget;
	struct spool_maker *maker;
	const struct steps *steps;
};

struct assembled {
	uint8_t id[16];
	uint32_t footer_crc, doc_count;
	uint64_t length;      /* of the file */
	uint64_t n_postings;
};

/* Writes into an empty file that the caller opened, and will sync and close. */
int assemble_segment(const struct assembly *assembly, int file,
                     const char *place, struct assembled *out,
                     struct ns_error *err);

#endif
