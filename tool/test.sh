#!/bin/sh
# test.sh [quick]: runs the tests and ends with the line "N passed, N failed", counted over all checks; exit status 1 when one failed.
#
#   build/       gcc, as released
#   build/clang  clang with AddressSanitizer and UndefinedBehaviorSanitizer, each piece of an arena an allocation of its own (not: quick)
#
# and test/determinism.sh compares what the two programs give.
set -u
cd "$(dirname "$0")/.." || exit 1
passed=0 failed=0

# Counts a TAP log; a program that died or ran out of time without a failed check is one failure.
count() { # count LOG STATUS
  good=$(grep -c '^ok ' "$1")
  bad=$(grep -c '^not ok ' "$1")
  passed=$((passed + good))
  failed=$((failed + bad))
  if [ "$bad" = 0 ] && [ "$2" != 0 ]; then failed=$((failed + 1)); fi
}

suite() { # suite FOLDER NAME
  echo "== $2"
  if ! ninja -C "$1" >"$1/test-build.log" 2>&1; then
    tail -30 "$1/test-build.log"
    echo "test.sh: $2: the build failed" >&2
    failed=$((failed + 1))
    return
  fi
  meson test -C "$1" --no-rebuild --print-errorlogs --quiet
  count "$1/meson-logs/testlog.txt" $?
}

# The model and the program under sanitizers are slow and large; their limits are wider.
[ -f build/build.ninja ] || meson setup build -Dwerror=true >/dev/null || exit 1
suite build 'gcc, as released'

if [ "${1:-}" != quick ]; then
  if [ ! -f build/clang/build.ninja ]; then
    CC=clang meson setup build/clang -Dwerror=true -Dbuildtype=debug -Doptimization=1 -Db_sanitize=address,undefined -Db_lundef=false \
      -Darena_per_object=true >/dev/null || exit 1
  fi
  export ASAN_OPTIONS=detect_stack_use_after_return=1:allocator_may_return_null=1
  export UBSAN_OPTIONS=halt_on_error=1:print_stacktrace=1
  TOCSIN_MEMORY='' suite build/clang 'clang, with its sanitizers'
  echo '== the same bytes from both'
  sh test/determinism.sh build/tocsin build/clang/tocsin >build/determinism.log 2>&1
  status=$?
  grep -A3 '^not ok' build/determinism.log
  count build/determinism.log $status
fi

echo
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
