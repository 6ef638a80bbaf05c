#include "base/bits.h"
#include "format/block.h"
#include "format/forms.h"
#include "format/impact.h"
#include "format/places.h"
#include "format/tail.h"
#include "format/postings.h"

/* A list being written: what is known of it, and where its parts go. */
struct writing {
	const struct postings_list *list;
	struct buffer *post, *posn;
	bool tfs, places;
	uint32_t n_blocks, n_units;
	size_t directory, data;       /* offsets in post */
	size_t posn_start;
	uint64_t place;               /* occurrences before the unit */
};

static void write_tail(const struct writing *w, uint32_t first, unsigned n,
                       uint32_t before)
{
	const struct tail_shape shape = {
		.n = n, .is_short = w->list->df <= SHORT_DF,
		.has_tfs = w->tfs, .before = before};
	tail_write(&shape, w->list->docs + first,
	           w->tfs ? w->list->tfs + first : NULL, w->post);
}

static void write_block(const struct writing *w, uint32_t first,
                        uint32_t before)
{
	size_t head = w->post->len;
	buffer_zeros(w->post, w->tfs ? 2 : 1);
	uint8_t docs_enc = block_write_docs(w->list->docs + first, before,
	                                    w->post);
	uint8_t tf_enc = w->tfs ? block_write_tfs(w->list->tfs + first,
	                                          w->post) : 0;
	if (w->post->status != NS_OK)
		return;
	w->post->data[head] = docs_enc;
	if (w->tfs)
		w->post->data[head + 1] = tf_enc;
}

static int write_places(struct writing *w, uint32_t first, unsigned n,
                        struct ns_error *err)
{
	const struct postings_list *list = w->list;
	const uint32_t *positions, *forms;
	size_t total = 0;
	for (unsigned i = 0; i < n; i++)
		total += list->tfs[first + i];
	const struct places_shape shape = {
		list->docs + first, list->tfs + first, n, list->lengths,
		places_gap(list->field)};
	if (list->places) {
		TRY(list->places(list->context, total, &positions, &forms,
		                 err));
	} else {
		positions = list->positions + w->place;
		forms = list->n_forms > 1 ? list->forms + w->place : NULL;
	}
	places_write(&shape, positions, w->posn);
	if (list->n_forms > 1)
		forms_write(forms, total, w->posn);
	w->place += total;
	return NS_OK;
}

/* The three bytes of a unit that bound its impacts. */
static void write_bounds(const struct writing *w, uint32_t unit, unsigned n)
{
	const struct postings_list *list = w->list;
	uint32_t first = unit * BLOCK_DOCS, max_tf = 0, min_len = UINT32_MAX;
	double best = 0;
	for (unsigned i = 0; i < n; i++) {
		uint32_t tf = list->tfs[first + i];
		uint32_t len = load_u16(list->lengths +
		                        2 * (size_t)list->docs[first + i]);
		double impact = impact_of(tf, len, list->avglen0);
		best = impact > best ? impact : best;
		max_tf = max_u32(max_tf, tf);
		min_len = min_u32(min_len, len);
	}
	uint8_t *bounds = w->post->data + w->directory +
	                  (w->places ? 12 : 8) * (size_t)w->n_blocks;
	bounds[unit] = impact_round_up(best);
	bounds[w->n_units + unit] = (uint8_t)min_u32(max_tf, 255);
	bounds[2 * (size_t)w->n_units + unit] = impact_length_code(min_len);
}

/* The k-th largest of the values counted. */
static uint8_t kth_largest(const uint32_t count[256], uint32_t k)
{
	uint32_t seen = 0;
	unsigned value = 256;
	while (seen < k)
		seen += count[--value];
	return (uint8_t)value;
}

/* Rounding down keeps order, so the k-th largest of the rounded impacts is the
 * rounded k-th largest: it is enough to count bytes. */
