/* nsindex.h — search a news archive from C.
 *
 * CONCEPTS
 *   article   what you give: a title, a body, some facts about it, an id.
 *   index     a directory.  It holds immutable segments, one manifest for each
 *             commit, and a lock.  Only this library writes there.
 *   commit    all that was added and deleted since the builder was opened
 *             becomes visible at once, or not at all.  Its number is its
 *             generation.
 *   snapshot  an opened index shows exactly one commit for as long as it is
 *             open, whatever a writer does meanwhile.
 *   searcher  asks an opened index, one query after the other, and keeps its memory
 *             between them: for many queries, one for each thread.
 *   query     a line as people type it; see the query language in README.md.
 *             No query text is an error: what makes no sense finds nothing.
 *
 * A FIRST PROGRAM
 *     ns_error err;
 *     ns_builder *builder;
 *     ns_article article = ns_article_empty();
 *     article.title = ns_text_of("Rain in Sochi");
 *     article.body = ns_text_of("It rained all day.");
 *     if (ns_builder_open(&builder, "news.ns", NULL, &err) == NS_OK &&
 *         ns_builder_add(builder, &article, &err) == NS_OK &&
 *         ns_builder_commit(builder, NULL, &err) == NS_OK) ...
 *     ns_builder_free(builder);
 *
 * RULES
 *   Errors     Every call that can fail returns an enum ns_status and takes an
 *              ns_error as its last argument, which may be NULL.  It is written
 *              only on failure.
 *   Ownership  What an _open or a search call puts into *out is yours, to be
 *              ended by the matching _free; _free(NULL) does nothing.  On
 *              failure *out is NULL.  Views into an object (const pointers) live
 *              as long as that object.
 *   Text       is UTF-8 in an ns_text, which need not end in a NUL byte.  What
 *              is not UTF-8 is replaced by U+FFFD while it is indexed.
 *   Threads    One ns_index may be searched by many threads at once, by ns_search
 *              or each with a searcher of its own.  A builder, a searcher and a
 *              results object belong to one thread at a time.
 *   Fork       Do not use or free a builder in a child of the process that
 *              opened it.
 *   Files      An index lies on a local file system: locks and renames of
 *              network file systems do not keep the promises made here.
 *   The library never exits, never prints and installs no signal handler.
 */
#ifndef NSINDEX_H
#define NSINDEX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#if defined(__GNUC__)
#define NS_API __attribute__((visibility("default")))
#else
#define NS_API
#endif

