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
gives 3 'no rules' alerts -d a.db --rules none.alerts
has err 'none.alerts: cannot read the rules'
gives 3 'no ledger' alerts -d none.db
[ ! -e none.db ]
ok $? '... and none is made'
gives 2 'a day that is none' alerts -d a.db --today 2023-02-30
echo "1..$n"
