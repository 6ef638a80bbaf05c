#!/bin/sh
# determinism.sh — are the bytes of an index the articles' alone?
#
#     tests/determinism.sh LOCALES LOCALE_BUILD… -- NSINDEX… -- PATH…
#
# LOCALES: a folder for locales, made here by localedef.  LOCALE_BUILD and
# NSINDEX: the programs of several builds (gcc -O0, gcc -O3, clang).  PATH: what
# the nsindex programs index.  Every file of an index but `lock` must be the same
# from each of them, in another folder, at each level of CPU, by one thread and two,
# and under tr_TR and de_DE.
set -eu

locales=$1; shift
builders=
while [ "$1" != -- ]; do builders="$builders $1"; shift; done
shift
programs=
while [ "$1" != -- ]; do programs="$programs $1"; shift; done
shift

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

mkdir -p "$locales"
for name in tr_TR de_DE; do
	[ -d "$locales/$name.UTF-8" ] || [ -d "$locales/$name.utf8" ] ||
		localedef -i "$name" -f UTF-8 "$locales/$name.UTF-8" || {
		echo "determinism.sh: cannot make $name (package locales)"
		exit 1
	}
done

same() { # DIR1 DIR2 WHAT
	if ! diff -r -x lock "$1" "$2" > "$scratch/diff"; then
		echo "determinism.sh: other bytes: $3"
		cat "$scratch/diff"
		exit 1
	fi
	n=$((n + 1))
}

n=0 first=
for builder in $builders; do
	for locale in C tr_TR.UTF-8 de_DE.UTF-8; do
		dir=$scratch/api-$n
		[ -n "$first" ] || first=$dir
		LOCPATH=$locales "$builder" "$locale" "$dir"
		[ "$first" = "$dir" ] || same "$first" "$dir" "$builder in $locale"
		[ -n "$(ls "$dir" | grep seg-)" ] || { echo "no segment"; exit 1; }
		[ "$n" -gt 0 ] || n=1
	done
done

# A difference must be seen: one article more.
cp -r "$first" "$scratch/other"
for segment in "$scratch"/other/seg-*; do
	printf x >> "$segment"
done
if diff -r -x lock "$first" "$scratch/other" > /dev/null; then
	echo "determinism.sh: does not see other bytes"
	exit 1
fi

reference=
mkdir "$scratch/deep"
for program in $programs; do
	for cpu in scalar sse42 avx2 avx512; do
		for where in a deep/b; do
			dir=$scratch/$where-$n how='--threads=2'
			[ $where = a ] || how='--threads=1 --memory=128M'
			# shellcheck disable=SC2086 # two words
			LOCPATH=$locales LC_ALL=tr_TR.UTF-8 TZ=Asia/Tokyo \
				NS_CPU=$cpu "$program" build $how -i "$dir" "$@" \
				2> "$scratch/talk" || {
				cat "$scratch/talk"
				exit 1
			}
			[ -n "$reference" ] || { reference=$dir; n=$((n + 1)); continue; }
			same "$reference" "$dir" "$program, $cpu, $where"
		done
	done
done
echo "determinism: $n indexes alike"
