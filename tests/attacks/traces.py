"""What a submission could leave behind, as lists that can be compared before and after."""

import os
import resource
import shutil
import signal
import sys
import sysconfig
from contextlib import suppress
from pathlib import Path
from typing import Any

from grader.course import PROJECT

WORLD = (
    "/",
    "/tmp",
    "/var/tmp",
    "/dev/shm",
    "/run",
    "/dev/mqueue",
    "/etc",
    sysconfig.get_path("purelib"),
    str(PROJECT),
)
WATCHED = ("grader", "reference", "exercises")


class Traces:
    """Looks at our own descendants and descriptors, at our folders, and elsewhere at what bears the marker."""

    def __init__(self, folder: Path, marker: str, key: int) -> None:
        self.folder = folder
        self.marker = marker
        self.key = key  # of System V objects

    def standing(self) -> dict[str, Any]:
        """Everything, at this moment."""
        return {
            "processes": sorted(_descendants(os.getpid())),
            "descriptors": _descriptors(),
            "temporary files": _below(self.folder / "tmp"),
            "files": _stamps([self.folder / name for name in ("home", "out", "attic", "work")]),
            "the kit": _stamps([PROJECT / name for name in WATCHED]),
            "elsewhere": self._marked(),
            "mounts": self._mounts(),
            "system five": self._system_five(),
            "ourselves": _ourselves(),
        }

    def clear(self) -> None:
        """Take away what an attack has left where it was not yet impossible."""
        for path in map(Path, self._marked()):
            if not path.name.endswith("-planted"):
                shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink(missing_ok=True)
        for name in ("home", "work", "out"):
            for path in (self.folder / name).rglob(f"*{self.marker}*"):
                path.unlink()

    def _marked(self) -> list[str]:
        found = []
        for place in map(Path, WORLD):
            with suppress(OSError):
                found += [str(place / name) for name in os.listdir(place) if self.marker in name]
        return sorted(set(found))

    def _mounts(self) -> list[str]:
        lines = Path("/proc/self/mountinfo").read_text().splitlines()
        return [line for line in lines if str(self.folder) in line or self.marker in line]

    def _system_five(self) -> list[str]:
        """Objects under the key that attacks are told to use; others on this machine make some too."""
        found = []
        for kind in ("shm", "sem", "msg"):
            with suppress(OSError):
                rows = Path(f"/proc/sysvipc/{kind}").read_text().splitlines()[1:]
                found += [f"{kind} {row}" for row in rows if row.split()[0] == str(self.key)]
        return found


def _pids(parent: int) -> list[str]:
    found = []
    with suppress(OSError):
        for task in os.listdir(f"/proc/{parent}/task"):
            for child in Path(f"/proc/{parent}/task/{task}/children").read_text().split():
                found += [child, *_pids(int(child))]
    return found


def _descendants(parent: int) -> list[str]:
    """The names of all processes below us, but for the dead that wait for us alone."""
    found = []
    for pid in _pids(parent):
        with suppress(OSError):
            name, _, fields = Path(f"/proc/{pid}/stat").read_text().partition(" ")[2].rpartition(")")
            state, above = fields.split()[:2]
            if state != "Z" or above != str(parent):
                found.append(f"{name}) {'dead' if state == 'Z' else 'running'}")
    return found


def _descriptors() -> list[str]:
    """What kind of thing each of our descriptors is."""
    kinds = []
    for name in os.listdir("/proc/self/fd"):
        with suppress(OSError):
            kinds.append(os.readlink(f"/proc/self/fd/{name}").partition(":[")[0])
    return sorted(kinds)


def _below(folder: Path) -> list[str]:
    """How many entries, level by level; their names are random."""
    levels: dict[int, int] = {}
    for root, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if name != "matplotlib"]  # the warm process's own list of fonts
        depth = len(Path(root).relative_to(folder).parts)
        levels[depth] = levels.get(depth, 0) + len(folders) + len(files)
    return [f"{count} entries at depth {depth}" for depth, count in sorted(levels.items()) if count]


def _stamps(folders: list[Path]) -> list[str]:
    found, ahead = [], [str(folder) for folder in folders]
    while ahead:
        with os.scandir(ahead.pop()) as entries:
            for entry in entries:
                if entry.name != "__pycache__":
                    stat = entry.stat(follow_symlinks=False)
                    is_folder = entry.is_dir(follow_symlinks=False)
                    # a folder also changes when Python first puts its __pycache__ there; what is in it is looked at
                    content = "" if is_folder else f" {stat.st_size} {stat.st_mtime_ns}"
                    found.append(f"{entry.path} {stat.st_mode:o} {stat.st_uid}{content}")
                    if is_folder:
                        ahead.append(entry.path)
    return sorted(found)


def _ourselves() -> list[str]:
    """What another process of the same user could change about us."""
    limits = [f"{which}: {resource.getrlimit(which)}" for which in range(16)]
    return [
        *limits,
        f"nice {os.getpriority(os.PRIO_PROCESS, 0)}",
        f"processors {sorted(os.sched_getaffinity(0))}",
        f"folder {os.getcwd()}",
        f"signals {[signal.getsignal(s) is not None for s in (signal.SIGINT, signal.SIGTERM)]}",
        f"recursion {sys.getrecursionlimit()}",
    ]
