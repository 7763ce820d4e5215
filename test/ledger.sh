#!/bin/sh
# ledger.sh: the ledger from outside: adding, asking, as of a day, what is not lost, what is refused.  $TOCSIN is the program; it is killed
# $TOCSIN_ROUNDS times (6) at moments of no rule.  Speaks TAP.
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
{"id":"quake-2-copy","date":"2023-05-15","publisher":"Herald C","title":"Rescuers search rubble after Turkish earthquake","text":"Rescue workers searched the rubble of apartment buildings in the eastern Turkish city of Van for a second day after a strong earthquake. The death toll rose to 31, the interior ministry of Turkey said on Monday. Greece sent aid to Turkey. More follows."}
{"id":"quake-3","date":"2023-05-17","publisher":"Wire A","title":"Turkey mourns earthquake dead","text":"Turkey mourned the victims of the earthquake in the eastern city of Van on Wednesday. The death toll rose to 40, the interior ministry of Turkey said. Greece sent more aid to Turkey."}
END
head -2 all.jsonl >early.jsonl

gives 0 'add' add -d a.db all.jsonl
lines out 5
has out '^quake-1$'
gives 0 'the same again' add -d a.db all.jsonl
lines out 5
gives 0 'stories' stories -d a.db --json
lines out 2
has out '"documents":\[{"id":"quake-1",.*{"id":"quake-2",.*{"id":"quake-2-copy",.*"copy_of":"quake-2"}.*{"id":"quake-3"'
has out '"independent":2,"copies":1'
gives 0 'stories for a person' stories -d a.db
has out 'Earthquake hits eastern Turkey'
awk 'length($0) > 79 { bad = 1 } END { exit bad }' out
ok $? '... in 79 columns'

# without a date of publication: the day that each head tells speaks for one fire and against the other
cat >undated.jsonl <<'END'
{"id":"fire-1","text":"Posted: March 2, 2019. A warehouse in the harbour of Patras burned down overnight after welders set fire to a stack of olive crates. The owner, Nikos Vasos, put his loss at two million euros."}
{"id":"fire-2","text":"2 March 2019, 11:05. Mayor Eleni Dima thanked the firemen who had saved the fish market when the blaze in the olive warehouse spread along the quay. Welders from Albania are being questioned."}
{"id":"fire-3","text":"Published June 21, 2022. Mayor Kostas Pelas thanked the firemen of Volos for saving the theatre when a blaze in a paint warehouse spread to its roof."}
END
gives 0 'documents without a date' add -d undated.db undated.jsonl
gives 0 '... their stories' stories -d undated.db --json
lines out 2
has out '"documents":\[{"id":"fire-1"},{"id":"fire-2"}\]'
has out '"documents":\[{"id":"fire-3"}\]'

