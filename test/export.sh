#!/bin/sh
# export.sh: the ledger in other programs' forms, from outside: fields, filters, that nothing is left out.  $TOCSIN is the program.  Speaks TAP.
# tool/validate.sh has the same read by programs that are not ours.
set -u
LC_ALL=C
export LC_ALL
# shellcheck source=test/tap.sh
. "$(dirname "$0")/tap.sh"
unset TOCSIN_LEDGER PAGER
dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT
cd "$dir" || exit 1

cat >all.jsonl <<'END'
{"id":"quake-1","date":"2023-05-14","publisher":"Wire A","url":"https://wire.example/quake?a=1&b=2","title":"Earthquake hits eastern Turkey","text":"A strong earthquake hit the eastern Turkish city of Van on Sunday, officials said. The death toll rose to 12, the interior ministry of Turkey said. Rescue workers searched the rubble of apartment buildings in Van."}
{"id":"vote, \"1\"","date":"2023-05-14","publisher":"Daily B","title":"Thai opposition wins election","text":"The opposition Move Forward party won the parliamentary election in Thailand on Sunday. Its leader Pita Limjaroenrat said he would seek a coalition in Bangkok."}
{"id":"quake-2","date":"2023-05-15","publisher":"Daily B","title":"Rescuers search rubble after Turkish earthquake","text":"Rescue workers searched the rubble of apartment buildings in the eastern Turkish city of Van for a second day after a strong earthquake. The death toll rose to 31, the interior ministry of Turkey said on Monday. Greece sent aid to Turkey."}
{"id":"quake-2-copy","date":"2023-05-15","publisher":"Herald C","title":"Rescuers search rubble after Turkish earthquake","text":"Rescue workers searched the rubble of apartment buildings in the eastern Turkish city of Van for a second day after a strong earthquake. The death toll rose to 31, the interior ministry of Turkey said on Monday. Greece sent aid to Turkey. More follows."}
{"id":"quake-3","date":"2023-05-17","publisher":"Wire A","title":"Turkey mourns earthquake dead","text":"Turkey mourned the victims of the earthquake in the eastern city of Van on Wednesday. The death toll rose to 40, the interior ministry of Turkey said. Greece sent more aid to Turkey. France denied that it had sent soldiers to Van, and Italy will hold talks with Turkey on 20 May 2023. Russian troops attacked Kharkiv on 16 May 2023, Ukraine said. Greek Prime Minister Kyriakos Mitsotakis met Turkish President Recep Tayyip Erdogan in Ankara on Tuesday."}
END
gives 0 'add' add -d a.db all.jsonl

# jsonl: back into a ledger that answers alike
gives 0 'jsonl' export -d a.db --format jsonl
cp out readings.jsonl
lines out 5
gives 0 'which add takes back' add -d b.db readings.jsonl
lines out 5
for ask in stories events claims figures positions 'find earthquake' 'story 1'; do
  for form in --json --csv --no-pager; do
    # shellcheck disable=SC2086  # words on purpose
    "$TOCSIN" $ask $form -d a.db >want 2>err
    # shellcheck disable=SC2086
    "$TOCSIN" $ask $form -d b.db >got 2>err
    [ -s want ] && cmp -s want got
    ok $? "... $ask $form: the new ledger answers alike"
  done
done
gives 0 'jsonl of a publisher' export -d a.db --format jsonl --publisher 'Wire A'
lines out 2
gives 0 'jsonl of documents with such an event' export -d a.db --format jsonl --type AID --actor GRC --until 2023-05-16
lines out 2
gives 0 'jsonl as of a day' export -d a.db --format jsonl --as-of 2023-05-14
lines out 2

