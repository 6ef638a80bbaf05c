/* batch.h — how are the words of a text found without waiting for memory?
 *
 * The table of a large collection is in no cache: a rare word waits for its slot,
 * its word, its term and the end of its list, one after the other, a trip to
 * memory each.  So tokens are gathered, 32 at a time, and each of the four steps is
 * taken for all of them before the next: what a step needs was asked for by the one
 * before.  A word that is known is not stemmed again: it knows its term.
 *
 * A word that is not there is stemmed before the others are fetched, so that its
 * term, which mostly is new as well, is waited for by nobody either.
 *
 * One word at a time a build of 52 MB of newswire took 4.27 CPU seconds, by batches
 * 3.65; without the stems of known words 2.82 instead of 3.28; with keys made of two
 * loads of 16 bytes that may be read, and kept by one store (key.h), 2.12 instead
 * of 2.21; with terms of new words fetched 2.28 instead of 2.42.
 *
 * Not taken: huge pages (MADV_HUGEPAGE on tables, arrays and an arena of larger
 * blocks).  Aligned to them, a build took 2.14 instead of 2.22 CPU seconds and a
 * quarter more memory, one of 150 MB of articles 5.81 instead of 5.59; as malloc
 * aligns them, nothing.
 */
#ifndef NS_BUILD_BATCH_H
#define NS_BUILD_BATCH_H

#include "build/inverter.h"
#include "text/analyzer.h"

enum { BATCH_TOKENS = 32, BATCH_BYTES = 1024, BATCH_SLACK = 16 };

struct batch_token {
	struct inverter_key key; /* its bytes in the batch */
	uint32_t hash, position, word;
};

/* The term of a word that was not there when the batch ended. */
struct batch_term {
	struct slice bytes;
	uint32_t hash, guess;
};

struct batch {
	struct inverter *inverter;
	struct analyzer *analyzer;
	uint32_t doc;
	unsigned n, n_bytes;
	struct batch_token tokens[BATCH_TOKENS];
	unsigned n_news;
	uint8_t news[BATCH_TOKENS]; /* tokens of words that are not there … */
	struct batch_term terms[BATCH_TOKENS]; /* … and their terms; bytes NULL:
	                                          not known yet */
	uint8_t bytes[BATCH_BYTES + BATCH_SLACK]; /* forms */
	uint8_t stems[BATCH_BYTES + BATCH_SLACK];
};

void batch_start(struct batch *batch, struct inverter *inverter,
                 struct analyzer *analyzer, uint32_t doc);

/* Adds an occurrence as inverter_add does, at the latest at batch_end.  Of a form,
 * however short, BATCH_SLACK bytes may be read. */
int batch_add(struct batch *batch, uint8_t field, struct slice form,
              uint32_t position, struct ns_error *err);
int batch_end(struct batch *batch, struct ns_error *err);

/* The hash of the form that was added last, before anything else is called. */
static inline uint32_t batch_last_hash(const struct batch *batch)
{
	return batch->tokens[batch->n - 1].hash;
}

#endif
