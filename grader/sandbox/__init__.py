"""Starts, limits and ends the workers in which students' code runs, at one of the levels of isolation.

Three processes: this one, which holds the answers; the warm process, which has never seen any; and, forked from that
for each submission, a worker, which is confined before the first byte of a student's code reaches it (`confine.py`).
"""

import json
import os
import resource
import shutil
import signal
import socket
import struct
import subprocess
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from grader.course import names
from grader.errors import Fault, WarmProcessGone
from grader.inside import plain
from grader.inside.confine import BOX_ENTRIES
from grader.inside.levels import LANDLOCK, LINUX, NAMESPACES, PROCESS, holds
from grader.sandbox import start
from grader.sandbox.channel import Channel, Silence
from grader.sandbox.loading import confinement_at, files_of, slow_libraries, what_to_load
from grader.sandbox.quota import is_overfull
from grader.submission.safe_text import clean

START_SECONDS = 60.0  # torch takes two on an idle machine, and ten where ten want it at a time
ANSWER_SECONDS = 5.0
STOP_SECONDS = 1.0
LAST_WORDS = 300
RESOURCE_LIMITS = 16  # how many kinds of resource limits Linux knows
CREDENTIALS = struct.Struct("3i")  # process, user and group of who sent a message, as the kernel vouches for them


@dataclass(frozen=True)
class Limits:
    """What one submission may use. Each probe has a time limit of its own; `check_seconds` can only lower it."""

    submission_seconds: float = 40.0
    check_seconds: float = 60.0
    memory_bytes: int = 1 << 30
    output_bytes: int = 1 << 16
    file_bytes: int = 1 << 24


class Sandbox:
    """One warm process, from which one worker at a time is forked, confined as the level says. Use it with `with`.

    Entering raises NoIsolation if this machine does not offer the level.
    """

    def __init__(self, lecture: str, limits: Limits = Limits(), level: str = PROCESS) -> None:
        self.lecture = lecture
        self.limits = limits
        self.level = level
        self.names = names.needed_by(lecture)

    def __enter__(self) -> Self:
        self.folder = Path(tempfile.mkdtemp(prefix="grader-"))
        try:
            self._start()
        except BaseException:
            _remove(self.folder)
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop()
        _remove(self.folder)

    def _start(self) -> None:
        self.said = tempfile.TemporaryFile()  # noqa: SIM115
        self.control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET if LINUX else socket.SOCK_DGRAM)
        self.imported: set[str] = set()
        self.current: Worker | None = None
        try:
            with theirs:
                to_load = what_to_load(self.lecture, self.names, confinement_at(self.level))
                command = start.command(self.level, theirs.fileno(), files_of(to_load))
                self.process = subprocess.Popen(  # in a session of its own: Ctrl-C is for the command alone
                    command, stdin=subprocess.DEVNULL, stderr=self.said, pass_fds=[theirs.fileno()],
                    env=start.environment(self.level, self.folder), cwd=self.folder, start_new_session=True,
                )  # fmt: skip
        except BaseException:
            self.control.close()
            self.said.close()
            raise
        try:
            if LINUX:
                self.control.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 1)
            self._send(to_load)
        except BaseException:
            self._stop()
            raise
        self.loading = True

    def _wait_until_loaded(self) -> None:
        """What the warm process imports takes a while: it does that while we do what we have to do."""
        if self.loading:
            self._answer(START_SECONDS)
            self.inherited = self._inherited()
            self.loading = False

    def _stop(self) -> None:
        self.control.close()
        try:
            self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.said.close()

    def worker(self, files: dict[str, str]) -> "Worker":
        """A new worker that has been handed these files (name to source text) and nothing else."""
        if self.current is not None:
            raise Fault("a sandbox has one worker at a time, and there is one already")
        self._wait_until_loaded()
        if self.folder.is_symlink():
            self.folder.unlink()
        self.folder.mkdir(mode=0o700, exist_ok=True)  # a student's code may have removed it
        if self._inherited() != self.inherited:  # a student's code has changed what workers inherit
            self.restart()
        self._import_libraries(files)
        try:
            self.current = Worker(self, files)
        except Fault:  # once more, with a new warm process
            self.restart()
            self.current = Worker(self, files)
        return self.current

    def restart(self) -> None:
        """A new warm process in place of one that is gone."""
        self._stop()
        self._start()
        self._wait_until_loaded()

    def _gone(self, why: str) -> WarmProcessGone:
        """The warm process does not answer: its last words, or bubblewrap's, are the best reason there is."""
        self.said.seek(max(0, self.said.seek(0, os.SEEK_END) - LAST_WORDS))
        words = clean(self.said.read().decode("utf-8", "replace").strip().rpartition("\n")[2], LAST_WORDS)
        return WarmProcessGone(f"the warm process is gone ({words or why}); run the command again")

    def _inherited(self) -> Any:
        """What the warm process hands down to its children, and an unfiltered process of the same user can change."""
        if not LINUX or holds(self.level, LANDLOCK):
            return None
        pid = self.warm_pid
        with suppress(ProcessLookupError):
            limits = [resource.prlimit(pid, which) for which in range(RESOURCE_LIMITS)]
            return limits, os.getpriority(os.PRIO_PROCESS, pid), os.sched_getaffinity(pid), os.sched_getscheduler(pid)
        return None

    def _import_libraries(self, files: dict[str, str]) -> None:
        """Let the warm process import, once for all workers, the slow libraries that these files use."""
        used = {library for source in files.values() for library in slow_libraries(source)}
        missing = sorted(used - self.imported)
        if missing:
            self._tell({"do": "import", "names": missing}, patience=START_SECONDS)
            self.imported.update(missing)

    def _tell(
        self, request: dict[str, Any], descriptors: tuple[int, ...] = (), patience: float | None = None
    ) -> dict[str, Any]:
        """One request to the warm process and its answer. A process that does not answer in time counts as gone."""
        self._send(request, descriptors)
        return self._answer(ANSWER_SECONDS if patience is None else patience)

    def _send(self, request: dict[str, Any], descriptors: tuple[int, ...] = ()) -> None:
        try:
            self.control.settimeout(ANSWER_SECONDS)
            socket.send_fds(self.control, [json.dumps(request).encode()], list(descriptors))
        except OSError as error:
            raise self._gone(str(error)) from None

    def _answer(self, patience: float) -> dict[str, Any]:
        try:
            self.control.settimeout(patience)
            answer, *_ = attached = self.control.recvmsg(1 << 12, socket.CMSG_SPACE(CREDENTIALS.size))
        except OSError as error:
            raise self._gone(str(error)) from None
        self.warm_pid = _sender(attached[1]) or self.process.pid
        if not answer:
            raise self._gone("it ended by itself")
        return dict(json.loads(answer))


