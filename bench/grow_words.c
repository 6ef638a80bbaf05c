/* grow_words.c — chance, the words of a text, and words that are made up. */
#include "bench/grow.h"

/* splitmix64 */
uint64_t grow_random(uint64_t *state)
{
	uint64_t z = *state += 0x9E3779B97F4A7C15u;
	z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
	z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
	return z ^ (z >> 31);
}

uint32_t grow_below(uint64_t *state, uint32_t n)
{
	return (uint32_t)((grow_random(state) >> 32) * n >> 32);
}

/* Six bits a syllable, the lowest first.  The last one beyond `least` is not
 * the syllable of 0, so no two numbers have the same. */
size_t grow_syllables(char out[GROW_WORD], uint64_t number, unsigned least)
{
	size_t n = 0;
	do {
		out[n++] = "bdfghklmnprstvwz"[number & 15];
		out[n++] = "aiou"[number >> 4 & 3];
		number >>= 6;
	} while (number || n < 2 * least);
	return n;
}

/* Neighbouring numbers are far apart in the lexicon: within the four syllables
 * an odd factor gives each number another place. */
size_t grow_new_word(char out[GROW_WORD], uint64_t number, uint64_t seed)
{
	const uint64_t four = (1u << 24) - 1;
	uint64_t place = number * 0x9E3779B1u + grow_random(&seed);
	size_t n = grow_syllables(out, (number & ~four) | (place & four), 4);
	out[n++] = 'q';
	return n;
}

static bool is_word(uint8_t byte)
{
	static const bool table[256] = {
		['0' ... '9'] = true, ['A' ... 'Z'] = true,
		['a' ... 'z'] = true, [0x80 ... 0xff] = true,
	};
	return table[byte];
}

/* What a backslash begins has no word in it: \n, \" and, of control
 * characters alone, \u0001. */
static size_t escape_size(const uint8_t *at)
{
	return at[1] == 'u' ? 6 : 2;
}

bool grow_word(const uint8_t *from, const uint8_t *end, struct slice *out)
{
	while (from < end && !is_word(*from))
		from += *from == '\\' ? escape_size(from) : 1;
	if (from >= end)
		return false;
	const uint8_t *start = from;
	while (from < end && is_word(*from))
		from++;
	*out = slice_of(start, (size_t)(from - start));
	return true;
}
