#!/bin/sh
# tap.sh: what the tests of the program from outside share; they source it.  $TOCSIN is the program; `out` and `err` are files of its last run.
n=0
ok() {
  n=$((n + 1))
  if [ "$1" = 0 ]; then echo "ok $n - $2"; else
    echo "not ok $n - $2"
    sed 's/^/# /' out err 2>/dev/null | cut -c1-300 | head -8
  fi
}
# gives EXIT NAME ARGUMENT...
gives() {
  want=$1 name=$2
  shift 2
  "$TOCSIN" "$@" >out 2>err </dev/null
  got=$?
  [ $got = "$want" ]
  ok $? "$name: exit $want"
}
has() { grep -q -- "$2" "$1"; ok $? "... $1 says $2"; }
lacks() { ! grep -q -- "$2" "$1"; ok $? "... $1 does not say $2"; }
lines() { [ "$(wc -l <"$1")" = "$2" ]; ok $? "... $2 lines in $1"; }
