"""Where the process that stands by is found: a socket whose name says for which kit, machine and settings it stands."""

import hashlib
import os
import sys
import sysconfig
import tempfile
from collections.abc import Iterator
from pathlib import Path

OFF = "GRADER_STANDBY"  # 0 in the environment: nothing stands by
SETTINGS = ("GRADER_", "PYTHON", "LC_", "XDG_", "OMP_", "MKL_", "TORCH")
NAMED = ("LANG", "HOME", "TMPDIR", "PATH", "VIRTUAL_ENV")
KIT = Path(__file__).resolve().parents[1]
LONGEST = 100  # bytes of a socket's path that every system takes


def is_wanted() -> bool:
    """Whether a process may stand by here: not where it would be left behind, as in CI."""
    return sys.platform == "linux" and os.environ.get(OFF, "") != "0" and not os.environ.get("CI")


def socket_path() -> Path | None:
    """The socket's place, in a folder that is this user's alone; None if there is no such folder."""
    folder = Path(os.environ.get("XDG_RUNTIME_DIR") or tempfile.gettempdir()) / f"grader-standby-{os.geteuid()}"
    path = folder / _key()
    return path if _is_ours(folder) and len(os.fsencode(path)) <= LONGEST else None


def _is_ours(folder: Path) -> bool:
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        found = folder.lstat()
    except OSError:
        return False
    return found.st_uid == os.geteuid() and found.st_mode & 0o77 == 0 and folder.is_dir() and not folder.is_symlink()


def _key() -> str:
    """A hash of whatever the process has read, or was started with: another kit or setting asks another process."""
    settings = sorted((k, v) for k, v in os.environ.items() if k.startswith(SETTINGS) or k in NAMED)
    packages = os.stat(sysconfig.get_path("purelib")).st_mtime_ns
    told = repr((sys.executable, sys.version, packages, settings, sorted(_files_of_the_kit())))
    return hashlib.sha256(told.encode("utf-8", "surrogateescape")).hexdigest()[:16]


def _files_of_the_kit() -> Iterator[tuple[str, int, int]]:
    """Every file of the kit and of its course, with its size and the time of its last change."""
    course = Path(os.environ.get("GRADER_COURSE") or KIT.parent / "exercises").parent
    folders = [KIT, *(course / name for name in ("exercises", "reference", "data", "probes", "lectures"))]
    for folder in folders:
        yield from _files_in(folder)


def _files_in(folder: Path | str) -> Iterator[tuple[str, int, int]]:
    try:
        entries = list(os.scandir(folder))
    except OSError:
        return
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            yield from () if entry.name.startswith((".", "__pycache__")) else _files_in(entry.path)
        else:
            found = entry.stat()
            yield entry.path, found.st_size, found.st_mtime_ns
