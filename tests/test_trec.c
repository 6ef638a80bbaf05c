/* SGML collections: what is cut, and which element is which part. */
#include <time.h>

#include "form/sgml_entities.h"
#include "input/sniff.h"
#include "form/trec.h"
#include "form/trec_date.h"
#include "source_case.h"

static const struct case_article *read_one(struct source_case *c,
                                           const char *text)
{
	cr_assert_eq(case_read_text(c, "a.sgm", text), NS_OK);
	cr_assert_eq(c->n, 1, "%zu articles, %zu events", c->n, c->n_events);
	return &c->articles[0];
}

static int64_t day(int year, int month, int of_month)
{
	struct tm tm = {.tm_year = year - 1900, .tm_mon = month - 1,
	                .tm_mday = of_month};
	return timegm(&tm);
}

Test(trec, associated_press)
{
	struct source_case c;
	case_start(&c);
	const struct case_article *a = read_one(&c,
		"<DOC>\n<DOCNO> AP880212-0001 </DOCNO>\n"
		"<FILEID>AP-NR-02-12-88 2344EST</FILEID>\n"
		"<FIRST>u i AM-Harbour 02-12</FIRST>\n<SECOND>AM-Harbour</SECOND>\n"
		"<HEAD>Harbour\n  Opens</HEAD>\n<HEAD>With photo</HEAD>\n"
		"<BYLINE>By ANN LEE</BYLINE>\n<BYLINE>AP Writer</BYLINE>\n"
		"<DATELINE>PORT VALE (AP) </DATELINE>\n"
		"<TEXT>\n\tSmith & Sons < 300 tons.\n<P>More.\n</TEXT>\n</DOC>\n");
	cr_assert_str_eq(a->id, "AP880212-0001");
	cr_assert_str_eq(a->title, "Harbour Opens");
	cr_assert_str_eq(a->author, "ANN LEE");
	cr_assert_str_eq(a->body,
	                 "With photo\n\n\tSmith & Sons < 300 tons.\nMore.\n");
	cr_assert_str_eq(a->captions, "PORT VALE (AP)\n");
	cr_assert_eq(a->facts.article.date, day(1988, 2, 12));
	cr_assert_str_eq(a->source, "a.sgm:1");
	cr_assert_eq(a->facts.last_line, 16);
	cr_assert_eq(a->facts.format, SOURCE_TREC);
	case_end(&c);
}

Test(trec, wall_street_journal)
{
	struct source_case c;
	case_start(&c);
	const struct case_article *a = read_one(&c,
		"<DOC>\n<DOCNO> WSJ870324-0001 </DOCNO>\n"
		"<HL> Harbour Bonds Rise </HL>\n<DD> 03/24/87</DD>\n"
		"<SO> PAPER (P), PAGE 2</SO>\n<IN> BON </IN>\n"
		"<TEXT>\n   Bonds rose.\n</TEXT>\n</DOC>\n");
	cr_assert_str_eq(a->title, "Harbour Bonds Rise");
	cr_assert_str_eq(a->body, "Bonds rose.\n");
	cr_assert_eq(a->facts.article.date, day(1987, 3, 24));
	a = read_one(&c, "<DOC><DOCNO>WSJ910102-0001</DOCNO><DD> = 910102 </DD>"
		"<AUTHOR> Ann Lee </AUTHOR><LP> The lead. </LP>"
		"<TEXT> The rest. </TEXT></DOC>");
	cr_assert_str_eq(a->body, "The lead. \n The rest.\n");
	cr_assert_str_eq(a->author, "Ann Lee");
	cr_assert_eq(a->facts.article.date, day(1991, 1, 2));
	case_end(&c);
}

