#!/bin/sh
# picture.sh: puts real output of the program into README.md, between its marks.  With --check it only tells whether that is still so.
set -eu
cd "$(dirname "$0")/.."
tocsin=${TOCSIN:-build/tocsin}
article=demo/troops-2024-10-25.txt
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$tocsin" read --date 2024-10-25 "$article" | sed 's/^/    /; s/ *$//' > "$work/picture"
{
  printf '    $ tocsin why --date 2024-10-25 %s 2\n' "$article"
  "$tocsin" why --date 2024-10-25 "$article" 2 | sed 's/^/    /; s/ *$//' | head -n 34
  printf '    ...\n'
} > "$work/why"
awk -v dir="$work" '
  /^<!-- end of / { skip = 0 }
  !skip { print }
  /^<!-- (picture|why) -->$/ {
    skip = 1
    print ""
    file = dir "/" $2
    while ((getline line < file) > 0) print line
    print ""
  }' README.md > "$work/README.md"
if [ "${1:-}" = --check ]; then
  cmp -s "$work/README.md" README.md || { echo 'README.md shows another output than the program gives: run tool/picture.sh' >&2; exit 1; }
else
  cp "$work/README.md" README.md
fi