# csv
# long ids do not make lines longer than a terminal
sed 's/"id":"quake/"id":"https:\/\/wire.example\/2023\/05\/a-very-long-address-of-an-article-on-an-earthquake-in-turkey\/quake/' all.jsonl >long.jsonl
gives 0 'long ids' add -d long.db long.jsonl
gives 0 'stories as a table' stories -d a.db --csv
head -1 out | grep -q '^story,title,first,last,documents,copies,independent,publishers,events,figures.$'
ok $? '... its header'
has out '^1,Earthquake hits eastern Turkey,2023-05-14,2023-05-17,4,1,2,Daily B; Herald C; Wire A,'
gives 0 'events as a table' events -d a.db --csv --actor GRC --type AID
cp out want
lines out 4
awk '!/\r$/ { bad = 1 } END { exit bad }' out
ok $? '... its lines end as RFC 4180 has it'
gives 0 'the same by export' export -d a.db --format csv --actor GRC --type AID
cmp -s out want
ok $? '... byte for byte'
gives 0 'a document whose id has commas and quotes' export -d a.db --format csv --table documents
has out '^"vote, ""1""",2023-05-14,Daily B,'
gives 0 'figures as a table' figures -d a.db --csv
grep '^[0-9]*,[0-9]*,1,quake-3,' out | grep -q ',40,'
ok $? '... the current one is marked'
gives 0 'limit and offset' events -d a.db --csv --limit 2
cp out first
gives 0 'the next ones' events -d a.db --csv --limit 2 --offset 2
cp out second
gives 0 'all four' events -d a.db --csv --limit 4
{ cat first && sed 1d second; } | cmp -s - out
ok $? '... two and two are four'
gives 0 'a folder of tables' export -d a.db --format csv --out tables
[ "$(ls tables)" = "$(printf 'claims.csv\ndocuments.csv\nevents.csv\nfigures.csv\npositions.csv')" ]
ok $? '... one file a table'
export_figures=$("$TOCSIN" figures -d a.db --csv | cksum)
[ "$(cksum <tables/figures.csv)" = "$export_figures" ]
ok $? '... as the answer has it'

# plover: as read --plover has it
gives 0 'plover' export -d a.db --format plover
cp out want
gives 0 'plover of the documents' read --plover all.jsonl
cmp -s out want
ok $? '... the same records'
has out '"actorText":"Italy".*"event":"AGREE"'
lacks out '"actorText":"France'
gives 0 'plover of an actor' export -d a.db --format plover --actor RUS
lines out 1

# gdelt: 61 and 16 columns
gives 0 'gdelt' export -d a.db --format gdelt
cp out events.tsv
awk -F'\t' 'NF != 61 { bad = 1 } END { exit bad || NR != 4 }' events.tsv
ok $? '... 61 columns'
aid=$(awk -F'\t' '$6 == "GRC" && $27 ~ /^07/' events.tsv)
[ "$(printf '%s\n' "$aid" | wc -l)" -ge 1 ]
ok $? '... an event of aid'
printf '%s\n' "$aid" | head -1 >line
awk -F'\t' '$8 == "GRC" && $16 == "TUR" && $28 == substr($27, 1, 3) && $29 == "07" && $30 == 2 && $31 >= 7 && $60 == "20230515000000"' line | grep -q .
ok $? '... its actors, codes, class and time'
awk -F'\t' '$32 >= 2 && $33 >= 2 && $34 >= 2' line | grep -q .
ok $? '... told by more than one'
awk -F'\t' '$6 == "RUSMIL" && $8 == "RUS" && $13 == "MIL" && $2 == "20230516" && $3 == "202305" && $4 == "2023" && $5 == "2023.3726"' events.tsv | grep -q .
ok $? '... an actor taken apart, and a day of its own'
awk -F'\t' '$6 == "RUSMIL" && $52 == 4 && $53 == "Kharkiv, Ukraine" && $54 == "UP" && $56 == "" && $57 ~ /^(49|50)/ && $58 ~ /^36/' events.tsv | grep -q .
ok $? '... where it happened, by FIPS codes'
awk -F'\t' '$6 ~ /^FRA/' events.tsv | grep -q .
[ $? = 1 ]
ok $? '... nothing of what is denied'
awk -F'\t' '$6 == "ITA" && $16 == "TUR" && $27 == "036" && $30 == 1 && $31 == 4' events.tsv | grep -q .
ok $? '... what is planned is an intent'
gives 0 'gdelt mentions' export -d a.db --format gdelt --table mentions
awk -F'\t' 'NR == FNR { id[$1] = 1; next } NF != 16 || !($1 in id) || length($3) != 14 { bad = 1 } END { exit bad }' events.tsv out
ok $? '... 16 columns, of events that are there'
awk -F'\t' 'NR == FNR { want[$1] = $32; next } { n[$1]++ } END { for (i in want) if (n[i] != want[i]) bad = 1; exit bad }' events.tsv out
ok $? '... as many as the events say'
grep -q 'https://wire.example' events.tsv || awk -F'\t' '$61 == "quake-3"' events.tsv | grep -q .
ok $? '... sources'
gives 0 'a ledger of the last document alone' export -d a.db --format gdelt --since 2023-05-17
awk -F'\t' 'NR == FNR { id[$1] = 1; next } !($1 in id) { bad = 1 } END { exit bad }' events.tsv out
ok $? '... ids stay whatever the filters'

