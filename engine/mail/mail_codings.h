/* mail_codings.h — which bytes were meant by quoted-printable and base64?
 *
 * Both are read line by line and as written by bad mailers: what is no code is text
 * in quoted-printable ("=E" and "=ZZ" stay), and nothing in base64, which ends at
 * its first "=".
 */
#ifndef NS_MAIL_MAIL_CODINGS_H
#define NS_MAIL_MAIL_CODINGS_H

#include "base/mem.h"

enum mail_coding {
	MAIL_CODING_NONE, /* 7bit, 8bit, binary */
	MAIL_CODING_QUOTED,
	MAIL_CODING_BASE64,
	MAIL_CODING_UNKNOWN
};

/* The value of Content-Transfer-Encoding; empty: none. */
enum mail_coding mail_coding_of(struct slice name);

/* What a sequence of lines stands for. */
struct mail_decoder {
	enum mail_coding coding;
	uint32_t bits;   /* of base64, not given out yet */
	unsigned n_bits;
	bool ended;      /* base64 met its "=" */
};

void mail_decoder_init(struct mail_decoder *decoder, enum mail_coding coding);

/* Appends what a line, without its end, stands for, and its end where that is
 * meant. */
void mail_decoder_line(struct mail_decoder *decoder, struct slice line,
                       struct buffer *out);

/* Appends "=E4_b" of a header's word: '_' is a space. */
void mail_coding_word(struct slice text, struct buffer *out);

#endif
