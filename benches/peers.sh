#!/usr/bin/env bash
# The same questions put to whichever of these programs are installed, on the same 100,000 names: fzf, csvlens,
# visidata (vd), sqlite3. Prints milliseconds, the best of five, and how many times as long as kehu each took.
#
#     benches/peers.sh [customers]
set -euo pipefail
cd "$(dirname "$0")/.."
customers=${1:-100000}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
export KEHU_TODAY=2026-11-19 LANG=C.UTF-8

cargo build --release --quiet
kehu=target/release/kehu
"$kehu" demo --customers "$customers" --into "$folder/book" >"$folder/made" 2>&1
"$kehu" --book "$folder/book" list --csv --columns code,name,phone,owner,total_amount >"$folder/customers.csv" 2>"$folder/said" ||
  "$kehu" --book "$folder/book" list --csv >"$folder/customers.csv"
cut -d, -f2 "$folder/customers.csv" | tail -n +2 >"$folder/names"
asked=$(sed -n "$((customers / 2))p" "$folder/names" | head -c 12)

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
  awk -v what="$1" -v us="$2" -v ours="$3" 'BEGIN { printf "  %-44s %9.1f ms   %6.2f x\n", what, us / 1000, us / ours }'
}

# Microseconds from a key typed into the find line of the running workbench to the frame that answers it: median and worst.
warm() { # what is typed, letter by letter
  python3 - "$kehu" "$folder/book" "$1" <<'PYTHON'
import fcntl, os, pty, select, struct, sys, termios, time

kehu, book, word = sys.argv[1:]
END = b"\x1b[?2026l"  # ends a frame
pid, screen = pty.fork()
if pid == 0:
    os.execve(kehu, [kehu, "--book", book], dict(os.environ, TERM="xterm-256color", LANG="C.UTF-8"))
fcntl.ioctl(screen, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))

def read(seconds, until=None):
    seen, last, end = b"", time.time(), time.time() + seconds
    while time.time() < end:
        if select.select([screen], [], [], 0.01)[0]:
            seen, last = seen + os.read(screen, 65536), time.time()
            if until and until in seen:
                break
    return last

read(20, END)
read(3)
took = []
for _ in range(5):
    os.write(screen, b"/")
    read(2, END)
    for letter in word:
        begun = time.time()
        os.write(screen, letter.encode())
        took.append(read(2, END) - begun)
    for _ in range(2):
        os.write(screen, b"\x1b")
        read(0.4)
os.write(screen, b"\x11")
took.sort()
print(round(took[len(took) // 2] * 1e6), round(took[-1] * 1e6))
PYTHON
}

echo "$customers customers; a name is looked for, from a cold process"
ours=$(best "$kehu" --book "$folder/book" find "$asked" --limit 10)
line "kehu find" "$ours" "$ours"
if command -v fzf >/dev/null; then
  fzf=$(best sh -c "fzf --filter '$asked' <'$folder/names' | head")
  line "fzf --filter (names only, from a file)" "$fzf" "$ours"
fi
if command -v sqlite3 >/dev/null; then
  sqlite3 "$folder/customers.db" ".mode csv" ".import $folder/customers.csv customers"
  like="select * from customers where name like '%$asked%' limit 10"
  sqlite=$(best sqlite3 "$folder/customers.db" "$like")
  line "sqlite3 like '%…%'" "$sqlite" "$ours"
fi

if command -v python3 >/dev/null; then
  echo "the same name typed into the workbench that is open anyway: a key, to the frame that answers it"
  read -r ours worst <<<"$(warm "$asked")"
  line "kehu, a key (names, contacts, phones, pinyin)" "$ours" "$ours"
  line "kehu, the slowest key" "$worst" "$ours"
  if [ -n "${fzf-}" ]; then line "fzf --filter, each key a run" "$fzf" "$ours"; fi
  if [ -n "${sqlite-}" ]; then line "sqlite3 like '%…%', each key a run" "$sqlite" "$ours"; fi
fi

echo "the whole list, ordered by revenue, from a cold process"
ours=$(best "$kehu" --book "$folder/book" list --sort -total_amount --csv)
line "kehu list --sort -total_amount --csv" "$ours" "$ours"
if command -v sqlite3 >/dev/null; then
  column=$(head -1 "$folder/customers.csv" | tr -d '\r' | awk -F, '{ print $NF }')
  line "sqlite3 order by" "$(best sqlite3 -csv "$folder/customers.db" "select * from customers order by cast(\"$column\" as real) desc")" "$ours"
fi
if command -v vd >/dev/null; then
  line "visidata, the file loaded and written again" "$(best vd --batch "$folder/customers.csv" --output "$folder/out.csv")" "$ours"
fi
if command -v csvlens >/dev/null; then
  line "csvlens, opened and left" "$(best sh -c "printf q | script -qec 'csvlens $folder/customers.csv' /dev/null")" "$ours"
fi
