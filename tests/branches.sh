#!/bin/sh
# branches.sh — is the search in a block free of conditional jumps?
#
#     tests/branches.sh COMPILER...
#
# A jump that depends on the target is mispredicted half of the time, 10 to 19
# ns each, and gcc makes jumps of a textbook lower bound.  So each compiler
# that is here compiles the kernels as the library does, and no function
# search_* may hold a conditional jump (x86-64: j…; aarch64: b.…, cbz, tbz).
# Then a search with a loop is planted and must be found.
set -eu
root=$(dirname "$0")/..
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

jumps() { # OBJECT: prints each search_* and its conditional jumps
	objdump -d --no-show-raw-insn "$1" | awk '
	/^[0-9a-f]+ <.*>:$/ {
		name = $2
		gsub(/[<>:]/, "", name)
		inside = name ~ /^search_/
		if (inside)
			print "function " name
		next
	}
	inside && $2 ~ /^(j[a-z]+|b\..*|cbn?z|tbn?z)$/ && $2 !~ /^jmp/ {
		print "jump in " name ": " $2
	}'
}

check() { # COMPILER FILE
	"$1" -std=c17 -D_GNU_SOURCE -O3 -ffp-contract=off \
		-fvisibility=hidden -fPIC -I"$root/engine" -I"$root/include" \
		-c "$2" -o "$scratch/kernels.o"
	jumps "$scratch/kernels.o"
}

plant() { # a search as books have it
	cat <<-'EOF'
	unsigned search_planted(const unsigned *docs, unsigned target)
	{
		unsigned low = 0, high = 256;
		while (low < high)
			if (docs[(low + high) / 2] < target)
				low = (low + high) / 2 + 1;
			else
				high = (low + high) / 2;
		return low;
	}
	EOF
}

plant > "$scratch/planted.c"
found=0
for compiler in "$@"; do
	command -v "$compiler" > /dev/null || continue
	for file in "$root"/engine/format/pack*.c; do
		check "$compiler" "$file" > "$scratch/found"
		if grep '^jump' "$scratch/found"; then
			echo "branches.sh: of $compiler, in $file"
			exit 1
		fi
		found=$((found + $(grep -c '^function' "$scratch/found" || :)))
	done
	check "$compiler" "$scratch/planted.c" | grep -q '^jump' || {
		echo "branches.sh: a planted loop was not seen ($compiler)"
		exit 1
	}
done
[ "$found" -gt 0 ] || { echo "branches.sh: no search was found"; exit 1; }
echo "branches: none conditional in $found searches"
