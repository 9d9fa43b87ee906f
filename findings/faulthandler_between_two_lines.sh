#!/usr/bin/env bash
# Python 3.11's faulthandler writes "line ???" where an exception has just been caught: a dump by signal may name no line.
#
# Seen with CPython 3.11.7 on Linux: of some 18,000 dumps that a signal asks of `while True: try: float("no number") except
# ValueError: continue`, about 50 say "line ??? in spin" and all others a number; of as many dumps of a loop in which nothing
# is raised none does. What cleans up after an except clause belongs to no line. Whoever reads such dumps with a pattern that
# wants a number, as a grader does that tells a student which line never ends, misses the frame now and then, and with it
# everything it knows of the loop. Asked again a moment later, the line is there.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

cat > loop.py <<'PYTHON'
import faulthandler
import signal
import sys

faulthandler.register(signal.SIGUSR1, open(sys.argv[2], "w"), all_threads=False)
print("ready", flush=True)


def spin():
    while True:
        try:
            float("no number")
        except ValueError:
            continue


def turn():
    while True:
        float("1.5")


globals()[sys.argv[1]]()
PYTHON

cat > ask.py <<'PYTHON'
import re
import signal
import subprocess
import sys
import time


def unknown(loop):
    command = [sys.executable, "loop.py", loop, "dump"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as child:
        child.stdout.readline()
        for _ in range(20_000):
            child.send_signal(signal.SIGUSR1)
            time.sleep(0.0002)
        child.kill()
    with open("dump") as dump:
        lines = re.findall(rf"line (\S+) in {loop}", dump.read())
    print(f"{loop}: {len(lines)} dumps, {lines.count('???')} without a line")
    return lines.count("???")


assert sys.version_info[:2] == (3, 11), sys.version
assert unknown("turn") == 0
assert unknown("spin") > 0
PYTHON

python3 ask.py
