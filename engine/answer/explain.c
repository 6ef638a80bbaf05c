#include "answer/explain.h"

#include "answer/digits.h"

enum part { NAME, DOCS, WEIGHT, TF, LENGTH, ADDS, COLUMNS };

static const char *const labels[COLUMNS] = {
	[WEIGHT] = "weight ", [TF] = "tf ", [LENGTH] = "length ",
	[ADDS] = "adds ",
};

void explain_leaf(const struct leaf *leaf, struct buffer *out)
{
	bool phrase = leaf->n_words > 1;
	if (leaf->field == FIELD_TITLE)
		buffer_text(out, "title:");
	if (leaf->n_words && leaf->words[0].exact)
		buffer_byte(out, '=');
	if (phrase)
		buffer_byte(out, '"');
	for (size_t i = 0; i < leaf->n_words; i++) {
		const struct leaf_word *word = &leaf->words[i];
		if (i)
			buffer_byte(out, ' ');
		buffer_append(out, word->form.data, word->form.len);
		if (!phrase && !word->exact &&
		    !slice_equal(word->form, word->term)) {
			buffer_text(out, " (");
			buffer_append(out, word->term.data, word->term.len);
			buffer_byte(out, ')');
		}
	}
	if (phrase)
		buffer_byte(out, '"');
	if (leaf->boost > 1)
		buffer_printf(out, " \xC3\x97%u", leaf->boost);
}

static void cell_print(const struct plan *plan, const struct explain_row *row,
                       enum part part, struct buffer *out)
{
	switch (part) {
	case NAME:
		explain_leaf(row->leaf, out);
		break;
	case DOCS:
		if (row->leaf->n_words != 1) {
			buffer_text(out, "phrase");
			break;
		}
		digits_grouped(out, row->leaf->df);
		buffer_text(out, " of ");
		digits_grouped(out, row->leaf->n_docs);
		buffer_text(out, row->leaf->n_docs == 1 ? " doc" : " docs");
		break;
	case WEIGHT:
		digits_score(out, row->leaf->weight, plan->shift);
		break;
	case TF:
		digits_grouped(out, row->tf);
		break;
	case LENGTH:
		digits_grouped(out, row->length);
		break;
	case ADDS:
		digits_score(out, row->contribution, plan->shift);
		break;
	case COLUMNS:
		break;
	}
}

/* Characters, not bytes. */
static size_t width_of(const struct buffer *text)
{
	size_t width = 0;
	for (size_t i = 0; i < text->len; i++)
		width += (text->data[i] & 0xC0) != 0x80;
	return width;
}

/* A cell into `cell`, its status also into out's: one look at out is enough. */
static size_t cell_make(const struct plan *plan, const struct explain_row *row,
                        enum part part, struct buffer *cell,
                        struct buffer *out)
{
	buffer_clear(cell);
	cell_print(plan, row, part, cell);
	if (cell->status != NS_OK)
		out->status = cell->status;
	return width_of(cell);
}

static void pad(struct buffer *out, size_t n)
{
	while (n-- && out->status == NS_OK)
		buffer_byte(out, ' ');
}

static void row_print(const struct plan *plan, const struct explain_row *row,
                      const size_t *widths, struct buffer *cell,
                      struct buffer *out)
{
	for (enum part c = NAME; c < COLUMNS; c++) {
		size_t width = cell_make(plan, row, c, cell, out);
		size_t blanks = widths[c] - min_size(widths[c], width);
		if (c)
			buffer_text(out, "  ");
		if (labels[c])
			buffer_text(out, labels[c]);
		if (c != NAME)
			pad(out, blanks);
		buffer_append(out, cell->data, cell->len);
		if (c == NAME)
			pad(out, blanks);
	}
	buffer_byte(out, '\n');
}

void explain_print(const struct plan *plan, const struct explain_row *rows,
                   size_t n_rows, uint32_t score, struct buffer *out)
{
	static const char total[] = "total";
	size_t widths[COLUMNS] = {[NAME] = sizeof total - 1}, line = 0;
	struct buffer cell;
	buffer_init(&cell, 64u << 10);
	digits_score(&cell, score, plan->shift);
	widths[ADDS] = cell.len;
	for (size_t i = 0; i < n_rows; i++) {
		for (enum part c = NAME; c < COLUMNS; c++) {
			size_t width = cell_make(plan, &rows[i], c, &cell, out);
			widths[c] = width > widths[c] ? width : widths[c];
		}
	}
	for (size_t i = 0; i < n_rows; i++)
		row_print(plan, &rows[i], widths, &cell, out);
	for (enum part c = NAME; n_rows && c < COLUMNS; c++)
		line += widths[c] + (c ? 2 : 0) +
		        (labels[c] ? strlen(labels[c]) : 0);
	buffer_clear(&cell);
	digits_score(&cell, score, plan->shift);
	buffer_text(out, total);
	size_t used = sizeof total - 1 + cell.len;
	pad(out, line > used ? line - used : 2);
	buffer_append(out, cell.data, cell.len);
	buffer_byte(out, '\n');
	if (cell.status != NS_OK && out->status == NS_OK)
		out->status = cell.status;
	buffer_release(&cell);
}
