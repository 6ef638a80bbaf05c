#include "text/plain.h"

#include "base/varint.h"
#include "base/ascii.h"

/* ---- 64 bytes ------------------------------------------------------------- */

/* The highest bits of eight bytes, side by side. */
static uint64_t gather(uint64_t tops)
{
	return tops * 0x0002040810204081 >> 56;
}

/* Eight bytes at a time. */
static void look(const uint8_t *text, uint8_t *lower, struct plain_bits *out)
{
	struct plain_bits bits = {0, 0, 0};
	for (unsigned i = 0; i < 64; i += 8) {
		uint64_t bytes = load_u64(text + i);
		uint64_t letters = ascii_letters(bytes);
		uint64_t digits = ascii_digits(bytes);
		uint64_t line = (bytes & ~ASCII_TOPS) ^ ASCII_ONES * '_';
		uint64_t others = bytes | ~(line + (ASCII_TOPS - ASCII_ONES));
		store_u64(lower + i, bytes | letters >> 2);
		bits.words |= gather(letters | digits) << i;
		bits.digits |= gather(digits) << i;
		bits.firsts |= gather((letters | digits | others) & ASCII_TOPS) << i;
	}
	*out = bits;
}

#if defined(__x86_64__)

#include <immintrin.h>

#define AVX2 __attribute__((target("avx2")))

/* Which bytes are in [from, from + n). */
AVX2 static __m256i in(__m256i bytes, char from, char n)
{
	__m256i moved = _mm256_add_epi8(
		bytes, _mm256_set1_epi8((char)(-128 - from)));
	return _mm256_cmpgt_epi8(_mm256_set1_epi8((char)(-128 + n)), moved);
}

AVX2 static uint64_t gather_avx2(__m256i bytes)
{
	return (uint32_t)_mm256_movemask_epi8(bytes);
}

AVX2 static void look_avx2(const uint8_t *text, uint8_t *lower,
                           struct plain_bits *out)
{
	struct plain_bits bits = {0, 0, 0};
	const __m256i blank = _mm256_set1_epi8(0x20);
	for (unsigned i = 0; i < 64; i += 32) {
		__m256i bytes = _mm256_loadu_si256(
			(const __m256i *)(const void *)(text + i));
		__m256i letters = in(_mm256_or_si256(bytes, blank), 'a', 26);
		__m256i digits = in(bytes, '0', 10);
		__m256i words = _mm256_or_si256(letters, digits);
		__m256i line = _mm256_cmpeq_epi8(bytes, _mm256_set1_epi8('_'));
		__m256i others = _mm256_or_si256(bytes, line);
		_mm256_storeu_si256(
			(__m256i *)(void *)(lower + i),
			_mm256_or_si256(bytes, _mm256_and_si256(letters, blank)));
		bits.words |= gather_avx2(words) << i;
		bits.digits |= gather_avx2(digits) << i;
		bits.firsts |= gather_avx2(_mm256_or_si256(words, others)) << i;
	}
	*out = bits;
}

#endif

void plain_look(enum cpu_level level, const uint8_t text[64], uint8_t lower[64],
                struct plain_bits *out)
{
#if defined(__x86_64__)
	if (level >= CPU_AVX2) {
		look_avx2(text, lower, out);
		return;
	}
#endif
	(void)level;
	look(text, lower, out);
}

/* ---- the window ------------------------------------------------------------ */

/* Lays the window over the text from `from` on. */
static void move(struct plain *plain, struct slice text, size_t from)
{
	enum cpu_level level = cpu_level();
	size_t size = min_size(text.len - from, PLAIN_WINDOW);
	uint8_t last[64];
	plain->start = from;
	plain->size = size;
	for (size_t i = 0; i < size; i += 64) {
		const uint8_t *bytes = text.data + from + i;
		if (size - i < 64) {
			memset(last, 0, sizeof last);
			bytes_copy(last, bytes, size - i);
			bytes = last;
		}
		plain_look(level, bytes, plain->lower + i, &plain->bits[i / 64]);
	}
}

/* The first bit at or after `at` that is set, of a word that begins there or of
 * what is no word; or size. */
static size_t first_at(const struct plain *plain, size_t at)
{
	uint64_t rest = plain->bits[at / 64].firsts >> at % 64;
	if (rest)
		return at + (size_t)__builtin_ctzll(rest);
	for (size_t i = at / 64 + 1; i * 64 < plain->size; i++)
		if (plain->bits[i].firsts)
			return i * 64 + (size_t)__builtin_ctzll(
				plain->bits[i].firsts);
	return plain->size;
}

/* Where the letters and digits in a row end that begin at `at`; at most size. */
static size_t last_at(const struct plain *plain, size_t at)
{
	uint64_t rest = ~plain->bits[at / 64].words >> at % 64;
	if (rest)
		return at + (size_t)__builtin_ctzll(rest);
	for (size_t i = at / 64 + 1; i * 64 < plain->size; i++)
		if (~plain->bits[i].words)
			return i * 64 + (size_t)__builtin_ctzll(
				~plain->bits[i].words);
	return plain->size;
}

/* Does a word of letters and digits of ASCII surely end at `at`?  Not where what is
 * there joins it to what is behind, or may do so. */
static bool ends(struct slice text, size_t at)
{
	enum { SURE, MIDDLE, JOINING };
	static const uint8_t behind[128] = {
		['\''] = MIDDLE, [','] = MIDDLE, ['.'] = MIDDLE,
		[':'] = MIDDLE, [';'] = MIDDLE, ['-'] = MIDDLE,
		['&'] = MIDDLE, ['_'] = JOINING,
	};
	if (at == text.len)
		return true;
	uint8_t first = text.data[at];
	if (first >= 0x80 || behind[first] == JOINING)
		return false;
	if (behind[first] == SURE || at + 1 == text.len)
		return true;
	uint8_t second = text.data[at + 1];
	return second < 0x80 && second != '_' &&
	       (second | 0x20u) - 'a' >= 26 && second - (unsigned)'0' >= 10;
}

static bool has_sign(struct slice text, size_t at)
{
	return at && (text.data[at - 1] == '@' || text.data[at - 1] == '#');
}

enum plain_found plain_next(struct plain *plain, struct slice text, size_t *from,
                            struct plain_word *out)
{
	for (;;) {
		size_t at = *from - plain->start;
		if (at >= plain->size) {
			if (*from == text.len)
				return PLAIN_END;
			move(plain, text, *from);
			at = 0;
		}
		size_t first = first_at(plain, at);
		*from = plain->start + first;
		if (first == plain->size)
			continue;
		size_t last = last_at(plain, first);
		size_t end = plain->start + last;
		if (last == plain->size && end < text.len && first) {
			move(plain, text, *from);
			continue;
		}
		if (last == first || last == PLAIN_WINDOW ||
		    has_sign(text, *from) || !ends(text, end))
			return PLAIN_NOT;
		*out = (struct plain_word){*from, end, plain->lower + first};
		return PLAIN_WORD;
	}
}

bool plain_digit(const struct plain *plain, const struct plain_word *word)
{
	size_t at = word->start - plain->start, end = word->end - plain->start;
	while (at < end) {
		size_t n = min_size(end - at, 64 - at % 64);
		if (plain->bits[at / 64].digits >> at % 64 << (64 - n))
			return true;
		at += n;
	}
	return false;
}
