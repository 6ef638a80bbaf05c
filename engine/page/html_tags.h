/* html_tags.h — what does a tag say of the text inside it?
 *
 * Only the tags and attributes that some rule asks for have a number; all other
 * tags are HTML_OTHER, or HTML_CUSTOM with a '-' in the name (<amp-img>): the
 * first is taken to run on in its line (<st1:place>), the second to be a block.
 */
#ifndef NS_PAGE_HTML_TAGS_H
#define NS_PAGE_HTML_TAGS_H

#include "base/base.h"

enum html_tag {
	HTML_TEXT, HTML_ROOT, HTML_OTHER, HTML_CUSTOM,
	HTML_A, HTML_ADDRESS, HTML_ARTICLE, HTML_ASIDE, HTML_AUDIO,
	HTML_BASE, HTML_BLOCKQUOTE, HTML_BODY, HTML_BR, HTML_BUTTON, HTML_CANVAS,
	HTML_CAPTION, HTML_CENTER, HTML_DD, HTML_DETAILS, HTML_DIALOG, HTML_DIV,
	HTML_DL, HTML_DT, HTML_EMBED, HTML_FIELDSET, HTML_FIGCAPTION,
	HTML_FIGURE, HTML_FOOTER, HTML_FORM, HTML_FRAMESET, HTML_H1, HTML_H2,
	HTML_H3, HTML_H4, HTML_H5, HTML_H6, HTML_HEAD, HTML_HEADER, HTML_HR,
	HTML_HTML, HTML_IFRAME, HTML_IMG, HTML_INPUT, HTML_LABEL, HTML_LEGEND,
	HTML_LI, HTML_LINK, HTML_MAIN, HTML_MAP, HTML_MENU, HTML_META, HTML_NAV,
	HTML_NOFRAMES, HTML_NOSCRIPT, HTML_OBJECT, HTML_OL, HTML_OPTION,
	HTML_P, HTML_PRE, HTML_RP, HTML_RT, HTML_SCRIPT, HTML_SECTION,
	HTML_SELECT, HTML_STYLE, HTML_SUMMARY, HTML_SVG, HTML_TABLE, HTML_TBODY, HTML_TD, HTML_TEMPLATE,
	HTML_TEXTAREA, HTML_TFOOT, HTML_TH, HTML_THEAD, HTML_TIME, HTML_TITLE,
	HTML_TR, HTML_UL, HTML_VIDEO,
	HTML_TAGS
};

enum html_attribute {
	ATTR_NONE, ATTR_ARIA_HIDDEN, ATTR_CHARSET, ATTR_CLASS, ATTR_CONTENT,
	ATTR_DATETIME, ATTR_HIDDEN, ATTR_HREF, ATTR_HTTP_EQUIV, ATTR_ID,
	ATTR_ITEMPROP, ATTR_ITEMTYPE, ATTR_LANG, ATTR_NAME, ATTR_PROPERTY,
	ATTR_PUBDATE, ATTR_REL, ATTR_ROLE, ATTR_STYLE, ATTR_TYPE, ATTR_XML_LANG,
	HTML_ATTRIBUTES
};

enum html_tag_kind {
	KIND_INLINE = 0,
	KIND_IS_BLOCK = 1, /* begins and ends a paragraph */
	KIND_UNSEEN = 2,   /* what is inside is not shown as text */
};

/* Of a name in lower case. */
enum html_tag html_tag_of(const char *name);
enum html_attribute html_attribute_of(const char *name);

/* KIND_… */
unsigned html_tag_kind(enum html_tag tag);

#endif
