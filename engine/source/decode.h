/* decode.h — how do the lines of a file in another encoding become UTF-8?
 *
 *     stream → raw lines → decode: pieces of 64 KiB through iconv → lines
 *
 * What lines of a file are ahead says which encoding it is (charset.h); where that
 * is not UTF-8 the lines are taken over, and give their text from there on.  Lines of
 * UTF-8 stay as they are: they pay for one look at what is ahead.  ASCII so far is
 * taken for UTF-8: what comes behind the first LINES_PEEK bytes is not asked.
 *
 * A fault in the other encoding is the byte FF in the text, which no UTF-8 has: so
 * the line that it is in is repaired, and counted, as lines of UTF-8 are.
 */
#ifndef NS_SOURCE_DECODE_H
#define NS_SOURCE_DECODE_H

#include "source/lines.h"
#include "source/transcode.h"

enum { DECODE_PIECE = 64 << 10 };

struct decode {
	struct stream stream; /* first: one pointer serves for both */
	struct lines raw;
	struct transcode transcode;
	uint8_t piece[DECODE_PIECE + TRANSCODE_LEFT];
	size_t held;          /* of the piece before: a sequence cut off */
	struct buffer out;
	size_t sent;          /* of out */
	bool ended;
};

void decode_init(struct decode *decode);
void decode_release(struct decode *decode);

/* The encoding of what is ahead, by charset.h: by the label that was declared for
 * it, if that is not NULL or "", else by that of an XML declaration. */
int decode_charset(struct lines *lines, const char *declared, const char **out,
                   struct ns_error *err);

/* Takes over lines of which none was given out yet: they give text from now on, as
 * long as decode lasts or until they are opened again.  Errors: NS_E_NOMEM, and
 * NS_E_USAGE where the system does not know the encoding. */
int decode_take(struct decode *decode, struct lines *lines, const char *charset,
                struct ns_error *err);

#endif
