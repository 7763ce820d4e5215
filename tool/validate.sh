#!/bin/sh
# validate.sh [LEDGER]: exports of a ledger (of demo/story, where none is named) read back by programs that are not ours: DuckDB, pandas, geojson and
# shapely, icalendar, PyLD, stix2-validator, lxml (with
# the schema of RFC 4287), feedparser, and a webhook received by standardwebhooks.  They are skipped, with a line that says so, where Python has them not:
#
#     python3 -m venv VENV && VENV/bin/pip install -r train/requirements-exports.txt && PYTHON=VENV/bin/python tool/validate.sh
#
# Environment: TOCSIN (build/tocsin), PYTHON (python3)
set -u
cd "$(dirname "$0")/.." || exit 1
tocsin=${TOCSIN:-build/tocsin} python=${PYTHON:-python3}
if ! "$python" -c 'import duckdb, feedparser, geojson, icalendar, lxml, pandas, pyld, rnc2rng, shapely, standardwebhooks, stix2validator' 2>/dev/null; then
  echo "skipped: $python lacks a package of train/requirements-exports.txt"
  exit 0
fi
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
ledger=${1:-$work/story.db}
if [ $# = 0 ]; then "$tocsin" add -d "$ledger" demo/story/reports.jsonl >"$work/added" || exit 1; fi
for format in csv gdelt; do "$tocsin" export -d "$ledger" --format $format --out "$work/$format" || exit 1; done
for format in geojson ics; do "$tocsin" export -d "$ledger" --format $format >"$work/export.$format" || exit 1; done
"$tocsin" export -d "$ledger" --format claim >"$work/export.jsonld" || exit 1
"$tocsin" export -d "$ledger" --format stix >"$work/export.stix.json" || exit 1
"$tocsin" export -d "$ledger" --format plover >"$work/plover.jsonl" || exit 1
"$tocsin" alerts -d "$ledger" --rules demo/story/tocsin.alerts --atom --address https://example.org/alerts >"$work/alerts.atom" || exit 1
"$tocsin" alerts -d "$ledger" --rules demo/story/tocsin.alerts --atom >"$work/unplaced.atom" || exit 1
TOCSIN=$tocsin LEDGER=$ledger "$python" train/validate_exports.py "$work"
