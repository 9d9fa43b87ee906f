"""A second sandbox beside another: it begins at once, and neither one's end is the other's."""

import os
import signal
import sys

import pytest
from sandbox_kit import INPUTS, LECTURE, PROCESSES, REFERENCE, alive, assert_still_good, unconfined

from grader.inside.levels import NAMESPACES
from grader.inside.probes import lecture1_micrograd as probes
from grader.sandbox import Sandbox, isolation
from grader.sandbox.observation import RETURNED
from grader.sandbox.sandboxed import Sandboxed

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processes are looked up in /proc")
LINGERS = PROCESSES + "\ndef slope(f, x, h):\n    return tree()\n"


def asked(subject: Sandboxed):
    """What the subject gives to one question."""
    return subject.observe(probes.slope_of_curve, INPUTS)


@unconfined
def test_two_workers_are_there_at_once_and_end_one_by_one(box: Sandbox) -> None:
    """All that a student's worker leaves is gone at its end, and what runs beside it goes on."""
    with Sandbox(LECTURE.id, beside=box) as other, Sandboxed(other, REFERENCE) as ours:
        assert asked(ours).kind == RETURNED
        assert other.warm.process is box.warm.process
        theirs = Sandboxed(box, {"derivatives.py": LINGERS})
        left = asked(theirs).value
        assert len(left) == 4
        worker = ours.worker
        theirs.end()
        assert [alive(process) for process in left] == [False] * 4
        assert asked(ours).kind == RETURNED
        assert ours.worker is worker
    assert_still_good(box)


@unconfined
def test_a_twin_that_is_lost_is_replaced(box: Sandbox) -> None:
    """Whoever kills it costs one start of another one."""
    with Sandbox(LECTURE.id, beside=box) as other, Sandboxed(other, REFERENCE) as ours:
        asked(ours)
        os.kill(other.warm.pid, signal.SIGKILL)
        ours.end()
        assert asked(ours).kind == RETURNED
        assert other.warm.process is not box.warm.process
    assert_still_good(box)


def test_it_ends_with_the_process_that_forked_it() -> None:
    """Nothing is left behind when the sandbox beside which it began is gone first."""
    with Sandbox(LECTURE.id) as box:
        other = Sandbox(LECTURE.id, beside=box).__enter__()
        with open(f"/proc/{other.warm.pid}/stat") as stat:
            twin = [other.warm.pid, stat.read().rpartition(")")[2].split()[19]]
        assert alive(twin)
    for _ in range(500):
        if not alive(twin):
            break
        os.sched_yield()
        signal.sigtimedwait([], 0.01)
    assert not alive(twin)
    other.__exit__(None, None, None)


@pytest.mark.skipif(NAMESPACES not in isolation.offered(), reason="this machine does not offer namespaces")
def test_where_workers_have_worlds_of_their_own_there_is_no_twin() -> None:
    """It would lie in the world of a student's worker: there it is a program of its own."""
    with Sandbox(LECTURE.id, level=NAMESPACES) as box, Sandbox(LECTURE.id, level=NAMESPACES, beside=box) as other:
        assert other.warm.process is not box.warm.process
        with Sandboxed(other, REFERENCE) as ours:
            assert asked(ours).kind == RETURNED
