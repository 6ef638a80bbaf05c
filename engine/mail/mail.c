#include "mail/mail.h"

#include "base/ascii_case.h"
#include "base/utf8.h"
#include "mail/mail_people.h"
#include "mail/mail_words.h"
#include "mail/mbox.h"
#include "base/white.h"
#include "source/values.h"

void mail_init(struct mail *mail)
{
	memset(mail, 0, sizeof *mail);
	mime_init(&mail->mime);
	html_file_init(&mail->page);
	buffer_init(&mail->line, LINES_MAX);
	buffer_init(&mail->people, 2 * MAIL_FIELD_MAX);
	buffer_init(&mail->keywords, NS_ARTICLE_MAX);
	buffer_init(&mail->bytes, 2 * MAIL_FIELD_MAX);
}

void mail_release(struct mail *mail)
{
	mime_release(&mail->mime);
	html_file_release(&mail->page);
	buffer_release(&mail->line);
	buffer_release(&mail->people);
	buffer_release(&mail->keywords);
	buffer_release(&mail->bytes);
}

/* ---- its header ------------------------------------------------------------- */

static struct slice first_of(struct slice list)
{
	const uint8_t *comma = list.len ? memchr(list.data, ',', list.len) : NULL;
	if (comma)
		list.len = (size_t)(comma - list.data);
	return white_trim(list);
}

/* What stands in <…>, or all of it. */
static struct slice in_brackets(struct slice value)
{
	const uint8_t *open = value.len ? memrchr(value.data, '<', value.len) : NULL;
	if (!open)
		return value;
	size_t start = (size_t)(open + 1 - value.data);
	const uint8_t *close = memchr(open, '>', value.len - start + 1);
	size_t end = close ? (size_t)(close - value.data) : value.len;
	return white_trim(slice_of(value.data + start, end - start));
}

static bool is_one_word(struct slice text)
{
	for (size_t i = 0; i < text.len; i++)
		if (text.data[i] <= ' ')
			return false;
	return text.len > 0;
}

/* Appends a value in any encoding. */
static int put(struct mail *mail, struct slice value, const char *charset,
               struct buffer *out)
{
	return mail_words_decode(value, charset, &mail->bytes, out,
	                         &mail->draft->repairs);
}

static int put_url(struct mail *mail, const struct mail_header *header)
{
	struct buffer *url = &mail->draft->url;
	struct slice archived = in_brackets(mail_header_value(header,
	                                                      MAIL_ARCHIVED_AT));
	struct slice id = in_brackets(mail_header_value(header, MAIL_MESSAGE_ID));
	if (is_one_word(archived))
		return put(mail, archived, "", url);
	if (!is_one_word(id) || !memchr(id.data, '@', id.len))
		return NS_OK;
	bool post = mail_header_value(header, MAIL_NEWSGROUPS).len > 0;
	buffer_text(url, post ? "news:" : "mid:");
	return put(mail, id, "", url);
}

/* The name before the last '/' of path, which loses it and what follows. */
static struct slice pop_folder(struct slice *path)
{
	const uint8_t *slash = path->len ? memrchr(path->data, '/', path->len)
	                                 : NULL;
	path->len = slash ? (size_t)(slash - path->data) : 0;
	slash = path->len ? memrchr(path->data, '/', path->len) : NULL;
	size_t start = slash ? (size_t)(slash + 1 - path->data) : 0;
	return slice_from(*path, start);
}

static bool is(struct slice name, const char *wanted)
{
	return slice_equal(name, slice_of(wanted, strlen(wanted)));
}

static struct slice folder_of(const char *path)
{
	struct slice rest = slice_of(path, strlen(path));
	struct slice name = pop_folder(&rest);
	if (is(name, "cur") || is(name, "new") || is(name, "tmp"))
		name = pop_folder(&rest);
	if (is(name, ".") || is(name, ".."))
		name.len = 0;
	bool hidden = name.len > 1 && name.data[0] == '.';
	return slice_from(name, hidden);
}

