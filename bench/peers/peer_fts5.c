/* peer_fts5.c — how is SQLite's FTS5 built and asked for speed?
 *
 * Build: a contentless table (content='': no text kept) with positions
 * (detail=full), one transaction, no journal and no fsync, because a build that
 * breaks is begun anew; no merging on the way (automerge 0, which saves 0.5 of
 * 3.8 s of CPU on 43,000 articles of news); then 'optimize' (one segment) and
 * VACUUM (no free pages).  Larger pages (pgsz 32000) and a larger table of words
 * in memory (hashsize 64 MB) saved nothing more.
 *
 * Asking: the file is immutable (no locks), mapped, and inside one transaction;
 * statements are prepared once.  ORDER BY rank LIMIT k is the form that the
 * manual calls faster than ORDER BY bm25().  FTS5 has no top k with a count:
 * that is two statements, of which the count is the small part.  k1 1.2 and b
 * 0.75 are fixed in FTS5.
 */
#include <stdio.h>
#include <stdlib.h>

#include "bench/peers/fts5_english.h"
#include "bench/peers/peers.h"

static bool tell(sqlite3 *db, int code)
{
	if (code == SQLITE_OK)
		return true;
	fprintf(stderr, "nspeers: fts5: %s\n",
	        db ? sqlite3_errmsg(db) : sqlite3_errstr(code));
	return false;
}

static bool run(sqlite3 *db, const char *sql)
{
	return tell(db, sqlite3_exec(db, sql, NULL, NULL, NULL));
}

static bool open_file(sqlite3 **db, const char *dir, bool build)
{
	char name[4096];
	snprintf(name, sizeof name, "file:%s/fts5.db%s", dir,
	         build ? "" : "?immutable=1");
	int flags = build ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
	                  : SQLITE_OPEN_READONLY;
	flags |= SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX;
	int code = sqlite3_open_v2(name, db, flags, NULL);
	return tell(*db, code) && tell(*db, fts5_english_register(*db));
}

static bool make(sqlite3 *db, const char *sql, sqlite3_stmt **out)
{
	return tell(db, sqlite3_prepare_v2(db, sql, -1, out, NULL));
}

/* ---- build --------------------------------------------------------------- */

struct building {
	sqlite3 *db;
	sqlite3_stmt *insert;
};

static bool take(void *context, const struct peer_article *article)
{
	struct building *building = context;
	sqlite3_stmt *insert = building->insert;
	sqlite3_bind_int64(insert, 1, (sqlite3_int64)article->number);
	sqlite3_bind_text(insert, 2, article->text.data,
	                  (int)article->text.size, SQLITE_STATIC);
	int code = sqlite3_step(insert);
	sqlite3_reset(insert);
	return code == SQLITE_DONE || tell(building->db, code);
}

static bool fill(struct building *building, char **paths)
{
	static const char start[] =
		"PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;"
		"PRAGMA locking_mode=EXCLUSIVE; PRAGMA cache_size=-262144;"
		"CREATE VIRTUAL TABLE a USING fts5(text, content='',"
		" detail=full, tokenize='english');"
		"INSERT INTO a(a, rank) VALUES('automerge', 0);"
		"INSERT INTO a(a, rank) VALUES('crisismerge', 1999);"
		"BEGIN";
	static const char insert[] =
		"INSERT INTO a(rowid, text) VALUES(?1, ?2)";
	bool done = run(building->db, start) &&
	            make(building->db, insert, &building->insert) &&
	            peer_read(paths, take, building);
	sqlite3_finalize(building->insert);
	return done && run(building->db, "INSERT INTO a(a) VALUES('optimize');"
	                   "COMMIT; VACUUM");
}

static bool build(const char *dir, char **paths)
{
	struct building building = {0};
	bool done = open_file(&building.db, dir, true) &&
	            fill(&building, paths);
	return tell(NULL, sqlite3_close(building.db)) && done;
}

/* ---- asking -------------------------------------------------------------- */

struct fts5 {
	sqlite3 *db;
	sqlite3_stmt *top, *count;
};

static void close_index(void *index)
{
	struct fts5 *fts5 = index;
	sqlite3_finalize(fts5->top);
	sqlite3_finalize(fts5->count);
	sqlite3_close(fts5->db);
	free(fts5);
}

static void *open_index(const char *dir)
{
	static const char top[] = "SELECT rowid, rank FROM a WHERE a MATCH ?1 "
	                          "ORDER BY rank LIMIT ?2";
	static const char count[] = "SELECT count(*) FROM a WHERE a MATCH ?1";
	struct fts5 *fts5 = peer_memory(1, sizeof *fts5);
	if (open_file(&fts5->db, dir, false) &&
	    run(fts5->db, "PRAGMA mmap_size=4294967296;"
	        "PRAGMA cache_size=-1048576; PRAGMA temp_store=MEMORY;"
	        "BEGIN") &&
	    make(fts5->db, top, &fts5->top) &&
	    make(fts5->db, count, &fts5->count))
		return fts5;
	close_index(fts5);
	return NULL;
}

static void *prepare(enum peer_class class_of, struct peer_words words)
{
	switch (class_of) {
	case PEER_AND:
		return peer_join(words, "\"", "\" AND \"", "\"");
	case PEER_PHRASE:
		return peer_join(words, "\"", " ", "\"");
	default:
		return peer_join(words, "\"", "\" OR \"", "\"");
	}
}

static int top(struct fts5 *fts5, const char *query, uint32_t limit,
               struct peer_answer *out)
{
	int code;
	sqlite3_bind_text(fts5->top, 1, query, -1, SQLITE_STATIC);
	sqlite3_bind_int64(fts5->top, 2, limit);
	while ((code = sqlite3_step(fts5->top)) == SQLITE_ROW) {
		out->docs[out->n] = (uint64_t)sqlite3_column_int64(fts5->top,
		                                                   0);
		out->scores[out->n++] = -sqlite3_column_double(fts5->top, 1);
	}
	sqlite3_reset(fts5->top);
	return code == SQLITE_DONE ? SQLITE_OK : code;
}

static int count(struct fts5 *fts5, const char *query, struct peer_answer *out)
{
	sqlite3_bind_text(fts5->count, 1, query, -1, SQLITE_STATIC);
	int code = sqlite3_step(fts5->count);
	if (code == SQLITE_ROW)
		out->matches = (uint64_t)sqlite3_column_int64(fts5->count, 0);
	sqlite3_reset(fts5->count);
	return code == SQLITE_ROW ? SQLITE_OK : code;
}

static bool ask(void *index, const void *query, struct peer_wish wish,
                struct peer_answer *out)
{
	struct fts5 *fts5 = index;
	int code = SQLITE_OK;
	out->n = 0;
	if (wish.limit)
		code = top(fts5, query, wish.limit, out);
	if (code == SQLITE_OK && wish.count)
		code = count(fts5, query, out);
	return tell(fts5->db, code);
}

const struct peer peer_fts5 = {
	.name = "fts5", .version = sqlite3_libversion, .build = build,
	.open = open_index, .close = close_index,
	.prepare = prepare, .discard = free, .ask = ask,
};
