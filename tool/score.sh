#!/bin/bash
# score.sh: measures the program on development data beside the project and writes doc/scores.md.  `make score` runs it.
#
#     tool/score.sh [NAME...]        only these rows (ud names coref gap gsr status cases muc places dates attribution quantities figures stories series expect petrarch acceptance);
#                                    then the figures are printed and doc/scores.md stays as it is
#
# Everything is measured with the small and with the large model; with NAMEs, with the small one alone unless MODELS says more.
#
# The inputs come from score/to_input.py alone: documents without their answers.  What is not there is skipped and said.
# Environment: TOCSIN (build/tocsin), SHARED (../shared), PYTHON (python3), JOBS (all cores), MODELS ("small large")
set -eu -o pipefail
cd "$(dirname "$0")/.."
tocsin=$(realpath "${TOCSIN:-build/tocsin}")
shared=${SHARED:-../shared}
python=${PYTHON:-python3}
jobs=${JOBS:-$(nproc)}
score=$shared/score
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
rows=$work/rows commands=$work/commands
: > "$rows"
: > "$commands"
only=" $* "
models=${MODELS:-small}
if [ -f model/en-large.tocsin ]; then
  [ $# -gt 0 ] || models=${MODELS:-small large}
  export TOCSIN_MODELS=$PWD/model
fi
model=small

[ -d "$score" ] || { echo "score.sh: $shared is not there: nothing to measure" >&2; exit 0; }
wanted() { [ "$only" = "  " ] || [[ "$only" == *" $1 "* ]]; }

# row SCORER DATA HEADLINE FIGURE REFERENCE: of the model at hand
row() {
  printf '%s\t%s\t%s\t%s\t%s\t%s\n' "$model" "$1" "$2" "$3" "${4:-failed}" "$5" >> "$rows"
  printf '%-6s %-12s %-22s %-44s %s\n' "$model" "$1" "$2" "$3" "${4:-failed}"
}
command_line() { grep -qxF "    $1" "$commands" || printf '    %s\n' "$1" >> "$commands"; }
reader() { "$tocsin" read --json --model "$model" -j "$jobs" "$@"; }
# readings FILE OUT [to_input's options]
readings() {
  local from=$1 to=$2
  shift 2
  "$python" "$score/to_input.py" "$from" "$@" > "$work/in.jsonl"
  reader - < "$work/in.jsonl" > "$to" 2> "$work/errors" || { echo "score.sh: tocsin read on $from:" >&2; head -3 "$work/errors" >&2; }
}
converted() { "$python" "$score/from_reading.py" "$1" < "$2"; }
# The word behind KEY in the first line that begins with PREFIX:  pick FILE PREFIX KEY
pick() { awk -v p="$2" -v k="$3" 'index($0, p) == 1 { for (i = 1; i < NF; i++) if ($i == k) { sub(/[(),]/, "", $(i + 1)); print $(i + 1); exit } }' "$1"; }
# Field N of the first line that begins with PREFIX, counted behind it:  field FILE PREFIX N
field() { awk -v p="$2" -v n="$3" 'index($0, p) == 1 { $0 = substr($0, length(p) + 1); print $n; exit }' "$1"; }
run_scorer() { local program=$1; shift; "$python" "$score/$program" "$@" > "$work/out" 2> "$work/errors" || { echo "score.sh: $program:" >&2; head -3 "$work/errors" >&2; }; }

measure_ud() {
  if wanted ud && [ -f "$shared/treebank/en-dev.conllu" ]; then
    gold=$shared/treebank/en-dev.conllu
    "$python" "$score/ud_score.py" -t "$gold" > "$work/raw.txt"
    "$tocsin" parse --model "$model" "$work/raw.txt" > "$work/system.conllu" 2> "$work/errors" || head -3 "$work/errors" >&2
    run_scorer ud_score.py "$gold" "$work/system.conllu"
    for m in Tokens Sentences UPOS UFeats Lemma UAS LAS CLAS; do
      case $m in Tokens) reference='UDPipe 99.1' ;; Sentences) reference='UDPipe 85' ;; UPOS) reference='UDPipe 93.5' ;; Lemma) reference='UDPipe 94.8' ;;
        LAS) reference='other tests: CoreNLP 69, UDPipe 77, Stanza 84' ;; *) reference= ;; esac
      row ud 'treebank, dev, raw text' "$m F1" "$(field "$work/out" "$m" 3)" "$reference"
    done
    run_scorer score_names.py "$gold" "$work/system.conllu"
    row names 'treebank, dev, GUM' 'span F1' "$(pick "$work/out" 'span ' F1)" ''
    row names 'treebank, dev, GUM' 'span+type F1' "$(pick "$work/out" 'span+type' F1)" ''
    "$tocsin" eval --model "$model" --gold-tokens "$gold" > "$work/out" 2> "$work/errors" || head -3 "$work/errors" >&2
    for m in UPOS UFeats Lemma UAS LAS; do row ud 'treebank, dev, gold tokens' "$m" "$(field "$work/out" "$m" 3)" ''; done
    command_line 'ud_score.py -t en-dev.conllu > raw.txt; tocsin parse --model M raw.txt > system.conllu; ud_score.py en-dev.conllu system.conllu'
    command_line 'score_names.py en-dev.conllu system.conllu'
    command_line 'tocsin eval --model M --gold-tokens en-dev.conllu'
  fi
}

