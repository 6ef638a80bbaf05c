#!/usr/bin/env bash
# malloc.sh — memory ends anywhere, in our libraries' libraries too: is the error
# clean, and the last commit whole?
#
#     malloc.sh BIN FAILING_MALLOC.so [RUNS]
#
# Each verb runs with the n-th allocation of the whole process failing, once and
# from there on, for RUNS numbers n spread over all (120), or for every one where
# there are no more.  It must end with an exit code of ours, never by a signal; and
# the index must be what it was, or what the verb makes of it.
set -u
bin=$(realpath "$1") object=$(realpath "$2") runs=${3:-120}
[ -w /dev/shm ] && base=/dev/shm || base=${TMPDIR:-/tmp}
work=$(mktemp -d "$base/ns-malloc-XXXXXX")
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1

die() { echo "malloc: $*" >&2; exit 1; }

for i in 1 2 3 4 5 6; do
	echo "{\"id\":\"a$i\",\"title\":\"Rain in Sochi $i\",\"body\":\"It rained" \
		"all day in Sochi, said the U.S. envoy no. $i; weapons-grade rain." \
		"\",\"section\":\"World\",\"date\":\"2017-04-0$i\"}"
done >old.jsonl
sed 's/"a\([345]\)"/"b\1"/; s/Rain/Snow/' old.jsonl >new.jsonl
# what other libraries read: HTML, XML, mail, packed files
cat >page.html <<'HTML'
<!doctype html><html lang="en"><head><title>Rain in Sochi | Courier</title>
<meta property="article:published_time" content="2017-04-06T10:30:00Z">
<script type="application/ld+json">{"@type":"NewsArticle","headline":
"Rain in Sochi","author":{"name":"A. Ray"}}</script></head><body><h1>Rain in
Sochi</h1><p>It rained all day in Sochi, said the envoy, and the roof of the
hall leaked until the evening, when it stopped.</p></body></html>
HTML
cat >feed.xml <<'XML'
<rss version="2.0"><channel><item><title>Snow in Sochi</title><description>
&lt;p&gt;It snowed &amp;amp; snowed.&lt;/p&gt;</description></item></channel></rss>
XML
cat >wiki.xml <<'XML'
<mediawiki><page><title>Hail</title><ns>0</ns><revision><text>It ''hailed'' in
[[Sochi|the town]].</text></revision></page></mediawiki>
XML
cat >nitf.xml <<'XML'
<newsItem><headline>Sleet</headline><inlineData>&lt;p>It sleeted.</inlineData>
</newsItem><nitf><body><body.content><p>A storm.</p></body.content></body></nitf>
XML
printf 'From: a@b.example\nSubject: =?koi8-r?B?5M/W5Ng=?=\n%s\n\n%s\n' \
	'Content-Transfer-Encoding: base64' "$(echo 'It rained.' | base64)" >a.eml
tar cf - a.eml page.html feed.xml | gzip >forms.tar.gz
"$bin/nsindex" build -i start old.jsonl 2>/dev/null || die "cannot build"
head -1 new.jsonl >one.jsonl
"$bin/nsindex" add -i start one.jsonl 2>/dev/null || die "cannot add"
"$bin/nsindex" delete -i start --id a6 2>/dev/null || die "cannot delete"

printf 'Дождь в Сочи\n\nВ среду весь день шёл дождь, сообщили в мэрии.\n' |
	iconv -f UTF-8 -t KOI8-R >koi8.txt

printf 'title ^TITLE: (.*)$\nfurniture ^(rain|hail)+s?$\n' >page.rules
for i in $(seq 60); do
	printf 'TITLE: Hail in Sochi %s\nIt hailed all day.\nrainhails\n\n' $i
done >page.txt

# what an index says, to the bit
says() { "$bin/nsindex" dump -i "$1" --all; }

# NAME COMMAND…: with DIR in it for the index; the first $skip allocations succeed
skip=0
try() {
	name=$1; shift
	rm -rf good; cp -r start good
	NS_COUNT_MALLOC=$work/count LD_PRELOAD=$object "${@/DIR/good}" \
		>/dev/null 2>&1 || die "$name fails by itself"
	before=$(says start) after=$(says good) total=$(($(cat count) - skip))
	told=0 tried=0
	for ((k = 0; k < runs; k++)); do
		n=$((total <= runs || k < runs / 2 ? k + 1 : 1 + k * total / runs))
		[ $n -le "$total" ] || continue
		n=$((skip + n))
		for ever in "" 1; do
			rm -rf now; cp -r start now
			env NS_FAIL_MALLOC=$n ${ever:+NS_FAIL_FOR_EVER=1} \
				LD_PRELOAD="$object" "${@/DIR/now}" >out 2>err
			code=$?
			tried=$((tried + 1))
			[ $code -le 5 ] || die "$name: allocation $n of $total" \
				"fails${ever:+ for ever}: exit $code: $(cat err)"
			[ $code -lt 2 ] || told=$((told + 1))
			got=$(says now) || die "$name: allocation $n: unreadable"
			[ "$got" = "$before" ] || [ "$got" = "$after" ] ||
				[ $code = 1 ] ||
				die "$name: allocation $n: a mixed index"
			[ $code != 2 ] || [ "$got" = "$before" ] ||
				die "$name: allocation $n: an error, and yet a commit"
		done
	done
	[ $told -gt 0 ] || die "$name: no failure was told"
	echo "malloc: $name: $total allocations, $tried runs, $told told"
}

try build "$bin/nsindex" build -i DIR new.jsonl
try add "$bin/nsindex" add -i DIR new.jsonl
try decode "$bin/nsindex" add -i DIR koi8.txt
try forms "$bin/nsindex" add -i DIR forms.tar.gz page.html feed.xml wiki.xml \
	nitf.xml
# regcomp of glibc 2.36 frees twice where it gets no memory: not while it compiles
NS_COUNT_MALLOC=$work/count LD_PRELOAD=$object "$bin/nsindex" build -i none \
	--rules page.rules /dev/null >/dev/null 2>&1
skip=$(cat count)
try rules "$bin/nsindex" add -i DIR --format listing --rules page.rules page.txt
skip=0
try delete "$bin/nsindex" delete -i DIR --query '"in sochi" OR snow'
try merge "$bin/nsindex" merge --all -i DIR
try query "$bin/nsquery" -i DIR '"rain in sochi" OR attack'
