#!/bin/sh
# bad_input.sh: input that cannot be read is refused with one line that names it, in bounded memory and time, and what stands beside it
# is read.  $TOCSIN is the program.  Speaks TAP.
set -u
LC_ALL=C
export LC_ALL
dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT
cd "$dir" || exit 1
n=0
ok() { # ok STATUS NAME
  n=$((n + 1))
  if [ "$1" = 0 ]; then echo "ok $n - $2"; else
    echo "not ok $n - $2"
    sed 's/^/# out: /' out | cut -c1-300 | head -5
    sed 's/^/# err: /' err | cut -c1-300 | head -5
  fi
}
# Most memory of a run, in KiB of addresses; the sanitizers need all of them.
limit=${TOCSIN_MEMORY-2000000}
run() { (
  [ -z "$limit" ] || ulimit -v "$limit"
  exec timeout 60 "$TOCSIN" "$@"
) >out 2>err; }
# expect EXIT DOCUMENTS PATTERN NAME: of the last run; PATTERN is in the messages, one line a message
expect() {
  got=$1 want=$2 documents=$3 pattern=$4 name=$5
  bad=0
  [ "$got" = "$want" ] || bad=1
  [ "$(grep -c '^{"tocsin":1,' out)" = "$documents" ] || bad=1
  [ -z "$pattern" ] || grep -q -- "$pattern" err || bad=1
  [ "$(grep -vc '^tocsin: ' err)" = 0 ] || bad=1
  [ "$bad" = 0 ] || echo "# exit $got, $(grep -c '^{"tocsin":1,' out) documents; wanted exit $want, $documents documents, '$pattern'"
  ok $bad "$name"
}

printf 'Russia sent 500 troops to Syria on Monday, officials said.\n' >good.txt
printf '{"id":"g1","text":"The minister resigned."}\n' >good.jsonl

run read --json good.txt good.jsonl
expect $? 0 2 '' 'good documents'

printf 'f\374r \377\376 \374ber sch\303\266n \303\251\303\251\303\251\303\251\303\251\303\251' >broken.txt
run read --json broken.txt good.txt
expect $? 1 1 'broken.txt: damaged UTF-8 (byte 1)' 'damaged UTF-8'

printf 'a\000b' >nul.txt
run read --json good.txt nul.txt good.txt
expect $? 1 2 'nul.txt: a NUL at byte 1' 'a NUL'

printf '{"id":"a","text":"One."}\n{"id":"b","text":"Tw\n{"id":"c","text":"Three."}\n' >cut.jsonl
run read --json cut.jsonl
expect $? 1 2 'cut.jsonl:2: not valid JSON' 'JSON Lines cut in the middle'

printf '[{"id":"a","text":"One."},{"id":"b","te' >cut.json
run read --json cut.json good.txt
expect $? 1 2 'cut.json:1: the JSON is cut off' 'a JSON array cut in the middle'

printf '{"text":"a \\ud800 b"}\n{"text":"good."}\n' >lone.jsonl
run read --json lone.jsonl
expect $? 1 1 'lone.jsonl:1: not valid JSON' 'a lone surrogate'

printf '{"text":["no string"]}\n{"text":"good."}\n' >type.jsonl
run read --json type.jsonl
expect $? 1 1 'type.jsonl:1: member "text" is not a string' 'a text that is no string'

deep=$(printf '%0100000d' 0 | tr 0 '[')
printf '{"text":"a","x":%s}\n{"text":"good."}\n' "$deep" >deep.jsonl
run read --json deep.jsonl
expect $? 1 1 'deep.jsonl:1: not valid JSON' 'JSON a hundred thousand deep'

run read --json missing.txt good.txt
expect $? 1 1 'missing.txt: cannot open it' 'a path that does not exist'

mkdir folder
run read --json folder good.txt
expect $? 1 1 'folder: is a folder' 'a folder'

printf 'Rain fell.\n' | gzip -c >packed.gz
run read --json packed.gz good.txt
expect $? 1 1 'packed.gz: is gzip-compressed' 'a format that is not read'

run read --json --max-text 20 good.txt good.jsonl
expect $? 1 0 'good.jsonl:1: more than 20 bytes of text' 'texts above --max-text'
run read --json --max-text 58 good.txt
expect $? 1 0 'good.txt: more than 58 bytes' 'one byte above it'
run read --json --max-text 59 good.txt
expect $? 0 1 '' 'as long as it'