measure_coref() {
  if wanted coref && [ -f "$shared/treebank/en-dev.conllu" ]; then
    "$python" "$score/score_coref.py" "$shared/treebank/en-dev.conllu" --emit-input > "$work/coref.jsonl"
    reader - < "$work/coref.jsonl" > "$work/readings.jsonl" 2> "$work/errors" || head -3 "$work/errors" >&2
    run_scorer score_coref.py "$shared/treebank/en-dev.conllu" "$work/readings.jsonl"
    command_line 'score_coref.py en-dev.conllu --emit-input | tocsin read --json - > readings.jsonl; score_coref.py en-dev.conllu readings.jsonl'
    row coref 'treebank, dev, GUM' 'mean of MUC, B3, CEAF-e' "$(pick "$work/out" mean F1)" 'same proper noun = same actor: .386'
  fi
}

measure_gap() {
  if wanted gap && [ -f "$shared/coref/gap-dev.jsonl" ]; then
    readings "$shared/coref/gap-dev.jsonl" "$work/readings.jsonl"
    run_scorer score_gap.py "$shared/coref/gap-dev.jsonl" "$work/readings.jsonl"
    command_line 'to_input.py gap-dev.jsonl | tocsin read --json - > readings.jsonl; score_gap.py gap-dev.jsonl readings.jsonl'
    row gap 'GAP, dev' 'overall F1' "$(pick "$work/out" overall F1)" 'nearer name .494; parallelism .669'
  fi
}

measure_gsr() {
  if wanted gsr && [ -f "$shared/gsr/gsr-a.jsonl" ]; then
    readings "$shared/gsr/gsr-a.jsonl" "$work/readings.jsonl" --opaque
    converted gsr "$work/readings.jsonl" > "$work/system.jsonl"
    run_scorer score_gsr.py "$shared/gsr/gsr-a.json" "$work/system.jsonl"
    command_line 'to_input.py gsr-a.jsonl --opaque | tocsin read --json - | from_reading.py gsr > system.jsonl; score_gsr.py gsr-a.json system.jsonl'
    row gsr 'PLOVER records, a' 'type F1 (plover16)' "$(field "$work/out" '  plover16' 3)" 'UniversalPetrarch .438'
    row gsr 'PLOVER records, a' 'type recall' "$(field "$work/out" '  plover16' 2)" ''
    row gsr 'PLOVER records, a' 'quad F1' "$(field "$work/out" '  quad' 3)" 'UniversalPetrarch .569'
    row gsr 'PLOVER records, a' 'both countries, right type too' "$(awk '/^  country /{c = 1} c && /^ +both/{print $4; exit}' "$work/out")" 'UniversalPetrarch .291'
    row gsr 'PLOVER records, a' 'modes right' "$(awk '/^  modes:/{print $3 " of " $5; exit}' "$work/out")" ''
    row gsr 'PLOVER records, a' 'contexts F1' "$(awk '/^  modes:/{print $NF; exit}' "$work/out")" ''
  fi
}

