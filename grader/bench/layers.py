"""What each layer of isolation costs: the very steps of `confine.py`, timed one by one in forks of a warm process."""

import json
import subprocess
import tempfile
from pathlib import Path

import grader.inside
from grader.bench.ways import seconds_of
from grader.course import load
from grader.course.probe_needs import needs_of
from grader.inside.levels import NAMESPACES
from grader.sandbox import Limits, Sandbox, start, view
from grader.sandbox.loading import confinement_at

REPEATS = 40
STARTS = 5
INSIDE = Path(grader.inside.__file__).parent
STEPS = ("levels", "kernel", "confine")
# forks and confines as the warm process does, and lets each child say how long each step took
STOPWATCH = """
import gc, importlib, json, os, sys, time, types
job = json.loads(sys.argv[1])
sys.path[:] = job["path"]
for name in ("grader", "grader.inside"):
    sys.modules[name] = types.ModuleType(name)
    sys.modules[name].__path__ = [job["folder"]]
import torch
from grader.inside.confine import Confinement
from grader.inside import kernel
confinement = Confinement.from_data(job["confinement"])
request = {"folder": job["box"], "cpu_seconds": 60, "address_space": 1 << 40, "file_bytes": 1 << 24}
gc.collect(); gc.freeze()

found = []
own = os.pidfd_open(os.getpid())
for _ in range(job["repeats"]):
    read, write = os.pipe()
    began = time.perf_counter()
    if confinement.level == "namespaces":
        kernel.setns(own, kernel.CLONE_NEWPID)
        kernel.unshare(kernel.CLONE_NEWPID)
    pid = os.fork()
    if pid == 0:
        times = {"fork": time.perf_counter() - began}
        for name, step in confinement.steps(request, [write] * 4):
            before = time.perf_counter()
            step()
            times[name] = time.perf_counter() - before
        os.write(4, json.dumps(times).encode())
        os._exit(0)
    os.close(write)
    said = b""
    while part := os.read(read, 4096):
        said += part
    os.close(read)
    os.waitpid(pid, 0)
    found.append({**json.loads(said), "all, until the child has ended": time.perf_counter() - began})
print(json.dumps(found))
"""


def measured(level: str) -> dict[str, list[float]]:
    """Seconds of each step of a worker at a level, by name, in the order in which they are taken."""
    with tempfile.TemporaryDirectory() as place:
        job = {
            "path": view.library_path(), "folder": str(INSIDE), "repeats": REPEATS,
            "box": start.BOX if level == NAMESPACES else place, "confinement": confinement_at(level).to_data(),
        }  # fmt: skip
        command = [view.interpreter(), "-s", "-S", "-P", "-c", STOPWATCH, json.dumps(job)]
        if level == NAMESPACES:
            command = start.bubblewrapped(command, [str(INSIDE / f"{name}.py") for name in STEPS])
        environment = start.environment(level, Path(place))
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"the steps could not be timed: {done.stderr[-500:]}")
    runs = json.loads(done.stdout)
    return {name: [run[name] for run in runs] for name in runs[0]}


def starts(level: str) -> list[float]:
    """Seconds from nothing to a warm process at a level that has torch in memory and is ready to fork."""

    with_torch = next(lecture.id for lecture in load().lectures if "torch" in needs_of(lecture.id).preload)

    def once() -> None:
        with Sandbox(with_torch, Limits(), level) as box:
            box.worker({}).end()

    return [seconds_of(once) for _ in range(STARTS)]
