#!/bin/sh
# exports.sh — does the library give the world its ns_ names and no others?
#
#     tests/exports.sh LIBRARY.so LIBRARY.a [HEADER]
#
# Every global symbol that either library defines must be one that the header
# declares with NS_API, and every one that it declares must be defined.
set -eu

so=$1 archive=$2
header=${3:-$(dirname "$0")/../include/nsindex.h}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export LC_ALL=C

defined() { # FILE: its defined global symbols; of a .so the dynamic ones
	case $1 in
	*.so*) nm -D --defined-only "$1" ;;
	*) nm -g --defined-only "$1" ;;
	esac | awk 'NF == 3 && $2 ~ /^[A-Zuvwi]$/ && $2 != "U" { print $3 }' |
		sed 's/@.*//' | sort -u
}

tr '\n' ' ' < "$header" | grep -o 'NS_API [^;(]*(' |
	grep -o 'ns_[a-z0-9_]*(' | tr -d '(' | sort -u > "$scratch/declared"
[ -s "$scratch/declared" ] || { echo "$header declares nothing"; exit 1; }

same() { # FILE
	defined "$1" > "$scratch/defined"
	if ! diff "$scratch/declared" "$scratch/defined" > "$scratch/diff"; then
		echo "$1: not the symbols of $header (< missing, > too many):"
		cat "$scratch/diff"
		return 1
	fi
}

same "$so"
same "$archive"

# The script must see a name too many, in both.
echo 'int leaked_name; int leaked_call(void) { return leaked_name; }' \
	> "$scratch/leak.c"
${CC:-cc} -fPIC -c "$scratch/leak.c" -o "$scratch/leak.o"
${CC:-cc} -shared "$scratch/leak.o" -o "$scratch/leak.so"
cp "$archive" "$scratch/leak.a"
ar r "$scratch/leak.a" "$scratch/leak.o" 2> /dev/null
for planted in "$scratch/leak.so" "$scratch/leak.a"; do
	if same "$planted" > /dev/null; then
		echo "exports.sh: a leaked name was not seen in $planted"
		exit 1
	fi
done
echo "exports: $(wc -l < "$scratch/declared") names, ns_* alone"
