"""Starts, limits and ends the workers in which students' code runs; says which isolation is in force.

Level in force: "process" (see LAYERS). Namespaces, a system-call filter and a private file system belong in
`warm.confine`, between the fork and the first byte of a student's code.
"""

import json
import os
import resource
import shutil
import signal
import socket
import subprocess
import sys
import sysconfig
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from grader import names, plain
from grader.declared import needs_of
from grader.errors import Fault, WarmProcessGone
from grader.rules import imports
from grader.sandbox.channel import Channel, Silence

START_SECONDS = 20.0
ANSWER_SECONDS = 5.0
STOP_SECONDS = 1.0
RESOURCE_LIMITS = 16  # how many kinds of resource limits Linux knows
ADDR_NO_RANDOMIZE = 0x0040000
HERE = Path(__file__).parent
SLOW_LIBRARIES = ("numpy", "torch")  # over a tenth of a second each, and never a student's own
LEVEL = "process"
LINUX = sys.platform == "linux"
LAYERS = (
    ("own process, forked from a clean one that holds no answers", True),
    ("cleared environment, own empty folder, no inherited descriptors", True),
    ("limits on time, processor time, file size and output", True),
    ("limit on memory", LINUX),
    ("the whole process tree is killed at the end, daemons too", LINUX),
    ("own user, process, mount and network namespaces", False),
    ("system-call filter and read-only view of the file system", False),
)


@dataclass(frozen=True)
class Limits:
    """What one submission may use. Each probe has a time limit of its own; `check_seconds` can only lower it."""

    submission_seconds: float = 40.0
    check_seconds: float = 60.0
    memory_bytes: int = 1 << 30
    output_bytes: int = 1 << 16
    file_bytes: int = 1 << 24


class Sandbox:
    """One warm process, from which one worker at a time is forked. Use it with `with`."""

    def __init__(self, lecture: str, limits: Limits = Limits()) -> None:
        self.lecture = lecture
        self.limits = limits
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
        self.control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET if LINUX else socket.SOCK_DGRAM)
        self.imported: set[str] = set()
        self.current: Worker | None = None
        command = [sys.executable, "-s", "-S", "-P", "-c", _bootstrap(theirs.fileno()), str(HERE / "warm.py")]
        try:
            with theirs:
                self.process = subprocess.Popen(  # in a session of its own: Ctrl-C is for the command alone
                    command, stdin=subprocess.DEVNULL, pass_fds=[theirs.fileno()], env=_environment(),
                    cwd=self.folder, start_new_session=True,
                )  # fmt: skip
        except BaseException:
            self.control.close()
            raise
        try:
            self._send(_what_to_load(self.lecture, self.names))
        except BaseException:
            self._stop()
            raise
        self.loading = True

    def _wait_until_loaded(self) -> None:
        """What the warm process imports takes a while: it does that while we do what we have to do."""
        if self.loading:
            self._answer(START_SECONDS)
            self.inherited = _inherited(self.process.pid)
            self.loading = False

    def _stop(self) -> None:
        self.control.close()
        try:
            self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def worker(self, files: dict[str, str]) -> "Worker":
        """A new worker that has been handed these files (name to source text) and nothing else."""
        if self.current is not None:
            raise Fault("a sandbox has one worker at a time, and there is one already")
        self._wait_until_loaded()
        if self.folder.is_symlink():
            self.folder.unlink()
        self.folder.mkdir(mode=0o700, exist_ok=True)  # a student's code may have removed it
        if _inherited(self.process.pid) != self.inherited:  # a student's code has changed what workers inherit
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

    def _import_libraries(self, files: dict[str, str]) -> None:
        """Let the warm process import, once for all workers, the slow libraries that these files use."""
        used = {library for source in files.values() for library in _slow_libraries(source)}
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
            raise _gone(error) from None

    def _answer(self, patience: float) -> dict[str, Any]:
        try:
            self.control.settimeout(patience)
            answer = self.control.recv(1 << 12)
        except OSError as error:
            raise _gone(error) from None
        if not answer:
            raise WarmProcessGone("the warm process ended by itself; run the command again")
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
            "folder": self.folder,
            "cpu_seconds": int(limits.submission_seconds) + 5,
            "memory_bytes": limits.memory_bytes,
            "file_bytes": limits.file_bytes,
        }
        try:
            sandbox._tell(request, theirs)
        except Fault:
            _close(ours)
            raise
        finally:
            _close(theirs)
        self.channel = Channel(*ours, max_output=limits.output_bytes)
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


