/* fts5_english.h — how does FTS5 get the terms that the others have?
 *
 * FTS5's own "porter" is the first Porter stemmer, whose stems are not those of
 * Snowball's English.  Its manual's way is a tokenizer of one's own: "english"
 * here is unicode61 (diacritics kept, as the others keep them) with each word
 * stemmed by libstemmer.
 */
#ifndef NS_BENCH_PEERS_FTS5_ENGLISH_H
#define NS_BENCH_PEERS_FTS5_ENGLISH_H

#include <sqlite3.h>

/* Makes tokenize='english' known to db.  A code of SQLite. */
int fts5_english_register(sqlite3 *db);

#endif
