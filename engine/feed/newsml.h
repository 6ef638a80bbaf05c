/* newsml.h — which articles do files of news exchange hold?
 *
 * What agencies send and archives keep, four languages of XML as one form:
 *
 *   NITF       <nitf>: the New York Times Annotated Corpus, wires of the 2000s
 *   RCV1       <newsitem itemid=…>: Reuters Corpus, volumes 1 and 2
 *   NewsML-G2  <newsMessage>, <newsItem>; what it carries inline is NITF, XHTML
 *              or text
 *   NewsML 1   <NewsML>, <NewsItem>; likewise
 *
 * An article is a <nitf> or a <newsitem>, whatever stands around it and whatever
 * its prefix and its case; a <nitf> that another article carries is its text.
 *
 *   title     headline; hl1; else title.  RCV1's title has the country before it
 *   body      the longest of the texts that an article carries: they are forms of
 *             one (of NewsML 1 the main text and captions of its pictures).  Of
 *             NITF without the blocks lead_paragraph and online_lead_paragraph,
 *             which repeat the first lines of full_text.  Where there is no text:
 *             the lead paragraph, else abstract or description.  Second headlines
 *             (hl2, SubHeadLine) stand before it.  "LEAD:", with which the Times
 *             marked first paragraphs until 1990, is left out, and so is the
 *             paragraph where it is printed again behind it
 *   date      versionCreated, ThisRevisionCreated; contentModified; date.issue;
 *             contentCreated; pubdata's date.publication; FirstCreated; RCV1's
 *             date; publication_year, _month and _day_of_month.  Midnight without
 *             a zone is a day
 *   section   the first of online_sections; position.section; dsk; print_section
 *   author    byline, by, without "By"; normalized_byline, turned round; creator
 *   url       ex-ref
 *   lang      language; xml:lang of the text, of the item
 *   topics    classifier, keyword, tobject.subject; codes of RCV1's topics and
 *             industries; subject: its first name, else its code; KeywordLine;
 *             each once
 *   places    location, evloc; subject of the type geoArea or poi; RCV1's
 *             countries.  Where these name none: where it was written, by located
 *             and Property City and Country
 *   captions  datelines, captions of media, taglines, and the persons and
 *             organizations that are named for an index, as in trec_elements.h
 *   id        doc-id of a <nitf>, itemid: those of corpora, which never change.
 *             None of NewsML: a guid stays when the text changes
 *
 * Packages, which hold only links, are passed over.  Memory is that of one article,
 * NS_ARTICLE_MAX for each of its texts; depth and entities are bounded in xml.h.
 *
 * Each element is known by its name and by what it stands in (newsml_names.h): one
 * table and a stack of what is open.  Rejected: paths from the root, as readers of
 * one of these languages have them: NITF stands alone, in inlineXML, in DataContent,
 * and each agency wraps it as it likes.
 *
 * Measured: 50 MB of NITF, 17,996 articles in the shape of the Times' with texts of
 * the BBC: 71 MB/s for --preview (median of three, user time), 7.4 MiB at the peak.
 * Of 69 files of NITF and NewsML, tests of two other readers and samples (AFP, AP, dpa,
 * PA, Reuters, STT and others): 54 articles, each with a date; the 5 without a title
 * have none; 9 packages passed over; 11 items with neither title nor text refused.
 */
#ifndef NS_FEED_NEWSML_H
#define NS_FEED_NEWSML_H

#include "source/draft.h"
#include "feed/newsml_names.h"
#include "feed/newsml_text.h"
#include "page/html_fragment.h"

enum newsml_buffer {
	NEWSML_VALUE,    /* of the field at hand, or a text of unknown mark-up */
	NEWSML_LINE,     /* the same as one line */
	NEWSML_CODE,     /* what stands for a field's text where that is empty */
	NEWSML_BODY,     /* the text at hand */
	NEWSML_LONGEST,  /* of the texts before */
	NEWSML_LEADS, NEWSML_SUMMARIES, NEWSML_DECK,
	NEWSML_PEOPLE, NEWSML_ORGS, NEWSML_WRITTEN, /* places where it was */
	NEWSML_BUFFERS
};

enum newsml_rank {
	RANK_TITLE, RANK_AUTHOR, RANK_DATE, RANK_SECTION, RANK_LANG,
	NEWSML_RANKS
};

struct newsml {
	struct xml xml;
	struct html_fragment html;
	struct outlet *outlet; /* borrowed */
	struct draft *draft;   /* borrowed */
	struct buffer buffers[NEWSML_BUFFERS];
	uint32_t depth, in_item, in_pre; /* 0: in none */
	enum newsml_part parts[XML_DEPTH + 2];   /* by depth */
	enum newsml_break breaks[XML_DEPTH + 2];
	int rank;                /* of the field at hand */
	int ranks[NEWSML_RANKS]; /* of what is held; 0: nothing */
	enum newsml_kind kind;   /* of the subject or codes at hand */
	bool named;              /* the subject is */
	int day[3];              /* year, month and day of <meta> */
	bool nitf;               /* the article is one */
	bool plain;              /* the text at hand has no tags so far */
	bool hostile;            /* HTML beyond all bounds */
	uint32_t repairs;        /* before the article */
};

void newsml_init(struct newsml *newsml);
void newsml_release(struct newsml *newsml);

int newsml_read(struct outlet *outlet, struct lines *lines,
                struct draft *draft, struct newsml *newsml,
                struct ns_error *err);

/* Whether the first element is one of those above, or <packageItem>. */
bool newsml_is(struct slice prefix);

/* ---- of newsml_item.c ------------------------------------------------------ */

void newsml_item_begin(struct newsml *n, const struct xml_element *e);

/* The value of this part has ended. */
int newsml_item_take(struct newsml *n, enum newsml_part part,
                     struct ns_error *err);

/* A text has ended. */
int newsml_item_text(struct newsml *n, struct ns_error *err);

int newsml_item_give(struct newsml *n, struct ns_error *err);

/* A value of this rank stands for those of lower ones. */
void newsml_put(struct newsml *n, enum newsml_rank which, int rank,
                struct buffer *out, struct slice value);
void newsml_put_lang(struct newsml *n, int rank, struct slice value);
void newsml_put_date(struct newsml *n, int rank, struct slice text);
void newsml_put_kind(struct newsml *n, enum newsml_kind kind,
                     struct slice value);

/* ---- of newsml_tags.c ------------------------------------------------------ */

/* What the attributes of an element say, which is this part; what its children
 * are in. */
enum newsml_part newsml_tag(struct newsml *n, enum newsml_part part,
                            const struct xml_element *e);

#endif
