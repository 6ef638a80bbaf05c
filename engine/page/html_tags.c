#include "page/html_tags.h"

#define BLOCK KIND_IS_BLOCK
#define UNSEEN (KIND_IS_BLOCK | KIND_UNSEEN)

/* In the order of their numbers, which is that of the names. */
static const struct {
	const char *name;
	unsigned kind;
} tags[HTML_TAGS] = {
	[HTML_TEXT] = {"", 0}, [HTML_ROOT] = {"", BLOCK},
	[HTML_OTHER] = {"", 0}, [HTML_CUSTOM] = {"", BLOCK},
	[HTML_A] = {"a", 0}, [HTML_ADDRESS] = {"address", BLOCK},
	[HTML_ARTICLE] = {"article", BLOCK}, [HTML_ASIDE] = {"aside", BLOCK},
	[HTML_AUDIO] = {"audio", UNSEEN}, [HTML_BASE] = {"base", 0},
	[HTML_BLOCKQUOTE] = {"blockquote", BLOCK}, [HTML_BODY] = {"body", BLOCK},
	[HTML_BR] = {"br", 0}, [HTML_BUTTON] = {"button", UNSEEN},
	[HTML_CANVAS] = {"canvas", UNSEEN}, [HTML_CAPTION] = {"caption", BLOCK},
	[HTML_CENTER] = {"center", BLOCK}, [HTML_DD] = {"dd", BLOCK},
	[HTML_DETAILS] = {"details", BLOCK}, [HTML_DIALOG] = {"dialog", UNSEEN},
	[HTML_DIV] = {"div", BLOCK}, [HTML_DL] = {"dl", BLOCK},
	[HTML_DT] = {"dt", BLOCK}, [HTML_EMBED] = {"embed", UNSEEN},
	[HTML_FIELDSET] = {"fieldset", BLOCK},
	[HTML_FIGCAPTION] = {"figcaption", BLOCK},
	[HTML_FIGURE] = {"figure", BLOCK}, [HTML_FOOTER] = {"footer", BLOCK},
	[HTML_FORM] = {"form", BLOCK}, [HTML_FRAMESET] = {"frameset", BLOCK},
	[HTML_H1] = {"h1", BLOCK}, [HTML_H2] = {"h2", BLOCK},
	[HTML_H3] = {"h3", BLOCK}, [HTML_H4] = {"h4", BLOCK},
	[HTML_H5] = {"h5", BLOCK}, [HTML_H6] = {"h6", BLOCK},
	[HTML_HEAD] = {"head", UNSEEN}, [HTML_HEADER] = {"header", BLOCK},
	[HTML_HR] = {"hr", BLOCK}, [HTML_HTML] = {"html", BLOCK},
	[HTML_IFRAME] = {"iframe", UNSEEN}, [HTML_IMG] = {"img", 0},
	[HTML_INPUT] = {"input", 0}, [HTML_LABEL] = {"label", 0},
	[HTML_LEGEND] = {"legend", BLOCK}, [HTML_LI] = {"li", BLOCK},
	[HTML_LINK] = {"link", 0}, [HTML_MAIN] = {"main", BLOCK},
	[HTML_MAP] = {"map", UNSEEN}, [HTML_MENU] = {"menu", BLOCK},
	[HTML_META] = {"meta", 0}, [HTML_NAV] = {"nav", BLOCK},
	[HTML_NOFRAMES] = {"noframes", UNSEEN},
	[HTML_NOSCRIPT] = {"noscript", UNSEEN},
	[HTML_OBJECT] = {"object", UNSEEN}, [HTML_OL] = {"ol", BLOCK},
	[HTML_OPTION] = {"option", UNSEEN}, [HTML_P] = {"p", BLOCK},
	[HTML_PRE] = {"pre", BLOCK},
	/* how to read the word before: it would stand between its signs */
	[HTML_RP] = {"rp", KIND_UNSEEN}, [HTML_RT] = {"rt", KIND_UNSEEN},
	[HTML_SCRIPT] = {"script", KIND_UNSEEN},
	[HTML_SECTION] = {"section", BLOCK}, [HTML_SELECT] = {"select", UNSEEN},
	[HTML_STYLE] = {"style", KIND_UNSEEN},
	[HTML_SUMMARY] = {"summary", BLOCK}, [HTML_SVG] = {"svg", KIND_UNSEEN},
	[HTML_TABLE] = {"table", BLOCK}, [HTML_TBODY] = {"tbody", BLOCK},
	[HTML_TD] = {"td", BLOCK}, [HTML_TEMPLATE] = {"template", KIND_UNSEEN},
	[HTML_TEXTAREA] = {"textarea", UNSEEN}, [HTML_TFOOT] = {"tfoot", BLOCK},
	[HTML_TH] = {"th", BLOCK}, [HTML_THEAD] = {"thead", BLOCK},
	[HTML_TIME] = {"time", 0}, [HTML_TITLE] = {"title", UNSEEN},
	[HTML_TR] = {"tr", BLOCK}, [HTML_UL] = {"ul", BLOCK},
	[HTML_VIDEO] = {"video", UNSEEN},
};

static const char *const attributes[HTML_ATTRIBUTES] = {
	"", "aria-hidden", "charset", "class", "content", "datetime", "hidden",
	"href", "http-equiv", "id", "itemprop", "itemtype", "lang", "name",
	"property", "pubdate", "rel", "role", "style", "type", "xml:lang",
};

enum html_tag html_tag_of(const char *name)
{
	size_t low = HTML_A, high = HTML_TAGS;
	while (low < high) {
		size_t middle = (low + high) / 2;
		int order = strcmp(name, tags[middle].name);
		if (!order)
			return (enum html_tag)middle;
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return strchr(name, '-') ? HTML_CUSTOM : HTML_OTHER;
}

enum html_attribute html_attribute_of(const char *name)
{
	size_t low = 1, high = HTML_ATTRIBUTES;
	while (low < high) {
		size_t middle = (low + high) / 2;
		int order = strcmp(name, attributes[middle]);
		if (!order)
			return (enum html_attribute)middle;
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return ATTR_NONE;
}

unsigned html_tag_kind(enum html_tag tag)
{
	return tags[tag].kind;
}
