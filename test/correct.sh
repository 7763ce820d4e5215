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
gives 2 'a document of another story' correct -d a.db split story 1 vote-1
has err 'vote-1 is no part of it'
gives 2 'a telling of another event' correct -d a.db split event 1 "quake-3#999"
gives 2 'a story merged with itself' correct -d a.db merge story 1 1
has err '1 is named twice'
gives 2 'an event merged with itself' correct -d a.db merge event 1 01
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
corrects 'a note on a story' note story 1 'to be followed'
gives 0 '... is there' stories -d a.db --json
has out '^{"id":1,.*"notes":\[{"text":"to be followed","by":"me","at":"2024-10-28"}\]'
gives 0 '... for a person' stories -d a.db
has out '^       note by me: to be followed$'
gives 0 'a note on an event' correct -d a.db --by me --at 2024-10-28 note event "quake-2#$aid" 'seen by a witness'
number=$((number + 1))
gives 0 '... for a person' events -d a.db --no-pager --actor GRC
has out '^    note by me: seen by a witness$'
gives 0 '... undone' correct -d a.db --at 2024-10-29 --undo $number
number=$((number + 1))
gives 0 '... and the other' correct -d a.db --at 2024-10-29 --undo $((number - 2))
number=$((number + 1))
all -d a.db >after
cmp -s before after
ok $? '... the answers are byte for byte what they were'
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
# corrections in all forms that others read
cat >two.jsonl <<'END'
{"id":"q1","date":"2023-05-14","publisher":"Wire A","title":"Quake in Van","deep":[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[1.5]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]],"text":"Iran criticised Spain. Greece sent aid to Turkey on Sunday. The death toll rose to 12, the interior ministry of Turkey said."}
{"id":"q2","date":"2023-05-15","publisher":"Daily B","title":"Van","text":"Spain will send soldiers to Turkey on 20 May. The death toll rose to 31, the interior ministry of Turkey said on Monday. Greece denied that it had sent aid to Turkey. Chad condemned Greece."}
END
"$TOCSIN" add -d raw.db two.jsonl >out 2>err
cp raw.db form.db
for line in 'wrong event q1#0' '--type SUPPORT wrong event q1#1' '--value 33 wrong figure 2' 'wrong claim q1#1' 'wrong position q2#0' '--stance evades wrong claim q2#1' \
  '--status denied wrong event q2#0'; do
  # shellcheck disable=SC2086  # words on purpose
  gives 0 "$line" correct -d form.db --at 2024-10-28 $line
done
for table in events claims figures positions documents; do
  gives 0 "$table" export -d form.db --format csv --table $table
  cp out "form.$table"
done
lacks form.events ',ACCUSE,disapprove,.*Iran'
has form.events ',SUPPORT,,[^,]*,050,5,actual,Greece'
has form.events ',denied,Spain,'
has form.figures ',33,'
lacks form.figures ',31,'
lacks form.claims 'The death toll rose to 12'
has form.claims ',evades,'
lacks form.positions ',Greece,GRC,denies'
has form.documents '^q1,.*,3,1,1,1,[0-9]'
for format in plover gdelt geojson ics stix md claim jsonl; do
  gives 0 "$format" export -d form.db --format $format --story 1
  cp out "form.$format"
done
lacks form.plover '"IRN"'
has form.plover '"event":"SUPPORT".*"intensity":5,"quad":1'
lacks form.gdelt 'IRN'
has form.gdelt '	050	050	05	1	'
lacks form.geojson 'ACCUSE'
lacks form.ics 'MOBILIZE'
lacks form.stix 'by Iran'
lacks form.stix '\\n ()'
has form.stix 'SUPPORT by Greece toward Turkey'
lacks form.md 'Iran'
has form.md '33 (2023-05-15'
lacks form.claim '"The death toll rose to 12"'
lacks form.jsonl 'null'
has form.jsonl '\[\[\[1.5\]'
"$TOCSIN" add -d again.db form.jsonl >out 2>err
lines out 2
for ask in 'events --csv' 'claims --csv' 'figures --csv' 'positions --csv' contradictions 'story 1 --no-pager'; do
  # shellcheck disable=SC2086  # words on purpose
  "$TOCSIN" $ask -d form.db | grep -v '^    corrected (' | sed 's/^\([^,]*,\)\{6\}/&/; s/,[0-9]*,\([A-Z]*\),/,N,\1,/' >want
  # shellcheck disable=SC2086
  "$TOCSIN" $ask -d again.db | sed 's/,[0-9]*,\([A-Z]*\),/,N,\1,/' >got
  cut -d, -f1,2,7- want >want.cut
  cut -d, -f1,2,7- got >got.cut
  [ "$(wc -l <want)" = "$(wc -l <got)" ]
  ok $? "... $ask: as many records in a ledger of what was exported"