Test(trec, los_angeles_times)
{
	struct source_case c;
	case_start(&c);
	const struct case_article *a = read_one(&c,
		"<DOC>\n<DOCNO> LA010189-0001 </DOCNO>\n<DOCID> 1 </DOCID>\n"
		"<DATE>\n<P>\nJanuary 1, 1989, Sunday, Home Edition\n</P>\n</DATE>\n"
		"<SECTION>\n<P>\nBook Review; Page 1; Desk\n</P>\n</SECTION>\n"
		"<LENGTH>\n<P>\n12 words\n</P>\n</LENGTH>\n"
		"<HEADLINE>\n<P>\nNEW IN PAPERBACK\n</P>\n<P>\nAND OLD\n</P>\n</HEADLINE>\n"
		"<BYLINE>\n<P>\nBy ANN LEE, Times Staff Writer\n</P>\n</BYLINE>\n"
		"<TEXT>\n<P>\nOne.\n</P>\n<P>\nTwo.\n</P>\n</TEXT>\n"
		"<GRAPHIC>\n<P>\nPhoto, A harbour\n</P>\n</GRAPHIC>\n"
		"<TYPE>\n<P>\nColumn\n</P>\n</TYPE>\n</DOC>\n");
	cr_assert_str_eq(a->title, "NEW IN PAPERBACK AND OLD");
	cr_assert_str_eq(a->section, "Book Review");
	cr_assert_str_eq(a->author, "ANN LEE");
	cr_assert_str_eq(a->body, "One.\n\n\nTwo.\n");
	cr_assert_str_eq(a->captions, "Photo, A harbour\n");
	cr_assert_eq(a->facts.article.date, day(1989, 1, 1));
	case_end(&c);
}

Test(trec, financial_times_fbis_and_the_federal_register)
{
	struct source_case c;
	case_start(&c);
	const struct case_article *a = read_one(&c,
		"<DOC>\n<DOCNO>FT911-3</DOCNO>\n<PROFILE>AN-BEOA7</PROFILE>\n"
		"<DATE>910514\n</DATE>\n<HEADLINE>\nFT 14 MAY 91 / Harbour\n"
		"</HEADLINE>\n<TEXT>\nText.\n</TEXT>\n<PUB>The Paper\n</PUB>\n"
		"<PAGE>\nPage 5\n</PAGE>\n</DOC>");
	cr_assert_str_eq(a->title, "FT 14 MAY 91 / Harbour");
	cr_assert_str_eq(a->body, "Text.\n");
	cr_assert_eq(a->facts.article.date, day(1991, 5, 14));
	a = read_one(&c,
		"<DOC>\n<DOCNO> FBIS3-1 </DOCNO>\n<HT> \"cr00000011094001\" </HT>\n"
		"<HEADER>\n<H2> March Reports </H2>\n<DATE1> 1 March 1994 </DATE1>\n"
		"Document Type:X\n<F P=100> FB </F>\n<H3> <TI> Harbour </TI></H3>\n"
		"</HEADER>\n<TEXT>\nArticle Type:<F P=104>CSO</F>Text.\n</TEXT>\n</DOC>");
	cr_assert_str_eq(a->title, "Harbour");
	cr_assert_str_eq(a->body, "Article Type: CSO Text.\n");
	cr_assert_eq(a->facts.article.date, day(1994, 3, 1));
	a = read_one(&c,
		"<DOC>\n<DOCNO> FR940104-0-00001 </DOCNO>\n<PARENT> FR </PARENT>\n"
		"<TEXT>\n<!-- PJG ITAG l=90 -->\n<USDEPT>HARBOURS</USDEPT>\n"
		"<DOCTITLE>Rules &sect;&hyph;3</DOCTITLE>\nThe <B>bo</B>ld rule.\n"
		"</TEXT>\n</DOC>");
	cr_assert_str_eq(a->section, "HARBOURS");
	cr_assert_str_eq(a->title, "Rules \u00A7-3");
	cr_assert_str_eq(a->body, "The bold rule.\n");
	cr_assert_eq(a->facts.article.date, day(1994, 1, 4));
	case_end(&c);
}

