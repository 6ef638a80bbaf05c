#include "mail/mime.h"

#include "base/ascii_case.h"
#include "source/charset.h"
#include "mail/flowed.h"
#include "mail/inlined.h"
#include "mail/mail_words.h"
#include "base/white.h"

void mime_init(struct mime *mime)
{
	memset(mime, 0, sizeof *mime);
	mail_header_init(&mime->header);
	buffer_init(&mime->content, NS_ARTICLE_MAX);
	buffer_init(&mime->text, NS_ARTICLE_MAX);
	html_fragment_init(&mime->fragment);
}

void mime_release(struct mime *mime)
{
	mail_header_release(&mime->header);
	buffer_release(&mime->content);
	buffer_release(&mime->text);
	html_fragment_release(&mime->fragment);
}

void mime_start(struct mime *mime, struct draft *draft, mime_on_header *on_header,
                void *context)
{
	mime->draft = draft;
	mime->on_header = on_header;
	mime->on_page = NULL;
	mime->context = context;
	mime->depth = 0;
	mime->state = MIME_HEADER;
	mime->message = false;
	mime->left_out = 0;
	mail_header_clear(&mime->header);
	buffer_clear(&mime->content);
}

/* The innermost alternative that the text at hand is in. */
static struct mime_level *alternative_of(struct mime *mime)
{
	for (unsigned i = mime->depth; i > 0; i--)
		if (mime->levels[i - 1].alternative)
			return &mime->levels[i - 1];
	return NULL;
}

/* ---- a text ends ----------------------------------------------------------- */

/* content becomes text: in UTF-8. */
static int decode(struct mime *mime, struct ns_error *err)
{
	struct slice bytes = slice_of(mime->content.data, mime->content.len);
	buffer_clear(&mime->text);
	int status = mime->content.status;
	if (status == NS_OK && bytes.len)
		status = charset_decode(bytes,
		                        charset_of(bytes, mime->charset, true),
		                        &mime->text, &mime->draft->repairs);
	if (status == NS_E_NOMEM)
		return err_nomem(err);
	if (status != NS_OK)
		mime->draft->body.status = NS_E_LIMIT;
	return NS_OK;
}

/* Without the empty lines before it, and the white behind. */
static struct slice trim(struct slice text)
{
	struct slice start = white_trim_start(text);
	while (start.data > text.data && start.data[-1] != '\n') {
		start.data--;
		start.len++;
	}
	return white_trim_end(start);
}

static int append_html(struct mime *mime, struct slice text,
                       struct ns_error *err)
{
	struct ns_error cause;
	int status = html_fragment_text(&mime->fragment, text, &mime->draft->body,
	                                NULL, &cause);
	if (status == NS_E_NOMEM)
		return err_nomem(err);
	mime->left_out += status != NS_OK;
	return NS_OK;
}

static int give_page(struct mime *mime, struct ns_error *err)
{
	if (mime->content.status == NS_E_NOMEM)
		return err_nomem(err);
	if (mime->content.status != NS_OK)
		mime->draft->body.status = NS_E_LIMIT;
	else
		TRY(mime->on_page(mime->context,
		                  slice_of(mime->content.data,
		                           mime->content.len),
		                  mime->charset, err));
	buffer_clear(&mime->content);
	return NS_OK;
}

static int end_text(struct mime *mime, struct ns_error *err)
{
	struct mime_level *alternative = alternative_of(mime);
	struct buffer *body = &mime->draft->body;
	if (mime->state != MIME_TEXT)
		return NS_OK;
	mime->state = MIME_LEFT_OUT;
	if (mime->html && mime->on_page)
		return give_page(mime, err);
	TRY(decode(mime, err));
	buffer_clear(&mime->content);
	if (!mime->html)
		mime->left_out += inlined_leave_out(&mime->text);
	struct slice text = trim(slice_of(mime->text.data, mime->text.len));
	if (!text.len)
		return NS_OK;
	if (mime->html)
		return append_html(mime, text, err);
	if (alternative && !alternative->has_plain) {
		alternative->has_plain = true;
		body->len = alternative->body_start;
	}
	if (mime->flowed)
		flowed_join(text, mime->delsp, body);
	else
		draft_append(body, text);
	return NS_OK;
}

