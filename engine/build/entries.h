/* entries.h — terms and their words become the entries of the lexicon.
 *
 * Terms come in the order of the lexicon, but a word may stand before its term or
 * far behind it (`happy`, `happi`; `ran` of another stemmer), and must name its
 * term's entry.  So what is known of a term becomes a record when its list is
 * written, and so does each word that is not spelled as its term; words are sorted
 * range by range (ranges.h).  At the end both rows are merged twice: once to number
 * the entries, once to write them.  Records wait in spools: a lexicon need not fit
 * the memory, but for 4 bytes a term.
 *
 *   term := field u8, length u8, key, varint flags, df, cf − df, n_forms,
 *           df = 1 ? doc : bytes of its list in post,
 *           where the field has words: df = cf = 1 ? position : bytes in posn,
 *           where flags & SELF (a word is spelled so): its form, its docs
 *   word := field u8, length u8, key, varint number of its term in the range,
 *           form · 2 + (the only one), its docs
 */
#ifndef NS_BUILD_ENTRIES_H
#define NS_BUILD_ENTRIES_H

#include "build/spool.h"
#include "format/lexicon.h"

struct entries_word {
	uint32_t form, df;
	bool sole;              /* its term has no other */
};

/* Bytes of a term's list; without padding before it. */
struct entries_size {
	size_t post, posn;
};

/* The records of one range. */
struct entries_writer {
	struct buffer terms, words, sorted;
	struct entries_item {
		uint64_t head;  /* the first bytes of the key as a number */
		uint32_t at, size;
	} *items;               /* one for each word */
	size_t n_items, items_capacity;
	uint32_t n_terms;
	struct slice key;       /* of the term at hand */
	struct entries_word self;
	bool has_self;
};

void entries_writer_init(struct entries_writer *writer);
void entries_writer_clear(struct entries_writer *writer);
void entries_writer_release(struct entries_writer *writer);

/* A term, its words, its end; terms rise.  key is borrowed until the end. */
void entries_start_term(struct entries_writer *writer, struct slice key);
int entries_add_word(struct entries_writer *writer, uint8_t field,
                     struct slice key, const struct entries_word *word,
                     struct ns_error *err);
int entries_end_term(struct entries_writer *writer,
                     const struct lexicon_term *term,
                     const struct entries_size *size, struct ns_error *err);
/* Sorts the words; nothing is added after that. */
int entries_sort(struct entries_writer *writer, struct ns_error *err);

/* The records of all ranges. */
struct entries {
	struct spool terms, words;
	struct entries_range {
		uint64_t from, to; /* of its words */
		uint32_t first;    /* number of its first term */
	} *ranges;
	size_t n_ranges, ranges_capacity;
	uint32_t n_terms;
	uint32_t *numbers;         /* of entries, by number of the term */
};

/* memory: bytes for the records. */
void entries_init(struct entries *entries, struct spool_maker *maker,
                  size_t memory);
void entries_release(struct entries *entries);
/* The next range, sorted. */
int entries_append(struct entries *entries, const struct entries_writer *range,
                   struct ns_error *err);
/* Numbers all entries: entries->numbers. */
int entries_number(struct entries *entries, struct ns_error *err);
/* Then writes them: all of the lexicon, and the bytes of its blocks to blocks. */
int entries_write(struct entries *entries, struct lexicon_writer *lexicon,
                  struct spool *blocks, struct ns_error *err);

#endif
