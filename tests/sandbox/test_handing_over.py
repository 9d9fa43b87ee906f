"""Handing over the files."""

import shutil
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from sandbox_kit import INPUTS, REFERENCE, open_here, unconfined

from grader.errors import Fault
from grader.inside.probes import lecture1_micrograd as probes
from grader.sandbox import Sandbox, signal_name
from grader.sandbox.observation import RETURNED
from grader.sandbox.sandboxed import Sandboxed

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processes are looked up in /proc")


@pytest.mark.parametrize("text", ["\x01", '"', "\u20ac"])
def test_every_submission_that_may_be_handed_in_can_be_handed_over(box: Sandbox, text: str) -> None:
    """Files as large as submission.py lets through reach the worker, whatever characters they hold."""
    filler = "#" + text * (990_000 // len(text.encode()))
    files = {name: f"{filler}\n{source}" for name, source in REFERENCE.items()}
    del files["training.py"]  # five files of a megabyte each are what a package may hold
    subject = Sandboxed(box, files)
    found = subject.observe(replace(probes.slope_of_curve, seconds=20), INPUTS)
    subject.end()
    assert (found.kind, found.value) == (RETURNED, pytest.approx(6.01))


@unconfined
def test_a_worker_that_cannot_start_is_a_fault_that_says_why(box: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    """A failure before any student code runs is ours, has a reason, and leaves nothing."""
    before = open_here()
    shutil.rmtree(box.folder)
    monkeypatch.setattr(tempfile, "mkdtemp", lambda dir, **_: str(Path(dir) / "is not there"))
    with pytest.raises(Fault, match=r"could not be (started|confined)"):
        box.worker(REFERENCE)
    assert open_here() == before


def test_signals_have_names() -> None:
    """Messages say SIGSEGV, not 11; a number without a name stays a number."""
    assert signal_name(11) == "SIGSEGV"
    assert signal_name(200) == "signal 200"
