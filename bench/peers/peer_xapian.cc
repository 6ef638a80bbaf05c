/* peer_xapian.cc — how is Xapian built and asked for speed?
 *
 * Build: TermGenerator with the English stemmer on all words, positions kept.
 * No termlist table (it serves query expansion and deletion only), no fsync and
 * no second copy of changed blocks (a build that breaks is begun anew); then
 * compacted as far as it goes, which the manual recommends for a database that
 * is only read (multipass is for merging several).  It flushes after 10,000
 * articles, its default: all 43,000 articles of news in one flush took three
 * times the memory (658 MB for 214) and 31 s of CPU where 25 do.
 *
 * Asking: queries are made from stems beforehand, without the query parser,
 * which is in its favour; one Enquire serves all.  A count needs no weights
 * (BoolWeight) and is made exact by asking that every document be checked.
 */
#include <cstdio>
#include <filesystem>
#include <string>
#include <vector>

#include <xapian.h>

#include "bench/peers/peers.h"

namespace {

void tell(const std::string &what)
{
	std::fprintf(stderr, "nspeers: xapian: %s\n", what.c_str());
}

/* What C calls must not throw: the result of work, or other after telling. */
template <class Result, class Work>
Result guarded(Result other, Work work)
{
	try {
		return work();
	} catch (const Xapian::Error &error) {
		tell(error.get_description());
	} catch (const std::exception &error) {
		tell(error.what());
	}
	return other;
}

/* ---- build --------------------------------------------------------------- */

struct Building {
	Xapian::WritableDatabase database;
	Xapian::TermGenerator words;

	explicit Building(const std::string &path)
	: database(path, Xapian::DB_CREATE | Xapian::DB_NO_SYNC |
	           Xapian::DB_DANGEROUS | Xapian::DB_NO_TERMLIST)
	{
		words.set_stemmer(Xapian::Stem("english"));
		words.set_stemming_strategy(Xapian::TermGenerator::STEM_ALL);
	}
};

bool take(void *context, const struct peer_article *article)
{
	return guarded(false, [&] {
		auto building = static_cast<Building *>(context);
		Xapian::Document document;
		building->words.set_document(document);
		building->words.set_termpos(0);
		building->words.index_text(
			Xapian::Utf8Iterator(article->text.data,
			                     article->text.size));
		building->database.add_document(document);
		return true;
	});
}

bool build(const char *dir, char **paths)
{
	return guarded(false, [&] {
		const std::string index = std::string(dir) + "/index";
		const std::string raw = std::string(dir) + "/raw";
		{
			Building building(raw);
			if (!peer_read(paths, take, &building))
				return false;
			building.database.commit();
		}
		Xapian::Database(raw).compact(index,
		                              Xapian::Compactor::FULLER);
		std::filesystem::remove_all(raw);
		return true;
	});
}

/* ---- asking -------------------------------------------------------------- */

struct Index {
	Xapian::Database database;
	Xapian::doccount documents;
	Xapian::Enquire ranked, counted;

	explicit Index(const std::string &path)
	: database(path), documents(database.get_doccount()),
	  ranked(database), counted(database)
	{
		/* k1, k2, k3, b and a shortest length, by default 0.5 */
		ranked.set_weighting_scheme(
			Xapian::BM25Weight(1.2, 0, 1, 0.75, 0.5));
		counted.set_weighting_scheme(Xapian::BoolWeight());
		counted.set_docid_order(Xapian::Enquire::DONT_CARE);
	}
};

void *open_index(const char *dir)
{
	return guarded<void *>(nullptr, [&]() -> void * {
		return new Index(std::string(dir) + "/index");
	});
}

void close_index(void *index)
{
	delete static_cast<Index *>(index);
}

void *prepare(enum peer_class class_of, struct peer_words words)
{
	return guarded<void *>(nullptr, [&]() -> void * {
		const Xapian::Stem stem("english");
		std::vector<std::string> stems;
		for (size_t i = 0; i < words.n; i++)
			stems.push_back(stem(words.words[i]));
		auto op = class_of == PEER_AND ? Xapian::Query::OP_AND
		        : class_of == PEER_OR ? Xapian::Query::OP_OR
		        : Xapian::Query::OP_PHRASE;
		return new Xapian::Query(op, stems.begin(), stems.end());
	});
}

void discard(void *query)
{
	delete static_cast<Xapian::Query *>(query);
}

bool ask(void *context, const void *query, struct peer_wish wish,
         struct peer_answer *out)
{
	return guarded(false, [&] {
		auto index = static_cast<Index *>(context);
		auto &enquire = wish.limit ? index->ranked : index->counted;
		enquire.set_query(*static_cast<const Xapian::Query *>(query));
		const Xapian::MSet found = enquire.get_mset(
			0, wish.limit, wish.count ? index->documents : 0);
		out->n = 0;
		for (auto i = found.begin(); i != found.end(); ++i) {
			out->docs[out->n] = *i;
			out->scores[out->n++] = i.get_weight();
		}
		out->matches = found.get_matches_estimated();
		return true;
	});
}

const char *version()
{
	return Xapian::version_string();
}

}

extern "C" const struct peer peer_xapian = {
	"xapian", version, build, open_index, close_index, prepare, discard,
	ask,
};
