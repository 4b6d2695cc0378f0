"""Keys put to kehu and to other programs with a screen of 80x24, on the same names: from the key to the last byte it brings.

python3 benches/peers_keys.py KEHU BOOK FOLDER WORD, where FOLDER holds `names` and `customers.csv`; benches/peers.sh calls it.
"""

import fcntl
import os
import pty
import select
import shutil
import signal
import struct
import sys
import termios
import time

KEHU, BOOK, FOLDER, WORD = sys.argv[1:]
DOWN = "\x1b[B"
QUIET = 0.08  # seconds without a byte: nothing more comes

# Name, command, what is needed, keys before a word is typed (None: it finds by another way than key by key).
PROGRAMS = [
    ("kehu", [KEHU, "--book", BOOK], KEHU, "/"),
    ("fzf", ["sh", "-c", f"exec fzf --layout=reverse <{FOLDER}/names"], "fzf", ""),
    ("csvlens", ["csvlens", f"{FOLDER}/customers.csv"], "csvlens", None),
    ("visidata", ["vd", f"{FOLDER}/customers.csv"], "vd", None),
]


class Terminal:
    """A program in a terminal."""

    def __init__(self, command):
        self.begun = time.perf_counter()
        self.pid, self.screen = pty.fork()
        if self.pid == 0:
            os.execvpe(command[0], command, dict(os.environ, TERM="xterm-256color", LANG="C.UTF-8", KEHU_TODAY="2026-11-19"))
        fcntl.ioctl(self.screen, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))

    def read(self, quiet, longest=20.0):
        """All until nothing comes any more: when the last byte came, and how many there were."""
        count, last, end = 0, time.perf_counter(), time.perf_counter() + longest
        while time.perf_counter() < end and select.select([self.screen], [], [], quiet)[0]:
            try:
                got = os.read(self.screen, 65536)
            except OSError:
                break
            if b"\x1b[6n" in got:  # it asks where the cursor is
                os.write(self.screen, b"\x1b[1;1R")
            count, last = count + len(got), time.perf_counter()
        return last, count

    def press(self, key):
        """Milliseconds and bytes."""
        begun = time.perf_counter()
        os.write(self.screen, key.encode())
        last, count = self.read(QUIET)
        return max(0.0, last - begun) * 1e3, count

    def memory(self):
        with open(f"/proc/{self.pid}/status", encoding="utf-8") as status:
            return next(int(line.split()[1]) / 1024 for line in status if line.startswith("VmRSS:"))

    def end(self):
        os.kill(self.pid, signal.SIGTERM)
        self.read(0.2, 1.0)
        os.close(self.screen)
        os.waitpid(self.pid, 0)


def middle(values):
    return sorted(values)[len(values) // 2]


def figures(command, before):
    """What one program does."""
    starts = []
    for _ in range(3):
        terminal = Terminal(command)
        last, _ = terminal.read(1.5)
        starts.append((last - terminal.begun) * 1e3)
        if len(starts) < 3:
            terminal.end()
    down = [terminal.press(DOWN) for _ in range(15)]
    edge = [terminal.press(DOWN) for _ in range(25)][5:]
    found = []
    if before is not None:
        if before:
            terminal.press(before)
        found = [terminal.press(letter) for letter in WORD]
    memory = terminal.memory()
    terminal.end()
    return {
        "start to the last byte, ms": middle(starts),
        "a row down, ms": middle([time for time, _ in down]),
        "a row down, bytes": middle([count for _, count in down]),
        "a row down at the edge, ms": middle([time for time, _ in edge]),
        "a row down at the edge, bytes": middle([count for _, count in edge]),
        "a letter of a word, settled, ms": middle([time for time, _ in found]) if found else None,
        "its slowest letter, ms": max(time for time, _ in found) if found else None,
        "memory, MB": memory,
    }


def main():
    answers = {}
    for name, command, needed, before in PROGRAMS:
        if shutil.which(needed):
            answers[name] = figures(command, before)
        else:
            print(f"  ({needed} is not installed and is skipped)")
    print("keys in a terminal of 80x24: medians, and how many times kehu's")
    for what, ours in answers["kehu"].items():
        cells = [f"{what:<34}"]
        for name, theirs in answers.items():
            value = theirs[what]
            ratio = "" if value is None or name == "kehu" or not ours else f" ({value / ours:.2f} x)"
            cells.append(f"{name} {'–' if value is None else f'{value:.1f}'}{ratio}")
        print("  " + "   ".join(cells))


main()
