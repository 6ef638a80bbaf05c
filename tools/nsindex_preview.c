/* nsindex_preview.c — nsindex build --preview: how is the input cut?
 *
 *     lines      words  section   title
 *     1–43         412  World     Rain in Sochi  (2 captions, 1 cross-link)
 */
#include <stdlib.h>

#include "tools/nsindex.h"
#include "tools/numbers.h"
#include "tools/sanitize.h"

struct preview {
	struct told told;
	struct source_report read;
	uint64_t shown;
	char file[256];
};

/* Words as a reader counts them: pieces between blanks. */
static uint64_t words_of(ns_text text)
{
	uint64_t words = 0;
	bool inside = false;
	for (size_t i = 0; i < text.size; i++) {
		bool blank = (unsigned char)text.data[i] <= ' ';
		words += !blank && !inside;
		inside = !blank;
	}
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

static int show(void *context, const struct source_article *article,
                struct ns_error *err)
{
	struct preview *preview = context;
	char lines[40], number[NUMBER_SIZE], section[49];
	const ns_article *a = &article->article;
	(void)err;
	print_file(preview, a->source);
	snprintf(lines, sizeof lines, "%u-%u", article->first_line,
	         article->last_line);
	snprintf(section, sizeof section, "%.*s",
	         (int)(a->section.size < 48 ? a->section.size : 48),
	         a->section.size ? a->section.data : "-");
	if (!a->section.size)
		memcpy(section, "-", 2);
	printf("  %-11s %7s  ", lines,
	       number_grouped(number, words_of(a->title) + words_of(a->body)));
	sanitize_write(stdout, section, strlen(section), true);
	for (size_t i = strlen(section); i < 12; i++)
		putchar(' ');
	putchar(' ');
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
	struct source_handler handler = {preview, show, hear};
	int code = CLI_DONE;
	for (; *paths && code == CLI_DONE; paths++)
		if (source_read(*paths, options, &handler, &preview->read,
		                &err) != NS_OK)
			code = cli_report("nsindex", &err);
	if (code == CLI_DONE) {
		fflush(stdout);
		cli_say("nsindex", "%s article%s; nothing was written",
		        number_grouped(number, preview->read.articles),
		        preview->read.articles == 1 ? "" : "s");
		code = preview->read.refused ? CLI_NONE : CLI_DONE;
	}
	free(preview);
	return code;
}
