"""The warm process: imports once what workers need, then forks one worker per submission on request.

A program of its own, started clean: no suites, no reference, no expected value has ever been in its memory.
Requests come as JSON on the socket that is descriptor 3; a request to fork brings four descriptors along.
It imports nothing of the kit but what its first message names, and finds that by path, not by package.
"""

import gc
import importlib
import importlib.util
import json
import os
import signal
import socket
import sys
import time
from contextlib import suppress
from types import ModuleType
from typing import Any, NoReturn

CONTROL = 3
LINUX = sys.platform == "linux"
NAMESPACES = "namespaces"
NOT_CONFINED = 70  # exit status
TWINS: list[int] = []  # processes like this one, which end by themselves


def main() -> None:
    """Load, then serve until the other side closes the socket, as it does when it dies; then clean up and leave."""
    gc.disable()  # what is imported stays: to look for what does not takes a tenth of the time
    control = socket.socket(fileno=CONTROL)
    job = json.loads(control.recv(1 << 16))
    sys.path[:] = job["path"]
    for name in job["preload"]:
        importlib.import_module(name)
    worker = load(job["modules"])
    kernel, confine = (sys.modules[f"grader.inside.{name}"] for name in ("kernel", "confine"))
    if LINUX:
        kernel.prctl(kernel.PR_SET_CHILD_SUBREAPER, 1)
    for name, function, argument in job["calls"]:
        getattr(sys.modules[name], function)(argument)
    gc.freeze()
    gc.enable()
    with suppress(ConnectionError):  # the other side has gone without ever asking
        control.sendall(json.dumps({"ready": True}).encode())
        serve(control, Workers(worker, confine.Confinement.from_data(job["confinement"])))


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
    if parent and parent not in sys.modules:
        package(parent)
    if parent:
        setattr(sys.modules[parent], child, made)


def serve(control: socket.socket, workers: "Workers") -> None:
    """One request at a time: fork a worker, ask it where it is, or end it and everything it started."""
    pid = 0
    while True:
        message, descriptors, _, _ = socket.recv_fds(control, 1 << 16, 4)
        if not message:
            end(pid)
            return
        request = json.loads(message)
        if request["do"] == "fork":
            pid = workers.fork(request, descriptors)
            answer: dict[str, Any] = {"pid": pid}
        elif request["do"] == "import":
            answer = import_libraries(request["names"])
        elif request["do"] == "trace":
            os.kill(pid, signal.SIGUSR1)
            answer = {}
        elif request["do"] == "twin":
            answer = {"pid": workers.twin(control, descriptors)}
        else:
            answer = end(pid)
            pid = 0
        control.sendall(json.dumps(answer).encode())


def import_libraries(names: list[str]) -> dict[str, Any]:
    """Import installed libraries before the next fork; one that is missing will be missed by who imports it."""
    gc.disable()
    for name in names:
        try:
            importlib.import_module(name)
        except Exception as error:
            os.write(2, f"grader: {name} could not be imported: {error!r}\n".encode())
    gc.freeze()
    gc.enable()
    return {}


class Workers:
    """Forks workers, one at a time, each confined before the first byte of a student's code reaches it."""

    def __init__(self, worker: ModuleType, confinement: Any) -> None:
        self.worker = worker
        self.confinement = confinement
        self.own_pidfd = os.pidfd_open(os.getpid()) if confinement.level == NAMESPACES else -1

    def fork(self, request: dict[str, Any], descriptors: list[int]) -> int:
        """The new worker's process id."""
        if self.own_pidfd >= 0:
            kernel = sys.modules["grader.inside.kernel"]
            kernel.setns(self.own_pidfd, kernel.CLONE_NEWPID)  # back from the one before; a new one is not made in it
            kernel.unshare(kernel.CLONE_NEWPID)
        pid = os.fork()
        if pid == 0:
            try:
                self.confinement.apply(request, descriptors)
                self.worker.serve()
            except BaseException as error:
                os.write(2, f"grader: a worker could not be confined: {error!r}\n".encode())
            finally:
                os._exit(NOT_CONFINED)
        for descriptor in descriptors:
            os.close(descriptor)
        return pid

    def twin(self, control: socket.socket, descriptors: list[int]) -> int:
        """The process id of another process like this one, which listens at the socket that came along."""
        original, pid = os.getpid(), os.fork()
        if pid == 0:
            control.close()
            os.dup2(descriptors[0], CONTROL)
            os.close(descriptors[0])
            TWINS.clear()
            if LINUX:
                kernel = sys.modules["grader.inside.kernel"]
                kernel.prctl(kernel.PR_SET_CHILD_SUBREAPER, 1)
                kernel.prctl(kernel.PR_SET_PDEATHSIG, signal.SIGKILL)
                if os.getppid() != original:  # it has ended before it could be told of
                    os._exit(0)
            with suppress(ConnectionError):
                serve(socket.socket(fileno=CONTROL), self)
            os._exit(0)
        os.close(descriptors[0])
        TWINS.append(pid)
        return pid


def end(pid: int) -> dict[str, Any]:
    """Kill the worker and whatever descends from it; tell how the worker itself ended.

    Orphans of the worker become our children (we are their reaper), so killing children until none is left gets all.
    """
    status = None
    if pid:
        _kill(lambda: os.killpg(pid, signal.SIGKILL))
        _kill(lambda: os.kill(pid, signal.SIGKILL))
    while True:
        others = [child for child in _children() if child not in TWINS]
        for child in others:
            _kill(lambda child=child: os.kill(child, signal.SIGKILL))
        try:
            ended, how = os.waitpid(-1, os.WNOHANG)  # never for one alone: whoever traces it would hold it, and us
        except ChildProcessError:
            return {"status": status}
        if pid and ended == pid:
            status = os.waitstatus_to_exitcode(how)
        elif ended in TWINS:
            TWINS.remove(ended)
        elif ended == 0:
            if TWINS and not others and (status is not None or not pid):
                return {"status": status}
            time.sleep(0.0003)


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


def _leave(status: int) -> NoReturn:
    os._exit(status)


if __name__ == "__main__":
    main()
    _leave(0)
