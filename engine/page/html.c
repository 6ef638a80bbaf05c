#include "page/html.h"

#include "date/date.h"
#include "page/html_author.h"
#include "page/html_charset.h"
#include "page/html_byline.h"
#include "page/html_dateline.h"

void html_init(struct html_reader *reader)
{
	buffer_init(&reader->decoded, NS_ARTICLE_MAX);
	buffer_init(&reader->body, NS_ARTICLE_MAX);
	buffer_init(&reader->captions, NS_ARTICLE_MAX);
	buffer_init(&reader->plain, NS_ARTICLE_MAX);
	html_fragment_init(&reader->fragment);
	html_tree_init(&reader->tree);
	html_facts_init(&reader->facts);
	html_text_init(&reader->text);
	html_listing_init(&reader->listing);
}

void html_release(struct html_reader *reader)
{
	buffer_release(&reader->decoded);
	buffer_release(&reader->body);
	buffer_release(&reader->captions);
	buffer_release(&reader->plain);
	html_fragment_release(&reader->fragment);
	html_tree_release(&reader->tree);
	html_facts_release(&reader->facts);
	html_text_release(&reader->text);
	html_listing_release(&reader->listing);
}

static int write_text(struct html_reader *r, struct ns_error *err)
{
	const struct html_blocks *blocks = &r->text.blocks;
	buffer_clear(&r->body);
	buffer_clear(&r->captions);
	for (size_t i = 0; i < blocks->n; i++) {
		if (r->text.uses[i] == USE_NONE)
			continue;
		struct buffer *out = r->text.uses[i] == USE_TEXT ? &r->body
		                                                 : &r->captions;
		struct slice text = html_block_text(blocks, i);
		buffer_append(out, text.data, text.len);
		buffer_byte(out, '\n');
	}
	TRY(buffer_check(&r->body, err));
	return buffer_check(&r->captions, err);
}

enum { JSON_WORDS = 50 };

/* A page that scripts fill in, or that shows the beginning only, may have its text
 * in JSON-LD: taken where it has twice the words of what the page shows.  Not
 * always: some have a summary there, some all in one paragraph. */
static int take_json_body(struct html_reader *r, struct ns_error *err)
{
	struct slice body = html_json_value(&r->facts.json, LD_BODY);
	if (body.len <= r->body.len)
		return NS_OK;
	uint32_t shown = html_words(slice_of(r->body.data, r->body.len));
	uint32_t words = html_words(body);
	if (words < JSON_WORDS || words < 2 * shown)
		return NS_OK;
	buffer_clear(&r->plain);
	TRY(html_fragment_text(&r->fragment, body, &r->plain, NULL, err));
	TRY(buffer_check(&r->plain, err));
	if (html_words(slice_of(r->plain.data, r->plain.len)) < 2 * shown)
		return NS_OK;
	buffer_clear(&r->body);
	buffer_append(&r->body, r->plain.data, r->plain.len);
	return buffer_check(&r->body, err);
}

/* The text of nodes [from, end) under a headline, and all that is to be told of
 * the page it is from. */
static int give(struct html_reader *r, uint32_t from, uint32_t end,
                uint32_t headline, struct html_article *article,
                const struct html_handler *handler, struct ns_error *err)
{
	TRY(html_text_find(&r->text, &r->tree, from, end, headline, err));
	TRY(write_text(r, err));
	if (!r->listing.n)
		TRY(take_json_body(r, err));
	article->body = slice_of(r->body.data, r->body.len);
	article->captions = slice_of(r->captions.data, r->captions.len);
	if (!article->title.len && !article->body.len)
		return NS_OK;
	return handler->article(handler->context, article, err);
}

