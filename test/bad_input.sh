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

# The same small word over and over: where a reader looks ahead for as long as the words fit, its time is the square of them.
times=20000
[ -n "$limit" ] || times=4000 # the sanitizers are slow
for word in a one few last the of and that said million Monday 12 Mr. Russia; do
  yes $word | head -n $times | tr '\n' ' ' >again.txt
  run read --json again.txt good.txt
  expect $? 0 2 '' "the word $word $times times"
done

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

printf 'Zurich\n' >table.tsv
run read --tables missing --json good.txt
expect $? 3 0 'missing' 'tables that are not there'

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
