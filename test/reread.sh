#!/bin/sh
# reread.sh: all texts read anew: with other tables, what changed; corrections whose record is no more; killed half-way and taken up again.  $TOCSIN is
# the program; it is killed $TOCSIN_ROUNDS times (6).  Speaks TAP.
set -u
LC_ALL=C
export LC_ALL
# shellcheck source=test/tap.sh
. "$(dirname "$0")/tap.sh"
data=$(cd "$(dirname "$0")/../data" && pwd)
unset TOCSIN_LEDGER
dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT
cd "$dir" || exit 1

all() { for ask in stories events claims figures positions contradictions 'find attacked'; do
  # shellcheck disable=SC2086  # words on purpose
  "$TOCSIN" $ask --json "$@" 2>&1
done; }

# tables of the user's: a verb is not known any more
mkdir -p tables/en/events
for rules in "$data"/en/events/*.rules; do sed 's/\bdenounce\b/zzdenounce/g' "$rules" >tables/en/events/"$(basename "$rules")"; done
cat >some.jsonl <<'END'
{"id":"a","date":"2023-05-14","publisher":"Wire A","title":"Iran slams Greece","text":"Iran denounced Greece on Sunday. Russian troops attacked Kharkiv in Ukraine, officials said."}
{"id":"b","date":"2023-05-15","publisher":"Daily B","title":"Aid for Chad","text":"Spain sent aid to Chad on Monday. Turkey denounced Spain."}
END
gives 0 'documents' add -d a.db some.jsonl
all -d a.db >ours
gives 0 'with the same tables' reread -d a.db --diff
lacks out ': event'
all -d a.db >got
cmp -s got ours
ok $? '... nothing is otherwise'
gives 0 'a correction' correct -d a.db --at 2024-10-28 wrong event b#1
gives 0 'a note' correct -d a.db --at 2024-10-28 note event a#0 'in the wrong words'
all -d a.db >corrected
gives 0 'with other tables' reread -d a.db --diff --tables tables
has out '^a: event gone ACCUSE$'
has out '^b: event gone ACCUSE$'
has out '^    Iran denounced Greece on Sunday.$'
has out '^2 documents read anew$'
has out '^event      2 gone  0 new  0 changed$'
has out '^claim      0 gone  0 new  0 changed$'
lacks out 'ASSAULT'
has out '^correction 1 (wrong event) has no record now: bytes [0-9]* to [0-9]* of b$'
has out '^correction 2 (note event) has no record now'
gives 0 'the list' correct -d a.db --list --json
has out '"name":"b","span":\[[0-9,]*\],"type":"ACCUSE","lost":true}'
gives 0 'for a person' correct -d a.db --list
has out 'b \[[0-9,]*\] ACCUSE (no record now)'
"$TOCSIN" add -d other.db --tables tables some.jsonl >out 2>err
all -d other.db >want
all -d a.db >got
cmp -s got want
ok $? '... the answers are those of a ledger that was read so'
gives 0 'and back' reread -d a.db --diff --json
has out '^{"doc":"a","kind":"event","change":"new","sentence":"Iran denounced Greece on Sunday.","record":{'
lacks out '"change":"lost"'
all -d a.db >got
cmp -s got corrected
ok $? '... the corrections have effect again'

# killed half-way
i=0
while [ $i -lt 240 ]; do
  i=$((i + 1))
  printf '{"id":"d%03d","date":"2023-05-%02d","publisher":"Wire %d","text":"Russian troops attacked village %d in Ukraine on Monday, officials said. Spain denounced Russia. Police found %d people dead. Iran and Turkey signed an agreement on trade in Ankara, the foreign ministry of Turkey said on Tuesday."}\n' $i $((i % 28 + 1)) $((i % 3)) $i $((i * 7))
done >many.jsonl
"$TOCSIN" add -d m.db many.jsonl >out 2>err
lines out 240
gives 0 'a correction' correct -d m.db --at 2024-10-28 wrong event 'd007#0'
all -d m.db >before
cp m.db whole.db
gives 0 'read anew in one go' reread -d whole.db --tables tables --diff
cp out report
all -d whole.db >want
! cmp -s want before
ok $? '... is otherwise'
rounds=${TOCSIN_ROUNDS:-6}
round=0 wrong=0 taken=0
fails() {
  wrong=$((wrong + 1))
  echo "# round $round: $1"
}
while [ $round -lt "$rounds" ]; do
  round=$((round + 1))
  rm -f k.db*
  cp m.db k.db
  "$TOCSIN" reread -d k.db -j 1 --tables tables --diff >part 2>/dev/null &
  pid=$!
  sleep "0.$((round * 23 % 60 + 20))"
  kill -9 $pid 2>/dev/null
  wait $pid 2>/dev/null
  all -d k.db >got
  through=0 # killed behind the commit, before it told of it
  if cmp -s got want; then through=1; elif ! cmp -s got before; then fails 'neither as before nor as read anew'; fi
  "$TOCSIN" reread -d k.db --tables tables --diff >rest 2>err || fails 'is not gone on with'
  grep -q 'documents were read anew before: the others follow' err && taken=$((taken + 1))
  all -d k.db >got
  cmp -s got want || fails 'is otherwise in the end'
  [ -s part ] || [ $through = 1 ] || cmp -s rest report || fails 'tells other changes'
done
[ $wrong = 0 ]
ok $? "killed $rounds times: as it was until all is read, and then as if it had not been killed"
[ $taken -gt 0 ]
ok $? "... what was read was taken up ($taken times)"
rm -f k.db*
cp m.db k.db
"$TOCSIN" reread -d k.db -j 1 --tables tables >part 2>/dev/null &
pid=$!
sleep 0.3
kill -9 $pid 2>/dev/null
wait $pid 2>/dev/null
gives 0 'with other tables than the run that was killed' reread -d k.db
lacks err 'were read anew before'
all -d k.db >got
cmp -s got before
ok $? '... nothing of it is taken up'

head -c 60000 m.db >cut.db
timeout 20 "$TOCSIN" reread -d cut.db >out 2>err
[ $? = 3 ]
ok $? 'a damaged ledger ends it'
gives 3 'no ledger' reread -d none.db
gives 3 'no such tables' reread -d m.db --tables none
gives 2 'arguments' reread -d m.db x
gives 3 'no such model' reread -d m.db --model "$(printf 'a\377')"
gives 3 'a ledger whose name is no UTF-8' reread -d "$(printf 'a\377')"
gives 3 'a long name' reread -d "$(head -c 100000 /dev/zero | tr '\0' x)"
echo "1..$n"