head -c 200000000 /dev/zero | tr '\000' x >long.txt
run read --json long.txt good.txt
expect $? 1 1 'long.txt: more than 33554432 bytes' 'a line of 200 MB without a blank'
{ printf '{"text":"'; cat long.txt; printf '"}\n{"text":"good."}\n'; } >long.jsonl
run read --json long.jsonl
expect $? 1 1 'long.jsonl:1: more than 33554432 bytes' 'the same within JSON'
rm -f long.txt long.jsonl

head -c 1000000 /dev/zero | tr '\000' x >word.txt
run read --json word.txt good.txt
expect $? 0 2 '' 'a word of a million letters'
{ i=0; while [ $i -lt 2000 ]; do printf '((((((((((((((((((((((((((((((((((((((((((((((((((,,,,,,,,,,,,"""""'; i=$((i + 1)); done; } >marks.txt
run read --json marks.txt good.txt
expect $? 0 2 '' 'a hundred thousand punctuation marks'

# Numbers that cannot be: no figure has a wild value, and none is as long as the text.
cat >numbers.txt <<'TEXT'
The account 12345678901234567890 holds 99999999999999999999 dollars, 1,2,3,4 shares and 10^400 votes.

It rose to 9e999 percent, 5x10^9999, 1/0, 0/0, 7/$9, -+5, $-, 1.2.3.4, 12,34,56 and 1,000,00 tons; .5. and 5..6 and - - 7.

Nine trillion trillion trillion billion people, a million million million million men, 10 billion billion billion km.
TEXT
run read --json numbers.txt
expect $? 0 1 '' 'numbers that cannot be'
tr '{' '\n' <out | sed -n 's/.*"\(value\|low\|high\)":\(-\{0,1\}[0-9.e+]*\).*/\2/p' | awk '$1 > 1e16 || $1 < -1e16 { bad = 1; print "# " $1 } END { exit bad }'
ok $? 'no figure is wild'
[ "$(grep -c '"value":\(9\|10\|1\|0\|400\|1234\)[,0]' out)" = 0 ]
ok $? 'and none is a piece of one that is'
{ i=0; while [ $i -lt 3000 ]; do printf '%s of the %s men, including 3 of 5, from 4 to 5, ' $i $i; i=$((i + 1)); done; } >many.txt
run read --json many.txt
expect $? 0 1 '' 'ten thousand numbers in one sentence'

# The same small word over and over: where a reader looks ahead for as long as the words fit, its time is the square of them.
times=20000
[ -n "$limit" ] || times=4000 # the sanitizers are slow
for word in a one few last the of and that said million Monday 12 Mr. Russia; do
  yes $word | head -n $times | tr '\n' ' ' >again.txt
  run read --json again.txt good.txt
  expect $? 0 2 '' "the word $word $times times"
done

