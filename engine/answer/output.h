/* output.h — how does long text reach the caller's callback?
 *
 * In pieces of some 64 KiB, so that a dump of a whole index needs no memory for
 * all of it, and the callback is not called for each word.
 */
#ifndef NS_ANSWER_OUTPUT_H
#define NS_ANSWER_OUTPUT_H

#include "base/mem.h"

struct output {
	struct buffer text; /* append here */
	ns_print_fn *print;
	void *context;
};

void output_init(struct output *output, ns_print_fn *print, void *context);
void output_release(struct output *output);

/* Passes the text on where there is enough of it, or all of it at the end.
 * NS_E_STOPPED, NS_E_NOMEM. */
int output_step(struct output *output, struct ns_error *err);
int output_end(struct output *output, struct ns_error *err);

void output_text(struct output *output, struct slice text);

#endif
