#!/bin/sh
# run.sh — do the programs do what their pages say, seen from a shell?
#
#     tests/cli/run.sh BIN
#
# BIN: the folder of nsindex, nsquery and nsbench.  Where NS_CORPORA/listing
# holds a real page of eight articles its answers are tested too; else it says
# what it skips.
# A failure prints the command, what was expected and what came.
set -u

bin=$(cd "$1" && pwd)
root=$(cd "$(dirname "$0")/../.." && pwd)
sample=$root/sample/world-news.txt
page=$(cd "${NS_CORPORA:-/nowhere}/listing" 2>/dev/null && ls "$PWD"/*.txt | head -1)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
PATH=$bin:$PATH
export PATH LC_ALL=C
unset NS_INDEX NO_COLOR 2>/dev/null
cd "$scratch" || exit 1
failed=0 passed=0

fail() { # WHAT
	failed=$((failed + 1))
	echo "FAILED: $command"
	echo "  $1"
	sed 's/^/  stdout: /' out | head -5
	sed 's/^/  stderr: /' err | head -5
}

# t CODE COMMAND…: runs it with stdout in ./out and stderr in ./err
t() {
	expected=$1; shift
	command=$*
	"$@" > out 2> err < /dev/null
	code=$?
	if [ "$code" = "$expected" ]; then passed=$((passed + 1))
	else fail "exit code $code, expected $expected"; fi
}
# what the last command printed
out_has() { grep -q -e "$1" out || fail "stdout has no \"$1\""; }
out_lacks() { ! grep -q -e "$1" out || fail "stdout has \"$1\""; }
err_has() { grep -q -e "$1" err || fail "stderr has no \"$1\""; }
out_is() { [ "$(cat out)" = "$1" ] || fail "stdout is not \"$1\""; }
out_empty() { [ ! -s out ] || fail "stdout is not empty"; }
err_empty() { [ ! -s err ] || fail "stderr is not empty"; }
titles() { nsquery "$@" --format=jsonl 2>/dev/null | sed 's/.*"title":"\([^"]*\)".*/\1/'; }

# one field of the report that nsindex --json printed
field() { sed 's/.*"'"$1"'":\([0-9.]*\).*/\1/' out; }
# it is one line, has the fields of the schema and no others, and its sums are right
is_report() {
	[ "$(wc -l < out)" = 1 ] || fail "the report is not one line"
	inner='s/"chunks":{[^}]*}/"chunks":0/;s/"phases":{[^}]*}/"phases":0/'
	sed -n 's/^  "required": \[\(.*\)\],$/\1/p' "$root/tools/nsindex.schema.json" | grep -o '"[a-z_]*"' > wanted
	sed "$inner" out | grep -o '"[a-z_]*":' | tr -d : > told
	cmp -s wanted told || fail "its fields are not those of the schema"
	for name in $(tr -d '"' < told); do
		grep -q "^    \"$name\": {" "$root/tools/nsindex.schema.json" || fail "$name is not in the schema"
	done
	all=0
	for part in $(sed 's/.*"chunks":{\([^}]*\)}.*/\1/' out | grep -o ':[0-9]*' | tr -d :); do all=$((all + part)); done
	[ $all = "$(field bytes_index)" ] || fail "chunks come to $all bytes"
}
adds_up() {
	[ "$(field articles)" = $(($(field indexed) + $(field replaced) + $(field refused))) ] ||
		fail "indexed, replaced and refused are not all articles"
}

# ---- no index, no words -----------------------------------------------------
t 2 nsquery rain; err_has "no index"; out_empty
t 2 nsquery; t 2 nsquery ''; t 2 nsquery '  '
t 2 nsindex; t 2 nsindex frobnicate; err_has "frobnicate"
t 0 nsquery --help; out_has "section:World"; err_empty
t 0 nsindex --help; t 0 nsindex build --help; out_has "preview"
t 0 nsindex --version; out_has "nsindex 0"; t 0 nsquery --version
t 2 nsindex build --no-such-option; err_has "no-such-option"
t 2 nsindex check -i "$scratch/nowhere"; t 2 nsindex stat; t 2 nsindex dump

# ---- building ---------------------------------------------------------------
mkdir page && cp "$sample" page/
t 0 nsindex build page; out_empty; err_has "indexed 12 articles"; err_has ".nsindex"
[ -d .nsindex ] || fail "no .nsindex in this folder"
t 0 nsindex build page; err_has "replacing 12 articles by 12"
t 0 nsindex build --json page; out_has '^{"articles":12,"indexed":12,.*}$'; is_report
for phase in reading adding preparing writing_lists learning_a_dictionary writing_text \
	writing_the_file committing; do out_has "[{,]\"$phase\":[0-9]*\.[0-9][0-9][0-9][,}]"; done
out_has '"chunks":{"info":[1-9].*"post":[1-9].*"frame":[1-9][0-9]*,"deletes":0},"phases":{"reading":'
[ "$(field peak_memory)" -gt 1000000 ] || fail "the peak of memory is below 1 MB"
[ "$(field bytes_body)" -gt 1000 ] && [ "$(field bytes_body)" -lt "$(field bytes_text)" ] || fail "bytes of bodies"
t 0 nsindex check; out_has "ok: 12 articles"; err_empty
t 0 nsindex stat; out_has "articles    12"; out_has "post"
t 0 nsindex stat --size; err_empty; out_has "bytes in 1 segment$"; out_has "^text .* words, .* terms"
for part in posn terms words tails positions forms lengths "stored text"; do
	out_has "^  $part  *[0-9]"
done
out_has "^  text:the "; out_lacks "of no list"; out_has "^pairs of frequent words "; out_has "^  all .* 100.0 %$"
t 2 nsindex stat --size rain
t 0 nsindex dump --term missiles; out_has "^text:missil df="
t 0 nsindex dump --term title:syria; out_has "^title:syria df="
t 2 nsindex dump --term zyzzyva; err_has "zyzzyva"
id=$(nsquery -n 1 missiles --format=jsonl | sed 's/.*"id":"\([^"]*\)".*/\1/')
t 0 nsindex dump --article "$id"; out_has "$id"
t 2 nsindex dump --article no-such-id
t 0 nsindex build --preview page; out_has "World"; out_has "cross-link"
echo '{"title":"11 Parts","body":"x","section":"Technology & Information"}' > wide.jsonl
t 0 nsindex build --preview wide.jsonl; out_has "Technology & Information  11 Parts"
cp -r .nsindex before; t 0 nsindex build --preview page
diff -r -x lock before .nsindex >/dev/null || fail "a preview wrote something"

# ---- rules of one's own -------------------------------------------------------
t 0 nsindex build --guess page; out_has "^closing    ^"; err_has "these rules cut"; cp out page.rules
t 0 nsindex build --preview page; grep -c '^  [0-9]' out > plain
t 0 nsindex build --preview --rules=page.rules page
[ "$(grep -c '^  [0-9]' out)" = "$(cat plain)" ] || fail "guessed rules cut otherwise"
t 2 nsindex build --rules=none.rules page; err_has "none.rules"
printf 'titel ^x\n' > bad.rules
t 2 nsindex build --rules=bad.rules page; err_has "bad.rules:1"; err_has "not with titel"
t 2 nsindex build --rules=page.rules --format=jsonl page; err_has "for listings"
t 2 nsindex build --guess --preview page; t 2 nsindex build --guess --json page
printf 'x\n' > little; t 1 nsindex build --guess little; err_has "no lines that part"
[ ! -s out ] || fail "rules for nothing"; rm little *.rules plain

# ---- what was skipped ---------------------------------------------------------
mkdir skip; printf '{"title":"a"}\nnonsense\n' > skip/a.jsonl; printf 'a\000b' > "skip/pic	ture"
for turn in 1 2; do
t 1 nsindex build -i skipped --skipped-log=skip/log.tsv skip
[ "$(cut -f1 skip/log.tsv)" = "$(printf 'refused\npassed over')" ] || fail "the log lacks lines"
[ "$(cut -f2 skip/log.tsv)" = "$(printf 'skip/a.jsonl:2\nskip/pic ture')" ] || fail "the log has other places"
done
t 1 nsindex build --preview --skipped-log=skip/log.tsv skip; [ "$(wc -l < skip/log.tsv)" = 2 ] || fail "preview logs less"
t 2 nsindex build --strict -i skipped --skipped-log=skip/log.tsv skip; [ "$(wc -l < skip/log.tsv)" = 1 ] || fail "strict logs nothing"
t 2 nsindex build -i skipped --skipped-log=none/log.tsv skip; err_has "none/log.tsv"
[ ! -c /dev/full ] || { t 1 nsindex build -i skipped --skipped-log=/dev/full skip; err_has "could not be written to its end"; }
rm -r skip skipped

# ---- the same article again ---------------------------------------------------
printf '{"title":"a"}\n{"title":"b"}\n{"title":"a"}\n{"title":"a","section":"s"}\n{"id":"1","title":"x"}\n{"id":"1","title":"y"}\n' > again.jsonl
t 0 nsindex build -i again --json again.jsonl; is_report; out_has '"indexed":4,"replaced":2,"duplicates":1,'
err_has "replaced  *1 by"; err_has "duplicate  *1 found again"
t 0 nsindex add -i again --json again.jsonl; is_report; out_has '"replaced":6,"duplicates":4,'; rm -r again again.jsonl

# ---- asking -----------------------------------------------------------------
t 0 nsquery "chemical attack"; out_has "hemical"; err_empty; out_lacks "$(printf '\033')"
t 0 nsquery chemical attack -n 2
[ "$(grep -c '^ *[0-9][0-9]*  ' out)" = 2 ] || fail "-n 2 does not give 2 hits"
t 0 nsquery --count missiles; grep -qx '[0-9][0-9]*' out || fail "not digits only"
t 1 nsquery --count zyzzyva; out_is 0
t 1 nsquery zyzzyva; err_has "nothing found"; out_empty
for query in '((' '+' '-' '"' ')' 'AND' '"unclosed' '@nasa' dont "don't" \
	'a:b:c' 'title:' '=' '-zyzzyva' '+-' '“curly' 'NOT' '*' '\' "'"; do
	nsquery -- "$query" > out 2> err < /dev/null; code=$? command="nsquery $query"
	case $code in 0|1) passed=$((passed + 1)) ;; *) fail "exit code $code" ;; esac
