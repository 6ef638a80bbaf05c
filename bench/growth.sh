#!/bin/sh
# growth.sh — what does an answer cost as the collection grows?
#
#     growth.sh BIN CORPORA OUT ROUNDS
#
# The sample of short documents (packs/mixed-sample.jsonl) is cut to a
# sixteenth and a quarter by a hash of each document's id: the same mix of
# kinds, each part within the next.  On the index of each, the queries without
# operators of the search benchmark game (queries/sbg/queries.txt) are asked
# for their top 10, three times in turn, and the smallest mean counts.  The
# exponent is the slope of log time over log documents by least squares: 1 where
# an answer costs twice as much in twice the documents, 0 where it costs the
# same.  What each query takes whatever the size, parsing and planning, pulls it
# below that of the ranker alone.
set -eu

[ $# = 4 ] || { echo "usage: $0 BIN CORPORA OUT ROUNDS" >&2; exit 2; }
bin=$1 corpora=$2 out=$3 rounds=$4
articles=$corpora/packs/mixed-sample.jsonl
queries=$corpora/queries/sbg/queries.txt
for file in "$articles" "$queries"; do
	[ -f "$file" ] || { echo "growth.sh: no file \"$file\"" >&2; exit 2; }
done

rm -rf "$out"
mkdir -p "$out"
cut() { # PARTS: prints the documents whose hash is a multiple of PARTS
	LC_ALL=C awk -v parts="$1" '
	BEGIN {
		for (i = 1; i < 256; i++)
			code[sprintf("%c", i)] = i
	}
	match($0, /"id": *"[^"]*"/) {
		hash = 0
		for (i = RSTART; i < RSTART + RLENGTH; i++)
			hash = (hash * 31 + code[substr($0, i, 1)]) % 65521
		if (hash % parts == 0)
			print
	}' "$articles"
}
for parts in 16 4 1; do
	cut $parts >"$out/$parts.jsonl"
	"$bin/nsindex" build -i "$out/$parts" "$out/$parts.jsonl" 2>"$out/log" ||
		{ cat "$out/log" >&2; exit 1; }
done

for turn in 1 2 3; do
	for parts in 16 4 1; do
		docs=$(wc -l <"$out/$parts.jsonl")
		"$bin/nsbench" lookup -i "$out/$parts" --rounds="$rounds" \
			--class=or --mode=top10 --json "$queries" |
			sed "s/.*\"mean_us\":\([0-9.]*\),.*/$docs \1/"
	done
done >"$out/times"

echo "OR, top 10, mean µs a query, best of 3 turns of $rounds rounds"
echo
LC_ALL=C awk '
!($1 in best) || $2 < best[$1] {
	if (!($1 in best))
		docs[++n] = $1
	best[$1] = $2
}
END {
	printf "%10s %10s %10s\n", "documents", "mean", "exponent"
	for (i = 1; i <= n; i++) {
		x = log(docs[i]); y = log(best[docs[i]])
		sx += x; sy += y; sxx += x * x; sxy += x * y
		step = i > 1 ? sprintf("%.2f", (y - last_y) / (x - last_x)) : ""
		printf "%10d %10.1f %10s\n", docs[i], best[docs[i]], step
		last_x = x; last_y = y
	}
	printf "%10s %10s %10.2f\n", "all", "",
	       (n * sxy - sx * sy) / (n * sxx - sx * sx)
}' "$out/times"
