#!/bin/sh
# floors.sh — do includes only go down?
#
#     tests/floors.sh [ROOT]
#
# The floors of the house (engine/README.md), from the ground:
#     0 base   1 text format   2 index   3 build query   4 rank
#     5 answer   6 ns.c   7 tools bench
# A file includes from lower floors and from its own folder; folders of one floor
# do not include each other; an include names its folder and the file is there.
# and of what reads the articles of others, which only programs have:
#     1 date   2 source   3 packed page   4 form mail feed web   5 input
# A file includes from lower floors of its side and from its own folder; folders of
# one floor do not include each other; an include names its folder and the file is
# there.  nsindex.h may be included from everywhere.  Tools include nsindex.h, the
# side of input and base/, which source.h needs; bench also format/, rank/ and
# answer/ with what lies below, and the command line of tools/; in bench/peers, which
# indexes articles, also the side of input.  The second decoder of the index in
# tests/spec has nothing of ours but itself.  Then the same script must find violations
# that are planted into a copy of the tree.
set -eu

check() { # ROOT: prints violations; fails if there are any
	(cd "$1" && find engine tools bench tests/spec -name '*.[ch]' -o -name '*.cc' \
		2>/dev/null) |
	LC_ALL=C sort | (cd "$1" && xargs awk '
	function floor_of(folder) {
		return folder in floors ? floors[folder] : -1
	}
	function in_spec() {
		return path[1] == "tests" && path[2] == "spec"
	}
	function bad(what) {
		printf "%s:%d: %s\n", FILENAME, FNR, what
		wrong = 1
	}
	BEGIN {
		floors["base"] = 0
		floors["text"] = floors["format"] = 1
		floors["index"] = 2
		floors["build"] = floors["query"] = 3
		floors["rank"] = 4
		floors["answer"] = 5
		floors["ns.c"] = 6
		floors["tools"] = floors["bench"] = 7
		floors["date"] = 1
		floors["source"] = 2
		floors["packed"] = floors["page"] = 3
		floors["form"] = floors["mail"] = floors["feed"] = 4
		floors["web"] = 4
		floors["input"] = 5
		split("date source packed page form mail feed web input", rooms)
		for (i in rooms) reading[rooms[i]] = 1
	}
	FNR == 1 {
		n = split(FILENAME, path, "/")
		own = path[1] == "engine" ? path[2] : path[1]
		if (floor_of(own) < 0 && !in_spec())
			bad("a file outside the floors")
	}
	in_spec() {
		if (/^[ \t]*#[ \t]*include/ &&
		    !/include[ \t]*("tests\/spec\/[a-z_]+\.h"|<[a-z]+\.h>)/)
			bad("tests/spec includes what is not its own")
		next
	}
	/^[ \t]*#[ \t]*include[ \t]*"/ {
		split($0, part, "\"")
		name = part[2]
		if (name == "nsindex.h")
			next
		if (name !~ /^([a-z]+|bench\/peers)\/[A-Za-z0-9_]+\.[ch]$/) {
			bad("\"" name "\" does not name its folder")
			next
		}
		to = name
		sub(/\/.*/, "", to)
		there = (to == "tools" || to == "bench") ? name : "engine/" name
		if ((getline line < there) < 0)
			bad("\"" name "\" is not there")
		close(there)
		if (to == own || (own == "bench" && to == "tools"))
			next
		if (floor_of(to) < 0)
			bad("\"" name "\" is on no floor")
		else if (floor_of(to) >= floor_of(own))
			bad(own " includes \"" name "\", which is not below it")
		else if (to in reading && !(own in reading) && own != "tools" &&
		         path[2] != "peers")
			bad("only tools and bench/peers include " to)
		else if (own in reading && !(to in reading) && to != "base")
			bad(own " has nothing of the engine but base")
		else if (own == "tools" && !(to in reading) && to != "base")
			bad("tools include nsindex.h, not \"" name "\"")
	}
	END { exit wrong }')
}

plant() { # FILE LINE: a copy of the tree with this line must be refused
	copy=$(mktemp -d)
	cp -r "$root/engine" "$root/include" "$copy/"
	mkdir "$copy/tests"
	for folder in tools bench tests/spec; do
		[ ! -d "$root/$folder" ] ||
			cp -r "$root/$folder" "$copy/$folder"
	done
	mkdir -p "$(dirname "$copy/$1")"
	printf '%s\n' "$2" >> "$copy/$1"
	status=0
	found=$(check "$copy") || status=1
	rm -rf "$copy"
	case $status:$found in
	1:*"$1:"*) ;;
	*) echo "floors.sh: $2 in $1 was not found"; exit 1 ;;
	esac
}

root=${1:-$(dirname "$0")/..}
check "$root" || { echo "floors.sh: see engine/README.md"; exit 1; }
plant engine/base/planted.h '#include "text/analyzer.h"'
plant engine/format/planted.h '#include "text/analyzer.h"'
plant engine/text/planted.c '  #  include "format/layout.h"'
plant engine/build/planted.c '#include "query/grammar.h"'
plant engine/query/planted.c '#include "rank/rank.h"'
plant engine/index/planted.c '#include "source/source.h"'
plant engine/answer/planted.c '#include "source/source.h"'
plant engine/index/planted.c '#include "manifest.h"'
plant engine/index/planted.c '#include "format/no_such_file.h"'
plant engine/attic/planted.c '#include "base/base.h"'
plant tools/planted.c '#include "rank/rank.h"'
plant bench/planted.c '#include "source/source.h"'
plant engine/source/planted.c '#include "form/json.h"'
plant engine/page/planted.c '#include "feed/feed.h"'
plant engine/mail/planted.c '#include "feed/feed.h"'
plant engine/form/planted.c '#include "text/analyzer.h"'
plant engine/rank/planted.c '#include "date/date.h"'
plant bench/peers/planted.cc '#include "peers.h"'
plant tests/spec/planted.c '#include "base/varint.h"'
plant tests/spec/planted.c '#include <format/layout.h>'
plant tests/spec/planted.c '#include "nsindex.h"'
echo "floors: includes only go down"
