#!/usr/bin/env bash
# rich 13.9.4 and 15.0.0: a Live that is stopped and started again erases what was printed meanwhile.
#
# Seen with Python 3.11: a transient Live shows three lines and is stopped, which takes them away. One line is printed. After
# start() the first refresh moves up by the two lines that the old picture was high, and erases each, so the printed line is
# gone from the terminal. The object remembers the shape of its last picture beyond stop(). A program that pauses its
# picture to let another one write, as a watch does for the answer to a key, loses that answer; a new Live loses nothing.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

cat > again.py <<'PYTHON'
import io
import sys

from rich.console import Console
from rich.live import Live
from rich.text import Text


def ups_after_the_break(makes_a_new_one):
    """How many lines the first refresh after a break moves up."""
    out = io.StringIO()
    console = Console(file=out, force_terminal=True, width=40, height=20)

    def made():
        return Live(console=console, transient=True, auto_refresh=False, redirect_stdout=False, redirect_stderr=False)

    live = made()
    live.start()
    live.update(Text("one\ntwo\nthree"), refresh=True)
    live.stop()
    console.print("printed meanwhile")
    before = len(out.getvalue())
    live = made() if makes_a_new_one else live
    live.start()
    live.update(Text("one\ntwo\nthree"), refresh=True)
    return out.getvalue()[before:].count("\x1b[1A\x1b[2K")


print(ups_after_the_break(False), ups_after_the_break(True), file=sys.__stdout__)
PYTHON

for version in 13.9.4 15.0.0; do
  python3 -m venv "venv-$version"
  "venv-$version/bin/pip" install -q "rich==$version"
  found=$("venv-$version/bin/python" again.py)
  echo "rich $version: lines that are erased after the break, by the same Live and by a new one: $found"
  [ "$found" = "2 0" ]
done
