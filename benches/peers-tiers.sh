#!/usr/bin/env bash
# The same recalculation by others: the orders of `cargo bench --bench tiers` are scored by kehu, by DuckDB and by Polars,
# by the same definition (quintiles that never part equal values, twelve months, three tiers). Prints the best of several
# runs, how many times as long as kehu each took, and the tiers each came to, which have to be the same.
#
#     benches/peers-tiers.sh [customers] [runs]
#
# DuckDB and Polars are installed by pip into target/peers; whichever cannot be had is left out.
set -euo pipefail
cd "$(dirname "$0")/.."
customers=${1:-100000}
runs=${2:-3}
folder=target/peers
mkdir -p "$folder"

[ -x "$folder/venv/bin/python" ] || python3 -m venv "$folder/venv"
for peer in duckdb polars; do
  "$folder/venv/bin/python" -c "import $peer" 2>/dev/null ||
    "$folder/venv/bin/pip" install --quiet --disable-pip-version-check "$peer" ||
    echo "$peer cannot be installed here and is left out"
done

: >"$folder/kehu.txt"
for _ in $(seq "$runs"); do
  KEHU_BENCH_CSV="$PWD/$folder/orders.csv" cargo bench --quiet --bench tiers "$customers" 2>/dev/null | tee -a "$folder/kehu.txt" >&2
done

exec "$folder/venv/bin/python" benches/peers_tiers.py "$folder/orders.csv" "$folder/kehu.txt"