Test(trec, papers_of_later_disks)
{
	struct source_case c;
	case_start(&c);
	const struct case_article *a = read_one(&c,
		"<DOC>\n<DOCNO> SJMN91-06364007 </DOCNO>\n<LEADPARA> Lead.\n"
		"</LEADPARA>\n<HEADLINE> STOCKS UP </HEADLINE>\n<TEXT> Text.\n"
		"</TEXT>\n<PUBDATE>   911230 </PUBDATE>\n<PUBYEAR> 1991 </PUBYEAR>\n"
		"</DOC>");
	cr_assert_eq(a->facts.article.date, day(1991, 12, 30));
	a = read_one(&c,
		"<DOC>\n<DOCNO> NYT19980601.0001 </DOCNO>\n<DATE_TIME> 1998-06-01 "
		"00:03 </DATE_TIME>\n<BODY>\n<HEADLINE>\nHARBOUR &UR; OPEN\n"
		"</HEADLINE>\n<TEXT>\nText. &QL;\n</TEXT>\n</BODY>\n</DOC>");
	cr_assert_str_eq(a->title, "HARBOUR OPEN");
	cr_assert_eq(a->facts.article.date, day(1998, 6, 1) + 180);
	cr_assert_not(strchr(a->body, '&'));
	a = read_one(&c,
		"<DOC id=\"NYT_ENG_19940701.0001\" type=\"story\" >\n<TEXT>\n<P>\n"
		"Text.\n</P>\n</TEXT>\n</DOC>");
	cr_assert_eq(a->facts.article.date, day(1994, 7, 1));
	cr_assert(a->facts.article.date_is_day);
	case_end(&c);
}

Test(trec, what_others_made_after_the_pattern)
{
	struct source_case c;
	case_start(&c);
	const struct case_article *a = read_one(&c,
		"<doc id=\"12\" url=\"https://w.example/?curid=12\" "
		"title=\"Harbours &amp; Ships\">\nHarbours\n\nAre for ships.\n</doc>\n");
	cr_assert_str_eq(a->id, "12");
	cr_assert_str_eq(a->url, "https://w.example/?curid=12");
	cr_assert_str_eq(a->title, "Harbours & Ships");
	cr_assert_str_eq(a->body, "Harbours\n\nAre for ships.\n");
	a = read_one(&c,
		"<DOC id=\"XIN_ENG_20021001.0001\" type=\"story\">\n<HEADLINE>\nHarbour\n"
		"</HEADLINE>\n<TEXT>\n<P>\nOne.\n</P>\n</TEXT>\n</DOC>\n");
	cr_assert_str_eq(a->id, "XIN_ENG_20021001.0001");
	cr_assert_str_eq(a->body, "One.\n");
	case_end(&c);
}

Test(trec, gigaword)
{
	struct source_case c;
	case_start(&c);
	const struct case_article *a = read_one(&c,
		"<DOC id=\"AFP_ENG_19940512.0004\" type=\"story\" >\n"
		"<HEADLINE>\nHarbour opens &AMP; closes\n  again\n</HEADLINE>\n"
		"<DATELINE>\nPORT VALE, May 12 (AFP)\n</DATELINE>\n<TEXT>\n"
		"<P>\nThe harbour opened on Thursday,\nit was said.\n</P>\n"
		"<P>\nIt closed.\n</P>\n</TEXT>\n</DOC>\n");
	cr_assert_str_eq(a->id, "AFP_ENG_19940512.0004");
	cr_assert_str_eq(a->title, "Harbour opens & closes again");
	cr_assert_str_eq(a->captions, "PORT VALE, May 12 (AFP)\n");
	cr_assert_str_eq(a->body, "The harbour opened on Thursday,\nit was said.\n"
	                 "\n\nIt closed.\n");
	cr_assert_eq(a->facts.article.date, day(1994, 5, 12));
	cr_assert(a->facts.article.date_is_day);
	cr_assert_eq(c.n_events, 0);
	/* what has no paragraphs, and no headline; a date of its own counts more */
	a = read_one(&c, "<DOC id=\"APW_ENG_19941118.0513\" type=\"other\" >\n"
		"<DATE>\n1994-11-17\n</DATE>\n<TEXT>\nBC-Scores\n1  2\n</TEXT>\n"
		"</DOC>\n");
	cr_assert_str_eq(a->body, "BC-Scores\n1  2\n");
	cr_assert_eq(a->facts.article.date, day(1994, 11, 17));
	case_end(&c);
}

