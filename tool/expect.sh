#!/bin/bash
# expect.sh: reads the story of demo/story into a ledger and counts which of expect.tsv hold.  Exit status 1 when one does not.
#
#     tool/expect.sh [-v]        -v: says which do not hold
#
# Environment: TOCSIN (build/tocsin)
set -u -o pipefail
cd "$(dirname "$0")/.." || exit 1
tocsin=$(realpath "${TOCSIN:-build/tocsin}")
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
"$tocsin" add -d "$work/story.db" demo/story/reports.jsonl >"$work/added" || exit 1

held=0 all=0
while IFS=$'\t' read -r name command test pattern; do
  case $name in '' | '#'*) continue ;; esac
  all=$((all + 1))
  # shellcheck disable=SC2086  # words on purpose
  TOCSIN_LEDGER=$work/story.db "$tocsin" $command >"$work/out" 2>"$work/err" || test=failed
  case $test in
  failed) echo "expect.sh: $name: tocsin $command: $(head -1 "$work/err")" >&2 && false ;;
  has) grep -qE -- "$pattern" "$work/out" ;;
  lacks) ! grep -qE -- "$pattern" "$work/out" ;;
  lines) [ "$(wc -l <"$work/out")" = "$pattern" ] ;;
  *) echo "expect.sh: $name: '$test' is neither has, lacks nor lines" >&2 && exit 2 ;;
  esac
  # shellcheck disable=SC2181  # the case's own status
  if [ $? = 0 ]; then held=$((held + 1)); elif [ "${1:-}" = -v ]; then echo "does not hold: $name ($command $test $pattern)"; fi
done <demo/story/expect.tsv
echo "$held of $all expectations hold"
[ "$held" = "$all" ]
