"""Forged scores: whatever a submission claims, it gets what its code deserves."""

import subprocess
import sys
from pathlib import Path

import pytest
from attacks.attacks_kit import Attack, assert_harmless
from attacks.corpus.forged_frames import FORGED_FRAMES
from attacks.corpus.forged_objects import FORGED_OBJECTS
from attacks.corpus.forged_tensors import FORGED_TENSORS
from attacks.courts import BEST, Courts, at, level_of

from grader.inside.levels import LEVELS

NAIVE = Path(__file__).parent / "naive.py"
# those that need no protocol: if they did not fool the simplest grader, they would test nothing
FOOL_THE_NAIVE = (
    "equal-to-everything", "equal-float", "patched-mathematics", "reads-the-callers-variables",
    "borrows-a-right-function", "searches-memory-for-answers", "prints-a-verdict", "leaves-at-the-first-call",
    "says-success-at-exit", "equal-list", "equal-text-and-int",
)  # fmt: skip


@at(LEVELS, (*FORGED_OBJECTS, *FORGED_FRAMES))
def test_marks_are_what_the_code_deserves(courts: Courts, attack: Attack, place: str) -> None:
    """No object, patch, exit or frame changes a mark, and the next submission is graded as ever."""
    assert_harmless(attack, level_of(place), courts.verdict(place, attack))


@at([BEST], FORGED_TENSORS)
def test_marks_for_tensors_are_what_the_code_deserves(courts: Courts, attack: Attack, place: str) -> None:
    """Nor does an array; what these aim at is how the trusted side reads, and that is the same at every level."""
    assert_harmless(attack, level_of(place), courts.verdict(place, attack))


@pytest.mark.parametrize("name", FOOL_THE_NAIVE)
def test_the_forgeries_fool_a_grader_that_runs_them_in_its_own_process(tmp_path: Path, name: str) -> None:
    """The control: the same code gets full marks from ten lines that import it and compare."""
    attack = next(attack for attack in FORGED_OBJECTS if attack.name == name)
    (tmp_path / "derivatives.py").write_text(attack.code)
    command = [sys.executable, "-I", str(NAIVE), str(tmp_path / "derivatives.py")]
    run = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert run.returncode == 0, run.stderr
    assert "100 of 100" in run.stdout


def test_the_naive_grader_grades(tmp_path: Path) -> None:
    """It gives full marks to what is right and none to what is wrong, so that fooling it means something."""
    said = []
    for answer in ("(f(x + h) - f(x)) / h", "0.0"):
        (tmp_path / "derivatives.py").write_text(f"def slope(f, x, h):\n    return {answer}\n")
        command = [sys.executable, "-I", str(NAIVE), str(tmp_path / "derivatives.py")]
        said.append(subprocess.run(command, capture_output=True, text=True, timeout=60, check=True).stdout.strip())
    assert said == ["100 of 100", "0 of 100"]