/* Who closes articles has closed the last one, or lost its end. */
Test(trec, cut_off)
{
	static const struct {
		const char *text;
		size_t articles;
		bool cut;
	} cases[] = {
		{"<DOC><DOCNO>1</DOCNO><TEXT>One.</TEXT></DOC>\n<DOC><DOCNO>2</DOCNO>"
		 "<TEXT>Two and", 1, true},
		{"<DOC><TEXT>One.</TEXT></DOC>\n<DOC><TEXT>Two.</TEXT>\n", 2, false},
		{"<DOC><TEXT>One.</TEXT><TEXT>Tw", 0, true},
		{"<DOC><TEXT>One.</TEXT></DOC>\n<DOC><HEAD>Two</HEAD>", 1, true},
		{"<DOC><TEXT>One.</TEXT></DOC>\n<DOC", 1, true},
		{"<DOC><TEXT>One.</TEXT></DOC>\n<DO", 1, false},
		{"<DOC><LP>One.</LP>", 0, true},
		{"<DOC>One.", 0, true},
		{"<DOC>One.</DOC", 1, false},
		{"<DOC>One.\n<DOC>Two.\n", 2, false},
		{"<DOC><TEXT>One.\n<DOC><TEXT>Two.\n", 2, false},
		{"<REUTERS><TEXT><TITLE>A</TITLE><BODY>One.</BODY>", 1, false},
		{"<REUTERS><TEXT><TITLE>A</TITLE><BODY>One.", 0, true},
		{"<REUTERS><TEXT><TITLE>A</TITLE>", 0, true},
	};
	struct source_case c;
	case_start(&c);
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		cr_assert_eq(case_read_text(&c, "a.sgm", cases[i].text), NS_OK);
		cr_assert_eq(c.n, cases[i].articles, "%s", cases[i].text);
		cr_assert_eq(c.n_events, cases[i].cut, "%s", cases[i].text);
		cr_assert_eq(c.report.refused_by[SOURCE_CUT], cases[i].cut);
	}
	cr_assert_str_eq(c.events[0].place, case_path(&c, "a.sgm:1"));
	cr_assert_str_eq(c.events[0].reason,
	                 "cut off: the file ends within this article");
	case_end(&c);
}

Test(trec, reuters)
{
	struct source_case c;
	case_start(&c);
	const struct case_article *a = read_one(&c,
		"<!DOCTYPE lewis SYSTEM \"lewis.dtd\">\n"
		"<REUTERS TOPICS=\"YES\" OLDID=\"9\"\n NEWID=\"17\">\n"
		"<DATE>26-FEB-1987 15:01:01.79</DATE>\n<MKNOTE>moved</MKNOTE>\n"
		"<TOPICS><D>grain</D><D>wheat</D></TOPICS>\n"
		"<PLACES><D>uruguay</D><D>usa</D></PLACES>\n<PEOPLE><D>a</D><D>b</D></PEOPLE>\n"
		"<UNKNOWN>\n&#5;&#5;C T</UNKNOWN>\n<TEXT>&#2;\n"
		"<TITLE>UP  &lt;ABC> \nAND AT&T</TITLE>\n"
		"<AUTHOR>    By Ann Lee, Reuters</AUTHOR>\n"
		"<DATELINE>    SALTO, Feb 26 - </DATELINE><BODY>The harvest\n"
		"    rose&#127;.\n Reuter\n&#3;</BODY></TEXT>\n</REUTERS>\n");
	cr_assert_str_eq(a->id, "17");
	cr_assert_str_eq(a->title, "UP <ABC> AND AT&T");
	cr_assert_str_eq(a->body, "The harvest\n    rose.\n");
	cr_assert_str_eq(a->author, "Ann Lee");
	cr_assert_str_eq(a->section, "");
	cr_assert_str_eq(a->topics, "grain\nwheat\n");
	cr_assert_str_eq(a->places, "uruguay\nusa\n");
	cr_assert_str_eq(a->captions, "People: a, b\nSALTO, Feb 26 -\n");
	cr_assert_eq(a->facts.article.date, day(1987, 2, 26) + 54061);
	cr_assert_eq(a->facts.furniture, 1);
	cr_assert_str_eq(a->source, "a.sgm:2");
	a = read_one(&c, "<REUTERS NEWID=\"2\"><TOPICS><D>earn</D></TOPICS>"
		"<TEXT TYPE=\"BRIEF\">&#2;\n******<TITLE>A\n</TITLE>Blah.\n&#3;\n"
		"</TEXT></REUTERS>");
	cr_assert_str_eq(a->title, "A");
	cr_assert_str_eq(a->body, "******Blah.\n");
	cr_assert_str_eq(a->topics, "earn\n");
	cr_assert_str_eq(a->captions, "");
	a = read_one(&c, "<REUTERS NEWID=\"3\"><TEXT TYPE=\"UNPROC\">&#2;\n"
		"A TABLE\n 1  2\nREUTER\n&#3;</TEXT></REUTERS>");
	cr_assert_str_eq(a->title, "");
	cr_assert_str_eq(a->body, "A TABLE\n 1  2\n");
	static const struct {
		const char *date;
		int64_t wanted;
	} dates[] = {
		{"26-FEB-1987 15:01:01.79", 54061},
		{" 26-FEB-1987 15:01:01.79&#5;&#5;RM", 54061},
		{"26-FEB-1987  15:01:01.79   # date added as guesswork", 54061},
		{"26-FEB-1987 615:01:01.79", 0}, {"26-FEB-1987", 0},
	};
	for (size_t i = 0; i < ARRAY_LEN(dates); i++) {
		char text[256];
		snprintf(text, sizeof text, "<REUTERS><DATE>%s</DATE>"
		         "<TEXT>x</TEXT></REUTERS>", dates[i].date);
		a = read_one(&c, text);
		cr_assert_eq(a->facts.article.date,
		             day(1987, 2, 26) + dates[i].wanted, "%s",
		             dates[i].date);
		cr_assert_not(a->facts.date_dropped);
	}
	/* a word of the text is no signature */
	a = read_one(&c, "<REUTERS><TEXT>said nonreuter</TEXT></REUTERS>");
	cr_assert_str_eq(a->body, "said nonreuter\n");
	a = read_one(&c, "<DOC><TEXT>said Reuter</TEXT></DOC>");
	cr_assert_str_eq(a->body, "said Reuter\n");
	case_end(&c);
}

