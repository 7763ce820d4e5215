#!/bin/bash
# bench.sh: how fast and how big the program is, beside what the machine can do in the same run; writes doc/bench.md.  `make bench` runs it.
#
# The text is that of the story articles beside the project (SHARED, ../shared), else the demo article many times over.
# Environment: TOCSIN (build/tocsin), SHARED (../shared), CC (cc), RUNS (3), CORENLP (a folder with the jars of Stanford CoreNLP and its
# models, for instance from `mvn dependency:copy-dependencies`: then it parses the same text in the same run)
set -eu -o pipefail
cd "$(dirname "$0")/.."
tocsin=$(realpath "${TOCSIN:-build/tocsin}")
shared=${SHARED:-../shared}
runs=${RUNS:-3}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
${CC:-cc} -O2 -o "$work/peak" test/bench/peak.c
${CC:-cc} -O2 -D_GNU_SOURCE -o "$work/measure" test/bench/measure.c

if [ -f "$shared/stories/g5.jsonl" ]; then
  python3 "$shared/score/to_input.py" "$shared/stories/g5.jsonl" --opaque > "$work/in.jsonl"
  what='203 news articles of many publishers'
else
  for i in $(seq 300); do
    printf '{"id":"%s","date":"2024-10-25","text":"' "$i"
    sed 's/\\/\\\\/g; s/"/\\"/g' demo/troops-2024-10-25.txt | awk '{printf "%s\\n", $0}'
    printf '"}\n'
  done > "$work/in.jsonl"
  what='the demo article 300 times'
fi
# words as the program itself counts them: syntactic words, punctuation included
words=$("$tocsin" parse "$work/in.jsonl" | grep -c '^[0-9]*	')
documents=$(wc -l < "$work/in.jsonl")
printf 'Troops arrived on Monday.\n' > "$work/short.txt"

time_of() { "$work/measure" "$@" || echo "0 0 0"; }
rate() { awk -v w="$words" -v t="$1" -v s="$2" 'BEGIN { if (t - s > 0) printf "%.0f", w / (t - s); else print "?" }'; }
read -r startup startup_used startup_memory < <(time_of 20 "$tocsin" read --json "$work/short.txt")
read -r begin begin_used _ < <(time_of 20 "$tocsin" parse "$work/short.txt")
read -r parse1 parse1_used parse_memory < <(time_of "$runs" "$tocsin" parse -j 1 "$work/in.jsonl")
read -r parse2 _ _ < <(time_of "$runs" "$tocsin" parse -j 2 "$work/in.jsonl")
read -r read1 read1_used read_memory < <(time_of "$runs" "$tocsin" read --json -j 1 "$work/in.jsonl")
read -r read2 _ read2_memory < <(time_of "$runs" "$tocsin" read --json -j 2 "$work/in.jsonl")
read -r wc1 _ _ < <(time_of "$runs" wc -w "$work/in.jsonl")
peak=$("$work/peak")
processor=$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -1)
model_bytes=$(stat -c %s model/*.tocsin 2> /dev/null | awk "{ n += \$1 } END { print n + 0 }")

{
  echo '# Speed and size'
  echo
  echo "Made by \`make bench\` at commit $(git rev-parse --short HEAD 2> /dev/null || echo unknown), on $(nproc) cores of $processor."
  echo "Text: $what: $documents documents, $words words (syntactic words and punctuation). Best of $runs runs; start-up is taken off the speeds."
  echo
  echo '| measure | figure |'
  echo '| --- | --- |'
  echo "| parse (\`tocsin parse\`), one thread | $(rate "$parse1" "$begin") words/s ($(rate "$parse1_used" "$begin_used") a second of processor time) |"
  echo "| parse, two threads | $(rate "$parse2" "$begin") words/s |"
  echo "| whole reading (\`tocsin read --json\`), one thread | $(rate "$read1" "$startup") words/s ($(rate "$read1_used" "$startup_used") a second of processor time) |"
  echo "| whole reading, two threads | $(rate "$read2" "$startup") words/s |"
  echo "| start-up with one short text: parse / read | $(awk -v p="$begin" -v r="$startup" 'BEGIN { printf "%.0f / %.0f ms", p * 1000, r * 1000 }') |"
  echo "| memory, start-up | $((startup_memory / 1024)) MiB |"
  echo "| memory, parse one thread / read one thread / read two threads | $((parse_memory / 1024)) / $((read_memory / 1024)) / $((read2_memory / 1024)) MiB |"
  echo "| program, all embedded | $(($(stat -c %s "$tocsin") / 1024)) KiB |"
  [ "$model_bytes" -gt 0 ] && echo "| model file | $((model_bytes / 1024)) KiB |"
  echo
  echo 'In the same run, for comparison:'
  echo
  echo '| reference | figure |'
  echo '| --- | --- |'
  echo "| the machine | $peak |"
  echo "| \`wc -w\` on the same file | $(awk -v w="$words" -v t="$wc1" 'BEGIN { printf "%.0f", w / t }') words/s |"
  if [ -n "${CORENLP:-}" ] && command -v java > /dev/null; then
    mkdir "$work/texts" "$work/out"
    python3 - "$work/in.jsonl" "$work/texts" << 'EOF'
import json, sys
for i, line in enumerate(open(sys.argv[1], encoding="utf-8")):
    open("%s/%06d.txt" % (sys.argv[2], i), "w", encoding="utf-8").write(json.loads(line)["text"])
EOF
    find "$work/texts" -name '*.txt' | sort > "$work/files"
    printf '%s\n' "$work/short.txt" > "$work/one"
    corenlp() { time_of 1 java -Xmx3g -cp "$CORENLP/*" edu.stanford.nlp.pipeline.StanfordCoreNLP -annotators tokenize,ssplit,pos,lemma,depparse \
      -threads 1 -outputFormat conllu -outputDirectory "$work/out" -filelist "$1" 2> /dev/null; }
    read -r start start_used _ < <(corenlp "$work/one")
    read -r all all_used all_memory < <(corenlp "$work/files")
    echo "| Stanford CoreNLP on the same text (tags, lemmas, trees; no names), one thread | $(rate "$all" "$start") words/s ($(rate "$all_used" "$start_used") a second of processor time); start-up $start s; $((all_memory / 1024)) MiB |"
  fi
} > "$work/bench.md"
cat "$work/bench.md"
cp "$work/bench.md" doc/bench.md
