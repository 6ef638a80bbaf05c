/* packing.h — are these bytes packed, and how?
 *
 * Told by content alone, from the first bytes of a file: names lie, and the name
 * of what came through a pipe is not known.
 *
 *     layer     one file made smaller    gz bz2 xz lzma zst lz4 Z
 *     archive   files put together       tar (all dialects) zip 7z cpio
 *     foreign   packed, and not read     rar cab iso xar ar (deb) rpm lz lzo lrz
 *
 * What is foreign is named, since there may be articles in it.  A zip that is a
 * document (docx, odt, epub, jar: its first member says so) is not packed but a
 * form of its own, which is no text.
 */
#ifndef NS_PACKED_PACKING_H
#define NS_PACKED_PACKING_H

#include "base/err.h"

enum packing_kind { PACKING_LAYER, PACKING_ARCHIVE, PACKING_FOREIGN };

enum packing_name {
	PACKING_GZ, PACKING_BZ2, PACKING_XZ, PACKING_LZMA, PACKING_ZST,
	PACKING_LZ4, PACKING_Z, PACKING_TAR, PACKING_ZIP, PACKING_7Z,
	PACKING_CPIO, PACKING_OTHER
};

struct packing {
	enum packing_name name;
	enum packing_kind kind;
	const char *text; /* "gz" */
};

/* NULL: they are not packed.  Web archives, of which each record is packed by itself,
 * are gz here too: theirs is another reader (warc.h). */
const struct packing *packing_of(struct slice prefix);

/* How much of name stands when a layer is taken off, and what follows then:
 * "a.jsonl.gz" → 7 and "", "b.tgz" → 1 and ".tar". */
size_t packing_bare_name(const char *name, const char **then);

#endif
