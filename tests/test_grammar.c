#include <criterion/criterion.h>

#include "query/grammar.h"
#include "random.h"

/* query, and the tree as query_print shows it */
static const struct { const char *query, *tree; } table[] = {
	{"", "()"}, {"   ", "()"}, {"((", "()"}, {"))", "()"}, {")(", "()"},
	{"+", "(+)"}, {"-", "(-)"}, {"\"", "(\"\")"}, {"=", "(=)"},
	{"rain", "(rain)"}, {"rain sochi", "(rain sochi)"},
	{"rain OR sochi", "(rain sochi)"},
	{"rain AND sochi", "(+rain +sochi)"},
	{"a AND b AND c", "(+a +b +c)"},
	{"a AND b OR c", "((+a +b) c)"}, {"a OR b AND c", "(a (+b +c))"},
	{"a AND b c", "((+a +b) c)"}, {"a b AND c", "(a (+b +c))"},
	{"a AND NOT b", "(+a -b)"}, {"NOT b AND a", "(-b +a)"},
	{"a NOT b", "(a -b)"}, {"NOT a", "(-a)"}, {"NOT NOT a", "(-a)"},
	{"+a -b c", "(+a -b c)"}, {"+a AND b", "(+a +b)"},
	{"-a AND b", "(-a +b)"}, {"NOT -a", "(-a)"},
	{"(a b) c", "((a b) c)"}, {"((a b))", "(a b)"}, {"(a)", "(a)"},
	{"+(a b) -(c d)", "(+(a b) -(c d))"},
	{"a AND (b OR c)", "(+a +(b c))"},
	{"(a OR b) AND (c OR d)", "(+(a b) +(c d))"},
	{"NOT (a b)", "(-(a b))"}, {"a AND", "(a)"}, {"AND a", "(a)"},
	{"a OR", "(a)"}, {"OR a OR", "(a)"}, {"a NOT", "(a)"},
	{"a AND OR b", "(a b)"}, {"a AND ()", "(a)"}, {"() a", "(a)"},
	{"a AND AND b", "(+a +b)"}, {"(a", "(a)"}, {"a)", "(a)"},
	{"(a AND b", "(+a +b)"}, {"a) AND (b", "(+a +(b))"},
	{"\"rain in sochi\"", "(\"rain in sochi\")"},
	{"\"unclosed quote", "(\"unclosed quote\")"},
	{"a\"b c\"d", "(a \"b c\" d)"}, {"+\"a b\" -\"c d\"", "(+\"a b\" -\"c d\")"},
	{"“curly quote”", "(\"curly quote\")"}, {"„low” x", "(\"low\" x)"},
	{"«guille mets»", "(\"guille mets\")"}, {"\"a (b) AND\"", "(\"a (b) AND\")"},
	{"title:rain", "(title:rain)"}, {"title:\"a b\"", "(title:\"a b\")"},
	{"title:(a b)", "(title:a title:b)"},
	{"title:(a section:World)", "(title:a section:World)"},
	{"section:\"Middle East\" a", "(section:\"Middle East\" a)"},
	{"-section:World a", "(-section:World a)"}, {"text:a", "(a)"},
	{"id:A-1 url:http://x/y author:me lang:en",
	 "(id:A-1 url:http://x/y author:me lang:en)"},
	{"10:30", "(10:30)"}, {"http://x.y/z", "(http://x.y/z)"},
	{"nofield:x", "(nofield:x)"}, {"title:", "(title:)"},
	{"title: rain", "(title: rain)"}, {"Title:x", "(Title:x)"},
	{"=rains", "(=rains)"}, {"=\"a b\"", "(=\"a b\")"}, {"==x", "(=x)"},
	{"title:=rains", "(title:=rains)"}, {"=(a b)", "(=a =b)"},
	{"+=a -=b", "(+=a -=b)"}, {"= a", "(= a)"},
	{"de-escalation", "(de-escalation)"}, {"a - b", "(a - b)"},
	{"a+b c=d", "(a+b c=d)"}, {"--a", "(-a)"}, {"+-a", "(+a)"},
	{"-+a", "(-a)"}, {"AT&T @nasa #tag", "(AT&T @nasa #tag)"},
	{"don't", "(don't)"}, {"don’t", "(don’t)"},
	{"RAIN AND SNOW", "(RAIN AND SNOW)"}, {"NOT OR AND", "(NOT OR AND)"},
	{"2016 AND 2017", "(2016 AND 2017)"}, {"and or not", "(and or not)"},
	{"RAIN AND snow", "(+RAIN +snow)"}, {"東京 AND 大阪", "(+東京 +大阪)"},
	{"a\tb\nc\u00A0d", "(a b c d)"}, {"a\u3000b", "(a b)"},
	{"a AND b OR c AND d e", "((+a +b) (+c +d) e)"},
	{"(a AND (b OR (c AND d)))", "(+a +(b (+c +d)))"},
	{"+AND x", "(+AND x)"},
};

static void parse(const char *text, size_t n, struct buffer *out)
{
	struct query query = {0};
	cr_assert_eq(query_parse(&query, slice_of(text, n), NULL), NS_OK);
	buffer_clear(out);
	query_print(&query, out);
	buffer_byte(out, 0);
	query_release(&query);
}

Test(grammar, table)
{
	struct buffer out;
	buffer_init(&out, SIZE_MAX);
	cr_assert_geq(ARRAY_LEN(table), 80u);
	for (size_t i = 0; i < ARRAY_LEN(table); i++) {
		parse(table[i].query, strlen(table[i].query), &out);
		cr_expect_str_eq((char *)out.data, table[i].tree, "%s gave %s",
		                 table[i].query, (char *)out.data);
	}
	buffer_release(&out);
}

Test(grammar, limits)
{
	static char text[NS_QUERY_MAX + 2];
	struct query query = {0};
	struct ns_error err;
	memset(text, '(', NS_QUERY_MAX);
	cr_assert_eq(query_parse(&query, slice_of(text, NS_QUERY_MAX), &err),
	             NS_OK);
	cr_assert(query.clipped);
	query_release(&query);
	memset(text, 'a', sizeof text);
	cr_assert_eq(query_parse(&query, slice_of(text, NS_QUERY_MAX + 1), &err),
	             NS_E_LIMIT);
	for (size_t i = 0; i < NS_QUERY_MAX; i += 2)
		text[i] = ' ';
	cr_assert_eq(query_parse(&query, slice_of(text, NS_QUERY_MAX), &err),
	             NS_E_LIMIT);
	cr_assert(strstr(err.message, "1024"), "%s", err.message);
}

/* Any bytes are a query, and brackets of any depth keep what is in them. */
Test(grammar, no_text_is_an_error)
{
	static const char *const pieces[] = {
		"a", "b ", " ", "(", ")", "\"", "+", "-", "=", "AND ", " OR ",
		"NOT ", "title:", "section:", "“", "\xFF", "\xE2\x80", ":",
		"x y", "'", "\0", "@", "#", "&",
	};
	struct random r = random_start(1);
	struct buffer out;
	buffer_init(&out, SIZE_MAX);
	for (int round = 0; round < 30000; round++) {
		char text[400];
		size_t n = 0, wanted = random_below(&r, 300);
		while (n < wanted) {
			const char *piece = pieces[random_below(
				&r, ARRAY_LEN(pieces))];
			size_t size = *piece ? strlen(piece) : 1;
			memcpy(text + n, piece, size);
			n += size;
		}
		parse(text, n, &out);
	}
	buffer_release(&out);
}