Test(trec, nothing_is_told_twice_or_lost)
{
	struct source_case c;
	case_start(&c);
	/* open tags, two on a line, none closed at the end */
	cr_assert_eq(case_read_text(&c, "a.sgm",
		"<DOC><DOCNO>1<HEAD>One<TEXT>First\n"
		"<DOC><DOCNO>2</DOCNO>Second</DOC><DOC><DOCNO>3</DOCNO>Third</DOC>\n"
		"between\n<doc >\n<DOCNO>4</DOCNO>\n\n</DOC><DOC\n><TEXT>Fifth"), NS_OK);
	cr_assert_eq(c.n, 4);
	cr_assert_str_eq(c.articles[0].id, "1");
	cr_assert_str_eq(c.articles[0].title, "One");
	cr_assert_str_eq(c.articles[0].body, "First\n");
	cr_assert_str_eq(c.articles[1].body, "Second\n");
	cr_assert_str_eq(c.articles[2].id, "3");
	cr_assert_str_eq(c.articles[2].source, "a.sgm:2");
	cr_assert_str_eq(c.articles[3].body, "Fifth\n");
	cr_assert_eq(c.n_events, 1);
	cr_assert_eq(c.events[0].why, SOURCE_NO_TEXT);
	cr_assert_str_eq(c.events[0].place, case_path(&c, "a.sgm:4"));
	/* a byte of Latin-1 */
	cr_assert_eq(case_read_text(&c, "a.sgm", "<DOC>caf\xE9 \xE9</DOC>"), NS_OK);
	cr_assert_eq(c.n, 1);
	cr_assert_str_eq(c.articles[0].body, "café é\n");
	cr_assert_eq(c.report.repaired, 0);
	case_end(&c);
}

