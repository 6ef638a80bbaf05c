#!/bin/sh
# install.sh — is what `make install` brings enough for others?
#
#     tests/cli/install.sh BUILD
#
# Installs into a scratch folder; compiles README's program against the library
# there, shared and static, as C and as C++, and runs it; reads the man pages with
# every warning on; asks the completion.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
make -s -C "$root" BUILD="$1" DESTDIR="$scratch" PREFIX=/p install > /dev/null
at=$scratch/p
PKG_CONFIG_PATH=$at/lib/pkgconfig
PKG_CONFIG_SYSROOT_DIR=$scratch
export PKG_CONFIG_PATH PKG_CONFIG_SYSROOT_DIR

awk '/^```c$/ { on = 1; next } /^```$/ { on = 0 } on' "$root/README.md" > "$scratch/first.c"
lines=$(wc -l < "$scratch/first.c")
[ "$lines" -le 40 ] || { echo "install: README's program has $lines lines"; exit 1; }
cp "$scratch/first.c" "$scratch/first.cc"
cd "$scratch"
run() { # NAME COMMAND…: compiles ./first by the command and runs it
	name=$1; shift
	rm -rf first news.ns
	"$@" -o first || { echo "install: $name does not compile"; exit 1; }
	got=$(LD_LIBRARY_PATH=$at/lib ./first | tr '\n' ';')
	[ "$got" = "Rain in Sochi;Snow on the pass;" ] ||
		{ echo "install: $name printed \"$got\""; exit 1; }
}
flags="$(pkg-config --cflags nsindex)"
run "C, shared" gcc -Wall -Wextra -Werror -std=c11 $flags first.c $(pkg-config --libs nsindex)
run "C, static" gcc -std=c17 $flags first.c "$at/lib/libnsindex.a" \
	-lstemmer -lutf8proc -lzstd -lxxhash -lpthread -lm
run "C++" g++ -Wall -Wextra -Werror $flags first.cc $(pkg-config --libs nsindex)
[ "$("$at/bin/nsquery" -i news.ns --count rain)" = 2 ] || { echo "install: nsquery"; exit 1; }

for page in man1/nsindex.1 man1/nsquery.1 man5/nsindex-format.5; do
	groff -man -ww -Tascii -Kutf8 "$at/share/man/$page" > page 2> warnings
	grep -v "can't find special character\|special character .u" warnings > told || true
	[ ! -s told ] || { echo "install: $page"; cat told; exit 1; }
	[ "$(wc -l < page)" -gt 40 ] || { echo "install: $page is empty"; exit 1; }
done
for option in $("$at/bin/nsquery" --help | grep -o -e '--[a-z]*'); do
	sed 's/\\-/-/g' "$at/share/man/man1/nsquery.1" | grep -q -e "$option" ||
		{ echo "install: $option is not in nsquery(1)"; exit 1; }
done

for verb in $("$at/bin/nsindex" --help=words); do
	for option in $("$at/bin/nsindex" "$verb" --help | grep -o -e '^ .*--[a-z]*' |
			grep -o -e '--[a-z]*'); do
		sed 's/\\-/-/g' "$at/share/man/man1/nsindex.1" | grep -q -e "$option" ||
			{ echo "install: $verb $option is not in nsindex(1)"; exit 1; }
	done
done

complete() { # WORDS…: what the completion offers for the last
	bash -c '. "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1))
		_ns_complete; echo "${COMPREPLY[*]}"' _ \
		"$at/share/bash-completion/completions/nsquery" "$@"
}
offers() { # EXPECTED WORDS…
	expected=$1; shift
	got=$(complete "$@")
	[ "$got" = "$expected" ] || { echo "install: completion of $*: $got"; exit 1; }
}
offers "--format=" nsquery --fo
offers "csv" nsquery --format = c
offers "build" nsindex b
offers "delete dump" nsindex d
offers "commit none" nsindex add --durability =
offers "yes no" nsindex build --store =
echo "install: README's program as C and C++, shared and static; pages; completion"
