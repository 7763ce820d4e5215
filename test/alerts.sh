#!/bin/sh
# alerts.sh: rules over the ledger, each alert once.  $TOCSIN is the program.  Speaks TAP.
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
{"id":"aid-1","date":"2023-06-01","publisher":"Wire A","text":"Greece sent tanks to Armenia, the prime minister of Georgia said on Thursday. The death toll rose to 12, the interior ministry of Armenia said."}
{"id":"aid-2","date":"2023-06-02","publisher":"Daily B","text":"Greece denied on Friday that it had sent tanks to Armenia. The death toll rose to 40, the interior ministry of Armenia said."}
END
printf '# a comment\naid\tevent\ttype=AID status=actual actor=GRC\nfirst aid\tfirst\ttype=AID\ntoll\tfigure\tstate=killed over=30\nfar\tfigure\tstate=killed over=300\nwords\tcontradiction\n' >tocsin.alerts
head -1 all.jsonl >first.jsonl
gives 0 'one document' add -d a.db first.jsonl
gives 0 'what would ring' alerts -d a.db --dry-run --json
lines out 2
gives 0 'what rings' alerts -d a.db --json
lines out 2
has out '"rule":"aid","kind":"event","day":"2023-06-01".*"sentence":"Greece sent tanks'
has out '"rule":"first aid"'
gives 0 'it rings once' alerts -d a.db --json
lines out 0
gives 0 'the same document again' add -d a.db first.jsonl
gives 0 '... raises nothing' alerts -d a.db --json
lines out 0
gives 0 'another document' add -d a.db all.jsonl
gives 0 '... raises what is new' alerts -d a.db --json
lines out 2
has out '"rule":"toll".*"says":"40 .*"doc":"aid-2"'
has out '"rule":"words".*"doc":"aid-2".*"doc":"aid-1"'
gives 0 'all that rang' alerts -d a.db --all --json
lines out 4
gives 0 'at once, and one after the other, are the same' add -d b.db all.jsonl
"$TOCSIN" alerts -d b.db --json | sort >want
"$TOCSIN" alerts -d a.db --all --json | sort >got
cmp -s want got
ok $? '... the same alerts with the same ids'
gives 0 'for a person' alerts -d a.db --all
has out '^2023-06-02  toll: 40 '

cat >bench.jsonl <<'END'
{"id":"bench","date":"2023-06-03","publisher":"Wire A","url":"https://example.org/a?b=1&c=2","text":"Iran criticised <Greece> & France on Saturday. Armenia thanked Greece."}
END
# filters choose which alerts are told
gives 0 'of a publisher' alerts -d a.db --all --json --publisher 'Daily B'
lines out 2
gives 0 'of a day' alerts -d a.db --all --json --until 2023-06-01
lines out 2
gives 0 'with an event of a type in a sentence' alerts -d a.db --all --json --type AID --status denied
lines out 1
has out '"rule":"words"'
gives 0 'of a code' alerts -d a.db --all --json --actor USA
lines out 0
gives 0 'as of the first day' alerts -d a.db --json --as-of 2023-06-01
lines out 2
"$TOCSIN" add -d early.db first.jsonl >out 2>err
"$TOCSIN" alerts -d early.db --json >want
"$TOCSIN" alerts -d a.db --json --as-of 2023-06-01 >got
cmp -s want got
ok $? '... byte for byte what a ledger of that day says'
printf '{"id":"late","date":"2023-05-01","text":"Spain sent tanks to Armenia on Monday."}\n' >late.jsonl
"$TOCSIN" add -d b.db late.jsonl >out 2>err
"$TOCSIN" alerts -d b.db --json --as-of 2023-06-01 >got 2>err
cat first.jsonl late.jsonl >both.jsonl
"$TOCSIN" add -d both.db both.jsonl >out 2>err
"$TOCSIN" alerts -d both.db --json >want 2>err
cmp -s want got
ok $? '... also where documents came late'

