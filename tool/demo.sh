#!/bin/sh
# demo.sh: one article read, one record traced.  `make demo` runs it after the build.
set -eu
cd "$(dirname "$0")/.."
tocsin=${TOCSIN:-build/tocsin}
article=demo/troops-2024-10-25.txt
date=2024-10-25

say() { printf '\n\n==== %s\n\n$ %s\n\n' "$1" "$2"; }

say 'The record of one article' "tocsin read --date $date $article"
"$tocsin" read --date "$date" "$article"

say 'What the records of its second sentence rest on: the tree, the rules, the lines of the tables' "tocsin why --date $date $article 2"
"$tocsin" why --date "$date" "$article" 2

say 'The same record for a program: one JSON object a document' "tocsin read --json --date $date $article | head -c 600"
"$tocsin" read --json --date "$date" "$article" | head -c 600
printf ' ...\n'

ledger=$(mktemp -d)
trap 'rm -rf "$ledger"' EXIT
say 'Many reports become a ledger; each is told by its id once it is there for good' 'tocsin add -d story.db demo/story/reports.jsonl'
"$tocsin" add -d "$ledger/story.db" demo/story/reports.jsonl

say 'The stories that they tell' 'tocsin stories -d story.db'
"$tocsin" stories -d "$ledger/story.db"

say 'The numbers as they changed, the current one marked' 'tocsin figures -d story.db'
"$tocsin" figures -d "$ledger/story.db"

say 'What was known on 18 October' 'tocsin figures -d story.db --as-of 2024-10-18'
"$tocsin" figures -d "$ledger/story.db" --as-of 2024-10-18

say 'What Moscow said, from denial to evasion' 'tocsin claims -d story.db --actor RUS'
"$tocsin" claims -d "$ledger/story.db" --actor RUS

say 'Who denies what others affirm, both sentences side by side' 'tocsin contradictions -d story.db'
"$tocsin" contradictions -d "$ledger/story.db"

say 'Who turned' 'tocsin positions -d story.db --story 1 --actor RUS'
"$tocsin" positions -d "$ledger/story.db" --story 1 --actor RUS

say 'What the rules of demo/story/tocsin.alerts find, once' 'tocsin alerts -d story.db --rules demo/story/tocsin.alerts'
"$tocsin" alerts -d "$ledger/story.db" --rules demo/story/tocsin.alerts

cat <<END

Go on from here:
  $tocsin read --date 2024-10-28 FILE      an article of your own (text, JSON or JSON Lines; - is standard input)
  $tocsin read --json FILE                 the whole record: test/golden/ holds some
  $tocsin why FILE 3                       why the records of the third sentence are there
  $tocsin add -d news.db FILE...           documents into a ledger; then stories, figures, events, claims, find
  $tocsin parse --tree FILE                all trees
  data/                                    what the program knows: readable tables, one line a fact
END
