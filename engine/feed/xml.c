#include "feed/xml.h"

#include "base/ascii_case.h"

#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/SAX2.h>

static void stop(struct xml *xml, int status)
{
	if (xml->status == NS_OK)
		xml->status = status;
	xmlStopParser(xml->parser);
}

static const char *text_of(const xmlChar *text)
{
	return text ? (const char *)text : "";
}

/* ---- what libxml2 calls ------------------------------------------------------- */

static void on_start(void *context, const xmlChar *name, const xmlChar *prefix,
                     const xmlChar *uri, int n_namespaces,
                     const xmlChar **namespaces, int n_attributes,
                     int n_defaulted, const xmlChar **attributes)
{
	struct xml *xml = context;
	(void)n_namespaces, (void)namespaces, (void)n_defaulted;
	xml->line = (uint64_t)xmlSAX2GetLineNumber(xml->parser);
	const struct xml_element element = {
		.uri = text_of(uri), .prefix = text_of(prefix),
		.name = text_of(name), .attributes = attributes,
		.n_attributes = n_attributes, .line = xml->line,
	};
	if (xml->status != NS_OK)
		return;
	int status = xml->handler->start(xml->handler->context, &element,
	                                 xml->err);
	if (status != NS_OK)
		stop(xml, status);
}

static void on_end(void *context, const xmlChar *name, const xmlChar *prefix,
                   const xmlChar *uri)
{
	struct xml *xml = context;
	(void)name, (void)prefix, (void)uri;
	xml->line = (uint64_t)xmlSAX2GetLineNumber(xml->parser);
	if (xml->status != NS_OK)
		return;
	int status = xml->handler->end(xml->handler->context, xml->err);
	if (status != NS_OK)
		stop(xml, status);
}

static void on_text(void *context, const xmlChar *text, int n)
{
	struct xml *xml = context;
	if (xml->status != NS_OK || n <= 0)
		return;
	int status = xml->handler->text(xml->handler->context,
	                                slice_of(text, (size_t)n), xml->err);
	if (status != NS_OK)
		stop(xml, status);
}

/* Undeclared prefixes and the like are errors, but no fatal ones. */
static void on_error(void *context, xmlErrorPtr error)
{
	struct xml *xml = context;
	if (error->level != XML_ERR_FATAL || !error->message)
		return;
	xml_mend_note(&xml->damage, (uint64_t)(error->line > 0 ? error->line : 1),
	              "%.*s", (int)strcspn(error->message, "\n"), error->message);
}

/* ---- a document ----------------------------------------------------------------- */

static void open_parser(struct xml *xml)
{
	static const xmlSAXHandler calls = {
		.startElementNs = on_start, .endElementNs = on_end,
		.characters = on_text, .ignorableWhitespace = on_text,
		.cdataBlock = on_text, .serror = on_error,
		.initialized = XML_SAX2_MAGIC,
	};
	xmlParserCtxtPtr parser = xmlCreatePushParserCtxt((xmlSAXHandler *)&calls,
		xml, NULL, 0, NULL);
	xml->parser = parser;
	if (!parser) {
		xml->status = NS_E_NOMEM;
		return;
	}
	/* xml_mend lets no entity through; without NOENT an & in an attribute
	 * is handed over as "&#38;" */
	xmlCtxtUseOptions(parser, XML_PARSE_RECOVER | XML_PARSE_NONET |
	                  XML_PARSE_NOENT);
	xmlSwitchEncoding(parser, XML_CHAR_ENCODING_UTF8);
}

static int open_guarded(struct xml *const xml)
{
	if (setjmp(xml->memory.failed)) {
		xml_memory_leave(&xml->memory);
		return NS_E_NOMEM;
	}
	xml_memory_enter(&xml->memory);
	open_parser(xml);
	xml_memory_leave(&xml->memory);
	return xml->status;
}

/* Damage of libxml2's: it met a bound, and cannot go on. */
static int pass_bound(struct xml *xml)
{
	xml_memory_leave(&xml->memory);
	if (xml->memory.status == NS_E_NOMEM)
		return NS_E_NOMEM;
	xml_mend_note(&xml->damage, xml->line, "too many different names");
	return NS_E_LIMIT;
}

/* No variable of this function may change between setjmp and longjmp. */
static int push_guarded(struct xml *const xml, const struct slice bytes)
{
	if (setjmp(xml->memory.failed))
		return pass_bound(xml);
	xml_memory_enter(&xml->memory);
	xmlParseChunk(xml->parser, (const char *)bytes.data, (int)bytes.len, 0);
	xml_memory_leave(&xml->memory);
	if (xml->status == NS_OK &&
	    ((xmlParserCtxtPtr)xml->parser)->instate == XML_PARSER_EOF)
		return NS_E_LIMIT;
	return xml->status;
}

