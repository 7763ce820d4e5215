#!/bin/sh
# fuzz.sh SECONDS: each fuzz target under libFuzzer; what it finds stays in build/fuzz/found and belongs into test/fuzz/corpus with its fix.
set -eu
cd "$(dirname "$0")/.."
seconds=${1:-60}
if [ ! -f build/fuzz/build.ninja ]; then
  CC=clang meson setup build/fuzz -Dwerror=true -Dbuildtype=debug -Doptimization=1 -Dfuzz=true -Darena_per_object=true \
    -Db_sanitize=address,undefined -Db_lundef=false -Dc_args=-fsanitize=fuzzer-no-link >/dev/null
fi
ninja -C build/fuzz
mkdir -p build/fuzz/found
for target in build/fuzz/test/*_fuzz; do
  [ -x "$target" ] || continue
  name=$(basename "$target" _fuzz)
  echo "== $name"
  mkdir -p "build/fuzz/work/$name"
  "$target" -max_total_time="$seconds" -max_len=16384 -rss_limit_mb=2048 -timeout=10 -artifact_prefix="build/fuzz/found/$name-" \
    "build/fuzz/work/$name" "test/fuzz/corpus/$name"
done
