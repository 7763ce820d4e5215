#!/bin/sh
# determinism.sh PROGRAM PROGRAM...: every build gives the same bytes for the same input, at any number of threads.  Speaks TAP.
set -u
LC_ALL=C
export LC_ALL
here=$(cd "$(dirname "$0")/.." && pwd)
dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT
n=0 failed=0
ok() {
  n=$((n + 1))
  if [ "$1" = 0 ]; then echo "ok $n - $2"; else
    echo "not ok $n - $2"
    failed=1
  fi
}
texts() { find "$here/demo" "$here/test/golden" -name '*.txt' 2>/dev/null | sort; }
large=
if [ -f "$here/model/en-large.tocsin" ]; then
  TOCSIN_MODELS=$here/model
  export TOCSIN_MODELS
  large='parse --model large'
fi
first=
i=0
for program in "$@"; do
  for j in 1 2; do
    for what in 'read --json --date 2024-10-28' 'read --date 2024-10-28' parse ${large:+"$large"}; do
      name=$(echo "$what" | tr ' ' '_')
      # shellcheck disable=SC2086  # options, parted by blanks
      texts | tr '\n' '\0' | xargs -0 "$program" $what -j $j >"$dir/$name.$i" 2>&1
      ok $? "$what -j $j ($program)"
      if [ -z "$first" ]; then continue; fi
      cmp "$dir/$name.0" "$dir/$name.$i"
      ok $? "... the bytes of the first"
    done
    first=$program
    i=$((i + 1))
  done
done
echo "1..$n"
exit $failed