# geojson
gives 0 'geojson' export -d a.db --format geojson
lines out 1
has out '^{"type":"FeatureCollection","features":\[{"type":"Feature","id":[0-9]*,"geometry":{"type":"Point","coordinates":\[[0-9.-]*,[0-9.-]*\]},"properties":{'
has out '"coordinates":\[36\.[0-9]*,\(49\.9\|50\.0\)[0-9]*\]'
gives 0 'geojson of nothing' export -d a.db --format geojson --actor AUS
has out '^{"type":"FeatureCollection","features":\[\]}$'

# claim
gives 0 'claim' export -d a.db --format claim
has out '"@type":"Claim","@id":"urn:tocsin:claim:[0-9a-f]*","text":"[^"]*","keywords":"denies","author":{"@type":"Organization","name":"France"'
gives 2 'claim of a type of event' export -d a.db --format claim --type AID

# stix
gives 0 'stix' export -d a.db --format stix
cp out want
gives 0 'the same again' export -d a.db --format stix
cmp -s out want
ok $? '... byte for byte'
lines out 1
tr '{' '\n' <out >objects
has objects '^"type":"identity","spec_version":"2.1","id":"identity--[0-9a-f]\{8\}-[0-9a-f]\{4\}-5[0-9a-f]\{3\}-[89ab][0-9a-f]\{3\}-[0-9a-f]\{12\}","created_by_ref":'
has objects '"name":"Wire A","identity_class":"organization"'
has objects '"name":"Greece","identity_class":"organization"'
has objects '^"type":"report".*"created":"2023-05-14T00:00:00.000Z".*"name":"Earthquake hits eastern Turkey".*"published":"2023-05-14T00:00:00.000Z"'
has objects '"url":"https://wire.example/quake?a=1&b=2","external_id":"quake-1"'
has objects '^"type":"location".*"name":"Kharkiv","country":"UA","latitude":\(49\.9\|50\.0\)'
[ "$(grep -c '^"type":"grouping".*"context":"unspecified"' objects)" = 2 ]
ok $? '... a grouping for each story'
[ "$(grep -c '^"type":"report"' objects)" = 5 ]
ok $? '... a report for each document'
grep -o '"id":"identity--[^"]*"' objects | sort | uniq -d >twice
[ ! -s twice ]
ok $? '... each identity once'
gives 0 'stix of a publisher' export -d a.db --format stix --publisher 'Daily B'
tr '{' '\n' <out >fewer
grep -o '"id":"report--[^"]*"' fewer >ids
[ "$(wc -l <ids)" = 2 ] && grep -qF -f ids objects
ok $? '... ids stay whatever the filters'
cat >said.jsonl <<'END'
{"id":"told","date":"2023-06-01","publisher":"Wire A","title":"France sends soldiers to Cyprus","text":"France has sent soldiers to Cyprus, the defence ministry of Greece said on Thursday."}
{"id":"denied","date":"2023-06-02","publisher":"Daily B","title":"France denies sending soldiers to Cyprus","text":"France denied on Friday that it had sent soldiers to Cyprus."}
END
gives 0 'a report and its denial' add -d said.db said.jsonl
gives 0 'stix of them' export -d said.db --format stix
tr '{' '\n' <out >objects
told=$(grep '^"type":"report".*"name":"France sends' objects | grep -o 'report--[^"]*' | head -1)
grep -A2 '^"type":"opinion".*"opinion":"disagree".*"authors":\["France"\]' objects | grep -q "\"object_refs\":\[\"$told\"\]"
ok $? '... the denial is an opinion of the report'

# md
gives 2 'a brief of no story' export -d a.db --format md
gives 0 'a brief of a story' export -d a.db --format md --story 1
head -1 out | grep -q '^# Earthquake hits eastern Turkey$'
ok $? '... its title'
has out '^## Figures$'
has out '^- .*: 40 (2023-05-17; .*)\[^[0-9]*\]$'
has out '^## Events$'
has out '^- 2023-05-16 ASSAULT.* by Russian troops .*\[^[0-9]*\]$'
has out '^\[^1\]: Wire A, 2023-05-1[0-9], quake-[0-9]: '
grep -o '^- .*' out | grep -o '\[^[0-9]*\]' | sort -u >marks
grep -o '^\[^[0-9]*\]' out | sort >notes
cmp -s marks notes
ok $? '... every mark has its note, and no note is without a mark'

