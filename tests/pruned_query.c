/* pruned_query.c — which queries meet each way of ranking?
 *
 * Written as people write them, so that grammar and plan stand between.  Words
 * are of all frequencies: lists of all docs beside lists of one. */
#include "pruned.h"

struct asking {
	struct random *random;
	const struct collection *collection;
	struct buffer *out;
};

static bool chance(const struct asking *asking, uint32_t percent)
{
	return random_chance(asking->random, percent);
}

static uint32_t below(const struct asking *asking, uint32_t n)
{
	return random_below(asking->random, n);
}

static void say(const struct asking *asking, const char *text)
{
	buffer_text(asking->out, text);
}

static uint32_t number(const struct asking *asking)
{
	uint32_t n = max_u32(asking->collection->shape->vocabulary, 1);
	uint32_t kind = below(asking, 10);
	if (kind < 3)
		return below(asking, min_u32(n, 8));
	return below(asking, kind < 8 ? 1 + below(asking, n) : n);
}

static void word(const struct asking *asking)
{
	bool large = asking->collection->docs >= WINDOW_DOCS - 1;
	if (chance(asking, large ? 40 : 20)) {
		say(asking, collection_marks[below(
			asking, (uint32_t)n_collection_marks)]);
		return;
	}
	collection_word(asking->out, number(asking));
	if (chance(asking, 8))
		say(asking, chance(asking, 50) ? "s" : "ing");
}

/* Words of which each two have a list of their own where they stand next to each
 * other. */
static void frequent_phrase(const struct asking *asking)
{
	uint32_t n = min_u32(max_u32(asking->collection->shape->vocabulary, 1), 6);
	uint32_t words = 2 + (below(asking, 3) ? 0 : below(asking, 5));
	say(asking, "\"");
	for (uint32_t i = 0; i < words; i++) {
		say(asking, i ? " " : "");
		if (chance(asking, 30))
			say(asking, collection_marks[below(asking, 4)]);
		else
			collection_word(asking->out, below(asking, n));
	}
	say(asking, "\"");
}

/* Neighbours of the vocabulary often are neighbours in the text. */
static void phrase(const struct asking *asking)
{
	if (chance(asking, 20)) {
		frequent_phrase(asking);
		return;
	}
	uint32_t n = max_u32(asking->collection->shape->vocabulary, 1);
	uint32_t first = number(asking), words = 2 + (below(asking, 5) == 0);
	say(asking, "\"");
	for (uint32_t i = 0; i < words; i++) {
		say(asking, i ? " " : "");
		if (chance(asking, 10))
			word(asking);
		else
			collection_word(asking->out, (first + i) % n);
	}
	say(asking, "\"");
}

static void words(const struct asking *asking, uint32_t n, const char *before)
{
	for (uint32_t i = 0; i < n; i++) {
		say(asking, i ? " " : "");
		say(asking, before);
		(chance(asking, 93) ? word : phrase)(asking);
	}
}

static void value(const struct asking *asking)
{
	say(asking, "section:");
	say(asking, collection_sections[below(
		asking, (uint32_t)n_collection_sections)]);
}

/* ---- kinds --------------------------------------------------------------- */

static void ask_all_of(const struct asking *asking)
{
	uint32_t n = 2 + below(asking, chance(asking, 70) ? 2 : 4);
	if (chance(asking, 60)) {
		words(asking, n, "+");
		return;
	}
	word(asking);
	while (--n) {
		say(asking, " AND ");
		word(asking);
	}
}

static void ask_phrase(const struct asking *asking)
{
	uint32_t kind = below(asking, 10);
	say(asking, kind == 0 ? "+" : "");
	phrase(asking);
	if (kind > 5)
		return;
	say(asking, kind < 2 ? " +" : " ");
	(kind % 2 ? word : phrase)(asking);
}

static void ask_mixed(const struct asking *asking)
{
	words(asking, 1 + below(asking, 2), "+");
	say(asking, " ");
	words(asking, 1 + below(asking, 3), "");
	if (chance(asking, 20)) {
		say(asking, " -");
		word(asking);
	}
}

static void ask_excluded(const struct asking *asking)
{
	words(asking, 1 + below(asking, 3), chance(asking, 40) ? "+" : "");
	say(asking, chance(asking, 70) ? " -" : " NOT ");
	(chance(asking, 80) ? word : phrase)(asking);
}

static void ask_form(const struct asking *asking)
{
	static const char *const before[] = {"=", "+=", "=", "-="};
	uint32_t kind = below(asking, 4);
	if (kind) {
		words(asking, 1 + below(asking, 2), kind == 1 ? "+" : "");
		say(asking, " ");
	}
	say(asking, before[kind]);
	if (chance(asking, 25)) {
		phrase(asking);
		return;
	}
	collection_word(asking->out, number(asking));
	say(asking, chance(asking, 40) ? "s" : chance(asking, 30) ? "ing" : "");
}

