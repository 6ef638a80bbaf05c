#!/bin/sh
# peers.sh — which articles and queries are the engines compared on?
#
#     peers.sh NSPEERS CORPORA OUT ROUNDS [SET]...
#
# CORPORA has a folder for each collection with its docs.jsonl, packs/ and the
# queries of the search benchmark game (queries/sbg/queries.txt: JSON lines of
# {"query", "tags"}).  Sets: news (newswire, Usenet, BBC, Wikinews: lengths of
# news) and mixed (short documents of many kinds).  The word lists are the
# distinct queries without their operators, those with an exclusion left out;
# nspeers asks each as AND, OR and phrase.
set -eu

[ $# -ge 4 ] || { echo "usage: $0 NSPEERS CORPORA OUT ROUNDS [SET]..." >&2
	exit 2; }
nspeers=$1 corpora=$2 out=$3 rounds=$4
shift 4
[ $# -gt 0 ] || set -- news mixed
[ -f "$corpora/queries/sbg/queries.txt" ] || {
	echo "peers.sh: no queries/sbg/queries.txt in \"$corpora\"" >&2
	exit 2
}

rm -rf "$out"
mkdir -p "$out"
sed -n 's/^{"query": "\(.*\)", "tags.*/\1/p' \
	"$corpora/queries/sbg/queries.txt" | tr -d '+"\\' |
	grep '^[a-z0-9][a-z0-9]* [a-z0-9 ]*$' | LC_ALL=C sort -u >"$out/queries"

for set; do
	case $set in
	news) files='reuters21578/docs.jsonl 20news/docs.jsonl bbc/docs.jsonl
		wikinews/docs.jsonl' ;;
	mixed) files=packs/mixed-sample.jsonl ;;
	*) echo "peers.sh: no set \"$set\"; there are news and mixed" >&2
		exit 2 ;;
	esac
	paths=
	for file in $files; do
		paths="$paths $corpora/$file"
	done
	echo "---- $set ----"
	echo
	# shellcheck disable=SC2086 # a list of paths without blanks
	"$nspeers" --rounds="$rounds" "$out/$set" "$out/queries" $paths
	echo
done
