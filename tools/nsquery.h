/* nsquery.h — how is a hit shown? */
#ifndef NS_TOOLS_NSQUERY_H
#define NS_TOOLS_NSQUERY_H

#include <stdio.h>

#include "nsindex.h"

/* For a person.  first: no blank line before it. */
struct text_style {
	bool colours;
	unsigned columns;
};
void nsquery_print_text(FILE *file, const struct text_style *style,
                        const ns_hit *hit, bool first);

/* Columns that a text takes in one line of a terminal. */
unsigned nsquery_width(ns_text text);

/* A string of JSON, in quotes. */
void nsquery_put_string(FILE *file, ns_text text);
/* ,"name":[…]: each line is a string; nothing where there is no line. */
void nsquery_put_lines(FILE *file, const char *name, ns_text lines);

/* For a program: one line of JSON (nsquery.schema.json).  qid: of a batch, else
 * NULL. */
void nsquery_print_json(FILE *file, const char *qid, const ns_hit *hit);

/* For a spreadsheet (csv, else tsv): the names of the columns, and a hit.  collapsed:
 * with those that tell of copies. */
void nsquery_print_names(FILE *file, bool csv, bool collapsed);
void nsquery_print_row(FILE *file, bool csv, bool collapsed, const char *qid,
                       const ns_hit *hit);

/* For trec_eval. */
void nsquery_print_trec(FILE *file, const char *qid, const ns_hit *hit);

#endif
