/* source.h — what does a source of articles hand over, and what does it tell?
 *
 * What people have (files, folders, standard input: input/input.h) is cut into
 * articles, which are handed over one by one.  What could not be used is told, never
 * dropped in silence:
 *
 *   passed over  what a walk finds that is no text (exit code 0): a picture
 *   refused      what was named and cannot be read, or looks like articles and
 *                is broken (exit code 1): a line of bad JSON
 *   noted        an article that is used though a part of it is missing
 *   repaired     bytes that were no UTF-8 became U+FFFD; the article is used
 *
 * One file is read at a time, line by line: memory is bounded by the longest
 * article (NS_ARTICLE_MAX), not by the file.
 *
 * This side of the house is linked into programs, not into the library: it brings
 * libraries that an embedder does not want.
 */
#ifndef NS_SOURCE_SOURCE_H
#define NS_SOURCE_SOURCE_H

#include "base/io.h"

enum source_format {
	SOURCE_AUTO,
	SOURCE_LISTING, /* listing.h: several scraped articles in one text file */
	SOURCE_JSONL,   /* jsonl.h: one article a line */
	SOURCE_JSON,    /* json.h: a document of articles */
	SOURCE_TREC,    /* trec.h: news collections in SGML */
	SOURCE_FEED,    /* feed.h: RSS, RDF, Atom */
	SOURCE_CSV,     /* csv.h: one article a row */
	SOURCE_TSV,     /* the same, between tabs */
	SOURCE_MAIL,    /* mail.h: a message, or an mbox of them */
	SOURCE_HTML,    /* html_file.h: web pages */
	SOURCE_WARC,    /* warc.h: web pages, as a crawler stored them */
	SOURCE_MEDIAWIKI, /* mediawiki.h: the dump of a wiki */
	SOURCE_NEWSML,  /* newsml.h: NITF, NewsML, the Reuters corpora */
	SOURCE_TEXT,    /* text.h: one article, its first line the title */
	SOURCE_FORMATS
};

/* "auto", "listing", "jsonl", … */
const char *source_format_name(enum source_format format);
bool source_format_parse(const char *name, enum source_format *out);

/* An article and the lines it came from. */
struct source_article {
	struct ns_article article;     /* borrowed until the callback returns */
	enum source_format format;
	uint32_t first_line, last_line;/* from 1, inclusive */
	uint64_t bytes_read;           /* of all input up to here: for progress */
	uint32_t repairs;              /* U+FFFD put for bad bytes in its lines */
	uint32_t furniture;            /* lines of page furniture left out */
	uint32_t attachments;          /* parts of a message left out */
	bool date_dropped;             /* it had one that was not understood */
};

enum source_event_kind {
	SOURCE_REFUSED, SOURCE_PASSED_OVER, SOURCE_NOTED,
	SOURCE_EVENT_KINDS
};

/* Why something was not used, to be counted. */
enum source_reason {
	SOURCE_UNREADABLE,       /* "unreadable" */
	SOURCE_BINARY,           /* "no text" */
	SOURCE_CHARSET,          /* "unknown encoding" */
	SOURCE_EMPTY,            /* "no article in it" */
	SOURCE_SPECIAL,          /* "no regular file" */
	SOURCE_LINK,             /* "a link to a folder or to nothing" */
	SOURCE_INDEX,            /* "the index itself" */
	SOURCE_LONG_LINE,        /* "line over 16 MiB" */
	SOURCE_LARGE_ARTICLE,    /* "article over 16 MiB" */
	SOURCE_BAD_JSON,         /* "bad JSON" */
	SOURCE_BAD_XML,          /* "bad XML" */
	SOURCE_BAD_HTML,         /* "HTML of too many tags" */
	SOURCE_REDIRECT,         /* "redirect" */
	SOURCE_NO_ARTICLE,       /* "page that is no article" */
	SOURCE_BAD_VALUE,        /* "value that is no text" */
	SOURCE_COLUMNS,          /* "columns that do not fit" */
	SOURCE_BAD_ROW,          /* "bad row" */
	SOURCE_NO_TEXT,          /* "neither title nor body" */
	SOURCE_LONG_ID,          /* "id over 255 bytes" */
	SOURCE_NOT_TAKEN,        /* "not taken by the index" */
	SOURCE_PACKED,           /* "cannot be unpacked" */
	SOURCE_PACKED_KIND,      /* "a kind of archive that is not read" */
	SOURCE_PACKED_DEEP,      /* "packed too deep" */
	SOURCE_PACKED_LIMIT,     /* "over the limits of unpacking" */
	SOURCE_ENCRYPTED,        /* "encrypted" */
	SOURCE_DAMAGED,          /* "damaged" */
	SOURCE_BAD_RECORD,       /* "bad record" */
	SOURCE_BAD_HTTP,         /* "bad HTTP answer" */
	SOURCE_CODING,           /* "a coding that is not read" */
	SOURCE_CUT,              /* "cut off" */
	SOURCE_NO_PAGE,          /* "a record without a page" */
	SOURCE_STATUS,           /* "an HTTP status without a page" */
	SOURCE_TYPE,             /* "a type without articles" */
	SOURCE_REASONS
};

/* The words quoted above; never NULL. */
const char *source_reason_name(enum source_reason reason);

/* Is it what such files hold anyway: the redirects of a wiki, the requests and
 * pictures of a crawl?  It is counted and logged; nobody need read each. */
bool source_reason_is_routine(enum source_reason reason);

/* What was not used, as it happens. */
struct source_event {
	enum source_event_kind kind;
	enum source_reason why;
	const char *place;  /* PATH or PATH:LINE, the path as it could be typed */
	const char *reason; /* "bad JSON: … at byte 12"; begins with the name */
};

struct source_handler {
	void *context;
	/* A status other than NS_OK ends the reading with it, but NS_E_USAGE and
	 * NS_E_LIMIT refuse this article alone (counted, told as an event). */
	int (*article)(void *context, const struct source_article *article,
	               struct ns_error *err);
	void (*event)(void *context, const struct source_event *event);
};

struct source_options {
	enum source_format format;
	bool strict;              /* the first refusal is an error */
	bool mend;                /* undo mojibake.h */
	const char *index_dir;    /* left out of walks; may be NULL */
	const char *log;          /* the same: a file that is being written */
	const struct field_map *map; /* fields.h, of csv, tsv, json and jsonl;
	                                may be NULL */
	struct rules *rules;      /* rules.h, of listings; then they are all text
	                             that is no other form; may be NULL */
};

struct source_report {
	uint64_t files;         /* read, also where they held no article; members
	                           of archives, not archives */
	uint64_t bytes;
	uint64_t articles;      /* handed over and taken */
	uint64_t refused;       /* files, lines and articles */
	uint64_t decoded;       /* articles from other encodings than UTF-8 */
	uint64_t passed_over;   /* files, and records of files */
	uint64_t noted;         /* articles of which a part is missing */
	uint64_t mended;        /* articles with text that had been encoded twice */
	uint64_t repaired;      /* articles with U+FFFD for bad bytes */
	uint64_t dates_dropped; /* articles whose date was not understood: they
	                           are kept, undated */
	uint64_t titles_alone;  /* articles without a body */
	uint64_t attachments;   /* parts of messages left out of those taken */
	uint64_t furniture;     /* lines left out of the articles taken */
	uint64_t by_format[SOURCE_FORMATS]; /* articles */
	uint64_t refused_by[SOURCE_REASONS];
	uint64_t passed_over_by[SOURCE_REASONS];
};

#endif
