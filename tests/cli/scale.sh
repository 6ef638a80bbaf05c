#!/bin/sh
# scale.sh — does a large build keep to its memory, and make the same index?
#
#     tests/cli/scale.sh BIN PEAK small|large
#
# A collection of nsbench grow is built within several ceilings of memory and by
# one thread and two: every file of the index must be the same, the peak of
# memory, as the system counts it (PEAK, tests/peak.c), a twenty-fourth less than what
# was allowed at most, and what the report says of it true.  The same in the order bp,
# within the least memory that it may have.  Then articles that were made to burst a
# budget are built within the smallest ceiling, added and merged.
#
#     small   48 MiB within 128M and 4G
#     large   1 GiB within 256M and 4G, and a file of 400 MiB within 128M
#
# Of 1 GiB the build that may take 4G is made by two threads alone, and an index is
# checked where its bytes are not those of one that was: 4 builds of 5 and a check of
# 5 are left.
#
# In NS_CORPORA the collection is grown out of the newspapers there; without, out
# of articles made up.  A ceiling that is never reached tests nothing: the build
# that may take 4G must take more than the smallest ceiling.
set -u
[ $# = 3 ] || { echo "usage: $0 BIN PEAK small|large" >&2; exit 2; }
# a gigabyte, its index and what waits in files; 2 GiB of memory within 4G
kind=$3
room=$(df -Pk "${TMPDIR:-/tmp}" | awk 'NR == 2 {print int($4 / 1024)}')
memory=$(awk '/^MemAvailable/ {print int($2 / 1024)}' /proc/meminfo)
if [ "$kind" = large ] && { [ "$room" -lt 6000 ] || [ "$memory" -lt 3000 ]; }; then
	echo "scale: $room MiB of disk and $memory of memory: the small one instead"
	kind=small
fi
case $kind in
small) size=48M memories=128M ample='1 2' ordered='192M 4G' hostile_threads=2 ;;
large) size=1G memories=256M ample=2 ordered=256M hostile_threads='1 2' ;;
*) echo "scale.sh: there are small and large" >&2; exit 2 ;;
esac
bin=$(cd "$1" && pwd)
peak=$(cd "$(dirname "$2")" && pwd)/$(basename "$2")
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
trap 'exit 1' INT TERM
cd "$scratch" || exit 1
export LC_ALL=C
failed=0 order=input

fail() { failed=$((failed + 1)); echo "scale.sh: $shape: $1"; }

# a number of the report that nsindex --json printed
field() { sed 's/.*[{,]"'"$1"'":\([0-9.]*\)[,}].*/\1/' report; }
bytes_of() { # 128M
	case $1 in
	*G) echo $((${1%G} * 1073741824)) ;;
	*M) echo $((${1%M} * 1048576)) ;;
	esac
}

# SHAPE MEMORY VERB…: runs nsindex and looks at what it held
run() {
	shape=$1 ceiling=$2
	shift 2
	"$peak" held "$bin/nsindex" "$@" --memory="$ceiling" > report 2> said
	code=$?
	[ $code = 0 ] || { fail "exit code $code: $(head -1 said)"; return 1; }
	held=$(cat held)
	[ "$held" -le $(($(bytes_of "$ceiling") / 24 * 23)) ] ||
		fail "held $held bytes"
}

# the same, of a verb that reports
tell() {
	run "$@" --json || return 1
	told=$(field peak_memory)
	[ "$held" -ge "$told" ] && [ $((held - told)) -le 1048576 ] ||
		fail "held $held bytes and told of $told"
	echo "scale: $shape: $((held / 1048576)) MiB, $(field seconds) s"
}

# SHAPE MEMORY THREADS FILE: builds index/ and looks at all but its bytes
build() {
	rm -rf index
	tell "$1 ($order) within $2 by $3" "$2" build -i index --threads="$3" \
		--order=$order "$4"
}

check() {
	"$bin/nsindex" check -i index > checked 2>&1 ||
		fail "the index is unsound: $(head -1 checked)"
}

# the files of the index by name and content; the lock has the writer's number
sum() { (cd index && sha256sum commit-* seg-*) 2>&1; }

