#!/bin/sh
# terminal.sh: no document steers the terminal of who reads answers: control characters of titles, texts and names are left out of what a person reads.
# $TOCSIN is the program.  Speaks TAP.
set -u
LC_ALL=C
export LC_ALL
# shellcheck source=test/tap.sh
. "$(dirname "$0")/tap.sh"
unset TOCSIN_LEDGER
dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT
cd "$dir" || exit 1

cat >steering.jsonl <<'END'
{"id":"one","date":"2024-03-01","publisher":"Wire\u001b[31m A","title":"Rebels \u001b]0;owned\u0007 attack","text":"Rebels\u001b[2J attacked\u202e an army base in Mali on Friday, the army said. At least 12 soldiers were killed\u009b, the army said."}
{"id":"two\u001b[1m","date":"2024-03-02","publisher":"Daily B","title":"Toll rises","text":"The death toll of the attack on an army base in Mali rose to 20, the army\u001b[2J said on Saturday. Rebels denied that they attacked the base."}
END
esc=$(printf '\033') bell=$(printf '\007') turned=$(printf '\342\200\256') csi=$(printf '\302\233')
# unsteered NAME: nothing of it is in the last run's results or messages
unsteered() {
  ! grep -q "$esc\|$bell\|$turned\|$csi" out err
  ok $? "$1"
}
gives 0 'add' add -d a.db steering.jsonl
for question in stories 'story 1' events claims figures positions contradictions 'find base'; do
  # shellcheck disable=SC2086 # words
  gives 0 "$question" $question -d a.db
  [ -s out ] || [ "$question" = contradictions ]
  ok $? '... answers'
  unsteered '... and steers nothing'
done
gives 0 'a brief' export -d a.db --story 1 --format md
has out 'attack'
unsteered '... steers nothing'
gives 0 'a note' correct -d a.db --by "$(printf 'An\033[31mna')" note story 1 "$(printf 'see\033[2J it')"
gives 0 'listed' correct -d a.db --list
has out 'see'
unsteered '... steers nothing'
gives 0 'as JSON the text is whole' events -d a.db --json
has out '"sentence":"Rebels\\u001b\[2J attacked'
echo "1..$n"
