#include "form/text.h"

static void add_text(struct draft *draft, struct slice text, uint64_t number)
{
	if (!draft->first_line)
		buffer_append(&draft->title, text.data, text.len);
	else
		draft_append(&draft->body, text);
	draft_extend(draft, number);
}

int text_read(struct outlet *outlet, struct lines *lines, struct draft *draft,
              struct ns_error *err)
{
	struct line line;
	draft_clear(draft);
	do {
		struct slice text;
		TRY(lines_next(lines, &line, err));
		if (line.state == LINE_END)
			break;
		TRY(draft_take(draft, &line, &text, err));
		if (text.len)
			add_text(draft, text, line.number);
	} while (draft_status(draft) == NS_OK);

	/* of one that is too large the rest is not looked at */
	return draft->first_line ? draft_give(draft, outlet, err) : NS_OK;
}
