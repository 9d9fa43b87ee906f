"""Whether torch draws here as it did when a kit was recorded; if not, which checks it leaves to the grading.

Right code draws what torch draws. Where that is something else, what was recorded of draws says nothing about it.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from grader import version_of
from grader.inside.draws import few_draws
from grader.inside.plain import Plain
from grader.judging.recorded.answers import keys_of
from grader.judging.recorded.archive import Archive
from grader.judging.subjects import Subject
from grader.judging.suite import Test, asked
from grader.sandbox.observation import RETURNED


@dataclass(frozen=True)
class LeftOut:
    """Tests that are not tried, by their exercises and names, and the sentence why."""

    tests: frozenset[tuple[str, str]] = frozenset()
    told: str = ""


def left_out(archive: Archive, subject: Subject, tests: Iterable[Test], seed: int) -> LeftOut:
    """The tests that draw, if `subject`, which is torch in a worker, draws otherwise than was recorded."""
    about = archive.part("about")
    if about["draws"] is None or _draws_alike(subject, about["draws"]):
        return LeftOut()
    drawing = set(about["drawing"])
    found = frozenset((test.exercise, test.name) for test in tests if drawing.intersection(_keys(test, seed)))
    count = f"{len(found)} check{' that depends' if len(found) == 1 else 's that depend'} on draws"
    told = (
        f"torch {version_of('torch')} draws other numbers here than torch {about['torch']}, with which this kit was "
        f"recorded. {count} will be tried at grading alone."
    )
    return LeftOut(found, told)


def _draws_alike(subject: Subject, recorded: Plain) -> bool:
    found = subject.observe(few_draws, {})
    return found.kind == RETURNED and found.value == recorded


def _keys(test: Test, seed: int) -> Iterable[str]:
    return (key for probe, inputs in asked(test, seed) for key in keys_of(probe, inputs))
