/* info.h — what is this segment?
 *
 * The chunk `info`: how many docs, how they were analyzed, and for each field
 * the numbers that scores need.
 */
#ifndef NS_FORMAT_INFO_H
#define NS_FORMAT_INFO_H

#include "base/mem.h"
#include "format/layout.h"

struct info_field {
	uint32_t n;          /* docs in which the field has a token or value */
	float avglen0;       /* the average length that bounds are made for */
	uint64_t sum_length; /* of fields of several values: the values */
};

/* flags */
enum {
	INFO_STORED = 1,  /* text is stored */
	INFO_ORDERED = 2  /* docs stand in another order than they were given */
};

struct info {
	uint32_t doc_count;
	uint32_t flags;
	uint64_t rank_base;
	uint64_t identity;                  /* of the analyzer */
	struct info_field field[FIELD_END]; /* by enum field; [0] unused */
	struct slice language, unicode, zstd, stemmer; /* names and versions */
};

/* 1.1 · sum_length / n; 0 where n is 0. */
float info_avglen0(const struct info_field *field);

void info_write(const struct info *info, struct buffer *out);

/* The slices of out point into chunk.  place names it in errors. */
int info_read(struct info *out, struct slice chunk, const char *place,
              struct ns_error *err);

#endif
