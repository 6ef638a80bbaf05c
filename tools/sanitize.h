/* sanitize.h — what of a stranger's text may reach a terminal?
 *
 * An article can hold bytes that move the cursor, set the title of the window,
 * answer on the keyboard, or turn the reading order around so that a file name
 * reads backwards.  Before a text is shown, every character passes here:
 *
 *   dropped   C0 (NUL…US) but for the newline, DEL, C1 (U+0080–9F: ESC [ in one
 *             character), bidi controls (U+061C, 200E–F, 202A–E, 2066–9),
 *             interlinear annotation (U+FFF9–B), tags (U+E0000–7F)
 *   blank     a tab; in one line also a newline
 *   U+FFFD    each maximal subpart of what is no UTF-8
 *
 *   "a\x1b[31mb\tc\xff"   a[31mb c�
 *
 * Without ESC, what is left of a sequence is harmless letters.
 */
#ifndef NS_TOOLS_SANITIZE_H
#define NS_TOOLS_SANITIZE_H

#include <stdio.h>

#include "nsindex.h"

struct sanitize_char {
	char bytes[4];
	uint8_t size;     /* bytes to show; 0: dropped */
	uint8_t consumed; /* bytes of the text, ≥ 1 */
	uint32_t code;    /* as shown; 0: dropped */
};

/* The character at data[0…size), size ≥ 1. */
struct sanitize_char sanitize_next(const char *data, size_t size,
                                   bool one_line);

/* Decodes without judging: the code at data, or U+FFFD for what is no UTF-8;
 * *consumed ≥ 1. */
uint32_t sanitize_decode(const char *data, size_t size, size_t *consumed);

/* May this code be shown as it is?  (Tab and newline may not.) */
bool sanitize_harmless(uint32_t code);

void sanitize_write(FILE *file, const char *data, size_t size, bool one_line);

/* The same from and to a string; out has room for size bytes and is ended by
 * NUL, at a character's end where it does not all fit. */
void sanitize_string(const char *text, bool one_line, char *out, size_t size);

#endif
