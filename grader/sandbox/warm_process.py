"""The warm process: started with a clean interpreter, told what to do over a socket, and given up when it is silent."""

import json
import os
import resource
import socket
import struct
import subprocess
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any

from grader.course.safe_text import clean
from grader.errors import WarmProcessGone
from grader.inside.levels import LANDLOCK, LINUX, holds
from grader.sandbox import start
from grader.sandbox.loading import files_of

START_SECONDS = 60.0  # torch takes two on an idle machine, and ten where ten want it at a time
ANSWER_SECONDS = 5.0
STOP_SECONDS = 1.0
LAST_WORDS = 300
RESOURCE_LIMITS = 16  # how many kinds of resource limits Linux knows
CREDENTIALS = struct.Struct("3i")  # process, user and group of who sent a message, as the kernel vouches for them


class WarmProcess:
    """A process that has imported what is slow, and forks the workers. Whoever makes one has to `stop` it.

    `process` is what was started; `pid` is who answers: at level "namespaces" that is another one.
    """

    def __init__(self, level: str, folder: Path, to_load: dict[str, Any]) -> None:
        self.level = level
        self.imported: set[str] = set()
        self.said = tempfile.TemporaryFile()  # noqa: SIM115
        self.control, theirs = _sockets()
        try:
            with theirs:
                self.process = self._started(theirs.fileno(), folder, files_of(to_load))
        except BaseException:
            self.control.close()
            self.said.close()
            raise
        self.pid = self.process.pid
        self.loading = True
        try:
            self._send(to_load)
        except BaseException:
            self.stop()
            raise

    def _started(self, control: int, folder: Path, files: list[str]) -> subprocess.Popen[bytes]:
        return subprocess.Popen(  # in a session of its own: Ctrl-C is for the command alone
            start.command(self.level, control, files), stdin=subprocess.DEVNULL, stderr=self.said, pass_fds=[control],
            env=start.environment(self.level, folder), cwd=folder, start_new_session=True,
        )  # fmt: skip

    def wait_until_loaded(self) -> None:
        """What it imports takes a while: it does that while we do what we have to do."""
        if self.loading:
            self._answer(START_SECONDS)
            self.handed_down = self._inherited()
            self.loading = False

    def stop(self) -> None:
        """End it, by force if it does not end by itself."""
        self.control.close()
        if self.loading:  # it would not hear of it before it has imported all
            self.process.kill()
        try:
            self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.said.close()

    def is_changed(self) -> bool:
        """Whether a student's code has changed what workers inherit."""
        return bool(self._inherited() != self.handed_down)

    def import_libraries(self, names: set[str]) -> None:
        """Import, once for all workers, what is not imported yet."""
        missing = sorted(names - self.imported)
        if missing:
            self.tell({"do": "import", "names": missing}, patience=START_SECONDS)
            self.imported.update(missing)

    def address_space(self) -> int:
        """How many bytes of address space it has mapped, which its children begin with."""
        if not LINUX:
            return 0
        with suppress(OSError), open(f"/proc/{self.pid}/statm", encoding="ascii") as statm:
            return int(statm.read().split()[0]) * resource.getpagesize()
        raise WarmProcessGone("the warm process is gone; run the command again")

    def tell(
        self, request: dict[str, Any], descriptors: tuple[int, ...] = (), patience: float | None = None
    ) -> dict[str, Any]:
        """One request and its answer. A process that does not answer in time counts as gone."""
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
        self.pid = _sender(attached[1]) or self.pid
        if not answer:
            raise self._gone("it ended by itself")
        return dict(json.loads(answer))

    def _gone(self, why: str) -> WarmProcessGone:
        """It does not answer: its last words, or bubblewrap's, are the best reason there is."""
        self.said.seek(max(0, self.said.seek(0, os.SEEK_END) - LAST_WORDS))
        words = clean(self.said.read().decode("utf-8", "replace").strip().rpartition("\n")[2], LAST_WORDS)
        return WarmProcessGone(f"the warm process is gone ({words or why}); run the command again")

    def _inherited(self) -> Any:
        """What it hands down to its children, and an unfiltered process of the same user can change."""
        if not LINUX or holds(self.level, LANDLOCK):
            return None
        pid = self.pid
        with suppress(ProcessLookupError):
            limits = [resource.prlimit(pid, which) for which in range(RESOURCE_LIMITS)]
            return limits, os.getpriority(os.PRIO_PROCESS, pid), os.sched_getaffinity(pid), os.sched_getscheduler(pid)
        return None


class Twin(WarmProcess):
    """Another one, forked by a warm process: what is slow is in its memory at once. It ends with that one."""

    def __init__(self, original: WarmProcess) -> None:
        original.wait_until_loaded()
        self.level, self.imported, self.said = original.level, set(original.imported), original.said
        self.process = original.process
        self.control, theirs = _sockets()
        with theirs:
            try:
                self.pid = int(original.tell({"do": "twin"}, (theirs.fileno(),))["pid"])
            except BaseException:
                self.control.close()
                raise
        self.handed_down = self._inherited()
        self.loading = False

    def stop(self) -> None:
        """It ends by itself when nobody can ask it any more."""
        self.control.close()


def _sockets() -> tuple[socket.socket, socket.socket]:
    """Our end, which is told who answers, and the other."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET if LINUX else socket.SOCK_DGRAM)
    if LINUX:
        ours.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 1)
    return ours, theirs


def _sender(attached: list[tuple[int, int, bytes]]) -> int:
    """The process id of who sent a message, as we number processes; 0 if the system does not say."""
    found = [data for _, kind, data in attached if LINUX and kind == socket.SCM_CREDENTIALS]
    return int(CREDENTIALS.unpack(found[0])[0]) if found else 0
