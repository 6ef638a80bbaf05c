#!/usr/bin/env bash
# formats.sh — is every file of the collections of real formats accounted for?
#
#     NS_CORPORA=DIR formats.sh BIN [--update]
#
# Builds an index of each folder below: DIR/formats/FORM/SET and the raw forms of
# two collections.  Each file in it must be the place of an article or of a line in
# the log of what was skipped; what came of it must be what tests/formats.table
# says, a row for each folder: files, articles taken in, of them found again, then
# how many things were refused and passed over for which reasons.  --update writes
# that table anew.
set -eu
bin=$(realpath "$1") update=${2:-}
table=$(realpath "$(dirname "$0")")/formats.table
corpora=${NS_CORPORA:-}
if [ -z "$corpora" ] || [ ! -d "$corpora/formats" ]; then
	echo "formats: skipped (no formats in NS_CORPORA)"
	exit 0
fi
corpora=$(realpath "$corpora")
work=$(mktemp -d "${TMPDIR:-/tmp}/ns-formats-XXXXXX")
trap 'rm -rf "$work"' EXIT
cd "$work"

field() { sed -n "s/.*\"$1\":\([0-9]*\).*/\1/p" report; }

# KIND: "3 bad JSON, 1 no text", the most frequent first
reasons() {
	awk -F '\t' -v kind="$1" '$1 == kind { sub(/:.*/, "", $3); n[$3]++ }
		END { for (r in n) print n[r] " " r }' log |
		LC_ALL=C sort -k1,1nr -k2 | paste -sd, | sed 's/,/, /g; s/^$/-/'
}

# Each file must be named by an article or by the log.
account() { # FOLDER
	# (a preview shows the files of articles as headings)
	"$bin/nsindex" build --preview "$1" 2>/dev/null | grep -v '^  ' |
		sed '/^$/d' > named || :
	(cd "$1" && find . -type f ! -name '.*' ! -path '*/.*' | sed 's/^..//') |
		LC_ALL=C sort > files
	cut -f2 log | sed "s|^$1/||" >> named
	awk 'NR == FNR {
		name = $0
		seen[name] = 1
		# a place in it, a member of it
		if (sub(/:[0-9]+$/, "", name)) seen[name] = 1
		while (sub(/\/[^\/]*$/, "", name)) seen[name] = 1
		next
	} !($0 in seen)' named files > lost
	[ ! -s lost ] || { echo "formats: nothing is said of $(wc -l < lost)" \
		"files of $1, such as $(head -1 lost)" >&2; exit 1; }
}

row() { # FOLDER
	rm -rf index
	code=0
	"$bin/nsindex" build -i index --store=no --json --skipped-log=log \
		"$corpora/$1" > report 2> err || code=$?
	[ "$code" -le 1 ] || grep -q 'no article was found' err ||
		{ cat err >&2; exit 1; }
	printf '%s\n  %s files, %s articles, %s found again\n' "$1" \
		"$(find "$corpora/$1" -type f | wc -l)" \
		"$(field indexed | grep . || echo 0)" \
		"$(field replaced | grep . || echo 0)"
	printf '  refused      %s\n  passed over  %s\n' \
		"$(reasons refused)" "$(reasons "passed over")"
	account "$corpora/$1"
}

for folder in "$corpora"/formats/*/* "$corpora/reuters21578/raw" \
		"$corpora/20news/raw"; do
	[ -d "$folder" ] || continue
	row "${folder#"$corpora"/}"
done > now
for file in "$corpora"/formats/{mbox,sgml}; do
	[ ! -d "$file" ] || row "${file#"$corpora"/}"
done >> now
if [ "$update" = --update ]; then
	cp now "$table"
fi
diff "$table" now || { echo "formats: other than $table"; exit 1; }
echo "formats: $(grep -c '^[^ ]' now) folders, every file accounted for"