# a program gets each alert once, as a line of JSON on its stdin
cat >take <<'END'
#!/bin/sh
cat >>"$1"
exit "${2:-0}"
END
chmod +x take
# shellcheck disable=SC2016  # as it stands
odd='got $(touch pwned) "it"'
gives 0 'a program' alerts -d a.db --exec -- ./take "$odd"
lines "$odd" 4
[ ! -e pwned ]
ok $? '... which no shell sees'
"$TOCSIN" alerts -d a.db --all --json >want.all
cmp -s "$odd" want.all
ok $? '... the alerts as JSON, in order'
gives 0 'again' alerts -d a.db --exec -- ./take "$odd"
lines "$odd" 4
gives 1 'a program that fails' alerts -d a.db --exec ./take failed 7
has err 'alert [0-9a-f]*: ./take ended with status 7: it gets the alert again'
lines failed 4
gives 1 '... gets them again' alerts -d a.db --exec ./take failed 7
lines failed 8
printf '#!/bin/sh\nexec sleep 50\n' >asleep
chmod +x asleep
gives 1 'a program that does not end' alerts -d a.db --exec --timeout 1 --limit 1 ./asleep
has err 'did not end in 1 s'
gives 1 'a program that is not there' alerts -d a.db --exec ./nobody
has err 'nobody: cannot be run'
[ "$(wc -l <err)" = 1 ]
ok $? '... said once'
gives 2 'no program' alerts -d a.db --exec
gives 2 'a program and stdout' alerts -d a.db --exec --json ./take x
gives 2 'a program and nothing kept' alerts -d a.db --exec --dry-run ./take x

# while a program has an alert, others write; a second one that would tell the same waits
cat >slow <<'END'
#!/bin/sh
cat >>slow.got
i=0
while [ ! -e go ] && [ $i -lt 200 ]; do i=$((i + 1)); sleep 0.1; done
END
cat >killer <<'END'
#!/bin/sh
cat >>killer.got
[ -e once ] || { touch once; kill -9 $PPID; }
END
chmod +x slow killer
"$TOCSIN" add -d slow.db all.jsonl >out 2>err
"$TOCSIN" alerts -d slow.db --exec --timeout 30 ./slow >slow.out 2>&1 &
slow=$!
i=0
while [ ! -s slow.got ] && [ $i -lt 200 ]; do i=$((i + 1)); sleep 0.1; done
printf '{"id":"between","date":"2023-06-03","text":"It rained in Madrid on Saturday."}\n' >between.jsonl
gives 0 'a document while an alert is sent' add -d slow.db between.jsonl
gives 3 'a second one that would send them' alerts -d slow.db --exec ./take second
has err 'another program tells its alerts'
touch go
wait $slow
ok $? '... the first goes on'
lines slow.got 4
gives 0 'nothing is left' alerts -d slow.db --exec --timeout 30 ./slow
lines slow.got 4
# killed when the program had the alert and before that was kept: it gets this one again, and each other once
"$TOCSIN" alerts -d slow.db --exec ./killer >out 2>err
[ $? = 137 ]
ok $? 'killed while it sends'
lines killer.got 1
gives 0 'the next time' alerts -d slow.db --exec ./killer
lines killer.got 5
[ "$(sort -u killer.got | wc -l)" = 4 ] && [ "$(sed -n 1p killer.got)" = "$(sed -n 2p killer.got)" ]
ok $? '... what was not known to have gone is sent again, in order, and nothing is left out'

# a feed holds what rang, the newest first
gives 0 'a document' add -d a.db bench.jsonl
printf 'blame & praise\tevent\tactor=IRN\n' >blame.alerts
gives 0 'a feed' alerts -d a.db --atom --rules blame.alerts
has out '<feed xmlns="http://www.w3.org/2005/Atom">'
has out '<title>blame &amp; praise: ACCUSE'
has out '<link rel="alternate" href="https://example.org/a?b=1&amp;c=2"/>'
has out 'criticised &lt;Greece&gt; &amp; France'
[ "$(grep -c '<entry>' out)" = 5 ] && [ "$(grep -c '<id>urn:uuid:' out)" = 6 ] && grep -m1 '<updated>' out | grep -q 2023-06-03
ok $? '... with an id each, as old as the newest'
cp out feed
gives 0 'again' alerts -d a.db --atom --rules blame.alerts
cmp -s out feed
ok $? '... the same bytes'
printf '{"id":"later","date":"2024-06-01","publisher":"Wire A","text":"Frost killed the olive harvest of Crete."}\n' >later.jsonl
"$TOCSIN" add -d other.db later.jsonl first.jsonl >/dev/null
"$TOCSIN" add -d only.db first.jsonl >/dev/null
"$TOCSIN" alerts -d only.db --atom >feed
gives 0 'a feed as of a day' alerts -d other.db --atom --as-of 2023-06-01
grep -q '<entry>' out && cmp -s out feed
ok $? '... is that of a ledger of this day'
"$TOCSIN" alerts -d other.db --atom >out
cmp -s out feed
ok $? '... and the same alerts give the same bytes, whatever else the ledger holds'
gives 0 'the newest one' alerts -d a.db --atom --rules blame.alerts --limit 1 --address https://example.org/feed
has out '<link rel="self" href="https://example.org/feed"/>'
[ "$(grep -c '<entry>' out)" = 1 ]
ok $? '... one entry'
gives 0 'a feed is no output that was told' alerts -d a.db --json --rules blame.alerts
lines out 1