/* One of several: headline, address and date are its own, or none. */
static int give_member(struct html_reader *r, const struct html_member *member,
                       struct html_article article,
                       const struct html_handler *handler,
                       struct ns_error *err)
{
	struct buffer *title = &r->facts.values[FACT_TITLE];
	struct buffer *date = &r->facts.values[FACT_DATE];
	const struct html_tree *tree = &r->tree;
	uint32_t end = tree->nodes[member->element].end;
	buffer_clear(title);
	buffer_clear(date);
	TRY(html_blocks_collect(&r->text.blocks, tree, member->heading,
	                        tree->nodes[member->heading].end, err));
	for (size_t i = 0; i < r->text.blocks.n; i++) {
		struct slice text = html_block_text(&r->text.blocks, i);
		if (i)
			buffer_byte(title, ' ');
		buffer_append(title, text.data, text.len);
	}
	for (uint32_t i = member->element; i < end && !date->len; i++) {
		struct slice time = html_value_of(tree, i, ATTR_DATETIME);
		buffer_append(date, time.data, time.len);
	}
	TRY(buffer_check(title, err));
	TRY(buffer_check(date, err));
	article.title = html_fact(&r->facts, FACT_TITLE);
	article.date = html_fact(&r->facts, FACT_DATE);
	article.url = member->url;
	article.author = article.topics = article.places = slice_of(NULL, 0);
	return give(r, member->element, end, member->heading, &article,
	            handler, err);
}

/* A fact that was found in the lines of the page, if one was. */
static int put_fact(struct html_reader *r, enum html_fact fact,
                    struct slice found, struct ns_error *err)
{
	struct buffer *value = &r->facts.values[fact];
	if (!found.len)
		return NS_OK;
	buffer_clear(value);
	buffer_append(value, found.data, found.len);
	return buffer_check(value, err);
}

/* Who a line says that the page is by, or an element. */
static int find_author(struct html_reader *r, struct ns_error *err)
{
	struct html_facts *facts = &r->facts;
	const struct html_blocks *blocks = &r->text.blocks;
	struct slice names = html_byline_find(blocks, facts->headline);
	if (names.len)
		return put_fact(r, FACT_AUTHOR, names, err);
	struct buffer *author = &facts->values[FACT_AUTHOR];
	html_author_find(&r->tree, blocks, facts->headline, author);
	return buffer_check(author, err);
}

/* Where the tags say no author, or no date that is understood, the page may. */
static int find_lines(struct html_reader *r, struct ns_error *err)
{
	struct html_facts *facts = &r->facts;
	const struct html_blocks *blocks = &r->text.blocks;
	struct slice lang = html_fact(facts, FACT_LANG);
	struct date ignored;
	bool author = html_fact(facts, FACT_AUTHOR).len;
	bool date = date_parse(html_fact(facts, FACT_DATE), lang, &ignored);
	if (author && date)
		return NS_OK;
	TRY(html_blocks_collect(&r->text.blocks, &r->tree, 0,
	                        (uint32_t)r->tree.n_nodes, err));
	if (!author)
		TRY(find_author(r, err));
	if (date)
		return NS_OK;
	struct slice line = html_dateline_find(blocks, facts->headline, lang);
	struct slice changed = html_fact(facts, FACT_MODIFIED);
	return put_fact(r, FACT_DATE, line.len ? line : changed, err);
}

int html_read(struct html_reader *reader, struct slice page,
              const char *charset, const struct html_handler *handler,
              struct ns_error *err)
{
	struct html_facts *facts = &reader->facts;
	const struct html_listing *listing = &reader->listing;
	uint32_t repairs = 0;
	TRY(html_charset_decode(&page, charset, &reader->decoded, &repairs,
	                        err));
	TRY(html_tree_parse(&reader->tree, page, err));
	TRY(html_facts_find(facts, &reader->tree, err));
	TRY(find_lines(reader, err));
	struct html_article article = {
		.title = html_fact(facts, FACT_TITLE),
		.author = html_fact(facts, FACT_AUTHOR),
		.section = html_fact(facts, FACT_SECTION),
		.lang = html_fact(facts, FACT_LANG),
		.url = html_fact(facts, FACT_URL),
		.base = html_fact(facts, FACT_BASE),
		.date = html_fact(facts, FACT_DATE),
		.topics = html_fact(facts, FACT_TOPICS),
		.places = html_fact(facts, FACT_PLACES),
		.repairs = repairs,
	};
	reader->listing.n = 0;
	if (!facts->json.best_depth)
		TRY(html_listing_find(&reader->listing, &reader->tree, err));
	if (!listing->n)
		return give(reader, 0, (uint32_t)reader->tree.n_nodes,
		            facts->headline, &article, handler, err);
	for (size_t i = 0; i < listing->n; i++)
		TRY(give_member(reader, &listing->items[i], article, handler,
		                err));
	return NS_OK;
}
