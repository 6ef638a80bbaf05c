#!/bin/sh
# make.sh — man pages and completion from the programs' own option tables.
#
#     make.sh BIN OUT
#
# In the pages, "@OPTIONS VERB@" becomes what `PROGRAM VERB --help=man` prints;
# nsindex-format(5) is engine/FORMAT.md, as it is.
set -eu
bin=$1 out=$2
here=$(dirname "$0")
mkdir -p "$out"
version=$("$bin/nsindex" --version | cut -d' ' -f2)
verbs=$("$bin/nsindex" --help=words | tr '\n' ' ')

for page in nsindex nsquery; do
	while IFS= read -r line; do
		case $line in
		"@OPTIONS "*) verb=${line#@OPTIONS }
			"$bin/$page" "${verb%@}" --help=man ;;
		"@OPTIONS@") "$bin/$page" --help=man ;;
		*) printf '%s\n' "$line" ;;
		esac
	done < "$here/$page.1.in" | sed "s/@VERSION@/$version/" > "$out/$page.1"
done

{
	printf '.TH NSINDEX-FORMAT 5 "" "ns %s" "File Formats"\n' "$version"
	printf '.SH NAME\nnsindex\\-format \\- the index on disk, to the byte\n'
	printf '.SH DESCRIPTION\n.nf\n'
	sed -e 's/\\/\\e/g' -e "s/^\\([.']\\)/\\\\\&\\1/" -e 's/-/\\-/g' \
		"$here/../../engine/FORMAT.md"
	printf '.fi\n.SH "SEE ALSO"\n.BR nsindex (1)\n'
} > "$out/nsindex-format.5"

# words: the options of a program or verb; choices: the values of an option
table() {
	"$@" --help=words | while read -r option argument; do
		name=$*
		name=${name##*/}
		case $option-$argument in
		--*-?*) word=$option= ;;
		*) word=$option ;;
		esac
		printf 'word %s|%s\n' "$name" "$word"
		case $argument in
		*'|'*) printf 'choice %s %s|%s\n' "$name" "$option" \
			"$(printf '%s' "$argument" | tr '|' ' ')" ;;
		esac
	done
}
{
	table "$bin/nsquery"
	for verb in $verbs; do table "$bin/nsindex" $verb; done
} | awk -F'|' '
	/^word / { words[substr($1, 6)] = words[substr($1, 6)] " " $2; next }
	{ choices[substr($1, 8)] = $2 }
	END {
		print "# bash completion of nsindex and nsquery, made from their options"
		print "declare -gA _ns_words=("
		for (name in words) print "\t[\"" name "\"]=\"" words[name] "\"" | "sort"
		close("sort")
		print ")\ndeclare -gA _ns_choices=("
		for (name in choices) print "\t[\"" name "\"]=\"" choices[name] "\"" | "sort"
		close("sort")
		print ")"
	}' > "$out/completion.bash"
sed "s/@VERBS@/$verbs/" "$here/completion.bash.in" >> "$out/completion.bash"
