#!/bin/sh
# links.sh — is everything there that the pages speak of?
#
#     tests/links.sh [ROOT]
#
# Each word in `backquotes` that looks like a path of this tree, and each target
# of a [link](…), in README.md, engine/README.md and engine/FORMAT.md must exist,
# from the root or from the page's folder.  Looks like a path: has a slash or one
# of our file endings, and no blank, wildcard, variable or dots; what is made by
# the build (build/…) or belongs to an index does not count.
set -eu

paths_of() { # FILE: the paths that it names
	awk '
	/^```/ { code = !code; next }
	code { next }
	{
		line = $0
		while (match(line, /`[^`]+`/)) {
			print "word " substr(line, RSTART + 1, RLENGTH - 2)
			line = substr(line, RSTART + RLENGTH)
		}
		line = $0
		while (match(line, /\]\([^)]+\)/)) {
			print "link " substr(line, RSTART + 2, RLENGTH - 3)
			line = substr(line, RSTART + RLENGTH)
		}
	}' "$1" | while read -r kind path; do
		case $path in
		*://* | '#'* | mailto:* | /* | build/* | '$'* | *[\ \*\<\>\{\}\$…\|=\(\)\"]*)
			continue ;;
		esac
		path=${path%%#*}
		case $kind:$path in
		link:* | word:*.[ch] | word:*.sh | word:*.md | word:*.txt) ;;
		word:engine/* | word:tests/* | word:include/* | word:tools/*) ;;
		word:bench/* | word:sample/* | word:.ci/* | word:Makefile) ;;
		word:*[a-z]/) ;;
		*) continue ;;
		esac
		printf '%s\n' "$path"
	done
}

check() { # ROOT
	status=0
	for page in README.md engine/README.md engine/FORMAT.md; do
		if [ ! -f "$1/$page" ]; then
			echo "$page: is not there"
			status=1
			continue
		fi
		folder=$1/$(dirname "$page")
		for path in $(paths_of "$1/$page"); do
			[ -e "$1/$path" ] || [ -e "$folder/$path" ] || {
				echo "$page: $path is not there"
				status=1
			}
		done
	done
	return $status
}

root=${1:-$(dirname "$0")/..}
check "$root" || exit 1

copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT
mkdir "$copy/engine"
for page in README.md engine/README.md engine/FORMAT.md; do
	echo 'See `engine/README.md` and [this page](engine/FORMAT.md).' \
		> "$copy/$page"
done
check "$copy" || { echo "links.sh: finds fault with sound pages"; exit 1; }
for planted in '`engine/no_such_file.c`' '`engine/nowhere/`' \
	'[here](doc/none.md)' '`text/none.h`'; do
	echo "$planted" > "$copy/README.md"
	if check "$copy" > /dev/null; then
		echo "links.sh: $planted was not found"
		exit 1
	fi
done
echo "links: every path in the pages is there"
