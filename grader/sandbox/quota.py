"""How full a worker's folder is: looked at from outside, where no file system of its own sets the limit."""

import os
from collections.abc import Iterator


def is_overfull(folder: str, entries: int, size: int) -> bool:
    """Whether a folder, with all that lies in it, has more entries or bytes than these. What it holds is hostile."""
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