printf 'x\tevent\ttype=AID\nbad\tevent\tcolour=red\n' >bad.alerts
gives 3 'a condition that is none' alerts -d a.db --rules bad.alerts
has err "bad.alerts:2: 'colour=red' is no condition"
printf 'bad\tfigure\tstate=killed\n' >bad.alerts
gives 3 'a figure without a threshold' alerts -d a.db --rules bad.alerts
has err 'bad.alerts:1: .*over= or rises='
printf 'bad\tevent\tover=3\n' >bad.alerts
gives 3 'a condition of another kind' alerts -d a.db --rules bad.alerts
printf 'bad\tfigure\trises=x%%\n' >bad.alerts
gives 3 'no percentage' alerts -d a.db --rules bad.alerts
for bad in 'event\ttype=NONE' 'event\ttype=AID mode=none' 'event\tstatus=real' 'figure\tstate=slain over=3' 'figure\tstate=Killed over=3' 'event\tsince=2023-02-30' 'claim\tstance=denies' 'claim\tactor=GRC stance=denied' \
  'find\tpublisher=x' 'rise\tactor=GRC' 'rise\tover=2 weeks=0' 'event\tpublisher="Wire A' 'event\tpublisher="Wire A"x' 'event\tpublisher=""' 'event\t=AID' 'event\ttype='; do
  printf 'fine\tcontradiction\n# a comment\nbad\t%b\n' "$bad" >bad.alerts
  gives 3 "$bad" alerts -d a.db --rules bad.alerts
  has err '^tocsin: bad.alerts:3: '
done
has err "'type=' is no condition"

# every filter of the questions
rm -f c.db
printf '%s\t%s\n' 1 'event\tparty=ARM publisher="Daily B"' 2 'event\trecipient=ARM since=2023-06-02' 3 'event\ttype=AID until=2023-06-01 status=actual' \
  4 'event\tstory=1 status=denied' 5 'event\tstory=7' 6 'claim\tactor=GRC stance=denies' 7 'position\tactor=GRC stance=denies' 8 'find\twords="death toll" publisher="Wire A"' \
  9 'find\twords=tank until=2022-01-01' 10 'figure\tover=1000 party=ARM' 11 'figure\tover=1000 party=USA' 12 'contradiction\tuntil=2023-06-01' \
  13 'contradiction\tpublisher="Daily B" kind=denial' | while IFS= read -r line; do printf '%b\n' "$line"; done >every.alerts
printf '{"id":"men","date":"2023-06-03","text":"About 3,000 Armenian soldiers were deployed in Georgia."}\n' >men.jsonl
"$TOCSIN" add -d c.db all.jsonl men.jsonl >out 2>err
gives 0 'every filter' alerts -d c.db --rules every.alerts --json
for rule in 1 2 3 4 6 7 8 10 13; do has out "\"rule\":\"$rule\""; done
for rule in 5 9 11 12; do lacks out "\"rule\":\"$rule\""; done