#ifdef __cplusplus
extern "C" {
#endif

#define NS_VERSION "0.1.0"

/* ---- errors ---------------------------------------------------------- */

/* Corruption, misuse and the outer world are three things; a bug in the
 * library itself is an assertion, never a status. */
enum ns_status {
	NS_OK = 0,
	NS_E_USAGE,      /* the call or an option makes no sense */
	NS_E_IO,         /* the system refused a file operation */
	NS_E_NOMEM,      /* memory ended */
	NS_E_CORRUPT,    /* bytes of the index are damaged */
	NS_E_VERSION,    /* the index is in a newer format, or in an older one
	                    that is not read any more */
	NS_E_LOCKED,     /* another writer holds the index */
	NS_E_LIMIT,      /* a stated limit was passed; the message names it */
	NS_E_MISSING,    /* there is no index, or no such article in it */
	NS_E_DURABILITY, /* a commit's outcome is unknown: the disk failed */
	NS_E_STOPPED     /* a callback asked to stop */
};

/* What went wrong, in a sentence, and where.  Filled by the call that failed. */
typedef struct ns_error {
	int code;          /* an enum ns_status */
	char message[320]; /* lower case, no full stop, NUL-terminated */
	char place[256];   /* a file, or "file:chunk"; may be empty */
	int64_t offset;    /* byte offset in place, or -1 */
	int64_t line;      /* line in place, from 1, or 0 */
} ns_error;

/* A constant name for a status: "corrupt", "i/o error", …  Never NULL. */
NS_API const char *ns_status_name(int code);

/* The version of the library, "0.1.0". */
NS_API const char *ns_version(void);

/* ---- surroundings ----------------------------------------------------- */

/* Where memory comes from.  alloc and resize give NULL where it ends; size is
 * never 0; what they give is aligned for any type.  release is not called with
 * NULL.  Called from any thread that uses the library. */
typedef struct ns_allocator {
	void *(*alloc)(void *context, size_t size);
	void *(*resize)(void *context, void *block, size_t size);
	void (*release)(void *context, void *block);
	void *context;
} ns_allocator;

/* Replaces malloc, realloc and free in the library and in the zstd contexts that
 * it makes (libstemmer and utf8proc keep to malloc).  Call it before any other
 * call, while no other thread runs; NULL: back to malloc.  The struct is copied.
 * Nothing that was allocated may be alive. */
NS_API void ns_set_allocator(const ns_allocator *allocator);

/* Receives a line of what an operator may want to know and is no error: litter
 * of a crash that was removed, old files that could not be.  Must not call the
 * library. */
typedef void ns_log_fn(void *context, const char *line);

/* Sets the log hook; NULL: no log (the default).  Call it while no other thread
 * runs. */
NS_API void ns_set_log(ns_log_fn *log, void *context);

/* ---- articles -------------------------------------------------------- */

/* Borrowed UTF-8.  data may be NULL where size is 0. */
typedef struct ns_text {
	const char *data;
	size_t size; /* bytes */
} ns_text;

static inline ns_text ns_text_of(const char *string)
{
	ns_text text = {string, string ? strlen(string) : 0};
	return text;
}

#define NS_NO_DATE INT64_MIN
#define NS_ARTICLE_MAX (16u << 20) /* bytes of title and body together */
#define NS_ID_MAX 255u             /* bytes */

/* One article.  Start from ns_article_empty(): zeros, and NS_NO_DATE for the date
 * (0 is the first second of 1970).  A title or a body is needed.  Without an id one is made
 * from title, body and section, so that the same article found again is the
 * same article. */
typedef struct ns_article {
	ns_text id;       /* at most NS_ID_MAX bytes */
	ns_text title;
	ns_text body;     /* paragraphs, each ended by '\n' */
	ns_text section;  /* of the newspaper: "World" */
	ns_text author;
	ns_text url;
	ns_text lang;     /* "en" */
	ns_text topics;   /* what it is about, one a line: "grain\nwheat\n" */
	ns_text places;   /* where that is, one a line */
	ns_text captions; /* one a line; kept, not searched */
	ns_text links;    /* cross-links, one a line; kept, not searched */
	ns_text source;   /* "FILE:LINE", where it was found */
	int64_t date;     /* seconds since 1970-01-01T00:00:00Z, or NS_NO_DATE */
	bool date_is_day; /* only the day is known: it is shown without a time, and
	                     its first second is kept */
} ns_article;

/* An article without anything, not even a date. */
static inline ns_article ns_article_empty(void)
{
	ns_article article;
	memset(&article, 0, sizeof article);
	article.date = NS_NO_DATE;
	return article;
}

/* ---- building -------------------------------------------------------- */

typedef struct ns_builder ns_builder;

/* Hears how far a commit is: done of total steps of a phase ("writing lists").
 * Returns false to stop it: ns_builder_commit gives NS_E_STOPPED, and the index is
 * what it was.  Must not call the library. */
typedef bool ns_progress_fn(void *context, const char *phase, uint64_t done,
                            uint64_t total);

/* In which order articles stand in the index.  It decides its size and the speed of
 * queries, and nothing that can be seen: ids, scores, counts and the order of hits
 * are the same. */
enum ns_order {
	NS_ORDER_DEFAULT, /* as in the index that is updated, else NS_ORDER_INPUT */
	NS_ORDER_INPUT,   /* as they were given */
	NS_ORDER_BP       /* those with the same words next to each other, by
	                     recursive graph bisection: lists are smaller */
};

/* Zero is the default of every member. */
typedef struct ns_build_options {
	const char *language; /* a libstemmer language or ISO code, or "none";
	                         NULL: that of the index that is updated, else
	                         "english" */
	bool no_store;        /* do not keep the text: hits have no snippet.  An
	                         update does as the index does */
	int order;            /* an enum ns_order; NS_ORDER_BP needs memory of
	                         NS_MEMORY_ORDER_LEAST */
	bool update;          /* keep the articles that the index holds: an article
	                         whose id is there replaces that one.  Without an
	                         index it starts one */
	bool no_sync;         /* do not wait for the disk.  The program may be
	                         killed at any time and the index is whole, but
	                         a machine that fails may leave it damaged */
	uint64_t memory;      /* bytes that the process is to hold at most, at
	                         least NS_MEMORY_LEAST; what is more waits in
	                         files of the index's folder.  0: a quarter of
	                         the machine's, or of what its control group may
	                         have, but NS_MEMORY_DEFAULT_LEAST at least.  The
	                         index is the same */
	uint32_t threads;     /* that work at once, at most 64; 0: one for each CPU
	                         that the process may use.  The index is the same */
	ns_progress_fn *progress; /* NULL: none */
	void *progress_context;
} ns_build_options;

#define NS_MEMORY_LEAST (128u << 20)
#define NS_MEMORY_ORDER_LEAST (192u << 20)
#define NS_MEMORY_DEFAULT_LEAST (256u << 20)

#define NS_PHASES_MAX 16u

/* What the time of a build went into. */
typedef struct ns_phase {
	const char *name; /* as ns_progress_fn hears it; "adding": the calls of
	                     ns_builder_add */
	double seconds;
} ns_phase;

typedef struct ns_build_report {
	uint64_t articles;       /* given to ns_builder_add and taken */
	uint64_t indexed;        /* of them, those in the new commit */
	uint64_t replaced;       /* gave way to a later one with the same id */
	uint64_t duplicates;     /* of these, those without an id of their own: title,
	                            body and section are the same */
	uint64_t repaired;       /* articles in which bytes that were no UTF-8 were
	                            replaced */
	uint64_t words_overlong; /* words over 255 bytes: not indexed */
	uint64_t values_overlong;/* sections, authors, … over 255 bytes: kept, not
	                            indexed */
	uint64_t lengths_capped; /* articles of over 65,535 tokens */
	uint64_t tokens;
	uint64_t postings;
	uint64_t bytes_text;     /* of title and body, as indexed */
	uint64_t bytes_index;    /* of the files of the new commit */
	uint64_t articles_before;/* in the commit before */
	uint64_t articles_after; /* in the new commit */
	uint64_t deleted;        /* by ns_builder_delete and _delete_matches */
	uint64_t segments;       /* of the new commit */
	uint64_t merged;         /* segments that went into others */
	uint64_t dead;           /* articles that still take room in segments */
	uint64_t generation;     /* of the new commit */
	ns_phase phases[NS_PHASES_MAX]; /* in the order of their beginnings */
	uint32_t n_phases;
} ns_build_report;

/* Starts a new index in the directory dir, made if it is missing, or with
 * options.update an update of the one that is there.  That one stays as it is
 * until ns_builder_commit replaces it.  Takes the writer's lock.  options may be
 * NULL.
 * Errors: NS_E_LOCKED, NS_E_IO, NS_E_USAGE (unknown language; dir is a
 * directory of other files; an update in another language than the index, or of
 * an index that other versions of the libraries analyzed), NS_E_CORRUPT (the
 * present index is damaged), NS_E_MISSING (dir is a link to nothing),
 * NS_E_VERSION, NS_E_NOMEM (also: some 60 bytes for each story of the index that is
 * updated are more than a quarter to three eighths of options.memory). */
NS_API int ns_builder_open(ns_builder **out, const char *dir,
                           const ns_build_options *options, ns_error *err);

/* Adds an article; all of it is copied.  A later article with the same id
 * replaces the earlier.
 * Errors: NS_E_USAGE (neither title nor body) and NS_E_LIMIT (an id over
 * NS_ID_MAX, text over NS_ARTICLE_MAX) refuse this article alone; the builder
 * goes on.  After NS_E_NOMEM (also: some 50 bytes for each article are more than a
 * quarter to a third of options.memory) it can only be freed. */
NS_API int ns_builder_add(ns_builder *builder, const ns_article *article,
                          ns_error *err);

/* How many of the articles that were added wait for the commit: not those that gave
 * way to a later one with the same id. */
NS_API uint64_t ns_builder_count(const ns_builder *builder);

/* Deletes the article with this id: from the commit that is updated, and from what
 * was added before.  *found (found may be NULL): there was one.
 * Errors: NS_E_USAGE (the builder is no update), NS_E_CORRUPT, NS_E_NOMEM; after
 * the last two it can only be freed. */
NS_API int ns_builder_delete(ns_builder *builder, ns_text id, bool *found,
                             ns_error *err);

/* Deletes all articles of the commit that is updated which match a query (not those
 * that were added since).  *n (n may be NULL): how many.
 * Errors: as ns_search and ns_builder_delete. */
NS_API int ns_builder_delete_matches(ns_builder *builder, ns_text query,
                                     uint64_t *n, ns_error *err);

/* Has the commit write every segment anew that holds a dead article; all: make one
 * segment of all.  Every commit of an update merges neighbours so that each segment
 * has twice the articles of the next, and writes a segment anew of which a fifth
 * is dead: this is for an index that will not change for a while.
 * Errors: NS_E_USAGE (the builder is no update). */
NS_API int ns_builder_merge(ns_builder *builder, bool all, ns_error *err);

/* Writes what was added and deleted and makes it the index, atomically and durably.
 * Once only; then the builder can only be freed.  report may be NULL.  An update
 * without any change writes nothing.  The commit before is kept until the next
 * one, if this is an update.
 * Errors: as the operating system gives them, NS_E_NOMEM (also: some 70 bytes for each
 * article of segments that merge are more than half to three quarters of
 * options.memory); the earlier index is then still there, byte for byte.
 * NS_E_STOPPED: the progress hook wanted it; likewise.  NS_E_DURABILITY: it may be
 * either the old or the new. */
NS_API int ns_builder_commit(ns_builder *builder, ns_build_report *report,
                             ns_error *err);

/* Ends the builder.  Without a commit the index has not changed, and a directory
 * that opening it made is gone again. */
NS_API void ns_builder_free(ns_builder *builder);

/* How many articles the index in dir holds now: 0 where there is none.  For a
 * message before a build.  Errors: NS_E_CORRUPT, NS_E_VERSION, NS_E_IO. */
NS_API int ns_index_count(const char *dir, uint64_t *out, ns_error *err);

/* ---- searching ------------------------------------------------------- */

typedef struct ns_index ns_index;
typedef struct ns_results ns_results;
typedef struct ns_searcher ns_searcher;

enum {
	/* do not check checksums while opening: for salvage and for tests.
	 * Damaged bytes may then give wrong answers, never a crash. */
	NS_OPEN_UNVERIFIED = 1
};

/* Opens the newest commit of the index in dir for reading; takes no lock.
 * Errors: NS_E_MISSING (no index there), NS_E_CORRUPT, NS_E_VERSION, NS_E_IO,
 * NS_E_NOMEM. */
NS_API int ns_index_open(ns_index **out, const char *dir, unsigned flags,
                         ns_error *err);

/* The same for an older commit that is kept: the one before the newest stays until
 * the next update.  Works beside a newest commit that is damaged.
 * Errors: as above; NS_E_MISSING where that commit is not kept. */
NS_API int ns_index_open_commit(ns_index **out, const char *dir,
                                uint64_t generation, unsigned flags,
                                ns_error *err);
NS_API void ns_index_free(ns_index *index);

#define NS_HITS_MAX 10000u   /* offset + limit */
#define NS_QUERY_MAX 8192u   /* bytes */

typedef struct ns_search_options {
	uint32_t limit;        /* hits wanted; 0: none, only the count */
	uint32_t offset;       /* hits left out before the first */
	bool count;            /* count all that match, exactly */
	bool explain;          /* say how each score came about */
	bool no_snippets;
	bool collapse;         /* of articles that are copies of each other the
	                          best alone: as many stories are listed */
	bool bare;             /* numbers and scores alone (ns_results_matches),
	                          no hits; not together with explain */
	uint32_t snippet_size; /* wanted bytes of a snippet; 0: 240 */
	float k1, b;           /* of BM25: 0…1000 and 0…1; both 0: 1.2, 0.75 */
} ns_search_options;

/* A byte range [start, end) of a snippet or a title. */
typedef struct ns_range {
	uint32_t start, end;
} ns_range;

/* An article that matches.  Its number is its place in the opened commit: the same
 * in all answers of one ns_index, and another in another commit. */
typedef struct ns_match {
	uint64_t number;
	double score;
} ns_match;

/* Its texts that are not empty end in a NUL byte that size does not count. */
typedef struct ns_hit {
	uint64_t rank;      /* from 1 */
	uint64_t number;    /* as in ns_match */
	double score;       /* BM25; 0 where a query has filters only */
	ns_text id, title, section, author, url, lang, source;
	ns_text topics, places; /* one a line */
	int64_t date;       /* or NS_NO_DATE */
	bool date_is_day;   /* as in ns_article */
	ns_text snippet;    /* empty where text is not stored; matches behind
	                       the first 256 KiB of a body are not looked for */
	const ns_range *highlights;       /* in snippet, in order, disjoint */
	size_t n_highlights;
	const ns_range *title_highlights; /* in title */
	size_t n_title_highlights;
	ns_text explanation;              /* lines; empty unless asked for */
	/* with options.collapse: other articles of the index that tell the same
	 * story, whether they match or not; where there are any, the first date
	 * of all, or NS_NO_DATE, and the id of the longest */
	uint64_t copies;
	int64_t first_date;
	bool first_is_day;
	ns_text longest;
} ns_hit;

/* Answers a query.  options may be NULL: 10 hits, no count.  The results live
 * on their own: they may outlive the index.  Texts of hits are valid UTF-8.
 * Errors: NS_E_LIMIT (over NS_QUERY_MAX bytes, 1,024 words, a phrase of over 64
 * words, or offset + limit over NS_HITS_MAX), NS_E_USAGE (k1 or b out of range,
 * explain of bare results), NS_E_CORRUPT, NS_E_IO, NS_E_NOMEM.  No text is a
 * syntax error. */
NS_API int ns_search(ns_results **out, const ns_index *index, ns_text query,
                     const ns_search_options *options, ns_error *err);

/* Opens a searcher: for a thread that asks many queries.  It goes on using index,
 * and must be freed before it.  ns_search borrows one for each query; a thread's
 * own takes no lock and finds the memory of the query before in place.  A list of
 * 1,000, and what its first 10 are:
 *
 *     ns_search_options options = {.limit = 1000, .bare = true};
 *     if (ns_searcher_search(searcher, &results, query, &options, &err) == NS_OK) {
 *             const ns_match *match = ns_results_matches(results, &n);
 *             for (i = 0; i < n && i < 10; i++)
 *                     if (ns_searcher_article(searcher, match[i].number,
 *                                             &article, &err) == NS_OK) ...
 *     }
 * Errors: NS_E_NOMEM. */
NS_API int ns_searcher_open(ns_searcher **out, const ns_index *index,
                            ns_error *err);
/* Answers a query as ns_search does.  The results belong to the searcher, until its
 * next search or its end: do not free them. */
NS_API int ns_searcher_search(ns_searcher *searcher, const ns_results **out,
                              ns_text query, const ns_search_options *options,
                              ns_error *err);
/* The article with a number that an answer of the same ns_index gave: fills id,
 * title, section, author, url, lang, source, topics, places and date of *out, and
 * empties the rest.  Texts are valid UTF-8, end in a NUL byte where they are not
 * empty, and belong to the searcher until the next call of ns_searcher_article;
 * results stay.
 * Errors: NS_E_USAGE (no article has this number), NS_E_MISSING (it is deleted: no
 * answer gave it), NS_E_CORRUPT, NS_E_NOMEM. */
NS_API int ns_searcher_article(ns_searcher *searcher, uint64_t number,
                               ns_article *out, ns_error *err);
NS_API void ns_searcher_free(ns_searcher *searcher);

/* How many hits; 0 where options.bare was set. */
NS_API size_t ns_results_size(const ns_results *results);
/* i < ns_results_size. */
NS_API const ns_hit *ns_results_hit(const ns_results *results, size_t i);
/* Numbers and scores of all that was wanted, best first, bare or not: *n of them,
 * ranks offset + 1 and on.  May be NULL where *n is 0. */
NS_API const ns_match *ns_results_matches(const ns_results *results, size_t *n);
/* Articles that match; exact where options.count was set, else 0. */
NS_API uint64_t ns_results_count(const ns_results *results);
/* Sentences for the person who asked ("no word in the query"); i from 0, NULL
 * behind the last. */
NS_API const char *ns_results_note(const ns_results *results, size_t i);
NS_API void ns_results_free(ns_results *results);

/* ---- comparing ------------------------------------------------------- */

typedef struct ns_diff ns_diff;

/* A change: bytes [old_start, old_end) of the old body gave way to bytes
 * [new_start, new_end) of the new one.  Either may be empty: it then stands before
 * a word, or behind the last. */
typedef struct ns_hunk {
	size_t old_start, old_end;
	size_t new_start, new_end;
} ns_hunk;

/* Compares the texts of two articles of the index: copies of one story, or versions
 * of it.  They are compared by words as written; blanks between them say nothing,
 * the ends of paragraphs do.  Of all lists of changes it is a shortest one, unless
 * the texts differ in thousands of words: see ns_diff_coarse.
 * Errors: NS_E_MISSING (no article has one of the ids), NS_E_USAGE (the index does
 * not keep the text of articles), NS_E_CORRUPT, NS_E_IO, NS_E_NOMEM. */
NS_API int ns_diff_open(ns_diff **out, const ns_index *index, ns_text old_id,
                        ns_text new_id, ns_error *err);
/* The old article, or the new one, without captions and links.  Texts are valid
 * UTF-8.  Where the lines of a body are wrapped, line ends within its paragraphs are
 * blanks, as they were compared. */
NS_API const ns_article *ns_diff_article(const ns_diff *diff, bool newer);
/* The *n changes, in the order of both bodies.  May be NULL where *n is 0. */
NS_API const ns_hunk *ns_diff_hunks(const ns_diff *diff, size_t *n);
/* How many words of both stand in changes that are too different to be compared
 * word by word: there the list may be longer than it need be. */
NS_API uint64_t ns_diff_coarse(const ns_diff *diff);
NS_API void ns_diff_free(ns_diff *diff);

/* ---- looking inside -------------------------------------------------- */

/* Receives a piece of text; returns false to stop (NS_E_STOPPED). */
typedef bool ns_print_fn(void *context, const char *text, size_t size);

/* Verifies every byte of the index in dir: checksums, structure, and that what
 * the lists say fits together.  Prints a line for each fault and one for each
 * file that no commit names.  The first fault is also the error.
 * Errors: as ns_index_open. */
NS_API int ns_index_check(const char *dir, ns_print_fn *print, void *context,
                          ns_error *err);

/* Where the newest manifest is damaged, moves it aside (as bad-…) after printing
 * what is lost, so that the newest older commit that is whole becomes the index.
 * Takes the writer's lock.  A damaged segment is beyond repair.
 * Errors: NS_E_CORRUPT (no older commit is kept: nothing was changed),
 * NS_E_LOCKED, NS_E_MISSING, NS_E_IO, NS_E_NOMEM. */
NS_API int ns_index_repair(const char *dir, ns_print_fn *print, void *context,
                           ns_error *err);

/* Prints what the index holds and what each chunk costs. */
NS_API int ns_index_stat(const ns_index *index, ns_print_fn *print,
                         void *context, ns_error *err);

/* What the i-th part of the index's files (from 0) costs: *bytes in all segments
 * together.  Its name: of a chunk as FORMAT.md has it, then "frame" (headers,
 * tables, padding) and "deletes"; NULL behind the last.  All are the size of the
 * index. */
NS_API const char *ns_index_part(const ns_index *index, unsigned i,
                                 uint64_t *bytes);

/* Prints what each chunk, each field and the heaviest terms cost in all segments
 * together, and what the index would save without positions, forms or text.
 * Reads every list: 0.2 s for 47 MB. */
NS_API int ns_index_stat_size(const ns_index *index, ns_print_fn *print,
                              void *context, ns_error *err);

/* Prints the list of a word or term: a line for each article, with its
 * frequency, positions and forms.  word may carry a field ("title:rain").
 * Errors: NS_E_MISSING where the index has no such word. */
NS_API int ns_index_dump_term(const ns_index *index, ns_text word,
                              ns_print_fn *print, void *context, ns_error *err);

/* Prints every list of the index, in the order of the lexicon. */
NS_API int ns_index_dump_all(const ns_index *index, ns_print_fn *print,
                             void *context, ns_error *err);

/* Prints what is kept of the article with this id. */
NS_API int ns_index_dump_article(const ns_index *index, ns_text id,
                                 ns_print_fn *print, void *context,
                                 ns_error *err);

#ifdef __cplusplus
}
#endif
#endif
