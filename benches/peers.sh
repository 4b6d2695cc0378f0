#!/usr/bin/env bash
# The same questions put to whichever of these programs are installed, on the same 100,000 names: fzf, csvlens,
# visidata (vd), sqlite3. Prints milliseconds, the best of five, and how many times as long as kehu each took; then the same
# for the keys of those that have a screen. Installs nothing; who is not there is skipped.
#
#     benches/peers.sh [customers]
#
# The book is the one that `cargo bench` makes once, in KEHU_BENCH_FOLDER or the system's temporary folder. KEHU names
# a program made already.
set -euo pipefail
cd "$(dirname "$0")/.."
customers=${1:-100000}
book=${KEHU_BENCH_FOLDER:-${TMPDIR:-/tmp}}/kehu-bench-$customers
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
export KEHU_TODAY=2026-11-19 LANG=C.UTF-8

kehu=${KEHU:-target/release/kehu}
if [ -z "${KEHU:-}" ]; then cargo build --release --quiet; fi
if [ ! -d "$book" ]; then
  "$kehu" demo --mixed --customers "$customers" --into "$book" >"$folder/made" 2>&1
fi
"$kehu" --book "$book" list --csv --columns code,name,phone,owner,total_amount >"$folder/customers.csv"
cut -d, -f2 "$folder/customers.csv" | tail -n +2 >"$folder/names"
asked=$(sed -n "$((customers / 2))p" "$folder/names" | grep -o '^.\{1,4\}')

has() { # is the program there? Says so once if it is not.
  command -v "$1" >/dev/null || { echo "  ($1 is not installed and is skipped)" && false; }
}

best() { # microseconds of the fastest of five runs
  local least=999999999 begun took
  for _ in 1 2 3 4 5; do
    begun=$(date +%s%N)
    "$@" >"$folder/answer" 2>&1 || true
    took=$((($(date +%s%N) - begun) / 1000))
    if ((took < least)); then least=$took; fi
  done
  echo "$least"
}

line() { # what, microseconds, kehu's microseconds
  awk -v what="$1" -v us="$2" -v ours="$3" 'BEGIN { printf "  %-48s %9.1f ms   %6.2f x\n", what, us / 1000, us / ours }'
}

echo "$(wc -l <"$folder/names") customers; \"$asked\" is looked for, from a cold process"
ours=$(best "$kehu" --book "$book" find "$asked" --limit 10)
line "kehu find (names, contacts, phones, pinyin)" "$ours" "$ours"
if has fzf; then
  line "fzf --filter (names only, from a file)" "$(best sh -c "fzf --filter '$asked' <'$folder/names' | head")" "$ours"
fi
if has sqlite3; then
  sqlite3 "$folder/customers.db" ".mode csv" ".import $folder/customers.csv customers"
  like="select * from customers where name like '%$asked%' limit 10"
  line "sqlite3 like '%…%' (names only)" "$(best sqlite3 "$folder/customers.db" "$like")" "$ours"
fi

echo "the whole list, ordered by revenue, from a cold process, written as CSV"
ours=$(best "$kehu" --book "$book" list --sort -total_amount --csv --columns code,name,phone,owner,total_amount)
line "kehu list --sort -total_amount --csv" "$ours" "$ours"
if has sqlite3; then
  column=$(head -1 "$folder/customers.csv" | tr -d '\r' | awk -F, '{ print $NF }')
  ordered="select * from customers order by cast(\"$column\" as real) desc"
  line "sqlite3 order by (a table loaded before)" "$(best sqlite3 -csv "$folder/customers.db" "$ordered")" "$ours"
fi
if has vd; then
  line "visidata, the file loaded and written again" \
    "$(best vd --batch "$folder/customers.csv" --output "$folder/out.csv")" "$ours"
fi

if has python3; then
  python3 benches/peers_keys.py "$kehu" "$book" "$folder" "$asked"
fi
