#!/bin/sh
# hostile.sh — is what was made to do harm refused, in bounded time and memory?
#
#     tests/cli/hostile.sh BIN PEAK small|large
#
# Each input is read by nsindex build --memory=128M beside a file of one good
# article.  The build must take that one, name the reason for the other, and end
# within SECONDS; the peak of memory, as the system counts it (PEAK, tests/peak.c),
# must stay below 128 MiB.  Nothing is made but the index.
#
#     small   inputs that unpack to hundreds of megabytes
#     large   to gigabytes, and a line of 1 GB
set -u
[ $# = 3 ] || { echo "usage: $0 BIN PEAK small|large" >&2; exit 2; }
case $3 in
small) size=200000000 ;;
large) size=1000000000 ;;
*) echo "hostile.sh: there are small and large" >&2; exit 2 ;;
esac
kind=$3 seconds=60
bin=$(cd "$1" && pwd)
peak=$(cd "$(dirname "$2")" && pwd)/$(basename "$2")
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
trap 'exit 1' INT TERM
cd "$scratch" || exit 1
export LC_ALL=C
failed=0 tried=0
fail() { failed=$((failed + 1)); echo "hostile.sh: $1"; }

# FILE PLACE REASON: FILE is read; PLACE is refused, and REASON is said of it
refuses() {
	tried=$((tried + 1))
	rm -rf index
	"$peak" held timeout $seconds "$bin/nsindex" build -i index \
		--memory=128M "$1" good.txt > said 2>&1
	code=$?
	[ $code = 1 ] || fail "$1: exit code $code: $(head -1 said)"
	grep -q "^nsindex: $2: refused: .*$3" said ||
		fail "$1: not \"$2: refused: $3\" but: $(head -2 said)"
	is_unharmed "$1"
}

# FILE WORD: FILE is read, refused or not; what it says of WORD is found
takes() {
	tried=$((tried + 1))
	rm -rf index
	"$peak" held timeout $seconds "$bin/nsindex" build -i index \
		--memory=128M "$1" good.txt > said 2>&1
	code=$?
	[ $code -le 1 ] || fail "$1: exit code $code: $(head -1 said)"
	"$bin/nsquery" -i index "$2" > found 2>&1 ||
		fail "$1: $2 is not found: $(head -1 said)"
	is_unharmed "$1"
}

is_unharmed() {
	"$bin/nsquery" -i index goodness > found 2>&1 ||
		fail "$1: the good article is missing"
	[ "$(cat held)" -le 134217728 ] || fail "$1: held $(cat held) bytes"
}

lines() { yes '' | head -c "$1"; }

printf 'goodness\nthe only article\n' > good.txt

# ---- what unpacks to too much -------------------------------------------------
head -c $size /dev/zero | gzip -1 > zeros.gz
refuses zeros.gz zeros.gz 'no text'

lines $size | gzip -9 > lines.jsonl.gz
refuses lines.jsonl.gz lines.jsonl.gz 'over the limits of unpacking'
gzip -c lines.jsonl.gz > twice.gz
refuses twice.gz twice.gz 'over the limits of unpacking'
tar cf in.tar lines.jsonl.gz
refuses in.tar in.tar/lines.jsonl.gz 'over the limits of unpacking'
gzip -c twice.gz > thrice.gz
refuses thrice.gz thrice.gz 'packed too deep'

# a picture that nobody reads, in front of an article
lines $size > huge.jpg && printf '\0\1\2\3' | dd of=huge.jpg conv=notrunc 2> said
tar cf - huge.jpg good.txt | gzip -9 > picture.tar.gz
refuses picture.tar.gz picture.tar.gz 'over the limits of unpacking'
rm -f huge.jpg

# a picture of a fair size is passed over, and what follows it is read
seq 900000 | tr '\n1' '\0\1' > noise.jpg
printf "behind noise\nand its text\n" > behind.txt
tar cf - noise.jpg behind.txt | gzip -1 > noise.tar.gz
"$bin/nsindex" build -i index noise.tar.gz > said 2>&1 ||
	fail "noise.tar.gz: $(head -1 said)"
"$bin/nsquery" -i index behind > found 2>&1 ||
	fail "noise.tar.gz: what follows a picture is missing"

# ---- what is nested without end -----------------------------------------------
cp good.txt 0.txt && tar cf 1.tar 0.txt && tar cf 2.tar 1.tar && tar cf 3.tar 2.tar
refuses 3.tar 3.tar/2.tar/1.tar 'packed too deep'