done
t 1 nsquery '(('; err_has "no word"
[ "$(titles "president's")" = "$(titles "president’s")" ] || fail "apostrophes differ"
[ -n "$(titles "president's")" ] || fail "no president"
t 1 nsquery =attackers
t 0 nsquery '+weapons -attack'
t 0 nsquery section:sport; out_has "Sport"
t 0 nsquery --explain missiles; out_has "weight"
printf '%s\n' '{"id":"p","title":"Storm","body":"A storm has closed the port of the town, an officer said on Monday, and no ship will leave before Thursday.","date":"2017-04-06"}' \
	'{"id":"q","title":"Storm closes port","body":"(Agency) A storm has closed the port of the town, an officer said on Monday, and no ship will leave before Thursday.","date":"2017-04-05"}' \
	'{"id":"r","title":"Storm","body":"Another storm."}' > wire.jsonl
t 0 nsindex build -i copies wire.jsonl
t 0 nsquery -i copies storm --format=trec; [ "$(wc -l < out)" = 3 ] || fail "not three hits"
t 0 nsquery -i copies storm --collapse
out_has '^     +1 copy, first seen 2017-04-05, longest q$'; out_has '^  2  '; out_lacks '^  3  '
t 0 nsquery -i copies storm --collapse --format=jsonl
out_has '"copies":1,"first_date":"2017-04-05","longest":"q"}$'; [ "$(grep -c copies out)" = 1 ] || fail "one story has copies"
for key in copies first_date longest; do
	grep -q "\"$key\": {" "$root/tools/nsquery.schema.json" || fail "$key is not in the schema"
done
t 0 nsquery -i copies storm --collapse --format=csv
out_has ',snippet,copies,first_date,longest$'; out_has ',1,2017-04-05,q$'; out_has ',0,,$'
t 0 nsquery -i copies storm --collapse --format=tsv; out_has '	1	2017-04-05	q$'
t 0 nsquery -i copies storm --collapse --count; out_is 3
t 1 nsquery -i copies storm --collapse --offset=2; err_has "no more"
printf 'headline,text,tags,country,byline,lang\nRain,It rained.,"rain, Floods",Peru; Chile,A. Ray,en\nSun,It shone.,Sun,Chile\n' > tags.csv
t 0 nsindex build -i tagged tags.csv
t 0 nsquery -i tagged topic:floods --format=jsonl; out_has '"author":"A. Ray","lang":"en","topics":\["rain","Floods"\],"places":\["Peru","Chile"\]'
t 0 nsquery -i tagged --count topic:rain topic:sun; out_is 2
t 1 nsquery -i tagged --count +topic:rain +topic:sun; out_is 0
t 0 nsquery -i tagged --count place:chile; out_is 2
t 0 nsindex stat -i tagged; out_has '^  place  *2 articles, 3 values$'
for key in author lang topics places; do
	grep -q "\"$key\": {" "$root/tools/nsquery.schema.json" || fail "$key is not in the schema"
done
t 0 nsquery --format=jsonl missiles
out_has '^{"rank":1,"score":[0-9.]*,"id":"[0-9a-z]*","title":"'; out_has '"highlights":\[\['
t 2 nsquery --format=xml missiles; t 2 nsquery -n x missiles
t 0 nsquery --format=csv missiles; out_has '^qid,rank,score,id,title,'; out_has '^1,1,[0-9]*\.[0-9]*,'
t 0 nsquery --format=tsv missiles; out_has "^1	2	"
t 0 nsquery --format=trec missiles
[ "$(grep -vc '^1 Q0 [^ ]* [0-9]* [0-9]*\.[0-9]\{7\} ns$' out)" = 0 ] || fail "not a TREC run"
for key in $(nsquery --explain --format=jsonl -n 3 missiles | grep -o '"[a-z]*":' | tr -d '":' | sort -u); do
	grep -q "\"$key\": {" "$root/tools/nsquery.schema.json" || fail "$key is not in the schema"
done
printf 'q1\tmissiles\n\nzyzzyva\nq3\t"chemical attack"\n' > topics
t 0 nsquery --batch=topics --format=trec -n 2; out_has '^q1 Q0 '; out_has '^q3 Q0 '; err_has '2: nothing found'
t 0 nsquery --batch=topics --count; out_has "^2	0$"
t 0 nsquery --batch=topics --format=jsonl -n 1; out_has '^{"qid":"q1","rank":1,'
t 2 nsquery --batch=no-such-file; t 2 nsquery --batch=topics rain
t 1 nsquery missiles --offset=500; err_has "no more"
mkdir -p deep/er; command="in a folder below"
(cd deep/er && nsquery missiles > "$scratch/out" 2> "$scratch/err" < /dev/null) || fail "index above not found"
t 2 nsquery -i nowhere missiles
NS_INDEX=.nsindex; export NS_INDEX; t 0 nsquery missiles; unset NS_INDEX

# ---- other inputs -----------------------------------------------------------
mkdir mixed
printf '%s\n' '{"id":"a","title":"Rain","body":"It rained.","date":"2017-04-06"}' \
	'{"id":"b","body":"no closing quote' '{"id":"a","title":"Rain again"}' \
	'{"id":"c"}' '{"id":"d","title":"Snow","unknown":[1,{"x":2}]}' > mixed/a.jsonl
printf 'A title\nand some \303\251 and \377 text\n' > mixed/b.txt
head -c 3000 /dev/zero > mixed/picture.png
printf 'hidden rain\n' > mixed/.hidden
t 1 nsindex build -i idx mixed
err_has "a.jsonl:2: refused"; err_has "a.jsonl:4: refused"
err_has "replaced *1"; err_has "repaired *1"; err_has "passed over *1"
t 1 nsindex build -i idx --json mixed nowhere; is_report; adds_up
out_has '^{"articles":6,"indexed":3,"replaced":1,"duplicates":0,"refused":2,"refused_files":1,"passed_over":1,"decoded":0,"mended":0,"repaired":1,'
t 0 nsquery -i idx --count rain; out_is 1
t 0 nsquery -i idx --count rain OR snow; out_is 2
t 1 nsquery -i idx hidden
t 0 nsquery -i idx rain --format=jsonl; out_has '"source":"a.jsonl:3"'
mkdir encodings
printf 'Été à Cannes\n\nLa pluie tombée « hier ».\n' > encodings/utf8.txt
for as in UTF-16 UTF-16LE CP1252; do iconv -f UTF-8 -t $as encodings/utf8.txt > encodings/$as.txt; done
t 0 nsindex build -i idx-encodings encodings; err_has "decoded *3 from other encodings"
err_has "duplicate *3" # letter for letter
printf 'DÃ©jÃ  vu\nitâ€™s a cafÃ©; CORAÇÃO is real\n' > damaged.txt
t 0 nsindex build -i idx-damaged damaged.txt; t 1 nsquery -i idx-damaged café
t 0 nsindex build -i idx-damaged --repair damaged.txt; err_has "mended *1"
t 0 nsquery -i idx-damaged café --format=jsonl; out_has 'it’s a café; CORAÇÃO is real'
printf 'Kop;Tekst\nRain;"It rained ""all"" day."\nSnow;It snowed;on\n' > table.csv
t 2 nsindex build -i idx-table table.csv; err_has "no title and no body among Kop, Tekst; --map title=NAME"
t 1 nsindex build -i idx-table --map title=kop,body=tekst table.csv; err_has 'table.csv:3: refused: bad row: 3 cells, and the header has 2'
t 0 nsquery -i idx-table '"all day"' --format=jsonl; out_has '"title":"Rain"'
t 2 nsindex build -i idx-table --map headline=kop table.csv; err_has '"headline" is no part of an article'
t 2 nsindex build -i idx-table --format=tsv table.csv; err_has "columns that do not fit"
t 1 nsindex build -i idx2 mixed/picture.png mixed/b.txt; err_has "refused"
t 2 nsindex build -i idx3 --strict mixed; err_has "a.jsonl:2"; [ ! -e idx3 ] || fail "a strict build left a folder"
t 2 nsindex build -i idx4 mixed/.nothing
# a day stays a day, a time a time; a date that may be two days is none
printf '%s\n' '{"id":"day","title":"Hail","date":"Thursday, April 6th, 2017"}' \
	'{"id":"time","title":"Hail","date":"6 Apr 2017 00:00 GMT"}' \
	'{"id":"gb","title":"Hail","date":"06/04/2017","lang":"en-GB"}' \
	'{"id":"two","title":"Hail","date":"06/04/2017"}' > dates.jsonl
printf '%s\n' '{"title":"Rain","contents":"It rained."}' '{"title":"Sun","body":" "}' '{"title":"Hail","text":"x"}' > alone.jsonl
t 0 nsindex build -i alone alone.jsonl; err_has "title alone *2 without a text"
t 0 nsindex build -i alone alone.jsonl --map body=contents; err_has "title alone *2 "
t 0 nsindex build -i idx16 dates.jsonl; err_has "undated *1"
t 0 nsquery -i idx16 hail --format=jsonl
out_has '"id":"day",.*"date":"2017-04-06"'; out_has '"id":"time",.*"date":"2017-04-06T00:00:00Z"'
out_has '"id":"gb",.*"date":"2017-04-06"'; [ "$(grep -c '"date"' out)" = 3 ] || fail "an ambiguous date was guessed"
t 0 nsindex dump -i idx16 --article day; out_has "^date *2017-04-06$"
# two articles, word by word
printf '%s\n' '{"id":"old","title":"Hail","body":"It was a quiet day.\nThen \u001b hail fell."}' \
	'{"id":"new","title":"Hail","body":"It was a  very quiet day.\nThen hail fell","section":"World"}' > two.jsonl
t 0 nsindex build -i idx17 two.jsonl
t 1 nsquery -i idx17 --diff old new; out_has '^+ section World$'; out_has '^It was a {+very+} quiet day.$'
out_has '^Then .* hail \[-fell.-\] {+fell+}$'; out_lacks "$(printf '\033')"
t 1 nsquery -i idx17 --format=jsonl --diff old new
out_has '^{"same":false,"old":{"id":"old",.*"hunks":\[{"old":\[9,9\],"new":\[10,14\],"removed":"","added":"very"}'
t 0 nsquery -i idx17 --diff old old; out_lacks '\[-'
t 2 nsquery -i idx17 --diff old; t 2 nsquery -i idx17 --diff old gone; err_has "gone"; t 2 nsquery -i idx17 --diff --count old new
t 2 nsquery -i idx17 --diff --format=csv old new; t 0 nsindex build -i idx18 --store=no two.jsonl
t 2 nsquery -i idx18 --diff old new; err_has "store=no"
cp -r idx kept; t 2 nsindex build -i idx mixed/picture.png; err_has "stays as it is"
diff -r -x lock kept idx > /dev/null || fail "a build without articles changed the index"
command="nsindex build with a pipe"
echo 'some text' | nsindex build -i idx5 > out 2> err; [ $? = 2 ] || fail "a pipe without - is no error"
err_has "give -"
command="nsindex build -"
printf 'From a pipe\nrain\n' | nsindex build -i idx5 - > out 2> err || fail "standard input not read"
t 0 nsquery -i idx5 --count pipe; out_is 1
t 0 nsindex build -i idx6 --store=no page; t 0 nsquery -i idx6 missiles
t 0 nsindex build -i idx61 --order=bp page; t 0 nsindex stat -i idx61; out_has "^order  *bp$"; out_has "^  rank "
t 0 nsindex add -i idx61 mixed/b.txt; t 0 nsindex merge -i idx61; t 0 nsindex stat -i idx61; out_has "^order  *bp$"
t 0 nsindex stat -i idx6; out_has "^order  *input$"; out_lacks "^  rank "
t 2 nsindex build -i idx62 --order=date page; err_has "input"; t 2 nsindex add -i idx61 --order=bp page
t 0 nsindex build -i idx7 --language=none page; t 1 nsquery -i idx7 missil
mkdir void; t 2 nsindex build -i none void; err_has "no article"
[ ! -e none ] || fail "a build without articles left a folder"
mkfifo pipe; sleep 60 > pipe & holder=$!
command="nsindex build - (SIGTERM while it waits)"
nsindex build -i idx10 - < pipe > out 2> err & waiting=$!
sleep 1; kill -TERM $waiting; (sleep 5; kill -9 $waiting) 2>/dev/null & watch=$!
wait $waiting; code=$?; kill $holder $watch 2>/dev/null
[ $code = 143 ] || fail "exit code $code, expected 143"
err_has "nothing has changed"; [ ! -e idx10/commit-0000000000000001 ] || fail "it committed"
t 2 nsindex build -i idx8 --language=klingon page; err_has "english"
mkdir other && echo x > other/thing; t 2 nsindex build -i other page; err_has "other files"

printf '%s\n' '{"id":"f","title":"=HYPERLINK(\"http://x\",\"y\")","body":"a, b\n\u001b[31mred"}' > f.jsonl
t 0 nsindex build -i idx9 f.jsonl
t 0 nsquery -i idx9 --format=csv hyperlink; out_has "\"'=HYPERLINK(\"\"http"; out_lacks "$(printf '\033')"

# a line on a terminal alone, and gone at the end; a pipe has no part of all
if command -v script > /dev/null; then
	awk 'BEGIN { for (i = 0; i < 100000; i++) printf "{\"id\":\"p%d\",\"title\":\"t%d\",\"body\":\"word%d rain of %d and %d\"}\n", i, i, i, i % 977, i % 31 }' > tall.jsonl
	terminal() { # TERM COLUMNS COMMAND: what it puts on a terminal
		command="$3 (TERM=$1, $2 columns)"
		TERM=$1 script -qec "stty cols $2; $3" /dev/null < /dev/null > out 2> err ||
			fail "exit code $?"
	}
	clear=$(printf '\033\\[K')
	terminal xterm 100 "nsindex build -i pro tall.jsonl"
	out_has "${clear}reading  [0-9,]* articles  [0-9.]* MB/s  [0-9.]* MiB  [0-9]* %  [0-9]* s left"
	tr '\r' '\n' < out | grep -e "$clear" | tail -1 | grep -qx "${clear}nsindex: indexed 100,000 .*\|$clear" || fail "the line stays"
	terminal xterm 30 "nsindex build -i pro tall.jsonl"
	out_has "$clear.*[0-9]* %  [0-9]* s left"
	! tr '\r' '\n' < out | grep -a "^$clear.* left" | sed "s/$clear//" | grep -q '.\{30\}' || fail "a line passes 29 columns"
	head -n 9 tall.jsonl > few.jsonl
	slowly="(cat few.jsonl; sleep .3; cat few.jsonl) | nsindex build -i pro --format=jsonl -"
	terminal xterm 100 "$slowly"
	out_has "${clear}reading .* MiB"; out_lacks "left"; out_lacks "reading.* %"
	terminal dumb 100 "$slowly"; out_lacks "$clear"; out_lacks reading
	t 0 sh -c "$slowly"; err_has "indexed 9 "; ! grep -q reading err || fail "progress off a terminal"
else
	echo "cli: the line of progress is skipped (no script)"
fi

# ---- updates ----------------------------------------------------------------
article() { # ID TITLE BODY
	printf '{"id":"%s","title":"%s","body":"%s","section":"World"}\n' "$@"
}
for n in 1 2 3 4 5 6 7 8 9; do article "u$n" "Rain $n" "It rained in Sochi."; done > nine.jsonl
{ article u3 "Sun" "It shone."; article u10 "Rain 10" "It rained."; } > two.jsonl
t 2 nsindex add -i up nine.jsonl; err_has "no index"; [ ! -e up ] || fail "add made a folder"
t 2 nsindex delete -i up --id u1; t 2 nsindex merge -i up; [ ! -e up ] || fail "a folder was made"
t 0 nsindex build -i up nine.jsonl
t 0 nsindex add -i up two.jsonl; err_has "added 2 articles"; err_has "up holds 10 now"
err_has "replaced  *1 by"
t 0 nsquery -i up --count rain; out_is 9
t 0 nsquery -i up --count shone; out_is 1
t 0 nsquery -i up --count section:World; out_is 10
t 0 nsquery -i up --count rain --commit=1; out_is 9
t 1 nsquery -i up --count shone --commit=1; out_is 0
t 2 nsquery -i up rain --commit=7; err_has "commit 7 is not kept"
t 0 nsindex stat -i up; out_has "also kept *1"; out_has "segments *2"; out_has "dead *1, "
t 0 nsindex stat -i up --size; out_has "in 2 segments$"; out_has "^  deletes "
t 0 nsindex dump -i up --article=u3; out_has "Sun"
t 1 nsindex delete -i up --id u4 nobody u5; err_has "'nobody'"; err_has "deleted 2 articles"
t 2 nsindex dump -i up --article=u4; err_has "no article has the id 'u4'"
t 0 nsquery -i up --count rain; out_is 7
t 1 nsindex delete -i up --id u4; err_has "nothing has changed"
t 0 nsindex check -i up; out_is "ok: 8 articles, every byte is as it should be"
t 2 nsindex delete -i up; t 2 nsindex delete -i up u1; t 2 nsindex delete -i up --id u1 --query rain
t 0 nsindex merge -i up --all; err_has "8 articles in 1 segment"
t 0 nsindex merge -i up; err_has "nothing to merge"
t 0 nsindex delete -i up --query '"rain 10" OR shone'; err_has "deleted 2 articles"
t 1 nsindex delete -i up --query unicorn; err_has "no article matches"
t 0 nsindex add -i up --json --durability=none two.jsonl
out_has '"indexed":2,.*"articles_after":8,"segments":[12],'; is_report
t 0 nsindex add -i up --json two.jsonl; is_report; out_has '"replaced":2,'
t 0 nsindex check -i up
nsindex build -i up nine.jsonl 2> /dev/null; [ "$(ls up | wc -l)" = 3 ] || fail "a build keeps old files"

# the newest manifest is damaged: nothing steps back by itself
nsindex add -i up two.jsonl 2> /dev/null
newest=$(ls up/commit-* | tail -1)
printf 'X' | dd of="$newest" bs=1 seek=40 conv=notrunc 2> /dev/null
generation=$(printf '%d' "0x${newest##*-}")
t 3 nsquery -i up rain; t 3 nsindex add -i up two.jsonl; t 3 nsindex delete -i up --id u1
t 3 nsindex check -i up; out_has "commit-.*damaged"; out_has "nsquery --commit="
t 0 nsquery -i up --commit=$((generation - 1)) --count rain; out_is 9
t 0 nsindex check -i up --repair; out_has "moved aside as bad-commit"; out_has "ok: 9 articles"
t 0 nsquery -i up --count rain; out_is 9
t 0 nsindex check -i up --repair; out_has "nothing to repair"
t 0 nsindex add -i up two.jsonl; t 0 nsindex check -i up; out_has "ok: 10"
ls up | grep -q bad-commit || fail "what was moved aside is gone"
cp -r .nsindex lost; printf 'X' | dd of="$(ls lost/commit-*)" bs=1 seek=40 conv=notrunc 2> /dev/null
t 3 nsindex check -i lost --repair; out_has "no older commit"; ls lost | grep -q bad- && fail "it was moved"

# Ctrl-C in the middle of a commit
awk 'BEGIN { for (i = 0; i < 30000; i++) printf "{\"id\":\"m%d\",\"title\":\"t%d\",\"body\":\"word%d rain of %d and %d\"}\n", i, i, i, i % 977, i % 31 }' > many.jsonl
for verb in build add; do
	rm -rf mid; nsindex build -i mid nine.jsonl 2> /dev/null
	command="nsindex $verb (SIGINT in its commit)"
	env --default-signal=INT nsindex $verb -i mid many.jsonl > out 2> err & writer=$!
	until ls mid/tmp-* > /dev/null 2>&1 || ! kill -0 $writer 2> /dev/null; do :; done
	kill -INT $writer; wait $writer; code=$?
	[ $code = 130 ] || fail "exit code $code, expected 130"
	err_has "interrupted; nothing has changed"
	t 0 nsindex check -i mid; out_is "ok: 9 articles, every byte is as it should be"
done

# and behind the first article, while it waits for more
for signal in INT=130 TERM=143; do
	{ cat many.jsonl; exec sleep 60; } > pipe & holder=$!
	env --default-signal=INT nsindex build -i new --format=jsonl - < pipe > /dev/null 2> told & waiting=$!
	tries=0; until [ -e new/lock ] || [ $tries = 100 ]; do sleep .05; tries=$((tries + 1)); done
	t 2 nsindex build -i new page; err_has "locked, last taken by pid $waiting on "
	command="nsindex build - (SIG${signal%=*} behind its first article)"
	kill -${signal%=*} $waiting; wait $waiting; code=$?; kill $holder; cp told err
	[ $code = ${signal#*=} ] || fail "exit code $code, expected ${signal#*=}"
	err_has "nothing has changed"
	[ ! -e new ] || fail "it left a folder"
done

# ---- what is refused --------------------------------------------------------
for n in $(seq 25); do echo "{\"id\":\"r$n\",\"title\":"; done > bad.jsonl; cat nine.jsonl >> bad.jsonl
t 1 nsindex build -i refused bad.jsonl; err_has "and 5 more: "; err_has "refused  *25: "
[ "$(grep -c ': refused: ' err)" = 20 ] || fail "not 20 refusals are told"
t 1 nsindex build --preview bad.jsonl; err_has "and 5 more: "; [ "$(grep -c ': refused: ' err)" = 20 ] || fail "not 20"
t 2 nsindex build --preview --strict bad.jsonl; [ "$(wc -l < err)" = 1 ] || fail "the refusal is told twice"
t 2 nsindex build --preview --json nine.jsonl; err_has "no report for --json"
cat nine.jsonl two.jsonl > twice.jsonl
t 0 nsindex build -i refused twice.jsonl; err_has "replacing 9 articles by 10 "

# an index of a newer format, whose checksums are right, is told from a damaged one
crc32c() { # FILE: four bytes, as printf takes them
	crc=4294967295
	for byte in $(od -An -v -tu1 "$1"); do
		crc=$((crc ^ byte))
		for bit in 1 2 3 4 5 6 7 8; do
			crc=$(((crc >> 1) ^ ((crc & 1) * 2197175160)))
		done
	done
	crc=$((crc ^ 4294967295))
	for byte in 0 8 16 24; do printf '\\%03o' $(((crc >> byte) & 255)); done
}
newer() { # FILE BYTES: its first BYTES get major version 99 and their checksum
	printf '\143' | dd of="$1" bs=1 seek=8 conv=notrunc 2> /dev/null
	head -c "$2" "$1" > x
	printf "$(crc32c x)" | dd of="$1" bs=1 seek="$2" conv=notrunc 2> /dev/null
}
for kind in commit seg; do
	rm -rf newer; cp -r .nsindex newer; file=$(echo newer/$kind-*)
	size=60; [ $kind = seg ] || size=$(($(wc -c < "$file") - 4))
	newer "$file" $size
	t 4 nsquery -i newer rain; err_has "$kind-.*format 99; this program reads"
	t 4 nsindex check -i newer
done
rm -rf newer; cp -r .nsindex newer; file=$(echo newer/commit-*)
newer "$file" $(($(wc -c < "$file") - 4)); cp -r newer kept4
t 4 nsindex build -i newer page; t 4 nsindex add -i newer page; t 4 nsindex delete -i newer --query rain
t 4 nsindex merge -i newer; t 4 nsindex stat -i newer; t 4 nsindex check -i newer --repair
diff -r -x lock kept4 newer > /dev/null || fail "a newer format was written over"
printf '\003' | dd of="$file" bs=1 seek=8 conv=notrunc 2> /dev/null
t 3 nsquery -i newer rain # a flipped bit is damage, also there

# ---- damage -----------------------------------------------------------------
cp -r .nsindex broken; segment=$(echo broken/seg-*)
printf 'X' | dd of="$segment" bs=1 seek=700 conv=notrunc 2> /dev/null
t 3 nsindex check -i broken; out_has "seg-"; err_has "damaged"
printf 'X' | dd of="$segment" bs=1 seek=20 conv=notrunc 2> /dev/null
t 3 nsquery -i broken rain; err_has "seg-"
cp -r .nsindex cut; for f in cut/commit-*; do head -c 50 "$f" > x; cp x "$f"; done
t 3 nsquery -i cut rain; t 3 nsindex check -i cut; t 3 nsindex build -i cut page
touch .nsindex/tmp-1-1; cp .nsindex/seg-* .nsindex/seg-00000000000000aa
t 0 nsindex check; out_has "tmp-1-1: left behind"; out_has "seg-00000000000000aa: left behind"
t 0 nsindex build page; [ "$(ls .nsindex | wc -l)" = 3 ] || fail "the next write leaves litter"

# ---- the real page ----------------------------------------------------------
# The title of each hit in few words, in order.
short() {
	titles "$@" | sed -e 's/^Idlib.*/Idlib/' -e 's/^US missile strike.*/strike/' \
		-e 's/^Putin:.*/Putin/' -e 's/^Syria denies.*/denies/' \
		-e 's/^Lavrov.*/Lavrov/' | tr '\n' ' '
}
finds() { # EXPECTED QUERY…
	expected=$1; shift
	command="nsquery $* (real page)"
	got=$(short -i real "$@")
	if [ "$got" = "$expected" ]; then passed=$((passed + 1))
	else fail "gave \"$got\", expected \"$expected\""; fi
}
if [ -n "$page" ]; then
	t 0 nsindex build -i real "$page"; err_has "indexed 8 articles"
	t 0 nsquery -i real --count section:World; out_is 8
	finds 'Idlib strike Putin denies ' chemical attack
	finds 'Idlib strike Putin ' '"chemical attack"'
	finds 'Idlib strike ' =attacks
	finds '' =attackers
	finds 'Lavrov ' -n 1 'comey fired'
	finds '' warplanes -raqqa
	t 1 nsquery -i real warplanes -raqqa
	finds 'denies ' '+weapons -attack'
	[ "$(short -i real "president's")" = "$(short -i real "president’s")" ] ||
		fail "apostrophes differ on the real page"
	for query in dont "don't" '"unclosed' '((' '@nasa'; do
		nsquery -i real -- "$query" > out 2> err < /dev/null
		[ $? -le 1 ] || fail "an error for $query"
	done
else
	echo "cli: the real page is skipped (no listing in NS_CORPORA)"
fi

# ---- nsbench ----------------------------------------------------------------
t 0 nsindex build -i timed "$sample"
queries=$root/bench/sample-queries.txt
t 0 nsbench lookup -i timed --rounds=1 --verify "$queries"
err_has "50 answers are those of the oracle"
out_has "query_parse, plan_make and rank_best"; out_has "best of 1 round "
for class in term and or phrase mixed; do
	out_has "^$class  *top10 .*[0-9]\.[0-9]"; out_has "^$class  *top10count"
done
t 0 nsbench lookup -i timed --rounds=2 --json --class=or "$queries"
[ "$(wc -l < out)" = 5 ] || fail "not a line for each mode"
number='[0-9]*\.[0-9]*'
[ "$(grep -cx "{\"class\":\"or\",\"mode\":\"[a-z0-9]*\",\"queries\":2,\
\"mean_us\":$number,\"median_us\":$number,\"p99_us\":$number,\
\"postings\":$number,\"blocks\":$number,\"candidates\":$number}" out)" = 5 ] ||
	fail "a line is not the JSON that was asked for"
t 0 nsbench lookup -i timed --rounds=1 --json --threads=2 --mode=top10 "$queries"
grep -qx "{\"threads\":2,\"one_qps\":[0-9]*,\"all_qps\":[0-9]*,\
\"ratio\":$number}" out || fail "threads are not told in JSON"
printf '# none\n\n' > none
t 2 nsbench lookup -i timed none; err_has "no query in none"; out_empty
printf '{"query": "+chemical +attack", "tags": ["intersection"]}\n' > json
t 2 nsbench lookup -i timed --class=or json; err_has "no query of class or"
t 0 nsbench lookup -i timed --class=and json; out_has "^and  *count  *1 "
printf 'rain\n{"query": 5}\n' > json
t 2 nsbench lookup -i timed json; err_has "json:2: "
t 0 nsbench decode --rounds=1 --json; out_has '"clock_ghz":[0-9.]*[1-9]'
for work in unpack "with sums" docs tfs "patched docs" "patched tfs" run \
	bitset scored "scored patched" "scored bitset"; do
	out_has "\"l1\",\"level\":\"scalar\",\"work\":\"$work\",\"bits\":[0-9.]*,\
\"g_ints_s\":[0-9.]*[1-9]"
done
t 2 nsbench decode rain; err_has "no operand"
t 2 nsbench lookup -i nowhere "$queries"; err_has nowhere; out_empty

mkdir heap; TMPDIR=$scratch/heap; export TMPDIR
t 0 nsbench build --rounds=2 "$sample"; err_empty; out_has "build of 12 articles .* best of 2 rounds"
for phase in reading adding writing_lists committing all "time of processors"; do
	out_has "^  $phase  *[0-9.]* s"
done
out_has "^  peak of memory  *[0-9.]* MiB"; out_has "^  docs and frequencies .*[1-9] bits a posting"
out_has "^  positions .*[1-9] bits a position"; out_has "^  posn  *[1-9].* %"; out_has "^  bdix  *[1-9]"
t 0 nsbench build --rounds=1 --json --with=--store=no --with=--language=none "$sample"
[ "$(wc -l < out)" = 1 ] || fail "not one line"
out_has '^{"rounds":1,"articles":12,"bytes_body":[1-9][0-9]*,'; out_has '"bdix":0,"body":0,"frame":[1-9]'
out_has "\"reading\":{\"seconds\":$number,\"mb_s\":$number}"; out_has "\"bits_position\":$number,"
[ "$(field peak_memory)" -gt 1000000 ] || fail "the peak of memory is below 1 MB"
t 2 nsbench build; err_has "give files"
t 2 nsbench build no-such-file; err_has "no-such-file"; out_empty
t 2 nsbench build --with=--no-such-option "$sample"; err_has "no-such-option"
sleep 60 > pipe & holder=$!
command="nsbench build (SIGTERM)"
nsbench build pipe > out 2> err & waiting=$!
tries=0; until [ -e heap/*/log ] || [ $tries = 100 ]; do sleep .05; tries=$((tries + 1)); done
sleep .2; kill -TERM $waiting; wait $waiting; code=$?; kill $holder
[ $code = 143 ] || fail "exit code $code, expected 143"
[ -z "$(ls heap)" ] || fail "a scratch folder was left"
unset TMPDIR

echo "cli: $passed passed, $failed failed"
[ "$failed" = 0 ]
