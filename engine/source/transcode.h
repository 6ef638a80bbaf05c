/* transcode.h — how do bytes in another encoding become UTF-8, piece by piece?
 *
 * iconv does it; this is the loop around it, which never ends early: what iconv
 * refuses becomes one U+FFFD, and reading goes on behind it.  Of two bytes that are
 * no character the second is left where it is ASCII, as browsers do: a line end or
 * a quote must not vanish.  A sequence that is cut off waits for the next piece.
 *
 * iconv_open is asked for plain names, so that nothing depends on the locale.
 */
#ifndef NS_SOURCE_TRANSCODE_H
#define NS_SOURCE_TRANSCODE_H

#include "base/mem.h"

#include <iconv.h>

struct transcode {
	iconv_t converter;
	bool opened;
	uint8_t unit;  /* bytes that a fault costs at least: 4 in UTF-32 */
	bool shifts;   /* escape sequences switch tables: UTF-7, ISO-2022 */
	bool marks;    /* a fault is the byte FF, and zeros stay: for decode.h */
	bool wide;     /* other characters than ASCII may take several bytes */
};

/* charset: from charset.h, not "UTF-8".  NS_OK, NS_E_NOMEM, or NS_E_USAGE: the
 * system has no such encoding. */
int transcode_open(struct transcode *t, const char *charset,
                   struct ns_error *err);
void transcode_close(struct transcode *t);

/* Appends all of bytes but a sequence that is cut off at their end, which is fewer
 * than TRANSCODE_LEFT bytes, and none if this is the last piece.  *used: bytes that
 * need not come again.  out's status tells whether it all fitted. */
enum { TRANSCODE_LEFT = 16 };
void transcode_push(struct transcode *t, struct slice bytes, bool last,
                    struct buffer *out, size_t *used, uint32_t *repairs);

#endif
