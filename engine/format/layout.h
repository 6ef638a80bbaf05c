/* layout.h — which numbers is the format made of?
 *
 * Numbers only; FORMAT.md says what they mean.
 */
#ifndef NS_FORMAT_LAYOUT_H
#define NS_FORMAT_LAYOUT_H

#include "base/base.h"

enum {
	FORMAT_MAJOR = 5,
	FORMAT_MINOR = 0,

	HEADER_SIZE = 64,
	FOOTER_SIZE = 64,
	ENTRY_SIZE = 32,   /* of the table of chunks */
	CHUNK_ALIGN = 64,
	CHUNK_PADDING = 64,

	BLOCK_DOCS = 256,  /* postings of a block */
	LANES = 16,
	SHORT_DF = 4,      /* the largest df of a short list */
	KTH_DF = 4096,     /* the smallest df with k-th best impacts */
	LEXICON_BLOCK = 32,
	PAIR_WORDS = 64,   /* the most words whose pairs have lists */
	TITLE_GAP = 16,    /* positions between title and body */
	LENGTH_MAX = 65535,
	LONG_SPAN = 1 << 20, /* positions that docs of that length are taken for */
	HEAD_BLOCK = 16 << 10,
	BODY_BLOCK = 64 << 10,
	RAW_MAX = 32 << 20,
	DICT_SAMPLE = 8 << 20,
	DICT_SAMPLE_MIN = 256 << 10,
	DICT_SIZE = 64 << 10,
	SKETCH_BYTES = 28, /* of a doc */
};

/* What a reader says of another major version: that and its own. */
#define FORMAT_OTHER(major)                                                    \
	((major) > FORMAT_MAJOR                                                \
		 ? "was written in format %u; this program reads %u"           \
		 : "was written in format %u; this program reads %u: build "   \
		   "the index again, in an empty folder")

#define DOCS_MAX 2147483646u

enum field {
	FIELD_TEXT = 1,
	FIELD_TITLE,
	FIELD_SECTION,
	FIELD_AUTHOR,
	FIELD_LANG,
	FIELD_URL,
	FIELD_ID,
	FIELD_TOPIC,
	FIELD_PLACE,
	FIELD_END,
	FIELD_PAIR = FIELD_END /* not in files: the lists of pairs of words */
};

/* Fields of words have frequencies, positions, forms and lengths; the others
 * hold whole values. */
static inline bool field_has_words(unsigned field)
{
	return field == FIELD_TEXT || field == FIELD_TITLE;
}

/* A doc may have several values of these. */
static inline bool field_has_several(unsigned field)
{
	return field == FIELD_TOPIC || field == FIELD_PLACE;
}

/* Lists of pairs have frequencies and bounds, by the lengths of the text, but no
 * positions. */
static inline bool field_has_tfs(unsigned field)
{
	return field_has_words(field) || field == FIELD_PAIR;
}

enum chunk {
	CHUNK_INFO,
	CHUNK_LEXICON_KEYS,
	CHUNK_LEXICON_OFFSETS,
	CHUNK_LEXICON_BLOCKS,
	CHUNK_POSTINGS,
	CHUNK_POSITIONS,
	CHUNK_PAIRS,
	CHUNK_LENGTHS_TEXT,
	CHUNK_LENGTHS_TITLE,
	CHUNK_DATE,
	CHUNK_SECTION,
	CHUNK_RANK,
	CHUNK_SKETCHES,
	CHUNK_STORIES,
	CHUNK_HEAD_INDEX,
	CHUNK_HEADS,
	CHUNK_DICTIONARY,
	CHUNK_BODY_INDEX,
	CHUNK_BODIES,
	CHUNKS
};

#define SEGMENT_MAGIC "\x89NSI\r\n\x1a\n"
#define MANIFEST_MAGIC "\x89NSC\r\n\x1a\n"
#define DELETES_MAGIC "\x89NSD\r\n\x1a\n"

#endif
