/* trec_date.h — which day do numbers mean of which only the collection knows the
 * order?
 *
 *   <DATE>920101</DATE>                     Financial Times: year, month, day
 *   <DD> = 03/24/87 </DD>                   Wall Street Journal: month, day, year
 *   <DD> = 870324 </DD>
 *   <FILEID>AP-NR-02-12-88 2344EST</FILEID> Associated Press, which has no <DATE>
 *   <DOCNO>AP880212-0001 WSJ870324-0001 FR940104-0-00001</DOCNO>
 *
 * Years of two digits are 1970–2069.
 */
#ifndef NS_FORM_TREC_DATE_H
#define NS_FORM_TREC_DATE_H

#include "base/base.h"

enum { TREC_DATE_SIZE = 32 };

/* Of a <DATE> or <DD>, a <FILEID>, a <DOCNO>: "1992-01-01" into out; false: not in
 * one of these forms. */
bool trec_date_numbers(struct slice text, char *out);
bool trec_date_fileid(struct slice text, char *out);
bool trec_date_docno(struct slice text, char *out);

#endif