static int put_section(struct mail *mail, const struct mail_header *header,
                       const char *charset)
{
	struct slice section = first_of(mail_header_value(header,
	                                                  MAIL_NEWSGROUPS));
	if (!section.len)
		section = in_brackets(mail_header_value(header, MAIL_LIST_ID));
	if (!section.len && !mail->mbox)
		section = folder_of(mail->outlet->path);
	return put(mail, section, charset, &mail->draft->section);
}

/* Decoded before they are parted: mailers encode the commas too. */
static int put_topics(struct mail *mail, const struct mail_header *header,
                      const char *charset)
{
	struct buffer *keywords = &mail->keywords;
	buffer_clear(keywords);
	TRY(put(mail, mail_header_value(header, MAIL_KEYWORDS), charset,
	        keywords));
	TRY(buffer_check(keywords, NULL));
	for (size_t i = 0; i < keywords->len; i++)
		if (keywords->data[i] == '"')
			keywords->data[i] = ' ';
	values_append(&mail->draft->topics,
	              buffer_slice(keywords), VALUES_TOPICS);
	return NS_OK;
}

static int put_all(struct mail *mail, const struct mail_header *header,
                   const char *charset)
{
	struct draft *draft = mail->draft;
	buffer_clear(&mail->people);
	mail_people(mail_header_value(header, MAIL_FROM), &mail->people);
	TRY(buffer_check(&mail->people, NULL));
	TRY(put(mail, mail_header_value(header, MAIL_SUBJECT), charset,
	        &draft->title));
	TRY(put(mail, buffer_slice(&mail->people), charset,
	        &draft->author));
	TRY(put_section(mail, header, charset));
	TRY(put_topics(mail, header, charset));
	TRY(put_url(mail, header));
	TRY(put(mail, first_of(mail_header_value(header, MAIL_CONTENT_LANGUAGE)),
	        charset, &draft->lang));
	draft_date(draft, mail_header_value(header, MAIL_DATE));
	return NS_OK;
}

/* ---- a page that a browser saved ----------------------------------------------- */

static bool is_saved_page(const struct mail_header *header)
{
	struct slice from = mail_header_value(header, MAIL_FROM);
	size_t sign = from.len && (from.data[0] == '<' || from.data[0] == '"');
	return slice_begins(slice_from(from, sign),
	                    "Saved by ");
}

/* The first HTML is the page, others are its frames. */
static int take_page(void *context, struct slice page, const char *charset,
                     struct ns_error *err)
{
	struct mail *mail = context;
	struct slice url = mail_header_value(&mail->mime.header,
	                                     MAIL_CONTENT_LOCATION);
	bool good = is_one_word(url) && utf8_prefix(url.data, url.len) == url.len;
	const struct html_file_facts facts = {
		.charset = *charset ? charset : NULL,
		.url = good ? url : slice_of(NULL, 0),
		.lines = mail->draft->last_line,
	};
	if (mail->given)
		return NS_OK;
	mail->given = true;
	return html_file_page(mail->outlet, &mail->page, mail->draft, &facts,
	                      page, err);
}

static int take_header(void *context, const struct mail_header *header,
                       struct ns_error *err)
{
	struct mail *mail = context;
	char charset[MIME_LABEL];
	if (is_saved_page(header)) {
		mail->mime.on_page = take_page;
		return NS_OK;
	}
	mail_header_parameter(header, MAIL_CONTENT_TYPE, "charset", charset,
	                      sizeof charset);
	if (put_all(mail, header, charset) != NS_OK)
		return err_nomem(err);
	if (mail->mbox)
		TRY(mbox_length(mail->lines,
		                mail_header_value(header, MAIL_CONTENT_LENGTH),
		                &mail->guarded, err));
	return NS_OK;
}

/* ---- its lines -------------------------------------------------------------- */

static void start(struct mail *mail)
{
	mail->guarded = 0;
	mail->given = false;
	mime_start(&mail->mime, mail->draft, take_header, mail);
}

