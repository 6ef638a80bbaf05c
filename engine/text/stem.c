#include "text/stem.h"

#include <libstemmer.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

enum { PLACES = 16384, SHORT = 23 };

/* 48 bytes.  len 0: free. */
struct place {
	uint8_t len, stem_len;
	uint8_t form[SHORT], stem[SHORT];
};

struct stem {
	struct sb_stemmer *stemmer;
	struct place *places;
};

static const struct { const char *name, *code; } languages[] = {
	{"arabic", "ar"}, {"armenian", "hy"}, {"basque", "eu"},
	{"catalan", "ca"}, {"danish", "da"}, {"dutch", "nl"},
	{"english", "en"}, {"finnish", "fi"}, {"french", "fr"},
	{"german", "de"}, {"greek", "el"}, {"hindi", "hi"},
	{"hungarian", "hu"}, {"indonesian", "id"}, {"irish", "ga"},
	{"italian", "it"}, {"lithuanian", "lt"}, {"nepali", "ne"},
	{"norwegian", "no"}, {"porter", "porter"}, {"portuguese", "pt"},
	{"romanian", "ro"}, {"russian", "ru"}, {"serbian", "sr"},
	{"spanish", "es"}, {"swedish", "sv"}, {"tamil", "ta"},
	{"turkish", "tr"}, {"yiddish", "yi"},
};

const char *stem_language(const char *name)
{
	for (size_t i = 0; i < ARRAY_LEN(languages); i++)
		if (!strcmp(name, languages[i].name) ||
		    !strcmp(name, languages[i].code))
			return languages[i].name;
	return NULL;
}

void stem_languages(struct buffer *out)
{
	for (size_t i = 0; i < ARRAY_LEN(languages); i++) {
		buffer_text(out, i ? ", " : "");
		buffer_text(out, languages[i].name);
	}
}

int stem_open(struct stem **out, const char *algorithm, struct ns_error *err)
{
	*out = mem_zero(1, sizeof **out);
	if (!*out)
		return err_nomem(err);
	(*out)->places = mem_zero(PLACES, sizeof *(*out)->places);
	(*out)->stemmer = sb_stemmer_new(algorithm, "UTF_8");
	if ((*out)->places && (*out)->stemmer)
		return NS_OK;
	int status = !(*out)->places ? err_nomem(err)
		: err_set(err, NS_E_USAGE, "no stemmer for \"%s\"", algorithm);
	stem_free(*out);
	*out = NULL;
	return status;
}

void stem_free(struct stem *stem)
{
	if (!stem)
		return;
	sb_stemmer_delete(stem->stemmer);
	mem_free(stem->places);
	mem_free(stem);
}

static struct slice stem_anew(struct stem *stem, struct slice form)
{
	const sb_symbol *bytes = sb_stemmer_stem(stem->stemmer, form.data,
	                                         (int)form.len);
	if (!bytes)
		return slice_of(NULL, 0);
	int n = sb_stemmer_length(stem->stemmer);
	/* a stem of nothing would be no term */
	return n > 0 ? slice_of(bytes, (size_t)n) : form;
}

struct slice stem_word(struct stem *stem, struct slice form)
{
	if (form.len > SHORT)
		return stem_anew(stem, form);
	struct place *place =
		&stem->places[XXH3_64bits(form.data, form.len) % PLACES];
	if (place->len == form.len &&
	    bytes_equal(place->form, form.data, form.len))
		return slice_of(place->stem, place->stem_len);
	struct slice result = stem_anew(stem, form);
	if (!result.data || result.len > SHORT)
		return result;
	place->len = (uint8_t)form.len;
	place->stem_len = (uint8_t)result.len;
	memcpy(place->form, form.data, form.len);
	memcpy(place->stem, result.data, result.len);
	return slice_of(place->stem, place->stem_len);
}