measure_status() {
  if wanted status && [ -f "$shared/status/uw-dev.jsonl" ]; then
    readings "$shared/status/uw-dev.jsonl" "$work/readings.jsonl"
    run_scorer score_status.py "$shared/status/uw-dev.jsonl" "$work/readings.jsonl"
    command_line 'to_input.py uw-dev.jsonl | tocsin read --json - > readings.jsonl; score_status.py uw-dev.jsonl readings.jsonl'
    row status 'UW factuality, dev' 'mean class F1' "$(pick "$work/out" met mean)" 'all "actual" .296; TruthTeller .763 (test part)'
    row status 'UW factuality, dev' 'false alarms' "$(pick "$work/out" met alarms)" 'all "actual" .200; TruthTeller .116'
    row status 'UW factuality, dev' 'event words met' "$(field "$work/out" 'met' 1) of 3154" ''
  fi
}

measure_cases() {
  if wanted cases && [ "$model" = small ]; then
    status_cases=$(dirname "$tocsin")/test/status_cases_test
    if [ -x "$status_cases" ]; then
      "$status_cases" test/cases/status.txt > "$work/out" || true
      command_line 'build/test/status_cases_test test/cases/status.txt'
      row cases 'test/cases/status.txt' 'status right, of all cases' "$(pick "$work/out" '# status cases' right)" ''
      row cases 'test/cases/status.txt' 'right, of the worst status' "$(pick "$work/out" '# status cases' worst)" ''
      row cases 'test/cases/status.txt' 'cases whose act is read' "$(pick "$work/out" '# status cases' read)" ''
    fi
  fi
}

measure_muc() {
  if wanted muc; then
    for part in dev.jsonl.gz tst1.jsonl tst2.jsonl; do
      [ -f "$shared/muc4/$part" ] || continue
      "$python" "$score/to_input.py" "$shared/muc4/$part" | reader --with-text - > "$work/readings.jsonl" 2> "$work/errors" || head -3 "$work/errors" >&2
      run_scorer score_muc.py "$shared/muc4/$part" "$work/readings.jsonl"
      row muc "MUC-4, ${part%%.*}" 'micro role F1' "$(pick "$work/out" micro F1)" 'kept part: GE 1992 .522, GRIT 2021 .545'
      row muc "MUC-4, ${part%%.*}" 'incident types F1' "$(pick "$work/out" types F1)" ''
    done
    command_line 'to_input.py tst1.jsonl | tocsin read --json --with-text - > readings.jsonl; score_muc.py tst1.jsonl readings.jsonl'
  fi
}

measure_places() {
  if wanted places; then
    for part in gwn lgl geovirus; do
      [ -f "$shared/places/$part-dev.jsonl" ] || continue
      kind=places ignore=()
      [ $part = gwn ] && ignore=(--ignore-types 'Demonym,Language,Homonym')
      [ $part = geovirus ] && kind=toponyms
      readings "$shared/places/$part-dev.jsonl" "$work/readings.jsonl"
      converted $kind "$work/readings.jsonl" > "$work/system.jsonl"
      run_scorer score_places.py "$shared/places/$part-dev.jsonl" "$work/system.jsonl" ${ignore[@]+"${ignore[@]}"}
      command_line "to_input.py $part-dev.jsonl | tocsin read --json - | from_reading.py $kind > system.jsonl; score_places.py $part-dev.jsonl system.jsonl ${ignore[*]-}"
      row places "$part, dev" 'F1 at 161 km, end to end' "$(pick "$work/out" end_to_end_161 F1)" ''
      row places "$part, dev" 'recognition F1 (overlap)' "$(pick "$work/out" overlap F1)" ''
    done
  fi
}