/* What is too large is refused, in a line or in many, and the next one found. */
Test(trec, too_large)
{
	struct source_case c;
	struct buffer text;
	case_start(&c);
	buffer_init(&text, 64u << 20);
	buffer_text(&text, "<DOC>\n<DOCNO>1</DOCNO>\n");
	while (text.len < 17u << 20)
		buffer_text(&text, "some words of a line that is one of many\n");
	buffer_text(&text, "</DOC>\n<DOC>two</DOC>\n<DOC>");
	while (text.len < 35u << 20)
		buffer_text(&text, "some words without an end of the line ");
	buffer_text(&text, "\n</DOC>\n<DOC>four</DOC>\n");
	cr_assert_eq(case_read_bytes(&c, "a.sgm", text.data, text.len), NS_OK);
	cr_assert_eq(c.n, 2);
	cr_assert_str_eq(c.articles[0].body, "two\n");
	cr_assert_str_eq(c.articles[1].body, "four\n");
	cr_assert_eq(c.n_events, 2);
	cr_assert_eq(c.events[0].why, SOURCE_LARGE_ARTICLE);
	cr_assert_eq(c.events[1].why, SOURCE_LONG_LINE);
	buffer_release(&text);
	case_end(&c);
}

/* A million of anything takes a moment, not a stack and not a square. */
Test(trec, hostile, .timeout = 300)
{
	static const char *const pieces[] = {
		"<a>", "<TEXT>", "<TITLE>", "<TITLE>x", "<!--", "<!D", "<a ", "</a>",
		"&amp", "&aaaaaaaaa;", "&#99999;", "<", "</",
	};
	struct source_case c;
	struct buffer text;
	case_start(&c);
	buffer_init(&text, 64u << 20);
	for (size_t i = 0; i < ARRAY_LEN(pieces); i++) {
		buffer_clear(&text);
		buffer_text(&text, "<DOC>word ");
		for (size_t k = 0; k < 1000000; k++)
			buffer_text(&text, pieces[i]);
		cr_assert_eq(case_read_bytes(&c, "a.sgm", text.data, text.len),
		             NS_OK);
		cr_assert_eq(c.n + c.n_events, 1, "%s", pieces[i]);
	}
	buffer_release(&text);
	case_end(&c);
}

Test(trec, entities)
{
	static const struct {
		const char *text, *wanted;
	} cases[] = {
		{"a &amp; b &LT;c&gt;", "a & b <c>"},
		{"AT&T &lt &; &#; &#x; &#12a; &nosuch;",
		 "AT&T &lt &; &#; &#x; &#12a; &nosuch;"},
		{"&#252;&#xFC;&#XFC;&uuml;&euro;", "üüüü€"},
		{"&#3;&#31;&#127;|&#9;|&#10;|&#129;", "|\t|\n|"},
		{"&#150;&#128;", "\u2013\u20AC"},
		{"&#0;&#xD800;&#99999999999;&#x1F600;",
		 "\uFFFD\uFFFD\uFFFD\U0001F600"},
		{"1&frac12;&hyph;&blank;2", "1½- 2"},
		{"&abcdefghijklmnopqrstuvwxyz;", "&abcdefghijklmnopqrstuvwxyz;"},
	};
	struct buffer out;
	buffer_init(&out, 1 << 20);
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		buffer_clear(&out);
		sgml_entities_decode(slice_of(cases[i].text,
		                              strlen(cases[i].text)), &out);
		buffer_byte(&out, '\0');
		cr_assert_str_eq((const char *)out.data, cases[i].wanted);
	}
	buffer_release(&out);
}

Test(trec, tags)
{
	static const struct {
		const char *text;
		size_t n;
		const char *name;
	} cases[] = {
		{"<P>x", 3, "P"}, {"</p >", 5, "P"}, {"<F P=105>", 9, "F"},
		{"<a/>", 4, "A"}, {"<a.b-c_d:e>", 11, "A.B-C_D:E"},
		{"< b>", 0, ""}, {"<5>", 0, ""}, {"<rick@uunet>", 0, ""},
		{"<a", 0, ""}, {"<a <b>", 0, ""}, {"<", 0, ""}, {"</", 0, ""},
	};
	struct tag tag;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct slice text = slice_of(cases[i].text, strlen(cases[i].text));
		cr_assert_eq(tags_at(text, &tag), cases[i].n, "%s", cases[i].text);
		if (cases[i].n)
			cr_assert_str_eq(tag.name, cases[i].name);
	}
	const char *text = " ID = \"a b\" x ONE='1'\nBARE=2 OPEN=\"3";
	struct slice all = slice_of(text, strlen(text));
	static const char *const wanted[][2] = {
		{"ID", "a b"}, {"X", ""}, {"ONE", "1"}, {"BARE", "2"}, {"OPEN", "3"},
		{"NONE", ""},
	};
	for (size_t i = 0; i < ARRAY_LEN(wanted); i++) {
		struct slice value = tags_attribute(all, wanted[i][0]);
		cr_assert(slice_equal(value, slice_of(wanted[i][1],
		                                      strlen(wanted[i][1]))));
	}
}

