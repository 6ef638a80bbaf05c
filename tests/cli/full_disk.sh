#!/usr/bin/env bash
# full_disk.sh — the disk is full: is the error clear, and the last commit whole?
#
#     full_disk.sh BIN SAMPLE
#
# An index lies on a small file system in memory that grows by 4 KiB, from too small
# for the verb until it succeeds.  Before that each try must name the file and the
# bytes that it wanted, leave the last commit as it was, and leave the room that it
# took to the next.  Needs the right to mount; says so where there is none.
set -u
bin=$(realpath "$1") sample=$(realpath "$2")
work=$(mktemp -d "${TMPDIR:-/tmp}/ns-full-XXXXXX")
disk=$work/disk
mkdir "$disk"
trap 'umount "$disk" 2>/dev/null; rm -rf "$work"' EXIT
cd "$work" || exit 1

die() { echo "full disk: $*" >&2; exit 1; }

if ! mount -t tmpfs -o size=64k none "$disk" 2>/dev/null; then
	echo "full disk: no right to mount: not tested"
	exit 0
fi

head -c 3000 "$sample" >few.txt
"$bin/nsindex" build -i start few.txt 2>/dev/null || die "cannot build"
says() { "$bin/nsindex" dump -i "$1" --all; }
# KiB in pages of 4
used() { find "$1" -type f -printf '%s\n' | awk '{n += int(($1 + 4095) / 4096)}
	END {print 4 * n}'; }

# NAME COMMAND…: with DIR in it for the index
try() {
	name=$1; shift
	size=$(used start) tried=0
	rm -rf "$disk/index"
	mount -o remount,size=${size}k "$disk" || die "cannot shrink"
	cp -r start "$disk/index" || die "no room for the index itself"
	before=$(says start)
	while :; do
		"${@/DIR/$disk/index}" >out 2>err
		code=$?
		[ $code != 0 ] || break
		[ $code = 2 ] || die "$name: exit $code: $(cat err)"
		grep -q 'tmp-\|commit-\|seg-\|del-' err &&
			grep -q '[0-9] bytes' err ||
			die "$name: at ${size}k it says: $(cat err)"
		[ "$(says "$disk/index")" = "$before" ] ||
			die "$name: the last commit has changed at ${size}k"
		"$bin/nsindex" check -i "$disk/index" >out 2>err ||
			die "$name: check at ${size}k: $(cat out err)"
		tried=$((tried + 1)) size=$((size + 4))
		[ $tried -lt 1000 ] || die "$name never succeeds"
		mount -o remount,size=${size}k "$disk" || die "cannot grow"
	done
	[ $tried -gt 0 ] || die "$name never failed: nothing was tested"
	rm -rf good; cp -r start good
	"${@/DIR/good}" >/dev/null 2>&1
	[ "$(says "$disk/index")" = "$(says good)" ] ||
		die "$name: what was committed at last is something else"
	"$bin/nsindex" check -i "$disk/index" >out 2>err ||
		die "$name: check in the end: $(cat out err)"
	! grep -q 'left behind' out || die "$name leaves: $(cat out)"
	echo "full disk: $name: failed $tried times, then done at ${size} KiB"
}

try build "$bin/nsindex" build -i DIR "$sample"
try add "$bin/nsindex" add -i DIR "$sample"
"$bin/nsindex" add -i start "$sample" 2>/dev/null
try delete "$bin/nsindex" delete -i DIR --query "attack"
# two segments, one of them with dead articles
"$bin/nsindex" build -i start "$sample" 2>/dev/null
"$bin/nsindex" add -i start few.txt 2>/dev/null
try merge "$bin/nsindex" merge --all -i DIR
