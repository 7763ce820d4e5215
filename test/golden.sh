#!/bin/sh
# golden.sh: the readings of the golden articles, byte for byte.  TOCSIN names the program.  With --renew it writes them anew.
set -u
here=$(cd "$(dirname "$0")" && pwd)
tocsin=${TOCSIN:-$here/../build/tocsin}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
n=0 failed=0
for text in "$here"/golden/*.txt; do
  name=$(basename "$text" .txt)
  date=$(printf '%s' "$name" | sed 's/.*-\([0-9]*-[0-9]*-[0-9]*\)$/\1/')
  "$tocsin" read --json -j 1 --date "$date" "$text" > "$work/one" && "$tocsin" read --json -j 2 --date "$date" "$text" > "$work/two"
  status=$?
  if [ "${1:-}" = --renew ]; then
    [ $status = 0 ] || exit 1
    cp "$work/one" "${text%.txt}.json"
    continue
  fi
  n=$((n + 1))
  if [ $status = 0 ] && cmp -s "$work/one" "${text%.txt}.json"; then echo "ok $n - $name reads as before"
  else
    echo "not ok $n - $name reads as before"
    # one member a line, so that the difference can be seen
    sed 's/},{/},\n{/g' "${text%.txt}.json" > "$work/want"
    sed 's/},{/},\n{/g' "$work/one" | diff "$work/want" - | head -n 40 | sed 's/^/# /'
    failed=1
  fi
  n=$((n + 1))
  if cmp -s "$work/one" "$work/two"; then echo "ok $n - $name: two threads give the same bytes"
  else
    echo "not ok $n - $name: two threads give the same bytes"
    failed=1
  fi
done
[ "${1:-}" = --renew ] && exit 0
echo "1..$n"
exit $failed
