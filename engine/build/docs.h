/* docs.h — what was given, apart from its words: facts and text of each doc.
 *
 * Records are kept as they will stand in the store (FORMAT.md, "Heads and bodies"),
 * each with its length before it, in two spools until the segment is written.  A
 * doc that a later one with the same id replaced is dead and gets no place in the
 * segment.  Docs of a segment that is merged are taken in as they stand there, which
 * need not be as they were given: that is said by their ranks.
 */
#ifndef NS_BUILD_DOCS_H
#define NS_BUILD_DOCS_H

#include "build/spool.h"
#include "format/story_table.h"

#define NO_DOC UINT32_MAX
#define RANK_MASK 0x7fffffffu

struct doc {
	int64_t date;
	uint64_t head;           /* offsets of its records */
	uint64_t body : 63;
	uint64_t date_is_day : 1;
	uint16_t length[2];      /* of text and title, capped */
	uint32_t rank : 31;      /* how many, of all that are here, were given
	                          * before it */
	uint32_t dead : 1;
};

struct docs {
	struct doc *items;
	size_t n, capacity, n_dead;
	bool stored;             /* keep bodies */
	struct spool heads, bodies;
	struct spool sketches;   /* DOC_SKETCH bytes of each */
};

/* What is kept to find copies: a sketch, and a number that docs of one story share
 * whatever their words: of the URL, or of the story where that is known; 0: none. */
enum { DOC_SKETCH = SKETCH_BYTES + 8 };

/* Which text of a head is the URL, from 1 (FORMAT.md). */
enum { DOC_URL = 5 };

/* That number of a URL: 0 where it is no term. */
uint64_t docs_url_key(struct slice url);

/* memory: bytes for the records. */
void docs_init(struct docs *docs, struct spool_maker *maker, size_t memory,
               bool stored);
void docs_release(struct docs *docs);

/* Copies a doc of a segment: its records, already in their form. */
struct doc_record {
	struct slice head, body;
	int64_t date;
	bool date_is_day;
	uint32_t length[2], rank;
	uint8_t sketch[DOC_SKETCH];
};
int docs_add_record(struct docs *docs, const struct doc_record *record,
                    struct ns_error *err);

/* Copies what is kept of an article, whose texts are good UTF-8.  Its lengths are
 * set, and its sketch is appended, when they are known. */
int docs_add(struct docs *docs, const struct ns_article *article,
             struct ns_error *err);

/* Has the doc this id? */
int docs_has_id(const struct docs *docs, uint32_t doc, struct slice id,
                bool *out, struct ns_error *err);

/* false: it was dead already. */
bool docs_bury(struct docs *docs, uint32_t doc);

/* The records of heads, or of bodies.  Of a file, what follows a record is read with
 * it where it follows the one before; else the record alone. */
struct docs_reader {
	const struct docs *docs;
	bool bodies;
	struct buffer held;      /* bytes of the file, */
	uint64_t from;           /* from this offset on */
};
int docs_read(struct docs_reader *out, struct docs *docs, bool bodies,
              struct ns_error *err);
/* *out is valid until the next call. */
int docs_record(struct docs_reader *reader, uint32_t doc, struct slice *out,
                struct ns_error *err);
void docs_reader_release(struct docs_reader *reader);

#endif
