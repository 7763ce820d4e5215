#!/bin/sh
# embed.sh SOURCE OUT DEPFILE: writes OUT/embed_list.c (names and sizes: src/base/embed.h) and OUT/embed_bytes.S (the bytes, by .incbin)
# for all files of SOURCE/data and the models (*.tocsin) of SOURCE/model, and DEPFILE, by which ninja runs this again when one changes,
# comes or goes (the folders are dependencies too).  Run by the build.
set -eu
LC_ALL=C
export LC_ALL
source=$1 out=$2 dep=$3
# Seen from the folder where the compiler runs, which is also ours.
list=$out/embed_list.c bytes=$out/embed_bytes.S

cat >"$bytes.new" <<'END'
/* made by tool/embed.sh: do not edit */
  .section .note.GNU-stack,"",@progbits
  .section .rodata
END
cat >"$list.new" <<'END'
/* made by tool/embed.sh: do not edit */
#include "base/embed.h"

extern const char embed_towns[];
extern const uint64_t embed_towns_bytes;
struct slice embedded_towns(void) { return (struct slice){embed_towns, embed_towns_bytes}; } /* made by tool/towns_index.c */
END

depend() { printf ' %s' "$(printf '%s' "$1" | sed 's/[ #$]/\\&/g')" >>"$dep.new"; }

: >"$dep.new"
depend "$list"
printf ':' >>"$dep.new"
n=0
# one_kind FUNCTION FOLDER PATTERN
one_kind() {
  table=
  count=0
  if [ -d "$2" ]; then
    files=$(cd "$2" && find . -type f -name "$3" ! -name '.*' ! -name '*.md' | sed 's|^\./||' | sort)
    dirs=$(find "$2" -type d | sort)
    while IFS= read -r dir; do [ -z "$dir" ] || depend "$dir"; done <<END
$dirs
END
    while IFS= read -r name; do
      [ -n "$name" ] || continue
      case $name in *[!A-Za-z0-9._/+-]*) echo "embed.sh: $2/$name: name it with letters, digits, . _ + - alone" >&2; exit 1 ;; esac
      size=$(wc -c <"$2/$name")
      depend "$2/$name"
      printf '  .balign 64\n  .globl embed_%d\n  .hidden embed_%d\nembed_%d:\n  .incbin "%s"\n  .byte 0\n' $n $n $n "$2/$name" >>"$bytes.new"
      printf 'extern const char embed_%d[];\n' $n >>"$list.new"
      table="$table  {\"$name\", {embed_$n, $size}},
"
      n=$((n + 1))
      count=$((count + 1))
    done <<END
$files
END
  else
    depend "$source"
  fi
  {
    printf '\nstatic const struct embedded %s_list[] = {\n%s  {"", {"", 0}},\n};\n' "$1" "$table"
    printf '\nconst struct embedded *%s(size_t *n)\n{\n  *n = %d;\n  return %s_list;\n}\n\n' "$1" $count "$1"
  } >>"$list.new"
}
one_kind embedded_files "$source/data" '*'
one_kind embedded_models "$source/model" '*-small.tocsin'
printf '\n' >>"$dep.new"
mv "$list.new" "$list"
mv "$bytes.new" "$bytes"
mv "$dep.new" "$dep"
