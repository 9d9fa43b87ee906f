#!/usr/bin/env bash
# torch 2.13.0, CPU build, Python 3.11: a process that has imported torch and done nothing takes 0.4 s to end.
#
# Seen: import torch and an ordinary end take 1.38 s, of which 0.46 s come after the last line: the interpreter takes some
# 165,000 objects apart, one by one, that nobody will miss. With gc.freeze() as the last line it is 0.12 s, about as much as one
# look for garbage takes, and with os._exit(0) nothing. So gc.freeze(), meant for processes that fork, also lets one with torch
# end four times sooner, and everything that is registered with atexit still runs. Two processes that marked a class kept it
# waiting for 0.6 s when all was done.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -q torch==2.13.0 numpy

venv/bin/python - <<'PYTHON'
import subprocess
import sys
import time

ENDS = {
    "at once": "import atexit, os, torch; os._exit(0)",
    "as usual": "import atexit, torch; atexit.register(print, 'said', end='')",
    "frozen": "import atexit, gc, torch; atexit.register(print, 'said', end=''); gc.freeze()",
}


def seconds(code):
    started = time.perf_counter()
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    return time.perf_counter() - started, done.stdout


rounds = [{name: seconds(code) for name, code in ENDS.items()} for _ in range(7)]
shortest = {name: min(one[name][0] for one in rounds) for name in ENDS}
after = {name: shortest[name] - shortest["at once"] for name in ENDS}
for name in ENDS:
    print(f"{name}: {shortest[name]:.2f} s, {after[name]:.2f} of them after the last line")
assert rounds[0]["as usual"][1] == rounds[0]["frozen"][1] == "said"
assert after["as usual"] > 0.15, "torch is taken apart sooner"
assert after["frozen"] < after["as usual"] / 2, "to freeze it spares nothing"
PYTHON
echo "as seen"
