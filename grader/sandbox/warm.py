"""The warm process: imports once what workers need, then forks one worker per submission on request.

A program of its own, started clean: no suites, no reference, no expected value has ever been in its memory.
Requests come as JSON on the socket that is descriptor 3; a request to fork brings four descriptors along.
It imports nothing of the kit but what its first message names, and finds that by path, not by package.
"""

import ctypes
import gc
import importlib
import importlib.util
import json
import os
import resource
import signal
import socket
import sys
import time
from contextlib import suppress
from types import ModuleType
from typing import Any, NoReturn

CONTROL = 3
PR_SET_PDEATHSIG, PR_SET_CHILD_SUBREAPER = 1, 36
LINUX = sys.platform == "linux"


def main() -> None:
    """Load, then serve until the other side closes the socket, as it does when it dies; then clean up and leave."""
    if LINUX:
        ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    control = socket.socket(fileno=CONTROL)
    job = json.loads(control.recv(1 << 16))
    sys.path[:] = job["path"]
    worker = load(job["modules"])
    for name in job["preload"]:
        importlib.import_module(name)
    for name, function, argument in job["calls"]:
        getattr(sys.modules[name], function)(argument)
    gc.collect()
    gc.freeze()
    with suppress(ConnectionError):  # the other side has gone without ever asking
        control.sendall(json.dumps({"ready": True}).encode())
        serve(control, worker)


def load(modules: list[list[str]]) -> ModuleType:
    """Load files under their names, in packages that have no folder to search; the last one is returned."""
    for name, file in modules:
        parent, _, child = name.rpartition(".")
        if parent not in sys.modules:
            package(parent)
        spec = importlib.util.spec_from_file_location(name, file)
        if spec is None or spec.loader is None:
            raise ImportError(f"{name} cannot be loaded from {file}")
        if spec.submodule_search_locations:
            spec.submodule_search_locations = []  # else whatever lies in the folder could be imported
        module = importlib.util.module_from_spec(spec)
        sys.modules[name] = module
        spec.loader.exec_module(module)
        setattr(sys.modules[parent], child, module)
    return module


def package(name: str) -> None:
    """An empty package: what was not put into it by hand cannot be imported from it."""
    made = ModuleType(name)
    made.__path__ = []
    sys.modules[name] = made
    parent, _, child = name.rpartition(".")
    if parent:
        setattr(sys.modules[parent], child, made)


def serve(control: socket.socket, worker: ModuleType) -> None:
    """One request at a time: fork a worker, ask it where it is, or end it and everything it started."""
    pid = 0
    while True:
        message, descriptors, _, _ = socket.recv_fds(control, 1 << 16, 4)
        if not message:
            end(pid)
            return
        request = json.loads(message)
        if request["do"] == "fork":
            pid = fork(request, descriptors, worker)
            answer: dict[str, Any] = {"pid": pid}
        elif request["do"] == "import":
            answer = import_libraries(request["names"])
        elif request["do"] == "trace":
            os.kill(pid, signal.SIGUSR1)
            answer = {}
        else:
            answer = end(pid)
            pid = 0
        control.sendall(json.dumps(answer).encode())


def import_libraries(names: list[str]) -> dict[str, Any]:
    """Import installed libraries before the next fork; one that is missing will be missed by who imports it."""
    for name in names:
        try:
            importlib.import_module(name)
        except Exception as error:
            os.write(2, f"grader: {name} could not be imported: {error!r}\n".encode())
    gc.collect()
    gc.freeze()
    return {}


def fork(request: dict[str, Any], descriptors: list[int], worker: ModuleType) -> int:
    """A child that is confined before the first byte of a student's code reaches it."""
    pid = os.fork()
    if pid == 0:
        try:
            confine(request, descriptors)
            worker.serve()
        except BaseException as error:
            os.write(2, f"grader: a worker could not be confined: {error!r}\n".encode())
        finally:
            os.kill(os.getpid(), signal.SIGKILL)
    for descriptor in descriptors:
        os.close(descriptor)
    return pid


def confine(request: dict[str, Any], descriptors: list[int]) -> None:
    """Own session, own empty folder, only the agreed descriptors, and limits. Isolation layers belong here."""
    os.setsid()
    _die_with_parent()
    os.environ.clear()  # not before: libraries that are imported later read there that they shall use one thread
    requests, replies, output, trace = (os.dup2(fd, 200 + i) for i, fd in enumerate(descriptors))
    nothing = os.open(os.devnull, os.O_RDONLY)
    for target, source in enumerate((nothing, output, output, requests, replies, trace)):
        os.dup2(source, target, inheritable=target < 3)
    os.closerange(6, 4096)
    os.chdir(request["folder"])
    for name, number in (("stdout", 1), ("stderr", 2)):
        stream = open(number, "w", 1, encoding="utf-8", errors="backslashreplace", closefd=False)  # noqa: SIM115
        setattr(sys, name, stream)
    limit(request)


def limit(request: dict[str, Any]) -> None:
    """Kernel limits: memory above what the warm process has, processor time, file size, descriptors, no core."""
    _set(resource.RLIMIT_CPU, request["cpu_seconds"])
    _set(resource.RLIMIT_FSIZE, request["file_bytes"])
    _set(resource.RLIMIT_NOFILE, 64)
    _set(resource.RLIMIT_CORE, 0)
    if LINUX:
        with open("/proc/self/statm") as statm:
            mapped = int(statm.read().split()[0]) * resource.getpagesize()
        _set(resource.RLIMIT_AS, mapped + request["memory_bytes"])


def _set(which: int, value: int) -> None:
    resource.setrlimit(which, (value, value))


def end(pid: int) -> dict[str, Any]:
    """Kill the worker and whatever descends from it; how the worker itself ended is told.

    Orphans of the worker become our children (we are their reaper), so killing children until none is left gets all.
    """
    status = None
    if pid:
        _kill(lambda: os.killpg(pid, signal.SIGKILL))
        _kill(lambda: os.kill(pid, signal.SIGKILL))
    while True:
        for child in _children():
            _kill(lambda child=child: os.kill(child, signal.SIGKILL))
        try:
            ended, how = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return {"status": status}
        if ended == pid:
            status = os.waitstatus_to_exitcode(how)
        elif ended == 0:
            time.sleep(0.001)


def _children() -> list[int]:
    if not LINUX:
        return []
    try:
        with open(f"/proc/self/task/{os.getpid()}/children") as children:
            return [int(pid) for pid in children.read().split()]
    except FileNotFoundError:  # a kernel built without that list
        return [int(pid) for pid in os.listdir("/proc") if pid.isdigit() and _parent(pid) == os.getpid()]


def _parent(pid: str) -> int:
    try:
        with open(f"/proc/{pid}/stat") as stat:
            return int(stat.read().rpartition(")")[2].split()[1])
    except OSError:
        return 0


def _kill(kill: Any) -> None:
    try:
        kill()
    except (ProcessLookupError, PermissionError):
        return


def _die_with_parent() -> None:
    if LINUX:
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)


def _leave(status: int) -> NoReturn:
    os._exit(status)


if __name__ == "__main__":
    main()
    _leave(0)