gives 0 'figures' figures -d a.db --json
grep -q '"value":12,.*"value":31,.*"revises":.*"value":40,.*"revises":' out
ok $? '... one series of the toll, each number revising the one before'
grep '"value":12,' out | grep -q '"current":[0-9]*,' && current=$(grep '"value":12,' out | sed 's/.*"current":\([0-9]*\),.*/\1/')
grep -q "\"id\":${current:-none},\"doc\":\"quake-3\"" out
ok $? '... the last number is the current one'
# a number goes on where its side told the one before, though another side told another since; the whole goes on, not its part
cat >war.jsonl <<'END'
{"id":"war-1","date":"2023-06-01","publisher":"Wire A","title":"Chad army fights rebels near Faya","text":"The army of Chad fought rebels near the town of Faya on Thursday. So far 27 Chadian soldiers have been killed, the army said."}
{"id":"war-2","date":"2023-06-02","publisher":"Daily B","title":"Rebels fight Chad army near Faya","text":"Rebels fought the army of Chad near the town of Faya on Friday. So far 60 Chadian soldiers have been killed, the rebels said."}
{"id":"war-3","date":"2023-06-03","publisher":"Wire A","title":"Chad army takes Faya from rebels","text":"The army of Chad drove rebels from the town of Faya on Saturday. The death toll of the Chadian army rose to 42 after 2 badly wounded soldiers died."}
{"id":"flu-1","date":"2023-06-01","publisher":"Wire A","title":"Measles spreads in Peru","text":"Measles spread in Peru on Thursday. With 3 confirmed cases in Cusco, confirmed cases in all of Peru rose to 15."}
{"id":"flu-2","date":"2023-06-02","publisher":"Wire A","title":"Measles spreads further in Peru","text":"Measles spread further in Peru on Friday. Confirmed cases in all of Peru rose to 18."}
END
"$TOCSIN" add -d war.db war.jsonl >/dev/null
gives 0 'figures of two sides' figures -d war.db --json
grep -q '"value":27,.*"value":60,.*"value":42,.*"revises":1[,}]' out
ok $? '... one series, and the later number of one side takes the place of its own'
grep '"value":15,' out | grep -q '"value":18,.*"revises":' && ! grep '"value":3,' out | grep -q '"value":18,'
ok $? '... the whole goes on'
# what one event did is counted on without any word for a toll; a toll that the text lowers; two sides; another event of the kind; a copy
cat >deeds.jsonl <<'END'
{"id":"storm-1","date":"2023-06-05","publisher":"Wire A","title":"Storm in Haiti","text":"A storm killed at least 12 people in Haiti on Monday."}
{"id":"storm-2","date":"2023-06-06","publisher":"Wire A","title":"Storm in Haiti","text":"The storm in Haiti killed at least 40 people."}
{"id":"storm-3","date":"2023-06-07","publisher":"Daily B","title":"Storm in Haiti","text":"At least 60 people have been killed by the storm in Haiti."}
{"id":"van-1","date":"2023-02-06","publisher":"Wire A","title":"Earthquake in Van","text":"An earthquake killed 13 people in the Turkish city of Van on Monday."}
{"id":"van-2","date":"2023-02-07","publisher":"Daily B","title":"Earthquake in Van","text":"The death toll of the earthquake in the Turkish city of Van rose to 4,000."}
{"id":"van-3","date":"2023-02-08","publisher":"Herald C","title":"Earthquake in Van","text":"Officials lowered the death toll of the earthquake in Van from 4,000 to 21."}
{"id":"van-4","date":"2023-02-09","publisher":"Herald C","title":"Earthquake in Van","text":"Officials lowered the death toll in Van to 17 after the earthquake."}
{"id":"blast-1","date":"2023-09-04","publisher":"Wire A","title":"Explosion in Ankara","text":"An explosion hit a market in Ankara on Monday. Turkey's interior ministry said 30 people died in the explosion."}
{"id":"blast-2","date":"2023-09-04","publisher":"Daily B","title":"Explosion in Ankara","text":"An explosion hit a market in Ankara on Monday. The opposition said 75 people died in the explosion."}
{"id":"ferry-1","date":"2023-11-06","publisher":"Wire A","title":"Ferry sinks off Java","text":"A ferry sank off Java on Monday, killing 14 people."}
{"id":"ferry-2","date":"2023-11-08","publisher":"Wire A","title":"Another ferry sinks off Java","text":"Another ferry sank off Java on Wednesday, killing 45 people."}
END
"$TOCSIN" add -d deeds.db deeds.jsonl >/dev/null
gives 0 'figures of events, for a person' figures -d deeds.db
has out '21 .*\[van-3\]  jump, retraction$'
has out '75 .*\[blast-2\]  disagreement$'
has out '^ *2 sides: 30 to 75 (TUROPP 75, TURGOV 30)$'
gives 0 'figures of events' figures -d deeds.db --json
has out '"doc":"van-2",.*"marks":\["jump"\].*"doc":"van-4"[^}]*"marks":\["retraction"\]'
has out '"spread":{"low":30,"high":75,"sides":\[{"side":"TUROPP","reading":10,"value":75},{"side":"TURGOV","reading":9,"value":30}\]}'
grep '"value":13,' out | grep -q '"value":4000,.*"revises":4[,}].*"value":21,.*"revises":6[,}].*"value":17,.*"revises":7[,}]'
ok $? '... a toll rises however far, and falls where the text says so, from the number that it names'
grep '"low":12,' out | grep -q '"low":40,.*"revises":1[,}].*"low":60,.*"revises":2[,}]'
ok $? '... plain counts of one event are one series'
grep '"value":30,' out | grep -q '"conflicts_with":.*"value":75,.*"conflicts_with":'
ok $? '... the state and the opposition are two sides of one'
grep '"value":14,' out | grep -q '"value":45,'
[ $? = 1 ]
ok $? '... another ferry is another series'
gives 0 '... no mark before there is what it marks' figures -d deeds.db --json --as-of 2023-02-06
lacks out '"marks"'
sed -n '1p;3p;4p' all.jsonl >copies.jsonl
"$TOCSIN" add -d copies.db copies.jsonl >/dev/null
"$TOCSIN" figures -d copies.db --json >out
grep -q '"doc":"quake-2".*"revises":' out && ! grep -q '"doc":"quake-2-copy"[^}]*"revises":' out
ok $? '... a near-copy revises nothing'
# one holder, however he is called, goes back on his word
cat >own.jsonl <<'END'
{"id":"raid-1","date":"2023-06-01","publisher":"Wire A","title":"Syria shells rebels near Idlib","text":"Syria shelled rebels near Idlib on Thursday, the Syrian defense ministry said. People in the town of Idlib heard explosions."}
{"id":"raid-2","date":"2023-06-02","publisher":"Daily B","title":"Syria denies shelling rebels near Idlib","text":"Syria's defense ministry denied on Friday that Syria had shelled rebels near Idlib. People in the town of Idlib had heard explosions."}
END
"$TOCSIN" add -d own.db own.jsonl >/dev/null
gives 0 'his own word' contradictions -d own.db --json
has out '"kind":"own word".*"source":"the Syrian defense ministry".*"source":"Syria.s defense ministry"'
lines out 1
gives 0 '... is of him' contradictions -d own.db --json --actor SYR
lines out 1
# two places are two series
cat >towns.jsonl <<'END'
{"id":"syr-1","date":"2023-06-01","publisher":"Wire A","title":"Shells fall on Syrian cities","text":"Shells fell on cities in Syria on Thursday. So far 12 people have been killed in Aleppo, doctors said."}
{"id":"syr-2","date":"2023-06-02","publisher":"Wire A","title":"More shells fall on Syrian cities","text":"Shells fell on cities in Syria on Friday too. So far 14 people have been killed in Homs, doctors said."}
{"id":"syr-3","date":"2023-06-03","publisher":"Wire A","title":"More shells fall on Syrian cities","text":"Shells fell on cities in Syria on Saturday. The toll rose: in Aleppo 16 people have been killed so far, in Homs 15."}
END
"$TOCSIN" add -d towns.db towns.jsonl >/dev/null
gives 0 'figures of two towns' figures -d towns.db --json
grep -q '"value":12,.*"value":16,.*"revises":1' out && grep '"value":14,' out | grep -q '"value":15,.*"revises":2' && [ "$(grep -c . out)" = 2 ]
ok $? '... each town has its own series'
gives 0 'figures of a country' figures -d towns.db --json --place SYR
lines out 2
gives 0 '... of a town' figures -d towns.db --json --place Homs
lines out 1
gives 0 '... of another country' figures -d towns.db --json --place TUR
lines out 0
gives 0 'events of an actor' events -d a.db --actor GRC --json
has out '"doc":"quake-2".*"sentence":"Greece sent aid to Turkey."'
lacks out '"doc":"vote-1"'
first=$(sed -n 's/.*"doc":"quake-2",.*"event":\([0-9]*\),.*/\1/p' out)
copy=$(sed -n 's/.*"doc":"quake-2-copy",.*"event":\([0-9]*\),.*/\1/p' out)
[ -n "$first" ] && [ "$first" = "$copy" ]
ok $? '... and its copy tells the same event'
gives 0 'events of another type' events -d a.db --type PROTEST
lines out 0
gives 0 'events of a publisher' events -d a.db --publisher 'Herald C' --json
lacks out '"doc":"quake-2",'
gives 0 'claims' claims -d a.db --json --since 2023-05-17
has out '"doc":"quake-3"'
lacks out '"doc":"quake-1"'
gives 0 'positions' positions -d a.db --json
gives 0 'find' find -d a.db --json rubble earthquake
lines out 3
has out '"sentence":"Rescue workers searched the rubble'
gives 0 'words written as one stand together' find -d a.db --json aid-to-Turkey
has out '"doc":"quake-2"'
gives 0 'words that do not stand together' find -d a.db --json Turkey-aid
lines out 0
gives 0 'find what is no word of the search language' find -d a.db 'AND OR "NOT" (x* NEAR'
gives 0 'a story' story -d a.db 1
has out '^Events$'
has out 'Greece sent aid to Turkey\.'
has out '^  \* 2023-05-1[67]  40'

