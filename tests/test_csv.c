/* Articles in tables: headers, cells, rows that are damaged. */
#include "random.h"
#include "form/csv.h"
#include "source_case.h"

static const struct case_article *one(struct source_case *c, const char *name,
                                      const char *text)
{
	cr_assert_eq(case_read_text(c, name, text), NS_OK);
	cr_assert_eq(c->n_events, 0, "%s: %s", text,
	             c->n_events ? c->events[0].reason : "");
	cr_assert_eq(c->n, 1, "%zu in %s", c->n, text);
	return c->articles;
}

Test(csv, all_parts)
{
	struct source_case c;
	case_start(&c);
	const struct case_article *a = one(&c, "a.csv",
		"ID,Headline,Article Text,Pub_Date,Category,Byline,Link,Language,x\n"
		"a7,Rain,It rained.,2017-05-03,World,A. Ray,https://x/a,en,9\n");
	cr_assert_str_eq(a->id, "a7");
	cr_assert_str_eq(a->title, "Rain");
	cr_assert_str_eq(a->body, "It rained.");
	cr_assert_eq(a->facts.article.date, 1493769600);
	cr_assert_str_eq(a->section, "World");
	cr_assert_str_eq(a->author, "A. Ray");
	cr_assert_str_eq(a->url, "https://x/a");
	cr_assert_str_eq(a->lang, "en");
	cr_assert_str_eq(a->source, "a.csv:2");
	cr_assert_eq(c.report.by_format[SOURCE_CSV], 1);
	/* what stands first in the list of names is the body */
	a = one(&c, "a.csv", "description,title,content\nshort,Rain,long\n");
	cr_assert_str_eq(a->body, "long");
	a = one(&c, "a.csv", "description,title\nshort,Rain\n");
	cr_assert_str_eq(a->body, "short");
	a = one(&c, "a.csv", "title,tags,country\nRain,\"rain, hail;;sun\","
		"\"Paris, France|Berlin\"\n");
	cr_assert_str_eq(a->topics, "rain\nhail\nsun\n");
	cr_assert_str_eq(a->places, "Paris, France\nBerlin\n");
	a = one(&c, "a.csv", "title,tags,country\nSun,sun\n");
	cr_assert_str_eq(a->topics, "sun\n");
	cr_assert_str_eq(a->places, "");
	case_end(&c);
}

Test(csv, cells)
{
	static const struct {
		const char *row, *title, *body;
	} cases[] = {
		{"a,b", "a", "b"},
		{"\"a\",\"b\"", "a", "b"},
		{"\"a, \"\"b\"\"\",c\r\n", "a, \"b\"", "c"},
		{"a,\"b\r\n\r\nc\"\r\n", "a", "b\n\nc"},
		{"a \"b\" c,5\" wide", "a \"b\" c", "5\" wide"},
		{" a , \"b\" ", "a", "b"},
		{"\"a\"b,c", "ab", "c"},
		{"\"a\" b ,\\N", "a b", ""},
		{"\"\\N\",c", "\\N", "c"},
		{"a", "a", ""},            /* empty at the end */
		{"a,b,,", "a", "b"},       /* and beyond it */
		{"a,\"\"", "a", ""},
		{",\"\"\"\"", "", "\""},
		{"a,\"b;\tc|\"", "a", "b;\tc|"},
		{"\n \n\na,b", "a", "b"},
	};
	struct source_case c;
	case_start(&c);
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		char text[100];
		snprintf(text, sizeof text, "title,body\n%s", cases[i].row);
		const struct case_article *a = one(&c, "a.csv", text);
		cr_assert_str_eq(a->title, cases[i].title, "%s", cases[i].row);
		cr_assert_str_eq(a->body, cases[i].body, "%s", cases[i].row);
	}
	case_end(&c);
}

Test(csv, delimiters)
{
	struct source_case c;
	case_start(&c);
	cr_assert_str_eq(one(&c, "a.csv", "title;body\na,b;c\n")->title, "a,b");
	cr_assert_str_eq(one(&c, "a.csv", "title\tbody\na,b\tc\n")->title, "a,b");
	cr_assert_str_eq(one(&c, "a.csv", "title|body\na,b|c\n")->title, "a,b");
	cr_assert_str_eq(one(&c, "a.csv", "title\n\"a,b\"\n")->title, "a,b");
	cr_assert_str_eq(one(&c, "a.csv", "\"a;b;c\",title\nx,y\n")->title, "y");
	cr_assert_str_eq(one(&c, "a.csv", "sep=;\r\ntitle;a,b,c\nx;y\n")->title,
	                 "x");
	cr_assert_str_eq(one(&c, "a.tsv", "title\ta,body\na,b\tc\n")->title,
	                 "a,b");
	cr_assert_eq(c.report.by_format[SOURCE_TSV], 1);
	c.options.format = SOURCE_CSV;
	cr_assert_str_eq(one(&c, "a.txt", "title,body\na,b\n")->body, "b");
	case_end(&c);
}

