/* test_explain.c — do the numbers of an explanation stand where they should, and
 * are they the same in every locale? */
#include <criterion/criterion.h>

#include "answer/digits.h"
#include "answer/explain.h"

static const char *text_of(struct buffer *buffer)
{
	buffer_byte(buffer, 0);
	cr_assert_eq(buffer->status, NS_OK);
	return (const char *)buffer->data;
}

static struct leaf_word word(const char *form, const char *term)
{
	return (struct leaf_word){
		.form = slice_of(form, strlen(form)),
		.term = slice_of(term, strlen(term))};
}

Test(digits, groups_scores_shares)
{
	struct buffer out;
	buffer_init(&out, 1000);
	digits_grouped(&out, 1204344);
	buffer_byte(&out, ' ');
	digits_grouped(&out, 12);
	buffer_byte(&out, ' ');
	digits_score(&out, 1 << 20, 0);
	buffer_byte(&out, ' ');
	digits_score(&out, 1, 0);
	buffer_byte(&out, ' ');
	digits_score(&out, 3, 19);
	buffer_byte(&out, ' ');
	/* the fraction rounds up to the next whole number */
	digits_score(&out, UINT32_MAX, 0);
	buffer_byte(&out, ' ');
	digits_percent(&out, 1, 3);
	buffer_byte(&out, ' ');
	digits_percent(&out, 1999, 2000);
	buffer_byte(&out, ' ');
	digits_percent(&out, 0, 0);
	cr_assert_str_eq(text_of(&out), "1,204,344 12 1.0000000 0.0000010 "
	                 "1.5000000 4095.9999990 33.3 100.0 0.0");
	buffer_release(&out);
}

Test(digits, dates)
{
	struct buffer out;
	buffer_init(&out, 1000);
	digits_date(&out, 1491467400, false);
	buffer_byte(&out, ' ');
	digits_date(&out, 1491467400, true);
	buffer_byte(&out, ' ');
	digits_date(&out, 0, false);
	digits_date(&out, NS_NO_DATE, true);
	digits_date(&out, INT64_MAX, false);
	cr_assert_str_eq(text_of(&out), "2017-04-06T08:30:00Z 2017-04-06 "
	                 "1970-01-01T00:00:00Z");
	buffer_release(&out);
}

Test(explain, columns_line_up)
{
	struct leaf_word missiles = word("missiles", "missil");
	struct leaf_word exact = word("rains", "rain");
	exact.exact = true;
	struct leaf_word pair[] = {word("chemical", "chemic"),
	                           word("attack", "attack")};
	struct leaf leaves[] = {
		{.field = FIELD_TEXT, .boost = 1, .words = &missiles,
		 .n_words = 1, .n_docs = 1204, .df = 3, .weight = 6134400},
		{.field = FIELD_TITLE, .boost = 2, .words = &exact,
		 .n_words = 1, .n_docs = 1204, .df = 1204, .weight = 1048576},
		{.field = FIELD_TEXT, .boost = 1, .words = pair, .n_words = 2,
		 .n_docs = 1204, .weight = 12000000},
	};
	struct explain_row rows[] = {
		{&leaves[0], 2, 312, 3145728},
		{&leaves[1], 1, 3, 524288},
		{&leaves[2], 11, 1312, 10485760},
	};
	struct plan plan = {.shift = 0};
	struct buffer out;
	buffer_init(&out, 1 << 16);
	explain_print(&plan, rows, ARRAY_LEN(rows), 14155776, &out);
	cr_assert_str_eq(text_of(&out),
		"missiles (missil)      3 of 1,204 docs  weight  5.8502197"
		"  tf  2  length   312  adds  3.0000000\n"
		"title:=rains \xC3\x97" "2    1,204 of 1,204 docs  weight  1.0000000"
		"  tf  1  length     3  adds  0.5000000\n"
		"\"chemical attack\"               phrase  weight 11.4440918"
		"  tf 11  length 1,312  adds 10.0000000\n"
		"total                                                    "
		"                            13.5000000\n");
	buffer_release(&out);
}
