#include "format/lexicon_tree.h"

#include "base/mem.h"
#include "base/varint.h"

#if defined(__x86_64__)
#include <immintrin.h>
#define AVX2 __attribute__((target("avx2,popcnt")))
#define AVX512 __attribute__((target("avx512f,avx512bw,avx512vl,popcnt")))
#endif

static uint32_t nodes_of(uint32_t n)
{
	return n / TREE_NODE + (n % TREE_NODE != 0);
}

/* Separators of all levels above n leaves, full nodes. */
static size_t separators_above(uint32_t n)
{
	size_t sum = 0;
	while (n > TREE_NODE) {
		n = nodes_of(n);
		sum += (size_t)nodes_of(n) * TREE_NODE;
	}
	return sum;
}

/* The first of every eight below; what fills the last node is above all. */
static void fill(uint64_t *level, const uint8_t *below, uint32_t n)
{
	for (uint32_t i = 0; i < nodes_of(n) * TREE_NODE; i++)
		level[i] = UINT64_MAX;
	for (uint32_t i = 0; i < n; i++)
		memcpy(&level[i], below + 8 * (size_t)i * TREE_NODE, 8);
}

int lexicon_tree_init(struct lexicon_tree *out, struct slice leaves,
                      struct ns_error *err)
{
	uint32_t n = (uint32_t)(leaves.len / 8);
	*out = (struct lexicon_tree){.leaves = leaves, .n = n};
	size_t above = separators_above(n);
	if (!above)
		return NS_OK;
	out->memory = mem_alloc((above + TREE_NODE) * sizeof(uint64_t));
	if (!out->memory)
		return err_nomem(err);
	uintptr_t line = ((uintptr_t)out->memory + 63) & ~(uintptr_t)63;
	uint64_t *level = (uint64_t *)line;
	const uint8_t *below = leaves.data;
	while (n > TREE_NODE) {
		ASSERT_REL(out->n_levels, <, TREE_LEVELS);
		n = nodes_of(n);
		fill(level, below, n);
		out->level[out->n_levels++] = level;
		below = (const uint8_t *)level;
		level += (size_t)nodes_of(n) * TREE_NODE;
	}
	return NS_OK;
}

void lexicon_tree_release(struct lexicon_tree *tree)
{
	mem_free(tree->memory);
	*tree = (struct lexicon_tree){0};
}

/* ---- search -------------------------------------------------------------- */

/* Bit i: separator i of a node is not above target. */
static inline unsigned below_scalar(const uint8_t *node, uint64_t target)
{
	unsigned bits = 0;
	for (unsigned i = 0; i < TREE_NODE; i++)
		bits |= (unsigned)(load_u64(node + 8 * i) <= target) << i;
	return bits;
}

#if defined(__x86_64__)
AVX2 static inline unsigned below_avx2(const uint8_t *node, uint64_t target)
{
	/* there is only a signed comparison */
	const __m256i sign = _mm256_set1_epi64x(INT64_MIN);
	__m256i wanted = _mm256_xor_si256(
		sign, _mm256_set1_epi64x((long long)target));
	__m256i low = _mm256_xor_si256(
		sign, _mm256_loadu_si256((const void *)node));
	__m256i high = _mm256_xor_si256(
		sign, _mm256_loadu_si256((const void *)(node + 32)));
	int above = _mm256_movemask_pd(_mm256_castsi256_pd(
			_mm256_cmpgt_epi64(low, wanted))) |
		_mm256_movemask_pd(_mm256_castsi256_pd(
			_mm256_cmpgt_epi64(high, wanted))) << 4;
	return (unsigned)above ^ 0xFF;
}

AVX512 static inline unsigned below_avx512(const uint8_t *node, uint64_t target)
{
	return _mm512_cmple_epu64_mask(_mm512_loadu_si512(node),
	                               _mm512_set1_epi64((long long)target));
}
#endif

/* What fills a node is above every target but the largest, which no key has:
 * a count leads to a node that is there. */
#define SEARCH(name, attribute, below)                                         \
	attribute static uint32_t name(const struct lexicon_tree *tree,        \
	                               uint64_t target)                        \
	{                                                                      \
		uint32_t node = 0;                                             \
		for (unsigned i = tree->n_levels; i-- > 0;) {                  \
			unsigned bits = below((const uint8_t *)(               \
				tree->level[i] + (size_t)node * TREE_NODE),    \
				target) | 1;                                   \
			node = node * TREE_NODE - 1 +                          \
			       (unsigned)__builtin_popcount(bits);             \
		}                                                              \
		uint32_t first = node * TREE_NODE;                             \
		uint32_t here = min_u32(tree->n - first, TREE_NODE);           \
		unsigned bits = below(tree->leaves.data + 8 * (size_t)first,   \
		                      target) & ((1u << here) - 1);            \
		return first + (unsigned)__builtin_popcount(bits);             \
	}

SEARCH(search_scalar, , below_scalar)
#if defined(__x86_64__)
SEARCH(search_avx2, AVX2, below_avx2)
SEARCH(search_avx512, AVX512, below_avx512)
#endif

lexicon_tree_fn *lexicon_tree_search(enum cpu_level level)
{
#if defined(__x86_64__)
	if (level >= CPU_AVX512)
		return search_avx512;
	if (level >= CPU_AVX2)
		return search_avx2;
#endif
	(void)level;
	return search_scalar;
}
