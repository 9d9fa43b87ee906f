"""A class of strangers, to see that grading holds. `python -m grader.bench.classroom DIR` writes and grades 1,000.

One in twenty is hostile, by its code or by its package. What each one deserves is known, so every mark is checked.
Printed are submissions per second, the peak memory of the processes that are ours, and what was left behind.
"""

import argparse
import ctypes
import multiprocessing
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from grader.bench.strangers import Stranger, strangers
from grader.office import gradebook
from grader.office.gradebook import Row
from grader.sandbox import isolation

SEED = 7
MOMENTS = (10, 2, 1)  # after a tenth, after a half, and at the end the memory is looked at
PR_SET_CHILD_SUBREAPER = 36


@dataclass
class Watch:
    """Notes the time and the peak memory while rows arrive."""

    count: int
    started: float = field(default_factory=time.monotonic)
    done: int = 0
    memory: list[str] = field(default_factory=list)

    def arrived(self, row: Row) -> None:
        self.done += 1
        if self.done in {self.count // part for part in MOMENTS}:
            own, others = _peak(os.getpid()), [_peak(p.pid or 0) for p in multiprocessing.active_children()]
            each = ", ".join(f"{size:.0f}" for size in others) or "none"
            self.memory.append(f"after {self.done:>5}: this process {own:.0f} MB, those that mark {each} MB")

    @property
    def rate(self) -> float:
        return self.done / (time.monotonic() - self.started)


def _peak(pid: int) -> float:
    """The peak of a process's memory in MB, as Linux keeps it; 0 where that is not known."""
    try:
        status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmHWM:")), 0.0)


def adopt_orphans() -> None:
    """Whatever is left behind by those we start becomes our child, so that it can be counted."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def left_behind(scratch: Path, mounts: int) -> Iterator[str]:
    """Processes, temporary files and mounts that were not there before."""
    for pid, command in _children().items():
        if "resource_tracker" not in command:  # it is Python's own, and ends with this process
            yield f"process {pid} {command[:80]}"
    yield from (f"file {path}" for path in scratch.iterdir())
    if _mounts() != mounts:
        yield f"{_mounts() - mounts} mounts"


def _children() -> dict[int, str]:
    """The living children of this process, with their command lines; the dead ones are buried."""
    found = {}
    for task in Path("/proc/self/task").glob("*/children"):
        for pid in map(int, task.read_text(encoding="ascii").split()):
            command = Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")
            if command or os.waitpid(pid, os.WNOHANG)[0] != pid:
                found[pid] = command
    return found


def _mounts() -> int:
    try:
        return len(Path("/proc/self/mountinfo").read_bytes().splitlines())
    except OSError:
        return 0


def wrong_marks(entries: list[Stranger], rows: list[Row]) -> Iterator[str]:
    """Every entry whose row is not what it deserves."""
    found = {row.student: row for row in rows}
    for entry in entries:
        row = found.get(entry.student)
        if row is None or (row.status, row.score) != (entry.status, entry.score):
            said = f"{row.status} {row.score} {row.reason}" if row else "no row"
            yield f"{entry.student} ({entry.kind}) deserves {entry.status} {entry.score}: {said}"


def main() -> None:
    """Write the class, grade it, print what was found; exit code 1 if a mark is wrong or something was left."""
    options = _options()
    inbox, scratch = options.folder / "inbox", options.folder / "scratch"
    for place in (inbox, scratch):
        place.mkdir(parents=True)
    os.environ["TMPDIR"] = tempfile.tempdir = str(scratch.resolve())
    adopt_orphans()
    hostile = options.count // 20 if options.hostile is None else options.hostile
    entries = list(strangers(options.count, hostile, options.level))
    for entry in entries:
        entry.put(inbox)
    mounts = _mounts()
    rows, watch = _graded(inbox, len(entries), options)
    speed = f"{options.jobs} at a time: {watch.rate:.2f} per second"
    print(f"{len(entries)} submissions, {hostile} of them hostile, {speed}", *watch.memory, sep="\n")
    wrong, left = list(wrong_marks(entries, rows)), list(left_behind(scratch, mounts))
    print(f"wrong marks: {len(wrong)}", *wrong, sep="\n  ")
    print(f"left behind: {len(left)}", *left, sep="\n  ")
    sys.exit(1 if wrong or left else 0)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m grader.bench.classroom", description=__doc__)
    parser.add_argument("folder", type=Path, metavar="DIR", help="a new folder for inbox, marks and scratch files")
    parser.add_argument("--count", type=int, default=1000, help="how many submissions (default 1000)")
    parser.add_argument("--hostile", type=int, help="how many of them are hostile (default one in twenty)")
    parser.add_argument("--jobs", type=int, default=max(1, (os.cpu_count() or 2) - 1))
    parser.add_argument("--level", choices=isolation.offered(), default=isolation.best(), help="default: the best here")
    parser.add_argument("--cluster", default="", help="the address of a dask scheduler, instead of this machine")
    return parser.parse_args()


def _graded(inbox: Path, count: int, options: argparse.Namespace) -> tuple[list[Row], Watch]:
    """The rows of the class, and the time and memory that they took."""
    watch = Watch(count)
    rows = gradebook.grade(
        inbox, options.folder / "marks", None, options.jobs, SEED, watch.arrived,
        gradebook.How(options.level, options.cluster),
    )  # fmt: skip
    return rows, watch


if __name__ == "__main__":
    main()
