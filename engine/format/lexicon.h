/* lexicon.h — here is a word: what is its term, and where are its postings?
 *
 * Words (folded forms) and terms (stems) in one sorted dictionary; FORMAT.md,
 * "Lexicon", has the bytes.  A look-up searches the separators (lexicon_tree.h),
 * then the fingerprints of one block of 32 entries.
 *
 * Blocks are self-contained, so that a look-up waits for memory three times at
 * most: for a line of separators, for one of offsets, and for those of one block,
 * which are next to each other.  Not taken: an FST (pointer chasing,
 * slow to build), a hash table (no order, so no prefixes).
 */
#ifndef NS_FORMAT_LEXICON_H
#define NS_FORMAT_LEXICON_H

#include "base/mem.h"
#include "format/layout.h"
#include "format/lexicon_tree.h"

enum { KEY_MAX = 255 };

struct lexicon_term {
	uint32_t entry;
	uint8_t field;
	uint32_t df;
	uint64_t cf;
	uint32_t n_forms;
	uint64_t post;     /* offset in post; df ≥ 2 */
	uint64_t posn;     /* offset in posn; words fields, unless df = cf = 1 */
	uint32_t doc;      /* df = 1 */
	uint32_t position; /* df = cf = 1 */
};

struct lexicon_entry {
	uint32_t entry;          /* 32 · block + place in the block */
	uint8_t field;
	uint8_t key_len;
	uint8_t key[KEY_MAX];
	bool is_term, is_word;
	struct lexicon_term term;/* where is_term */
	uint32_t word_term;      /* where is_word: entry number of its term */
	uint32_t word_form;      /*                its number among the forms */
	uint32_t word_df;        /*                docs that hold this form */
	bool word_sole;          /*                the only form of its term */
};

/* A word and its term, in one look-up. */
struct lexicon_word {
	struct lexicon_term term;
	uint8_t key_len;
	uint8_t key[KEY_MAX];    /* of the term */
	uint32_t form;           /* number of the word among its forms */
	uint32_t df;             /* docs that hold the form */
	bool sole;               /* the only form of the term */
};

struct lexicon {
	struct slice keys, offsets, blocks; /* the three chunks */
	struct lexicon_tree tree;           /* over keys */
	lexicon_tree_fn *search;
	uint32_t n_blocks, n_entries;
	uint32_t doc_count;
	const char *place;                  /* for errors */
};

/* The field number and the first 7 bytes of a key as one number: sorts as the
 * lexicon does, but for ties. */
uint64_t lexicon_separator(unsigned field, struct slice key);

/* The chunks must outlive it and be followed by CHUNK_PADDING readable bytes. */
int lexicon_open(struct lexicon *out, struct slice keys, struct slice offsets,
                 struct slice blocks, uint32_t doc_count, const char *place,
                 struct ns_error *err);
void lexicon_release(struct lexicon *lexicon);

/* Looks up a key of a field; *found says whether out was filled. */
int lexicon_find(const struct lexicon *lexicon, unsigned field,
                 struct slice key, struct lexicon_entry *out, bool *found,
                 struct ns_error *err);

/* The same for a key that is a term, for one that is a word; the word comes with
 * its term.  NS_E_CORRUPT: a word whose term is none. */
int lexicon_find_term(const struct lexicon *lexicon, unsigned field,
                      struct slice key, struct lexicon_term *out, bool *found,
                      struct ns_error *err);
int lexicon_find_word(const struct lexicon *lexicon, unsigned field,
                      struct slice key, struct lexicon_word *out, bool *found,
                      struct ns_error *err);

/* The entry with this number; NS_E_CORRUPT where there is none: entry numbers
 * come from the index itself. */
int lexicon_get(const struct lexicon *lexicon, uint32_t entry,
                struct lexicon_entry *out, struct ns_error *err);

/* The number of the first entry of field whose key is not below `key`, or of
 * the first entry behind the field. */
int lexicon_lower_bound(const struct lexicon *lexicon, unsigned field,
                        struct slice key, uint32_t *out, struct ns_error *err);

/* Walks entries in order: the entry behind the one numbered `entry`;
 * lexicon_end() behind the last. */
uint32_t lexicon_next(const struct lexicon *lexicon, uint32_t entry);
uint32_t lexicon_end(const struct lexicon *lexicon);

/* Verifies order and structure of every block; used by check. */
int lexicon_check(const struct lexicon *lexicon, struct ns_error *err);

/* ---- writing ----------------------------------------------------------- */

struct lexicon_writer {
	struct buffer keys, offsets, blocks;
	uint64_t passed;         /* bytes of blocks that were passed on */
	uint32_t n_blocks, n_entries, n_pending;
	uint8_t field;
	struct lexicon_entry *pending; /* LEXICON_BLOCK entries */
};

int lexicon_writer_init(struct lexicon_writer *writer, struct ns_error *err);
void lexicon_writer_release(struct lexicon_writer *writer);

/* The entry number that the next added entry of this field would get. */
uint32_t lexicon_writer_next(const struct lexicon_writer *writer,
                             unsigned field);

/* Entries come in the order of the lexicon.  word_term may refer to entries
 * that are still to come. */
void lexicon_writer_add(struct lexicon_writer *writer,
                        const struct lexicon_entry *entry);

/* The bytes in writer->blocks were passed on, and give way to those that follow. */
void lexicon_writer_pass(struct lexicon_writer *writer);

/* Completes the three chunks, in writer->keys, offsets and blocks. */
int lexicon_writer_finish(struct lexicon_writer *writer, struct ns_error *err);

#endif