# ics
gives 0 'ics' export -d a.db --format ics
head -1 out | grep -q '^BEGIN:VCALENDAR.$' && tail -1 out | grep -q '^END:VCALENDAR.$'
ok $? '... a calendar'
awk '!/\r$/ || length($0) > 76 { bad = 1 } END { exit bad }' out
ok $? '... lines of 75 octets that end in CR LF'
[ "$(grep -c '^BEGIN:VEVENT' out)" = 1 ] && grep -q '^DTSTART;VALUE=DATE:20230520' out && grep -q '^DTSTAMP:20230517T000000Z' out
ok $? '... the planned talks on their day'
sed 's/\r$//' out | awk '/^ / { printf "%s", substr($0, 2); next } { printf "%s%s", (NR > 1 ? "\n" : ""), $0 } END { print "" }' >unfolded
has unfolded '^DESCRIPTION:France denied that it had sent soldiers to Van\\, and Italy will hold talks with Turkey on 20 May 2023\.$'

# what is refused
gives 2 'no format' export -d a.db
gives 2 'a format that is none' export -d a.db --format xls
gives 2 'a table that is none' export -d a.db --format csv --table x
gives 2 'filters that the records do not have' export -d a.db --format csv --table claims --type AID
gives 2 'two forms' events -d a.db --csv --json
gives 2 'a story that is not there' story -d a.db --csv 99
# arguments of no sense
for word in "$(printf 'a\377')" '' "$(head -c 100000 /dev/zero | tr '\0' x)"; do
  for option in --format --table --since --until --story --limit --offset --as-of --grade --type --status; do
    gives 2 "a strange $option" export -d a.db --format csv $option "$word"
  done
  gives 2 'a strange type of stix' export -d a.db --format stix --type "$word"
  gives 2 'a strange status of events' events -d a.db --status "$word"
  for option in --publisher --actor --place; do
    for command in 'export --format csv' 'export --format stix' 'export --format jsonl' 'events --json' 'stories --json' 'figures --json' 'contradictions --csv' 'find x'; do
      case "$option $command" in
      *place*find* | *actor*find* | *place*contra*) continue ;;
      esac
      # shellcheck disable=SC2086  # words on purpose
      gives "$([ -n "$word" ] && echo 0 || echo 2)" "a strange $option of $command" $command -d a.db $option "$word"
    done
  done
  gives 0 'strange words' find -d a.db "$word"
done
gives 3 'a folder that cannot be made' export -d a.db --format csv --out ''
gives 3 'a long one' export -d a.db --format csv --out "$(head -c 100000 /dev/zero | tr '\0' x)"
gives 3 'no ledger' export -d none.db --format jsonl
gives 3 'no such folder' export -d a.db --format csv --out none/none
if [ -w /dev/full ]; then
  "$TOCSIN" export -d a.db --format jsonl >/dev/full 2>err
  [ $? = 3 ] && grep -q 'cannot write the results' err
  ok $? 'a full disk: exit 3'
  "$TOCSIN" events -d a.db --csv >/dev/full 2>err
  [ $? = 3 ]
  ok $? '... of an answer too'
fi

# a terminal has a pager, and no one else
if command -v script >/dev/null 2>&1; then
  PAGER='sed s/^/paged:/' script -qec "'$TOCSIN' stories -d a.db" /dev/null >out 2>err </dev/null
  has out '^paged: .*Earthquake'
  PAGER='sed s/^/paged:/' script -qec "'$TOCSIN' stories -d a.db --no-pager; '$TOCSIN' stories -d a.db --csv" /dev/null >out 2>err </dev/null
  has out 'Earthquake'
  lacks out 'paged:'
  PAGER='head -1' script -qec "'$TOCSIN' events -d a.db; echo exit \$?" /dev/null >out 2>err </dev/null
  has out 'exit 0'
fi
for ask in stories events claims figures positions 'find earthquake' 'story 1'; do
  # shellcheck disable=SC2086
  "$TOCSIN" $ask -d a.db
  # shellcheck disable=SC2086
  "$TOCSIN" $ask -d long.db
done >out 2>err
LC_ALL=C.UTF-8 awk 'length($0) > 79 { bad = 1; print } END { exit bad }' out >wide
ok $? "answers for a person in 79 columns: $(head -1 wide)"
echo "1..$n"