# as of a day = a ledger that has no more; in order of the dates, and out of it
all() { for ask in 'stories --json' stories 'events --json' 'claims --json' 'figures --json' 'positions --json' 'contradictions --json' 'find earthquake'; do
  # shellcheck disable=SC2086  # words on purpose
  "$TOCSIN" $ask "$@" 2>&1
done; }
"$TOCSIN" add -d early.db early.jsonl >out 2>err
all -d early.db >want
all -d a.db --as-of 2023-05-14 >got
cmp -s want got
ok $? 'as of the first day: what a ledger of that day says'
sed -n '5p;1p;4p;2p;3p' all.jsonl >mixed.jsonl
sed -n '1p;2p' all.jsonl >mixed-early.jsonl
"$TOCSIN" add -d mixed.db mixed.jsonl >out 2>err
"$TOCSIN" add -d mixed-early.db mixed-early.jsonl >out 2>err
all -d mixed-early.db >want
all -d mixed.db --as-of 2023-05-14 >got
cmp -s want got
ok $? '... also when the documents came out of order'

# who denies what others affirm; turns; how far it may be believed
cat >words.jsonl <<'END'
{"id":"aid-1","date":"2023-06-01","publisher":"Wire A","text":"Greece sent tanks to Armenia, the prime minister of Georgia said on Thursday. Azerbaijan condemned the delivery."}
{"id":"aid-2","date":"2023-06-02","publisher":"Daily B","text":"Greece denied on Friday that it had sent tanks to Armenia. The foreign ministry of Georgia said that Greece had sent tanks to Armenia."}
{"id":"aid-3","date":"2023-06-03","publisher":"Herald C","text":"Greece has sent tanks to Armenia, the prime minister of Georgia said on Saturday. Azerbaijan supported the delivery of the tanks."}
END
gives 0 'a denied delivery' add -d words.db words.jsonl
gives 0 'its contradiction' contradictions -d words.db --json
has out '"kind":"denial".*"doc":"aid-1".*"sentence":"Greece sent tanks.*"doc":"aid-2".*"sentence":"Greece denied'
lines out 1
gives 0 'whose act it is' contradictions -d words.db --json --actor ARM
lines out 1
gives 0 '... of another' contradictions -d words.db --json --actor AZE
lines out 0
gives 0 'for a person' contradictions -d words.db
has out ' | Greece denied on Friday'
awk 'length($0) > 79 { bad = 1 } END { exit bad }' out
ok $? '... in 79 columns'
gives 0 'before the denial' contradictions -d words.db --as-of 2023-06-01
lines out 0
gives 0 'of another publisher' contradictions -d words.db --publisher 'Herald C'
lines out 0
gives 0 'how far it may be believed' events -d words.db --json --status actual --actor GRC
has out '"doc":"aid-3".*"confidence":{"source":"F","credibility":3,"why":\["three independent publishers","somebody denies it"\]}'
gives 0 '... on the first day' events -d words.db --as-of 2023-06-01 --actor GRC
has out 'F3 (one independent publisher; nobody denies it)'
gives 0 'a judged publisher' correct -d words.db grade 'Wire A' B
gives 0 '... and the best grade of those who tell it' events -d words.db --json --status actual --actor GRC
has out '"doc":"aid-3".*"confidence":{"source":"B",'
gives 0 'who turned' positions -d words.db --json --actor AZE
has out '"doc":"aid-3".*"turn":{"shift":"reversal","from":{"doc":"aid-1","published":"2023-06-01","position":0,"stance":"condemns"}}'
lacks out '"doc":"aid-1".*"turn"'

