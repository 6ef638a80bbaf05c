/* html_file.h — a file that is a page becomes articles.
 */
#ifndef NS_PAGE_HTML_FILE_H
#define NS_PAGE_HTML_FILE_H

#include "source/draft.h"
#include "page/html.h"

struct html_file {
	struct html_reader reader;
	struct buffer page, base;
};

void html_file_init(struct html_file *file);
void html_file_release(struct html_file *file);

/* Whether the first tag, behind the head of an HTTP answer, declarations and
 * comments, is <!doctype html>, <html>, <head> or <body>, or a tag of any name occurs
 * and `name` ends as those of pages do. */
bool html_file_is(struct slice prefix, const char *name);

/* What is known of a page beside its bytes. */
struct html_file_facts {
	const char *charset; /* a label that came with the page, or NULL */
	struct slice url;    /* of articles that say none, or empty */
	uint64_t lines;      /* the last one of the file so far */
};

/* Reads a page, which must not lie in draft; it is borrowed for the call. */
int html_file_page(struct outlet *outlet, struct html_file *file,
                   struct draft *draft, const struct html_file_facts *facts,
                   struct slice page, struct ns_error *err);

/* Reads the rest of lines as one page, maybe behind the head of an HTTP answer.
 * draft is borrowed for the call.  charset: a label that came with the page, or
 * NULL. */
int html_file_read(struct outlet *outlet, struct lines *lines,
                   struct html_file *file, struct draft *draft,
                   const char *charset, struct ns_error *err);

#endif