class Worker:
    """A forked process that measures one submission; `end` always kills it and everything it started."""

    def __init__(self, sandbox: Sandbox, files: dict[str, str]) -> None:
        self.sandbox = sandbox
        self.folder = tempfile.mkdtemp(dir=sandbox.folder)
        ours, theirs = _pipes()
        limits = sandbox.limits
        request = {
            "do": "fork",
            "folder": start.BOX if sandbox.level == NAMESPACES else self.folder,
            "cpu_seconds": int(limits.submission_seconds) + 5,
            "address_space": _address_space(sandbox.warm_pid) + limits.memory_bytes,
            "file_bytes": limits.file_bytes,
        }
        try:
            sandbox._tell(request, theirs)
        except Fault:
            _close(ours)
            raise
        finally:
            _close(theirs)
        full = partial(is_overfull, self.folder, BOX_ENTRIES, limits.file_bytes)
        self.channel = Channel(*ours, limits.output_bytes, is_overfull=full)
        self._greet(files)

    def _greet(self, files: dict[str, str]) -> None:
        """Hand over the files. No student code has run yet, so a failure here is the kit's own."""
        hello = plain.encode({"lecture": self.sandbox.lecture, "files": files})
        try:
            self.channel.ask(hello, answers=1, deadline=time.monotonic() + START_SECONDS)
        except Silence:
            said, _ = self.channel.take_printed()
            self.end()
            raise Fault(f"a worker could not be started: {said.strip() or 'it gave no sign'}") from None

    def running_lines(self) -> list[tuple[str, int, str]]:
        """The lines of code that are running right now, innermost first."""
        self.sandbox._tell({"do": "trace"})
        return self.channel.running_lines(wait=0.3)

    def end(self) -> int:
        """Kill the whole tree; how the worker ended: an exit status, or minus the signal that killed it."""
        try:
            return int(self.sandbox._tell({"do": "end"})["status"])
        finally:
            self.sandbox.current = None
            self.channel.close()
            _remove(Path(self.folder))


def _close(descriptors: tuple[int, ...]) -> None:
    for descriptor in descriptors:
        os.close(descriptor)


def _remove(folder: Path) -> None:
    """Remove a folder with whatever a student's code has left in it, however deep."""
    try:
        shutil.rmtree(folder, ignore_errors=True)
    except RecursionError:
        subprocess.run(["rm", "-rf", "--", str(folder)], check=False, stderr=subprocess.DEVNULL)


def _pipes() -> tuple[tuple[int, int, int, int], tuple[int, int, int, int]]:
    """Requests, replies, output and trace: our ends, and the worker's."""
    requests, replies, output, trace = (os.pipe() for _ in range(4))
    return (requests[1], replies[0], output[0], trace[0]), (requests[0], replies[1], output[1], trace[1])


def _sender(attached: list[tuple[int, int, bytes]]) -> int:
    """The process id of who sent a message, as we number processes; 0 if the system does not say."""
    found = [data for _, kind, data in attached if LINUX and kind == socket.SCM_CREDENTIALS]
    return int(CREDENTIALS.unpack(found[0])[0]) if found else 0


def _address_space(pid: int) -> int:
    """How many bytes of address space a process has mapped, which its children begin with."""
    if not LINUX:
        return 0
    with suppress(OSError), open(f"/proc/{pid}/statm", encoding="ascii") as statm:
        return int(statm.read().split()[0]) * resource.getpagesize()
    raise WarmProcessGone("the warm process is gone; run the command again")


def signal_name(number: int) -> str:
    """SIGSEGV for 11, and so on."""
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"