# a reading made before is as good as the document; the number of threads makes no difference
"$TOCSIN" read --json --with-text all.jsonl >readings.jsonl 2>err
"$TOCSIN" add -d readings.db -j 1 readings.jsonl >out 2>err
all -d a.db >want
all -d readings.db >got
[ "$(wc -l <out)" = 5 ] && cmp -s want got
ok $? 'readings are taken as documents are'
"$TOCSIN" add -d threads.db -j 4 all.jsonl >out 2>err
all -d threads.db >got
cmp -s want got
ok $? 'four threads give the same ledger'
"$TOCSIN" read --json all.jsonl >no-text.jsonl 2>err
gives 1 'readings without their text' add -d none.db no-text.jsonl
has err 'with-text'
sed 's/"trigger":\[[0-9]*,/"trigger":[999999,/' readings.jsonl >wrong.jsonl
gives 1 'readings with wrong spans' add -d none.db wrong.jsonl
has err 'wrong id or span'
printf '{"id":"quake-1","text":"Another text."}\n{"id":"late","text":"Greece sent aid to Turkey."}\n' >same-id.jsonl
gives 1 'another text under an id that is taken' add -d a.db same-id.jsonl
has err '^tocsin: quake-1: '
has out '^late$'

# killed at any moment, nothing that was told is lost and nothing is there twice
i=0
while [ $i -lt 60 ]; do
  i=$((i + 1))
  sed "s/\"id\":\"/\"id\":\"r$i-/" all.jsonl
