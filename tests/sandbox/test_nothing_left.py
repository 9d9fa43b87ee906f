"""Nothing is left."""

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from sandbox_kit import (
    INPUTS,
    LECTURE,
    PROCESSES,
    alive,
    assert_still_good,
    observe,
    open_here,
    remove,
    unconfined,
    wait_for,
)

from grader.course import PROJECT
from grader.inside import plain
from grader.inside.probes import lecture1_micrograd as probes
from grader.sandbox import Sandbox
from grader.sandbox.observation import DIED, TIMED_OUT
from grader.sandbox.sandboxed import Sandboxed

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processes are looked up in /proc")


@unconfined
def test_the_whole_tree_is_gone_at_the_end(box: Sandbox) -> None:
    """A child, a grandchild in its own session and a daemon, all ignoring TERM, end with their worker."""
    subject = Sandboxed(box, {"derivatives.py": PROCESSES + "\ndef slope(f, x, h):\n    return tree()\n"})
    processes = subject.observe(replace(probes.slope_of_curve, seconds=10), INPUTS).value
    assert len(processes) == 4
    assert all(map(alive, processes)), "they should be there before the end"
    subject.end()
    assert [alive(process) for process in processes] == [False] * 4
    assert_still_good(box)


@unconfined
def test_the_whole_tree_is_gone_after_a_time_out(box: Sandbox) -> None:
    """The same for a worker that had to be stopped."""
    code = PROCESSES + "\ndef slope(f, x, h):\n    print(tree(), flush=True)\n    while True: pass\n"
    observation = observe(box, code, seconds=1.5)
    assert observation.kind == TIMED_OUT
    processes = json.loads(observation.printed.replace("'", '"'))
    assert len(processes) == 4
    assert [alive(process) for process in processes] == [False] * 4
    assert_still_good(box)


@unconfined
def test_the_whole_tree_is_gone_when_the_worker_dies_by_itself(box: Sandbox) -> None:
    """Children do not outlive a worker that left in the middle of a check."""
    code = PROCESSES + "\ndef slope(f, x, h):\n    print(tree(), flush=True)\n    os._exit(0)\n"
    observation = observe(box, code, seconds=1.5)
    assert observation.kind in (
        DIED,
        TIMED_OUT,
    )  # its children still hold the pipe, so it may look like a time-out
    processes = json.loads(observation.printed.replace("'", '"'))
    assert [alive(process) for process in processes] == [False] * 4


def test_closing_the_sandbox_ends_a_worker_that_nobody_ended(folders: Path) -> None:
    """Leaving the `with` block ends everything and removes the folder."""
    with Sandbox(LECTURE.id) as box:
        subject = Sandboxed(box, {"derivatives.py": PROCESSES + "\ndef slope(f, x, h):\n    return tree()\n"})
        processes = subject.observe(replace(probes.slope_of_curve, seconds=10), INPUTS).value
        warm = box.warm.process
        assert subject.worker is not None
        subject.worker.channel.close()
    assert [alive(process) for process in processes] == [False] * 4
    assert warm.poll() is not None
    assert list(folders.iterdir()) == []


TRUSTED = """
import json, sys, time
from dataclasses import replace
from grader.inside.probes import lecture1_micrograd as probes
from grader.sandbox import Sandbox
from grader.sandbox.sandboxed import Sandboxed

with Sandbox("lecture1_micrograd") as box:
    subject = Sandboxed(box, {"derivatives.py": sys.argv[1]})
    found = subject.observe(replace(probes.slope_of_curve, seconds=10), {"f": "x + 1", "x": 1.0, "h": 1.0})
    print(json.dumps([box.warm.process.pid, found.value]), flush=True)
    if "hang" in sys.argv:
        subject.observe(replace(probes.slope_of_curve, seconds=60), {"f": "x + 1", "x": 2.0, "h": 1.0})
    time.sleep(60)
"""
HANGS_AT_TWO = """
def slope(f, x, h):
    while x == 2.0:
        pass
    return [me()]
"""


