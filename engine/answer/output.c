#include "answer/output.h"

enum { PIECE = 64 << 10 };

void output_init(struct output *output, ns_print_fn *print, void *context)
{
	*output = (struct output){.print = print, .context = context};
	buffer_init(&output->text, 256u << 20);
}

void output_release(struct output *output)
{
	buffer_release(&output->text);
}

int output_end(struct output *output, struct ns_error *err)
{
	TRY(buffer_check(&output->text, err));
	if (output->text.len &&
	    !output->print(output->context, (const char *)output->text.data,
	                   output->text.len))
		return err_set(err, NS_E_STOPPED, "stopped while printing");
	buffer_clear(&output->text);
	return NS_OK;
}

int output_step(struct output *output, struct ns_error *err)
{
	if (output->text.len < PIECE && output->text.status == NS_OK)
		return NS_OK;
	return output_end(output, err);
}

void output_text(struct output *output, struct slice text)
{
	buffer_append(&output->text, text.data, text.len);
}