/* ---- a part begins --------------------------------------------------------- */

static void leave_out(struct mime *mime)
{
	mime->state = MIME_LEFT_OUT;
	mime->left_out++;
}

static void begin_multipart(struct mime *mime, struct slice type)
{
	struct mime_level *level = &mime->levels[mime->depth];
	if (mime->depth == MIME_DEPTH) {
		leave_out(mime);
		return;
	}
	mail_header_parameter(&mime->header, MAIL_CONTENT_TYPE, "boundary",
	                      level->boundary, sizeof level->boundary);
	level->len = strlen(level->boundary);
	if (!level->len) {
		leave_out(mime);
		return;
	}
	level->alternative = ascii_is(type, "multipart/alternative");
	level->digest = ascii_is(type, "multipart/digest");
	level->has_plain = false;
	level->body_start = mime->draft->body.len;
	mime->depth++;
	/* what stands before the first boundary is for those who know no MIME */
	mime->state = MIME_LEFT_OUT;
}

static bool says(const struct mime *mime, const char *parameter, const char *wanted)
{
	char value[MIME_LABEL];
	mail_header_parameter(&mime->header, MAIL_CONTENT_TYPE, parameter, value,
	                      sizeof value);
	return !strcasecmp(value, wanted);
}

static void begin_text(struct mime *mime, bool html)
{
	struct mime_level *alternative = alternative_of(mime);
	enum mail_coding coding = mail_coding_of(
		mail_header_word(&mime->header, MAIL_CONTENT_CODING));
	mime->html = html;
	if (html && alternative && alternative->has_plain) {
		mime->state = MIME_LEFT_OUT;
		return;
	}
	if (coding == MAIL_CODING_UNKNOWN) {
		leave_out(mime);
		return;
	}
	mail_header_parameter(&mime->header, MAIL_CONTENT_TYPE, "charset",
	                      mime->charset, sizeof mime->charset);
	mime->flowed = !html && says(mime, "format", "flowed");
	mime->delsp = says(mime, "delsp", "yes");
	mail_decoder_init(&mime->decoder, coding);
	buffer_clear(&mime->content);
	mime->state = MIME_TEXT;
}

static void begin_message(struct mime *mime)
{
	mail_header_clear(&mime->header);
	mime->state = MIME_HEADER;
	mime->message = true;
}

/* Types that hold no text; what is none of these and unknown (setext/plain, "text")
 * is read as it stands. */
static bool holds_text(struct slice type)
{
	static const char *const others[] = {
		"application/", "image/", "audio/", "video/", "model/", "font/",
		"message/", "chemical/", "text/calendar", "text/css", "text/vcard",
		"text/x-vcard", "text/x-amp-html", "text/rtf", "text/xml",
	};
	for (size_t i = 0; i < ARRAY_LEN(others); i++)
		if (ascii_begins(type, others[i]))
			return false;
	return true;
}

/* A header has ended: what is it the header of? */
static void begin_part(struct mime *mime)
{
	struct slice type = mail_header_word(&mime->header, MAIL_CONTENT_TYPE);
	bool digest = mime->depth && mime->levels[mime->depth - 1].digest;
	if (!type.len)
		type = slice_of(digest && !mime->message ? "message/rfc822"
		                                         : "text/plain",
		                digest && !mime->message ? 14 : 10);
	mime->message = false;
	if (ascii_begins(mail_header_word(&mime->header,
	                                  MAIL_CONTENT_DISPOSITION),
	                 "attachment"))
		leave_out(mime);
	else if (ascii_begins(type, "multipart/"))
		begin_multipart(mime, type);
	else if (ascii_is(type, "message/rfc822") || ascii_is(type, "message/news"))
		begin_message(mime);
	else if (ascii_is(type, "text/html"))
		begin_text(mime, true);
	else if (holds_text(type))
		begin_text(mime, false);
	else
		leave_out(mime);
}

