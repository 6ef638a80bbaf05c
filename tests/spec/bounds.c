#include "tests/spec/bounds.h"

#include <math.h>
#include <stdlib.h>

#include "tests/spec/info.h"

static double impact(const struct segment *seg, const struct entry *term,
                     struct list list, size_t i)
{
	double tf = (double)list.tfs[i];
	double avg = (double)seg->avglen0[term->field];
	double len = (double)length_of(seg, term->field, list.docs[i]);
	return tf / ((tf + 0.3) + 0.9 * (len / avg));
}

static int falling(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return (x < y) - (x > y);
}

static unsigned length_code(uint32_t length)
{
	unsigned e = 2;
	if (length < 40)
		return length;
	while (length >> e > 15)
		e++;
	return 40 + 8 * (e - 2) + (length >> e) - 8;
}

static size_t blocks_of(uint32_t df)
{
	return (df + 255) / 256;
}

struct bounds bounds_take(struct in *in, uint32_t df)
{
	size_t nt = blocks_of(df);
	struct bounds out = {take(in, 3 * nt), NULL};
	zeros(in, (4 - 3 * nt % 4) % 4);
	out.kth = df >= 4096 ? take(in, 4) : NULL;
	return out;
}

void bounds_check(const struct segment *seg, const struct entry *term,
                  struct list list, struct bounds bounds)
{
	const uint8_t *row = bounds.of_blocks, *kth = bounds.kth;
	double *all = room(list.df, sizeof *all);
	size_t nt = blocks_of(list.df);
	for (size_t k = 0, i = 0; k < nt; k++) {
		double best = 0;
		uint64_t most = 0;
		uint32_t least = UINT32_MAX;
		for (; i < list.df && i < 256 * (k + 1); i++) {
			uint32_t length = length_of(seg, term->field,
			                            list.docs[i]);
			all[i] = impact(seg, term, list, i);
			best = all[i] > best ? all[i] : best;
			most = list.tfs[i] > most ? list.tfs[i] : most;
			least = length < least ? length : least;
		}
		must(row[k] == ceil(255 * best), "bound of a block");
		must(row[nt + k] == (most < 255 ? most : 255), "max_tf");
		must(row[2 * nt + k] == length_code(least), "min_len");
	}
	qsort(all, list.df, sizeof *all, falling);
	for (size_t i = 0, rank = 10; kth && i < 3; i++, rank *= 10)
		must(kth[i] == floor(255 * all[rank - 1]), "kth");
	must(!kth || !kth[3], "the last byte of kth is zero");
	free(all);
}
