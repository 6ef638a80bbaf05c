/* texts.h — records become the stores of a segment.
 *
 * The first DICT_SAMPLE bytes of the living bodies that were given teach a dictionary;
 * then heads and bodies of living docs are packed into blocks, as they stand.
 */
#ifndef NS_BUILD_TEXTS_H
#define NS_BUILD_TEXTS_H

#include "build/docs.h"
#include "build/steps.h"
#include "format/store.h"

struct texts {
	struct buffer head_index, body_index, dictionary;
	struct spool heads, bodies;
};

/* memory: bytes that wait in memory. */
void texts_init(struct texts *texts, struct spool_maker *maker, size_t memory);
void texts_release(struct texts *texts);

/* The n living docs, in two orders. */
struct texts_order {
	const uint32_t *given, *standing;
	uint32_t n;
};

int texts_write(struct texts *texts, struct docs *docs,
                const struct texts_order *order, const struct steps *steps,
                struct ns_error *err);

#endif
