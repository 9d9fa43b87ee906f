"""The folders that a student's code writes into: how full one is, seen from outside, and how it is removed.

What lies in them is hostile. Where no file system of its own sets the limit, looking is all that can be done.
"""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path


def is_overfull(folder: str, entries: int, size: int) -> bool:
    """Whether a folder, with all that lies in it, has more entries or bytes than these."""
    for entry in _entries(folder, entries):
        entries -= 1
        size -= _bytes_of(entry)
        if entries < 0 or size < 0:
            return True
    return False


def _entries(folder: str, deep: int) -> Iterator[os.DirEntry[str]]:
    """What lies in a folder and below. What vanishes or cannot be entered while we look is passed over."""
    try:
        with os.scandir(folder) as found:
            for entry in found:
                yield entry
                if deep and entry.is_dir(follow_symlinks=False):
                    yield from _entries(entry.path, deep - 1)
    except OSError:
        return


def _bytes_of(entry: os.DirEntry[str]) -> int:
    """The space it takes on the disk: a sparse file is not as large as it says."""
    try:
        return entry.stat(follow_symlinks=False).st_blocks * 512
    except OSError:
        return 0


def remove(folder: Path) -> None:
    """Remove a folder with whatever a student's code has left in it, however deep."""
    try:
        shutil.rmtree(folder, ignore_errors=True)
    except RecursionError:
        subprocess.run(["rm", "-rf", "--", str(folder)], check=False, stderr=subprocess.DEVNULL)