static void write_kth(const struct writing *w)
{
	const struct postings_list *list = w->list;
	uint32_t count[256] = {0};
	for (uint32_t i = 0; i < list->df; i++)
		count[impact_round_down(impact_of(
			list->tfs[i],
			load_u16(list->lengths + 2 * (size_t)list->docs[i]),
			list->avglen0))]++;
	uint8_t *kth = w->post->data + w->data - 4;
	kth[0] = kth_largest(count, 10);
	kth[1] = kth_largest(count, 100);
	kth[2] = kth_largest(count, 1000);
}

static void start_directory(struct writing *w)
{
	if (!w->n_blocks)
		return;
	buffer_zeros(w->post, -w->post->len & 3);
	w->directory = w->post->len;
	size_t nb = w->n_blocks, nt = w->n_units;
	buffer_zeros(w->post, (w->places ? 12 : 8) * nb +
	                      (w->tfs ? (3 * nt + 3) & ~(size_t)3 : 0));
	if (w->tfs && w->list->df >= KTH_DF)
		buffer_zeros(w->post, 4);
}

static int end_unit(struct writing *w, uint32_t unit, struct ns_error *err)
{
	TRY(buffer_check(w->post, err));
	TRY(buffer_check(w->posn, err));
	uint64_t data = w->post->len - w->data;
	uint64_t posn = w->posn->len - w->posn_start;
	if (data > UINT32_MAX || posn > UINT32_MAX)
		return err_set(err, NS_E_LIMIT,
		               "the list of one term is larger than 4 GiB");
	if (unit >= w->n_blocks)
		return NS_OK;
	uint8_t *dir = w->post->data + w->directory + 4 * (size_t)unit;
	store_u32(dir, w->list->docs[unit * BLOCK_DOCS + BLOCK_DOCS - 1]);
	store_u32(dir + 4 * (size_t)w->n_blocks, (uint32_t)data);
	if (w->places)
		store_u32(dir + 8 * (size_t)w->n_blocks, (uint32_t)posn);
	return NS_OK;
}

static int write_units(struct writing *w, struct ns_error *err)
{
	const struct postings_list *list = w->list;
	for (uint32_t unit = 0; unit < w->n_units; unit++) {
		uint32_t first = unit * BLOCK_DOCS;
		uint32_t before = unit ? list->docs[first - 1] + 1 : 0;
		unsigned n = min_u32(list->df - first, BLOCK_DOCS);
		if (unit < w->n_blocks)
			write_block(w, first, before);
		else
			write_tail(w, first, n, before);
		if (w->places)
			TRY(write_places(w, first, n, err));
		TRY(end_unit(w, unit, err));
		if (w->tfs && w->n_blocks)
			write_bounds(w, unit, n);
	}
	return NS_OK;
}

int postings_write(const struct postings_list *list, struct buffer *post,
                   struct buffer *posn, struct lexicon_term *term,
                   struct ns_error *err)
{
	ASSERT_REL(list->df, >, 0);
	struct writing w = {
		.list = list, .post = post, .posn = posn,
		.tfs = field_has_tfs(list->field),
		.places = field_has_words(list->field),
		.n_blocks = list->df / BLOCK_DOCS,
		.n_units = (list->df + BLOCK_DOCS - 1) / BLOCK_DOCS,
		.posn_start = posn->len,
	};
	term->field = list->field;
	term->df = list->df;
	term->cf = list->cf;
	term->n_forms = list->n_forms;
	term->posn = posn->len;
	if (list->df == 1) {
		term->doc = list->docs[0];
		if (w.places && list->cf == 1)
			term->position = list->positions[0];
		else if (w.places)
			TRY(write_places(&w, 0, 1, err));
		TRY(buffer_check(posn, err));
		return NS_OK;
	}
	start_directory(&w);
	TRY(buffer_check(post, err));
	term->post = w.n_blocks ? w.directory : post->len;
	w.data = post->len;
	TRY(write_units(&w, err));
	if (w.tfs && list->df >= KTH_DF)
		write_kth(&w);
	return NS_OK;
}