# a rise of the conflict of two countries against its own past: Russia against Ukraine as every week, Iran against Israel as never before
i=0
for week in 02 09 16 23 30; do
  for at in 'Kharkiv 0' 'Odesa 1' 'Lviv 2' 'Poltava 3'; do
    i=$((i + 1))
    day=$((${week#0} + ${at#* }))
    [ "$day" -le 31 ] || continue
    printf '{"id":"u%d","date":"2023-01-%02d","publisher":"Wire A","title":"%s in week %s","text":"Russia attacked %s in Ukraine."}\n' $i $day "${at% *}" $week "${at% *}"
  done
done >rise.jsonl
cat >>rise.jsonl <<'END'
{"id":"i1","date":"2023-01-30","publisher":"Wire A","text":"Iran attacked Haifa in Israel with missiles."}
{"id":"i1b","date":"2023-01-30","publisher":"Daily B","text":"Iran attacked Haifa in Israel with missiles on Monday, officials in Haifa said."}
{"id":"i2","date":"2023-01-31","publisher":"Wire A","text":"Iranian troops bombed Eilat, Israel."}
{"id":"i3","date":"2023-02-01","publisher":"Daily B","text":"Iran imposed sanctions on Israel."}
END
printf 'rise\trise\tover=2 weeks=3\n' >rise.alerts
"$TOCSIN" add -d rise.db rise.jsonl >out 2>err
gives 0 'a rise' alerts -d rise.db --rules rise.alerts --json
lines out 1
has out '"says":"IRN > ISR: conflict 24.5 in this week (3 events), 0.0 a week in the 3 before"'
has out '"sentences":\[{"doc":"i3".*"doc":"i2".*"doc":"i1"'
cp out at_once
gives 0 'before it' alerts -d rise.db --rules rise.alerts --json --as-of 2023-01-31
lines out 0
rm -f one.db
while IFS= read -r line; do
  printf '%s\n' "$line" | "$TOCSIN" add -d one.db >/dev/null 2>&1
  "$TOCSIN" alerts -d one.db --rules rise.alerts --json
done <rise.jsonl >got 2>err
cmp -s got at_once
ok $? '... asked after each document it is the same'
printf 'rise\trise\tover=2 weeks=3 publisher="Daily B"\n' >rise.alerts
gives 0 'of one publisher there are too few' alerts -d rise.db --rules rise.alerts --json --dry-run
lines out 0
printf 'rise\trise\tover=2\n' >rise.alerts
gives 0 'the past is too short' alerts -d rise.db --rules rise.alerts --json --dry-run
lines out 0

head -c 3000000 /dev/zero | tr '\0' x >huge.alerts
gives 3 'rules of megabytes' alerts -d a.db --rules huge.alerts
has err 'huge.alerts: more than 1048576 bytes of rules'
gives 3 'rules without end' alerts -d a.db --rules /dev/zero
printf 'a\000b\tevent\n' >bad.alerts
gives 3 'a NUL' alerts -d a.db --rules bad.alerts
has err 'bad.alerts:1: holds a NUL'
printf 'a\377\tevent\n' >bad.alerts
gives 3 'no UTF-8' alerts -d a.db --rules bad.alerts
has err 'bad.alerts:1: byte 2 of the line is not UTF-8'
{ printf x; head -c 100000 /dev/zero | tr '\0' '\t'; printf x; } >bad.alerts
gives 3 'tabs without end' alerts -d a.db --rules bad.alerts
gives 3 'a folder' alerts -d a.db --rules .
printf 'aid\tevent\ttype=AID' >end.alerts
gives 0 'no line end' alerts -d a.db --rules end.alerts --dry-run
gives 3 'no rules' alerts -d a.db --rules none.alerts
has err 'none.alerts: cannot read the rules'
gives 3 'no ledger' alerts -d none.db
[ ! -e none.db ]
ok $? '... and none is made'
gives 2 'a day that is none' alerts -d a.db --today 2023-02-30

# arguments of no sense
for word in "$(printf 'a\377')" '' "$(head -c 100000 /dev/zero | tr '\0' x)"; do
  for option in --since --until --story --limit --as-of --today --tries --timeout --grade --address --webhook --type --status; do
    gives 2 "a strange $option" alerts -d a.db $option "$word"
    lines err 1
  done
  gives 3 'strange rules' alerts -d a.db --rules "$word"
  gives 3 'a strange ledger' alerts -d "$word" --rules end.alerts
  for option in --publisher --actor --place; do
    gives "$([ -n "$word" ] && echo 0 || echo 2)" "a strange $option" alerts -d a.db --all $option "$word" --rules end.alerts
  done
done
gives 1 'a strange program' alerts -d a.db --exec --rules end.alerts "$(printf 'a\377')"
gives 2 'an empty one' alerts -d a.db --exec --rules end.alerts ''
gives 1 'a long one' alerts -d a.db --exec --rules end.alerts "$(head -c 100000 /dev/zero | tr '\0' x)"
lines err 1
echo "1..$n"
