#include "text/fold.h"

#include <utf8proc.h>

#include "base/varint.h"
#include "base/ascii.h"

static int fold_ascii(struct slice word, uint8_t out[FOLD_MAX])
{
	if (word.len > FOLD_MAX)
		return -1;
	for (size_t i = 0; i < word.len; i++) {
		uint8_t byte = word.data[i];
		out[i] = (uint8_t)((unsigned)byte - 'A' < 26 ? byte | 0x20 : byte);
	}
	return (int)word.len;
}

/* One pass; into fold->points as bytes.  Returns their number, or -1. */
static int pass(struct fold *fold, struct slice word)
{
	const utf8proc_option_t options =
		UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT |
		UTF8PROC_CASEFOLD | UTF8PROC_IGNORE;
	const utf8proc_ssize_t room = ARRAY_LEN(fold->points) - 1;
	utf8proc_ssize_t n = utf8proc_decompose(
		word.data, (utf8proc_ssize_t)word.len, fold->points, room,
		options);
	if (n < 0 || n > room)
		return -1;
	for (utf8proc_ssize_t i = 0; i < n; i++)
		if (fold->points[i] == 0x2019 || fold->points[i] == 0x02BC)
			fold->points[i] = '\'';
	return (int)utf8proc_reencode(fold->points, n, options);
}

int fold_word(struct fold *fold, struct slice word, bool ascii,
              uint8_t out[FOLD_MAX])
{
	if (ascii)
		return fold_ascii(word, out);
	if (word.len > FOLD_IN_MAX)
		return -1;
	int last = -1;
	/* Composing after folding could make a character that folds again.  For
	 * every character, alone and before 39 marks, one pass is enough
	 * (Unicode 15); the next only confirms it. */
	for (int round = 0; round < 4; round++) {
		int n = pass(fold, word);
		if (n < 0 || n > FOLD_MAX)
			return -1;
		bool same = n == last && !memcmp(out, fold->points, (size_t)n);
		memcpy(out, fold->points, (size_t)n);
		if (same)
			break;
		last = n;
		word = slice_of(out, (size_t)n);
	}
	return last;
}

/* Folds up to 8 ASCII letters and digits in a word at once; false where another byte
 * is among them. */
static bool fold_few(struct slice text, uint8_t *out, bool *digit)
{
	uint64_t bytes = load_few(text.data, text.len);
	uint64_t wanted = ASCII_TOPS >> 8 * (8 - text.len);
	uint64_t letters = ascii_letters(bytes) & wanted;
	uint64_t digits = ascii_digits(bytes) & wanted;
	if ((letters | digits) != wanted)
		return false;
	*digit = digits;
	store_u64(out, bytes | letters >> 2);
	return true;
}

bool fold_plain(struct slice text, uint8_t out[FOLD_MAX], bool *digit)
{
	if (text.len <= 8)
		return fold_few(text, out, digit);
	*digit = false;
	if (text.len > FOLD_MAX)
		return false;
	for (size_t i = 0; i < text.len; i++) {
		uint8_t byte = text.data[i];
		if (ascii_letter(byte))
			byte |= 0x20;
		else if (ascii_digit(byte))
			*digit = true;
		else
			return false;
		out[i] = byte;
	}
	return true;
}