done
gives 0 'events of that ledger' events -d again.db --json
has out '"type":"SUPPORT"'
lacks out '"IRN"'
gives 0 'contradictions as a table' contradictions -d raw.db --csv
has out '^contradiction,kind,story,document,'
has out '^1,denial,1,q1,2023-05-14,Wire A,Wire A,1,[0-9]*,[0-9]*,Greece sent aid to Turkey on Sunday.,q2,2023-05-15,Daily B,Greece,1,'
lines out 2
gives 0 'after the first' contradictions -d raw.db --csv --offset 1
lines out 1
gives 0 'after the first' contradictions -d raw.db --json --offset 1
lines out 0
gives 2 'no such type' correct -d form.db --type NONE wrong event q1#1
gives 2 'no such mode' correct -d form.db --type AID --mode demo wrong event q1#1
gives 2 'no such status' correct -d form.db --status real wrong event q1#1
gives 2 'no such state' correct -d form.db --state slain wrong figure 2
gives 2 'no such stance' correct -d form.db --stance thinks wrong claim q2#0
for word in "$(printf 'a\377')" '' "$(head -c 100000 /dev/zero | tr '\0' x)"; do
  gives 2 'a strange document' correct -d form.db wrong event "$word"
  gives 2 'a strange kind' correct -d form.db wrong "$word" q1#0
  gives 2 'a strange type' correct -d form.db --type "$word" wrong event q1#1
  gives 2 'a strange number' correct -d form.db --value "$word" wrong figure 2
  gives 2 'a strange undoing' correct -d form.db --undo "$word"
  gives 2 'a strange grade' correct -d form.db grade 'Wire A' "$word"
  gives 2 'a strange time' correct -d form.db --at "$word" grade 'Wire A' B
done
gives 2 'a note that is no UTF-8' correct -d form.db note event q1#1 "$(printf 'a\377')"
gives 2 'a name that is none' correct -d form.db --by "$(printf 'a\377')" grade 'Wire A' B
gives 2 'a publisher that is none' correct -d form.db grade "$(printf 'a\377')" B
gives 0 'a long note' correct -d form.db --at 2024-10-28 note figure 2 "$(head -c 100000 /dev/zero | tr '\0' n)"
gives 0 '... of a figure' figures -d form.db --json
has out '"notes":\[{"text":"nnnnn.*"corrected":3'
gives 2 'no UTF-8' correct -d form.db --item "$(printf 'a\377')" wrong figure 2

# publishers by their grades
gives 0 'a grade' correct -d raw.db --at 2024-10-28 grade 'Wire A' B
gives 0 'another' correct -d raw.db --at 2024-10-28 grade 'Daily B' D
gives 0 'a better one' events -d raw.db --json --grade C
has out '"publisher":"Wire A"'
lacks out '"publisher":"Daily B"'
gives 0 'all that were judged' events -d raw.db --json --grade D
has out '"publisher":"Daily B"'
gives 0 'none so good' events -d raw.db --json --grade A
lines out 0
for ask in claims figures positions stories 'find Greece' contradictions; do
  # shellcheck disable=SC2086  # words on purpose
  gives 0 "$ask" $ask -d raw.db --json --grade B
  [ -s out ]
  ok $? '... some'
  # shellcheck disable=SC2086
  gives 0 "$ask" $ask -d raw.db --json --grade A
  lines out 0
done
gives 0 'an export' export -d raw.db --format jsonl --grade B
lines out 1
has out ',"grade":{"value":"B",.*"at":"2024-10-28"}}$'
"$TOCSIN" export -d raw.db --format jsonl >graded.jsonl 2>err
gives 0 'a ledger made of an export' add -d graded.db graded.jsonl
"$TOCSIN" events -d raw.db --json --grade B >want
gives 0 '... has its grades' events -d graded.db --json --grade B
cmp -s out want
ok $? '... and answers alike'
gives 0 '... once each' correct -d graded.db --list --json
lines out 2
"$TOCSIN" export -d graded.db --format jsonl >got 2>err
cmp -s got graded.jsonl
ok $? '... and gives the same export'
gives 0 'another grade there' correct -d graded.db --at 2024-10-30 grade 'Wire A' E
gives 0 '... is what goes out' export -d graded.db --format jsonl
has out ',"grade":{"value":"E",.*"at":"2024-10-30"}}$'
! grep -q '"value":"B"' out
ok $? '... alone'
rm graded.db
printf '{"id":"g0","date":"2024-10-01","publisher":"Wire A","text":"It rained in Oslo."}\n' >g0.jsonl
gives 0 'a ledger where another grade was given' add -d graded.db g0.jsonl
gives 0 '...' correct -d graded.db --at 2024-10-30 grade 'Wire A' E
gives 0 'the export behind it' add -d graded.db graded.jsonl
gives 0 '... leaves that' events -d graded.db --json --grade B
lines out 0
gives 0 'a worse grade later' correct -d raw.db --at 2024-10-29 grade 'Wire A' E
gives 0 '... counts' events -d raw.db --json --grade C
lines out 0
gives 0 '... until it is undone' correct -d raw.db --at 2024-10-29 --undo 3
gives 0 '... then the one before' export -d raw.db --format jsonl --grade B
lines out 1
printf 'good\tevent\tgrade=B\nbad\tevent\tgrade=A\n' >tocsin.alerts
gives 0 'alerts' alerts -d raw.db --json --dry-run
has out '"rule":"good"'
lacks out '"rule":"bad"'
lacks out '"publisher":"Daily B"'
gives 2 'no grade' events -d raw.db --grade G
gives 2 'no grade' events -d raw.db --grade F

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