static void refused(struct source_case *c, const char *text,
                    const char *reason)
{
	cr_assert_eq(case_read_text(c, "a.csv", text), NS_OK);
	cr_assert_eq(c->n_events, 1, "%s", text);
	cr_assert_str_eq(c->events[0].reason, reason);
}

/* Spark's way; where a quote is doubled anywhere a backslash is text. */
Test(csv, quotes_behind_backslashes)
{
	struct source_case c;
	case_start(&c);
	const struct case_article *a = one(&c, "a.csv", "title,body\n"
		"\"He said \\\"no\\\", and left\",\"a\n\\\"b\\\" c\"\n");
	cr_assert_str_eq(a->title, "He said \"no\", and left");
	cr_assert_str_eq(a->body, "a\n\"b\" c");
	a = one(&c, "a.csv", "title,body\n\"x \\\"y\\\\\",b\n");
	cr_assert_str_eq(a->title, "x \"y\\\\");
	a = one(&c, "a.csv", "title,body\n\"C:\\\",\"x \"\"y\"\" z\\\"\n");
	cr_assert_str_eq(a->title, "C:\\");
	cr_assert_str_eq(a->body, "x \"y\" z\\");
	case_end(&c);
}

/* AG News: class, title, text. */
Test(csv, without_a_header)
{
	struct source_case c;
	struct field_map map;
	char why[160];
	case_start(&c);
	c.options.map = &map;
	cr_assert(field_map_parse("title=2,body=3", &map, why, sizeof why));
	cr_assert_eq(case_read_text(&c, "a.csv", "\"3\",\"t, u\",\"b\nc\"\n"
		"\"4\",\"v\",\"w\"\n"), NS_OK);
	cr_assert_eq(c.n, 2);
	cr_assert_eq(c.n_events, 0);
	cr_assert_str_eq(c.articles[0].title, "t, u");
	cr_assert_str_eq(c.articles[0].body, "b\nc");
	cr_assert_str_eq(c.articles[0].source, "a.csv:1");
	cr_assert_str_eq(c.articles[1].title, "v");
	cr_assert_str_eq(c.articles[1].source, "a.csv:3");
	/* the names of columns go first */
	cr_assert_str_eq(one(&c, "a.csv", "3,2\nb,t\n")->title, "t");
	refused(&c, "a,b\n1,2\n", "columns that do not fit: no \"3\" among a, b");
	case_end(&c);
}

/* A spreadsheet of a German desk, an export of WordPress, one of pandas. */
Test(csv, columns_by_name)
{
	struct source_case c;
	case_start(&c);
	const struct case_article *a = one(&c, "a.csv", "\xEF\xBB\xBF" "Nr.;Titel;Text;"
		"Datum;Ressort;Autor\r\n1;t;b;06.04.2017;s;a\r\n");
	cr_assert_str_eq(a->title, "t");
	cr_assert_str_eq(a->body, "b");
	cr_assert_eq(a->facts.article.date, 1491436800);
	cr_assert_str_eq(a->section, "s");
	cr_assert_str_eq(a->author, "a");
	a = one(&c, "a.csv", "ID,post_title,post_content,post_date,\xC3\x9C" "berschrift\n"
		"7,t,b,2017-04-06,no\n");
	cr_assert_str_eq(a->id, "7");
	cr_assert_str_eq(a->title, "t");
	cr_assert_str_eq(a->body, "b");
	a = one(&c, "a.csv", "title,body,date\nt,b,1491474600.0\n");
	cr_assert_eq(a->facts.article.date, 1491474600);
	case_end(&c);
}

Test(csv, columns_that_do_not_fit)
{
	struct source_case c;
	struct field_map map;
	char why[160];
	case_start(&c);
	refused(&c, "a,\"b\"\n1,2\n", "columns that do not fit: no title and no "
	        "body among a, b; --map title=NAME,body=NAME says which they are, "
	        "title=1,body=2 where there is no header");
	cr_assert_eq(c.events[0].kind, SOURCE_REFUSED);
	cr_assert_eq(case_read(&c, ""), NS_OK); /* found in a folder */
	cr_assert_eq(c.n_events, 1);
	cr_assert_eq(c.events[0].kind, SOURCE_PASSED_OVER);
	cr_assert(field_map_parse("title=B", &map, why, sizeof why));
	c.options.map = &map;
	cr_assert_str_eq(one(&c, "a.csv", "a,\"b\"\n1,2\n")->title, "2");
	/* a part of the map is in no other column, and its column no other part */
	cr_assert_str_eq(one(&c, "a.csv", "title,b\n1,2\n")->title, "2");
	cr_assert(field_map_parse("title=text", &map, why, sizeof why));
	cr_assert_str_eq(one(&c, "a.csv", "text,summary\n1,2\n")->body, "2");
	refused(&c, "title,b\n1,2\n",
	        "columns that do not fit: no \"text\" among title, b");
	refused(&c, "", "no article in it");
	refused(&c, "text\n", "no article in it");
	case_end(&c);
}

