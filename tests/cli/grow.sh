#!/bin/sh
# grow.sh — is what nsbench grow writes a collection as grow.h says?
#
#     tests/cli/grow.sh BIN
#
# The same bytes for the same seed, by a checksum that was once taken; the first
# copy as it was, ids that differ, 3 words in 100 changed, half of them new and
# never twice; every line an article that nsindex takes without repairs.
set -eu
bin=$(cd "$1" && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cd "$scratch"
export LC_ALL=C

fail() { echo "grow.sh: $1" >&2; exit 1; }
grow() { "$bin/nsbench" grow "$@" 2> said; }
refused() { # WHAT: what the lines on stdin, given as a file, must be refused for
	cat > bad
	! grow --bytes=1K bad > bad.out || fail "\"$1\" was not refused"
	grep -q "$1" said || fail "\"$1\" was not said: $(cat said)"
}

# ---- the same everywhere ------------------------------------------------------
grow --bytes=2M --seed=7 > base
[ "$(cksum < base)" = "4011029401 2213012" ] ||
	fail "articles made up have other bytes: $(cksum < base)"
grow --bytes=16M --seed=7 base > a
grow --bytes=16M --seed=7 base > b
cmp -s a b || fail "one seed gave two collections"
[ "$(cksum < a)" = "3779186934 17680901" ] || fail "copies have other bytes: $(cksum < a)"
grow --bytes=16M --seed=8 base > b
! cmp -s a b || fail "two seeds gave one collection"

# ---- copies ---------------------------------------------------------------------
n=$(wc -l < base)
head -n "$n" a | cmp -s - base || fail "the first copy is not what was given"
sed 's/.*"id":"\([^"]*\)".*/\1/' a | sort | uniq -d > twice
[ ! -s twice ] || fail "an id occurs twice: $(head -1 twice)"
grep -o '[a-z]*q' a | sort > new
uniq -d new > twice
[ ! -s twice ] || fail "a new word occurs twice: $(head -1 twice)"
awk -v n="$n" -v new="$(wc -l < new)" '
{
	sub(/.*"body":"/, "")
	sub(/".*/, "")
	if (NR <= n) {
		given[NR] = $0
		next
	}
	fields = split(given[(NR - 1) % n + 1], words, " ")
	if (fields != NF)
		exit 1
	for (i = 1; i <= NF; i++)
		changed += $i != words[i]
	all += NF
}
END { exit !(all && changed > .028 * all && changed < .031 * all &&
             new > .014 * all && new < .016 * all) }' a ||
	fail "not 3 words in 100 were changed, or not half of them are new"

# ---- what JSON can hold -----------------------------------------------------------
cat > odd <<'END'
{"body":"Caf\u00e9s \"here\"\n\u0001\u2028 and C:\\new\\table or 6\/7.", "id": 12, "x":{"id":"q","body":[1.50,null,true]}}
 { "id" : "b\"\\" , "title":"only" }
{"id":"c","title":"marks","body":"\n\t\"\\n ... \u0001 --","body_size":1}
{"id":"d","body":""}
END
grow --bytes=1M odd > a
grep -q "left out 1 without" said || fail "an article of nothing was not told"
[ "$(sed -n 1p a)" = '{"body":"Cafés \"here\"\n\u0001'"$(printf '\342\200\250')"' and C:\\new\\table or 6/7.","id":"12","x":{"id":"q","body":[1.50,null,true]}}' ] ||
	fail "the first copy is not what was given: $(sed -n 1p a)"
grep -c 'x":{"id":"q","body":\[1.50,null,true\]}}$' a > kept
[ "$(cat kept)" = "$(grep -c '"id":"12' a)" ] || fail "other fields changed"
[ "$(sed -n '6{s/c-1/c/;p}' a)" = "$(sed -n 3p a)" ] ||
	fail "marks without a word changed"
"$bin/nsindex" build -i index --json a > report 2> said ||
	fail "articles were refused: $(cat said)"
grep -q "\"articles\":$(wc -l < a),.*\"replaced\":0,\"duplicates\":0,\"refused\":0,.*\"repaired\":0," report ||
	fail "not every line is an article: $(cat report)"
size=$(sed 's/.*"bytes_body":\([0-9]*\),.*/\1/' report)
[ "$size" -ge 1048576 ] && [ "$size" -lt 1048676 ] || fail "$size bytes of bodies"

# ---- what is no collection --------------------------------------------------------
echo '{"id":"a","body":"b"' | refused 'bad:1: is no article'
printf '{"id":"a","body":"b"}\n{"body":"b"}\n' | refused 'bad:2: is no article'
printf '{"id":"a","body":"\377"}\n' | refused 'bad:1: is no article'
printf '%s\n' '{"id":"a","body":"\udc00"}' | refused 'bad:1: is no article'
printf '{"id":"a","body":"b"}\n{"id":"a","body":"c"}\n' | refused 'the id "a"'
printf '{"id":"a-12","body":"b"}\n{"id":"a","body":"c"}\n' | refused 'id "a-12"'
echo '{"id":"a","title":"b"}' | refused 'no body to copy'
! grow nowhere > a || fail "a file that is not there was read"
echo "grow: the same bytes for a seed, ids and new words that differ"
