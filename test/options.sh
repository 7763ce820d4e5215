#!/bin/sh
# options.sh: the command line: help, wrong options and their exit status, where dates and publishers come from, ids, order of output.
# $TOCSIN is the program.  Speaks TAP.
set -u
LC_ALL=C
export LC_ALL
# shellcheck source=test/tap.sh
. "$(dirname "$0")/tap.sh"
dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT
cd "$dir" || exit 1

gives 2 'an option that is none' read --nope
has err 'nope: no such option'
[ "$(wc -l <err)" = 1 ]
ok $? '... in one line'

gives 2 'no command'
has err 'tocsin help'
gives 0 'help' help
has out 'tocsin read'
gives 0 'version' --version
has out '^tocsin [0-9]'
gives 2 'unknown command' peruse
has err "no command 'peruse'"
gives 0 'help of a command' read --help
has out '--max-text'
gives 0 'help of a command, asked first' help read
has out '--max-text'
gives 2 'unknown option' read --jsno
has err '^tocsin: '
gives 2 'option without its value' read --date
for date in 2024-02-30 yesterday 2024-13-01 2024-1-1 ''; do gives 2 "--date '$date'" read --date "$date"; done
for j in 0 -1 257 x ''; do gives 2 "-j '$j'" read -j "$j"; done
for m in 0 -5 x 2G 99999999999999999999; do gives 2 "--max-text $m" read --max-text "$m"; done
gives 2 '--with-text without --json' read --with-text
gives 2 '--plover and --json' read --plover --json
printf 'Russia attacked Ukraine on Monday. Russia never attacked Poland. Iran denied that it attacked Iraq. ' >acts.txt
printf 'Russia may attack Georgia. The United States will meet with Japan next week. Four soldiers were killed.\n' >>acts.txt
gives 0 'events as PLOVER has them' read --plover --date 2024-10-23 acts.txt
grep -q '^{"id":"acts-[0-9]*","date":"2024-10-21","actor":\[{"actorText":"Russia","code":"RUS","country":"RUS"}\],"recipient":\[{"actorText":"Ukraine".*"event":"ASSAULT"' out
ok $? '... an act with its day, actor and recipient'
grep -q '"event":"AGREE".*"text":"The United States will meet with Japan next week."' out
ok $? '... a planned meeting is AGREE'
grep -q 'Poland\|Iraq\|killed' out
[ $? = 1 ]
ok $? '... nothing of what is negated or denied, or has no actor'
printf 'The Taliban attacked an army base in Kunduz on Monday.\n' >taliban.txt
gives 0 'a rebel of 2016' read --json --date 2016-11-10 taliban.txt
has out '"code":"AFGREB"'
gives 0 '... who governs in 2022' read --json --date 2022-11-10 taliban.txt
has out '"code":"AFGGOV"'
printf 'The storm attacked the coast.\n' >storm.txt
gives 0 'a sentence without an event' why storm.txt
has out 'no event .*attacked.*: nobody with a country'
has out 'what came closest stands above'
gives 3 'no such model' read --model no-such-file
TOCSIN_MODELS=$PWD gives 3 'no large model where it should be' read --model large
has err 'en-large.tocsin'
has err "$PWD: no "

printf '# text = Itrained .\n1\tIt\tit\tPRON\t_\t_\t2\tnsubj\t_\tSpaceAfter=No\n2\trained\train\tVERB\t_\t_\t0\troot\t_\t_\n3\t.\t.\tPUNCT\t_\t_\t2\tpunct\t_\t_\n\n' >gold.conllu
gives 0 'eval from raw text' eval gold.conllu
grep '^Tokens' out | grep -q ' 100.00 .* 3 .* 3$'
ok "$((! $?))" '... which is cut anew'
gives 0 'eval on gold tokens' eval --gold-tokens gold.conllu
grep -q '^Tokens *100.00 *100.00 *100.00 *3 *3$' out
ok $? '... takes the words of the file'

printf 'Rain fell on Oslo.\n' >a.txt
gives 0 'date and publisher' read --json --date 20241028 --publisher 'The "Post"' a.txt
has out '"id":"a"'
has out '"published":"2024-10-28"'
has out '"publisher":"The \\"Post\\""'
printf '{"id":"x","text":"Rain.","date":"2020-01-01","publisher":"P","odd":[1, 2.50]}\n' >b.jsonl
gives 0 "the document's own come first" read --json --date 2024-10-28 --publisher Q --with-text b.jsonl
has out '"published":"2020-01-01"'
has out '"publisher":"P"'
has out '"text":"Rain."'
has out '"extra":{"odd":\[1,2.50\]}'
"$TOCSIN" read --json - <a.txt >out 2>err
has out "\"id\":\"$(sha256sum a.txt | cut -d' ' -f1)\""
: | "$TOCSIN" read --json >out 2>err
ok "$(($(wc -l <out) != 1))" 'the empty text is a document'

i=0
while [ $i -lt 60 ]; do
  echo "{\"id\":\"d$i\",\"text\":\"Minister number $i resigned in Oslo on Monday, officials said. $([ $((i % 5)) = 0 ] && cat a.txt a.txt a.txt a.txt a.txt | tr '\n' ' ')\"}"
  i=$((i + 1))
done >many.jsonl
"$TOCSIN" read --json -j 1 many.jsonl >one 2>err
for j in 2 3 8; do
  "$TOCSIN" read --json -j $j many.jsonl >out 2>err
  [ -s one ] && cmp -s one out
  ok $? "$j threads give the bytes of one"
done
[ "$(sed 's/.*"document":{"id":"d\([0-9]*\)".*/\1/' one | tr '\n' ' ')" = "$(seq 0 59 | tr '\n' ' ')" ]
ok $? 'output in the order of the input'
echo "1..$n"
