#!/bin/sh
# replay.sh — do the targets take the seeds and the corpus, at every CPU level?
#
#     tests/fuzz/replay.sh DIR TARGET...
#
# DIR holds the program seeds and a replay_TARGET each.  Seeds are what real
# encoders write, and what lies in tests/fuzz/seeds/TARGET: each must be read to
# its end without a fault.
# tests/fuzz/corpus/TARGET holds inputs that a fuzzer found: they may be refused,
# never hurt.  Last, half of a seed must not be called sound.
set -eu
corpus=$(dirname "$0")/corpus
seeds=$(dirname "$0")/seeds
dir=$1
shift
inputs=$dir/inputs
rm -rf "$inputs"
for target in "$@"; do
	mkdir -p "$inputs/$target"
done
"$dir/seeds" "$inputs" > /dev/null
for target in "$@"; do
	[ ! -d "$seeds/$target" ] || cp "$seeds/$target"/* "$inputs/$target"
done

replay() { # TARGET [--sound] PATH
	target=$1
	shift
	for level in scalar avx2 avx512; do
		NS_CPU=$level "$dir/replay_$target" "$@"
	done
}

for target in "$@"; do
	replay "$target" --sound "$inputs/$target"
	[ ! -d "$corpus/$target" ] || replay "$target" "$corpus/$target"
done > "$dir/replay.log"

for seed in "$inputs/segment/"*; do
	head -c "$(($(wc -c < "$seed") / 2))" "$seed" > "$inputs/half"
	if "$dir/replay_segment" --sound "$inputs/half" 2> /dev/null; then
		echo "replay.sh: half of $seed is called sound"
		exit 1
	fi
done
awk '{ n += $1 } END { printf "fuzz: %d inputs replayed, none hurt\n", n }' \
	"$dir/replay.log"
