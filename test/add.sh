#!/bin/sh
# add.sh: folders as documents: which files, in which order, and what is not followed.  $TOCSIN is the program.  Speaks TAP.
set -u
LC_ALL=C
export LC_ALL
# shellcheck source=test/tap.sh
. "$(dirname "$0")/tap.sh"
unset TOCSIN_LEDGER
dir=$(mktemp -d) || exit 1
trap 'chmod -R u+rwx "$dir"; rm -rf "$dir"' EXIT
cd "$dir" || exit 1

text() { printf 'Greece sent %s tanks to Armenia.\n' "$1"; }
mkdir -p in/b/deep in/.hidden in/empty outside
text 1 >in/a.txt
text 2 >in/b/z.txt
text 3 >in/b/deep/m.txt
text 4 >in/c.txt
text 5 >in/B.txt
text 6 >in/.hidden/no.txt
text 7 >in/.no.txt
text 8 >outside/out.txt
text 9 >'in/d e.txt'
printf '{"id":"j1","text":"Spain sent aid to Chad."}\n{"id":"j2","text":"Iran criticised Greece."}\n' >in/b/lines.jsonl
ln -s ../outside in/link
ln -s ../outside/out.txt in/link.txt
ln -s . in/round
mkfifo in/pipe
gives 0 'a folder' add -d a.db in
printf '%s\n' B a m j1 j2 z c 'd e' >want
cmp -s out want
ok $? '... all files below it in the order of their names, no links, nothing hidden'
gives 0 'on two threads' add -d b.db -j 2 in/ outside
printf '%s\n' out >>want
cmp -s out want
ok $? '... the same, and the next folder behind it'
gives 0 'the same again' add -d a.db in
gives 0 'a link that is named' add -d c.db in/link
[ "$(cat out)" = out ]
ok $? '... is followed'
gives 0 'an empty folder' add -d c.db in/empty
lines out 0
printf '\377\000x' >in/b/broken.bin
gives 1 'a folder with what is no text' add -d d.db in
has err 'in/b/broken.bin: '
lines out 8
if [ "$(id -u)" != 0 ]; then
  mkdir in/closed
  chmod 000 in/closed
  gives 1 'a folder that cannot be read' add -d e.db in
  has err 'in/closed: cannot read the folder'
  chmod 755 in/closed
fi
path=deep
mkdir deep
i=0
while [ $i -lt 70 ]; do
  path=$path/d
  i=$((i + 1))
done
mkdir -p "$path"
text 1 >"$path/x.txt"
text 2 >deep/e.txt
gives 1 'a folder too deep' add -d f.db deep
has err 'more than 64 folders deep'
lines out 1
mkdir odd
text 1 >"odd/$(printf 'n\377m')"
gives 0 'a name that is no UTF-8' add -d g.db odd
[ "$(wc -c <out)" = 65 ]
ok $? '... its document is known by its digest'
text 1 >"odd/$(printf 'line\nfeed')"
gives 0 'a name with a line feed' add -d h.db odd
gives 1 'nothing there' add -d g.db none "$(printf 'a\377')" ''
lines err 3
gives 1 'a long path' add -d g.db "$(head -c 100000 /dev/zero | tr '\0' x)"
mkdir many
i=0
while [ $i -lt 300 ]; do
  i=$((i + 1))
  text $i >many/$i.txt
done
gives 0 'many files' add -d m.db many
lines out 300
find many -name '*.txt' | sed 's|.*/||; s|\.txt$||' | sed 's|$|.txt|' | sort | sed 's|\.txt$||' >want
cmp -s out want
ok $? '... in order'
gives 1 'reading takes files alone' read many
has err 'is a folder'
# one thread tells what it has before it waits for more
long=$(head -c 20000 /dev/zero | tr '\0' x) # what the input is, is seen at once
mkfifo slow
"$TOCSIN" add -j 1 -d one.db - <slow >told 2>err &
exec 3>slow
printf '{"id":"w1","text":"It rained in Oslo.","pad":"%s"}\n{"id":"w2","text":"It snowed in Oslo."}\n' "$long" >&3
i=0
until [ "$(wc -l <told)" = 2 ] || [ $i = 200 ]; do i=$((i + 1)); sleep 0.1; done
[ $i = 200 ] || printf '{"id":"w3","text":"It hailed in Oslo."}\n' >&3
exec 3>&-
wait $!
[ "$(cat told)" = "$(printf 'w1\nw2\nw3')" ]
ok $? 'one thread tells what is in before it waits'
echo "1..$n"