# NAME MEMORIES THREADS: builds NAME.jsonl within each by so many
compare() {
	rm -f wanted
	compare_more "$@"
}

# the same beside what was built
compare_more() {
	for memory in $2; do
		for threads in $3; do
			build "$1" $memory $threads "$1.jsonl" || continue
			sum > got
			[ -f wanted ] || { check; cp got wanted; }
			cmp -s got wanted || fail "the index is another"
		done
	done
}

# NAME ARTICLES REPLACED: what the last build must have seen and replaced
saw() {
	[ "$(field articles)" = "$1" ] && [ "$(field replaced)" = "$2" ] ||
		fail "saw $(field articles) articles, $(field replaced) replaced"
}

# ---- a large collection -------------------------------------------------------
files=
for name in reuters21578 20news bbc wikinews; do
	file=${NS_CORPORA:-/nowhere}/$name/docs.jsonl
	[ ! -f "$file" ] || files="$files $file"
done
# shellcheck disable=SC2086 # a list of paths without blanks
"$bin/nsbench" grow --bytes=$size $files > grown.jsonl 2> said ||
	{ cat said; exit 1; }
compare grown $memories '1 2'
compare_more grown 4G "$ample"
[ "$(field indexed)" = "$(wc -l < grown.jsonl)" ] || fail "articles are missing"
[ -f held ] && [ "$(cat held)" -gt "$(bytes_of $memories)" ] ||
	fail "the smallest ceiling was never near"
order=bp
compare grown "$ordered" '2'
order=input
rm -f grown.jsonl

# ---- articles that burst budgets ----------------------------------------------
hostile() { # NAME ARTICLES REPLACED: builds NAME.jsonl
	compare "$1" 128M "$hostile_threads"
	saw "$2" "$3"
	rm -f "$1.jsonl"
}

# 16 MiB with what is kept beside the text: its place, the name of its file
awk 'BEGIN {
	for (words = "rain "; length(words) < 16777216;)
		words = words words
	print "{\"body\":\"" substr(words, 1, 16777216 - 100) "\"}"
}' > one-word.jsonl
hostile one-word 1 0

# 16 MB, each word once, in no order
awk 'BEGIN {
	printf "{\"body\":\""
	for (i = 0; i < 2000000; i++)
		printf "w%06x ", i * 2654435761 % 16777216
	print "\"}"
}' > distinct-words.jsonl
hostile distinct-words 1 0

awk 'BEGIN {
	for (i = 0; i < 1000000; i++)
		printf "%s%06x%s", i % 100 ? " w" : "{\"body\":\"w",
		       i * 2654435761 % 16777216, i % 100 == 99 ? "\"}\n" : ""
}' > new-words.jsonl
hostile new-words 10000 0

awk 'BEGIN {
	for (i = 0; i < 300000; i++)
		printf "{\"id\":\"same\",\"body\":\"version %d of it\"}\n", i
}' > same-id.jsonl
hostile same-id 300000 299999

if [ "$kind" = large ]; then
	"$bin/nsbench" grow --bytes=400M > file.jsonl 2> said
	hostile file "$(wc -l < file.jsonl)" 0
fi

# ---- many articles ------------------------------------------------------------
# FIRST COUNT: titles, a quarter of which are copies, as are those of another FIRST
titles() {
	awk -v first="$1" -v n="$2" 'BEGIN {
		for (i = 0; i < n; i++) {
			word = (i % 4 ? i : int(i / 8)) * 2654435761 % 16777216
			printf "{\"id\":\"%d\",\"title\":\"no %06x of %06x\"}\n",
			       first + i, word, word * 7919 % 1048576
		}
	}'
}

titles 0 700000 > tiny.jsonl
hostile tiny 700000 0
titles 700000 100000 > more.jsonl
tell "100000 added to 700000 within 128M" 128M add -i index --threads=2 more.jsonl
rm -f more.jsonl
if [ "$kind" = large ]; then
	run "800000 merged within 128M" 128M merge --all -i index --threads=2 &&
		echo "scale: $shape: $((held / 1048576)) MiB"
fi
check

[ $failed = 0 ] || { echo "scale: $failed faults"; exit 1; }
echo "scale: ceilings kept, the same index within all of them"
