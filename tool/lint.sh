#!/bin/bash
# lint.sh [quick]: no warning left standing.  Layout, faults that the compilers do not see, spelling, sizes, forbidden calls, includes that go
# upward, scripts, the manual page.  `make lint` installs what it needs; quick leaves out
# the two that take minutes.
set -u
cd "$(dirname "$0")/.." || exit 1
failed=0
mapfile -t sources < <(find src include test -name '*.c' -o -name '*.h' 2>/dev/null | LC_ALL=C sort)
mapfile -t program < <(find src -name '*.c' | LC_ALL=C sort)
mapfile -t scripts < <(find tool test .ci -name '*.sh' -o -path '.ci/*' -type f | LC_ALL=C sort)

check() { # check NAME COMMAND...: it must succeed and say nothing
  local name=$1 out
  shift
  if out=$("$@" 2>&1) && [ -z "$out" ]; then
    echo "ok - $name"
  else
    echo "not ok - $name"
    printf '%s\n' "$out" | head -100
    failed=$((failed + 1))
  fi
}

# Two blanks an indentation, no tab, no blank at a line's end, at most 160 columns, no two empty lines, a line feed at the end.
layout() {
  LC_ALL=C.UTF-8 awk '
    FNR == 1 { blank = 0 }
    /\t/ { print FILENAME ":" FNR ": a tab" }
    /[ \r]$/ { print FILENAME ":" FNR ": a blank at the end" }
    length($0) > 160 { print FILENAME ":" FNR ": " length($0) " columns" }
    $0 == "" && blank { print FILENAME ":" FNR ": a second empty line" }
    { blank = $0 == "" }
  ' "${sources[@]}"
  local f
  for f in "${sources[@]}"; do
    if [ -n "$(tail -c 1 "$f")" ]; then echo "$f: no line feed at the end"; fi
  done
}

sizes() {
  local f n
  for f in "${sources[@]}"; do
    n=$(wc -l <"$f")
    if [ "$n" -ge 900 ]; then echo "$f: $n lines; a file stays below 900"; fi
  done
  # modified McCabe (a switch is one branch), McCabe, statements, first line, lines, file(line): name.  It says of VEC() in a struct that it
  # cannot follow, and follows.
  pmccabe "${program[@]}" 2>/dev/null | awk -F'\t' '$1 >= 25 { print $6 ": McCabe " $1 "; stays below 25" } $5 >= 100 { print $6 ": " $5 " lines; stays below 100" }'
}

forbidden() {
  grep -nE '\b(strcpy|strcat|sprintf|vsprintf|strtok|localtime|gmtime|asctime|ctime|atoi|atol|atof|setlocale|gets|rand|time)\(' "${sources[@]}" |
    grep -vE '^\S+:[0-9]+:\s*(\*|/\*)'
  # Nothing below the commands prints or ends the program.
  grep -nE '\b(printf|puts|putchar|fprintf|fputs|exit|_exit|perror)\(' src/base src/lang src/know src/intake src/read src/ledger src/show src/export -r |
    grep -vE ':\s*(\*|/\*)'
  return 0
}

# base < lang, know, intake < read < ledger < show < export, serve < cmd
upward() {
  local floor allowed f
  while read -r floor allowed; do
    [ -d "src/$floor" ] || continue
    grep -rnoE '#include "[a-z]+/' "src/$floor" | while IFS=: read -r f line include; do
      include=${include#*\"}
      case " $allowed " in *" ${include%/} "*) ;; *) echo "$f:$line: $floor includes $include" ;; esac
    done
  done <<'END'
base base
lang base lang
know base lang know
intake base intake
read base lang know read
ledger base lang know intake read ledger
show base lang know intake read ledger show
export base lang know intake read ledger show export
cmd base lang know intake read ledger show export cmd
END
}

check 'layout' layout
check 'sizes of files and functions' sizes
check 'forbidden calls' forbidden
check 'includes between floors' upward
check 'codespell' codespell --quiet-level=3 --skip='./data/*,*.conllu,./test/fuzz/corpus,./model' --ignore-words=.codespell-ignore src test tool doc README.md CONTRIBUTING.md CHANGELOG.md demo
# SC2162 takes our function run for read; SC2054 a comma in an option's value for a list; SC3045: dash and bash both know ulimit -v.
check 'shellcheck' shellcheck --exclude=SC2162,SC3045,SC2054 "${scripts[@]}"
check 'manual page' sh -c 'scdoc <doc/man/tocsin.1.scd | mandoc -Tlint -Werror'
[ "${1:-}" != quick ] || exit "$((failed > 0))"
# Left out: what cppcheck 2.10 gets wrong (compound literals in ?:) or what the sanitizers see better (uninitialised variables).
check 'cppcheck' cppcheck --quiet --suppress=internalAstError --suppress=uninitvar --suppress=ctuuninitvar --suppress=uninitStructMember --std=c17 --enable=warning,performance,portability --inline-suppr --error-exitcode=1 --suppress=missingIncludeSystem -D_GNU_SOURCE -Isrc src
check 'clang-tidy' sh -c 'clang-tidy --quiet -p build "$@" 2>/dev/null' sh "${program[@]}"
[ "$failed" = 0 ]
