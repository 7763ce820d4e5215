#!/bin/bash
# precision.sh: the events of the articles of doc/precision.md beside what a person judged of them, and the wanted ones beside what is read.
#
#     tool/precision.sh          what stands, what changed, what is new; exit status 0 however it turned out
#     tool/precision.sh rows     all events as rows of the table, the verdicts that stand filled in, for judging the rest
#
# A verdict stands while its event has the same words, type, mode, status, parties, place and date.  The articles are not in the project: without
# them (SHARED/stories/g5.jsonl) there is nothing to compare.
# Environment: TOCSIN (build/tocsin), SHARED (../shared), MODEL (small)
set -eu -o pipefail
cd "$(dirname "$0")/.."
tocsin=$(realpath "${TOCSIN:-build/tocsin}")
articles=${SHARED:-../shared}/stories/g5.jsonl
judged=doc/precision.md
[ -f "$articles" ] || { echo "precision.sh: $articles is not there: nothing to compare" >&2; exit 0; }
command -v jq > /dev/null || { echo "precision.sh: needs jq: apt-get install jq" >&2; exit 1; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# rows of a table behind its heading, columns parted by tabs
table() {
  awk -v heading="## $1" '
    /^## / { here = index($0, heading) == 1 }
    here && /^\| g5-/ { gsub(/^\| *| *\|$/, ""); gsub(/ *\| */, "\t"); print }' "$judged"
}
table Judged > "$work/judged"
table Wanted > "$work/wanted"
awk '/^Articles: /,/^$/' "$judged" | grep -oE 'g5-[0-9a-f]{10}' > "$work/ids"

jq -c --rawfile ids "$work/ids" 'select(.id as $id | $ids | split("\n") | index($id)) | {id, date, text, publisher: .source}' "$articles" |
  "$tocsin" read --json --model "${MODEL:-small}" - |
  jq -r '
    def who: map(.code // .country // "-") | unique | join("+") | if . == "" then "-" else . end;
    .document.id as $id | .places as $places | .events | sort_by(.trigger[0])[] |
    [$id, "\(.trigger[0])..\(.trigger[1])",
     "\(.type)\(if .mode then "/" + .mode else "" end) \(.status) \(.actor // [] | who) > \(.recipient // [] | who) @\(if .place != null then ($places[.place].name) else "-" end) \(.date.value // "-")"]
    | @tsv' > "$work/read"

awk -F'\t' -v mode="${1:-}" '
  FILENAME ~ /judged$/ { verdict[$1 FS $2 FS $3] = $4; cause[$1 FS $2 FS $3] = $5; at[$1 FS $2] = $3; order[++n] = $1 FS $2 FS $3; next }
  FILENAME ~ /wanted$/ { want[++wants] = $1 FS $2 FS $3; next }
  {
    key = $1 FS $2 FS $3; seen[key] = 1; place[$1 FS $2] = $3
    if (mode == "rows") { printf "| %s | %s | %s | %s | %s |\n", $1, $2, $3, verdict[key], cause[key]; next }
    if (key in verdict) { count[verdict[key]]++; total++ }
    else if (($1 FS $2) in at) printf "changed   %s %s: %s (was: %s)\n", $1, $2, $3, at[$1 FS $2]
    else printf "new       %s %s: %s\n", $1, $2, $3
    if (!(key in verdict)) unjudged++
  }
  END {
    if (mode == "rows") exit
    for (i = 1; i <= n; i++) {
      split(order[i], p, FS)
      if (!(order[i] in seen) && !((p[1] FS p[2]) in place)) printf "gone      %s %s: %s (%s)\n", p[1], p[2], p[3], verdict[order[i]]
    }
    for (i = 1; i <= wants; i++) {
      split(want[i], p, FS); split(p[2], range, /\.\./); split(p[3], type, /[\/ ]/); hit = 0
      for (k in place) {
        split(k, q, FS); split(q[2], here, /\.\./); split(place[k], has, /[\/ ]/)
        if (q[1] == p[1] && here[1] + 0 < range[2] + 0 && range[1] + 0 < here[2] + 0 && has[1] == type[1]) hit = 1
      }
      if (hit) read_wanted++; else printf "not read  %s %s: %s\n", p[1], p[2], p[3]
    }
    printf "verdicts that stand: %d (right %d, wrong %d); events not judged yet: %d\n", total, count["right"], count["wrong"], unjudged
    if (total) printf "right among them: %.0f%%\n", 100 * count["right"] / total
    if (wants) printf "wanted events read: %d of %d\n", read_wanted, wants
  }' "$work/judged" "$work/wanted" "$work/read"
