/* input.h — where are the articles in these files?
 *
 * The conductor of all forms: which files a path means (walk.h), what they are packed
 * in (packed/unpack.h), their encoding (source/decode.h), their form (sniff.h), and
 * that form's reader.
 */
#ifndef NS_INPUT_INPUT_H
#define NS_INPUT_INPUT_H

#include "source/source.h"

/* Reads everything under path: a file, a folder (walked in byte order, hidden
 * files and the index left out: walk.h), or "-" for standard input.  Adds to *report.
 * article->source is FILE:LINE; FILE is the name of a named file without its
 * folders, the path below a named folder, or "-".  In an archive the name of
 * its member follows: news.tar.gz/2017/a.html:1.
 * Errors: what handler->article returned, NS_E_NOMEM, and in strict mode the
 * first refusal (NS_E_USAGE with its place and line). */
int input_read(const char *path, const struct source_options *options,
                const struct source_handler *handler,
                struct source_report *report, struct ns_error *err);

/* The same for one stream (stream.h) by the name of a file that it could be. */
struct stream;
int input_read_stream(struct stream *stream, const char *name,
                       const struct source_options *options,
                       const struct source_handler *handler,
                       struct source_report *report, struct ns_error *err);

/* Bytes of all regular files under path that input_read would open, for a
 * progress bar; 0 where it cannot be known (standard input). */
uint64_t input_size(const char *path, const struct source_options *options);

#endif
