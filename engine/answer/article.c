#include "answer/article.h"

#include <inttypes.h>

#include "answer/digits.h"
#include "index/find_id.h"

enum { LABEL = 9 };

/* One line, whatever the value. */
static void fact(struct output *out, const char *label, struct slice value)
{
	if (!value.len)
		return;
	buffer_printf(&out->text, "%-*s", LABEL, label);
	for (size_t i = 0; i < value.len; i++)
		buffer_byte(&out->text,
		            value.data[i] == '\n' ? ' ' : value.data[i]);
	buffer_byte(&out->text, '\n');
}

/* Each line of a text is a fact of its own. */
static void facts(struct output *out, const char *label, ns_text lines)
{
	for (struct slice rest = slice_text(lines); rest.len;)
		fact(out, label, slice_cut(&rest, '\n'));
}

static void print(const struct segment *segment, uint32_t doc,
                  const struct ns_article *article, struct output *out)
{
	struct buffer *text = &out->text;
	fact(out, "id", slice_text(article->id));
	fact(out, "title", slice_text(article->title));
	fact(out, "section", slice_text(article->section));
	fact(out, "author", slice_text(article->author));
	facts(out, "topic", article->topics);
	facts(out, "place", article->places);
	if (article->date != NS_NO_DATE) {
		buffer_printf(text, "%-*s", LABEL, "date");
		digits_date(text, article->date, article->date_is_day);
		buffer_byte(text, '\n');
	}
	fact(out, "lang", slice_text(article->lang));
	fact(out, "url", slice_text(article->url));
	fact(out, "source", slice_text(article->source));
	buffer_printf(text, "%-*s%" PRIu32 " of %s\n", LABEL, "doc", doc,
	              segment->name);
	buffer_printf(text, "%-*s", LABEL, "length");
	digits_grouped(text, segment_length(segment, FIELD_TEXT, doc));
	buffer_text(text, " words, title ");
	digits_grouped(text, segment_length(segment, FIELD_TITLE, doc));
	buffer_byte(text, '\n');
	facts(out, "caption", article->captions);
	facts(out, "link", article->links);
	if (!article->body.size)
		return;
	buffer_byte(text, '\n');
	output_text(out, slice_text(article->body));
	if (article->body.data[article->body.size - 1] != '\n')
		buffer_byte(text, '\n');
}

int article_print(const struct snapshot *snapshot, struct slice id,
                  struct output *out, struct ns_error *err)
{
	const struct segment *segment;
	struct ns_article article = {.date = NS_NO_DATE};
	struct segment_view view = {0};
	uint32_t doc;
	TRY(find_living(snapshot, id, &segment, &doc, err));
	int status = segment_head(segment, &view, doc, &article, err);
	if (status == NS_OK)
		status = segment_body(segment, &view, doc, &article, err);
	if (status == NS_OK)
		print(segment, doc, &article, out);
	segment_view_release(&view);
	TRY(status);
	return output_end(out, err);
}