measure_dates() {
  if wanted dates; then
    for part in meantime wikiwars; do
      [ -f "$shared/dates/$part-dev.jsonl" ] || continue
      readings "$shared/dates/$part-dev.jsonl" "$work/readings.jsonl"
      converted dates "$work/readings.jsonl" > "$work/system.jsonl"
      run_scorer score_dates.py "$shared/dates/$part-dev.jsonl" "$work/system.jsonl"
      command_line "to_input.py $part-dev.jsonl | tocsin read --json - | from_reading.py dates > system.jsonl; score_dates.py $part-dev.jsonl system.jsonl"
      row dates "$part, dev" 'value F1' "$(pick "$work/out" 'value F1' F1)" ''
      row dates "$part, dev" 'relaxed F1' "$(pick "$work/out" relaxed F1)" ''
    done
  fi
}

measure_attribution() {
  if wanted attribution && [ -f "$shared/attribution/dev.jsonl.xz" ]; then
    readings "$shared/attribution/dev.jsonl.xz" "$work/readings.jsonl"
    converted attribution "$work/readings.jsonl" > "$work/system.jsonl"
    run_scorer score_attribution.py "$shared/attribution/dev.jsonl.xz" "$work/system.jsonl" --cues "$shared/attribution/reporting-cues.txt"
    command_line 'to_input.py dev.jsonl.xz | tocsin read --json - | from_reading.py attribution > system.jsonl; score_attribution.py dev.jsonl.xz system.jsonl --cues reporting-cues.txt'
    row attribution 'PolNeAR, dev' 'full F1' "$(field "$work/out" 'attribution full' 3)" 'verb list on CoreNLP parses 45.6, 223 cues 52.0, CRF 48.4; people 75.5'
    row attribution 'PolNeAR, dev' 'reporting cues, full F1' "$(field "$work/out" 'cues in list' 3)" 'verb list 61.8, 223 cues 66.2, CRF 58.8; people 91.3'
    row attribution 'PolNeAR, dev' 'direct quotations, full F1' "$(field "$work/out" 'kind direct' 3)" 'people 97.3'
    for part in source cue content; do row attribution 'PolNeAR, dev' "$part, exact F1" "$(field "$work/out" "$part exact" 3)" ''; done
  fi
}

measure_quantities() {
  if wanted quantities && [ -f "$shared/quantities/newsquant-dev.jsonl" ]; then
    readings "$shared/quantities/newsquant-dev.jsonl" "$work/readings.jsonl"
    converted quantities "$work/readings.jsonl" > "$work/system.jsonl"
    run_scorer score_quantities.py "$shared/quantities/newsquant-dev.jsonl" "$work/system.jsonl"
    command_line 'to_input.py newsquant-dev.jsonl | tocsin read --json - | from_reading.py quantities > system.jsonl; score_quantities.py newsquant-dev.jsonl system.jsonl'
    row quantities 'NewsQuant, dev' 'value F1' "$(field "$work/out" 'value ' 3)" 'number pattern 75.0, quantulum3 70.0, GPT-3 71.8, CQE 92.0'
    row quantities 'NewsQuant, dev' 'value+change F1' "$(field "$work/out" 'value+change' 3)" 'GPT-3 51.9, CQE 88.1'
    row quantities 'NewsQuant, dev' 'value+unit~ F1' "$(field "$work/out" 'value+unit~' 3)" ''
    row quantities 'NewsQuant, dev' 'all F1' "$(field "$work/out" 'all ' 3)" ''
  fi
}

# in_ledger FILE COMMAND OUT: what COMMAND tells of a ledger of the documents, in order of date
in_ledger() {
  rm -f "$work"/ledger.db*
  "$python" "$score/to_input.py" "$1" --opaque | "$tocsin" add --model "$model" -j "$jobs" -d "$work/ledger.db" - >"$work/added" 2>>"$work/refused" || true
  "$tocsin" "$2" -d "$work/ledger.db" --json >"$3"
}

