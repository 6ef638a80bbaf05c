/* nsindex_preview.c — nsindex build --preview: how is the input cut?
 *
 *     lines      words  section   title
 *     1–43         412  World     Rain in Sochi  (2 captions, 1 cross-link)
 */
#include <stdlib.h>

#include "input/input.h"
#include "tools/nsindex.h"
#include "tools/numbers.h"
#include "tools/sanitize.h"

struct preview {
	struct told told;
	struct source_report read;
	uint64_t shown;
	char file[256];
};

/* Words as a reader counts them: pieces between blanks.  Two neighbours at a time,
 * which compilers do for many bytes at once. */
static uint64_t words_of(ns_text text)
{
	const unsigned char *data = (const unsigned char *)text.data;
	uint64_t words = text.size && data[0] > ' ';
	for (size_t i = 1; i < text.size; i++)
		words += (data[i] > ' ') & (data[i - 1] <= ' ');
	return words;
}

static unsigned lines_of(ns_text text)
{
	unsigned lines = text.size && text.data[text.size - 1] != '\n';
	for (size_t i = 0; i < text.size; i++)
		lines += text.data[i] == '\n';
	return lines;
}

static void print_kept_apart(const ns_article *article)
{
	unsigned captions = lines_of(article->captions);
	unsigned links = lines_of(article->links);
	if (!captions && !links)
		return;
	fputs("  (", stdout);
	if (captions)
		printf("%u caption%s", captions, captions == 1 ? "" : "s");
	if (links)
		printf("%s%u cross-link%s", captions ? ", " : "", links,
		       links == 1 ? "" : "s");
	putchar(')');
}

/* The file as a heading, where it is another than that of the last article. */
static void print_file(struct preview *preview, ns_text source)
{
	char file[sizeof preview->file];
	size_t size = source.size;
	while (size && source.data[size - 1] != ':')
		size--;
	size = size ? size - 1 : source.size;
	snprintf(file, sizeof file, "%.*s", (int)(size < 255 ? size : 255),
	         source.data);
	if (preview->shown++ && !strcmp(file, preview->file))
		return;
	memcpy(preview->file, file, sizeof file);
	printf("%s", preview->shown > 1 ? "\n" : "");
	sanitize_write(stdout, file, strlen(file), true);
	printf("\n%-13s %7s  %-12s title\n", "  lines", "words", "section");
}

/* A section in 12 columns at least, cut behind 48 bytes. */
static void print_section(ns_text section)
{
	size_t n = section.size < 48 ? section.size : 48, columns = 0;
	while (n < section.size && n && (section.data[n] & 0xC0) == 0x80)
		n--; /* not within a character */
	if (!n)
		section = ns_text_of("-"), n = 1;
	sanitize_write(stdout, section.data, n, true);
	for (size_t i = 0; i < n; i++)
		columns += (section.data[i] & 0xC0) != 0x80;
	if (columns > 12) /* where does it end? */
		putchar(' ');
	for (; columns < 12; columns++)
		putchar(' ');
	putchar(' ');
}

static int show(void *context, const struct source_article *article,
                struct ns_error *err)
{
	struct preview *preview = context;
	char lines[40], number[NUMBER_SIZE];
	const ns_article *a = &article->article;
	(void)err;
	print_file(preview, a->source);
	snprintf(lines, sizeof lines, "%u-%u", article->first_line,
	         article->last_line);
	printf("  %-11s %7s  ", lines,
	       number_grouped(number, words_of(a->title) + words_of(a->body)));
	print_section(a->section);
	if (a->title.size)
		sanitize_write(stdout, a->title.data, a->title.size, true);
	else
		fputs("(no title)", stdout);
	print_kept_apart(a);
	putchar('\n');
	return NS_OK;
}

static void hear(void *context, const struct source_event *event)
{
	struct preview *preview = context;
	fflush(stdout);
	told_event(&preview->told, event);
}

int nsindex_preview(char **paths, const struct source_options *options)
{
	ns_error err;
	char number[NUMBER_SIZE];
	struct preview *preview = calloc(1, sizeof *preview);
	if (!preview)
		return CLI_ERROR;
	if (!told_open_log(&preview->told, options->log)) {
		free(preview);
		return CLI_ERROR;
	}
	preview->told.strict = options->strict;
	struct source_handler handler = {preview, show, hear};
	int code = CLI_DONE;
	for (; *paths && code == CLI_DONE; paths++)
		if (input_read(*paths, options, &handler, &preview->read,
		                &err) != NS_OK)
			code = cli_report("nsindex", &err);
	if (code == CLI_DONE) {
		fflush(stdout);
		told_rest(&preview->told);
		cli_say("nsindex", "%s article%s; nothing was written",
		        number_grouped(number, preview->read.articles),
		        preview->read.articles == 1 ? "" : "s");
		code = preview->read.refused ? CLI_NONE : CLI_DONE;
	}
	if (!told_close_log(&preview->told) && code == CLI_DONE)
		code = CLI_NONE;
	free(preview);
	return code;
}