# What tocsin parse gave is CoNLL-U: ten columns, words numbered from 1, ranges that begin at the next word, each head a word of the sentence, one
# root, no cycle.  Prints sentences and words.
cat >trees.awk <<'AWK'
function wrong(what) { if (!bad) print "# line " NR ": " what; bad = 1 }
function end(i, at, steps, roots) {
  for (i = 1; i <= n; i++) {
    roots += head[i] == 0
    if (head[i] < 0 || head[i] > n || head[i] == i) wrong("the head of word " i)
    steps = 0
    for (at = i; !bad && at && !(at in safe); at = head[at])
      if (++steps > n) wrong("a cycle")
    for (at = i; !bad && at && !(at in safe); at = head[at]) safe[at] = 1
  }
  if (n && roots != 1) wrong(roots + 0 " roots")
  if (n) sentences++
  words += n
  n = 0
  split("", safe)
}
BEGIN { FS = "\t" }
/^$/ { end(); next }
/^#/ { next }
NF != 10 { wrong(NF " columns") }
length($2) > 512 { wrong("a token of " length($2) " bytes") }
$1 ~ /-/ { if ($1 + 0 != n + 1) wrong("a range"); next }
{
  if ($1 != ++n) wrong("words out of order")
  if ($2 == "" || $3 == "" || $4 !~ /^[A-Z]+$/ || $7 !~ /^[0-9]+$/ || ($7 == 0) != ($8 == "root")) wrong("the columns of a word")
  head[n] = $7 + 0
}
END { if (n) wrong("no empty line at the end"); print sentences + 0, words + 0; exit bad }
AWK
# parses NAME WORDS FILE...: all of it is read, into sound trees with at least so many words
parses() {
  name=$1 least=$2
  shift 2
  run parse "$@"
  got=$?
  awk -f trees.awk out >count
  sound=$?
  bad=0
  [ "$got" = 0 ] && [ "$sound" = 0 ] || bad=1
  ! grep -qv ': in another language (' err || bad=1
  [ "$(awk '{ n = $2 } END { print n + 0 }' count)" -ge "$least" ] || bad=1
  [ "$bad" = 0 ] || sed "s/^/# exit $got, sentences and words: /" count
  : >out
  ok $bad "$name"
}
again() { yes "$1" | head -n "$2" | tr '\n' ' '; } # again WORD TIMES
joined() { yes "$1" | head -n "$2" | tr -d '\n'; }
# Quotations without end, within each other, never closed: what stands behind them is read, each claim keeps to its own words.
tail_of() { printf '\n\nRussia sent 500 troops to Syria, officials said.\n'; }
# quoted CLAIMS LONGEST NAME: in.txt gives at least so many claims, no piece of whose contents is longer; and the last paragraph's figure and claim
quoted() {
  run read --json in.txt good.txt
  got=$?
  head -n 1 out | tr '{' '\n' | sed -n 's/^"spans":\[\(.*\)\],"quote".*/\1/p' >spans
  bad=0
  [ "$got" = 0 ] && [ "$(grep -c '^{"tocsin":1,' out)" = 2 ] || bad=1
  awk -v least="$1" -v most="$2" '{ gsub(/\],\[/, "\n"); gsub(/[][]/, ""); k = split($0, piece, "\n"); for (i = 1; i <= k; i++) { split(piece[i], at, ",");
    if (at[2] - at[1] > most) { bad = 1; print "# a content of " at[2] - at[1] " bytes" } } } END { if (NR < least) print "# " NR " claims"; exit bad || NR < least }' spans || bad=1
  head -n 1 out | grep -q '"text":"500",.*"text":"officials"' || bad=1
  ok $bad "$3"
}
quotations=10000
[ -n "$limit" ] || quotations=1000 # the sanitizers are slow
{ again '"Yes, we did it," the mayor said.' $quotations; tail_of; } >in.txt
quoted $quotations 40 "$quotations quotations in one paragraph"
{ again 'The mayor said "it is over.' $((quotations / 2)); tail_of; } >in.txt
quoted $((quotations / 5)) 60 'quotations that are never closed'
{ printf 'The general said \342\200\234we will stay. The bridge fell. The road is shut. The river rose.'; tail_of; } >in.txt
quoted 2 80 'one that is never closed ends with its paragraph'
{ again "$(printf '\342\200\234 \342\200\235 \042 \047 \342\200\230 \342\200\231 \302\253')" $((quotations / 2)); tail_of; } >in.txt
quoted 1 60 'marks of all kinds with nothing between them'
{ printf 'He said: '; again "$(printf '\342\200\234He told us:')" $((quotations / 2)); again "$(printf 'go.\342\200\235')" $((quotations / 2)); tail_of; } >in.txt
quoted 2 $((quotations * 15)) 'quotations within quotations'
words=50000
[ -n "$limit" ] || words=6000
{ printf 'The caf'; joined "$(printf '\314\201')" 10000; printf ' fell.\n'; } >in.txt
parses 'ten thousand combining marks on a letter' 3 in.txt
brackets=$((words * 10)) # half a million where words are 50,000; fewer under the sanitizers
{ joined '(' $brackets; joined ')' $brackets; } >in.txt
parses "$brackets nested brackets" 1 in.txt
{ joined '( ' 5000; joined 'a) ' 5000; } >in.txt
parses 'brackets and blanks' 10000 in.txt
again word $words >in.txt
parses "$words words without a sign" $words in.txt
glued=$((words * 2))
[ -n "$limit" ] || glued=$((words / 2)) # the sanitizers are slow
joined "don't" $glued >in.txt
parses "don't $glued times without a blank" $((glued / 200)) in.txt
for piece in a. U.S. a_ 1,000 http://a.b/ aG9x7Zk+Q/ . "$(printf '\342\200\215')"; do
  joined "$piece" $glued >in.txt
  parses "$piece $glued times" 1 in.txt
  run read --json in.txt good.txt
  expect $? 0 2 '' "... and read"