/* The subject of a message in the message is a line of its text. */
static int append_subject(struct mime *mime, struct ns_error *err)
{
	struct slice subject = mail_header_value(&mime->header, MAIL_SUBJECT);
	char charset[MIME_LABEL];
	if (!mime->message || !subject.len)
		return NS_OK;
	mail_header_parameter(&mime->header, MAIL_CONTENT_TYPE, "charset", charset,
	                      sizeof charset);
	if (mail_words_decode(subject, charset, &mime->text, &mime->draft->body,
	                      &mime->draft->repairs) != NS_OK)
		return err_nomem(err);
	buffer_byte(&mime->draft->body, '\n');
	return NS_OK;
}

/* ---- lines ----------------------------------------------------------------- */

static void take_content(struct mime *mime, struct slice line)
{
	if (mime->state == MIME_TEXT)
		mail_decoder_line(&mime->decoder, line, &mime->content);
}

static int end_header(struct mime *mime, struct ns_error *err)
{
	if (!mime->depth && !mime->message)
		TRY(mime->on_header(mime->context, &mime->header, err));
	TRY(append_subject(mime, err));
	begin_part(mime);
	return NS_OK;
}

/* A line that is no header's ends it, and is the first of what follows: again of a
 * header, perhaps, but that one is not of a multipart, so there is an end. */
static int take_header(struct mime *mime, struct slice line,
                       struct ns_error *err)
{
	while (mime->state == MIME_HEADER) {
		enum mail_header_line kind = mail_header_take(&mime->header, line);
		if (mail_header_status(&mime->header) != NS_OK)
			return err_nomem(err);
		if (kind == MAIL_LINE_TAKEN)
			return NS_OK;
		TRY(end_header(mime, err));
		if (kind == MAIL_LINE_BLANK)
			return NS_OK;
	}
	take_content(mime, line);
	return NS_OK;
}

/* Which level's boundary the line is, 1 + its place; 0: none. */
static unsigned boundary_of(const struct mime *mime, struct slice line,
                            bool *closes)
{
	if (line.len < 3 || memcmp(line.data, "--", 2) != 0)
		return 0;
	line = white_trim_end(slice_from(line, 2));
	for (unsigned i = mime->depth; i > 0; i--) {
		const struct mime_level *level = &mime->levels[i - 1];
		if (line.len < level->len ||
		    memcmp(line.data, level->boundary, level->len) != 0)
			continue;
		*closes = ascii_is(slice_from(line, level->len), "--");
		if (*closes || line.len == level->len)
			return i;
	}
	return 0;
}

static int take_boundary(struct mime *mime, unsigned level, bool closes,
                         struct ns_error *err)
{
	TRY(end_text(mime, err));
	mime->depth = closes ? level - 1 : level;
	mime->state = closes ? MIME_LEFT_OUT : MIME_HEADER;
	mime->message = false;
	mail_header_clear(&mime->header);
	return NS_OK;
}

int mime_line(struct mime *mime, struct slice line, struct ns_error *err)
{
	bool closes;
	unsigned level = mime->depth ? boundary_of(mime, line, &closes) : 0;
	if (level)
		return take_boundary(mime, level, closes, err);
	if (mime->state == MIME_HEADER)
		return take_header(mime, line, err);
	take_content(mime, line);
	return NS_OK;
}

int mime_finish(struct mime *mime, struct ns_error *err)
{
	if (mime->state == MIME_HEADER)
		TRY(end_header(mime, err));
	return end_text(mime, err);
}
