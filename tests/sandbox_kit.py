"""What the tests of the sandbox share: processes to start and look up, one observation, time limits."""

import os
import signal
import textwrap
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

import pytest

from grader.course import load, reference_sources
from grader.inside import plain
from grader.inside.levels import PROCESS
from grader.inside.probes import lecture1_micrograd as probes
from grader.sandbox import Sandbox
from grader.sandbox.loading import FIRST, LAST
from grader.sandbox.observation import RETURNED, Observation
from grader.sandbox.sandboxed import Sandboxed

LECTURE = load().lecture("lecture1_micrograd")
REFERENCE = reference_sources(LECTURE)
PROBES = f"grader.inside.probes.{LECTURE.id}"
INPUTS = {"f": "x**2", "x": 3.0, "h": 0.01}
BESIDE_STUDENTS = {
    "grader", "grader.inside", *(f"grader.inside.{part}" for part in (*FIRST, *LAST)),
    "grader.inside.probes", PROBES,
    *(f"{PROBES}.{part}" for part in ("shared", "other_operations", "pictures", "works_alone")),
    *(f"{PROBES}.{file[:-3]}" for file in LECTURE.files),
}  # fmt: skip
# for tests in which a student's code forks, looks into /proc or changes limits: it can at this level alone
unconfined = pytest.mark.parametrize("box", [PROCESS], indirect=True)
# what students' code below may use: a process as [pid, time of its start], and children that ignore TERM
PROCESSES = """
import os, signal, time

def me():
    with open("/proc/self/stat") as stat:
        return [os.getpid(), stat.read().rpartition(")")[2].split()[19]]

def linger(write):
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    pid, start = me()
    os.write(write, f"{pid} {start}\\n".encode())
    while True:
        time.sleep(60)

def tree():
    "The worker, a child, a grandchild in a session of its own, and a daemon that forked twice."
    read, write = os.pipe()
    if os.fork() == 0:
        if os.fork() == 0:
            os.setsid()
            linger(write)
        linger(write)
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            linger(write)
        os.kill(os.getpid(), signal.SIGKILL)
    said = b""
    while said.count(b"\\n") < 3:
        said += os.read(read, 100)
    return [me()] + [line.split() for line in said.decode().splitlines()]
"""


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Fail instead of hanging for ever. A generous bound, never a measurement."""

    def give_up(signum: int, frame: object) -> None:
        raise AssertionError(f"still not done after {seconds:g} s")

    before = signal.signal(signal.SIGALRM, give_up)
    left, _ = signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, left)
        signal.signal(signal.SIGALRM, before)


def wait_for(condition: Callable[[], bool], seconds: float = 10.0) -> bool:
    """Whether the condition comes true."""
    until = time.monotonic() + seconds
    while not condition() and time.monotonic() < until:
        time.sleep(0.01)
    return condition()


def alive(process: list[int | str]) -> bool:
    """Whether the process [pid, time of its start] still runs; a zombie does not."""
    try:
        fields = Path(f"/proc/{process[0]}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return False
    return fields[19] == str(process[1]) and fields[0] not in "ZX"


def remove(processes: list[list[int | str]]) -> None:
    """End what a failed test left behind."""
    for process in processes:
        if alive(process):
            with suppress(ProcessLookupError):
                os.kill(int(process[0]), signal.SIGKILL)


def open_here() -> int:
    """How many descriptors this process has open."""
    return len(os.listdir("/proc/self/fd"))


def observe(box: Sandbox, code: str, seconds: float = 5.0, **inputs: object) -> Observation:
    """One observation of a submission that is nothing but a derivatives.py."""
    subject = Sandboxed(box, {"derivatives.py": textwrap.dedent(code)})
    try:
        return subject.observe(replace(probes.slope_of_curve, seconds=seconds), {**INPUTS, **inputs})
    finally:
        subject.end()


def returned(box: Sandbox, code: str) -> plain.Plain:
    """What `slope` returned."""
    observation = observe(box, code)
    assert observation.kind == RETURNED, observation
    return observation.value


def assert_still_good(box: Sandbox) -> None:
    """The next submission is measured as if nothing had been before it."""
    subject = Sandboxed(box, REFERENCE)
    found = subject.observe(probes.slope_of_curve, INPUTS)
    subject.end()
    assert (found.kind, found.value) == (RETURNED, pytest.approx(6.01))
