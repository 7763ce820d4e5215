#!/bin/bash
# bench.sh [ledger]: how fast and how big the program is, beside what the machine can do in the same run; writes doc/bench.md.  `make bench` runs it.
# ledger: measures the ledger alone and puts its part of doc/bench.md anew.
#
# The text is that of the story articles beside the project (SHARED, ../shared), else the demo article many times over.
# Environment: TOCSIN (build/tocsin), SHARED (../shared), CC (cc), RUNS (3), LARGE (model/en-large.tocsin), PEERS (a Python with train/requirements.txt
# and requirements-peers.txt: then PyTorch and ONNX Runtime run the large model in the same run), CORENLP (a folder with the jars of Stanford CoreNLP
# and its models, for instance from `mvn dependency:copy-dependencies`: then it parses the same text in the same run, and with PEERS its dates, quotes
# and coreference, and quantulum3's quantities, are scored beside ours; MOST (300): passages of GAP that it gets, since its rules are slow),
# READINGS (100000): made-up readings that a ledger takes (about 25 KB of disk for each)
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
"$tocsin" parse "$work/in.jsonl" > "$work/words.conllu"
words=$(grep -c '^[0-9]*	' "$work/words.conllu")
documents=$(wc -l < "$work/in.jsonl")
printf 'Troops arrived on Monday.\n' > "$work/short.txt"
python3 - "$work/in.jsonl" "$work/long.txt" << 'EOF'
import json, sys
text = "\n\n".join(json.loads(line)["text"] for line in open(sys.argv[1], encoding="utf-8"))
open(sys.argv[2], "w", encoding="utf-8").write((text * (1 + 4000000 // max(1, len(text))))[:4000000])
EOF
long=$(stat -c %s "$work/long.txt")

time_of() { "$work/measure" "$@" || echo "0 0 0"; }
# rate SECONDS START-UP
rate() { awk -v w="$words" -v t="$1" -v s="$2" 'BEGIN { if (t - s > 0) printf "%.0f", w / (t - s); else print "?" }'; }
ratio() { awk -v a="$1" -v b="$2" 'BEGIN { if (b > 0) printf "%.2f\n", a / b; else print "?" }'; }
milliseconds() { awk -v t="$1" 'BEGIN { printf "%.0f ms", t * 1000 }'; }
peak=$("$work/peak")
processor=$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -1)
models=small
large=${LARGE:-model/en-large.tocsin}
if [ -f "$large" ]; then
  models='small large'
  TOCSIN_MODELS=$(realpath "$(dirname "$large")")
  export TOCSIN_MODELS
fi

# column MODEL: its figures, one a line, in the order of the rows below
column() {
  local m=$1 start start_read parse1 parse2 read1 read2 memory_parse memory_read memory_long
  read -r start _ _ < <(time_of 20 "$tocsin" parse --model "$m" "$work/short.txt")
  read -r start_read _ _ < <(time_of 20 "$tocsin" read --model "$m" --json "$work/short.txt")
  read -r parse1 _ memory_parse < <(time_of "$runs" "$tocsin" parse --model "$m" -j 1 "$work/in.jsonl")
  read -r parse2 _ _ < <(time_of "$runs" "$tocsin" parse --model "$m" -j 2 "$work/in.jsonl")
  read -r read1 _ memory_read < <(time_of "$runs" "$tocsin" read --model "$m" --json -j 1 "$work/in.jsonl")
  read -r read2 _ _ < <(time_of "$runs" "$tocsin" read --model "$m" --json -j 2 "$work/in.jsonl")
  read -r _ _ memory_long < <(time_of 1 "$tocsin" parse --model "$m" -j 1 "$work/long.txt")
  "$tocsin" eval --model "$m" "$work/words.conllu" > "$work/eval"
  awk -v p="${peak%% *}" '$1 == "speed" { print $2 " words/s" }
    $1 == "work" { printf "%s million\n%s billion, %.0f%%\n", $2, $8, 100 * $8 / p }' "$work/eval"
  printf '%s words/s\n' "$(rate "$parse1" "$start")" "$(rate "$parse2" "$start")"
  ratio "$(rate "$parse2" "$start")" "$(rate "$parse1" "$start")"
  printf '%s words/s\n' "$(rate "$read1" "$start_read")" "$(rate "$read2" "$start_read")"
  printf '%s\n' "$(milliseconds "$start")" "$(milliseconds "$start_read")"
  printf '%s MiB\n' $((memory_parse / 1024)) $((memory_read / 1024)) $((memory_long / 1024))
  if [ "$m" = large ]; then stat -c %s "$large"; else stat -c %s model/en-small.tocsin; fi | awk '{ printf "%.1f MB\n", $1 / 1e6 }'
}
cat > "$work/rows" << EOF
the engine alone, one thread
8-bit multiply-adds a word
... a second, and of the machine's peak
parse (\`tocsin parse\`), one thread
parse, two threads
... times one thread
whole reading (\`tocsin read --json\`), one thread
whole reading, two threads
start-up with one short text, parse
start-up with one short text, read
memory, parse, one thread
memory, read, one thread
memory, parse, one text of $((long / 1000000)) MB
model file
EOF
if [ "${1:-}" != ledger ]; then
  for m in $models; do column "$m" > "$work/column.$m"; done
  read -r wc1 _ _ < <(time_of "$runs" wc -w "$work/in.jsonl")
fi

# raw HOW: documents a second when the same lines go into a table of their own (raw), or the same texts into FTS5 (words), as many to a commit
raw() { rm -f "$work/raw.db"*; python3 - "$work/readings.jsonl" "$work/raw.db" "$1" << 'EOF'
import json, os, sqlite3, sys, time
with open(sys.argv[1], encoding="utf-8") as lines:
    rows = [json.loads(line)["document"]["text"] if sys.argv[3] == "words" else line for line, _ in zip(lines, range(20000))]
db = sqlite3.connect(sys.argv[2], isolation_level=None)
db.execute("PRAGMA journal_mode = WAL")
db.execute("PRAGMA synchronous = NORMAL")
db.execute("CREATE VIRTUAL TABLE t USING fts5(text, content='')" if sys.argv[3] == "words" else "CREATE TABLE t(text TEXT)")
start = time.monotonic()
for at in range(0, len(rows), 256):
    db.execute("BEGIN")
    db.executemany("INSERT INTO t(rowid, text) VALUES(?, ?)", enumerate(rows[at:at + 256], at + 1))
    db.execute("COMMIT")
    log = os.open(sys.argv[2] + "-wal", os.O_RDONLY)
    os.fdatasync(log)
    os.close(log)
print("%.0f" % (len(rows) / (time.monotonic() - start)))
EOF
}

# adds FROM TO: adds these of the readings; "seconds, of processor time"
adds() {
  sed -n "$1,$2p" "$work/readings.jsonl" > "$work/some.jsonl"
  time_of 1 "$tocsin" add -d "$work/ledger.db" "$work/some.jsonl"
}

# The ledger: speed and size of adding, and how long questions take.
ledger_rows() {
  local n=${READINGS:-100000} maker text all first last rest used whole slowest=0 slow='' seconds question
  maker=$(dirname "$tocsin")/test/make_readings
  [ -x "$maker" ] && [ "$n" -ge 4000 ] || return 0
  "$maker" data "$n" 1 > "$work/readings.jsonl"
  text=$(python3 -c 'import json, sys; print(sum(json.loads(line)["document"]["bytes"] for line in open(sys.argv[1], encoding="utf-8")))' "$work/readings.jsonl")
  read -r all _ _ < <(adds 1 1000)
  read -r seconds first _ < <(adds 1001 2000)
  read -r rest _ whole < <(adds 2001 $((n - 1000)))
  read -r used last _ < <(adds $((n - 999)) "$n")
  all=$(awk -v a="$all" -v b="$seconds" -v c="$rest" -v d="$used" 'BEGIN { print a + b + c + d }')
  while read -r question; do
    # shellcheck disable=SC2086 # words
    read -r seconds _ _ < <(time_of 5 "$tocsin" ${question%% *} -d "$work/ledger.db" --json --limit 50 ${question#* })
    if awk -v a="$seconds" -v b="$slowest" 'BEGIN { exit !(a > b) }'; then slowest=$seconds slow=$question; fi
  done << 'EOF'
stories --since 2018-01-01
events --actor USA
events --type AID --since 2019-01-01
events --place Xiangtan
events --status denied
events --publisher Wire
events --as-of 2016-06-01
claims --actor USA
claims --since 2019-06-01
figures --actor USA
figures --since 2019-06-01
positions --actor USA
contradictions --since 2019-06-01
find Ministry
find the --since 2019-06-01
EOF
  read -r seconds _ _ < <(time_of 5 "$tocsin" story -d "$work/ledger.db" --json 1)
  echo
  echo "The ledger, of $n made-up readings (\`test/bench/make_readings\`), two threads, 256 documents to a commit, at commit $commit:"
  echo
  echo '| measure | figure |'
  echo '| --- | ---: |'
  echo "| \`tocsin add\` | $(awk -v n="$n" -v t="$all" 'BEGIN { printf "%.0f", n / t }') documents/s |"
  echo "| processor time of the last 1,000, against the second 1,000 | $(ratio "$last" "$first") times |"
  echo "| memory | $((whole / 1024)) MiB |"
  echo "| file, against the text | $(ratio "$(stat -c %s "$work/ledger.db")" "$text") times |"
  echo "| slowest of 15 questions for 50 records: \`$slow\` | $(milliseconds "$slowest") |"
  echo "| a story whole | $(milliseconds "$seconds") |"
  echo "| the same lines into a table of SQLite's, one column (first 20,000) | $(raw lines) documents/s |"
  echo "| the texts alone into FTS5 (first 20,000) | $(raw words) documents/s |"
  rm -f "$work/ledger.db"* "$work/raw.db"* "$work/readings.jsonl" "$work/some.jsonl"
}

commit=$(git rev-parse --short HEAD 2> /dev/null || echo unknown)
if [ "${1:-}" = ledger ]; then
  sed '/^The ledger, of /,$d' doc/bench.md | sed -e :a -e '/^\n*$/{$d;N;ba' -e '}' > "$work/bench.md"
  ledger_rows >> "$work/bench.md"
  cat "$work/bench.md"
  cp "$work/bench.md" doc/bench.md
  exit
fi
{
  echo '# Speed and size'
  echo
  echo "Made by \`make bench\` at commit $commit, on $(nproc) cores of $processor."
  echo "Text: $what: $documents documents, $words words (syntactic words and punctuation). Best of $runs runs; start-up is taken off the speeds."
  echo
  echo "| measure | ${models// / | } |"
  echo "| --- |$(for m in $models; do printf ' ---: |'; done)"
  # shellcheck disable=SC2046 # one file a model
  paste -d '|' "$work/rows" $(for m in $models; do echo "$work/column.$m"; done) | sed 's/|/ | /g; s/^/| /; s/$/ |/'
  echo "| program, all embedded | $(($(stat -c %s "$tocsin") / 1024)) KiB |$([ "$models" = small ] || echo ' |')"
  echo
  echo 'In the same run, for comparison:'
  echo
  echo '| reference | figure |'
  echo '| --- | --- |'
  echo "| the machine | $peak |"
  echo "| \`wc -w\` on the same file | $(awk -v w="$words" -v t="$wc1" 'BEGIN { printf "%.0f", w / t }') words/s |"
  echo '| UDPipe 1 (English EWT), as published | 2990 words/s |'
  if [ -n "${PEERS:-}" ] && [ "$models" != small ]; then
    # the peers are slow: the same first sentences for all
    awk '/^[0-9]+\t/ { n++ } { print } /^$/ && n >= 20000 { exit }' "$work/words.conllu" > "$work/first.conllu"
    "$PEERS" train/peers.py --model "$large" --words "$work/first.conllu" --threads 1 --runs "$runs" 2> "$work/errors" > "$work/peers" || tail -1 "$work/errors" >&2
    ours=$("$tocsin" eval --model large "$work/first.conllu" | awk '$1 == "speed" { print $2 }')
    echo "| the large model on the first 20,000 words of the text, from raw text to trees, one thread | $ours words/s |"
    while read -r name speed; do
      case $name in pytorch) name='PyTorch, bf16' ;; onnxruntime) name='ONNX Runtime, 8 bits' ;; esac
      echo "| $name: the large model's network alone (no cutting, trees, lemmas) on the same, one thread | $speed words/s; ours is $(ratio "$ours" "$speed") times as fast |"
    done < "$work/peers"
  fi
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
  if [ -n "${PEERS:-}" ] && [ -d "$shared/score" ]; then
    readers() { "$PEERS" train/peers_read.py --shared "$shared" --tocsin "$tocsin" ${CORENLP:+--corenlp "$CORENLP"} "$@" 2> "$work/errors" || true; }
    {
      readers --only quantities,dates,quotes,coref
      [ -z "${CORENLP:-}" ] || readers --only gap --most "${MOST:-300}"
    } > "$work/readers"
    echo
    echo 'What others read, by the same scorers on the same development texts:'
    echo
    echo '| data and measure | peer | its figure | ours, small model |'
    echo '| --- | --- | ---: | ---: |'
    awk -F '\t' '{ printf "| %s | %s | %s | %s |\n", $2, $3, $4, $5 }' "$work/readers"
  fi
} > "$work/bench.md"
ledger_rows >> "$work/bench.md"
cat "$work/bench.md"
cp "$work/bench.md" doc/bench.md
