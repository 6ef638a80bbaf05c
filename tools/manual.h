/* manual.h — the option table once more, for man pages and completion.
 *
 * --help, the manual and the shell's completion come from one table, so none can
 * say what the others do not.  `PROGRAM --help=man` and `PROGRAM --help=words`
 * print these when the pages are built.
 */
#ifndef NS_TOOLS_MANUAL_H
#define NS_TOOLS_MANUAL_H

#include "tools/cli.h"

/* The options as .TP paragraphs of a man page. */
void manual_man(const struct cli *cli, FILE *file);

/* A line for each option: "--format text|jsonl", "--index DIR", "--count". */
void manual_words(const struct cli *cli, FILE *file);

#endif