done
again word, $words >in.txt
parses "$words words with commas" $words in.txt
joined x 1000000 >in.txt
parses 'a word of a megabyte' 1 in.txt
: >in.txt
parses 'an empty file' 0 in.txt
yes ' ' | head -n 300000 >in.txt
parses 'a file of blanks' 0 in.txt
again 'Президент прибыл в Пекин. Он встретился с министром.' 300 >in.txt
parses 'Russian' 2400 in.txt
again '中国外交部发言人周一表示，双方将继续谈判。' 300 >in.txt
parses 'Chinese' 300 in.txt
again 'قال وزير الخارجية إن المحادثات ستستمر يوم الاثنين.' 300 >in.txt
parses 'Arabic' 2400 in.txt
parses 'two documents at once' 4800 -j 2 in.txt in.txt

# Long documents: printed part by part, each before the next one's turn, in memory that does not grow with what is printed.
{ printf '\n'; again "$(joined long 125)" 2000; } >in1.txt # a megabyte
{ again "$(joined wide 125)" 2000; } >in2.txt
run parse -j 1 in1.txt good.txt in2.txt good.txt in1.txt
got=$?
mv out alone
run parse -j 3 in1.txt good.txt in2.txt good.txt in1.txt
[ "$got $?" = "0 0" ] && cmp -s out alone
ok $? 'long documents on many threads come in order'
if [ -n "$limit" ]; then
  again "$(joined long 125)" 60000 >in.txt
  limit=200000
  run parse -j 1 in.txt
  got=$?
  limit=${TOCSIN_MEMORY-2000000}
  [ "$got" = 0 ] && [ "$(wc -c <out)" -gt 90000000 ]
  ok $? 'a document of 30 MB within 200 MB of addresses'
  rm -f out
fi

# gold_is EXIT PATTERN NAME: tocsin eval of gold.conllu, which ends with one line that names file and line
gold_is() {
  run eval gold.conllu
  got=$?
  bad=0
  [ "$got" = "$1" ] || bad=1
  if [ "$1" = 0 ]; then [ ! -s err ] && grep -q '^LAS ' out || bad=1
  else [ "$(wc -l <err)" = 1 ] && grep -q -- "$2" err || bad=1; fi
  ok $bad "a treebank with $3"
}
row() { printf '%s\t%s\t%s\tNOUN\t_\t_\t%s\t%s\t_\t_\n' "$1" "$2" "$2" "$3" "$4"; }
{ row 1 Rain 2 nsubj; row 2 fell 0 root; } >rain
{ cat rain; echo; } >gold.conllu
gold_is 0 '' 'one sentence'
cat rain >gold.conllu
gold_is 0 '' 'no empty line at its end'
{ cat rain; printf '2.1\tand\tand\t_\t_\t_\t_\t_\t2:conj\t_\n\n'; } >gold.conllu
gold_is 0 '' 'an empty node'
{ cat rain; echo; } | sed "s/\$/$(printf '\r')/" >gold.conllu
gold_is 0 '' 'CRLF'
{ row 1 Rain 2 nsubj; row 2 fell 1 dep; row 3 soon 0 root; } >gold.conllu
gold_is 1 'gold.conllu:[12]: the heads run in a circle: ' 'a cycle'
{ cat rain; printf '3\t.\t.\n'; } >gold.conllu
gold_is 1 'gold.conllu:3: 3 columns, not 10' 'a missing column'
{ cat rain; row 3 . 7 punct; } >gold.conllu
gold_is 1 'gold.conllu:3: head 7 out of range' 'a head out of range'
{ cat rain; row 3 . 0 root; } >gold.conllu
gold_is 1 'gold.conllu:3: a second root' 'two roots'
{ cat rain; row 4 . 2 punct; } >gold.conllu
gold_is 1 "gold.conllu:3: ids are out of order at '4'" 'ids out of order'
{ cat rain; row 3-2 "it's" _ _; } >gold.conllu
gold_is 1 "gold.conllu:3: the range '3-2' " 'a range that ends before it begins'
{ cat rain; printf '\nno tree at all\n'; } >gold.conllu
gold_is 1 'gold.conllu:4: 1 columns, not 10' 'a line that is none'
{ printf '\377'; cat rain; } >gold.conllu
gold_is 1 'gold.conllu:1: not UTF-8' 'bytes that are not UTF-8'
: >gold.conllu
gold_is 1 'gold.conllu: holds no sentence' 'nothing in it'
rm gold.conllu
gold_is 1 'gold.conllu: cannot open' 'no file'