measure_stories() {
  wanted stories && [ -f "$shared/stories/g5.jsonl" ] || return 0
  local set reference
  for set in g5 ecb; do
    reference='single-pass TF-IDF .904 / .796'
    [ "$set" = g5 ] || reference='single-pass TF-IDF .853'
    in_ledger "$shared/stories/$set.jsonl" stories "$work/stories.jsonl"
    "$python" "$score/score_stories.py" "$shared/stories/$set.jsonl" "$work/stories.jsonl" --json >"$work/out"
    row stories "$set, dev, online" 'BCubed F1' "$(member b3_f1)" "$reference"
    row stories "$set, dev, online" 'pairs F1' "$(member pair_f1)" ''
  done
  command_line 'to_input.py g5.jsonl --opaque | tocsin add -d ledger.db -; tocsin stories -d ledger.db --json > stories.jsonl; score_stories.py g5.jsonl stories.jsonl'
  "$python" "$score/score_mentions.py" "$shared/stories/ecb.jsonl" "$work/stories.jsonl" >"$work/out"
  row mentions 'ecb, dev' 'mentions met' "$(sed -n 's/^met \(.*\) mentions/\1/p' "$work/out")" ''
  row mentions 'ecb, dev' 'B3 F1' "$(mention 'tocsin' 'B3')" "story and stem $(mention 'story and stem' 'B3')"
  row mentions 'ecb, dev' 'pairs F1' "$(mention 'tocsin' 'pairs')" "story and stem $(mention 'story and stem' 'pairs')"
  command_line 'score_mentions.py ecb.jsonl stories.jsonl'
}
member() { sed -n "s/.*\"$1\": \([0-9.]*\).*/\1/p" "$work/out" | cut -c1-5; }
mention() { # mention SYSTEM B3|pairs
  if [ "$2" = B3 ]; then sed -n "s/^$1 .*R [0-9.]* F1 \([0-9.]*\).*/\1/p" "$work/out"; else sed -n "s/^$1 .*pairs F1 \([0-9.]*\).*/\1/p" "$work/out"; fi
}

measure_series() {
  wanted series && [ -f "$shared/figures/updates.jsonl" ] || return 0
  in_ledger "$shared/figures/updates.jsonl" figures "$work/series.jsonl"
  run_scorer score_figures.py "$shared/figures/series.jsonl" "$shared/figures/updates.jsonl" "$work/series.jsonl"
  row series 'four stories' 'series pairs F1' "$(pick "$work/out" 'series pairs' F1)" ''
  row series 'four stories' 'supersedes F1' "$(pick "$work/out" supersedes F1)" ''
  command_line 'to_input.py updates.jsonl --opaque | tocsin add -d ledger.db -; tocsin figures -d ledger.db --json > system.jsonl; score_figures.py series.jsonl updates.jsonl system.jsonl'
}

measure_expect() {
  wanted expect || return 0
  [ "$model" = small ] || return 0
  TOCSIN=$tocsin tool/expect.sh >"$work/out" || true
  row expect demo/story 'expectations that hold' "$(sed -n 's/ expectations hold//p' "$work/out")" ''
  command_line 'tool/expect.sh'
}

measure_figures() {
  if wanted figures && [ -f "$shared/figures/updates.jsonl" ]; then
    readings "$shared/figures/updates.jsonl" "$work/readings.jsonl" --opaque
    run_scorer score_figures.py "$shared/figures/series.jsonl" "$shared/figures/updates.jsonl" "$work/readings.jsonl"
    command_line 'to_input.py updates.jsonl --opaque | tocsin read --json - > readings.jsonl; score_figures.py series.jsonl updates.jsonl readings.jsonl'
    row figures 'four stories' 'value+bound F1' "$(pick "$work/out" value+bound F1)" 'number pattern with a word list 84.4'
    row figures 'four stories' 'item F1' "$(pick "$work/out" item F1)" 'number pattern with a word list 66.5'
    row figures 'four stories' 'source F1' "$(pick "$work/out" source F1)" 'number pattern 0'
  fi
}

