#!/bin/sh
# correct.sh: corrections from outside: what they change, that an undone one leaves no trace, what is refused.  $TOCSIN is the program.  Speaks TAP.
set -u
LC_ALL=C
export LC_ALL
# shellcheck source=test/tap.sh
. "$(dirname "$0")/tap.sh"
unset TOCSIN_LEDGER
dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT
cd "$dir" || exit 1

cat >all.jsonl <<'END'
{"id":"quake-1","date":"2023-05-14","publisher":"Wire A","title":"Earthquake hits eastern Turkey","text":"A strong earthquake hit the eastern Turkish city of Van on Sunday, officials said. The death toll rose to 12, the interior ministry of Turkey said. Rescue workers searched the rubble of apartment buildings in Van."}
{"id":"vote-1","date":"2023-05-14","publisher":"Daily B","title":"Thai opposition wins election","text":"The opposition Move Forward party won the parliamentary election in Thailand on Sunday. Its leader Pita Limjaroenrat said he would seek a coalition in Bangkok."}
{"id":"quake-2","date":"2023-05-15","publisher":"Daily B","title":"Rescuers search rubble after Turkish earthquake","text":"Rescue workers searched the rubble of apartment buildings in the eastern Turkish city of Van for a second day after a strong earthquake. The death toll rose to 31, the interior ministry of Turkey said on Monday. Greece sent aid to Turkey."}
{"id":"quake-3","date":"2023-05-17","publisher":"Wire A","title":"Turkey mourns earthquake dead","text":"Turkey mourned the victims of the earthquake in the eastern city of Van on Wednesday. The death toll rose to 40, the interior ministry of Turkey said. Greece sent more aid to Turkey. Iran criticised Greece on Tuesday."}
END
"$TOCSIN" add -d a.db all.jsonl >out 2>err
all() { for ask in 'stories --json' stories 'events --json' 'claims --json' 'figures --json' 'positions --json' 'find earthquake --json' 'story 1'; do
  # shellcheck disable=SC2086  # words on purpose
  "$TOCSIN" $ask "$@" 2>&1
done; }
all -d a.db >before
number=0
# corrects NAME ARGUMENT...: the correction changes the answers
corrects() {
  what=$1
  shift
  gives 0 "$what" correct -d a.db --by me --at 2024-10-28 --reason why "$@"
  number=$((number + 1))
  has out "^correction $number\$"
  all -d a.db >after
  ! cmp -s before after
  ok $? '... which changes the answers'
}
# undone: and without it they are what they were
undone() {
  gives 0 '... undone' correct -d a.db --at 2024-10-29 --undo $number
  number=$((number + 1))
  all -d a.db >after
  cmp -s before after
  ok $? '... the answers are byte for byte what they were'
}
id_of() { sed -n "s/.*\"doc\":\"$1\".*\"sentence\":\"$2[^\"]*\",\"id\":\([0-9]*\),.*/\1/p" out | head -1; }

