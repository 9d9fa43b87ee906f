#!/usr/bin/env bash
# IPython 9.8.0 has counted a cell already when it calls the hooks of pre_run_cell; up to 9.7.0 it counts afterwards.
#
# Seen with Python 3.11, three cells run with store_history: in a hook of pre_run_cell `shell.execution_count` is 1, 2, 3 with
# IPython 8.37.0 and 9.7.0, the numbers that the cells get (In [1] to In [3]), and 2, 3, 4 with 9.8.0, each the number of the
# next one. Nothing is said. Whoever notes there which cell of a notebook has which number, as a grader does that is to judge the
# newest version of each cell, puts every cell's id on its neighbour. What is the same in all of them is how many inputs
# the history holds at that moment: len(shell.history_manager.input_hist_raw) is 1, 2, 3.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv

cat > count.py <<'PYTHON'
from IPython.core.interactiveshell import InteractiveShell

shell = InteractiveShell.instance()
counted, held = [], []


def begins(info):
    counted.append(shell.execution_count)
    held.append(len(shell.history_manager.input_hist_raw))


shell.events.register("pre_run_cell", begins)
given = [shell.run_cell(f"x = {n}", store_history=True).execution_count for n in range(3)]
print("counted", *counted, "held", *held, "given", *given)
PYTHON

seen() {
  venv/bin/pip install -q "ipython==$1"
  IPYTHONDIR="$folder/ipython" venv/bin/python count.py
}

for version in 8.37.0 9.7.0 9.8.0; do
  found=$(seen "$version")
  printf 'IPython %s: %s\n' "$version" "$found"
  case "$version" in
    9.8.0) [ "$found" = "counted 2 3 4 held 1 2 3 given 1 2 3" ] ;;
    *) [ "$found" = "counted 1 2 3 held 1 2 3 given 1 2 3" ] ;;
  esac
done
