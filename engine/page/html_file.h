/* html_file.h — a file that is a page becomes articles.
 */
#ifndef NS_PAGE_HTML_FILE_H
#define NS_PAGE_HTML_FILE_H

#include "source/draft.h"
#include "page/html.h"

struct html_file {
	struct html_reader reader;
	struct buffer page;
};

void html_file_init(struct html_file *file);
void html_file_release(struct html_file *file);

/* Whether the first tag, behind declarations and comments, is <!doctype html>,
 * <html>, <head> or <body>, or a tag of any name occurs and `name` ends as those
 * of pages do. */
bool html_file_is(struct slice prefix, const char *name);

/* Reads the rest of lines as one page.  draft is borrowed for the call.  charset: a
 * label that came with the page, or NULL. */
int html_file_read(struct outlet *outlet, struct lines *lines,
                   struct html_file *file, struct draft *draft,
                   const char *charset, struct ns_error *err);

#endif
