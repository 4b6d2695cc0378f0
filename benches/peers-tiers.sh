#!/usr/bin/env bash
# The same recalculation by others: the orders of `cargo bench --bench inside tiers` are scored by kehu, DuckDB, Polars and SQLite,
# by the same definition (quintiles that never part equal values, twelve months, three tiers). Prints medians, how many times
# as long as kehu each took, and the tiers each came to, which have to be the same.
#
#     benches/peers-tiers.sh
#
# Installs nothing: DuckDB and Polars are asked if PYTHON (default: python3) has them, and skipped if not.
set -euo pipefail
cd "$(dirname "$0")/.."
python=${PYTHON:-python3}
folder=target/peers
mkdir -p "$folder"
rm -f "$folder/kehu.tsv"
KEHU_BENCH_CSV="$PWD/$folder/orders.csv" KEHU_BENCH_RECORD="$PWD/$folder/kehu.tsv" \
  cargo bench --quiet --bench inside tiers::quantile tiers::previewed tiers::opened >"$folder/kehu.txt"
exec "$python" benches/peers_tiers.py "$folder/orders.csv" "$folder/kehu.tsv"