@contextmanager
def another_kit(code: str, *options: str) -> Iterator[tuple[subprocess.Popen[str], int, plain.Plain]]:
    """A trusted process of its own, its warm process, and what `slope` returned there."""
    with tempfile.TemporaryDirectory() as folder, subprocess.Popen(
        [sys.executable, "-c", TRUSTED, PROCESSES + code, *options],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=PROJECT,
        env={**os.environ, "TMPDIR": folder}, start_new_session=True,
    ) as trusted:  # fmt: skip
        try:
            assert trusted.stdout is not None
            warm, value = json.loads(trusted.stdout.readline())
            yield trusted, warm, value
        finally:
            trusted.kill()


def running(pid: int) -> bool:
    """Whether a process with this number runs; a zombie does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False


@pytest.mark.parametrize("busy", [(), ("hang",)], ids=["idle", "in an endless loop"])
@pytest.mark.parametrize("victim", ["trusted", "warm"])
def test_a_worker_does_not_outlive_its_parents(victim: str, busy: tuple[str, ...]) -> None:
    """Kill -9 of the trusted process or of the warm process ends the worker, whatever it is doing."""
    with another_kit(HANGS_AT_TWO, *busy) as (trusted, warm, processes):
        assert alive(processes[0])
        os.kill(trusted.pid if victim == "trusted" else warm, signal.SIGKILL)
        assert wait_for(lambda: not running(warm) and not alive(processes[0]))


NEEDS_NAMESPACE = pytest.mark.xfail(reason="only a process namespace reaches what the warm process leaves behind")


@pytest.mark.parametrize("victim", ["trusted", pytest.param("warm", marks=NEEDS_NAMESPACE)])
def test_no_child_of_a_worker_outlives_the_kit(victim: str) -> None:
    """Kill -9 of the trusted or of the warm process leaves nothing of what a student's code has started."""
    with another_kit("def slope(f, x, h):\n    return tree()\n") as (trusted, warm, processes):
        try:
            assert all(map(alive, processes))
            os.kill(trusted.pid if victim == "trusted" else warm, signal.SIGKILL)
            wait_for(lambda: not any(map(alive, processes)), seconds=3)
            assert [alive(process) for process in processes] == [False] * 4
        finally:
            remove(processes)


def test_ctrl_c_reaches_the_command_alone() -> None:
    """Ctrl-C, which the whole group receives, ends in one KeyboardInterrupt and never in a Fault."""
    with another_kit(HANGS_AT_TWO, "hang") as (trusted, warm, processes):
        time.sleep(0.1)
        os.killpg(trusted.pid, signal.SIGINT)
        _, said = trusted.communicate(timeout=20)
        assert wait_for(lambda: not running(warm) and not alive(processes[0]))
    assert "warm.py" not in said
    assert said.count("Traceback (most recent call last)") == 1
    assert said.rstrip().endswith("KeyboardInterrupt")


def test_two_hundred_workers_leave_nothing(box: Sandbox) -> None:
    """Two hundred workers in a row leave no process, no descriptor and no folder, on either side."""

    def left() -> list[object]:
        warm = Path(f"/proc/{box.warm.pid}")
        children = (warm / "task" / warm.name / "children").read_text().split()
        return [open_here(), len(list((warm / "fd").iterdir())), children, list(box.folder.iterdir())]

    box.worker({"derivatives.py": "x = 1\n"}).end()
    before = left()
    for _ in range(200):
        box.worker({"derivatives.py": "x = 1\n"}).end()
    assert left() == before
    assert_still_good(box)


@pytest.mark.parametrize("code", ["def slope(f, x, h):\n    while True: pass\n", "import os\nos._exit(1)\n"])
def test_workers_that_end_badly_leave_nothing(box: Sandbox, code: str) -> None:
    """A worker that hangs or dies gives back its descriptors and its folder as well."""
    observe(box, code, seconds=0.3)
    before = open_here()
    for _ in range(3):
        observe(box, code, seconds=0.3)
    assert open_here() == before
    assert list(box.folder.iterdir()) == []


def test_a_sandbox_that_cannot_start_leaves_nothing(folders: Path) -> None:
    """If the warm process cannot be set up, neither it nor its folder stays."""
    before = open_here()
    with pytest.raises(Exception, match="lecture0_nothing"), Sandbox("lecture0_nothing"):
        pass
    assert open_here() == before
    assert list(folders.iterdir()) == []