gives 0 'events' events -d a.db --json --actor GRC
aid=$(id_of quake-2 Greece)
corrects 'a wrong event' wrong event "quake-2#$aid"
gives 0 '... it is gone' events -d a.db --json --actor GRC
! grep -q '"doc":"quake-2"' out
ok $? '... from the answers'
undone
corrects 'an event of another type' --type SUPPORT wrong event "quake-2#$aid"
gives 0 '... it is there' events -d a.db --json --type SUPPORT
has out '"doc":"quake-2".*"corrected":'
undone
gives 0 'figures' figures -d a.db --json
reading=$(sed -n 's/.*"id":\([0-9]*\),"doc":"quake-2".*/\1/p' out)
corrects 'another value' --value 33 wrong figure "$reading"
gives 0 '... it is there' figures -d a.db --json
has out '"doc":"quake-2"[^}]*"value":33'
undone
corrects 'a reading out of its series' split series 1 "$reading"
gives 0 '... the number behind it' figures -d a.db --json
has out '"value":12,.*"doc":"quake-3"[^}]*"value":40.*"revises":1'
undone
corrects 'two stories in one' merge story 1 2
gives 0 '... are one' stories -d a.db --json
[ "$(wc -l <out)" = 1 ]
ok $? '... one line'
undone
corrects 'a document out of its story' split story 1 quake-3
gives 0 '... has its own' stories -d a.db --json
has out '^{"id":4,"title":"Turkey mourns'
printf '{"id":"quake-4","date":"2023-05-18","title":"Turkey mourns earthquake dead","text":"Turkey mourned the victims of the earthquake in the eastern city of Van on Wednesday. The death toll rose to 40, the interior ministry of Turkey said. Greece sent more aid to Turkey. More follows."}\n' >more.jsonl
cp a.db b.db
"$TOCSIN" add -d b.db more.jsonl >out 2>err
gives 0 'what is like it' stories -d b.db --json
has out '^{"id":4,.*"quake-4"'
# as of a day: what a ledger says that holds no more, with the same correction
head -2 all.jsonl >early.jsonl
all -d a.db --as-of 2023-05-14 >got
"$TOCSIN" add -d early.db early.jsonl >out 2>err
all -d early.db >want
cmp -s want got
ok $? 'as of the first day'
undone
corrects 'the first document out of its story' split story 1 quake-1
gives 0 '... the others keep together' stories -d a.db --json
has out '^{"id":3,.*"quake-2".*"quake-3"'
undone
corrects 'a telling out of its event' split event 1 "quake-2#$aid"
undone
gives 0 'events' events -d a.db --json --actor IRN
other=$(sed -n 's/.*"event":\([0-9]*\),"sentence":"Iran.*/\1/p' out)
corrects 'two events in one' merge event 1 "$other"
gives 0 '... have one number' events -d a.db --json
! grep -q "\"event\":$other," out
ok $? '... the first one'"'"'s'
undone
corrects 'a note' note event "quake-2#$aid" 'seen by a witness'
gives 0 '... is there' events -d a.db --json
has out '"notes":\[{"text":"seen by a witness","by":"me","at":"2024-10-28"}\]'
undone
gives 0 'the list' correct -d a.db --list --json
has out '"kind":"wrong","subject":"event","by":"me","at":"2024-10-28","reason":"why","undone_by":2,"targets":\[{"name":"quake-2","span":\['

gives 0 'read anew' reread -d a.db --diff
lines=$(grep -c ': ' out)
[ "$lines" = 0 ]
ok $? '... nothing changed'
has out '^event  *0 gone  0 new  0 changed'
all -d a.db >after
cmp -s before after
ok $? '... the answers are what they were'
gives 0 'a correction' correct -d a.db --at 2024-10-28 wrong event "quake-2#$aid"
number=$((number + 1))
all -d a.db >corrected
gives 0 'read anew' reread -d a.db --json
all -d a.db >after
cmp -s corrected after
ok $? '... the correction holds'
undone
gives 2 'a document that is not there' correct -d a.db wrong event 'none#1'
has err 'none in the ledger'
gives 2 'a record that is not there' correct -d a.db wrong event 'quake-2#99'
gives 2 'an event that is not there' correct -d a.db wrong event 999
gives 2 'a story that is not there' correct -d a.db merge story 1 99
gives 2 'no kind of record' correct -d a.db wrong thing 1
gives 2 'claims are not merged' correct -d a.db merge claim 1 2
gives 2 'too little' correct -d a.db merge story 1
gives 2 'a value that is no number' correct -d a.db --value x wrong figure 1
gives 2 'an undoing undone' correct -d a.db --undo 2
gives 3 'no ledger' correct -d none.db grade X A
all -d a.db >after
cmp -s before after
ok $? 'nothing of all this changed anything'
if command -v flock >/dev/null 2>&1; then
  flock a.db-lock sleep 2 &
  sleep 0.3
  gives 3 'a second writer' correct -d a.db grade X A
  has err 'another program writes'
  wait
fi
echo "1..$n"