def _gone(error: OSError) -> WarmProcessGone:
    return WarmProcessGone(f"the warm process is gone ({error}); run the command again")


def _inherited(pid: int) -> Any:
    """What a process hands down to its children and another process of the same user can change."""
    if not LINUX:
        return None
    with suppress(ProcessLookupError):
        limits = [resource.prlimit(pid, which) for which in range(RESOURCE_LIMITS)]
        return limits, os.getpriority(os.PRIO_PROCESS, pid), os.sched_getaffinity(pid), os.sched_getscheduler(pid)
    return None


def _slow_libraries(source: str) -> set[str]:
    """Which of the slow libraries a source imports. Source nested too deeply imports for itself, or not at all."""
    if not any(library in source for library in SLOW_LIBRARIES):
        return set()
    with suppress(RecursionError, MemoryError):
        return {name.partition(".")[0] for name, _ in imports(source)}.intersection(SLOW_LIBRARIES)
    return set()


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


def _what_to_load(lecture: str, listed: names.NameList | None) -> dict[str, Any]:
    """The modules that run beside student code, in the order of their needs, and where to look for libraries."""
    root = HERE.parent
    preload = needs_of(lecture).preload
    files = {
        "grader.plain": root / "plain.py",
        "grader.probes": root / "probes" / "__init__.py",
        "grader.probes.expressions": root / "probes" / "expressions.py",
        "grader.probes.names": root / "probes" / "names.py",
        **({"grader.probes.tensors": root / "probes" / "tensors.py"} if "torch" in preload else {}),
        **_probe_files(lecture),
        "grader.sandbox.frames": HERE / "frames.py",
        "grader.sandbox.modules": HERE / "modules.py",
        "grader.sandbox.worker": HERE / "worker.py",
    }
    return {
        "modules": [[name, str(file)] for name, file in files.items()],
        "path": _library_path(),
        "preload": list(preload),
        "calls": [["grader.probes.names", "read", str(names.checked(listed).path)]] if listed else [],
    }


def _probe_files(lecture: str) -> dict[str, Path]:
    """A lecture's probe modules by name: what they share first, then the others, then the folder itself."""
    folder, name = HERE.parent / "probes" / lecture, f"grader.probes.{lecture}"
    modules = sorted(path.stem for path in folder.glob("*.py") if path.stem not in ("__init__", "shared"))
    files = {f"{name}.{module}": folder / f"{module}.py" for module in ["shared", *modules]}
    return {**files, name: folder / "__init__.py"}


def _library_path() -> list[str]:
    """The standard library and the folder of installed packages; no folder of this project, nothing from .pth files."""
    standard = [p for p in sys.path if p and Path(p).resolve().is_relative_to(Path(sys.base_prefix).resolve())]
    installed = [sysconfig.get_path("purelib"), sysconfig.get_path("platlib")]
    return list(dict.fromkeys([*(p for p in standard if "site-packages" not in p), *installed]))


def _environment() -> dict[str, str]:
    """All that the warm process sees: one thread, one hash seed, UTF-8."""
    threads = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
    return {"PYTHONHASHSEED": "0", "PYTHONUTF8": "1", "PATH": os.defpath, **dict.fromkeys(threads, "1")}


def _bootstrap(descriptor: int) -> str:
    """What the new interpreter does first: the socket becomes descriptor 3, and addresses stop being random.

    A set of objects is ordered by their addresses: where a mistake shows in some orders only, marks would be a lottery.
    """
    return (
        "import ctypes, os, sys\n"
        f"{descriptor} == 3 or (os.dup2({descriptor}, 3), os.close({descriptor}))\n"
        "os.set_inheritable(3, True)\n"
        f"sys.platform == 'linux' and ctypes.CDLL(None).personality({ADDR_NO_RANDOMIZE})\n"
        "os.execv(sys.executable, [sys.executable, '-s', '-S', '-P', sys.argv[1]])"
    )


def signal_name(number: int) -> str:
    """SIGSEGV for 11, and so on."""
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"
