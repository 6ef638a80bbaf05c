#include "bench/peers/fts5_english.h"

#include <stddef.h>

#include <libstemmer.h>

typedef int token_fn(void *context, int flags, const char *token, int size,
                     int start, int end);

struct Fts5Tokenizer {
	fts5_tokenizer inner;
	Fts5Tokenizer *words; /* unicode61 */
	struct sb_stemmer *stemmer;
	/* of the call under way */
	void *context;
	token_fn *token;
};

static void release(Fts5Tokenizer *tokenizer)
{
	if (!tokenizer)
		return;
	if (tokenizer->words)
		tokenizer->inner.xDelete(tokenizer->words);
	sb_stemmer_delete(tokenizer->stemmer);
	sqlite3_free(tokenizer);
}

static int create(void *context, const char **words, int n,
                  Fts5Tokenizer **out)
{
	(void)words, (void)n;
	const char *keep[] = {"remove_diacritics", "0"};
	fts5_api *api = context;
	void *inner_context;
	Fts5Tokenizer *made = sqlite3_malloc(sizeof *made);
	if (!made)
		return SQLITE_NOMEM;
	*made = (Fts5Tokenizer){.stemmer = sb_stemmer_new("english", NULL)};
	int code = made->stemmer ? SQLITE_OK : SQLITE_NOMEM;
	if (code == SQLITE_OK)
		code = api->xFindTokenizer(api, "unicode61", &inner_context,
		                           &made->inner);
	if (code == SQLITE_OK)
		code = made->inner.xCreate(inner_context, keep, 2,
		                           &made->words);
	if (code == SQLITE_OK)
		*out = made;
	else
		release(made);
	return code;
}

static int stem(void *context, int flags, const char *word, int size,
                int start, int end)
{
	Fts5Tokenizer *tokenizer = context;
	const sb_symbol *stem = sb_stemmer_stem(
		tokenizer->stemmer, (const sb_symbol *)word, size);
	if (!stem)
		return SQLITE_NOMEM;
	return tokenizer->token(tokenizer->context, flags, (const char *)stem,
	                        sb_stemmer_length(tokenizer->stemmer), start,
	                        end);
}

static int tokenize(Fts5Tokenizer *tokenizer, void *context, int flags,
                    const char *text, int size, token_fn *token)
{
	tokenizer->context = context;
	tokenizer->token = token;
	return tokenizer->inner.xTokenize(tokenizer->words, tokenizer, flags,
	                                  text, size, stem);
}

/* As the manual has it: the api comes through a bound pointer. */
static fts5_api *api_of(sqlite3 *db)
{
	fts5_api *api = NULL;
	sqlite3_stmt *statement = NULL;
	if (sqlite3_prepare_v2(db, "SELECT fts5(?1)", -1, &statement, NULL) ==
	    SQLITE_OK) {
		sqlite3_bind_pointer(statement, 1, &api, "fts5_api_ptr", NULL);
		sqlite3_step(statement);
	}
	sqlite3_finalize(statement);
	return api;
}

int fts5_english_register(sqlite3 *db)
{
	static fts5_tokenizer english = {create, release, tokenize};
	fts5_api *api = api_of(db);
	if (!api)
		return SQLITE_ERROR;
	return api->xCreateTokenizer(api, "english", api, &english, NULL);
}
