#include "page/html_hints.h"

struct hint_word {
	const char *word;
	unsigned hint;
};

#define F HINT_FURNITURE

/* In the order of bytes. */
static const struct hint_word words[] = {
	{"ad", F}, {"addthis", F}, {"ads", F}, {"adsense", F}, {"advert", F},
	{"advertisement", F}, {"advertising", F}, {"adverts", F},
	{"articlebody", HINT_CONTENT}, {"author", HINT_FACTS},
	{"bio", F}, {"breadcrumb", F}, {"breadcrumbs", F},
	{"byline", HINT_FACTS}, {"caption", HINT_CAPTION},
	{"captions", HINT_CAPTION},
	{"carousel", F}, {"comment", HINT_COMMENTS},
	{"commentlist", HINT_COMMENTS}, {"comments", HINT_COMMENTS},
	{"consent", F}, {"cookie", F}, {"cookies", F},
	{"copyright", F}, {"credit", HINT_CAPTION}, {"credits", HINT_CAPTION},
	{"date", HINT_FACTS}, {"dateline", HINT_FACTS},
	{"disclaimer", F}, {"disqus", HINT_COMMENTS}, {"donate", F},
	{"dropdown", F}, {"feedback", F}, {"figcaption", HINT_CAPTION},
	{"follow", F}, {"footer", F},
	{"infobox", F}, {"legal", F}, {"login", F}, {"masthead", F},
	{"menu", F}, {"meta", HINT_FACTS}, {"metadata", HINT_FACTS},
	{"modal", F}, {"nav", F}, {"navbar", F}, {"navbox", F},
	{"navigation", F}, {"newsletter", F}, {"noprint", F}, {"outbrain", F},
	{"overlay", F}, {"pager", F}, {"pagination", F}, {"paywall", F},
	{"poll", F}, {"popular", F}, {"popup", F}, {"print", F},
	{"promo", F}, {"promos", F}, {"promotion", F},
	{"pubdate", HINT_FACTS}, {"published", HINT_FACTS},
	{"rail", F}, {"rating", F}, {"ratings", F}, {"recirc", F},
	{"recommend", F}, {"recommendations", F}, {"recommended", F},
	{"related", F}, {"replies", HINT_COMMENTS}, {"respond", HINT_COMMENTS},
	{"search", F}, {"share", F}, {"sharing", F}, {"sidebar", F},
	{"signup", F}, {"skip", F}, {"social", F}, {"sponsor", F},
	{"sponsored", F}, {"submitted", HINT_FACTS}, {"subscribe", F},
	{"subscription", F}, {"taboola", F},
	{"tags", F}, {"teaser", F}, {"teasers", F}, {"ticker", F},
	{"timestamp", HINT_FACTS}, {"toolbar", F}, {"tools", F}, {"topics", F},
	{"trending", F}, {"widget", F},
};

static unsigned hint_of(const char *word, size_t n)
{
	size_t low = 0, high = ARRAY_LEN(words);
	while (low < high) {
		size_t middle = (low + high) / 2;
		int order = strncmp(word, words[middle].word, n);
		if (!order && words[middle].word[n])
			order = -1;
		if (!order)
			return words[middle].hint;
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return 0;
}

/* The hints of all words of a class or an id. */
static unsigned hints_in(struct slice names)
{
	unsigned hints = 0;
	char word[24];
	size_t n = 0;
	bool small = false;
	for (size_t i = 0; i <= names.len; i++) {
		uint8_t c = i < names.len ? names.data[i] : ' ';
		bool capital = c >= 'A' && c <= 'Z';
		bool letter = capital || (c >= 'a' && c <= 'z');
		if (n && (!letter || (capital && small))) {
			if (n < sizeof word)
				hints |= hint_of(word, n);
			n = 0;
		}
		small = letter && !capital;
		if (!letter)
			continue;
		if (n < sizeof word)
			word[n] = (char)(c | 0x20);
		n += n < sizeof word;
	}
	return hints;
}

static unsigned of_role(struct slice role)
{
	static const char *const furniture[] = {"navigation", "complementary",
		"contentinfo", "banner", "search", "dialog", "alert", "menu",
		"menubar", "toolbar", "tablist", "alertdialog"};
	static const char *const content[] = {"main", "article"};
	if (slice_is_any(role, furniture, ARRAY_LEN(furniture)))
		return HINT_FURNITURE;
	return slice_is_any(role, content, ARRAY_LEN(content)) ? HINT_CONTENT : 0;
}

static bool is_unseen(struct slice style)
{
	/* "display:none", with blanks or without */
	const uint8_t *at = style.len ?
		memmem(style.data, style.len, "display", 7) : NULL;
	if (!at)
		return false;
	size_t left = style.len - (size_t)(at - style.data);
	size_t i = 7;
	while (i < left && (at[i] == ' ' || at[i] == ':'))
		i++;
	return left - i >= 4 && !memcmp(at + i, "none", 4);
}

static unsigned of_tag(enum html_tag tag)
{
	switch (tag) {
	case HTML_NAV:
	case HTML_FOOTER:
	case HTML_ASIDE:
	case HTML_MENU:
		return HINT_FURNITURE;
	case HTML_FIGCAPTION:
	case HTML_CAPTION:
		return HINT_CAPTION;
	default:
		return 0;
	}
}

unsigned html_hints_of(const struct html_tree *tree, uint32_t node)
{
	const struct html_node *n = &tree->nodes[node];
	unsigned hints = of_tag((enum html_tag)n->tag);
	for (uint32_t i = n->at; i < n->at + n->n; i++) {
		struct slice value = slice_of(tree->text.data +
			tree->values[i].at, tree->values[i].n);
		switch (tree->values[i].name) {
		case ATTR_CLASS:
		case ATTR_ID:
			hints |= hints_in(value);
			break;
		case ATTR_ROLE:
			hints |= of_role(value);
			break;
		case ATTR_ITEMPROP:
			if (value.len == 11 &&
			    !memcmp(value.data, "articleBody", 11))
				hints |= HINT_CONTENT;
			break;
		case ATTR_STYLE:
			hints |= is_unseen(value) ? HINT_HIDDEN : 0;
			break;
		case ATTR_HIDDEN:
			hints |= HINT_HIDDEN;
			break;
		default:
			break;
		}
	}
	return hints;
}