# ---- what is cut off ----------------------------------------------------------
seq 200000 | tr '\n' ' ' > words.txt
tar cf whole.tar words.txt good.txt
head -c 100000 whole.tar > cut.tar
refuses cut.tar cut.tar/words.txt 'cannot be unpacked'
gzip -c whole.tar > whole
head -c $(($(wc -c < whole) / 2)) whole > cut.tar.gz
refuses cut.tar.gz cut.tar.gz/words.txt 'cannot be unpacked: truncated'
for pack in bzip2 xz; do
	$pack -c whole.tar > whole
	head -c $(($(wc -c < whole) / 2)) whole > cut
	refuses cut 'cut[^:]*' 'cannot be unpacked: truncated'
done

# ---- names that leave the folder ----------------------------------------------
mkdir -p deep/er && printf 'a story of names\nand its text\n' > deep/name.txt
(cd deep/er && tar cPf ../../names.tar ../name.txt ../../3.tar)
refuses names.tar names.tar/3.tar/2.tar 'packed too deep'
"$bin/nsquery" -i index --format=jsonl story > found 2>&1
grep -q '"names.tar/name.txt:1"' found ||
	fail "names.tar: $(head -1 found)"

# ---- mark-up without end --------------------------------------------------------
open_tags() { yes "$1" | head -n "$2" | tr -d '\n'; }

{ echo '<html><title>deepness</title><body>'; open_tags '<div>' 1000000
	echo '<p>The text at the bottom of it.'; } > deep.html
takes deep.html deepness
{ echo '<html><title>deepness</title><body>'; open_tags '<b><i>' 500000
	open_tags '</p></b>' 500000; } > crossed.html
refuses crossed.html crossed.html:1 'HTML'
{ echo '<html><title>deepness</title><body><p'; seq -f ' a%.0f' 1000000 | tr -d '\n'
	echo '>text</html>'; } > attributes.html
refuses attributes.html attributes.html:1 'HTML of too many tags'
# ROOT: how a document begins of which &e9; would be a thousand million words
laughing() {
	echo "<?xml version=\"1.0\"?><!DOCTYPE $1 [<!ENTITY e0 \"ha\">"
	for i in 1 2 3 4 5 6 7 8 9; do
		echo "<!ENTITY e$i \"$(open_tags "&e$((i - 1));" 10)\">"
	done
	echo '] >'
}
{
	laughing rss
	echo '<rss version="2.0"><channel><item><title>laughs &e9;</title>'
	echo '</item><item><title>deepness</title></item></channel></rss>'
} > laughs.xml
takes laughs.xml deepness
{
	echo '<rss version="2.0"><channel><item><title>deepness</title></item>'
	open_tags '<item>' 1000000
} > deep.xml
takes deep.xml deepness
{
	echo '<mediawiki><page><title>deepness</title><ns>0</ns><revision><text>'
	open_tags '{{a|[[b|' 500000
	echo '</text></revision></page></mediawiki>'
} > deep.wiki.xml
takes deep.wiki.xml deepness
{
	laughing nitf
	echo '<nitf><head><title>laughs &e9;</title></head></nitf>'
	echo '<newsItem><headline>deepness</headline></newsItem><newsItem>'
	open_tags '<inlineXML><nitf><body.content>' 1000000
} > deep.news.xml
takes deep.news.xml deepness
{
	printf 'From: a@b.example\nSubject: deepness\nMIME-Version: 1.0\n'
	printf 'Content-Type: multipart/mixed; boundary="0"\n'
	for i in $(seq 2000); do
		printf '\n--%d\nContent-Type: multipart/mixed; boundary="%d"\n' \
			$((i - 1)) "$i"
	done
	printf '\n--2000\n\nThe text at the bottom.\n'
} > deep.eml
takes deep.eml deepness

# ---- a line without end ---------------------------------------------------------
if [ "$kind" = large ]; then
	for name in line.txt line.jsonl; do
		head -c $size /dev/zero | tr '\0' a > $name
		refuses $name "$name:1" 'over 16 MiB'
		rm -f $name
	done
fi

[ $failed = 0 ] || { echo "hostile: $failed faults"; exit 1; }
echo "hostile: $tried inputs refused by name, each within 128 MiB"