Test(csv, maps)
{
	static const struct {
		const char *text, *why;
	} bad[] = {
		{"", "\"\" is not PART=NAME"},
		{"title", "\"title\" is not PART=NAME"},
		{"title=", "\"title=\" is not PART=NAME"},
		{"title=a,", "\"\" is not PART=NAME"},
		{"title=a,title=b", "title is given twice"},
		{"headline=a", "\"headline\" is no part of an article; they are id, "
		 "title, body, date, section, author, url, lang, topics and "
		 "places"},
	};
	struct field_map map;
	char why[160];
	for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
		cr_assert_not(field_map_parse(bad[i].text, &map, why, sizeof why));
		cr_assert_str_eq(why, bad[i].why);
	}
	cr_assert(field_map_parse("title=a b,lang=l", &map, why, sizeof why));
	cr_assert(slice_equal(map.names[FIELD_TITLE], slice_of("a b", 3)));
	cr_assert(slice_equal(map.names[FIELD_LANG], slice_of("l", 1)));
	cr_assert_eq(map.names[FIELD_BODY].len, 0);
}

/* Keys of JSON, letter for letter. */
Test(csv, maps_are_for_json_too)
{
	struct source_case c;
	struct field_map map;
	char why[160];
	case_start(&c);
	cr_assert(field_map_parse("title=headline,body=title", &map, why,
	                          sizeof why));
	c.options.map = &map;
	const struct case_article *a = one(&c, "a.jsonl",
		"{\"headline\":\"h\",\"title\":\"t\",\"body\":\"b\",\"id\":\"7\"}");
	cr_assert_str_eq(a->title, "h");
	cr_assert_str_eq(a->body, "t");
	cr_assert_str_eq(a->id, "7");
	case_end(&c);
}

Test(csv, damaged_rows_cost_no_other)
{
	struct source_case c;
	case_start(&c);
	refused(&c, "title,body\na,b,c\nd,e\n",
	        "bad row: 3 cells, and the header has 2");
	cr_assert_str_eq(c.events[0].place, case_path(&c, "a.csv:2"));
	cr_assert_eq(c.n, 1);
	refused(&c, "title,body\na,b\nc,\"d\ne,f\ng,h\n",
	        "bad row: a quote that is not closed");
	cr_assert_str_eq(c.events[0].place, case_path(&c, "a.csv:3"));
	cr_assert_eq(c.n, 3);
	cr_assert_str_eq(c.articles[1].title, "e");
	cr_assert_eq(c.articles[1].facts.first_line, 4);
	cr_assert_str_eq(c.articles[2].source, "a.csv:5");
	/* another quote closes it: too few cells in several lines */
	refused(&c, "title,body,url\na,\"b,c\nd,\"e\",f\ng,h,i\n",
	        "bad row: text behind a closing quote");
	cr_assert_eq(c.n, 2);
	cr_assert_str_eq(c.articles[0].body, "e");
	refused(&c, "title,body,url\n\"a,b,c\nd,e\nf\",g\nh,i,j\n",
	        "bad row: 2 cells, and the header has 3");
	cr_assert_eq(c.n, 1);
	cr_assert_str_eq(c.articles[0].title, "h");
	case_end(&c);
}

Test(csv, what_is_too_long)
{
	struct source_case c;
	struct buffer text;
	case_start(&c);
	buffer_init(&text, 64 << 20);
	buffer_text(&text, "title,body\na,\"");
	while (text.len < NS_ARTICLE_MAX + 100)
		buffer_text(&text, "some more words of a long report\n");
	buffer_text(&text, "\"\nb,c\n");
	cr_assert_eq(case_read_bytes(&c, "a.csv", text.data, text.len), NS_OK);
	cr_assert_eq(c.report.refused_by[SOURCE_LARGE_ARTICLE], 1);
	cr_assert_str_eq(c.events[0].place, case_path(&c, "a.csv:2"));
	cr_assert_str_eq(c.articles[c.n - 1].title, "b");
	buffer_clear(&text);
	buffer_text(&text, "title,body\na,");
	while (text.len < NS_ARTICLE_MAX + 100)
		buffer_text(&text, "some more words of a long report ");
	buffer_text(&text, "\nb,c\n");
	cr_assert_eq(case_read_bytes(&c, "a.csv", text.data, text.len), NS_OK);
	cr_assert_eq(c.report.refused_by[SOURCE_LONG_LINE], 1);
	cr_assert_eq(c.n, 1);
	buffer_release(&text);
	case_end(&c);
}

