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
echo "1..$n"