measure_petrarch() {
  if wanted petrarch && [ -f "$shared/petrarch/PETR.UnitTest.records.xml" ]; then
    records=$shared/petrarch/PETR.UnitTest.records.xml dictionaries=()
    for part in actors agents verbs discards; do dictionaries+=(--tables "$shared/petrarch/PETR.Validate.$part.txt"); done
    "$python" "$score/score_petrarch.py" "$records" --emit-input > "$work/in.jsonl"
    reader "${dictionaries[@]}" - < "$work/in.jsonl" > "$work/readings.jsonl" 2> "$work/errors" || head -3 "$work/errors" >&2
    converted petrarch "$work/readings.jsonl" > "$work/system.jsonl"
    run_scorer score_petrarch.py "$records" --score "$work/system.jsonl"
    command_line 'score_petrarch.py PETR.UnitTest.records.xml --emit-input | tocsin read --json --tables PETR.Validate.actors.txt (agents, verbs, discards too) - | from_reading.py petrarch > system.jsonl; score_petrarch.py PETR.UnitTest.records.xml --score system.jsonl'
    row petrarch "PETRARCH's own tests" 'records exact' "$(field "$work/out" 'records' 3) of $(field "$work/out" 'records' 1)" "its own parse trees are given to PETRARCH, not to us"
    row petrarch "PETRARCH's own tests" 'source, target, code F1' "$(pick "$work/out" triples F1)" ''
  fi
}

measure_acceptance() {
  if wanted acceptance; then
    for text in "$shared"/acceptance/*.txt; do
      [ -f "$text" ] || continue
      date=$(basename "$text" .txt | grep -o '[0-9]\{4\}-[0-9][0-9]-[0-9][0-9]$' || true)
      reader ${date:+--date "$date"} "$text" > "$work/reading.json" 2> "$work/errors" || head -3 "$work/errors" >&2
      run_scorer check_reading.py "$text" "${text%.txt}.expect.json" "$work/reading.json" 2> /dev/null
      command_line "tocsin read --json --date $date $(basename "$text") | check_reading.py $(basename "$text") $(basename "${text%.txt}").expect.json -"
      row acceptance "$(basename "$text" .txt)" 'expectations that hold' "$(awk '/ hold$/{print $1 " of " $3}' "$work/out")" ''
    done
  fi
}

for model in $models; do
  for name in ud coref gap gsr status cases muc places dates attribution quantities figures stories series expect petrarch acceptance; do "measure_$name"; done
done

[ "$only" = "  " ] || exit 0
{
  echo '# Scores'
  echo
  echo "Made by \`make score\` at commit $(git rev-parse --short HEAD 2> /dev/null || echo unknown) with $("$tocsin" --version 2> /dev/null | head -1)."
  echo 'Development data only; the scorers and the data lie beside the project (../shared), and the inputs come from to_input.py alone, without answers.'
  echo
  echo 'small, large: the language model that reads (doc/model.md).'
  echo
  echo '| scorer | data | headline | small | large | reference |'
  echo '| --- | --- | --- | --- | --- | --- |'
  awk -F'\t' '
    { key = $2 FS $3 FS $4; figure[key, $1] = $5; if (!(key in reference)) { order[++n] = key; reference[key] = $6 } }
    function shown(key, model) { return (key, model) in figure ? "**" figure[key, model] "**" : "" }
    END {
      for (i = 1; i <= n; i++) {
        split(order[i], k, FS)
        printf "| %s | %s | %s | %s | %s | %s |\n", k[1], k[2], k[3], shown(order[i], "small"), shown(order[i], "large"), reference[order[i]]
      }
    }' "$rows"
  echo
  echo 'Not measured yet: extract (it needs HTML).'
  echo
  echo '## How'
  echo
  cat "$commands"
} > doc/scores.md