static void ask_filter(const struct asking *asking)
{
	say(asking, chance(asking, 30) ? "+" : chance(asking, 15) ? "-" : "");
	value(asking);
	if (chance(asking, 25)) {
		say(asking, " ");
		value(asking);
	}
	say(asking, " ");
	words(asking, 1 + below(asking, 3), chance(asking, 40) ? "+" : "");
}

static void ask_values(const struct asking *asking)
{
	uint32_t kind = below(asking, 5);
	if (kind)
		value(asking);
	if (kind == 1) {
		say(asking, " ");
		value(asking);
	}
	if (kind == 2)
		say(asking, " id:a7");
	if (kind % 3 == 0) {
		say(asking, " -");
		word(asking);
	}
}

static void ask_title(const struct asking *asking)
{
	say(asking, chance(asking, 25) ? "+title:" : "title:");
	if (chance(asking, 20)) {
		say(asking, "(");
		words(asking, 2, chance(asking, 50) ? "+" : "");
		say(asking, ")");
	} else if (chance(asking, 25)) {
		phrase(asking);
	} else {
		collection_word(asking->out, number(asking));
	}
	if (chance(asking, 60)) {
		say(asking, " ");
		words(asking, 1 + below(asking, 2), chance(asking, 30) ? "+" : "");
	}
}

static void ask_compound(const struct asking *asking)
{
	static const char *const some[] = {"de-escalation", "@nasa",
		"\"de-escalation\"", "=de-escalation", "+@nasa"};
	uint32_t kind = below(asking, 7), i = number(asking);
	if (kind < 5) {
		say(asking, some[kind]);
	} else {
		collection_word(asking->out, i);
		say(asking, "-");
		collection_word(asking->out, i + 1);
	}
	if (chance(asking, 60)) {
		say(asking, " ");
		words(asking, 1 + below(asking, 2), chance(asking, 40) ? "+" : "");
	}
}

static void group(const struct asking *asking, unsigned depth)
{
	static const char *const joints[] = {" ", " AND ", " OR ", " NOT ", " +",
		" -"};
	uint32_t n = 2 + below(asking, 2);
	const char *joint = joints[below(asking, (uint32_t)ARRAY_LEN(joints))];
	for (uint32_t i = 0; i < n; i++) {
		say(asking, i ? joint : "");
		if (depth && chance(asking, 55)) {
			say(asking, "(");
			group(asking, depth - 1);
			say(asking, ")");
		} else {
			(chance(asking, 90) ? word : phrase)(asking);
		}
	}
}

/* The same once more, with the same role or another. */
static void ask_twice(const struct asking *asking)
{
	static const char *const between[] = {" ", " ", " +", " -", " AND ",
		" OR ", " title:"};
	say(asking, chance(asking, 25) ? "+" : "");
	size_t from = asking->out->len;
	(chance(asking, 75) ? word : phrase)(asking);
	size_t end = asking->out->len;
	say(asking, between[below(asking, (uint32_t)ARRAY_LEN(between))]);
	for (size_t i = from; i < end; i++)
		buffer_byte(asking->out, asking->out->data[i]);
	if (chance(asking, 60)) {
		say(asking, " ");
		words(asking, 1 + below(asking, 2), "");
	}
}

static void ask_unknown(const struct asking *asking)
{
	static const char *const before[] = {"unheardof ", "+unheardof ",
		"-unheardof ", "\"unheardof half\" ", "=unheardof ",
		"-\"half unheardof\" ", "title:unheardof ", "section:unheardof "};
	say(asking, before[below(asking, (uint32_t)ARRAY_LEN(before))]);
	words(asking, 1 + below(asking, 3), chance(asking, 30) ? "+" : "");
}

void pruned_query(struct random *random, const struct collection *collection,
                  enum row kind, struct buffer *out)
{
	const struct asking asking = {random, collection, out};
	buffer_clear(out);
	switch (kind) {
	case ROW_WORD: word(&asking); break;
	case ROW_AND: ask_all_of(&asking); break;
	case ROW_OR: words(&asking, 2 + below(&asking, 4), ""); break;
	case ROW_PHRASE: ask_phrase(&asking); break;
	case ROW_MIXED: ask_mixed(&asking); break;
	case ROW_EXCLUDED: ask_excluded(&asking); break;
	case ROW_FORM: ask_form(&asking); break;
	case ROW_FILTER: ask_filter(&asking); break;
	case ROW_VALUES: ask_values(&asking); break;
	case ROW_TITLE: ask_title(&asking); break;
	case ROW_COMPOUND: ask_compound(&asking); break;
	case ROW_NESTED: group(&asking, 2); break;
	case ROW_TWICE: ask_twice(&asking); break;
	case ROW_UNKNOWN: ask_unknown(&asking); break;
	case ROW_MANY: words(&asking, 6 + below(&asking, 30), ""); break;
	default: random_query(random, &collection->set, out);
	}
}