/* The lines of an open row fill what is kept to be read again but for the end of the
 * last one. */
Test(csv, a_row_that_just_does_not_fit)
{
	struct source_case c;
	struct buffer text;
	case_start(&c);
	buffer_init(&text, 64 << 20);
	for (size_t lines = 1; lines <= 2; lines++) {
		buffer_clear(&text);
		buffer_text(&text, "title,body\nt,\"x\n");
		for (size_t i = 0; i < lines; i++) {
			bool last = i + 1 == lines;
			size_t n = NS_ARTICLE_MAX / lines;
			uint8_t *room = buffer_reserve(&text, n);
			memset(room, 'a', n);
			text.len += n - !last;
			buffer_byte(&text, '\n');
		}
		buffer_text(&text, "b,c\n");
		cr_assert_eq(case_read_bytes(&c, "a.csv", text.data, text.len),
		             NS_OK);
		cr_assert_geq(c.report.refused_by[SOURCE_LARGE_ARTICLE], 1);
		cr_assert_eq(c.n, 1);
		cr_assert_str_eq(c.articles[c.n - 1].title, "b");
	}
	buffer_release(&text);
	case_end(&c);
}

/* ---- what is written is read ------------------------------------------------- */

static void random_cell(struct random *random, char *out, size_t size)
{
	static const char *const bits[] = {"a", "rain", " ", ",", ";", "\t", "|",
		"\"", "\n", "é", "\"\"", "x\n\"y\","};
	*out = '\0';
	for (uint32_t i = random_below(random, 8); i; i--) {
		const char *bit = bits[random_below(random, ARRAY_LEN(bits))];
		if (strlen(out) + strlen(bit) + 2 < size)
			strcat(out, bit);
	}
	strcat(out, "."); /* not blank: no row is */
}

static void write_cell(struct random *random, struct buffer *out,
                       const char *cell, char delimiter)
{
	const char special[] = {delimiter, '"', '\n', ' ', '\t', '\0'};
	bool quoted = cell[strcspn(cell, special)] ||
	              random_below(random, 3) == 0;
	if (quoted)
		buffer_byte(out, '"');
	for (; *cell; cell++) {
		buffer_byte(out, (uint8_t)*cell);
		if (*cell == '"')
			buffer_byte(out, '"');
	}
	if (quoted)
		buffer_byte(out, '"');
}

Test(csv, what_is_written_is_read)
{
	enum { ROWS = 20, CELL = 64 };
	struct random random = random_start(11);
	struct source_case c;
	case_start(&c);
	for (int round = 0; round < 300; round++) {
		static char cells[ROWS][3][CELL];
		const char delimiter = ",;\t|"[random_below(&random, 4)];
		const char *const end = random_below(&random, 2) ? "\r\n" : "\n";
		struct buffer text;
		size_t rows = 1 + random_below(&random, ROWS - 1);
		buffer_init(&text, 1 << 20);
		buffer_printf(&text, "title%cx%cbody%s", delimiter, delimiter, end);
		for (size_t i = 0; i < rows; i++) {
			for (int k = 0; k < 3; k++) {
				random_cell(&random, cells[i][k], CELL);
				if (k)
					buffer_byte(&text, (uint8_t)delimiter);
				write_cell(&random, &text, cells[i][k], delimiter);
			}
			buffer_text(&text, end);
		}
		cr_assert_eq(case_read_bytes(&c, "a.csv", text.data, text.len),
		             NS_OK);
		cr_assert_eq(c.n, rows, "seed %llu, round %d: %.*s",
		             (unsigned long long)random.seed, round,
		             (int)text.len, (const char *)text.data);
		for (size_t i = 0; i < rows; i++) {
			cr_assert_str_eq(c.articles[i].title, cells[i][0]);
			cr_assert_str_eq(c.articles[i].body, cells[i][2]);
		}
		buffer_release(&text);
	}
	case_end(&c);
}

Test(csv, memory_may_end_at_any_point)
{
	struct source_case c;
	case_start(&c);
	case_write(&c, "a.csv", "title,body,date\n\"a\nb\",c,2017-05-03\nd,\"e\n"
		"f,\xE9,\n");
	case_write(&c, "b.csv", "a,b\n1,2\n");
	case_exhaust(&c, c.dir);
	cr_assert_eq(c.n, 2);
	cr_assert_eq(c.n_events, 2);
	case_end(&c);
}