printf 'not a model' >foreign.tocsin
run read --model foreign.tocsin --json good.txt
expect $? 3 0 'foreign.tocsin' 'a foreign model'
: >empty.tocsin
run read --model empty.tocsin --json good.txt
expect $? 3 0 'empty.tocsin' 'an empty model'
run read --model missing.tocsin --json good.txt
expect $? 3 0 'missing.tocsin' 'a missing model'
if [ -n "${MODEL:-}" ] && [ -f "$MODEL" ]; then
  head -c 100000 "$MODEL" >half.tocsin
  run read --model half.tocsin --json good.txt
  expect $? 3 0 'half.tocsin' 'a model cut off'
  { head -c 50000 "$MODEL"; printf 'XX'; tail -c +50003 "$MODEL"; } >hurt.tocsin
  run read --model hurt.tocsin --json good.txt
  expect $? 3 0 'hurt.tocsin' 'a damaged model'
fi

printf 'Der Minister sagte am Dienstag in Berlin, dass sich die beiden Seiten im Herbst wieder treffen.\n' >german.txt
run read --json german.txt good.txt
expect $? 0 2 'german.txt: in another language (de)' 'a text in another language is told, and nothing read from it'
grep -q '"language":"de".*"entities":\[\].*"events":\[\]' out
ok $? 'no records of a text in another language'
run parse german.txt
grep -q 'german.txt: in another language (de)' err
ok $? 'parse tells that too'

# Quotation marks: ten thousand quotations in one paragraph, marks that nest, never close, or close nothing
awk 'BEGIN { for (i = 0; i < 10000; i++) printf "\"No,\" he said. " }' >quotes.txt
awk 'BEGIN { for (i = 0; i < 3000; i++) printf "“"; for (i = 0; i < 3000; i++) printf "\302\253We said \047no "; for (i = 0; i < 3000; i++) printf "”" }' >marks.txt
awk 'BEGIN { for (i = 0; i < 3000; i++) printf "“They said “no.\n\n" }' >open.txt
for text in quotes marks open; do
  run read --json $text.txt
  expect $? 0 1 "" "quotation marks without end: $text"
done

printf 'Zurich\n' >table.tsv
run read --tables missing --json good.txt
expect $? 3 0 'missing' 'tables that are not there'

mkdir -p own/en/events
# fault FILE PATTERN NAME: a table of the user's with one wrong line
fault() {
  run read --tables "own/$1" --json good.txt
  expect $? 3 0 "$2" "$3"
}
printf 'zed\tcity\tXQX\t\t1\t1\t100\n' >own/places.tsv
fault places.tsv 'own/places.tsv:1: "XQX" has no line in countries.tsv' 'a country that is none'
printf '# comment\n\nrule hit: verb hit -> ASSAULT 190; actor = subject-1\n' >own/en/events/a_classes.rules
fault en/events/a_classes.rules 'own/en/events/a_classes.rules:3: "subject-1" is no place in a frame' 'a role that is none'
printf 'class ring: stone, %%ring\n' >own/en/events/a_classes.rules
fault en/events/a_classes.rules 'own/en/events/a_classes.rules:1: the class "ring" holds itself' 'a class that holds itself'
printf 'class ring: %%chain\nclass chain: %%ring\n' >own/en/events/a_classes.rules
fault en/events/a_classes.rules 'own/en/events/a_classes.rules:1: no class "%chain" stands above' 'classes that hold each other'
printf 'rule hit: verb hit -> ASSAULT 190; as doers\n' >own/en/events/a_classes.rules
fault en/events/a_classes.rules 'own/en/events/a_classes.rules:1: no roles "doers" stand above' 'roles that are none'
printf 'GOODLAND [GDL]\nBADLAND [GDL 2024017-20250101]\n' >own/lands.actors.txt
run read --tables own/lands.actors.txt --json good.txt
expect $? 0 1 'own/lands.actors.txt:2: ' 'a line of a dictionary that is wrong is left out'

if [ -w /dev/full ]; then
  timeout 60 "$TOCSIN" read --json good.txt >/dev/full 2>err
  got=$?
  : >out
  expect $got 3 0 'cannot write the results' 'a full disk'
fi
( timeout 60 "$TOCSIN" read --json good.txt good.txt; echo $? >code ) 2>err | :
: >out
expect "$(cat code)" 3 0 'cannot write the results' 'a reader that went away'

echo "1..$n"