/* *ended: there is no more to read. */
static int step(struct xml *xml, struct lines *lines, bool *ended,
                struct ns_error *err)
{
	struct slice bytes;
	struct buffer *out = &xml->mend.out;
	TRY(lines_take(lines, XML_CHUNK, &bytes, err));
	*ended = bytes.len == 0;
	TRY(xml_mend(&xml->mend, bytes, *ended, err));
	int status = out->len ? push_guarded(xml, buffer_slice(out))
	                      : NS_OK;
	buffer_clear(out);
	if (status == NS_E_NOMEM && xml->status == NS_OK)
		return err_nomem(err);
	if (status == NS_E_LIMIT && xml->status == NS_OK)
		*ended = true;
	*ended |= xml->mend.full;
	return xml->status;
}

int xml_read(struct xml *xml, struct lines *lines,
             const struct xml_handler *handler, struct ns_error *err)
{
	bool ended = false;
	xml_mend_clear(&xml->mend);
	xml->handler = handler;
	xml->err = err;
	xml->status = NS_OK;
	xml->line = 1;
	xml->damage.line = 0;
	xml_memory_begin(&xml->memory, XML_MEMORY);
	xml_memory_leave(&xml->memory);
	int status = open_guarded(xml);
	if (status != NS_OK)
		err_nomem(err);
	while (status == NS_OK && !ended)
		status = step(xml, lines, &ended, err);
	xml_memory_enter(&xml->memory);
	xml_memory_end(&xml->memory);
	const struct xml_damage *mended = &xml->mend.damage;
	if (mended->line &&
	    (!xml->damage.line || mended->line < xml->damage.line))
		xml->damage = *mended;
	return status;
}

int xml_tell(const struct xml *xml, struct outlet *outlet, uint64_t first,
             const char *what, struct ns_error *err)
{
	const struct xml_damage *damage = &xml->damage;
	if (damage->line)
		TRY(outlet_tell(outlet, SOURCE_REFUSED, SOURCE_BAD_XML,
		                damage->line, damage->what, err));
	if (first)
		TRY(outlet_tell(outlet, SOURCE_REFUSED, SOURCE_BAD_XML, first,
		                what, err));
	return NS_OK;
}

uint32_t xml_repairs(const struct xml *xml)
{
	return xml->mend.repairs;
}

void xml_init(struct xml *xml)
{
	memset(xml, 0, sizeof *xml);
	xml_mend_init(&xml->mend);
}

void xml_release(struct xml *xml)
{
	xml_mend_release(&xml->mend);
}

/* ---- of an element ---------------------------------------------------------------- */

bool xml_attribute(const struct xml_element *element, const char *prefix,
                   const char *name, struct slice *out)
{
	/* for each: name, prefix, URI, start and end of its value */
	const xmlChar *const *at = element->attributes;
	for (int i = 0; i < element->n_attributes; i++, at += 5) {
		if (strcmp(text_of(at[0]), name) != 0 ||
		    strcmp(text_of(at[1]), prefix) != 0)
			continue;
		*out = slice_of(at[3], (size_t)(at[4] - at[3]));
		return true;
	}
	return false;
}

static struct slice behind(struct slice text, const char *end)
{
	const uint8_t *at = memmem(text.data, text.len, end, strlen(end));
	size_t n = at ? (size_t)(at - text.data) + strlen(end) : text.len;
	return slice_from(text, n);
}

static struct slice behind_doctype(struct slice text)
{
	const uint8_t *open = memchr(text.data, '[', text.len);
	const uint8_t *close = memchr(text.data, '>', text.len);
	if (!open || (close && close < open))
		return behind(text, ">");
	return behind(behind(text, "]"), ">");
}

static bool is_name(uint8_t c)
{
	return ascii_letter(c) ||
	       (c >= '0' && c <= ':') || c == '_' || c == '-' || c == '.';
}

struct slice xml_root(struct slice text)
{
	for (;;) {
		while (text.len && (text.data[0] <= ' ' || text.data[0] >= 0x80))
			text = slice_from(text, 1);
		if (text.len < 4 || text.data[0] != '<')
			return slice_of(text.data, 0);
		if (text.data[1] == '?')
			text = behind(text, ">");
		else if (!memcmp(text.data, "<!--", 4))
			text = behind(text, "-->");
		else if (text.data[1] == '!')
			text = behind_doctype(text);
		else
			break;
	}
	text = slice_from(text, 1);
	size_t n = 0;
	while (n < text.len && is_name(text.data[n]))
		n++;
	return slice_of(text.data, n);
}

bool xml_root_is(struct slice prefix, const char *const *names)
{
	struct slice root = xml_root(prefix);
	const uint8_t *colon = root.len ? memchr(root.data, ':', root.len) : NULL;
	if (colon)
		root = slice_from(root, (size_t)(colon + 1 - root.data));
	for (; *names; names++)
		if (ascii_is(root, *names))
			return true;
	return false;
}