Test(trec, dates)
{
	char out[TREC_DATE_SIZE];
#define IS(kind, text, wanted) do { \
	cr_assert(trec_date_##kind(slice_of(text, strlen(text)), out), text); \
	cr_assert_str_eq(out, wanted); } while (0)
#define NOT(kind, text) \
	cr_assert_not(trec_date_##kind(slice_of(text, strlen(text)), out), text)
	IS(numbers, " 920101\n", "1992-01-01");
	IS(numbers, "= 03/24/87 ", "1987-03-24");
	IS(numbers, "691231", "2069-12-31");
	NOT(numbers, "921301");
	NOT(numbers, "19920101");
	NOT(numbers, "92010a");
	NOT(numbers, "");
	IS(fileid, "AP-NR-02-12-88 2344EST", "1988-02-12");
	NOT(fileid, "AP-NR-02-12-888");
	NOT(fileid, "02-12-8");
	IS(docno, "FR940104-0-00001", "1994-01-04");
	IS(docno, "NYT19980601.0001", "1998-06-01");
	IS(docno, " AFP_ENG_20041001.0001 ", "2004-10-01");
	NOT(docno, "NYT19981301.0001");
	NOT(docno, "NYT19980601-0001");
	NOT(docno, "NYT99980601.0001");
	NOT(docno, "NYT19980601.");
	NOT(docno, "AP880212");
	NOT(docno, "LA010189-0001");
	NOT(docno, "WSJ8703");
}

Test(trec, is_told_from_others)
{
	static const struct {
		const char *text;
		enum source_format format;
	} cases[] = {
		{"<DOC>\n", SOURCE_TREC}, {"\n <reuters a=b>", SOURCE_TREC},
		{"<?xml version=\"1.0\"?>\n<!DOCTYPE x>\n<DOC>", SOURCE_TREC},
		{"<DOCUMENT>", SOURCE_TEXT}, {"Words <DOC>", SOURCE_TEXT},
		{"<p><DOC>", SOURCE_TEXT}, {"<!DOCTYPE", SOURCE_TEXT},
	};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		bool is = trec_is(slice_of(cases[i].text, strlen(cases[i].text)));
		cr_assert_eq(is, cases[i].format == SOURCE_TREC, "%s",
		             cases[i].text);
	}
}

Test(trec, memory_may_end_at_any_point)
{
	struct source_case c;
	case_start(&c);
	case_write(&c, "a.sgm",
		"<DOC><DOCNO>1</DOCNO><HEAD>One</HEAD><DATE>920101</DATE>"
		"<BYLINE>By A</BYLINE><SECTION>S</SECTION><GRAPHIC>g</GRAPHIC>"
		"<TEXT>First \xE9\n<P>more</TEXT></DOC>\n<DOC>two</DOC>\n");
	case_exhaust(&c, c.dir);
	cr_assert_eq(c.n, 2);
	case_end(&c);
}

/* A "<" that the article's end follows is text, and the last of it. */
Test(trec, ends_with_an_open_tag, .timeout = 300)
{
	struct source_case c;
	case_start(&c);
	cr_assert_eq(case_read_text(&c, "a", "<DOC><<DOC>one<</DOC><DOC>two<"),
	             NS_OK);
	cr_assert_eq(c.n, 3);
	cr_assert_str_eq(c.articles[0].body, "<\n");
	cr_assert_str_eq(c.articles[1].body, "one<\n");
	cr_assert_str_eq(c.articles[2].body, "two<\n");
	case_end(&c);
}
