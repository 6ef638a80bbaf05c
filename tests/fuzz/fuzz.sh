#!/bin/sh
# fuzz.sh — lets clang's fuzzer look for bytes that hurt.
#
#     tests/fuzz/fuzz.sh DIR SECONDS SEED TARGET...
#
# Each target gets SECONDS / their number; as many run at once as there are CPUs.
# Each starts from its seeds, from tests/fuzz/corpus/TARGET and from what earlier
# runs left in DIR/found.  With the same SEED it tries the same inputs in the same
# order, as far as it comes; 0: others each time.  An input that hurts stays in DIR
# and is the verdict: once the fault is mended it belongs into tests/fuzz/corpus.
#
# What is held is bounded, not what is asked for: libarchive asks for all of the name
# that a header of cpio tells, up to 4 GiB, of which it may read 2 MiB.
#
# A unit may take 200 s: a loop that never ends takes longer, a machine that stands
# still for two minutes (seen) does not.
set -eu
here=$(dirname "$0")
dir=$1 seconds=$2 seed=$3
shift 3

run() { # TARGET: for all the seconds
	target=$1
	set -- "$dir/found/$target" "$dir/inputs/$target"
	[ ! -d "$here/corpus/$target" ] || set -- "$@" "$here/corpus/$target"
	if ! "$dir/fuzz_$target" -seed="$seed" -max_total_time="$seconds" \
		-timeout=200 -rss_limit_mb=2500 -malloc_limit_mb=16384 \
		-print_final_stats=1 \
		-artifact_prefix="$dir/$target-" "$@" 2> "$dir/$target.log"; then
		tail -n 60 "$dir/$target.log"
		echo "fuzz: $target fails; see $dir/$target.log"
		return 1
	fi
	awk -v target="$target" '
	{ for (i = 1; i < NF; i++) if ($i == "cov:") edges = $(i + 1) }
	/number_of_executed_units/ { runs = $2 }
	/average_exec_per_sec/ { speed = $2 }
	END { printf "fuzz: %-8s %9d inputs, %6d a second, %5d edges\n",
	      target, runs, speed, edges }' "$dir/$target.log"
}

if [ "${FUZZ_ALONE:-}" ]; then
	run "$1"
	exit
fi
turn=$((seconds / $#))
[ "$turn" -gt 0 ] || turn=1
for target in "$@"; do
	mkdir -p "$dir/inputs/$target" "$dir/found/$target"
done
"$dir/seeds" "$dir/inputs"
for target in "$@"; do
	[ ! -d "$here/seeds/$target" ] ||
		cp "$here/seeds/$target"/* "$dir/inputs/$target"
done
printf '%s\n' "$@" |
	FUZZ_ALONE=1 xargs -n 1 -P "$(nproc)" "$0" "$dir" "$turn" "$seed"
