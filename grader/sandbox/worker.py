"""A worker seen from the trusted side: forked by the warm process, handed a submission's files, ended with its tree."""

import os
import signal
import tempfile
import time
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from grader.errors import Fault
from grader.inside import plain
from grader.inside.confine import BOX_ENTRIES
from grader.inside.levels import NAMESPACES
from grader.sandbox import start, warm_process
from grader.sandbox.channel import Channel, Silence
from grader.sandbox.folders import is_overfull, remove
from grader.sandbox.warm_process import WarmProcess


@dataclass(frozen=True)
class Limits:
    """What one submission may use. Each probe has a time limit of its own; `check_seconds` can only lower it."""

    submission_seconds: float = 40.0
    check_seconds: float = 60.0
    memory_bytes: int = 1 << 30
    output_bytes: int = 1 << 16
    file_bytes: int = 1 << 24


class Worker:
    """A forked process that measures one submission; `end` always kills it and everything it started."""

    def __init__(self, warm: WarmProcess, folder: Path, limits: Limits) -> None:
        self.warm = warm
        self.folder = tempfile.mkdtemp(dir=folder)
        self.has_ended = False
        ours, theirs = _pipes()
        try:
            warm.tell(self._request(limits), theirs)
        except Fault:
            _close(ours)
            raise
        finally:
            _close(theirs)
        full = partial(is_overfull, self.folder, BOX_ENTRIES, limits.file_bytes)
        self.channel = Channel(*ours, limits.output_bytes, is_overfull=None if self.has_own_disk else full)

    @property
    def has_own_disk(self) -> bool:
        """Whether what it writes lies in memory of its own, with limits of its own, and nowhere in our sight."""
        return self.warm.level == NAMESPACES

    def _request(self, limits: Limits) -> dict[str, str | int]:
        return {
            "do": "fork",
            "folder": start.BOX if self.warm.level == NAMESPACES else self.folder,
            "cpu_seconds": int(limits.submission_seconds) + 5,
            "address_space": self.warm.address_space() + limits.memory_bytes,
            "file_bytes": limits.file_bytes,
        }

    def greet(self, lecture: str, files: dict[str, str]) -> None:
        """Hand over the files. No student code has run yet, so a failure here is the kit's own."""
        hello = plain.encode({"lecture": lecture, "files": files})
        try:
            self.channel.ask(hello, answers=1, deadline=time.monotonic() + warm_process.START_SECONDS)
        except Silence:
            said, _ = self.channel.take_printed()
            self.end()
            raise Fault(f"a worker could not be started: {said.strip() or 'it gave no sign'}") from None

    def running_lines(self) -> list[tuple[str, int, str]]:
        """The lines of code that are running right now, innermost first."""
        return self.channel.running_lines_asked(lambda: self.warm.tell({"do": "trace"}), wait=0.3)

    def end(self) -> int:
        """Kill the whole tree; how the worker ended: an exit status, or minus the signal that killed it."""
        try:
            return int(self.warm.tell({"do": "end"})["status"])
        finally:
            self.has_ended = True
            self.channel.close()
            remove(Path(self.folder))


def signal_name(number: int) -> str:
    """SIGSEGV for 11, and so on."""
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"


def _pipes() -> tuple[tuple[int, int, int, int], tuple[int, int, int, int]]:
    """Requests, replies, output and trace: our ends, and the worker's."""
    requests, replies, output, trace = (os.pipe() for _ in range(4))
    return (requests[1], replies[0], output[0], trace[0]), (requests[0], replies[1], output[1], trace[1])


def _close(descriptors: tuple[int, ...]) -> None:
    for descriptor in descriptors:
        os.close(descriptor)
