/* sniff.h — what form do these bytes have?
 *
 * By content first, since names lie, then by name; from the first LINES_PEEK
 * bytes of a file, which may be all of it.
 *
 *   json      it begins with a list of objects, or with an object that does not end
 *             on its line while the next line begins with another thing than
 *             an object
 *   warc      it begins with a record, packed by gzip or not
 *   jsonl     the first line that is not blank begins with '{' (but "{\" is RTF),
 *             or the name ends in .jsonl, .ndjson or .json
 *   trec      <DOC> or <REUTERS> is the first tag that is no declaration
 *   feed      its first element is <rss>, <feed>, <rdf:RDF> or <channel>
 *   mail      header fields up to an empty line, From among them, or an mbox
 *   mediawiki its first element is <mediawiki>
 *   newsml    its first element is <nitf>, <newsitem>, <newsMessage>, <NewsML> or
 *             <packageItem>, in any case and with any prefix
 *   listing   a line closes an article: • Published in SECTION
 *   csv, tsv  the name ends in .csv, or .tsv or .tab, or the first line is a header
 *             (csv_header.h): of a table in a pipe, or that a spreadsheet has saved
 *             as .txt, all would be one article
 *   html      <!doctype html>, <html>, <head> or <body> is the first tag behind
 *             declarations and comments, or the name ends in .html, .htm, .xhtml
 *             or .shtml and there is a tag
 *   text      all else
 *
 * No article is a text that comes with pages that were saved (scripts, style sheets,
 * pictures in SVG), nor XML of kinds that are not read, such as maps of sites.
 *
 * No text are bytes of which more than one, and more than 1 in 32, are control
 * characters, counted in the first SNIFF_BINARY bytes, or, in the form text,
 * where one is NUL.  In the other forms a stray NUL is damage to one article,
 * which is repaired.  Of a message only the header is looked at: parts of any bytes
 * may follow, and people draw with control characters.
 */
#ifndef NS_INPUT_SNIFF_H
#define NS_INPUT_SNIFF_H

#include "source/source.h"

enum { SNIFF_BINARY = 64 << 10 };

enum source_format sniff_format(struct slice prefix, const char *name);
/* What text this is that is no article, or NULL. */
const char *sniff_kind_of_none(struct slice prefix, const char *name);
bool sniff_is_text(struct slice prefix, enum source_format format);

#endif
