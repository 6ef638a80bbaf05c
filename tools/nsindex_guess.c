/* nsindex_guess.c — nsindex build --guess: which rules would cut these pages?
 *
 *     $ nsindex build --guess pages/ > courier.rules
 *     $ nsindex build --preview --rules=courier.rules pages/
 */
#include "base/utf8.h"
#include "form/guess.h"
#include "source/stream.h"
#include "input/walk.h"
#include "tools/nsindex.h"
#include "tools/numbers.h"

static const char program[] = "nsindex";

struct pages {
	struct buffer text; /* of one file behind the other */
};

static int read_page(struct pages *pages, int file, const char *path,
                     struct ns_error *err)
{
	uint8_t bytes[16 << 10];
	size_t n = sizeof bytes;
	while (n == sizeof bytes && pages->text.len < GUESS_BYTES) {
		TRY(io_read(file, bytes, sizeof bytes, &n, path, err));
		buffer_append(&pages->text, bytes, n);
	}
	buffer_text(&pages->text, "\n\n");
	return buffer_check(&pages->text, err);
}

static int read_file(void *context, const struct walk_entry *entry,
                     struct ns_error *err)
{
	int file = io_open(entry->dir, entry->name, O_RDONLY | O_NOCTTY, 0);
	if (file < 0)
		return err_io(err, entry->path, "open");
	int status = read_page(context, file, entry->path, err);
	io_close(&file);
	return status;
}

static int skip(void *context, const struct walk_entry *entry,
                enum source_event_kind kind, enum source_reason why,
                const char *detail, struct ns_error *err)
{
	(void)context;
	if (kind == SOURCE_PASSED_OVER)
		return NS_OK;
	return err_at(err, NS_E_IO, entry->path, -1, 0, "%s",
	              detail ? detail : source_reason_name(why));
}

static int print_rules(const struct pages *pages, struct ns_error *err)
{
	struct buffer clean, rules;
	uint64_t articles = 0;
	char number[NUMBER_SIZE];
	buffer_init(&clean, 4u * GUESS_BYTES);
	buffer_init(&rules, 4u * GUESS_BYTES);
	utf8_repair(slice_of(pages->text.data, pages->text.len), &clean);
	int status = buffer_check(&clean, err);
	if (status == NS_OK)
		status = guess_rules(slice_of(clean.data, clean.len), &rules,
		                     &articles, err);
	if (status == NS_OK && articles) {
		fwrite(rules.data, 1, rules.len, stdout);
		cli_say(program, "these rules cut %s articles; see how with "
		        "--preview --rules=FILE",
		        number_grouped(number, articles));
	} else if (status == NS_OK) {
		cli_say(program, "no lines that part articles were found; "
		        "write rules by hand (see nsindex(1))");
	}
	buffer_release(&clean);
	buffer_release(&rules);
	return status != NS_OK ? cli_report(program, err)
	       : articles ? CLI_DONE : CLI_NONE;
}

int nsindex_guess(char **paths, const struct source_options *options)
{
	struct pages pages;
	ns_error err;
	int status = NS_OK, code;
	const struct walk_handler files = {&pages, read_file, skip};
	buffer_init(&pages.text, 2u * GUESS_BYTES);
	for (; *paths && status == NS_OK; paths++)
		status = strcmp(*paths, "-") != 0
			? walk(*paths, options, &files, &err)
			: read_page(&pages, 0, *paths, &err);
	code = status == NS_OK ? print_rules(&pages, &err)
	                       : cli_report(program, &err);
	buffer_release(&pages.text);
	return code;
}