done >much.jsonl
rounds=${TOCSIN_ROUNDS:-6} round=0 lost=0 twice=0 unsound=0
check=$(dirname "$TOCSIN")/test/check_ledger
[ -x "$check" ] || echo "# $check is not built: the files are not looked through"
while [ $round -lt "$rounds" ]; do
  # a fresh ledger every six rounds, while there is something left to add
  if [ $((round % 6)) = 0 ]; then
    rm -f killed.db*
    : >told
  fi
  round=$((round + 1))
  "$TOCSIN" add -d killed.db much.jsonl >part 2>/dev/null &
  pid=$!
  sleep "0.$((round * 17 % 90 + 10))"
  kill -9 $pid 2>/dev/null
  wait $pid 2>/dev/null
  grep -- '-[0-9a-z-]*$' part >>told
  if [ -x "$check" ] && [ -s killed.db ]; then "$check" killed.db >out 2>err || unsound=$((unsound + 1)); fi
  if [ $((round % 6)) = 0 ] || [ $round = "$rounds" ]; then
    "$TOCSIN" stories -d killed.db --json 2>err | grep -o '"id":"r[0-9]*-[a-z0-9-]*","published' | sed 's/"id":"//; s/".*//' | sort >there
    sort -u told >want
    lost=$((lost + $(comm -23 want there | wc -l))) twice=$((twice + $(uniq -d there | wc -l)))
  fi
done
[ $lost = 0 ] && [ $twice = 0 ] && [ -s there ]
ok $? "killed $rounds times: what was told is there, and once"
[ $unsound = 0 ]
ok $? '... and each time the tables were whole'
gives 0 'and it goes on' add -d killed.db much.jsonl
lines out 300

# files that are no ledger of ours
printf 'no database at all, but long enough to be taken for the head of one, if one did not look at it. ' >foreign.db
cp foreign.db foreign.was
gives 3 'a file that is no ledger' add -d foreign.db all.jsonl
has err 'no ledger'
cmp -s foreign.db foreign.was
ok $? '... and it is as it was'
gives 3 'no ledger there' stories -d missing.db
has err 'missing.db: no ledger there'
head -c 6000 a.db >cut.db
gives 3 'a ledger cut short' stories -d cut.db
has err 'cut.db: '
# one page of it lost, whatever it holds (all but the first, without which it is no ledger at all): whoever would write refuses, and changes nothing
pages=$(($(wc -c <a.db) / 4096)) page=0 wrong=0 taken=0
while [ $((page += 4)) -lt "$pages" ]; do
  cp a.db zeroed.db
  dd if=/dev/zero of=zeroed.db bs=4096 seek=$page count=1 conv=notrunc 2>/dev/null
  cmp -s zeroed.db a.db && continue
  taken=$((taken + 1))
  cp zeroed.db zeroed.was
  "$TOCSIN" add -d zeroed.db towns.jsonl >out 2>err
  if [ $? != 3 ] || [ -s out ] || ! grep -q 'zeroed.db: .*damaged' err || ! cmp -s zeroed.db zeroed.was; then wrong=$((wrong + 1)); fi
