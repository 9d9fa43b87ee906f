"""What happens to a worker between its fork and the first byte of a student's code, in the order in which it must.

Runs beside student code. How much is done depends on the level; see `levels.py`.
"""

import base64
import os
import resource
import signal
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from grader.inside import kernel
from grader.inside.levels import LANDLOCK, LINUX, NAMESPACES, holds

BOX_ENTRIES = 256
WORKER_NAMESPACES = kernel.CLONE_NEWNS | kernel.CLONE_NEWIPC | kernel.CLONE_NEWUTS | kernel.CLONE_NEWNET


@dataclass(frozen=True)
class Confinement:
    """What is the same for all workers: the level, what they may read, and the system-call filter, ready to load."""

    level: str
    readable: tuple[str, ...] = ()
    program: bytes = b""
    seccomp: int = 0

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> "Confinement":
        """As `to_data` gave it."""
        program = base64.b64decode(data["program"])
        return cls(data["level"], tuple(data["readable"]), program, data["seccomp"])

    def to_data(self) -> dict[str, Any]:
        """As JSON can hold it."""
        program = base64.b64encode(self.program).decode()
        return {"level": self.level, "readable": self.readable, "program": program, "seccomp": self.seccomp}

    def apply(self, request: dict[str, Any], descriptors: list[int]) -> None:
        """Confine this process, which has just been forked. Raises OSError if anything is not to be had."""
        for _, step in self.steps(request, descriptors):
            step()

    def steps(self, request: dict[str, Any], descriptors: list[int]) -> Iterator[tuple[str, Callable[[], object]]]:
        """What is done, in this order, and what it is called. What the last three give up cannot be had again."""
        folder = request["folder"]
        yield "session and descriptors", lambda: _begin(descriptors)
        if self.level == NAMESPACES:
            yield "namespaces", lambda: kernel.unshare(WORKER_NAMESPACES)
            yield "private folder", lambda: kernel.mount_tmpfs(folder, request["file_bytes"], BOX_ENTRIES)
        yield "limits", lambda: _limit(request)
        if holds(self.level, LANDLOCK):
            yield "capabilities", _drop_rights
            yield "Landlock", lambda: self._landlock(folder)
            yield "system-call filter", lambda: kernel.load_filter(self.program, self.seccomp)

    def _landlock(self, folder: str) -> None:
        if kernel.landlock_version():
            kernel.landlock(self.readable, [folder])
        elif self.level == LANDLOCK:
            raise OSError("the kernel has no Landlock, or it is switched off")


def _begin(descriptors: list[int]) -> None:
    """A session of its own, which ends with the process that it is forked from; nothing inherited is left open."""
    os.setsid()
    if LINUX:
        kernel.prctl(kernel.PR_SET_PDEATHSIG, signal.SIGKILL)
    os.environ.clear()  # not before: libraries that are imported later read there that they shall use one thread
    tempfile.tempdir = None  # what the process that this is forked from has found is not for students
    _keep(descriptors)


def _drop_rights() -> None:
    kernel.drop_capabilities()
    kernel.prctl(kernel.PR_SET_NO_NEW_PRIVS, 1)


def _keep(descriptors: list[int]) -> None:
    """Descriptors 0 to 5 and no others; what is printed goes out line by line."""
    requests, replies, output, trace = (os.dup2(fd, 200 + i) for i, fd in enumerate(descriptors))
    nothing = os.open(os.devnull, os.O_RDONLY)
    for target, source in enumerate((nothing, output, output, requests, replies, trace)):
        os.dup2(source, target, inheritable=target < 3)
    os.closerange(6, 4096)
    for name, number in (("stdout", 1), ("stderr", 2)):
        stream = open(number, "w", 1, encoding="utf-8", errors="backslashreplace", closefd=False)  # noqa: SIM115
        setattr(sys, name, stream)


def _limit(request: dict[str, Any]) -> None:
    """Its own folder, and kernel limits: memory, processor time, file size, descriptors, no core."""
    os.chdir(request["folder"])
    _set(resource.RLIMIT_CPU, request["cpu_seconds"])
    _set(resource.RLIMIT_FSIZE, request["file_bytes"])
    _set(resource.RLIMIT_NOFILE, 64)
    _set(resource.RLIMIT_CORE, 0)
    if LINUX:
        _set(resource.RLIMIT_MEMLOCK, 0)
        _set(resource.RLIMIT_MSGQUEUE, 0)
        _set(resource.RLIMIT_AS, request["address_space"])


def _set(which: int, value: int) -> None:
    resource.setrlimit(which, (value, value))
