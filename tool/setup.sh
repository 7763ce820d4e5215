#!/bin/sh
# setup.sh KIND...: sees to it that the Debian packages of each KIND are there; installs only what is missing and says why.
# KIND: build (program), test (the other compiler and its sanitizers), lint (checkers).  As root by apt-get, else by sudo; does
# nothing, and asks nothing, when all is there.
set -eu

# package | a file or program by which it is known | why
packages() {
  case $1 in
  build) cat <<'END'
gcc|gcc|compiles the program
libc6-dev|/usr/include/stdio.h|headers of the C library
pkg-config|pkg-config|finds the libraries
meson|meson|plans the build
ninja-build|ninja|runs the build
libcurl4-openssl-dev|curl-config|speaks with the web
libjansson-dev|/usr/include/jansson.h|reads JSON
libutf8proc-dev|/usr/include/utf8proc.h|knows the Unicode tables
libuchardet-dev|/usr/include/uchardet/uchardet.h|guesses the charset of text that is not UTF-8
libsqlite3-dev|/usr/include/sqlite3.h|keeps the ledger
libzstd-dev|/usr/include/zstd.h|packs the texts in it
libstemmer-dev|/usr/include/libstemmer.h|stems the words by which stories are told apart
END
  ;;
  test) cat <<'END'
clang|clang|the second compiler that the tests build with
libclang-rt-14-dev|/usr/lib/llvm-14/lib/clang/14.0.6/lib/linux/libclang_rt.asan-x86_64.a|its sanitizers
END
  ;;
  lint) cat <<'END'
clang-tidy|clang-tidy|looks for faults in C
cppcheck|cppcheck|looks for faults in C
codespell|codespell|looks for misspellings
pmccabe|pmccabe|measures the length and branching of functions
scdoc|scdoc|makes the manual page
mandoc|mandoc|checks the manual page
shellcheck|shellcheck|looks for faults in scripts
END
  ;;
  *) echo "setup.sh: unknown kind '$1': build, test or lint" >&2; exit 2 ;;
  esac
}

missing=
for kind in "$@"; do
  lines=$(packages "$kind")
  while IFS='|' read -r package sign why; do
    case $sign in
    /*) [ -e "$sign" ] && continue ;;
    *) command -v "$sign" >/dev/null 2>&1 && continue ;;
    esac
    [ -n "$missing" ] || echo "tocsin needs Debian packages that are not here:"
    echo "  $package: $why"
    missing="$missing $package"
  done <<END
$lines
END
done
[ -n "$missing" ] || exit 0

if [ "$(id -u)" = 0 ]; then as_root=
elif command -v sudo >/dev/null 2>&1; then as_root=sudo
else
  echo "setup.sh: to install them, run as root: apt-get install$missing" >&2
  exit 1
fi
command -v apt-get >/dev/null 2>&1 || { echo "setup.sh: no apt-get here: install what is listed above by the system's own means" >&2; exit 1; }
echo "installing them by: ${as_root:+$as_root }apt-get install$missing"
# shellcheck disable=SC2086  # words on purpose
DEBIAN_FRONTEND=noninteractive $as_root apt-get update -qq
# shellcheck disable=SC2086
DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq --no-install-recommends $missing >/dev/null