done
[ $wrong = 0 ] && [ $taken -gt 8 ]
ok $? "a ledger without one of its pages, $taken times: nothing is added"
gives 3 '... nor corrected' correct -d zeroed.db grade 'Wire A' B
gives 3 '... nor read anew' reread -d zeroed.db
printf 'any\tevent\n' >any.alerts
gives 3 '... nor told of' alerts -d zeroed.db --rules any.alerts
cmp -s zeroed.db zeroed.was
ok $? '... and it is as it was'
# numbers in the head of the file: of the version at byte 60, of the program at byte 68
cp a.db newer.db
printf '\000\000\003\347' | dd of=newer.db bs=1 seek=60 conv=notrunc 2>/dev/null
cp newer.db newer.was
gives 3 'a ledger of a later version' add -d newer.db all.jsonl
has err 'newer.db: a ledger of version 999'
gives 3 '... asked' stories -d newer.db
cmp -s newer.db newer.was
ok $? '... and it is as it was'
cp a.db other.db
printf '\000\000\000\007' | dd of=other.db bs=1 seek=68 conv=notrunc 2>/dev/null
gives 3 'a database of another program' add -d other.db all.jsonl
has err 'other.db: a database of another program'
gives 3 'no such folder' add -d nowhere/x.db all.jsonl
has err 'nowhere/x.db'
# a disk that fills: what was told is there, and the rest can be added once there is room
(
  trap '' XFSZ
  ulimit -f "$(($(wc -c <killed.db) / 512 - 400))"
  exec "$TOCSIN" add -d full.db much.jsonl >told 2>err
)
[ $? = 3 ] && [ "$(wc -l <err)" = 1 ]
ok $? 'a disk that fills'
has err '^tocsin: full.db: .*: see to the file and its disk$'
"$TOCSIN" stories -d full.db --json 2>err | grep -o '"id":"r[0-9]*-[a-z0-9-]*","published' | sed 's/"id":"//; s/".*//' | sort >there
sort told >want
cmp -s want there
ok $? '... and what was told is there, and nothing else'
gives 0 '... and with room again it goes on' add -d full.db much.jsonl
lines out 300
# files and folders that may not be written to; root may everything
as=
[ "$(id -u)" != 0 ] || as='setpriv --reuid=65534 --regid=65534 --clear-groups'
if $as true 2>/dev/null; then
  mkdir -m 755 shut
  cp a.db shut/a.db
  chmod 755 "$dir"
  cp a.db open.db
  chmod 444 open.db shut/a.db
  chmod 555 shut
  (cd / && exec $as "$TOCSIN" add -d "$dir/shut/a.db" "$dir/all.jsonl") >out 2>err
  [ $? = 3 ] && [ "$(wc -l <err)" = 1 ] && cmp -s shut/a.db a.db && [ ! -s out ]
  ok $? 'a folder that may not be written to'
  has err 'shut/a.db: cannot make its lock .*: see to the permissions of the folder'
  : >open.db-lock
  chmod 666 open.db-lock
  (cd / && exec $as "$TOCSIN" add -d "$dir/open.db" "$dir/all.jsonl") >out 2>err
  [ $? = 3 ] && [ "$(wc -l <err)" = 1 ] && cmp -s open.db a.db && [ ! -s out ]
  ok $? 'a ledger that may not be written to'
  has err 'open.db: .*cannot be written to'
fi
if command -v flock >/dev/null 2>&1; then
  flock a.db-lock sleep 3 &
  sleep 0.3
  gives 3 'a second writer' add -d a.db all.jsonl
  has err 'another program writes'
  gives 0 'a reader beside a writer' stories -d a.db
  wait
fi
gives 2 'a day that is none' events -d a.db --as-of 2023-02-30
gives 2 'a story that is none' story -d a.db x
gives 2 'a story that is not there' story -d a.db 999
gives 2 'no words' find -d a.db
gives 2 'a filter that the records do not have' claims -d a.db --type AID
has err 'of events and stories'
gives 2 'a type that is none' events -d a.db --type NOPE
has err "'NOPE' is no type of events: data/plover.tsv lists them"
gives 2 '... of stories' stories -d a.db --type NOPE
gives 2 '... of an export' export -d a.db --format geojson --type NOPE
gives 2 '... of alerts' alerts -d a.db --rules any.alerts --type NOPE
gives 2 'a status that is none' events -d a.db --status nope
has err "'nope' is no status: actual, planned"
gives 2 'an actor of words' find -d a.db --actor PRK rubble
gives 0 'words of some days' find -d a.db --json --since 2023-05-15 --publisher 'Daily B' rubble
lines out 1
gives 2 'a word too many' events -d a.db x
TOCSIN_LEDGER=$dir/a.db
export TOCSIN_LEDGER
gives 0 'the ledger of the environment' stories
has out 'Earthquake'
echo "1..$n"
