#!/bin/sh
# branches.sh — do searches in a block jump on what they look for?
#
#     tests/branches.sh COMPILER...
#
# A jump that depends on the target is mispredicted half of the time, 10 to 19
# ns each, and gcc makes jumps of a textbook lower bound.  So each compiler
# that is here compiles the kernels as the library does: no function search_*
# may hold a conditional jump (x86-64: j…; aarch64: b.…, cbz, tbz), and a
# find_*, which searches many targets, only the three of its loop: is there
# one, is it above the last doc, is there another.  Then a search with a loop,
# and a find that jumps on what it finds, are planted and must be found.
set -eu
root=$(dirname "$0")/..
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

jumps() { # OBJECT: prints each search_* and find_*, and jumps too many
	objdump -d --no-show-raw-insn "$1" | awk '
	/^[0-9a-f]+ <.*>:$/ {
		name = $2
		gsub(/[<>:]/, "", name)
		inside = name ~ /^(search|find)_/
		allowed = name ~ /^find_/ ? 3 : 0
		if (inside)
			print "function " name
		next
	}
	inside && $2 ~ /^(j[a-z]+|b\..*|cbn?z|tbn?z)$/ && $2 !~ /^jmp/ &&
	allowed-- <= 0 {
		print "jump in " name ": " $2
	}'
}

check() { # COMPILER FILE
	"$1" -std=c17 -D_GNU_SOURCE -O3 -ffp-contract=off \
		-fvisibility=hidden -fPIC -I"$root/engine" -I"$root/include" \
		-c "$2" -o "$scratch/kernels.o"
	jumps "$scratch/kernels.o"
}

# a search as books have it
cat > "$scratch/search_planted.c" <<'EOF'
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
# keeps what is there behind a jump
cat > "$scratch/find_planted.c" <<'EOF'
unsigned find_planted(const unsigned *docs, const unsigned *targets,
                      unsigned n, unsigned last, unsigned *which,
                      unsigned *places)
{
	unsigned found = 0;
	for (unsigned i = 0; i < n && targets[i] <= last; i++) {
		unsigned place = targets[i] / 64 % 256;
		if (docs[place] == targets[i]) {
			which[found] = i;
			places[found++] = place;
		}
	}
	return found;
}
EOF

searches=0 finds=0
for compiler in "$@"; do
	command -v "$compiler" > /dev/null || continue
	for file in "$root"/engine/format/pack*.c; do
		check "$compiler" "$file" > "$scratch/found"
		if grep '^jump' "$scratch/found"; then
			echo "branches.sh: of $compiler, in $file"
			exit 1
		fi
		searches=$((searches + \
			$(grep -c '^function search_' "$scratch/found" || :)))
		finds=$((finds + \
			$(grep -c '^function find_' "$scratch/found" || :)))
	done
	for planted in search find; do
		check "$compiler" "$scratch/${planted}_planted.c" |
			grep -q '^jump' || {
			echo "branches.sh: a planted $planted was not seen" \
				"($compiler)"
			exit 1
		}
	done
done
[ "$searches" -gt 0 ] || { echo "branches.sh: no search was found"; exit 1; }
[ "$finds" -gt 0 ] || { echo "branches.sh: no find was found"; exit 1; }
echo "branches: none conditional in $searches searches, only the loop's in" \
	"$finds finds"
