"""How root starts a program as an ordinary user, also where the interpreter lies in a closed folder."""

import os
import shlex
import stat
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from grader.course import PROJECT

NOBODY = "65534"
WITHOUT = ["--clear-groups", "--inh-caps=-all", "--bounding-set=-all"]
BECOME = ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", *WITHOUT]


@cache
def command() -> list[str]:
    """What goes in front of a command; empty where that is not possible."""
    if os.getuid() != 0 or not sys.platform.startswith("linux"):
        return []
    script = "; ".join(["set -e", "umask 022", *_opening(), f'exec {shlex.join(BECOME)} "$@"'])
    started = ["unshare", "--mount", "--propagation", "private", "sh", "-c", script, "sh"]
    try:
        subprocess.run([*started, sys.executable, "-c", "import click"], check=True, capture_output=True, timeout=60)
    except (OSError, subprocess.SubprocessError):
        return []
    return started


def _opening() -> Iterator[str]:
    """In a mount namespace of our own: an empty open folder over each closed one, and in it just what is needed."""
    needed = [Path(p).resolve() for p in (sys.base_prefix, sys.prefix, str(PROJECT))]
    closed = {folder for path in needed for folder in path.parents if not folder.stat().st_mode & stat.S_IXOTH}
    for folder in sorted(closed):
        inside = [path for path in needed if folder in path.parents]
        yield "held=$(mktemp -d)"
        for number, path in enumerate(inside):
            yield f"mkdir $held/{number}; mount --bind {shlex.quote(str(path))} $held/{number}"
        yield f"mount -t tmpfs -o mode=755 none {shlex.quote(str(folder))}"
        for number, path in enumerate(inside):
            where = shlex.quote(str(path))
            yield f"mkdir -p {where}; mount --bind $held/{number} {where}; umount $held/{number}; rmdir $held/{number}"
        yield "rmdir $held"