static int finish(struct mail *mail, struct ns_error *err)
{
	if (!mail->draft->first_line)
		return NS_OK;
	TRY(mime_finish(&mail->mime, err));
	if (mail->given) {
		draft_clear(mail->draft);
		return NS_OK;
	}
	mail->draft->attachments = mail->mime.left_out;
	return draft_give(mail->draft, mail->outlet, err);
}

/* The line is looked behind, which may move what it lies in. */
static int copy(struct mail *mail, struct slice *line, struct ns_error *err)
{
	buffer_clear(&mail->line);
	buffer_append(&mail->line, line->data, line->len);
	TRY(buffer_check(&mail->line, err));
	*line = buffer_slice(&mail->line);
	return NS_OK;
}

static int read_mbox_line(struct mail *mail, const struct line *line,
                          uint64_t offset, bool after_blank,
                          struct ns_error *err)
{
	struct slice text = slice_of(line->data, line->len);
	bool opens = false;
	if (mail->opened && mbox_is_remote(text))
		return NS_OK;
	mail->opened = false;
	if (offset >= mail->guarded && text.len > 5 &&
	    !memcmp(text.data, "From ", 5)) {
		TRY(copy(mail, &text, err));
		TRY(mbox_opens(mail->lines, text, after_blank, &opens, err));
	}
	if (!opens)
		text = mbox_unquote(text);
	else
		TRY(finish(mail, err));
	if (opens || !mail->draft->first_line)
		start(mail);
	draft_extend(mail->draft, line->number);
	mail->opened = opens;
	if (opens)
		return NS_OK;
	return mime_line(&mail->mime, text, err);
}

static int read_line(struct mail *mail, const struct line *line, uint64_t offset,
                     bool after_blank, struct ns_error *err)
{
	if (line->state == LINE_OVERLONG) {
		draft_extend(mail->draft, line->number);
		mail->draft->body.status = NS_E_LIMIT;
		return NS_OK;
	}
	if (mail->mbox)
		return read_mbox_line(mail, line, offset, after_blank, err);
	draft_extend(mail->draft, line->number);
	return mime_line(&mail->mime, slice_of(line->data, line->len), err);
}

int mail_read(struct outlet *outlet, struct lines *lines, struct mail *mail,
              struct draft *draft, struct ns_error *err)
{
	struct slice prefix;
	bool after_blank = true;
	mail->outlet = outlet;
	mail->lines = lines;
	mail->draft = draft;
	mail->opened = false;
	draft_clear(draft);
	TRY(lines_peek(lines, &prefix, err));
	mail->mbox = mbox_is(prefix);
	start(mail);
	for (;;) {
		struct line line;
		uint64_t offset = lines->bytes;
		TRY(lines_next(lines, &line, err));
		if (line.state == LINE_END)
			break;
		bool blank = line.state == LINE_READ && !line.len;
		TRY(read_line(mail, &line, offset, after_blank, err));
		after_blank = blank;
	}
	return finish(mail, err);
}

/* ---- is it one? ------------------------------------------------------------- */

bool mail_is(struct slice prefix)
{
	bool from = false, more = false;
	if (mbox_is(prefix))
		return true;
	while (prefix.len) {
		const uint8_t *end = memchr(prefix.data, '\n', prefix.len);
		size_t len = end ? (size_t)(end - prefix.data) : prefix.len;
		struct slice line = slice_of(prefix.data, len);
		struct slice name = slice_of(line.data, mail_field_name(line));
		if (!line.len || (line.len == 1 && line.data[0] == '\r'))
			break;
		if (!name.len && line.data[0] != ' ' && line.data[0] != '\t')
			return false;
		from = from || ascii_is(name, "From");
		more = more || ascii_is(name, "Subject") ||
		       ascii_is(name, "Date") || ascii_is(name, "Message-ID") ||
		       ascii_is(name, "Newsgroups");
		len += end != NULL;
		prefix = slice_from(prefix, len);
	}
	return from && more;
}
